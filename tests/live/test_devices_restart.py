"""What a display says over a kill of the server."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.live.test_devices_speaking import Journal, Room
from tests.support import Cast, RunningServer
from tests.support.device import connected, listed, pair

pytestmark = pytest.mark.asyncio


async def killed_in_the_middle(
    server: RunningServer,
) -> tuple[tuple[str, str], str, int, dict[str, Any]]:
    """(id and token of a display, number, CALL, `speak`): the server was killed while it spoke."""
    with Cast(server) as cast:
        room = Room(cast)
        known = await pair(server, room.admin)
        async with connected(server, known) as device:
            await listed(room.admin, known[0], speaker=True)
            number, call = room.call()
            speak = await device.asked_to_speak(number)
            await room.until(number, "call.announced")
            server.kill()
    return known, number, call, speak


@pytest.mark.parametrize("way", ["said meanwhile", "cut off", "never heard of it"])
async def test_an_announcement_outlives_a_kill(tmp_path: Path, way: str) -> None:
    """What the display said while the server was gone counts by its id; what it did not say is
    said again. Once, either way."""
    with RunningServer(tmp_path) as server:
        known, number, call, speak = await killed_in_the_middle(server)
        server.start()
        with Cast(server) as cast:
            async with connected(server, known, sound=None) as device:
                heard = [] if way == "never heard of it" else [speak["id"]]
                await device.report("on", heard=heard)
                if way == "said meanwhile":
                    await device.says(speak)
                else:
                    if way == "cut off":
                        await listed(cast.admin, known[0], speaker=True)
                        await device.says_not(speak, "cut")
                    again = await device.asked_to_speak(number)
                    assert (again["id"], again["call"]) == (speak["id"], call)
                    await device.says(again)
                told = await Journal(cast.admin).until(number, "call.spoken")
                await device.settle()
                assert [kind for kind, _ in told].count("call.spoken") == 1
                assert told[-1][1]["device"] == known[0]
                assert len(device.heard("speak")) == (0 if way == "said meanwhile" else 1)


async def test_devices_outlive_a_restart(tmp_path: Path) -> None:
    with RunningServer(tmp_path) as server:
        with Cast(server) as cast:
            settings = {"arrows": {"loket-2": "up-right"}, "volume": 55}
            known = await pair(server, cast.admin, "TV Lobi", layout="mixed", settings=settings)
            gone = await pair(server, cast.admin, "TV Lama")
            cast.admin.send("DELETE", f"/devices/{gone[0]}").ok()
            before = cast.admin.get(f"/devices/{known[0]}").ok().body
        server.restart(hard=True)
        with Cast(server) as cast:
            assert cast.admin.get("/devices").items == [before]
            async with connected(server, known) as device:
                told = await device.told(name="TV Lobi", layout="mixed")
                assert told["settings"]["arrows"] == {"loket-2": "up-right"}
                await listed(cast.admin, known[0], online=True, speaker=True)
                server.kill()
                killed_at = datetime.datetime.now(datetime.UTC)
        server.start()
        with Cast(server) as cast:
            # whoever does not come back after a kill is not listed as if it were there, or had been
            now = cast.admin.get(f"/devices/{known[0]}").ok().body
            assert (now["online"], now["speaker"]) == (False, False)
            assert datetime.datetime.fromisoformat(now["seen_at"]) <= killed_at
            cast.holder(gone[1]).get("/site").refused(401, "unauthenticated")


async def test_a_cut_told_right_after_the_report_is_said_again(tmp_path: Path) -> None:
    """As a display does it: `report` and `unspoken` in one breath."""
    with RunningServer(tmp_path) as server:
        known, number, _, speak = await killed_in_the_middle(server)
        server.start()
        with Cast(server):
            async with connected(server, known, sound=None) as device:
                await device.phone.send({"op": "report", "sound": "on", "heard": [speak["id"]]})
                await device.says_not(speak, "cut")
                await device.asked_to_speak(number)
