"""One who follows a topic: folds what comes, checks its order, holds it against a snapshot."""

import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

ESTIMATES = frozenset({"ahead", "position", "eta", "wait"})
ANSWER_SECONDS = 15.0


def merge(target: Any, patch: Any) -> Any:
    """RFC 7396: a merge patch applied; `target` is not changed."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merge(result.get(name), value)
    return result


def difference(mine: Any, fresh: Any, without: frozenset[str] = frozenset(), path: str = "") -> str:
    """The first place where two states differ, as words; "" when they agree."""
    if isinstance(mine, dict) and isinstance(fresh, dict):
        for name in sorted({*mine, *fresh} - without):
            if name not in mine or name not in fresh:
                side = "mine" if name in mine else "the fresh one"
                return f"{path}/{name} is in {side} alone"
            if found := difference(mine[name], fresh[name], without, f"{path}/{name}"):
                return found
        return ""
    return "" if mine == fresh else f"{path}: {mine!r:.60} here, {fresh!r:.60} fresh"


class Follower:
    """A socket with one topic. `faults` collects what breaks the protocol.

    `on_frame(frame, at)` is called with every snapshot and event after it was folded, `at` the
    monotonic time of its arrival.
    """

    def __init__(
        self,
        url: str,
        topic: str,
        *,
        token: str | None = None,
        holder: str | None = None,
        on_frame: Callable[[dict[str, Any], float], None] | None = None,
    ) -> None:
        self._url = "ws" + url.removeprefix("http") + "/ws"
        self._token = token
        self._holder = holder
        self._on_frame = on_frame
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._answered = asyncio.Event()
        self._ponged = asyncio.Event()
        self.topic = topic
        self.state: dict[str, Any] = {}
        self.epoch: str | None = None
        self.offset: int | None = None
        self.events = 0
        self.faults: list[str] = []

    @property
    def of_values(self) -> bool:
        """Whether offsets may jump and changes are bundled."""
        return self.topic == "services" or self.topic.startswith("ticket:")

    async def start(self) -> None:
        """Connects and waits for the snapshot. Raises OSError when there is none."""
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        try:
            self._socket = await connect(
                self._url,
                additional_headers=headers,
                compression=None,
                max_size=None,
                proxy=None,
                open_timeout=ANSWER_SECONDS,
                ping_interval=None,
                close_timeout=1,
            )
        except (InvalidHandshake, TimeoutError) as error:
            raise OSError(f"{self.topic}: {error}") from error
        self._answered.clear()
        self._reader = asyncio.create_task(self._read(self._socket))
        ask: dict[str, Any] = {"op": "subscribe", "topic": self.topic}
        if self._holder:
            ask["token"] = self._holder
        if self.epoch is not None:
            ask |= {"epoch": self.epoch, "offset": self.offset}
        await self._socket.send(json.dumps(ask))
        await self._within(self._answered, "no snapshot")

    async def _within(self, event: asyncio.Event, otherwise: str) -> None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await event.wait()
        except TimeoutError:
            raise OSError(f"{self.topic}: {otherwise}") from None
        if self._reader is None or self._reader.done():
            raise OSError(f"{self.topic}: closed with {self.close_code}")

    @property
    def close_code(self) -> int | None:
        return None if self._socket is None else self._socket.close_code

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for text in socket:
                self._receive(json.loads(text), time.monotonic())
        except ConnectionClosed:
            pass
        finally:
            self._answered.set()
            self._ponged.set()

    async def closed(self) -> None:
        """Returns when the connection is gone."""
        if self._reader is not None:
            await asyncio.wait([self._reader])

    def _receive(self, frame: dict[str, Any], at: float) -> None:
        match frame.get("op"):
            case "snapshot":
                self.epoch, self.offset = frame["epoch"], frame["offset"]
                self.state = frame["state"]
                self._answered.set()
            case "resumed":
                self._answered.set()
            case "event":
                self._check(frame)
                self.offset = frame["offset"]
                self.state = merge(self.state, frame["state"])
                self.events += 1
            case "pong":
                self._ponged.set()
                return
            case "error":
                self.faults.append(f"{self.topic}: {frame.get('code')} {frame.get('detail')}")
                self._answered.set()
                return
            case _:
                return
        if self._on_frame is not None:
            self._on_frame(frame, at)

    def _check(self, frame: dict[str, Any]) -> None:
        offset = frame["offset"]
        if self.offset is None:
            self.faults.append(f"{self.topic}: an event came before the snapshot")
        elif self.of_values and offset < self.offset:
            self.faults.append(f"{self.topic}: offset {offset} after {self.offset}")
        elif not self.of_values and offset != self.offset + 1:
            self.faults.append(f"{self.topic}: offset {offset} follows {self.offset}")

    async def settle(self) -> None:
        """Waits until all that was published before now has come."""
        assert self._socket is not None
        self._ponged.clear()
        await self._socket.send('{"op":"ping"}')
        await self._within(self._ponged, "no pong")

    async def compare(self) -> str:
        """Empty when this fold equals a fresh snapshot, else where not. The hall must rest."""
        fresh = Follower(
            self._url.removesuffix("/ws").replace("ws", "http", 1),
            self.topic,
            token=self._token,
            holder=self._holder,
        )
        await fresh.start()
        await fresh.stop()
        await self.settle()
        if fresh.faults:
            return fresh.faults[0]
        if (fresh.epoch, fresh.offset) != (self.epoch, self.offset) and not self.of_values:
            mine = f"{self.epoch}, {self.offset}"
            return f"{self.topic}: is at {mine}, a fresh snapshot at {fresh.epoch}, {fresh.offset}"
        ignored = ESTIMATES if self.of_values else frozenset()
        found = difference(self.state, fresh.state, ignored)
        return f"{self.topic}: {found}" if found else ""

    async def stop(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError, ConnectionClosed):
                await self._socket.close()
        if self._reader is not None:
            await asyncio.wait([self._reader])
