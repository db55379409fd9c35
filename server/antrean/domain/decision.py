"""What a command came to, and the look-ups that all of them share."""

from dataclasses import dataclass

from antrean.domain.commands import Person
from antrean.domain.errors import UnknownReference
from antrean.domain.events import Event
from antrean.domain.hall_model import Device, Media
from antrean.domain.model import Announcement, Counter, Ticket
from antrean.domain.rebase import shown_counters, shown_services
from antrean.domain.state import QueueState


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`events` may be empty: what already is so changes nothing. The ids say what was acted on.

    `person` and `note` are kept beside the journal, `note` with the last event. `withdrawn` and
    `removed` are gone once the events are applied; they are here for the answer.
    """

    events: tuple[Event, ...] = ()
    ticket: str | None = None
    counter: str | None = None
    service: str | None = None
    announcement: str | None = None
    device: str | None = None
    media: str | None = None
    zone: str | None = None
    withdrawn: Announcement | None = None
    removed: Device | Media | None = None
    person: Person | None = None
    note: str | None = None


def ticket_of(state: QueueState, ticket_id: str, field: str = "ticket") -> Ticket:
    ticket = state.tickets.get(ticket_id)
    if ticket is None:
        raise UnknownReference(field, ticket_id)
    return ticket


def counter_of(state: QueueState, counter_id: str, field: str = "counter") -> Counter:
    definition = state.catalogue.counters.get(counter_id)
    if definition is None or (definition.retired and counter_id not in shown_counters(state)):
        raise UnknownReference(field, counter_id)
    return state.counters[counter_id]


def service_exists(state: QueueState, service_id: str, field: str = "service") -> None:
    definition = state.catalogue.services.get(service_id)
    if definition is None or (definition.retired and service_id not in shown_services(state)):
        raise UnknownReference(field, service_id)
