"""The page of the TVs as tests open it."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.conftest import OpenPage
from tests.browser.support import sign_in
from tests.support import Cast, RunningServer
from tests.support.server import ADMIN_PASSWORD

PHONE = (360, 740)
OpenDevices = Callable[..., Page]


def devices_pages(open_page: OpenPage, server: RunningServer, cast: Cast) -> OpenDevices:
    """Opens the live page of an administrator, or of a supervisor."""

    def open_(fragment: str = "", role: str = "admin", **options: Any) -> Page:
        page = open_page(**options)
        if role == "admin":
            sign_in(page, server.url, "admin", ADMIN_PASSWORD)
        else:
            _, username, password = cast.user(role)
            sign_in(page, server.url, username, password)
        page.goto(f"{server.url}/devices{fragment}")
        live(page)
        return page

    return open_


def live(page: Page) -> None:
    page.wait_for_selector("html[data-connection=live]")
    page.wait_for_selector(".zone")


def new(page: Page) -> Locator:
    return page.locator(".accept")
