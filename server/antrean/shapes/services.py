"""A service with its line, its note and its wait."""

from collections.abc import Mapping

from antrean.domain import calendar, estimate
from antrean.domain.estimate import Outlook
from antrean.domain.rebase import shown_services
from antrean.domain.state import QueueState
from antrean.shapes.times import Json, iso_or_null


def service(state: QueueState, service_id: str, now: int, *, wait: bool = True) -> Json:
    """All members of the contract's service and, beyond it, `service_minutes` and
    `target_wait_minutes`; without `wait` for topics that carry no estimates."""
    definition, live = state.catalogue.services[service_id], state.services[service_id]
    shape = {
        "id": service_id,
        "agency": definition.agency,
        "name": definition.name,
        "prefix": state.prefix(state.date, service_id),
        "tile": definition.tile,
        "zone": definition.zone,
        "status": state.status(service_id).value,
        "note": service_note(state, service_id),
        "waiting": len(state.lines[service_id].waiting),
        "serving": estimate.serving(state, service_id),
        "counters_open": state.open_counters(service_id),
        "channels": list(definition.channels),
        "bookable": definition.bookable,
        "hours_today": calendar.hours_of(definition, state.date),
        # what turns next is the beginning, for one who is outside the hours
        "opens_at": None if live.in_hours else iso_or_null(state.catalogue.site, live.next_change),
        # for the staff's screens: what the catalogue expects and aims at
        "service_minutes": definition.service_ms // 60_000,
        "target_wait_minutes": definition.target_wait_ms // 60_000,
    }
    if wait:
        shape["wait"] = service_wait(state, service_id)
    return shape


def service_note(state: QueueState, service_id: str) -> Mapping[str, str] | None:
    """The reason given by hand while that lasts, else the catalogue's."""
    definition, live = state.catalogue.services[service_id], state.services[service_id]
    by_hand = live.note if definition.operating and live.manual is not None else None
    return by_hand if by_hand is not None else definition.note


def service_wait(state: QueueState, service_id: str) -> Json | None:
    """Seconds that one who takes a number now may wait; None where nothing can be said."""
    outlook = estimate.outlook(state, service_id)
    return wait_seconds(outlook, len(state.lines[service_id].arrived))


def wait_seconds(outlook: Outlook | None, ahead: int) -> Json | None:
    if outlook is None:
        return None
    wait = outlook.wait(ahead)
    return {"p10": wait.p10 // 1000, "p50": wait.p50 // 1000, "p90": wait.p90 // 1000}


def services(state: QueueState, now: int) -> list[Json]:
    """Every service that is shown, in the order of the catalogue."""
    return [service(state, s, now) for s in shown_services(state)]
