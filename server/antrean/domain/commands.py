"""What can be asked, in the imperative. One frozen class for each command.

Ids of new tickets and announcements come with the command: the domain knows no randomness. Names,
phone numbers, reasons and notes pass through to `Decision` and never into an event.
"""

from dataclasses import dataclass
from typing import TypeAlias

from antrean.domain.catalogue import REGULAR, Text
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


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAnnouncement:
    announcement: str


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
)
