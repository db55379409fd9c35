"""What goes over the wire: JSON shapes of the contract, from a `QueueState` to plain dicts.

Pure functions. Times are text with the site's offset (`iso`), durations whole seconds. Members that
are null are written here; topics leave them out (`without_nulls`). Texts by language are shared
with the catalogue, never copied: nobody may change a dict that came from here in depth.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeAlias

from antrean.domain import calendar, estimate, ranking
from antrean.domain.catalogue import AgencyDef, ClassDef, Site, ZoneDef
from antrean.domain.decision import Decision
from antrean.domain.estimate import Outlook, Wait
from antrean.domain.model import Announcement, Call, Ticket, TicketState
from antrean.domain.rebase import shown_counters, shown_services
from antrean.domain.state import QueueState

Json: TypeAlias = dict[str, Any]


# times
@lru_cache(maxsize=4096)
def _minute(timezone: str, minute: int) -> tuple[str, str]:
    """A minute as text in front of its seconds and behind its milliseconds: only that part of a
    time is costly, and most times of a day share their minute with others."""
    wall = datetime.fromtimestamp(minute * 60, calendar.zone(timezone))
    text = wall.isoformat(timespec="seconds")
    return text[:17], text[19:]


def iso(site: Site, at: int) -> str:
    """`2026-11-24T08:15:00.000+07:00`."""
    minute, rest = divmod(at, 60_000)
    before, after = _minute(site.timezone, minute)
    return f"{before}{rest // 1000:02d}.{rest % 1000:03d}{after}"


def _iso_or_null(site: Site, at: int | None) -> str | None:
    return None if at is None else iso(site, at)


def without_nulls(value: Any) -> Any:
    """The same value with every member that is null left out, at any depth."""
    if isinstance(value, dict):
        return {k: without_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [without_nulls(v) for v in value]
    return value


# tickets
def ticket(state: QueueState, ticket: Ticket, now: int) -> Json:
    """All members of the contract's Ticket; `now` is what the estimate counts from."""
    shape = ticket_facts(state, ticket)
    ahead = ahead_of(state, ticket)
    shape["ahead"] = ahead
    shape["position"] = None if ahead is None else ahead + 1
    shape["eta"] = eta(state.catalogue.site, ticket_wait(state, ticket), now)
    return shape


def ticket_facts(state: QueueState, ticket: Ticket) -> Json:
    """The members that do not depend on anyone else in the line."""
    catalogue = state.catalogue
    site = catalogue.site
    service = catalogue.services.get(ticket.service)  # None: of an old day, and since dropped
    slot = ticket.slot
    called, started, ended = ticket.called_at, ticket.started_at, ticket.ended_at
    return {
        "id": ticket.id,
        "number": ticket.number,
        "date": ticket.date,
        "service": ticket.service,
        "agency": service.agency if service else None,
        "zone": service.zone if service else None,
        "channel": ticket.channel,
        "class": ticket.class_id,
        "state": ticket.state.value,
        "arrived": ticket.arrived,
        "counter": ticket.counter,
        "for_counter": ticket.for_counter,
        "slot": {"start": iso(site, slot.start), "end": iso(site, slot.end)} if slot else None,
        "issued_at": iso(site, ticket.issued_at),
        "called_at": None if called is None else iso(site, called),
        "started_at": None if started is None else iso(site, started),
        "ended_at": None if ended is None else iso(site, ended),
        "recalls": ticket.recalls,
        "leg": ticket.leg,
        "journey": list(ticket.journey),
    }


def line_ticket(state: QueueState, ticket: Ticket) -> Json:
    """A ticket as the topic `service:ID` tells it: with its rank, without nulls and estimates."""
    shape = {k: v for k, v in ticket_facts(state, ticket).items() if v is not None}
    shape["rank"] = ticket.rank
    return shape


def my_ticket(state: QueueState, held: Ticket, now: int) -> Json:
    """A ticket as its holder sees it."""
    return ticket(state, held, now) | holder_names(state, held)


def holder_names(state: QueueState, ticket: Ticket) -> Json:
    """What the holder is told by name: service, agency, zone and counter, and the tile."""
    catalogue = state.catalogue
    service = catalogue.services.get(ticket.service)
    counter = catalogue.counters.get(ticket.counter) if ticket.counter is not None else None
    return {
        "service_name": service.name if service else None,
        "agency_name": catalogue.agencies[service.agency].name if service else None,
        "zone_name": catalogue.zones[service.zone].name if service else None,
        "counter_name": counter.name if counter else None,
        "tile": service.tile if service else None,
    }


def ahead_of(state: QueueState, ticket: Ticket) -> int | None:
    """How many stand before it in its line; None unless waiting."""
    position = state.position(ticket)
    return None if position is None else position - 1


def ticket_wait(state: QueueState, ticket: Ticket) -> Wait | None:
    """The estimate of a waiting ticket; None where nothing can be said."""
    if ticket.state is not TicketState.WAITING:
        return None
    outlook = estimate.outlook(state, ticket.service)
    return outlook.wait(ranking.arrived_ahead(state, ticket)) if outlook else None


def eta(site: Site, wait: Wait | None, now: int) -> Json | None:
    """An estimate as times of day."""
    if wait is None:
        return None
    return {
        "p10": iso(site, now + wait.p10),
        "p50": iso(site, now + wait.p50),
        "p90": iso(site, now + wait.p90),
    }


# services
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
        "opens_at": None if live.in_hours else _iso_or_null(state.catalogue.site, live.next_change),
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


# counters
def counter(state: QueueState, counter_id: str, now: int) -> Json:
    """All members of the contract's counter, its ticket without personal data."""
    definition, live = state.catalogue.counters[counter_id], state.counters[counter_id]
    return {
        "id": counter_id,
        "name": definition.name,
        "label": definition.label,
        "zone": definition.zone,
        "services": list(definition.services),
        "state": live.state.value,
        "note": live.note,
        "until": _iso_or_null(state.catalogue.site, live.until),
        "clerk": {"user": live.clerk.user, "name": live.clerk.name} if live.clerk else None,
        "ticket": ticket(state, state.tickets[live.ticket], now) if live.ticket else None,
    }


def counters(state: QueueState, now: int) -> list[Json]:
    """Every counter that is shown, in the order of the catalogue."""
    return [counter(state, c, now) for c in shown_counters(state)]


# the site
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
        "until": _iso_or_null(site, made.until),
        "speak": made.speak,
    }


# the parts of a zone's board
def zone_call(state: QueueState, ticket: Ticket, call: Call) -> Json:
    """A call of a zone's board: service and counter of the call, present state of the ticket."""
    catalogue = state.catalogue
    definition, at = catalogue.services[call.service], catalogue.counters[call.counter]
    return {
        "service": call.service,
        "service_name": definition.name,
        "agency_short": catalogue.agencies[definition.agency].short,
        "tile": definition.tile,
        "counter": call.counter,
        "counter_name": at.name,
        "counter_label": at.label,
        "state": ticket.state.value,
        "seq": call.seq,
        "at": iso(catalogue.site, call.at),
        "recalls": ticket.recalls,
    }


def zone_counter(state: QueueState, counter_id: str) -> Json:
    definition, live = state.catalogue.counters[counter_id], state.counters[counter_id]
    return {
        "name": definition.name,
        "label": definition.label,
        "state": live.state.value,
        "note": live.note,
        "until": _iso_or_null(state.catalogue.site, live.until),
        "number": state.tickets[live.ticket].number if live.ticket else None,
    }


def zone_service(state: QueueState, service_id: str) -> Json:
    definition = state.catalogue.services[service_id]
    return {
        "name": definition.name,
        "agency": definition.agency,
        "agency_name": state.catalogue.agencies[definition.agency].name,
        "prefix": state.prefix(state.date, service_id),
        "tile": definition.tile,
        "status": state.status(service_id).value,
        "note": service_note(state, service_id),
        "waiting": len(state.lines[service_id].waiting),
    }


def zone_announcement(site: Site, made: Announcement) -> Json:
    return {"text": made.text, "until": _iso_or_null(site, made.until)}


# commands
def answer(state: QueueState, decision: Decision, seq: int, at: int) -> Json:
    """The public part of a command's answer: `seq`, and what it acted on, as it is in `state`.

    What is done at a counter always tells `counter` and `ticket`, the latter null if there is none.
    """
    body: Json = {"seq": seq}
    seated: Json | None = None
    if decision.counter is not None:
        body["counter"] = counter(state, decision.counter, at)
        body["ticket"] = seated = body["counter"]["ticket"]
    if decision.ticket is not None and (seated is None or seated["id"] != decision.ticket):
        body["ticket"] = ticket(state, state.tickets[decision.ticket], at)
    if decision.service is not None:
        body["service"] = service(state, decision.service, at)
    if decision.announcement is not None:
        made = decision.withdrawn or state.announcements[decision.announcement]
        body["announcement"] = announcement(state.catalogue.site, made)
    return body
