"""What of the hall runs beside the rest of the server."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any


class Tasks:
    """What runs until the hall stops."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[object]] = set()

    def begin(self, work: Coroutine[Any, Any, object], name: str) -> None:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def stop(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


async def set_or_late(event: asyncio.Event, seconds: float | None) -> None:
    """Not `wait_for`: that of Python 3.11 loses a cancellation that comes with the event, and a
    server whose displays leave as it stops would never end."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
