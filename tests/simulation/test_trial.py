"""The hall trial's own judgement: what displays played, against what the journal says."""

import itertools
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from antrean.catalogue import BUILT_IN, parse
from bench.trial import faults
from bench.trial.checks import Trouble, compare, plays, returns
from bench.trial.displays import Display, Happened
from bench.trial.proxy import Proxy
from bench.trial.server import always_open
from bench.trial.words import read, spelled

CHIME, PHRASE = "/audio/c.wav", "/audio/p.wav"


class Tv:
    """A display that never ran, with a log that a test writes. Times in seconds."""

    def __init__(self, name: str = "TV", zone: str = "utama") -> None:
        self.display = Display(name, zone, Path(), Proxy(0), False, print)
        self.count = 0

    def note(self, at: float, kind: str, **facts: Any) -> None:
        self.display.log.append(Happened(round(at * 1000), kind, facts))

    def told(self, at: float, call: int, number: str = "A-001", counter: str = "l1") -> None:
        self.note(
            at,
            "speak",
            id=f"{self.display.zone}.{call}",
            call=call,
            number=number,
            counter=counter,
            audio=[CHIME, PHRASE],
        )

    def sound(self, at: float, url: str, seconds: float, wait: float = 0.0) -> int:
        self.count += 1
        self.note(at, "start", id=self.count, url=url, wait=wait, seconds=seconds, audible=True)
        return self.count

    def plays(self, at: float) -> None:
        """Chime and phrase, five seconds in all, to their end."""
        chime, phrase = self.sound(at, CHIME, 1), self.sound(at, PHRASE, 4, wait=1)
        self.note(at + 1, "end", id=chime, url=CHIME)
        self.note(at + 5, "end", id=phrase, url=PHRASE)

    def answers(self, at: float, call: int, code: str | None = None) -> None:
        facts = {"id": f"{self.display.zone}.{call}"} | ({"code": code} if code else {})
        self.note(at, "unspoken" if code else "spoken", **facts)

    def says(self, at: float, call: int, number: str = "A-001", counter: str = "l1") -> None:
        self.told(at, call, number, counter)
        self.plays(at + 0.1)
        self.answers(at + 5.2, call)


def outcome(call: int, became: str = "spoken", **facts: Any) -> dict[str, Any]:
    known = {
        "zone": "utama",
        "call": call,
        "number": "A-001",
        "counter": "l1",
        "called_at": 0,
        "became": became,
        "code": None,
    }
    return known | facts


def found(calls: list[dict[str, Any]], *tvs: Tv) -> list[str]:
    return compare(calls, [tv.display for tv in tvs]).violations


def test_what_was_said_once_and_whole_is_fine() -> None:
    tv, far = Tv(), Tv("TV timur", "timur")
    tv.says(1, 7)
    tv.says(7, 9)
    far.says(2, 7)  # another zone may speak at the same time
    calls = [outcome(7), outcome(9), outcome(7, zone="timur")]
    compared = compare(calls, [tv.display, far.display])
    assert (compared.violations, compared.notes) == ([], [])
    assert (compared.played, compared.whole) == (3, 3)
    assert [p.times for p in plays(tv.display)] == [1, 1]


def test_a_confirmation_without_a_sound_is_found() -> None:
    tv = Tv()
    tv.told(1, 7)
    tv.answers(6, 7)
    assert "nobody played it whole" in found([outcome(7)], tv)[0]


def test_a_sound_that_was_cut_is_found() -> None:
    tv = Tv()
    tv.told(1, 7)
    first = tv.sound(1, CHIME, 1)
    second = tv.sound(1, PHRASE, 4, wait=1)
    tv.note(2, "end", id=first)
    tv.note(3, "stop", id=second)
    tv.answers(3.1, 7)
    assert any("was cut" in text for text in found([outcome(7)], tv))
    # One that says itself that it was cut, and is asked again, is as it must be.
    honest = Tv()
    honest.told(1, 7)
    sound = honest.sound(1, PHRASE, 4)
    honest.note(3, "stop", id=sound)
    honest.answers(3.1, 7, "cut")
    honest.says(4, 7)
    assert found([outcome(7)], honest) == []


def test_a_page_that_goes_takes_its_sounds_with_it() -> None:
    tv = Tv()
    tv.told(1, 7)
    tv.sound(1, PHRASE, 4)
    tv.note(2, "lost")
    tv.told(8, 9)
    tv.plays(8.1)
    tv.answers(14, 9)
    assert found([outcome(7, "unspoken", code="offline"), outcome(9)], tv) == []
    assert any("whole" in text for text in found([outcome(7), outcome(9)], tv))


def test_a_call_that_was_played_twice_is_found() -> None:
    tv = Tv()
    tv.told(1, 7)
    tv.plays(1.1)
    tv.plays(7)
    tv.answers(13, 7)
    assert any("played 2 times" in text for text in found([outcome(7)], tv))
    one, other = Tv("TV 1"), Tv("TV 2")
    one.says(1, 7)
    other.says(20, 7)
    assert "said by TV 1 and by TV 2" in found([outcome(7)], one, other)[0]


def test_two_sounds_at_once_in_a_zone_are_found() -> None:
    one, other = Tv("TV 1"), Tv("TV 2")
    one.says(1, 7)
    other.says(3, 9)
    assert any("while utama.7 sounded" in t for t in found([outcome(7), outcome(9)], one, other))


def test_another_counter_and_a_late_beginning_are_found() -> None:
    tv = Tv()
    tv.says(1, 7, counter="l9")
    tv.says(100, 9)
    texts = found([outcome(7), outcome(9)], tv)
    assert any("l9" in text for text in texts)
    assert any("older than 60 s" in text for text in texts)
    assert "no such call" in found([], tv)[0]


def test_other_words_and_another_picture_are_found() -> None:
    tv = Tv()
    tv.says(1, 7)
    speak, shown = tv.display.log[0].facts, {"id": 1, "large": {}}
    tv.display.log.insert(3, Happened(1900, "large", shown))
    names = {"l1": "Loket 1"}
    speak["text"] = {"id": "Nomor antrean A nol nol satu, silakan menuju ke Loket satu"}
    shown["large"] = {"number": "A-001", "counter": "l1"}
    assert compare([outcome(7)], [tv.display], names).violations == []
    shown["large"] = {"number": "A-001", "counter": "l2"}
    assert "stood large" in compare([outcome(7)], [tv.display], names).violations[0]
    shown["large"] = {}
    for wrong in (
        "Nomor antrean A nol nol satu, silakan menuju ke Loket dua",
        "Nomor antrean A nol nol satu, silakan menuju ke Loket satu dua",
        "Nomor antrean A nol nol dua, silakan menuju ke Loket satu",
        "Nomor antrean AA nol nol satu, silakan menuju ke Loket satu",
    ):
        speak["text"] = {"id": wrong}
        assert "is said as" in compare([outcome(7)], [tv.display], names).violations[0]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Loket 3", "Loket tiga"),
        ("Loket 10", "Loket sepuluh"),
        ("Loket 11", "Loket sebelas"),
        ("Loket 15", "Loket lima belas"),
        ("Loket 20", "Loket dua puluh"),
        ("Loket 24", "Loket dua puluh empat"),
    ],
)
def test_what_a_trial_expects_to_hear(name: str, said: str) -> None:
    assert read(name) == said
    assert spelled("AB-1209") == "A B satu dua nol sembilan"


@pytest.mark.parametrize(
    ("audio", "backlog", "is_fine"),
    [
        ([CHIME, PHRASE, "/audio/gap.wav", PHRASE], 1, True),
        ([CHIME, PHRASE, "/audio/gap.wav", PHRASE], 5, False),
        ([CHIME, PHRASE], 5, True),
        ([CHIME, PHRASE], 9, False),
        ([CHIME], 9, True),
        ([CHIME], 8, True),
        ([CHIME], 6, False),
    ],
)
def test_a_backlog_is_shortened_by_its_rule(audio: list[str], backlog: int, is_fine: bool) -> None:
    tv = Tv()
    tv.told(1, 7)
    tv.display.log[0].facts["audio"] = audio
    call = outcome(7, "unspoken", code="offline", announced_at=900, backlog=backlog)
    assert (found([call], tv) == []) is is_fine
    for began in (-10_000, 5000):  # handed on long after; cut, and begun anew with another backlog
        assert found([call | {"announced_at": began}], tv) == []


def test_a_call_that_came_between_beginning_and_saying_may_be_counted() -> None:
    tv = Tv()
    tv.told(1, 7)
    tv.display.log[0].facts["audio"] = [CHIME]
    begun = outcome(7, "unspoken", code="offline", announced_at=900, backlog=7)
    assert "7 waited" in found([begun], tv)[0]
    late = outcome(8, "") | {"called_at": 2001}
    assert "7 waited" in found([begun, late, late | {"zone": "lain"}], tv)[0]
    assert found([begun, late | {"called_at": 950}], tv) == []


def test_a_lost_confirmation_is_no_violation() -> None:
    tv = Tv()
    tv.says(1, 7)
    compared = compare([outcome(7, "unspoken", code="no_answer")], [tv.display])
    assert compared.violations == []
    assert "no_answer" in compared.notes[0]


@pytest.mark.parametrize(
    ("states", "stale", "back"),
    [
        ([(5, "stale"), (31, "live")], 5.0, 1.0),
        ([(-5, "live")], None, None),
        ([], None, None),
        ([(31, "live"), (32, "stale")], None, 1.0),
    ],
)
def test_how_soon_a_board_came_back(
    states: list[tuple[float, str]], stale: float | None, back: float | None
) -> None:
    tv = Tv()
    for at, state in states:
        tv.note(at, "connection", state=state)
    trouble = Trouble(faults.PULL, ("TV",), 0, 30_000)
    assert returns(tv.display, trouble) == {"stale": stale, "back": back}


def test_a_board_that_was_back_before_it_was_stale_has_reported_anew() -> None:
    tv = Tv()
    tv.note(-60, "connection", state="live")
    tv.note(-59, "report", sound="on")
    trouble = Trouble(faults.KILL, ("TV",), 0, 1_500)
    assert returns(tv.display, trouble) == {"stale": None, "back": None}
    tv.note(1.9, "report", sound="on")
    tv.note(70, "connection", state="stale")  # of the next trouble
    tv.note(80, "connection", state="live")
    assert returns(tv.display, trouble) == {"stale": None, "back": 0.4}


@pytest.mark.parametrize("minutes", [3, 10, 120])
def test_faults_are_drawn_by_the_seed_and_lie_apart(minutes: float) -> None:
    rush = (minutes * 20, minutes * 20 + 60 * minutes / 8)
    drawn = faults.draw(7, minutes, rush)
    assert drawn == faults.draw(7, minutes, rush)
    assert {faults.KILL, faults.PULL} <= {fault.kind for fault in drawn}
    assert all(0 < fault.at < minutes * 60 for fault in drawn)
    assert drawn == sorted(drawn, key=lambda fault: fault.at)
    if minutes == 120:
        assert {faults.KILL, faults.PULL} <= {f.kind for f in drawn if rush[0] <= f.at <= rush[1]}
        gaps = [b.at - a.at for a, b in itertools.pairwise(drawn)]
        assert min(gaps) >= faults.APART_SECONDS


def test_the_trial_plays_the_built_in_mall_at_any_hour() -> None:
    text = always_open(BUILT_IN.read_text(encoding="utf-8"))
    catalogue = parse(text, "hall.toml")
    assert {"utama", "timur"} <= set(catalogue.zones)
    hours = {service.hours for service in catalogue.services.values() if service.operating}
    assert len(hours) == 1
    # Its day does not end in the middle of a trial.
    now = datetime.now(ZoneInfo(catalogue.site.timezone))
    assert (now.hour * 60 + now.minute - catalogue.site.day_starts) % 1440 <= 20 * 60
