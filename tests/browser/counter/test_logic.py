"""The pure modules of the counter console."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.modules import ModuleServer


@pytest.fixture
def page(open_page: OpenPage, modules: ModuleServer) -> Page:
    return open_page(modules.url)


def run(page: Page, module: str, body: str, argument: Any = None) -> Any:
    """Run `body` with `lib` (the module) and `given`."""
    path = f"/assets/clients/{module}"
    return page.evaluate(
        f"async (given) => {{ const lib = await import('{path}'); {body} }}", argument
    )


# what may be taken back
CALLED = {
    "seq": 5,
    "type": "ticket.called",
    "at": "2026-11-25T08:00:00.000+07:00",
    "data": {"number": "A-001"},
}


def event(seq: int, type_: str, number: str | None = "A-001") -> dict[str, Any]:
    data = {} if number is None else {"number": number}
    return CALLED | {"seq": seq, "type": type_, "data": data}


@pytest.mark.parametrize(
    ("after", "line", "left"),
    [
        ([], [], 5),
        ([event(6, "ticket.recalled")], [], 5),
        ([event(6, "call.announced"), event(7, "call.shown"), event(8, "call.spoken")], [], 5),
        ([], [event(6, "call.shown")], 5),
        ([event(6, "ticket.started")], [], 6),
        ([event(6, "ticket.undone")], [], None),
        ([event(6, "counter.closed", None)], [], None),
        ([event(6, "counter.paused", None)], [], 5),
        ([event(6, "ticket.cancelled")], [], None),
        ([], [event(6, "ticket.requeued")], None),
        ([], [event(6, "ticket.requeued", "A-002")], 5),
        ([], [event(5, "ticket.called")], 5),
        ([], [event(6, "ticket.recalled")], 5),
    ],
)
def test_what_may_be_taken_back_follows_the_events(
    page: Page, after: list[Any], line: list[Any], left: int | None
) -> None:
    body = """
      let last = null;
      for (const event of given[0]) last = lib.afterCounterEvent(last, event);
      for (const event of given[1]) last = lib.afterLineEvent(last, event);
      return last && last.seq;
    """
    assert run(page, "counter/undo.js", body, [[CALLED, *after], line]) == left


def test_an_action_may_be_taken_back_for_thirty_seconds(page: Page) -> None:
    body = """
      const last = lib.afterCounterEvent(null, given);
      return [0, 12000, 29999, 30000, 40000].map((ms) => lib.undoLeft(last, last.at + ms));
    """
    assert run(page, "counter/undo.js", body, CALLED) == [30000, 18000, 1, 0, 0]


# the line
def waiting(number: str, rank: str, **members: Any) -> dict[str, Any]:
    facts = {"id": number, "number": number, "service": "skck", "state": "waiting", "rank": rank}
    return facts | {"arrived": True, "issued_at": "2026-11-25T08:00:00.000+07:00"} | members


def test_the_line_is_by_rank_and_next_is_whom_call_next_takes(page: Page) -> None:
    tickets = [
        waiting("A-004", "4"),
        waiting("A-001", "1", arrived=False),
        waiting("A-002", "2", for_counter="loket-2"),
        waiting("A-003", "3", for_counter="loket-9"),
        waiting("A-005", "0", state="held"),
        waiting("A-006", "0", state="serving"),
    ]
    body = """
      const lists = lib.listsOf(given, "loket-1", (counter) => counter === "loket-9");
      const numbers = (rows) => rows.map((row) => row.ticket.number);
      return [numbers(lists.waiting), lists.next.ticket.number, numbers(lists.held)];
    """
    line, following, held = run(page, "counter/line.js", body, tickets)
    assert line == ["A-001", "A-002", "A-003", "A-004"]
    assert following == "A-003"
    assert held == ["A-005"]


# where a ticket can be sent
SERVICES = [
    {"id": "skck", "agency": "polres", "name": {"id": "SKCK"}, "prefix": "A", "status": "open"},
    {"id": "sim", "agency": "polres", "name": {"id": "SIM"}, "prefix": "B", "status": "open"},
    {"id": "paspor", "agency": "imi", "name": {"id": "Paspor"}, "prefix": "C", "status": "paused"},
    {
        "id": "away",
        "agency": "imi",
        "name": {"id": "Visa"},
        "prefix": "D",
        "status": "not_operating",
    },
]
SEATS = [
    {"id": "l1", "name": "Loket 1", "label": "1", "state": "open", "services": ["skck"]},
    {"id": "l2", "name": "Loket 2", "label": "2", "state": "closed", "services": ["skck"]},
    {"id": "l3", "name": "Loket 3", "label": "3", "state": "open", "services": ["skck", "paspor"]},
]


@pytest.mark.parametrize(
    ("query", "bodies"),
    [
        ("", [{"service": "sim"}, {"service": "paspor"}, {"service": "skck"}, {"counter": "l3"}]),
        ("c", [{"service": "paspor"}]),
        ("pas", [{"service": "paspor"}, {"counter": "l3", "service": "paspor"}]),
        ("imigrasi", [{"service": "paspor"}, {"counter": "l3", "service": "paspor"}]),
        ("2", [{"counter": "l2"}]),
        ("loket 3", [{"counter": "l3"}, {"counter": "l3", "service": "paspor"}]),
        ("visa", []),
        ("asing", []),
    ],
)
def test_the_search_finds_services_agencies_and_counters(
    page: Page, query: str, bodies: list[dict[str, str]]
) -> None:
    body = """
      const agency = (id) => ({ polres: "Polres Metro", imi: "Kantor Imigrasi" })[id];
      const seats = given.seats.map((seat) => ({ ...seat, name: { id: seat.name } }));
      const targets = lib.targetsOf({ service: "skck" }, given.services, seats, agency, "l1");
      return lib.find(targets, given.query).map(lib.asked);
    """
    given = {"services": SERVICES, "seats": SEATS, "query": query}
    assert run(page, "counter/search.js", body, given) == bodies


# what the hall saw and heard
NOT_YET = "\u2013"


@pytest.mark.parametrize(
    ("heard", "seen", "spoken"),
    [
        ({}, ["Tampil", NOT_YET, ""], ["Disuarakan", NOT_YET, ""]),
        (
            {"shown_at": "10:02:30", "spoken_at": "10:02:31"},
            ["Tampil", "10:02:30", ""],
            ["Disuarakan", "10:02:31", ""],
        ),
        (
            {"unspoken": "no_speaker"},
            ["Tanpa kabar dari TV", "", ""],
            ["Tidak disuarakan", "", "tidak ada TV yang bersuara"],
        ),
        (
            {"unspoken": "offline"},
            ["TV mati", "", ""],
            ["Tidak disuarakan", "", "TV mati"],
        ),
        (
            {"shown_at": "10:02:30", "unspoken": "no_answer"},
            ["Tampil", "10:02:30", ""],
            ["Tidak disuarakan", "", "TV tidak menjawab"],
        ),
        # Said late after all: what counts is that it was heard.
        (
            {"spoken_at": "10:02:59", "unspoken": "no_answer"},
            ["Tanpa kabar dari TV", "", ""],
            ["Disuarakan", "10:02:59", ""],
        ),
        (
            {"shown_at": "10:02:30", "unspoken": "off"},
            ["Tampil", "10:02:30", ""],
            ["Tidak disuarakan", "", "suara TV dimatikan"],
        ),
        (
            {"shown_at": "10:02:30", "unspoken": "audio_failed"},
            ["Tampil", "10:02:30", ""],
            ["Tidak disuarakan", "", "TV gagal memutar suara"],
        ),
        (
            {"unspoken": "speaker_on_fire"},
            ["Tanpa kabar dari TV", "", ""],
            ["Tidak disuarakan", "", "speaker_on_fire"],
        ),
    ],
)
def test_the_hall_is_told_as_it_was_and_never_guessed(
    page: Page, heard: dict[str, str], seen: list[str], spoken: list[str]
) -> None:
    body = """return lib.heardParts(given, (iso) => iso)
      .map(({ words, time, why }) => [words, time, why]);"""
    assert run(page, "counter/heard.js", body, heard) == [seen, spoken]


def test_what_the_hall_heard_is_of_this_call_alone(page: Page) -> None:
    body = """
      const counter = (ticket) => ({ id: "c", services: [], state: "open", ticket });
      const ticket = { id: "t", number: "A-001", called_at: "10:02", recalls: 0 };
      const desk = new lib.Desk("sri", counter(null), 0);
      const told = [];
      const look = () => told.push(desk.heard.shown_at ?? null);
      desk.onCounter(counter({ ...ticket, shown_at: "10:03" }), 5, null);
      look();
      // An answer says nothing of the hall; what the topic told stays.
      desk.onAnswer({ seq: 6, counter: counter({ ...ticket, notes: [] }) }, null, 0);
      look();
      desk.onAnswer({ seq: 7, counter: counter({ ...ticket, recalls: 1 }) }, null, 0);
      look();
      desk.onAnswer({ seq: 8, counter: counter({ ...ticket, id: "u" }) }, null, 0);
      look();
      return told;"""
    assert run(page, "counter/desk.js", body) == ["10:03", "10:03", None, None]
