"""The single writer on a real database: groups, keys, restarts, and a disk that fails."""

import asyncio
import os
import sqlite3
import stat
from pathlib import Path

import pytest

from antrean import codec
from antrean.domain import commands
from antrean.domain.commands import Person
from antrean.domain.errors import QueueError
from antrean.domain.fold import apply
from antrean.domain.state import QueueState
from antrean.engine import Engine, Key, KeyMismatch, StorageUnavailable
from antrean.opening import open_folder
from antrean.store import UnusableFolder
from antrean.store.verify import verify
from tests.core.hall import HOUR, altered
from tests.store.desk import FORMAT, Desk
from tests.support.disk import failing_disk

pytestmark = pytest.mark.asyncio


def key(value: str, asked: str = "POST /tickets", caller: str = "token:kiosk") -> Key:
    return Key(caller, value, asked)


def memory_on_disk(folder: Path) -> object:
    """The state that the journal on the disk leads to, read by nobody but this test."""
    with sqlite3.connect(f"file:{folder}/antrean.db?mode=ro", uri=True) as connection:
        body, state = connection.execute(
            "SELECT body, state FROM catalogues ORDER BY id DESC LIMIT 1"
        ).fetchone()
        folded = QueueState.remember(codec.decode_catalogue(body), codec.decode_memory(state))
        rows = connection.execute(
            "SELECT seq, at, actor, type, data FROM events WHERE seq > ? ORDER BY seq",
            (folded.seq,),
        ).fetchall()
    for row in rows:
        apply(folded, codec.entry(*row))
    return folded.memory()


async def test_what_was_answered_is_on_the_disk_and_was_told(tmp_path: Path) -> None:
    async with Desk(tmp_path / "d") as desk:
        answers = await asyncio.gather(*(desk.issue() for _ in range(100)))
        assert [a.body["number"] for a in answers] == [f"B-{n:03}" for n in range(1, 101)]
        assert [e.seq for e in desk.told.entries] == list(range(1, 101))
        assert memory_on_disk(tmp_path / "d") == desk.told.state.memory()
    assert verify(tmp_path / "d").agrees


async def test_a_restart_goes_on_where_it_was(tmp_path: Path) -> None:
    async with Desk(tmp_path / "d") as desk:
        await desk.open("lab-1")
        await desk.issue(person=Person("Siti", "0812", None))
        await desk.do(commands.CallNext(counter="lab-1"))
        await desk.do(commands.Hold(counter="lab-1", reason="fotokopi"))
        before, people, notes = desk.told.state.memory(), desk.engine.people, desk.engine.notes
    async with Desk(tmp_path / "d") as desk:
        assert desk.told.state.memory() == before
        assert (desk.engine.people, desk.engine.notes) == (people, notes)
        assert [n.text for n in notes[next(iter(people))]] == ["fotokopi"]
        assert (await desk.issue()).body["number"] == "B-002"


async def test_a_start_replays_from_the_older_of_two_snapshots(tmp_path: Path) -> None:
    async with Desk(tmp_path / "d") as desk:
        for _ in range(26):
            await asyncio.gather(*(desk.issue() for _ in range(250)))
    async with Desk(tmp_path / "d") as desk:
        loaded = desk.opened.loaded
        assert 2_000 <= len(loaded.entries) <= 5_000
        assert loaded.offsets == {"zone:poli": 7}
        assert desk.told.state.seq == 6_500
    assert verify(tmp_path / "d").agrees


# idempotency
async def test_one_key_has_one_effect_also_within_a_group(tmp_path: Path) -> None:
    async with Desk(tmp_path / "d") as desk:
        answers = await asyncio.gather(*(desk.issue(key=key("k")) for _ in range(20)))
        assert {a.body["number"] for a in answers} == {"B-001"}
        assert [a.replayed for a in answers] == [False] + [True] * 19
        assert len(desk.told.entries) == 1
        assert (await desk.issue(key=key("k", caller="user:sari"))).body["number"] == "B-002"


async def test_a_key_is_known_after_a_restart_and_not_for_something_else(tmp_path: Path) -> None:
    async with Desk(tmp_path / "d") as desk:
        first = await desk.issue(key=key("k"))
    async with Desk(tmp_path / "d") as desk:
        again = await desk.issue(key=key("k"))
        assert (again.body, again.ticket, again.replayed) == (first.body, first.ticket, True)
        with pytest.raises(KeyMismatch):
            await desk.issue(key=key("k", "POST /bookings"))
        assert desk.told.entries == []


async def test_a_refusal_keeps_no_key(tmp_path: Path) -> None:
    async with Desk(tmp_path / "d") as desk:
        with pytest.raises(QueueError):
            await desk.issue("anak", key("k"))
        assert (await desk.issue("lab", key("k"))).replayed is False


async def test_keys_are_kept_for_the_day_and_the_next(tmp_path: Path) -> None:
    async with Desk(tmp_path / "d") as desk:
        first = await desk.issue(key=key("k"))
        desk.clock.at += 24 * HOUR
        assert (await desk.issue(key=key("k"))).body == first.body
        desk.clock.at += 24 * HOUR
        assert (await desk.issue(key=key("k"))).replayed is False


# trouble
@pytest.mark.parametrize("written", [False, True])
async def test_a_failed_commit_is_settled_by_its_key(tmp_path: Path, written: bool) -> None:
    async with Desk(tmp_path / "d") as desk:
        await desk.issue()
        with failing_disk(desk.opened.store, written=written), pytest.raises(StorageUnavailable):
            await desk.issue(key=key("k"))
        answer = await desk.issue(key=key("k"))
        assert (answer.body["number"], answer.replayed) == ("B-002", written)
        assert len(desk.told.entries) == 2
        assert memory_on_disk(tmp_path / "d") == desk.told.state.memory()
    assert verify(tmp_path / "d").agrees


async def test_a_refusal_that_saw_the_lost_group_is_no_answer(tmp_path: Path) -> None:
    """queue_empty because of a call that was never committed would be a lie."""
    async with Desk(tmp_path / "d") as desk:
        await desk.open("lab-1")
        await desk.open("ruang-2")
        await desk.issue()
        with failing_disk(desk.opened.store):
            calls = [desk.do(commands.CallNext(counter=c)) for c in ("lab-1", "ruang-2")]
            outcomes = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(o) for o in outcomes] == [StorageUnavailable, StorageUnavailable]
        assert (await desk.do(commands.CallNext(counter="ruang-2"))).body["number"] == "B-001"


async def test_nothing_is_told_before_it_is_on_the_disk(tmp_path: Path) -> None:
    async with Desk(tmp_path / "d") as desk:
        seen: list[tuple[int, int]] = []
        real = desk.told.publish

        def publish(entries: object) -> None:
            with sqlite3.connect(f"file:{tmp_path}/d/antrean.db?mode=ro", uri=True) as other:
                on_disk = other.execute("SELECT max(seq) FROM events").fetchone()[0]
            seen.append((on_disk, entries[-1].seq))  # type: ignore[index]
            real(entries)  # type: ignore[arg-type]

        desk.told.publish = publish  # type: ignore[method-assign]
        await asyncio.gather(*(desk.issue() for _ in range(5)))
        assert seen
        assert all(on_disk >= told for on_disk, told in seen)


async def test_a_caller_that_goes_away_cancels_nothing(tmp_path: Path) -> None:
    async with Desk(tmp_path / "d") as desk:
        gone = asyncio.create_task(desk.issue(key=key("k")))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        assert (await desk.issue(key=key("k"))).body["number"] == "B-001"
        assert len(desk.told.entries) == 1


async def test_a_fault_of_our_own_costs_one_command_and_not_the_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Desk(tmp_path / "d") as desk:
        broken = commands.Undo(counter={"no": "id"})  # type: ignore[arg-type]
        answers = await asyncio.gather(
            desk.issue(), desk.do(broken), desk.issue(), return_exceptions=True
        )
        assert isinstance(answers[1], TypeError)
        assert [a.body["number"] for a in answers[::2]] == ["B-001", "B-002"]  # type: ignore[union-attr]


async def test_a_crash_of_the_engine_is_told_and_refuses_what_comes(tmp_path: Path) -> None:
    desk = await Desk(tmp_path / "d").__aenter__()

    def publish(entries: object) -> None:
        raise RuntimeError("a view is broken")

    desk.told.publish = publish  # type: ignore[method-assign]
    lost = asyncio.create_task(desk.issue())
    async with asyncio.timeout(10):
        assert "a view is broken" in str(await desk.engine.crashed())
    with pytest.raises(StorageUnavailable):
        await desk.issue()
    lost.cancel()
    with pytest.raises(RuntimeError):
        await desk.engine.stop()
    await desk.opened.store.close()
    async with Desk(tmp_path / "d") as again:  # it was on the disk, and a start knows it
        assert again.told.state.seq == 1


async def test_the_probe_clears_the_trouble_with_no_command_coming(tmp_path: Path) -> None:
    async with Desk(tmp_path / "d") as desk:
        with failing_disk(desk.opened.store), pytest.raises(StorageUnavailable):
            await desk.issue()
        troubles = [desk.engine.trouble]
        async with asyncio.timeout(10):
            while troubles[-1] is not None:
                await _turn(desk.engine)
                troubles.append(desk.engine.trouble)
        assert troubles[0] == "disk I/O error"
        assert (await desk.issue()).body["number"] == "B-001"


async def _turn(engine: Engine) -> None:
    """Let the engine's task have the loop."""
    await engine.store.reader.events(0, 1, 0)


# timers and catalogues
async def test_a_timer_that_came_due_while_off_fires_once_at_its_moment(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    async with Desk(folder) as desk:
        await desk.issue()
        later = desk.clock.at + 72 * HOUR
    async with Desk(folder, at=later) as desk:
        days = [e for e in desk.told.entries if e.event.type == "day.started"]
        assert len(days) == 3
        assert all(e.actor == "calendar" and e.at <= later for e in days)
        assert desk.told.entries[0].event.type == "ticket.expired"
    async with Desk(folder, at=later + 1) as desk:
        assert desk.told.entries == []
    assert verify(folder).agrees


async def test_time_never_goes_back(tmp_path: Path) -> None:
    async with Desk(tmp_path / "d") as desk:
        await desk.issue()
        desk.clock.at -= 2 * HOUR
        await desk.issue()
        moments = [e.at for e in desk.told.entries]
        assert moments == sorted(moments)


async def test_an_announcement_ends_at_its_own_moment(tmp_path: Path) -> None:
    """A command may bring a timer that is due before all those that were known."""
    async with Desk(tmp_path / "d") as desk:
        until = desk.clock.at + 60_000
        text = {"id": "x", "en": "x"}
        await desk.do(commands.MakeAnnouncement(announcement="a", text=text, until=until))
        desk.clock.at += 90_000
        await desk.issue()
        withdrawn, issued = desk.told.entries[1:]
        assert (withdrawn.event.type, withdrawn.at) == ("announcement.withdrawn", until)
        assert withdrawn.actor == "calendar"
        assert issued.at == desk.clock.at


async def test_a_start_long_before_the_last_entry_is_refused(tmp_path: Path) -> None:
    """The last entry, not the last stored state, says how late it was."""
    folder = tmp_path / "d"
    async with Desk(folder) as desk:
        desk.clock.at += 2 * HOUR
        await desk.issue()
        last = desk.clock.at
    with pytest.raises(UnusableFolder, match="--accept-clock"):
        await (await open_folder(folder, desk.plan, FORMAT)).store.close()
    opened = await open_folder(folder, desk.plan, FORMAT, accept_clock=True)
    assert opened.clock.now() >= last
    await opened.store.close()


async def test_another_catalogue_begins_another_epoch_and_the_day_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    async with Desk(folder) as desk:
        await desk.issue()
        epoch = desk.opened.loaded.epoch
    changed = altered("lab", prefix="Z")
    for cuts, plan in ((1, changed), (0, changed)):
        async with Desk(folder, plan) as desk:
            assert desk.told.cuts == cuts
            assert desk.told.entries == []
        async with Desk(folder, plan) as desk:
            assert desk.opened.loaded.epoch != epoch
    async with Desk(folder, changed) as desk:
        assert (await desk.issue()).body["number"] == "B-002"
    assert verify(folder).agrees


# the folder
async def test_one_process_a_folder(tmp_path: Path) -> None:
    async with Desk(tmp_path / "d"):
        with pytest.raises(UnusableFolder, match="another server"):
            async with Desk(tmp_path / "d"):
                pass


async def test_nobody_else_may_read_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    async with Desk(folder) as desk:
        await desk.issue()
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}
    assert {"antrean.db", "antrean.db-wal", "secret", "lock"} <= modes.keys()


async def test_a_folder_of_another_user_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a command of root would leave files behind that the server cannot write."""
    folder = tmp_path / "d"
    async with Desk(folder):
        pass
    before = {p.name for p in folder.iterdir()}
    owner = folder.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(UnusableFolder, match=f"belongs to user {owner}"):
        async with Desk(folder):
            pass
    assert {p.name for p in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("pragma", "words"),
    [
        ("user_version = 2", "newer Antrean"),
        ("user_version = 0", "older Antrean"),
        ("application_id = 5", "not a database of Antrean"),
    ],
)
async def test_a_file_of_another_program_or_version_is_refused(
    tmp_path: Path, pragma: str, words: str
) -> None:
    folder = tmp_path / "d"
    async with Desk(folder):
        pass
    with sqlite3.connect(folder / "antrean.db") as connection:
        connection.execute(f"PRAGMA {pragma}")
    with pytest.raises(UnusableFolder, match=words):
        async with Desk(folder):
            pass


async def test_commits_wait_for_the_disk(tmp_path: Path) -> None:
    async with Desk(tmp_path / "d") as desk:
        found = await desk.opened.store.run(
            lambda c: [
                c.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("synchronous", "journal_mode", "foreign_keys")
            ]
        )
    assert found == [2, "wal", 1]


async def test_the_first_frames_of_another_format_cut_the_history(tmp_path: Path) -> None:
    async with Desk(tmp_path / "d") as desk:
        loaded = await desk.opened.store.load("another format")
        assert loaded is not None
        assert loaded.epoch == ""
