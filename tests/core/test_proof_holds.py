"""What may happen in a hall without a violation, each in a short journal."""

from collections.abc import Callable

import pytest

from antrean.proof.report import figures
from tests.core.proof import Journal, Story, became


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


@good(("A-001", "ended"))
def a_call_that_waited_for_a_text_to_end(j: Journal) -> None:
    j.line(0, "announcement.made", announcement="a1", zones=["utama"], speak=True)
    j.ticket(1, "called", "A-001")
    j.ticket(19, "started", "A-001")
    j.line(20, "announcement.spoken", announcement="a1", zone="utama", device="tv")


@good(("A-001", "ended"))
def a_call_that_waited_for_a_text_that_was_withdrawn(j: Journal) -> None:
    j.line(0, "announcement.made", announcement="a1", zones=[], speak=True)
    j.ticket(1, "called", "A-001")
    j.line(2, "announcement.withdrawn", announcement="a1")
    j.ticket(19, "started", "A-001")


@pytest.mark.parametrize("name", GOOD)
def test_what_may_happen_is_no_violation(name: str) -> None:
    story, expected = GOOD[name]
    j = Journal()
    story(j)
    verdict = j.verdict()
    assert verdict.violations == []
    found = became(verdict)
    assert found[: len(expected)] == expected
