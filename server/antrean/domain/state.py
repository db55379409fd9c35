"""The one fold: `apply(state, entry)` turns the journal into the present.

Two states live in a server: the engine's, which runs ahead of the disk, and the published one, from
which everything is read. Both come from here. `apply` decides nothing and accepts every decided
event.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TypeVar

from sortedcontainers import SortedList

from antrean.domain.catalogue import Catalogue, VoiceSettings
from antrean.domain.hall_model import Announcing, Device, Hearing, Media, ZoneSettings
from antrean.domain.model import (
    Announcement,
    Counter,
    CounterState,
    Pace,
    Service,
    ServiceStatus,
    Ticket,
    TicketState,
    Undoable,
)

_K = TypeVar("_K", bound=Hashable)


class Line:
    """Who waits for one service, by rank: all of them, and those who have arrived."""

    __slots__ = ("arrived", "waiting")

    def __init__(self) -> None:
        self.waiting: SortedList[tuple[str, str]] = SortedList()
        self.arrived: SortedList[tuple[str, str]] = SortedList()

    def add(self, ticket: Ticket) -> None:
        place = (ticket.rank, ticket.id)
        self.waiting.add(place)
        if ticket.arrived:
            self.arrived.add(place)

    def remove(self, ticket: Ticket) -> None:
        place = (ticket.rank, ticket.id)
        self.waiting.remove(place)
        if ticket.arrived:
            self.arrived.remove(place)


@dataclass(frozen=True, slots=True)
class Memory:
    """All of a state that cannot be derived: what a snapshot row holds. Plain values only."""

    seq: int
    at: int
    date: str
    tickets: tuple[Ticket, ...]
    counters: tuple[Counter, ...]
    services: tuple[Service, ...]
    announcements: tuple[Announcement, ...]
    numbers: dict[str, dict[str, int]]
    prefixes: dict[str, dict[str, str]]
    undoable: dict[str, Undoable]
    paces: dict[str, Pace]
    devices: tuple[Device, ...] = ()
    zones: dict[str, ZoneSettings] = field(default_factory=dict)
    media: tuple[Media, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    announcing: tuple[Announcing, ...] = ()


@dataclass(slots=True)
class QueueState:
    """Everything that is true at `seq`. Read freely; only `apply` and `rebase` change it."""

    catalogue: Catalogue
    seq: int = 0
    at: int = 0
    date: str = ""
    tickets: dict[str, Ticket] = field(default_factory=dict)  # of today, and bookings to come
    counters: dict[str, Counter] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    announcements: dict[str, Announcement] = field(default_factory=dict)
    numbers: dict[str, dict[str, int]] = field(default_factory=dict)  # date -> prefix -> last
    prefixes: dict[str, dict[str, str]] = field(default_factory=dict)  # date -> service -> prefix
    undoable: dict[str, Undoable] = field(default_factory=dict)  # by counter
    paces: dict[str, Pace] = field(default_factory=dict)  # by service
    devices: dict[str, Device] = field(default_factory=dict)
    zones: dict[str, ZoneSettings] = field(default_factory=dict)  # what was set by hand
    media: dict[str, Media] = field(default_factory=dict)
    hearings: dict[tuple[str, str], Hearing] = field(default_factory=dict)  # (ticket, zone)
    announcing: dict[str, Announcing] = field(default_factory=dict)  # by zone
    # derived from the above
    lines: dict[str, Line] = field(default_factory=dict)
    ids: dict[tuple[str, str], str] = field(default_factory=dict)  # (date, number) -> id
    visits: dict[str, set[str]] = field(default_factory=dict)
    slots: dict[tuple[str, int], int] = field(default_factory=dict)  # (service, start) -> taken
    taken: dict[tuple[str, str, str], int] = field(default_factory=dict)  # date, service, channel
    calls: dict[int, str] = field(default_factory=dict)  # seq of a ticket's call -> its id
    undo_of: dict[str, str] = field(default_factory=dict)  # ticket -> counter that may undo
    needed: dict[str, int] = field(default_factory=dict)  # service -> live tickets and legs to come

    @classmethod
    def remember(cls, catalogue: Catalogue, memory: Memory) -> "QueueState":
        """The state that `memory` was taken from."""
        state = cls(
            catalogue,
            memory.seq,
            memory.at,
            memory.date,
            counters={c.id: c for c in memory.counters},
            services={s.id: s for s in memory.services},
            announcements={a.id: a for a in memory.announcements},
            numbers={date: dict(last) for date, last in memory.numbers.items()},
            prefixes={date: dict(letters) for date, letters in memory.prefixes.items()},
            paces=dict(memory.paces),
            devices={d.id: d for d in memory.devices},
            zones=dict(memory.zones),
            media={m.id: m for m in memory.media},
            hearings={(h.ticket, h.zone): h for h in memory.hearings},
            announcing={a.zone: a for a in memory.announcing},
            lines={s: Line() for s in catalogue.services},
        )
        for ticket in memory.tickets:
            state.put(ticket)
        for counter, undoable in memory.undoable.items():
            state.undoable[counter] = undoable
            state.undo_of[undoable.before.id] = counter
        return state

    def memory(self) -> Memory:
        return Memory(
            self.seq,
            self.at,
            self.date,
            tuple(self.tickets.values()),
            tuple(self.counters.values()),
            tuple(self.services.values()),
            tuple(self.announcements.values()),
            {date: dict(last) for date, last in self.numbers.items()},
            {date: dict(letters) for date, letters in self.prefixes.items()},
            dict(self.undoable),
            dict(self.paces),
            tuple(self.devices.values()),
            dict(self.zones),
            tuple(self.media.values()),
            tuple(self.hearings.values()),
            tuple(self.announcing.values()),
        )

    def copy(self) -> "QueueState":
        """An independent state of the same values."""
        return QueueState.remember(self.catalogue, self.memory())

    # questions
    def status(self, service: str) -> ServiceStatus:
        """Whether numbers are taken: by the catalogue, then by hand, then by the hours."""
        if not self.catalogue.services[service].operating:
            return ServiceStatus.NOT_OPERATING
        now = self.services[service]
        if now.manual is not None:
            return now.manual
        return ServiceStatus.OPEN if now.in_hours else ServiceStatus.CLOSED

    def prefix(self, date: str, service: str) -> str:
        """The letters of `service` on `date`: those frozen when the date's numbers began."""
        frozen = self.prefixes.get(date, {}).get(service)
        return frozen or self.catalogue.services[service].prefix

    def next_number(self, date: str, service: str) -> str:
        prefix = self.prefix(date, service)
        return f"{prefix}-{self.numbers.get(date, {}).get(prefix, 0) + 1:03d}"

    def position(self, ticket: Ticket) -> int | None:
        """The place in its service's line, from 1, all that wait counted; None unless waiting."""
        if ticket.state is not TicketState.WAITING:
            return None
        place = self.lines[ticket.service].waiting.index((ticket.rank, ticket.id))
        return int(place) + 1

    def voice(self, zone: str) -> VoiceSettings:
        """How the zone speaks: as a supervisor set it, else as the catalogue says."""
        by_hand = self.zones.get(zone, ZoneSettings()).voice
        return by_hand if by_hand is not None else self.catalogue.zones[zone].voice

    def open_counters(self, service: str) -> int:
        """How many open counters serve `service`."""
        return sum(
            1
            for c in self.catalogue.counters.values()
            if service in c.services and self.counters[c.id].state is CounterState.OPEN
        )

    # bookkeeping, for apply alone
    def put(self, ticket: Ticket) -> None:
        """Set a ticket in place of its former value and keep everything derived in step."""
        before = self.tickets.get(ticket.id)
        if before is None:
            self._count_in(ticket)
        else:
            if before.state is TicketState.WAITING:
                self.lines[before.service].remove(before)
            self._need(before, -1)
            if before.call is not None:
                self.calls.pop(before.call.seq, None)
            if ticket.state is TicketState.CANCELLED and before.state is not TicketState.CANCELLED:
                self._count_place(ticket, -1)
        self.tickets[ticket.id] = ticket
        if ticket.call is not None:
            self.calls[ticket.call.seq] = ticket.id
        self._need(ticket, 1)
        if ticket.state is TicketState.WAITING:
            self.lines[ticket.service].add(ticket)

    def drop(self, ticket: Ticket) -> None:
        """Forget an ended ticket of a date that is over."""
        del self.tickets[ticket.id]
        self.ids.pop((ticket.date, ticket.number), None)
        if ticket.call is not None:
            self.calls.pop(ticket.call.seq, None)
        if ticket.state is not TicketState.CANCELLED:
            self._count_place(ticket, -1)
        if family := self.visits.get(ticket.visit):
            family.discard(ticket.id)
            if not family:
                del self.visits[ticket.visit]

    def forget_undo_of(self, ticket: str) -> None:
        counter = self.undo_of.pop(ticket, None)
        if counter is not None:
            self.undoable.pop(counter, None)

    def forget_undo_at(self, counter: str) -> None:
        undoable = self.undoable.pop(counter, None)
        if undoable is not None:
            self.undo_of.pop(undoable.before.id, None)

    def _count_in(self, ticket: Ticket) -> None:
        self.ids[ticket.date, ticket.number] = ticket.id
        self.visits.setdefault(ticket.visit, set()).add(ticket.id)
        if ticket.state is not TicketState.CANCELLED:
            self._count_place(ticket, 1)

    def _count_place(self, ticket: Ticket, by: int) -> None:
        _add(self.taken, (ticket.date, ticket.first_service, ticket.channel), by)
        if ticket.slot is not None:
            _add(self.slots, (ticket.first_service, ticket.slot.start), by)

    def _need(self, ticket: Ticket, by: int) -> None:
        if not ticket.has_ended:
            for service in {ticket.service, *ticket.legs_left}:
                _add(self.needed, service, by)


def _add(counts: dict[_K, int], key: _K, by: int) -> None:
    after = counts.get(key, 0) + by
    if after:
        counts[key] = after
    else:
        counts.pop(key, None)
