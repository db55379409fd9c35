"""A demo that lives by itself, and steps aside for people."""

import contextlib
import json
import os
import select
import signal
import time
from collections import Counter as Count
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import connect

from antrean.catalogue import BUILT_IN, load
from antrean.simulation.demo import LOGINS
from antrean.simulation.demo_hall import spare
from antrean.simulation.follow import merge
from antrean.simulation.hall import ALL_DAY, Counter, Hall, Service
from tests.simulation.halls import hall
from tests.support import Cast, RunningServer

PATIENCE = 60.0
State = dict[str, Any]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer(tmp_path, BUILT_IN, ["--demo", "--demo-speed", "20"]) as server:
        yield server


@contextlib.contextmanager
def supervisor(server: RunningServer) -> Iterator[Cast]:
    """The cast of a demo, whose admin has the password of the test's servers."""
    with Cast(server) as cast:
        yield cast


def site_until(cast: Cast, wanted: Callable[[State, Count[str]], bool]) -> State:
    """Follows the topic `site` until `wanted(state, events by type)`; fails after PATIENCE."""
    token = cast.admin.post("/tokens", {"name": "papan", "role": "supervisor"}).token
    headers = {"Authorization": f"Bearer {token}"}
    deadline, events = time.monotonic() + PATIENCE, Count[str]()
    state: State = {}
    with connect(
        cast.server.socket_url, additional_headers=headers, compression=None, proxy=None
    ) as socket:
        socket.send('{"op":"subscribe","topic":"site"}')
        while not (state and wanted(state, events)):
            frame = json.loads(socket.recv(timeout=deadline - time.monotonic()))
            if frame["op"] == "snapshot":
                state = frame["state"]
            elif frame["op"] == "event":
                state = merge(state, frame["state"])
                events[frame["type"]] += 1
    return state


def clerks(state: State) -> dict[str, str]:
    """Who sits where, by counter."""
    counters = state["counters"]
    return {c: shown["clerk"]["user"] for c, shown in counters.items() if "clerk" in shown}


def mall() -> Hall:
    catalogue = load(BUILT_IN)
    services = {
        s.id: Service(s.id, s.prefix, s.zone, s.channels, s.bookable, s.operating, ALL_DAY)
        for s in catalogue.services.values()
    }
    counters = {c.id: Counter(c.id, c.zone, c.services) for c in catalogue.counters.values()}
    return Hall(tuple(catalogue.zones), (), services, counters)


def test_two_counters_and_one_service_are_left_to_people() -> None:
    spared = spare(mall())
    assert len(spared.counters) == 2
    assert spared.service is not None
    serving = {c for c in mall().counters.values() if spared.service in c.services}
    assert {c.id for c in serving} < spared.counters


def test_a_hall_of_few_counters_is_played_whole() -> None:
    assert spare(hall()).counters == frozenset()


def test_the_demo_lives_and_steps_aside(demo: RunningServer) -> None:
    spared = spare(mall())
    simulated = {c.id for c in mall().staffed} - spared.counters
    for login in LOGINS[1:]:
        assert any(login.username in line and login.password in line for line in demo.lines)
    with supervisor(demo) as cast:
        state = site_until(
            cast, lambda s, n: set(clerks(s)) == simulated and n["ticket.completed"] > 3
        )
        services = state["services"]
        assert sum(s["waiting"] for s in services.values()) > 20
        assert services[spared.service]["waiting"] > 0

        # a person sits down at a simulated clerk's counter, whatever goes on there
        person = cast.nobody()
        person.sign_in("petugas", "demo-petugas").ok()
        taken = sorted(simulated)[3]
        opened = person.post(f"/counters/{taken}/open").ok()
        site_until(cast, lambda s, n: n.total() > 60)
        later = [e for e in cast.admin.events(opened.seq) if e["data"].get("counter") == taken]
        others = [e for e in later if e["actor"] != "user:petugas"]
        assert len(others) <= 1, others  # what was under way at that moment
        seat = person.get(f"/counters/{taken}").ok().body
        assert seat["clerk"]["user"] == "petugas"
        if seat["ticket"] is None:
            person.post(f"/counters/{taken}/call-next").ok()


def test_the_demo_ends_with_its_server_and_goes_on_at_the_next_start(demo: RunningServer) -> None:
    with supervisor(demo) as cast:
        before = clerks(site_until(cast, lambda s, n: len(clerks(s)) > 15 and n.total() > 30))
        tokens = len(cast.admin.get("/tokens?limit=200").items)
    [child] = [
        int(pid) for pid in Path(f"/proc/{demo.pid}/task/{demo.pid}/children").read_text().split()
    ]
    watched = os.pidfd_open(child)
    poll = select.poll()
    poll.register(watched, select.POLLIN)
    demo.restart(hard=True)  # kill -9: nobody tells the child
    assert poll.poll(PATIENCE * 1000), "the child outlived its server"
    os.close(watched)
    with supervisor(demo) as cast:
        state = site_until(
            cast,
            lambda s, n: (
                n.total() > 30
                and len(clerks(s)) > 15
                and not set(clerks(s).values()) & set(before.values())
            ),
        )
        assert state
        assert len(cast.admin.get("/tokens?limit=200").items) <= tokens + 2
        assert demo.stop(signal.SIGTERM) == 0
