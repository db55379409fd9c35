"""Taking, booking, checking in; what staff do with a ticket that is at no counter."""

from antrean import shapes
from antrean.domain import commands
from antrean.domain.commands import Command, Person
from antrean.domain.errors import Code, InvalidField, Refused, UnknownReference
from antrean.domain.model import Place, TicketState
from antrean.engine import Answer
from antrean.web import bodies
from antrean.web.endpoint import Ask, Json
from antrean.web.problems import Problem, invalid
from antrean.web.texts import moment_of, new_id, number_of, words_of


async def take(ask: Ask) -> Json:
    body: bodies.NewTicket = ask.body
    command = commands.IssueTicket(
        ticket=new_id(),
        service=body.service,
        channel=channel_of(ask),
        class_id=body.class_,
        person=person_of(body),
        journey=None if body.journey is None else tuple(body.journey),
        visit=visit_of(ask, body.visit),
    )
    return given(ask, await ask.backend.engine.submit(command, ask.actor, ask.key))


async def book(ask: Ask) -> Json:
    body: bodies.NewBooking = ask.body
    command = commands.BookTicket(
        ticket=new_id(),
        service=body.service,
        start=moment_of("start", body.start) or 0,
        channel=channel_of(ask),
        class_id=body.class_,
        person=person_of(body),
        journey=None if body.journey is None else tuple(body.journey),
        visit=visit_of(ask, body.visit),
    )
    return given(ask, await ask.backend.engine.submit(command, ask.actor, ask.key))


def given(ask: Ask, answer: Answer) -> Json:
    """The answer with the holder's token, which no table keeps."""
    body = dict(answer.body)
    body["token"] = ask.backend.credentials.token_of(answer.ticket or "")
    return body


def channel_of(ask: Ask) -> str:
    """By credential: a kiosk, staff at a desk, anyone else is online."""
    role = ask.principal.role if ask.principal else None
    if role == "kiosk":
        return "kiosk"
    return "desk" if ask.principal and ask.principal.is_staff else "online"


def person_of(body: bodies.NewTicket) -> Person:
    return Person(words_of(body.name), words_of(body.phone), words_of(body.reason))


def visit_of(ask: Ask, visit: str | None) -> str | None:
    """The earlier ticket: by its token, for staff by its id too. Raises Problem invalid."""
    if visit is None:
        return None
    ticket = ask.backend.credentials.ticket_of(visit)
    if ticket is None and ask.principal is not None and ask.principal.is_staff:
        ticket = visit
    if ticket is None:
        raise invalid("visit", "unknown_visit")
    return ticket


async def check_in(ask: Ask) -> Json:
    body: bodies.CheckIn = ask.body
    if (body.token is None) == (body.number is None):
        raise invalid("token", "one_of", names="token, number")
    if body.number is not None:
        command = commands.CheckIn(number=number_of(body.number))
        try:
            answer = await ask.backend.engine.submit(command, ask.actor, ask.key)
        except InvalidField:
            raise invalid("number", "unknown_number") from None
        return answer.body
    ticket = ask.backend.credentials.ticket_of((body.token or "").strip())
    if ticket is None:
        raise invalid("token", "not_found")
    return await on_ticket(ask, commands.CheckIn(ticket=ticket), ticket, "token")


async def cancel(ask: Ask) -> Json:
    reason = words_of(ask.body.reason)
    return await on_ticket(ask, commands.CancelTicket(ticket=ask.id, reason=reason), ask.id)


async def requeue(ask: Ask) -> Json:
    place = Place(ask.body.place)
    return await on_ticket(ask, commands.RequeueTicket(ticket=ask.id, place=place), ask.id)


async def transfer(ask: Ask) -> Json:
    body: bodies.TicketTransfer = ask.body
    check_destination(body)
    command = commands.TransferTicket(
        ticket=ask.id,
        service=body.service,
        to_counter=body.counter,
        place=Place(body.place),
        note=words_of(body.note),
    )
    return await on_ticket(ask, command, ask.id)


def check_destination(body: bodies.TicketTransfer) -> None:
    if body.service is None and body.counter is None:
        raise invalid("service", "one_of", names="service, counter")


async def on_ticket(ask: Ask, command: Command, ticket: str, field: str = "ticket") -> Json:
    """Have `command` done to one ticket; one of an earlier day is refused as what it is by now."""
    try:
        return (await ask.backend.engine.submit(command, ask.actor, ask.key)).body
    except UnknownReference as error:
        if error.value == ticket:
            await refuse_old(ask, ticket, checking_in=isinstance(command, commands.CheckIn))
            if field == "token":
                raise invalid("token", "not_found") from None
        raise


async def refuse_old(ask: Ask, ticket: str, *, checking_in: bool = False) -> None:
    """Raise what a ticket of an earlier day is refused with; return when there never was such a
    one."""
    found = await ask.backend.engine.store.reader.ticket(ticket)
    if found is None or ticket in ask.state.tickets:
        return
    if checking_in and found.state not in (TicketState.DONE, TicketState.CANCELLED):
        raise Refused(Code.EXPIRED)
    raise Refused(Code.INVALID_STATE, state=found.state.value)


# the holder
async def my(ask: Ask) -> Json:
    ticket, state = ask.caller.ticket or "", ask.state
    held = state.tickets.get(ticket)
    if held is None:
        held = await ask.backend.engine.store.reader.ticket(ticket)
    if held is None:
        raise Problem("unauthenticated")
    return shapes.my_ticket(state, held, ask.backend.engine.now())


async def my_cancel(ask: Ask) -> Json:
    ticket = ask.caller.ticket or ""
    return await on_ticket(ask, commands.CancelTicket(ticket=ticket), ticket)


async def my_defer(ask: Ask) -> Json:
    ticket = ask.caller.ticket or ""
    return await on_ticket(ask, commands.DeferTicket(ticket=ticket, behind=ask.body.behind), ticket)
