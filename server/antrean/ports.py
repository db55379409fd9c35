"""What the engine needs of others, and what it gives them."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from antrean.domain.commands import Command
from antrean.domain.decide import Decision
from antrean.domain.events import Entry
from antrean.domain.state import QueueState


class StorageUnavailable(Exception):
    """The disk refused. Whether the command happened is open: repeat it with the same key (503)."""


@dataclass(frozen=True, slots=True)
class Key:
    """An idempotency key of `caller`; `asked` is the hash of path and JSON value."""

    caller: str
    value: str
    asked: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A command's answer, without token and personal data. `replayed`: the first one, given
    again.
    """

    body: dict[str, Any]
    ticket: str | None
    replayed: bool = False
    decision: Decision | None = None


class Publisher(Protocol):
    """Whoever shows what was committed: the hub with its views."""

    @property
    def state(self) -> QueueState: ...
    @property
    def offsets(self) -> dict[str, int]: ...
    def publish(self, entries: Sequence[Entry]) -> None: ...
    def spread(self) -> None: ...
    def cut(self, state: QueueState, epoch: str) -> None: ...


class Moments(Protocol):
    """The clock."""

    def now(self) -> int: ...
    def seconds_until(self, moment: int) -> float: ...


@dataclass(slots=True)
class Waiting:
    """A command in the queue."""

    command: Command
    actor: str
    key: Key | None
    answer: asyncio.Future[Answer]


@dataclass(slots=True)
class Job:
    """A write that is no command: accounts, tokens, sessions."""

    work: Callable[[sqlite3.Connection], Any]
    result: asyncio.Future[Any]


class Observer:
    """Is told what the engine does, for metrics and the log. This one does not listen."""

    def committed(self, commands: int, entries: int, seconds: float) -> None:
        """A group is on the disk."""

    def failed(self, reason: str) -> None:
        """A commit failed; the engine reloads from disk."""
