"""The helper process as the server sees it: asked over pipes, restarted when it dies."""

import asyncio
import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import antrean

COMMAND = (sys.executable, "-P", "-m", "antrean.voice.helper")
"""-P: else a wave.py in the folder that the server was started in would be run."""
WAITING = 64
"""Requests that may wait at once; one more is refused."""

_ANSWER_SECONDS = 3.0
_CHARACTERS_A_SECOND = 200  # a text of 1,000 characters takes the helper half a second or two
_STARTS = 3
_REST_SECONDS = 30.0
_HEAD_LIMIT = 1 << 16


class Unspoken(Exception):
    """Nothing was made; the text says why."""


class Client:
    """One helper, started by the first request. Requests are answered one after the other.

    A helper that dies or does not answer in time is killed, and the request made once more with a
    new one. After three starts in a row that gave no sound it rests for half a minute, so that a
    broken installation does not start a process for each call of the day.
    """

    def __init__(
        self,
        command: Sequence[str] = COMMAND,
        *,
        answer_seconds: float = _ANSWER_SECONDS,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._command = tuple(command)
        self._answer_seconds = answer_seconds
        self._now = now
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._number = 0
        self._barren = 0  # starts since the last sound
        self._rests_until = 0.0
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Of the helper that runs, or None."""
        return None if self._process is None else self._process.pid

    async def say(self, text: str, language: str) -> bytes:
        """A WAV file. Raises Unspoken."""
        _, sound = await self.ask(op="say", text=text, language=language)
        return sound

    async def join(self, files: Sequence[Path], pauses: Sequence[float]) -> bytes:
        """Recordings as one WAV file, a pause in seconds after each. Raises Unspoken."""
        names = [str(file) for file in files]
        _, sound = await self.ask(op="join", files=names, pauses=list(pauses))
        return sound

    async def ask(self, **request: Any) -> tuple[dict[str, Any], bytes]:
        """(answer, WAV) of one request. Raises Unspoken."""
        if self._waiting >= WAITING:
            raise Unspoken(f"{WAITING} texts wait for the voice already")
        self._waiting += 1
        try:
            async with self._turn:
                return await self._asked(request)
        finally:
            self._waiting -= 1

    async def close(self) -> None:
        """End the helper; what is being said is not finished."""
        self._closed = True
        await self._end()

    async def _asked(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        if self._now() < self._rests_until:
            raise Unspoken("the voice's process failed again and again; it is tried again soon")
        patience = self._answer_seconds + len(str(request)) / _CHARACTERS_A_SECOND
        reason = ""
        for _ in range(2):
            if self._closed:
                raise Unspoken("the voice was closed")
            try:
                async with asyncio.timeout(patience):
                    answer, sound = await self._exchange(request)
            except TimeoutError:
                reason = f"the voice's process gave no answer in {patience:.0f} s"
            except EOFError:
                reason = "the voice's process ended without an answer"
            except (OSError, ValueError) as error:
                reason = f"the voice's process failed: {error}"
            except BaseException:  # cancelled: what it still writes must not be read as another's
                await asyncio.shield(self._end())
                raise
            else:
                if "error" in answer:
                    raise Unspoken(answer["error"])
                self._barren = 0
                return answer, sound
            await self._end()
        raise Unspoken(reason)

    async def _exchange(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        process = self._process
        if process is None or process.returncode is not None:
            process = await self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        self._number += 1
        process.stdin.write(json.dumps({"id": self._number, **request}).encode() + b"\n")
        await process.stdin.drain()
        answer: dict[str, Any] = json.loads(await process.stdout.readuntil(b"\n"))
        sound = await process.stdout.readexactly(answer["bytes"])
        if answer["id"] != self._number:
            raise ValueError("it answered another request")
        return answer, sound

    async def _start(self) -> asyncio.subprocess.Process:
        await self._end()
        self._barren += 1
        if self._barren > _STARTS:
            self._barren = 0
            self._rests_until = self._now() + _REST_SECONDS
            raise Unspoken(f"the voice's process was started {_STARTS} times and said nothing")
        # In a session of its own: Ctrl+C in a terminal is for the server, which ends it.
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": _path()},
            limit=_HEAD_LIMIT,
            start_new_session=True,
        )
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _path() -> str:
    """PYTHONPATH with the folder of this very package in front."""
    ours = str(Path(antrean.__file__).resolve().parent.parent)
    return os.pathsep.join([ours, *filter(None, [os.environ.get("PYTHONPATH")])])
