"""A client at a real socket: keeps every frame, folds every topic, waits without sleeping."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import websockets
from websockets.asyncio.client import ClientConnection, connect

from antrean.views.patches import merge
from tests.support import RunningServer
from tests.support.client import address

PATIENCE = 20.0  # seconds, for a busy machine


class Phone:
    """One connection. `frames` has all but the hello."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.hello: dict[str, Any] = {}
        self.frames: list[dict[str, Any]] = []
        self.states: dict[str, Any] = {}
        self.marks: dict[str, tuple[str, int]] = {}  # topic -> epoch, offset
        self.closed: int | None = None
        self.reason = ""
        self._news = asyncio.Condition()
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        try:
            async for text in self._connection:
                frame = json.loads(text)
                async with self._news:
                    if not self.hello:
                        self.hello = frame
                    else:
                        self.frames.append(frame)
                        self._fold(frame)
                    self._news.notify_all()
        except websockets.ConnectionClosed:
            pass
        async with self._news:
            code = self._connection.close_code
            self.closed = 1006 if code is None else code
            self.reason = self._connection.close_reason or ""
            self._news.notify_all()

    def _fold(self, frame: dict[str, Any]) -> None:
        topic, op = frame.get("topic", ""), frame["op"]
        if op == "snapshot":
            self.states[topic] = frame["state"]
            self.marks[topic] = (frame["epoch"], frame["offset"])
        elif op == "event":
            self.states[topic] = merge(self.states.get(topic, {}), frame["state"])
            self.marks[topic] = (self.marks[topic][0], frame["offset"])
        elif op == "resumed":
            self.marks[topic] = (frame["epoch"], frame["offset"])

    async def until(self, condition: Callable[[], Any], what: str = "") -> None:
        """Wait until `condition` holds; it is asked after every frame."""
        async with self._news:
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._news.wait_for(condition)
            except TimeoutError:
                raise AssertionError(
                    f"{what or 'it'} never came; closed {self.closed}, last {self.frames[-2:]}"
                ) from None

    async def send(self, message: Any) -> None:
        is_raw = isinstance(message, str | bytes)
        await self._connection.send(message if is_raw else json.dumps(message))

    async def ask(self, message: Any) -> dict[str, Any]:
        """The next frame that is no event."""
        start = len(self.frames)

        def found() -> list[dict[str, Any]]:
            return [f for f in self.frames[start:] if f["op"] != "event"]

        await self.send(message)
        await self.until(
            lambda: found() or self.closed is not None, f"an answer to {message!r:.80}"
        )
        assert found(), f"closed with {self.closed} instead of an answer to {message!r:.80}"
        return found()[0]

    async def subscribe(self, topic: str, **members: Any) -> dict[str, Any]:
        return await self.ask({"op": "subscribe", "topic": topic, **members})

    async def ping(self) -> int:
        """Everything up to the returned seq has come."""
        return int((await self.ask({"op": "ping"}))["seq"])

    def events(self, topic: str) -> list[dict[str, Any]]:
        return [f for f in self.frames if f["op"] == "event" and f["topic"] == topic]

    async def ends(self) -> int:
        """The code with which the server closes."""
        await self.until(lambda: self.closed is not None, "the end of the socket")
        assert self.closed is not None
        return self.closed

    async def hang_up(self) -> None:
        await self._connection.close()
        await self._reader


@asynccontextmanager
async def phone(
    server: RunningServer,
    token: str | None = None,
    source: str | None = None,
    **headers: str,
) -> AsyncIterator[Phone]:
    """A connected client that has been greeted, at an address of its own."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if token is not None:
        sent["Authorization"] = f"Bearer {token}"
    connection = await connect(
        server.socket_url,
        additional_headers=sent,
        compression=None,
        max_size=None,
        proxy=None,
        local_addr=(source or address(), 0),
        ping_interval=None,
        close_timeout=2,
    )
    one = Phone(connection)
    try:
        await one.until(lambda: one.hello, "hello")
        yield one
    finally:
        await one.hang_up()


async def refused(server: RunningServer, source: str | None = None, **headers: str) -> int:
    """The status with which a handshake is refused."""
    try:
        async with phone(server, None, source, **headers):
            return 101
    except websockets.InvalidStatus as error:
        return error.response.status_code
