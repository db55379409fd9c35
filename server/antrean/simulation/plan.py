"""A day drawn from one seed: who comes when, wants what, and what befalls them. Pure.

What happens to a visitor is drawn here, with the visitor, not when it happens: so the plan of a
day is the same on every machine, however the visitors then meet.
"""

import random
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

from antrean.simulation.hall import Hall, Service
from antrean.simulation.names import FAMILY, GIVEN

T = TypeVar("T")

# Share of visitors of whom each is true, as field reports of malls and our own days suggest.
PRIORITY = 0.12
COMPANION = 0.05  # a second agency in the same visit
LONG_JOURNEY = 0.10
FOLLOWS = 0.35  # opens the ticket's page on the phone
NAMED = 0.15
CHANNEL_WEIGHTS = {"kiosk": 0.60, "online": 0.18, "booked": 0.12, "desk": 0.10}
CALL_FATES = {
    "prompt": 0.80,
    "recalled": 0.09,  # comes at the second call
    "runs": 0.01,  # comes when the no-show was just marked: it is undone
    "returns": 0.04,  # comes back later and is requeued
    "asks": 0.01,  # comes back later and is called by name
    "absent": 0.05,
}
DESK_FATES = {
    "plain": 0.865,
    "held": 0.04,  # has to fetch something
    "transferred": 0.03,  # was at the wrong service
    "elsewhere": 0.01,  # to another counter of the same service
    "back": 0.01,  # back into its own line
    "call_undone": 0.01,
    "start_undone": 0.015,
    "complete_undone": 0.01,
    "hold_undone": 0.01,
}
OWN_FATES = {
    "stays": 0.93,
    "defers": 0.03,
    "cancels": 0.02,
    "is_cancelled": 0.01,  # tells the desk
    "moved": 0.01,  # the desk moves the waiting ticket
}


class Weighted(Generic[T]):
    """Draws one of some values by weight."""

    def __init__(self, values: Sequence[T], weights: Sequence[float]) -> None:
        self._values = values
        self._sums = list(accumulate(weights))

    def draw(self, rng: random.Random) -> T:
        return self._values[min(bisect(self._sums, rng.random() * self._sums[-1]), len(self) - 1)]

    def __len__(self) -> int:
        return len(self._values)


def _of(table: dict[str, float]) -> Weighted[str]:
    return Weighted(list(table), list(table.values()))


@dataclass(frozen=True, slots=True)
class Visitor:
    """One ticket and its holder. Times in seconds of the hall, after the day's first opening."""

    index: int
    comes: float  # at the kiosk or desk; online: takes the number; booked: is due
    channel: str  # kiosk, desk, online, booked
    service: str
    class_id: str
    reason: str | None
    name: str | None
    phone: str | None
    journey: tuple[str, ...] | None  # None: the service's own
    companion: int | None  # the visitor with whose ticket this is one visit
    travel: float  # online: from taking to checking in; booked: against the slot, may be early
    stays_away: bool  # took the number from afar and never comes
    by_number: bool  # checks in with the number, not with the phone
    anonymous: bool  # online without the city's app
    follows: bool
    own: str  # one of OWN_FATES
    own_after: float  # seconds after joining
    defers_behind: int
    call: str  # one of CALL_FATES
    away: float  # seconds until one who missed the call is back, or fetched what was missing
    walk: float  # seconds from the call to the counter
    desk: str  # one of DESK_FATES
    elsewhere: str  # the service that a transfer leads to
    place: str  # keep, front or back, of a transfer or return
    work: tuple[float, ...]  # how long each leg takes, as a multiple of the expected


@dataclass(frozen=True, slots=True)
class Break:
    """A pause of a counter or service, in seconds after the day's opening."""

    begins: float
    lasts: float
    reason: str


@dataclass(frozen=True, slots=True)
class Clerk:
    counter: str
    name: str
    opens: float
    speed: float  # of this clerk, as a multiple of the expected time
    breaks: tuple[Break, ...]
    relieved: bool  # another clerk takes over in place of the first break


@dataclass(frozen=True, slots=True)
class Plan:
    day: int
    visitors: tuple[Visitor, ...]  # by `comes`
    clerks: tuple[Clerk, ...]
    service_breaks: tuple[tuple[str, Break], ...]
    announcements: tuple[tuple[float, float], ...]  # when, for how long


def make_plan(hall: Hall, day: int, tickets: int) -> Plan:
    """The day `day` of `hall` with exactly `tickets` tickets."""
    rng = random.Random(f"day {day}")
    demand = demand_of(hall, rng)
    visitors: list[Visitor] = []
    while len(visitors) < tickets:
        first = draw_visitor(hall, demand, rng, len(visitors))
        visitors.append(first)
        if len(visitors) < tickets and rng.random() < COMPANION and first.channel == "kiosk":
            other = draw_visitor(hall, demand, rng, len(visitors), companion_of=first)
            minute, hours = hall.opens + other.comes / 60, hall.services[other.service].hours
            if any(begin <= minute < end for begin, end in hours):
                visitors.append(other)
    length = (hall.closes - hall.opens) * 60.0
    return Plan(
        day=day,
        visitors=tuple(sorted(visitors, key=lambda v: (v.comes, v.index))),
        clerks=tuple(draw_clerk(counter.id, length, rng) for counter in hall.staffed),
        service_breaks=_service_breaks(hall, length, rng),
        announcements=tuple(
            (length * rng.uniform(0.1, 0.8), rng.uniform(300, 1800)) for _ in range(3)
        ),
    )


def demand_of(hall: Hall, rng: random.Random) -> Weighted[Service]:
    """Services by how many come: what their counters can do, more on some days, less on others."""
    shares = hall.shares()
    running = hall.running
    return Weighted(running, [shares[s.id] / s.minutes * rng.uniform(0.8, 1.1) for s in running])


def draw_visitor(
    hall: Hall,
    demand: Weighted[Service],
    rng: random.Random,
    index: int,
    *,
    companion_of: Visitor | None = None,
    wanted: Service | None = None,
) -> Visitor:
    """One who comes for `wanted`, else for what is in demand."""
    service = wanted or demand.draw(rng)
    channel = "kiosk" if companion_of else _channel(service, rng)
    if channel not in service.channels and companion_of:
        channel = _channel(service, rng) if service.channels else "desk"
    chosen = rng.choice(hall.classes) if hall.classes and rng.random() < PRIORITY else None
    named = rng.random() < NAMED
    journey = None
    if rng.random() < LONG_JOURNEY:
        journey = tuple(_other(demand, service, rng) for _ in range(rng.randint(0, 2)))
    return Visitor(
        index=index,
        comes=companion_of.comes + 5 if companion_of else arrival(hall, service, rng),
        channel=channel,
        service=service.id,
        class_id=chosen.id if chosen else "regular",
        reason=rng.choice(chosen.reasons) if chosen and chosen.reasons else None,
        name=f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}" if named else None,
        phone=f"0812{rng.randrange(10**8):08d}" if named else None,
        journey=journey,
        companion=companion_of.index if companion_of else None,
        travel=rng.uniform(-1500, 900) if channel == "booked" else rng.uniform(300, 2700),
        stays_away=rng.random() < 0.08,
        by_number=rng.random() < 0.4,
        anonymous=rng.random() < 0.05,
        follows=rng.random() < FOLLOWS,
        own=_of(OWN_FATES).draw(rng),
        own_after=rng.uniform(30, 900),
        defers_behind=rng.randint(1, 5),
        call=_of(CALL_FATES).draw(rng),
        away=rng.uniform(60, 1200),
        walk=min(rng.lognormvariate(2.8, 0.5), 80),
        desk=_of(DESK_FATES).draw(rng),
        elsewhere=_other(demand, service, rng),
        place=rng.choice(("keep", "keep", "front", "back")),
        work=tuple(min(rng.lognormvariate(-0.12, 0.5), 5) for _ in range(12)),
    )


def _other(demand: Weighted[Service], service: Service, rng: random.Random) -> str:
    """Another service, by demand; the same where there is no other."""
    drawn = (demand.draw(rng).id for _ in range(20))
    return next((found for found in drawn if found != service.id), service.id)


def _channel(service: Service, rng: random.Random) -> str:
    weights = {
        channel: weight
        for channel, weight in CHANNEL_WEIGHTS.items()
        if (service.bookable and "online" in service.channels)
        or (channel != "booked" and channel in service.channels)
    }
    weights = {c: w for c, w in weights.items() if c == "booked" or c in service.channels}
    return _of(weights).draw(rng) if weights else "desk"


def arrival(hall: Hall, service: Service, rng: random.Random) -> float:
    """Seconds after the day's opening: a crowd at the doors, one after noon, within the hours."""
    opens, length = hall.opens, hall.closes - hall.opens
    for _ in range(50):
        roll = rng.random()
        if roll < 0.42:
            minute = opens + length * rng.gauss(0.16, 0.09)
        elif roll < 0.65:
            minute = opens + length * rng.gauss(0.66, 0.07)
        else:
            minute = opens + length * rng.random()
        if any(_takes_numbers(begin, end, minute) for begin, end in service.hours):
            return (minute - opens) * 60
    begin, end = service.hours[0]
    return (rng.uniform(begin + 0.5, (begin + end) / 2) - opens) * 60


def _takes_numbers(begin: int, end: int, minute: float) -> bool:
    """Nobody comes for a number at the very end of the hours."""
    return begin + 0.5 <= minute < end - min(20, (end - begin) / 3)


def draw_clerk(counter: str, length: float, rng: random.Random) -> Clerk:
    breaks = [Break(length * rng.uniform(0.42, 0.58), rng.uniform(1200, 2100), "Istirahat")]
    if rng.random() < 0.5:
        begins = length * rng.uniform(0.12, 0.38)
        breaks.insert(0, Break(begins, rng.uniform(240, 600), "Salat atau ke belakang"))
    return Clerk(
        counter=counter,
        name=f"{rng.choice(GIVEN)} {rng.choice(FAMILY)[0]}.",
        opens=rng.uniform(-240, 240),
        speed=min(max(rng.gauss(1.0, 0.15), 0.6), 1.5),
        breaks=tuple(breaks),
        relieved=rng.random() < 0.15,
    )


def _service_breaks(hall: Hall, length: float, rng: random.Random) -> tuple[tuple[str, Break], ...]:
    running = [s.id for s in hall.running]
    count = min(len(running), max(1, len(running) // 8))
    return tuple(
        (service, Break(length * rng.uniform(0.1, 0.8), rng.uniform(240, 900), "Gangguan aplikasi"))
        for service in rng.sample(running, count)
    )
