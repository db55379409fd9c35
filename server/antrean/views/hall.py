"""The hall: which members of which topics its calls, displays, playlists and media change."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from antrean import shapes
from antrean.domain import events, hall
from antrean.domain.events import Entry
from antrean.domain.fold import apply
from antrean.domain.model import Ticket
from antrean.domain.state import QueueState
from antrean.shapes import Json
from antrean.views import states
from antrean.views.patches import diff, nest

if TYPE_CHECKING:
    from antrean.views.views import Views


def _call(views: "Views", entry: Entry, event: events.CallEvent, patches: dict[str, Json]) -> None:
    """The board says what is announced; the counter's ticket, what became of its call."""
    state, zone = views.state, event.zone
    ticket = state.tickets.get(event.ticket)  # None: of a day that is over
    was = _announced(state, zone), _heard(state, ticket)
    apply(state, entry)
    is_ = _announced(state, zone), _heard(state, ticket)
    if zone in state.catalogue.zones and (board := diff(was[0], is_[0])):
        patches[f"zone:{zone}"] = board
    heard = diff(was[1], is_[1])
    if heard and ticket is not None and ticket.counter is not None:
        patches[f"counter:{ticket.counter}"] = {"ticket": heard}
        nest(patches, "site", "counters", ticket.counter, "ticket", heard)


def _announced(state: QueueState, zone: str) -> Json:
    announcing = shapes.zone_announcing(state.announcing.get(zone))
    return {} if announcing is None else {"announcing": announcing}


def _heard(state: QueueState, ticket: Ticket | None) -> Json:
    return {} if ticket is None else shapes.heard(state, ticket)


def _device(
    views: "Views", entry: Entry, event: events.DeviceEvent, patches: dict[str, Json]
) -> None:
    """One display changes; with it, perhaps, who speaks in the zone that it leaves or joins."""
    state, device = views.state, event.device
    known = state.devices.get(device)
    zones = set() if known is None else {known.zone}
    if isinstance(event, events.DevicePaired | events.DeviceChanged):
        zones.add(event.zone)
    was, spoke = _devices(state, device), _speakers(state, zones)
    apply(state, entry)
    patch, speak = diff(was, _devices(state, device)), _speakers(state, zones)
    for other in set(spoke.values()) ^ set(speak.values()):
        if other != device:
            nest(patch, other, "speaker", other in speak.values())
    for zone in set(spoke) ^ set(speak):
        if zone in state.catalogue.zones:
            patches[f"zone:{zone}"] = {"speaks": True if zone in speak else None}
    if patch:
        patches["site"] = {"devices": patch}


def _devices(state: QueueState, device: str) -> Json:
    known = state.devices.get(device)
    return {} if known is None else {device: states.device(state, known)}


def _speakers(state: QueueState, zones: set[str]) -> dict[str, str]:
    """Who speaks for which of `zones`."""
    found = {zone: hall.speaker(state, zone) for zone in zones}
    return {zone: device.id for zone, device in found.items() if device is not None}


def _playlists(
    views: "Views",
    entry: Entry,
    event: events.ZoneChanged | events.MediaRemoved,
    patches: dict[str, Json],
) -> None:
    """What is set for a zone; a file that is removed leaves every playlist."""
    state = views.state
    zones = [
        z
        for z in state.catalogue.zones
        if isinstance(event, events.MediaRemoved) or z == event.zone
    ]
    was = {z: states.playlist(state, z) for z in zones}
    apply(state, entry)
    for zone in zones:
        played = states.playlist(state, zone)
        if played != was[zone]:
            patches[f"zone:{zone}"] = {"playlist": played}


def _unseen(views: "Views", entry: Entry, event: Any, patches: dict[str, Json]) -> None:
    """Told to nobody who follows: a file that no zone plays yet, a text that was said."""
    apply(views.state, entry)


TURNS: dict[type, Callable[["Views", Entry, Any, dict[str, Json]], None]] = {
    events.CallAnnounced: _call,
    events.CallSpoken: _call,
    events.CallUnspoken: _call,
    events.CallShown: _call,
    events.AnnouncementSpoken: _unseen,
    events.DevicePaired: _device,
    events.DeviceChanged: _device,
    events.DeviceRemoved: _device,
    events.DeviceOnline: _device,
    events.DeviceOffline: _device,
    events.DeviceReported: _device,
    events.DeviceFailed: _device,
    events.ZoneChanged: _playlists,
    events.MediaAdded: _unseen,
    events.MediaRemoved: _playlists,
}
"""Whoever follows an event of the hall; each applies it to the state, too."""
