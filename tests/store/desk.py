"""An engine on a real data folder, with a publisher that folds and remembers what it was told."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from antrean.domain import commands
from antrean.domain.catalogue import Catalogue
from antrean.domain.decide import Decision
from antrean.domain.events import Entry
from antrean.domain.fold import apply
from antrean.domain.state import QueueState
from antrean.engine import Answer, Engine, Key
from antrean.opening import Opened, open_folder
from tests.core.hall import catalogue, clerk

FORMAT = "test"


class Told:
    """Everything that was published, in order."""

    def __init__(self, opened: Opened) -> None:
        self.state: QueueState = opened.loaded.state
        self.offsets: dict[str, int] = {"zone:poli": 7}
        self.entries: list[Entry] = []
        self.cuts = 0
        for entry in opened.loaded.entries:
            apply(self.state, entry)

    def publish(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            apply(self.state, entry)
            self.entries.append(entry)

    def spread(self) -> None:
        """Nobody follows from afar."""

    def cut(self, state: QueueState, epoch: str) -> None:
        self.state = state
        self.cuts += 1


class FrozenClock:
    """A clock that moves when a test says so."""

    def __init__(self, at: int) -> None:
        self.at = at

    def now(self) -> int:
        return self.at

    def seconds_until(self, moment: int) -> float:
        """An hour, in which no test waits: timers are decided with the next command."""
        return 3600.0


def render(state: QueueState, decision: Decision, seq: int, at: int) -> dict[str, Any]:
    body: dict[str, Any] = {"seq": seq}
    if decision.ticket is not None:
        body["number"] = state.tickets[decision.ticket].number
    return body


class Desk:
    """One running engine. `async with Desk(folder) as desk`."""

    def __init__(self, folder: Path, plan: Catalogue | None = None, at: int | None = None) -> None:
        self.folder = folder
        self.plan = plan or catalogue()
        self.at = at
        self._given = 0

    async def __aenter__(self) -> "Desk":
        self.opened = await open_folder(self.folder, self.plan, FORMAT, accept_clock=True)
        self.told = Told(self.opened)
        now = self.opened.clock.now() if self.at is None else self.at
        self.clock = FrozenClock(max(now, self.told.state.at))
        self.engine = Engine(self.opened.store, self.told, self.clock, render)
        await self.engine.start(self.plan, self.opened.loaded.digest, FORMAT)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.engine.stop()

    async def issue(
        self, service: str = "lab", key: Key | None = None, person: commands.Person | None = None
    ) -> Answer:
        self._given += 1
        command = commands.IssueTicket(
            ticket=f"t{self.told.state.seq}-{self._given}",
            service=service,
            channel="kiosk",
            person=person or commands.Person(),
        )
        return await self.engine.submit(command, "token:kiosk", key)

    async def do(self, command: commands.Command) -> Answer:
        return await self.engine.submit(command, "user:sari")

    async def open(self, counter: str) -> None:
        await self.do(commands.OpenCounter(counter=counter, clerk=clerk(counter)))
