"""The displays of the hall: their sockets, what they told, and what the journal has of them."""

import asyncio
import logging
from collections.abc import Sequence

from antrean import shapes
from antrean.domain import commands
from antrean.domain.commands import Command
from antrean.domain.hall_model import Sound
from antrean.engine import Engine
from antrean.hall.budget import Budget
from antrean.hall.notes import RETRY_SECONDS, Notes
from antrean.hall.ports import Link
from antrean.hall.tasks import set_or_late
from antrean.hall.told import Told
from antrean.views.frames import message

_log = logging.getLogger(__name__)


class Displays:
    """Every display that has been here since the start. `run` keeps the journal in step.

    `stopped_at`: ms, the last moment of which is known that the server ran before it was started.
    """

    def __init__(self, engine: Engine, notes: Notes, stopped_at: int) -> None:
        self._engine = engine
        self._notes = notes
        self._stopped_at = stopped_at
        self._told: dict[str, Told] = {}
        self._news = asyncio.Event()

    # what the sockets tell
    def connected(self, device: str, link: Link, address: str) -> None:
        """A device has authenticated on `link`; it is told who it is."""
        told = self._told.setdefault(device, Told())
        told.links.append(link)
        told.address = address
        self._introduce(device, [link])
        self._news.set()

    def left(self, device: str, link: Link) -> bool:
        """A socket closed. True: it was the one at which the device gets its turns."""
        told = self._told.get(device)
        if told is None or link not in told.links:
            return False
        had_turns = link is told.links[-1]  # older ones are remains of a line that broke
        told.links.remove(link)
        if not told.links:
            told.has_reported = False
        self._news.set()
        return had_turns

    def reported(
        self,
        device: str,
        sound: Sound,
        version: str | None,
        screen: tuple[int, int] | None,
        clock_offset: float | None,
    ) -> bool:
        """False: there is no such device."""
        told = self._told.get(device)
        if told is None:
            return False
        told.sound, told.version, told.screen = sound, version, screen
        told.clock_offset = clock_offset
        told.has_reported = True
        self._news.set()
        return True

    # what is asked of them
    def told_by(self, device: str) -> Told:
        """What is known of a device beside the state."""
        return self._told.get(device, Told())

    def link(self, device: str) -> Link | None:
        """Where a device is told something; None: nowhere."""
        links = self.told_by(device).links
        return links[-1] if links else None

    def gave_no_answer(self, device: str) -> None:
        """It is no speaker until it reports again."""
        self.told_by(device).has_reported = False

    # the engine's news
    def changed(self, device: str) -> None:
        """Its name, zone, layout or settings did: each of its sockets is told."""
        self._introduce(device, self.told_by(device).links)

    def removed(self, device: str) -> bool:
        """Forget it. True: it was here."""
        told = self._told.pop(device, None)
        return told is not None and bool(told.links)

    def failure_noted(self) -> None:
        """The journal has that one gave no answer; it may have reported since."""
        self._news.set()

    def _introduce(self, device: str, links: Sequence[Link]) -> None:
        state = self._engine.published
        known = state.devices.get(device)
        if known is not None and links:
            shape = shapes.device(state, known)
            for link in links:
                link.write(message(op="device", device=shape))

    # the journal
    async def run(self) -> None:
        """Keep what the journal says of devices in step with what is so."""
        while True:
            self._news.clear()
            done = await self.settle()
            await set_or_late(self._news, None if done else RETRY_SECONDS)

    async def settle(self) -> bool:
        """False when there is still something to write."""
        return all(await asyncio.gather(*map(self._try_settle, self._engine.published.devices)))

    async def _try_settle(self, device: str) -> bool:
        """False when there is still something to write."""
        try:
            return await self._settle(device)
        except Exception:  # one display's fault must not keep all others out of the journal
            _log.exception("device %s", device)
            return False

    async def _settle(self, device: str) -> bool:
        known = self._engine.published.devices.get(device)
        told = self.told_by(device)
        if known is None:
            return True
        if not told.links:
            seen_at = None if device in self._told else self._stopped_at
            gone = commands.NoteOnline(device=device, online=False, seen_at=seen_at)
            return not known.online or await self._notes.note(gone, device)
        if not known.online:
            here = commands.NoteOnline(device=device, online=True)
            if not await self._note_within(told.budget, here, device):
                return False
            known = self._engine.published.devices.get(device)
        if known is None or not told.has_reported or not told.is_news(known):
            return True
        return await self._note_within(told.budget, told.report_of(device), device)

    async def _note_within(self, budget: Budget, command: Command, device: str) -> bool:
        """False when there is no room for it now, or the disk refused."""
        if not budget.allows(self._engine.now()) or not await self._notes.note(command, device):
            return False
        budget.spend()
        return True
