"""The people of the hall: clerks at all counters of two zones, and visitors, in real time."""

import asyncio
import random
import secrets
import time
from collections import Counter as Count
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from antrean.simulation.client import Answer, Client, Unreachable
from antrean.simulation.crew import Admin

DAY_MINUTES = 360.0  # of opening hours, over which a mall has its tickets
DAY_TICKETS = 300.0
WAVE_SECONDS = 60.0  # in a rush all counters call at once so often
WAVE_OPEN_SECONDS = 2.0  # whoever comes so late still calls with the others
GATHER_SECONDS = 40.0  # before a rush nobody is called any more, so that all counters are free
LINE = 2  # who waits at each counter before a wave
PATIENCE_SECONDS = 120.0  # of one who repeats a command while the server is away


@dataclass(frozen=True, slots=True)
class Counter:
    id: str
    name: str  # as the voice says it in Indonesian
    zone: str
    services: tuple[str, ...]
    token: str


@dataclass(slots=True)
class Hours:
    """When what happens, by time.monotonic()."""

    begins: float
    ends: float
    rush_begins: float
    rush_ends: float
    is_short: bool  # a trial of a few minutes: services take seconds

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.ends

    @property
    def rush(self) -> bool:
        return self.rush_begins <= time.monotonic() < self.rush_ends

    def next_wave(self) -> float:
        """Seconds until all counters call together."""
        since = time.monotonic() - self.rush_begins
        if since % WAVE_SECONDS < WAVE_OPEN_SECONDS:
            return 0.0
        return (WAVE_SECONDS - since % WAVE_SECONDS) % WAVE_SECONDS


@dataclass(slots=True)
class Tally:
    done: Count[str] = field(default_factory=Count)
    refused: Count[str] = field(default_factory=Count)
    errors: list[str] = field(default_factory=list)

    def error(self, text: str) -> None:
        if len(self.errors) < 50:
            self.errors.append(text)


class Hall:
    """Who lives in it. `live` ends when all have gone home."""

    def __init__(
        self, url: str, counters: list[Counter], kiosk: str, hours: Hours, seed: int
    ) -> None:
        self._client = Client(url)
        self._counters = counters
        self._kiosk = kiosk
        self._hours = hours
        self._rng = random.Random(seed)
        self._weights = self._demand()
        self._waiting: Count[str] = Count()  # by service
        self._missed: dict[str, list[str]] = defaultdict(list)  # counter: tickets to call again
        self._more = asyncio.Event()
        self.tally = Tally()

    def _demand(self) -> dict[str, float]:
        weights: dict[str, float] = defaultdict(float)
        for counter in self._counters:
            for service in counter.services:
                weights[service] += 1 / len(counter.services)
        return dict(weights)

    async def live(self) -> None:
        clerks = [asyncio.create_task(self._guarded(self._clerk(c))) for c in self._counters]
        visitors = asyncio.create_task(self._guarded(self._visitors()))
        rush = asyncio.create_task(self._guarded(self._crowd()))
        await asyncio.gather(*clerks)
        for task in (visitors, rush):
            task.cancel()
        await asyncio.gather(visitors, rush, return_exceptions=True)
        self._client.close()

    async def _guarded(self, life: Any) -> None:
        try:
            await life
        except Exception as error:
            self.tally.error(f"{life.__qualname__}: {type(error).__name__}: {error}")

    # commands
    async def command(
        self, path: str, body: dict[str, Any], token: str, refusals: Collection[str] = ()
    ) -> Answer | None:
        """Repeated with its key until the server answers; None when it was refused."""
        key, end = secrets.token_urlsafe(18), time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = await self._client.call(
                    "POST", f"/api/v1{path}", body, token=token, key=key
                )
            except Unreachable as error:
                if time.monotonic() > end:
                    self.tally.error(str(error))
                    return None
                await asyncio.sleep(0.2)
                continue
            if answer.status in (429, 503) and time.monotonic() < end:
                await asyncio.sleep(0.5)
                continue
            verb = path.rsplit("/", 1)[-1]
            if answer.fine:
                self.tally.done[verb] += 1
                return answer
            self.tally.refused[f"{verb} {answer.code}"] += 1
            if answer.code not in refusals:
                self.tally.error(f"POST {path} {body}: {answer.status} {answer.body}")
            return None

    # visitors
    async def _visitors(self) -> None:
        """By day's rate, whatever the hour."""
        per_second = DAY_TICKETS / DAY_MINUTES / 60
        for service in self._rng.choices(list(self._weights), list(self._weights.values()), k=8):
            await self._take(service)
        while not self._hours.over:
            await asyncio.sleep(self._rng.expovariate(per_second))
            (service,) = self._rng.choices(list(self._weights), list(self._weights.values()))
            await self._take(service)

    async def _crowd(self) -> None:
        """Before and in the rush as many wait as all counters can call."""
        await _sleep_until(self._hours.rush_begins - 5)
        while time.monotonic() < self._hours.rush_ends:
            for service, share in self._weights.items():
                for _ in range(max(0, round(LINE * share + 0.5) - self._waiting[service])):
                    await self._take(service)
            await asyncio.sleep(2)

    async def _take(self, service: str) -> None:
        body: dict[str, Any] = {"service": service, "journey": []}
        if self._rng.random() < 0.1:
            body["class"] = "prioritas"
        answer = await self.command("/tickets", body, self._kiosk, ("quota_exhausted",))
        if answer is not None:
            self._waiting[service] += 1
            more, self._more = self._more, asyncio.Event()
            more.set()

    # clerks
    async def _clerk(self, me: Counter) -> None:
        await self._post(me, "open")
        while not self._hours.over:
            if 0 < self._hours.rush_begins - time.monotonic() < GATHER_SECONDS:
                await _sleep_until(self._hours.rush_begins)
            if self._hours.rush:
                # With one breath, as when the doors open.
                await asyncio.sleep(self._hours.next_wave() + self._rng.uniform(0, 1.0))
            if not await self._next(me):
                await self._idle()
        await self._post(me, "close", refusals=("counter_busy",))

    async def _idle(self) -> None:
        wait = min(self._hours.ends, self._hours.rush_begins) - time.monotonic()
        if wait <= 0:
            wait = self._hours.ends - time.monotonic()
        try:
            async with asyncio.timeout(max(0.01, min(wait, 5.0))):
                await self._more.wait()
        except TimeoutError:
            pass
        await asyncio.sleep(self._rng.uniform(0.5, 4.0) if not self._hours.rush else 0)

    async def _next(self, me: Counter) -> bool:
        """Calls and serves one; False when nobody waits."""
        if self._missed[me.id]:
            ticket = self._missed[me.id].pop()
            called = await self._post(me, "call", {"ticket": ticket}, ("invalid_state",))
        elif any(self._waiting[s] > 0 for s in me.services):
            called = await self._post(me, "call-next", refusals=("queue_empty",))
        else:
            return False
        if called is None:
            for service in me.services:
                self._waiting[service] = 0
            return False
        line = called.body["ticket"]["service"]
        self._waiting[line] = max(0, self._waiting[line] - 1)
        await self._receive(me, called)
        return True

    async def _receive(self, me: Counter, called: Answer) -> None:
        ticket, fate = called.body["ticket"]["id"], self._rng.random()
        if fate < 0.02:  # the wrong number was pressed
            await asyncio.sleep(self._rng.uniform(1, 6))
            if await self._post(me, "undo", {"seq": called.body["seq"]}, _LATE):
                self._waiting[called.body["ticket"]["service"]] += 1
                return
        if fate < 0.05:  # nobody comes
            for verb in ("recall", "recall", "no-show"):
                await asyncio.sleep(self._rng.uniform(15, 25))
                if not await self._post(me, verb, {"ticket": ticket}, _LATE):
                    return
            if self._rng.random() < 0.4 and not self._hours.over:
                self._missed[me.id].append(ticket)
            return
        if fate < 0.17:  # comes when called again
            await asyncio.sleep(self._rng.uniform(15, 25))
            await self._post(me, "recall", {"ticket": ticket}, _LATE)
        await asyncio.sleep(self._walk())
        started = await self._post(me, "start", {"ticket": ticket}, _LATE)
        if started is None:
            return
        if self._rng.random() < 0.02:
            await asyncio.sleep(2)
            await self._post(me, "undo", {"seq": started.body["seq"]}, _LATE)
            await asyncio.sleep(self._rng.uniform(2, 8))
            await self._post(me, "start", {"ticket": ticket}, _LATE)
        await self._work()
        await self._finish(me, ticket)

    async def _finish(self, me: Counter, ticket: str) -> None:
        roll = self._rng.random()
        if roll < 0.05:  # goes on to the other hall
            others = [s for c in self._counters if c.zone != me.zone for s in c.services]
            service = self._rng.choice(others)
            body = {"ticket": ticket, "service": service}
            if await self._post(me, "transfer", body, _LATE):
                self._waiting[service] += 1
                self._more.set()
            return
        copies = roll < 0.08  # has to copy a paper
        if copies and await self._post(me, "hold", {"ticket": ticket}, _LATE):
            await asyncio.sleep(self._rng.uniform(5, 20))
            await self._post(me, "resume", {"ticket": ticket}, _LATE)
            await asyncio.sleep(self._rng.uniform(5, 10))
        await self._post(me, "complete", {"ticket": ticket}, _LATE)

    def _walk(self) -> float:
        return self._rng.uniform(22, 40) if self._hours.rush else self._rng.uniform(6, 30)

    async def _work(self) -> None:
        """A service takes its time, and is cut short where a rush or the evening comes."""
        seconds = min(self._rng.lognormvariate(5.2, 0.7), 900.0)
        if self._hours.rush or self._hours.is_short:
            seconds = self._rng.uniform(4, 14)
        now = time.monotonic()
        limits = [self._hours.ends]
        if now < self._hours.rush_begins:
            limits.append(self._hours.rush_begins - 3)
        await asyncio.sleep(max(2.0, min([seconds, *(limit - now for limit in limits)])))

    async def _post(
        self,
        me: Counter,
        verb: str,
        body: dict[str, Any] | None = None,
        refusals: Collection[str] = (),
    ) -> Answer | None:
        return await self.command(f"/counters/{me.id}/{verb}", body or {}, me.token, refusals)


_LATE = ("stale", "invalid_state", "nothing_to_undo", "counter_busy")


async def enlist(admin: Admin, zones: Collection[str]) -> tuple[list[Counter], str]:
    """A clerk for each counter of the zones at which something operates, and a kiosk's token."""
    running = {s["id"] for s in await admin.all("/services") if s["status"] != "not_operating"}
    counters = []
    for shown in await admin.all("/counters"):
        services = tuple(s for s in shown["services"] if s in running)
        if shown["zone"] in zones and services:
            body = {"name": f"Petugas {shown['id']}", "role": "clerk"}
            token = (await admin.ask("POST", "/tokens", body))["token"]
            counters.append(
                Counter(shown["id"], shown["name"]["id"], shown["zone"], services, token)
            )
    kiosk = await admin.ask("POST", "/tokens", {"name": "Kios", "role": "kiosk"})
    return counters, kiosk["token"]


async def _sleep_until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.monotonic()))
