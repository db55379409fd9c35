"""What holds in every state, whatever happened (docs/architecture.md). For tests and `antrean
verify`.
"""

from collections.abc import Iterator

from antrean.domain.model import AT_COUNTER, TicketState
from antrean.domain.state import QueueState


def broken(state: QueueState) -> Iterator[str]:
    """Every invariant that does not hold, as a sentence; nothing when all is well."""
    yield from _counters(state)
    yield from _lines(state)
    yield from _counts(state)
    yield from _hall(state)


def _counters(state: QueueState) -> Iterator[str]:
    seated: dict[str, str] = {}
    for ticket in state.tickets.values():
        if ticket.state in AT_COUNTER:
            if ticket.counter is None or state.counters[ticket.counter].ticket != ticket.id:
                yield f"{ticket.number} is {ticket.state} at no counter"
            elif ticket.counter in seated:
                yield f"{ticket.counter} has {ticket.number} and {seated[ticket.counter]}"
            else:
                seated[ticket.counter] = ticket.number
    for counter in state.counters.values():
        if counter.ticket is not None and counter.id not in seated:
            yield f"{counter.id} has a ticket that is not called or serving"


def _lines(state: QueueState) -> Iterator[str]:
    waiting = {t.id: t for t in state.tickets.values() if t.state is TicketState.WAITING}
    found: set[str] = set()
    for service, line in state.lines.items():
        ranks = [rank for rank, _ in line.waiting]
        if len(set(ranks)) != len(ranks):
            yield f"two tickets in the line of {service} have one rank"
        for rank, ticket_id in line.waiting:
            ticket = waiting.get(ticket_id)
            if ticket is None or ticket.service != service or ticket.rank != rank:
                yield f"{ticket_id} stands wrongly in the line of {service}"
            if ticket_id in found:
                yield f"{ticket_id} stands in two lines"
            found.add(ticket_id)
        arrived = [t for _, t in line.waiting if t in waiting and waiting[t].arrived]
        if arrived != [t for _, t in line.arrived]:
            yield f"the arrived of {service} are not those of its line"
    for ticket_id in waiting.keys() - found:
        yield f"{waiting[ticket_id].number} waits in no line"


def _counts(state: QueueState) -> Iterator[str]:
    """Conservation: every number given is in a state, and quotas and slots count what is there."""
    slots: dict[tuple[str, int], int] = {}
    taken: dict[tuple[str, str, str], int] = {}
    given: dict[tuple[str, str], int] = {}
    for ticket in state.tickets.values():
        prefix = ticket.number.rpartition("-")[0]
        given[ticket.date, prefix] = given.get((ticket.date, prefix), 0) + 1
        if ticket.state is not TicketState.CANCELLED:
            first = (ticket.date, ticket.first_service, ticket.channel)
            taken[first] = taken.get(first, 0) + 1
            if ticket.slot is not None:
                slot = (ticket.first_service, ticket.slot.start)
                slots[slot] = slots.get(slot, 0) + 1
    if slots != state.slots:
        yield "places taken in slots are not those of the bookings"
    if taken != state.taken:
        yield "tickets counted for quotas are not those given"
    for date, last in state.numbers.items():
        for prefix, count in last.items():
            if given.get((date, prefix), 0) != count:
                there = given.get((date, prefix))
                yield f"{count} numbers {prefix} of {date} were given, {there} exist"


def _hall(state: QueueState) -> Iterator[str]:
    """What is announced and what was heard is about tickets that there are; no file is missing."""
    if state.calls != {t.call.seq: t.id for t in state.tickets.values() if t.call is not None}:
        yield "the calls that can be found are not those of the tickets"
    for zone, announcing in state.announcing.items():
        if announcing.zone != zone or announcing.ticket not in state.tickets:
            yield f"{zone} announces {announcing.number}, which is no ticket of today"
    for (ticket, zone), hearing in state.hearings.items():
        if ticket not in state.tickets or (hearing.ticket, hearing.zone) != (ticket, zone):
            yield f"something is known of {ticket} in {zone}, which is no ticket of today"
    for device in state.devices.values():
        if device.ready is not None and not (device.online and device.settings.sound):
            yield f"{device.id} may speak, but is away or silent"
    for zone, settings in state.zones.items():
        for item in settings.playlist:
            if item.media not in state.media:
                yield f"{zone} plays {item.media}, which is no file"
