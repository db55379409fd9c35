"""What becomes of the hall: displays are paired and report, calls are announced and confirmed."""

from dataclasses import replace
from typing import Any

from antrean.domain import commands, events, hall
from antrean.domain.decision import Decision
from antrean.domain.errors import Code, Refused, UnknownReference
from antrean.domain.hall_model import (
    CALL_ENDED,
    NO_ANSWER,
    NO_SPEAKER,
    OFFLINE,
    Announcing,
    Device,
    DeviceSettings,
    Sound,
    ZoneSettings,
)
from antrean.domain.model import AT_COUNTER, Ticket, TicketState
from antrean.domain.state import QueueState


# devices
def pair(state: QueueState, command: commands.PairDevice, at: int) -> Decision:
    if not command.code_is_known:
        raise Refused(Code.UNKNOWN_CODE)
    if command.device in state.devices:  # asked again after a commit that was in doubt
        return Decision(device=command.device)
    _fits(state, command.zone, command.settings)
    event = events.DevicePaired(
        device=command.device,
        name=command.name,
        zone=command.zone,
        layout=command.layout,
        settings=command.settings,
    )
    return Decision(events=(event,), device=command.device)


def change(state: QueueState, command: commands.ChangeDevice, at: int) -> Decision:
    device = device_of(state, command.device)
    changed = replace(
        device,
        name=device.name if command.name is None else command.name,
        zone=device.zone if command.zone is None else command.zone,
        layout=device.layout if command.layout is None else command.layout,
        settings=replace(device.settings, **(command.settings or {})),
    )
    _fits(state, changed.zone, changed.settings)
    if changed == device:
        return Decision(device=device.id)
    event = events.DeviceChanged(
        device=device.id,
        name=changed.name,
        zone=changed.zone,
        layout=changed.layout,
        settings=changed.settings,
    )
    return Decision(events=(event,), device=device.id)


def remove(state: QueueState, command: commands.RemoveDevice, at: int) -> Decision:
    device = device_of(state, command.device)
    event = events.DeviceRemoved(device=device.id)
    return Decision(events=(event,), device=device.id, removed=device)


def note_online(state: QueueState, command: commands.NoteOnline, at: int) -> Decision:
    device = device_of(state, command.device)
    if device.online == command.online:
        return Decision(device=device.id)
    event = (
        events.DeviceOnline(device=device.id)
        if command.online
        else events.DeviceOffline(device=device.id, seen_at=command.seen_at)
    )
    return Decision(events=(event,), device=device.id)


def report(state: QueueState, command: commands.ReportDevice, at: int) -> Decision:
    device = device_of(state, command.device)
    told = (command.sound, command.version, command.screen)
    may_speak = command.sound is Sound.ON and device.settings.sound
    if (
        device.online
        and told == (device.sound, device.version, device.screen)
        and may_speak == (device.ready is not None)
    ):
        return Decision(device=device.id)
    event = events.DeviceReported(
        device=device.id, sound=command.sound, version=command.version, screen=command.screen
    )
    return Decision(events=(event,), device=device.id)


def fail(state: QueueState, command: commands.FailDevice, at: int) -> Decision:
    device = device_of(state, command.device)
    if device.ready is None:
        return Decision(device=device.id)
    return Decision(events=(events.DeviceFailed(device=device.id),), device=device.id)


def device_of(state: QueueState, device_id: str) -> Device:
    """Raises UnknownReference."""
    device = state.devices.get(device_id)
    if device is None:
        raise UnknownReference("device", device_id)
    return device


def _fits(state: QueueState, zone: str, settings: DeviceSettings) -> None:
    """Whether the catalogue has what a display is to show."""
    if zone not in state.catalogue.zones:
        raise UnknownReference("zone", zone)
    counters = state.catalogue.counters
    if settings.counter is not None and settings.counter not in counters:
        raise UnknownReference("settings.counter", settings.counter)
    for counter in settings.arrows:
        if counter not in counters:
            raise UnknownReference("settings.arrows", counter)


# calls
def begin(state: QueueState, command: commands.BeginAnnouncement, at: int) -> Decision:
    """Nothing happens when the turn is no longer that call's: it was answered, ended, recalled."""
    ticket = state.tickets.get(command.ticket)
    if ticket is None or not _may_begin(state, command, ticket, at):
        return Decision()
    event = events.CallAnnounced(**_facts(ticket, command.zone), device=command.device)
    return Decision(events=(event,))


def _may_begin(
    state: QueueState, command: commands.BeginAnnouncement, ticket: Ticket, at: int
) -> bool:
    return (
        command.zone not in state.announcing
        and ticket.state is TicketState.CALLED
        and ticket.call is not None
        and ticket.call.seq == command.call
        and ticket in hall.waiting_calls(state, command.zone, at)
    )


def end(state: QueueState, command: commands.EndAnnouncement, at: int) -> Decision:
    """Ends what is announced; or corrects later what had ended unspoken, or never had its turn."""
    announcing = state.announcing.get(command.zone)
    if announcing is not None and announcing.call == command.call:
        return Decision(events=(_ended(_announced(announcing), command),))
    ticket = state.tickets.get(command.ticket)
    if ticket is None or ticket.call is None or ticket.call.seq != command.call:
        return Decision()
    hearing = hall.hearing_of(state, ticket, command.zone)
    ended = None if hearing is None or hearing.spoken_at is not None else hearing.code
    if command.code is None:
        allowed = ended is not None  # the word of who said it came late
    elif command.code == NO_SPEAKER and ended in (NO_ANSWER, OFFLINE):
        allowed = True  # it turned out that nobody was told
    else:
        allowed = (ticket, command.code) in hall.ended_unsaid(state, command.zone, at)
    return Decision(events=(_ended(_facts(ticket, command.zone), command),) if allowed else ())


def broken_off(state: QueueState) -> list[events.Event]:
    """What is being announced when the day ends, which nobody may confirm in the next one."""
    return [
        events.CallUnspoken(**_announced(a), device=a.device, code=CALL_ENDED)
        for a in state.announcing.values()
    ]


def _announced(announcing: Announcing) -> dict[str, Any]:
    return {
        "ticket": announcing.ticket,
        "number": announcing.number,
        "service": announcing.service,
        "counter": announcing.counter,
        "zone": announcing.zone,
        "call": announcing.call,
    }


def _ended(
    facts: dict[str, Any], command: commands.EndAnnouncement
) -> events.CallSpoken | events.CallUnspoken:
    if command.code is None:
        return events.CallSpoken(**facts, device=command.device)
    return events.CallUnspoken(**facts, device=command.device, code=command.code)


def shown(state: QueueState, command: commands.NoteShown, at: int) -> Decision:
    """The first display of a zone that drew a call. Others say nothing new, nor does who draws what
    was called back, or again, or who comes long after a call that is over.
    """
    device = device_of(state, command.device)
    ticket = state.tickets.get(state.calls.get(command.call, ""))
    if ticket is None or ticket.call is None:
        return Decision()
    if ticket.state not in AT_COUNTER and at >= ticket.call.at + hall.CALL_LIVES_MS:
        return Decision()
    if device.zone not in hall.zones_of(state.catalogue, ticket.call):
        return Decision()
    hearing = hall.hearing_of(state, ticket, device.zone)
    if hearing is not None and hearing.shown_at is not None:
        return Decision()
    event = events.CallShown(**_facts(ticket, device.zone), device=device.id)
    return Decision(events=(event,))


def _facts(ticket: Ticket, zone: str) -> dict[str, Any]:
    assert ticket.call is not None
    return {
        "ticket": ticket.id,
        "number": ticket.number,
        "service": ticket.call.service,
        "counter": ticket.call.counter,
        "zone": zone,
        "call": ticket.call.seq,
    }


def text_spoken(state: QueueState, command: commands.NoteTextSpoken, at: int) -> Decision:
    made = state.announcements.get(command.announcement)
    if made is None or command.zone in made.spoken:
        return Decision()
    event = events.AnnouncementSpoken(
        announcement=made.id, zone=command.zone, device=command.device
    )
    return Decision(events=(event,))


# zones and media
def change_zone(state: QueueState, command: commands.ChangeZone, at: int) -> Decision:
    if command.zone not in state.catalogue.zones:
        raise UnknownReference("zone", command.zone)
    now = state.zones.get(command.zone, ZoneSettings())
    playlist = now.playlist if command.playlist is None else command.playlist
    for index, item in enumerate(playlist):
        if item.media not in state.media:
            raise UnknownReference(f"playlist.{index}.media", item.media)
    voice = now.voice if command.voice is None else command.voice
    after = ZoneSettings(playlist, None if command.reset_voice else voice)
    if after == now:
        return Decision(zone=command.zone)
    event = events.ZoneChanged(zone=command.zone, playlist=after.playlist, voice=after.voice)
    return Decision(events=(event,), zone=command.zone)


def add_media(state: QueueState, command: commands.AddMedia, at: int) -> Decision:
    return Decision(events=(events.MediaAdded(media=command.media),), media=command.media.id)


def remove_media(state: QueueState, command: commands.RemoveMedia, at: int) -> Decision:
    media = state.media.get(command.media)
    if media is None:
        raise UnknownReference("media", command.media)
    return Decision(events=(events.MediaRemoved(media=media.id),), media=media.id, removed=media)
