"""Work on the files of media, beside the event loop, in threads of their own: a disk that is slow
with films must not keep anyone from signing in (`passwords`)."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_threads = ThreadPoolExecutor(8, thread_name_prefix="media")


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do `work` in a thread; returns only when it has ended, also for a task that is cancelled.

    Its caller closes the file next, and the number of a closed file is that of the next one that
    is opened: a thread that still wrote would write into the queue's own database.
    """
    loop = asyncio.get_running_loop()
    task = loop.run_in_executor(_threads, partial(work, *args, **kwargs))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
