"""Hours, days and other catalogues: what happens by itself, and at which moment."""

from dataclasses import replace

import pytest

from antrean.domain import calendar, commands, events, timers
from antrean.domain.errors import Code, InvalidField, UnknownReference
from antrean.domain.fold import apply
from antrean.domain.model import CounterState, ServiceStatus
from antrean.domain.rebase import merged, rebase, shown_counters, shown_services
from tests.core.hall import (
    COUNTERS,
    DATE,
    HOUR,
    MINUTE,
    NINE,
    OFFICE,
    SERVICES,
    Hall,
    altered,
    catalogue,
    counter,
    service,
    text,
)
from tests.core.test_taking import refused

MIDNIGHT = NINE + 15 * HOUR


def happened(hall: Hall, after: int = 0) -> list[tuple[str, str, int]]:
    return [(e.event.type, e.actor, e.at) for e in hall.journal if e.seq > after]


def test_hours_turn_at_their_planned_moments_however_late_they_are_decided() -> None:
    hall = Hall(altered("lab", hours=OFFICE))
    assert hall.state.status("lab") is ServiceStatus.OPEN
    hall.wait(10 * HOUR)
    turns = [(t, at - NINE) for t, actor, at in happened(hall) if actor == "calendar"]
    assert turns == [
        ("service.closed", 3 * HOUR),
        ("service.opened", 4 * HOUR),
        ("service.closed", 6 * HOUR),
    ]
    assert hall.state.status("lab") is ServiceStatus.CLOSED


def test_hours_turn_also_under_a_pause_and_never_for_what_does_not_operate() -> None:
    services = tuple(replace(s, hours=OFFICE) for s in SERVICES)
    hall = Hall(catalogue(services))
    hall.do(commands.PauseService(service="lab"))
    hall.wait(10 * HOUR)
    turned = {e.event.service for e in hall.journal if e.actor == "calendar"}  # type: ignore[union-attr]
    assert turned == {"dokter", "lab", "kasir"}
    assert hall.state.status("lab") is ServiceStatus.PAUSED


@pytest.mark.parametrize(
    ("offset", "inside", "change"),
    [
        (-HOUR - 1, False, -HOUR),
        (-HOUR, True, 3 * HOUR),
        (0, True, 3 * HOUR),
        (3 * HOUR - 1, True, 3 * HOUR),
        (3 * HOUR, False, 4 * HOUR),
        (6 * HOUR, False, 23 * HOUR),
        (3 * 24 * HOUR, True, (3 * 24 * 60 + 150) * MINUTE),  # Friday: until 11:30
        (4 * 24 * HOUR, False, (6 * 24 - 1) * HOUR),  # Saturday: Monday 08:00
    ],
)
def test_the_beginning_of_hours_is_in_and_their_end_is_out(
    offset: int, inside: bool, change: int
) -> None:
    site, plan = catalogue().site, service("x", "X", hours=OFFICE)
    assert calendar.in_hours(site, plan, NINE + offset) is inside
    assert calendar.next_change(site, plan, NINE + offset) == NINE + change


def test_hours_that_touch_over_midnight_are_one_and_always_never_ends() -> None:
    site = catalogue().site
    night = service("x", "X", hours=(((0, 360), (1320, 1440)),) * 7)
    assert calendar.next_change(site, night, NINE + 14 * HOUR) == MIDNIGHT + 6 * HOUR
    assert calendar.next_change(site, service("y", "Y"), NINE) is None
    assert calendar.next_change(site, service("z", "Z", hours=((),) * 7), NINE) is None


def test_the_business_date_changes_at_day_starts() -> None:
    plan = catalogue(day_starts=240)
    moments = [MIDNIGHT, MIDNIGHT + 4 * HOUR - 1, MIDNIGHT + 4 * HOUR]
    assert [calendar.business_date(plan.site, m) for m in moments] == [DATE, DATE, "2026-11-25"]
    hall = Hall(plan)
    hall.wait(18 * HOUR)
    assert hall.state.date == DATE
    hall.wait(HOUR)
    assert hall.state.date == "2026-11-25"


def test_everything_of_the_day_ends_with_it_at_that_moment_and_in_that_order() -> None:
    hall = Hall()
    hall.open("ruang-1", "lab-1", "ruang-2")
    states = {}
    states["serving"] = hall.issue("dokter")
    hall.next("ruang-1")
    hall.do(commands.Start(counter="ruang-1"))
    states["no_show"] = hall.issue("lab")
    hall.next()
    hall.do(commands.MarkNoShow(counter="lab-1"))
    done = hall.issue("lab")
    hall.serve()
    states["waiting"] = hall.issue("lab", "online")
    states["booked"] = hall.book(NINE + HOUR)
    tomorrow = hall.book(NINE + 24 * HOUR)
    hall.do(commands.PauseService(service="lab"))
    hall.do(commands.MakeAnnouncement(announcement="a", text=text("x")))
    hall.do(commands.MakeAnnouncement(announcement="b", text=text("y"), until=MIDNIGHT + HOUR))
    seq = hall.state.seq
    hall.wait(MIDNIGHT - hall.at)
    assert {(actor, at) for _, actor, at in happened(hall, seq)} == {("calendar", MIDNIGHT)}
    assert hall.types(seq) == [
        *["ticket.expired"] * 4,
        *["counter.closed"] * 3,
        "service.opened",
        "announcement.withdrawn",
        "day.closed",
        "day.started",
    ]
    expired = [e.event for e in hall.journal if isinstance(e.event, events.TicketExpired)]
    assert {e.ticket for e in expired} == {t.id for t in states.values()}
    assert {e.counter for e in expired} == {None, "ruang-1"}
    assert set(hall.state.tickets) == {tomorrow.id}
    assert done.id not in hall.state.tickets
    assert hall.state.date == "2026-11-25"
    assert hall.counter("ruang-1").ticket is None
    assert set(hall.state.announcements) == {"b"}


def test_a_new_day_begins_the_numbers_again_after_those_of_its_bookings() -> None:
    hall = Hall()
    hall.issue("dokter")
    hall.book(NINE + 24 * HOUR)
    hall.wait(24 * HOUR)
    assert hall.issue("dokter").number == "A-002"
    assert hall.issue("lab").number == "B-001"
    hall.do(commands.CheckIn(number="A-001"))
    assert hall.ticket("A-001").state == "waiting"


def test_what_was_closed_by_hand_ends_as_its_hours_then_say() -> None:
    hall = Hall(altered("lab", hours=OFFICE))
    hall.do(commands.CloseService(service="lab"))
    hall.do(commands.CloseService(service="kasir"))
    hall.wait(MIDNIGHT - hall.at)
    ends = {
        e.event.service: e.event.type  # type: ignore[union-attr]
        for e in hall.journal
        if e.at == MIDNIGHT and e.event.type.startswith("service")
    }
    assert ends == {"lab": "service.closed", "kasir": "service.opened"}
    assert hall.state.status("kasir") is ServiceStatus.OPEN


def test_days_off_are_made_up_one_by_one_as_if_it_had_run() -> None:
    running, off = Hall(altered("lab", hours=OFFICE)), Hall(altered("lab", hours=OFFICE))
    for hall in (running, off):
        hall.issue("lab")
        hall.book(NINE + 2 * 24 * HOUR)
    for _ in range(4 * 24):
        running.wait(HOUR)
    off.wait(4 * 24 * HOUR)
    assert running.journal == off.journal
    assert off.types().count("day.started") == 4
    assert running.memory() == off.memory()


def test_an_announcement_ends_at_its_until() -> None:
    hall = Hall()
    until = hall.at + HOUR
    hall.do(commands.MakeAnnouncement(announcement="a", text=text("x"), until=until))
    hall.wait(2 * HOUR)
    assert happened(hall)[-1] == ("announcement.withdrawn", "calendar", until)
    with pytest.raises(UnknownReference):
        hall.do(commands.WithdrawAnnouncement(announcement="a"))


def test_an_announcement_in_the_past_or_of_an_unknown_zone_is_refused() -> None:
    hall = Hall()
    with pytest.raises(InvalidField) as caught:
        hall.do(commands.MakeAnnouncement(announcement="a", text=text("x"), until=NINE))
    assert caught.value.field == "until"
    with pytest.raises(UnknownReference) as unknown:
        hall.do(commands.MakeAnnouncement(announcement="a", text=text("x"), zones=("poli", "x")))
    assert unknown.value.field == "zones"
    hall.open("lab-1")
    with pytest.raises(InvalidField):
        hall.do(commands.PauseCounter(counter="lab-1", until=NINE))


def test_services_that_do_not_operate_are_not_opened_paused_or_closed() -> None:
    hall = Hall()
    for command in (commands.OpenService, commands.PauseService, commands.CloseService):
        refused(hall, Code.NOT_OPERATING, lambda c=command: hall.do(c(service="anak")))


def test_the_next_timer_is_the_earliest() -> None:
    hall = Hall(altered("lab", hours=OFFICE))
    assert timers.next_due(hall.state) == NINE + 3 * HOUR
    hall.do(commands.MakeAnnouncement(announcement="a", text=text("x"), until=NINE + HOUR))
    assert timers.next_due(hall.state) == NINE + HOUR
    assert timers.next_due(Hall().state) == MIDNIGHT


# another catalogue
def without(*names: str) -> tuple[Hall, Hall]:
    """A hall, and what it becomes when its catalogue loses these services and counters."""
    hall = Hall()
    hall.open("lab-1", "ruang-2")
    hall.issue("lab")
    hall.issue("lab")
    hall.next("lab-1")
    return hall, changed(hall, *names)


def changed(hall: Hall, *names: str) -> Hall:
    plan = catalogue(
        tuple(s for s in SERVICES if s.id not in names),
        tuple(
            replace(c, services=tuple(s for s in c.services if s not in names))
            for c in COUNTERS
            if c.id not in names
        ),
    )
    after = Hall(plan, hall.at)
    after.state = rebase(hall.state, merged(hall.state.catalogue, plan), hall.at)
    return after


def test_a_service_that_the_catalogue_lost_stays_while_tickets_need_it() -> None:
    _, after = without("lab")
    assert after.state.status("lab") is ServiceStatus.NOT_OPERATING
    assert "lab" in shown_services(after.state)
    refused(after, Code.NOT_OPERATING, lambda: after.issue("lab"))
    waiting = after.ticket("B-002")
    after.do(commands.TransferTicket(ticket=waiting.id, service="dokter"))
    assert after.line("dokter") == ["B-002"]
    after.do(commands.Start(counter="lab-1"))
    after.do(commands.Complete(counter="lab-1"))
    assert "lab" not in shown_services(after.state)
    with pytest.raises(UnknownReference):
        after.issue("lab")


def test_a_leg_to_come_keeps_its_service() -> None:
    hall = Hall()
    hall.issue("dokter", journey=("lab",))
    after = changed(hall, "lab")
    assert "lab" in shown_services(after.state)
    after.open("ruang-1")
    after.serve("ruang-1")
    assert after.ticket("A-001").service == "lab"


def test_a_counter_that_the_catalogue_lost_closes_and_stays_with_its_ticket() -> None:
    _, after = without("lab-1", "ruang-2")
    assert after.counter("lab-1").state is CounterState.CLOSED
    assert set(shown_counters(after.state)) == {"ruang-1", "kasir-1", "lab-1"}
    refused(after, Code.COUNTER_NOT_OPEN, lambda: after.open("lab-1"))
    after.do(commands.Start(counter="lab-1"))
    after.do(commands.Complete(counter="lab-1"))
    assert "lab-1" not in shown_counters(after.state)
    with pytest.raises(UnknownReference):
        after.do(commands.CallNext(counter="lab-1"))


def test_changed_letters_hold_from_the_next_business_date() -> None:
    hall = Hall()
    hall.issue("dokter")
    hall.book(NINE + 2 * 24 * HOUR)
    plan = altered("dokter", prefix="Z")
    after = Hall(plan, hall.at)
    after.state = rebase(hall.state, merged(hall.state.catalogue, plan), hall.at)
    assert after.issue("dokter").number == "A-002"
    assert after.book(NINE + 24 * HOUR).number == "Z-001"
    assert after.book(NINE + 2 * 24 * HOUR).number == "A-002"  # those of that date have begun
    after.wait(24 * HOUR)
    assert after.issue("dokter").number == "Z-002"


def test_letters_that_change_places_give_no_number_twice() -> None:
    hall = Hall()
    hall.issue("dokter")
    hall.issue("lab")
    swapped = catalogue(
        tuple(replace(s, prefix={"dokter": "B", "lab": "A"}.get(s.id, s.prefix)) for s in SERVICES)
    )
    after = Hall(swapped, hall.at)
    after.state = rebase(hall.state, merged(hall.state.catalogue, swapped), hall.at)
    assert [after.issue(s).number for s in ("dokter", "lab")] == ["A-002", "B-002"]
    after.wait(24 * HOUR)
    assert [after.issue(s).number for s in ("dokter", "lab")] == ["B-001", "A-001"]


def test_new_services_and_counters_come_in_and_hours_are_those_of_the_new_catalogue() -> None:
    hall = Hall()
    plan = catalogue(
        (*SERVICES, service("gigi", "G", hours=((),) * 7)), (*COUNTERS, counter("r-9", "gigi"))
    )
    after = Hall(plan, hall.at)
    after.state = rebase(hall.state, merged(hall.state.catalogue, plan), hall.at)
    assert after.state.status("gigi") is ServiceStatus.CLOSED
    after.open("r-9")
    assert after.state.prefix(DATE, "gigi") == "G"


def test_a_gap_in_the_journal_is_not_folded() -> None:
    hall = Hall()
    hall.issue("lab")
    entry = replace(hall.journal[-1], seq=3)
    with pytest.raises(ValueError, match="does not follow"):
        apply(hall.state, entry)
