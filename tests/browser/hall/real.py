"""A hall display behind the real server."""

from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.conftest import OpenPage
from tests.support import RunningServer

FULL_HD = (1920, 1080)
SIZES = [(1280, 720), FULL_HD, (3840, 2160), (1080, 1920)]
# Announcements last eight seconds each, pages of texts longer than that: several have to pass.
TURNS_MS = 40_000


def hall(open_page: OpenPage, server: RunningServer, zone: str = "utama", **options: Any) -> Page:
    query = options.pop("query", "")
    options.setdefault("size", FULL_HD)
    page = open_page(f"{server.url}/display?zone={zone}{query}", **options)
    page.wait_for_selector("html[data-connection=live]")
    page.wait_for_selector(".hall-zone:not(:empty)", state="attached")
    return page


def large(page: Page) -> Locator:
    return page.locator(".call .plate")


def announcing(page: Page) -> Locator:
    return page.locator(".call[data-announcing=true]")


def quiet(page: Page) -> None:
    page.wait_for_selector(".call[data-announcing=false]", timeout=TURNS_MS)
