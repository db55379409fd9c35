"""The past and the whole: tickets listed, searched and told in full; the journal itself."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec

from antrean import shapes
from antrean.domain.catalogue import Site
from antrean.domain.commands import Person
from antrean.domain.events import Entry
from antrean.domain.model import Ticket, TicketState
from antrean.store import Note
from antrean.store.reading import TicketQuery
from antrean.web import people
from antrean.web.endpoint import Ask, Json
from antrean.web.handlers.site import date_of
from antrean.web.lists import cursor_of, limit_of, number_of, to_cursor
from antrean.web.problems import Problem, invalid

EVENTS_AT_ONCE = 1000
_MOMENTS = ("until", "effective_at", "start", "end", "at")
_NESTED = ("slot", "media")  # what has moments of its own


async def tickets(ask: Ask) -> Json:
    """One date's tickets in the order in which they were taken."""
    query = ask.query
    date = date_of(query.get("date"), ask.state.date)
    if query.get("state") is not None and query["state"] not in list(TicketState):
        raise invalid("state", "one_of", names=", ".join(TicketState))
    if len(query.get("q", "")) > 100:
        raise invalid("q", "too_long", limit=100)
    # what is of today or to come is read where everything is read, so that it agrees with the rest
    return await (_from_store(ask, date) if date < ask.state.date else _from_state(ask, date))


async def _from_state(ask: Ask, date: str) -> Json:
    query, state, now = ask.query, ask.state, ask.backend.engine.now()
    limit = limit_of(query)
    found = list(islice(_matching(ask, date, cursor_of(query)), limit + 1))
    items = []
    for ticket in found[:limit]:
        shape = shapes.ticket(state, ticket, now)
        items.append(people.shown(ask, shape) if query.get("q") else shape)
    last = found[limit - 1] if len(found) > limit else None
    return {
        "items": items,
        "next": to_cursor(last.id) if last is not None else None,
    }


def _matching(ask: Ask, date: str, cursor: str | None) -> Iterator[Ticket]:
    """The tickets that are asked for, after the place of the cursor. The state keeps their
    order."""
    query = ask.query
    service, state, text = query.get("service"), query.get("state"), query.get("q")
    for ticket in _after(ask, cursor):
        if ticket.date != date or (service is not None and ticket.service != service):
            continue
        if state is not None and ticket.state != state:
            continue
        if text and not _is_meant(ask, ticket, text.casefold()):
            continue
        yield ticket


def _after(ask: Ask, cursor: str | None) -> Iterator[Ticket]:
    tickets = iter(ask.state.tickets.values())
    if cursor is None:
        return tickets
    if cursor not in ask.state.tickets:
        raise invalid("cursor", "invalid")
    for ticket in tickets:
        if ticket.id == cursor:
            break
    return tickets


def _is_meant(ask: Ask, ticket: Ticket, text: str) -> bool:
    if text in ticket.number.casefold():
        return True
    person = ask.backend.engine.people.get(ticket.id)
    if person is None or not people.may_see(ask.state, ask.caller, ticket.service):
        return False
    return any(text in (part or "").casefold() for part in (person.name, person.phone))


async def _from_store(ask: Ask, date: str) -> Json:
    query, state = ask.query, ask.state
    limit, place = limit_of(query), cursor_of(query) or "0"
    if not (place.isascii() and place.isdigit() and len(place) < 18):
        raise invalid("cursor", "invalid")
    asked = TicketQuery(
        date=date,
        service=query.get("service"),
        state=query.get("state"),
        text=query.get("q") or None,
        people_of=people.services_of(state, ask.caller),
        after=int(place),
        limit=limit + 1,
    )
    found = await ask.backend.engine.store.reader.tickets(asked)
    items = []
    for _, ticket, person in found[:limit]:
        shape = shapes.ticket(state, ticket, ask.backend.engine.now())
        if asked.text:
            seen = people.may_see(state, ask.caller, ticket.service)
            notes = (await ask.backend.engine.store.reader.person(ticket.id))[1] if seen else []
            shape = people.beside(ask, shape, person if seen else Person(), notes)
        items.append(shape)
    more = len(found) > limit
    return {"items": items, "next": to_cursor(str(found[limit - 1][0])) if more else None}


async def ticket(ask: Ask) -> Json:
    """One ticket with its person, its notes and its `history`: all its journal entries."""
    state, reader = ask.state, ask.backend.engine.store.reader
    found = state.tickets.get(ask.id) or await reader.ticket(ask.id)
    if found is None:
        raise Problem("not_found")
    shape = shapes.ticket(state, found, ask.backend.engine.now())
    seen = people.may_see(state, ask.caller, found.service)
    person: Person = Person()
    notes: list[Note] = []
    if seen:
        person, notes = await reader.person(ask.id)
        notes = [n for n in notes if n.seq <= state.seq]
    shape = people.beside(ask, shape, person, notes)
    shape["history"] = [
        entry_shape(state.catalogue.site, entry) | {"note": note if seen else None}
        for entry, note in await reader.history(ask.id, state.seq)
    ]
    return shape


async def events(ask: Ask) -> Json:
    after = number_of(ask.query, "after", 0, 0, 2**62)
    limit = limit_of(ask.query, EVENTS_AT_ONCE)
    state = ask.state
    found = await ask.backend.engine.store.reader.events(after, limit, state.seq)
    more = bool(found) and found[-1].seq < state.seq
    return {
        "items": [entry_shape(state.catalogue.site, entry) for entry in found],
        "next": str(found[-1].seq) if more else None,
    }


def entry_shape(site: Site, entry: Entry) -> Json:
    """A journal entry on the wire: its facts without personal data, times as times."""
    return {
        "seq": entry.seq,
        "at": shapes.iso(site, entry.at),
        "actor": entry.actor,
        "type": entry.event.type,
        "data": _facts(site, msgspec.to_builtins(entry.event)),
    }


def _facts(site: Site, facts: dict[str, Any]) -> Json:
    told: Json = {}
    for name, value in facts.items():
        if isinstance(value, dict) and name in _NESTED:
            value = _facts(site, value)
        elif name in _MOMENTS and isinstance(value, int):
            value = shapes.iso(site, value)
        told["class" if name == "class_id" else name] = value
    return told
