"""Announcements: running text and texts over the whole screen, spoken or not."""

import itertools
import json
from typing import Any

import pytest
from websockets.sync.client import connect

from tests.support import Cast

HOSTILE = "<img src=x onerror=alert(1)> {{7*7}} </script>\nbaris kedua"


def shown(cast: Cast, zone: str) -> dict[str, Any]:
    """The announcements of a zone as a display is told of them."""
    with connect(cast.server.socket_url, proxy=None) as display:
        display.send(json.dumps({"op": "subscribe", "topic": f"zone:{zone}"}))
        frames = (json.loads(display.recv(timeout=10)) for _ in itertools.count())
        state = next(frame for frame in frames if frame["op"] == "snapshot")["state"]
        announcements: dict[str, Any] = state["announcements"]
        return announcements


@pytest.mark.parametrize("full_screen", [True, False, None])
def test_an_announcement_covers_the_screen_where_it_is_meant_to(
    cast: Cast, full_screen: bool | None
) -> None:
    body: dict[str, Any] = {"text": {"id": "Tutup", "en": "Closing"}, "zones": ["utama"]}
    if full_screen is not None:
        body["full_screen"] = full_screen
    made = cast.supervisor().post("/announcements", body).ok().body["announcement"]
    assert made["full_screen"] is bool(full_screen)
    told = shown(cast, "utama")[made["id"]]
    assert told["text"] == body["text"]
    assert told.get("full_screen", False) is bool(full_screen)
    assert made["id"] not in shown(cast, "timur")
    (event,) = [e for e in cast.admin.events() if e["type"] == "announcement.made"]
    assert event["data"].get("full_screen", False) is bool(full_screen)


def test_one_that_covers_the_screen_ends_as_others_do(cast: Cast) -> None:
    supervisor = cast.supervisor()
    body = {"text": "Tutup", "full_screen": True, "speak": True}
    made = supervisor.post("/announcements", body).ok().body["announcement"]
    assert (made["zones"], made["speak"], made["full_screen"]) == (None, True, True)
    cast.server.restart(hard=True)
    with Cast(cast.server) as again:
        assert shown(again, "timur")[made["id"]]["full_screen"] is True
        gone = again.supervisor().send("DELETE", f"/announcements/{made['id']}").ok()
        assert gone.body["announcement"] == made
        assert shown(again, "timur") == {}


@pytest.mark.parametrize("value", ["yes", 1, None, []])
def test_a_bad_value_is_named(shared: Cast, value: object) -> None:
    body = {"text": "x", "full_screen": value}
    answer = shared.supervisor().post("/announcements", body)
    assert answer.refused(422, "invalid").fields == ["full_screen"]


@pytest.mark.parametrize("text", [" ", "\n", "\u200b", "\ufeff \u200f", {"id": "\u200b"}])
def test_a_text_that_nobody_can_see_is_none(shared: Cast, text: object) -> None:
    """Copied out of a document it would lay an empty sheet over the hall's board."""
    body = {"text": text, "full_screen": True}
    answer = shared.supervisor().post("/announcements", body)
    assert answer.refused(422, "invalid").body["errors"][0]["code"] == "missing"


def test_a_text_stays_text(cast: Cast) -> None:
    body = {"text": HOSTILE, "full_screen": True}
    made = cast.supervisor().post("/announcements", body).ok().body["announcement"]
    assert made["text"] == {"id": HOSTILE, "en": HOSTILE}
    assert shown(cast, "utama")[made["id"]]["text"] == made["text"]


def test_a_repeated_one_is_made_once(shared: Cast) -> None:
    supervisor = shared.supervisor()
    body = {"text": "Sekali", "full_screen": True}
    first = supervisor.post("/announcements", body, key="umumkan")
    assert supervisor.post("/announcements", body, key="umumkan").body == first.ok().body
    other = body | {"full_screen": False}
    supervisor.post("/announcements", other, key="umumkan").refused(422, "idempotency_mismatch")
