"""What happens by itself: hours that turn, announcements that end, the end of the day.

`next_due` says when; `decide_due` says what, with that planned moment as `at`, however late it is
decided. So the journal of a server that was off is the same as if it had run.
"""

from antrean.domain import calendar, decide_hall, events
from antrean.domain.events import Event
from antrean.domain.model import AT_COUNTER, CounterState, ServiceStatus
from antrean.domain.state import QueueState

ACTOR = "calendar"


def next_due(state: QueueState) -> int:
    """The moment of the next timer; there always is one, the end of the business date."""
    due = calendar.day_end(state.catalogue.site, state.date)
    for service in state.services.values():
        if service.next_change is not None and service.next_change < due:
            due = service.next_change
    for announcement in state.announcements.values():
        if announcement.until is not None and announcement.until < due:
            due = announcement.until
    return due


def decide_due(state: QueueState, at: int) -> tuple[Event, ...]:
    """The events of the moment `at` = next_due(state): hours, then announcements, then the day."""
    happened: list[Event] = []
    turned: dict[str, bool] = {}
    for service in state.services.values():
        if service.next_change is not None and service.next_change <= at:
            turned[service.id] = not service.in_hours
            kind = events.ServiceClosed if service.in_hours else events.ServiceOpened
            happened.append(kind(service=service.id, cause="hours"))
    ended = set()
    for announcement in state.announcements.values():
        if announcement.until is not None and announcement.until <= at:
            ended.add(announcement.id)
            happened.append(events.AnnouncementWithdrawn(announcement=announcement.id))
    if at >= calendar.day_end(state.catalogue.site, state.date):
        happened += _end_of_day(state, turned, ended)
    return tuple(happened)


def _end_of_day(state: QueueState, turned: dict[str, bool], ended: set[str]) -> list[Event]:
    happened = decide_hall.broken_off(state)
    happened += [
        events.TicketExpired(
            ticket=ticket.id,
            number=ticket.number,
            service=ticket.service,
            counter=ticket.counter if ticket.state in AT_COUNTER else None,
        )
        for ticket in state.tickets.values()
        if ticket.date <= state.date and not ticket.has_ended
    ]
    happened += [
        events.CounterClosed(counter=counter.id)
        for counter in state.counters.values()
        if counter.state is not CounterState.CLOSED
    ]
    for service in state.services.values():
        if service.manual is not None and state.status(service.id) != ServiceStatus.NOT_OPERATING:
            opens = turned.get(service.id, service.in_hours)
            kind = events.ServiceOpened if opens else events.ServiceClosed
            happened.append(kind(service=service.id, cause="day"))
    happened += [
        events.AnnouncementWithdrawn(announcement=a.id)
        for a in state.announcements.values()
        if a.until is None and a.id not in ended
    ]
    happened.append(events.DayClosed(date=state.date))
    happened.append(events.DayStarted(date=calendar.next_date(state.date)))
    return happened
