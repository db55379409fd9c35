"""The journal held against the rules of the contract, by a naive model that shares nothing with the
server: what it does not allow is a fault, named with the entry's seq."""

from collections import Counter as Count
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from antrean.simulation.hall import Hall
from antrean.simulation.moments import milliseconds
from antrean.simulation.steps import (
    ARROWS,
    SEATED,
    UNDO_MS,
    UNDOABLE,
    Moment,
    Ticket,
    arrival_rank,
    move,
)
from antrean.simulation.world import Acknowledged

Entry: TypeAlias = Mapping[str, Any]

MOST_FAULTS = 100
# What the answer of a command promises the journal to hold at its seq.
PROMISES = {
    "ticket": "issued",
    "booking": "booked",
    "call-next": "called",
    "call": "called",
    "recall": "recalled",
    "start": "started",
    "complete": "completed",
    "no-show": "no_show",
    "hold": "held",
    "resume": "resumed",
    "transfer": "transferred",
    "move": "transferred",
    "undo": "undone",
    "requeue": "requeued",
    "cancel": "cancelled",
}


@dataclass(slots=True)
class _Deed:
    """The last thing a counter did, that an undo may take back."""

    seq: int
    at: int
    before: Ticket


@dataclass(slots=True)
class Figures:
    """What a day amounts to, in seconds where it is a time."""

    events: Count[str] = field(default_factory=Count)
    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # by class
    services: list[float] = field(default_factory=list)  # call to completion


class Journal:
    """Folds entries in order; `faults` names what breaks a rule.

    `since` is the seq before the first entry: what was before it is unknown and not judged.
    """

    def __init__(
        self, hall: Hall, since: int = 0, grace_ms: Mapping[str, int] | None = None
    ) -> None:
        self._hall = hall
        self._whole = since == 0
        self._seq = since
        self._at = 0
        self._grace_ms = dict(grace_ms or {})
        self._credit = {c.id: c.credit_ms for c in hall.classes} | {"regular": 0}
        self._numbers: dict[tuple[str, str], int] = {}
        self._lines: dict[str, dict[str, Ticket]] = defaultdict(dict)
        self._visits: dict[str, set[str]] = defaultdict(set)
        self._seats: dict[str, str | None] = {}
        self._counters: dict[str, str] = {}
        self._deeds: dict[str, _Deed] = {}  # by counter
        self._shut: dict[str, bool] = {}
        self._types: dict[int, tuple[str, str | None]] = {}
        self.tickets: dict[str, Ticket] = {}
        self.faults: list[str] = []
        self.fault_count = 0
        self.figures = Figures()

    def fault(self, text: str) -> None:
        self.fault_count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(text)

    def fold(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._entry(entry)

    def _entry(self, entry: Entry) -> None:
        seq, kind, data = entry["seq"], entry["type"], entry["data"]
        at = milliseconds(entry["at"])
        if seq != self._seq + 1:
            self.fault(f"seq {seq} follows {self._seq}")
        if at < self._at:
            self.fault(f"seq {seq}: the time goes back")
        self._seq, self._at = seq, at
        self._types[seq] = (kind, data.get("ticket"))
        self.figures.events[kind] += 1
        subject, _, verb = kind.partition(".")
        if kind in ("ticket.issued", "ticket.booked"):
            self._new(seq, at, verb, data)
        elif kind == "ticket.undone":
            self._undone(seq, at, data)
        elif subject == "ticket":
            self._moved(seq, at, verb, data)
        elif subject == "counter":
            self._counter(seq, verb, data)
        elif subject == "service":
            self._service(verb, data)

    # taking
    def _new(self, seq: int, at: int, verb: str, data: Mapping[str, Any]) -> None:
        number, service = data["number"], data["service"]
        prefix, _, count = number.rpartition("-")
        place = (data["date"], prefix)
        last = self._numbers.get(place, 0 if self._whole else None)
        if not count.isdigit() or len(count) < 3 or (last is not None and int(count) != last + 1):
            self.fault(f"seq {seq}: {number} of {data['date']} follows {prefix}-{last or 0:03d}")
        self._numbers[place] = int(count) if count.isdigit() else 0
        known = self._hall.services.get(service)
        if known is not None and known.prefix != prefix:
            self.fault(f"seq {seq}: {number} is of {service}, whose letter is {known.prefix}")
        if verb == "issued" and self._shut.get(service):
            self.fault(f"seq {seq}: {number} was given while {service} was shut")
        if data["ticket"] in self.tickets:
            self.fault(f"seq {seq}: the ticket {data['ticket']} is there already")
        issued = verb == "issued"
        slot = data.get("slot")
        ticket = Ticket(
            id=data["ticket"],
            number=number,
            date=data["date"],
            service=service,
            class_id=data["class"],
            state="waiting" if issued else "booked",
            arrived=issued and data["channel"] != "online",
            visit=data["visit"],
            journey=tuple(data["journey"]),
            rank=arrival_rank(at, seq, self._credit.get(data["class"])) if issued else None,
            slot_start=milliseconds(slot["start"]) if slot else None,
            joined_at=at if issued else None,
            touched=seq,
        )
        self._put(ticket)
        self._visits[ticket.visit].add(ticket.id)

    def _put(self, ticket: Ticket) -> None:
        old = self.tickets.get(ticket.id)
        if old is not None:
            self._lines[old.service].pop(ticket.id, None)
        self.tickets[ticket.id] = ticket
        if ticket.state == "waiting":
            self._lines[ticket.service][ticket.id] = ticket

    # moving
    def _moved(self, seq: int, at: int, verb: str, data: Mapping[str, Any]) -> None:
        ticket = self.tickets.get(data["ticket"])
        if ticket is None:
            if self._whole:
                self.fault(f"seq {seq}: {verb} of {data['number']}, which nobody took")
            return
        name = f"seq {seq}: {verb} of {ticket.number}"
        if verb not in ARROWS:
            return  # an event of a newer server
        if ticket.state not in ARROWS[verb][0]:
            self.fault(f"{name}, which is {ticket.state}")
        if (data["number"], data["service"]) != (ticket.number, ticket.service):
            self.fault(f"{name}: it is {data['number']} of {data['service']} there")
        counter = data.get("counter")
        self._seat(name, verb, ticket, counter, data)
        if counter is not None and verb in UNDOABLE:
            self._deeds[counter] = _Deed(seq, at, ticket)
        self._measure(name, verb, ticket, at, data)
        now = Moment(
            seq,
            at,
            data,
            credit_ms=self._credit.get(ticket.class_id),
            grace_ms=self._grace_ms.get(ticket.service),
            behind=self.tickets.get(data.get("behind", "")),
        )
        self._put(move(verb, ticket, now))

    def _measure(
        self, name: str, verb: str, ticket: Ticket, at: int, data: Mapping[str, Any]
    ) -> None:
        figures = self.figures
        if verb == "called" and ticket.state == "waiting" and ticket.joined_at is not None:
            figures.waits[ticket.class_id].append((at - ticket.joined_at) / 1000)
        if verb == "completed":
            if ticket.called_at is not None:
                figures.services.append((at - ticket.called_at) / 1000)
            left, following = ticket.journey[ticket.leg :], data.get("next")
            if (left[0] if left else None) != following:
                self.fault(f"{name} goes on to {following}, its journey is {left}")

    def _seat(
        self, name: str, verb: str, ticket: Ticket, counter: str | None, data: Mapping[str, Any]
    ) -> None:
        """One ticket a counter, one counter a ticket."""
        if counter is None:
            if ticket.state in SEATED:
                self.fault(f"{name} at {ticket.counter}, which the entry does not name")
            return
        if verb in ("called", "resumed"):
            if self._seats.get(counter) is not None:
                self.fault(f"{name} at {counter}, which has another ticket")
            if self._counters.get(counter, "closed" if self._whole else "open") != "open":
                self.fault(f"{name} at {counter}, which is {self._counters.get(counter)}")
            known = self._hall.counters.get(counter)
            if known is not None and ticket.service not in known.services:
                self.fault(f"{name} at {counter}, which does not serve {ticket.service}")
            if verb == "called" and not data.get("chosen"):
                self._check_next(name, ticket, counter)
            self._seats[counter] = ticket.id
            return
        if (self._whole or counter in self._seats) and self._seats.get(counter) != ticket.id:
            self.fault(f"{name} at {counter}, where it is not")
        if verb not in ("recalled", "started"):
            self._seats[counter] = None

    def _check_next(self, name: str, ticket: Ticket, counter: str) -> None:
        """Whom call-next took was the first of all who could be."""
        if self._passed_over(ticket, counter):
            self.fault(f"{name} by call-next, which passes it over")
        if ticket.rank is None:
            return
        known = self._hall.counters.get(counter)
        for service in known.services if known else (ticket.service,):
            for other in self._lines[service].values():
                if (
                    other.rank is not None
                    and other.rank < ticket.rank
                    and not self._passed_over(other, counter)
                ):
                    self.fault(f"{name} before {other.number}, whose turn it was")

    def _passed_over(self, ticket: Ticket, counter: str) -> bool:
        if not ticket.arrived:
            return True
        meant = ticket.for_counter
        if meant not in (None, counter) and self._counters.get(str(meant), "closed") != "closed":
            return True
        family = self._visits[ticket.visit] - {ticket.id}
        return any(self.tickets[other].state in SEATED for other in family)

    def _undone(self, seq: int, at: int, data: Mapping[str, Any]) -> None:
        counter, deed = data["counter"], self._deeds.pop(data["counter"], None)
        if deed is None or deed.seq != data["undid"]:
            if self._whole:
                self.fault(f"seq {seq}: undone {data['undid']}, which was not {counter}'s last")
            return
        if at - deed.at > UNDO_MS:
            self.fault(f"seq {seq}: undone after {(at - deed.at) / 1000:.0f} s")
        if self.tickets[deed.before.id].touched != deed.seq:
            self.fault(f"seq {seq}: undone {deed.seq}, though {deed.before.number} went on since")
        if self._seats.get(counter) not in (None, deed.before.id):
            self.fault(f"seq {seq}: undone at {counter}, which has another ticket")
        self._seats[counter] = deed.before.id if deed.before.state in SEATED else None
        self._put(replace(deed.before, touched=seq))

    # counters and services
    def _counter(self, seq: int, verb: str, data: Mapping[str, Any]) -> None:
        counter = data["counter"]
        if verb == "closed" and self._seats.get(counter) is not None:
            self.fault(f"seq {seq}: {counter} was closed with a ticket")
        self._counters[counter] = {"opened": "open"}.get(verb, verb)

    def _service(self, verb: str, data: Mapping[str, Any]) -> None:
        if data.get("cause", "hand") != "hours":
            self._shut[data["service"]] = verb != "opened"

    # at the end
    def check_promises(self, acknowledged: Iterable[Acknowledged]) -> None:
        """What was answered 2xx stands in the journal, at the seq that the answer named."""
        for promise in acknowledged:
            kind = PROMISES.get(promise.kind)
            found = self._types.get(promise.seq)
            if found is None:
                self.fault(f"{promise.kind} was answered with seq {promise.seq}: it is not there")
            elif kind is not None and found != (f"ticket.{kind}", promise.ticket):
                self.fault(f"{promise.kind} of {promise.ticket} at seq {promise.seq}: {found}")

    def check_tickets(self, shown: Iterable[Mapping[str, Any]]) -> None:
        """The tickets that the API lists are those of the journal, each once and in its state."""
        listed: Count[str] = Count()
        for ticket in shown:
            listed[ticket["id"]] += 1
            known = self.tickets.get(ticket["id"])
            if known is None:
                if self._whole:
                    self.fault(f"{ticket['number']} is listed, and nobody took it")
                continue
            mine = (known.number, known.service, known.state, known.counter, known.leg)
            theirs = tuple(ticket[n] for n in ("number", "service", "state", "counter", "leg"))
            if mine != theirs:
                self.fault(f"{known.number}: the journal says {mine}, the list {theirs}")
        for taken in self.tickets.values():
            if listed[taken.id] != 1:
                self.fault(f"{taken.number} is listed {listed[taken.id]} times")

    def states(self) -> Count[str]:
        return Count(ticket.state for ticket in self.tickets.values())
