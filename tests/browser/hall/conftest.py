"""One stage for all looks at a hall: a Chromium page costs more than what is drawn in it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

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
