"""Facts of the journal, what became of each call in a zone, and what must not have happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the journal; `at` in ms since 1970."""

    seq: int
    at: int
    type: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which zone a service and a counter belong to, from the journal position `since` on."""

    since: int
    services: Mapping[str, str]
    counters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Places:
    """The zones of services, counters and devices. `plans` in the order of `since`."""

    plans: Sequence[Plan]
    devices: Mapping[str, str] = field(default_factory=dict)  # before the first fact

    def zones(self, seq: int, service: str, counter: str) -> tuple[str, ...]:
        """The zones in which a call of position `seq` is announced, without repeats."""
        plan = [p for p in self.plans if p.since < seq][-1:] or self.plans[:1]
        if not plan:
            return ()
        found = (plan[0].services.get(service), plan[0].counters.get(counter))
        return tuple(dict.fromkeys(zone for zone in found if zone is not None))


SPOKEN, UNSPOKEN = "spoken", "unspoken"
ENDED = "ended"  # its ticket was no longer called before its turn
REPLACED = "replaced"  # by a recall, before its turn
OLD = "old"  # its turn did not come within its time to live, and then the ticket was dealt with
OPEN = "open"  # the journal ends before anything can be said
LOST = "lost"


@dataclass(slots=True)
class Outcome:
    """What became of one call or recall in one zone. Times in ms since 1970, None: never."""

    zone: str
    call: int
    ticket: str
    number: str
    counter: str
    is_recall: bool
    called_at: int
    idle_ms: int = 0  # it waited and nothing was announced in its zone
    text_ms: int = 0  # of these, while a text of the hall may have been said
    shown_at: int | None = None
    shown_by: str | None = None
    announced_at: int | None = None
    device: str | None = None  # who was to speak
    backlog: int = 0  # calls that waited when it began, itself among them
    ended_at: int | None = None
    spoken_by: str | None = None
    code: str | None = None  # why it was not spoken
    became: str = ""  # "" while it waits or is being announced

    @property
    def begun(self) -> bool:
        return self.announced_at is not None


@dataclass(frozen=True, slots=True)
class Violation:
    """What must not have happened. `kind` is one of KINDS."""

    kind: str
    zone: str
    seq: int  # of the entry at which it shows
    text: str


KINDS = {
    "lost": "a call was neither announced nor ended for a reason",
    "overlap": "an announcement began before the one before it in the zone had ended",
    "announced_twice": "a call was announced again",
    "spoken_twice": "a call was spoken again",
    "order": "an announcement began although another call was first in turn",
    "wrong": "number, counter or zone are not those of the call",
    "not_announced": "spoken or given up without having been announced",
    "no_reason": "unspoken without a code",
    "never_ended": "announced, and neither spoken nor given up",
    "not_called": "announced although its ticket was no longer called",
    "too_late": "announced although the call was older than its time to live",
    "foreign_device": "spoken or shown by a device of another zone",
    "shown_twice": "shown for the first time, again",
    "gap": "the journal has a hole",
}


@dataclass(slots=True)
class Verdict:
    """What the facts prove. `facts`: how many were read; `first`, `last`: their positions."""

    facts: int = 0
    first: int = 0
    last: int = 0
    began_at: int = 0
    ended_at: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    texts: int = 0  # announcements of the hall that were spoken
    failures: int = 0  # devices that gave no answer

    @property
    def holds(self) -> bool:
        return not self.violations
