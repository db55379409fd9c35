"""The hall of a demo: visitors without end, clerks at all but two counters, a supervisor."""

import asyncio
import random
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, TypeAlias, TypeVar

from antrean.simulation.clerks import AtCounter
from antrean.simulation.crew import Admin, Crew
from antrean.simulation.hall import Hall, Service
from antrean.simulation.moments import HallClock
from antrean.simulation.plan import Break, Clerk, demand_of, draw_clerk, draw_visitor
from antrean.simulation.supervision import TEXTS
from antrean.simulation.visitors import Holder
from antrean.simulation.world import Guest, World

Life: TypeAlias = Coroutine[Any, Any, None]
PACE = 6.0  # at --demo-speed 1: in a mall of 24 counters somebody is called every few seconds
LOAD = 0.85  # of what the simulated clerks can do
LONGEST_LINE = 9  # seeing more than so many for each of its counters, a visitor goes home
SPARED_LINE = 4  # those who wait where a person is to serve
FIRST = 4  # visitors a service at the start, at most
MOST_GUESTS = 3_000  # remembered
NOTICE_SECONDS = 600.0
REASON = "Gangguan aplikasi"
SHUT_EVERY = 1500.0  # seconds of the hall between two pauses of a service


@dataclass(frozen=True, slots=True)
class Spared:
    """What is left to persons."""

    counters: frozenset[str]
    service: str | None


def spare(hall: Hall) -> Spared:
    """Two counters and one service: one counter with its service, one that others stand in for."""
    running = {service.id for service in hall.running}
    serving = hall.staffed
    if len(serving) < 4:
        return Spared(frozenset(), None)
    alone = [
        c
        for c in serving
        if len(c.services) == 1
        and "kiosk" in hall.services[c.services[0]].channels
        and sum(1 for other in serving if c.services[0] in other.services) == 1
    ]
    first = alone[-1] if alone else serving[-1]
    helped = [
        c
        for c in serving
        if c is not first
        and all(
            any(s in o.services for o in serving if o not in (c, first))
            for s in c.services
            if s in running
        )
    ]
    second = helped[-1] if helped else next(c for c in reversed(serving) if c is not first)
    return Spared(frozenset({first.id, second.id}), first.services[0] if alone else None)


class DemoHall:
    """`prepare`, then `live` until it is cancelled."""

    def __init__(self, world: World, clerks: list[Clerk], spared: Spared) -> None:
        self._world = world
        self._clerks = clerks
        self._spared = spared
        self._rng = random.Random()
        self._numbers = count()
        self._demand = demand_of(world.hall, self._rng)

    @classmethod
    async def prepare(cls, admin: Admin, speed: float, minutes: dict[str, float]) -> "DemoHall":
        """Raises Denied, Unreachable, OSError."""
        crew = Crew(admin)
        hall = await crew.hall(minutes)
        spared = spare(hall)
        names = random.Random("demo")
        clerks = [
            replace(draw_clerk(counter.id, 0.0, names), opens=0.0, breaks=(), relieved=False)
            for counter in hall.staffed
        ]
        former = await crew.clear(clerks)
        clerks = [clerk for clerk in clerks if clerk.counter not in spared.counters]
        tokens = await crew.enlist(clerks)
        site = await admin.ask("GET", "/site")
        clock = HallClock(site["at"], pace=PACE * speed)
        world = World(admin.client, clock, hall, tokens, people=True)
        world.former = former
        world.opening = clock.now()
        await world.site.start()
        return cls(world, clerks, spared)

    async def live(self) -> None:
        """Ends when the server is gone."""
        world = self._world
        await self._tidy_services()
        for visitor in self._first_visitors():
            world.spawn(visitor)
        for clerk in self._clerks:
            # Each is at another point of the first service: a hall that was open all along.
            seat = AtCounter(
                world,
                clerk,
                forever=True,
                breaks=self._breaks(),
                first_part=self._rng.uniform(0.02, 1.0),
            )
            world.spawn(seat.run())
        world.spawn(self._arrivals())
        world.spawn(self._notices())
        world.spawn(self._pauses())
        await world.site.closed()
        await world.end()

    def _breaks(self) -> Iterator[Break]:
        """A clerk's breaks, without end."""
        begins = self._rng.uniform(600, 5400)
        while True:
            lasts = self._rng.uniform(240, 600)
            yield Break(begins, lasts, "Istirahat")
            begins += lasts + self._rng.uniform(2400, 6000)

    # visitors
    def _first_visitors(self) -> Iterator[Life]:
        for service in self._world.hall.running:
            for _ in range(self._rng.randint(2, FIRST)):
                yield self._visitor(service, here=True)

    def _visitor(self, service: Service, *, here: bool = False) -> Life:
        """`here`: stands in the hall already."""
        drawn = draw_visitor(
            self._world.hall, self._demand, self._rng, next(self._numbers), wanted=service
        )
        channel = "kiosk" if drawn.channel == "booked" or here else drawn.channel
        if channel not in service.channels:
            channel = "desk"
        visitor = replace(drawn, channel=channel, follows=False, anonymous=False)
        return Holder(self._world, visitor).come()

    async def _arrivals(self) -> None:
        world, hall = self._world, self._world.hall
        shares = hall.shares()
        per_minute = sum(LOAD * shares[s.id] / s.minutes for s in hall.running)
        while True:
            await world.clock.sleep(self._rng.expovariate(per_minute) * 60)
            service = self._demand.draw(self._rng)
            if world.board.waiting([service.id]) < self._longest(service, shares[service.id]):
                world.spawn(self._visitor(service))
            _forget(world.guests)
            _forget(world.holders)

    def _longest(self, service: Service, share: float) -> float:
        if service.id == self._spared.service:
            return SPARED_LINE
        return max(2.0, LONGEST_LINE * share)

    # the supervisor
    async def _tidy_services(self) -> None:
        """An earlier demo that was killed may have left a service paused."""
        for service in self._world.hall.running:
            shown = self._world.site.state["services"].get(service.id, {})
            if REASON in str(shown.get("note")):
                await self._turn(service, "open")

    async def _turn(self, service: Service, verb: str) -> None:
        body = {"reason": REASON} if verb == "pause" else None
        token = self._world.tokens.supervisor
        await self._world.command(verb, f"/services/{service.id}/{verb}", body, token)

    async def _pauses(self) -> None:
        clock = self._world.clock
        services = [s for s in self._world.hall.running if s.id != self._spared.service]
        while services:
            await clock.sleep(self._rng.uniform(0.5, 1.5) * SHUT_EVERY)
            service = self._rng.choice(services)
            await self._turn(service, "pause")
            await clock.sleep(self._rng.uniform(180, 420))
            await self._turn(service, "open")

    async def _notices(self) -> None:
        """Running text on the displays, one after the other."""
        world = self._world
        for number in count():
            until = world.clock.iso(world.clock.now() + int(NOTICE_SECONDS * 1000))
            body = {"text": TEXTS[number % len(TEXTS)], "until": until}
            await world.command("announce", "/announcements", body, world.tokens.supervisor)
            await asyncio.sleep(NOTICE_SECONDS)


K = TypeVar("K")


def _forget(known: dict[K, Guest]) -> None:
    """Drops whoever has left, and the oldest when there are too many."""
    over = [key for key, guest in known.items() if guest.left]
    over += list(known)[: max(0, len(known) - len(over) - MOST_GUESTS)]
    for key in over:
        known.pop(key, None)
