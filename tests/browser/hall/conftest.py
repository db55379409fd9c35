"""One stage for all looks at a hall: a Chromium page costs more than what is drawn in it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import OpenPage
from tests.browser.hall.stage import Stage
from tests.browser.modules import ModuleServer
from tests.browser.support import Watched


@pytest.fixture(scope="session")
def stage(browser: Browser, modules: ModuleServer) -> Iterator[Stage]:
    watched = Watched()
    # Without motion, or the boxes of a plate on its way would be measured.
    context = browser.new_context(
        viewport={"width": 1920, "height": 1080}, locale="id-ID", reduced_motion="reduce"
    )
    page = watched.page(context)
    page.goto(modules.url)
    yield Stage(page)
    context.close()
    assert watched.faults == []


@pytest.fixture
def timed(open_page: OpenPage, modules: ModuleServer) -> Stage:
    """A stage whose seconds pass when the test says so."""
    page = open_page(modules.url, size=(1920, 1080))
    page.clock.install()
    return Stage(page)


@pytest.fixture
def board(stage: Stage) -> Iterator[Stage]:
    stage.size((1920, 1080))
    yield stage
    stage.services = []
    stage.connection("live")
