"""What a clerk does at a counter."""

from typing import Any

from antrean.domain import commands, events, ranking
from antrean.domain.decide_tickets import transferred
from antrean.domain.decision import Decision, counter_of, ticket_of
from antrean.domain.errors import Code, InvalidField, Refused
from antrean.domain.events import Event
from antrean.domain.model import Counter, CounterState, Ticket
from antrean.domain.state import QueueState
from antrean.domain.transitions import move

UNDO_MS = 30_000


def _facts(ticket: Ticket, counter: str) -> dict[str, Any]:
    return {
        "ticket": ticket.id,
        "number": ticket.number,
        "service": ticket.service,
        "counter": counter,
    }


def _done(ticket: Ticket, counter: str, *happened: Event, note: str | None = None) -> Decision:
    return Decision(events=happened, ticket=ticket.id, counter=counter, note=note)


def open_(state: QueueState, command: commands.OpenCounter, at: int) -> Decision:
    counter = counter_of(state, command.counter)
    if state.catalogue.counters[counter.id].retired:
        raise Refused(Code.COUNTER_NOT_OPEN, counter=counter.id)
    happened: list[Event] = []
    for other in state.counters.values():
        if (
            other.id != counter.id
            and other.clerk is not None
            and other.clerk.actor == command.clerk.actor
        ):
            if other.ticket is not None:
                raise Refused(Code.COUNTER_BUSY, counter=other.id)
            happened.append(events.CounterClosed(counter=other.id))
    same = counter.clerk is not None and counter.clerk.actor == command.clerk.actor
    if not (counter.state is CounterState.OPEN and same):
        happened.append(
            events.CounterOpened(
                counter=counter.id,
                actor=command.clerk.actor,
                user=command.clerk.user,
                name=command.clerk.name,
            )
        )
    return Decision(events=tuple(happened), counter=counter.id, ticket=counter.ticket)


def pause(state: QueueState, command: commands.PauseCounter, at: int) -> Decision:
    counter = counter_of(state, command.counter)
    if counter.state is CounterState.CLOSED:
        raise Refused(Code.COUNTER_NOT_OPEN, counter=counter.id)
    if command.until is not None and command.until <= at:
        raise InvalidField("until", "in_the_past")
    if counter.state is CounterState.PAUSED and (
        (counter.note, counter.until) == (command.note, command.until)
    ):
        return Decision(counter=counter.id, ticket=counter.ticket)
    event = events.CounterPaused(counter=counter.id, note=command.note, until=command.until)
    return Decision(events=(event,), counter=counter.id, ticket=counter.ticket)


def close(state: QueueState, command: commands.CloseCounter, at: int) -> Decision:
    counter = counter_of(state, command.counter)
    if counter.ticket is not None:
        raise Refused(Code.COUNTER_BUSY, counter=counter.id)
    if counter.state is CounterState.CLOSED:
        return Decision(counter=counter.id)
    return Decision(events=(events.CounterClosed(counter=counter.id),), counter=counter.id)


def _ready(state: QueueState, counter_id: str) -> Counter:
    """The counter, open and without a ticket, or the refusal."""
    counter = counter_of(state, counter_id)
    if counter.state is not CounterState.OPEN:
        raise Refused(Code.COUNTER_NOT_OPEN, counter=counter_id)
    if counter.ticket is not None:
        raise Refused(Code.COUNTER_BUSY, counter=counter_id)
    return counter


def call_next(state: QueueState, command: commands.CallNext, at: int) -> Decision:
    counter = _ready(state, command.counter)
    ticket = ranking.next_ticket(state, counter.id)
    if ticket is None:
        raise Refused(Code.QUEUE_EMPTY, counter=counter.id)
    return _done(ticket, counter.id, events.TicketCalled(**_facts(ticket, counter.id)))


def call(state: QueueState, command: commands.CallTicket, at: int) -> Decision:
    counter = _ready(state, command.counter)
    ticket = ticket_of(state, command.ticket)
    _check_served(state, ticket, counter.id)
    move(ticket.state, "called")
    event = events.TicketCalled(**_facts(ticket, counter.id), chosen=True)
    return _done(ticket, counter.id, event, note=command.reason)


def resume(state: QueueState, command: commands.ResumeTicket, at: int) -> Decision:
    counter = _ready(state, command.counter)
    ticket = ticket_of(state, command.ticket)
    _check_served(state, ticket, counter.id)
    move(ticket.state, "resumed")
    return _done(ticket, counter.id, events.TicketResumed(**_facts(ticket, counter.id)))


def _check_served(state: QueueState, ticket: Ticket, counter: str) -> None:
    if ticket.service not in state.catalogue.counters[counter].services:
        raise Refused(Code.NOT_SERVED_HERE, service=ticket.service, counter=counter)


def _at_counter(state: QueueState, counter_id: str, expected: str | None, event: str) -> Ticket:
    """The counter's ticket, when it is the expected one and the event may happen to it."""
    counter = counter_of(state, counter_id)
    if expected is not None and expected != counter.ticket:
        raise Refused(Code.STALE, counter=counter_id)
    if counter.ticket is None:
        raise Refused(Code.INVALID_STATE, state="none", event=event)
    ticket = state.tickets[counter.ticket]
    move(ticket.state, event)
    return ticket


def recall(state: QueueState, command: commands.Recall, at: int) -> Decision:
    ticket = _at_counter(state, command.counter, command.ticket, "recalled")
    event = events.TicketRecalled(**_facts(ticket, command.counter))
    return _done(ticket, command.counter, event)


def start(state: QueueState, command: commands.Start, at: int) -> Decision:
    ticket = _at_counter(state, command.counter, command.ticket, "started")
    event = events.TicketStarted(**_facts(ticket, command.counter))
    return _done(ticket, command.counter, event)


def complete(state: QueueState, command: commands.Complete, at: int) -> Decision:
    ticket = _at_counter(state, command.counter, command.ticket, "completed")
    left = ticket.legs_left
    event = events.TicketCompleted(
        **_facts(ticket, command.counter), next=left[0] if left else None
    )
    return _done(ticket, command.counter, event, note=command.outcome)


def no_show(state: QueueState, command: commands.MarkNoShow, at: int) -> Decision:
    ticket = _at_counter(state, command.counter, command.ticket, "no_show")
    event = events.TicketNoShow(**_facts(ticket, command.counter))
    return _done(ticket, command.counter, event, note=command.reason)


def hold(state: QueueState, command: commands.Hold, at: int) -> Decision:
    ticket = _at_counter(state, command.counter, command.ticket, "held")
    event = events.TicketHeld(**_facts(ticket, command.counter))
    return _done(ticket, command.counter, event, note=command.reason)


def transfer(state: QueueState, command: commands.Transfer, at: int) -> Decision:
    ticket = _at_counter(state, command.counter, command.ticket, "transferred")
    event = transferred(state, ticket, command)
    return _done(ticket, command.counter, event, note=command.note)


def undo(state: QueueState, command: commands.Undo, at: int) -> Decision:
    counter = counter_of(state, command.counter)
    last = state.undoable.get(counter.id)
    if (
        last is None
        or at - last.at > UNDO_MS
        or (command.seq is not None and command.seq != last.seq)
    ):
        raise Refused(Code.NOTHING_TO_UNDO, counter=counter.id)
    ticket = state.tickets[last.before.id]
    event = events.TicketUndone(**_facts(ticket, counter.id), undid=last.seq)
    return _done(ticket, counter.id, event)
