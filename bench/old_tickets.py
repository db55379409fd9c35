"""A data folder with a million tickets of the past and 5,000 of today, and how fast it starts.

The past is written into the tables at once, since a start must not depend on it: replaying it
command by command would take minutes and end in the same rows. Today is made by the server.
"""

import http.client
import json
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.hall import COUNTERS, ENVIRONMENT, SERVICES, Hall, running, serve_command
from bench.processes import ROOT, SERVER_CORE, BenchError, free_port

OLD_TICKETS = 1_000_000
TICKETS_A_DAY = 5_000
EVENTS_EACH = 4  # issued, called, started, completed
COMMANDS_TODAY = 4 * 5_000
DAY_MS = 86_400_000
KINDS = ("ticket.issued", "ticket.called", "ticket.started", "ticket.completed")
START_SECONDS = 60.0
# Members of stored states that are positions of the journal.
POSITIONS = {"seq", "touched", "taken"}


@dataclass(frozen=True, slots=True)
class OldTickets:
    folder: Path
    token: str

    @classmethod
    def build(cls, parent: Path) -> "OldTickets":
        """Takes about a minute and a gigabyte."""
        folder = parent / "old"
        folder.mkdir()
        with running(folder) as hall:
            hall.set_up()
            token = hall.token
        with closing(sqlite3.connect(folder / "data" / "antrean.db", isolation_level=None)) as db:
            write_past(db)
        with running(folder) as hall:
            hall.use(token)
            play_today(hall)
            # As after a power cut: no tidy end that could make the next start easier.
            os.kill(hall.process.pid, signal.SIGKILL)
        return cls(folder, token)

    def start_seconds(self) -> float:
        """From the start of the program to the answer to a first command."""
        port = free_port()
        started = time.monotonic()
        process = subprocess.Popen(
            ["taskset", "-c", SERVER_CORE, *serve_command(port, self.folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | ENVIRONMENT,
            cwd=ROOT,
        )
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if line.startswith(b"Antrean ready"):
                    self._first_command(port)
                    return time.monotonic() - started
            raise BenchError(f"no ready line: {process.communicate()[1].decode()[-2000:]}")
        finally:
            process.kill()
            process.communicate()

    def _first_command(self, port: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        body = json.dumps({"service": "layanan-0"})
        connection.request("POST", "/api/v1/tickets", body, headers)
        answer = connection.getresponse()
        if answer.status != 201:
            raise BenchError(f"the first command: {answer.status} {answer.read().decode()}")
        connection.close()


def play_today(hall: Hall) -> None:
    """5,000 tickets, each taken, called, started and completed."""
    hall.write_commands()
    hall.measure(1, COUNTERS, answers_only=True, seconds=300, at_most=COMMANDS_TODAY)


def write_past(db: sqlite3.Connection) -> None:
    """Moves what the journal has behind four million older entries."""
    moved = OLD_TICKETS * EVENTS_EACH
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -200000")
    db.execute("BEGIN IMMEDIATE")
    first_at = db.execute("SELECT coalesce(min(at), ?) FROM events", (_now_ms(),)).fetchone()[0]
    _move_present(db, moved)
    # Far enough back that the last old day is over before today's first entry.
    start = first_at - (OLD_TICKETS // TICKETS_A_DAY + 2) * DAY_MS
    db.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)", _events(start))
    columns = [row[1] for row in db.execute("PRAGMA table_info(tickets)")]
    marks = ", ".join(f":{column}" for column in columns)
    db.executemany(f"INSERT INTO tickets VALUES ({marks})", _tickets(start))
    db.execute("COMMIT")


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _move_present(db: sqlite3.Connection, by: int) -> None:
    """Adds `by` to every position of the journal, in columns and inside stored states."""
    for table in ("events", "snapshots"):
        db.execute(f"UPDATE {table} SET seq = seq + ?", (by,))
    db.execute("UPDATE catalogues SET from_seq = from_seq + ? WHERE from_seq > 0", (by,))
    for table, key in (("catalogues", "id"), ("snapshots", "seq")):
        for found, state in db.execute(f"SELECT {key}, state FROM {table}").fetchall():
            moved = json.dumps(_moved(json.loads(state), by)).encode()
            db.execute(f"UPDATE {table} SET state = ? WHERE {key} = ?", (moved, found))


def _moved(value: Any, by: int) -> Any:
    if isinstance(value, list):
        return [_moved(item, by) for item in value]
    if isinstance(value, dict):
        return {
            key: item + by if key in POSITIONS and isinstance(item, int) else _moved(item, by)
            for key, item in value.items()
        }
    return value


def _events(start: int) -> Iterator[tuple[int, int, str, str, str, str]]:
    for i in range(OLD_TICKETS):
        ticket = f"old-{i:08d}"
        at = start + _moment(i)
        data = json.dumps({"ticket": ticket, "counter": f"loket-{i % COUNTERS + 1}"})
        for k, kind in enumerate(KINDS):
            yield EVENTS_EACH * i + k + 1, at + k * 60_000, "user:admin", kind, ticket, data


def _moment(i: int) -> int:
    """Milliseconds after the first day's start: 5,000 tickets spread over seven hours."""
    day, of_day = divmod(i, TICKETS_A_DAY)
    return day * DAY_MS + of_day * 5_000


def _tickets(start: int) -> Iterator[dict[str, Any]]:
    for i in range(OLD_TICKETS):
        at = start + _moment(i)
        date = time.strftime("%Y-%m-%d", time.gmtime((start + i // TICKETS_A_DAY * DAY_MS) / 1000))
        of_day = i % TICKETS_A_DAY
        service = f"layanan-{of_day % SERVICES}"
        yield {
            "taken": EVENTS_EACH * i + 1,
            "id": f"old-{i:08d}",
            "date": date,
            "number": f"{chr(65 + of_day % SERVICES)}-{of_day // SERVICES + 1:03d}",
            "service": service,
            "first_service": service,
            "channel": "kiosk",
            "class": "regular",
            "state": "done",
            "arrived": 1,
            "visit": f"old-{i:08d}",
            "journey": "[]",
            "leg": 0,
            "rank": f"1{at:015d}{i:08d}",
            "counter": f"loket-{i % COUNTERS + 1}",
            "for_counter": None,
            "slot_start": None,
            "slot_end": None,
            "issued_at": at,
            "joined_at": at,
            "called_at": at + 60_000,
            "started_at": at + 120_000,
            "ended_at": at + 180_000,
            "recalls": 0,
            "touched": EVENTS_EACH * (i + 1),
        }
