"""Dates, opening hours, slots, and the timers of the journal. Pure: the moment is always an
argument.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from antrean.domain.catalogue import Catalogue, ServiceDef, Site
from antrean.domain.model import Slot

_LOOK_AHEAD_DAYS = 9  # a week of hours repeats; two more days bridge the ends


@lru_cache(maxsize=16)
def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local(site: Site, at: int) -> datetime:
    """The moment as a clock in the hall shows it."""
    return datetime.fromtimestamp(at // 1000, zone(site.timezone)).replace(
        microsecond=at % 1000 * 1000
    )


def moment_of(site: Site, day: date, minutes: int) -> int:
    """The moment at `minutes` after midnight (wall clock, up to 1440) of a calendar day."""
    return _moment(site.timezone, day, minutes)


@lru_cache(maxsize=1024)  # the same few are asked for all day
def _moment(timezone: str, day: date, minutes: int) -> int:
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    return int(wall.replace(tzinfo=zone(timezone)).astimezone(UTC).timestamp() * 1000)


def business_date(site: Site, at: int) -> str:
    """The date at the site's timezone, changing at `day_starts`."""
    return _business_day(site, at).isoformat()


def _business_day(site: Site, at: int) -> date:
    now = local(site, at)
    day = now.date()
    return day if at >= moment_of(site, day, site.day_starts) else day - timedelta(days=1)


def day_start(site: Site, business: str) -> int:
    """The moment at which a business date begins."""
    return moment_of(site, date.fromisoformat(business), site.day_starts)


def next_date(business: str, days: int = 1) -> str:
    return (date.fromisoformat(business) + timedelta(days=days)).isoformat()


def day_end(site: Site, business: str) -> int:
    return day_start(site, next_date(business))


def in_hours(site: Site, service: ServiceDef, at: int) -> bool:
    """Whether `at` lies in the opening hours: the beginning is in, the end is out."""
    return any(begin <= at < end for begin, end in _spans(site, service, at, -1, 1))


def next_change(site: Site, service: ServiceDef, at: int) -> int | None:
    """The first moment after `at` at which `in_hours` turns; None when it never does."""
    for begin, end in _spans(site, service, at, -1, _LOOK_AHEAD_DAYS):
        if at < begin:
            return begin
        if at < end:
            last = local(site, at).date() + timedelta(days=_LOOK_AHEAD_DAYS - 1)
            return end if end < moment_of(site, last, 0) else None
    return None


def _spans(
    site: Site, service: ServiceDef, at: int, first: int, last: int
) -> Iterator[tuple[int, int]]:
    """Opening hours as (begin, end), from `first` to `last` days around `at`; touching ones are
    one.
    """
    today = local(site, at).date()
    open_span: tuple[int, int] | None = None
    for offset in range(first, last + 1):
        day = today + timedelta(days=offset)
        for begin_minute, end_minute in service.hours[day.weekday()]:
            begin, end = moment_of(site, day, begin_minute), moment_of(site, day, end_minute)
            if open_span is not None and begin <= open_span[1]:
                open_span = (open_span[0], max(end, open_span[1]))
                continue
            if open_span is not None:
                yield open_span
            open_span = (begin, end)
    if open_span is not None:
        yield open_span


def hours_of(service: ServiceDef, business: str) -> list[str]:
    """`["08:00-12:00", ...]` of one date."""
    day = date.fromisoformat(business).weekday()
    return [f"{_clock(b)}-{_clock(e)}" for b, e in service.hours[day]]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def slots_of(catalogue: Catalogue, service: ServiceDef, business: str) -> Iterator[Slot]:
    """The slots of a business date, in order: wholly inside the opening hours, none over
    `day_starts`.
    """
    if not service.bookable:
        return
    site = catalogue.site
    begins, ends = day_start(site, business), day_end(site, business)
    calendar_days = [date.fromisoformat(business)]
    if site.day_starts:
        calendar_days.append(calendar_days[0] + timedelta(days=1))
    for day in calendar_days:
        for begin_minute, end_minute in service.hours[day.weekday()]:
            start = moment_of(site, day, begin_minute)
            last = moment_of(site, day, end_minute)
            while start + service.slot_ms <= last:
                if begins <= start and start + service.slot_ms <= ends:
                    yield Slot(start, start + service.slot_ms)
                start += service.slot_ms


def slot_at(catalogue: Catalogue, service: ServiceDef, start: int) -> Slot | None:
    """The slot that begins exactly at `start`, or None."""
    if not service.bookable:
        return None
    business = business_date(catalogue.site, start)
    return next((s for s in slots_of(catalogue, service, business) if s.start == start), None)
