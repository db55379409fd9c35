"""`Hall` with a real engine and a real disk; only sockets, sounds and the clock are the test's."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from antrean.domain import commands
from antrean.domain.catalogue import Text, VoiceSettings
from antrean.domain.commands import Command
from antrean.domain.hall_model import Device, DeviceSettings, Sound
from antrean.domain.model import Clerk, Ticket
from antrean.hall.ports import CallRequest, Clip, Spoken
from antrean.hall.runner import Hall
from tests.hub.screens import frames_of
from tests.support.inside import Inside, inside

ZONE, FAR, COUNTER, FAR_COUNTER = "utama", "timur", "loket-1", "loket-3"
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
        return Spoken(texts, (Clip("/audio/x.wav", SECONDS),))


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
        self.store = app.parts.opened.store
        self.sounds = Sounds()
        self.hall = self._new_hall()

    def _new_hall(self) -> Hall:
        stopped_at = self.engine.published.at
        clock, hub = self.app.parts.opened.clock, self.app.parts.hub
        hall = Hall(self.engine, self.sounds, hub.end_credential, clock.seconds_until, stopped_at)
        hub.listeners.append(hall.hear)
        return hall

    async def kill(self) -> None:
        """All sockets are gone, and nobody could write that. `hall.start` then starts anew."""
        await self.hall.stop()
        self.app.parts.hub.listeners.remove(self.hall.hear)
        self.hall = self._new_hall()

    async def do(self, command: Command) -> Any:
        return await self.engine.submit(command, "user:sari")

    def journal(self) -> list[str]:
        """The types of the entries that are published from now on."""
        types: list[str] = []
        self.app.parts.hub.listeners.append(lambda new: types.extend(e.event.type for e in new))
        return types

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
        tv = await self.pair(name, zone)
        tv.come()
        tv.report()
        await self.until(lambda: tv.device.ready is not None, f"{name} may speak")
        return tv

    async def pair(self, name: str, zone: str = ZONE) -> Tv:
        """One that is paired and is not here yet."""
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
        return Tv(self, name)

    async def call(self, counter: str = COUNTER, service: str = "skck") -> int:
        """The seq of a new call at the counter."""
        clerk = Clerk(f"user:{counter}", counter, "Sari")
        await self.do(commands.OpenCounter(counter=counter, clerk=clerk))
        await self.app.call(
            "POST", "/tickets", {"service": service}, token=await self.app.token("kiosk")
        )
        await self.do(commands.CallNext(counter=counter))
        ticket = self._ticket_at(counter)
        assert ticket.call is not None
        return ticket.call.seq

    @property
    def ticket(self) -> Ticket:
        return self._ticket_at(COUNTER)

    def _ticket_at(self, counter: str) -> Ticket:
        state = self.engine.published
        name = state.counters[counter].ticket
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


@asynccontextmanager
async def a_room(folder: Path) -> AsyncIterator[Room]:
    async with inside(folder / "d") as app:
        room = Room(app)
        await room.hall.start()
        try:
            yield room
        finally:
            await room.hall.stop()
