"""A turn in words: what the voice is asked for, and what the display that says it is told. Pure."""

from typing import Any

from antrean import shapes
from antrean.domain.catalogue import REGULAR
from antrean.domain.hall import CALL_LIVES_MS
from antrean.domain.state import QueueState
from antrean.hall.ports import CallRequest, Spoken
from antrean.hall.turn import Turn
from antrean.views.frames import message


def request(state: QueueState, zone: str, turn: Turn) -> CallRequest:
    """The call that `zone` announces, as the voice needs it."""
    settings, announcing = state.voice(zone), state.announcing[zone]
    catalogue, ticket = state.catalogue, state.tickets.get(turn.ticket)
    service = catalogue.services[announcing.service]
    agency = catalogue.agencies[service.agency]
    return CallRequest(
        number=announcing.number,
        counter_name=catalogue.counters[announcing.counter].name,
        counter=announcing.counter,
        agency=agency.name if settings.agency is True else None,
        service=service.name if settings.agency == "service" else None,
        settings=settings,
        is_priority=ticket is not None and ticket.class_id != REGULAR,
        is_recall=ticket is not None and ticket.recalls > 0,
        repeats=1 if turn.drops_repeats else settings.repeats,
        chime_only=turn.is_chime,
    )


def frame(state: QueueState, zone: str, turn: Turn, spoken: Spoken, now: int, alone: bool) -> bytes:
    """`speak`. A call may be begun until it is too old, a text of the hall as long from now."""
    voice = shapes.voice(state.catalogue.site, state.voice(zone))
    facts: dict[str, Any]
    if turn.announcement is not None:
        facts, until = {"announcement": turn.announcement}, now + CALL_LIVES_MS
    else:
        announcing, ticket = state.announcing[zone], state.tickets.get(turn.ticket)
        at = announcing.at if ticket is None or ticket.call is None else ticket.call.at
        facts = {
            "call": turn.call,
            "number": announcing.number,
            "counter": announcing.counter,
        }
        until = at + CALL_LIVES_MS
    return message(
        op="speak",
        id=turn.id,
        **facts,
        text=dict(spoken.text),
        audio=[clip.url for clip in spoken.clips],
        seconds=round(spoken.seconds, 3),
        until=shapes.iso(state.catalogue.site, until),
        at=shapes.iso(state.catalogue.site, now),
        volume=voice["volume"],
        languages=voice["languages"],
        alone=alone or None,
    )
