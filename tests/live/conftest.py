"""One server for the tests of the socket that leave it as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import Cast, RunningServer

ALLOWED = "https://kota.example"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder: Path = tmp_path_factory.mktemp("live")
    with RunningServer(folder, arguments=["--origins", ALLOWED]) as running:
        yield running


@pytest.fixture(scope="module")
def cast(server: RunningServer) -> Iterator[Cast]:
    with Cast(server) as people:
        yield people


@pytest.fixture
def no_device_is_left(cast: Cast) -> Iterator[None]:
    yield
    for device in cast.admin.get("/devices?limit=200").items:
        cast.admin.send("DELETE", f"/devices/{device['id']}").ok()
