"""Every code of the interface: its status, both languages, and that something leads to it."""

import asyncio
import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from antrean.domain.errors import Code
from antrean.engine import StorageUnavailable
from antrean.web import problems
from antrean.web.api import Api
from antrean.web.codes import FIELDS, KINDS
from antrean.web.endpoint import ANYONE, Ask, Endpoint, Json, Table
from tests.support import Answer, Cast
from tests.support.device import pair
from tests.support.inside import inside


def stale(cast: Cast) -> Answer:
    clerk = cast.clerk("loket-1")
    other = cast.kiosk().take("paspor").ticket["id"]
    return clerk.post("/counters/loket-1/start", {"ticket": other})


def busy(cast: Cast) -> Answer:
    clerk = cast.clerk("loket-1")
    cast.kiosk().take().ok()
    clerk.post("/counters/loket-1/call-next").ok()
    return clerk.post("/counters/loket-1/close")


def not_served_here(cast: Cast) -> Answer:
    ticket = cast.kiosk().take("paspor").ticket["id"]
    return cast.clerk("loket-1").post("/counters/loket-1/call", {"ticket": ticket})


def quota(cast: Cast) -> Answer:
    kiosk = cast.kiosk()
    return [kiosk.take("langka") for _ in range(3)][-1]


def paused(cast: Cast) -> Answer:
    cast.supervisor().post("/services/skck/pause").ok()
    return cast.kiosk().take()


def closed(cast: Cast) -> Answer:
    cast.supervisor().post("/services/skck/close").ok()
    return cast.kiosk().take()


def slot_of(cast: Cast, days: int) -> str:
    date = cast.admin.get("/site").body["date"]
    year, month, day = (int(part) for part in date.split("-"))
    wanted = datetime.date(year, month, day) + datetime.timedelta(days=days)
    items = cast.admin.get(f"/services/paspor/slots?date={wanted}&limit=200").items
    return str(items[-1]["start"])


def slot_full(cast: Cast) -> Answer:
    body = {"service": "paspor", "start": slot_of(cast, 1)}
    return [cast.nobody().post("/bookings", body) for _ in range(3)][-1]


def too_early(cast: Cast) -> Answer:
    body = {"service": "paspor", "start": slot_of(cast, 2)}
    token = cast.nobody().post("/bookings", body).token
    return cast.kiosk().post("/check-ins", {"token": token})


def mismatch(cast: Cast) -> Answer:
    kiosk = cast.kiosk()
    kiosk.post("/tickets", {"service": "skck"}, key="k").ok()
    return kiosk.post("/tickets", {"service": "paspor"}, key="k")


def limited(cast: Cast) -> Answer:
    citizen = cast.nobody()
    return [citizen.take() for _ in range(31)][-1]


def not_yours(cast: Cast) -> Answer:
    clerk, _, _ = cast.user("clerk", counters=["loket-1"])
    return clerk.post("/counters/loket-2/open")


def no_csrf(cast: Cast) -> Answer:
    clerk, _, _ = cast.user("clerk")
    clerk.csrf = None
    return clerk.post("/counters/loket-1/open")


def offline(cast: Cast) -> Answer:
    device, _ = asyncio.run(pair(cast.server, cast.admin))
    return cast.admin.post(f"/devices/{device}/identify")


def too_many_announcements(cast: Cast) -> Answer:
    supervisor = cast.supervisor()
    for n in range(200):
        supervisor.post("/announcements", {"text": f"Nomor {n}"}).ok()
    return supervisor.post("/announcements", {"text": "Satu lagi"})


def unknown_code(cast: Cast) -> Answer:
    body = {"code": "AAAAAA", "name": "TV", "zone": "utama"}
    return cast.admin.post("/devices", body)


WAYS: dict[str, tuple[int, Callable[[Cast], Answer]]] = {
    "malformed": (400, lambda c: c.kiosk().post("/tickets", content=b"{")),
    "unauthenticated": (401, lambda c: c.nobody().get("/my")),
    "bad_credentials": (401, lambda c: c.nobody().sign_in("admin", "salah")),
    "forbidden": (403, lambda c: c.kiosk().get("/events")),
    "csrf": (403, no_csrf),
    "not_your_counter": (403, not_yours),
    "not_found": (404, lambda c: c.nobody().get("/services/none")),
    "unknown_code": (404, unknown_code),
    "offline": (409, offline),
    "too_many_announcements": (409, too_many_announcements),
    "method_not_allowed": (405, lambda c: c.nobody().send("PUT", "/site")),
    "conflict": (409, lambda c: c.kiosk().send("DELETE", "/session")),
    "too_large": (413, lambda c: c.kiosk().post("/tickets", content=b" " * 65_537)),
    "unsupported_media_type": (
        415,
        lambda c: c.kiosk().post("/tickets", content=b"x", headers={"Content-Type": "x/y"}),
    ),
    "invalid": (422, lambda c: c.kiosk().post("/tickets", {})),
    "idempotency_mismatch": (422, mismatch),
    "rate_limited": (429, limited),
    "service_closed": (409, closed),
    "service_paused": (409, paused),
    "not_operating": (409, lambda c: c.kiosk().take("sim")),
    "channel_closed": (409, lambda c: c.nobody().take("kios")),
    "quota_exhausted": (409, quota),
    "slot_full": (409, slot_full),
    "too_early": (409, too_early),
    "invalid_state": (409, lambda c: c.clerk("loket-1").post("/counters/loket-1/start")),
    "queue_empty": (409, lambda c: c.clerk("loket-1").post("/counters/loket-1/call-next")),
    "counter_not_open": (409, lambda c: c.clerk().post("/counters/loket-1/call-next")),
    "counter_busy": (409, busy),
    "not_served_here": (409, not_served_here),
    "stale": (409, stale),
    "nothing_to_undo": (409, lambda c: c.clerk("loket-1").post("/counters/loket-1/undo")),
}
# These need a day that ended, a disk that fails or a fault of ours: tests further down.
ELSEWHERE = {"expired", "storage_unavailable", "internal"}


# These depend on nothing that others do at the same server.
ANYWHERE = (
    "malformed unauthenticated bad_credentials forbidden csrf not_your_counter not_found "
    "method_not_allowed conflict too_large unsupported_media_type invalid idempotency_mismatch "
    "rate_limited not_operating channel_closed too_early unknown_code"
).split()


@pytest.mark.parametrize("code", WAYS)
def test_a_refusal_carries_its_code(code: str, request: pytest.FixtureRequest) -> None:
    status, provoke = WAYS[code]
    cast: Cast = request.getfixturevalue("shared" if code in ANYWHERE else "cast")
    answer = provoke(cast).refused(status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.body["status"] == status
    assert {"type", "title", "detail"} <= set(answer.body)
    assert "errors" in answer.body or code != "invalid"


def test_no_code_is_without_a_way_to_it() -> None:
    assert set(WAYS) | ELSEWHERE == set(KINDS)
    assert {code.value for code in Code} <= set(KINDS)


def test_every_code_and_field_is_told_in_both_languages() -> None:
    for code, kind in KINDS.items():
        texts = [*kind.title, *kind.detail]
        assert all(texts), code
        assert kind.title[0] != kind.title[1], code
        assert _facts(kind.detail[0]) == _facts(kind.detail[1]), code
    for code, words in FIELDS.items():
        assert words[0] != words[1], code
        assert _facts(words[0]) == _facts(words[1]), code


def _facts(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


@pytest.mark.parametrize(
    ("accept", "title"),
    [
        (None, "Tidak ditemukan"),
        ("", "Tidak ditemukan"),
        ("en", "Not found"),
        ("en-GB,en;q=0.9", "Not found"),
        ("id-ID,id;q=0.9,en;q=0.8", "Tidak ditemukan"),
        ("fr, en;q=0.5, id;q=0.1", "Not found"),
        ("fr", "Tidak ditemukan"),
        ("*", "Tidak ditemukan"),
        ("en;q=0", "Tidak ditemukan"),
        ("en;q=x, id", "Tidak ditemukan"),
        ("," * 500, "Tidak ditemukan"),
    ],
)
def test_the_language_follows_the_caller(shared: Cast, accept: str | None, title: str) -> None:
    headers = {"Accept-Language": accept} if accept is not None else {"Accept-Language": ""}
    assert shared.nobody().get("/none", headers=headers).body["title"] == title


def test_a_detail_names_its_facts(shared: Cast) -> None:
    answer = shared.kiosk().post(
        "/tickets",
        {"service": "skck", "name": "x" * 101},
        headers={"Accept-Language": "en"},
    )
    assert answer.body["errors"][0] == {
        "field": "name",
        "code": "too_long",
        "detail": "It may have 100 characters at most.",
    }


def test_an_id_is_404_in_the_path_and_422_in_the_body(shared: Cast) -> None:
    clerk = shared.clerk("loket-1")
    clerk.post("/counters/none/call-next").refused(404, "not_found")
    for path in ("/counters/", "/services//slots"):  # no id at all
        clerk.get(path).refused(404, "not_found")
    clerk.post("/tickets/none/cancel").refused(404, "not_found")
    shared.supervisor().post("/services/none/open").refused(404, "not_found")
    shared.supervisor().send("DELETE", "/announcements/none").refused(404, "not_found")
    taken = shared.kiosk().take("paspor").ticket["id"]
    answer = clerk.post(f"/tickets/{taken}/transfer", {"counter": "none"})
    assert answer.refused(422, "invalid").fields == ["counter"]
    answer = clerk.post(f"/tickets/{taken}/transfer", {"service": "none"})
    assert answer.refused(422, "invalid").fields == ["service"]
    clerk.post(f"/tickets/{taken}/cancel").ok()


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (RuntimeError("rahasia /var/lib"), 500, "internal"),
        (StorageUnavailable("disk full"), 503, "storage_unavailable"),
    ],
    ids=["internal", "storage"],
)
async def test_a_fault_of_ours_tells_nothing_of_itself(
    tmp_path: Path, error: Exception, status: int, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(ask: Ask) -> Json:
        raise error

    row = Endpoint(
        method="GET", path="/fails", who=ANYONE, handler=fails, summary="", answer="Document"
    )
    async with inside(tmp_path / "d") as app:
        app.http._transport.app = Api(app.parts.backend, Table((row,)))  # type: ignore[attr-defined]
        answer = await app.call("GET", "/fails")
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code)
    assert "rahasia" not in answer.text
    assert "disk full" not in answer.text
    if code == "internal":
        number = re.search(r"\S+-\d+", body["detail"])
        assert number is not None
        assert number[0] in caplog.text
    else:
        assert int(answer.headers["retry-after"]) >= 1


def test_rendering_survives_a_missing_fact() -> None:
    status, body = problems.render(problems.Problem("too_early"), "en")
    assert status == 409
    assert b"?" in body
