"""The order of the whole run, and a server for a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import Cast, RunningServer

BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in a browser come last: from its first page on, Playwright keeps an event loop running
    in this thread, and no asyncio test can have one of its own beside it.
    """
    items.sort(key=lambda item: BROWSER in item.path.parents)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    """A server of the test's own."""
    with RunningServer(tmp_path) as running:
        yield running


@pytest.fixture
def cast(server: RunningServer) -> Iterator[Cast]:
    with Cast(server) as people:
        yield people
