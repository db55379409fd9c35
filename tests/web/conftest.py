"""One server for all tests that leave it as they found it; a fresh one for the others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import Cast, RunningServer


@pytest.fixture(scope="package")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Shared: a test must not rely on what others leave at it."""
    with RunningServer(tmp_path_factory.mktemp("shared")) as server:
        yield server


@pytest.fixture(scope="package")
def shared(shared_server: RunningServer) -> Iterator[Cast]:
    with Cast(shared_server) as cast:
        yield cast


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    """A server of the test's own."""
    with RunningServer(tmp_path) as running:
        yield running


@pytest.fixture
def cast(server: RunningServer) -> Iterator[Cast]:
    with Cast(server) as people:
        yield people
