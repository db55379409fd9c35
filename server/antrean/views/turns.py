"""Counters, services, announcements and days: which members of which topics their events change."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from antrean import shapes
from antrean.domain import events
from antrean.domain.events import Entry
from antrean.domain.fold import apply
from antrean.domain.model import CounterState
from antrean.shapes import Json, without_nulls
from antrean.views import hall, states
from antrean.views.patches import diff, nest

if TYPE_CHECKING:
    from antrean.views.views import Views


def _counter(
    views: "Views",
    entry: Entry,
    event: events.CounterOpened | events.CounterPaused | events.CounterClosed,
    patches: dict[str, Json],
) -> None:
    state, counter = views.state, event.counter
    definition = state.catalogue.counters[counter]
    was_open = state.counters[counter].state is CounterState.OPEN
    board = without_nulls(shapes.zone_counter(state, counter))
    whole = states.counter(state, counter)
    apply(state, entry)
    board = diff(board, without_nulls(shapes.zone_counter(state, counter)))
    whole = diff(whole, states.counter(state, counter))
    is_shown = views.shown.shows_counter(counter)
    if whole:
        patches[f"counter:{counter}"] = whole
        if is_shown:
            nest(patches, "site", "counters", counter, whole)
    if board and is_shown:
        nest(patches, f"zone:{definition.zone}", "counters", counter, board)
    is_open = state.counters[counter].state is CounterState.OPEN
    if is_open != was_open:
        for service in definition.services:
            counts = views.counts[service]
            counts.counters_open += 1 if is_open else -1
            if views.shown.shows_service(service):
                nest(
                    patches,
                    *("site", "services", service),
                    *("counters_open", counts.counters_open),
                )
        views.services.touch()
        views.lines_moved(entry.seq, set(definition.services))


def _service(
    views: "Views",
    entry: Entry,
    event: events.ServiceOpened | events.ServicePaused | events.ServiceClosed,
    patches: dict[str, Json],
) -> None:
    state, service = views.state, event.service
    board = without_nulls(shapes.zone_service(state, service))
    whole = states.site_service(state, service)
    apply(state, entry)
    board = diff(board, without_nulls(shapes.zone_service(state, service)))
    whole = diff(whole, states.site_service(state, service))
    if views.shown.shows_service(service):
        if board:
            zone = state.catalogue.services[service].zone
            nest(patches, f"zone:{zone}", "services", service, board)
        if whole:
            nest(patches, "site", "services", service, whole)
    views.services.touch()


def _announcement(
    views: "Views",
    entry: Entry,
    event: events.AnnouncementMade | events.AnnouncementWithdrawn,
    patches: dict[str, Json],
) -> None:
    state = views.state
    gone = state.announcements.get(event.announcement)
    apply(state, entry)
    made = state.announcements.get(event.announcement)
    shape = (
        None
        if made is None
        else without_nulls(shapes.zone_announcement(state.catalogue.site, made))
    )
    for about in (gone, made):
        if about is not None:
            for zone in about.zones or state.catalogue.zones:
                if zone in state.catalogue.zones:
                    nest(patches, f"zone:{zone}", "announcements", about.id, shape)


def _day_closed(views: "Views", entry: Entry, event: Any, patches: dict[str, Json]) -> None:
    apply(views.state, entry)


def _day_started(views: "Views", entry: Entry, event: Any, patches: dict[str, Json]) -> None:
    """Once a day everything is rendered before and after: dates, letters and hours change."""
    before = {name: views.render(name) for name in views.topics}
    apply(views.state, entry)
    views.index()
    for name in views.topics:
        if patch := diff(before[name], views.render(name)):
            patches[name] = patch
    views.services.touch()
    views.lines_moved(entry.seq, set(views.state.catalogue.services))


TURNS: dict[type, Callable[["Views", Entry, Any, dict[str, Json]], None]] = {
    events.CounterOpened: _counter,
    events.CounterPaused: _counter,
    events.CounterClosed: _counter,
    events.ServiceOpened: _service,
    events.ServicePaused: _service,
    events.ServiceClosed: _service,
    events.AnnouncementMade: _announcement,
    events.AnnouncementWithdrawn: _announcement,
    events.DayClosed: _day_closed,
    events.DayStarted: _day_started,
    **hall.TURNS,
}
"""Whoever follows an event that is not a ticket's; each applies it to the state, too."""
