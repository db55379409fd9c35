"""One server for all tests that leave it as they found it; a fresh one for the others."""

from collections.abc import Iterator

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
