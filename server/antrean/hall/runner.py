"""`Hall`: the arbiters, the voice and the devices' sockets brought together.

All state is the engine's: what a device tells becomes a command, what an arbiter wants becomes a
command, and every wake compares what is published with what is so. Lives in the server's loop.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence

from antrean.domain import commands, decide_hall, events, hall
from antrean.domain.errors import QueueError
from antrean.domain.events import Entry
from antrean.domain.hall_model import NO_SPEAKER, Sound
from antrean.domain.state import QueueState
from antrean.engine import Engine
from antrean.hall import saying
from antrean.hall.actions import Action, Begin, End, EndText, Fail, Say
from antrean.hall.arbiter import Arbiter
from antrean.hall.displays import Displays
from antrean.hall.notes import RETRY_SECONDS, Notes
from antrean.hall.ports import Link, Speech, Spoken
from antrean.hall.tasks import Tasks, set_or_late
from antrean.hall.told import Told
from antrean.hall.turn import Turn
from antrean.views.frames import message

_CONCERNING = (
    events.TicketCalled,
    events.TicketRecalled,
    events.TicketUndone,
    events.CallEvent,
    events.DeviceEvent,
    events.AnnouncementMade,
    events.DayStarted,
)
"""What may give an arbiter something to do; at 4,000 commands a second most are none of these."""

_log = logging.getLogger(__name__)


class Hall:
    """What the displays of all zones show as announced, and say. `start` first, `stop` last."""

    def __init__(
        self,
        engine: Engine,
        speech: Speech,
        end_credential: Callable[[str], None],
        seconds_until: Callable[[int], float],
        stopped_at: int,
    ) -> None:
        """`stopped_at`: ms, of the last that the journal had before this start."""
        self._engine = engine
        self._speech = speech
        self._end_credential = end_credential
        self._seconds_until = seconds_until
        self._tasks = Tasks()
        self._notes = Notes(engine, self._tasks)
        self._displays = Displays(engine, self._notes, stopped_at)
        self._arbiters: dict[str, Arbiter] = {}
        self._wakes: dict[str, asyncio.Event] = {}
        self._is_warm = False

    # life
    async def start(self) -> None:
        """The journal may have displays as here that were when the server was killed: it is put
        right before anybody can ask."""
        await self._displays.settle()
        for zone in self._engine.published.catalogue.zones:
            self._arbiters[zone] = Arbiter(zone)
            self._wakes[zone] = asyncio.Event()
            self._tasks.begin(self._run_zone(zone), f"hall {zone}")
        self._tasks.begin(self._displays.run(), "displays")
        if self._engine.published.devices:
            self._warm()

    def _warm(self) -> None:
        """Once a hall has displays: a hall without any starts no process to speak."""
        if not self._is_warm:
            self._is_warm = True
            self._tasks.begin(self._speech.warm(), "warm")

    async def stop(self) -> None:
        await self._tasks.stop()

    # what the socket tells
    def connected(self, device: str, link: Link, address: str) -> None:
        """A device has authenticated on `link`; it is told who it is."""
        self._displays.connected(device, link, address)

    def left(self, device: str, link: Link) -> None:
        """A socket of a device closed."""
        if self._displays.left(device, link):
            self._is_gone(device)

    def report(
        self,
        device: str,
        sound: Sound,
        version: str | None,
        screen: tuple[int, int] | None,
        *,
        clock: int | None = None,
        speaking: str | None = None,
        heard: frozenset[str] | None = None,
    ) -> None:
        """What a device says of itself. `clock`: its own time in ms; `speaking`: the id of what it
        is saying still, after a reconnect; `heard`: the ids of all that it was told of late.
        """
        now = self._engine.now()
        offset = None if clock is None else round((now - clock) / 1000, 1)
        if not self._displays.reported(device, sound, version, screen, offset):
            return  # it was removed while this was on its way
        if sound is Sound.ON:
            self._warm()
        for zone, arbiter in self._arbiters.items():
            for turn in arbiter.back(device, now, speaking, heard):
                self._take_back(zone, turn)
            self._wakes[zone].set()

    def shown(self, device: str, call: int) -> None:
        """A device drew a call."""
        command = commands.NoteShown(device=device, call=call)
        with contextlib.suppress(QueueError):
            # Most displays of a zone come second: their word changes nothing, at no cost.
            if decide_hall.shown(self._engine.published, command, self._engine.now()).events:
                self._notes.note_surely(command, device)

    def spoken(self, device: str, turn: str) -> None:
        """A device said what it was told to."""
        if not self._answered(device, turn, None):
            self._confirm_late(device, turn)

    def unspoken(self, device: str, turn: str, code: str) -> None:
        """A device could not say what it was told to."""
        self._answered(device, turn, code)

    def _answered(self, device: str, turn: str, code: str | None) -> bool:
        for zone, arbiter in self._arbiters.items():
            if arbiter.answered(device, turn, code):
                self._wakes[zone].set()
                return True
        return False

    # what endpoints ask
    def tell(self, device: str, what: str) -> bool:
        """Have a device do something now; False when it has no socket."""
        link = self._displays.link(device)
        if link is None:
            return False
        link.write(message(op="do", what=what))
        return True

    def told_by(self, device: str) -> Told:
        """What is known of a device beside the state."""
        return self._displays.told_by(device)

    # the engine's news
    def hear(self, entries: Sequence[Entry]) -> None:
        """Entries were published."""
        for entry in entries:
            event = entry.event
            if isinstance(event, events.DeviceChanged):
                self._displays.changed(event.device)
            elif isinstance(event, events.DeviceRemoved):
                self._end_credential(credential_of(event.device))
                if self._displays.removed(event.device):
                    self._is_gone(event.device)
            elif isinstance(event, events.DeviceFailed):
                self._displays.failure_noted()
        if any(isinstance(entry.event, _CONCERNING) for entry in entries):
            for wake in self._wakes.values():
                wake.set()

    def _is_gone(self, device: str) -> None:
        for zone, arbiter in self._arbiters.items():
            arbiter.gone(device, self._engine.now())
            self._wakes[zone].set()

    def _take_back(self, zone: str, turn: Turn) -> None:
        """Nobody was told of a call: it waits again."""
        self._notes.note_surely(
            commands.EndAnnouncement(zone=zone, ticket=turn.ticket, call=turn.call, code=NO_SPEAKER)
        )

    def _confirm_late(self, device: str, turn: str) -> None:
        """It was said, though the server had given it up: by one who had been told to."""
        zone, _, call = turn.rpartition(".")
        state = self._engine.published
        arbiter = self._arbiters.get(zone)
        if arbiter is None or device not in state.devices or not call.isdecimal():
            return
        announcing = state.announcing.get(zone)
        if announcing is not None and announcing.call == int(call):
            return  # another one is saying it: that one's word counts
        for hearing in state.hearings.values():
            if hearing.zone == zone and hearing.call == int(call):
                if hearing.device == device or arbiter.may_confirm(device, turn):
                    end = commands.EndAnnouncement(
                        zone=zone, ticket=hearing.ticket, call=hearing.call, device=device
                    )
                    self._notes.note_surely(end, device)
                return

    # zones
    async def _run_zone(self, zone: str) -> None:
        arbiter, wake = self._arbiters[zone], self._wakes[zone]
        while True:
            wake.clear()
            try:
                actions = arbiter.look(self._engine.published, self._engine.now())
                done = [await self._do(arbiter, action) for action in actions]
            except Exception:  # one zone's fault must not silence it for the rest of the day
                _log.exception("zone %s", zone)
                await asyncio.sleep(RETRY_SECONDS)
                continue
            if not all(done):
                await asyncio.sleep(RETRY_SECONDS)
            elif not actions:
                timeout = None if arbiter.due is None else self._seconds_until(arbiter.due)
                await set_or_late(wake, timeout)

    async def _do(self, arbiter: Arbiter, action: Action) -> bool:
        """False when it cannot be done now: it is looked at again."""
        zone = arbiter.zone
        if isinstance(action, Begin | Say) and not self._is_anyone_here(zone):
            return False
        match action:
            case Say(turn, device, alone):
                return await self._say(arbiter, turn, device, alone)
            case Begin(ticket, call, device):
                return await self._notes.note(
                    commands.BeginAnnouncement(zone=zone, ticket=ticket, call=call, device=device)
                )
            case End(ticket, call, device, code):
                return await self._notes.note(
                    commands.EndAnnouncement(
                        zone=zone, ticket=ticket, call=call, device=device, code=code
                    ),
                    device,
                )
            case EndText(announcement, device):
                return await self._notes.note(
                    commands.NoteTextSpoken(announcement=announcement, zone=zone, device=device),
                    device,
                )
            case Fail(device):
                self._displays.gave_no_answer(device)
                return await self._notes.note(commands.FailDevice(device=device))

    def _is_anyone_here(self, zone: str) -> bool:
        """Right after all displays went, or a kill of the server, the journal has them here still.
        Then nothing is begun: it would end at once for want of a speaker."""
        return any(self._displays.link(d.id) for d in hall.speakers(self._engine.published, zone))

    async def _say(self, arbiter: Arbiter, turn: Turn, device: str, alone: bool) -> bool:
        spoken = await self._made(arbiter.zone, turn, self._engine.published)
        # That took a while: meanwhile the call may have ended, or the display have gone elsewhere.
        state, now = self._engine.published, self._engine.now()
        if not arbiter.wants(turn, state, now):
            return True
        others = [a.turn for a in self._arbiters.values() if a is not arbiter]
        if any(other is not None and other.by == device for other in others):
            return False  # it was moved here, and is saying what the zone before told it
        link = self._displays.link(device)
        can_speak = any(d.id == device for d in hall.speakers(state, arbiter.zone))
        if link is None or not can_speak:
            arbiter.unreachable(turn, device)
            return True
        frame = saying.frame(state, arbiter.zone, turn, spoken, now, alone)
        link.write(frame)
        arbiter.said(turn, device, now, spoken.seconds, spoken.more)
        return True

    async def _made(self, zone: str, turn: Turn, state: QueueState) -> Spoken:
        if turn.announcement is not None:
            text = state.announcements[turn.announcement].text
            return await self._speech.text(text, state.voice(zone), turn.part)
        return await self._speech.call(saying.request(state, zone, turn))


def credential_of(device: str) -> str:
    """What the sockets of a device are known by."""
    return f"device:{device}"
