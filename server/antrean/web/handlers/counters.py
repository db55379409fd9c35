"""What clerks do at counters, and the counters themselves."""

from collections.abc import Callable
from typing import Any

from antrean import shapes
from antrean.domain import commands
from antrean.domain.commands import Command
from antrean.domain.decision import counter_of
from antrean.domain.errors import UnknownReference
from antrean.domain.model import Clerk, Place
from antrean.web import bodies, people
from antrean.web.endpoint import Ask, Handler, Json
from antrean.web.handlers.tickets import check_destination, refuse_old
from antrean.web.lists import page
from antrean.web.problems import Problem
from antrean.web.texts import moment_of, reason_of, words_of


async def counters(ask: Ask) -> Json:
    return page(ask.query, shapes.counters(ask.state, ask.backend.engine.now()))


async def counter(ask: Ask) -> Json:
    """With the person of its ticket: it is what stands on the clerk's screen."""
    counter_of(ask.state, ask.id)
    shape = shapes.counter(ask.state, ask.id, ask.backend.engine.now())
    if shape["ticket"] is not None:
        shape["ticket"] = people.shown(ask, shape["ticket"])
    return shape


async def do(ask: Ask, command: Command, named: str | None = None) -> Json:
    """A counter's command; the answer tells the person to whoever stands at the counter.

    `named` is a ticket that the body names: one of an earlier day is there, but cannot be moved
    any more.
    """
    only = ask.caller.counters
    if only is not None and ask.id not in only:
        raise Problem("not_your_counter")
    try:
        answer = await ask.backend.engine.submit(command, ask.actor, ask.key)
    except UnknownReference as error:
        if named is not None and error.value == named != ask.id:
            await refuse_old(ask, named)
        raise
    body = answer.body
    ticket = body.get("ticket")
    if ticket is not None:
        body = dict(body, ticket=people.shown(ask, ticket, until=body["seq"]))
        seated = body["counter"]["ticket"]
        if seated is not None and seated["id"] == ticket["id"]:
            body["counter"] = dict(body["counter"], ticket=body["ticket"])
    return body


async def open_(ask: Ask) -> Json:
    caller = ask.caller
    clerk = Clerk(caller.actor, caller.id, caller.name or caller.id)
    return await do(ask, commands.OpenCounter(counter=ask.id, clerk=clerk))


async def pause(ask: Ask) -> Json:
    body: bodies.CounterPause = ask.body
    note = reason_of(ask.state.catalogue.site, body.reason)
    until = moment_of("until", body.until)
    return await do(ask, commands.PauseCounter(counter=ask.id, note=note, until=until))


async def close(ask: Ask) -> Json:
    return await do(ask, commands.CloseCounter(counter=ask.id))


async def call_next(ask: Ask) -> Json:
    return await do(ask, commands.CallNext(counter=ask.id))


async def call(ask: Ask) -> Json:
    ticket, reason = ask.body.ticket, words_of(ask.body.reason)
    command = commands.CallTicket(counter=ask.id, ticket=ticket, reason=reason)
    return await do(ask, command, ticket)


async def resume(ask: Ask) -> Json:
    ticket = ask.body.ticket
    return await do(ask, commands.ResumeTicket(counter=ask.id, ticket=ticket), ticket)


async def transfer(ask: Ask) -> Json:
    body: bodies.CounterTransfer = ask.body
    check_destination(body)
    command = commands.Transfer(
        counter=ask.id,
        ticket=body.ticket,
        service=body.service,
        to_counter=body.counter,
        place=Place(body.place),
        note=words_of(body.note),
    )
    return await do(ask, command)


async def complete(ask: Ask) -> Json:
    body: bodies.Completion = ask.body
    outcome = words_of(body.outcome)
    return await do(ask, commands.Complete(counter=ask.id, ticket=body.ticket, outcome=outcome))


async def undo(ask: Ask) -> Json:
    return await do(ask, commands.Undo(counter=ask.id, seq=ask.body.seq))


def _plain(make: Callable[..., Command]) -> Handler:
    async def handler(ask: Ask) -> Json:
        return await do(ask, make(counter=ask.id, ticket=ask.body.ticket))

    return handler


def _with_reason(make: Callable[..., Command]) -> Handler:
    async def handler(ask: Ask) -> Json:
        body: Any = ask.body
        reason = words_of(body.reason)
        return await do(ask, make(counter=ask.id, ticket=body.ticket, reason=reason))

    return handler


recall = _plain(commands.Recall)
start = _plain(commands.Start)
no_show = _with_reason(commands.MarkNoShow)
hold = _with_reason(commands.Hold)
