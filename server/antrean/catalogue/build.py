"""The tables of the file, put together and held against each other."""

import tomllib
from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from antrean.catalogue.faults import CatalogueFaults, Fault
from antrean.catalogue.lines import read_counter, read_service
from antrean.catalogue.reading import LANGUAGES, Raw, Reading, fit, name_of
from antrean.catalogue.table import Table, shown
from antrean.catalogue.voice import read_voice
from antrean.domain.catalogue import (
    ALWAYS,
    REGULAR,
    TILES,
    AgencyDef,
    Catalogue,
    ClassDef,
    Site,
    ZoneDef,
)

KINDS = ("class", "zone", "agency", "service", "counter")


class _Defined(Protocol):
    @property
    def id(self) -> str: ...


Definition = TypeVar("Definition", bound=_Defined)


def parse(text: str, name: str) -> Catalogue:
    """The catalogue that `text` describes; `name` is the file's in messages.

    Raises `CatalogueFaults` with every fault there is.
    """
    reading = Reading(name)
    raw = _read_toml(text, name)
    tables = _tables(raw, reading)
    site = _site(raw.get("site"), reading)
    catalogue = Catalogue(
        site=site,
        classes=_read("class", _class, tables, reading),
        zones=_read("zone", _zone, tables, reading),
        agencies=_read("agency", _agency, tables, reading),
        services=_read("service", read_service, tables, reading),
        counters=_read("counter", read_counter, tables, reading),
    )
    if reading.faults:
        raise CatalogueFaults(reading.faults)
    return catalogue


def _read_toml(text: str, name: str) -> Raw:
    try:
        return tomllib.loads(text)
    # ValueError beside TOMLDecodeError: numbers beyond int's limit of digits, impossible dates.
    except (ValueError, RecursionError, OverflowError) as error:
        problem = f"is not TOML: {str(error) or type(error).__name__}"
        raise CatalogueFaults([Fault(name, "", "", problem, "mend the line")]) from None


def _tables(raw: Raw, reading: Reading) -> dict[str, list[tuple[str, Raw]]]:
    """All tables by kind, each with its label for messages; notes the ids of each kind."""
    for key in raw:
        if key not in ("site", *KINDS):
            remedy = f"the tables are [site] and {', '.join(f'[[{kind}]]' for kind in KINDS)}"
            reading.fault("", shown(key)[1:-1], "is not known", remedy)
    result: dict[str, list[tuple[str, Raw]]] = {}
    for kind in KINDS:
        items = raw.get(kind, [])
        if not isinstance(items, list):
            reading.fault(f"[{kind}]", "", "is not a list of tables", f"write [[{kind}]]")
            items = []
        elif not items and kind in ("zone", "agency", "service"):
            reading.fault(f"[[{kind}]]", "", "is missing", f"add at least one [[{kind}]]")
        tables: list[tuple[str, Raw]] = []
        for index, item in enumerate(items, 1):
            if isinstance(item, dict):
                named = item.get("id")
                label = f"[[{kind}]] {index}" + (f' "{named}"' if fit(named) else "")
                tables.append((label, item))
            else:
                reading.fault(f"[[{kind}]] {index}", "", f"is {shown(item)}", "make it a table")
        result[kind] = tables
        reading.ids[kind] = tuple(i["id"] for _, i in tables if isinstance(i.get("id"), str))
    return result


def _read(
    kind: str,
    read: Callable[[Table, str, Reading], Definition],
    tables: Mapping[str, list[tuple[str, Raw]]],
    reading: Reading,
) -> dict[str, Definition]:
    found: dict[str, Definition] = {}
    for label, raw in tables[kind]:
        table = Table(reading.faults, reading.file, label, raw)
        identifier = table.identifier()
        if identifier and identifier in found:
            table.fault("id", f"is that of another {kind}", "give each its own")
        definition = read(table, identifier, reading)
        table.close()
        if identifier:
            found.setdefault(identifier, definition)
    return found


def _site(raw: object, reading: Reading) -> Site:
    if not isinstance(raw, dict):
        problem = "is missing" if raw is None else "is not a table"
        reading.fault("[site]", "", problem, "add [site] with name and timezone")
        raw = {"name": "-", "timezone": "UTC"}
    table = Table(reading.faults, reading.file, "[site]", raw)
    reading.languages = _languages(table)
    reading.hours = table.hours("hours", ALWAYS)
    _bookings(table, reading)
    site = Site(
        name=table.text("name", reading.languages, required=True) or {},
        timezone=_timezone(table),
        languages=reading.languages,
        day_starts=table.clock("day_starts", 0),
    )
    table.close()
    return site


def _bookings(table: Table, reading: Reading) -> None:
    """The three keys that a service may override."""
    reading.check_in_ms = table.minutes("check_in_minutes", reading.check_in_ms, low=0)
    reading.grace_ms = table.minutes("grace_minutes", reading.grace_ms, low=0)
    reading.booking_days = table.whole("booking_days", reading.booking_days, 0, 366)


def _languages(table: Table) -> tuple[str, ...]:
    languages = table.listed("languages", LANGUAGES)
    remedy = 'write codes such as "id", "en" or "su"'
    if not languages:
        table.fault("languages", "names no language", remedy)
        return LANGUAGES
    for language in languages:
        parts = language.split("-")
        fit = all(part.isascii() and part.isalnum() and len(part) <= 8 for part in parts)
        if not fit or not 2 <= len(parts[0]) <= 3 or not parts[0].islower():
            table.fault("languages", f"has {shown(language)}", remedy)
    return languages


def _timezone(table: Table) -> str:
    name = table.string("timezone", "Asia/Jakarta")
    if name is None:
        return "UTC"
    try:
        ZoneInfo(name)
    # KeyError: not found; ValueError: an absolute path or the like; OSError: a folder.
    except (KeyError, ValueError, OSError):
        remedy = "use a name such as Asia/Jakarta, Asia/Makassar or Asia/Jayapura"
        table.fault("timezone", f"is {shown(name)}, which nobody knows", remedy)
    return name


def _class(table: Table, identifier: str, reading: Reading) -> ClassDef:
    if identifier == REGULAR:
        table.fault("id", "is regular, which every site has already", "use another id")
    reasons = table.listed("reasons", ())
    for reason in reasons:
        if not fit(reason):
            table.fault("reasons", f"has {shown(reason)}", "use short words such as lansia")
    return ClassDef(
        id=identifier,
        name=name_of(table, reading),
        credit_ms=table.minutes("credit_minutes", None, low=0),
        reasons=reasons,
    )


def _zone(table: Table, identifier: str, reading: Reading) -> ZoneDef:
    return ZoneDef(identifier, name_of(table, reading), read_voice(table, reading))


def _agency(table: Table, identifier: str, reading: Reading) -> AgencyDef:
    name = name_of(table, reading)
    short = table.text("short", reading.languages, required=False)
    tile = table.choice("tile", TILES, "")
    if not tile:
        # Those without a tile are dealt one each, in the order of the file.
        tile = TILES[reading.dealt % len(TILES)]
        reading.dealt += 1
    reading.tiles.setdefault(identifier, tile)
    return AgencyDef(identifier, name, short or name, tile)
