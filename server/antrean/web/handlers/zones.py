"""A zone: what its displays show, and what a supervisor sets: what they play and how they speak."""

from dataclasses import replace
from typing import Any

import msgspec
from msgspec import UNSET

from antrean import shapes
from antrean.domain import commands
from antrean.domain.catalogue import VoiceSettings
from antrean.domain.errors import UnknownReference
from antrean.domain.hall_model import PlaylistItem
from antrean.views.frames import encode
from antrean.web import bodies
from antrean.web.endpoint import Ask, Json, Reply
from antrean.web.problems import Problem, invalid


async def board(ask: Ask) -> Reply:
    """The topic `zone:ID` as one answer: all of it is of the same moment."""
    views = ask.backend.hub.views
    topic = views.topics.get(f"zone:{ask.id}")
    if topic is None:
        raise Problem("not_found")
    state = ask.state
    return Reply(
        b'{"epoch":%b,"offset":%d,"seq":%d,"state":%b,"voice":%b}'
        % (
            encode(views.epoch),
            topic.offset,
            state.seq,
            views.rendered(topic),
            encode(shapes.voice(state.catalogue.site, state.voice(ask.id))),
        )
    )


async def change(ask: Ask) -> Json:
    body: bodies.ZoneChange = ask.body
    if ask.id not in ask.state.catalogue.zones:
        raise UnknownReference("zone", ask.id)
    playlist, voice = None, None
    if body.playlist is not UNSET:
        playlist = tuple(
            PlaylistItem(item.media, item.start, item.end, item.seconds) for item in body.playlist
        )
    if isinstance(body.voice, bodies.VoiceChange):
        voice = _voice_of(ask, body.voice)
    command = commands.ChangeZone(
        zone=ask.id, playlist=playlist, voice=voice, reset_voice=body.voice is None
    )
    return (await ask.backend.engine.submit(command, ask.actor, ask.key)).body


def _voice_of(ask: Ask, given: bodies.VoiceChange) -> VoiceSettings | None:
    """The voice as it speaks now, with what is given changed; None for nothing to change."""
    changes: dict[str, Any] = {
        k: v for k, v in msgspec.structs.asdict(given).items() if v is not UNSET
    }
    if not changes:
        return None
    if "languages" in changes:
        changes["languages"] = _languages_of(ask, changes["languages"])
    return replace(ask.state.voice(ask.id), **changes)


def _languages_of(ask: Ask, given: list[str]) -> tuple[str, ...]:
    known = ask.state.catalogue.site.languages
    for index, language in enumerate(given):
        field = f"voice.languages.{index}"
        if language not in known:
            raise invalid(field, "language", names=", ".join(known))
        if language in given[:index]:
            raise invalid(field, "repeated")
    return tuple(given)
