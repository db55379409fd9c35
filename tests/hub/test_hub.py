"""Order, once, catching up, slow peers: the hub without any socket."""

import asyncio
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from antrean.domain import commands
from antrean.domain.rebase import merged, rebase
from antrean.hub.hub import CHUNK
from antrean.hub.peers import SLOW_BYTES, SLOW_SECONDS
from tests.hub.screens import LiveHall, Screen, act, issue, open_lab, settled
from tests.views.hall import catalogue, without
from tests.views.test_equivalence import busy_day, run

pytestmark = pytest.mark.asyncio(loop_scope="function")
TOPICS = ("zone:barat", "zone:timur", "service:lab", "counter:lab-1", "site", "services")


async def test_everyone_is_reached_once_however_many_they_are() -> None:
    hall = LiveHall()
    screens = [Screen(hall.hub) for _ in range(3 * CHUNK + 5)]
    for screen in screens:
        screen.subscribe("zone:barat")
    for _ in range(5):
        issue(hall)
    await settled(hall)
    for screen in screens:
        assert [e["offset"] for e in screen.events("zone:barat")] == [1, 2, 3, 4, 5]
        assert screen.states["zone:barat"] == hall.fresh("zone:barat")


async def test_whoever_is_reached_late_gets_all_that_came_meanwhile_in_one_write() -> None:
    hall = LiveHall()
    screens = [Screen(hall.hub) for _ in range(2 * CHUNK)]
    for screen in screens:
        screen.subscribe("zone:barat")
    for _ in range(8):
        issue(hall)
    await settled(hall)
    assert screens[-1].writes == 2  # the snapshot, then eight events at once
    assert hall.hub.delivered >= 2 * CHUNK


async def test_staff_and_displays_come_before_all_others_and_the_rest_after_the_answers() -> None:
    hall = LiveHall()
    others = [Screen(hall.hub) for _ in range(CHUNK + 50)]
    display = Screen(hall.hub, first=True)
    order: list[Screen] = []
    for screen in (*others, display):
        screen.subscribe("zone:barat")
        screen.peer.write = lambda data, s=screen: order.append(s)  # type: ignore[misc]
    hall.hub.publish(hall.must(commands.IssueTicket(ticket="t", service="lab", channel="kiosk")))
    assert order == [display, *others[:CHUNK]]  # here the engine releases its answers
    hall.hub.spread()
    assert len(order) == CHUNK + 1
    await settled(hall)
    assert order == [display, *others]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**20), length=st.integers(5, 80))
@example(seed=1, length=300)
@example(seed=2, length=300)
async def test_whatever_the_order_what_everyone_folds_is_a_fresh_snapshot(
    seed: int, length: int
) -> None:
    """Groups, turns of the loop, joining, leaving, resuming, pings and full pipes, interleaved."""
    pick, hall = Random(seed), LiveHall()
    screens = [Screen(hall.hub, first=n < 2) for n in range(6)]
    steps = iter(busy_day(seed, length))
    for _ in range(length):
        screen, topic = pick.choice(screens), pick.choice(TOPICS)
        action = pick.randrange(12)
        if action < 6:
            hall.show(
                [e for _ in range(pick.randint(1, 4)) for e in run(hall, next(steps, ("wait", 1)))]
            )
        elif action < 8:
            screen.subscribe(topic, resume=topic in screen.offsets and pick.random() < 0.7)
        elif action == 8:
            hall.hub.unsubscribe(screen.peer, topic)
        elif action == 9:
            seq = hall.hub.settle(screen.peer)
            assert seq == hall.state.seq or screen.full
        elif action == 10:
            screen.full = True
        else:
            screen.drain()
        if pick.random() < 0.3:
            await asyncio.sleep(0)
        if pick.random() < 0.1:
            hall.hub.tick()
    for screen in screens:
        screen.drain()
    await settled(hall)
    hall.hub.tick()
    for screen in screens:
        for topic in screen.peer.subscriptions:
            assert screen.states[topic] == hall.fresh(topic), topic


async def test_subscribing_again_answers_again_and_doubles_nothing() -> None:
    hall = LiveHall()
    screen = Screen(hall.hub)
    assert screen.subscribe("zone:barat")["op"] == "snapshot"
    issue(hall)
    assert screen.subscribe("zone:barat")["op"] == "snapshot"
    issue(hall)
    assert [e["offset"] for e in screen.events("zone:barat")] == [1, 2]


async def test_a_resume_gives_exactly_what_was_missed() -> None:
    hall = LiveHall()
    screen = Screen(hall.hub)
    screen.subscribe("zone:barat")
    hall.hub.unsubscribe(screen.peer, "zone:barat")
    for _ in range(3):
        issue(hall)
    assert screen.events("zone:barat") == []
    assert screen.subscribe("zone:barat", resume=True)["op"] == "resumed"
    assert [e["offset"] for e in screen.events("zone:barat")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("epoch", "offset"),
    [("other", 1), ("epoch", 99), ("epoch", -1), ("epoch", 1.0), ("epoch", True), ("epoch", "1"),
     (None, 1), ("epoch", None), (["epoch"], 1), ("epoch", 2**70)],
)  # fmt: skip
async def test_a_resume_from_what_never_was_gets_a_snapshot(epoch: object, offset: object) -> None:
    hall = LiveHall()
    issue(hall)
    screen = Screen(hall.hub)
    for topic in ("zone:barat", "services"):
        before = len(screen.frames)
        hall.hub.subscribe(screen.peer, topic, epoch, offset)
        assert screen.frames[before]["op"] == "snapshot", topic


async def test_history_reaches_two_thousand_journal_events_back_and_ends_somewhere() -> None:
    hall = LiveHall()
    open_lab(hall)
    issue(hall)
    act(hall, commands.CallNext)
    screen, early = Screen(hall.hub), Screen(hall.hub)
    for one in (screen, early):
        one.subscribe("zone:barat")
        hall.hub.unsubscribe(one.peer, "zone:barat")
    for _ in range(2000):
        hall.show(hall.must(commands.Recall(counter="lab-1"), 1))
    assert screen.subscribe("zone:barat", resume=True)["op"] == "resumed"
    assert len(screen.events("zone:barat")) == 2000
    for _ in range(1000):
        hall.show(hall.must(commands.Recall(counter="lab-1"), 1))
    assert early.subscribe("zone:barat", resume=True)["op"] == "snapshot"
    topic = hall.hub.views.topics["zone:barat"]
    assert topic.since(topic.offset - 2000) is not None


async def test_a_pong_comes_after_all_that_it_speaks_of() -> None:
    hall = LiveHall()
    screens = [Screen(hall.hub) for _ in range(CHUNK + 1)]
    for screen in screens:
        screen.subscribe("zone:barat")
    issue(hall)
    assert screens[-1].events("zone:barat") == []
    assert hall.hub.settle(screens[-1].peer) == hall.state.seq
    assert len(screens[-1].events("zone:barat")) == 1
    await settled(hall)
    assert len(screens[-1].events("zone:barat")) == 1


# slow peers
async def test_a_full_peer_is_left_out_and_catches_up_from_history() -> None:
    hall = LiveHall()
    slow, quick = Screen(hall.hub), Screen(hall.hub)
    for screen in (slow, quick):
        screen.subscribe("zone:barat")
    issue(hall)
    slow.full = True
    for _ in range(3):
        issue(hall)
    assert [e["offset"] for e in quick.events("zone:barat")] == [1, 2, 3, 4]
    assert [e["offset"] for e in slow.events("zone:barat")] == [1]
    assert hall.hub.settle(slow.peer) == 1  # the second event has not been written
    slow.drain()
    assert [e["offset"] for e in slow.events("zone:barat")] == [1, 2, 3, 4]
    assert hall.hub.settle(slow.peer) == hall.state.seq
    assert slow.closed is None


async def test_one_that_fell_far_behind_gets_a_snapshot_in_place_of_events() -> None:
    hall = LiveHall()
    slow = Screen(hall.hub)
    slow.subscribe("zone:barat")
    slow.full = True
    for _ in range(600):
        issue(hall)
    slow.drain()
    assert slow.ops() == ["snapshot", "snapshot"]
    assert slow.states["zone:barat"] == hall.fresh("zone:barat")


async def test_one_that_does_not_read_is_cut_off_without_harm_to_others() -> None:
    hall = LiveHall()
    slow, heavy, quick = (Screen(hall.hub) for _ in range(3))
    for screen in (slow, heavy, quick):
        screen.subscribe("zone:barat")
    slow.full = heavy.full = True
    issue(hall)
    heavy.held = SLOW_BYTES + 1
    hall.hub.tick()
    assert [s.closed for s in (slow, heavy)] == [None, (1013, "slow")]
    slow.peer.lag_since -= SLOW_SECONDS + 1
    hall.hub.tick()
    assert slow.closed == (1013, "slow")
    assert hall.hub.cut_off == 2
    issue(hall)
    assert quick.closed is None
    assert [e["offset"] for e in quick.events("zone:barat")] == [1, 2]


# credentials and epochs
async def test_an_ended_credential_closes_its_sockets_and_no_others() -> None:
    hall = LiveHall()
    ended, other, late = (Screen(hall.hub, credential=c) for c in ("token:1", "token:2", ""))
    hall.hub.authenticate(late.peer, "token:1", first=True)
    for screen in (ended, other, late):
        screen.subscribe("zone:barat")
    hall.hub.end_credential("token:1")
    hall.hub.end_credential("token:3")
    assert ended.closed is not None
    assert ended.closed[0] == 4401
    assert late.closed is not None
    assert other.closed is None
    issue(hall)  # nothing is written to the closed ones
    assert len(other.events("zone:barat")) == 1
    assert hall.hub.peers == {other.peer}


async def test_a_socket_that_shows_a_token_no_longer_counts_to_its_cookie() -> None:
    """A display whose browser somebody is signed in at: it outlives that session, and its sockets
    are not kept for ever in that session's name."""
    hall = LiveHall()
    screen = Screen(hall.hub, credential="session:1")
    hall.hub.authenticate(screen.peer, "device:1", first=True)
    hall.hub.end_credential("session:1")
    assert screen.closed is None
    hall.hub.end_credential("device:1")
    assert screen.closed is not None


async def test_another_catalogue_gives_everyone_a_snapshot_of_a_new_epoch() -> None:
    hall = LiveHall()
    ticket = issue(hall)
    screen = Screen(hall.hub)
    for topic in ("zone:barat", "services"):
        screen.subscribe(topic)
    screen.follow(ticket)
    smaller = merged(catalogue(), without(catalogue(), "gigi"))
    hall.state = rebase(hall.state, smaller, hall.at)
    hall.hub.cut(hall.state.copy(), "another")
    assert {f["epoch"] for f in screen.frames[3:]} == {"another"}
    assert len(screen.frames) == 6
    assert "gigi" not in screen.states["zone:barat"]["services"]
    issue(hall)
    assert screen.offsets["zone:barat"] == 1
