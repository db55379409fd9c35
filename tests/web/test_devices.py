"""Displays over HTTP where time passes and disks fail: lists, codes that end, doubtful commits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from antrean.web.pairing import Pairing
from tests.support.disk import failing_disk
from tests.support.inside import Inside, inside

pytestmark = pytest.mark.asyncio


class Screen:
    """A display that waits at a socket."""

    def __init__(self) -> None:
        self.became: list[str] = []

    def paired(self, device: str) -> None:
        self.became.append(device)


class Site:
    """An application, its administrator, and the seconds that codes live by."""

    def __init__(self, app: Inside, admin: str) -> None:
        self.app, self.admin = app, admin
        self.seconds = 1000.0
        self.app.parts.backend.pairing = Pairing(lambda: self.seconds)

    def show(self, screen: Screen) -> str:
        """The code that a display shows."""
        offer = self.app.parts.backend.pairing.offer(screen, "10.0.0.1")
        assert offer is not None
        return offer.code

    async def pair(self, code: str, name: str = "TV", **headers: str) -> httpx2.Response:
        body = {"code": code, "name": name, "zone": "utama"}
        return await self.app.call("POST", "/devices", body, token=self.admin, **headers)

    async def get(self, path: str, role: str = "supervisor") -> Any:
        answer = await self.app.call("GET", path, token=await self.app.token(role))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def names(self) -> list[str]:
        return [d["name"] for d in (await self.get("/devices"))["items"]]


@asynccontextmanager
async def site(folder: Path) -> AsyncIterator[Site]:
    async with inside(folder / "d") as app:
        yield Site(app, await app.token("admin"))


async def test_displays_are_listed_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    async with site(tmp_path) as here:
        for name in ("C", "A", "D", "B"):
            assert (await here.pair(here.show(Screen()), name)).status_code == 201
        assert await here.names() == ["C", "A", "D", "B"]
        first = await here.get("/devices?limit=3")
        assert [d["name"] for d in first["items"]] == ["C", "A", "D"]
        rest = await here.get(f"/devices?limit=3&cursor={first['next']}")
        assert ([d["name"] for d in rest["items"]], rest["next"]) == (["B"], None)
        one = await here.get(f"/devices/{first['items'][1]['id']}")
        assert one == first["items"][1]


@pytest.mark.parametrize(("passed", "status"), [(599.0, 201), (600.0, 404)])
async def test_a_code_ends_after_ten_minutes(tmp_path: Path, passed: float, status: int) -> None:
    async with site(tmp_path) as here:
        screen = Screen()
        code = here.show(screen)
        here.seconds += passed
        answer = await here.pair(code)
        assert answer.status_code == status
        assert len(screen.became) == (1 if status == 201 else 0)
        assert answer.json().get("code") == (None if status == 201 else "unknown_code")


@pytest.mark.parametrize("key", [None, "satu"], ids=["without a key", "with a key"])
@pytest.mark.parametrize("written", [False, True])
async def test_a_doubtful_commit_makes_one_device_that_the_display_is(
    tmp_path: Path, written: bool, key: str | None
) -> None:
    """Nobody can say whether it happened; the display has to get its token all the same."""
    headers = {"Idempotency_Key": key} if key else {}
    async with site(tmp_path) as here:
        screen = Screen()
        code = here.show(screen)
        with failing_disk(here.app.parts.engine.store, written=written):
            assert (await here.pair(code, **headers)).status_code == 503
        assert screen.became == []
        again = await here.pair(code, **headers)
        # without a key the second try is another one: perhaps of a code that was used after all
        assert again.status_code == 201 or (key is None and written and again.status_code == 404)
        (device,) = (await here.get("/devices"))["items"]
        assert screen.became == [device["id"]]
        if again.status_code == 201:
            assert again.json()["device"]["id"] == device["id"]
        assert (await here.pair(code)).status_code == 404


async def test_a_new_key_of_a_used_code_is_no_repetition(tmp_path: Path) -> None:
    async with site(tmp_path) as here:
        code = here.show(Screen())
        first = await here.pair(code, Idempotency_Key="satu")
        again = await here.pair(code, Idempotency_Key="satu")
        assert (again.status_code, again.json()) == (201, first.json())
        other = await here.pair(code, Idempotency_Key="dua")
        assert (other.status_code, other.json()["code"]) == (404, "unknown_code")
        lain = await here.pair(here.show(Screen()), Idempotency_Key="satu")
        assert (lain.status_code, lain.json()["code"]) == (422, "idempotency_mismatch")
        assert await here.names() == ["TV"]


async def test_a_code_refused_for_its_key_can_still_be_used(tmp_path: Path) -> None:
    async with site(tmp_path) as here:
        assert (await here.pair(here.show(Screen()), Idempotency_Key="k")).status_code == 201
        screen = Screen()
        code = here.show(screen)
        assert (await here.pair(code, Idempotency_Key="k")).status_code == 422
        assert (await here.pair(code, "TV 2")).status_code == 201
        assert len(screen.became) == 1
