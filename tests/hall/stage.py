"""A zone with its arbiter and displays, no loop and no sockets: time moves when the test says."""

from dataclasses import dataclass, field

from antrean.domain import commands
from antrean.domain.commands import Command
from antrean.domain.decide import Decision, decide
from antrean.domain.events import Entry
from antrean.domain.hall_model import NO_SPEAKER, DeviceSettings, Sound
from antrean.domain.model import Ticket
from antrean.hall.actions import Action, Begin, End, EndText, Fail, Say
from antrean.hall.arbiter import Arbiter
from tests.core.hall import COUNTERS, SERVICES, Hall, catalogue, clerk, counter

ZONE = "poli"
DESKS = tuple(f"meja-{n}" for n in range(1, 13))
SECONDS = 6.0  # what a phrase takes


@dataclass(frozen=True)
class Heard:
    """One time that a display was told to say something."""

    device: str
    turn: str
    at: int
    drops_repeats: bool
    is_chime: bool
    alone: bool


@dataclass
class Screen:
    linked: bool = True
    saying: list[str] = field(default_factory=list)


class Stage(Hall):
    """`heard` is all that displays were told to say, in order; texts have `parts`."""

    def __init__(self, *devices: str) -> None:
        desks = tuple(counter(d, "lab") for d in DESKS)
        super().__init__(catalogue(SERVICES, COUNTERS + desks))
        self.arbiter = Arbiter(ZONE)
        self.screens: dict[str, Screen] = {}
        self.heard: list[Heard] = []
        self.parts = 1  # of each text
        self.open(*DESKS)
        for name in devices:
            self.join(name)

    def do(self, command: Command, actor: str = "user:sari") -> Decision:
        """At this very moment: what is announced depends on it."""
        decision = decide(self.state, command, self.at)
        self._take(decision.events, self.at, actor)
        return decision

    # displays
    def join(self, name: str, sound: Sound = Sound.ON, zone: str = ZONE) -> None:
        """A display comes, for the first time or again."""
        if name not in self.state.devices:
            self.do(
                commands.PairDevice(
                    device=name, code_is_known=True, name=name, zone=zone, settings=DeviceSettings()
                )
            )
        self.screens.setdefault(name, Screen()).linked = True
        self.do(commands.NoteOnline(device=name, online=True))
        self.report(name, sound)

    def report(
        self,
        name: str,
        sound: Sound = Sound.ON,
        speaking: str | None = None,
        heard: frozenset[str] | None = None,
    ) -> None:
        self.do(commands.ReportDevice(device=name, sound=sound))
        for turn in self.arbiter.back(name, self.at, speaking, heard):
            self.do(
                commands.EndAnnouncement(
                    zone=ZONE, ticket=turn.ticket, call=turn.call, code=NO_SPEAKER
                )
            )
        self.settle()

    def leave(self, name: str) -> None:
        """Its socket closes; what it was saying it says on, unheard of."""
        self.screens[name].linked = False
        self.arbiter.gone(name, self.at)
        self.do(commands.NoteOnline(device=name, online=False))
        self.settle()

    def answer(self, name: str, code: str | None = None, turn: str | None = None) -> bool:
        """It confirms what it was told last, or says why it cannot."""
        screen = self.screens[name]
        turn = turn or screen.saying[-1]
        if turn in screen.saying:
            screen.saying.remove(turn)
        taken = self.arbiter.answered(name, turn, code)
        self.settle()
        return taken

    # calls
    def call(self, desk: str = "meja-1") -> int:
        """A number is taken and called at once; the seq of the call."""
        self.issue("lab")
        self.do(commands.CallNext(counter=desk))
        self.settle()
        return self.call_at(desk)

    def recall(self, desk: str = "meja-1") -> int:
        self.do(commands.Recall(counter=desk))
        self.settle()
        return self.call_at(desk)

    def call_at(self, desk: str) -> int:
        ticket = self.seated(desk)
        assert ticket.call is not None
        return ticket.call.seq

    def seated(self, desk: str) -> Ticket:
        ticket = self.state.counters[desk].ticket
        assert ticket is not None
        return self.state.tickets[ticket]

    # the arbiter
    def settle(self) -> None:
        """Do what the arbiter wants until it wants nothing more at this moment."""
        for _ in range(200):
            actions = self.arbiter.look(self.state, self.at)
            for action in actions:
                self._carry_out(action)
            due = self.arbiter.due
            if not actions and (due is None or due > self.at):
                return
        raise AssertionError(f"the arbiter never rests: {actions}")

    def pass_(self, seconds: float) -> None:
        """Time passes; the arbiter is woken when it wants to be."""
        until = self.at + round(seconds * 1000)
        while (due := self.arbiter.due) is not None and due <= until:
            self.wait(max(0, due - self.at))
            self.settle()
        self.wait(until - self.at)
        self.settle()

    def restart(self) -> None:
        """The server is killed and comes back: all sockets close, the arbiter forgets."""
        self.arbiter = Arbiter(ZONE)
        for name, screen in self.screens.items():
            screen.linked = False
            self.do(commands.NoteOnline(device=name, online=False))
        self.settle()

    def _carry_out(self, action: Action) -> None:
        zone = self.arbiter.zone
        match action:
            case Say(turn, device, alone):
                screen = self.screens[device]
                if not screen.linked:
                    self.arbiter.unreachable(turn, device)
                    return
                screen.saying.append(turn.id)
                self.heard.append(
                    Heard(device, turn.id, self.at, turn.drops_repeats, turn.is_chime, alone)
                )
                more = turn.announcement is not None and turn.part + 1 < self.parts
                self.arbiter.said(turn, device, self.at, SECONDS, more)
            case Begin(ticket, call, device):
                self.do(
                    commands.BeginAnnouncement(zone=zone, ticket=ticket, call=call, device=device)
                )
            case End(ticket, call, device, code):
                self.do(
                    commands.EndAnnouncement(
                        zone=zone, ticket=ticket, call=call, device=device, code=code
                    )
                )
            case EndText(announcement, device):
                self.do(
                    commands.NoteTextSpoken(announcement=announcement, zone=zone, device=device)
                )
            case Fail(device):
                self.do(commands.FailDevice(device=device))

    # asking
    def ends(self, call: int) -> list[tuple[str, str | None]]:
        """How the announcement of a call ended, each time: (type, code)."""
        return [
            (e.event.type, getattr(e.event, "code", None))
            for e in self._of(call)
            if e.event.type in ("call.spoken", "call.unspoken")
        ]

    def begins(self, call: int) -> int:
        return sum(e.event.type == "call.announced" for e in self._of(call))

    def _of(self, call: int) -> list[Entry]:
        return [e for e in self.journal if getattr(e.event, "call", None) == call]

    def turns(self) -> list[int]:
        """The calls that displays were told to say, in order."""
        return [int(h.turn.rpartition(".")[2]) for h in self.heard]


__all__ = ["DESKS", "SECONDS", "ZONE", "Heard", "Stage", "clerk"]
