"""Televisions: displays that are paired with a real server."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import OpenPage, chromium
from tests.browser.support import CHROMIUM_ARGUMENTS
from tests.browser.test_kiosk_away import free_port
from tests.support import Cast, RunningServer
from tests.support.client import Client

FULL_HD = (1920, 1080)
PATIENCE_SECONDS = 15.0
CODE = ".pairing-code:not([data-code=''])"

Pair = Callable[..., tuple[Page, str]]


@pytest.fixture
def steady(tmp_path: Path) -> Iterator[RunningServer]:
    """A server that comes back at the same address."""
    with RunningServer(tmp_path, arguments=["--port", str(free_port())]) as server:
        yield server


@pytest.fixture
def steady_cast(steady: RunningServer) -> Iterator[Cast]:
    with Cast(steady) as people:
        yield people


@pytest.fixture(scope="module")
def free_browser(browser: Browser) -> Iterator[Browser]:
    """One that may sound without a press, as a kiosk's is started."""
    free = browser.browser_type.launch(
        executable_path=chromium(),
        args=[*CHROMIUM_ARGUMENTS, "--autoplay-policy=no-user-gesture-required"],
    )
    yield free
    free.close()


@pytest.fixture
def pair(open_page: OpenPage) -> Pair:
    """`pair(cast, context=None, **members)`: a television that an administrator has taken in, and
    the id of its device; `members` go to POST /devices."""

    def pair_(
        cast: Cast, context: BrowserContext | None = None, **members: Any
    ) -> tuple[Page, str]:
        page = open_page(f"{cast.server.url}/display", size=FULL_HD, context=context)
        device = accept(cast, code_of(page), **members)
        page.wait_for_selector(".hall[data-layout]")
        page.wait_for_selector("html[data-connection=live]")
        return page, device

    return pair_


def code_of(page: Page) -> str:
    """The pairing code that a display shows."""
    code = page.locator(CODE).get_attribute("data-code")
    assert code
    return code


def accept(cast: Cast, code: str, **members: Any) -> str:
    """The id of the device that the display with this code became."""
    body = {"code": code, "name": "TV Lobi", "zone": "utama", **members}
    device: str = cast.admin.post("/devices", body).ok().body["device"]["id"]
    return device


def until(
    condition: Callable[[], object],
    what: str,
    seconds: float = PATIENCE_SECONDS,
    page: Page | None = None,
) -> None:
    """Until the server says so. `page`: one whose sockets are the test's, who has to look after
    them meanwhile."""
    end = time.monotonic() + seconds
    while not condition():
        if page is not None:
            page.evaluate("0")
        assert time.monotonic() < end, f"not within {seconds:.0f} s: {what}"


def listed(admin: Client, device: str, page: Page | None = None, **members: Any) -> dict[str, Any]:
    """The device as GET tells it, once these members are so."""

    def told() -> dict[str, Any]:
        found: dict[str, Any] = admin.get(f"/devices/{device}").ok().body
        return found

    until(
        lambda: all(told()[key] == value for key, value in members.items()),
        f"{device} with {members}",
        page=page,
    )
    return told()


def happened(cast: Cast, kind: str) -> list[dict[str, Any]]:
    """The facts of all journal entries of a kind."""
    items = cast.admin.get("/events?limit=1000").ok().body["items"]
    return [entry["data"] for entry in items if entry["type"] == kind]


def call(cast: Cast, counter: str = "loket-1") -> tuple[Any, str]:
    """The clerk, and the number that stands at the counter now."""
    clerk = cast.clerk(counter)
    cast.kiosk().take("skck").ok()
    answer = clerk.post(f"/counters/{counter}/call-next").ok()
    return clerk, answer.body["counter"]["ticket"]["number"]
