"""What a display that is broken, stolen or hostile can do to the hall, and what it cannot."""

import socket
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, ExitStack, closing

import pytest

from antrean.web.kept_files import PER_ADDRESS
from tests.live.test_devices_speaking import Room
from tests.support import Cast, RunningServer
from tests.support.client import Client, address
from tests.support.device import connected, display, pair
from tests.support.media import mp4, upload

pytestmark = pytest.mark.asyncio


@pytest.fixture
def room(cast: Cast) -> Iterator[Room]:
    opened = Room(cast)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("no_speaker", "device_no_speaker"),
        ("ended", "device_ended"),
        ("Audio gagal", "audio_gagal"),
        ("<b>", "b"),
        ("\n\u202e", "failed"),
    ],
)
async def test_a_display_says_why_not_in_a_word_that_is_not_the_servers(
    server: RunningServer, room: Room, code: str, word: str
) -> None:
    """`no_speaker` had one call announced 45 times a second: nobody was told, so it waited."""
    async with display(server, room.admin) as device:
        number, _ = room.call()
        speak = await device.asked_to_speak(number)
        await device.says_not(speak, code)
        await room.until(number, "call.unspoken")
        assert room.told(number)[-1][1]["code"] == word
        await device.settle()
        assert room.types(number) == ["call.announced", "call.unspoken"]
        assert len(device.heard("speak")) == 1


async def test_a_long_text_lets_the_calls_of_the_hall_through(
    server: RunningServer, room: Room
) -> None:
    """Said as one this takes twelve minutes: no call that came meanwhile was ever said."""
    async with display(server, room.admin) as device:
        sums = {"text": "Rp999.999.999.999 " * 55, "speak": True}
        made = room.admin.post("/announcements", sums).ok().body["announcement"]["id"]
        first = await device.hears("speak")
        assert first["announcement"] == made
        assert first["seconds"] < 25
        number, _ = room.call()
        await device.says(first)
        await device.says(await device.asked_to_speak(number))
        rest = await device.hears("speak", 3)
        assert rest["announcement"] == made
        assert rest["id"] != first["id"]
        await room.until(number, "call.spoken")


async def test_a_display_says_no_more_with_many_sockets_than_with_one(
    server: RunningServer, cast: Cast
) -> None:
    """Each word of it has the server look through the calls of the day."""
    known = await pair(server, cast.admin)
    async with AsyncExitStack() as stack:
        many = [
            await stack.enter_async_context(connected(server, known, sound=None)) for _ in range(4)
        ]
        for device in many:
            for _ in range(200):
                await device.phone.send({"op": "spoken", "id": "utama.999999"})
        refused = 0
        for device in many:
            await device.settle()
            refused += len([f for f in device.heard("error") if f["code"] == "rate_limited"])
        assert 100 < refused <= 400
        async with display(server, cast.admin, "TV 2") as other:
            await other.phone.send({"op": "spoken", "id": "utama.999999"})
            await other.settle()
            assert other.heard("error") == []


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


LARGE = 8 << 20


def film_of(server: RunningServer, cast: Cast) -> str:
    film = upload(cast.supervisor(), mp4(film=bytes(LARGE)), b"film.mp4").ok()
    return str(film.body["media"]["url"])


def sound_of(server: RunningServer, cast: Cast) -> str:
    """As the voice leaves one, of a long text."""
    folder = server.data / "audio"
    folder.mkdir(exist_ok=True)
    name = "a" * 32 + ".wav"
    (folder / name).write_bytes(bytes(LARGE))
    return f"/audio/{name}"


@pytest.mark.parametrize("url_of", [film_of, sound_of])
async def test_files_that_nobody_reads_do_not_take_the_servers_own(
    server: RunningServer, cast: Cast, url_of: Callable[[RunningServer, Cast], str]
) -> None:
    """Each player that stops reading keeps a file open for as long as it pleases."""
    url = url_of(server, cast)
    where = address()
    asked = f"GET {url} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    with ExitStack() as stack:
        for _ in range(PER_ADDRESS):
            player = stack.enter_context(socket.socket())
            player.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            player.settimeout(20)
            player.bind((where, 0))
            player.connect(("127.0.0.1", server.port))
            player.sendall(asked)
            assert player.recv(12) == b"HTTP/1.1 200"
        same = stack.enter_context(closing(Client(server.url, source=where)))
        refused = same.get(url, root=True).refused(429, "rate_limited")
        assert int(refused.headers["retry-after"]) >= 1
        other = stack.enter_context(closing(Client(server.url, source=address())))
        assert len(other.http.get(url).content) >= LARGE
        same.get("/site").ok()


async def test_a_player_that_left_counts_no_more(server: RunningServer, cast: Cast) -> None:
    film = mp4(film=bytes(1 << 20))
    url = upload(cast.supervisor(), film, b"film.mp4").ok().body["media"]["url"]
    with closing(Client(server.url, source=address())) as player:
        for _ in range(PER_ADDRESS + 1):
            assert player.http.get(url).status_code == 200
