"""Random halls: whatever calls, displays and restarts come in which order, the rules hold."""

import json
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from antrean import codec
from antrean.domain import commands, events, hall
from antrean.domain.errors import QueueError
from antrean.domain.hall_model import EXPIRED, NO_SPEAKER, Sound
from antrean.domain.invariants import broken
from antrean.domain.model import TicketState
from antrean.proof import Fact, Places, Verdict, prove
from antrean.proof.model import Plan
from tests.hall.stage import DESKS, ZONE, Stage

NAMES = ("kiri", "kanan", "tengah")
DEVICES = st.sampled_from(NAMES)
COUNTERS = st.sampled_from(DESKS)


class HallMachine(RuleBasedStateMachine):
    """A `Stage` that is poked at, and held against what its journal says."""

    @initialize(count=st.integers(0, 3))
    def begin(self, count: int) -> None:
        self.stage = Stage(*NAMES[:count])
        self.checked = 0  # journal entries
        self.heard = 0
        self.announcing: int | None = None
        self.ended: set[int] = set()  # calls that were said

    # calls
    @rule(desk=COUNTERS)
    def call(self, desk: str) -> None:
        if self.stage.state.counters[desk].ticket is None:
            self.stage.call(desk)

    @rule(desk=COUNTERS, verb=st.sampled_from(["recall", "start", "no-show", "complete", "undo"]))
    def work(self, desk: str, verb: str) -> None:
        kinds: dict[str, Any] = {
            "recall": commands.Recall,
            "start": commands.Start,
            "no-show": commands.MarkNoShow,
            "complete": commands.Complete,
            "undo": commands.Undo,
        }
        try:
            self.stage.do(kinds[verb](counter=desk))
        except QueueError:
            return
        self.stage.settle()

    # displays
    @rule(name=DEVICES, sound=st.sampled_from(Sound))
    def join(self, name: str, sound: Sound) -> None:
        self.stage.join(name, sound)

    @rule(name=DEVICES)
    def leave(self, name: str) -> None:
        if name in self.stage.screens and self.stage.screens[name].linked:
            self.stage.leave(name)

    @rule(name=DEVICES, code=st.sampled_from([None, None, None, "audio_failed", "cut"]))
    def answer(self, name: str, code: str | None) -> None:
        screen = self.stage.screens.get(name)
        if screen is not None and screen.linked and screen.saying:
            self.stage.answer(name, code)

    @rule(seconds=st.sampled_from([0.5, 2, 4, 9, 30, 70]))
    def wait(self, seconds: float) -> None:
        self.stage.pass_(seconds)

    @rule()
    def restart(self) -> None:
        self.stage.restart()

    # what must hold
    @precondition(lambda self: hasattr(self, "stage"))
    @invariant()
    def the_journal_tells_of_one_voice(self) -> None:
        for entry in self.stage.journal[self.checked :]:
            event = entry.event
            if isinstance(event, events.CallAnnounced):
                assert self.announcing is None, "two at once"
                assert event.call not in self.ended, "said again after it was said"
                self.announcing = event.call
            elif isinstance(event, events.CallSpoken):
                assert self.announcing == event.call
                self.announcing = None
                self.ended.add(event.call)
            elif isinstance(event, events.CallUnspoken):
                if self.announcing == event.call:
                    self.announcing = None
                else:
                    assert event.code in (EXPIRED, NO_SPEAKER)
        self.checked = len(self.stage.journal)
        now = self.stage.state.announcing.get(ZONE)
        assert self.announcing == (now.call if now else None)

    @precondition(lambda self: hasattr(self, "stage"))
    @invariant()
    def nobody_is_told_wrongly(self) -> None:
        """No device gets a call twice unless it was cut, and nothing old is said."""
        stage = self.stage
        for heard in stage.heard[self.heard :]:
            before = [h for h in stage.heard if h is not heard and h.turn == heard.turn]
            assert len([h for h in before if h.device == heard.device]) <= 1
            call = int(heard.turn.rpartition(".")[2])
            began = next(e for e in stage.journal if e.seq == call)
            assert heard.at < began.at + hall.CALL_LIVES_MS
            assert stage.state.devices[heard.device].zone == ZONE
        self.heard = len(stage.heard)

    @precondition(lambda self: hasattr(self, "stage"))
    @invariant()
    def nothing_rests_while_a_call_waits(self) -> None:
        """At rest something is announced, or no call waits that could be."""
        stage = self.stage
        speaker = hall.speaker(stage.state, ZONE)
        if ZONE not in stage.state.announcing and speaker is not None:
            assert hall.waiting_calls(stage.state, ZONE, stage.at) == []
        assert list(broken(stage.state)) == []

    def teardown(self) -> None:
        """In the end every call of today was said, or the journal says why not."""
        if not hasattr(self, "stage"):
            return
        stage = self.stage
        stage.pass_(3600)
        for ticket in stage.state.tickets.values():
            if ticket.state is TicketState.CALLED and ticket.call is not None:
                assert stage.ends(ticket.call.seq), f"{ticket.number} was forgotten"
        verdict = proven(stage)
        assert verdict.violations == []
        backlogs = {o.call: (o.announced_at, o.backlog) for o in verdict.outcomes}
        first = {heard.turn: heard for heard in reversed(stage.heard)}  # then it is handed on
        for heard in first.values():
            began, backlog = backlogs[int(heard.turn.rpartition(".")[2])]
            if heard.at == began:
                assert heard.drops_repeats == (backlog >= 4)
                assert heard.is_chime == (backlog >= 8)


def proven(stage: Stage) -> Verdict:
    """What a judge with rules of his own says of the journal: order, recalls first, none lost."""
    plan = stage.state.catalogue
    services = {s.id: s.zone for s in plan.services.values()}
    counters = {c.id: c.zone for c in plan.counters.values()}
    facts = [
        Fact(e.seq, e.at, e.event.type, json.loads(codec.event_data(e.event)))
        for e in stage.journal
    ]
    return prove(facts, Places([Plan(0, services, counters)]))


HallMachine.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestHallMachine = HallMachine.TestCase
