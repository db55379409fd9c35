"""What happened, in the past tense: the facts of the journal. One frozen class for each event type.

`type` is the name on the wire. Every ticket event has `ticket`, `number` and `service` (the service
before the event, of the present leg). Personal data and free text about a ticket never stand here.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from antrean.domain.catalogue import Text, VoiceSettings
from antrean.domain.hall_model import DeviceSettings, Media, PlaylistItem, Sound
from antrean.domain.model import Place, Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketEvent:
    type: ClassVar[str]
    ticket: str
    number: str
    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterTicketEvent(TicketEvent):
    """Something that a counter did with its ticket."""

    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketBooked(TicketEvent):
    type: ClassVar[str] = "ticket.booked"
    date: str
    slot: Slot
    channel: str
    class_id: str
    journey: tuple[str, ...]
    visit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketIssued(TicketEvent):
    type: ClassVar[str] = "ticket.issued"
    date: str
    channel: str
    class_id: str
    arrived: bool
    journey: tuple[str, ...]
    visit: str
    effective_at: int  # effective arrival: the rank, with the seq of this event as the tie


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCheckedIn(TicketEvent):
    type: ClassVar[str] = "ticket.checked_in"
    effective_at: int | None = None  # of a booking that joins its first line


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCalled(CounterTicketEvent):
    type: ClassVar[str] = "ticket.called"
    chosen: bool = False  # a certain ticket was named, not the next one


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRecalled(CounterTicketEvent):
    type: ClassVar[str] = "ticket.recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketStarted(CounterTicketEvent):
    type: ClassVar[str] = "ticket.started"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCompleted(CounterTicketEvent):
    type: ClassVar[str] = "ticket.completed"
    next: str | None = None  # the service of the next leg


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketNoShow(CounterTicketEvent):
    type: ClassVar[str] = "ticket.no_show"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketHeld(CounterTicketEvent):
    type: ClassVar[str] = "ticket.held"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketResumed(CounterTicketEvent):
    type: ClassVar[str] = "ticket.resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTransferred(TicketEvent):
    type: ClassVar[str] = "ticket.transferred"
    counter: str | None = None  # where it was called or serving
    to_service: str
    to_counter: str | None = None
    place: Place = Place.KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRequeued(TicketEvent):
    type: ClassVar[str] = "ticket.requeued"
    place: Place = Place.KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDeferred(TicketEvent):
    type: ClassVar[str] = "ticket.deferred"
    behind: str  # id of the ticket it now stands right behind
    behind_rank: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCancelled(TicketEvent):
    type: ClassVar[str] = "ticket.cancelled"
    counter: str | None = None  # where it was called


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketExpired(TicketEvent):
    type: ClassVar[str] = "ticket.expired"
    counter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketUndone(CounterTicketEvent):
    type: ClassVar[str] = "ticket.undone"
    undid: int  # seq of the event that is taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterOpened:
    type: ClassVar[str] = "counter.opened"
    counter: str
    actor: str
    user: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterPaused:
    type: ClassVar[str] = "counter.paused"
    counter: str
    note: Text | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterClosed:
    type: ClassVar[str] = "counter.closed"
    counter: str


Cause: TypeAlias = Literal["hand", "hours", "day"]
"""Why a service changed: a person, its opening hours, or the end of the day that ends what was by
hand.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOpened:
    type: ClassVar[str] = "service.opened"
    service: str
    cause: Cause = "hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePaused:
    type: ClassVar[str] = "service.paused"
    service: str
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceClosed:
    type: ClassVar[str] = "service.closed"
    service: str
    cause: Cause = "hand"
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementMade:
    type: ClassVar[str] = "announcement.made"
    announcement: str
    text: Text
    zones: tuple[str, ...]
    until: int | None = None
    speak: bool = False
    full_screen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementSpoken:
    type: ClassVar[str] = "announcement.spoken"
    announcement: str
    zone: str
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementWithdrawn:
    type: ClassVar[str] = "announcement.withdrawn"
    announcement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClosed:
    type: ClassVar[str] = "day.closed"
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayStarted:
    type: ClassVar[str] = "day.started"
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEvent:
    """What the hall did with a call. It is no event of the ticket: nothing of it hinders undo.

    `call` is the seq of the call or recall; `service` and `counter` are those of the call.
    """

    type: ClassVar[str]
    ticket: str
    number: str
    service: str
    counter: str
    zone: str
    call: int
    device: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnnounced(CallEvent):
    type: ClassVar[str] = "call.announced"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSpoken(CallEvent):
    type: ClassVar[str] = "call.spoken"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallUnspoken(CallEvent):
    type: ClassVar[str] = "call.unspoken"
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallShown(CallEvent):
    type: ClassVar[str] = "call.shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceEvent:
    """Something about a paired display."""

    type: ClassVar[str]
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicePaired(DeviceEvent):
    type: ClassVar[str] = "device.paired"
    name: str
    zone: str
    layout: str
    settings: DeviceSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceChanged(DeviceEvent):
    """All that a person sets of it, as it is from now on."""

    type: ClassVar[str] = "device.changed"
    name: str
    zone: str
    layout: str
    settings: DeviceSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRemoved(DeviceEvent):
    type: ClassVar[str] = "device.removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceOnline(DeviceEvent):
    type: ClassVar[str] = "device.online"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceOffline(DeviceEvent):
    type: ClassVar[str] = "device.offline"
    seen_at: int | None = None  # where the server was off meanwhile: what is known of before


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceReported(DeviceEvent):
    type: ClassVar[str] = "device.reported"
    sound: Sound
    version: str | None = None
    screen: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceFailed(DeviceEvent):
    """It gave no answer to what it was told to say: no speaker until it reports again."""

    type: ClassVar[str] = "device.failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneChanged:
    """What a supervisor set for a zone, as it is from now on; `voice` None: the catalogue's."""

    type: ClassVar[str] = "zone.changed"
    zone: str
    playlist: tuple[PlaylistItem, ...] = ()
    voice: VoiceSettings | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaAdded:
    type: ClassVar[str] = "media.added"
    media: Media


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaRemoved:
    type: ClassVar[str] = "media.removed"
    media: str


Event: TypeAlias = (
    TicketBooked
    | TicketIssued
    | TicketCheckedIn
    | TicketCalled
    | TicketRecalled
    | TicketStarted
    | TicketCompleted
    | TicketNoShow
    | TicketHeld
    | TicketResumed
    | TicketTransferred
    | TicketRequeued
    | TicketDeferred
    | TicketCancelled
    | TicketExpired
    | TicketUndone
    | CounterOpened
    | CounterPaused
    | CounterClosed
    | ServiceOpened
    | ServicePaused
    | ServiceClosed
    | AnnouncementMade
    | AnnouncementSpoken
    | AnnouncementWithdrawn
    | CallAnnounced
    | CallSpoken
    | CallUnspoken
    | CallShown
    | DevicePaired
    | DeviceChanged
    | DeviceRemoved
    | DeviceOnline
    | DeviceOffline
    | DeviceReported
    | DeviceFailed
    | ZoneChanged
    | MediaAdded
    | MediaRemoved
    | DayClosed
    | DayStarted
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal: `seq` counts 1, 2, 3, ... without gap; `at` never decreases."""

    seq: int
    at: int
    actor: str
    event: Event
