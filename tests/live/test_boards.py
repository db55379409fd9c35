"""`GET /zones/{id}`: the board of a display that gets no WebSocket."""

import pytest

from tests.live.conftest import ALLOWED
from tests.live.phone import phone
from tests.support import Cast, RunningServer

pytestmark = pytest.mark.asyncio


async def test_a_board_is_read_without_a_socket(server: RunningServer, cast: Cast) -> None:
    async with phone(server) as screen:
        snapshot = await screen.subscribe("zone:utama")
        body = cast.nobody().get("/zones/utama").ok().body
        assert body.pop("voice") == {
            "spelling": "eja",
            "repeats": 2,
            "gap_seconds": 1.0,
            "agency": False,
            "languages": ["id"],
            "volume": 80,
        }
        assert body == {k: snapshot[k] for k in ("epoch", "offset", "seq", "state")}
        taken = cast.kiosk().take().ticket
        clerk = cast.clerk("loket-1")
        clerk.post("/counters/loket-1/call", {"ticket": taken["id"]}).ok()
        await screen.ping()
        later = cast.nobody().get("/zones/utama").ok()
        assert later.body["state"]["calls"][taken["number"]]["state"] == "called"
        resumed = await screen.subscribe(
            "zone:utama", epoch=later.body["epoch"], offset=later.body["offset"]
        )
        assert resumed["op"] == "resumed"
        clerk.post("/counters/loket-1/no-show").ok()
        clerk.post("/counters/loket-1/close").ok()
    cast.nobody().get("/zones/mana").refused(404, "not_found")
    cast.nobody().get("/zones/utama/x").refused(404, "not_found")
    shared = cast.nobody().get("/zones/utama", headers={"Origin": ALLOWED})
    assert shared.headers["access-control-allow-origin"] == ALLOWED
    assert (
        "access-control-allow-origin"
        not in cast.nobody().get("/zones/utama", headers={"Origin": "https://evil.example"}).headers
    )
