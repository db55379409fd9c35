"""From a call to the word of the display that said it: the whole way, over real sockets."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.live.phone import PATIENCE, Phone, phone
from tests.support import Cast, Client, RunningServer
from tests.support.device import display, listed

pytestmark = pytest.mark.asyncio


class Journal:
    """What it says that the hall did with a number."""

    def __init__(self, admin: Client) -> None:
        self.admin = admin

    def told(self, number: str) -> list[tuple[str, dict[str, Any]]]:
        """(type, data) of each entry."""
        return [
            (e["type"], e["data"])
            for e in self.admin.events()
            if e["type"].startswith("call.") and e["data"]["number"] == number
        ]

    def types(self, number: str) -> list[str]:
        return [kind for kind, _ in self.told(number)]

    async def until(self, number: str, kind: str) -> list[tuple[str, dict[str, Any]]]:
        """All of it, once an entry of that type is there."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            told = self.told(number)
            if kind in [k for k, _ in told]:
                return told
            await asyncio.sleep(0)  # sockets are read meanwhile
        raise AssertionError(f"{kind} of {number} never came: {told}")


class Room(Journal):
    """The hall `utama` with one clerk at loket-1 and another at loket-2."""

    def __init__(self, cast: Cast) -> None:
        super().__init__(cast.admin)
        self.cast = cast
        self.kiosk = cast.kiosk()
        self.clerks = {c: cast.clerk(c) for c in ("loket-1", "loket-2")}

    def call(self, counter: str = "loket-1") -> tuple[str, int]:
        """(number, CALL) of somebody who is called to `counter`."""
        ticket = self.kiosk.take().ticket
        answer = self.do(counter, "call", {"ticket": ticket["id"]})
        return ticket["number"], answer

    def do(self, counter: str, verb: str, body: Any = None) -> int:
        return self.clerks[counter].post(f"/counters/{counter}/{verb}", body).seq

    def close(self) -> None:
        for counter, clerk in self.clerks.items():
            clerk.post(f"/counters/{counter}/no-show")
            clerk.post(f"/counters/{counter}/close").ok()
        for device in self.admin.get("/devices?limit=200").items:
            self.admin.send("DELETE", f"/devices/{device['id']}").ok()


@pytest.fixture
def room(cast: Cast) -> Iterator[Room]:
    opened = Room(cast)
    yield opened
    opened.close()


async def board(stack: AsyncExitStack, server: RunningServer, room: Room, *topics: str) -> Phone:
    screen = await stack.enter_async_context(phone(server, room.cast.supervisor().token))
    for topic in topics:
        await screen.subscribe(topic)
    return screen


async def test_a_call_is_said_by_the_speaker_alone(server: RunningServer, room: Room) -> None:
    async with AsyncExitStack() as stack:
        see = await board(stack, server, room, "zone:utama", "counter:loket-1", "site")
        one = await stack.enter_async_context(display(server, room.admin, "TV 1"))
        two = await stack.enter_async_context(display(server, room.admin, "TV 2"))
        mute = await stack.enter_async_context(display(server, room.admin, "TV 3", sound="blocked"))
        far = await stack.enter_async_context(display(server, room.admin, "TV 4", zone="timur"))
        number, call = room.call()
        speak = await one.asked_to_speak(number)
        assert speak["call"] == call
        assert speak["counter"] == "loket-1"
        assert speak["id"]
        assert isinstance(speak["audio"], list)
        assert speak["seconds"] >= 0
        assert see.hello["at"] <= speak["at"] < speak["until"]
        assert "alone" not in speak
        announcing = {"number": number, "counter": "loket-1", "seq": call}
        await see.until(
            lambda: see.states["zone:utama"].get("announcing") == announcing, "announcing"
        )
        await one.says(speak)
        await see.until(lambda: "announcing" not in see.states["zone:utama"], "its end")

        def spoken() -> bool:
            at_counter = see.states["counter:loket-1"]["ticket"]
            on_site = see.states["site"]["counters"]["loket-1"]["ticket"]
            return bool(at_counter.get("spoken_at") and on_site.get("spoken_at"))

        await see.until(spoken, "spoken_at")
        for other in (two, mute, far):
            await other.settle()
            assert not other.heard("speak"), other.id
        assert room.types(number) == ["call.announced", "call.spoken"]
        data = room.told(number)[-1][1]
        assert data["device"] == one.id
        assert (data["call"], data["counter"], data["zone"]) == (call, "loket-1", "utama")


async def test_sounds_are_fetched_without_a_header(server: RunningServer, room: Room) -> None:
    async with display(server, room.admin) as device:
        number, _ = room.call()
        speak = await device.asked_to_speak(number)
        for url in speak["audio"]:
            answer = room.cast.nobody().get(url, root=True)
            assert answer.status == 200
            assert answer.headers["content-type"].startswith("audio/")
        await device.says(speak)


async def test_who_draws_a_call_first_is_in_the_journal(server: RunningServer, room: Room) -> None:
    async with AsyncExitStack() as stack:
        see = await board(stack, server, room, "counter:loket-1")
        first = await stack.enter_async_context(display(server, room.admin, sound="off"))
        second = await stack.enter_async_context(display(server, room.admin, sound="off"))
        far = await stack.enter_async_context(display(server, room.admin, zone="timur"))
        number, call = room.call()
        await far.phone.send({"op": "shown", "seq": call})
        await far.settle()
        for device in (first, second, first):
            await device.phone.send({"op": "shown", "seq": call})
            await device.phone.send({"op": "shown", "seq": call + 100_000})
            await device.settle()
            await see.until(
                lambda: see.states["counter:loket-1"]["ticket"].get("shown_at"), "drawn"
            )
        shown = [d for kind, d in room.told(number) if kind == "call.shown"]
        assert [d["device"] for d in shown] == [first.id]
        room.do("loket-1", "undo")  # nothing of it hinders undo


async def test_a_display_that_cannot_hands_on_to_another(server: RunningServer, room: Room) -> None:
    async with AsyncExitStack() as stack:
        one = await stack.enter_async_context(display(server, room.admin))
        two = await stack.enter_async_context(display(server, room.admin))
        number, call = room.call()
        speak = await one.asked_to_speak(number)
        await one.says_not(speak, "audio_failed")
        again = await two.asked_to_speak(number)
        assert (again["call"], again["id"]) == (call, speak["id"])
        await two.says(again)
        await room.until(number, "call.spoken")
        assert room.types(number) == ["call.announced", "call.spoken"]
        assert room.told(number)[-1][1]["device"] == two.id


async def test_of_all_that_cannot_the_code_is_told(server: RunningServer, room: Room) -> None:
    async with AsyncExitStack() as stack:
        see = await board(stack, server, room, "zone:utama", "counter:loket-1")
        device = await stack.enter_async_context(display(server, room.admin))
        number, _ = room.call()
        speak = await device.asked_to_speak(number)
        assert speak["alone"] is True
        await device.says_not(speak, "audio_failed")
        await room.until(number, "call.unspoken")
        assert room.told(number)[-1][1]["code"] == "audio_failed"

        def unspoken() -> object:
            return see.states["counter:loket-1"]["ticket"].get("unspoken")

        await see.until(lambda: unspoken() == "audio_failed", "why not")
        await device.says(speak)  # its word comes late
        await room.until(number, "call.spoken")
        await see.until(lambda: unspoken() is None, "that it was said")


async def test_a_display_that_goes_is_replaced(server: RunningServer, room: Room) -> None:
    async with AsyncExitStack() as stack:
        see = await board(stack, server, room, "zone:utama", "site")
        one = await stack.enter_async_context(display(server, room.admin))
        two = await stack.enter_async_context(display(server, room.admin))
        number, call = room.call()
        await one.asked_to_speak(number)
        await one.phone.hang_up()
        again = await two.asked_to_speak(number)
        assert again["call"] == call
        devices = see.states["site"]["devices"]
        assert (devices[one.id]["speaker"], devices[two.id]["speaker"]) == (False, True)
        await two.says(again)
        await room.until(number, "call.spoken")
        assert room.told(number)[-1][1]["device"] == two.id


async def test_a_removed_display_is_replaced(server: RunningServer, room: Room) -> None:
    async with AsyncExitStack() as stack:
        one = await stack.enter_async_context(display(server, room.admin))
        two = await stack.enter_async_context(display(server, room.admin))
        number, _ = room.call()
        await one.asked_to_speak(number)
        room.admin.send("DELETE", f"/devices/{one.id}").ok()
        await two.says(await two.asked_to_speak(number))
        await room.until(number, "call.spoken")


async def test_a_display_that_is_silent_is_no_speaker_until_it_reports(
    server: RunningServer, room: Room
) -> None:
    async with AsyncExitStack() as stack:
        brief = {"voice": {"repeats": 1, "gap_seconds": 0}}  # it is waited for
        room.admin.send("PATCH", "/zones/utama", brief).ok()
        stack.callback(room.admin.send, "PATCH", "/zones/utama", {"voice": None})
        one = await stack.enter_async_context(display(server, room.admin))
        two = await stack.enter_async_context(display(server, room.admin))
        number, _ = room.call()
        speak = await one.asked_to_speak(number)
        assert speak["seconds"] + 3 < PATIENCE - 5
        await two.says(await two.asked_to_speak(number))
        await room.until(number, "call.spoken")
        assert not (await listed(room.admin, one.id, online=True))["speaker"]
        other, _ = room.call("loket-2")
        await two.says(await two.asked_to_speak(other))
        await one.settle()
        assert len(one.heard("speak")) == 1
        await two.phone.hang_up()
        await listed(room.admin, two.id, online=False)
        await one.report("on")
        await listed(room.admin, one.id, speaker=True)
        room.do("loket-2", "no-show")
        third, _ = room.call("loket-2")
        await one.says(await one.asked_to_speak(third))


async def test_calls_are_said_one_by_one_and_a_recall_first(
    server: RunningServer, room: Room
) -> None:
    async with AsyncExitStack() as stack:
        device = await stack.enter_async_context(display(server, room.admin))
        first, _ = room.call("loket-1")
        speak = await device.asked_to_speak(first)
        second, _ = room.call("loket-2")
        recalled = room.do("loket-1", "recall")
        await device.settle()
        assert len(device.heard("speak")) == 1, "one is being said"
        await device.says(speak)
        again = await device.hears("speak", 2)
        assert (again["number"], again["call"]) == (first, recalled)
        await device.says(again)
        last = await device.hears("speak", 3)
        assert last["number"] == second
        await device.says(last)
        await room.until(second, "call.spoken")


async def test_a_call_that_ended_while_it_waited_is_not_said(
    server: RunningServer, room: Room
) -> None:
    async with display(server, room.admin) as device:
        first, _ = room.call("loket-1")
        speak = await device.asked_to_speak(first)
        second, _ = room.call("loket-2")
        room.do("loket-2", "start")
        room.do("loket-2", "complete")
        third, _ = room.call("loket-2")
        await device.says(speak)
        await device.says(await device.asked_to_speak(third))
        assert [f["number"] for f in device.heard("speak")] == [first, third]
        assert room.types(second) == []


# attackers
@pytest.mark.parametrize("who", ["display token", "nobody", "device of another zone"])
async def test_who_was_not_told_to_say_it_cannot_confirm_it(
    server: RunningServer, room: Room, who: str
) -> None:
    """The ids can be guessed: they say nothing of who may use them."""
    async with AsyncExitStack() as stack:
        device = await stack.enter_async_context(display(server, room.admin))
        if who == "device of another zone":
            far = await stack.enter_async_context(display(server, room.admin, zone="timur"))
            liar = far.phone
        else:
            token = room.cast.with_token("display").token if who == "display token" else None
            liar = await stack.enter_async_context(phone(server, token))
        number, _ = room.call()
        speak = await device.asked_to_speak(number)
        await liar.send({"op": "spoken", "id": speak["id"]})
        await liar.send({"op": "unspoken", "id": speak["id"], "code": "x"})
        await liar.until(lambda: liar.closed is None)
        await device.settle()
        assert room.types(number) == ["call.announced"]
        await device.says(speak)


async def test_another_display_of_the_zone_cannot_confirm_it_either(
    server: RunningServer, room: Room
) -> None:
    async with AsyncExitStack() as stack:
        device = await stack.enter_async_context(display(server, room.admin))
        liar = await stack.enter_async_context(display(server, room.admin))
        number, _ = room.call()
        speak = await device.asked_to_speak(number)
        await liar.says(speak)
        await liar.says_not(speak, "x")
        await liar.settle()
        assert room.types(number) == ["call.announced"]
        await device.says(speak)
        await room.until(number, "call.spoken")
        assert room.told(number)[-1][1]["device"] == device.id
