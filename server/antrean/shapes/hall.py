"""The hall: its displays, its media, and what was set for a zone."""

from antrean.domain import hall
from antrean.domain.catalogue import Site, VoiceSettings
from antrean.domain.hall_model import Device, DeviceSettings, Media
from antrean.domain.state import QueueState
from antrean.shapes.board import media_url, zone_playlist
from antrean.shapes.times import Json, iso, iso_or_null

__all__ = ["device", "device_settings", "media", "media_url", "voice", "zone_settings"]


def device(state: QueueState, shown: Device) -> Json:
    """A paired display. `address` and `clock_offset` are null: only who holds its socket knows."""
    speaker = hall.speaker(state, shown.zone)
    return {
        "id": shown.id,
        "name": shown.name,
        "zone": shown.zone,
        "layout": shown.layout,
        "settings": device_settings(shown.settings),
        "online": shown.online,
        "seen_at": iso_or_null(state.catalogue.site, shown.seen_at),
        "sound": shown.sound.value,
        "speaker": speaker is not None and speaker.id == shown.id,
        "version": shown.version,
        "screen": list(shown.screen) if shown.screen else None,
        "address": None,
        "clock_offset": None,
    }


def device_settings(settings: DeviceSettings) -> Json:
    return {
        "theme": settings.theme,
        "contrast": settings.contrast,
        "languages": settings.languages,
        "arrows": dict(settings.arrows),
        "volume": settings.volume,
        "margin": settings.margin,
        "counter": settings.counter,
        "sound": settings.sound,
        "voice": settings.voice,
    }


def media(site: Site, kept: Media) -> Json:
    return {
        "id": kept.id,
        "name": kept.name,
        "type": kept.type,
        "size": kept.size,
        "width": kept.width,
        "height": kept.height,
        "url": media_url(kept),
        "at": iso(site, kept.at),
    }


def zone_settings(state: QueueState, zone_id: str) -> Json:
    """A zone with what it plays and how it speaks, by hand or by the catalogue."""
    return {
        "id": zone_id,
        "name": state.catalogue.zones[zone_id].name,
        "playlist": zone_playlist(state, zone_id),
        "voice": voice(state.catalogue.site, state.voice(zone_id)),
    }


def voice(site: Site, settings: VoiceSettings) -> Json:
    """`languages` are those that are spoken: none set means the first of the site."""
    return {
        "spelling": settings.spelling,
        "repeats": settings.repeats,
        "gap_seconds": settings.gap_seconds,
        "agency": settings.agency,
        "languages": list(settings.languages or site.languages[:1]),
        "volume": settings.volume,
    }
