"""What one group commit writes: filled by the engine, written in one transaction."""

from dataclasses import dataclass, field

from antrean.domain.commands import Person
from antrean.domain.events import Entry
from antrean.domain.model import Ticket


@dataclass(frozen=True, slots=True)
class Note:
    """A note or reason given for a ticket with the journal entry `seq`."""

    seq: int
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """A first answer as it is kept; `id` is the hash of caller and key, `asked` that of path and
    body.
    """

    id: bytes
    asked: str
    body: str
    ticket: str | None
    date: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    seq: int
    state: bytes
    offsets: dict[str, int]


@dataclass(slots=True)
class Batch:
    entries: list[Entry] = field(default_factory=list)
    given: dict[str, int] = field(default_factory=dict)  # new ticket -> seq of its first event
    tickets: dict[str, Ticket] = field(default_factory=dict)  # as they are after the group
    people: dict[str, Person] = field(default_factory=dict)
    notes: list[tuple[str, Note]] = field(default_factory=list)  # (ticket, note)
    answers: dict[bytes, StoredAnswer] = field(default_factory=dict)
    snapshot: Snapshot | None = None
    forget_answers_before: str | None = None  # a date
    forget_people_before: str | None = None

    @property
    def is_empty(self) -> bool:
        return not self.entries and not self.answers
