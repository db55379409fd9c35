"""What a supervisor sets for a zone: the playlist and the voice."""

import itertools
import json
from typing import Any, TypeAlias

import pytest
from websockets.sync.client import connect

from tests.support import Answer, Cast, Client
from tests.support.media import mp4, png, upload

Json: TypeAlias = dict[str, Any]

DEFAULT_VOICE = {
    "spelling": "eja",
    "repeats": 2,
    "gap_seconds": 1.0,
    "agency": False,
    "languages": ["id"],
    "volume": 80,
}


def change(client: Client, body: Any, zone: str = "utama") -> Answer:
    return client.send("PATCH", f"/zones/{zone}", body)


def added(client: Client, content: bytes) -> dict[str, Any]:
    media: dict[str, Any] = upload(client, content).ok().body["media"]
    return media


@pytest.fixture
def supervisor(shared: Cast) -> Client:
    client = shared.supervisor()
    change(client, {"playlist": [], "voice": None}).ok()
    return client


def test_a_playlist_is_set_in_its_order_and_read_by_everyone(
    shared: Cast, supervisor: Client
) -> None:
    image, film = added(supervisor, png()), added(supervisor, mp4())
    playlist = [
        {"media": film["id"], "start": "08:00", "end": "11:59"},
        {"media": image["id"], "seconds": 600},
        {"media": film["id"], "start": "22:00", "end": "02:00", "seconds": 3},
    ]
    answer = change(supervisor, {"playlist": playlist}).ok()
    zone = answer.body["zone"]
    assert (zone["id"], zone["name"]) == ("utama", {"id": "Hall Utama", "en": "Hall Utama"})
    expected = [
        {"start": None, "end": None, "seconds": 10, "url": media["url"], "type": media["type"]}
        | item
        for media, item in zip((film, image, film), playlist, strict=True)
    ]
    assert zone["playlist"] == expected
    assert zone["voice"] == DEFAULT_VOICE
    (event,) = shared.admin.events(answer.seq - 1)
    assert event["type"] == "zone.changed"
    with connect(shared.server.socket_url, proxy=None) as display:
        display.send(json.dumps({"op": "subscribe", "topic": "zone:utama"}))
        frames = (json.loads(display.recv(timeout=10)) for _ in itertools.count())
        shown = next(frame for frame in frames if frame["op"] == "snapshot")["state"]["playlist"]
    assert shown == [{k: v for k, v in item.items() if v is not None} for item in expected]


def test_a_voice_is_changed_member_by_member_and_reset_whole(supervisor: Client) -> None:
    told = change(supervisor, {"voice": {"repeats": 1, "agency": "service"}}).ok().body["zone"]
    assert told["voice"] == DEFAULT_VOICE | {"repeats": 1, "agency": "service"}
    whole = {
        "spelling": "bilangan",
        "repeats": 3,
        "gap_seconds": 0.5,
        "agency": True,
        "languages": ["en", "id"],
        "volume": 0,
    }
    told = change(supervisor, {"voice": whole}).ok().body["zone"]
    assert told["voice"] == whole
    told = change(supervisor, {"voice": {"volume": 100}}).ok().body["zone"]
    assert told["voice"] == whole | {"volume": 100}
    assert change(supervisor, {"voice": {}}).ok().body["zone"]["voice"] == told["voice"]
    assert change(supervisor, {"playlist": []}).ok().body["zone"]["voice"] == told["voice"]
    assert change(supervisor, {"voice": None}).ok().body["zone"]["voice"] == DEFAULT_VOICE


def test_one_zone_does_not_change_another(supervisor: Client) -> None:
    media = added(supervisor, png())
    before = change(supervisor, {}, "timur").ok().body["zone"]
    change(supervisor, {"playlist": [{"media": media["id"]}], "voice": {"repeats": 3}}).ok()
    assert change(supervisor, {}, "timur").ok().body["zone"] == before


def test_what_already_is_so_makes_no_event(supervisor: Client) -> None:
    media = added(supervisor, png())
    body: Json = {"playlist": [{"media": media["id"]}], "voice": {"repeats": 1}}
    first = change(supervisor, body).ok()
    repeated: tuple[Json, ...] = (body, {}, {"voice": {"repeats": 1}}, {"voice": {}})
    for again in repeated:
        assert change(supervisor, again).seq == first.seq


MEDIA = {"media": "MEDIA"}


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"nonsense": 1}, "nonsense", "unknown_field"),
        ({"playlist": None}, "playlist", "wrong_type"),
        ({"playlist": {}}, "playlist", "wrong_type"),
        ({"playlist": [MEDIA] * 101}, "playlist", "wrong_type"),
        ({"playlist": [MEDIA, "MEDIA"]}, "playlist.1", "wrong_type"),
        ({"playlist": [MEDIA, MEDIA, {}]}, "playlist.2.media", "missing"),
        ({"playlist": [MEDIA, MEDIA, {"media": "none"}]}, "playlist.2.media", "not_found"),
        ({"playlist": [{"media": "utama"}]}, "playlist.0.media", "not_found"),
        ({"playlist": [{"media": 5}]}, "playlist.0.media", "wrong_type"),
        ({"playlist": [{"media": ""}]}, "playlist.0.media", "too_short"),
        ({"playlist": [{"media": "../x"}]}, "playlist.0.media", "not_found"),
        ({"playlist": [MEDIA, {**MEDIA, "url": "/x"}]}, "playlist.1.url", "unknown_field"),
        ({"playlist": [{**MEDIA, "seconds": 2}]}, "playlist.0.seconds", "wrong_type"),
        ({"playlist": [{**MEDIA, "seconds": 601}]}, "playlist.0.seconds", "wrong_type"),
        ({"playlist": [{**MEDIA, "seconds": 5.5}]}, "playlist.0.seconds", "wrong_type"),
        ({"playlist": [{**MEDIA, "seconds": True}]}, "playlist.0.seconds", "wrong_type"),
        ({"playlist": [{**MEDIA, "start": "8:00"}]}, "playlist.0.start", "time_of_day"),
        ({"playlist": [{**MEDIA, "start": "24:00"}]}, "playlist.0.start", "time_of_day"),
        ({"playlist": [{**MEDIA, "end": "12:60"}]}, "playlist.0.end", "time_of_day"),
        ({"playlist": [{**MEDIA, "end": "12:30\n"}]}, "playlist.0.end", "time_of_day"),
        ({"playlist": [{**MEDIA, "end": 1230}]}, "playlist.0.end", "wrong_type"),
        ({"voice": "eja"}, "voice", "wrong_type"),
        ({"voice": {"pitch": 1}}, "voice.pitch", "unknown_field"),
        ({"voice": {"spelling": "biasa"}}, "voice.spelling", "wrong_type"),
        ({"voice": {"spelling": None}}, "voice.spelling", "wrong_type"),
        ({"voice": {"repeats": 0}}, "voice.repeats", "wrong_type"),
        ({"voice": {"repeats": 4}}, "voice.repeats", "wrong_type"),
        ({"voice": {"gap_seconds": -0.1}}, "voice.gap_seconds", "wrong_type"),
        ({"voice": {"gap_seconds": 10.1}}, "voice.gap_seconds", "wrong_type"),
        ({"voice": {"agency": "agency"}}, "voice.agency", "wrong_type"),
        ({"voice": {"agency": 1}}, "voice.agency", "wrong_type"),
        ({"voice": {"languages": []}}, "voice.languages", "wrong_type"),
        ({"voice": {"languages": ["id", "jv"]}}, "voice.languages.1", "language"),
        ({"voice": {"languages": ["id", "id"]}}, "voice.languages.1", "repeated"),
        ({"voice": {"languages": ["id", 5]}}, "voice.languages.1", "wrong_type"),
        ({"voice": {"volume": 101}}, "voice.volume", "wrong_type"),
        ({"voice": {"volume": -1}}, "voice.volume", "wrong_type"),
    ],
    ids=lambda v: json.dumps(v)[:70] if isinstance(v, dict) else None,
)
def test_a_bad_member_is_named_by_its_place_and_changes_nothing(
    supervisor: Client, body: dict[str, Any], field: str, code: str
) -> None:
    media = added(supervisor, png())["id"]
    before = change(supervisor, {"playlist": [{"media": media}], "voice": {"volume": 33}}).ok()
    body = json.loads(json.dumps(body).replace('"MEDIA"', f'"{media}"'))
    # everything else in it is right, and is not done either
    answer = change(supervisor, {"voice": {"volume": 44}} | body).refused(422, "invalid")
    (error,) = answer.body["errors"]
    assert (error["field"], error["code"]) == (field, code)
    assert error["detail"]
    after = change(supervisor, {}).ok()
    assert (after.seq, after.body["zone"]) == (before.seq, before.body["zone"])


def test_a_zone_that_there_is_not(supervisor: Client) -> None:
    bodies: tuple[Json, ...] = ({}, {"voice": None}, {"voice": {"repeats": 1}}, {"playlist": []})
    for body in bodies:
        change(supervisor, body, "none").refused(404, "not_found")


def test_a_hundred_lines_fit(supervisor: Client) -> None:
    media = added(supervisor, png())["id"]
    told = change(supervisor, {"playlist": [{"media": media}] * 100}).ok().body["zone"]
    assert len(told["playlist"]) == 100


def test_what_was_set_outlives_a_restart(cast: Cast) -> None:
    supervisor = cast.supervisor()
    media = added(supervisor, png())["id"]
    body = {"playlist": [{"media": media, "start": "08:00"}], "voice": {"spelling": "bilangan"}}
    before = change(supervisor, body).ok().body["zone"]
    cast.server.restart(hard=True)
    with Cast(cast.server) as again:
        assert change(again.supervisor(), {}).ok().body["zone"] == before
