"""The order of the whole run."""

from pathlib import Path

import pytest

BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in a browser come last: from its first page on, Playwright keeps an event loop running
    in this thread, and no asyncio test can have one of its own beside it.
    """
    items.sort(key=lambda item: BROWSER in item.path.parents)
