"""The list of services and the tickets of holders: topics that have a latest state."""

import pytest

from antrean.domain import commands
from antrean.domain.model import Clerk
from tests.hub.screens import LiveHall, Screen, act, issue, open_lab, settled
from tests.views.hall import catalogue
from tests.views.test_equivalence import busy_day, run

pytestmark = pytest.mark.asyncio(loop_scope="function")


# the list of services
async def test_services_are_told_on_the_tick_and_only_when_something_changed() -> None:
    hall = LiveHall()
    one, late = Screen(hall.hub), Screen(hall.hub)
    one.subscribe("services")
    for _ in range(3):
        issue(hall)
    late.subscribe("services")  # knows three already
    assert one.events("services") == []
    issue(hall)
    for _ in range(3):
        hall.hub.tick()
    for screen in (one, late):
        (event,) = screen.events("services")
        assert (event["type"], event["data"]) == ("changed", {})
        assert event["offset"] == event["seq"] == hall.state.seq
        assert screen.states["services"] == hall.fresh("services")


@pytest.mark.parametrize(
    ("command", "changed"),
    [
        (commands.OpenCounter(counter="lab-2", clerk=Clerk("user:ana", "ana", "Ana")),
         {"lab", "gigi"}),
        (commands.PauseCounter(counter="lab-1"), {"lab"}),
        (commands.CloseCounter(counter="lab-1"), {"lab"}),
        (commands.PauseService(service="lab"), {"lab"}),
        (commands.CloseService(service="gigi"), {"gigi"}),
        (commands.CallNext(counter="lab-1"), {"lab"}),
        (commands.CancelTicket(ticket="t"), {"lab"}),
        (commands.TransferTicket(ticket="t", service="kasir"), {"lab", "kasir"}),
    ],
    ids=lambda c: type(c).__name__,
)  # fmt: skip
async def test_the_list_of_services_is_told_whatever_changes_it(
    command: commands.Command, changed: set[str]
) -> None:
    hall = LiveHall()
    open_lab(hall)
    issue(hall, "t")
    screen = Screen(hall.hub)
    screen.subscribe("services")
    hall.show(hall.must(command))
    hall.hub.tick()
    (event,) = screen.events("services")
    assert set(event["state"]["services"]) == changed


async def test_services_that_are_what_they_were_when_one_joined_are_told_right() -> None:
    """Between two ticks a number goes up and down again: who came in between has to be told."""
    hall = LiveHall()
    open_lab(hall)
    issue(hall)
    steady, between = Screen(hall.hub), Screen(hall.hub)
    steady.subscribe("services")
    ticket = issue(hall)
    between.subscribe("services")
    hall.show(hall.must(commands.CancelTicket(ticket=ticket)))
    hall.hub.tick()
    assert steady.events("services") == []
    assert between.states["services"] == steady.states["services"] == hall.fresh("services")


async def test_services_resume_when_nothing_changed_and_else_come_whole() -> None:
    hall = LiveHall()
    issue(hall)
    screen = Screen(hall.hub)
    screen.subscribe("services")
    hall.show(hall.must(commands.MakeAnnouncement(announcement="a", text={"id": "x", "en": "x"})))
    assert screen.subscribe("services", resume=True)["op"] == "resumed"
    issue(hall)
    assert screen.subscribe("services", resume=True)["op"] == "snapshot"
    issue(hall)
    assert screen.subscribe("services", resume=True)["op"] == "snapshot"
    assert screen.subscribe("services", resume=True)["op"] == "resumed"


# tickets
async def test_a_holder_is_told_of_own_events_at_once_and_of_positions_on_the_tick() -> None:
    hall = LiveHall()
    open_lab(hall)
    tickets = [issue(hall) for _ in range(5)]
    mine = Screen(hall.hub)
    topic = f"ticket:{tickets[-1]}"
    mine.follow(tickets[-1])
    assert mine.states[topic]["position"] == 5
    for _ in range(4):
        act(hall, commands.CallNext, commands.Start, commands.Complete)
    assert mine.events(topic) == []
    hall.hub.tick()
    await settled(hall)
    (event,) = mine.events(topic)
    assert (event["type"], event["data"], event["state"]["position"]) == ("changed", {}, 1)
    act(hall, commands.CallNext, commands.Recall, commands.Start)
    types = [e["type"] for e in mine.events(topic)[1:]]
    assert types == ["ticket.called", "ticket.recalled", "ticket.started"]
    called = mine.events(topic)[1]
    assert called["offset"] == called["seq"]
    assert called["data"] == {"number": "A-005", "service": "lab", "counter": "lab-1"}
    assert called["state"]["counter_name"] == catalogue().counters["lab-1"].name
    assert {"position", "ahead", "eta"} & set(mine.states[topic]) == set()


async def test_a_holder_is_not_told_that_an_estimate_grew_old() -> None:
    hall = LiveHall()
    open_lab(hall)
    tickets = [issue(hall) for _ in range(3)]
    mine = Screen(hall.hub)
    mine.follow(tickets[0])
    before = mine.states[f"ticket:{tickets[0]}"]["eta"]
    issue(hall)  # joins behind
    hall.wait(60_000)
    hall.hub.tick()
    await settled(hall)
    assert mine.events(f"ticket:{tickets[0]}") == []
    assert hall.fresh(f"ticket:{tickets[0]}")["eta"] != before


async def test_a_ticket_resumes_when_nothing_moved_and_else_comes_whole() -> None:
    hall = LiveHall()
    open_lab(hall)
    tickets = [issue(hall) for _ in range(3)]
    mine = Screen(hall.hub)
    mine.follow(tickets[-1])
    hall.show(hall.must(commands.PauseService(service="kasir")))
    assert mine.follow(tickets[-1], resume=True)["op"] == "resumed"
    act(hall, commands.CallNext)
    assert mine.follow(tickets[-1], resume=True)["op"] == "snapshot"


@pytest.mark.parametrize(
    ("epoch", "later"), [("other", 0), (None, 0), ("epoch", 1), ("epoch", -99)]
)
async def test_a_ticket_that_resumes_from_what_never_was_comes_whole(
    epoch: object, later: int
) -> None:
    hall = LiveHall()
    ticket = issue(hall)
    mine = Screen(hall.hub)
    held = hall.state.tickets[ticket]
    hall.hub.follow(mine.peer, held, epoch, hall.state.seq + later)
    assert mine.ops() == ["snapshot"]


async def test_a_holder_is_told_when_a_counter_of_the_line_is_taken_by_another_line() -> None:
    hall = LiveHall()
    clerk = Clerk("user:sari", "sari", "Sari")
    hall.show(hall.must(commands.OpenCounter(counter="lab-2", clerk=clerk)))
    issue(hall)
    hall.show(hall.must(commands.IssueTicket(ticket="g", service="gigi", channel="kiosk"), 1))
    hall.hub.tick()  # what moved so far is told
    await settled(hall)
    mine = Screen(hall.hub)
    before = mine.follow("g")["state"]["eta"]["p90"]
    called = hall.must(commands.CallNext(counter="lab-2"), 1)
    assert called[0].event.ticket != "g"  # type: ignore[union-attr]
    hall.show(called)
    hall.hub.tick()
    await settled(hall)
    (event,) = mine.events("ticket:g")
    assert set(event["state"]) == {"eta"}
    assert event["state"]["eta"]["p90"] > before


@pytest.mark.parametrize("seed", range(6))
async def test_holders_of_every_ticket_fold_what_a_fresh_snapshot_says(seed: int) -> None:
    hall = LiveHall()
    screens: dict[str, Screen] = {}
    for step in busy_day(seed, 250)[:-1]:
        hall.show(run(hall, step))
        for ticket in hall.state.tickets:
            if ticket not in screens:
                screens[ticket] = Screen(hall.hub)
                screens[ticket].follow(ticket)
        if step[1] % 5 == 0:
            hall.hub.tick()
            await settled(hall)
    hall.hub.tick()
    await settled(hall)
    for ticket, screen in screens.items():
        if ticket not in hall.state.tickets:
            continue
        folded = dict(screen.states[f"ticket:{ticket}"])
        fresh = hall.fresh(f"ticket:{ticket}")
        assert ("eta" in folded) == ("eta" in fresh)
        assert {**folded, "eta": 0} == {**fresh, "eta": 0}


async def test_a_ticket_has_room_for_three_sockets() -> None:
    hall = LiveHall()
    ticket = issue(hall)
    screens = [Screen(hall.hub) for _ in range(4)]
    for screen in screens[:3]:
        assert hall.hub.has_room(screen.peer, ticket)
        screen.follow(ticket)
    assert not hall.hub.has_room(screens[3].peer, ticket)
    assert hall.hub.has_room(screens[0].peer, ticket)  # subscribes again
    hall.hub.leave(screens[0].peer)
    assert hall.hub.has_room(screens[3].peer, ticket)


async def test_a_full_holder_gets_a_snapshot_when_it_reads_again() -> None:
    hall = LiveHall()
    open_lab(hall)
    ticket = issue(hall)
    mine = Screen(hall.hub)
    mine.follow(ticket)
    mine.full = True
    act(hall, commands.CallNext)
    assert mine.ops() == ["snapshot"]
    mine.drain()
    assert mine.ops() == ["snapshot", "snapshot"]
    assert mine.states[f"ticket:{ticket}"]["state"] == "called"
