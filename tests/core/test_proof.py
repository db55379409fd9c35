"""What the proof of a hall's announcements finds: each violation from a short journal."""

from collections.abc import Callable
from datetime import UTC

import pytest

from antrean.proof.model import KINDS
from antrean.proof.report import each, figures, words
from tests.core.proof import Journal, Story

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


@bad("lost")
def it_waited_though_the_text_was_over(j: Journal) -> None:
    j.line(0, "announcement.made", announcement="a1", zones=[], speak=True)
    j.line(20, "announcement.spoken", announcement="a1", zone="utama", device="tv")
    j.ticket(21, "called", "A-001")
    j.ticket(36, "started", "A-001")


@bad("lost")
def it_waited_for_a_text_of_another_zone(j: Journal) -> None:
    j.line(0, "announcement.made", announcement="a1", zones=["timur"], speak=True)
    j.ticket(1, "called", "A-001")
    j.ticket(16, "started", "A-001")


@bad("lost")
def it_waited_for_a_text_that_nobody_says(j: Journal) -> None:
    j.line(0, "announcement.made", announcement="a1", zones=[], speak=True)
    j.ticket(1, "called", "A-001")
    j.ticket(50, "started", "A-001")


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
