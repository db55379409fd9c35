"""Files of the data folder as answers, whole or a range of them, each counted to its address for as
long as it is on its way.

A name never stands for another file, so that browsers may keep it for ever. Which names there are
is for the callers to know: the path is theirs, never a client's.
"""

import asyncio
import os
import re
import stat
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from antrean.web.address import Addresses
from antrean.web.limits import network
from antrean.web.problems import Problem, rate_limited
from antrean.web.threads import in_thread

# Files on their way to one address at once: a player that does not read keeps its file open, and a
# block of it in memory, for as long as it pleases. All displays of a hall may have one address.
PER_ADDRESS = 200
RETRY_SECONDS = 5
_BLOCK = 262_144  # bytes read and sent at once: a phrase in one read, each is a hop to a thread
_RANGE = re.compile(r"bytes=(?:([0-9]{1,15})-([0-9]{0,15})|-([0-9]{1,15}))")
_HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "accept-ranges": "bytes",
    "x-content-type-options": "nosniff",
}

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class KeptFiles:
    """Files of one kind, on their way."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._counts: Counter[str] = Counter()

    def answer(
        self, request: Request, path: Path, kind: str, headers: Mapping[str, str] | None = None
    ) -> Response:
        """The file, or the part of it that is asked for. Raises Problem not_found, rate_limited."""
        where = network(self._addresses.of(request.scope, dict(request.scope["headers"])))
        if self._counts[where] >= PER_ADDRESS:
            raise rate_limited(RETRY_SECONDS)
        try:
            file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            raise Problem("not_found") from None
        about = os.fstat(file)
        if not stat.S_ISREG(about.st_mode):
            os.close(file)
            raise Problem("not_found")
        tag = f'"{path.stem}"'
        told = _HEADERS | {"etag": tag} | dict(headers or {})
        if tag in request.headers.get("if-none-match", ""):
            os.close(file)
            return Response(status_code=304, headers=told)
        part = None
        if request.headers.get("if-range", tag) == tag:
            part = request.headers.get("range")
        return _Part(file, about.st_size, kind, told, part, self._counted(where))

    @contextmanager
    def _counted(self, where: str) -> Iterator[None]:
        """One file is on its way to that address."""
        self._counts[where] += 1
        try:
            yield
        finally:
            self._counts[where] -= 1
            if not self._counts[where]:
                del self._counts[where]


class _Part(Response):
    """The bytes of an open file, closed at the end, as they are asked for (RFC 9110, 14)."""

    def __init__(
        self,
        file: int,
        size: int,
        kind: str,
        headers: dict[str, str],
        asked: str | None,
        counted: AbstractContextManager[None],
    ) -> None:
        span = _span(asked, size)
        self._file, self._span, self._counted = file, span or _Span(0, 0), counted
        told = headers | {"content-length": str(self._span.length), "content-type": kind}
        status = 200
        if span is None:
            status = 416
            told["content-range"] = f"bytes */{size}"
        elif span.is_part:
            status = 206
            told["content-range"] = f"bytes {span.start}-{span.end - 1}/{size}"
        super().__init__(None, status, told)

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        try:
            await send(
                {
                    "type": "http.response.start",
                    "status": self.status_code,
                    "headers": self.raw_headers,
                }
            )
            if scope["method"] == "HEAD" or not self._span.length:
                await send({"type": "http.response.body", "body": b""})
            else:
                with self._counted:
                    await self._stream(receive, send)
        finally:
            os.close(self._file)

    async def _stream(self, receive: Receive, send: Send) -> None:
        """A player that leaves, as at each jump within a film, ends it."""
        gone = asyncio.ensure_future(_disconnected(receive))
        at, end = self._span.start, self._span.end
        try:
            while at < end and not gone.done():
                block = await in_thread(os.pread, self._file, min(_BLOCK, end - at), at)
                if not block:
                    raise OSError("a file became shorter while it was sent")
                at += len(block)
                await send({"type": "http.response.body", "body": block, "more_body": at < end})
        finally:
            gone.cancel()


@dataclass(frozen=True, slots=True)
class _Span:
    """Bytes from `start` up to `end`, which is not among them."""

    start: int
    end: int
    is_part: bool = False

    @property
    def length(self) -> int:
        return self.end - self.start


def _span(asked: str | None, size: int) -> _Span | None:
    """What a Range asks for; all for one that means nothing, or more than one part, as a server
    may; None where there is nothing."""
    found = _RANGE.fullmatch(asked) if asked else None
    if found is None:
        return _Span(0, size)
    if found[3] is not None:
        start, end = max(0, size - int(found[3])), size
    else:
        start = int(found[1])
        end = min(size, int(found[2]) + 1) if found[2] else size
        if found[2] and int(found[2]) < start:
            return _Span(0, size)
    return _Span(start, end, is_part=True) if start < end else None


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
