"""What happens to a ticket: which members of which topics it changes.

On the way of every command: patches are made from the values before and after, nothing is rendered
that did not change.
"""

from typing import TYPE_CHECKING

from antrean import shapes
from antrean.domain.events import Entry, TicketEvent, TicketRecalled
from antrean.domain.fold import apply
from antrean.domain.hall import zones_of
from antrean.domain.model import AT_COUNTER, IN_LINE_VIEW, Ticket, TicketState
from antrean.shapes import Json, without_nulls
from antrean.views import states
from antrean.views.calls import call_of
from antrean.views.patches import diff, nest, ticket_patch

if TYPE_CHECKING:
    from antrean.views.views import Views

Patches = dict[str, Json]


def follow_ticket(
    views: "Views", entry: Entry, event: TicketEvent, patches: Patches
) -> tuple[Ticket | None, Ticket]:
    """Apply the event to the state; its changes go into `patches`. The ticket before and after."""
    state = views.state
    before = state.tickets.get(event.ticket)
    seat: str | None = getattr(event, "counter", None)
    sat = state.counters[seat].ticket if seat is not None else None
    apply(state, entry)
    after = state.tickets[event.ticket]
    patch = ticket_patch(state, before, after) if before is not None else {}
    _line(views, patches, before, after, patch)
    _calls(views, patches, before, after)
    if seat is not None:
        _seat(views, patches, seat, sat, before, after, patch)
    _counts(views, patches, before, after)
    if views.shown.any:
        _shown(views, patches, before, after)
    if not isinstance(event, TicketRecalled):
        views.services.touch()
        _outlooks(views, entry, seat, before, after)
    return before, after


def _line(
    views: "Views", patches: Patches, before: Ticket | None, after: Ticket, patch: Json
) -> None:
    was_in = before is not None and before.state in IN_LINE_VIEW
    is_in = after.state in IN_LINE_VIEW
    if before is not None and was_in:
        if is_in and before.service == after.service:
            if before.rank != after.rank:
                patch = {**patch, "rank": after.rank}
            if patch:
                patches[f"service:{after.service}"] = {"tickets": {after.id: patch}}
            return
        patches[f"service:{before.service}"] = {"tickets": {after.id: None}}
    if is_in:
        whole = shapes.line_ticket(views.state, after)
        patches[f"service:{after.service}"] = {"tickets": {after.id: whole}}


def _calls(views: "Views", patches: Patches, before: Ticket | None, after: Ticket) -> None:
    old, new = call_of(before), call_of(after)
    if old is None and new is None:
        return
    catalogue = views.state.catalogue
    zones = zones_of(catalogue, new) if new is not None else ()
    if old is not None and old is not new:
        zones += tuple(z for z in zones_of(catalogue, old) if z not in zones)
    for zone in zones:
        calls = views.calls[zone].move(views.state, before, after)
        if calls:
            nest(patches, f"zone:{zone}", "calls", calls)


def _seat(
    views: "Views",
    patches: Patches,
    seat: str,
    sat: str | None,
    before: Ticket | None,
    after: Ticket,
    patch: Json,
) -> None:
    state = views.state
    sits = state.counters[seat].ticket
    ticket: Json | None = None
    if sits is not None and sat is not None:
        if before is not None and before.call is not after.call:  # what was said was another call
            patch = patch | diff(shapes.heard(state, before), shapes.heard(state, after))
        if not patch:
            return
        ticket = patch
    elif sits is not None:
        facts = shapes.ticket_facts(state, after)
        if after.call is None or after.call.seq != state.seq:  # of a new call nothing is known
            facts |= shapes.heard(state, after)
        ticket = {name: value for name, value in facts.items() if value is not None}
    patches[f"counter:{seat}"] = {"ticket": ticket}
    nest(patches, "site", "counters", seat, "ticket", ticket)
    if (sits is None) != (sat is None):
        zone = state.catalogue.counters[seat].zone
        number = None if sits is None else after.number
        nest(patches, f"zone:{zone}", "counters", seat, "number", number)


def _counts(views: "Views", patches: Patches, before: Ticket | None, after: Ticket) -> None:
    was_at = before.service if before is not None and before.state in AT_COUNTER else None
    is_at = after.service if after.state in AT_COUNTER else None
    if was_at != is_at:
        if was_at is not None:
            _serving(views, patches, was_at, -1)
        if is_at is not None:
            _serving(views, patches, is_at, 1)
    waited = before.service if before is not None and before.state is TicketState.WAITING else None
    waits = after.service if after.state is TicketState.WAITING else None
    if waited is not None:
        _waiting(views, patches, waited)
    if waits is not None and waits != waited:
        _waiting(views, patches, waits)


def _serving(views: "Views", patches: Patches, service: str, by: int) -> None:
    counts = views.counts[service]
    counts.serving += by
    nest(patches, "site", "services", service, "serving", counts.serving)


def _waiting(views: "Views", patches: Patches, service: str) -> None:
    state, counts = views.state, views.counts[service]
    waiting, next_ = len(state.lines[service].waiting), shapes.zone_next(state, service)
    if waiting == counts.waiting and next_ == counts.next:
        return
    board: Json = {}
    if waiting != counts.waiting:
        board["waiting"] = counts.waiting = waiting
        nest(patches, "site", "services", service, "waiting", waiting)
    if next_ != counts.next:
        board["next"] = counts.next = next_
    nest(patches, f"zone:{state.catalogue.services[service].zone}", "services", service, board)


def _shown(views: "Views", patches: Patches, before: Ticket | None, after: Ticket) -> None:
    """Retired services and counters come and go with the tickets that need them."""
    state, shown = views.state, views.shown
    services, counters = shown.services, shown.counters
    shown.move(before, after)
    for service in sorted(services ^ shown.services):
        zone = state.catalogue.services[service].zone
        is_shown = service in shown.services
        board = without_nulls(shapes.zone_service(state, service)) if is_shown else None
        whole = states.site_service(state, service) if is_shown else None
        nest(patches, f"zone:{zone}", "services", service, board)
        nest(patches, "site", "services", service, whole)
    for counter in sorted(counters ^ shown.counters):
        zone = state.catalogue.counters[counter].zone
        is_shown = counter in shown.counters
        board = without_nulls(shapes.zone_counter(state, counter)) if is_shown else None
        whole = states.counter(state, counter) if is_shown else None
        nest(patches, f"zone:{zone}", "counters", counter, board)
        nest(patches, "site", "counters", counter, whole)


def _outlooks(
    views: "Views", entry: Entry, seat: str | None, before: Ticket | None, after: Ticket
) -> None:
    """Which lines, or what can be said of them, moved."""
    moved = {after.service}
    if before is not None:
        moved.add(before.service)
    if seat is not None:
        moved.update(views.state.catalogue.counters[seat].services)
    views.lines_moved(entry.seq, moved)
