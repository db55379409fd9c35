"""The whole state of a topic, rendered anew from a `QueueState`: what a snapshot says."""

from collections.abc import Iterable

from antrean import shapes
from antrean.domain import hall
from antrean.domain.hall_model import Device
from antrean.domain.model import IN_LINE_VIEW, Ticket
from antrean.domain.rebase import shown_counters, shown_services
from antrean.domain.state import QueueState
from antrean.shapes import Json, without_nulls


def zone(state: QueueState, zone_id: str, calls: Json) -> Json:
    """What a hall display shows; `calls` as `Calls.render` gives them."""
    announcing = shapes.zone_announcing(state.announcing.get(zone_id))
    shape: Json = {
        "zone": zone_id,
        "name": state.catalogue.zones[zone_id].name,
        "calls": calls,
        "counters": {
            c.id: without_nulls(shapes.zone_counter(state, c.id))
            for c in shown_counters(state).values()
            if c.zone == zone_id
        },
        "services": {
            s.id: without_nulls(shapes.zone_service(state, s.id))
            for s in shown_services(state).values()
            if s.zone == zone_id
        },
        "announcements": {
            a.id: without_nulls(shapes.zone_announcement(state.catalogue.site, a))
            for a in state.announcements.values()
            if not a.zones or zone_id in a.zones
        },
        "playlist": playlist(state, zone_id),
    }
    if announcing is not None:
        shape["announcing"] = announcing
    if hall.speaker(state, zone_id) is not None:
        shape["speaks"] = True  # the server gives the turns; else each display takes its own
    return shape


def playlist(state: QueueState, zone_id: str) -> list[Json]:
    items: list[Json] = without_nulls(shapes.zone_playlist(state, zone_id))
    return items


def line(state: QueueState, service: str, tickets: Iterable[Ticket]) -> Json:
    """The tickets of one service that are not booked and have not ended."""
    return {
        "service": service,
        "tickets": {
            t.id: shapes.line_ticket(state, t)
            for t in tickets
            if t.service == service and t.state in IN_LINE_VIEW
        },
    }


def counter(state: QueueState, counter_id: str) -> Json:
    """The counter and its ticket, without estimates."""
    shape: Json = without_nulls(shapes.counter(state, counter_id, state.at))
    return shape


def device(state: QueueState, shown: Device) -> Json:
    shape: Json = without_nulls(shapes.device(state, shown))
    return shape


def site_service(state: QueueState, service: str) -> Json:
    shape: Json = without_nulls(shapes.service(state, service, state.at, wait=False))
    return shape


def site(state: QueueState) -> Json:
    """What the supervisor's board shows."""
    return {
        "services": {s: site_service(state, s) for s in shown_services(state)},
        "counters": {c: counter(state, c) for c in shown_counters(state)},
        "devices": {d.id: device(state, d) for d in state.devices.values()},
    }


def services(state: QueueState) -> Json:
    """The public list of services, with estimates."""
    return {
        "services": {
            s: without_nulls(shapes.service(state, s, state.at)) for s in shown_services(state)
        }
    }
