"""Who is called next."""

import pytest

from antrean.domain import commands, ranking
from antrean.domain.errors import Code, QueueError
from antrean.domain.model import Place
from tests.core.hall import HOUR, MINUTE, NINE, Hall, altered
from tests.core.test_taking import refused

PRIORITY = {"class_id": "prioritas", "reason": "lansia"}
URGENT = {"class_id": "darurat", "reason": "rujukan"}


def test_first_come_first_served_over_all_services_of_a_counter() -> None:
    hall = Hall()
    hall.open("ruang-2")
    order = [hall.issue(s).number for s in ("lab", "dokter", "dokter", "lab", "dokter")]
    assert hall.drain("ruang-2") == order


def test_a_class_goes_ahead_by_its_credit_and_no_further() -> None:
    hall = Hall()
    hall.open("lab-1")
    old = hall.issue().number
    hall.wait(19 * MINUTE)
    young = hall.issue().number
    hall.wait(2 * MINUTE)
    with_credit = hall.issue(**PRIORITY).number  # 20 minutes: before `young`, not before `old`
    urgent = hall.issue(**URGENT).number
    assert hall.line() == [urgent, old, with_credit, young]
    assert hall.drain() == [urgent, old, with_credit, young]


def test_ties_go_by_the_order_of_joining() -> None:
    assert ranking.by_arrival(5, 10) < ranking.by_arrival(5, 11) < ranking.by_arrival(6, 2)
    assert ranking.by_arrival(9, 99) < ranking.by_arrival(10, 1)


def test_a_booking_stands_by_its_slot_among_those_who_walked_in() -> None:
    hall = Hall()
    booked = hall.book(NINE + 30 * MINUTE)
    hall.do(commands.CheckIn(ticket=booked.id))
    before = hall.issue("dokter").number
    hall.wait(NINE + 31 * MINUTE - hall.at)
    after = hall.issue("dokter").number
    assert hall.line("dokter") == [before, booked.number, after]


def test_who_has_not_arrived_is_passed_over_and_keeps_the_rank() -> None:
    hall = Hall()
    hall.open("lab-1")
    online = hall.issue("lab", "online")
    walked = hall.issue()
    assert hall.state.position(walked) == 2
    assert hall.next().number == walked.number
    hall.do(commands.MarkNoShow(counter="lab-1"))
    later = hall.issue()
    hall.do(commands.CheckIn(ticket=online.id))
    assert hall.drain() == [online.number, later.number]


def test_only_bookings_and_absent_ones_make_an_empty_queue() -> None:
    hall = Hall()
    hall.open("ruang-1")
    hall.book(NINE)
    hall.issue("dokter", "online")
    refused(hall, Code.QUEUE_EMPTY, lambda: hall.next("ruang-1"))


def test_call_takes_who_has_not_arrived_and_they_count_as_arrived() -> None:
    hall = Hall()
    hall.open("lab-1")
    online = hall.issue("lab", "online")
    hall.do(commands.CallTicket(counter="lab-1", ticket=online.id))
    assert hall.ticket(online).arrived


def test_a_ticket_for_another_counter_is_passed_over_while_that_is_open_or_paused() -> None:
    hall = Hall()
    hall.open("lab-1", "ruang-2")
    ticket = hall.issue()
    hall.next()
    hall.transfer("lab-1", to_counter="ruang-2")
    assert hall.ticket(ticket).for_counter == "ruang-2"
    refused(hall, Code.QUEUE_EMPTY, hall.next)
    hall.do(commands.PauseCounter(counter="ruang-2"))
    refused(hall, Code.QUEUE_EMPTY, hall.next)
    hall.do(commands.CloseCounter(counter="ruang-2"))
    assert hall.next().id == ticket.id
    assert hall.ticket(ticket).for_counter == "ruang-2"


def test_the_counter_meant_takes_its_ticket_and_call_takes_it_anywhere() -> None:
    hall = Hall()
    hall.open("lab-1", "ruang-2")
    ticket = hall.issue()
    hall.next()
    hall.transfer("lab-1", to_counter="ruang-2")
    assert hall.next("ruang-2").id == ticket.id
    hall.transfer("ruang-2", to_counter="ruang-2")
    hall.do(commands.CallTicket(counter="lab-1", ticket=ticket.id))
    assert hall.ticket(ticket).counter == "lab-1"


def test_the_counter_meant_is_forgotten_with_the_next_transfer_and_the_next_leg() -> None:
    hall = Hall(altered("lab", journey=("dokter",)))
    hall.open("lab-1", "ruang-2")
    ticket = hall.issue()
    hall.next()
    hall.transfer("lab-1", to_counter="ruang-2")
    hall.do(commands.TransferTicket(ticket=ticket.id, service="lab"))
    assert hall.ticket(ticket).for_counter is None
    hall.do(commands.TransferTicket(ticket=ticket.id, to_counter="ruang-2"))
    hall.serve("ruang-2")
    assert (hall.ticket(ticket).service, hall.ticket(ticket).for_counter) == ("dokter", None)


def test_others_of_a_visit_are_passed_over_while_one_is_called_or_serving() -> None:
    hall = Hall()
    hall.open("ruang-1", "lab-1")
    first = hall.issue("dokter")
    second = hall.issue("lab", visit=first.id)
    hall.next("ruang-1")
    refused(hall, Code.QUEUE_EMPTY, hall.next)
    hall.do(commands.Start(counter="ruang-1"))
    refused(hall, Code.QUEUE_EMPTY, hall.next)
    hall.do(commands.Hold(counter="ruang-1"))
    assert hall.next().id == second.id
    hall.do(commands.Undo(counter="lab-1"))
    hall.do(commands.ResumeTicket(counter="ruang-1", ticket=first.id))
    refused(hall, Code.QUEUE_EMPTY, hall.next)
    hall.do(commands.Complete(counter="ruang-1"))
    assert hall.next().id == second.id


def test_a_no_show_shields_nobody() -> None:
    hall = Hall()
    hall.open("ruang-1", "lab-1")
    first = hall.issue("dokter")
    second = hall.issue("lab", visit=first.id)
    hall.next("ruang-1")
    hall.do(commands.MarkNoShow(counter="ruang-1"))
    assert hall.next().id == second.id


def test_places_of_a_transfer() -> None:
    hall = Hall()
    hall.open("ruang-1", "lab-1")
    back = hall.issue("dokter", **PRIORITY)
    early = hall.issue("dokter")
    waiting = hall.issue("lab")
    front = [hall.issue("dokter") for _ in range(2)]
    places = [(back, Place.BACK), (early, Place.KEEP), *[(f, Place.FRONT) for f in front]]
    for ticket, place in places:
        hall.do(commands.CallTicket(counter="ruang-1", ticket=ticket.id))
        hall.transfer("ruang-1", service="lab", place=place)
    last = hall.issue("lab")
    order = [front[0], front[1], early, waiting, back, last]
    assert hall.drain() == [t.number for t in order]


def test_places_of_a_requeue() -> None:
    hall = Hall()
    hall.open("lab-1")
    tickets = [hall.issue() for _ in range(6)]
    for verb in (commands.MarkNoShow, commands.Hold, commands.MarkNoShow, commands.Hold):
        hall.next()
        hall.do(verb(counter="lab-1"))
    for ticket, place in zip(
        tickets, (Place.BACK, Place.KEEP, Place.FRONT, Place.FRONT), strict=False
    ):
        hall.requeue(ticket, place)
        assert hall.ticket(ticket).counter is None
    assert hall.drain() == [tickets[i].number for i in (2, 3, 1, 4, 5, 0)]


def test_the_rank_goes_with_a_ticket_through_its_legs() -> None:
    hall = Hall(altered("lab", journey=("dokter",)))
    hall.open("lab-1", "ruang-1")
    before = hall.issue("dokter")
    ticket = hall.issue("lab")
    after = hall.issue("dokter")
    hall.serve()
    assert hall.ticket(ticket).rank == ticket.rank
    assert hall.drain("ruang-1") == [before.number, ticket.number, after.number]


def test_deferring_goes_behind_the_nth_arrived_one_and_no_further() -> None:
    hall = Hall()
    hall.open("lab-1")
    first = hall.issue()
    second = hall.issue()
    hall.issue("lab", "online")
    third, fourth, fifth = (hall.issue() for _ in range(3))
    hall.do(commands.DeferTicket(ticket=first.id, behind=2))
    assert hall.state.position(hall.ticket(first)) == 4
    hall.do(commands.DeferTicket(ticket=fourth.id, behind=3))  # there is one behind
    order = [second, third, first, fifth, fourth]
    assert hall.drain() == [t.number for t in order]


def test_who_defers_later_stands_right_behind_the_same_one() -> None:
    hall = Hall()
    one, two, three, four = (hall.issue() for _ in range(4))
    hall.do(commands.DeferTicket(ticket=one.id, behind=2))
    hall.do(commands.DeferTicket(ticket=two.id, behind=1))
    assert hall.line() == [t.number for t in (three, two, one, four)]
    hall.do(commands.DeferTicket(ticket=three.id, behind=1))
    assert hall.line() == [t.number for t in (two, three, one, four)]
    late = hall.issue()
    assert hall.line()[-1] == late.number


def test_deferring_with_nobody_behind_changes_nothing() -> None:
    hall = Hall()
    ticket = hall.issue()
    hall.issue("lab", "online")
    before = hall.memory()
    assert hall.do(commands.DeferTicket(ticket=ticket.id, behind=1)).events == ()
    assert hall.memory() == before


def test_call_takes_a_certain_ticket_of_the_counters_services() -> None:
    hall = Hall()
    hall.open("lab-1", "ruang-2")
    hall.issue()
    wanted, foreign = hall.issue(), hall.issue("dokter")
    with pytest.raises(QueueError) as caught:
        hall.do(commands.CallTicket(counter="lab-1", ticket=foreign.id))
    assert caught.value.code == Code.NOT_SERVED_HERE
    hall.do(commands.CallTicket(counter="ruang-2", ticket=foreign.id))
    hall.do(commands.Hold(counter="ruang-2"))
    resume = commands.ResumeTicket(counter="lab-1", ticket=foreign.id)
    refused(hall, Code.NOT_SERVED_HERE, lambda: hall.do(resume))
    hall.do(commands.CallTicket(counter="lab-1", ticket=wanted.id, reason="hamil"))
    assert hall.counter("lab-1").ticket == wanted.id
    assert hall.journal[-1].event.chosen  # type: ignore[union-attr]


def test_ranks_are_text_whose_bytes_are_the_order() -> None:
    base = ranking.by_arrival(NINE, 7)
    first, second = ranking.behind(base, 8), ranking.behind(base, 9)
    inner = ranking.behind(second, 10)
    following = ranking.by_arrival(NINE, 8)
    ranks = [ranking.front(3), ranking.front(12), base, second, inner, first, following]
    assert sorted(ranks, key=str.encode) == ranks
    assert ranking.by_arrival(NINE + HOUR, 1) > ranks[-1]
