"""The single writer: takes the commands that wait, decides them, commits the group, publishes.

Order: decide, commit, apply to what is published, publish. Its private state runs ahead of the disk
during a commit; everything that is read comes from `published`. Why it is so: docs/decisions/0001
and 0002.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from antrean.codec import decode_json
from antrean.codec import digest as digest_of
from antrean.domain import timers
from antrean.domain.catalogue import Catalogue
from antrean.domain.commands import Command, Person
from antrean.domain.rebase import merged, rebase
from antrean.domain.state import QueueState
from antrean.group import Group, KeyMismatch, Outcome, Render, key_id
from antrean.ports import (
    Answer,
    Job,
    Key,
    Moments,
    Observer,
    Publisher,
    StorageUnavailable,
    Waiting,
)
from antrean.store import Note, StorageFailed, Store, UnusableFolder

__all__ = ["Answer", "Engine", "Key", "KeyMismatch", "Observer", "StorageUnavailable"]

T = TypeVar("T")

GROUP_LIMIT = 256  # commands in one transaction: bounds how long the first waits for the last
SNAPSHOT_EVERY = 2_000  # journal entries; two are kept, so at least as many frames can be rebuilt
RETRY_SECONDS = 0.5  # between attempts to reach a disk that failed


class Engine:
    """Owns the store and the private state. `start` first, `stop` last; all else between them."""

    def __init__(
        self,
        store: Store,
        publisher: Publisher,
        clock: Moments,
        render: Render,
        observe: Observer | None = None,
    ) -> None:
        self.store = store
        self.people: dict[str, Person] = {}
        self.notes: dict[str, list[Note]] = {}
        self.trouble: str | None = None
        self._publisher = publisher
        self._clock = clock
        self._render = render
        self._observe = observe or Observer()
        self._private: QueueState | None = None
        self._keys: dict[bytes, tuple[str, str]] = {}
        self._waiting: deque[Waiting] = deque()
        self._jobs: deque[Job] = deque()
        self._wake = asyncio.Event()
        self._stopping = False
        self._down = False  # the disk could not even be read
        self._task: asyncio.Task[None] | None = None
        self._due = 0
        self._snapshot_at = 0

    # for everyone
    @property
    def published(self) -> QueueState:
        """What may be read. Never change it."""
        return self._publisher.state

    def now(self) -> int:
        return self._clock.now()

    @property
    def waiting(self) -> int:
        """Commands that wait for their turn."""
        return len(self._waiting)

    def knows(self, key: Key) -> bool:
        """Whether a command came with this key and was done: `submit` gives its first answer."""
        return key_id(key) in self._keys

    async def submit(self, command: Command, actor: str, key: Key | None = None) -> Answer:
        """Have `command` decided and committed; returns when it is on the disk and published.

        Raises QueueError when it is refused (nothing changed), KeyMismatch, StorageUnavailable. A
        caller that goes away takes only its future with it: the command is decided and committed
        all the same.
        """
        self._check_open()
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append(Waiting(command, actor, key, answer))
        self._wake.set()
        return await answer

    async def administer(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do a write that is no command in a transaction of its own. Raises StorageUnavailable."""
        self._check_open()
        result: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.append(Job(work, result))
        self._wake.set()
        return await result

    def _check_open(self) -> None:
        """Who comes while the engine reloads waits; without a disk, or at the end, nobody can."""
        if self._down or self._stopping:
            raise StorageUnavailable(self.trouble or "stopping")

    # life
    async def start(self, catalogue: Catalogue, digest: str, frame_format: str) -> None:
        """Catch up: timers that came due while off, then the given catalogue if it is another one.

        `digest` is that of the catalogue the folder was left with ("" for a new folder). Raises
        StorageFailed.
        """
        await self._reload()
        await self._commit_group([])
        if digest and digest != digest_of(catalogue):
            state = self.published
            after = rebase(state, merged(state.catalogue, catalogue), self._clock.now())
            epoch = await self.store.begin_catalogue(catalogue, after, frame_format)
            self._publisher.cut(after, epoch)
            await self._reload()
        self._task = asyncio.create_task(self._run(), name="engine")

    async def stop(self) -> None:
        """Finish what waits, then close the store."""
        self._stopping = True
        self._wake.set()
        if self._task is not None:
            await self._task
        await self.store.close()

    async def crashed(self) -> BaseException:
        """Returns only when the engine's task ended by a fault of its own: then nothing can be
        trusted but the disk, and the process has to start anew.
        """
        assert self._task is not None
        await asyncio.wait({self._task})
        error = self._task.exception()
        if error is None:
            await asyncio.get_running_loop().create_future()  # a clean stop: never
            raise AssertionError
        self.trouble, self._down = repr(error), True
        self._refuse_all()
        return error

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while not (self._stopping and not self._waiting and not self._jobs):
            timer = loop.call_later(
                RETRY_SECONDS if self.trouble else self._clock.seconds_until(self._due),
                self._wake.set,
            )
            await self._wake.wait()
            timer.cancel()
            self._wake.clear()
            if self._private is None:
                await self._recover()
                continue
            if self.trouble:
                await self._probe()
            while self._jobs and not self._down:
                await self._do_job(self._jobs.popleft())
            if self._down:
                continue  # the disk is away: who waited was refused
            group = [self._waiting.popleft() for _ in range(min(len(self._waiting), GROUP_LIMIT))]
            await self._commit_group(group)
            if self._waiting or self._jobs:
                self._wake.set()

    async def _commit_group(self, commands: list[Waiting]) -> None:
        """One turn: timers that are due, then `commands`, in one transaction; then everyone is
        told.
        """
        assert self._private is not None
        group = Group(self._private, self._keys, self._render)
        at = max(self._clock.now(), self._private.at)
        while self._due <= at:
            group.take_timers(self._due)
            self._due = timers.next_due(self._private)
        outcomes = []
        for index, w in enumerate(commands):
            try:
                key = None if w.key is None else (key_id(w.key), w.key.asked)
                outcomes.append((w, group.decide(w.command, w.actor, key, at)))
            except Exception as error:  # a fault of our own: that command alone must pay for it
                self._drop_faulty(w, error, commands[:index] + commands[index + 1 :])
                return
        if group.turned:
            self._due = timers.next_due(self._private)
        batch = group.batch
        if not batch.is_empty:
            self._add_snapshot(group)
            began = asyncio.get_running_loop().time()
            try:
                await self.store.commit(batch)
            except (StorageFailed, sqlite3.Error) as error:
                await self._failed(error, [w for w, _ in outcomes])
                return
            self._observe.committed(
                len(commands), len(batch.entries), asyncio.get_running_loop().time() - began
            )
            self.trouble = None
            self._keys.update((a.id, (a.asked, a.date)) for a in batch.answers.values())
            self._remember_people(group)
            self._publisher.publish(batch.entries)
            if group.new_day:
                self._keys = await self.store.load_keys()
        for waiting, outcome in outcomes:
            await self._release(waiting, outcome)
        if batch.entries:
            self._publisher.spread()

    def _drop_faulty(self, faulty: Waiting, error: Exception, others: list[Waiting]) -> None:
        """Nothing of the group was written: forget what was half decided, and decide the others
        anew.
        """
        self._observe.failed(f"{type(faulty.command).__name__}: {error!r}")
        if not faulty.answer.done():
            faulty.answer.set_exception(error)
        self._waiting.extendleft(reversed(others))
        self._private = self.published.copy()
        self._due = timers.next_due(self._private)

    def _add_snapshot(self, group: Group) -> None:
        """Every so often the state before this group goes into the same transaction."""
        state = self.published
        if state.seq - self._snapshot_at >= SNAPSHOT_EVERY and group.batch.entries:
            group.add_snapshot(state, self._publisher.offsets)
            self._snapshot_at = state.seq

    def _remember_people(self, group: Group) -> None:
        self.people.update(group.batch.people)
        for ticket, note in group.batch.notes:
            self.notes.setdefault(ticket, []).append(note)
        if group.new_day and self._private is not None:
            for known in (self.people, self.notes):
                for gone in [t for t in known if t not in self._private.tickets]:
                    del known[gone]

    async def _release(self, waiting: Waiting, outcome: Outcome) -> None:
        if waiting.answer.done():
            return
        if outcome.error is not None:
            waiting.answer.set_exception(outcome.error)
        elif outcome.repeated is not None:
            await self._repeat(waiting, outcome.repeated)
        else:
            waiting.answer.set_result(
                Answer(outcome.body, outcome.ticket, outcome.replayed, outcome.decision)
            )

    async def _repeat(self, waiting: Waiting, answer: bytes) -> None:
        """Give the first answer again, from the disk."""
        try:
            stored = await self.store.load_answer(answer)
        except StorageFailed as error:
            waiting.answer.set_exception(StorageUnavailable(str(error)))
            return
        if stored is None:
            waiting.answer.set_exception(StorageUnavailable("the first answer cannot be read"))
            return
        body = decode_json(stored.body, dict[str, Any])
        waiting.answer.set_result(Answer(body, stored.ticket, replayed=True))

    async def _do_job(self, job: Job) -> None:
        try:
            result = await self.store.transaction(job.work)
        except StorageFailed as error:
            if not job.result.done():
                job.result.set_exception(StorageUnavailable(str(error)))
            await self._failed(error, [])
        except Exception as error:  # the job's own fault: its caller hears of it
            if not job.result.done():
                job.result.set_exception(error)
        else:
            if not job.result.done():
                job.result.set_result(result)

    # trouble
    async def _failed(self, error: Exception, commands: list[Waiting]) -> None:
        """A commit that failed is indeterminate: 30 of 100 were on the disk after a crash. Never
        guess.
        """
        self.trouble = str(error)
        self._private = None
        self._observe.failed(str(error))
        for waiting in commands:
            if not waiting.answer.done():
                waiting.answer.set_exception(StorageUnavailable(str(error)))
        await self._recover()

    async def _recover(self) -> None:
        """Read from the disk what became of it, tell everyone of what did happen, and go on."""
        try:
            await self.store.reopen()
            entries = await self.store.entries_after(self.published.seq)
            if entries:
                self._publisher.publish(entries)
                self._publisher.spread()
            await self._reload()
            self._down = False
        except (StorageFailed, UnusableFolder, sqlite3.Error, OSError) as error:
            self.trouble = str(error)
            self._private = None
            self._down = True
            self._refuse_all()

    def _refuse_all(self) -> None:
        for queue in (self._waiting, self._jobs):
            while queue:
                item = queue.popleft()
                future = item.answer if isinstance(item, Waiting) else item.result
                if not future.done():
                    future.set_exception(StorageUnavailable(self.trouble or ""))

    async def _reload(self) -> None:
        published = self.published
        self._keys = await self.store.load_keys()
        self.people, self.notes = await self.store.load_people(published.date)
        self._private = published.copy()
        self._due = timers.next_due(published)
        self._snapshot_at = self._snapshot_at or published.seq

    async def _probe(self) -> None:
        try:
            await self.store.probe()
        except StorageFailed as error:
            self.trouble = str(error)
            await self._recover()
        else:
            self.trouble = None
