"""What the hall needs of the voice and of a device's socket."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from antrean.domain.catalogue import Text, VoiceSettings


@dataclass(frozen=True, slots=True)
class Clip:
    """A sound that displays can fetch without a header."""

    url: str  # a path of this server
    seconds: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said: as text by language, and as clips to be played one after the other. `more`:
    it is a part of a text, and another one follows."""

    text: Mapping[str, str]
    clips: tuple[Clip, ...]
    more: bool = False

    @property
    def seconds(self) -> float:
        return sum(clip.seconds for clip in self.clips)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRequest:
    """A call to be said.

    counter           its id, for a recording of its whole name; None: the first of that name
    agency, service   their names, None where the zone does not say them
    repeats           how often in all, from 1; after a backlog less than the settings say
    chime_only        the chime stands for the phrase
    """

    number: str
    counter_name: Text
    counter: str | None = None
    agency: Text | None = None
    service: Text | None = None
    settings: VoiceSettings
    is_priority: bool = False
    is_recall: bool = False
    repeats: int = 1
    chime_only: bool = False


class Speech(Protocol):
    """The voice. Never raises: what cannot be said is a chime."""

    async def warm(self) -> None:
        """Get ready to speak: the first phrase else waits for what a start loads."""

    async def call(self, request: CallRequest) -> Spoken: ...

    async def text(self, texts: Text, settings: VoiceSettings, part: int = 0) -> Spoken:
        """A part of a text for the hall, in the languages of the settings that it has."""


class Link(Protocol):
    """A device's socket."""

    def write(self, data: bytes) -> None: ...
