"""What the proof of a hall's announcements finds: each violation from a short journal."""

from collections.abc import Callable
from datetime import UTC
from typing import Any

import pytest

from antrean.proof import Fact, Places, Verdict, prove
from antrean.proof.model import KINDS, Plan
from antrean.proof.report import each, figures, words

PLACES = Places(
    [Plan(0, {"ktp": "utama", "sim": "timur"}, {"l1": "utama", "l2": "utama", "l3": "timur"})],
    {"tv": "utama", "tv2": "utama", "tv-timur": "timur"},
)


class Journal:
    """A journal that grows by a line a call. `seq` is that of the last line."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.at = 0.0
        self.seq = 100  # of a range that does not begin with the journal

    def line(self, at: float, kind: str, **data: Any) -> int:
        self.seq += 1
        self.at = at
        self.facts.append(Fact(self.seq, round(at * 1000), kind, data))
        return self.seq

    def ticket(self, at: float, verb: str, number: str, counter: str = "l1", **more: Any) -> int:
        facts = {"ticket": f"id-{number}", "number": number, "service": "ktp", "counter": counter}
        return self.line(at, f"ticket.{verb}", **(facts | more))

    def hall(
        self, at: float, verb: str, number: str, call: int, counter: str = "l1", **more: Any
    ) -> int:
        facts = {
            "ticket": f"id-{number}",
            "number": number,
            "service": "ktp",
            "counter": counter,
            "zone": "utama",
            "call": call,
            "device": "tv",
        }
        return self.line(at, f"call.{verb}", **(facts | more))

    def said(self, at: float, number: str, call: int, counter: str = "l1") -> None:
        self.hall(at, "announced", number, call, counter)
        self.hall(at + 5, "spoken", number, call, counter)

    def verdict(self) -> Verdict:
        return prove(self.facts, PLACES)


Story = Callable[[Journal], object]


def became(verdict: Verdict) -> list[tuple[str, str]]:
    return [(o.number, o.became) for o in verdict.outcomes]


def test_a_good_morning_holds() -> None:
    j = Journal()
    a = j.ticket(0, "called", "A-001")
    j.hall(0.1, "shown", "A-001", a)
    j.hall(0.1, "announced", "A-001", a)
    b = j.ticket(1, "called", "B-001", "l2")
    r = j.ticket(3, "recalled", "A-001")
    j.hall(6, "spoken", "A-001", a)
    j.said(6.1, "A-001", r)  # the recall goes first
    j.said(11.2, "B-001", b, "l2")
    verdict = j.verdict()
    assert verdict.violations == []
    assert became(verdict) == [("A-001", "spoken"), ("B-001", "spoken"), ("A-001", "spoken")]
    assert [o.backlog for o in verdict.outcomes] == [1, 1, 2]
    zone = figures(verdict)["zones"]["utama"]
    assert zone["spoken_by"] == {"tv": 3}
    assert zone["recalls"] == 1
    assert zone["seconds"]["call_to_shown"] == {"n": 1, "p50": 0.1, "p99": 0.1, "max": 0.1}
    assert zone["seconds"]["call_to_announced"]["max"] == 10.2


GOOD: dict[str, tuple[Story, list[tuple[str, str]]]] = {}


def good(*expected: tuple[str, str]) -> Callable[[Story], Story]:
    def note(story: Story) -> Story:
        GOOD[story.__name__] = (story, list(expected))
        return story

    return note


@good(("A-001", "ended"))
def a_call_that_ended_before_its_turn(j: Journal) -> None:
    j.ticket(0, "called", "A-001")
    j.ticket(4, "started", "A-001")
    j.line(300, "ticket.issued", ticket="x", number="A-002", service="ktp")


@good(("A-001", "replaced"), ("A-001", "spoken"))
def a_recall_in_place_of_its_call(j: Journal) -> None:
    j.ticket(0, "called", "A-001")
    j.said(2.1, "A-001", j.ticket(2, "recalled", "A-001"))


@good(("A-001", "unspoken"))
def a_call_without_a_speaker(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.hall(8.1, "unspoken", "A-001", call, device=None, code="no_speaker")
    j.ticket(50, "started", "A-001")
    j.line(200, "day.closed", date="2026-11-25")


@good(("A-001", "spoken"), ("B-001", "spoken"))
def a_speaker_that_came_after_all(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.hall(8.1, "unspoken", "A-001", call, device=None, code="no_speaker")
    other = j.ticket(19, "called", "B-001", "l2")
    j.said(20, "A-001", call)
    j.said(26, "B-001", other, "l2")


@good(("A-001", "spoken"))
def a_line_that_was_dead(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.hall(0.1, "announced", "A-001", call)
    j.hall(14, "unspoken", "A-001", call, code="no_answer")
    j.hall(20, "unspoken", "A-001", call, device=None, code="no_speaker")  # it never heard of it
    j.said(20.1, "A-001", call)


@good(("A-001", "spoken"))
def a_confirmation_that_came_late(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.hall(0.1, "announced", "A-001", call)
    j.hall(12, "unspoken", "A-001", call, code="offline")
    j.hall(14, "spoken", "A-001", call)


@good(("A-001", "spoken"), ("B-001", "unspoken"))
def a_call_that_became_too_old(j: Journal) -> None:
    first = j.ticket(0, "called", "A-001")
    j.hall(0, "announced", "A-001", first)
    old = j.ticket(1, "called", "B-001", "l2")
    j.hall(61.1, "spoken", "A-001", first)
    j.hall(61.2, "unspoken", "B-001", old, "l2", device=None, code="expired")


@good(("A-001", "spoken"), ("B-001", "old"))
def a_call_that_was_dealt_with_when_it_was_old(j: Journal) -> None:
    first = j.ticket(0, "called", "A-001")
    j.hall(0, "announced", "A-001", first)
    j.ticket(1, "called", "B-001", "l2")
    j.ticket(62, "no_show", "B-001", "l2")
    j.hall(63, "spoken", "A-001", first)


@good(("A-001", "open"))
def a_journal_that_ends_in_the_middle(j: Journal) -> None:
    j.hall(0.2, "announced", "A-001", j.ticket(0, "called", "A-001"))


@good(("A-001", "spoken"))
def a_start_that_is_undone_before_the_turn(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    step = j.ticket(1, "started", "A-001")
    j.ticket(2, "undone", "A-001", undid=step)
    j.said(3, "A-001", call)


@good(("A-001", "ended"))
def a_call_that_is_undone(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.ticket(1, "undone", "A-001", undid=call)
    j.line(200, "day.closed", date="2026-11-25")


@good()
def a_call_of_before_the_range(j: Journal) -> None:
    j.hall(0, "spoken", "A-001", 7)
    j.ticket(1, "completed", "A-001")


@good(("A-001", "spoken"), ("A-001", "spoken"))
def a_call_between_two_zones_is_said_in_both(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001", "l3")
    j.said(0.1, "A-001", call, "l3")
    j.hall(0.1, "announced", "A-001", call, "l3", zone="timur", device="tv-timur")
    j.hall(5, "spoken", "A-001", call, "l3", zone="timur", device="tv-timur")


@good(("A-001", "spoken"), ("B-001", "spoken"))
def a_call_that_came_while_the_turn_was_being_given(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    other = j.ticket(0.1, "called", "B-001", "l2")
    recall = other  # not yet seen when the turn was decided
    j.said(0.2, "B-001", recall, "l2")
    j.said(6, "A-001", call)


@good(("A-001", "spoken"))
def a_device_that_moved_meanwhile(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.hall(0.1, "announced", "A-001", call)
    j.line(1, "device.changed", device="tv", zone="timur", name="TV")
    j.hall(5, "spoken", "A-001", call)


@good(("A-001", "ended"))
def a_day_that_ended(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.hall(0.1, "announced", "A-001", call)
    j.ticket(1, "expired", "A-001")
    j.line(1, "day.started", date="2026-11-26")
    j.said(300, "A-002", j.ticket(299.9, "called", "A-002"))


@pytest.mark.parametrize("name", GOOD)
def test_what_may_happen_is_no_violation(name: str) -> None:
    story, expected = GOOD[name]
    j = Journal()
    story(j)
    verdict = j.verdict()
    assert verdict.violations == []
    found = became(verdict)
    assert found[: len(expected)] == expected


BAD: dict[str, tuple[Story, str]] = {}


def bad(kind: str) -> Callable[[Story], Story]:
    def note(story: Story) -> Story:
        BAD[story.__name__] = (story, kind)
        return story

    return note


@bad("lost")
def nobody_ever_said_it(j: Journal) -> None:
    j.ticket(0, "called", "A-001")
    j.line(100, "ticket.issued", ticket="x", number="A-002", service="ktp")


@bad("lost")
def it_waited_though_nothing_was_said(j: Journal) -> None:
    j.ticket(0, "called", "A-001")
    j.ticket(15, "started", "A-001")


@bad("overlap")
def two_at_once(j: Journal) -> None:
    one = j.ticket(0, "called", "A-001")
    j.hall(0.1, "announced", "A-001", one)
    two = j.ticket(1, "called", "B-001", "l2")
    j.said(2, "B-001", two, "l2")
    j.hall(9, "spoken", "A-001", one)


@bad("announced_twice")
def it_began_again(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.said(0.1, "A-001", call)
    j.hall(7, "announced", "A-001", call)


@bad("spoken_twice")
def it_was_said_again(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.said(0.1, "A-001", call)
    j.hall(9, "spoken", "A-001", call, device="tv2")


@bad("spoken_twice")
def it_was_given_up_after_all(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.said(0.1, "A-001", call)
    j.hall(9, "unspoken", "A-001", call, code="offline")


@bad("order")
def the_later_one_went_first(j: Journal) -> None:
    one = j.ticket(0, "called", "A-001")
    two = j.ticket(1, "called", "B-001", "l2")
    j.said(2, "B-001", two, "l2")
    j.said(8, "A-001", one)


@bad("order")
def a_recall_had_to_wait(j: Journal) -> None:
    first = j.ticket(0, "called", "A-001")
    j.hall(0, "announced", "A-001", first)
    other = j.ticket(1, "called", "B-001", "l2")
    recall = j.ticket(2, "recalled", "A-001")
    j.hall(5, "spoken", "A-001", first)
    j.said(5.1, "B-001", other, "l2")
    j.said(11, "A-001", recall)


@bad("wrong")
def another_counter_was_named(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.hall(0.1, "announced", "A-001", call, "l2")
    j.hall(5, "spoken", "A-001", call)


@bad("wrong")
def another_number_was_named(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.hall(0.1, "announced", "A-007", call, ticket="id-A-001")
    j.hall(5, "spoken", "A-001", call)


@bad("wrong")
def a_call_that_never_was(j: Journal) -> None:
    j.ticket(0, "called", "A-001")
    j.hall(0.1, "announced", "A-001", 101)
    j.hall(5, "spoken", "A-001", 101)
    j.hall(6, "announced", "A-009", 102)


@bad("wrong")
def it_was_said_in_another_zone(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.said(0.1, "A-001", call)
    j.hall(0.2, "announced", "A-001", call, zone="timur", device="tv-timur")


@bad("announced_twice")
def it_began_again_though_somebody_may_have_said_it(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.hall(0.1, "announced", "A-001", call)
    j.hall(14, "unspoken", "A-001", call, code="offline")
    j.said(15, "A-001", call)


@bad("order")
def one_that_had_no_speaker_was_passed_over(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.hall(8.1, "unspoken", "A-001", call, device=None, code="no_speaker")
    other = j.ticket(10, "called", "B-001", "l2")
    j.said(20, "B-001", other, "l2")
    j.said(26, "A-001", call)


@bad("not_announced")
def it_was_said_without_a_beginning(j: Journal) -> None:
    j.hall(5, "spoken", "A-001", j.ticket(0, "called", "A-001"))


@bad("not_announced")
def it_was_given_up_without_a_beginning(j: Journal) -> None:
    j.hall(5, "unspoken", "A-001", j.ticket(0, "called", "A-001"), code="no_answer")


@bad("no_reason")
def nobody_says_why_it_was_not_said(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.hall(0.1, "announced", "A-001", call)
    j.hall(5, "unspoken", "A-001", call)


@bad("never_ended")
def it_never_came_to_an_end(j: Journal) -> None:
    j.hall(0.1, "announced", "A-001", j.ticket(0, "called", "A-001"))
    j.line(200, "ticket.issued", ticket="x", number="A-002", service="ktp")


@bad("not_called")
def its_holder_had_come(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.ticket(3, "started", "A-001")
    j.said(4, "A-001", call)


@bad("not_called")
def it_had_been_recalled(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    recall = j.ticket(1.8, "recalled", "A-001")
    j.said(2, "A-001", call)
    j.said(8, "A-001", recall)


@bad("too_late")
def it_was_said_after_its_time(j: Journal) -> None:
    first = j.ticket(0, "called", "A-001")
    j.hall(0, "announced", "A-001", first)
    old = j.ticket(1, "called", "B-001", "l2")
    j.hall(70, "spoken", "A-001", first)
    j.said(70.1, "B-001", old, "l2")


@bad("foreign_device")
def a_display_of_another_zone_said_it(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.hall(0.1, "announced", "A-001", call)
    j.hall(5, "spoken", "A-001", call, device="tv-timur")


@bad("shown_twice")
def it_was_shown_first_again(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.hall(0.1, "shown", "A-001", call)
    j.hall(0.2, "shown", "A-001", call, device="tv2")
    j.said(0.3, "A-001", call)


@bad("gap")
def a_line_is_missing(j: Journal) -> None:
    call = j.ticket(0, "called", "A-001")
    j.seq += 1
    j.said(0.1, "A-001", call)


@pytest.mark.parametrize("name", BAD)
def test_what_must_not_happen_is_named(name: str) -> None:
    story, kind = BAD[name]
    j = Journal()
    story(j)
    verdict = j.verdict()
    assert not verdict.holds
    assert [v.kind for v in verdict.violations] == [kind]
    (told,) = [line for line in words(figures(verdict), {}, UTC) if line.startswith("VIOLATION")]
    assert kind in told
    assert f"entry {verdict.violations[0].seq}:" in told


def test_every_kind_of_violation_has_a_story() -> None:
    assert {kind for _, kind in BAD.values()} == set(KINDS)


def test_a_backlog_is_counted() -> None:
    j = Journal()
    calls = [(f"A-{n:03d}", j.ticket(0.01 * n, "called", f"A-{n:03d}", f"c{n}")) for n in range(9)]
    for n, (number, call) in enumerate(calls):
        j.said(1 + n * 6, number, call, f"c{n}")
    verdict = j.verdict()
    assert verdict.violations == []
    assert [o.backlog for o in verdict.outcomes] == [9, 8, 7, 6, 5, 4, 3, 2, 1]
    zone = figures(verdict)["zones"]["utama"]
    assert (zone["chime_alone"], zone["without_repeats"], zone["longest_backlog"]) == (2, 4, 9)


def test_each_call_is_told_with_its_end() -> None:
    j = Journal()
    call = j.ticket(0, "called", "A-001")
    j.said(0.1, "A-001", call)
    (line,) = each(figures(j.verdict()), {"tv": "TV Hall Utama"}, UTC)
    assert line == (
        "00.00.00 utama A-001 l1 call 101: announced 00.00.00, spoken 00.00.05 by TV Hall Utama"
    )
