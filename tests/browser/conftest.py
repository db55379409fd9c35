"""A real Chromium, pages in it that are watched for errors, and servers to open.

`open_page(url)` is what a test starts with. Wait on `data-connection="live"`, elements and numbers,
never on time.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.modules import ModuleServer
from tests.browser.support import CHROMIUM_ARGUMENTS, Watched
from tests.support import Cast, RunningServer

NAMES = ("chromium", "chromium-browser", "google-chrome")
# A page that needs longer than this for one step is broken, or the machine is.
STEP_MS = 15_000

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


def chromium() -> str:
    """Where it is."""
    given = os.environ.get("ANTREAN_CHROMIUM")
    path = given or next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path, "no Chromium: scripts/test installs one, or ANTREAN_CHROMIUM names it"
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """`open_page(url, size=(1366, 768), context=None, **options)`: a page as our PCs have it.

    `options` go to the new context (`device_scale_factor`, `reduced_motion`, …); `context` opens a
    second tab of an earlier page instead. Console errors and exceptions fail the test.
    """
    watched = Watched()
    contexts: list[BrowserContext] = []

    def open_(
        url: str | None = None,
        size: tuple[int, int] = (1366, 768),
        context: BrowserContext | None = None,
        **options: Any,
    ) -> Page:
        if context is None:
            facts: dict[str, Any] = {
                "viewport": {"width": size[0], "height": size[1]},
                "locale": "id-ID",
                "timezone_id": "Asia/Jakarta",
            }
            context = browser.new_context(**(facts | options))
            context.set_default_timeout(STEP_MS)
            contexts.append(context)
        page = watched.page(context)
        if url is not None:
            page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert watched.faults == []


@pytest.fixture(scope="session")
def modules() -> Iterator[ModuleServer]:
    """The browser side as it lies in the checkout, without the server."""
    with ModuleServer() as server:
        yield server


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """One for a module's tests that do not mind what others leave at it."""
    with RunningServer(tmp_path_factory.mktemp("shared")) as running:
        yield running


@pytest.fixture(scope="module")
def shared(shared_server: RunningServer) -> Iterator[Cast]:
    with Cast(shared_server) as people:
        yield people
