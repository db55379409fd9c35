"""Personal data of tickets: who may see them, and how they are put beside a ticket.

The only place from which they reach an answer: never a list without a search, a topic, the
journal, a log.
"""

from typing import Any

from antrean import shapes
from antrean.domain.commands import Person
from antrean.domain.state import QueueState
from antrean.store import Note
from antrean.web.endpoint import Ask, Json
from antrean.web.principal import Principal

_NOBODY = Person()


def services_of(state: QueueState, caller: Principal) -> frozenset[str] | None:
    """The services whose people `caller` may see; None: all."""
    if caller.counters is None:
        return None
    counters = state.catalogue.counters
    return frozenset(s for c in caller.counters if c in counters for s in counters[c].services)


def may_see(state: QueueState, caller: Principal, service: str) -> bool:
    only = services_of(state, caller)
    return only is None or service in only


def shown(ask: Ask, ticket: Json, *, until: int | None = None) -> Json:
    """A ticket of the day with its person and notes, as far as the caller may see them.

    `until`: no note after that journal entry, so that an answer that is given again says the same.
    """
    engine = ask.backend.engine
    if not may_see(ask.state, ask.caller, ticket["service"]):
        return beside(ask, ticket, _NOBODY, [])
    notes = engine.notes.get(ticket["id"], [])
    return beside(
        ask,
        ticket,
        engine.people.get(ticket["id"], _NOBODY),
        [n for n in notes if until is None or n.seq <= until],
    )


def beside(ask: Ask, ticket: Json, person: Person, notes: list[Note]) -> Json:
    site = ask.state.catalogue.site
    told: list[dict[str, Any]] = [
        {"seq": n.seq, "at": shapes.iso(site, n.at), "text": n.text} for n in notes
    ]
    return ticket | {
        "name": person.name,
        "phone": person.phone,
        "reason": person.reason,
        "notes": told,
    }
