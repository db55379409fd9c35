"""A console with a clerk at it, and a kiosk to take numbers at."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.counter.console import (
    WATCH_ENTER,
    OpenConsole,
    live,
)
from tests.browser.support import sign_in
from tests.support import Cast, Client, RunningServer


@pytest.fixture
def kiosk(cast: Cast) -> Client:
    return cast.kiosk()


@pytest.fixture
def console(open_page: OpenPage, server: RunningServer, cast: Cast) -> OpenConsole:
    """`console("loket-1", open=True)`: a live console where a new clerk, Sri Wahyuni, sits."""

    def open_(
        counter: str = "loket-1", *, seated: bool = True, user: Any = None, **options: Any
    ) -> Page:
        clerk, username, password = user or cast.user("clerk", name="Sri Wahyuni")
        if seated:
            clerk.post(f"/counters/{counter}/open").ok()
        page = open_page(**options)
        page.add_init_script(WATCH_ENTER)
        sign_in(page, server.url, username, password)
        page.goto(f"{server.url}/counter/{counter}")
        live(page)
        return page

    return open_
