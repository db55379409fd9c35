"""`Hall`: what its displays tell becomes commands, and what an arbiter wants becomes sound."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from antrean.domain import commands
from antrean.domain.hall_model import Sound
from antrean.hall.budget import BURST, EVERY_MS
from antrean.hall.told import Told
from tests.hall.room import COUNTER, FAR, FAR_COUNTER, SECONDS, Tv, a_room
from tests.support.disk import held_disk

pytestmark = pytest.mark.asyncio


# the phrase takes a while to make
async def test_a_call_that_ended_while_its_phrase_was_made_is_not_said(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        room.sounds.ready.clear()
        call = await room.call()
        await room.until(lambda: room.sounds.asked, "its phrase is asked for")
        await room.do(commands.Start(counter=COUNTER))
        room.sounds.ready.set()
        assert await room.ended(call) == "ended"
        assert tv.turns == []


async def test_a_display_that_was_moved_meanwhile_does_not_say_it(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        tv, other = await room.display("depan"), await room.display("belakang")
        room.sounds.ready.clear()
        call = await room.call()
        await room.until(lambda: room.sounds.asked, "its phrase is asked for")
        await room.do(commands.ChangeDevice(device="depan", zone=FAR))
        room.sounds.ready.set()
        await room.until(lambda: other.turns, "another display says it")
        room.hall.spoken("belakang", other.turns[0]["id"])
        assert await room.ended(call) is None
        assert tv.turns == []


async def test_one_that_was_moved_says_first_what_it_was_told_before(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        first = await room.call()
        await room.until(lambda: tv.turns, "it is told")
        await room.do(commands.ChangeDevice(device="depan", zone=FAR))
        tv.report()
        await room.until(lambda: tv.device.ready is not None, "it may speak there")
        second = await room.call(FAR_COUNTER, "paspor")
        await room.until(lambda: room.sounds.asked == 2, "its phrase is asked for")
        assert len(tv.turns) == 1
        room.hall.spoken("depan", tv.turns[0]["id"])
        assert await room.ended(first) is None
        await room.until(lambda: len(tv.turns) == 2, "it is told in its turn")
        room.hall.spoken("depan", tv.turns[1]["id"])
        assert await room.ended(second) is None


# what the journal takes of one display
async def test_a_display_that_comes_and_goes_does_not_fill_the_journal(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        told = room.hall.told_by("depan")
        before = room.engine.published.seq
        for _ in range(100):
            tv.go()
            await room.until(lambda: not tv.device.online, "that it went")
            tv.come()
            tv.report()
            await room.until(lambda: tv.device.ready or told.budget.level < 1, "that it came")
        written = room.engine.published.seq - before
        assert written <= 2 * BURST
        assert not tv.device.online  # it is held back ...
        assert tv.device.ready is None
        room.app.time.pass_(seconds=3 * EVERY_MS / 1000)
        await room.until(lambda: tv.device.ready, "it may speak again")  # ... and not for ever
        call = await room.call()
        await room.until(lambda: tv.turns, "it speaks")
        room.hall.spoken("depan", tv.turns[0]["id"])
        assert await room.ended(call) is None


async def test_of_many_reports_the_last_is_written(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        told = room.hall.told_by("depan")

        def written(n: int) -> bool:
            return tv.device.version == str(n) or told.budget.level < 1

        before = room.engine.published.seq
        for n in range(200):
            tv.report(version=str(n))
            await room.until(partial(written, n), f"report {n}")
        assert room.engine.published.seq - before <= BURST
        room.app.time.pass_(seconds=EVERY_MS / 1000)
        await room.until(lambda: tv.device.version == "199", "its last report")


async def test_displays_that_come_together_are_written_together(tmp_path: Path) -> None:
    """On a slow disk the last of many would else have no voice for many seconds."""
    async with a_room(tmp_path) as room:
        names = [f"tv {number}" for number in range(10)]
        tvs = [await room.pair(name) for name in names]
        store, commits = room.store, []
        real = store.commit

        async def commit(batch: Any) -> None:
            commits.append(batch)
            await real(batch)

        store.commit = commit  # type: ignore[method-assign]
        for tv in tvs:
            tv.come()
            tv.report()
        await room.until(lambda: all(tv.device.ready for tv in tvs), "all may speak")
        assert len(commits) <= 3


# what comes together
async def test_a_text_that_is_withdrawn_while_a_display_fails_is_said_by_none(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Its end and the failure are of one commit: what was to come next is over."""
    async with a_room(tmp_path) as room:
        tv, other = await room.display("depan"), await room.display("belakang")
        text = {"id": "Tutup pukul 15.00", "en": "Closes at 15.00"}
        await room.do(commands.MakeAnnouncement(announcement="a1", text=text, speak=True))
        await room.until(lambda: tv.turns, "it is told")
        room.app.time.pass_(seconds=SECONDS + 3.1)
        async with asyncio.TaskGroup() as group, held_disk(room.store) as begun:
            group.create_task(room.do(commands.ChangeDevice(device="depan", name="TV")))
            await begun.wait()
            other.report()  # has the zone look
            await room.until(lambda: room.engine.waiting, "the failure waits")
            group.create_task(room.do(commands.WithdrawAnnouncement(announcement="a1")))
            await room.until(lambda: room.engine.waiting > 1, "the end waits beside it")
        await room.call()
        await room.until(lambda: other.turns, "it says what comes next")
        assert [turn.get("announcement") for turn in other.turns] == [None]
        assert [r for r in caplog.records if r.levelname == "ERROR"] == []


# who is gone
async def test_a_display_that_is_removed_leaves_nothing_behind(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        tv, other = await room.display("depan"), await room.display("belakang")
        call = await room.call()
        await room.until(lambda: tv.turns, "it is told")
        await room.do(commands.RemoveDevice(device="depan"))
        tv.go()
        tv.report()  # it was on its way
        assert room.hall.told_by("depan") == Told()
        assert not room.hall.tell("depan", "reload")
        room.app.time.pass_(seconds=4)
        other.report()
        await room.until(lambda: other.turns, "another display says it")
        room.hall.spoken("depan", tv.turns[0]["id"])  # a word that was on its way
        room.hall.spoken("belakang", other.turns[0]["id"])
        assert await room.ended(call) is None
        assert room.spoken_by(call) == ["belakang"]


async def test_a_socket_that_lingers_keeps_no_turn(tmp_path: Path) -> None:
    """Its display came anew, was told on the new socket, and went: the old one is dead."""
    async with a_room(tmp_path) as room:
        old, other = await room.display("depan"), await room.display("belakang")
        new = Tv(room, "depan")
        new.come()
        new.report()
        await room.call()
        await room.until(lambda: new.turns, "it is told")
        new.go()
        room.app.time.pass_(seconds=4)
        other.report()  # has the zone look at its clock
        await room.until(lambda: other.turns, "another display says it")
        assert old.turns == []


async def test_an_old_socket_that_closes_late_takes_no_turn_away(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        old, other = await room.display("depan"), await room.display("belakang")
        call = await room.call()
        await room.until(lambda: old.turns, "it is told")
        new = Tv(room, "depan")
        new.come()
        turn = old.turns[0]["id"]
        new.report(speaking=turn, heard=frozenset({turn}))
        old.go()
        room.app.time.pass_(seconds=4)
        other.report()
        await room.do(commands.ChangeDevice(device="belakang", name="TV"))  # has the zone look
        assert other.turns == []
        room.hall.spoken("depan", turn)
        assert await room.ended(call) is None


async def test_one_that_is_speaking_for_ever_loses_its_turn(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        call = await room.call()
        await room.until(lambda: tv.turns, "it is told")
        turn = tv.turns[0]["id"]
        for n in range(80):
            room.app.time.pass_(seconds=2)
            tv.report(speaking=turn, heard=frozenset({turn}))
            # A commit takes longer than the zone's look.
            await room.do(commands.ChangeDevice(device="depan", name=f"TV {n}"))
        assert await room.ended(call) == "no_answer"


# a dead line
async def test_what_a_dead_line_swallowed_is_told_once_more(tmp_path: Path) -> None:
    """The cable was pulled: nothing closed, and nothing came."""
    async with a_room(tmp_path) as room:
        dead = await room.display("depan")
        call = await room.call()
        await room.until(lambda: dead.turns, "it is told")
        room.app.time.pass_(seconds=SECONDS + 3.1)
        alive = Tv(room, "depan")
        alive.come()
        await room.do(commands.ChangeDevice(device="depan", name="TV"))  # has the zone look
        assert await room.ended(call) == "no_answer"
        alive.report(heard=frozenset())
        await room.until(lambda: alive.turns, "it is told again")
        assert alive.turns[0]["id"] == dead.turns[0]["id"]
        room.hall.spoken("depan", alive.turns[0]["id"])
        await room.until(lambda: room.spoken_by(call), "it was said")
        assert len(dead.turns) == len(alive.turns) == 1


async def test_a_report_that_crosses_the_turn_takes_it_from_nobody(tmp_path: Path) -> None:
    """It left before the turn came, so it does not name it."""
    async with a_room(tmp_path) as room:
        tv, other = await room.display("depan"), await room.display("belakang")
        call = await room.call()
        await room.until(lambda: tv.turns, "it is told")
        tv.report(heard=frozenset())
        await room.until(lambda: len(tv.turns) == 2, "the same once more")
        assert tv.turns[0]["id"] == tv.turns[1]["id"]  # which it says once
        room.hall.spoken("depan", tv.turns[0]["id"])
        assert await room.ended(call) is None
        assert other.turns == []


# who may speak, and confirm
async def test_a_setting_makes_no_speaker_of_one_that_has_not_reported(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        await room.call()
        await room.until(lambda: tv.turns, "it is told")
        room.app.time.pass_(seconds=SECONDS + 3.1)
        tv.report(heard=frozenset({tv.turns[0]["id"]}))  # has the zone look at its clock
        await room.until(lambda: tv.device.ready is None, "it gave no answer")
        await room.do(commands.ChangeDevice(device="depan", name="TV 1"))
        assert tv.device.ready is None
        tv.report()
        await room.until(lambda: tv.device.ready is not None, "it may speak again")
        tv.go()
        await room.until(lambda: not tv.device.online, "that it went")
        tv.come()
        await room.until(lambda: tv.device.online, "that it is back")
        await room.do(commands.ChangeDevice(device="depan", zone=FAR))
        assert tv.device.ready is None


async def test_one_that_gave_no_answer_is_no_speaker_until_it_reports(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        call = await room.call()
        await room.until(lambda: tv.turns, "it is told")
        room.app.time.pass_(seconds=SECONDS + 3.1)
        await room.do(commands.ChangeDevice(device="depan", name="TV"))  # has the zone look
        assert await room.ended(call) == "no_answer"
        await room.do(commands.Recall(counter=COUNTER))
        again = room.ticket.call
        assert again is not None
        room.app.time.pass_(seconds=8.1)
        await room.do(commands.ChangeDevice(device="depan", name="TV depan"))
        assert await room.ended(again.seq) == "no_speaker"
        tv.report()
        await room.until(lambda: len(tv.turns) == 2, "it is told again")


async def test_one_that_is_back_may_speak_once_it_has_reported(tmp_path: Path) -> None:
    """What it said on its last connection says nothing of this one."""
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        tv.go()
        await room.until(lambda: not tv.device.online, "that it went")
        tv.come()
        await room.until(lambda: tv.device.online, "that it came")
        call = await room.call()
        room.app.time.pass_(seconds=8.1)
        await room.do(commands.ChangeDevice(device="depan", name="TV"))  # has the zone look
        assert await room.ended(call) == "no_speaker"
        assert tv.turns == []


async def test_while_another_says_it_a_late_word_ends_nothing(tmp_path: Path) -> None:
    """Else the next would begin while it still sounds."""
    async with a_room(tmp_path) as room:
        tv, other = await room.display("depan"), await room.display("belakang")
        call = await room.call()
        await room.until(lambda: tv.turns, "it is told")
        room.app.time.pass_(seconds=SECONDS + 3.1)
        other.report()  # has the zone look
        await room.until(lambda: other.turns, "another display says it")
        room.hall.spoken("depan", tv.turns[0]["id"])
        room.hall.spoken("belakang", other.turns[0]["id"])
        assert await room.ended(call) is None
        assert room.spoken_by(call) == ["belakang"]


async def test_afterwards_only_who_was_told_can_confirm(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        tv, other = await room.display("depan"), await room.display("belakang")
        other.report(Sound.BLOCKED)
        await room.until(lambda: other.device.ready is None, "its browser wants a press")
        call = await room.call()
        await room.until(lambda: tv.turns, "it is told")
        room.app.time.pass_(seconds=SECONDS + 3.1)
        await room.do(commands.ChangeDevice(device="depan", name="TV"))  # has the zone look
        assert await room.ended(call) == "no_answer"
        room.hall.spoken("belakang", tv.turns[0]["id"])
        room.hall.spoken("depan", tv.turns[0]["id"])
        await room.until(lambda: room.spoken_by(call), "it counts as said")
        assert room.spoken_by(call) == ["depan"]


async def test_a_change_is_told_at_every_socket_of_the_display(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        tv, again = await room.display("depan"), Tv(room, "depan")
        again.come()
        await room.do(commands.ChangeDevice(device="depan", name="TV baru"))
        for socket in (tv, again):
            assert socket.frames[-1]["device"]["name"] == "TV baru"


# the end
@pytest.mark.parametrize("turns", range(4))
async def test_it_stops_while_its_displays_leave(tmp_path: Path, turns: int) -> None:
    """So many turns of the loop after one left: a cancellation must not be lost on its news."""
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        await room.call()
        await room.until(lambda: tv.turns, "it is told")
        for _ in range(10):
            await asyncio.sleep(0)  # the zone waits for its word
        tv.go()
        for _ in range(turns):
            await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await room.hall.stop()


# after a kill the journal has it that all displays are here
async def test_what_was_called_right_before_a_kill_is_announced_once(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        await room.kill()
        call = await room.call()
        told = room.journal()
        await room.hall.start()
        assert not tv.device.online
        tv.come()
        tv.report()
        await room.until(lambda: tv.turns, "it is told")
        room.hall.spoken("depan", tv.turns[0]["id"])
        assert await room.ended(call) is None
        assert [t for t in told if t.startswith("call.")] == ["call.announced", "call.spoken"]


async def test_a_text_that_was_not_said_before_a_kill_is_said_after_it(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        await room.kill()
        await room.do(commands.MakeAnnouncement(announcement="a1", text={"id": "x"}, speak=True))
        await room.hall.start()
        assert not tv.device.online
        tv.come()
        tv.report()
        await room.until(lambda: tv.turns, "it is told")
        assert tv.turns[0]["announcement"] == "a1"
