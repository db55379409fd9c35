"""What can be asked, in the imperative. One frozen class for each command.

Ids of new tickets and announcements come with the command: the domain knows no randomness. Names,
phone numbers, reasons and notes pass through to `Decision` and never into an event.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from antrean.domain.catalogue import REGULAR, Text, VoiceSettings
from antrean.domain.hall_model import AS_PAIRED, DeviceSettings, Media, PlaylistItem, Sound
from antrean.domain.model import Clerk, Place


@dataclass(frozen=True, slots=True)
class Person:
    """Personal data of a ticket; kept in a table of its own."""

    name: str | None = None
    phone: str | None = None
    reason: str | None = None  # one of the class's reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTicket:
    ticket: str  # the new id
    service: str
    channel: str
    class_id: str = REGULAR
    person: Person = Person()
    journey: tuple[str, ...] | None = None  # None: the service's default
    visit: str | None = None  # id of an earlier ticket of the same person and date


@dataclass(frozen=True, slots=True, kw_only=True)
class BookTicket:
    ticket: str
    service: str
    start: int
    channel: str
    class_id: str = REGULAR
    person: Person = Person()
    journey: tuple[str, ...] | None = None
    visit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """By id (of the token that was shown) or by number of the present business date."""

    ticket: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTicket:
    ticket: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferTicket:
    ticket: str
    behind: int  # 1 to 99


@dataclass(frozen=True, slots=True, kw_only=True)
class RequeueTicket:
    ticket: str
    place: Place = Place.KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferTicket:
    """By staff, of a waiting, held or no_show ticket. At least one of service and counter."""

    ticket: str
    service: str | None = None
    to_counter: str | None = None
    place: Place = Place.KEEP
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCounter:
    counter: str
    clerk: Clerk


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseCounter:
    counter: str
    note: Text | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCounter:
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNext:
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTicket:
    counter: str
    ticket: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeTicket:
    counter: str
    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    counter: str
    ticket: str | None = None  # expected; another one at the counter: stale


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    counter: str
    ticket: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    counter: str
    ticket: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkNoShow:
    counter: str
    ticket: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    counter: str
    ticket: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """The counter's ticket to another service or counter, or back into its own line."""

    counter: str
    ticket: str | None = None
    service: str | None = None
    to_counter: str | None = None
    place: Place = Place.KEEP
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    counter: str
    seq: int | None = None  # the action meant


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenService:
    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseService:
    service: str
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseService:
    service: str
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeAnnouncement:
    announcement: str  # the new id
    text: Text
    zones: tuple[str, ...] = ()  # empty: all
    until: int | None = None
    speak: bool = False
    full_screen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAnnouncement:
    announcement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairDevice:
    """`code_is_known`: whether a display that waits shows the code that was given."""

    device: str  # the new id
    code_is_known: bool
    name: str
    zone: str
    layout: str = "call"
    settings: DeviceSettings = AS_PAIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDevice:
    """None leaves a member as it is; `settings` are the members of DeviceSettings to change."""

    device: str
    name: str | None = None
    zone: str | None = None
    layout: str | None = None
    settings: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveDevice:
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOnline:
    """A device has opened its first socket, or closed its last one.

    `seen_at`: ms, when it was there for sure, of one that did not come back to a server's start.
    """

    device: str
    online: bool
    seen_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDevice:
    device: str
    sound: Sound
    version: str | None = None
    screen: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailDevice:
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginAnnouncement:
    """`device` is to say it."""

    zone: str
    ticket: str
    call: int
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAnnouncement:
    """Said by `device`, or not: then `code` says why. `expired`, `no_speaker`: it had no turn."""

    zone: str
    ticket: str
    call: int
    device: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShown:
    device: str
    call: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTextSpoken:
    announcement: str
    zone: str
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeZone:
    """`playlist` None: as it is. `voice` None: as it is, or the catalogue's with `reset_voice`."""

    zone: str
    playlist: tuple[PlaylistItem, ...] | None = None
    voice: VoiceSettings | None = None
    reset_voice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMedia:
    media: Media


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveMedia:
    media: str


Command: TypeAlias = (
    IssueTicket
    | BookTicket
    | CheckIn
    | CancelTicket
    | DeferTicket
    | RequeueTicket
    | TransferTicket
    | OpenCounter
    | PauseCounter
    | CloseCounter
    | CallNext
    | CallTicket
    | ResumeTicket
    | Recall
    | Start
    | Complete
    | MarkNoShow
    | Hold
    | Transfer
    | Undo
    | OpenService
    | PauseService
    | CloseService
    | MakeAnnouncement
    | WithdrawAnnouncement
    | PairDevice
    | ChangeDevice
    | RemoveDevice
    | NoteOnline
    | ReportDevice
    | FailDevice
    | BeginAnnouncement
    | EndAnnouncement
    | NoteShown
    | NoteTextSpoken
    | ChangeZone
    | AddMedia
    | RemoveMedia
)
