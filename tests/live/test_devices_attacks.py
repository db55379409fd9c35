"""What a display that is broken, stolen or hostile can do to the hall, and what it cannot."""

from collections.abc import Iterator

import pytest

from tests.live.test_devices_speaking import Room
from tests.support import Cast, RunningServer
from tests.support.client import Client, address
from tests.support.device import display

pytestmark = pytest.mark.asyncio


@pytest.fixture
def room(cast: Cast) -> Iterator[Room]:
    opened = Room(cast)
    yield opened
    opened.close()


@pytest.mark.parametrize("code", ["no_speaker", "no_answer", "offline", "expired", "ended"])
async def test_a_display_cannot_speak_in_the_servers_own_codes(
    server: RunningServer, room: Room, code: str
) -> None:
    """`no_speaker` had one call announced 45 times a second: nobody was told, so it waited."""
    async with display(server, room.admin) as device:
        number, _ = room.call()
        speak = await device.asked_to_speak(number)
        await device.says_not(speak, code)
        refusal = await device.hears("error")
        assert refusal["code"] == "invalid"
        await device.settle()
        assert room.types(number) == ["call.announced"]
        assert len(device.heard("speak")) == 1
        await device.says(speak)
        await room.until(number, "call.spoken")


async def test_pairing_codes_are_not_drawn_without_end(server: RunningServer) -> None:
    """Each drawing keeps everyone waiting for 10 ms."""
    flood, other = (Client(server.url, source=address()) for _ in range(2))
    path = "/display-code.svg?code=ABC234"
    answers = [flood.get(path, root=True) for _ in range(40)]
    refused = [a for a in answers if a.status == 429]
    assert len(refused) >= 15
    assert int(refused[0].headers["retry-after"]) >= 1
    assert {a.status for a in answers[:20]} == {200}
    other.get(path, root=True).ok()
    for client in (flood, other):
        client.close()
