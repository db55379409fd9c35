"""Another catalogue under a running day (contract, section 1): nothing that has tickets is
dropped.
"""

from collections.abc import Mapping
from dataclasses import replace

from antrean.domain import calendar
from antrean.domain.catalogue import AgencyDef, Catalogue, CounterDef, ServiceDef, ZoneDef
from antrean.domain.model import Counter, CounterState, Service
from antrean.domain.state import Line, QueueState


def begin(catalogue: Catalogue, at: int) -> QueueState:
    """The state of a new data folder."""
    state = QueueState(catalogue, at=at, date=calendar.business_date(catalogue.site, at))
    state.prefixes[state.date] = {s.id: s.prefix for s in catalogue.services.values()}
    _fit(state, at)
    return state


def merged(old: Catalogue, new: Catalogue) -> Catalogue:
    """`new`, with what only `old` has kept as retired: not operating, closed, and hidden when not
    needed.
    """
    services = dict(new.services)
    counters = dict(new.counters)
    zones: dict[str, ZoneDef] = dict(new.zones)
    agencies: dict[str, AgencyDef] = dict(new.agencies)
    for service in old.services.values():
        if service.id not in services:
            services[service.id] = replace(service, operating=False, retired=True, note=None)
            zones.setdefault(service.zone, old.zones[service.zone])
            agencies.setdefault(service.agency, old.agencies[service.agency])
    for counter in old.counters.values():
        if counter.id not in counters:
            counters[counter.id] = replace(counter, retired=True)
            zones.setdefault(counter.zone, old.zones[counter.zone])
    return replace(new, services=services, counters=counters, zones=zones, agencies=agencies)


def rebase(state: QueueState, catalogue: Catalogue, at: int) -> QueueState:
    """The state of the same moment under `catalogue` (as `merged` gave it). No event: a new epoch.

    Letters of dates that have begun stay; a service that is new takes the ones of the catalogue.
    """
    after = state.copy()
    after.catalogue = catalogue
    for letters in after.prefixes.values():
        for service in catalogue.services.values():
            letters.setdefault(service.id, service.prefix)
    for counter in catalogue.counters.values():
        if counter.retired and counter.id in after.counters:
            seated = after.counters[counter.id].ticket
            after.counters[counter.id] = Counter(counter.id, CounterState.CLOSED, ticket=seated)
    after.at = max(after.at, at)
    _fit(after, after.at)
    return after


def _fit(state: QueueState, at: int) -> None:
    """One live value for each counter and service of the catalogue, with the hours as they are at
    `at`.
    """
    catalogue = state.catalogue
    state.counters = {c: state.counters.get(c, Counter(c)) for c in catalogue.counters}
    state.services = {
        s.id: _in_its_hours(catalogue, s, state.services.get(s.id, Service(s.id)), at)
        for s in catalogue.services.values()
    }
    for service in catalogue.services:
        state.lines.setdefault(service, Line())


def _in_its_hours(catalogue: Catalogue, definition: ServiceDef, now: Service, at: int) -> Service:
    return replace(
        now,
        in_hours=calendar.in_hours(catalogue.site, definition, at),
        next_change=calendar.next_change(catalogue.site, definition, at)
        if definition.operating
        else None,
    )


def shown_services(state: QueueState) -> Mapping[str, ServiceDef]:
    """The services that anyone is told of: retired ones only while a ticket still needs them."""
    services = state.catalogue.services
    if not any(s.retired for s in services.values()):
        return services
    return {i: s for i, s in services.items() if not s.retired or state.needed.get(i)}


def shown_counters(state: QueueState) -> Mapping[str, CounterDef]:
    """The counters that anyone is told of: retired ones only while a live ticket names them."""
    counters = state.catalogue.counters
    if not any(c.retired for c in counters.values()):
        return counters
    live = [t for t in state.tickets.values() if not t.has_ended]
    named = {t.counter for t in live} | {t.for_counter for t in live}
    return {i: c for i, c in counters.items() if not c.retired or i in named}
