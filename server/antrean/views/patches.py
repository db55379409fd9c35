"""RFC 7396 merge patches. Renderings have no nulls: a member that is gone is null in the patch."""

from operator import attrgetter
from typing import Any

from antrean import shapes
from antrean.domain.model import Call, Ticket, TicketState
from antrean.domain.state import QueueState
from antrean.shapes import Json


def diff(before: Json, after: Json) -> Json:
    """The patch that makes `after` of `before`; empty when they are equal. Lists are one value."""
    patch: Json = {name: None for name in before if name not in after}
    for name, value in after.items():
        old = before.get(name)
        if old == value:
            continue
        if isinstance(old, dict) and isinstance(value, dict):
            patch[name] = diff(old, value)
        else:
            patch[name] = value
    return patch


def merge(target: Json, patch: Json) -> Json:
    """`target` with `patch` applied; neither is changed."""
    result = dict(target)
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict):
            old = result.get(name)
            result[name] = merge(old if isinstance(old, dict) else {}, value)
        else:
            result[name] = value
    return result


def nest(patch: Json, *path_and_value: Any) -> None:
    """Set a value deep in a patch, making the dicts on the way."""
    *path, name, value = path_and_value
    for step in path:
        patch = patch.setdefault(step, {})
    patch[name] = value


_TIMES = ("called_at", "started_at", "ended_at")
_CHANGING = ("state", "arrived", "counter", "for_counter", "recalls", "leg", *_TIMES)
_values = attrgetter(*_CHANGING)


def ticket_patch(state: QueueState, before: Ticket, after: Ticket) -> Json:
    """The patch between two values of one ticket, from the fields that may change in its life.

    Ten times as fast as rendering both. Without rank, which only the topic of a line shows.
    """
    patch: Json = {}
    if before.service != after.service:
        services = state.catalogue.services
        was, is_ = services[before.service], services[after.service]
        patch["service"] = after.service
        if was.agency != is_.agency:
            patch["agency"] = is_.agency
        if was.zone != is_.zone:
            patch["zone"] = is_.zone
    for name, old, new in zip(_CHANGING, _values(before), _values(after), strict=True):
        if old != new:
            is_time = new is not None and name in _TIMES
            patch[name] = shapes.iso(state.catalogue.site, new) if is_time else new
    return patch


def call_patch(state: QueueState, before: tuple[Ticket, Call], after: tuple[Ticket, Call]) -> Json:
    """The patch between two values of one call on a zone's board."""
    if before[1].service == after[1].service and before[1].counter == after[1].counter:
        patch: Json = {}
        if before[0].state is not after[0].state:
            patch["state"] = after[0].state
        if before[1].seq != after[1].seq:
            patch["seq"] = after[1].seq
            patch["at"] = shapes.iso(state.catalogue.site, after[1].at)
        if before[0].recalls != after[0].recalls:
            patch["recalls"] = after[0].recalls
        if TicketState.WAITING in (before[0].state, after[0].state):
            was, is_ = shapes.zone_to(state, *before), shapes.zone_to(state, *after)
            patch |= diff({"to": was}, {"to": is_})
        return patch
    return diff(shapes.zone_call(state, *before), shapes.zone_call(state, *after))
