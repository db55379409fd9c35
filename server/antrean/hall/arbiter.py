"""Whose turn it is in one zone, who says it, and what to do when nobody answers. Pure.

What waits, and what is announced, follows from the state (`domain.hall`), so a restart loses
nothing; an arbiter only remembers who was asked to say the present turn, and until when. It is
given the published state and the time in ms, and gives back what to do: `look` again when that is
done, when the state moved on, when a device answered or went, and at `due`.

Rules (docs/decisions/0011): one turn at a time, none cut short by another; calls by seq, a recall
first; a text of the hall when no call waits. A backlog is shortened: repeats first, then the chime
stands alone. Whoever does not answer, or goes, loses the turn to another device of the zone that
has sound; a device never gets one call twice, unless it says itself that it was cut off.
"""

from antrean.domain import hall
from antrean.domain.hall import CALL_LIVES_MS, NOBODY_SPEAKS_MS
from antrean.domain.hall_model import (
    CALL_ENDED,
    NO_ANSWER,
    NO_SPEAKER,
    OFFLINE,
    Announcing,
    Device,
)
from antrean.domain.model import Announcement, TicketState
from antrean.domain.state import QueueState
from antrean.hall.actions import Action, Begin, End, EndText, Fail, Say
from antrean.hall.turn import Turn

ANSWER_MS = 3_000  # beyond the length of what is said
CUT_MS = 3_000  # for a device that was cut off to be ready again
RETURN_MS = 3_500  # for a device whose socket closed to come back: it stops after 3 s by itself
ALONE_RETURN_MS = 8_000  # the same when nobody else could say it
LOST_MS = 30_000  # for a phrase whose length a restart forgot, while nobody says that it is said
LONGEST_MS = 90_000  # of a phrase: three times in two languages, with gaps of ten seconds
SETTLE_MS = 1_000  # for a device that is back to confirm what it said meanwhile

CUT = "cut"  # a display's own word: it was silenced in the middle


class Arbiter:
    """The arbiter of one zone. Single-threaded: every method returns at once."""

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self.turn: Turn | None = None
        self.due: int | None = None  # when to look again though nothing happened
        self._beginning: int | None = None  # the call whose announcement is on its way to the disk
        self._given_up: set[str] = set()  # texts that no device could say
        self._parts: dict[str, int] = {}  # how many of a text have been said
        self._doubtful: dict[str, Turn] = {}  # ended without an answer from who was told

    # what devices tell
    def answered(self, device: str, turn_id: str, code: str | None) -> bool:
        """`device` has said the turn (`code` None), or could not. False: it is not its turn."""
        turn = self.turn
        if turn is None or turn.id != turn_id or not self._is_with(turn, device):
            return False
        turn.answer = code or ""
        turn.told.discard(device)
        return True

    def gone(self, device: str, now: int) -> None:
        """The last socket of `device` closed."""
        turn = self.turn
        if turn is not None and turn.by == device and turn.left_at is None:
            turn.left_at, turn.settles_at = now, None

    def back(
        self,
        device: str,
        now: int,
        speaking: str | None = None,
        heard: frozenset[str] | None = None,
    ) -> list[Turn]:
        """`device` reported. `speaking`: the turn that it is still saying; `heard`: all that it
        was told of late, None when it does not say. Returns the calls of which it turns out that
        nobody was told: the line was dead.
        """
        turn = self.turn
        if heard is not None:
            for doubtful in self._doubtful.values():
                if doubtful.id not in heard:
                    doubtful.told.discard(device)
        if turn is not None and turn.is_found and turn.id in (heard or ()):
            turn.tried.add(device)  # was told before the start: nobody gets a call twice
        if turn is not None and speaking == turn.id and self._is_with(turn, device):
            turn.left_at = None
            left = LONGEST_MS if turn.is_found else ANSWER_MS
            last = turn.began + CALL_LIVES_MS + LONGEST_MS  # else it could speak for ever
            turn.deadline = max(turn.deadline, min(now + left, last))
        elif turn is not None and turn.by == device:
            if heard is not None and turn.id not in heard:
                turn.by, turn.left_at, turn.settles_at = None, None, None
                turn.told.discard(device)
            elif turn.left_at is not None:
                turn.settles_at = now + SETTLE_MS
        unheard = [t for t in self._doubtful.values() if not t.told]
        for found in unheard:
            del self._doubtful[found.id]
        return unheard

    def _is_with(self, turn: Turn, device: str) -> bool:
        """Whether `device` has the turn. After a start the journal knows only who was asked first:
        then the word of another one of the zone counts."""
        if turn.by is not None and device in turn.or_by:
            turn.by = device
        return turn.by == device

    def may_confirm(self, device: str, turn_id: str) -> bool:
        """Whether `device` was told a turn that ended without its word."""
        doubtful = self._doubtful.get(turn_id)
        return doubtful is not None and device in doubtful.told

    # what became of an action
    def said(self, turn: Turn, device: str, now: int, seconds: float, more: bool = False) -> None:
        """`device` was told to say it, which takes so long; `more`: it is not all of a text."""
        turn.by, turn.left_at, turn.settles_at = device, None, None
        turn.more, turn.is_found, turn.or_by = more, False, frozenset()
        turn.told.add(device)
        turn.last = device
        turn.deadline = now + round(seconds * 1000) + ANSWER_MS

    def wants(self, turn: Turn, state: QueueState, now: int) -> bool:
        """Whether the turn is still to be said: nothing is begun late."""
        return turn is self.turn and self._still_counts(turn, state, now)

    def unreachable(self, turn: Turn, device: str) -> None:
        """`device` has no socket, or may not speak in this zone any more."""
        turn.tried.add(device)

    # what to do
    def look(self, state: QueueState, now: int) -> list[Action]:
        """What to do now, in order; nothing: wait until `due` or until something happens."""
        self.due = None
        unsaid = hall.ended_unsaid(state, self.zone, now)
        if unsaid:
            return [End(t.id, t.call.seq, code=code) for t, code in unsaid if t.call is not None]
        actions = self._look_at_turn(state, now)
        if not actions:
            self._wake_for_unsaid(state, now)
        return actions

    def _look_at_turn(self, state: QueueState, now: int) -> list[Action]:
        announcing = state.announcing.get(self.zone)
        turn = self.turn
        if turn is not None and self._is_over(turn, state):
            if self._is_still_said(turn, now):
                return []
            turn = self.turn = None
        if announcing is not None and (turn is None or turn.announcement is not None):
            turn = self.turn = self._take_up(announcing, state, now)
        if turn is None:
            return self._next(state, now)
        return self._go_on(turn, state, now)

    def _is_over(self, turn: Turn, state: QueueState) -> bool:
        """Its end is on the disk."""
        if turn.announcement is None:
            announcing = state.announcing.get(self.zone)
            return announcing is None or announcing.call != turn.call
        made = state.announcements.get(turn.announcement)
        return made is None or self.zone in made.spoken

    def _is_still_said(self, turn: Turn, now: int) -> bool:
        """A text that was withdrawn, or a call whose day is over: whoever says it says it to its
        end, and nobody talks over it."""
        if turn.by is None or turn.answer is not None:
            return False
        silent_at = turn.deadline if turn.left_at is None else turn.left_at + RETURN_MS
        self._wake(min(turn.deadline, silent_at), after=now)
        return self.due is not None

    def _take_up(self, announcing: Announcing, state: QueueState, now: int) -> Turn:
        """The turn of what the journal says is announced: just begun, or found after a start."""
        turn = Turn(
            f"{self.zone}.{announcing.call}",
            announcing.ticket,
            announcing.call,
            began=announcing.at,
        )
        if announcing.call != self._beginning:
            # Who was asked before the restart may be saying it still: as if its socket had closed.
            turn.by, turn.left_at = announcing.device, now
            turn.or_by = frozenset(d.id for d in state.devices.values() if d.zone == self.zone)
            turn.gathers_until = now + RETURN_MS
            turn.is_found, turn.deadline = True, announcing.at + LOST_MS
        self._beginning = None
        return turn

    def _wake_for_unsaid(self, state: QueueState, now: int) -> None:
        """What waits is told of in time, whatever is said meanwhile."""
        for ticket in hall.waiting_calls(state, self.zone, now):
            assert ticket.call is not None
            self._wake(ticket.call.at + NOBODY_SPEAKS_MS, after=now)
            self._wake(ticket.call.at + CALL_LIVES_MS, after=now)

    def _next(self, state: QueueState, now: int) -> list[Action]:
        waiting = hall.waiting_calls(state, self.zone, now)
        speaker = hall.speaker(state, self.zone)
        if waiting and speaker is not None:
            call = waiting[0].call
            assert call is not None
            self._beginning = call.seq
            return [Begin(waiting[0].id, call.seq, speaker.id)]
        return self._next_text(state, now)

    def _next_text(self, state: QueueState, now: int) -> list[Action]:
        speakers = hall.speakers(state, self.zone)
        if not speakers:
            return []
        for made in state.announcements.values():
            if self._has_to_be_said(made):
                part = self._parts.get(made.id, 0)
                name = f"{self.zone}.{made.id}.{part}" if part else f"{self.zone}.{made.id}"
                self.turn = Turn(name, announcement=made.id, part=part, began=now)
                return self._hand_on(self.turn, speakers, state, now)
        return []

    def _has_to_be_said(self, made: Announcement) -> bool:
        here = not made.zones or self.zone in made.zones
        return (
            made.speak and here and self.zone not in made.spoken and made.id not in self._given_up
        )

    def _go_on(self, turn: Turn, state: QueueState, now: int) -> list[Action]:
        if turn.by is None:
            return self._begin_saying(turn, state, now)
        if turn.answer == "":
            return self._said(turn)
        if turn.answer is not None:
            return self._fell_through(turn, turn.answer, state, now)
        if turn.left_at is not None:
            return self._await_return(turn, turn.left_at, state, now)
        if now >= turn.deadline:
            turn.answer = NO_ANSWER  # another gets it once that is written
            return [Fail(turn.by)]
        self._wake(turn.deadline)
        return []

    def _begin_saying(self, turn: Turn, state: QueueState, now: int) -> list[Action]:
        speakers = [d for d in hall.speakers(state, self.zone) if d.id not in turn.tried]
        if not self._still_counts(turn, state, now):
            return self._give_up(turn, CALL_ENDED)
        if speakers:
            return self._hand_on(turn, speakers, state, now)
        if now < turn.waits_until:
            self._wake(turn.waits_until)
            return []
        if turn.was_cut:
            return self._give_up(turn, CUT)
        return self._give_up(turn, OFFLINE if turn.told else NO_SPEAKER)

    def _await_return(self, turn: Turn, left_at: int, state: QueueState, now: int) -> list[Action]:
        assert turn.by is not None
        others = self._others(turn, state)
        # With nobody to take over there is no hurry: it may be saying it to the end.
        patience = left_at + RETURN_MS if others else max(turn.deadline, left_at + ALONE_RETURN_MS)
        if turn.settles_at is not None:
            settled = turn.settles_at if others else max(turn.settles_at, turn.gathers_until)
            patience = min(patience, settled)
        if now >= patience:
            return self._fell_through(turn, OFFLINE, state, now)
        self._wake(patience)
        return []

    def _said(self, turn: Turn) -> list[Action]:
        assert turn.by is not None
        if turn.announcement is None:
            return [End(turn.ticket, turn.call, device=turn.by)]
        if turn.more:  # calls that came meanwhile go before the rest of it
            self._parts[turn.announcement] = turn.part + 1
            self.turn, self.due = None, 0
            return []
        return [EndText(turn.announcement, turn.by)]

    def _fell_through(self, turn: Turn, code: str, state: QueueState, now: int) -> list[Action]:
        """The device that had the turn did not say it: another one gets it, or nobody."""
        assert turn.by is not None
        last = turn.by
        turn.tried.add(last)
        turn.by = turn.answer = turn.left_at = turn.settles_at = None
        others = self._others(turn, state)
        if not self._still_stands(turn, state):
            return self._give_up(turn, CALL_ENDED if turn.announcement is None else code)
        if not self._still_counts(turn, state, now):
            return self._give_up(turn, code)
        if not others and code == CUT and not turn.was_cut:
            turn.was_cut, turn.waits_until = True, now + CUT_MS
            turn.tried.discard(last)
            return self._begin_saying(turn, state, now)
        return self._hand_on(turn, others, state, now) if others else self._give_up(turn, code)

    def _others(self, turn: Turn, state: QueueState) -> list[Device]:
        tried = turn.tried | {turn.by}
        return [d for d in hall.speakers(state, self.zone) if d.id not in tried]

    def _still_counts(self, turn: Turn, state: QueueState, now: int) -> bool:
        """Whether it may still be said: nothing is said late, or of a call that has ended."""
        if not self._still_stands(turn, state):
            return False
        called = state.tickets[turn.ticket].call if turn.announcement is None else None
        return called is None or now < called.at + CALL_LIVES_MS

    def _still_stands(self, turn: Turn, state: QueueState) -> bool:
        """A text that was not withdrawn, or a call whose ticket still waits for its holder."""
        if turn.announcement is not None:
            return turn.announcement in state.announcements
        ticket = state.tickets.get(turn.ticket)
        return (
            ticket is not None
            and ticket.state is TicketState.CALLED
            and ticket.call is not None
            and ticket.call.seq == turn.call
        )

    def _hand_on(
        self, turn: Turn, speakers: list[Device], state: QueueState, now: int
    ) -> list[Action]:
        """The backlog counts at the moment of each saying: it may have grown since the first."""
        turn.backlog = 1 + len(hall.waiting_calls(state, self.zone, now))
        return [Say(turn, speakers[0].id, alone=len(speakers) == 1)]

    def _give_up(self, turn: Turn, code: str) -> list[Action]:
        if turn.announcement is None:
            if turn.told:
                self._doubtful = {
                    k: t for k, t in self._doubtful.items() if t.began > turn.began - CALL_LIVES_MS
                }
                self._doubtful[turn.id] = turn
            return [End(turn.ticket, turn.call, turn.last, code)]
        if turn.last is not None:  # else all had gone: it waits for one that comes
            self._given_up.add(turn.announcement)
        self.turn = None
        self.due = 0  # at once: the next may begin
        return []

    def _wake(self, moment: int, after: int = -1) -> None:
        if moment > after:
            self.due = moment if self.due is None else min(self.due, moment)
