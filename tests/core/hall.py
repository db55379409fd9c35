"""A small hall to test the rules in: two services of an agency, one of another, and who works
there.
"""

from dataclasses import replace
from typing import Any

from antrean.domain import commands, timers
from antrean.domain.catalogue import (
    AgencyDef,
    Catalogue,
    ClassDef,
    CounterDef,
    ServiceDef,
    Site,
    Week,
    ZoneDef,
)
from antrean.domain.commands import Command, Person
from antrean.domain.decide import Decision, decide
from antrean.domain.events import Entry, Event
from antrean.domain.fold import apply
from antrean.domain.model import Clerk, Counter, Place, Ticket
from antrean.domain.ranking import next_ticket
from antrean.domain.rebase import begin
from antrean.domain.state import Memory, QueueState

MINUTE = 60_000
HOUR = 60 * MINUTE
NINE = 1_795_485_600_000  # Tuesday 24 November 2026, 09:00 in Jakarta
DATE = "2026-11-24"
OFFICE: Week = (((480, 720), (780, 900)),) * 4 + (((480, 690), (780, 900)),) + ((),) * 2


def text(words: str) -> dict[str, str]:
    return {"id": words, "en": words}


def service(name: str, prefix: str, **more: Any) -> ServiceDef:
    agency = more.pop("agency", "klinik")
    zone = more.pop("zone", "poli")
    return ServiceDef(name, agency, zone, text(name), prefix, "nila", **more)


def counter(name: str, *services: str, zone: str = "poli") -> CounterDef:
    return CounterDef(name, text(name), name[-1], zone, services)


SERVICES = (
    service("dokter", "A", slot_ms=30 * MINUTE, slot_capacity=2, service_ms=10 * MINUTE),
    service("lab", "B"),
    service("kasir", "C", agency="umum", zone="farmasi", channels=("kiosk", "desk")),
    service("anak", "D", operating=False, note=text("cuti")),
)
COUNTERS = (
    counter("ruang-1", "dokter"),
    counter("ruang-2", "dokter", "lab"),
    counter("lab-1", "lab"),
    counter("kasir-1", "kasir", zone="farmasi"),
)
CLASSES = (
    ClassDef("prioritas", text("Prioritas"), 20 * MINUTE, ("lansia",)),
    ClassDef("darurat", text("Darurat"), 60 * MINUTE, ("rujukan",)),
)


def catalogue(
    services: tuple[ServiceDef, ...] = SERVICES,
    counters: tuple[CounterDef, ...] = COUNTERS,
    day_starts: int = 0,
) -> Catalogue:
    return Catalogue(
        Site(text("Klinik"), "Asia/Jakarta", ("id", "en"), day_starts),
        {c.id: c for c in CLASSES},
        {z: ZoneDef(z, text(z)) for z in ("poli", "farmasi")},
        {a: AgencyDef(a, text(a), text(a), "nila") for a in ("klinik", "umum")},
        {s.id: s for s in services},
        {c.id: c for c in counters},
    )


def altered(name: str, **changes: Any) -> Catalogue:
    """The usual catalogue with one service changed."""
    return catalogue(tuple(replace(s, **changes) if s.id == name else s for s in SERVICES))


class Hall:
    """A state that commands are given to, a second apart, and the journal they left."""

    def __init__(self, plan: Catalogue | None = None, at: int = NINE) -> None:
        self.state: QueueState = begin(plan or catalogue(), at)
        self.at = at
        self.journal: list[Entry] = []
        self._given = 0

    # moving on
    def wait(self, ms: int) -> None:
        """Let time pass; timers fire at their own moments."""
        until = self.at + ms
        while (due := timers.next_due(self.state)) <= until:
            self._take(timers.decide_due(self.state, due), due, timers.ACTOR)
        self.at = until

    def do(self, command: Command, actor: str = "user:sari") -> Decision:
        """Decide and apply; raises what `decide` raises."""
        self.wait(1000)
        decision = decide(self.state, command, self.at)
        self._take(decision.events, self.at, actor)
        return decision

    def _take(self, happened: tuple[Event, ...], at: int, actor: str) -> None:
        for event in happened:
            entry = Entry(self.state.seq + 1, at, actor, event)
            apply(self.state, entry)
            self.journal.append(entry)

    # asking
    def memory(self) -> Memory:
        return self.state.memory()

    def ticket(self, which: Ticket | str) -> Ticket:
        """The present value of a ticket, by an earlier value, its id or its number of today."""
        if isinstance(which, Ticket):
            return self.state.tickets[which.id]
        found = self.state.tickets.get(which)
        return found or self.state.tickets[self.state.ids[self.state.date, which]]

    def counter(self, name: str) -> Counter:
        return self.state.counters[name]

    def line(self, name: str = "lab") -> list[str]:
        """The numbers that wait, in the order of the line."""
        return [self.state.tickets[t].number for _, t in self.state.lines[name].waiting]

    def types(self, after: int = 0) -> list[str]:
        return [e.event.type for e in self.journal if e.seq > after]

    # doing
    def new_id(self) -> str:
        self._given += 1
        return f"ticket{self._given}"

    def issue(
        self,
        name: str = "lab",
        channel: str = "kiosk",
        class_id: str = "regular",
        reason: str | None = None,
        **more: Any,
    ) -> Ticket:
        ticket = self.new_id()
        self.do(
            commands.IssueTicket(
                ticket=ticket,
                service=name,
                channel=channel,
                class_id=class_id,
                person=Person(reason=reason),
                **more,
            )
        )
        return self.state.tickets[ticket]

    def book(self, start: int, name: str = "dokter", **more: Any) -> Ticket:
        ticket = self.new_id()
        self.do(
            commands.BookTicket(ticket=ticket, service=name, start=start, channel="online", **more)
        )
        return self.state.tickets[ticket]

    def open(self, *names: str) -> None:
        for name in names:
            self.do(commands.OpenCounter(counter=name, clerk=clerk(name)))

    def next(self, name: str = "lab-1") -> Ticket:
        decision = self.do(commands.CallNext(counter=name))
        assert decision.ticket is not None
        return self.state.tickets[decision.ticket]

    def serve(self, name: str = "lab-1") -> Ticket:
        """Call, start and complete the next one."""
        ticket = self.next(name)
        self.do(commands.Start(counter=name))
        self.do(commands.Complete(counter=name))
        return ticket

    def drain(self, name: str = "lab-1", most: int = 50) -> list[str]:
        """Serve until nobody is left that call-next takes; the numbers in that order."""
        served: list[str] = []
        while len(served) < most and self._somebody(name):
            served.append(self.serve(name).number)
        return served

    def _somebody(self, name: str) -> bool:
        return next_ticket(self.state, name) is not None

    def transfer(self, name: str, **to: Any) -> Ticket:
        decision = self.do(commands.Transfer(counter=name, **to))
        assert decision.ticket is not None
        return self.state.tickets[decision.ticket]

    def requeue(self, ticket: Ticket, place: Place = Place.KEEP) -> None:
        self.do(commands.RequeueTicket(ticket=ticket.id, place=place))


def clerk(name: str) -> Clerk:
    """The clerk who usually sits at a counter."""
    return Clerk(f"user:{name}", name, name.title())
