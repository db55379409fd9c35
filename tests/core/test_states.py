"""The life of a ticket and of a counter: every arrow works, everything else is refused and
changes nothing.
"""

from collections.abc import Callable
from typing import Any

import pytest

from antrean.domain import commands
from antrean.domain.errors import Code, QueueError, UnknownReference
from antrean.domain.model import CounterState, Place, Ticket
from antrean.domain.transitions import TABLE
from tests.core.hall import HOUR, NINE, Hall, altered, clerk
from tests.core.test_taking import refused

REACH: dict[str, list[type]] = {
    "waiting": [],
    "called": [commands.CallNext],
    "serving": [commands.CallNext, commands.Start],
    "held": [commands.CallNext, commands.Start, commands.Hold],
    "no_show": [commands.CallNext, commands.MarkNoShow],
    "done": [commands.CallNext, commands.Start, commands.Complete],
}
STATES = (*REACH, "booked", "cancelled")
COMMANDS: dict[str, Callable[[Ticket], commands.Command]] = {
    "called": lambda t: commands.CallTicket(counter="ruang-1", ticket=t.id),
    "recalled": lambda t: commands.Recall(counter="ruang-1"),
    "started": lambda t: commands.Start(counter="ruang-1"),
    "completed": lambda t: commands.Complete(counter="ruang-1"),
    "no_show": lambda t: commands.MarkNoShow(counter="ruang-1"),
    "held": lambda t: commands.Hold(counter="ruang-1"),
    "resumed": lambda t: commands.ResumeTicket(counter="ruang-1", ticket=t.id),
    "requeued": lambda t: commands.RequeueTicket(ticket=t.id),
    "deferred": lambda t: commands.DeferTicket(ticket=t.id, behind=1),
    "cancelled": lambda t: commands.CancelTicket(ticket=t.id),
    "checked_in": lambda t: commands.CheckIn(ticket=t.id),
}


def brought(state: str) -> tuple[Hall, Ticket]:
    """A hall in which one ticket of `dokter` is in `state`, and one stands behind it."""
    hall = Hall(altered("dokter", slot_capacity=9))
    hall.open("ruang-1")
    if state == "booked":
        ticket = hall.book(NINE + HOUR)
    else:
        ticket = hall.issue("dokter")
        for command in REACH.get(state, []):
            hall.do(command(counter="ruang-1"))
        if state == "cancelled":
            hall.do(commands.CancelTicket(ticket=ticket.id))
    hall.issue("dokter")
    return hall, ticket


def test_the_table_is_that_of_the_contract() -> None:
    arrows = {(e, a.value, b.value) for e, moves in TABLE.items() for a, b in moves.items()}
    written = """
        checked_in: booked waiting, waiting waiting
        called: waiting called, held called, no_show called
        recalled: called called
        started: called serving
        completed: serving done
        no_show: called no_show
        held: called held, serving held
        resumed: held serving
        requeued: held waiting, no_show waiting
        deferred: waiting waiting
        transferred: called waiting, serving waiting, waiting waiting, held waiting, no_show waiting
        cancelled: booked cancelled, waiting cancelled, called cancelled, held cancelled
        cancelled: no_show cancelled
        expired: booked expired, waiting expired, called expired, serving expired, held expired
        expired: no_show expired
    """
    expected = set()
    for line in written.strip().splitlines():
        event, _, moves = line.strip().partition(": ")
        for pair in moves.split(", "):
            before, after = pair.split()
            expected.add((event, before, after))
    assert arrows == expected


@pytest.mark.parametrize("event", COMMANDS)
@pytest.mark.parametrize("state", STATES)
def test_each_command_in_each_state(state: str, event: str) -> None:
    hall, ticket = brought(state)
    after = TABLE[event].get(hall.ticket(ticket).state)
    command = COMMANDS[event](ticket)
    if event == "checked_in" and state in ("called", "serving", "held", "no_show", "waiting"):
        assert hall.do(command).events == ()  # has arrived: nothing changes
        return
    if after is not None:
        seq = hall.state.seq
        decision = hall.do(command)
        assert hall.types(seq) == [f"ticket.{event}"]
        assert hall.ticket(ticket).state is after
        assert (decision.ticket, hall.ticket(ticket).touched) == (ticket.id, hall.state.seq)
        return
    before, journal = hall.memory(), len(hall.journal)
    with pytest.raises(QueueError):
        hall.do(command)
    assert (hall.memory(), len(hall.journal)) == (before, journal)


def test_an_illegal_move_is_called_so() -> None:
    hall, _ = brought("called")
    refused(hall, Code.INVALID_STATE, lambda: hall.do(commands.Complete(counter="ruang-1")))
    hall, _ = brought("done")
    for verb in (commands.Recall, commands.Start, commands.Complete, commands.Hold):
        refused(hall, Code.INVALID_STATE, lambda v=verb: hall.do(v(counter="ruang-1")))


# times and members of the present leg
def test_a_call_sets_its_time_and_clears_what_was_of_the_call_before() -> None:
    hall, ticket = brought("called")
    hall.do(commands.Recall(counter="ruang-1"))
    hall.do(commands.Recall(counter="ruang-1"))
    assert (hall.ticket(ticket).recalls, hall.ticket(ticket).state) == (2, "called")
    hall.do(commands.Start(counter="ruang-1"))
    started = hall.at
    hall.do(commands.Hold(counter="ruang-1"))
    held = hall.ticket(ticket)
    assert (held.started_at, held.counter, hall.counter("ruang-1").ticket) == (
        started,
        "ruang-1",
        None,
    )
    hall.do(commands.CallTicket(counter="ruang-1", ticket=ticket.id))
    called = hall.ticket(ticket)
    assert (called.called_at, called.started_at, called.recalls) == (hall.at, None, 0)


def test_a_resumed_ticket_goes_on_with_its_service_time_at_whatever_counter() -> None:
    hall, ticket = brought("serving")
    started = hall.ticket(ticket).started_at
    hall.do(commands.Hold(counter="ruang-1"))
    hall.open("ruang-2")
    hall.do(commands.ResumeTicket(counter="ruang-2", ticket=ticket.id))
    resumed = hall.ticket(ticket)
    assert (resumed.started_at, resumed.counter) == (started, "ruang-2")
    hall.do(commands.Transfer(counter="ruang-2", service="lab"))
    hall.do(commands.CallTicket(counter="ruang-2", ticket=ticket.id))
    hall.do(commands.Hold(counter="ruang-2"))
    hall.do(commands.ResumeTicket(counter="ruang-2", ticket=ticket.id))
    assert hall.ticket(ticket).started_at == hall.at  # it had not been started


def test_a_transfer_clears_the_leg_and_keeps_what_is_to_come() -> None:
    hall = Hall(altered("dokter", journey=("lab",)))
    hall.open("ruang-1")
    ticket = hall.issue("dokter")
    hall.next("ruang-1")
    hall.do(commands.Recall(counter="ruang-1"))
    hall.do(commands.Start(counter="ruang-1"))
    moved = hall.transfer("ruang-1", service="kasir", note="bayar dulu")
    assert (moved.state, moved.service, moved.counter) == ("waiting", "kasir", None)
    assert (moved.called_at, moved.started_at, moved.recalls) == (None, None, 0)
    assert (moved.journey, moved.leg, moved.rank) == (("lab",), 0, ticket.rank)
    hall.open("kasir-1")
    hall.serve("kasir-1")
    assert (hall.ticket(ticket).service, hall.ticket(ticket).leg) == ("lab", 1)


def test_a_journey_walks_leg_by_leg_on_one_number_and_then_is_done() -> None:
    hall = Hall(altered("lab", journey=("dokter", "kasir")))
    hall.open("lab-1", "ruang-1", "kasir-1")
    ticket = hall.issue("lab")
    seen = []
    for name in ("lab-1", "ruang-1", "kasir-1"):
        hall.serve(name)
        now = hall.ticket(ticket)
        seen.append((now.state, now.service, now.leg, now.counter, now.called_at is None))
        assert now.number == "B-001"
    assert seen == [
        ("waiting", "dokter", 1, None, True),
        ("waiting", "kasir", 2, None, True),
        ("done", "kasir", 2, "kasir-1", False),
    ]
    completed = [e.event for e in hall.journal if e.event.type == "ticket.completed"]
    assert [e.next for e in completed] == ["dokter", "kasir", None]  # type: ignore[union-attr]
    assert hall.ticket(ticket).ended_at == hall.at


def test_a_requeued_ticket_may_be_moved_by_staff_but_not_from_a_counter() -> None:
    hall, ticket = brought("called")
    to_lab = commands.TransferTicket(ticket=ticket.id, service="lab")
    refused(hall, Code.INVALID_STATE, lambda: hall.do(to_lab))
    hall.do(commands.MarkNoShow(counter="ruang-1"))
    hall.do(to_lab)
    assert (hall.ticket(ticket).service, hall.ticket(ticket).state) == ("lab", "waiting")


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ({"service": "anak"}, Code.NOT_OPERATING),
        ({"to_counter": "lab-1"}, Code.NOT_SERVED_HERE),
        ({"service": "kasir", "to_counter": "lab-1"}, Code.NOT_SERVED_HERE),
    ],
)
def test_where_a_transfer_may_not_go(to: dict[str, Any], code: Code) -> None:
    hall, ticket = brought("called")
    refused(hall, code, lambda: hall.transfer("ruang-1", **to))
    hall.do(commands.MarkNoShow(counter="ruang-1"))
    by_staff = commands.TransferTicket(ticket=ticket.id, **to)
    refused(hall, code, lambda: hall.do(by_staff))


def test_a_transfer_to_what_does_not_exist_names_the_field() -> None:
    hall, _ = brought("called")
    for to, field in (({"service": "x"}, "service"), ({"to_counter": "x"}, "counter")):
        with pytest.raises(UnknownReference) as caught:
            hall.transfer("ruang-1", **to)
        assert caught.value.field == field


def test_a_closed_service_is_still_called_transferred_to_and_requeued() -> None:
    hall, ticket = brought("no_show")
    hall.open("lab-1")
    moved = hall.issue("lab")
    hall.do(commands.CloseService(service="dokter"))
    hall.requeue(ticket)
    hall.do(commands.TransferTicket(ticket=moved.id, service="dokter", place=Place.BACK))
    assert hall.drain("ruang-1") == ["A-001", "A-002", moved.number]


# counters
def test_a_counter_opens_pauses_and_closes() -> None:
    hall = Hall()
    refused(hall, Code.COUNTER_NOT_OPEN, lambda: hall.do(commands.PauseCounter(counter="lab-1")))
    hall.open("lab-1")
    assert hall.counter("lab-1").clerk == clerk("lab-1")
    until = hall.at + HOUR
    note = {"id": "istirahat", "en": "istirahat"}
    hall.do(commands.PauseCounter(counter="lab-1", note=note, until=until))
    paused = hall.counter("lab-1")
    assert (paused.state, paused.note, paused.until) == (CounterState.PAUSED, note, until)
    hall.wait(2 * HOUR)
    assert hall.counter("lab-1").state is CounterState.PAUSED  # nothing opens by itself
    hall.open("lab-1")
    assert (hall.counter("lab-1").note, hall.counter("lab-1").until) == (None, None)
    hall.do(commands.CloseCounter(counter="lab-1"))
    assert hall.counter("lab-1").clerk is None


def test_what_already_is_so_leaves_no_event() -> None:
    hall = Hall()
    hall.do(commands.CloseCounter(counter="lab-1"))
    hall.open("lab-1", "lab-1")
    for command in (
        commands.PauseCounter(counter="lab-1"),
        commands.PauseService(service="lab"),
        commands.CloseService(service="lab"),
        commands.OpenService(service="lab"),
    ):
        hall.do(command)
        seq = hall.state.seq
        assert hall.do(command).events == ()
        assert hall.state.seq == seq
    assert hall.types().count("counter.opened") == 1


def test_calling_needs_an_open_counter_without_a_ticket() -> None:
    hall = Hall()
    tickets = [hall.issue("lab") for _ in range(3)]
    hall.open("lab-1")
    hall.next()
    hall.do(commands.Hold(counter="lab-1"))
    resume = commands.ResumeTicket(counter="lab-1", ticket=tickets[0].id)
    call = commands.CallTicket(counter="lab-1", ticket=tickets[1].id)
    both: tuple[commands.Command, ...] = (commands.CallNext(counter="lab-1"), call, resume)
    for stop in (commands.PauseCounter(counter="lab-1"), commands.CloseCounter(counter="lab-1")):
        hall.do(stop)
        for command in both:
            refused(hall, Code.COUNTER_NOT_OPEN, lambda c=command: hall.do(c))
    hall.open("lab-1")
    hall.next()
    for command in both:
        refused(hall, Code.COUNTER_BUSY, lambda c=command: hall.do(c))
    refused(hall, Code.COUNTER_BUSY, lambda: hall.do(commands.CloseCounter(counter="lab-1")))


def test_a_pause_with_a_ticket_stops_calling_alone() -> None:
    hall, ticket = brought("called")
    hall.do(commands.PauseCounter(counter="ruang-1"))
    for command in (commands.Recall, commands.Start, commands.Complete):
        hall.do(command(counter="ruang-1"))
    assert hall.ticket(ticket).state == "done"


def test_open_takes_over_and_closes_where_that_clerk_was() -> None:
    hall = Hall()
    hall.open("lab-1", "ruang-2")
    hall.issue("lab")
    hall.next("lab-1")
    seq = hall.state.seq
    hall.do(commands.OpenCounter(counter="lab-1", clerk=clerk("ruang-2")))
    assert hall.types(seq) == ["counter.closed", "counter.opened"]
    assert hall.counter("ruang-2").state is CounterState.CLOSED
    assert hall.counter("lab-1").clerk == clerk("ruang-2")
    assert hall.counter("lab-1").ticket is not None
    elsewhere = commands.OpenCounter(counter="ruang-2", clerk=clerk("ruang-2"))
    refused(hall, Code.COUNTER_BUSY, lambda: hall.do(elsewhere))


def test_a_command_that_names_another_ticket_is_stale_before_all_else() -> None:
    hall, ticket = brought("called")
    for verb in (
        commands.Recall,
        commands.Start,
        commands.Complete,
        commands.MarkNoShow,
        commands.Hold,
    ):
        refused(hall, Code.STALE, lambda v=verb: hall.do(v(counter="ruang-1", ticket="other")))
    move = commands.Transfer(counter="ruang-1", ticket="other", service="anak")
    refused(hall, Code.STALE, lambda: hall.do(move))
    hall.do(commands.Start(counter="ruang-1", ticket=ticket.id))
    hall.do(commands.Complete(counter="ruang-1", ticket=ticket.id))
    again = commands.Complete(counter="ruang-1", ticket=ticket.id)
    refused(hall, Code.STALE, lambda: hall.do(again))


def test_a_cancelled_ticket_leaves_its_counter() -> None:
    hall, ticket = brought("called")
    hall.do(commands.CancelTicket(ticket=ticket.id))
    gone = hall.ticket(ticket)
    assert (gone.counter, gone.ended_at) == (None, hall.at)
    assert hall.counter("ruang-1").ticket is None


def test_an_unknown_counter_is_named() -> None:
    with pytest.raises(UnknownReference) as caught:
        Hall().do(commands.CallNext(counter="loket-99"))
    assert caught.value.field == "counter"
