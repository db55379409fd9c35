"""Undo: ticket and counter are as before, by an event of its own, once, within 30 seconds."""

from dataclasses import replace

import pytest

from antrean.domain import commands
from antrean.domain.commands import Command
from antrean.domain.errors import Code
from antrean.domain.model import Ticket
from tests.core.hall import Hall, altered
from tests.core.test_taking import refused

UNDO = commands.Undo(counter="lab-1")
ACTIONS: dict[str, tuple[list[Command], Command]] = {
    "call-next": ([], commands.CallNext(counter="lab-1")),
    "call": ([], commands.CallTicket(counter="lab-1", ticket="ticket1")),
    "start": ([commands.CallNext(counter="lab-1")], commands.Start(counter="lab-1")),
    "no-show": ([commands.CallNext(counter="lab-1")], commands.MarkNoShow(counter="lab-1")),
    "hold": (
        [commands.CallNext(counter="lab-1"), commands.Start(counter="lab-1")],
        commands.Hold(counter="lab-1"),
    ),
    "complete": (
        [commands.CallNext(counter="lab-1"), commands.Start(counter="lab-1")],
        commands.Complete(counter="lab-1"),
    ),
    "transfer": (
        [commands.CallNext(counter="lab-1")],
        commands.Transfer(counter="lab-1", service="dokter"),
    ),
    "resume": (
        [commands.CallNext(counter="lab-1"), commands.Hold(counter="lab-1")],
        commands.ResumeTicket(counter="lab-1", ticket="ticket1"),
    ),
}


def with_ticket() -> tuple[Hall, Ticket]:
    hall = Hall(altered("lab", journey=("kasir",)))
    hall.open("lab-1")
    ticket = hall.issue("lab", class_id="prioritas")
    hall.issue("lab")
    return hall, ticket


def picture(hall: Hall) -> object:
    """Everything but the journal's own position."""
    memory = hall.memory()
    tickets = tuple(replace(t, touched=0) for t in memory.tickets)
    paces = {s: p for s, p in memory.paces.items() if p.count}
    same = replace(memory, seq=0, at=0, undoable={}, tickets=tickets, paces=paces)
    return same, hall.line("lab"), hall.line("dokter"), hall.line("kasir")


@pytest.mark.parametrize("action", ACTIONS)
def test_all_is_as_before(action: str) -> None:
    hall, ticket = with_ticket()
    prepare, command = ACTIONS[action]
    for step in prepare:
        hall.do(step)
    before = picture(hall)
    hall.do(command)
    done = hall.state.seq
    if action.startswith("call"):
        hall.do(commands.Recall(counter="lab-1"))
        hall.do(commands.Recall(counter="lab-1"))
    decision = hall.do(commands.Undo(counter="lab-1", seq=done))
    after = picture(hall)
    assert after == before
    assert hall.journal[-1].event.type == "ticket.undone"
    assert hall.journal[-1].event.undid == done  # type: ignore[union-attr]
    assert decision.ticket == ticket.id
    assert hall.ticket(ticket).touched == hall.state.seq
    refused(hall, Code.NOTHING_TO_UNDO, lambda: hall.do(UNDO))


def test_undo_of_complete_takes_the_service_time_back_too() -> None:
    hall, ticket = with_ticket()
    for step in ACTIONS["complete"][0]:
        hall.do(step)
    serving = hall.ticket(ticket)
    hall.do(ACTIONS["complete"][1])
    assert hall.state.paces["lab"].count == 1
    hall.do(UNDO)
    assert (hall.state.paces["lab"].count, hall.state.paces["lab"].total_ms) == (0, 0)
    assert hall.ticket(ticket) == replace(serving, touched=hall.state.seq)
    assert hall.counter("lab-1").ticket == ticket.id


def test_thirty_seconds_and_no_longer() -> None:
    for more, well in ((29_000, True), (29_001, False)):
        hall, _ = with_ticket()
        hall.next()
        hall.wait(more)  # and the command comes a second later
        if well:
            hall.do(UNDO)
        else:
            refused(hall, Code.NOTHING_TO_UNDO, lambda h=hall: h.do(UNDO))


def test_a_recall_does_not_extend_the_time() -> None:
    hall, _ = with_ticket()
    hall.next()
    hall.wait(28_000)
    hall.do(commands.Recall(counter="lab-1"))
    hall.wait(1000)
    refused(hall, Code.NOTHING_TO_UNDO, lambda: hall.do(UNDO))


def test_another_seq_than_the_last_action_is_refused() -> None:
    hall, _ = with_ticket()
    hall.next()
    called = hall.state.seq
    hall.do(commands.Recall(counter="lab-1"))
    for seq in (called - 1, called + 1):
        wrong = commands.Undo(counter="lab-1", seq=seq)
        refused(hall, Code.NOTHING_TO_UNDO, lambda w=wrong: hall.do(w))
    hall.do(commands.Undo(counter="lab-1", seq=called))


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda hall, t: hall.requeue(t),
        lambda hall, t: hall.do(commands.CancelTicket(ticket=t.id)),
        lambda hall, t: hall.do(commands.TransferTicket(ticket=t.id, service="dokter")),
        lambda hall, t: hall.do(commands.CallTicket(counter="ruang-2", ticket=t.id)),
        lambda hall, t: hall.next("lab-1"),
        lambda hall, t: [
            hall.do(commands.CloseCounter(counter="lab-1")),
            hall.open("lab-1"),
        ],
    ],
    ids=["requeue", "cancel", "transfer", "call elsewhere", "another ticket", "close"],
)
def test_nothing_to_undo_once_something_else_happened(meanwhile: object) -> None:
    hall, ticket = with_ticket()
    hall.open("ruang-2")
    hall.next()
    hall.do(commands.MarkNoShow(counter="lab-1"))
    meanwhile(hall, hall.ticket(ticket))  # type: ignore[operator]
    refused_at = [UNDO] if hall.counter("lab-1").ticket is None else []
    for command in refused_at:
        refused(hall, Code.NOTHING_TO_UNDO, lambda c=command: hall.do(c))
    no_show = next(e.seq for e in hall.journal if e.event.type == "ticket.no_show")
    wrong = commands.Undo(counter="lab-1", seq=no_show)
    refused(hall, Code.NOTHING_TO_UNDO, lambda: hall.do(wrong))


def test_a_call_undone_after_the_ticket_moved_to_another_line() -> None:
    hall, ticket = with_ticket()
    hall.next()
    hall.transfer("lab-1", service="dokter")
    hall.do(UNDO)
    assert hall.ticket(ticket).state == "called"
    assert hall.line("dokter") == []
    refused(hall, Code.NOTHING_TO_UNDO, lambda: hall.do(UNDO))


def test_pausing_in_between_hinders_nothing() -> None:
    hall, ticket = with_ticket()
    hall.next()
    hall.do(commands.PauseCounter(counter="lab-1"))
    hall.do(UNDO)
    assert hall.ticket(ticket).state == "waiting"
