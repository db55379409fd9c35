"""Layout `counter`: a display above one counter that nobody chose, or that is not here."""

import pytest
from playwright.sync_api import expect

from tests.browser.hall import states
from tests.browser.hall.measure import box, faults
from tests.browser.hall.stage import Stage


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (1024, 600)], ids=str)
@pytest.mark.parametrize(
    ("query", "first", "second"),
    [
        (
            "",
            "Loket untuk TV ini belum dipilih",
            "No counter has been chosen for this TV",
        ),
        (
            "&counter=loket-99",
            "Tidak ada loket loket-99 di zona ini",
            "There is no counter loket-99 in this zone",
        ),
    ],
)
def test_a_display_without_its_counter_says_what_is_missing(
    stage: Stage, query: str, first: str, second: str, size: tuple[int, int]
) -> None:
    stage.size(size)
    stage.open(f"&layout=counter{query}")
    stage.see(states.hall())
    said = stage.page.locator(".desk-state")
    expect(said).to_contain_text(first)
    expect(said).to_contain_text(second)
    expect(stage.page.locator(".desk-word")).to_contain_text("Loket")
    assert faults(stage.page) == []


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (600, 1024)], ids=str)
@pytest.mark.parametrize("query", ["", "&lang=en", "&languages=id"])
def test_each_language_of_the_heading_has_one_line(
    stage: Stage, size: tuple[int, int], query: str
) -> None:
    stage.size(size)
    stage.open(f"&layout=counter&counter=loket-10A{query}")
    stage.see(states.longest(announcing=True))
    lines = stage.page.locator(".desk-place .hall-heading").evaluate(
        """(heading) => Array.from(heading.childNodes).filter((node) => node.textContent.trim())
          .map((node) => {
            const range = document.createRange();
            range.selectNodeContents(node);
            return new Set(Array.from(range.getClientRects()).map((box) => box.top)).size;
          })"""
    )
    assert lines == ([1] if query == "&languages=id" else [1, 1])
    plate, agency = box(stage.page, ".desk-plate .plate"), box(stage.page, ".desk-agency")
    if size == (1080, 1920):
        assert agency["y"] - plate["y"] - plate["height"] >= 40
    assert faults(stage.page) == []
