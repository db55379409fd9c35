"""What supervisors do: services opened, paused and closed by hand; announcements."""

from antrean.domain import commands
from antrean.domain.commands import Command
from antrean.web import bodies
from antrean.web.endpoint import Ask, Json
from antrean.web.texts import announcement_of, moment_of, new_id, reason_of


async def _do(ask: Ask, command: Command) -> Json:
    return (await ask.backend.engine.submit(command, ask.actor, ask.key)).body


async def open_service(ask: Ask) -> Json:
    reason_of(ask.state.catalogue.site, ask.body.reason)
    return await _do(ask, commands.OpenService(service=ask.id))


async def pause_service(ask: Ask) -> Json:
    note = reason_of(ask.state.catalogue.site, ask.body.reason)
    return await _do(ask, commands.PauseService(service=ask.id, note=note))


async def close_service(ask: Ask) -> Json:
    note = reason_of(ask.state.catalogue.site, ask.body.reason)
    return await _do(ask, commands.CloseService(service=ask.id, note=note))


async def announce(ask: Ask) -> Json:
    body: bodies.NewAnnouncement = ask.body
    text = announcement_of(ask.state.catalogue.site, body.text)
    command = commands.MakeAnnouncement(
        announcement=new_id(),
        text=text,
        zones=tuple(body.zones or ()),
        until=moment_of("until", body.until),
        speak=body.speak,
        full_screen=body.full_screen,
    )
    return await _do(ask, command)


async def withdraw(ask: Ask) -> Json:
    return await _do(ask, commands.WithdrawAnnouncement(announcement=ask.id))
