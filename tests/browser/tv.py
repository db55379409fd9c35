"""A paired TV as a plain socket, for tests of the staff's screens."""

import json
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

from playwright.sync_api import Locator, Page
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.support import Cast

SCREEN = (1920, 1080)


class Tv:
    """Paired when it is made, off until `switch_on`. `did` gets what it was told to do.

    With `speaks` it shows and speaks each call that it is given, at once.
    """

    def __init__(self, cast: Cast, name: str, zone: str = "utama", **members: Any) -> None:
        self._url = cast.server.socket_url
        self._open = ExitStack()
        self.did: queue.Queue[str] = queue.Queue()
        self.speaks = True
        with connect(self._url, proxy=None) as socket:
            code = _next(socket, "pairing", {"op": "pair"})["code"]
            body = {"code": code, "name": name, "zone": zone, **members}
            self.id: str = cast.admin.post("/devices", body).ok().body["device"]["id"]
            self.token: str = _next(socket, "paired")["token"]

    def __enter__(self) -> "Tv":
        return self

    def __exit__(self, *_: object) -> None:
        self.switch_off()

    def switch_on(
        self, sound: str = "on", slow_seconds: float = 0, screen: tuple[int, int] = SCREEN
    ) -> "Tv":
        """`slow_seconds`: how far its clock is behind."""
        socket = self._open.enter_context(connect(self._url, proxy=None))
        _next(socket, "device", {"op": "auth", "token": self.token})
        clock = round((time.time() - slow_seconds) * 1000)
        report = {"op": "report", "sound": sound, "version": "9.9.9", "screen": list(screen)}
        socket.send(json.dumps(report | {"clock": clock}))
        reader = threading.Thread(target=self._read, args=(socket,))
        reader.start()
        # Runs after the socket is closed, which ends the reading.
        self._open.callback(socket.close)
        self._reader = reader
        return self

    def switch_off(self) -> None:
        self._open.close()

    def _read(self, socket: ClientConnection) -> None:
        try:
            for text in socket:
                message = json.loads(text)
                if message["op"] == "do":
                    self.did.put(message["what"])
                elif message["op"] == "speak" and self.speaks:
                    if "call" in message:
                        socket.send(json.dumps({"op": "shown", "seq": message["call"]}))
                    socket.send(json.dumps({"op": "spoken", "id": message["id"]}))
        except ConnectionClosed:
            pass


def _next(socket: ClientConnection, op: str, said: dict[str, Any] | None = None) -> dict[str, Any]:
    """The next message of that kind, after something was said. Raises TimeoutError."""
    if said:
        socket.send(json.dumps(said))
    while True:
        message: dict[str, Any] = json.loads(socket.recv(timeout=10))
        if message["op"] == op:
            return message
        assert message["op"] != "error", message


MakeTv = Callable[..., Tv]


def tvs(cast: Cast) -> Iterator[MakeTv]:
    """For a fixture: `tv(name, zone, **members)` pairs one; at the end all are switched off."""
    made: list[Tv] = []

    def make(name: str, zone: str = "utama", **members: Any) -> Tv:
        made.append(Tv(cast, name, zone, **members))
        return made[-1]

    yield make
    for one in made:
        one.switch_off()


def row(page: Page, device: Tv) -> Locator:
    """Its row in the list of `/devices`."""
    return page.locator(f'.tv[data-device="{device.id}"]')
