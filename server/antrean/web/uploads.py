"""A file that comes as multipart/form-data (RFC 7578), straight to the disk: never whole in memory.

What is taken here is only bytes and a name: which files are accepted says `antrean.media`.
"""

import asyncio
import contextlib
import hashlib
import logging
import os
from collections.abc import AsyncIterator, Callable, Container, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from antrean.engine import StorageUnavailable
from antrean.media.folder import MediaFolder, NoRoom
from antrean.media.names import NAMELESS, cleaned
from antrean.web.problems import Problem, invalid, rate_limited
from antrean.web.reading import ClientGone, Headers, Receive
from antrean.web.threads import in_thread

LARGEST_FILE = 200 * 1024 * 1024  # bytes
LONGEST_SECONDS = 1800.0  # in which it must have come: 200 MiB over 1 Mbit/s
AT_ONCE = 4  # uploads; who comes then is told to wait
FIELD = "file"

_AROUND = 65_536  # bytes of a body beside its file: boundaries and headers of parts
_BLOCK = 262_144  # bytes written at once
# The disk is told to write as it comes, not at the end: a commit of the queue would wait for all
# of it (ext4 writes new data of every file before its journal's commit).
_SYNC_EVERY = 8 * 1024 * 1024

logging.getLogger("python_multipart").setLevel(logging.ERROR)  # it warns of what clients send


@dataclass(slots=True)
class Received:
    """A file that came whole and is on the disk, under a name that does not stay."""

    path: Path
    file: FileIO
    name: str
    size: int
    sha256: str


class Uploads:
    """All that come at the same time, into one folder."""

    def __init__(self, folder: MediaFolder) -> None:
        self.folder = folder
        self._running = 0
        self._doubtful: set[str] = set()

    def doubt(self, name: str) -> None:
        """A stored file whose entry may be in the journal or not: it stays until that is known."""
        self._doubtful.add(name)

    def settle(self, kept: Container[str]) -> None:
        """`kept` is what the journal has after a later command: by then nothing is open."""
        for name in self._doubtful:
            if name not in kept:
                self.folder.remove(name)
        self._doubtful.clear()

    @asynccontextmanager
    async def receive(
        self, headers: Headers, receive: Receive, patience: Callable[[], None]
    ) -> AsyncIterator[Received]:
        """The file of a request's body. Unless it was renamed by then, it is gone at the end.

        `patience` gives the body more time to come. Raises Problem, StorageUnavailable for a disk
        that is full or fails, ClientGone.
        """
        boundary = _boundary_of(headers)
        length = _length_of(headers)
        if self._running >= AT_ONCE:
            raise rate_limited(10)
        self._running += 1
        try:
            with _disk_faults():
                path, file = await in_thread(self.folder.begin)
            try:
                with _disk_faults():
                    self.folder.check_room(length or 0)
                    yield await _Upload(self.folder, path, file, boundary).run(receive, patience)
            finally:
                with contextlib.suppress(OSError):
                    file.close()
                self.folder.remove(path.name)
        finally:
            self._running -= 1


class _Upload:
    """One upload: the parser's callbacks fill `_waiting`, `run` writes it away."""

    def __init__(self, folder: MediaFolder, path: Path, file: FileIO, boundary: bytes) -> None:
        self._folder, self._path, self._file = folder, path, file
        self._hash = hashlib.sha256()
        self._waiting = bytearray()
        self._size = self._synced = 0
        self._parts = 0
        self._name = NAMELESS
        self._header = self._value = b""
        self._headers: dict[bytes, bytes] = {}
        self._ended = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._on_part,
                "on_header_field": self._on_header,
                "on_header_value": self._on_value,
                "on_header_end": self._on_header_end,
                "on_headers_finished": self._on_headers,
                "on_part_data": self._on_data,
                "on_end": self._on_end,
            },
        )

    async def run(self, receive: Receive, patience: Callable[[], None]) -> Received:
        loop = asyncio.get_running_loop()
        last, came, more = loop.time() + LONGEST_SECONDS, 0, True
        while more:
            if loop.time() < last:
                patience()
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            chunk: bytes = message.get("body", b"")
            came += len(chunk)
            if came > LARGEST_FILE + _AROUND:
                raise Problem("too_large")
            self._parse(chunk)
            if len(self._waiting) >= _BLOCK:
                await self._write()
            more = message.get("more_body", False)
        return await self._finish()

    async def _finish(self) -> Received:
        if not self._ended:
            raise Problem("malformed")
        if not self._parts:
            raise invalid(FIELD, "missing")
        await self._write()
        await in_thread(self._sync)
        return Received(self._path, self._file, self._name, self._size, self._hash.hexdigest())

    def _parse(self, chunk: bytes) -> None:
        try:
            self._parser.write(chunk)
        except MultipartParseError:
            raise Problem("malformed") from None

    async def _write(self) -> None:
        block, self._waiting = self._waiting, bytearray()
        await in_thread(self._put, block)

    def _put(self, block: bytearray) -> None:
        self._hash.update(block)
        left = memoryview(block)
        while left:
            left = left[self._file.write(left) :]
        if self._size - self._synced >= _SYNC_EVERY:
            self._sync()
            self._folder.check_room(0)
            self._synced = self._size

    def _sync(self) -> None:
        os.fsync(self._file.fileno())

    # what the parser finds
    def _on_part(self) -> None:
        self._parts += 1
        self._headers = {}

    def _on_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        self._headers[self._header.lower()] = self._value
        self._header = self._value = b""

    def _on_headers(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        name = options.get(b"name", b"").decode("utf-8", "replace")
        if name != FIELD or self._parts > 1:
            raise invalid(name[:100] or "$", "unknown_field" if name != FIELD else "invalid")
        self._name = cleaned(options.get(b"filename", b""))

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        self._size += end - start
        if self._size > LARGEST_FILE:
            raise Problem("too_large")
        self._waiting += data[start:end]

    def _on_end(self) -> None:
        self._ended = True


def _boundary_of(headers: Headers) -> bytes:
    kind, options = parse_options_header(headers.get(b"content-type"))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data":
        raise Problem("unsupported_media_type")
    if not 0 < len(boundary) <= 70:
        raise Problem("malformed")
    return boundary


def _length_of(headers: Headers) -> int | None:
    """What is to come, where the client says so. Raises Problem too_large at once."""
    given = headers.get(b"content-length")
    if given is None:
        return None
    if not given.isdigit() or int(given) > LARGEST_FILE + _AROUND:
        raise Problem("too_large")
    return int(given)


@contextlib.contextmanager
def _disk_faults() -> Iterator[None]:
    try:
        yield
    except NoRoom:
        wait = [(b"retry-after", b"60")]
        raise Problem(
            "storage_unavailable", errors=[(FIELD, "no_room", {})], headers=wait
        ) from None
    except OSError as error:
        raise StorageUnavailable(str(error)) from error
