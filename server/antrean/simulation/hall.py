"""What a planner knows of a hall: its services and counters, as anyone reads them from the API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

EXPECTED_MINUTES = 8.0  # of a service of which nothing is known
ALL_DAY = ((0, 1440),)


@dataclass(frozen=True, slots=True)
class Class:
    id: str
    reasons: tuple[str, ...] = ()
    credit_ms: int | None = None  # None: unknown


@dataclass(frozen=True, slots=True)
class Service:
    """`hours` are today's, (begin, end) in minutes after midnight; `minutes` a service takes."""

    id: str
    prefix: str
    zone: str
    channels: tuple[str, ...]
    bookable: bool
    operating: bool
    hours: tuple[tuple[int, int], ...] = ALL_DAY
    minutes: float = EXPECTED_MINUTES


@dataclass(frozen=True, slots=True)
class Counter:
    id: str
    zone: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hall:
    zones: tuple[str, ...]
    classes: tuple[Class, ...]  # without regular
    services: Mapping[str, Service]
    counters: Mapping[str, Counter]

    @property
    def opens(self) -> int:
        """Minutes after midnight at which the first service takes numbers today."""
        return min((begin for s in self.running for begin, _ in s.hours), default=0)

    @property
    def closes(self) -> int:
        return max((end for s in self.running for _, end in s.hours), default=1440)

    @property
    def running(self) -> list[Service]:
        """Services that can be had: operating, with hours today and a counter."""
        served = {service for counter in self.counters.values() for service in counter.services}
        return [s for s in self.services.values() if s.operating and s.hours and s.id in served]

    @property
    def staffed(self) -> list[Counter]:
        """Counters at which something runs."""
        running = {service.id for service in self.running}
        return [c for c in self.counters.values() if running & set(c.services)]

    def shares(self) -> dict[str, float]:
        """Counters by service: each counter counts for one, divided over its services."""
        shares = dict.fromkeys(self.services, 0.0)
        for counter in self.counters.values():
            for service in counter.services:
                shares[service] = shares.get(service, 0.0) + 1 / len(counter.services)
        return shares


def hall_from(
    site: Mapping[str, Any],
    services: Sequence[Mapping[str, Any]],
    counters: Sequence[Mapping[str, Any]],
    minutes: Mapping[str, float],
) -> Hall:
    """From `GET /site`, `/services`, `/counters`; `minutes` by service count before the API's."""
    return Hall(
        zones=tuple(zone["id"] for zone in site["zones"]),
        classes=tuple(_class(c) for c in site["classes"] if c["id"] != "regular"),
        services={s["id"]: _service(s, minutes) for s in services},
        counters={c["id"]: Counter(c["id"], c["zone"], tuple(c["services"])) for c in counters},
    )


def _class(shown: Mapping[str, Any]) -> Class:
    credit = shown.get("credit_minutes")
    known = isinstance(credit, int | float)
    credit_ms = round(credit * 60_000) if known and credit is not None else None
    return Class(shown["id"], tuple(shown.get("reasons") or ()), credit_ms)


def _service(shown: Mapping[str, Any], minutes: Mapping[str, float]) -> Service:
    return Service(
        id=shown["id"],
        prefix=shown["prefix"],
        zone=shown["zone"],
        channels=tuple(shown["channels"]),
        bookable=bool(shown["bookable"]),
        operating=shown["status"] != "not_operating",
        hours=tuple(_range(text) for text in shown["hours_today"]),
        minutes=minutes.get(shown["id"]) or shown.get("service_minutes") or EXPECTED_MINUTES,
    )


def _range(text: str) -> tuple[int, int]:
    begin, _, end = text.partition("-")
    return _minutes(begin), _minutes(end)


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)
