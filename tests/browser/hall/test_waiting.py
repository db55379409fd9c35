"""Layout `waiting`: what its rows say when a line is shut."""

import pytest
from playwright.sync_api import expect

from tests.browser.hall import states
from tests.browser.hall.measure import faults, too_small
from tests.browser.hall.stage import Stage


def test_the_last_number_of_a_shut_line_is_called_in_its_row(stage: Stage) -> None:
    for status in ("closed", "paused", "not_operating"):
        stage.size((1920, 1080))
        stage.open("&layout=waiting")
        state = states.hall(announcing=True)
        state["services"]["ktp"].update(status=status, waiting=0, next=[])
        stage.see(state, states.waits())
        row = stage.page.locator('.wait-row[data-service="ktp"]')
        expect(row.locator(".plate")).to_have_attribute("data-number", "H-038")
        expect(row).to_have_attribute("data-theme", "now")
        expect(row).to_contain_text("Loket 5")


def test_a_service_of_another_zone_is_called_at_a_counter_of_this_one(stage: Stage) -> None:
    for size in ((1920, 1080), (1080, 1920)):
        stage.size(size)
        stage.open("&layout=waiting")
        state = states.hall(announcing=True)
        del state["services"]["ktp"]
        stage.see(state, states.waits())
        rows = stage.page.locator(".wait-row")
        before = rows.count()
        row = stage.page.locator('.wait-row[data-theme="now"]')
        expect(row.locator(".plate")).to_have_attribute("data-number", "H-038")
        expect(row.locator(".bullet")).to_have_text("H")
        expect(row).to_contain_text("KTP elektronik")
        expect(row).to_contain_text("Loket 5")
        assert faults(stage.page) == []
        assert stage.page.evaluate("window.board.drawn()") == [6]
        del state["announcing"]
        stage.open("&layout=waiting")
        stage.see(state, states.waits())
        expect(row).to_have_count(0)
        assert rows.count() == before


@pytest.mark.parametrize("number", ["MWM-1000", "MWM-1001"])
def test_a_counter_with_a_long_name_is_called_whole(stage: Stage, number: str) -> None:
    for size in ((1920, 1080), (1280, 720), (1080, 1920)):
        stage.size(size)
        stage.open("&layout=waiting")
        state = states.longest(announcing=True)
        state["announcing"] = {"number": number, "counter": "loket-11", "seq": 11}
        stage.see(state, states.waits())
        lit = stage.page.locator('.wait-row[data-theme="now"] .plate')
        expect(lit).to_have_attribute("data-number", number)
        assert faults(stage.page) == []
        assert too_small(stage.page, min(size) / 1080) == []
        # A name is read at six metres.
        assert stage.font_size(".wait-called b") >= 40 * min(size) / 1080


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)], ids=str)
def test_the_lines_of_a_cut_connection_are_in_the_past(stage: Stage, size: tuple[int, int]) -> None:
    stage.size(size)
    stage.open("&layout=waiting")
    stage.see(states.hall(), states.waits())
    head, count = stage.page.locator(".wait-head"), stage.page.locator(".wait-people").first
    expect(head).not_to_contain_text("saat itu")
    expect(count).not_to_contain_text("saat itu")
    stage.connection("stale")
    said = head.inner_text(), count.inner_text(), faults(stage.page)
    stage.connection("live")
    expect(head).not_to_contain_text("saat itu")
    if size == (1920, 1080):
        for words in ("Menunggu saat itu", "Waiting then", "Perkiraan saat itu", "Estimate then"):
            assert words in said[0]
    else:
        assert said[1].split() == ["menunggu", "saat", "itu"]
    assert said[2] == []


def test_the_heads_end_where_their_columns_do(stage: Stage) -> None:
    stage.size((1920, 1080))
    for query in ("", "&lang=en"):
        stage.open(f"&layout=waiting{query}")
        stage.see(states.hall(), states.waits())
        for status in ("live", "stale"):
            stage.connection(status)
            ends = stage.page.evaluate(_ENDS)
            stage.connection("live")
            for column, (head, figure) in ends.items():
                assert abs(head - figure) < 1, (query, status, column)


def test_a_short_name_of_the_agency_leaves_room_for_the_second_language(timed: Stage) -> None:
    timed.agencies = [{"id": "ktp", "short": {"id": "Disdukcapil"}}]
    timed.open("&layout=waiting")
    timed.see(crowded(), states.waits())
    row = timed.page.locator('.wait-row[data-service="ktp"]')
    full, short, english = (row.locator(one) for one in (".wait-full", ".wait-short", ".second"))
    timed.turn(1)
    expect(row).to_contain_text("Dinas Kependudukan dan Pencatatan Sipil")
    expect(english.first).to_be_hidden()
    timed.page.clock.run_for(4000)
    timed.turn(1)
    expect(short).to_have_text("Disdukcapil")
    expect(short).to_be_visible()
    expect(full).to_be_hidden()
    expect(english.first).to_have_text("Identity card")
    expect(english.first).to_be_visible()
    assert timed.font_size('[data-service="ktp"] .wait-service') >= 40
    assert faults(timed.page) == []
    # Where the full name has room it stands.
    timed.size((1080, 1920))
    timed.see(crowded(), states.waits())
    expect(full).to_be_visible()
    expect(english.first).to_be_visible()


@pytest.mark.parametrize(
    ("p10", "p90", "words"),
    [
        (18, 43, "18\N{EN DASH}43 mnt"),
        (52, 63, "52\N{EN DASH}65 mnt"),
        (88, 151, "85\N{EN DASH}155 mnt"),
        (60, 60, "60 mnt"),
    ],
)
def test_a_wait_of_hours_is_not_said_to_the_minute(
    stage: Stage, p10: int, p90: int, words: str
) -> None:
    stage.size((1920, 1080))
    stage.open("&layout=waiting")
    known = {"p10": p10 * 60, "p50": p10 * 60, "p90": p90 * 60}
    stage.see(states.hall(), {"services": {"pajak": {"wait": known}}})
    said = stage.page.locator('.wait-row[data-service="pajak"] .wait-range')
    expect(said).to_have_text(words)


def crowded() -> states.Json:
    """Twelve services: six rows a page, which are as low as rows get."""
    state = states.hall()
    for key in ("more", "most"):
        state["services"][key] = state["services"]["pajak"] | {"prefix": key[0].upper()}
    return state


# Where the letters of a head and what stands in its column begin ("next") or end.
_ENDS = """
() => {
  const row = document.querySelector('.wait-row[data-service="pajak"]');
  const letters = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };
  const ends = {};
  for (const [name, side] of [["next", "left"], ["count", "right"], ["range", "right"]]) {
    const below = row.querySelector(`.wait-${name}`).getBoundingClientRect();
    ends[name] = [letters(document.querySelector(`.wait-head-${name}`))[side], below[side]];
  }
  return ends;
}
"""
