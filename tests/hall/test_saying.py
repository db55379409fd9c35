"""A turn in words: what the voice is asked for, and what the display that says it is told."""

from typing import Any

import pytest

from antrean import shapes
from antrean.domain import commands
from antrean.domain.catalogue import VoiceSettings
from antrean.hall import saying
from antrean.hall.ports import CallRequest, Clip, Spoken
from antrean.hall.turn import Turn
from antrean.web.topics import SERVER_OPS
from tests.core.hall import text
from tests.hall.stage import DESKS, SECONDS, ZONE, Stage
from tests.hub.screens import frames_of

PHRASE = Spoken({"id": "Nomor antrean"}, (Clip("/audio/a.wav", 1.5), Clip("/audio/b.wav", 4.0)))


def turn_of(stage: Stage) -> Turn:
    assert stage.arbiter.turn is not None
    return stage.arbiter.turn


def asked(stage: Stage) -> CallRequest:
    return saying.request(stage.state, ZONE, turn_of(stage))


def speaks(stage: Stage, **settings: Any) -> None:
    stage.do(commands.ChangeZone(zone=ZONE, voice=VoiceSettings(**settings)))


def told(stage: Stage, alone: bool = False) -> dict[str, Any]:
    frame = saying.frame(stage.state, ZONE, turn_of(stage), PHRASE, stage.at, alone)
    (said,) = frames_of(frame)
    return said


def a_minute_after(stage: Stage, at: int) -> str:
    return shapes.iso(stage.state.catalogue.site, at + 60_000)


# the voice
def test_a_call_is_asked_for_as_the_zone_speaks() -> None:
    stage = Stage("depan")
    speaks(stage, repeats=3, spelling="bilangan")
    stage.call("meja-1")
    request = asked(stage)
    assert (request.number, request.counter_name) == ("B-001", text("meja-1"))
    assert request.counter == "meja-1"
    assert request.settings == VoiceSettings(repeats=3, spelling="bilangan")
    assert (request.repeats, request.chime_only) == (3, False)
    assert (request.is_priority, request.is_recall) == (False, False)
    assert (request.agency, request.service) == (None, None)


def test_a_recall_is_said_as_one() -> None:
    stage = Stage("depan")
    stage.call()
    stage.answer("depan")
    stage.recall()
    assert asked(stage).is_recall


def test_priority_is_said() -> None:
    stage = Stage("depan")
    stage.issue("lab", class_id="prioritas", reason="lansia")
    stage.do(commands.CallNext(counter="meja-1"))
    stage.settle()
    assert asked(stage).is_priority


@pytest.mark.parametrize(
    ("agency", "names"),
    [(True, (text("klinik"), None)), ("service", (None, text("lab"))), (False, (None, None))],
)
def test_agency_or_service_are_said_where_the_zone_wants_it(agency: Any, names: Any) -> None:
    stage = Stage("depan")
    speaks(stage, agency=agency)
    stage.call()
    assert (asked(stage).agency, asked(stage).service) == names


@pytest.mark.parametrize(
    ("waiting", "repeats", "chime_only"),
    [(3, 3, False), (4, 1, False), (7, 1, False), (8, 1, True)],
)
def test_a_backlog_shortens_what_is_said(waiting: int, repeats: int, chime_only: bool) -> None:
    stage = Stage("depan")
    speaks(stage, repeats=3)
    stage.call(DESKS[0])
    for desk in DESKS[1 : waiting + 1]:
        stage.call(desk)
    stage.answer("depan")
    assert (asked(stage).repeats, asked(stage).chime_only) == (repeats, chime_only)


# the display
def test_the_display_is_told_what_to_play_and_until_when() -> None:
    stage = Stage("depan")
    speaks(stage, volume=35)
    call = stage.call("meja-2")
    assert told(stage) == {
        "op": "speak",
        "id": f"{ZONE}.{call}",
        "call": call,
        "number": "B-001",
        "counter": "meja-2",
        "text": {"id": "Nomor antrean"},
        "languages": ["id"],
        "audio": ["/audio/a.wav", "/audio/b.wav"],
        "seconds": 5.5,
        "until": a_minute_after(stage, stage.at),
        "at": shapes.iso(stage.state.catalogue.site, stage.at),
        "volume": 35,
    }
    assert told(stage, alone=True)["alone"] is True


def test_all_that_a_display_is_told_is_in_the_document_of_the_socket() -> None:
    stage = Stage("depan")
    stage.call()
    members = {"op", *SERVER_OPS["speak"]}
    assert set(told(stage, alone=True)) == members - {"announcement"}


def test_a_call_may_be_begun_for_a_minute_from_its_own_moment() -> None:
    """Not from that of its turn: it has waited."""
    stage = Stage("depan")
    stage.call("meja-1")
    stage.call("meja-2")
    called = stage.at
    stage.pass_(SECONDS)
    stage.answer("depan")
    assert told(stage)["until"] == a_minute_after(stage, called)


def test_a_text_of_the_hall_is_no_call() -> None:
    stage = Stage("depan")
    stage.do(commands.MakeAnnouncement(announcement="a1", text=text("Tutup"), speak=True))
    stage.settle()
    said = told(stage)
    assert said["announcement"] == "a1"
    assert {"call", "number", "counter"}.isdisjoint(said)
    assert said["until"] == a_minute_after(stage, stage.at)
