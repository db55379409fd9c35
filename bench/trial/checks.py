"""What displays really played, held against the journal's proof; and how soon they came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from antrean.proof.model import SPOKEN
from antrean.proof.prove import LIVES_MS, SLACK_MS
from antrean.proof.report import CHIME_ALONE_FROM, NO_REPEATS_FROM
from bench.trial.displays import Display, Happened
from bench.trial.words import read, spelled

STALE_SECONDS = 10.0
BACK_SECONDS = 5.0
SEEN_MS = 15_000  # a trouble that a board did not tell of by then, it never told of
PROMPT_MS = 3_000  # from the beginning of a turn until its display is told
SHORT_MS = 250  # a sound that ends so much before its length was cut


@dataclass(slots=True)
class Sound:
    """One file that a display played."""

    id: int
    url: str
    began: int
    should_end: int
    ended: int | None = None
    cut: bool = False
    audible: bool = True
    large: Mapping[str, Any] = field(default_factory=dict)  # what stood largest on the board

    @property
    def whole(self) -> bool:
        return self.ended is not None and not self.cut and self.ended >= self.should_end - SHORT_MS


@dataclass(slots=True)
class Played:
    """What a display did with one `speak`."""

    display: str
    zone: str
    id: str
    call: int | None
    told: int
    frame: Mapping[str, Any]
    sounds: list[Sound] = field(default_factory=list)
    answers: list[tuple[int, str]] = field(default_factory=list)  # at, "" or a code
    closed: int | None = None  # its page ended

    @property
    def began(self) -> int | None:
        return min((s.began for s in self.sounds), default=None)

    @property
    def ended(self) -> int | None:
        return max((s.ended or s.began for s in self.sounds), default=None)

    @property
    def audio(self) -> list[str]:
        """Paths of what it is made of."""
        return [urlsplit(url).path for url in self.frame.get("audio") or ()]

    @property
    def times(self) -> int:
        """How often it was begun."""
        return -(-len(self.sounds) // max(1, len(self.audio)))

    def takes(self, url: str, at: int) -> bool:
        """Whether a sound that begins now can be one of its."""
        is_over = self.closed is not None or any(answered < at for answered, _ in self.answers)
        return not is_over and url in self.audio

    def lacks(self, url: str) -> bool:
        return sum(s.url == url for s in self.sounds) < self.audio.count(url)

    @property
    def whole(self) -> bool:
        return bool(self.sounds) and all(s.whole for s in self.sounds)


def plays(display: Display) -> list[Played]:
    """Each `speak` that a display was told, with the sounds that it then played, in order."""
    told: list[Played] = []
    waiting: list[Played] = []  # the device says one after the other, in the order it was told
    sounds: dict[tuple[int, int], Sound] = {}
    page = 0
    for entry in display.log:
        facts = entry.facts
        match entry.kind:
            case "page" | "lost":
                page += 1
                _silence(sounds, entry.at)
                for played in waiting:
                    played.closed = entry.at
                waiting = []
            case "speak":
                known = next((p for p in waiting if p.id == facts["id"]), None)
                if known is None:
                    call = facts.get("call")
                    known = Played(display.name, display.zone, facts["id"], call, entry.at, facts)
                    told.append(known)
                    waiting.append(known)
            case "start":
                _begin(told, sounds, page, entry)
            case "large":
                if (sound := sounds.get((page, facts["id"]))) is not None and sound.ended is None:
                    sound.large = facts["large"]
            case "end" | "stop":
                _end(sounds.get((page, facts["id"])), entry)
            case "spoken" | "unspoken":
                found = [p for p in told if p.id == facts["id"]]
                if found:
                    found[-1].answers.append((entry.at, facts.get("code", "")))
                waiting = [p for p in waiting if p.id != facts["id"]]
    return told


def _begin(
    told: list[Played], sounds: dict[tuple[int, int], Sound], page: int, entry: Happened
) -> None:
    facts = entry.facts
    began = entry.at + round(facts["wait"] * 1000)
    sound = Sound(facts["id"], facts["url"], began, began + round(facts["seconds"] * 1000))
    sound.audible = facts["audible"]
    sounds[page, facts["id"]] = sound
    # The chime is in all of them: the first that was told, is not over and has not had it yet.
    takers = [p for p in told if p.takes(sound.url, entry.at)]
    for played in [p for p in takers if p.lacks(sound.url)] or takers[:1]:
        played.sounds.append(sound)
        return


def _end(sound: Sound | None, entry: Happened) -> None:
    if sound is None or sound.ended is not None:
        return
    sound.ended = entry.at
    sound.cut = entry.kind == "stop"


def _silence(sounds: dict[tuple[int, int], Sound], at: int) -> None:
    """A page that ends takes its sounds with it."""
    for sound in sounds.values():
        if sound.ended is None:
            sound.ended, sound.cut = at, True


@dataclass(slots=True)
class Compared:
    """Violations break the promise; notes are what a fault excuses, to be read."""

    violations: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    played: int = 0
    whole: int = 0


def compare(
    calls: Sequence[Mapping[str, Any]],
    displays: Sequence[Display],
    counters: Mapping[str, str] | None = None,
) -> Compared:
    """`calls`: outcomes of the proof, as plain values; `counters`: their names by id."""
    found = Compared()
    by_call = {(c["zone"], c["call"]): c for c in calls}
    played = [p for d in displays for p in plays(d)]
    for one in played:
        call = by_call.get((one.zone, one.call or 0))
        _judge(one, call, found)
        _hold_to_words(one, counters or {}, found)
        if call is not None:
            _hold_to_backlog(one, call, calls, found)
    heard = {(p.zone, p.call) for p in played if p.whole}
    zones = {d.zone for d in displays}
    for call in calls:
        is_said = call["became"] == SPOKEN and call["zone"] in zones
        if is_said and (call["zone"], call["call"]) not in heard:
            found.violations.append(f"{_named(call)} counts as spoken, but nobody played it whole")
    _twice(played, found)
    _overlaps(played, found)
    return found


def _judge(one: Played, call: Mapping[str, Any] | None, found: Compared) -> None:
    if one.call is None:
        return  # a text of the hall
    who = f"{one.display}: {one.frame.get('number')} ({one.id})"
    if call is None:
        found.violations.append(f"{who}: there is no such call")
        return
    told = (one.frame["number"], one.frame["counter"])
    if told != (call["number"], call["counter"]):
        found.violations.append(f"{who}: told {told}, but {_named(call)} was called")
    if not one.sounds:
        return
    found.played += 1
    found.whole += one.whole
    if one.times > 1:
        found.violations.append(f"{who}: played {one.times} times")
    if any(not s.audible for s in one.sounds):
        found.violations.append(f"{who}: played while its sound was blocked")
    if (one.began or 0) > call["called_at"] + LIVES_MS + SLACK_MS:
        found.violations.append(f"{who}: begun when the call was older than 60 s")
    said = any(code == "" for _, code in one.answers)
    if said and not one.whole:
        found.violations.append(f"{who}: told as spoken, but was cut")
    elif one.whole and call["became"] != SPOKEN:
        found.notes.append(f"{who}: played to its end, but the journal says {call['code']}")
    elif not one.whole:
        found.notes.append(f"{who}: cut by a fault; the call became {call['became']}")


def _hold_to_words(one: Played, counters: Mapping[str, str], found: Compared) -> None:
    """The words, and what stands large while they sound, name the same number and counter."""
    if one.call is None:
        return
    number, counter = one.frame["number"], one.frame["counter"]
    words = str((one.frame.get("text") or {}).get("id", ""))
    # A counter ends the phrase: "Loket dua" is in "Loket dua puluh", too.
    named = f" {spelled(number)}," in words and words.endswith(
        f" {read(counters.get(counter, ''))}"
    )
    if counters and not named:
        found.violations.append(f"{one.display}: {number} at {counter} is said as {words!r}")
    for sound in one.sounds[:1]:
        shown = (sound.large.get("number"), sound.large.get("counter"))
        if sound.large and shown != (number, counter):
            found.violations.append(
                f"{one.display}: {number} at {counter} sounded while {shown} stood large"
            )


def _hold_to_backlog(
    one: Played, call: Mapping[str, Any], calls: Sequence[Mapping[str, Any]], found: Compared
) -> None:
    """From eight waiting calls on the chime alone, from four on no repeats."""
    begun = call.get("announced_at")
    # The journal knows what waited at the last beginning: nothing of a saying before it (cut by a
    # fault, and begun anew) or long after it (handed on).
    if begun is None or not 0 <= one.told - begun <= PROMPT_MS:
        return
    # The server counts when it says it, a moment later: one may have gone, and others come.
    came = [c for c in calls if c["zone"] == one.zone and begun <= c["called_at"] <= one.told]
    fewest, most = call["backlog"] - 1, call["backlog"] + len(came)
    is_chime = len(one.audio) == 1
    repeats = len(one.audio) > len(set(one.audio))
    if most < CHIME_ALONE_FROM if is_chime else fewest >= CHIME_ALONE_FROM:
        found.violations.append(
            f"{one.display}: {_named(call)}: {fewest} to {most} waited, {one.audio}"
        )
    elif repeats and fewest >= NO_REPEATS_FROM:
        found.violations.append(
            f"{one.display}: {_named(call)}: {fewest} or more waited, yet repeated"
        )


def _twice(played: Sequence[Played], found: Compared) -> None:
    """A call that two turns of any display said to the end."""
    whole: dict[tuple[str, int], Played] = {}
    for one in played:
        if one.call is None or not one.whole:
            continue
        other = whole.setdefault((one.zone, one.call), one)
        if other is not one:
            found.violations.append(f"{one.id}: said by {other.display} and by {one.display}")


def _overlaps(played: Sequence[Played], found: Compared) -> None:
    for zone in {p.zone for p in played}:
        turns = sorted(
            (p for p in played if p.zone == zone and p.sounds), key=lambda p: p.began or 0
        )
        for one, other in pairwise(turns):
            if (other.began or 0) < (one.ended or 0) - 50:
                found.violations.append(f"{zone}: {other.id} began while {one.id} sounded")


def _named(call: Mapping[str, Any]) -> str:
    return f"{call['zone']} {call['number']} at {call['counter']} (call {call['call']})"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault as it was: `lost` and `mended` in ms since 1970."""

    kind: str
    displays: tuple[str, ...]
    lost: int
    mended: int


def returns(display: Display, trouble: Trouble) -> dict[str, float | None]:
    """Seconds from the loss until the display said that it is stale, and from the mending until it
    was live again; None where it never did, `stale` also where the trouble was too short for it."""
    states = [(e.at, e.facts["state"]) for e in display.log if e.kind == "connection"]
    stale = next((at for at, s in states if s == "stale" and at >= trouble.lost), None)
    live = next((at for at, s in states if s == "live" and at >= trouble.mended - 200), None)
    if not any(trouble.lost <= at <= trouble.mended + SEEN_MS for at, _ in states):
        # Back before anybody had to be told: then it has reported itself anew.
        live = next(
            (e.at for e in display.log if e.kind == "report" and e.at >= trouble.lost), None
        )
    if stale is not None and live is not None and stale > live:
        stale = None
    return {
        "stale": None if stale is None else (stale - trouble.lost) / 1000,
        "back": None if live is None else max(0.0, (live - trouble.mended) / 1000),
    }
