"""A day from the first booking to the last check of the journal."""

import asyncio
from collections.abc import Mapping
from typing import Any

from antrean.simulation.clerks import AtCounter
from antrean.simulation.crew import Admin, Crew
from antrean.simulation.follow import Follower
from antrean.simulation.hall import Hall
from antrean.simulation.journal import Journal
from antrean.simulation.moments import HallClock, milliseconds
from antrean.simulation.plan import Plan
from antrean.simulation.supervision import Supervisor
from antrean.simulation.visitors import Holder
from antrean.simulation.world import World

BOOKING_AT_ONCE = 16
VALUE_TRIES = 10
LINES_FOLLOWED = 3  # consoles that follow a service's line, beside the displays of all zones


class Day:
    """`live` plays the plan, `check` holds what came of it against the contract."""

    def __init__(
        self, admin: Admin, crew: Crew, world: World, plan: Plan, grace_ms: Mapping[str, int]
    ) -> None:
        self._admin = admin
        self._crew = crew
        self._plan = plan
        self._grace_ms = grace_ms
        self._since = 0
        self.world = world
        self.journal = Journal(world.hall)
        self._screens = self._make_screens()

    @classmethod
    async def prepare(
        cls,
        admin: Admin,
        hall: Hall,
        crew: Crew,
        plan: Plan,
        speed: float,
        grace_ms: Mapping[str, int],
    ) -> "Day":
        """Raises Denied, Unreachable, OSError."""
        tokens = await crew.enlist(plan.clerks)
        site = await admin.client.call("GET", "/api/v1/site")
        clock = HallClock(site.body["at"], speed)
        world = World(admin.client, clock, hall, tokens)
        day = cls(admin, crew, world, plan, grace_ms)
        day._since = int(site.headers["x-seq"])
        day.journal = Journal(hall, day._since, grace_ms)
        for screen in day._screens:
            await screen.start()
        return day

    def _make_screens(self) -> list[Follower]:
        url, tokens, tally = self.world.client.url, self.world.tokens, self.world.tally
        zones = [
            Follower(
                url,
                f"zone:{zone}",
                on_frame=lambda frame, at: tally.note_frame("display", frame, at),
            )
            for zone in self.world.hall.zones
        ]
        lines = [
            Follower(url, f"service:{service.id}", token=tokens.desk)
            for service in self.world.hall.running[:LINES_FOLLOWED]
        ]
        public = Follower(url, "services")
        counter = next(iter(self.world.hall.counters))
        console = Follower(url, f"counter:{counter}", token=tokens.clerks[counter][1])
        return [self.world.site, *zones, *lines, public, console]

    async def live(self) -> None:
        world = self.world
        holders = {v.index: Holder(world, v) for v in self._plan.visitors}
        await self._book(holders)
        Supervisor(world, self._plan).begin()
        clerks = [world.spawn(AtCounter(world, clerk).run()) for clerk in self._plan.clerks]
        world.spawn(self._arrive(holders))
        await asyncio.wait(clerks)
        await world.end()

    async def _book(self, holders: Mapping[int, Holder]) -> None:
        """Those with a booking made it before the doors opened."""
        booking = [v for v in self._plan.visitors if v.channel == "booked"]
        slots = {s: await self._slots(s) for s in {v.service for v in booking}}
        few = asyncio.Semaphore(BOOKING_AT_ONCE)

        async def book(holder: Holder) -> None:
            async with few:
                await holder.book(slots)

        await asyncio.gather(*(book(holders[v.index]) for v in booking))

    async def _slots(self, service: str) -> list[dict[str, Any]]:
        answer = await self.world.client.call("GET", f"/api/v1/services/{service}/slots")
        if not answer.fine:
            self.world.tally.error(f"slots of {service}: {answer.status} {answer.body}")
            return []
        return [slot | {"begins": milliseconds(slot["start"])} for slot in answer.body["items"]]

    async def _arrive(self, holders: Mapping[int, Holder]) -> None:
        world = self.world
        for visitor in self._plan.visitors:
            if visitor.channel == "booked":  # come for their slot, may be before the doors open
                world.spawn(holders[visitor.index].come())
        for visitor in self._plan.visitors:
            if visitor.channel != "booked":
                await world.clock.until(world.opening + int(visitor.comes * 1000))
                world.spawn(holders[visitor.index].come())

    async def check(self) -> None:
        """All that must hold once the hall is at rest; faults go to the journal's and the tally."""
        tally = self.world.tally
        for screen in self._screens:
            try:
                if found := await self._difference(screen):
                    tally.error(f"a screen is not what a fresh one shows: {found}")
            except OSError as error:
                tally.error(str(error))
            for fault in screen.faults:
                tally.error(fault)
        await self._read_journal()
        dates = {ticket.date for ticket in self.journal.tickets.values()}
        for date in sorted(dates):
            self.journal.check_tickets(await self._admin.all(f"/tickets?date={date}"))
        self.journal.check_promises(tally.acknowledged)

    async def _difference(self, screen: Follower) -> str:
        """Value topics bundle changes for a second: they get some time to agree."""
        found = await screen.compare()
        for _ in range(VALUE_TRIES):
            if not found or not screen.of_values:
                break
            await asyncio.sleep(1)
            found = await screen.compare()
        return found

    async def _read_journal(self) -> None:
        after: int | str | None = self._since
        while after is not None:
            page = await self._admin.ask("GET", f"/events?after={after}&limit=1000")
            self.journal.fold(page["items"])
            after = page["next"]

    async def leave(self) -> None:
        for screen in self._screens:
            await screen.stop()
        await self._crew.dismiss()
