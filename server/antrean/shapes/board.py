"""The parts of a zone's board, which anyone may see."""

from itertools import islice

from antrean.domain.catalogue import Site
from antrean.domain.hall_model import Announcing, Media, ZoneSettings
from antrean.domain.model import Announcement, Call, Ticket, TicketState
from antrean.domain.state import QueueState
from antrean.shapes.services import service_note
from antrean.shapes.times import Json, iso, iso_or_null

NEXT = 3  # of those that wait, whose numbers a board shows


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
        "to": zone_to(state, ticket, call),
    }


def zone_to(state: QueueState, ticket: Ticket, call: Call) -> Json | None:
    """Where one who was called goes now: waiting in another line, or for another counter, after a
    transfer or for the next leg. None for everyone else."""
    if ticket.state is not TicketState.WAITING:
        return None
    counter = ticket.for_counter
    if ticket.service == call.service and counter in (None, call.counter):
        return None  # back in its own line
    catalogue = state.catalogue
    definition = catalogue.services[ticket.service]
    zone = definition.zone if counter is None else catalogue.counters[counter].zone
    # A board knows its own zone alone, and whoever looks at it may have to walk to another one.
    to: Json = {
        "service": ticket.service,
        "service_name": definition.name,
        "agency_short": catalogue.agencies[definition.agency].short,
        "zone": zone,
        "zone_name": catalogue.zones[zone].name,
    }
    if counter is not None:
        to["counter_label"] = catalogue.counters[counter].label
    return to


def zone_announcing(announcing: Announcing | None) -> Json | None:
    """The call that a zone announces now."""
    if announcing is None:
        return None
    return {
        "number": announcing.number,
        "counter": announcing.counter,
        "seq": announcing.call,
    }


def zone_counter(state: QueueState, counter_id: str) -> Json:
    definition, live = state.catalogue.counters[counter_id], state.counters[counter_id]
    return {
        "name": definition.name,
        "label": definition.label,
        "state": live.state.value,
        "note": live.note,
        "until": iso_or_null(state.catalogue.site, live.until),
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
        "next": zone_next(state, service_id),
    }


def zone_next(state: QueueState, service_id: str) -> list[str]:
    """The numbers of the first in a line."""
    tickets = state.tickets
    return [tickets[t].number for _, t in islice(state.lines[service_id].waiting, NEXT)]


def zone_announcement(site: Site, made: Announcement) -> Json:
    return {
        "text": made.text,
        "until": iso_or_null(site, made.until),
        "full_screen": True if made.full_screen else None,
    }


def zone_playlist(state: QueueState, zone_id: str) -> list[Json]:
    """What a zone plays, in order; `start` and `end` (times of the day) null for: always."""
    played = []
    for item in state.zones.get(zone_id, ZoneSettings()).playlist:
        kept = state.media.get(item.media)
        if kept is not None:
            played.append(
                {
                    "media": item.media,
                    "type": kept.type,
                    "url": media_url(kept),
                    "seconds": item.seconds,
                    "start": item.start,
                    "end": item.end,
                }
            )
    return played


def media_url(kept: Media) -> str:
    """A path of this server that anyone may fetch."""
    subtype = kept.type.partition("/")[2]
    return f"/media/{kept.id}.{'jpg' if subtype == 'jpeg' else subtype}"
