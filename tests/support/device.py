"""A hall display at a real socket: it is paired, reports, draws calls and says what it is told."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.live.phone import PATIENCE, Phone, phone
from tests.support.client import Client
from tests.support.server import RunningServer

Frame = dict[str, Any]


class Device:
    """A paired display that is connected. Everything it says is said by the test."""

    def __init__(self, phone: Phone, id_: str, token: str) -> None:
        self.phone = phone
        self.id = id_
        self.token = token

    def heard(self, op: str) -> list[Frame]:
        """All frames of one kind that came."""
        return [f for f in self.phone.frames if f["op"] == op]

    async def hears(self, op: str, count: int = 1) -> Frame:
        """The frame of that kind that is the `count`-th."""
        await self.phone.until(lambda: len(self.heard(op)) >= count, f"{op} number {count}")
        return self.heard(op)[count - 1]

    async def told(self, **members: Any) -> Frame:
        """What `device` says of it, once it says these members."""

        def found() -> list[Frame]:
            return [
                f["device"]
                for f in self.heard("device")
                if all(f["device"].get(k) == v for k, v in members.items())
            ]

        await self.phone.until(found, f"device with {members}")
        return found()[-1]

    async def report(self, sound: str = "on", **members: Any) -> None:
        """Tell of itself, and wait until the server has read it."""
        told = {"version": "uji", "screen": [1920, 1080], **members}
        await self.phone.send({"op": "report", "sound": sound, **told})
        await self.settle()

    async def settle(self) -> None:
        """All that was said has been read, and all that was told before has come."""
        before = len(self.heard("pong"))
        await self.phone.send({"op": "ping"})
        await self.hears("pong", before + 1)

    async def asked_to_speak(self, number: str, count: int = 1) -> Frame:
        """The `count`-th `speak` for a ticket's number."""

        def found() -> list[Frame]:
            return [f for f in self.heard("speak") if f.get("number") == number]

        await self.phone.until(lambda: len(found()) >= count, f"speak {number}, time {count}")
        return found()[count - 1]

    async def says(self, frame: Frame) -> None:
        """Confirm that it said what `frame` told it to."""
        await self.phone.send({"op": "spoken", "id": frame["id"]})

    async def says_not(self, frame: Frame, code: str = "audio") -> None:
        await self.phone.send({"op": "unspoken", "id": frame["id"], "code": code})


async def pair(
    server: RunningServer, admin: Client, name: str = "TV", zone: str = "utama", **members: Any
) -> tuple[str, str]:
    """(id, token) of a display that was just paired; its first socket is closed again."""
    async with phone(server) as screen:
        code = (await screen.ask({"op": "pair"}))["code"]
        admin.post("/devices", {"code": code, "name": name, "zone": zone, **members}).ok()
        await screen.until(lambda: screen.frames[-1]["op"] == "paired", "paired")
        told = screen.frames[-1]
        return told["device"]["id"], told["token"]


@asynccontextmanager
async def connected(
    server: RunningServer, known: tuple[str, str], sound: str | None = "on"
) -> AsyncIterator[Device]:
    """A paired display that showed its token and reported (unless `sound` is None)."""
    async with phone(server) as screen:
        answer = await screen.ask({"op": "auth", "token": known[1]})
        assert answer == {"op": "authenticated", "role": "display"}, answer
        device = Device(screen, *known)
        await device.hears("device")
        if sound is not None:
            await device.report(sound)
        yield device


@asynccontextmanager
async def display(
    server: RunningServer,
    admin: Client,
    name: str = "TV",
    zone: str = "utama",
    sound: str | None = "on",
    **members: Any,
) -> AsyncIterator[Device]:
    """A new display, paired and connected; what it reported is in the journal."""
    known = await pair(server, admin, name, zone, **members)
    async with connected(server, known, sound) as device:
        if sound is not None:
            await listed(admin, device.id, sound=sound, version="uji", online=True)
        yield device


async def listed(admin: Client, device: str, **members: Any) -> Frame:
    """The device as GET tells it, once these members are so."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found: Frame = admin.get(f"/devices/{device}").ok().body
        if all(found[k] == v for k, v in members.items()):
            return found
    raise AssertionError(f"{members} never came: {found}")
