"""A hall whose topics are followed by their frames, each step told apart."""

from typing import Any

from antrean import shapes
from antrean.domain import commands
from antrean.domain.commands import Command
from antrean.domain.events import Entry
from antrean.domain.hall_model import Sound
from antrean.domain.model import Clerk
from antrean.views import Views
from tests.views.hall import Hall
from tests.views.test_equivalence import Follower, payload


def at(seconds: float) -> str:
    """The moment so long after the hall begins."""
    return f"2025-11-24T09:00:{seconds:06.3f}+07:00"


class Watched(Hall):
    """A hall whose topics are followed; `told` are the patches of the last step, by topic."""

    def __init__(self) -> None:
        super().__init__()
        self.views = Views(self.state.copy(), "e")
        self.follower = Follower(self.views)
        self.told: dict[str, Any] = {}

    def act(self, command: Command, later: int = 0) -> dict[str, Any]:
        return self.take(self.must(command, later))

    def take(self, entries: list[Entry]) -> dict[str, Any]:
        self.told = {}
        for entry in entries:
            before = dict(self.follower.offsets)
            self.follower.take(entry)
            for name, topic in self.views.topics.items():
                if topic.offset > before[name]:
                    frames = topic.since(before[name])
                    assert frames
                    self.told[name] = payload(frames[0])["state"]
        return self.told

    def open(self, *counters: str) -> None:
        for counter in counters:
            clerk = Clerk(f"user:{counter}", counter, counter)
            self.act(commands.OpenCounter(counter=counter, clerk=clerk))

    def issue(self, ticket: str, service: str = "lab", **more: Any) -> None:
        self.act(
            commands.IssueTicket(ticket=ticket, service=service, channel="kiosk", **more), 1000
        )

    def call(self, counter: str = "lab-1") -> int:
        """Call the next one; the seq of the call."""
        self.act(commands.CallNext(counter=counter))
        return self.state.seq

    def pair(self, device: str, zone: str = "barat", sound: Sound = Sound.ON) -> None:
        self.act(
            commands.PairDevice(device=device, code_is_known=True, name=device.upper(), zone=zone)
        )
        self.act(commands.ReportDevice(device=device, sound=sound))

    def begin(self, ticket: str, call: int, zone: str = "barat") -> dict[str, Any]:
        return self.act(
            commands.BeginAnnouncement(zone=zone, ticket=ticket, call=call, device="tv1"), 1000
        )

    def end(
        self, ticket: str, call: int, code: str | None = None, zone: str = "barat"
    ) -> dict[str, Any]:
        device = None if code else "tv1"
        return self.act(
            commands.EndAnnouncement(zone=zone, ticket=ticket, call=call, device=device, code=code),
            1000,
        )

    def board(self, name: str = "barat") -> Any:
        return self.follower.states[f"zone:{name}"]

    def seated(self, counter: str = "lab-1") -> dict[str, Any]:
        """What a counter's ticket says of its call, everywhere the same."""
        ticket = self.follower.states[f"counter:{counter}"]["ticket"]
        assert self.follower.states["site"]["counters"][counter]["ticket"] == ticket
        names = ("shown_at", "spoken_at", "unspoken")
        told = {name: ticket[name] for name in names if name in ticket}
        answered = shapes.counter(self.state, counter, self.at)["ticket"]
        assert {name: told.get(name) for name in names} == {n: answered[n] for n in names}
        return told
