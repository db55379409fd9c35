"""Services, each with its waiting line, and the counters that serve them."""

from antrean.catalogue.reading import Reading, name_of, reference, references
from antrean.catalogue.table import NOTE_LENGTH, Table, shown
from antrean.domain.catalogue import CHANNELS, TILES, CounterDef, ServiceDef, Text

STATUSES = ("open", "not_operating")
MOST_LEGS = 10
MOST = 1_000_000
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def read_service(table: Table, identifier: str, reading: Reading) -> ServiceDef:
    agency = reference(table, "agency", "agency", reading)
    slot_ms, slot_capacity = _slots(table)
    expected = ServiceDef("", "", "", {}, "", "")
    return ServiceDef(
        id=identifier,
        agency=agency,
        zone=reference(table, "zone", "zone", reading),
        name=name_of(table, reading),
        prefix=_prefix(table, identifier, reading),
        tile=reading.tiles.get(agency, TILES[0]),
        operating=table.choice("status", STATUSES, "open") == "open",
        note=table.text("note", reading.languages, limit=NOTE_LENGTH, required=False),
        channels=_channels(table),
        service_ms=table.minutes("service_minutes", expected.service_ms, low=0.1),
        target_wait_ms=table.minutes("target_wait_minutes", expected.target_wait_ms, low=0.1),
        daily_quota=table.whole("daily_quota", 0, 0, MOST),
        online_quota=table.whole("online_quota", 0, 0, MOST),
        slot_ms=slot_ms,
        slot_capacity=slot_capacity,
        journey=_journey(table, reading),
        hours=table.hours("hours", reading.hours),
        check_in_ms=table.minutes("check_in_minutes", reading.check_in_ms, low=0),
        grace_ms=table.minutes("grace_minutes", reading.grace_ms, low=0),
        booking_days=table.whole("booking_days", reading.booking_days, 0, 366),
    )


def _prefix(table: Table, identifier: str, reading: Reading) -> str:
    prefix = table.string("prefix", "A")
    if prefix is None:
        return ""
    if not 1 <= len(prefix) <= 3 or set(prefix) - _LETTERS:
        table.fault("prefix", f"is {shown(prefix)}", "use 1 to 3 capital letters, A to Z")
    elif prefix in reading.prefixes:
        problem = f"is {prefix}, as that of {reading.prefixes[prefix] or 'another service'}"
        table.fault("prefix", problem, "give each service its own")
    else:
        reading.prefixes[prefix] = identifier
    return prefix


def _channels(table: Table) -> tuple[str, ...]:
    """The channels in the domain's order. An empty list is a service reached by journeys alone."""
    channels = table.listed("channels", CHANNELS)
    for channel in channels:
        if channel not in CHANNELS:
            table.fault("channels", f"has {shown(channel)}", f"use of {', '.join(CHANNELS)}")
    return tuple(channel for channel in CHANNELS if channel in channels)


def _slots(table: Table) -> tuple[int, int]:
    minutes = table.whole("slot_minutes", 0, 0, 1440)
    capacity = table.whole("slot_capacity", 0, 0, MOST)
    if minutes and not capacity:
        remedy = "say how many may book each slot, or set slot_minutes = 0"
        table.fault("slot_capacity", "is missing or 0 though slot_minutes is set", remedy)
    if capacity and not table.has("slot_minutes"):
        # A slot_minutes of 0 beside it is fine: bookings are switched off for now.
        table.fault("slot_minutes", "is missing though slot_capacity is set", "add slot_minutes")
    return minutes * 60_000, capacity


def _journey(table: Table, reading: Reading) -> tuple[str, ...]:
    journey = table.listed("journey", (), repeats=True)
    if len(journey) > MOST_LEGS:
        problem = f"has {len(journey)} services"
        table.fault("journey", problem, f"at most {MOST_LEGS} can follow")
    references(table, "journey", journey, reading)
    return journey


def read_counter(table: Table, identifier: str, reading: Reading) -> CounterDef:
    name = name_of(table, reading)
    services = table.listed("services", (), required=True)
    if not services and table.has("services"):
        table.fault("services", "names no service", "name those that the counter serves")
    references(table, "services", services, reading)
    return CounterDef(
        id=identifier,
        name=name,
        label=table.label("label") or _last_word(name, reading),
        zone=reference(table, "zone", "zone", reading),
        services=services,
    )


def _last_word(name: Text, reading: Reading) -> str:
    words = name.get(reading.languages[0], "").split()
    return words[-1] if words else ""
