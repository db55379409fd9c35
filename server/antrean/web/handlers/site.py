"""What anyone may ask: the site, its agencies and services, and their slots."""

from datetime import date

from antrean import __version__, shapes
from antrean.domain import calendar
from antrean.domain.decision import service_exists
from antrean.domain.rebase import shown_services
from antrean.web.endpoint import Ask, Json
from antrean.web.lists import page
from antrean.web.problems import invalid


async def site(ask: Ask) -> Json:
    return shapes.site(ask.state, ask.backend.engine.now(), __version__)


async def agencies(ask: Ask) -> Json:
    state = ask.state
    needed = {s.agency for s in shown_services(state).values()}
    listed = [a for a in state.catalogue.agencies.values() if a.id in needed]
    return page(ask.query, [shapes.agency(a) for a in listed])


async def services(ask: Ask) -> Json:
    return page(ask.query, shapes.services(ask.state, ask.backend.engine.now()))


async def service(ask: Ask) -> Json:
    service_exists(ask.state, ask.id)
    return shapes.service(ask.state, ask.id, ask.backend.engine.now())


async def slots(ask: Ask) -> Json:
    """Slots of a date that can be booked: until they end, at most `booking_days` ahead."""
    state, now = ask.state, ask.backend.engine.now()
    service_exists(state, ask.id)
    definition, site = state.catalogue.services[ask.id], state.catalogue.site
    wanted = date_of(ask.query.get("date"), state.date)
    last = calendar.next_date(state.date, definition.booking_days)
    if not definition.operating or not state.date <= wanted <= last:
        return page(ask.query, [])
    return page(
        ask.query,
        [
            {
                "start": shapes.iso(site, slot.start),
                "end": shapes.iso(site, slot.end),
                "capacity": definition.slot_capacity,
                "free": max(0, definition.slot_capacity - state.slots.get((ask.id, slot.start), 0)),
            }
            for slot in calendar.slots_of(state.catalogue, definition, wanted)
            if slot.end > now
        ],
    )


def date_of(text: str | None, default: str) -> str:
    """A date of a query as `2026-11-24`. Raises Problem invalid."""
    if text is None:
        return default
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    # a year at either end of the calendar would overflow when hours are worked out
    if found is None or found.isoformat() != text or not 1970 <= found.year <= 9000:
        raise invalid("date", "wrong_type", why="YYYY-MM-DD")
    return text
