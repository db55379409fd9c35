"""Tickets, counters, services and announcements as values. All frozen: a change is a new value,
so that the state that runs ahead and the published one can share them."""

from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter
from typing import Any

from antrean.domain.catalogue import Text


class TicketState(StrEnum):
    BOOKED = "booked"
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    NO_SHOW = "no_show"
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class CounterState(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class ServiceStatus(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    NOT_OPERATING = "not_operating"


class Place(StrEnum):
    KEEP = "keep"
    FRONT = "front"
    BACK = "back"


ENDED = frozenset({TicketState.DONE, TicketState.CANCELLED, TicketState.EXPIRED})
AT_COUNTER = frozenset({TicketState.CALLED, TicketState.SERVING})
IN_LINE_VIEW = frozenset(
    {
        TicketState.WAITING,
        TicketState.CALLED,
        TicketState.SERVING,
        TicketState.HELD,
        TicketState.NO_SHOW,
    }
)
"""States shown by the topic `service:ID`."""


@dataclass(frozen=True, slots=True)
class Slot:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Call:
    """The last call of a ticket, as a hall display shows it; `seq` and `at` move with a recall."""

    seq: int
    at: int
    service: str
    counter: str


@dataclass(frozen=True, slots=True)
class Ticket:
    id: str
    number: str
    date: str
    service: str  # of the present leg
    first_service: str  # quotas count by it
    channel: str
    class_id: str
    state: TicketState
    arrived: bool
    visit: str  # id of the first ticket of the visit; its own for a lone one
    journey: tuple[str, ...]
    leg: int
    rank: str  # "" until it joined its first line
    counter: str | None
    for_counter: str | None
    slot: Slot | None
    issued_at: int
    joined_at: int | None  # the present line
    called_at: int | None
    started_at: int | None
    ended_at: int | None
    recalls: int
    call: Call | None
    touched: int  # seq of the last event of this ticket

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def legs_left(self) -> tuple[str, ...]:
        return self.journey[self.leg :]


_slots: dict[str, Any] = {f.name: Ticket.__dict__[f.name] for f in fields(Ticket)}
_set_slots = tuple(slot.__set__ for slot in _slots.values())
_values = attrgetter(*_slots)


def altered(ticket: Ticket, **changes: object) -> Ticket:
    """A new ticket with these members changed: `dataclasses.replace` in a third of its 12 us.

    Twice a command, once ahead of the disk and once behind it. Raises KeyError for a member that
    a ticket does not have.
    """
    made = object.__new__(Ticket)
    for put, value in zip(_set_slots, _values(ticket), strict=True):
        put(made, value)
    for name, value in changes.items():
        _slots[name].__set__(made, value)
    return made


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who sits at a counter. `actor` identifies (`user:sari`, `token:9f2`), `user` and `name` are
    shown.
    """

    actor: str
    user: str
    name: str


@dataclass(frozen=True, slots=True)
class Counter:
    id: str
    state: CounterState = CounterState.CLOSED
    note: Text | None = None
    until: int | None = None
    clerk: Clerk | None = None
    ticket: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What changes of a service: by hand (`manual`) and by its hours."""

    id: str
    manual: ServiceStatus | None = None  # CLOSED or PAUSED
    note: Text | None = None
    in_hours: bool = True
    next_change: int | None = None  # the moment at which `in_hours` turns; None: never


@dataclass(frozen=True, slots=True)
class Announcement:
    id: str
    text: Text
    zones: tuple[str, ...]
    until: int | None
    speak: bool
    full_screen: bool = False
    spoken: tuple[str, ...] = ()  # zones that have said it


@dataclass(frozen=True, slots=True)
class Undoable:
    """What the counter did last and may still take back."""

    seq: int
    at: int
    before: Ticket
    took_ms: int | None = None  # a service time that was counted with it


@dataclass(frozen=True, slots=True)
class Pace:
    """Service times of the day of one service, from call to completion."""

    count: int = 0
    total_ms: int = 0
