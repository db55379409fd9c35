"""Random commands against a naive model: what must hold at every position of the journal."""

from collections import Counter as Tally
from itertools import pairwise
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
)

from antrean import codec
from antrean.domain import commands, timers
from antrean.domain.errors import QueueError
from antrean.domain.events import (
    TicketBooked,
    TicketCalled,
    TicketDeferred,
    TicketEvent,
    TicketIssued,
    TicketRequeued,
    TicketTransferred,
    TicketUndone,
)
from antrean.domain.fold import apply
from antrean.domain.invariants import broken
from antrean.domain.model import Place
from antrean.domain.state import QueueState
from tests.core.displays import CODES, HallRules
from tests.core.hall import HOUR, MINUTE, NINE, Hall, altered, clerk

SERVICES = st.sampled_from(["dokter", "lab", "kasir", "anak"])
COUNTERS = st.sampled_from(["ruang-1", "ruang-2", "lab-1", "kasir-1"])
PLACES = st.sampled_from(Place)
VERBS = st.sampled_from(
    [
        commands.CallNext,
        commands.Recall,
        commands.Start,
        commands.Complete,
        commands.MarkNoShow,
        commands.Hold,
        commands.Undo,
        commands.CloseCounter,
        commands.PauseCounter,
    ]
)


class QueueMachine(HallRules):
    """The hall beside a list of dicts that knows nothing of sorted lists, seats or ranks."""

    @initialize()
    def begin(self) -> None:
        self.hall = Hall(altered("lab", journey=("dokter",)))
        self.first = self.hall.memory()
        self.numbers: Tally[tuple[str, str]] = Tally()
        self.given = 0
        self.night_at = 0
        self.begin_hall()

    def try_(self, command: commands.Command, later: int = MINUTE) -> None:
        """A command: either refused and nothing changed, or its events are in the journal."""
        self.hall.wait(later)
        # timers first: what a refusal must leave alone is the state after them
        while timers.next_due(self.hall.state) <= self.hall.at + 1000:
            self.hall.wait(1000)
        before, seq = self.hall.memory(), self.hall.state.seq
        try:
            decision = self.hall.do(command)  # a second later: no timer lies in it
        except QueueError:
            assert self.hall.memory() == before
            return
        if not decision.events:
            assert self.hall.memory() == before
        assert self.hall.state.seq == seq + len(decision.events)
        self.watch()

    def watch(self) -> None:
        """Every number that was given is the next of its letters and date."""
        for entry in self.hall.journal[self.given :]:
            event = entry.event
            self.hear(event)
            if isinstance(event, TicketIssued | TicketBooked):
                prefix, _, count = event.number.rpartition("-")
                self.numbers[event.date, prefix] += 1
                assert int(count) == self.numbers[event.date, prefix]
        self.given = len(self.hall.journal)

    def a_ticket(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.hall.state.tickets) or ["nobody"]))

    @rule(
        service=SERVICES,
        channel=st.sampled_from(["kiosk", "desk", "online"]),
        class_id=st.sampled_from(["regular", "prioritas", "darurat"]),
        data=st.data(),
    )
    def issue(self, service: str, channel: str, class_id: str, data: Any) -> None:
        visit = self.a_ticket(data) if data.draw(st.booleans()) else None
        self.try_(
            commands.IssueTicket(
                ticket=self.hall.new_id(),
                service=service,
                channel=channel,
                class_id=class_id,
                visit=visit,
            )
        )

    @rule(slot=st.integers(0, 60))
    def book(self, slot: int) -> None:
        start = NINE + slot * 30 * MINUTE
        self.try_(
            commands.BookTicket(
                ticket=self.hall.new_id(), service="dokter", start=start, channel="online"
            )
        )

    @rule(counter=COUNTERS, who=COUNTERS)
    def open(self, counter: str, who: str) -> None:
        self.try_(commands.OpenCounter(counter=counter, clerk=clerk(who)))

    @rule(counter=COUNTERS, data=st.data(), often=st.booleans(), verb=VERBS)
    def work(self, counter: str, data: Any, often: bool, verb: Any) -> None:
        busy = sorted(c.id for c in self.hall.state.counters.values() if c.ticket is not None)
        if often and busy:
            counter = data.draw(st.sampled_from(busy))
        self.try_(verb(counter=counter))

    @rule(counter=COUNTERS, later=st.sampled_from([0, 0, MINUTE]), data=st.data())
    def a_call(self, counter: str, later: int, data: Any) -> None:
        """Somebody comes and is called; left to chance alone, hardly anyone ever would be."""
        self.try_(commands.OpenCounter(counter=counter, clerk=clerk(counter)), 0)
        service = self.hall.state.catalogue.counters[counter].services[0]
        self.try_(
            commands.IssueTicket(ticket=self.hall.new_id(), service=service, channel="kiosk"), 0
        )
        self.try_(commands.CallNext(counter=counter), later)
        if data.draw(st.booleans()):
            zone = self.hall.state.catalogue.counters[counter].zone
            self.begin_saying(zone, data)
            if data.draw(st.booleans()):
                self.end_saying(zone, data.draw(CODES), data)

    @rule(counter=COUNTERS, data=st.data(), verb=st.sampled_from(["call", "resume"]))
    def named(self, counter: str, data: Any, verb: str) -> None:
        kind = commands.CallTicket if verb == "call" else commands.ResumeTicket
        self.try_(kind(counter=counter, ticket=self.a_ticket(data)))

    @rule(counter=COUNTERS, service=SERVICES, to=st.none() | COUNTERS, place=PLACES)
    def transfer(self, counter: str, service: str, to: str | None, place: Place) -> None:
        self.try_(commands.Transfer(counter=counter, service=service, to_counter=to, place=place))

    @rule(data=st.data(), service=SERVICES, place=PLACES)
    def by_staff(self, data: Any, service: str, place: Place) -> None:
        ticket = self.a_ticket(data)
        self.try_(
            data.draw(
                st.sampled_from(
                    [
                        commands.TransferTicket(ticket=ticket, service=service, place=place),
                        commands.RequeueTicket(ticket=ticket, place=place),
                        commands.CancelTicket(ticket=ticket),
                        commands.CheckIn(ticket=ticket),
                        commands.DeferTicket(ticket=ticket, behind=2),
                    ]
                )
            )
        )

    @rule(minutes=st.integers(1, 40))
    def pass_time(self, minutes: int) -> None:
        self.hall.wait(minutes * MINUTE)
        self.watch()

    @precondition(lambda self: self.hall.state.seq > self.night_at + 20)
    @rule()
    def night(self) -> None:
        self.hall.wait(15 * HOUR)
        self.watch()
        self.night_at = self.hall.state.seq

    @invariant()
    def all_invariants_hold(self) -> None:
        assert list(broken(self.hall.state)) == []

    @invariant()
    def the_journal_moves_on(self) -> None:
        journal = self.hall.journal
        assert [e.seq for e in journal] == list(range(1, len(journal) + 1))
        assert all(a.at <= b.at for a, b in pairwise(journal))

    @invariant()
    def positions_are_places(self) -> None:
        for line in self.hall.state.lines.values():
            for place, (_, ticket) in enumerate(line.waiting, 1):
                assert self.hall.state.position(self.hall.state.tickets[ticket]) == place

    def teardown(self) -> None:
        """Replayed from its first state and through the journal's own text, all is the same."""
        if not hasattr(self, "hall"):
            return
        state = self.hall.state
        again = QueueState.remember(state.catalogue, self.first)
        for entry in self.hall.journal:
            data = codec.event_data(entry.event)
            read = codec.entry(entry.seq, entry.at, entry.actor, entry.event.type, data)
            assert read == entry
            apply(again, read)
        assert again.memory() == state.memory()
        kept = codec.decode_memory(codec.encode_memory(state.memory()))
        assert kept == state.memory()
        assert QueueState.remember(state.catalogue, kept).memory() == kept
        self.check_order()

    def check_order(self) -> None:
        """First come, first served within a class and line, save where the journal names who
        moved.
        """
        moved = {
            e.event.ticket
            for e in self.hall.journal
            if isinstance(
                e.event, TicketTransferred | TicketRequeued | TicketDeferred | TicketUndone
            )
        }
        waited: dict[tuple[str, str], list[str]] = {}
        for entry in self.hall.journal:
            event = entry.event
            if isinstance(event, TicketIssued) and event.arrived and event.visit == event.ticket:
                waited.setdefault((event.service, event.class_id), []).append(event.ticket)
            elif isinstance(event, TicketEvent):
                line = next((w for w in waited.values() if event.ticket in w), [])
                if isinstance(event, TicketCalled) and not event.chosen and event.ticket in line:
                    ahead = [t for t in line[: line.index(event.ticket)] if t not in moved]
                    visits = {
                        e.event.visit
                        for e in self.hall.journal
                        if isinstance(e.event, TicketIssued) and e.event.visit != e.event.ticket
                    }
                    assert not [t for t in ahead if t not in visits]
                if event.ticket in line:
                    line.remove(event.ticket)


TestQueueMachine = QueueMachine.TestCase
TestQueueMachine.settings = settings(max_examples=150, stateful_step_count=60, deadline=None)
