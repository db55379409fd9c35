"""A whole simulated day by the shipped command, and what it says when something is wrong."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from antrean.simulation import mall
from antrean.simulation.own_server import early_timezone
from tests.support import HALL, Cast, RunningServer
from tests.support.server import ADMIN_PASSWORD


def simulate(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "antrean", "simulate", *arguments],
        capture_output=True,
        text=True,
        timeout=110,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"ANTREAN_TEST_ARGON2": "1"} | environment,
    )


def test_a_small_day_goes_without_an_error(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    options = ["--day", "3", "--tickets", "60", "--counters", "6", "--hours", "1"]
    done = simulate(*options, "--speed", "600", "--json", str(file), TMPDIR=str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(file.read_text())
    assert report["problems"] == []
    visitors = report["visitors"]
    assert visitors["tickets"] + visitors.get("turned away", 0) == 60
    assert sum(report["states"].values()) == visitors["tickets"]
    assert report["states"]["done"] == visitors["served"] > 30
    assert report["events"] == sum(report["event_counts"].values()) > 200
    assert "agree" in report["verify"]
    for kind in ("ticket", "call-next", "start", "complete", "open", "close"):
        assert report["commands"][kind]["p99_ms"] > 0
    for audience in ("display", "phone", "site"):
        assert report["deliveries"][audience]["p50_ms"] > 0
    assert "antrean verify" in done.stdout
    assert list(tmp_path.iterdir()) == [file]  # nothing is left of the server


def test_a_day_is_played_against_a_running_server(tmp_path: Path) -> None:
    """On its catalogue, from now on; the tokens that were made for it are ended again."""
    toml = tmp_path / "mall.toml"
    toml.write_text(mall.catalogue(4, 40, early_timezone(datetime.now(UTC)), hours=2))
    opened = RunningServer(tmp_path, toml, ["--clock-speed", "900"])
    with opened as server, Cast(server) as cast:
        before = [t["id"] for t in cast.admin.get("/tokens").items]
        options = ["--url", server.url, "--user", "admin", "--speed", "900", "--hours", "2"]
        done = simulate(*options, "--tickets", "20", "--day", "5", ANTREAN_PASSWORD=ADMIN_PASSWORD)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "20 tickets over 4 counters" in done.stdout
        assert [t["id"] for t in cast.admin.get("/tokens").items] == before
        events = cast.admin.events()
        assert sum(1 for e in events if e["type"] == "ticket.completed") > 5


def test_nothing_is_played_where_it_may_not(tmp_path: Path) -> None:
    with RunningServer(tmp_path, HALL) as server, Cast(server) as cast:
        _, username, password = cast.user("supervisor")
        to = ["--url", server.url, "--user", username]
        refused = simulate(*to, ANTREAN_PASSWORD=password)
        assert refused.returncode == 2
        assert "an admin is needed" in refused.stderr
        assert simulate(*to, ANTREAN_PASSWORD="salah sekali").returncode == 2
        without = simulate(*to)
        assert without.returncode == 2
        assert "ANTREAN_PASSWORD" in without.stderr
        assert cast.admin.events() == []


def test_a_server_that_cannot_be_reached_is_an_error() -> None:
    gone = simulate("--url", "http://127.0.0.1:9", ANTREAN_PASSWORD="kata sandi")
    assert gone.returncode == 1


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("minute", [0, 30, 48, 49, 59])
def test_the_mall_of_its_own_opens_soon(hour: int, minute: int) -> None:
    now = datetime(2026, 11, 24, hour, minute, tzinfo=UTC)
    local = now.astimezone(ZoneInfo(early_timezone(now)))
    minutes = 8 * 60 - (local.hour * 60 + local.minute)
    assert 12 <= minutes <= 72
