"""How the kiosk looks: nothing cut, everything large enough, at every size."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.support import axe_violations, overflowing, overlap
from tests.browser.test_kiosk import PORTRAIT, OpenKiosk, choose, kiosks
from tests.support import Cast

SIZES = [PORTRAIT, (1366, 768), (360, 740)]
# Fingers of standing people, and of those who tremble.
SMALLEST_TARGET = 72


@pytest.fixture
def kiosk(open_page: OpenPage, shared: Cast) -> OpenKiosk:
    return kiosks(open_page, shared.kiosk())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["Indonesia", "English"])
def test_every_step_is_accessible_and_nothing_is_cut(
    kiosk: OpenKiosk, size: tuple[int, int], language: str
) -> None:
    page = kiosk(size=size)
    page.get_by_role("button", name=language).click()
    sound(page)
    page.click("#check-in")
    sound(page)
    page.click("#back")
    page.click("[data-agency=polres]")
    sound(page)
    page.click("[data-service=skck]")
    sound(page)
    page.click("#regular")
    page.wait_for_selector(".code img")
    sound(page)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_it_holds_for_those_whose_browser_has_twice_the_text(
    kiosk: OpenKiosk, size: tuple[int, int]
) -> None:
    page = kiosk(size=size)
    browser = page.context.new_cdp_session(page)
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    sound(page)
    page.click("#check-in")
    sound(page)
    page.click("#back")
    choose(page, "polres", "skck")
    sound(page)
    page.click("#regular")
    page.wait_for_selector(".code img")
    sound(page)
    text = page.evaluate("() => parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert text >= 32


def sound(page: Page) -> None:
    assert axe_violations(page) == []
    assert overflowing(page) == []
    main, foot = page.locator("#main"), page.locator("#foot")
    assert not overlap(main, foot)
    inside = main.evaluate("node => node.scrollWidth <= node.clientWidth")
    assert inside, "the page scrolls sideways"


def test_everything_that_is_pressed_is_large_enough_at_the_kiosk(kiosk: OpenKiosk) -> None:
    page = kiosk()
    assert too_small(page) == []
    page.click("#check-in")
    assert too_small(page) == []
    page.click("#back")
    choose(page, "polres", "skck")
    assert too_small(page) == []


def too_small(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """(least) => Array.from(document.querySelectorAll("button, input, a")).filter((node) => {
          const box = node.getBoundingClientRect();
          return box.width > 0 && (box.height < least || box.width < least);
        }).map((node) => node.outerHTML.slice(0, 100))""",
        SMALLEST_TARGET,
    )
    return found


def test_all_agencies_of_the_hall_fit_on_the_start_page(kiosk: OpenKiosk) -> None:
    page = kiosk()
    main = page.locator("#main")
    assert main.evaluate("node => node.scrollHeight <= node.clientHeight")
