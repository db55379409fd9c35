"""Moments as text, and values without nulls."""

from datetime import datetime
from functools import lru_cache
from typing import Any, TypeAlias

from antrean.domain import calendar
from antrean.domain.catalogue import Site

Json: TypeAlias = dict[str, Any]


@lru_cache(maxsize=4096)
def _minute(timezone: str, minute: int) -> tuple[str, str]:
    """A minute as text in front of its seconds and behind its milliseconds: only that part of a
    time is costly, and most times of a day share their minute with others."""
    wall = datetime.fromtimestamp(minute * 60, calendar.zone(timezone))
    text = wall.isoformat(timespec="seconds")
    return text[:17], text[19:]


def iso(site: Site, at: int) -> str:
    """`2026-11-24T08:15:00.000+07:00`."""
    minute, rest = divmod(at, 60_000)
    before, after = _minute(site.timezone, minute)
    return f"{before}{rest // 1000:02d}.{rest % 1000:03d}{after}"


def iso_or_null(site: Site, at: int | None) -> str | None:
    return None if at is None else iso(site, at)


def without_nulls(value: Any) -> Any:
    """The same value with every member that is null left out, at any depth."""
    if isinstance(value, dict):
        return {k: without_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [without_nulls(v) for v in value]
    return value
