"""A ticket, as everyone, its line and its holder are told of it."""

from antrean.domain import estimate, hall, ranking
from antrean.domain.catalogue import Site
from antrean.domain.estimate import Wait
from antrean.domain.model import AT_COUNTER, Ticket, TicketState
from antrean.domain.state import QueueState
from antrean.shapes.times import Json, iso, iso_or_null


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


def heard(state: QueueState, ticket: Ticket) -> Json:
    """What was shown and said of the present call of a ticket that is at a counter.

    `shown_at`, `spoken_at`: when the first of its zones did. `unspoken`: why none of them could
    say it, once all have given up.
    """
    shown = spoken = None
    codes: list[str | None] = []
    if ticket.call is not None and ticket.state in AT_COUNTER:
        for zone in hall.zones_of(state.catalogue, ticket.call):
            hearing = hall.hearing_of(state, ticket, zone)
            codes.append(None if hearing is None else hearing.code)
            if hearing is not None:
                shown = _earlier(shown, hearing.shown_at)
                spoken = _earlier(spoken, hearing.spoken_at)
    site = state.catalogue.site
    return {
        "shown_at": iso_or_null(site, shown),
        "spoken_at": iso_or_null(site, spoken),
        "unspoken": codes[0] if codes and all(codes) and spoken is None else None,
    }


def _earlier(one: int | None, other: int | None) -> int | None:
    return other if one is None or (other is not None and other < one) else one


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
