"""Opening hours: `"always"`, or ranges by day, `{ mon = ["08:00-12:00", "13:00-15:00"] }`."""

import re
from typing import Any, NamedTuple

from antrean.domain.catalogue import ALWAYS, Week

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])")
_EXAMPLE = '{ mon = ["08:00-12:00", "13:00-15:00"] }'


class HoursFault(NamedTuple):
    place: str  # the day, or ""
    problem: str
    remedy: str


def read_clock(value: object) -> int | None:
    """`HH:MM` up to `24:00` as minutes after midnight; None for anything else."""
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    minutes = int(match[1]) * 60 + int(match[2])
    return minutes if minutes <= 1440 else None


def read_week(value: Any) -> tuple[Week, list[HoursFault]]:
    """The week and all that is wrong with it; a day that is not named is closed."""
    if value == "always":
        return ALWAYS, []
    if not isinstance(value, dict):
        return ALWAYS, [HoursFault("", "is neither a table nor always", f"write {_EXAMPLE}")]
    faults = []
    for day in value:
        if day not in DAYS:
            remedy = f"use {', '.join(DAYS)}"
            faults.append(HoursFault("", f"has the unknown day {ascii(day)[:40]}", remedy))
    if not any(value.get(day) for day in DAYS):
        remedy = 'name a day, or use status = "not_operating" for a service that never opens'
        faults.append(HoursFault("", "never opens", remedy))
    week = []
    for day in DAYS:
        ranges, wrong = _read_day(value.get(day, []))
        week.append(ranges)
        faults += [HoursFault(day, problem, remedy) for problem, remedy in wrong]
    return tuple(week), faults


def _read_day(value: Any) -> tuple[tuple[tuple[int, int], ...], list[tuple[str, str]]]:
    if not isinstance(value, list):
        return (), [("is not a list of ranges", 'write ["08:00-12:00", "13:00-15:00"]')]
    ranges: list[tuple[int, int]] = []
    faults = []
    for item in value:
        ends = item.split("-") if isinstance(item, str) else []
        begin, end = (read_clock(e) for e in ends) if len(ends) == 2 else (None, None)
        if begin is None or end is None:
            faults.append((f"has {ascii(item)[:40]}", 'write a range as "08:00-12:00"'))
        elif begin >= end:
            remedy = "the end comes after the begin; past midnight: end at 24:00, go on next day"
            faults.append((f"has {item}, which ends before it begins", remedy))
        elif ranges and begin < ranges[-1][1]:
            problem = f"has {item}, which begins before the range ahead of it ends"
            faults.append((problem, "put the ranges in order, without overlap"))
        else:
            ranges.append((begin, end))
    return tuple(ranges), faults
