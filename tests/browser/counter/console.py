"""What a clerk does and sees at the console, in words of a test."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.support import Cast

NAME = "Siti Aminah"
XSS = "<img src=x onerror=window.hit=1>"
OpenConsole = Callable[..., Page]


def live(page: Page) -> None:
    page.wait_for_selector("html[data-connection=live]")
    page.wait_for_selector(".now, .pick-door")


def primary(page: Page, words: str) -> Locator:
    """The yellow action, once it says `words`."""
    button = page.locator(".now .primary")
    expect(button).to_contain_text(words)
    return button


def other(page: Page, action: str) -> Locator:
    return page.locator(f'.now .other[data-action="{action}"]')


WATCH_ENTER = """
window.entered = -Infinity;
addEventListener("keydown", (event) => {
  if (event.key === "Enter") window.entered = event.timeStamp;
}, true);
"""


def enter(page: Page) -> None:
    """Enter as a press of its own: one within 300 ms is taken as the same finger."""
    page.wait_for_function("() => performance.now() > window.entered + 320")
    page.keyboard.press("Enter")


def scan(page: Page, text: str) -> None:
    """What a wedge scanner types, however slowly the test's own keyboard gets through."""
    page.evaluate(
        """(keys) => keys.forEach((key) => {
          const options = { key, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new KeyboardEvent("keydown", options));
        })""",
        [*text, "Enter"],
    )


def press_enter(page: Page, before: str) -> None:
    """Enter, once the primary action says `before` and can be pressed."""
    expect(primary(page, before)).not_to_have_attribute("aria-disabled", "true")
    enter(page)


def plate(page: Page) -> Locator:
    return page.locator(".now .now-plate .plate")


def row(page: Page, number: str) -> Locator:
    return page.locator(f'.side .row:has([data-number="{number}"])')


def state_of(cast: Cast, number: str) -> str:
    return str(ticket(cast, number)["state"])


def ticket(cast: Cast, number: str) -> dict[str, Any]:
    found = cast.admin.get(f"/tickets?q={number}").items
    return dict(cast.admin.get(f"/tickets/{found[0]['id']}").ok().body)
