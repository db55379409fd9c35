"""The published state, and the topics that each journal entry moves on."""

from dataclasses import dataclass

from antrean import shapes
from antrean.domain import estimate
from antrean.domain.events import Entry, TicketEvent
from antrean.domain.hall import zones_of
from antrean.domain.model import Ticket, TicketState
from antrean.domain.state import QueueState
from antrean.shapes import Json
from antrean.views import states
from antrean.views.calls import Calls, call_of
from antrean.views.facts import middles
from antrean.views.frames import EventTopic, encode
from antrean.views.shown import Shown
from antrean.views.tickets import follow_ticket
from antrean.views.turns import TURNS
from antrean.views.values import ServicesValue

FORMAT = "3"
"""Raise it with every change of what event frames say: the next start then begins a new epoch."""


@dataclass(slots=True)
class News:
    """What one entry changed."""

    entry: Entry
    topics: list[EventTopic]
    before: Ticket | None = None
    after: Ticket | None = None
    middle: bytes = b""  # of a public frame, between its offset and its state


@dataclass(slots=True)
class Counts:
    """Of one service, kept in step: counting anew costs a walk over all counters."""

    waiting: int
    next: list[str]  # the first numbers of its line
    serving: int
    counters_open: int


class Views:
    """All that may be read. `apply` moves it on; nothing else does, save `cut`.

    `calls`, `counts`, `shown` and `services` are kept beside the state, for the modules that
    follow an entry (`tickets`, `turns`).
    """

    def __init__(
        self, state: QueueState, epoch: str, offsets: dict[str, int] | None = None
    ) -> None:
        self.moved: set[str] = set()  # services whose line or outlook moved; the hub takes it
        self._begin(state, epoch, offsets or {})

    def cut(self, state: QueueState, epoch: str) -> None:
        """Another catalogue, or restored data: a new epoch, with no history."""
        self._begin(state, epoch, {})

    def _begin(self, state: QueueState, epoch: str, offsets: dict[str, int]) -> None:
        self.state, self.epoch = state, epoch
        catalogue = state.catalogue
        names = ["site"]
        names += [f"zone:{z}" for z in catalogue.zones]
        names += [f"service:{s}" for s in catalogue.services]
        names += [f"counter:{c}" for c in catalogue.counters]
        self.topics = {name: EventTopic(name, offsets.get(name, 0)) for name in names}
        self.line_moved_at = dict.fromkeys(catalogue.services, state.seq)
        self.index()
        self.services = ServicesValue(state)

    def index(self) -> None:
        """Everything that is kept beside the state, from the state."""
        state = self.state
        self.shown = Shown(state)
        self.calls = {z: Calls(z) for z in state.catalogue.zones}
        for ticket in state.tickets.values():
            call = call_of(ticket)
            if call is not None:
                for zone in zones_of(state.catalogue, call):
                    self.calls[zone].add(ticket)
        self.counts = {
            s: Counts(
                len(state.lines[s].waiting),
                shapes.zone_next(state, s),
                estimate.serving(state, s),
                state.open_counters(s),
            )
            for s in state.catalogue.services
        }

    @property
    def offsets(self) -> dict[str, int]:
        """Of all event topics at `state.seq`: what a stored snapshot has to keep."""
        return {t.name: t.offset for t in self.topics.values() if t.offset}

    # reading
    def shows(self, topic: str) -> bool:
        """Whether there is such an event topic, for anyone."""
        kind, _, name = topic.partition(":")
        if kind == "service":
            return self.shown.shows_service(name)
        if kind == "counter":
            return self.shown.shows_counter(name)
        return topic in self.topics

    def render(self, topic: str) -> Json:
        """The whole state of an event topic."""
        state = self.state
        kind, _, name = topic.partition(":")
        if kind == "zone":
            return states.zone(state, name, self.calls[name].render(state))
        if kind == "service":
            return states.line(state, name, state.tickets.values())
        if kind == "counter":
            return states.counter(state, name)
        return states.site(state)

    def rendered(self, topic: EventTopic) -> bytes:
        """The same as JSON, kept until the topic moves on: many come at the same moment."""
        if topic.state is None:
            topic.state = encode(self.render(topic.name))
        return topic.state

    def ticket_changed_at(self, ticket: Ticket) -> int:
        """No later than this seq did anything of the holder's view change."""
        if ticket.state is TicketState.WAITING:
            return max(ticket.touched, self.line_moved_at[ticket.service])
        return ticket.touched

    # moving on
    def apply(self, entry: Entry) -> News:
        """Fold one entry into the published state and move every topic on that it changes."""
        event = entry.event
        patches: dict[str, Json] = {}
        before = after = None
        if isinstance(event, TicketEvent):
            before, after = follow_ticket(self, entry, event, patches)
        else:
            TURNS[type(event)](self, entry, event, patches)
        public, staff = middles(self.state, entry)
        news = News(entry, [], before, after, public)
        for name, patch in patches.items():
            topic = self.topics[name]
            topic.add(entry.seq, public if topic.is_public else staff, encode(patch))
            news.topics.append(topic)
        return news

    def lines_moved(self, seq: int, services: set[str]) -> None:
        """These lines, or what can be said of them, are not what they were before `seq`."""
        self.moved |= services
        for service in services:
            self.line_moved_at[service] = seq
