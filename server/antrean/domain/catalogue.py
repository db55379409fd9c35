"""What a site consists of: classes, zones, agencies, services, counters (contract, section 6).

Frozen values only. Reading them from TOML, with every fault named, is `antrean.catalogue`'s work.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Text: TypeAlias = Mapping[str, str]
"""A text by language, `{"id": ..., "en": ...}`: one entry for each language of the site."""

Week: TypeAlias = tuple[tuple[tuple[int, int], ...], ...]
"""Opening hours: seven days from Monday, each a tuple of (begin, end) in minutes of the calendar
day.
"""

TILES = (
    "nila",
    "langit",
    "daun",
    "toska",
    "bata",
    "manggis",
    "anggrek",
    "pandan",
    "arang",
)
"""Colours of the tiles, in the order in which agencies without one are dealt them."""

CHANNELS = ("kiosk", "online", "desk")
REGULAR = "regular"
ALWAYS: Week = (((0, 1440),),) * 7


@dataclass(frozen=True, slots=True)
class Site:
    name: Text
    timezone: str
    languages: tuple[str, ...]
    day_starts: int = 0  # minutes after midnight at which the business date changes


@dataclass(frozen=True, slots=True)
class ClassDef:
    """A priority class; `regular` is implied and has no entry."""

    id: str
    name: Text
    credit_ms: int
    reasons: tuple[str, ...] = ()


SPELLINGS = ("eja", "bilangan")


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceSettings:
    """How a zone speaks.

    spelling     `eja`: A nol nol satu; `bilangan`: A satu
    repeats      how often a phrase is said in all
    gap_seconds  of silence between two of them
    agency       whether the agency is named, or "service": the service is
    languages    in this order; empty: the first of the site
    volume       0 to 100
    """

    spelling: str = "eja"
    repeats: int = 2
    gap_seconds: float = 1.0
    agency: bool | str = False
    languages: tuple[str, ...] = ()
    volume: int = 80


@dataclass(frozen=True, slots=True)
class ZoneDef:
    id: str
    name: Text
    voice: VoiceSettings = field(default_factory=VoiceSettings)


@dataclass(frozen=True, slots=True)
class AgencyDef:
    id: str
    name: Text
    short: Text
    tile: str


@dataclass(frozen=True, slots=True)
class ServiceDef:
    id: str
    agency: str
    zone: str
    name: Text
    prefix: str
    tile: str
    operating: bool = True
    note: Text | None = None
    channels: tuple[str, ...] = CHANNELS
    service_ms: int = 10 * 60_000
    target_wait_ms: int = 30 * 60_000
    daily_quota: int = 0  # 0: no limit
    online_quota: int = 0
    slot_ms: int = 0  # 0: no bookings
    slot_capacity: int = 0
    journey: tuple[str, ...] = ()
    hours: Week = ALWAYS
    check_in_ms: int = 60 * 60_000
    grace_ms: int = 10 * 60_000
    booking_days: int = 14
    retired: bool = False  # no longer in the catalogue, kept while tickets need it

    @property
    def bookable(self) -> bool:
        return self.slot_ms > 0 and self.slot_capacity > 0


@dataclass(frozen=True, slots=True)
class CounterDef:
    id: str
    name: Text
    label: str
    zone: str
    services: tuple[str, ...]
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The whole site; mappings keep the order of the file."""

    site: Site
    classes: Mapping[str, ClassDef] = field(default_factory=dict)
    zones: Mapping[str, ZoneDef] = field(default_factory=dict)
    agencies: Mapping[str, AgencyDef] = field(default_factory=dict)
    services: Mapping[str, ServiceDef] = field(default_factory=dict)
    counters: Mapping[str, CounterDef] = field(default_factory=dict)
