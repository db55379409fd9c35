"""`Hall` on a disk that refuses: nothing that is told once is lost, and nothing is said twice."""

import asyncio
from pathlib import Path

import pytest

from antrean.domain.hall_model import Sound
from tests.hall.room import SECONDS, a_room
from tests.support.disk import failing_disk

pytestmark = pytest.mark.asyncio


async def test_a_report_outlives_a_disk_that_refuses(tmp_path: Path) -> None:
    """One that gave no answer speaks after its next report, which comes once."""
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        await room.call()
        await room.until(lambda: tv.turns, "it is told")
        room.app.time.pass_(seconds=SECONDS + 3.1)
        room.hall.shown("depan", 1)
        tv.report(heard=frozenset({tv.turns[0]["id"]}))  # has the zone look at its clock
        await room.until(lambda: tv.device.ready is None, "it gave no answer")
        with failing_disk(room.store):
            tv.report()
            await room.until(lambda: room.engine.trouble, "the disk refused")
        await room.until(lambda: tv.device.ready is not None, "it may speak again")


async def test_what_a_display_tells_once_outlives_a_disk_that_refuses(tmp_path: Path) -> None:
    """It waits once, however often it is told: the disk may be full for an hour."""
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        call = await room.call()
        await room.until(lambda: tv.turns, "it is told")
        with failing_disk(room.store):
            room.hall.shown("depan", call)
            await room.until(lambda: room.engine.trouble, "the disk refused")
            before = len(asyncio.all_tasks())
            for _ in range(100):
                room.hall.shown("depan", call)
            assert len(asyncio.all_tasks()) == before
        hearings = room.engine.published.hearings
        await room.until(lambda: [h for h in hearings.values() if h.shown_by], "it is noted")


@pytest.mark.parametrize("moment", ["it begins", "it ends"])
async def test_a_call_is_said_once_though_the_disk_refuses(tmp_path: Path, moment: str) -> None:
    async with a_room(tmp_path) as room:
        tv = await room.display("depan")
        if moment == "it begins":
            tv.report(Sound.BLOCKED)
            await room.until(lambda: tv.device.ready is None, "its browser wants a press")
        call = await room.call()
        if moment == "it ends":
            await room.until(lambda: tv.turns, "it is told")
        with failing_disk(room.store):
            if moment == "it begins":
                tv.report()
            else:
                room.hall.spoken("depan", tv.turns[0]["id"])
            await room.until(lambda: room.engine.trouble, "the disk refused")
        await room.until(lambda: tv.turns, "it is told")
        if moment == "it begins":
            room.hall.spoken("depan", tv.turns[0]["id"])
        assert await room.ended(call) is None
        assert len(tv.turns) == 1
