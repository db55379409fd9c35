"""Every layout at every size and in both languages: measured, with the longest that may come."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.hall import states
from tests.browser.hall.measure import box, faults, too_small
from tests.browser.hall.stage import Stage
from tests.browser.support import axe_violations

SIZES = [(1280, 720), (1920, 1080), (3840, 2160), (1080, 1920)]
# A counter's own display is small.
SMALL = [(1024, 600), (600, 1024)]
LAYOUTS = {
    "call": "&layout=call&arrows=loket-5:up-right,loket-10A:down",
    "counters": "&layout=counters",
    "waiting": "&layout=waiting",
    "counter": "&layout=counter&counter=loket-10A",
    "mixed": "&layout=mixed&arrows=loket-5:left",
}
LANGUAGES = {"both": "", "english first": "&lang=en", "one": "&languages=id"}
PICTURE = [{"media": "a", "type": "image/png", "url": "/media/a.png", "seconds": 10}]


def scale(size: tuple[int, int]) -> float:
    """A pixel of a 1080 screen here; narrower ones than 16:9 are drawn by their width."""
    wide, high = size
    return min(wide / 1920, high / 1080) if wide > high else min(wide / 1080, high / 1920)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_overlaps_is_cut_or_too_small(
    stage: Stage, layout: str, size: tuple[int, int]
) -> None:
    for lang, asked in LANGUAGES.items():
        stage.size(size)
        stage.open(LAYOUTS[layout] + asked)
        for name, state in {
            "usual": states.hall(),
            "announcing": states.hall(announcing=True),
            "longest": states.longest(),
            "longest announcing": states.longest(announcing=True),
            "sent on": states.sent_on(states.hall()),
            "longest sent on": states.sent_on(states.longest()),
        }.items():
            stage.see(state, states.waits())
            for page in range(stage.pages()):
                stage.turn(page)
                where = f"{layout}, {lang}, {name}, {size}, page {page}"
                assert faults(stage.page) == [], where
                assert too_small(stage.page, scale(size)) == [], where


@pytest.mark.parametrize("size", [*SMALL, (1280, 720)], ids=str)
@pytest.mark.parametrize(
    "counter", ["loket-5", "loket-6", "loket-8", "loket-10A", "loket-22", "loket-24", "nowhere"]
)
def test_a_counters_own_display_fits(stage: Stage, counter: str, size: tuple[int, int]) -> None:
    stage.size(size)
    stage.open(f"&layout=counter&counter={counter}")
    stage.see(states.longest(announcing=True))
    assert faults(stage.page) == []
    assert too_small(stage.page, scale(size)) == []


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)], ids=str)
def test_what_takes_the_whole_screen_fits(stage: Stage, size: tuple[int, int]) -> None:
    stage.size(size)
    text = {"id": f"{states.LONG_NOTE['id']}. " * 4, "en": f"{states.LONG_NOTE['en']}. " * 4}
    for words in ("Tutup", states.LONG_NOTE, text):
        stage.open()
        stage.see(states.longest() | {"announcements": {"a": {"text": words, "full_screen": True}}})
        assert stage.page.locator(".panel").is_visible()
        assert faults(stage.page) == [], words
        assert too_small(stage.page, scale(size)) == []
    stage.open()
    stage.see(states.closed())
    assert "tutup" in stage.page.locator(".panel").inner_text()
    assert faults(stage.page) == []


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_usual_number_has_its_full_size(stage: Stage, size: tuple[int, int]) -> None:
    stage.size(size)
    stage.open(LAYOUTS["call"])
    stage.see(states.hall(announcing=True))
    digits = stage.font_size(".call .plate") * 0.7
    counter = stage.font_size(".call-counter") * 0.7
    # 190 and 128 pixels of 1080: 41 and 27 minutes of arc at ten metres on 55 inches.
    assert digits >= 190 * scale(size) - 1
    assert counter >= 128 * scale(size) - 1
    assert box(stage.page, ".call .plate")["height"] >= 1.6 * 190 * scale(size) - 2


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_no_hair_of_the_ground_shows_below_the_edge(stage: Stage, size: tuple[int, int]) -> None:
    stage.size(size)
    for margin in (0, 3, 10):
        stage.open(f"{LAYOUTS['call']}&theme=dark&margin={margin}")
        stage.see(states.hall(announcing=True))
        edge, body = box(stage.page, ".hall .edge"), box(stage.page, ".hall-body")
        assert body["y"] <= edge["y"] + edge["height"] - 0.9


@pytest.mark.parametrize("margin", [0, 3, 5, 10])
def test_a_television_that_crops_cuts_nothing_off(stage: Stage, margin: int) -> None:
    stage.size((1920, 1080))
    stage.open(f"{LAYOUTS['call']}&margin={margin}")
    stage.see(states.longest(announcing=True))
    assert faults(stage.page) == []
    cut = stage.page.evaluate(
        """(percent) => {
          const [x, y] = [innerWidth * percent / 100, innerHeight * percent / 100];
          const parts = ".hall-title, .hall-clock, .call .plate, .earlier-row, .hall-info > *";
          return Array.from(document.querySelectorAll(parts)).filter((node) => {
            const box = node.getBoundingClientRect();
            const size = parseFloat(getComputedStyle(node).fontSize);
            const middle = (box.top + box.bottom) / 2;
            const text = node.matches(".plate, .earlier-row") ? box
              : { top: middle - 0.4 * size, bottom: middle + 0.3 * size };
            return box.left < x - 1 || box.right > innerWidth - x + 1 ||
              text.top < y - 1 || text.bottom > innerHeight - y + 1;
          }).map((node) => node.className);
        }""",
        margin,
    )
    assert cut == []


@pytest.mark.parametrize("margin", ["", "&margin=0", "&margin=1"])
@pytest.mark.parametrize("size", [*SIZES, *SMALL], ids=str)
def test_a_stale_screen_says_so_in_its_bar(
    stage: Stage, size: tuple[int, int], margin: str
) -> None:
    stage.size(size)
    for lang in LANGUAGES.values():
        stage.open(f"&layout=counter&counter=loket-10A{lang}{margin}")
        stage.see(states.longest())
        stage.connection("stale")
        found = faults(stage.page), too_small(stage.page, scale(size))
        stage.connection("live")
        assert found == ([], []), lang


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_left_above_the_stale_bar_fits(stage: Stage, layout: str) -> None:
    stage.size((1080, 1920))
    stage.open(LAYOUTS[layout])
    stage.see(states.longest(), states.waits())
    stage.connection("stale")
    found = faults(stage.page), too_small(stage.page, 1)
    stage.connection("live")
    assert found == ([], [])


_LOWEST = """
(bar) => {
  const texts = document.createTreeWalker(bar, NodeFilter.SHOW_TEXT);
  const ends = [];
  while (texts.nextNode()) {
    const range = document.createRange();
    range.selectNode(texts.currentNode);
    const { top, bottom } = range.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(texts.currentNode.parentElement).fontSize);
    ends.push((top + bottom) / 2 + 0.3 * size);
  }
  return Math.max(...ends);
}
"""


@pytest.fixture
def blocked(stage: Stage) -> Iterator[Stage]:
    """A board that says below itself that its sound is blocked."""
    stage.open()
    stage.page.evaluate(
        """async () => {
          const { Overlay } = await import("/assets/displays/device/overlay.js");
          window.overlay = new Overlay(document.getElementById("hall"), () => {});
          window.overlay.blocked(true);
        }"""
    )
    stage.page.wait_for_selector(".device-bar:not([hidden])")
    yield stage
    stage.connection("live")
    stage.page.evaluate(
        """() => {
          window.overlay.clear();
          window.overlay.cover.remove();
          window.overlay.bar.remove();
        }"""
    )


@pytest.mark.parametrize("size", [(1280, 720), (1080, 1920)], ids=str)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_bar_about_sound_leaves_room_for_the_calls(
    blocked: Stage, layout: str, size: tuple[int, int]
) -> None:
    blocked.size(size)
    for margin in (0, 1, 3, 5, 10) if layout == "call" else (3,):
        blocked.open(f"{LAYOUTS[layout]}&margin={margin}")
        blocked.see(states.longest(announcing=True), states.waits())
        assert faults(blocked.page) == [], margin
        # What a television may crop holds none of its letters.
        lowest = blocked.page.locator(".device-bar").evaluate(_LOWEST)
        assert lowest <= size[1] * (1 - margin / 100) + 1, margin
        blocked.connection("stale")
        assert faults(blocked.page) == [], margin


def themes() -> list[str]:
    return [
        f"&layout={layout}{LAYOUTS[layout].replace(f'&layout={layout}', '')}{theme}"
        for layout in LAYOUTS
        for theme in ("", "&theme=dark", "&contrast=1", "&theme=dark&contrast=1")
    ]


@pytest.mark.parametrize("query", themes())
def test_axe_finds_nothing(stage: Stage, query: str) -> None:
    stage.size((1920, 1080))
    stage.open(query)
    for state in (states.hall(announcing=True), states.longest(), states.closed()):
        stage.see(state, states.waits())
        assert axe_violations(stage.page) == []
    stage.connection("stale")
    assert axe_violations(stage.page) == []
    stage.connection("live")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_text_is_markup(stage: Stage, layout: str) -> None:
    stage.size((1920, 1080))
    stage.open(LAYOUTS[layout].replace("loket-10A", "loket-5"))
    hostile = states.hostile()
    stage.see(hostile, states.waits())
    assert states.XSS in stage.page.locator("#hall").inner_text()
    covering: dict[str, Any] = {"a": {"text": states.XSS, "full_screen": True}}
    stage.see({**hostile, "announcing": None, "announcements": covering})
    stage.see(states.closed() | {"announcements": covering})
    assert stage.page.evaluate("[window.hit, document.querySelectorAll('#hall img').length]") == [
        None,
        0,
    ]
