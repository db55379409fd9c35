"""Sounds as files, named by a hash of what they say and how; bounded, the longest unused go."""

import asyncio
import contextlib
import hashlib
import os
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from pathlib import Path

from antrean.hall.ports import Clip
from antrean.voice.sound import seconds_of

LIMIT = 256 * 1024 * 1024  # some 1,300 phrases of 200 KB; a busy mall makes 300 a day
KEPT_SECONDS = 300.0
"""What was used within this time stays, however full it is: a display may be about to fetch it."""

NAME = re.compile(r"[0-9a-f]{32}\.wav")
PREFIX = "/audio/"


def name_of(key: str) -> str:
    """The file of a key. A changed engine or recording is another key, hence a file
    never changes and browsers may keep it for ever."""
    return hashlib.sha256(key.encode()).hexdigest()[:32] + ".wav"


class Cache:
    """One folder. A file's time of change is when it was used last, so that the order of use
    outlives a restart (times of access are what a mount makes of them)."""

    def __init__(
        self, folder: Path, limit: int = LIMIT, now: Callable[[], float] = time.time
    ) -> None:
        self.folder = folder
        self._limit = limit
        self._now = now
        self._used: OrderedDict[str, tuple[float, int, float]] | None = None
        self._size = 0
        self._making: dict[str, asyncio.Task[Clip]] = {}
        self._loading = asyncio.Lock()

    async def get(self, key: str, make: Callable[[], Awaitable[bytes]]) -> Clip:
        """The sound of `key`, made by `make` when it is not there; by one, when several ask.

        Raises what `make` raises, and OSError when the file cannot be written.
        """
        name = name_of(key)
        if self._used is None:
            async with self._loading:
                if self._used is None:
                    self._used = await asyncio.to_thread(self._scan)
                    self._size = sum(size for _, size, _ in self._used.values())
        if (found := self._touch(name)) is not None:
            return found
        task = self._making.get(name)
        if task is None:
            task = self._making[name] = asyncio.create_task(self._make(name, make))
            task.add_done_callback(lambda done: self._made(name, done))
        # Shielded: one who no longer waits must not take the sound from the others.
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Give up what is being made."""
        tasks = list(self._making.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _made(self, name: str, task: "asyncio.Task[Clip]") -> None:
        self._making.pop(name, None)
        if not task.cancelled():
            task.exception()  # looked at: nobody may wait for it any more

    def _touch(self, name: str) -> Clip | None:
        """The clip when its file is there; notes that it is used."""
        assert self._used is not None
        entry = self._used.get(name)
        if entry is None:
            return None
        now = self._now()
        try:
            self._stamp(self.folder / name, now)
        except OSError:  # deleted by hand: it is made anew
            self._forget(name)
            return None
        _, size, seconds = entry
        self._used[name] = (now, size, seconds)
        self._used.move_to_end(name)
        return Clip(PREFIX + name, seconds)

    @staticmethod
    def _stamp(path: Path, now: float) -> None:
        os.utime(path, (now, now))

    def _forget(self, name: str) -> None:
        assert self._used is not None
        _, size, _ = self._used.pop(name)
        self._size -= size

    async def _make(self, name: str, make: Callable[[], Awaitable[bytes]]) -> Clip:
        assert self._used is not None
        sound = await make()
        seconds = await asyncio.to_thread(self._write, name, sound)
        self._used[name] = (self._now(), len(sound), seconds)
        self._size += len(sound)
        self._evict()
        return Clip(PREFIX + name, seconds)

    def _evict(self) -> None:
        """Delete the longest unused ones of what is too much.

        Here and not in a thread: meanwhile one of them could be asked for and written again. It
        is a file or two each time.
        """
        assert self._used is not None
        now = self._now()
        for name, (used, _, _) in tuple(self._used.items()):
            # One from the future is from before the clock was set right.
            if self._size <= self._limit or now - KEPT_SECONDS < used <= now:
                break
            self._forget(name)
            with contextlib.suppress(OSError):
                (self.folder / name).unlink()

    def _scan(self) -> OrderedDict[str, tuple[float, int, float]]:
        """(used, bytes, seconds) of what is there, the longest unused first. Files that are cut
        short, as after a power cut, and what a crash left half written are deleted."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = []
        for path in self.folder.iterdir():
            seconds = seconds_of(path) if NAME.fullmatch(path.name) else None
            if seconds is None:
                if path.is_file():
                    path.unlink()
                continue
            about = path.stat()
            found.append((about.st_mtime, about.st_size, seconds, path.name))
        found.sort()
        return OrderedDict((name, (used, size, secs)) for used, size, secs, name in found)

    def _write(self, name: str, sound: bytes) -> float:
        """Write a file whole or not at all; its length in seconds. It is not waited for on the
        disk: one that a power cut shortens is found by the next `_scan`."""
        part = self.folder / f".{name}.{secrets.token_hex(4)}"
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(sound)
            self._stamp(part, self._now())
            seconds = seconds_of(part)
            if seconds is None:
                raise OSError(f"{part}: this is no WAV file")
            os.replace(part, self.folder / name)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return seconds
