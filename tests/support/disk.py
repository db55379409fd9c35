"""Faults of a disk, put between the engine and a real store."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from antrean.store import StorageFailed, Store


@contextmanager
def failing_disk(store: Store, *, written: bool = False) -> Iterator[None]:
    """Commits raise as SQLite does; `written`: although the group did reach the disk."""
    real = store.commit

    async def commit(batch: Any) -> None:
        if written:
            await real(batch)
        raise StorageFailed("disk I/O error")

    store.commit = commit  # type: ignore[method-assign]
    try:
        yield
    finally:
        store.commit = real  # type: ignore[method-assign]


@asynccontextmanager
async def held_disk(store: Store) -> AsyncIterator[asyncio.Event]:
    """A commit that begins in the block, of which the event tells, ends behind it."""
    real = store.commit
    begun, end = asyncio.Event(), asyncio.Event()

    async def commit(batch: Any) -> None:
        begun.set()
        await end.wait()
        await real(batch)

    store.commit = commit  # type: ignore[method-assign]
    try:
        yield begun
    finally:
        store.commit = real  # type: ignore[method-assign]
        end.set()
