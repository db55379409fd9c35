"""Random halls as in `test_arbiter_machine`, with texts that come and are withdrawn: whatever is
said, call or text, nothing is said over it.
"""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from antrean.domain import commands
from antrean.domain.model import TicketState
from tests.hall.stage import SECONDS
from tests.hall.test_arbiter_machine import DEVICES, HallMachine, proven

ANSWER_MS = (SECONDS + 3) * 1000


class TextsMachine(HallMachine):
    """`saying`: by display what it was told and when, until it is cut off from the server."""

    @initialize(count=st.integers(0, 3))
    def begin(self, count: int) -> None:
        super().begin(count)
        self.made = 0
        self.saying: dict[str, tuple[str, int]] = {}

    @rule(parts=st.integers(1, 3))
    def text(self, parts: int) -> None:
        self.made += 1
        self.stage.parts = parts
        text = {"id": "x", "en": "x"}
        made = commands.MakeAnnouncement(announcement=f"t{self.made}", text=text, speak=True)
        self.stage.do(made)
        self.stage.settle()

    @rule()
    def withdraw(self) -> None:
        for name in list(self.stage.state.announcements)[:1]:
            self.stage.do(commands.WithdrawAnnouncement(announcement=name))
            self.stage.settle()

    @rule(name=DEVICES)
    def leave(self, name: str) -> None:
        super().leave(name)
        self.saying.pop(name, None)

    @rule()
    def restart(self) -> None:
        for screen in self.stage.screens.values():
            screen.saying.clear()
        super().restart()
        self.saying.clear()
        self.heard = len(self.stage.heard)

    @precondition(lambda self: hasattr(self, "stage"))
    @invariant()
    def nobody_is_told_wrongly(self) -> None:
        """Nothing while a display that is here has still time to answer."""
        for heard in self.stage.heard[self.heard :]:
            for name, (turn, at) in list(self.saying.items()):
                if turn not in self.stage.screens[name].saying:
                    del self.saying[name]
                elif turn != heard.turn or name != heard.device:
                    assert heard.at >= at + ANSWER_MS, f"{heard} while {name} says {turn}"
            self.saying[heard.device] = (heard.turn, heard.at)
        self.heard = len(self.stage.heard)

    @invariant()
    def nothing_rests_while_a_call_waits(self) -> None:
        """It does, while a text is said; the proof knows for how long."""

    def teardown(self) -> None:
        if not hasattr(self, "stage"):
            return
        self.stage.pass_(3600)
        for ticket in self.stage.state.tickets.values():
            if ticket.state is TicketState.CALLED and ticket.call is not None:
                assert self.stage.ends(ticket.call.seq), f"{ticket.number} was forgotten"
        assert proven(self.stage).violations == []


TextsMachine.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestTextsMachine = TextsMachine.TestCase
