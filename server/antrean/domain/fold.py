"""apply: the only function that moves a QueueState on. Decides nothing, accepts every decided
event.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from antrean.domain import calendar, events, ranking
from antrean.domain.model import (
    Announcement,
    Call,
    Clerk,
    Counter,
    CounterState,
    Pace,
    Place,
    Service,
    ServiceStatus,
    Ticket,
    TicketState,
    Undoable,
)
from antrean.domain.state import QueueState
from antrean.domain.transitions import TABLE


def apply(state: QueueState, entry: events.Entry) -> None:
    """Fold one journal entry into `state`, in place."""
    if entry.seq != state.seq + 1:
        raise ValueError(f"journal entry {entry.seq} does not follow {state.seq}")
    _APPLY[type(entry.event)](state, entry, entry.event)
    state.seq = entry.seq
    state.at = entry.at


# tickets
def _new(
    state: QueueState, entry: events.Entry, event: events.TicketBooked | events.TicketIssued
) -> None:
    booked = isinstance(event, events.TicketBooked)
    ticket = Ticket(
        id=event.ticket,
        number=event.number,
        date=event.date,
        service=event.service,
        first_service=event.service,
        channel=event.channel,
        class_id=event.class_id,
        state=TicketState.BOOKED if booked else TicketState.WAITING,
        arrived=not booked and event.arrived,
        visit=event.visit,
        journey=event.journey,
        leg=0,
        rank="" if booked else ranking.by_arrival(event.effective_at, entry.seq),
        counter=None,
        for_counter=None,
        slot=event.slot if booked else None,
        issued_at=entry.at,
        joined_at=None if booked else entry.at,
        called_at=None,
        started_at=None,
        ended_at=None,
        recalls=0,
        call=None,
        touched=entry.seq,
    )
    prefix, _, count = event.number.rpartition("-")
    if event.date not in state.prefixes:
        state.prefixes[event.date] = {s.id: s.prefix for s in state.catalogue.services.values()}
    state.numbers.setdefault(event.date, {})[prefix] = int(count)
    state.put(ticket)


def _checked_in(state: QueueState, entry: events.Entry, event: events.TicketCheckedIn) -> None:
    ticket = state.tickets[event.ticket]
    changes: dict[str, Any] = {"arrived": True}
    if event.effective_at is not None:
        changes |= {
            "state": TicketState.WAITING,
            "rank": ranking.by_arrival(event.effective_at, entry.seq),
            "joined_at": entry.at,
        }
    _set(state, entry, ticket, **changes)


def _called(state: QueueState, entry: events.Entry, event: events.TicketCalled) -> None:
    ticket = state.tickets[event.ticket]
    _seat(state, entry, event.counter, ticket)
    _set(
        state,
        entry,
        ticket,
        state=TicketState.CALLED,
        arrived=True,
        counter=event.counter,
        called_at=entry.at,
        started_at=None,
        recalls=0,
        call=Call(entry.seq, entry.at, ticket.service, event.counter),
    )
    _may_undo(state, entry, event.counter, ticket)


def _recalled(state: QueueState, entry: events.Entry, event: events.TicketRecalled) -> None:
    ticket = state.tickets[event.ticket]
    call = Call(entry.seq, entry.at, ticket.service, event.counter)
    changed = replace(ticket, recalls=ticket.recalls + 1, call=call, touched=entry.seq)
    state.put(changed)  # a recall leaves what may be undone


def _started(state: QueueState, entry: events.Entry, event: events.TicketStarted) -> None:
    ticket = state.tickets[event.ticket]
    _set(state, entry, ticket, state=TicketState.SERVING, started_at=entry.at)
    _may_undo(state, entry, event.counter, ticket)


def _completed(state: QueueState, entry: events.Entry, event: events.TicketCompleted) -> None:
    ticket = state.tickets[event.ticket]
    took = entry.at - (ticket.called_at or entry.at)
    pace = state.paces.get(ticket.service, Pace())
    state.paces[ticket.service] = Pace(pace.count + 1, pace.total_ms + took)
    _leave(state, event.counter)
    if event.next is None:
        _set(state, entry, ticket, state=TicketState.DONE, ended_at=entry.at)
    else:
        _set(
            state,
            entry,
            ticket,
            **_in_new_line(entry, event.next, None),
            leg=ticket.leg + 1,
        )
    _may_undo(state, entry, event.counter, ticket, took)


def _no_show(state: QueueState, entry: events.Entry, event: events.TicketNoShow) -> None:
    ticket = state.tickets[event.ticket]
    _leave(state, event.counter)
    _set(state, entry, ticket, state=TicketState.NO_SHOW)
    _may_undo(state, entry, event.counter, ticket)


def _held(state: QueueState, entry: events.Entry, event: events.TicketHeld) -> None:
    ticket = state.tickets[event.ticket]
    _leave(state, event.counter)
    _set(state, entry, ticket, state=TicketState.HELD)
    _may_undo(state, entry, event.counter, ticket)


def _resumed(state: QueueState, entry: events.Entry, event: events.TicketResumed) -> None:
    ticket = state.tickets[event.ticket]
    _seat(state, entry, event.counter, ticket)
    started = entry.at if ticket.started_at is None else ticket.started_at
    _set(
        state,
        entry,
        ticket,
        state=TicketState.SERVING,
        counter=event.counter,
        started_at=started,
    )
    _may_undo(state, entry, event.counter, ticket)


def _transferred(state: QueueState, entry: events.Entry, event: events.TicketTransferred) -> None:
    ticket = state.tickets[event.ticket]
    if event.counter is not None:
        _leave(state, event.counter)
    _set(
        state,
        entry,
        ticket,
        **_in_new_line(entry, event.to_service, event.to_counter),
        rank=_placed(entry, event.place, ticket),
    )
    if event.counter is not None:
        _may_undo(state, entry, event.counter, ticket)


def _requeued(state: QueueState, entry: events.Entry, event: events.TicketRequeued) -> None:
    ticket = state.tickets[event.ticket]
    _set(
        state,
        entry,
        ticket,
        state=TicketState.WAITING,
        counter=None,
        joined_at=entry.at,
        rank=_placed(entry, event.place, ticket),
    )


def _deferred(state: QueueState, entry: events.Entry, event: events.TicketDeferred) -> None:
    ticket = state.tickets[event.ticket]
    _set(state, entry, ticket, rank=ranking.behind(event.behind_rank, entry.seq))


def _ended(
    state: QueueState, entry: events.Entry, event: events.TicketCancelled | events.TicketExpired
) -> None:
    ticket = state.tickets[event.ticket]
    if event.counter is not None:
        _leave(state, event.counter)
    after = TABLE[event.type.removeprefix("ticket.")][ticket.state]
    _set(state, entry, ticket, state=after, counter=None, ended_at=entry.at)


def _undone(state: QueueState, entry: events.Entry, event: events.TicketUndone) -> None:
    undoable = state.undoable[event.counter]
    before = undoable.before
    if undoable.took_ms is not None:
        pace = state.paces[before.service]
        state.paces[before.service] = Pace(pace.count - 1, pace.total_ms - undoable.took_ms)
    seated = before.id if before.state in (TicketState.CALLED, TicketState.SERVING) else None
    state.counters[event.counter] = replace(state.counters[event.counter], ticket=seated)
    state.forget_undo_at(event.counter)
    state.put(replace(before, touched=entry.seq))


def _set(state: QueueState, entry: events.Entry, ticket: Ticket, /, **changes: Any) -> None:
    state.forget_undo_of(ticket.id)
    state.put(replace(ticket, touched=entry.seq, **changes))


def _seat(state: QueueState, entry: events.Entry, counter: str, ticket: Ticket) -> None:
    state.forget_undo_at(counter)
    state.counters[counter] = replace(state.counters[counter], ticket=ticket.id)


def _leave(state: QueueState, counter: str) -> None:
    state.counters[counter] = replace(state.counters[counter], ticket=None)


def _may_undo(
    state: QueueState,
    entry: events.Entry,
    counter: str,
    before: Ticket,
    took_ms: int | None = None,
) -> None:
    state.forget_undo_at(counter)
    state.undoable[counter] = Undoable(entry.seq, entry.at, before, took_ms)
    state.undo_of[before.id] = counter


def _in_new_line(entry: events.Entry, service: str, for_counter: str | None) -> dict[str, Any]:
    return {
        "state": TicketState.WAITING,
        "service": service,
        "counter": None,
        "for_counter": for_counter,
        "joined_at": entry.at,
        "called_at": None,
        "started_at": None,
        "recalls": 0,
    }


def _placed(entry: events.Entry, place: Place, ticket: Ticket) -> str:
    if place is Place.FRONT:
        return ranking.front(entry.seq)
    if place is Place.BACK:
        return ranking.by_arrival(entry.at, entry.seq)
    return ticket.rank


# counters
def _counter_opened(state: QueueState, entry: events.Entry, event: events.CounterOpened) -> None:
    counter = state.counters[event.counter]
    clerk = Clerk(event.actor, event.user, event.name)
    state.counters[event.counter] = Counter(
        counter.id, CounterState.OPEN, clerk=clerk, ticket=counter.ticket
    )


def _counter_paused(state: QueueState, entry: events.Entry, event: events.CounterPaused) -> None:
    counter = state.counters[event.counter]
    state.counters[event.counter] = replace(
        counter, state=CounterState.PAUSED, note=event.note, until=event.until
    )


def _counter_closed(state: QueueState, entry: events.Entry, event: events.CounterClosed) -> None:
    state.forget_undo_at(event.counter)
    state.counters[event.counter] = Counter(event.counter)


# services
def _service_turned(
    state: QueueState, entry: events.Entry, event: events.ServiceOpened | events.ServiceClosed
) -> None:
    service = state.services[event.service]
    opened = isinstance(event, events.ServiceOpened)
    if event.cause == "hours":
        site, definition = state.catalogue.site, state.catalogue.services[event.service]
        after = replace(
            service,
            in_hours=opened,
            next_change=calendar.next_change(site, definition, entry.at),
        )
    elif event.cause == "day" or opened:
        after = replace(service, manual=None, note=None)
    else:
        after = replace(service, manual=ServiceStatus.CLOSED, note=event.note)
    state.services[event.service] = after


def _service_paused(state: QueueState, entry: events.Entry, event: events.ServicePaused) -> None:
    service = state.services[event.service]
    state.services[event.service] = replace(service, manual=ServiceStatus.PAUSED, note=event.note)


# announcements and days
def _announced(state: QueueState, entry: events.Entry, event: events.AnnouncementMade) -> None:
    state.announcements[event.announcement] = Announcement(
        event.announcement, event.text, event.zones, event.until, event.speak
    )


def _withdrawn(state: QueueState, entry: events.Entry, event: events.AnnouncementWithdrawn) -> None:
    del state.announcements[event.announcement]


def _day_closed(state: QueueState, entry: events.Entry, event: events.DayClosed) -> None:
    """Nothing of its own: what ends with the day has events of its own before this one."""


def _day_started(state: QueueState, entry: events.Entry, event: events.DayStarted) -> None:
    for counter in tuple(state.undoable):
        state.forget_undo_at(counter)
    for ticket in [t for t in state.tickets.values() if t.date < event.date]:
        state.drop(ticket)
    for dates in (state.numbers, state.prefixes):
        for over in [d for d in dates if d < event.date]:
            del dates[over]
    state.services = {
        s.id: s if s.manual is None else Service(s.id, None, None, s.in_hours, s.next_change)
        for s in state.services.values()
    }
    state.paces = {}
    state.date = event.date
    state.prefixes.setdefault(
        event.date, {s.id: s.prefix for s in state.catalogue.services.values()}
    )


_Handler = Callable[[QueueState, events.Entry, Any], None]
_APPLY: dict[type, _Handler] = {
    events.TicketBooked: _new,
    events.TicketIssued: _new,
    events.TicketCheckedIn: _checked_in,
    events.TicketCalled: _called,
    events.TicketRecalled: _recalled,
    events.TicketStarted: _started,
    events.TicketCompleted: _completed,
    events.TicketNoShow: _no_show,
    events.TicketHeld: _held,
    events.TicketResumed: _resumed,
    events.TicketTransferred: _transferred,
    events.TicketRequeued: _requeued,
    events.TicketDeferred: _deferred,
    events.TicketCancelled: _ended,
    events.TicketExpired: _ended,
    events.TicketUndone: _undone,
    events.CounterOpened: _counter_opened,
    events.CounterPaused: _counter_paused,
    events.CounterClosed: _counter_closed,
    events.ServiceOpened: _service_turned,
    events.ServicePaused: _service_paused,
    events.ServiceClosed: _service_turned,
    events.AnnouncementMade: _announced,
    events.AnnouncementWithdrawn: _withdrawn,
    events.DayClosed: _day_closed,
    events.DayStarted: _day_started,
}
