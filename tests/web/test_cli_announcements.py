"""`antrean announcements`: a hall's calls proven from its folder and over HTTP."""

import asyncio
import json
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.live.phone import PATIENCE
from tests.support import Cast, RunningServer
from tests.support.device import display
from tests.web.test_cli import antrean


@pytest.fixture
def called(server: RunningServer, cast: Cast) -> dict[str, Any]:
    """A ticket whose call was drawn and said by a display."""
    cast.kiosk().post("/tickets", {"service": "skck"}).ok()
    clerk = cast.clerk("loket-2")

    async def be_said() -> dict[str, Any]:
        async with display(server, cast.admin, "TV Depan") as tv:
            answer: dict[str, Any] = clerk.post("/counters/loket-2/call-next").ok().body
            speak = await tv.asked_to_speak(answer["ticket"]["number"])
            await tv.phone.send({"op": "shown", "seq": speak["call"]})
            await tv.says(speak)
            deadline = time.monotonic() + PATIENCE
            while time.monotonic() < deadline:
                await tv.settle()
                types = {e["type"] for e in cast.admin.events()}
                if {"call.shown", "call.spoken"} <= types:
                    return answer
            raise AssertionError(f"it was never said: {types}")

    return asyncio.run(be_said())


def test_folder_and_server_tell_the_same(server: RunningServer, called: dict[str, Any]) -> None:
    from_folder = antrean("announcements", "--data", str(server.data), "--json")
    assert from_folder.returncode == 0, from_folder.stdout + from_folder.stderr
    from_server = antrean("announcements", "--url", server.url, "--json")
    one, other = (json.loads(told.stdout) for told in (from_folder, from_server))
    assert one["calls"] == other["calls"]
    (call,) = one["calls"]
    assert (call["call"], call["number"]) == (called["seq"], called["ticket"]["number"])
    assert call["became"] == "spoken"
    assert one["zones"] == other["zones"]
    assert list(one["zones"]["utama"]["spoken_by"]) == [call["shown_by"]]
    today = called["ticket"]["date"]
    for span in (["--date", today], ["--from", str(called["seq"])]):
        for where in (["--data", str(server.data)], ["--url", server.url]):
            told = antrean("announcements", *where, *span, "--each")
            assert told.returncode == 0
            assert f"{call['number']} {call['counter']} call {call['call']}" in told.stdout
            assert "by TV Depan" in told.stdout
            assert "proven:" in told.stdout


def test_a_lie_in_the_journal_is_named(
    server: RunningServer, called: dict[str, Any], tmp_path: Path
) -> None:
    server.stop()
    copy = tmp_path / "copy"
    shutil.copytree(server.data, copy)
    with closing(sqlite3.connect(copy / "antrean.db")) as connection, connection:
        connection.execute(
            "INSERT INTO events (seq, at, actor, type, data) SELECT seq + 1, at, 'hall',"
            " 'call.spoken', json_object('ticket', ?, 'number', 'Z-999', 'service', 'skck',"
            " 'counter', ?, 'zone', ?, 'call', ?, 'device', 'x')"
            " FROM events ORDER BY seq DESC LIMIT 1",
            (
                called["ticket"]["id"],
                called["counter"]["id"],
                called["ticket"]["zone"],
                called["seq"],
            ),
        )
    told = antrean("announcements", "--data", str(copy))
    assert told.returncode == 1
    assert "VIOLATION wrong" in told.stdout
    assert "Z-999" in told.stdout
    assert "VIOLATION spoken_twice" in told.stdout
    assert "NOT PROVEN" in told.stdout
    assert antrean("announcements", "--data", str(server.data)).returncode == 0


@pytest.mark.parametrize(
    "arguments", [[], ["--data", "x", "--url", "http://h"], ["--data", "/nowhere"]]
)
def test_what_cannot_be_read_is_exit_status_2(arguments: list[str]) -> None:
    told = antrean("announcements", *arguments)
    assert told.returncode == 2
    assert told.stderr


def test_a_date_that_is_not_there_is_told(server: RunningServer) -> None:
    for where in (["--data", str(server.data)], ["--url", server.url]):
        told = antrean("announcements", *where, "--date", "2020-01-01")
        assert told.returncode == 2
        assert "2020-01-01" in told.stderr
