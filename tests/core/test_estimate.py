"""The estimate: nothing where nothing can be said, and never against what is plain."""

from itertools import pairwise

from antrean.domain import commands, ranking
from antrean.domain.estimate import PRIOR, outlook
from tests.core.hall import MINUTE, Hall, altered


def test_nothing_is_said_with_no_counter_open() -> None:
    hall = Hall()
    assert outlook(hall.state, "lab") is None
    hall.open("lab-1")
    assert outlook(hall.state, "lab") is not None
    hall.do(commands.PauseCounter(counter="lab-1"))
    assert outlook(hall.state, "lab") is None
    assert outlook(hall.state, "kasir") is None


def test_who_stands_further_back_waits_longer_and_more_counters_shorten_it() -> None:
    hall = Hall()
    hall.open("lab-1")
    hall.issue()
    hall.next()
    alone = outlook(hall.state, "lab")
    assert alone is not None
    waits = [alone.wait(n) for n in range(8)]
    assert all(w.p10 <= w.p50 <= w.p90 for w in waits)
    assert all(a.p50 < b.p50 for a, b in pairwise(waits))
    hall.open("ruang-2")
    hall.issue()
    hall.next("ruang-2")
    both = outlook(hall.state, "lab")
    assert both is not None
    assert both.wait(6).p50 < alone.wait(6).p50


def test_with_a_free_counter_the_next_one_is_called_at_once() -> None:
    hall = Hall()
    hall.open("lab-1")
    free = outlook(hall.state, "lab")
    assert free is not None
    assert free.wait(0).p50 == 0
    assert free.wait(1).p50 > 0


def test_it_begins_with_the_catalogue_and_learns_from_the_day() -> None:
    hall = Hall(altered("lab", service_ms=10 * MINUTE))
    hall.open("lab-1")
    first = outlook(hall.state, "lab")
    assert first is not None
    assert first.mean_ms == 10 * MINUTE
    for _ in range(PRIOR):
        hall.issue()
        hall.next()
        hall.wait(20 * MINUTE)
        hall.do(commands.Start(counter="lab-1"))
        hall.do(commands.Complete(counter="lab-1"))
    learnt = outlook(hall.state, "lab")
    assert learnt is not None
    assert 15 * MINUTE <= learnt.mean_ms <= 15.1 * MINUTE


def test_those_who_have_not_arrived_are_not_ahead() -> None:
    hall = Hall()
    hall.issue("lab", "online")
    ticket = hall.issue()
    assert (ranking.arrived_ahead(hall.state, ticket), hall.state.position(ticket)) == (0, 2)
