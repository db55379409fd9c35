"""What belongs to the hall as values: its displays, what they play, and what was shown and said.

All frozen, as in `model`. `domain/hall.py` has the rules that read them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from antrean.domain.catalogue import VoiceSettings


class Sound(StrEnum):
    """What a display last told of its sound."""

    ON = "on"
    BLOCKED = "blocked"  # its browser wants a press first
    OFF = "off"


NO_SPEAKER, EXPIRED, NO_ANSWER, OFFLINE = "no_speaker", "expired", "no_answer", "offline"
CALL_ENDED = "ended"
"""Why a call was not said, as far as the server knows of it; displays give codes of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSettings:
    """How one display looks and sounds. Which words each may be is checked where they come in.

    languages   `both`, `alternating`, or one language of the site
    arrows      direction by counter; a counter without one gets no arrow
    volume      0 to 100, of the voice and of media
    margin      percent of the screen's height kept free, for sets that crop
    counter     which counter the layout `counter` stands above
    sound       whether it may speak for its zone
    voice       `server`: sounds that the server made; `browser`, or `none`
    """

    theme: str = "light"
    contrast: bool = False
    languages: str = "both"
    arrows: Mapping[str, str] = field(default_factory=dict)
    volume: int = 80
    margin: int = 3
    counter: str | None = None
    sound: bool = True
    voice: str = "server"


AS_PAIRED = DeviceSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A paired display. `ready`: seq since which it may speak for its zone; None: it may not."""

    id: str
    name: str
    zone: str
    layout: str = "call"
    settings: DeviceSettings = AS_PAIRED
    online: bool = False
    seen_at: int | None = None  # when it last came, told something, or went
    sound: Sound = Sound.OFF
    version: str | None = None
    screen: tuple[int, int] | None = None
    ready: int | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """A file that displays may play; stored as `ID.EXTENSION` under a random id."""

    id: str
    name: str  # of the file as it was given, for people
    type: str  # a MIME type
    size: int  # bytes
    width: int | None
    height: int | None
    at: int


@dataclass(frozen=True, slots=True)
class PlaylistItem:
    """`start`, `end`: "HH:MM" of the site's day between which it plays; None: always."""

    media: str
    start: str | None = None
    end: str | None = None
    seconds: int = 10  # an image stays; a video plays to its end


@dataclass(frozen=True, slots=True)
class ZoneSettings:
    """What a supervisor set for a zone. `voice` None: as the catalogue says."""

    playlist: tuple[PlaylistItem, ...] = ()
    voice: VoiceSettings | None = None


@dataclass(frozen=True, slots=True)
class Hearing:
    """What became of one call in one zone. `call` is the seq of the call or recall it is about."""

    ticket: str
    zone: str
    call: int
    shown_at: int | None = None
    shown_by: str | None = None
    announced_at: int | None = None
    spoken_at: int | None = None
    spoken_by: str | None = None
    code: str | None = None  # why it could not be spoken
    device: str | None = None  # who was told last, as far as the journal knows


@dataclass(frozen=True, slots=True)
class Announcing:
    """The call that a zone announces now. `device`: who was given it first."""

    zone: str
    ticket: str
    number: str
    service: str
    counter: str
    call: int
    device: str | None
    at: int
