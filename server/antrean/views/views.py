"""The published state, and which members of which topics each journal entry changes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from antrean import shapes
from antrean.domain import estimate, events
from antrean.domain.events import Entry, TicketEvent
from antrean.domain.fold import apply
from antrean.domain.model import AT_COUNTER, IN_LINE_VIEW, CounterState, Ticket, TicketState
from antrean.domain.state import QueueState
from antrean.shapes import Json, without_nulls
from antrean.views import states
from antrean.views.calls import Calls, call_of, zones_of
from antrean.views.facts import middles
from antrean.views.frames import EventTopic, encode
from antrean.views.patches import diff, nest, ticket_patch
from antrean.views.shown import Shown
from antrean.views.values import ServicesValue

FORMAT = "1"
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
    serving: int
    counters_open: int


class Views:
    """All that may be read. `apply` moves it on; nothing else does, save `cut`."""

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
        self._index()
        self.services = ServicesValue(state)

    def _index(self) -> None:
        """Everything that is kept beside the state, from the state."""
        state = self.state
        self.shown = Shown(state)
        self._calls = {z: Calls(z) for z in state.catalogue.zones}
        for ticket in state.tickets.values():
            call = call_of(ticket)
            if call is not None:
                for zone in zones_of(state.catalogue, call):
                    self._calls[zone].add(ticket)
        self._counts = {
            s: Counts(
                len(state.lines[s].waiting),
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
            return states.zone(state, name, self._calls[name].render(state))
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
            before, after = self._ticket(entry, event, patches)
        else:
            _FOLLOW[type(event)](self, entry, event, patches)
        public, staff = middles(self.state, entry)
        news = News(entry, [], before, after, public)
        for name, patch in patches.items():
            topic = self.topics[name]
            is_public = name.startswith("zone:")
            topic.add(entry.seq, public if is_public else staff, encode(patch))
            news.topics.append(topic)
        return news

    def _ticket(
        self, entry: Entry, event: TicketEvent, patches: dict[str, Json]
    ) -> tuple[Ticket | None, Ticket]:
        state = self.state
        before = state.tickets.get(event.ticket)
        seat: str | None = getattr(event, "counter", None)
        sat = state.counters[seat].ticket if seat is not None else None
        apply(state, entry)
        after = state.tickets[event.ticket]
        self._follow_line(patches, before, after)
        self._follow_calls(patches, before, after)
        if seat is not None:
            self._follow_seat(patches, seat, sat, before, after)
        self._follow_counts(patches, before, after)
        if self.shown.any:
            self._follow_shown(patches, before, after)
        if event.type != events.TicketRecalled.type:
            self.services.touch()
            self._follow_outlooks(entry, seat, before, after)
        return before, after

    def _follow_line(self, patches: dict[str, Json], before: Ticket | None, after: Ticket) -> None:
        was_in = before is not None and before.state in IN_LINE_VIEW
        is_in = after.state in IN_LINE_VIEW
        if before is not None and was_in and (not is_in or before.service != after.service):
            nest(patches, f"service:{before.service}", "tickets", after.id, None)
            was_in = False
        if not is_in:
            return
        if before is not None and was_in:
            patch = ticket_patch(self.state, before, after)
            if before.rank != after.rank:
                patch["rank"] = after.rank
        else:
            patch = shapes.line_ticket(self.state, after)
        if patch:
            nest(patches, f"service:{after.service}", "tickets", after.id, patch)

    def _follow_calls(self, patches: dict[str, Json], before: Ticket | None, after: Ticket) -> None:
        zones: dict[str, None] = {}
        for ticket in (before, after):
            call = call_of(ticket)
            if call is not None:
                zones.update(dict.fromkeys(zones_of(self.state.catalogue, call)))
        for zone in zones:
            calls = self._calls[zone].move(self.state, before, after)
            if calls:
                nest(patches, f"zone:{zone}", "calls", calls)

    def _follow_seat(
        self,
        patches: dict[str, Json],
        seat: str,
        sat: str | None,
        before: Ticket | None,
        after: Ticket,
    ) -> None:
        sits = self.state.counters[seat].ticket
        ticket: Json | None = None
        if sits is not None and sat is not None and before is not None:
            ticket = ticket_patch(self.state, before, after)
            if not ticket:
                return
        elif sits is not None:
            ticket = without_nulls(shapes.ticket_facts(self.state, after))
        nest(patches, f"counter:{seat}", "ticket", ticket)
        nest(patches, "site", "counters", seat, "ticket", ticket)
        if (sits is None) != (sat is None):
            zone = self.state.catalogue.counters[seat].zone
            number = None if sits is None else after.number
            nest(patches, f"zone:{zone}", "counters", seat, "number", number)

    def _follow_counts(
        self, patches: dict[str, Json], before: Ticket | None, after: Ticket
    ) -> None:
        state = self.state
        services = {after.service: None}
        if before is not None:
            services[before.service] = None
            if before.state in AT_COUNTER:
                self._counts[before.service].serving -= 1
        if after.state in AT_COUNTER:
            self._counts[after.service].serving += 1
        was_at = before.service if before is not None and before.state in AT_COUNTER else None
        is_at = after.service if after.state in AT_COUNTER else None
        for service in services:
            counts = self._counts[service]
            waiting = len(state.lines[service].waiting)
            if waiting != counts.waiting:
                counts.waiting = waiting
                zone = state.catalogue.services[service].zone
                nest(patches, f"zone:{zone}", "services", service, "waiting", waiting)
                nest(patches, "site", "services", service, "waiting", waiting)
            if (service == was_at) != (service == is_at):
                nest(patches, "site", "services", service, "serving", counts.serving)

    def _follow_shown(self, patches: dict[str, Json], before: Ticket | None, after: Ticket) -> None:
        """Retired services and counters come and go with the tickets that need them."""
        state, shown = self.state, self.shown
        services, counters = shown.services, shown.counters
        shown.move(before, after)
        for service in sorted(services ^ shown.services):
            zone = state.catalogue.services[service].zone
            is_shown = service in shown.services
            board = without_nulls(shapes.zone_service(state, service)) if is_shown else None
            whole = states.site_service(state, service) if is_shown else None
            nest(patches, f"zone:{zone}", "services", service, board)
            nest(patches, "site", "services", service, whole)
        for counter in sorted(counters ^ shown.counters):
            zone = state.catalogue.counters[counter].zone
            is_shown = counter in shown.counters
            board = without_nulls(shapes.zone_counter(state, counter)) if is_shown else None
            whole = states.counter(state, counter) if is_shown else None
            nest(patches, f"zone:{zone}", "counters", counter, board)
            nest(patches, "site", "counters", counter, whole)

    def _follow_outlooks(
        self, entry: Entry, seat: str | None, before: Ticket | None, after: Ticket
    ) -> None:
        """Which lines, or what can be said of them, moved."""
        moved = {after.service}
        if before is not None:
            moved.add(before.service)
        if seat is not None:
            moved.update(self.state.catalogue.counters[seat].services)
        self._lines_moved(entry.seq, moved)

    def _lines_moved(self, seq: int, services: set[str]) -> None:
        self.moved |= services
        for service in services:
            self.line_moved_at[service] = seq

    def _counter(
        self,
        entry: Entry,
        event: events.CounterOpened | events.CounterPaused | events.CounterClosed,
        patches: dict[str, Json],
    ) -> None:
        state, counter = self.state, event.counter
        definition = state.catalogue.counters[counter]
        was_open = state.counters[counter].state is CounterState.OPEN
        board = without_nulls(shapes.zone_counter(state, counter))
        whole = states.counter(state, counter)
        apply(state, entry)
        board = diff(board, without_nulls(shapes.zone_counter(state, counter)))
        whole = diff(whole, states.counter(state, counter))
        is_shown = self.shown.shows_counter(counter)
        if whole:
            patches[f"counter:{counter}"] = whole
            if is_shown:
                nest(patches, "site", "counters", counter, whole)
        if board and is_shown:
            nest(patches, f"zone:{definition.zone}", "counters", counter, board)
        is_open = state.counters[counter].state is CounterState.OPEN
        if is_open != was_open:
            for service in definition.services:
                counts = self._counts[service]
                counts.counters_open += 1 if is_open else -1
                if self.shown.shows_service(service):
                    nest(
                        patches,
                        *("site", "services", service),
                        *("counters_open", counts.counters_open),
                    )
            self.services.touch()
            self._lines_moved(entry.seq, set(definition.services))

    def _service(
        self,
        entry: Entry,
        event: events.ServiceOpened | events.ServicePaused | events.ServiceClosed,
        patches: dict[str, Json],
    ) -> None:
        state, service = self.state, event.service
        board = without_nulls(shapes.zone_service(state, service))
        whole = states.site_service(state, service)
        apply(state, entry)
        board = diff(board, without_nulls(shapes.zone_service(state, service)))
        whole = diff(whole, states.site_service(state, service))
        if self.shown.shows_service(service):
            if board:
                zone = state.catalogue.services[service].zone
                nest(patches, f"zone:{zone}", "services", service, board)
            if whole:
                nest(patches, "site", "services", service, whole)
        self.services.touch()

    def _announcement(
        self,
        entry: Entry,
        event: events.AnnouncementMade | events.AnnouncementWithdrawn,
        patches: dict[str, Json],
    ) -> None:
        state = self.state
        gone = state.announcements.get(event.announcement)
        apply(state, entry)
        made = state.announcements.get(event.announcement)
        shape = (
            None
            if made is None
            else without_nulls(shapes.zone_announcement(state.catalogue.site, made))
        )
        for about in (gone, made):
            if about is not None:
                for zone in about.zones or state.catalogue.zones:
                    if zone in state.catalogue.zones:
                        nest(patches, f"zone:{zone}", "announcements", about.id, shape)

    def _day_closed(self, entry: Entry, event: Any, patches: dict[str, Json]) -> None:
        apply(self.state, entry)

    def _day_started(self, entry: Entry, event: Any, patches: dict[str, Json]) -> None:
        """Once a day everything is rendered before and after: dates, letters and hours change."""
        before = {name: self.render(name) for name in self.topics}
        apply(self.state, entry)
        self._index()
        for name in self.topics:
            if patch := diff(before[name], self.render(name)):
                patches[name] = patch
        self.services.touch()
        self._lines_moved(entry.seq, set(self.state.catalogue.services))


_FOLLOW: dict[type, Callable[[Views, Entry, Any, dict[str, Json]], None]] = {
    events.CounterOpened: Views._counter,
    events.CounterPaused: Views._counter,
    events.CounterClosed: Views._counter,
    events.ServiceOpened: Views._service,
    events.ServicePaused: Views._service,
    events.ServiceClosed: Views._service,
    events.AnnouncementMade: Views._announcement,
    events.AnnouncementWithdrawn: Views._announcement,
    events.DayClosed: Views._day_closed,
    events.DayStarted: Views._day_started,
}
