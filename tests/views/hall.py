"""A small hall without any server: the rules driven entry by entry, and every command in it."""

from collections.abc import Callable, Iterable
from random import Random
from typing import Any, TypeAlias

from antrean.domain import calendar, commands, timers
from antrean.domain.catalogue import (
    AgencyDef,
    Catalogue,
    ClassDef,
    CounterDef,
    ServiceDef,
    Site,
    ZoneDef,
)
from antrean.domain.commands import Command
from antrean.domain.decide import decide
from antrean.domain.errors import QueueError
from antrean.domain.events import Entry, Event
from antrean.domain.fold import apply
from antrean.domain.model import Clerk, CounterState, Place, TicketState
from antrean.domain.rebase import begin
from antrean.domain.state import QueueState

Maker: TypeAlias = Callable[["Hall", Random], Command | None]

BEGIN = 1_763_949_600_000  # 2025-11-24, 09:00 in Jakarta, a Monday
MINUTE = 60_000
MORNING = (((480, 720), (780, 900)),) * 5 + ((),) * 2


def text(word: str) -> dict[str, str]:
    return {"id": word, "en": f"{word} (en)"}


def catalogue() -> Catalogue:
    """Two zones, a counter in the zone of neither of its services, a journey, bookings, hours."""
    services = [
        ServiceDef("lab", "klinik", "barat", text("Lab"), "A", "nila", slot_ms=30 * MINUTE,
                   slot_capacity=3, check_in_ms=90 * MINUTE),
        ServiceDef("gigi", "klinik", "barat", text("Gigi"), "B", "nila", journey=("kasir",),
                   hours=MORNING),
        ServiceDef("kasir", "bank", "timur", text("Kasir"), "C", "daun"),
        ServiceDef("sim", "polres", "timur", text("SIM"), "D", "bata", operating=False,
                   note=text("Menunggu alat")),
    ]  # fmt: skip
    counters = [
        CounterDef("lab-1", text("Lab 1"), "1", "barat", ("lab",)),
        CounterDef("lab-2", text("Lab 2"), "2", "timur", ("lab", "gigi")),
        CounterDef("kasir-1", text("Kasir 1"), "3", "timur", ("kasir", "gigi", "lab")),
        CounterDef("sim-1", text("SIM 1"), "4", "timur", ("sim",)),
    ]
    return Catalogue(
        Site(text("Hall"), "Asia/Jakarta", ("id", "en")),
        {"prioritas": ClassDef("prioritas", text("Prioritas"), 20 * MINUTE, ("lansia",))},
        {z: ZoneDef(z, text(z)) for z in ("barat", "timur")},
        {a: AgencyDef(a, text(a), text(a[:3]), "nila") for a in ("klinik", "bank", "polres")},
        {s.id: s for s in services},
        {c.id: c for c in counters},
    )


def without(whole: Catalogue, *gone: str) -> Catalogue:
    """The same catalogue, some of its services and counters left out."""
    return Catalogue(
        whole.site,
        whole.classes,
        whole.zones,
        whole.agencies,
        {i: s for i, s in whole.services.items() if i not in gone},
        {i: c for i, c in whole.counters.items() if i not in gone},
    )


class Hall:
    """The private state of an engine without the engine: decides, and keeps the journal."""

    def __init__(self, state: QueueState | None = None) -> None:
        self.state = state or begin(catalogue(), BEGIN)
        self.at = self.state.at
        self.journal: list[Entry] = []
        self._ids = self.state.seq * 1000

    def do(self, command: Command, later: int = 0) -> list[Entry]:
        """Decide `command`, `later` milliseconds after the last one; [] when it is refused."""
        entries = self.wait(later)
        try:
            happened = decide(self.state, command, self.at).events
        except QueueError:
            return entries
        return entries + self._take(happened, self.at, "user:sari")

    def must(self, command: Command, later: int = 0) -> list[Entry]:
        """The same of one that has to succeed."""
        entries = self.wait(later)
        return entries + self._take(
            decide(self.state, command, self.at).events, self.at, "user:sari"
        )

    def wait(self, milliseconds: int) -> list[Entry]:
        """Let time pass, with all that happens by itself meanwhile."""
        until = self.at + milliseconds
        entries: list[Entry] = []
        while (due := timers.next_due(self.state)) <= until:
            entries += self._take(timers.decide_due(self.state, due), due, timers.ACTOR)
        self.at = until
        return entries

    def next_day(self) -> list[Entry]:
        return self.wait(calendar.day_end(self.state.catalogue.site, self.state.date) - self.at)

    def new_id(self) -> str:
        self._ids += 1
        return f"n{self._ids}"

    def _take(self, happened: Iterable[Event], at: int, actor: str) -> list[Entry]:
        entries = []
        for event in happened:
            entry = Entry(self.state.seq + 1, at, actor, event)
            apply(self.state, entry)
            entries.append(entry)
        self.journal += entries
        return entries

    # choosing
    def ticket(self, pick: Random, *states: TicketState) -> str | None:
        found = [t.id for t in self.state.tickets.values() if not states or t.state in states]
        return pick.choice(found) if found else None

    def counter(self, pick: Random, *, busy: bool | None = None) -> str:
        counters = list(self.state.counters.values())
        fitting = [c.id for c in counters if busy is None or (c.ticket is not None) == busy]
        return pick.choice(fitting or [c.id for c in counters])

    def ready_for(self, pick: Random, ticket: str) -> str:
        """A counter that can call that ticket now, if there is one."""
        state = self.state
        service = state.tickets[ticket].service
        ready = [
            c.id
            for c in state.counters.values()
            if c.state is CounterState.OPEN
            and c.ticket is None
            and service in state.catalogue.counters[c.id].services
        ]
        return pick.choice(ready or list(state.counters))

    def service(self, pick: Random) -> str:
        return pick.choice(list(self.state.catalogue.services))


def _issue(hall: Hall, pick: Random) -> Command:
    return commands.IssueTicket(
        ticket=hall.new_id(),
        service=hall.service(pick),
        channel=pick.choice(("kiosk", "online", "desk")),
        class_id=pick.choice(("regular", "prioritas")),
        journey=pick.choice((None, None, (), ("lab", "kasir"))),
        visit=pick.choice((None, hall.ticket(pick))),
    )


def _book(hall: Hall, pick: Random) -> Command:
    site = hall.state.catalogue.site
    date = calendar.next_date(hall.state.date, pick.choice((0, 0, 0, 1)))
    lab = hall.state.catalogue.services.get("lab") or next(
        iter(hall.state.catalogue.services.values())
    )
    slots = [s for s in calendar.slots_of(hall.state.catalogue, lab, date) if s.end > hall.at]
    start = (
        slots[pick.randrange(min(4, len(slots)))].start if slots else calendar.day_start(site, date)
    )
    return commands.BookTicket(ticket=hall.new_id(), service=lab.id, start=start, channel="online")


def _of_ticket(make: Callable[..., Command], *states: TicketState) -> Maker:
    def maker(hall: Hall, pick: Random) -> Command | None:
        ticket = hall.ticket(pick, *states)
        return None if ticket is None else make(hall, pick, ticket)

    return maker


def _at_busy(kind: Callable[..., Command]) -> Maker:
    return lambda hall, pick: kind(counter=hall.counter(pick, busy=True))


def _transfer_to(hall: Hall, pick: Random) -> dict[str, Any]:
    counter = pick.choice((None, hall.counter(pick)))
    services = hall.state.catalogue.counters[counter].services if counter else None
    service = pick.choice(services) if services else hall.service(pick)
    return {"service": service, "to_counter": counter, "place": pick.choice(list(Place))}


_S = TicketState
MAKERS: dict[type, Maker] = {
    commands.IssueTicket: _issue,
    commands.BookTicket: _book,
    commands.CheckIn: _of_ticket(lambda h, p, t: commands.CheckIn(ticket=t), _S.BOOKED, _S.WAITING),
    commands.CancelTicket: _of_ticket(lambda h, p, t: commands.CancelTicket(ticket=t)),
    commands.DeferTicket: _of_ticket(
        lambda h, p, t: commands.DeferTicket(ticket=t, behind=p.randint(1, 4)), _S.WAITING
    ),
    commands.RequeueTicket: _of_ticket(
        lambda h, p, t: commands.RequeueTicket(ticket=t, place=p.choice(list(Place))),
        _S.HELD,
        _S.NO_SHOW,
    ),
    commands.TransferTicket: _of_ticket(
        lambda h, p, t: commands.TransferTicket(ticket=t, **_transfer_to(h, p)),
        _S.WAITING,
        _S.HELD,
        _S.NO_SHOW,
    ),
    commands.OpenCounter: lambda h, p: commands.OpenCounter(
        counter=h.counter(p), clerk=p.choice([Clerk(f"user:{u}", u, u.title()) for u in "abc"])
    ),
    commands.PauseCounter: lambda h, p: commands.PauseCounter(
        counter=h.counter(p), note=p.choice((None, text("Rehat"))), until=h.at + 600_000
    ),
    commands.CloseCounter: lambda h, p: commands.CloseCounter(counter=h.counter(p, busy=False)),
    commands.CallNext: lambda h, p: commands.CallNext(counter=h.counter(p, busy=False)),
    commands.CallTicket: _of_ticket(
        lambda h, p, t: commands.CallTicket(counter=h.ready_for(p, t), ticket=t),
        _S.WAITING,
        _S.HELD,
        _S.NO_SHOW,
    ),
    commands.ResumeTicket: _of_ticket(
        lambda h, p, t: commands.ResumeTicket(counter=h.ready_for(p, t), ticket=t), _S.HELD
    ),
    commands.Recall: _at_busy(commands.Recall),
    commands.Start: _at_busy(commands.Start),
    commands.Complete: _at_busy(commands.Complete),
    commands.MarkNoShow: _at_busy(commands.MarkNoShow),
    commands.Hold: _at_busy(commands.Hold),
    commands.Transfer: lambda h, p: commands.Transfer(
        counter=h.counter(p, busy=True), **_transfer_to(h, p)
    ),
    commands.Undo: lambda h, p: commands.Undo(
        counter=p.choice(list(h.state.undoable) or list(h.state.counters))
    ),
    commands.OpenService: lambda h, p: commands.OpenService(service=h.service(p)),
    commands.PauseService: lambda h, p: commands.PauseService(
        service=h.service(p), note=p.choice((None, text("Rusak")))
    ),
    commands.CloseService: lambda h, p: commands.CloseService(service=h.service(p)),
    commands.MakeAnnouncement: lambda h, p: commands.MakeAnnouncement(
        announcement=h.new_id(),
        text=text("Perhatian"),
        zones=p.choice(((), ("barat",), ("barat", "timur"))),
        until=p.choice((None, h.at + 1_000_000)),
    ),
    commands.WithdrawAnnouncement: lambda h, p: commands.WithdrawAnnouncement(
        announcement=p.choice(list(h.state.announcements) or ["none"])
    ),
}
"""One maker for each command: it picks what is likely to succeed, and is refused now and then."""
