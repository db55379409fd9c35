"""Paired displays: what they may say, what is done with them, and that nobody else is one."""

import datetime
import time
from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.live.phone import Phone, phone
from tests.support import Cast, RunningServer
from tests.support.client import address
from tests.support.device import connected, display, listed, pair

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("no_device_is_left")]

SAYINGS: dict[str, dict[str, Any]] = {
    "report": {"sound": "on"},
    "shown": {"seq": 1},
    "spoken": {"id": "utama.1"},
    "unspoken": {"id": "utama.1", "code": "audio"},
}


def seq_of(cast: Cast) -> int:
    return int(cast.admin.get("/events?limit=1").headers["x-seq"])


async def site(stack: AsyncExitStack, server: RunningServer, cast: Cast) -> Phone:
    screen = await stack.enter_async_context(phone(server, cast.supervisor().token))
    await screen.subscribe("site")
    return screen


async def test_a_device_is_seen_as_it_tells(server: RunningServer, cast: Cast) -> None:
    async with AsyncExitStack() as stack:
        board = await site(stack, server, cast)
        known = await pair(server, cast.admin, "TV Pintu")
        path = f"/devices/{known[0]}"
        before = cast.supervisor().get(path).ok().body
        assert (before["online"], before["seen_at"], before["address"]) == (False, None, None)
        source = address()
        screen = await stack.enter_async_context(phone(server, source=source))
        await screen.ask({"op": "auth", "token": known[1]})
        clock = round(time.time() * 1000) - 86_400_000
        told = {"sound": "on", "version": "1.2.3", "screen": [3840, 2160], "clock": clock}
        await screen.send({"op": "report", **told})

        def seen() -> dict[str, Any]:
            found: dict[str, Any] = board.states["site"]["devices"][known[0]]
            return found

        await board.until(lambda: seen().get("version") == "1.2.3", "its report on the site")
        assert seen()["online"] is True
        assert seen()["speaker"] is True
        assert (seen()["sound"], seen()["screen"]) == ("on", [3840, 2160])
        now = cast.supervisor().get(path).ok().body
        assert now["address"] == source
        assert 86_390 < now["clock_offset"] < 86_430
        at = datetime.datetime.fromisoformat(now["seen_at"])
        assert abs(time.time() - at.timestamp()) < 30
        assert cast.supervisor().get("/devices").items == [now | {"seen_at": ANY_TIME}]
        await screen.hang_up()
        await board.until(lambda: not seen()["online"], "that it went")
        assert seen()["speaker"] is False
        gone = cast.supervisor().get(path).ok().body
        assert gone["seen_at"] >= now["seen_at"]
        assert gone["address"] == source


class _AnyTime:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, str)

    def __hash__(self) -> int:
        return 0


ANY_TIME = _AnyTime()


async def test_a_report_that_says_nothing_new_is_no_event(
    server: RunningServer, cast: Cast
) -> None:
    async with display(server, cast.admin) as device:
        before = seq_of(cast)
        for _ in range(5):
            await device.report("on")
        await device.report("blocked")
        await listed(cast.admin, device.id, sound="blocked")
        assert seq_of(cast) == before + 1


# who may say what
@pytest.mark.parametrize("who", ["nobody", "display", "kiosk", "supervisor", "holder"])
async def test_nobody_else_speaks_for_the_hall(server: RunningServer, cast: Cast, who: str) -> None:
    """A display's token of POST /tokens is no device either."""
    token = None
    if who == "holder":
        token = cast.kiosk().take().token
    elif who != "nobody":
        token = cast.with_token(who).token
    before = seq_of(cast)
    async with phone(server, token) as screen:
        for op, members in SAYINGS.items():
            answer = await screen.ask({"op": op, **members})
            assert (answer["op"], answer["code"]) == ("error", "forbidden"), op
        await screen.ping()
        assert {f["op"] for f in screen.frames} == {"error", "pong"}
    assert seq_of(cast) == before


@pytest.mark.parametrize(
    "said",
    [
        {"op": "report"},
        {"op": "report", "sound": "loud"},
        {"op": "report", "sound": True},
        {"op": "report", "sound": "on", "version": "x" * 41},
        {"op": "report", "sound": "on", "version": "a\u202eb"},
        {"op": "report", "sound": "on", "version": 1},
        {"op": "report", "sound": "on", "screen": [1920]},
        {"op": "report", "sound": "on", "screen": [1920, 1080, 1]},
        {"op": "report", "sound": "on", "screen": [0, 1080]},
        {"op": "report", "sound": "on", "screen": [1920, 20_001]},
        {"op": "report", "sound": "on", "screen": [1920.5, 1080]},
        {"op": "report", "sound": "on", "screen": "1920x1080"},
        {"op": "report", "sound": "on", "clock": -1},
        {"op": "report", "sound": "on", "clock": "kemarin"},
        {"op": "report", "sound": "on", "clock": 10**15},
        {"op": "report", "sound": "on", "speaking": ["utama.1"]},
        {"op": "shown"},
        {"op": "shown", "seq": 0},
        {"op": "shown", "seq": True},
        {"op": "shown", "seq": "1"},
        {"op": "shown", "seq": 2**64},
        {"op": "spoken"},
        {"op": "spoken", "id": ""},
        {"op": "spoken", "id": 5},
        {"op": "spoken", "id": "x" * 201},
        {"op": "unspoken", "id": "utama.1"},
        {"op": "unspoken", "id": "utama.1", "code": ""},
        {"op": "unspoken", "id": "utama.1", "code": "x" * 41},
    ],
    ids=repr,
)
async def test_a_device_is_held_to_the_right_shapes(
    server: RunningServer, cast: Cast, said: dict[str, Any]
) -> None:
    async with display(server, cast.admin) as device:
        before = seq_of(cast)
        answer = await device.phone.ask(said)
        assert (answer["op"], answer["code"]) == ("error", "invalid")
        await device.settle()
        assert seq_of(cast) == before


async def test_what_a_device_may_leave_out(server: RunningServer, cast: Cast) -> None:
    async with display(server, cast.admin, sound=None) as device:
        await device.phone.send({"op": "report", "sound": "off", "new": {"x": 1}})
        found = await listed(cast.admin, device.id, sound="off", online=True)
        assert (found["version"], found["screen"], found["clock_offset"]) == (None, None, None)


async def test_a_device_cannot_fill_the_journal(server: RunningServer, cast: Cast) -> None:
    async with display(server, cast.admin) as device:
        before = seq_of(cast)
        for n in range(120):
            sound = "on" if n % 2 else "blocked"
            await device.phone.send({"op": "report", "sound": sound})
        await device.settle()
        codes = [f["code"] for f in device.heard("error")]
        assert codes.count("rate_limited") > 50
        assert seq_of(cast) - before < 60
        assert device.phone.closed is None


async def test_sayings_about_nothing_change_nothing(server: RunningServer, cast: Cast) -> None:
    async with display(server, cast.admin) as device:
        before = seq_of(cast)
        for op, members in SAYINGS.items():
            if op != "report":
                await device.phone.send({"op": op, **members})
        for odd in ("utama.999999", "timur.1", "utama.x", "x", "." * 200, "mana.1"):
            await device.phone.send({"op": "spoken", "id": odd})
        await device.phone.send({"op": "shown", "seq": 2**53})
        await device.settle()
        assert not device.heard("error")
        assert seq_of(cast) == before


# tokens
async def test_a_tickets_token_is_no_device_and_a_devices_no_ticket(
    server: RunningServer, cast: Cast
) -> None:
    taken = cast.kiosk().take()
    ticket, holder = taken.ticket["id"], taken.token
    known = await pair(server, cast.admin)
    mac = known[1].rpartition(".")[2]
    forged = (
        f"d.{holder}",
        f"d.{ticket}.{mac}",
        f"{known[0]}.{mac}",
        known[1].removeprefix("d."),
        f"d.{known[0]}.{holder.rpartition('.')[2]}",
        known[1][:-1],
        f"d.{known[0]}",
        f"d.{known[0]}.",
        "d.",
        "d..",
    )
    for token in forged:
        cast.holder(token).get("/site").refused(401, "unauthenticated")
        async with phone(server) as screen:
            await screen.send({"op": "auth", "token": token})
            assert await screen.ends() == 4401, token
    cast.holder(known[1]).get("/my").refused(403, "forbidden")
    async with phone(server, known[1]) as screen:
        await screen.until(lambda: screen.frames, "device")
        answer = await screen.subscribe(f"ticket:{ticket}")
        assert answer["code"] in ("unauthenticated", "forbidden")
        answer = await screen.subscribe(f"ticket:{known[0]}", token=known[1])
        assert answer["code"] == "unauthenticated"


async def test_a_device_gets_no_topic_of_others_with_what_they_know(
    server: RunningServer, cast: Cast
) -> None:
    """It knows an epoch and offsets; those open nothing."""
    async with (
        display(server, cast.admin) as device,
        phone(server, cast.supervisor().token) as boss,
    ):
        mark = await boss.subscribe("site")
        for topic in ("site", "counter:loket-1", "service:skck"):
            for members in ({}, {"epoch": mark["epoch"], "offset": max(0, mark["offset"] - 1)}):
                answer = await device.phone.subscribe(topic, **members)
                assert (answer["op"], answer["code"]) == ("error", "forbidden"), topic
        assert (await device.phone.subscribe("zone:utama"))["op"] == "snapshot"
        assert (await device.phone.subscribe("zone:timur"))["op"] == "snapshot"


async def test_a_removed_device_is_out_at_once(server: RunningServer, cast: Cast) -> None:
    known = await pair(server, cast.admin, "TV Curian")
    path = f"/devices/{known[0]}"
    async with AsyncExitStack() as stack:
        board = await site(stack, server, cast)
        one = await stack.enter_async_context(connected(server, known))
        two = await stack.enter_async_context(phone(server, known[1]))
        await one.phone.subscribe("zone:utama")
        began = time.monotonic()
        answer = cast.admin.send("DELETE", path).ok()
        assert answer.body["device"]["name"] == "TV Curian"
        assert await one.phone.ends() == 4401
        assert await two.ends() == 4401
        assert time.monotonic() - began < 1
        await board.until(
            lambda: known[0] not in board.states["site"].get("devices", {}), "that it is gone"
        )
    entry = cast.admin.events(answer.seq - 1)[0]
    assert entry["type"] == "device.removed"
    cast.holder(known[1]).get("/site").refused(401, "unauthenticated")
    async with phone(server) as screen:
        await screen.send({"op": "auth", "token": known[1]})
        assert await screen.ends() == 4401
    for method, rest in (("DELETE", ""), ("GET", ""), ("POST", "/identify"), ("PATCH", "")):
        cast.admin.send(method, path + rest, None if method == "GET" else {}).refused(
            404, "not_found"
        )
