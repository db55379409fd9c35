"""The disk is full, or fails, under a running server: promise 6 of the contract."""

import json
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from antrean.store.verify import verify
from tests.support import Cast, RunningServer

PATIENCE_SECONDS = 15.0


def full(server: RunningServer) -> None:
    """No file of the server may grow any more, as on a full disk; no mount is needed for it."""
    _limit(server, 1)


def freed(server: RunningServer) -> None:
    _limit(server, resource.RLIM_INFINITY)


def _limit(server: RunningServer, size: int) -> None:
    _, hard = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (size, hard))


def until(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, f"not within {PATIENCE_SECONDS:.0f} s: {what}"


def snapshot(socket: ClientConnection, topic: str) -> dict[str, object]:
    socket.send(json.dumps({"op": "subscribe", "topic": topic}))
    while True:
        frame: dict[str, object] = json.loads(socket.recv(timeout=10))
        if frame["op"] == "snapshot":
            return frame


def test_a_full_disk_refuses_commands_loses_nothing_and_heals_by_itself(tmp_path: Path) -> None:
    with (
        RunningServer(tmp_path) as server,
        Cast(server) as cast,
        connect(server.socket_url, proxy=None) as display,
    ):
        kiosk, clerk = cast.kiosk(), cast.clerk("loket-1")
        before = [kiosk.post("/tickets", {"service": "skck"}).ticket for _ in range(5)]
        called = clerk.post("/counters/loket-1/call-next").ticket
        snapshot(display, "zone:utama")
        full(server)
        refused = kiosk.post("/tickets", {"service": "skck"}, key="k" * 22)
        refused.refused(503, "storage_unavailable")
        assert int(refused.headers["retry-after"]) >= 1
        until(lambda: cast.nobody().get("/readyz", root=True).status == 503, "readyz says so")
        assert cast.nobody().get("/healthz", root=True).status == 200
        # what was promised is read as before, and displays go on
        listed = {t["number"] for t in clerk.get("/tickets?service=skck").items}
        assert listed == {t["number"] for t in before}
        shown = snapshot(display, "zone:utama")
        assert called["number"] in shown["state"]["calls"]  # type: ignore[index]
        clerk.post("/counters/loket-1/start").refused(503, "storage_unavailable")
        freed(server)
        until(lambda: cast.nobody().get("/readyz", root=True).status == 200, "it heals")
        again = kiosk.post("/tickets", {"service": "skck"}, key="k" * 22)
        assert again.ticket["number"] == f"{before[0]['number'][:-3]}006"
        assert clerk.post("/counters/loket-1/start").ticket["state"] == "serving"
        server.stop()
        assert verify(server.data).differences == []


def test_a_disk_that_fills_under_load_keeps_every_promise(tmp_path: Path) -> None:
    """Filled and freed again and again while numbers are taken: each answer holds."""
    with RunningServer(tmp_path) as server, Cast(server) as cast:
        kiosk = cast.kiosk()
        given: dict[str, str] = {}
        for n in range(60):
            if n % 10 == 5:
                full(server)
            elif n % 10 == 8:
                freed(server)
            answer = kiosk.post("/tickets", {"service": "skck"}, key=f"nomor-antrean-{n:016}")
            assert answer.status in (201, 503), str(answer)
            if answer.status == 201:
                given[f"nomor-antrean-{n:016}"] = answer.ticket["number"]
        freed(server)
        until(lambda: kiosk.get("/readyz", root=True).status == 200, "it heals")
        for key, number in given.items():
            assert kiosk.post("/tickets", {"service": "skck"}, key=key).ticket["number"] == number
        numbers = [t["number"] for t in _all(cast)]
        assert len(numbers) == len(set(numbers)) >= len(given)
        assert [int(n[-3:]) for n in numbers] == list(range(1, len(numbers) + 1))
        server.stop()
        assert verify(server.data).differences == []


def _all(cast: Cast) -> list[dict[str, Any]]:
    return cast.supervisor().get("/tickets?service=skck&limit=200").items
