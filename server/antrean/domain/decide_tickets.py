"""Taking, booking, checking in, cancelling, deferring, requeueing and transferring of tickets."""

from dataclasses import dataclass

from antrean.domain import calendar, commands, events, ranking
from antrean.domain.catalogue import REGULAR, ServiceDef
from antrean.domain.decision import Decision, counter_of, service_exists, ticket_of
from antrean.domain.errors import Code, InvalidField, Refused
from antrean.domain.model import AT_COUNTER, ServiceStatus, Slot, Ticket, TicketState
from antrean.domain.state import QueueState
from antrean.domain.transitions import move

ONLINE = "online"


@dataclass(frozen=True, slots=True)
class _Wish:
    """What taking a number and booking one have in common, checked."""

    service: ServiceDef
    journey: tuple[str, ...]
    visit: str


def issue(state: QueueState, command: commands.IssueTicket, at: int) -> Decision:
    wish = _wish(state, command, state.date)
    _check_status(state, wish.service)
    _check_channel(wish.service, command.channel)
    _check_quota(state, wish.service, state.date, command.channel)
    event = events.TicketIssued(
        ticket=command.ticket,
        number=state.next_number(state.date, wish.service.id),
        service=wish.service.id,
        date=state.date,
        channel=command.channel,
        class_id=command.class_id,
        arrived=command.channel != ONLINE,
        journey=wish.journey,
        visit=wish.visit,
        effective_at=at - ranking.credit_ms(state, command.class_id),
    )
    return Decision(events=(event,), ticket=command.ticket, person=command.person)


def book(state: QueueState, command: commands.BookTicket, at: int) -> Decision:
    service_exists(state, command.service)
    definition = state.catalogue.services[command.service]
    slot = _slot(state, definition, command.start, at)
    date = calendar.business_date(state.catalogue.site, slot.start)
    wish = _wish(state, command, date)
    if not definition.operating:
        raise Refused(Code.NOT_OPERATING, service=definition.id)
    manual = state.services[definition.id].manual
    if date == state.date and manual is not None:
        _refuse_status(manual, definition)
    _check_channel(definition, command.channel)
    _check_quota(state, definition, date, command.channel)
    if state.slots.get((definition.id, slot.start), 0) >= definition.slot_capacity:
        raise Refused(Code.SLOT_FULL, service=definition.id)
    event = events.TicketBooked(
        ticket=command.ticket,
        number=state.next_number(date, definition.id),
        service=definition.id,
        date=date,
        slot=slot,
        channel=command.channel,
        class_id=command.class_id,
        journey=wish.journey,
        visit=wish.visit,
    )
    return Decision(events=(event,), ticket=command.ticket, person=command.person)


def _wish(
    state: QueueState, command: commands.IssueTicket | commands.BookTicket, date: str
) -> _Wish:
    service_exists(state, command.service)
    service = state.catalogue.services[command.service]
    _check_class(state, command)
    journey = service.journey if command.journey is None else command.journey
    if command.journey is not None:
        for leg in command.journey:
            service_exists(state, leg, "journey")
    visit = command.ticket
    if command.visit is not None:
        earlier = state.tickets.get(command.visit)
        if earlier is None or earlier.date != date:
            raise InvalidField("visit", "unknown_visit")
        visit = earlier.visit
    return _Wish(service, journey, visit)


def _check_class(state: QueueState, command: commands.IssueTicket | commands.BookTicket) -> None:
    reason = command.person.reason
    reasons: tuple[str, ...] = ()
    if command.class_id != REGULAR:
        known = state.catalogue.classes.get(command.class_id)
        if known is None:
            raise InvalidField("class", "unknown_class", value=command.class_id)
        reasons = known.reasons
    if reason is not None and reason not in reasons:
        raise InvalidField("reason", "not_of_class", value=reason)


def _slot(state: QueueState, service: ServiceDef, start: int, at: int) -> Slot:
    slot = calendar.slot_at(state.catalogue, service, start)
    if slot is None:
        raise InvalidField("start", "no_such_slot")
    if slot.end <= at:
        raise InvalidField("start", "slot_is_over")
    date = calendar.business_date(state.catalogue.site, slot.start)
    if date > calendar.next_date(state.date, service.booking_days):
        raise InvalidField("start", "too_far_ahead", days=service.booking_days)
    return slot


def _check_status(state: QueueState, service: ServiceDef) -> None:
    status = state.status(service.id)
    if status is not ServiceStatus.OPEN:
        _refuse_status(status, service)


def _refuse_status(status: ServiceStatus, service: ServiceDef) -> None:
    code = {
        ServiceStatus.NOT_OPERATING: Code.NOT_OPERATING,
        ServiceStatus.PAUSED: Code.SERVICE_PAUSED,
        ServiceStatus.CLOSED: Code.SERVICE_CLOSED,
    }[status]
    raise Refused(code, service=service.id)


def _check_channel(service: ServiceDef, channel: str) -> None:
    if channel not in service.channels:
        raise Refused(Code.CHANNEL_CLOSED, service=service.id, channel=channel)


def _check_quota(state: QueueState, service: ServiceDef, date: str, channel: str) -> None:
    online = state.taken.get((date, service.id, ONLINE), 0)
    total = online + sum(state.taken.get((date, service.id, c), 0) for c in ("kiosk", "desk"))
    if service.daily_quota and total >= service.daily_quota:
        raise Refused(Code.QUOTA_EXHAUSTED, service=service.id)
    if channel == ONLINE and service.online_quota and online >= service.online_quota:
        raise Refused(Code.QUOTA_EXHAUSTED, service=service.id)


def check_in(state: QueueState, command: commands.CheckIn, at: int) -> Decision:
    ticket_id = command.ticket
    if command.number is not None:
        ticket_id = state.ids.get((state.date, command.number))
        if ticket_id is None:
            raise InvalidField("number", "unknown_number", value=command.number)
    ticket = ticket_of(state, ticket_id or "", "token")
    if ticket.state is TicketState.EXPIRED:
        raise Refused(Code.EXPIRED)
    if ticket.has_ended:
        raise Refused(Code.INVALID_STATE, state=ticket.state.value, event="checked_in")
    if ticket.arrived:
        return Decision(ticket=ticket.id)
    effective = None
    if ticket.state is TicketState.BOOKED:
        effective = _arrival_of_booking(state, ticket, at)
    event = events.TicketCheckedIn(
        ticket=ticket.id, number=ticket.number, service=ticket.service, effective_at=effective
    )
    return Decision(events=(event,), ticket=ticket.id)


def _arrival_of_booking(state: QueueState, ticket: Ticket, at: int) -> int:
    """The start of the slot, or the check-in when it is later than the grace; less the credit."""
    service = state.catalogue.services[ticket.service]
    start = ticket.slot.start if ticket.slot else at
    if at < start - service.check_in_ms:
        raise Refused(Code.TOO_EARLY, minutes=service.check_in_ms // 60_000)
    arrival = at if at > start + service.grace_ms else start
    return arrival - ranking.credit_ms(state, ticket.class_id)


def cancel(state: QueueState, command: commands.CancelTicket, at: int) -> Decision:
    ticket = ticket_of(state, command.ticket)
    move(ticket.state, "cancelled")
    event = events.TicketCancelled(
        ticket=ticket.id,
        number=ticket.number,
        service=ticket.service,
        counter=ticket.counter if ticket.state in AT_COUNTER else None,
    )
    return Decision(events=(event,), ticket=ticket.id, note=command.reason)


def defer(state: QueueState, command: commands.DeferTicket, at: int) -> Decision:
    ticket = ticket_of(state, command.ticket)
    move(ticket.state, "deferred")
    other = ranking.ticket_behind(state, ticket, command.behind)
    if other is None:
        return Decision(ticket=ticket.id)
    event = events.TicketDeferred(
        ticket=ticket.id,
        number=ticket.number,
        service=ticket.service,
        behind=other.id,
        behind_rank=other.rank,
    )
    return Decision(events=(event,), ticket=ticket.id)


def requeue(state: QueueState, command: commands.RequeueTicket, at: int) -> Decision:
    ticket = ticket_of(state, command.ticket)
    move(ticket.state, "requeued")
    event = events.TicketRequeued(
        ticket=ticket.id, number=ticket.number, service=ticket.service, place=command.place
    )
    return Decision(events=(event,), ticket=ticket.id)


def transfer(state: QueueState, command: commands.TransferTicket, at: int) -> Decision:
    ticket = ticket_of(state, command.ticket)
    if ticket.state in AT_COUNTER:  # its counter alone may move it on
        raise Refused(Code.INVALID_STATE, state=ticket.state.value, event="transferred")
    event = transferred(state, ticket, command)
    return Decision(events=(event,), ticket=ticket.id, note=command.note)


def transferred(
    state: QueueState, ticket: Ticket, command: commands.TransferTicket | commands.Transfer
) -> events.TicketTransferred:
    """The event of a transfer, by staff or from a counter. Raises when it may not go there."""
    move(ticket.state, "transferred")
    service = ticket.service if command.service is None else command.service
    service_exists(state, service)
    if command.to_counter is not None:
        counter_of(state, command.to_counter)
        if service not in state.catalogue.counters[command.to_counter].services:
            raise Refused(Code.NOT_SERVED_HERE, service=service, counter=command.to_counter)
    if not state.catalogue.services[service].operating:
        raise Refused(Code.NOT_OPERATING, service=service)
    return events.TicketTransferred(
        ticket=ticket.id,
        number=ticket.number,
        service=ticket.service,
        counter=ticket.counter if ticket.state in AT_COUNTER else None,
        to_service=service,
        to_counter=command.to_counter,
        place=command.place,
    )
