"""The supervisor's board as tests open it."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.support import sign_in
from tests.support import Cast, RunningServer

XSS = "<img src=x onerror=window.hit=1>"
OpenBoard = Callable[..., Page]


def live(page: Page) -> None:
    page.wait_for_selector("html[data-connection=live]")
    page.wait_for_selector(".service")


def boards(open_page: OpenPage, server: RunningServer, cast: Cast) -> OpenBoard:
    """Opens a live board of a new supervisor."""

    def open_(**options: Any) -> Page:
        _, username, password = cast.user("supervisor", name="Budi")
        page = open_page(**options)
        sign_in(page, server.url, username, password)
        page.goto(f"{server.url}/supervisor")
        live(page)
        return page

    return open_
