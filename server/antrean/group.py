"""One group of commands on its way to the disk: decided on the private state, in order, not yet
told.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from antrean.codec import encode_json, encode_memory
from antrean.domain import calendar, events, timers
from antrean.domain.commands import Command
from antrean.domain.decide import Decision, decide
from antrean.domain.errors import QueueError
from antrean.domain.events import Entry, Event
from antrean.domain.fold import apply
from antrean.domain.state import QueueState
from antrean.store.batch import Batch, Note, Snapshot, StoredAnswer

KEEP_PEOPLE_DAYS = 30  # as long as a ticket can be read with its token

_TURN_NOTHING = (
    events.CounterOpened,
    events.CounterPaused,
    events.CounterClosed,
    events.CallEvent,
    events.DeviceEvent,
)
"""Events after which every timer is due when it was before."""

Render = Callable[[QueueState, Decision, int, int], dict[str, Any]]
"""(state, decision, seq, at) -> the public body of the answer."""


class KeyMismatch(Exception):
    """The idempotency key was used for another path or body (422)."""


class HasKey(Protocol):
    @property
    def caller(self) -> str: ...
    @property
    def value(self) -> str: ...


def key_id(key: HasKey) -> bytes:
    """What a key is kept under: a caller without credential is known by it, so it is kept
    hashed.
    """
    return hashlib.sha256(f"{key.caller}\0{key.value}".encode()).digest()[:16]


@dataclass(slots=True)
class Outcome:
    """What becomes of one command once the group is on the disk."""

    body: dict[str, Any]
    ticket: str | None = None
    decision: Decision | None = None
    error: Exception | None = None
    replayed: bool = False
    repeated: bytes | None = None  # the id of a first answer that is on the disk


class Group:
    """Decides on `state` and moves it on; `batch` is what has to be written before anyone is
    told.
    """

    def __init__(
        self, state: QueueState, keys: dict[bytes, tuple[str, str]], render: Render
    ) -> None:
        self.batch = Batch()
        self.turned = False  # a timer may have changed
        self.new_day = False
        self._state = state
        self._keys = keys
        self._render = render
        self._first: dict[bytes, Outcome] = {}

    def take_timers(self, due: int) -> None:
        """Everything that happens by itself at the moment `due`."""
        self._take(timers.decide_due(self._state, due), due, timers.ACTOR)

    def decide(
        self, command: Command, actor: str, key: tuple[bytes, str] | None, at: int
    ) -> Outcome:
        """Decide one command; a refusal changes nothing and keeps no key."""
        if key is not None and (known := self._known(*key)) is not None:
            return known
        state = self._state
        try:
            decision = decide(state, command, at)
        except QueueError as error:
            return Outcome({}, error=error)
        new = self._take(decision.events, at, actor)
        self._keep_private_facts(decision, new, at)
        body = self._render(state, decision, state.seq, at)
        outcome = Outcome(body, decision.ticket, decision)
        if key is not None:
            self._first[key[0]] = outcome
            self.batch.answers[key[0]] = StoredAnswer(
                key[0], key[1], encode_json(body), decision.ticket, state.date
            )
        return outcome

    def _known(self, key: bytes, asked: str) -> Outcome | None:
        """The outcome of a key that was used before, in this group or earlier."""
        fresh = self.batch.answers.get(key)
        before, date = (
            self._keys.get(key, (None, "")) if fresh is None else (fresh.asked, fresh.date)
        )
        if before is None or date < calendar.next_date(self._state.date, -1):
            return None
        if before != asked:
            return Outcome({}, error=KeyMismatch())
        if fresh is None:
            return Outcome({}, repeated=key)
        first = self._first[key]
        return Outcome(first.body, first.ticket, first.decision, replayed=True)

    def _take(self, happened: tuple[Event, ...], at: int, actor: str) -> list[Entry]:
        state, batch = self._state, self.batch
        new = []
        for event in happened:
            entry = Entry(state.seq + 1, at, actor, event)
            apply(state, entry)
            batch.entries.append(entry)
            new.append(entry)
            if isinstance(event, events.TicketEvent):
                batch.tickets[event.ticket] = state.tickets[event.ticket]
                if isinstance(event, events.TicketIssued | events.TicketBooked):
                    batch.given[event.ticket] = entry.seq
            elif not isinstance(event, _TURN_NOTHING):
                self.turned = True
                if isinstance(event, events.DayStarted):
                    self._begin_day(event.date)
        return new

    def _begin_day(self, date: str) -> None:
        """Answers are kept for the business day and the next, people as long as tickets can be
        read.
        """
        self.new_day = True
        self.batch.forget_answers_before = calendar.next_date(date, -1)
        self.batch.forget_people_before = calendar.next_date(date, -KEEP_PEOPLE_DAYS)

    def _keep_private_facts(self, decision: Decision, new: list[Entry], at: int) -> None:
        if decision.ticket is None or not new:
            return
        person = decision.person
        if person is not None and (person.name or person.phone or person.reason):
            self.batch.people[decision.ticket] = person
        if decision.note:
            self.batch.notes.append((decision.ticket, Note(new[-1].seq, at, decision.note)))

    def add_snapshot(self, state: QueueState, offsets: dict[str, int]) -> None:
        """Have `state`, which is on the disk, written as a snapshot with this group."""
        self.batch.snapshot = Snapshot(state.seq, encode_memory(state.memory()), offsets)
