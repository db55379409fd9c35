"""`Hall` with a real engine and a real disk; only sockets, sounds and the clock are the test's."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from antrean.domain import commands
from antrean.domain.catalogue import Text, VoiceSettings
from antrean.domain.commands import Command
from antrean.domain.hall_model import Device, DeviceSettings, Sound
from antrean.domain.model import Clerk, Ticket
from antrean.hall.budget import BURST, EVERY_MS
from antrean.hall.ports import CallRequest, Clip, Spoken
from antrean.hall.runner import Hall
from antrean.store import StorageFailed
from tests.hub.screens import frames_of
from tests.support.inside import Inside, inside

pytestmark = pytest.mark.asyncio

ZONE, FAR, COUNTER = "utama", "timur", "loket-1"
CLERK = Clerk("user:sari", "sari", "Sari")
SECONDS = 2.0  # what a phrase takes


class Sounds:
    """A voice that makes a phrase when the test lets it. `asked`: phrases that were begun."""

    def __init__(self) -> None:
        self.asked = 0
        self.ready = asyncio.Event()
        self.ready.set()

    async def warm(self) -> None:
        pass

    async def call(self, request: CallRequest) -> Spoken:
        self.asked += 1
        await self.ready.wait()
        return Spoken({"id": request.number}, (Clip("/audio/x.wav", SECONDS),))

    async def text(self, texts: Text, settings: VoiceSettings, part: int = 0) -> Spoken:
        raise AssertionError("no text is to be said here")


class Tv:
    """A display's socket, and what came over it."""

    def __init__(self, room: "Room", name: str) -> None:
        self.room, self.name = room, name
        self.frames: list[dict[str, Any]] = []

    def write(self, data: bytes) -> None:
        self.frames += frames_of(data)

    @property
    def turns(self) -> list[dict[str, Any]]:
        return [f for f in self.frames if f["op"] == "speak"]

    @property
    def device(self) -> Device:
        return self.room.device(self.name)

    def come(self) -> None:
        self.room.hall.connected(self.name, self, "127.0.0.1")

    def go(self) -> None:
        self.room.hall.left(self.name, self)

    def report(self, sound: Sound = Sound.ON, version: str = "1", **members: Any) -> None:
        self.room.hall.report(self.name, sound, version, None, **members)


class Room:
    def __init__(self, app: Inside) -> None:
        self.app = app
        self.engine = app.parts.engine
        self.sounds = Sounds()
        clock = app.parts.opened.clock
        self.hall = Hall(
            self.engine, self.sounds, app.parts.hub.end_credential, clock.seconds_until
        )
        app.parts.hub.listeners.append(self.hall.hear)

    async def do(self, command: Command) -> Any:
        return await self.engine.submit(command, "user:sari")

    def device(self, name: str) -> Device:
        return self.engine.published.devices[name]

    async def until(self, condition: Callable[[], Any], what: str) -> None:
        """Wait until `condition` holds; it is asked at every turn of the loop."""
        try:
            async with asyncio.timeout(20):
                while True:
                    if condition():
                        return
                    await asyncio.sleep(0)
        except TimeoutError:
            raise AssertionError(f"never: {what}") from None

    async def display(self, name: str, zone: str = ZONE) -> Tv:
        """One that is paired, here and may speak."""
        await self.do(
            commands.PairDevice(
                device=name,
                code_is_known=True,
                name=name,
                zone=zone,
                layout="call",
                settings=DeviceSettings(),
            )
        )
        tv = Tv(self, name)
        tv.come()
        tv.report()
        await self.until(lambda: tv.device.ready is not None, f"{name} may speak")
        return tv

    async def call(self) -> int:
        """The seq of a new call at the counter."""
        await self.do(commands.OpenCounter(counter=COUNTER, clerk=CLERK))
        await self.app.call(
            "POST", "/tickets", {"service": "skck"}, token=await self.app.token("kiosk")
        )
        await self.do(commands.CallNext(counter=COUNTER))
        ticket = self.ticket
        assert ticket.call is not None
        return ticket.call.seq

    @property
    def ticket(self) -> Ticket:
        state = self.engine.published
        name = state.counters[COUNTER].ticket
        assert name is not None
        return state.tickets[name]

    def spoken_by(self, call: int) -> list[str | None]:
        hearings = self.engine.published.hearings.values()
        return [h.spoken_by for h in hearings if h.call == call and h.spoken_at]

    async def ended(self, call: int) -> str | None:
        """Why a call was not said, once its announcement has ended; None when it was."""

        def found() -> list[Any]:
            hearings = self.engine.published.hearings.values()
            return [h for h in hearings if h.call == call and (h.code or h.spoken_at)]

        await self.until(found, f"the end of {call}")
        code: str | None = found()[0].code
        return code


@contextmanager
def no_disk(app: Inside) -> Iterator[None]:
    """Commits fail as they do on a disk that is full."""
    store, real = app.parts.opened.store, app.parts.opened.store.commit

    async def commit(batch: object) -> None:
        raise StorageFailed("disk I/O error")

    store.commit = commit  # type: ignore[method-assign]
    try:
        yield
    finally:
        store.commit = real  # type: ignore[method-assign]


@asynccontextmanager
async def a_room(folder: Path) -> AsyncIterator[Room]:
    async with inside(folder / "d") as app:
        room = Room(app)
        room.hall.start()
        try:
            yield room
        finally:
            await room.hall.stop()


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


# a disk that fails
async def test_a_report_outlives_a_disk_that_refuses(tmp_path: Path) -> None:
    """One that gave no answer speaks after its next report, which comes once."""
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        await room.call()
        await room.until(lambda: tv.turns, "it is told")
        room.app.time.pass_(seconds=SECONDS + 3.1)
        room.hall.shown("depan", 1)
        tv.report(heard=frozenset({tv.turns[0]["id"]}))  # has the zone look at its clock
        await room.until(lambda: tv.device.ready is None, "it gave no answer")
        with no_disk(room.app):
            tv.report()
            await room.until(lambda: room.engine.trouble, "the disk refused")
        await room.until(lambda: tv.device.ready is not None, "it may speak again")


# who may speak
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


# who is gone
async def test_a_display_that_is_removed_leaves_nothing_behind(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        tv, other = await room.display("depan"), await room.display("belakang")
        call = await room.call()
        await room.until(lambda: tv.turns, "it is told")
        await room.do(commands.RemoveDevice(device="depan"))
        tv.go()
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
        for _ in range(20):
            await asyncio.sleep(0)
        assert other.turns == []
        room.hall.spoken("depan", turn)
        assert await room.ended(call) is None


async def test_one_that_is_speaking_for_ever_loses_its_turn(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        call = await room.call()
        await room.until(lambda: tv.turns, "it is told")
        for _ in range(60):
            room.app.time.pass_(seconds=2)
            turn = tv.turns[0]["id"]
            tv.report(speaking=turn, heard=frozenset({turn}))
            for _ in range(20):
                await asyncio.sleep(0)
        assert await room.ended(call) == "ended"


@pytest.mark.parametrize("moment", ["it begins", "it ends"])
async def test_a_call_is_said_once_though_the_disk_refuses(tmp_path: Path, moment: str) -> None:
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        if moment == "it begins":
            tv.report(Sound.BLOCKED)
            await room.until(lambda: tv.device.ready is None, "its browser wants a press")
        call = await room.call()
        if moment == "it ends":
            await room.until(lambda: tv.turns, "it is told")
        with no_disk(room.app):
            if moment == "it begins":
                tv.report()
            else:
                room.hall.spoken("depan", tv.turns[0]["id"])
            await room.until(lambda: room.engine.trouble, "the disk refused")
        await room.until(lambda: tv.turns, "it is told")
        if moment == "it begins":
            room.hall.spoken("depan", tv.turns[0]["id"])
        assert await room.ended(call) is None
        assert len(tv.turns) == 1


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
