"""A snapshot with the events after it is a later snapshot: every topic, every command."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from antrean.codec import EVENT_TYPES
from antrean.domain import commands
from antrean.domain.commands import Command
from antrean.domain.events import Entry
from antrean.domain.hall import zones_of
from antrean.domain.model import Clerk, Place
from antrean.domain.rebase import merged, rebase, shown_counters, shown_services
from antrean.domain.state import QueueState
from antrean.views import Views
from antrean.views.calls import call_of
from antrean.views.patches import merge
from tests.views.hall import MAKERS, Hall, catalogue, text, without

Step = tuple[type | str, int]
KINDS: list[type | str] = [*MAKERS, "wait", "next day"]
# numbers, calls and counters make the hall live, announcements its displays; the rest is as likely
# as it comes
OFTEN: list[type | str] = [
    *[commands.IssueTicket, commands.OpenCounter, commands.CallNext] * 4,
    *[commands.BeginAnnouncement, commands.EndAnnouncement, commands.ReportDevice] * 2,
    *[commands.PairDevice] * 2,
]
steps = st.lists(st.tuples(st.sampled_from(KINDS + OFTEN), st.integers(0, 2**16)), max_size=60)


def busy_day(seed: int, length: int = 400) -> list[Step]:
    pick = Random(seed)
    kinds = [k for k in KINDS + OFTEN * 2 if k != "next day"]
    return [(pick.choice(kinds), pick.randrange(2**16)) for _ in range(length)] + [("next day", 1)]


def run(hall: Hall, step: Step) -> list[Entry]:
    kind, salt = step
    pick = Random(salt)
    if kind == "wait":
        return hall.wait(pick.choice((1, 9_000, 40_000, 900_000)))
    if kind == "next day":
        return hall.next_day()
    assert isinstance(kind, type)
    command = MAKERS[kind](hall, pick)
    return [] if command is None else hall.do(command, pick.choice((0, 0, 7, 900)))


def payload(frame: bytes) -> dict[str, Any]:
    """The JSON of one unmasked text frame."""
    assert frame[0] == 0x81
    start = {126: 4, 127: 10}.get(frame[1], 2)
    parsed: dict[str, Any] = json.loads(frame[start:])
    return parsed


def rendered(views: Views, name: str) -> Any:
    return json.loads(views.rendered(views.topics[name]))


def calls_by_hand(state: QueueState, zone: str) -> set[str]:
    """The numbers that a zone shows, by the words of the contract."""
    here = [
        (call.seq, t)
        for t in state.tickets.values()
        if (call := call_of(t)) and zone in zones_of(state.catalogue, call)
    ]
    now = {t.number for _, t in here if t.state in ("called", "serving")}
    past = sorted((seq, t.number) for seq, t in here if t.state not in ("called", "serving"))
    return now | {number for _, number in past[-8:]}


class Follower:
    """Follows every topic by its frames alone."""

    def __init__(self, views: Views) -> None:
        self.views = views
        self.states = {name: rendered(views, name) for name in views.topics}
        self.offsets = {name: t.offset for name, t in views.topics.items()}

    def take(self, entry: Entry) -> None:
        moved = {t.name for t in self.views.apply(entry).topics}
        for name, topic in self.views.topics.items():
            frames = topic.since(self.offsets[name])
            assert frames is not None
            assert len(frames) == (name in moved)
            for frame in frames:
                event = payload(frame)
                self.offsets[name] += 1
                assert (event["offset"], event["seq"]) == (self.offsets[name], entry.seq)
                assert event["type"] == entry.event.type
                assert event["state"], "an event that changes nothing"
                self.states[name] = merge(self.states[name], event["state"])
            fresh = self.views.render(name)
            assert self.states[name] == json.loads(json.dumps(fresh)), (name, entry)
            assert not frames or rendered(self.views, name) == self.states[name]


def check_against_rules(views: Views) -> None:
    """What is kept in step is what the whole state says."""
    state = views.state
    fresh = Views(state.copy(), views.epoch)
    for name in views.topics:
        assert views.render(name) == fresh.render(name), name
    for zone in state.catalogue.zones:
        assert set(views.render(f"zone:{zone}")["calls"]) == calls_by_hand(state, zone)
    for service in state.catalogue.services:
        assert views.shown.shows_service(service) == (service in shown_services(state))
    for counter in state.catalogue.counters:
        assert views.shown.shows_counter(counter) == (counter in shown_counters(state))


def play(hall: Hall, follower: Follower, taken: list[Step]) -> Iterator[Entry]:
    for step in taken:
        for entry in run(hall, step):
            follower.take(entry)
            yield entry


@settings(max_examples=120, deadline=None)
@given(taken=steps)
@example(taken=busy_day(1))
@example(taken=busy_day(2))
def test_a_snapshot_and_the_events_after_it_are_a_later_snapshot(taken: list[Step]) -> None:
    hall = Hall()
    views = Views(hall.state.copy(), "e")
    for _ in play(hall, Follower(views), taken):
        pass
    check_against_rules(views)


@settings(max_examples=40, deadline=None)
@given(first=steps, then=steps)
@example(first=busy_day(3, 120)[:-1], then=busy_day(4))
def test_the_same_holds_while_retired_things_come_and_go(
    first: list[Step], then: list[Step]
) -> None:
    before = Hall()
    for step in first:
        run(before, step)
    smaller = merged(catalogue(), without(catalogue(), "gigi", "lab-2", "sim-1"))
    hall = Hall(rebase(before.state, smaller, before.at))
    views = Views(hall.state.copy(), "e")
    for _ in play(hall, Follower(views), then):
        check_against_rules(views)


@settings(max_examples=40, deadline=None)
@given(taken=steps, cut=st.integers(0, 60))
@example(taken=busy_day(5), cut=200)
def test_frames_are_the_same_bytes_from_another_starting_point(taken: list[Step], cut: int) -> None:
    hall = Hall()
    whole = Views(hall.state.copy(), "e")
    later: Views | None = None
    for n, step in enumerate(taken):
        if n == cut:
            later = Views(
                QueueState.remember(hall.state.catalogue, hall.state.memory()), "e", whole.offsets
            )
            offsets = whole.offsets
        for entry in run(hall, step):
            whole.apply(entry)
            if later is not None:
                later.apply(entry)
    if later is not None:
        assert later.offsets == whole.offsets
        for name, topic in whole.topics.items():
            assert later.topics[name].since(offsets.get(name, 0)) == topic.since(
                offsets.get(name, 0)
            )


def test_every_command_is_in_the_play_and_every_event_comes_of_it() -> None:
    assert set(MAKERS) == set(get_args(Command))
    seen: set[str] = set()
    hall = Hall()
    for seed in range(6):
        for step in busy_day(seed):
            seen |= {e.event.type for e in run(hall, step)}
    assert seen == set(EVENT_TYPES)


@pytest.mark.parametrize("seed", range(3))
def test_public_frames_name_number_service_and_counter_at_most(seed: int) -> None:
    hall = Hall()
    views = Views(hall.state.copy(), "e")
    for step in busy_day(seed):
        for entry in run(hall, step):
            for topic in views.apply(entry).topics:
                data = payload(topic.since(topic.offset - 1)[0])["data"]  # type: ignore[index]
                if topic.name.startswith("zone:"):
                    assert set(data) <= {"number", "service", "counter"}
                if entry.event.type.startswith("ticket."):
                    assert data["number"]


def test_a_zone_shows_the_last_eight_that_were_called_and_whoever_still_is() -> None:
    hall = Hall()
    views = Views(hall.state.copy(), "e")
    script: list[Command] = [
        commands.IssueTicket(ticket=f"t{n}", service="lab", channel="kiosk") for n in range(1, 13)
    ]
    for clerk, counter in (("a", "lab-1"), ("b", "kasir-1")):
        script.append(
            commands.OpenCounter(counter=counter, clerk=Clerk(f"user:{clerk}", clerk, clerk))
        )
    script.append(commands.CallNext(counter="kasir-1"))  # A-001, at a counter of the other zone
    for n in range(2, 12):
        script += [commands.CallNext(counter="lab-1"), commands.MarkNoShow(counter="lab-1")]
        script += [commands.RequeueTicket(ticket="t3", place=Place.BACK)] if n == 6 else []
    script.append(commands.CancelTicket(ticket="t10"))
    for command in script:
        for entry in hall.must(command):
            views.apply(entry)
    assert set(views.render("zone:timur")["calls"]) == {"A-001"}
    shown = views.render("zone:barat")["calls"]
    assert sorted(shown) == ["A-001", *(f"A-{n:03d}" for n in (3, 4, 5, 6, 7, 8, 9, 11))]
    assert shown["A-003"]["state"] == "waiting"
    assert shown["A-001"] == {
        "service": "lab",
        "service_name": text("Lab"),
        "agency_short": text("kli"),
        "tile": "nila",
        "counter": "kasir-1",
        "counter_name": text("Kasir 1"),
        "counter_label": "3",
        "state": "called",
        "seq": 15,
        "at": "2025-11-24T09:00:00.000+07:00",
        "recalls": 0,
    }
