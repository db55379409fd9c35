"""How the phone's page looks in every phase: nothing cut, also with large text."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.support import axe_violations, overflowing, overlap
from tests.browser.test_follow import Follow, phase, phones
from tests.support import Cast, RunningServer


@pytest.fixture
def follow(open_page: OpenPage, server: RunningServer) -> Follow:
    return phones(open_page, server)


@pytest.mark.parametrize("text", ["100%", "200%"])
def test_every_phase_is_accessible_and_nothing_is_cut(
    follow: Follow, cast: Cast, text: str
) -> None:
    kiosk, clerk = cast.kiosk(), cast.clerk("loket-1")
    kiosk.take("skck").ok()
    page = follow(kiosk.take("skck").token)
    page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", text)
    phase(page, "waiting")
    page.click("#defer")
    sound(page)
    clerk.post("/counters/loket-1/call-next").ok()
    phase(page, "next")
    sound(page)
    clerk.post("/counters/loket-1/no-show").ok()
    clerk.post("/counters/loket-1/call-next").ok()
    phase(page, "called")
    sound(page)
    page.get_by_role("button", name="English").click()
    expect(page.locator("#main")).to_contain_text("Now calling")
    sound(page)
    clerk.post("/counters/loket-1/no-show").ok()
    phase(page, "missed")
    sound(page)


def sound(page: Page) -> None:
    assert axe_violations(page) == []
    assert overflowing(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not overlap(page.locator("#main"), page.locator(".actions"))
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll("button, .step")).filter((node) => {
          const box = node.getBoundingClientRect();
          return box.width > 0 && (box.height < 44 || box.width < 44);
        }).map((node) => node.outerHTML.slice(0, 100))"""
    )
    assert small == []
