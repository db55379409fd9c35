"""A client at the end of a `Link`, without any socket: it folds what is written to it."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

from antrean.domain import commands
from antrean.domain.events import Entry
from antrean.domain.model import Clerk
from antrean.hub import Hub, Peer
from antrean.views import Views
from antrean.views.patches import merge
from tests.views.hall import Hall


def frames_of(data: bytes) -> Iterator[dict[str, Any]]:
    """The JSON of unmasked text frames, one behind the other."""
    while data:
        assert data[0] == 0x81
        start = {126: 4, 127: 10}.get(data[1], 2)
        size = data[1] if start == 2 else int.from_bytes(data[2:start], "big")
        yield json.loads(data[start : start + size])
        data = data[start + size :]


class Screen:
    """A peer that believes nothing: offsets of event topics must follow each other."""

    def __init__(self, hub: Hub, *, first: bool = False, credential: str = "") -> None:
        self.hub = hub
        self.full = False
        self.held = 0  # bytes that it has not taken
        self.closed: tuple[int, str] | None = None
        self.frames: list[dict[str, Any]] = []
        self.writes = 0
        self.states: dict[str, Any] = {}
        self.offsets: dict[str, int] = {}
        self.peer = Peer(self, credential, first=first)
        hub.join(self.peer)

    # the link
    def write(self, data: bytes) -> None:
        assert self.closed is None
        self.writes += 1
        for frame in frames_of(data):
            self.frames.append(frame)
            self._take(frame)

    def buffered(self) -> int:
        return self.held

    def close(self, code: int, reason: str = "") -> None:
        self.closed = (code, reason)
        self.hub.leave(self.peer)

    # the client
    def subscribe(self, topic: str, *, resume: bool = False) -> dict[str, Any]:
        """Subscribe; with `resume` from what was seen last. The answer."""
        before = len(self.frames)
        epoch = self.hub.views.epoch if resume else None
        self.hub.subscribe(self.peer, topic, epoch, self.offsets.get(topic) if resume else None)
        return self.frames[before]

    def follow(self, ticket: str, *, resume: bool = False) -> dict[str, Any]:
        before = len(self.frames)
        held = self.hub.state.tickets[ticket]
        offset = self.offsets.get(f"ticket:{ticket}") if resume else None
        self.hub.follow(self.peer, held, self.hub.views.epoch if resume else None, offset)
        return self.frames[before]

    def drain(self) -> None:
        """Take everything that was written."""
        self.full = False
        self.held = 0
        self.hub.drained(self.peer)

    def events(self, topic: str) -> list[dict[str, Any]]:
        return [f for f in self.frames if f["op"] == "event" and f["topic"] == topic]

    def ops(self) -> list[str]:
        return [f["op"] for f in self.frames]

    def _take(self, frame: dict[str, Any]) -> None:
        topic = frame.get("topic", "")
        if frame["op"] == "snapshot":
            self.states[topic], self.offsets[topic] = frame["state"], frame["offset"]
        elif frame["op"] == "resumed":
            assert frame["offset"] == self.offsets[topic]
        elif frame["op"] == "event":
            if topic == "services" or topic.startswith("ticket:"):
                assert frame["offset"] >= self.offsets[topic]
            else:
                assert frame["offset"] == self.offsets[topic] + 1, "a gap or a repeat"
            self.offsets[topic] = frame["offset"]
            self.states[topic] = merge(self.states[topic], frame["state"])


class LiveHall(Hall):
    """A hall whose entries are published by a hub, one group for each command."""

    def __init__(self) -> None:
        super().__init__()
        self.hub = Hub(Views(self.state.copy(), "epoch"), lambda: self.at)

    def show(self, entries: list[Entry]) -> None:
        """Publish a group as the engine does."""
        if entries:
            self.hub.publish(entries)
            self.hub.spread()

    def fresh(self, topic: str) -> Any:
        """What a new subscriber is told."""
        screen = Screen(self.hub)
        if topic.startswith("ticket:"):
            screen.follow(topic.partition(":")[2])
        else:
            screen.subscribe(topic)
        self.hub.leave(screen.peer)
        return screen.states[topic]


async def settled(hall: LiveHall) -> None:
    """Let the loop turn until everyone was reached."""
    for _ in range(10_000):
        if not hall.hub._spreading:
            return
        await asyncio.sleep(0)
    raise AssertionError("spreading never ends")


def open_lab(hall: LiveHall) -> None:
    clerk = Clerk("user:sari", "sari", "Sari")
    hall.show(hall.must(commands.OpenCounter(counter="lab-1", clerk=clerk)))


def issue(hall: LiveHall, ticket: str = "") -> str:
    ticket = ticket or hall.new_id()
    hall.show(hall.must(commands.IssueTicket(ticket=ticket, service="lab", channel="kiosk"), 1))
    return ticket


def act(hall: LiveHall, *kinds: type) -> None:
    for kind in kinds:
        hall.show(hall.must(kind(counter="lab-1"), 1000))
