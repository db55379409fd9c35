"""Log lines: JSON, one a request, in batches off the loop, and never in the way."""

import io
import json
import logging
from typing import Any

from antrean.logs import JsonLog, LogHandler
from tests.support import Cast, RunningServer


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n") if line]


def test_every_request_is_one_line(server: RunningServer, cast: Cast) -> None:
    kiosk = cast.kiosk()
    ticket = kiosk.take().ticket["id"]
    cast.clerk().get(f"/tickets/{ticket}?q=rahasia").ok()
    kiosk.get("/counters").refused(403, "forbidden")
    cast.nobody().get("/sign-in", root=True)
    server.stop()
    lines = [line for line in lines_of(server.log) if line["event"] == "request"]
    seen = [(line["method"], line["route"], line["status"]) for line in lines]
    for wanted in (
        ("POST", "/tickets", 201),
        ("GET", "/tickets/{id}", 200),
        ("GET", "/counters", 403),
        ("GET", "/sign-in", 200),
    ):
        assert seen.count(wanted) == 1, wanted
    taken = lines[seen.index(("POST", "/tickets", 201))]
    assert set(taken) == {"at", "event", "request", "method", "route", "status", "ms", "actor"}
    assert taken["actor"].startswith("token:")
    assert taken["ms"] > 0
    assert len({line["request"] for line in lines if line["request"]}) > 3


def test_lines_are_written_by_a_thread_and_all_at_the_end() -> None:
    stream = io.StringIO()
    log = JsonLog(stream)
    log.start()
    for n in range(1000):
        log.request("GET", "/x", 200, 0.001, "anyone", str(n))
    log.stop()
    assert [line["request"] for line in lines_of(stream.getvalue())] == [
        str(n) for n in range(1000)
    ]


def test_requests_can_be_left_out() -> None:
    stream = io.StringIO()
    log = JsonLog(stream, requests=False)
    log.request("GET", "/x", 200, 0.001, "anyone", "1")
    log.line("started", port=1)
    assert [line["event"] for line in lines_of(stream.getvalue())] == ["started"]


def test_a_stderr_that_nobody_reads_stops_nothing() -> None:
    stream = io.StringIO()
    stream.close()
    log = JsonLog(stream)
    log.line("x")


def test_what_would_break_a_line_is_written_out() -> None:
    stream = io.StringIO()
    JsonLog(stream).line("x", name='a\r\nb"}\u2028')
    assert stream.getvalue().count("\n") == 1
    assert lines_of(stream.getvalue())[0]["name"] == 'a\r\nb"}\u2028'


def test_a_flood_of_the_same_fault_is_cut() -> None:
    stream = io.StringIO()
    handler = LogHandler(JsonLog(stream))
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "bad frame %d", (7,), None)
    for _ in range(1000):
        handler.handle(record)
    lines = lines_of(stream.getvalue())
    assert len(lines) == LogHandler.PER_MINUTE
    assert lines[0]["message"] == "bad frame 7"
    record.created += 60
    handler.handle(record)
    assert len(lines_of(stream.getvalue())) == LogHandler.PER_MINUTE + 1


def test_a_traceback_is_in_the_line() -> None:
    stream = io.StringIO()
    handler = LogHandler(JsonLog(stream))
    try:
        raise ValueError("why")
    except ValueError as error:
        handler.handle(
            logging.LogRecord(
                "x", logging.ERROR, __file__, 1, "m", (), (ValueError, error, error.__traceback__)
            )
        )
    assert "ValueError: why" in lines_of(stream.getvalue())[0]["traceback"]
