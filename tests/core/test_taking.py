"""Taking numbers, booking and checking in."""

import pytest

from antrean.domain import calendar, commands
from antrean.domain.commands import Person
from antrean.domain.errors import Code, InvalidField, QueueError, Refused, UnknownReference
from antrean.domain.model import TicketState
from tests.core.hall import DATE, HOUR, MINUTE, NINE, Hall, altered, catalogue, text


def refused(hall: Hall, code: Code | str, act: object) -> None:
    """`act` is refused with `code`, and nothing changed."""
    before, journal = hall.memory(), len(hall.journal)
    with pytest.raises(QueueError) as caught:
        act()  # type: ignore[operator]
    assert caught.value.code == code
    assert (hall.memory(), len(hall.journal)) == (before, journal)


def test_numbers_count_from_one_for_each_service() -> None:
    hall = Hall()
    numbers = [hall.issue(s).number for s in ("lab", "dokter", "lab", "lab")]
    assert numbers == ["B-001", "A-001", "B-002", "B-003"]


def test_a_new_ticket_waits_and_has_arrived_unless_it_was_taken_online() -> None:
    hall = Hall()
    for channel, arrived in (("kiosk", True), ("desk", True), ("online", False)):
        ticket = hall.issue("lab", channel)
        assert (ticket.state, ticket.arrived) == (TicketState.WAITING, arrived)
        assert (ticket.channel, ticket.date, ticket.issued_at) == (channel, DATE, hall.at)


def test_numbers_go_on_past_999() -> None:
    hall = Hall()
    hall.state.numbers[DATE] = {"B": 999}
    assert hall.issue("lab").number == "B-1000"


def test_a_cancelled_ticket_frees_no_number() -> None:
    hall = Hall()
    hall.do(commands.CancelTicket(ticket=hall.issue("lab").id))
    assert hall.issue("lab").number == "B-002"


@pytest.mark.parametrize(
    ("name", "prepare", "code"),
    [
        ("anak", None, Code.NOT_OPERATING),
        ("lab", commands.PauseService(service="lab"), Code.SERVICE_PAUSED),
        ("lab", commands.CloseService(service="lab"), Code.SERVICE_CLOSED),
    ],
)
def test_a_service_that_is_not_open_gives_no_number(
    name: str, prepare: commands.Command | None, code: Code
) -> None:
    hall = Hall()
    if prepare is not None:
        hall.do(prepare)
    refused(hall, code, lambda: hall.issue(name))


def test_the_last_of_pausing_and_closing_counts_and_open_ends_both() -> None:
    hall = Hall()
    hall.do(commands.CloseService(service="lab"))
    hall.do(commands.PauseService(service="lab"))
    refused(hall, Code.SERVICE_PAUSED, lambda: hall.issue("lab"))
    hall.do(commands.OpenService(service="lab"))
    assert hall.issue("lab").number == "B-001"


def test_outside_its_hours_a_service_is_closed_also_when_opened_by_hand() -> None:
    week = (((600, 720),),) * 7
    hall = Hall(altered("lab", hours=week))
    refused(hall, Code.SERVICE_CLOSED, lambda: hall.issue("lab"))
    before = hall.memory()
    hall.do(commands.OpenService(service="lab"))
    assert hall.memory() == before
    refused(hall, Code.SERVICE_CLOSED, lambda: hall.issue("lab"))
    hall.wait(HOUR)
    assert hall.issue("lab").number == "B-001"


def test_what_is_paused_by_hand_stays_paused_when_its_hours_begin() -> None:
    hall = Hall(altered("lab", hours=(((600, 720),),) * 7))
    hall.do(commands.PauseService(service="lab"))
    hall.wait(HOUR)
    refused(hall, Code.SERVICE_PAUSED, lambda: hall.issue("lab"))


def test_a_channel_that_the_service_lacks_is_refused() -> None:
    hall = Hall()
    refused(hall, Code.CHANNEL_CLOSED, lambda: hall.issue("kasir", "online"))
    assert hall.issue("kasir", "desk").number == "C-001"


def test_the_daily_quota_counts_first_services_and_not_what_was_cancelled() -> None:
    hall = Hall(altered("lab", daily_quota=2))
    hall.open("ruang-1")
    hall.issue("dokter")
    hall.next("ruang-1")
    hall.transfer("ruang-1", service="lab")  # came by transfer: does not count
    first = hall.issue("lab")
    hall.issue("lab", "online")
    refused(hall, Code.QUOTA_EXHAUSTED, lambda: hall.issue("lab"))
    hall.do(commands.CancelTicket(ticket=first.id))
    hall.issue("lab")
    refused(hall, Code.QUOTA_EXHAUSTED, lambda: hall.issue("lab"))


def test_the_online_quota_counts_the_online_channel_alone() -> None:
    hall = Hall(altered("lab", online_quota=1))
    hall.issue("lab")
    hall.issue("lab", "online")
    refused(hall, Code.QUOTA_EXHAUSTED, lambda: hall.issue("lab", "online"))
    hall.issue("lab")


def test_a_quota_counts_bookings_of_its_date_and_begins_anew_with_the_day() -> None:
    hall = Hall(altered("dokter", daily_quota=1))
    hall.book(NINE + HOUR)
    refused(hall, Code.QUOTA_EXHAUSTED, lambda: hall.issue("dokter"))
    hall.book(NINE + 24 * HOUR)
    hall.wait(24 * HOUR)
    refused(hall, Code.QUOTA_EXHAUSTED, lambda: hall.issue("dokter"))


def test_a_reason_must_be_one_of_its_class() -> None:
    hall = Hall()
    hall.issue("lab", class_id="prioritas", reason="lansia")
    for class_id, reason in (("prioritas", "rujukan"), ("regular", "lansia")):
        with pytest.raises(InvalidField) as caught:
            hall.issue("lab", class_id=class_id, reason=reason)
        assert caught.value.field == "reason"
    with pytest.raises(InvalidField) as caught:
        hall.issue("lab", class_id="emas")
    assert caught.value.field == "class"


def test_what_does_not_exist_is_named() -> None:
    hall = Hall()
    with pytest.raises(UnknownReference) as caught:
        hall.issue("gigi")
    assert (caught.value.field, caught.value.value) == ("service", "gigi")
    with pytest.raises(UnknownReference) as caught:
        hall.issue("lab", journey=("gigi",))
    assert caught.value.field == "journey"


def test_personal_data_and_notes_stay_out_of_the_events() -> None:
    hall = Hall()
    person = Person("Siti Aminah", "0812", "lansia")
    decision = hall.do(
        commands.IssueTicket(
            ticket="x", service="lab", channel="kiosk", class_id="prioritas", person=person
        )
    )
    assert decision.person == person
    decision = hall.do(commands.CancelTicket(ticket="x", reason="pulang"))
    assert decision.note == "pulang"
    assert not [w for w in ("Siti", "0812", "lansia", "pulang") if w in str(hall.journal)]


# bookings
def test_a_booking_takes_the_next_number_of_its_own_date() -> None:
    hall = Hall()
    tomorrow = NINE + 24 * HOUR
    assert hall.issue("dokter").number == "A-001"
    booked = hall.book(tomorrow)
    assert (booked.number, booked.date, booked.state) == ("A-001", "2026-11-25", "booked")
    assert (booked.arrived, booked.rank) == (False, "")
    assert hall.book(NINE + HOUR).number == "A-002"
    hall.wait(24 * HOUR)
    assert hall.issue("dokter").number == "A-002"


def test_a_slot_is_full_at_its_capacity_and_free_again_after_a_cancellation() -> None:
    hall = Hall()
    first = hall.book(NINE + HOUR)
    hall.book(NINE + HOUR)
    refused(hall, Code.SLOT_FULL, lambda: hall.book(NINE + HOUR))
    hall.book(NINE + HOUR + 30 * MINUTE)
    hall.do(commands.CancelTicket(ticket=first.id))
    hall.book(NINE + HOUR)
    refused(hall, Code.SLOT_FULL, lambda: hall.book(NINE + HOUR))


@pytest.mark.parametrize(
    ("start", "why"),
    [
        (NINE + 10 * MINUTE, "no_such_slot"),
        (NINE - HOUR, "slot_is_over"),
        (NINE + 15 * 24 * HOUR, "too_far_ahead"),
    ],
)
def test_a_start_that_is_no_slot_is_invalid(start: int, why: str) -> None:
    hall = Hall()
    with pytest.raises(InvalidField) as caught:
        hall.book(start)
    assert (caught.value.field, caught.value.why) == ("start", why)
    assert not hall.journal


def test_the_last_day_of_booking_is_taken_and_a_running_slot_too() -> None:
    hall = Hall()
    assert hall.book(NINE + 14 * 24 * HOUR).date == "2026-12-08"
    assert hall.book(NINE).slot is not None


def test_bookings_of_today_are_refused_while_paused_by_hand_those_of_tomorrow_are_not() -> None:
    hall = Hall()
    hall.do(commands.PauseService(service="dokter"))
    refused(hall, Code.SERVICE_PAUSED, lambda: hall.book(NINE + HOUR))
    hall.do(commands.CloseService(service="dokter"))
    refused(hall, Code.SERVICE_CLOSED, lambda: hall.book(NINE + HOUR))
    hall.book(NINE + 24 * HOUR)


def test_bookings_outside_hours_are_taken_for_slots_inside_them() -> None:
    hall = Hall(altered("dokter", hours=(((600, 720),),) * 7))
    assert hall.book(NINE + HOUR).state == "booked"


def test_a_booking_of_what_does_not_operate_or_has_no_slots_is_refused() -> None:
    hall = Hall(altered("dokter", operating=False))
    refused(hall, Code.NOT_OPERATING, lambda: hall.book(NINE + HOUR))
    with pytest.raises(InvalidField):
        Hall().book(NINE + HOUR, "lab")


@pytest.mark.parametrize(
    ("late", "effective"),
    [(-30 * MINUTE, 0), (0, 0), (10 * MINUTE, 0), (10 * MINUTE + 1000, 10 * MINUTE + 1000)],
)
def test_a_booking_ranks_by_its_slot_or_by_a_check_in_after_the_grace(
    late: int, effective: int
) -> None:
    hall = Hall()
    start = NINE + HOUR
    booked = hall.book(start)
    hall.wait(start + late - hall.at - 1000)
    hall.do(commands.CheckIn(ticket=booked.id))
    ticket = hall.ticket(booked)
    assert (ticket.state, ticket.arrived, ticket.joined_at) == ("waiting", True, start + late)
    assert ticket.rank.startswith(f"1{start + effective:013d}")


def test_the_credit_of_a_class_goes_off_the_arrival_of_a_booking_too() -> None:
    hall = Hall()
    booked = hall.book(NINE + HOUR, class_id="prioritas")
    hall.do(commands.CheckIn(ticket=booked.id))
    assert hall.ticket(booked).rank.startswith(f"1{NINE + 40 * MINUTE:013d}")


def test_a_check_in_before_the_time_for_it_is_too_early() -> None:
    hall = Hall()
    booked = hall.book(NINE + 90 * MINUTE)
    refused(hall, Code.TOO_EARLY, lambda: hall.do(commands.CheckIn(ticket=booked.id)))
    hall.wait(NINE + 30 * MINUTE - hall.at - 1000)
    hall.do(commands.CheckIn(ticket=booked.id))
    assert hall.ticket(booked).state == "waiting"


def test_a_check_in_of_one_who_has_arrived_changes_nothing() -> None:
    hall = Hall()
    ticket = hall.issue("lab", "online")
    hall.do(commands.CheckIn(number="B-001"))
    assert hall.ticket(ticket).arrived
    before = hall.memory()
    decision = hall.do(commands.CheckIn(ticket=ticket.id))
    assert (decision.events, decision.ticket, hall.memory()) == ((), ticket.id, before)


def test_a_check_in_is_refused_for_what_has_ended_and_for_an_unknown_number() -> None:
    hall = Hall()
    ticket = hall.issue("lab", "online")
    with pytest.raises(InvalidField) as caught:
        hall.do(commands.CheckIn(number="B-002"))
    assert caught.value.field == "number"
    hall.do(commands.CancelTicket(ticket=ticket.id))
    refused(hall, Code.INVALID_STATE, lambda: hall.do(commands.CheckIn(ticket=ticket.id)))


def test_the_number_of_a_check_in_is_one_of_today() -> None:
    hall = Hall()
    hall.book(NINE + 24 * HOUR)
    with pytest.raises(InvalidField):
        hall.do(commands.CheckIn(number="A-001"))


# visits and journeys
def test_a_visit_joins_tickets_of_one_date() -> None:
    hall = Hall()
    first = hall.issue("lab")
    second = hall.issue("dokter", visit=first.id)
    third = hall.issue("kasir", visit=second.id)
    assert {first.visit, second.visit, third.visit} == {first.id}
    for visit in ("nobody", hall.book(NINE + 24 * HOUR).id):
        with pytest.raises(InvalidField) as caught:
            hall.issue("lab", visit=visit)
        assert caught.value.field == "visit"
    booked = hall.book(NINE + 24 * HOUR)
    with pytest.raises(InvalidField):
        hall.book(NINE + 24 * HOUR, visit=first.id)
    assert hall.book(NINE + 24 * HOUR + 30 * MINUTE, visit=booked.id).visit == booked.id


def test_a_journey_is_the_one_asked_for_else_the_services_own() -> None:
    hall = Hall(altered("lab", journey=("dokter", "kasir")))
    assert hall.issue("lab").journey == ("dokter", "kasir")
    assert hall.issue("lab", journey=()).journey == ()
    assert hall.issue("lab", journey=("kasir",)).journey == ("kasir",)


def test_slots_lie_wholly_inside_the_hours() -> None:
    plan = altered("dokter", hours=(((480, 585), (780, 810)),) * 7)
    slots = [
        calendar.local(plan.site, s.start).strftime("%H:%M")
        for s in calendar.slots_of(plan, plan.services["dokter"], DATE)
    ]
    assert slots == ["08:00", "08:30", "09:00", "13:00"]


def test_no_slot_crosses_the_start_of_the_day() -> None:
    plan = altered("dokter", slot_ms=40 * MINUTE, hours=(((200, 280),),) * 7)
    early = catalogue(tuple(plan.services.values()), day_starts=240)
    site = early.site
    slots = [
        calendar.local(site, s.start).strftime("%d %H:%M")
        for s in calendar.slots_of(early, early.services["dokter"], DATE)
    ]
    assert slots == ["24 04:00", "25 03:20"]


def test_refusals_carry_what_they_are_about() -> None:
    hall = Hall()
    with pytest.raises(Refused) as caught:
        hall.issue("anak")
    assert caught.value.facts == {"service": "anak"}
    assert text("cuti") == hall.state.catalogue.services["anak"].note
