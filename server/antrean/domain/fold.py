"""apply: the only function that moves a QueueState on. Decides nothing, accepts every decided
event.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from antrean.domain import events, fold_hall, fold_site, ranking
from antrean.domain.model import (
    Call,
    Pace,
    Place,
    Slot,
    Ticket,
    TicketState,
    Undoable,
    altered,
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
def _issued(state: QueueState, entry: events.Entry, event: events.TicketIssued) -> None:
    rank = ranking.by_arrival(event.effective_at, entry.seq)
    _give(state, entry, event, TicketState.WAITING, event.arrived, rank)


def _booked(state: QueueState, entry: events.Entry, event: events.TicketBooked) -> None:
    _give(state, entry, event, TicketState.BOOKED, False, "", event.slot)


def _give(
    state: QueueState,
    entry: events.Entry,
    event: events.TicketBooked | events.TicketIssued,
    begins: TicketState,
    arrived: bool,
    rank: str,
    slot: Slot | None = None,
) -> None:
    prefix, _, count = event.number.rpartition("-")
    if event.date not in state.prefixes:  # from here on no edit of the catalogue changes them
        state.prefixes[event.date] = {s.id: s.prefix for s in state.catalogue.services.values()}
    state.numbers.setdefault(event.date, {})[prefix] = int(count)
    state.put(
        Ticket(
            id=event.ticket,
            number=event.number,
            date=event.date,
            service=event.service,
            first_service=event.service,
            channel=event.channel,
            class_id=event.class_id,
            state=begins,
            arrived=arrived,
            visit=event.visit,
            journey=event.journey,
            leg=0,
            rank=rank,
            counter=None,
            for_counter=None,
            slot=slot,
            issued_at=entry.at,
            joined_at=entry.at if rank else None,
            called_at=None,
            started_at=None,
            ended_at=None,
            recalls=0,
            call=None,
            touched=entry.seq,
        )
    )


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
    changed = altered(ticket, recalls=ticket.recalls + 1, call=call, touched=entry.seq)
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
    state.put(altered(before, touched=entry.seq))


def _set(state: QueueState, entry: events.Entry, ticket: Ticket, /, **changes: Any) -> None:
    state.forget_undo_of(ticket.id)
    state.put(altered(ticket, touched=entry.seq, **changes))


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


_Handler = Callable[[QueueState, events.Entry, Any], None]
_APPLY: dict[type, _Handler] = {
    events.TicketBooked: _booked,
    events.TicketIssued: _issued,
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
    events.CounterOpened: fold_site.counter_opened,
    events.CounterPaused: fold_site.counter_paused,
    events.CounterClosed: fold_site.counter_closed,
    events.ServiceOpened: fold_site.service_opened,
    events.ServicePaused: fold_site.service_paused,
    events.ServiceClosed: fold_site.service_closed,
    events.AnnouncementMade: fold_site.announced,
    events.AnnouncementSpoken: fold_hall.text_spoken,
    events.AnnouncementWithdrawn: fold_site.withdrawn,
    events.DayClosed: fold_site.day_closed,
    events.DayStarted: fold_site.day_started,
    events.CallAnnounced: fold_hall.call_announced,
    events.CallSpoken: fold_hall.call_spoken,
    events.CallUnspoken: fold_hall.call_unspoken,
    events.CallShown: fold_hall.call_shown,
    events.DevicePaired: fold_hall.device_paired,
    events.DeviceChanged: fold_hall.device_changed,
    events.DeviceRemoved: fold_hall.device_removed,
    events.DeviceOnline: fold_hall.device_online,
    events.DeviceOffline: fold_hall.device_offline,
    events.DeviceReported: fold_hall.device_reported,
    events.DeviceFailed: fold_hall.device_failed,
    events.ZoneChanged: fold_hall.zone_changed,
    events.MediaAdded: fold_hall.media_added,
    events.MediaRemoved: fold_hall.media_removed,
}
