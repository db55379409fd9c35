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
from antrean.domain.hall import speaker, waiting_calls
from antrean.domain.hall_model import DeviceSettings, Media, PlaylistItem, Sound
from antrean.domain.model import AT_COUNTER, Clerk, CounterState, Place, Ticket, TicketState
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

    def zone(self, pick: Random) -> str:
        return pick.choice(list(self.state.catalogue.zones))

    def device(self, pick: Random) -> str:
        return pick.choice(list(self.state.devices) or ["none"])

    def called(self) -> list[Ticket]:
        """The tickets that are at a counter and were called there."""
        return [t for t in self.state.tickets.values() if t.state in AT_COUNTER and t.call]


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


def _settings(hall: Hall, pick: Random) -> dict[str, Any]:
    """Some settings of a display."""
    return {
        "volume": pick.randrange(100),
        "sound": pick.random() < 0.8,
        "arrows": {
            hall.counter(pick): pick.choice(("up", "left")) for _ in range(pick.randrange(3))
        },
        "counter": pick.choice((None, hall.counter(pick))),
    }


def _pair(hall: Hall, pick: Random) -> Command:
    return commands.PairDevice(
        device=hall.new_id(),
        code_is_known=True,
        name=pick.choice(("TV pintu", "TV kasir")),
        zone=hall.zone(pick),
        settings=pick.choice((DeviceSettings(), DeviceSettings(**_settings(hall, pick)))),
    )


def _change(hall: Hall, pick: Random) -> Command:
    return commands.ChangeDevice(
        device=hall.device(pick),
        name=pick.choice((None, "TV lain")),
        zone=pick.choice((None, hall.zone(pick))),
        layout=pick.choice((None, "mixed")),
        settings=pick.choice((None, _settings(hall, pick))),
    )


def _report(hall: Hall, pick: Random) -> Command:
    return commands.ReportDevice(
        device=hall.device(pick),
        sound=pick.choice((Sound.ON, Sound.ON, Sound.BLOCKED, Sound.OFF)),
        version=pick.choice((None, "1")),
        screen=pick.choice((None, (1920, 1080))),
    )


def _begin_announcement(hall: Hall, pick: Random) -> Command | None:
    zones = list(hall.state.catalogue.zones)
    pick.shuffle(zones)
    for zone in zones:
        waiting = waiting_calls(hall.state, zone, hall.at)
        speaks = speaker(hall.state, zone)
        if waiting and speaks and zone not in hall.state.announcing:
            assert waiting[0].call is not None
            return commands.BeginAnnouncement(
                zone=zone, ticket=waiting[0].id, call=waiting[0].call.seq, device=speaks.id
            )
    return None


def _end_announcement(hall: Hall, pick: Random) -> Command | None:
    """What is announced ends, or a call that ended otherwise is said after all, or never is."""
    code = pick.choice((None, None, "no_speaker", "no_answer", "expired"))
    device = None if code else pick.choice(list(hall.state.devices) or [None])
    if hall.state.announcing and pick.random() < 0.7:
        now = pick.choice(list(hall.state.announcing.values()))
        return commands.EndAnnouncement(
            zone=now.zone, ticket=now.ticket, call=now.call, device=device, code=code
        )
    called = hall.called()
    if not called:
        return None
    ticket = pick.choice(called)
    assert ticket.call is not None
    return commands.EndAnnouncement(
        zone=hall.zone(pick), ticket=ticket.id, call=ticket.call.seq, device=device, code=code
    )


def _shown(hall: Hall, pick: Random) -> Command | None:
    called = hall.called()
    if not called:
        return None
    call = pick.choice(called).call
    assert call is not None
    return commands.NoteShown(device=hall.device(pick), call=call.seq)


def _change_zone(hall: Hall, pick: Random) -> Command:
    items = [
        PlaylistItem(m, pick.choice((None, "08:00")), pick.choice((None, "12:00")), 15)
        for m in hall.state.media
    ]
    return commands.ChangeZone(
        zone=hall.zone(pick), playlist=tuple(i for i in items if pick.random() < 0.7)
    )


def _add_media(hall: Hall, pick: Random) -> Command:
    kind = pick.choice(("image/png", "image/jpeg", "video/mp4"))
    return commands.AddMedia(media=Media(hall.new_id(), "Poster", kind, 1000, 640, 480, hall.at))


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
        full_screen=p.random() < 0.5,
    ),
    commands.WithdrawAnnouncement: lambda h, p: commands.WithdrawAnnouncement(
        announcement=p.choice(list(h.state.announcements) or ["none"])
    ),
    commands.PairDevice: _pair,
    commands.ChangeDevice: _change,
    commands.RemoveDevice: lambda h, p: commands.RemoveDevice(device=h.device(p)),
    commands.NoteOnline: lambda h, p: commands.NoteOnline(
        device=h.device(p), online=p.random() < 0.7
    ),
    commands.ReportDevice: _report,
    commands.FailDevice: lambda h, p: commands.FailDevice(device=h.device(p)),
    commands.BeginAnnouncement: _begin_announcement,
    commands.EndAnnouncement: _end_announcement,
    commands.NoteShown: _shown,
    commands.NoteTextSpoken: lambda h, p: commands.NoteTextSpoken(
        announcement=p.choice(list(h.state.announcements) or ["none"]),
        zone=h.zone(p),
        device=h.device(p),
    ),
    commands.ChangeZone: _change_zone,
    commands.AddMedia: _add_media,
    commands.RemoveMedia: lambda h, p: commands.RemoveMedia(
        media=p.choice(list(h.state.media) or ["none"])
    ),
}
"""One maker for each command: it picks what is likely to succeed, and is refused now and then."""
