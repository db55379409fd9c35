"""The site: its counters, classes, zones, agencies and announcements."""

from antrean.domain.catalogue import AgencyDef, ClassDef, Site, ZoneDef
from antrean.domain.model import Announcement
from antrean.domain.rebase import shown_counters
from antrean.domain.state import QueueState
from antrean.shapes.tickets import heard, ticket
from antrean.shapes.times import Json, iso, iso_or_null


def counter(state: QueueState, counter_id: str, now: int) -> Json:
    """All members of the contract's counter, its ticket without personal data and with what was
    shown and said of its call."""
    definition, live = state.catalogue.counters[counter_id], state.counters[counter_id]
    seated = state.tickets[live.ticket] if live.ticket else None
    return {
        "id": counter_id,
        "name": definition.name,
        "label": definition.label,
        "zone": definition.zone,
        "services": list(definition.services),
        "state": live.state.value,
        "note": live.note,
        "until": iso_or_null(state.catalogue.site, live.until),
        "clerk": {"user": live.clerk.user, "name": live.clerk.name} if live.clerk else None,
        "ticket": ticket(state, seated, now) | heard(state, seated) if seated else None,
    }


def counters(state: QueueState, now: int) -> list[Json]:
    """Every counter that is shown, in the order of the catalogue."""
    return [counter(state, c, now) for c in shown_counters(state)]


def site(state: QueueState, now: int, version: str) -> Json:
    """The answer of `GET /site`."""
    catalogue = state.catalogue
    return {
        "name": catalogue.site.name,
        "timezone": catalogue.site.timezone,
        "languages": list(catalogue.site.languages),
        "at": iso(catalogue.site, now),
        "date": state.date,
        "classes": [class_(c) for c in catalogue.classes.values()],
        "zones": [zone(z) for z in catalogue.zones.values()],
        "version": version,
    }


def class_(definition: ClassDef) -> Json:
    return {
        "id": definition.id,
        "name": definition.name,
        "credit_minutes": definition.credit_ms // 60_000,
        "reasons": list(definition.reasons),
    }


def zone(definition: ZoneDef) -> Json:
    return {"id": definition.id, "name": definition.name}


def agency(definition: AgencyDef) -> Json:
    return {
        "id": definition.id,
        "name": definition.name,
        "short": definition.short,
        "tile": definition.tile,
    }


def announcement(site: Site, made: Announcement) -> Json:
    """`zones` is null for one that is meant for all of them."""
    return {
        "id": made.id,
        "text": made.text,
        "zones": list(made.zones) or None,
        "until": iso_or_null(site, made.until),
        "speak": made.speak,
        "full_screen": made.full_screen,
    }
