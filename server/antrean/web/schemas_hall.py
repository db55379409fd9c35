"""What answers about the hall carry: its displays, media and zones. See `schemas`."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from antrean.web.device_bodies import Arrows, Languages, Layout, Margin, Percent, Theme
from antrean.web.device_bodies import Voice as DeviceVoice
from antrean.web.schemas import Journal, Next, Time, Zone


class DeviceSettings(Struct):
    theme: Theme
    contrast: bool
    languages: Languages
    arrows: Arrows
    volume: Percent
    margin: Margin
    counter: str | None
    sound: bool
    voice: DeviceVoice


class Device(Struct):
    """A paired display. `address` and `clock_offset`: as its last socket told, null before that."""

    id: str
    name: str
    zone: str
    layout: Layout
    settings: DeviceSettings
    online: bool
    seen_at: Time | None
    sound: Literal["on", "blocked", "off"]
    speaker: Annotated[bool, Meta(description="it speaks for its zone now")]
    version: str | None
    screen: list[int] | None
    address: str | None
    clock_offset: Annotated[
        float | None, Meta(description="seconds that its clock is behind the server's")
    ]


class Media(Struct):
    """`missing`: it is in the journal, and the folder has lost its file."""

    id: str
    name: Annotated[str, Meta(description="of the file as it came; text, and nothing else")]
    type: Literal["image/png", "image/jpeg", "image/webp", "video/mp4"]
    size: Annotated[int, Meta(description="bytes")]
    width: int | None
    height: int | None
    url: Annotated[str, Meta(description="public, and the same for ever: `/media/ID.png`")]
    at: Time
    missing: Literal[True] | msgspec.UnsetType = msgspec.UNSET


class Played(Struct):
    """`start`, `end`: `08:30`, between which it is played each day; null: always."""

    media: str
    type: str
    url: str
    seconds: Annotated[int, Meta(description="for an image; a film plays to its end")]
    start: str | None
    end: str | None


class Voice(Struct):
    spelling: Literal["eja", "bilangan"]
    repeats: Annotated[int, Meta(description="how often a phrase is said in all")]
    gap_seconds: float
    agency: bool | Literal["service"]
    languages: list[str]
    volume: int


class ZoneSettings(Zone):
    playlist: list[Played]
    voice: Voice


class ZoneBoard(Struct):
    """The topic `zone:ID` as it is now, for displays that get no WebSocket. In `state` a missing
    member is null."""

    epoch: str
    offset: int
    seq: int
    state: dict[str, Any]
    voice: Voice


class OfDevice(Struct):
    seq: Journal
    device: Device


class OfMedia(Struct):
    seq: Journal
    media: Media


class OfZone(Struct):
    seq: Journal
    zone: ZoneSettings


class Devices(Struct):
    items: list[Device]
    next: Next


class MediaList(Struct):
    items: list[Media]
    next: Next


ANSWERS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (Device, Devices, MediaList, OfDevice, OfMedia, OfZone, ZoneBoard)
}
"""By the name that a row of the table uses."""
