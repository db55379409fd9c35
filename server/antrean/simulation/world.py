"""The hall as those in it share it: the API, the clock, who holds which ticket, what is counted."""

import asyncio
import random
import secrets
import sys
from collections import Counter as Count
from collections import defaultdict
from collections.abc import Collection, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from antrean.simulation.client import Answer, Client, Unreachable
from antrean.simulation.follow import Follower
from antrean.simulation.hall import Hall
from antrean.simulation.moments import HallClock
from antrean.simulation.plan import Visitor

REPEATED = 0.01  # of commands are sent again with their key, as one who got no answer does
MOST_ERRORS = 50
STRANGER_SECONDS = 0.3  # after which a called ticket is taken for that of a person


@dataclass(slots=True)
class Guest:
    """A visitor who holds a ticket. Each fate befalls once."""

    visitor: Visitor
    ticket: str
    number: str
    token: str
    legs: int = 0  # how many were worked on
    left: bool = False  # ended, in whatever way
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    fates: set[str] = field(default_factory=set)  # which kinds were used up

    def once(self, kind: str, fate: str, usual: str) -> str:
        """The fate of `kind` the first time, then the usual."""
        if kind in self.fates:
            return usual
        self.fates.add(kind)
        return fate

    def end(self) -> None:
        self.left = True
        self.ended.set()


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A command that was answered 2xx: the journal must say so at `seq`."""

    seq: int
    kind: str
    ticket: str | None


@dataclass(slots=True)
class Tally:
    """What is counted while the day goes on."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: Count[str] = field(default_factory=Count)  # by "kind code"
    visitors: Count[str] = field(default_factory=Count)
    errors: list[str] = field(default_factory=list)
    error_count: int = 0
    acknowledged: list[Acknowledged] = field(default_factory=list)
    sent: dict[int, float] = field(default_factory=dict)  # by seq, monotonic
    shown: list[tuple[str, int, float]] = field(default_factory=list)  # audience, seq, monotonic

    def error(self, text: str) -> None:
        self.error_count += 1
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(text)

    def note_frame(self, audience: str, frame: Mapping[str, Any], at: float) -> None:
        if frame["op"] == "event" and frame["type"] != "changed":
            self.shown.append((audience, frame["seq"], at))

    @property
    def deliveries(self) -> dict[str, list[float]]:
        """Seconds from sending a command to its frame, by audience."""
        result: dict[str, list[float]] = defaultdict(list)
        for audience, seq, at in self.shown:
            if seq in self.sent:
                result[audience].append(at - self.sent[seq])
        return result


@dataclass(frozen=True, slots=True)
class Tokens:
    kiosks: tuple[str, ...]
    desk: str
    partner: str
    supervisor: str
    clerks: Mapping[str, tuple[str, str]]  # counter: (id, token)
    relief: Mapping[str, tuple[str, str]]  # the same, of those who take over at a break


class Board:
    """The topic `site`: who waits and who sits where, as a supervisor's screen knows it."""

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._sleepers: dict[str, set[asyncio.Event]] = defaultdict(set)

    def waiting(self, services: Iterable[str]) -> int:
        known = self._follower.state.get("services", {})
        return sum(int(known.get(s, {}).get("waiting", 0)) for s in services)

    def counter(self, counter: str) -> dict[str, Any]:
        shown: dict[str, Any] = self._follower.state.get("counters", {}).get(counter, {})
        return shown

    def receive(self, frame: Mapping[str, Any], at: float) -> None:
        self.wake(frame["state"].get("services", ()))

    def wake(self, services: Iterable[str]) -> None:
        """Whoever sleeps beside one of these lines."""
        for service in services:
            for sleeper in self._sleepers.get(service, ()):
                sleeper.set()

    async def sleep(self, services: Collection[str], seconds: float) -> None:
        """Until something changes in one of the lines, or for real `seconds`."""
        changed = asyncio.Event()
        for service in services:
            self._sleepers[service].add(changed)
        try:
            async with asyncio.timeout(seconds):
                await changed.wait()
        except TimeoutError:
            pass
        finally:
            for service in services:
                self._sleepers[service].discard(changed)


class World:
    """Everything shared. With `people` persons act in the hall too, and nothing is counted: that
    is the demo, which goes on for days."""

    def __init__(
        self, client: Client, clock: HallClock, hall: Hall, tokens: Tokens, *, people: bool = False
    ) -> None:
        self.client = client
        self.clock = clock
        self.hall = hall
        self.tokens = tokens
        self.people = people
        self.former: frozenset[str] = frozenset()  # simulated clerks of an earlier demo, by id
        self.tally = Tally()
        self.guests: dict[str, Guest] = {}  # by ticket
        self.holders: dict[int, Guest] = {}  # by the index of the visitor
        self.opening = clock.today_at(hall.opens)
        self.closing = clock.today_at(hall.closes)
        self.asked: dict[str, list[Guest]] = defaultdict(list)  # counter: to be called by name
        self._rng = random.Random("repeats")
        self._arrivals: dict[str, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._site = Follower(
            client.url, "site", token=tokens.supervisor, on_frame=self._site_frame
        )
        self.board = Board(self._site)

    def _site_frame(self, frame: dict[str, Any], at: float) -> None:
        if not self.people:
            self.tally.note_frame("site", frame, at)
        self.board.receive(frame, at)

    @property
    def site(self) -> Follower:
        return self._site

    async def command(
        self,
        kind: str,
        path: str,
        body: dict[str, Any] | None,
        token: str | None,
        refusals: Collection[str] = (),
    ) -> Answer | None:
        """POST a command; None when it was refused as it may be, or failed (an error then)."""
        key, body = secrets.token_urlsafe(18), body or {}
        try:
            answer = await self.client.call(
                "POST", f"/api/v1{path}", body or {}, token=token, key=key
            )
        except Unreachable as error:
            self.tally.error(str(error))
            return None
        if self.people:
            return answer if answer.fine else None
        self.tally.seconds[kind].append(answer.seconds)
        if not answer.fine:
            self._refused(kind, path, body, answer, refusals)
            return None
        seq, ticket = answer.body["seq"], answer.body.get("ticket") or {}
        self.tally.acknowledged.append(Acknowledged(seq, kind, ticket.get("id")))
        self.tally.sent[seq] = answer.sent
        if self._rng.random() < REPEATED:
            await self._repeat(kind, path, body, token, key, answer)
        return answer

    def _refused(
        self,
        kind: str,
        path: str,
        body: object,
        answer: Answer,
        refusals: Collection[str],
    ) -> None:
        self.tally.refused[f"{kind} {answer.code}"] += 1
        if answer.status != 409 or answer.code not in refusals:
            self.tally.error(f"{kind}: POST {path} {body} -> {answer.status} {answer.body}")

    async def _repeat(
        self,
        kind: str,
        path: str,
        body: dict[str, Any] | None,
        token: str | None,
        key: str,
        first: Answer,
    ) -> None:
        try:
            again = await self.client.call("POST", f"/api/v1{path}", body, token=token, key=key)
        except Unreachable as error:
            self.tally.error(str(error))
            return
        self.tally.seconds["repeated"].append(again.seconds)
        if (again.status, again.body) != (first.status, first.body):
            self.tally.error(f"{kind}: POST {path} repeated with its key: {again.body}")

    def spawn(self, life: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Lets somebody live on their own; what goes wrong with them is an error of the day."""
        task = asyncio.create_task(self._guarded(life))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _guarded(self, life: Coroutine[Any, Any, None]) -> None:
        try:
            await life
        except Exception as error:  # of ours or of the server: either way the day went wrong
            who = getattr(life, "__qualname__", "somebody")
            self.tally.error(f"{who}: {type(error).__name__}: {error}")
            if self.people:
                print(f"antrean demo: {self.tally.errors[-1]}", file=sys.stderr)

    async def end(self) -> None:
        """Sends home whoever is still about."""
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(list(self._tasks))

    def admit(self, guest: Guest) -> None:
        """From now on whoever calls the ticket finds its holder."""
        self.guests[guest.ticket] = guest
        if (arrival := self._arrivals.pop(guest.ticket, None)) is not None:
            arrival.set()

    async def guest_of(self, ticket: str) -> Guest | None:
        """The holder; None for a person's ticket. A call may overtake the answer that gave it."""
        if ticket not in self.guests:
            arrival = self._arrivals.setdefault(ticket, asyncio.Event())
            try:
                async with asyncio.timeout(STRANGER_SECONDS):
                    await arrival.wait()
            except TimeoutError:
                self._arrivals.pop(ticket, None)
        return self.guests.get(ticket)
