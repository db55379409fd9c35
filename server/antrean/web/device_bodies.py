"""What requests and sockets may say of displays. As in `bodies`, a Struct is the validation and the
document in one."""

import re
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from antrean.domain.catalogue import Catalogue
from antrean.domain.hall_model import CALL_ENDED, EXPIRED, NO_ANSWER, NO_SPEAKER, OFFLINE
from antrean.web.bodies import PLAIN, Body, Id

Layout = Literal["call", "counters", "waiting", "counter", "mixed"]
Theme = Literal["light", "dark"]
Direction = Literal["up", "up-right", "right", "down-right", "down", "down-left", "left", "up-left"]
Voice = Literal["server", "browser", "none"]
DeviceName = Annotated[str, Meta(min_length=1, max_length=100, pattern=PLAIN)]
Percent = Annotated[int, Meta(ge=0, le=100)]
Margin = Annotated[int, Meta(ge=0, le=10, description="percent of the height kept free")]
Languages = Annotated[
    str, Meta(max_length=35, description="`both`, `alternating`, or a language of the site")
]
Arrows = Annotated[dict[str, Direction], Meta(max_length=1000, description="by counter")]


class DeviceSettings(Body):
    """Members that are left out stay as they are; null sets one back to what it is at first."""

    theme: Theme | UnsetType | None = UNSET
    contrast: bool | UnsetType | None = UNSET
    languages: Languages | UnsetType | None = UNSET
    arrows: Arrows | UnsetType | None = UNSET
    volume: Percent | UnsetType | None = UNSET
    margin: Margin | UnsetType | None = UNSET
    counter: Id | UnsetType | None = UNSET
    sound: bool | UnsetType | None = UNSET
    voice: Voice | UnsetType | None = UNSET


class NewDevice(Body):
    """`code`: what the display shows, in any case, with or without spaces and hyphens."""

    code: Annotated[str, Meta(max_length=40)]
    name: DeviceName
    zone: Id
    layout: Layout = "call"
    settings: DeviceSettings | None = None


class DeviceChange(Body):
    name: DeviceName | UnsetType = UNSET
    zone: Id | UnsetType = UNSET
    layout: Layout | UnsetType = UNSET
    settings: DeviceSettings | UnsetType | None = UNSET  # null: all as at first


# what devices say at their sockets
Side = Annotated[int, Meta(ge=1, le=20_000)]
SpeechId = Annotated[str, Meta(min_length=1, max_length=200, pattern=PLAIN)]


class Report(Struct):
    """`clock`: milliseconds since 1970 by the device's own clock. `speaking`: the id of what it is
    saying still, after a reconnect. `heard`: the ids of what it was told to say of late."""

    sound: Literal["on", "blocked", "off"]
    version: Annotated[str, Meta(max_length=40, pattern=PLAIN)] | None = None
    screen: tuple[Side, Side] | None = None
    clock: Annotated[int, Meta(ge=0, le=10**14)] | None = None
    speaking: SpeechId | None = None
    heard: Annotated[list[SpeechId], Meta(max_length=100)] | None = None


class Drawn(Struct):
    seq: Annotated[int, Meta(ge=1, le=2**53)]


class Said(Struct):
    id: SpeechId


OURS = frozenset((NO_SPEAKER, NO_ANSWER, OFFLINE, EXPIRED, CALL_ENDED))
"""Codes that say what the server found out. From a display they would be a lie, and `no_speaker`
would have it told the same call again and again: a call that nobody was told of waits."""


class Unsaid(Struct):
    """`code` says why. The turn has to go on to another display whatever it is, see `word`."""

    id: SpeechId
    code: Annotated[str, Meta(min_length=1, max_length=40)]

    @property
    def word(self) -> str:
        """The code as it stands in the journal and on the screens of staff: a word, no text, and
        none of OURS."""
        word = re.sub("[^a-z0-9]+", "_", self.code.lower()).strip("_") or "failed"
        return f"device_{word}" if word in OURS else word


def settings_faults(
    catalogue: Catalogue, settings: DeviceSettings
) -> list[tuple[str, str, dict[str, str]]]:
    """(field, code, facts) of each member that names what the site does not have."""
    faults: list[tuple[str, str, dict[str, str]]] = []
    if settings.counter and settings.counter not in catalogue.counters:
        faults.append(("settings.counter", "not_found", {}))
    for counter in settings.arrows or ():
        if counter not in catalogue.counters:
            faults.append((f"settings.arrows.{counter[:100]}", "not_found", {}))
    languages = ("both", "alternating", *catalogue.site.languages)
    if settings.languages and settings.languages not in languages:
        faults.append(("settings.languages", "one_of", {"names": ", ".join(languages)}))
    return faults


def given(settings: DeviceSettings) -> dict[str, object]:
    """The members that were given, by name."""
    return {
        name: value
        for name in settings.__struct_fields__
        if (value := getattr(settings, name)) is not UNSET
    }


def heard(said: dict[str, object], kind: type[Struct]) -> Struct | None:
    """A device's message as a Struct; None for one of another shape."""
    try:
        return msgspec.convert(said, kind)
    except msgspec.ValidationError:
        return None
