"""Displays of the hall: paired, listed, changed, removed, and told to do something."""

from dataclasses import fields, replace
from typing import Any

from msgspec import UNSET

from antrean import shapes
from antrean.domain import commands
from antrean.domain.hall_model import AS_PAIRED, Device, DeviceSettings
from antrean.web import device_bodies, problems
from antrean.web.accounts import Once
from antrean.web.endpoint import Ask, Handler, Json
from antrean.web.lists import page
from antrean.web.problems import Problem
from antrean.web.texts import is_blank, new_id

_AT_FIRST = {f.name: getattr(AS_PAIRED, f.name) for f in fields(DeviceSettings)}


async def pair(ask: Ask) -> Json:
    """Make the display that shows the code a device, and give it its token at its socket.

    A code that is used goes on to the engine all the same when a key came with it: it may be a
    request that was sent again, and the engine has its first answer, or will have.
    """
    body: device_bodies.NewDevice = ask.body
    pairing, caller = ask.backend.pairing, ask.caller.actor
    settings = _settings(ask, body.zone, body.settings, body.name)
    wait = pairing.wait(caller)
    if wait:
        raise problems.rate_limited(wait)
    offer = pairing.take(body.code)
    if offer is not None and offer.device in ask.state.devices:
        pairing.use(offer)  # it was committed when nobody could say so
        offer = None
    if offer is None and not pairing.is_taken(body.code) and not _is_repeated(ask):
        pairing.was_wrong(caller)
        raise Problem("unknown_code")
    command = commands.PairDevice(
        device=offer.device if offer else new_id(),
        code_is_known=offer is not None,
        name=body.name.strip(),
        zone=body.zone,
        layout=body.layout,
        settings=replace(AS_PAIRED, **settings),
    )
    try:
        answer = await ask.backend.engine.submit(command, ask.actor, ask.key)
    except BaseException:
        if offer is not None:
            pairing.give_back(offer)
        raise
    if offer is not None:
        if answer.body["device"]["id"] == offer.device:
            pairing.use(offer)
        else:  # the first answer to a key that came with another display's code
            pairing.give_back(offer)
    return answer.body


def _is_repeated(ask: Ask) -> bool:
    return ask.key is not None and ask.backend.engine.knows(ask.key)


def _settings(
    ask: Ask, zone: str | None, given: device_bodies.DeviceSettings | None, name: str | None
) -> dict[str, Any]:
    """The settings to change, checked with zone and name. Raises Problem invalid."""
    catalogue = ask.state.catalogue
    faults: list[tuple[str, str, dict[str, Any]]] = []
    if name is not None and is_blank(name):
        faults.append(("name", "too_short", {"limit": 1}))
    if zone is not None and zone not in catalogue.zones:
        faults.append(("zone", "not_found", {}))
    if given is not None:
        faults += device_bodies.settings_faults(catalogue, given)
    if faults:
        raise Problem("invalid", errors=faults)
    members = device_bodies.given(given) if given is not None else {}
    return {k: _AT_FIRST[k] if v is None else v for k, v in members.items()}


async def change(ask: Ask) -> Json:
    body: device_bodies.DeviceChange = ask.body
    device_of(ask)
    settings = _settings(ask, body.zone or None, body.settings or None, body.name or None)
    command = commands.ChangeDevice(
        device=ask.id,
        name=None if body.name is UNSET else body.name.strip(),
        zone=None if body.zone is UNSET else body.zone,
        layout=None if body.layout is UNSET else body.layout,
        settings=_AT_FIRST if body.settings is None else settings,
    )
    return _told(ask, (await ask.backend.engine.submit(command, ask.actor, ask.key)).body)


async def remove(ask: Ask) -> Json:
    """Its token is void, and its sockets are closed, before this is answered: the hall hears of
    the event when it is published."""
    command = commands.RemoveDevice(device=ask.id)
    return _told(ask, (await ask.backend.engine.submit(command, ask.actor, ask.key)).body)


def device_of(ask: Ask) -> Device:
    """The device of the path. Raises Problem not_found."""
    device = ask.state.devices.get(ask.id)
    if device is None:
        raise Problem("not_found")
    return device


async def devices(ask: Ask) -> Json:
    """In the order in which they were paired."""
    return page(ask.query, [_shape(ask, d) for d in ask.state.devices.values()])


async def device(ask: Ask) -> Json:
    return _shape(ask, device_of(ask))


def _shape(ask: Ask, device: Device) -> Json:
    return _live(ask, shapes.device(ask.state, device))


def _told(ask: Ask, body: Json) -> Json:
    """The answer of a command with what its socket tells of the display."""
    return {**body, "device": _live(ask, body["device"])}


def _live(ask: Ask, shape: Json) -> Json:
    """Where it is, or was last since the server started; and that it is here now."""
    told = ask.backend.hall.told_by(shape["id"])
    shape = shape | {"address": told.address or None, "clock_offset": told.clock_offset}
    if told.links:
        shape["seen_at"] = shapes.iso(ask.state.catalogue.site, ask.backend.engine.now())
    return shape


def _tell(what: str) -> Handler:
    """Have a display do something now. It is no change, so the key of a request that was done is
    kept like those of accounts."""

    async def handler(ask: Ask) -> Json:
        key = ask.key
        if key is None:
            return _done(ask, what)
        accounts = ask.backend.accounts
        async with accounts.changing:  # else of two at once both would do it
            once = Once(key, {}, ask.state.date)
            before = await accounts.first_answer(once)
            if before is not None:
                return before
            answer = _done(ask, what)
            await accounts.keep_answer(replace(once, answer=answer))
            return answer

    return handler


def _done(ask: Ask, what: str) -> Json:
    told = device_of(ask)
    if not ask.backend.hall.tell(told.id, what):
        raise Problem("offline")
    return {"seq": ask.state.seq, "device": _shape(ask, told)}


identify = _tell("identify")
reload = _tell("reload")
test_sound = _tell("test-sound")
