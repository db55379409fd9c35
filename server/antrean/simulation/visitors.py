"""A simulated visitor: takes or books a number, checks in, follows it, defers, cancels."""

from typing import Any

from antrean.simulation.client import Answer, Unreachable
from antrean.simulation.follow import ESTIMATES, Follower, difference
from antrean.simulation.plan import Visitor
from antrean.simulation.world import Guest, World

SHUT = ("service_closed", "service_paused", "not_operating", "channel_closed", "quota_exhausted")
TRIES = 8  # of one who finds the service shut
MOST_FOLLOWERS = 300  # sockets of phones at one time
CHECKED = 5  # every so many followers are held against GET /my at their end


class Holder:
    """One visitor's day. `book` long before, then `come`."""

    followers = 0

    def __init__(self, world: World, visitor: Visitor) -> None:
        self._world = world
        self._visitor = visitor
        self._slot_start: int | None = None
        self._guest: Guest | None = None

    async def come(self) -> None:
        """From the first wish to the end of the ticket."""
        visitor, world = self._visitor, self._world
        if self._guest is None:
            self._guest = await self._take()
        guest = self._guest
        if guest is None:
            world.tally.visitors["turned away"] += 1
            return
        if visitor.follows and Holder.followers < MOST_FOLLOWERS:
            world.spawn(self._follow(guest))
        if visitor.channel in ("online", "booked"):
            if visitor.stays_away:
                world.tally.visitors["stayed away"] += 1
                guest.end()
                return
            await self._travel()
            await self._check_in(guest)
        await self._own_fate(guest)

    # taking a number
    def _wish(self, service: str) -> dict[str, Any]:
        visitor = self._visitor
        wish: dict[str, Any] = {"service": service}
        if visitor.class_id != "regular":
            wish["class"] = visitor.class_id
            if visitor.reason:
                wish["reason"] = visitor.reason
        if visitor.name:
            wish |= {"name": visitor.name, "phone": visitor.phone}
        if visitor.journey is not None:
            wish["journey"] = list(visitor.journey)
        companion = self._companion()
        if companion is not None:
            wish["visit"] = companion.token
        return wish

    def _companion(self) -> Guest | None:
        index = self._visitor.companion
        return None if index is None else self._world.holders.get(index)

    async def _take(self) -> Guest | None:
        """Tries the service, waits while it is shut, then tries another."""
        visitor, world = self._visitor, self._world
        token: str | None = {
            "kiosk": self._kiosk,
            "desk": world.tokens.desk,
        }.get(visitor.channel, world.tokens.partner)
        if visitor.channel == "online" and visitor.anonymous:
            token = None  # an app that is not the city's; it is limited by its address
        service = visitor.service
        for attempt in range(TRIES):
            answer = await world.command("ticket", "/tickets", self._wish(service), token, SHUT)
            if answer is not None:
                return self._admitted(answer)
            if world.clock.now() >= world.closing:
                break
            if attempt % 2:
                service, token = visitor.elsewhere, self._kiosk
            await world.clock.sleep(150)
        return None

    @property
    def _kiosk(self) -> str:
        kiosks = self._world.tokens.kiosks
        return kiosks[self._visitor.index % len(kiosks)]

    async def book(self, slots: dict[str, list[dict[str, Any]]]) -> None:
        """Books the slot nearest to the wish; `slots` by service are shared and counted down."""
        visitor, world = self._visitor, self._world
        due = world.opening + int(visitor.comes * 1000)
        free = [s for s in slots.get(visitor.service, ()) if s["free"] > 0]
        for slot in sorted(free, key=lambda s: abs(s["begins"] - due))[:5]:
            slot["free"] -= 1
            wish = self._wish(visitor.service) | {"start": slot["start"]}
            answer = await world.command(
                "booking", "/bookings", wish, world.tokens.partner, ("slot_full", *SHUT)
            )
            if answer is not None:
                self._guest = self._admitted(answer)
                self._slot_start = slot["begins"]
                return

    def _admitted(self, answer: Answer) -> Guest:
        ticket = answer.body["ticket"]
        guest = Guest(self._visitor, ticket["id"], ticket["number"], answer.body["token"])
        self._world.admit(guest)
        self._world.holders[self._visitor.index] = guest
        self._world.tally.visitors["tickets"] += 1
        return guest

    # coming
    async def _travel(self) -> None:
        visitor, clock = self._visitor, self._world.clock
        if self._slot_start is not None:
            await clock.until(self._slot_start + int(visitor.travel * 1000))
        else:
            await clock.sleep(abs(visitor.travel))

    async def _check_in(self, guest: Guest) -> None:
        body = {"token": guest.token}
        if self._visitor.by_number:
            body = {"number": guest.number}
        await self._world.command("check-in", "/check-ins", body, self._kiosk, ("invalid_state",))

    async def _own_fate(self, guest: Guest) -> None:
        visitor, world = self._visitor, self._world
        if visitor.own == "stays":
            return
        await world.clock.sleep(visitor.own_after)
        late = ("invalid_state", "not_operating")
        path, token = f"/tickets/{guest.ticket}", world.tokens.desk
        body: dict[str, Any] = {}
        answer = None
        match visitor.own:
            case "defers":
                body = {"behind": visitor.defers_behind}
                await world.command("defer", "/my/defer", body, guest.token, late)
            case "cancels":
                answer = await world.command("cancel", "/my/cancel", None, guest.token, late)
            case "is_cancelled":
                body = {"reason": "Pulang"}
                answer = await world.command("cancel", f"{path}/cancel", body, token, late)
            case "moved":
                body = {"service": visitor.elsewhere, "place": visitor.place, "note": "Salah"}
                await world.command("move", f"{path}/transfer", body, token, late)
        if answer is not None:
            world.tally.visitors["cancelled"] += 1
            guest.end()

    # following
    async def _follow(self, guest: Guest) -> None:
        """The ticket's page on a phone, until the ticket has ended."""
        world = self._world
        phone = Follower(
            world.client.url,
            f"ticket:{guest.ticket}",
            holder=guest.token,
            on_frame=lambda frame, at: world.tally.note_frame("phone", frame, at),
        )
        Holder.followers += 1
        try:
            await phone.start()
            await guest.ended.wait()
            await phone.settle()
            if guest.visitor.index % CHECKED == 0:
                await self._check_phone(phone, guest)
        except (OSError, Unreachable) as error:
            world.tally.error(f"phone of {guest.number}: {error}")
        finally:
            Holder.followers -= 1
            await phone.stop()
        world.tally.visitors["followed"] += 1
        for fault in phone.faults:
            world.tally.error(fault)

    async def _check_phone(self, phone: Follower, guest: Guest) -> None:
        answer = await self._world.client.call("GET", "/api/v1/my", token=guest.token)
        known = {name: value for name, value in answer.body.items() if value is not None}
        if found := difference(phone.state, known, ESTIMATES):
            self._world.tally.error(f"phone of {guest.number} against GET /my: {found}")
