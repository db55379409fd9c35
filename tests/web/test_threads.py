"""Work in threads on files that are closed right after it."""

import asyncio
import threading

import pytest

from antrean.web.threads import in_thread

pytestmark = pytest.mark.asyncio


async def test_it_returns_what_the_work_returns() -> None:
    assert await in_thread(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        await in_thread(divmod, 1, 0)


async def test_a_cancelled_task_waits_until_its_thread_has_left_the_file() -> None:
    began, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        began.set()
        may_end.wait(10)
        ended.set()

    async def holder() -> bool:
        try:
            await in_thread(work)
        finally:
            closed_after.append(ended.is_set())
        return True

    closed_after: list[bool] = []
    task = asyncio.create_task(holder())
    await asyncio.to_thread(began.wait, 10)
    task.cancel()
    asyncio.get_running_loop().call_later(0.05, may_end.set)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert closed_after == [True]
