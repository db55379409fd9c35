"""From the facts of a journal to a verdict on its announcements. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from antrean.proof import calls as life
from antrean.proof.calls import Call, Calls
from antrean.proof.model import (
    ENDED,
    LOST,
    OLD,
    OPEN,
    REPLACED,
    SPOKEN,
    UNSPOKEN,
    Fact,
    Outcome,
    Places,
    Verdict,
    Violation,
)

LIVES_MS = 60_000  # a call that is older is not announced
# Between looking whose turn it is and the commit another call may come: milliseconds, and more
# where the disk is busy.
SLACK_MS = 500
IDLE_MS = 10_000  # a call may wait so long though nothing is being announced: a restart takes time
TEXT_MS = 25_000  # and so much longer beside a text of the hall: no call is said over it
LONGEST_MS = 150_000  # of an announcement: begun in a call's last moment, and a long phrase
NO_SPEAKER, EXPIRED = "no_speaker", "expired"
WITHOUT_TURN = (NO_SPEAKER, EXPIRED)  # why a call is unspoken that never was announced


def prove(facts: Iterable[Fact], places: Places) -> Verdict:
    """Judge the facts, in the order of their `seq`. Calls of before the first one are left out."""
    judge = _Judge(places)
    for fact in facts:
        judge.take(fact)
    return judge.conclude()


@dataclass(slots=True)
class _Zone:
    """One zone while the journal goes on."""

    name: str
    pending: dict[int, Outcome] = field(default_factory=dict)  # by call
    current: Outcome | None = None  # what is being announced


@dataclass(slots=True)
class _Text:
    """A text of the hall that has still to be said in `zones`; none: in all but `said`."""

    zones: tuple[str, ...]
    said: set[str] = field(default_factory=set)
    until: int | None = None  # withdrawn: it may be said to its end

    def may_be_heard(self, zone: str, at: int) -> bool:
        here = not self.zones or zone in self.zones
        return here and zone not in self.said and (self.until is None or at < self.until)


class _Judge:
    def __init__(self, places: Places) -> None:
        self._places = places
        self._verdict = Verdict()
        self._calls = Calls()
        self._zones: dict[str, _Zone] = {}
        self._outcomes: dict[tuple[str, int], Outcome] = {}
        self._homes = {device: [(0, zone)] for device, zone in places.devices.items()}
        self._texts: dict[str, _Text] = {}
        self._at = 0
        self._steps = {
            "call.announced": self._announced,
            "call.spoken": self._spoken,
            "call.unspoken": self._unspoken,
            "call.shown": self._shown,
            "device.paired": self._placed,
            "device.changed": self._placed,
            "device.failed": self._failed,
            "announcement.made": self._made,
            "announcement.spoken": self._text,
            "announcement.withdrawn": self._withdrawn,
            "day.started": self._new_day,
        }

    def take(self, fact: Fact) -> None:
        verdict = self._verdict
        if not verdict.facts:
            verdict.first, verdict.began_at = fact.seq, fact.at
        elif fact.seq != verdict.last + 1:
            self._violated("gap", "", fact.seq, f"entry {fact.seq} follows {verdict.last}")
        for zone in self._zones.values():
            if zone.current is None:
                heard = any(t.may_be_heard(zone.name, self._at) for t in self._texts.values())
                for outcome in zone.pending.values():
                    waited = max(0, fact.at - max(self._at, outcome.called_at))
                    outcome.idle_ms += waited
                    outcome.text_ms += waited if heard else 0
        verdict.facts, verdict.last, verdict.ended_at = verdict.facts + 1, fact.seq, fact.at
        self._at = fact.at
        if fact.type in life.MOVES:
            self._moved(fact)
        elif step := self._steps.get(fact.type):
            step(fact)

    def conclude(self) -> Verdict:
        for zone in self._zones.values():
            if (current := zone.current) is not None:
                self._open_end(current)
            for outcome in [o for o in zone.pending.values() if o.became != UNSPOKEN]:
                if self._at - outcome.called_at > LIVES_MS + IDLE_MS:
                    self._lose(outcome, self._verdict.last)
                else:
                    outcome.became = OPEN
        return self._verdict

    def _open_end(self, current: Outcome) -> None:
        current.became = OPEN
        if self._at - (current.announced_at or 0) > LONGEST_MS:
            current.became = LOST
            seconds = (self._at - (current.announced_at or 0)) // 1000
            self._violated(
                "never_ended",
                current.zone,
                self._verdict.last,
                f"{_named(current)} is announced since {seconds} s",
            )

    # tickets
    def _moved(self, fact: Fact) -> None:
        before, after = self._calls.move(fact)
        if before is not None and before != after:
            replaced = after is not None and after.is_recall
            for zone in self._zones.values():
                if (outcome := zone.pending.pop(before.seq, None)) is not None:
                    self._left(outcome, fact, REPLACED if replaced else ENDED)
        if after is not None and before != after:
            for name in self._places.zones(after.seq, after.service, after.counter):
                self._wait_in(name, after)

    def _wait_in(self, name: str, call: Call) -> None:
        """A call waits for its turn; one that is called again by undo may have had it."""
        zone = self._zones.setdefault(name, _Zone(name))
        outcome = self._outcomes.get((name, call.seq))
        if outcome is None:
            outcome = Outcome(
                name, call.seq, call.ticket, call.number, call.counter, call.is_recall, call.at
            )
            self._outcomes[name, call.seq] = outcome
            self._verdict.outcomes.append(outcome)
        if not outcome.begun and outcome.became != UNSPOKEN:
            outcome.became = ""
            zone.pending[call.seq] = outcome

    def _left(self, outcome: Outcome, fact: Fact, became: str) -> None:
        """The ticket moved on before the call's turn."""
        if outcome.became == UNSPOKEN:
            return  # for want of a speaker, and none came
        if outcome.idle_ms - min(outcome.text_ms, TEXT_MS) > IDLE_MS:
            self._lose(outcome, fact.seq)
        else:
            old = became == ENDED and fact.at - outcome.called_at > LIVES_MS
            outcome.became = OLD if old else became

    def _lose(self, outcome: Outcome, seq: int) -> None:
        outcome.became = LOST
        idle = outcome.idle_ms / 1000
        text = f"{_named(outcome)} had no turn, though nothing was announced for {idle:.1f} s"
        self._violated("lost", outcome.zone, seq, text)

    # what the hall did
    def _announced(self, fact: Fact) -> None:
        zone = self._zones.setdefault(fact.data["zone"], _Zone(fact.data["zone"]))
        if zone.current is not None:
            text = f"{fact.data['number']} began while {_named(zone.current)} was announced"
            self._violated("overlap", zone.name, fact.seq, text)
        outcome = self._outcome(fact)
        if outcome is None:
            return
        if outcome.begun and outcome.code != NO_SPEAKER:
            text = f"{_named(outcome)} was announced before"
            self._violated("announced_twice", zone.name, fact.seq, text)
        call = self._calls.now.get(outcome.ticket)
        if call is None or call.seq != outcome.call:
            text = f"{_named(outcome)} was announced when its ticket was no longer called"
            self._violated("not_called", zone.name, fact.seq, text)
        if fact.at - outcome.called_at >= LIVES_MS + SLACK_MS:
            age = (fact.at - outcome.called_at) / 1000
            self._violated("too_late", zone.name, fact.seq, f"{_named(outcome)} is {age:.1f} s old")
        zone.pending.pop(outcome.call, None)
        self._check_order(zone, outcome, fact)
        alive = [o for o in zone.pending.values() if fact.at - o.called_at < LIVES_MS]
        outcome.backlog = 1 + len(alive)
        outcome.announced_at, outcome.device = fact.at, fact.data.get("device")
        outcome.code, outcome.became, outcome.ended_at = None, "", None
        zone.current = outcome

    def _check_order(self, zone: _Zone, begun: Outcome, fact: Fact) -> None:
        mine = (not begun.is_recall, begun.call)
        for other in zone.pending.values():
            age = fact.at - other.called_at
            if SLACK_MS < age < LIVES_MS and (not other.is_recall, other.call) < mine:
                text = f"{_named(begun)} began, though {_named(other)} was first in turn"
                self._violated("order", zone.name, fact.seq, text)
                return

    def _spoken(self, fact: Fact) -> None:
        if (outcome := self._outcome(fact)) is None:
            return
        if outcome.became == SPOKEN:
            text = f"{_named(outcome)} was spoken before"
            self._violated("spoken_twice", outcome.zone, fact.seq, text)
        self._end(outcome, fact, SPOKEN)
        outcome.spoken_by, outcome.code = fact.data.get("device"), None
        self._check_device(outcome, fact)

    def _unspoken(self, fact: Fact) -> None:
        if (outcome := self._outcome(fact)) is None:
            return
        code = fact.data.get("code")
        if not code:
            text = f"{_named(outcome)} was not spoken, and nobody says why"
            self._violated("no_reason", outcome.zone, fact.seq, text)
        if outcome.became == SPOKEN:
            text = f"{_named(outcome)} was given up after it had been spoken"
            self._violated("spoken_twice", outcome.zone, fact.seq, text)
        if code in WITHOUT_TURN and not outcome.begun:
            self._zones[outcome.zone].pending.pop(outcome.call, None)
            outcome.became, outcome.ended_at = UNSPOKEN, fact.at
        else:
            self._end(outcome, fact, UNSPOKEN)
        outcome.code = code
        call = self._calls.now.get(outcome.ticket)
        if code == NO_SPEAKER and call is not None and call.seq == outcome.call:
            self._zones[outcome.zone].pending[outcome.call] = outcome  # for one that comes

    def _end(self, outcome: Outcome, fact: Fact, became: str) -> None:
        """An announcement ends; or it is corrected later what had ended unspoken."""
        zone = self._zones[outcome.zone]
        zone.pending.pop(outcome.call, None)
        if zone.current is outcome:
            zone.current = None
        elif not outcome.begun and outcome.became != UNSPOKEN:
            text = f"{_named(outcome)} is {became}, but never was announced"
            self._violated("not_announced", outcome.zone, fact.seq, text)
        outcome.became, outcome.ended_at = became, fact.at

    def _shown(self, fact: Fact) -> None:
        if (outcome := self._outcome(fact)) is None:
            return
        if outcome.shown_at is not None:
            text = f"{_named(outcome)} was shown for the first time before"
            self._violated("shown_twice", outcome.zone, fact.seq, text)
        outcome.shown_at, outcome.shown_by = fact.at, fact.data.get("device")
        self._check_device(outcome, fact)

    def _outcome(self, fact: Fact) -> Outcome | None:
        """The call that a fact is about; None for one of before the first fact, or unknown."""
        data, zone = fact.data, fact.data["zone"]
        outcome = self._outcomes.get((zone, data["call"]))
        if outcome is None:
            if data["call"] >= self._verdict.first:
                text = (
                    f"{data['number']} at {data['counter']}: entry {data['call']} calls nobody here"
                )
                self._violated("wrong", zone, fact.seq, text)
            return None
        told = (data["number"], data["counter"], data.get("ticket", outcome.ticket))
        if told != (outcome.number, outcome.counter, outcome.ticket):
            text = f"{data['number']} at {data['counter']}, but {_named(outcome)} was called"
            self._violated("wrong", zone, fact.seq, text)
        return outcome

    # everything else
    def _check_device(self, outcome: Outcome, fact: Fact) -> None:
        """It may finish what it was given before it was moved to another zone."""
        device = fact.data.get("device") or ""
        homes = self._homes.get(device, [])
        before = [zone for at, zone in homes if at <= outcome.called_at][-1:]
        since = [zone for at, zone in homes if at > outcome.called_at]
        if homes and outcome.zone not in (*before, *since):
            text = f"{_named(outcome)}: {fact.type} by device {device} of zone {homes[-1][1]}"
            self._violated("foreign_device", outcome.zone, fact.seq, text)

    def _placed(self, fact: Fact) -> None:
        self._homes.setdefault(fact.data["device"], []).append((fact.at, fact.data["zone"]))

    def _failed(self, fact: Fact) -> None:
        self._verdict.failures += 1

    def _made(self, fact: Fact) -> None:
        if fact.data.get("speak"):
            self._texts[fact.data["announcement"]] = _Text(tuple(fact.data["zones"]))

    def _text(self, fact: Fact) -> None:
        self._verdict.texts += 1
        if text := self._texts.get(fact.data["announcement"]):
            text.said.add(fact.data["zone"])

    def _withdrawn(self, fact: Fact) -> None:
        if text := self._texts.get(fact.data["announcement"]):
            text.until = fact.at + TEXT_MS

    def _new_day(self, fact: Fact) -> None:
        """Tickets of the day before have expired; what was being announced ends with them."""
        for zone in self._zones.values():
            if (current := zone.current) is not None and current.ticket not in self._calls.now:
                zone.current = None
                current.became, current.ended_at = ENDED, fact.at

    def _violated(self, kind: str, zone: str, seq: int, text: str) -> None:
        self._verdict.violations.append(Violation(kind, zone, seq, text))


def _named(outcome: Outcome) -> str:
    kind = "recall" if outcome.is_recall else "call"
    return f"{outcome.number} at {outcome.counter} ({kind} {outcome.call})"
