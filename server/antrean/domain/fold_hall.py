"""The part of the fold that is about the hall: devices, zones, media, what was shown and said."""

from dataclasses import replace

from antrean.domain import events
from antrean.domain.hall_model import (
    NO_SPEAKER,
    Announcing,
    Device,
    Hearing,
    Sound,
    ZoneSettings,
)
from antrean.domain.state import QueueState


# calls
def call_announced(state: QueueState, entry: events.Entry, event: events.CallAnnounced) -> None:
    state.announcing[event.zone] = Announcing(
        event.zone,
        event.ticket,
        event.number,
        event.service,
        event.counter,
        event.call,
        event.device,
        entry.at,
    )
    hearing = _hearing(state, event)
    _hear(state, replace(hearing, announced_at=entry.at, code=None, device=event.device))


def call_spoken(state: QueueState, entry: events.Entry, event: events.CallSpoken) -> None:
    _end(state, event)
    hearing = _hearing(state, event)
    _hear(state, replace(hearing, spoken_at=entry.at, spoken_by=event.device, code=None))


def call_unspoken(state: QueueState, entry: events.Entry, event: events.CallUnspoken) -> None:
    """For want of a speaker: then it waits again for one, as if it had never begun."""
    _end(state, event)
    known = _hearing(state, event)
    hearing = replace(known, code=event.code, device=event.device or known.device)
    _hear(state, replace(hearing, announced_at=None) if event.code == NO_SPEAKER else hearing)


def call_shown(state: QueueState, entry: events.Entry, event: events.CallShown) -> None:
    hearing = _hearing(state, event)
    _hear(state, replace(hearing, shown_at=entry.at, shown_by=event.device))


def _end(state: QueueState, event: events.CallEvent) -> None:
    announcing = state.announcing.get(event.zone)
    if announcing is not None and announcing.call == event.call:
        del state.announcing[event.zone]


def _hearing(state: QueueState, event: events.CallEvent) -> Hearing:
    """What is known of the event's call, or a new one in place of that of an earlier call."""
    known = state.hearings.get((event.ticket, event.zone))
    if known is not None and known.call == event.call:
        return known
    return Hearing(event.ticket, event.zone, event.call)


def _hear(state: QueueState, hearing: Hearing) -> None:
    known = state.hearings.get((hearing.ticket, hearing.zone))
    if known is None or known.call <= hearing.call:  # a newer call has taken its place
        state.hearings[hearing.ticket, hearing.zone] = hearing


def text_spoken(state: QueueState, entry: events.Entry, event: events.AnnouncementSpoken) -> None:
    made = state.announcements.get(event.announcement)
    if made is not None:
        state.announcements[made.id] = replace(made, spoken=(*made.spoken, event.zone))


# devices
def device_paired(state: QueueState, entry: events.Entry, event: events.DevicePaired) -> None:
    state.devices[event.device] = Device(
        id=event.device,
        name=event.name,
        zone=event.zone,
        layout=event.layout,
        settings=event.settings,
    )


def device_changed(state: QueueState, entry: events.Entry, event: events.DeviceChanged) -> None:
    """Leave to sound alone makes one a speaker again that has not reported since it failed."""
    device = state.devices[event.device]
    ready = device.ready if event.settings.sound else None
    if ready is not None and event.zone != device.zone:  # whoever speaks there goes on to
        ready = entry.seq
    elif event.settings.sound and not device.settings.sound:
        ready = _ready(device, device.sound, True, entry.seq)
    state.devices[event.device] = replace(
        device,
        name=event.name,
        zone=event.zone,
        layout=event.layout,
        settings=event.settings,
        ready=ready,
    )


def device_removed(state: QueueState, entry: events.Entry, event: events.DeviceRemoved) -> None:
    del state.devices[event.device]


def device_online(state: QueueState, entry: events.Entry, event: events.DeviceOnline) -> None:
    device = state.devices[event.device]
    state.devices[event.device] = replace(device, online=True, seen_at=entry.at)


def device_offline(state: QueueState, entry: events.Entry, event: events.DeviceOffline) -> None:
    device = state.devices[event.device]
    seen_at = entry.at if event.seen_at is None else event.seen_at
    state.devices[event.device] = replace(device, online=False, seen_at=seen_at, ready=None)


def device_reported(state: QueueState, entry: events.Entry, event: events.DeviceReported) -> None:
    device = replace(state.devices[event.device], online=True)
    state.devices[event.device] = replace(
        device,
        seen_at=entry.at,
        sound=event.sound,
        version=event.version,
        screen=event.screen,
        ready=_ready(device, event.sound, device.settings.sound, entry.seq),
    )


def device_failed(state: QueueState, entry: events.Entry, event: events.DeviceFailed) -> None:
    device = state.devices[event.device]
    state.devices[event.device] = replace(device, ready=None)


def _ready(device: Device, sound: Sound, may_speak: bool, seq: int) -> int | None:
    """Since when it may speak: who already does keeps its turn."""
    if not device.online or sound is not Sound.ON or not may_speak:
        return None
    return seq if device.ready is None else device.ready


# zones and media
def zone_changed(state: QueueState, entry: events.Entry, event: events.ZoneChanged) -> None:
    state.zones[event.zone] = ZoneSettings(event.playlist, event.voice)


def media_added(state: QueueState, entry: events.Entry, event: events.MediaAdded) -> None:
    state.media[event.media.id] = event.media


def media_removed(state: QueueState, entry: events.Entry, event: events.MediaRemoved) -> None:
    """It leaves every playlist, too."""
    del state.media[event.media]
    for zone, settings in state.zones.items():
        if any(item.media == event.media for item in settings.playlist):
            left = tuple(i for i in settings.playlist if i.media != event.media)
            state.zones[zone] = replace(settings, playlist=left)


def forget_ended(state: QueueState) -> None:
    """With a new day: what was said of tickets that are no longer known."""
    state.hearings = {k: h for k, h in state.hearings.items() if k[0] in state.tickets}
    for zone in [z for z, a in state.announcing.items() if a.ticket not in state.tickets]:
        del state.announcing[zone]
