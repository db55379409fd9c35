"""The rules of a hall display that need no server: what is announced when, and what fits."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.modules import ModuleServer

# One moment of the server's clock, as ms and as text; calls are made so many seconds before it.
NOW = 1_795_000_000_000


@pytest.fixture
def page(open_page: OpenPage, modules: ModuleServer) -> Page:
    return open_page(modules.url)


def run(page: Page, module: str, body: str, given: Any = None) -> Any:
    code = f"async (given) => {{ const m = await import('/assets/displays/{module}.js'); {body} }}"
    return page.evaluate(code, given)


# Drives the announcer through steps: [now in ms, state] or [now in ms, "stale" | "live" | null].
ANNOUNCER = """
  const [start, steps] = given;
  const a = new m.Announcer();
  return steps.map(([now, step]) => {
    const server = start + now;
    if (step === "stale" || step === "live") a.freeze(step === "stale", server, now);
    else if (step) {
      const state = step.calls ? step : { calls: step };
      for (const c of Object.values(state.calls)) c.at = new Date(start + c.t).toISOString();
      a.see(state, server, now);
    } else a.tick(server, now);
    const { large, announcing, list } = a.shown(server, now);
    return [large, announcing, list.filter((row) => row.waiting).map((row) => row.number)];
  });
"""


def announced(page: Page, *steps: tuple[int, Any]) -> Any:
    """(large, yellow, waiting ones) after each step."""
    return run(page, "announcer", ANNOUNCER, [NOW, [list(step) for step in steps]])


def call(seq: int, t: int, state: str = "called", recalls: int = 0) -> dict[str, Any]:
    """A call made `t` ms after the first moment."""
    return {"seq": seq, "t": t, "state": state, "recalls": recalls}


def spoken(calls: dict[str, Any], number: str | None = None) -> dict[str, Any]:
    """The state of a zone that has a voice, which announces the last call of `number`."""
    state: dict[str, Any] = {"calls": calls, "speaks": True}
    if number is not None:
        state["announcing"] = {"number": number, "seq": calls[number]["seq"]}
    return state


# with a voice: the server's turns
def test_what_the_server_announces_stands_large_and_yellow(page: Page) -> None:
    one = {"A-001": call(1, 0)}
    two = one | {"B-001": call(2, 100)}
    steps = ((0, spoken({})), (10, spoken(one, "A-001")), (100, spoken(two, "A-001")))
    assert announced(page, *steps, (15_000, None), (15_010, spoken(two, "B-001"))) == [
        [None, False, []],
        ["A-001", True, []],
        ["A-001", True, ["B-001"]],
        ["A-001", True, ["B-001"]],  # for as long as it is said
        ["B-001", True, []],
    ]


def test_yellow_stays_for_eight_seconds_in_all_unless_another_begins(page: Page) -> None:
    calls = {"A-001": call(1, 0), "B-001": call(2, 0)}
    begun, over = spoken(calls, "A-001"), spoken(calls)
    assert announced(
        page, (0, spoken({})), (0, begun), (3000, over), (7999, None), (8000, None)
    ) == [
        [None, False, []],
        ["A-001", True, ["B-001"]],
        ["A-001", True, ["B-001"]],
        ["A-001", True, ["B-001"]],
        ["A-001", False, ["B-001"]],  # nobody announces B in its place
    ]
    other = spoken(calls, "B-001")
    assert announced(page, (0, spoken({})), (0, begun), (3000, over), (3100, other))[-1] == [
        "B-001",
        True,
        [],
    ]


def test_a_recall_that_is_announced_turns_yellow_again(page: Page) -> None:
    once = {"A-001": call(1, 0)}
    again = {"A-001": call(2, 20_000, recalls=1)}
    assert announced(
        page,
        (0, spoken(once, "A-001")),
        (9000, spoken(once)),
        (20_000, spoken(again)),
        (20_005, spoken(again, "A-001")),
    )[1:] == [["A-001", False, []], ["A-001", False, []], ["A-001", True, []]]


def test_a_call_is_not_in_the_list_for_the_moment_before_its_announcement(page: Page) -> None:
    body = ANNOUNCER.replace(
        "return [large, announcing, list.filter((row) => row.waiting).map((row) => row.number)]",
        "return [large, list.map((row) => row.number), a.left(server, now)]",
    )
    old = {"A-001": call(1, -90_000, "serving")}
    new = old | {"B-001": call(2, 1000)}
    steps = [[0, spoken(old)], [1000, spoken(new)], [1199, None], [1200, None]]
    assert run(page, "announcer", body, [NOW, steps]) == [
        ["A-001", [], None],
        ["A-001", [], 200],
        ["A-001", [], 1],
        ["A-001", ["B-001"], 59_800],
    ]


def test_behind_a_call_that_is_still_said_a_new_one_is_listed_at_once(page: Page) -> None:
    gone = {"A-001": call(1, 0, "no_show")}
    new = gone | {"B-001": call(2, 1000)}
    steps = ((0, spoken(gone, "A-001")), (1000, spoken(new, "A-001")))
    assert announced(page, *steps)[-1][2] == ["B-001"]


def test_a_number_that_is_undone_and_called_again_while_it_is_said_stands_large(page: Page) -> None:
    old = {"A-001": call(1, -90_000, "serving")}
    one, again = old | {"B-001": call(2, 0)}, old | {"B-001": call(4, 1001)}
    undone = spoken(old) | {"announcing": {"number": "B-001", "seq": 2}}
    later = spoken(again) | {"announcing": {"number": "B-001", "seq": 2}}
    steps = ((0, spoken(one, "B-001")), (1000, undone), (1001, later))
    assert [large for large, _, _ in announced(page, *steps)] == ["B-001", "A-001", "B-001"]


def test_a_browser_that_was_just_opened_takes_over_what_is_announced(page: Page) -> None:
    calls = {"A-001": call(1, -50_000), "B-001": call(2, -20_000), "C-001": call(3, -1000)}
    assert announced(page, (0, spoken(calls, "B-001"))) == [["B-001", True, ["C-001"]]]
    assert announced(page, (0, spoken(calls))) == [["C-001", False, []]]


def test_a_call_too_old_to_be_said_takes_the_place_quietly(page: Page) -> None:
    one = {"A-001": call(1, 0)}
    two = one | {"B-001": call(2, 500)}
    steps = ((0, spoken(one, "A-001")), (9000, spoken(two)), (9200, None), (60_500, None))
    assert announced(page, *steps)[2:] == [["A-001", False, ["B-001"]], ["B-001", False, []]]


def test_what_is_announced_when_the_line_comes_back_is_yellow(page: Page) -> None:
    calls = {"A-001": call(1, 0)}
    assert announced(
        page, (0, spoken(calls, "A-001")), (20_000, "stale"), (25_000, "live"), (25_010, None)
    ) == [
        ["A-001", True, []],
        ["A-001", False, []],
        ["A-001", True, []],
        ["A-001", True, []],
    ]


# without a voice: the displays' own turns, by the same order
def test_a_new_call_is_announced_for_eight_seconds(page: Page) -> None:
    calls = {"A-001": call(1, 0)}
    assert announced(page, (0, {}), (10, calls), (8009, None), (8010, None)) == [
        [None, False, []],
        ["A-001", True, []],
        ["A-001", True, []],
        ["A-001", False, []],
    ]


def test_calls_at_once_follow_one_another_in_order(page: Page) -> None:
    calls = {"B-002": call(3, 0), "A-001": call(1, 0), "C-003": call(2, 0)}
    assert announced(page, (0, {}), (0, calls), (8000, None), (16000, None), (24000, None)) == [
        [None, False, []],
        ["A-001", True, ["B-002", "C-003"]],
        ["C-003", True, ["B-002"]],
        ["B-002", True, []],
        ["B-002", False, []],
    ]


def test_none_of_a_rush_is_skipped(page: Page) -> None:
    calls = {f"A-{n:03d}": call(n, 0) for n in range(1, 11)}
    steps = [(8000 * n, None) for n in range(1, 10)]
    seen = announced(page, (0, {}), (0, calls), *steps)[1:]
    assert [large for large, _, _ in seen] == list(calls)
    assert all(yellow for _, yellow, _ in seen)
    # All that wait are in the list, however many.
    assert [len(waiting) for _, _, waiting in seen] == list(range(9, -1, -1))


def test_a_recall_goes_before_the_calls_that_wait(page: Page) -> None:
    one = {"A-001": call(1, 0), "B-001": call(2, 0), "C-001": call(3, 0)}
    two = one | {"A-001": call(1, 0), "C-001": call(4, 100, recalls=1)}
    assert announced(page, (0, {}), (0, one), (100, two), (8000, None), (16000, None))[2:] == [
        ["A-001", True, ["C-001", "B-001"]],
        ["C-001", True, ["B-001"]],
        ["B-001", True, []],
    ]


def test_a_recall_of_the_large_number_is_announced_at_once_and_in_full(page: Page) -> None:
    once = {"A-001": call(1, 0), "B-001": call(2, 0)}
    again = once | {"A-001": call(3, 5000, recalls=1)}
    assert announced(page, (0, {}), (0, once), (5000, again), (12999, None), (13000, None))[2:] == [
        ["A-001", True, ["B-001"]],
        ["A-001", True, ["B-001"]],
        ["B-001", True, []],
    ]


@pytest.mark.parametrize(
    ("state", "large"),
    [("serving", "B-001"), ("no_show", "A-001"), ("done", "A-001"), ("waiting", "A-001")],
)
def test_a_call_that_ended_while_it_waited_is_not_announced(
    page: Page, state: str, large: str
) -> None:
    both = {"A-001": call(1, 0), "B-001": call(2, 0)}
    gone = both | {"B-001": call(2, 0, state)}
    assert announced(page, (0, {}), (0, both), (100, gone), (8000, None))[-1] == [large, False, []]


def test_an_undone_call_ends_its_announcement_and_leaves(page: Page) -> None:
    before = {"A-001": call(1, -90_000, "serving")}
    assert announced(page, (0, before), (0, before | {"B-001": call(2, 0)}), (500, before)) == [
        ["A-001", False, []],
        ["B-001", True, []],
        ["A-001", False, []],
    ]


def test_an_announcement_goes_on_when_the_ticket_is_started_early(page: Page) -> None:
    started = {"A-001": call(1, 0, "serving")}
    assert announced(page, (0, {}), (0, {"A-001": call(1, 0)}), (500, started))[-1] == [
        "A-001",
        True,
        [],
    ]


def test_a_browser_that_was_just_opened_announces_only_what_is_new(page: Page) -> None:
    old = {"A-001": call(1, -20_000), "B-001": call(2, -7_000)}
    assert announced(page, (0, old)) == [["B-001", True, []]]
    assert announced(page, (0, {"A-001": call(1, -9_000)})) == [["A-001", False, []]]


def test_what_was_missed_while_cut_off_is_announced_unless_it_is_old(page: Page) -> None:
    first = {"A-001": call(1, -90_000, "serving")}
    later = first | {"B-001": call(2, 10_000), "C-001": call(3, 65_000)}
    assert announced(
        page, (0, first), (5000, "stale"), (75_000, later), (75_000, "live"), (83_000, None)
    )[1:] == [
        ["A-001", False, []],
        ["A-001", False, []],  # B waited for over a minute, C for the line
        ["C-001", True, []],
        ["C-001", False, []],
    ]


def test_a_call_that_is_old_when_it_is_first_seen_gets_no_turn(page: Page) -> None:
    told = announced(page, (0, {}), (1_000, {"A-001": call(5, -61_000)}))
    assert told[1] == ["A-001", False, []]


def test_nothing_is_announced_while_cut_off(page: Page) -> None:
    calls = {"A-001": call(1, 0), "B-001": call(2, 0)}
    assert announced(page, (0, {}), (0, calls), (1000, "stale"), (9000, None))[2:] == [
        ["A-001", False, []],
        ["A-001", False, []],
    ]


def test_the_list_shows_who_still_has_to_walk_before_who_is_there(page: Page) -> None:
    calls = {f"A-00{n}": call(n, -90_000, "done") for n in range(1, 9)}
    body = ANNOUNCER.replace("return [large, announcing", "return [list.map((r) => r.number)")
    body = body.replace(", list.filter((row) => row.waiting).map((row) => row.number)]", "]")
    assert run(page, "announcer", body, [NOW, [[0, calls]]]) == [
        [["A-007", "A-006", "A-005", "A-004", "A-003"]]
    ]
    calls["A-001"]["state"] = "called"
    calls["A-002"]["to"] = {"service": "b"}
    assert run(page, "announcer", body, [NOW, [[0, calls]]]) == [
        [["A-007", "A-006", "A-005", "A-002", "A-001"]]
    ]


# what plays
@pytest.mark.parametrize(
    ("time", "names"),
    [
        ("07:59", ["always", "night"]),
        ("08:00", ["always", "day"]),
        ("11:59", ["always", "day"]),
        ("12:00", ["always"]),
        ("22:00", ["always", "night"]),
        ("", ["always"]),
    ],
)
def test_a_playlist_plays_by_the_time_of_day(page: Page, time: str, names: list[str]) -> None:
    items = [
        {"url": "always", "type": "image/png"},
        {"url": "day", "type": "video/mp4", "start": "08:00", "end": "12:00"},
        {"url": "night", "type": "image/jpeg", "start": "22:00", "end": "08:00"},
        {"url": "page", "type": "text/html"},
    ]
    body = "return m.playable(given[0], given[1]).map((item) => item.url);"
    assert run(page, "playlist", body, [items, time]) == names


def test_long_texts_come_in_pieces_that_fit_and_lose_nothing(page: Page) -> None:
    body = "return m.pieces(given, (text) => text.length <= 12);"
    assert run(page, "paging", body, "Bawalah KTP asli\ndan Kartu Keluarga") == [
        "Bawalah KTP",
        "asli",
        "dan Kartu",
        "Keluarga",
    ]
    assert run(page, "paging", body, "pertanggungjawaban ya") == ["pertanggungj", "awaban ya"]
    # Where a reader stops anyway, unless that leaves half of the place empty.
    assert run(page, "paging", body, "Sabtu buka. Minggu tutup") == ["Sabtu buka.", "Minggu tutup"]
    assert run(page, "paging", body, "Bawa KTP, KK asli") == ["Bawa KTP,", "KK asli"]
    assert run(page, "paging", body, "Ya. Bawa KTP asli") == ["Ya. Bawa KTP", "asli"]
    nothing = "return m.pieces(given, () => false);"
    assert run(page, "paging", nothing, "ab c") == ["a", "b", "c"]


def test_a_long_text_is_measured_in_few_steps(page: Page) -> None:
    """Each step has the browser lay out the page: 1,000 characters took a TV seconds."""
    body = """
      let asked = 0;
      const fits = (text) => { asked += 1; return text.length <= given[1]; };
      const found = m.pieces(given[0], fits);
      return [asked, found.join(""), Math.max(...found.map((piece) => piece.length))];
    """
    for text, room in (("kata panjang " * 80, 90), ("kata " * 200, 900), ("W" * 1000, 40)):
        asked, found, longest = run(page, "paging", body, [text, room])
        assert found.replace(" ", "") == text.replace(" ", "")
        assert longest <= room
        assert asked <= 110


def test_things_are_paged_in_order_as_many_as_fit(page: Page) -> None:
    body = "return m.paged(given, (page) => page.reduce((a, b) => a + b) <= 10);"
    assert run(page, "paging", body, [4, 6, 11, 1, 2, 8]) == [[4, 6], [11], [1, 2], [8]]


@pytest.mark.parametrize(
    ("cells", "pages", "height"), [(1, 1, 120), (12, 1, 78), (24, 1, 50), (60, 2, 46)]
)
def test_the_grid_has_the_largest_digits_and_pages_only_where_they_would_be_too_small(
    page: Page, cells: int, pages: int, height: int
) -> None:
    body = """return m.fitGrid(given, { width: 1792, height: 850 }, { label: 2, plate: 5 }, 1);"""
    grid = run(page, "fit", body, cells)
    assert grid["pages"] == pages
    assert grid["height"] >= height
    assert grid["columns"] * grid["rows"] * pages >= cells


def test_notices_say_what_is_shut_in_order_and_one_sentence_for_a_closed_hall(page: Page) -> None:
    body = "return m.notices(given[0], given[1]).map((n) => [n.kind, n.prefix, n.opens_at]);"
    services = {
        "a": {"prefix": "A", "status": "closed"},
        "b": {"prefix": "B", "status": "open"},
        "c": {"prefix": "C", "status": "paused"},
        "d": {"prefix": "D", "status": "not_operating"},
    }
    assert run(page, "notices", body, [services, {"a": "2026-11-25T08:00:00.000+07:00"}]) == [
        ["not_operating", "D", None],
        ["paused", "C", None],
        ["closed", "A", "2026-11-25T08:00:00.000+07:00"],
    ]
    for service in services.values():
        if service["status"] != "not_operating":
            service["status"] = "closed"
    times = {"a": "2026-11-25T09:00:00.000+07:00", "b": "2026-11-25T08:00:00.000+07:00"}
    assert run(page, "notices", body, [services, times]) == [
        ["all_closed", None, "2026-11-25T08:00:00.000+07:00"],
        ["not_operating", "D", None],
    ]
