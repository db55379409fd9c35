"""The part of the fold that is not about tickets: counters, services, announcements, days."""

from dataclasses import replace

from antrean.domain import calendar, events, fold_hall
from antrean.domain.model import (
    Announcement,
    Clerk,
    Counter,
    CounterState,
    Service,
    ServiceStatus,
)
from antrean.domain.state import QueueState


# counters
def counter_opened(state: QueueState, entry: events.Entry, event: events.CounterOpened) -> None:
    counter = state.counters[event.counter]
    clerk = Clerk(event.actor, event.user, event.name)
    state.counters[event.counter] = Counter(
        counter.id, CounterState.OPEN, clerk=clerk, ticket=counter.ticket
    )


def counter_paused(state: QueueState, entry: events.Entry, event: events.CounterPaused) -> None:
    counter = state.counters[event.counter]
    state.counters[event.counter] = replace(
        counter, state=CounterState.PAUSED, note=event.note, until=event.until
    )


def counter_closed(state: QueueState, entry: events.Entry, event: events.CounterClosed) -> None:
    state.forget_undo_at(event.counter)
    state.counters[event.counter] = Counter(event.counter)


# services
def service_opened(state: QueueState, entry: events.Entry, event: events.ServiceOpened) -> None:
    _turn(state, entry, event.service, event.cause, in_hours=True)


def service_closed(state: QueueState, entry: events.Entry, event: events.ServiceClosed) -> None:
    if event.cause == "hand":
        closed = replace(
            state.services[event.service], manual=ServiceStatus.CLOSED, note=event.note
        )
        state.services[event.service] = closed
    else:
        _turn(state, entry, event.service, event.cause, in_hours=False)


def _turn(
    state: QueueState, entry: events.Entry, name: str, cause: events.Cause, *, in_hours: bool
) -> None:
    """By its hours, or by the end of what was done by hand."""
    service = state.services[name]
    if cause == "hours":
        site, definition = state.catalogue.site, state.catalogue.services[name]
        change = calendar.next_change(site, definition, entry.at)
        state.services[name] = replace(service, in_hours=in_hours, next_change=change)
    else:
        state.services[name] = replace(service, manual=None, note=None)


def service_paused(state: QueueState, entry: events.Entry, event: events.ServicePaused) -> None:
    service = state.services[event.service]
    state.services[event.service] = replace(service, manual=ServiceStatus.PAUSED, note=event.note)


# announcements and days
def announced(state: QueueState, entry: events.Entry, event: events.AnnouncementMade) -> None:
    state.announcements[event.announcement] = Announcement(
        event.announcement,
        event.text,
        event.zones,
        event.until,
        event.speak,
        event.full_screen,
    )


def withdrawn(state: QueueState, entry: events.Entry, event: events.AnnouncementWithdrawn) -> None:
    del state.announcements[event.announcement]


def day_closed(state: QueueState, entry: events.Entry, event: events.DayClosed) -> None:
    """Nothing of its own: what ends with the day has events of its own before this one."""


def day_started(state: QueueState, entry: events.Entry, event: events.DayStarted) -> None:
    for counter in tuple(state.undoable):
        state.forget_undo_at(counter)
    for ticket in [t for t in state.tickets.values() if t.date < event.date]:
        state.drop(ticket)
    fold_hall.forget_ended(state)
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
