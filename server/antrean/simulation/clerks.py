"""A simulated clerk: opens, calls, waits, recalls, serves, holds, transfers, errs and rests."""

import asyncio
from collections.abc import Iterator
from typing import Any

from antrean.simulation.client import Answer
from antrean.simulation.plan import Break, Clerk
from antrean.simulation.world import Guest, World

CALL_SECONDS = 30.0  # until the next call, or until one is taken for absent
OVERTIME_SECONDS = 45 * 60.0  # after closing, at most, for those who still wait
LOOK_SECONDS = 120.0  # of the hall, at most, between looks at a line with nobody to call
RETURN_SECONDS = 300.0  # of the hall, that a person's counter must stay closed in the demo

MOVED = ("stale", "invalid_state")  # the holder or the desk was faster
GONE = (*MOVED, "counter_busy", "counter_not_open")
UNDONE = ("nothing_to_undo",)


class AtCounter:
    """One counter and who sits there. `run` is the clerk's day, or a life with `forever`."""

    def __init__(
        self,
        world: World,
        clerk: Clerk,
        *,
        forever: bool = False,
        breaks: Iterator[Break] | None = None,
        first_part: float = 1.0,
    ) -> None:
        self._world = world
        self._clerk = clerk
        self._forever = forever
        self._user, self._token = world.tokens.clerks[clerk.counter]
        self._services = world.hall.counters[clerk.counter].services
        self._breaks = iter(clerk.breaks) if breaks is None else breaks
        self._next_break = next(self._breaks, None)
        self._next_part = first_part  # of the next service's time
        self._held: list[tuple[int, Guest]] = []  # when to be resumed

    async def run(self) -> None:
        clock = self._world.clock
        await clock.until(self._world.opening + int(self._clerk.opens * 1000))
        await self._begin()
        while not self._is_over():
            if not self._is_mine():
                await self._give_way()
            elif (due := self._due_break()) is not None:
                await self._rest(due)
            elif not await self._next_guest():
                await self._look_on()
        if self._is_mine():
            await self._post("close", refusals=GONE)

    async def _begin(self) -> None:
        """Opens, unless a person sits there; goes on with a ticket that was left there."""
        shown = self._world.board.counter(self._clerk.counter)
        sitting = (shown.get("clerk") or {}).get("user")
        if self._world.people and sitting and sitting not in self._world.former:
            return
        opened = await self._open()
        ticket = opened.body.get("ticket") if opened else None
        if opened is None or ticket is None:
            return
        if ticket["state"] == "called":
            await self._start(ticket["id"], None)
        else:
            await self._finish(opened, None)

    async def _look_on(self) -> None:
        """Until something changes in the lines, or it is time for the next thing."""
        clock, seconds = self._world.clock, LOOK_SECONDS
        if self._held:
            seconds = min(seconds, (self._held[0][0] - clock.now()) / 1000 * clock.pace)
        patience = max(0.0, seconds) / (clock.speed * clock.pace)
        await self._world.board.sleep(self._services, patience + 0.001)

    # when
    def _is_over(self) -> bool:
        if self._forever:
            return False
        late = self._world.clock.now() - self._world.closing
        if late < 0:
            return False
        empty = not self._held and not self._world.board.waiting(self._services)
        return late > OVERTIME_SECONDS * 1000 or (empty and late > 0)

    def _due_break(self) -> Break | None:
        clock = self._world.clock
        since = (clock.now() - self._world.opening) / 1000 * clock.pace
        due = self._next_break
        if due is None or due.begins > since:
            return None
        self._next_break = next(self._breaks, None)
        return due

    def _is_mine(self) -> bool:
        """Whether no person took the counter."""
        if not self._world.people:
            return True
        shown = self._world.board.counter(self._clerk.counter)
        return bool((shown.get("clerk") or {}).get("user") == self._user)

    async def _give_way(self) -> None:
        """A person sits here, or day's end closed the counter: comes back when it stays closed."""
        clock, board = self._world.clock, self._world.board
        empty_since = clock.now()
        while True:
            shown = board.counter(self._clerk.counter)
            if shown.get("clerk"):
                empty_since = clock.now()
            elif clock.now() - empty_since >= RETURN_SECONDS * 1000 / clock.pace:
                await self._open()
                return
            await asyncio.sleep(1)

    # what
    async def _post(
        self, verb: str, body: dict[str, Any] | None = None, refusals: tuple[str, ...] = ()
    ) -> Answer | None:
        path = f"/counters/{self._clerk.counter}/{verb}"
        return await self._world.command(verb, path, body, self._token, refusals)

    async def _open(self) -> Answer | None:
        return await self._post("open", refusals=("counter_busy",) if self._world.people else ())

    async def _rest(self, rest: Break) -> None:
        clock, tokens = self._world.clock, self._world.tokens
        relief = tokens.relief.get(self._clerk.counter)
        if relief is not None and self._user != relief[0]:
            # A colleague opens the counter in place of this clerk, and stays: nobody pauses.
            self._user, self._token = relief
            await self._open()
            return
        until = clock.iso(clock.later(rest.lasts))
        await self._post("pause", {"reason": rest.reason, "until": until}, GONE)
        await clock.sleep(rest.lasts)
        await self._open()

    async def _next_guest(self) -> bool:
        """Takes whoever is next; False when there is nobody."""
        now = self._world.clock.now()
        if self._held and self._held[0][0] <= now:
            _, guest = self._held.pop(0)
            answer = await self._post("resume", {"ticket": guest.ticket}, GONE)
            if answer is not None:
                await self._finish(answer, guest, part=0.5)
            return True
        if asked := self._world.asked[self._clerk.counter]:
            guest = asked.pop(0)
            body = {"ticket": guest.ticket, "reason": "Sudah kembali"}
            answer = await self._post("call", body, (*GONE, "not_served_here"))
        elif self._world.board.waiting(self._services):
            answer = await self._post("call-next", refusals=("queue_empty",))
        else:
            return False
        if answer is None:
            return False
        await self._receive(answer)
        return True

    async def _receive(self, called: Answer) -> None:
        """From the call to the start, or until the guest is taken for absent."""
        ticket = called.body["ticket"]
        guest = await self._world.guest_of(ticket["id"])
        fate = guest.once("call", guest.visitor.call, "prompt") if guest else "prompt"
        walk = guest.visitor.walk if guest else 20.0
        slip = guest.once("slip", guest.visitor.desk, "plain") if guest else "plain"
        if slip == "call_undone" and await self._post("undo", {"seq": called.body["seq"]}, UNDONE):
            return
        if fate == "recalled":
            await self._world.clock.sleep(CALL_SECONDS)
            await self._post("recall", {"ticket": ticket["id"]}, MOVED)
        elif fate != "prompt" and guest and not await self._wait_in_vain(guest, fate):
            return
        await self._world.clock.sleep(walk)
        if self._is_mine():
            await self._start(ticket["id"], guest)

    async def _wait_in_vain(self, guest: Guest, fate: str) -> bool:
        """Calls again, then marks the no-show. True when the guest came running all the same."""
        expected = {"ticket": guest.ticket}
        for _ in range(2):
            await self._world.clock.sleep(CALL_SECONDS)
            if not self._is_mine() or not await self._post("recall", expected, MOVED):
                return False
        await self._world.clock.sleep(CALL_SECONDS)
        if not self._is_mine():
            return False
        missed = await self._post("no-show", expected | {"reason": "Tidak hadir"}, MOVED)
        if missed is None:
            return False
        if fate == "runs":
            await self._world.clock.sleep(8)
            if await self._post("undo", {"seq": missed.body["seq"]}, UNDONE):
                return True
        if fate == "absent":
            guest.end()
        else:
            self._world.spawn(self._come_back(guest, fate))
        return False

    async def _come_back(self, guest: Guest, fate: str) -> None:
        """One who missed the call asks at the counter or at the desk."""
        await self._world.clock.sleep(guest.visitor.away)
        if fate == "asks":
            self._world.asked[self._clerk.counter].append(guest)
            self._world.board.wake(self._services)
            return
        body = {"place": guest.visitor.place}
        path = f"/tickets/{guest.ticket}/requeue"
        await self._world.command("requeue", path, body, self._world.tokens.desk, MOVED)

    async def _start(self, ticket: str, guest: Guest | None) -> None:
        started = await self._post("start", {"ticket": ticket}, MOVED)
        if started is None:
            return
        desk = guest.once("desk", guest.visitor.desk, "plain") if guest else "plain"
        if desk == "start_undone" and await self._post(
            "undo", {"seq": started.body["seq"]}, UNDONE
        ):
            await self._world.clock.sleep(5)
            started = await self._post("start", {"ticket": ticket}, MOVED)
            if started is None:
                return
        if guest is None or desk not in _MID_SERVICE:
            await self._finish(started, guest, undo_complete=desk == "complete_undone")
        else:
            await self._mid_service(started, guest, desk)

    async def _mid_service(self, started: Answer, guest: Guest, desk: str) -> None:
        await self._work(started.body["ticket"], guest, 0.4)
        if not self._is_mine():
            return
        expected: dict[str, Any] = {"ticket": guest.ticket}
        if desk in ("held", "hold_undone"):
            held = await self._post("hold", expected | {"reason": "Fotokopi berkas"}, MOVED)
            if held is None:
                return
            if desk == "hold_undone" and await self._post(
                "undo", {"seq": held.body["seq"]}, UNDONE
            ):
                await self._finish(started, guest, part=0.6)
                return
            back = self._world.clock.later(guest.visitor.away)
            self._held.append((back, guest))
            self._held.sort(key=lambda item: item[0])
            return
        body = expected | {"place": guest.visitor.place, "note": "Dialihkan"}
        service = started.body["ticket"]["service"]
        if desk == "transferred":
            body["service"] = guest.visitor.elsewhere
        elif desk == "elsewhere":
            body["counter"] = self._colleague(service)
        else:
            body["service"] = service
        await self._post("transfer", body, (*MOVED, "not_operating"))

    def _colleague(self, service: str) -> str:
        """Another counter that serves the same, or this one."""
        counters = self._world.hall.counters.values()
        others = [c.id for c in counters if service in c.services and c.id != self._clerk.counter]
        return others[0] if others else self._clerk.counter

    async def _work(self, ticket: dict[str, Any], guest: Guest | None, part: float) -> None:
        known = self._world.hall.services.get(ticket["service"])
        minutes = known.minutes if known else 8.0
        factor = guest.visitor.work[guest.legs % len(guest.visitor.work)] if guest else 1.0
        part, self._next_part = part * self._next_part, 1.0
        await self._world.clock.sleep(minutes * 60 * factor * part * self._clerk.speed)

    async def _finish(
        self,
        begun: Answer,
        guest: Guest | None,
        *,
        part: float = 1.0,
        undo_complete: bool = False,
    ) -> None:
        ticket = begun.body["ticket"]
        await self._work(ticket, guest, part)
        if not self._is_mine():
            return
        body = {"ticket": ticket["id"], "outcome": "Selesai"}
        done = await self._post("complete", body, MOVED)
        if done is None:
            return
        if undo_complete and await self._post("undo", {"seq": done.body["seq"]}, UNDONE):
            await self._world.clock.sleep(10)
            done = await self._post("complete", body, MOVED)
        if guest is not None and done is not None:
            guest.legs += 1
            if done.body["ticket"]["state"] == "done":
                guest.end()
                self._world.tally.visitors["served"] += 1


_MID_SERVICE = ("held", "hold_undone", "transferred", "elsewhere", "back")
