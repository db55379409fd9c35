"""What a display says of itself over its board: who it is, and that it waits for its server."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.hall import states
from tests.browser.hall.stage import Stage

SIZES = [(1280, 720), (1920, 1080), (3840, 2160), (1080, 1920)]
# A hundred letters, as many as are allowed.
LONGEST = (
    "Ruang Tunggu Lansia, Penyandang Disabilitas, dan Ibu Menyusui"
    " Lantai 1 Sayap Timur dekat Pintu Utara"
)
WIDEST = "Ruang Pendaftaranketenagakerjaan Timur"
ONE_WORD = "TV-" + "Ruangtunggu" * 8
_WORDS = """
(cover) => {
  const { paddingLeft, paddingTop } = getComputedStyle(cover);
  const place = cover.getBoundingClientRect();
  const [x, y] = [parseFloat(paddingLeft) - 1, parseFloat(paddingTop) - 1];
  const found = { broken: [], cut: [] };
  const texts = document.createTreeWalker(cover, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    for (const { index, 0: word } of text.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const boxes = Array.from(range.getClientRects());
      if (new Set(boxes.map(({ top }) => top)).size > 1) found.broken.push(word);
      // Of the line's box, what letters fill: capitals and what hangs below.
      const size = parseFloat(getComputedStyle(text.parentElement).fontSize);
      if (boxes.some(({ left, right, top, bottom }) => {
        const middle = (top + bottom) / 2;
        return left < place.left + x || right > place.right - x ||
          middle - 0.42 * size < place.top + y || middle + 0.36 * size > place.bottom - y;
      })) found.cut.push(word);
    }
  }
  return found;
}
"""


@pytest.fixture
def covered(stage: Stage) -> Iterator[Stage]:
    stage.size((1920, 1080))
    stage.open()
    stage.see(states.hall())
    stage.page.evaluate(
        """async () => {
          const { Overlay } = await import("/assets/displays/device/overlay.js");
          window.overlay = new Overlay(document.getElementById("hall"), () => {});
        }"""
    )
    yield stage
    stage.apply("")
    stage.page.evaluate(
        """() => {
          window.overlay.clear();
          window.overlay.cover.remove();
          window.overlay.bar.remove();
        }"""
    )


def words(stage: Stage) -> Any:
    return stage.page.locator(".device-cover").evaluate(_WORDS)


def name_size(stage: Stage, size: tuple[int, int]) -> float:
    """Of the name's letters, pixels of a 1080 screen."""
    return stage.font_size(".device-name") / (min(size) / 1080)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_display_says_its_whole_name(covered: Stage, size: tuple[int, int]) -> None:
    covered.size(size)
    for name, margin in [("TV Lobi", 3), (WIDEST, 3), (LONGEST, 3), (LONGEST, 0), (LONGEST, 10)]:
        covered.apply(f"&margin={margin}")
        covered.page.evaluate(
            "(name) => window.overlay.identify({ id: 'aw41Ik-E_3J1wEel', name }, 'Hall Utama')",
            name,
        )
        assert words(covered) == {"broken": [], "cut": []}, (name, margin)
        assert name_size(covered, size) >= (189 if name == "TV Lobi" else 58 * 0.85)


def test_a_name_without_a_space_is_broken_rather_than_cut(covered: Stage) -> None:
    covered.size((1080, 1920))
    covered.page.evaluate(
        "(name) => window.overlay.identify({ id: 'aw41Ik-E_3J1wEel', name }, 'Hall Utama')",
        ONE_WORD,
    )
    assert words(covered) == {"broken": [ONE_WORD], "cut": []}


@pytest.mark.parametrize(("name", "least"), [("TV Lobi", 119), (WIDEST, 57), (LONGEST, 57)])
def test_who_waits_says_its_whole_name_also_when_the_screen_is_turned(
    covered: Stage, name: str, least: float
) -> None:
    covered.page.evaluate("(name) => window.overlay.wait(name)", name)
    covered.page.wait_for_selector(".device-cover[data-state=waiting]")
    for size in SIZES:
        covered.size(size)
        covered.page.wait_for_function("(width) => innerWidth === width", arg=size[0])
        covered.page.evaluate("() => new Promise(requestAnimationFrame)")  # resized
        assert words(covered) == {"broken": [], "cut": []}, size
        assert least <= name_size(covered, size) <= 121
