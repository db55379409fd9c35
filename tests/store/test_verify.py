"""verify names what differs; backup and restore give the same day back."""

import asyncio
import sqlite3
import stat
from pathlib import Path

import pytest

from antrean.cli import backup as backup_command
from antrean.domain import commands
from antrean.domain.commands import Person
from antrean.store import UnusableFolder
from antrean.store.backup import backup, restore
from antrean.store.folder import SECRET
from antrean.store.verify import verify
from tests.core.hall import altered
from tests.store.desk import Desk

DAMAGE = {
    "an event is gone": ("DELETE FROM events WHERE seq = 3", "entry 4 follows 2"),
    "time goes back": ("UPDATE events SET at = 5 WHERE seq = 4", "earlier than the one before"),
    "facts of another shape": ("UPDATE events SET data = '{}' WHERE seq = 2", "cannot be replayed"),
    "an unknown type": ("UPDATE events SET type = 'ticket.flown' WHERE seq = 2", "unknown type"),
    "a number is skipped": (
        "UPDATE events SET data = replace(data, 'B-002', 'B-003') WHERE seq = 3",
        "B-002 was next",
    ),
    "a ticket's state": ("UPDATE tickets SET state = 'done' WHERE number = 'B-002'", "in state"),
    "a ticket's time": ("UPDATE tickets SET issued_at = 1 WHERE number = 'B-002'", "issued_at"),
    "a ticket is gone": (
        "DELETE FROM tickets WHERE number = 'B-003'",
        "B-003 of",
    ),
    "a ticket too many": (
        "INSERT INTO tickets SELECT 1, 'x', date, 'B-099', service, first_service, channel, class,"
        " state, arrived, visit, journey, leg, rank, counter, for_counter, slot_start, slot_end,"
        " issued_at, joined_at, called_at, started_at, ended_at, recalls, touched FROM tickets"
        " WHERE number = 'B-003'",
        "is not in the journal",
    ),
    "a person of no ticket": ("INSERT INTO people VALUES ('y', 'Siti', NULL, NULL)", "no ticket"),
    "the first state": (
        "UPDATE catalogues SET state = CAST(replace(CAST(state AS TEXT), '\"seq\":0',"
        " '\"seq\":1') AS BLOB)",
        "cannot be replayed",
    ),
}


async def a_day(folder: Path) -> None:
    async with Desk(folder) as desk:
        await desk.open("lab-1")
        for name in ("Siti", "Budi", "Ani"):
            await desk.issue(person=Person(name))
        await desk.do(commands.CallNext(counter="lab-1"))
        await desk.do(commands.Start(counter="lab-1"))


@pytest.mark.asyncio
@pytest.mark.parametrize("damage", DAMAGE)
async def test_what_differs_is_named(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "d"
    await a_day(folder)
    assert verify(folder).agrees
    statement, named = DAMAGE[damage]
    with sqlite3.connect(folder / "antrean.db") as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        assert connection.execute(statement).rowcount == 1
    report = verify(folder)
    assert not report.agrees
    assert named in "\n".join(report.differences)


@pytest.mark.asyncio
async def test_a_false_snapshot_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    async with Desk(folder) as desk:
        for _ in range(10):
            await asyncio.gather(*(desk.issue() for _ in range(250)))
    with sqlite3.connect(folder / "antrean.db") as connection:
        changed = connection.execute(
            "UPDATE snapshots SET state = CAST(replace(CAST(state AS TEXT), '\"arrived\":true',"
            " '\"arrived\":false') AS BLOB) WHERE seq > 0"
        )
        assert changed.rowcount == 1
    assert "tickets is not what the journal says" in verify(folder).differences[0]


@pytest.mark.asyncio
async def test_it_reads_beside_a_running_engine(tmp_path: Path) -> None:
    async with Desk(tmp_path / "d") as desk:
        await asyncio.gather(*(desk.issue() for _ in range(10)))
        report = await asyncio.to_thread(verify, tmp_path / "d")
    assert (report.agrees, report.entries, report.tickets) == (True, 10, 10)


def test_a_folder_without_data_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(UnusableFolder, match="no data"):
        verify(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


@pytest.mark.asyncio
async def test_a_backup_of_a_running_folder_is_restored_elsewhere(tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "antrean.backup", tmp_path / "elsewhere"
    async with Desk(tmp_path / "d") as desk:
        await desk.open("lab-1")
        await desk.issue(person=Person("Siti"))
        report = await asyncio.to_thread(backup, tmp_path / "d", file)
        assert (report.entries, stat.S_IMODE(file.stat().st_mode)) == (2, 0o600)
        kept, epoch = desk.told.state.memory(), desk.opened.loaded.epoch
        await desk.issue()
    restore(elsewhere, file)
    async with Desk(elsewhere) as desk:
        assert desk.told.state.memory() == kept
        assert desk.engine.people == {kept.tickets[0].id: Person("Siti")}
        assert desk.opened.loaded.epoch == ""  # a new one is begun: clients must not go on
        assert epoch
    secrets = {(f / SECRET).read_text() for f in (tmp_path / "d", elsewhere)}
    assert len(secrets) == 1
    left = {p.name for p in elsewhere.iterdir()}
    assert not [name for name in left if name.startswith(".")]


@pytest.mark.asyncio
async def test_nothing_is_overwritten(tmp_path: Path) -> None:
    await a_day(tmp_path / "d")
    file = tmp_path / "antrean.backup"
    backup(tmp_path / "d", file)
    before = file.read_bytes()
    with pytest.raises(UnusableFolder, match="exists already"):
        backup(tmp_path / "d", file)
    with pytest.raises(UnusableFolder, match="has data already"):
        restore(tmp_path / "d", file)
    assert file.read_bytes() == before
    assert verify(tmp_path / "d").agrees


@pytest.mark.asyncio
async def test_a_backup_of_a_damaged_folder_is_refused(tmp_path: Path) -> None:
    await a_day(tmp_path / "d")
    with sqlite3.connect(tmp_path / "d" / "antrean.db") as connection:
        connection.execute("UPDATE tickets SET recalls = 9 WHERE number = 'B-001'")
    with pytest.raises(UnusableFolder, match="does not agree"):
        backup(tmp_path / "d", tmp_path / "b")
    assert not (tmp_path / "b").exists()


@pytest.mark.asyncio
@pytest.mark.parametrize("content", [b"", b"no archive", None])
async def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "b"
    if content is None:
        await a_day(tmp_path / "d")
        backup(tmp_path / "d", file)
        content = file.read_bytes()[:3000]
    file.write_bytes(content)
    with pytest.raises(UnusableFolder):
        restore(tmp_path / "r", file)
    assert not (tmp_path / "r" / "antrean.db").exists()


def test_a_backup_of_nothing_is_told_with_exit_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import argparse

    arguments = argparse.Namespace(data=tmp_path / "d", file=tmp_path / "b")
    assert backup_command.run(arguments) == 2
    assert "no data of Antrean" in capsys.readouterr().err


@pytest.mark.asyncio
async def test_another_catalogue_in_the_history_is_replayed_too(tmp_path: Path) -> None:
    await a_day(tmp_path / "d")
    async with Desk(tmp_path / "d", altered("lab", daily_quota=3)) as desk:
        await desk.do(
            commands.CancelTicket(ticket=desk.told.state.ids[desk.told.state.date, "B-003"])
        )
        await desk.issue()
    report = verify(tmp_path / "d")
    assert (report.differences, report.tickets) == ([], 4)
