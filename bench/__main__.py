"""`python -m bench`: rounds of everything, then one table. See docs/benchmarks.md."""

import argparse
import json
import sqlite3
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from bench import in_hall
from bench.figures import Round, table, write_json
from bench.hall import Hall, open_hall, work_folder
from bench.old_tickets import OldTickets
from bench.processes import BUILD, BenchError, Result, free_port, load, prepare, python, server

ONE, MANY = 1, 64
# Long enough for a full second without another command: what a hall is like.
ALONE_PAUSE_MS = 3
SECONDS = 1.5
ALONE_SECONDS = 3.0
FOLLOWERS = 2_000
CASES = {
    "1000_one": (1000, ONE),
    "1000_many": (1000, MANY),
    "5000_one": (5000, ONE),
    "5000_many": (5000, MANY),
}
# python-socketio drops its own control socket at 5,000, so it is measured at 1,000.
PEERS = {
    "starlette_loop": tuple(CASES),
    "websockets_broadcast": tuple(CASES),
    "socketio_room": ("1000_one", "1000_many"),
}
SOCKETIO = "/socket.io/?EIO=4&transport=websocket"


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write the figures as one flat object")
    parser.add_argument("--raw", type=Path, help="write all results of all rounds")
    parser.add_argument("--no-peers", action="store_true", help="leave the peers out")
    parser.add_argument("--no-start", action="store_true", help="leave the million tickets out")
    in_hall.add_arguments(parser)
    asked = parser.parse_args()
    try:
        if asked.hall:
            return in_hall.main(asked)
        rounds = run(asked)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    print(table(rounds))
    if asked.json:
        write_json(rounds, asked.json)
    if asked.raw:
        asked.raw.write_text(json.dumps(rounds, indent=2) + "\n", encoding="utf-8")
    return 0


def run(asked: argparse.Namespace) -> list[Round]:
    prepare()
    rounds: list[Round] = []
    with work_folder() as folder:
        old = None if asked.no_start else OldTickets.build(folder)
        for i in range(asked.rounds):
            print(f"round {i + 1} of {asked.rounds}", file=sys.stderr)
            frames = folder / "frames"
            found: Round = {}
            measure_antrean(found, frames)
            measure_floor(found, frames)
            found["commit"] = measure_commit(folder)
            if not asked.no_peers:
                measure_peers(found, frames)
            if old is not None:
                found["antrean_start"] = {"seconds": old.start_seconds()}
            rounds.append(found)
    return rounds


def note(found: Round, name: str, result: Result) -> None:
    found[name] = result
    shown = (
        "deliveries_per_second",
        "commands_per_second",
        "first_us_p50",
        "last_us_p50",
        "skipped",
    )
    facts = ", ".join(f"{k} {result[k]:,.0f}" for k in shown if k in result)
    print(f"  {name}: {facts or result}", file=sys.stderr, flush=True)


def measure_antrean(found: Round, frames: Path) -> None:
    """Also records the frames that the floor and the peers then send."""
    with open_hall() as hall:
        for case, (subscribers, in_flight) in CASES.items():
            record = frames if case == "1000_one" else None
            result = hall.measure(subscribers, in_flight, seconds=SECONDS, record=record)
            note(found, f"antrean_{case}", result)
        note(found, "antrean_1000_alone", alone(hall))
        only = hall.measure(1, MANY, seconds=SECONDS, answers_only=True)
        note(found, "antrean_commands", only)
    # Memory on a fresh server: what earlier runs left to the allocator would be used up first.
    with open_hall() as hall:
        note(found, "antrean_followers", hall.followers(FOLLOWERS))


def alone(hall: Hall) -> Result:
    return hall.measure(1000, ONE, seconds=ALONE_SECONDS, pause_ms=ALONE_PAUSE_MS)


def measure_floor(found: Round, frames: Path) -> None:
    port = free_port()
    sockets: dict[str, Any] = {"path": "/subscribe", "control_path": "/control"}
    with server([BUILD / "floor", str(port), frames], port) as process:
        for case, (subscribers, in_flight) in CASES.items():
            result = load(
                port,
                process.pid,
                subscribers=subscribers,
                in_flight=in_flight,
                seconds=SECONDS,
                **sockets,
            )
            note(found, f"floor_{case}", result)
        result = load(
            port,
            process.pid,
            subscribers=1000,
            in_flight=ONE,
            seconds=ALONE_SECONDS,
            pause_ms=ALONE_PAUSE_MS,
            **sockets,
        )
        note(found, "floor_1000_alone", result)


def measure_peers(found: Round, frames: Path) -> None:
    for peer, cases in PEERS.items():
        sockets: dict[str, Any] = {"path": "/subscribe", "control_path": "/control"}
        if peer == "socketio_room":
            sockets = {"path": f"{SOCKETIO}&subscribe=1", "control_path": SOCKETIO}
            sockets["socketio"] = True
        for case in cases:
            subscribers, in_flight = CASES[case]
            port = free_port()
            with server(python("-m", f"bench.peers.{peer}", str(port), frames), port) as process:
                result = load(
                    port,
                    process.pid,
                    subscribers=subscribers,
                    in_flight=in_flight,
                    seconds=SECONDS,
                    **sockets,
                )
            note(found, f"{peer}_{case}", result)


def measure_commit(folder: Path) -> Result:
    """One lone durable commit of one row, as the floor would need it too."""
    path = folder / "commit.db"
    path.unlink(missing_ok=True)
    times = []
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE events (seq INTEGER PRIMARY KEY, data TEXT)")
        for i in range(300):
            started = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO events VALUES (?, ?)", (i, "x" * 300))
            connection.execute("COMMIT")
            times.append(time.perf_counter() - started)
    finally:
        connection.close()
    return {"us_p50": median(times) * 1e6}


if __name__ == "__main__":
    sys.exit(main())
