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


# Drives the announcer through steps: [now in ms, calls] or [now in ms, "stale" | "live" | null].
ANNOUNCER = """
  const [start, steps] = given;
  const a = new m.Announcer();
  return steps.map(([now, step]) => {
    const server = start + now;
    if (step === "stale" || step === "live") a.freeze(step === "stale", server, now);
    else if (step) {
      for (const c of Object.values(step)) c.at = new Date(start + c.t).toISOString();
      a.see(step, server, now);
    } else a.tick(now);
    const { large, announcing, list } = a.shown();
    return [large, announcing, list.filter((row) => row.waiting).map((row) => row.number)];
  });
"""


def announced(page: Page, *steps: tuple[int, Any]) -> Any:
    """(large, announcing, waiting ones) after each step."""
    return run(page, "announcer", ANNOUNCER, [NOW, [list(step) for step in steps]])


def call(seq: int, t: int, state: str = "called", recalls: int = 0) -> dict[str, Any]:
    """A call made `t` ms after the first moment."""
    return {"seq": seq, "t": t, "state": state, "recalls": recalls}


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


@pytest.mark.parametrize("state", ["serving", "no_show", "done", "waiting"])
def test_a_call_that_ended_while_it_waited_is_shown_but_not_announced(
    page: Page, state: str
) -> None:
    both = {"A-001": call(1, 0), "B-001": call(2, 0)}
    gone = both | {"B-001": call(2, 0, state)}
    assert announced(page, (0, {}), (0, both), (100, gone), (8000, None))[-1] == [
        "B-001",
        False,
        [],
    ]


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
        ["B-001", False, []],  # passed over: it waited for over a minute
        ["C-001", True, []],
        ["C-001", False, []],
    ]


def test_nothing_is_announced_while_cut_off(page: Page) -> None:
    calls = {"A-001": call(1, 0), "B-001": call(2, 0)}
    assert announced(page, (0, {}), (0, calls), (1000, "stale"), (9000, None))[2:] == [
        ["A-001", False, []],
        ["A-001", False, []],
    ]


def test_the_list_shows_the_last_five_without_the_large_one(page: Page) -> None:
    calls = {f"A-00{n}": call(n, -90_000, "done") for n in range(1, 9)}
    body = ANNOUNCER.replace("return [large, announcing", "return [list.map((r) => r.number)")
    body = body.replace(", list.filter((row) => row.waiting).map((row) => row.number)]", "]")
    assert run(page, "announcer", body, [NOW, [[0, calls]]]) == [
        [["A-007", "A-006", "A-005", "A-004", "A-003"]]
    ]


def test_cells_glow_each_for_its_own_eight_seconds(page: Page) -> None:
    body = """
      const g = new m.Glow();
      const at = (ms) => new Date(given + ms).toISOString();
      const one = { "A-001": { seq: 1, state: "called", at: at(0) } };
      const two = { ...one, "B-001": { seq: 2, state: "called", at: at(3000) } };
      const seen = [];
      for (const [now, calls] of [[0, {}], [0, one], [3000, two], [7999, two], [8000, two],
                                  [10999, two], [11000, two]]) {
        g.see(calls, given + now, now);
        seen.push([g.numbers(now), g.left(now)]);
      }
      return seen;
    """
    assert run(page, "glow", body, NOW) == [
        [[], None],
        [["A-001"], 8000],
        [["A-001", "B-001"], 5000],
        [["A-001", "B-001"], 1],
        [["B-001"], 3000],
        [["B-001"], 1],
        [[], None],
    ]


def test_long_texts_come_in_pieces_that_fit_and_lose_nothing(page: Page) -> None:
    body = "return m.pieces(given, (text) => text.length <= 12);"
    assert run(page, "paging", body, "Bawalah KTP asli\ndan Kartu Keluarga") == [
        "Bawalah KTP",
        "asli",
        "dan Kartu",
        "Keluarga",
    ]
    assert run(page, "paging", body, "pertanggungjawaban ya") == ["pertanggungj", "awaban ya"]


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
