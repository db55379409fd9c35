"""What one table of the file must know of the others, and references between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from antrean.catalogue.faults import Fault
from antrean.catalogue.table import ID_LENGTH, Table, shown
from antrean.domain.catalogue import ALWAYS, Text, Week

LANGUAGES = ("id", "en")

Raw: TypeAlias = Mapping[str, Any]


@dataclass(slots=True)
class Reading:
    """What one table must know of the others."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    languages: tuple[str, ...] = LANGUAGES
    hours: Week = ALWAYS
    check_in_ms: int = 60 * 60_000
    grace_ms: int = 10 * 60_000
    booking_days: int = 14
    ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tiles: dict[str, str] = field(default_factory=dict)  # by agency
    dealt: int = 0  # how many agencies had no tile of their own
    prefixes: dict[str, str] = field(default_factory=dict)  # prefix: service

    def fault(self, table: str, key: str, problem: str, remedy: str) -> None:
        self.faults.append(Fault(self.file, table, key, problem, remedy))


def fit(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and 0 < len(value) <= ID_LENGTH


def name_of(table: Table, reading: Reading) -> Text:
    return table.text("name", reading.languages, required=True) or {}


def reference(table: Table, key: str, kind: str, reading: Reading) -> str:
    value = table.string(key, "...")
    if value is not None and value not in reading.ids[kind]:
        table.fault(key, f"is {shown(value)}, which is no {kind}", _known(kind, reading))
    return value or ""


def references(table: Table, key: str, values: tuple[str, ...], reading: Reading) -> None:
    for value in values:
        if value not in reading.ids["service"]:
            problem = f"names {shown(value)}, which is no service"
            table.fault(key, problem, _known("service", reading))


def _known(kind: str, reading: Reading) -> str:
    known = [i for i in reading.ids[kind] if fit(i)]
    return f"use the id of a [[{kind}]]" + (f": {', '.join(known[:12])}" if known else "")
