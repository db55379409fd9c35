"""What a socket may cost: how many, how often, how long without reading."""

import asyncio
import contextlib
import json
import socket
import struct
from contextlib import AsyncExitStack

import pytest
from websockets.frames import Opcode

from antrean.web.topics import PER_ADDRESS, PER_CREDENTIAL
from tests.hub.screens import frames_of
from tests.live.phone import PATIENCE, Phone, phone, refused
from tests.support import Cast, Client, RunningServer
from tests.support.client import address
from tests.support.device import pair

pytestmark = pytest.mark.asyncio


async def test_whoever_talks_without_end_is_slowed_and_then_closed(
    server: RunningServer,
) -> None:
    async with phone(server) as flood, phone(server) as other:
        with contextlib.suppress(Exception):  # closed while we still write
            for _ in range(1000):
                await flood.send({"op": "ping"})
        assert await flood.ends() == 4429
        codes = [f.get("code") for f in flood.frames]
        assert "rate_limited" in codes
        assert codes.count(None) < 300
        await other.ping()


async def test_a_screen_with_a_hundred_topics_is_no_flood(
    server: RunningServer, cast: Cast
) -> None:
    async with phone(server, cast.supervisor().token) as one:
        for _ in range(150):
            answer = await one.subscribe("zone:utama")
            assert answer["op"] == "snapshot"


async def test_control_pings_count_as_messages(server: RunningServer) -> None:
    async with phone(server) as flood:
        with contextlib.suppress(Exception):
            for n in range(1000):
                await flood._connection.ping(struct.pack("!I", n))
        assert await flood.ends() == 4429


@pytest.mark.parametrize("opcode", [Opcode.CONT, Opcode.PONG])
async def test_frames_that_say_nothing_count_too(server: RunningServer, opcode: Opcode) -> None:
    """Each costs as much work as a message; parts of a message were kept without end as well."""
    with contextlib.closing(Stubborn(server, {"op": "ping"})) as flood:
        flood.send(Opcode.TEXT, b"{", fin=False)
        for _ in range(1000):
            flood.send(opcode, b"", fin=opcode is Opcode.PONG)
        read = await asyncio.to_thread(flood.read_all)
    assert struct.pack("!H", 4429) + b"too many messages" in read


async def test_three_sockets_follow_a_ticket(server: RunningServer, cast: Cast) -> None:
    taken = cast.kiosk().take()
    topic = f"ticket:{taken.ticket['id']}"
    async with AsyncExitStack() as stack:
        phones = [await stack.enter_async_context(phone(server)) for _ in range(4)]
        for one in phones[:3]:
            assert (await one.subscribe(topic, token=taken.token))["op"] == "snapshot"
        assert (await phones[3].subscribe(topic, token=taken.token))["code"] == "rate_limited"
        await phones[0].hang_up()
        assert (await phones[3].subscribe(topic, token=taken.token))["op"] == "snapshot"


async def test_an_address_has_two_hundred_sockets_without_a_credential(
    server: RunningServer, cast: Cast
) -> None:
    hall, kiosk = address(), cast.kiosk()
    taken, token = kiosk.take(), cast.clerk().token
    topic = f"ticket:{taken.ticket['id']}"
    async with AsyncExitStack() as stack:
        phones = [
            await stack.enter_async_context(phone(server, source=hall)) for _ in range(PER_ADDRESS)
        ]
        assert await refused(server, hall) == 429
        assert await refused(server) == 101  # from elsewhere
        assert await refused(server, hall, Authorization=f"Bearer {token}") == 101
        # who shows a ticket or a token counts no more
        await phones[0].subscribe(topic, token=taken.token)
        assert await refused(server, hall) == 101
        await phones[1].ask({"op": "auth", "token": token})
        async with phone(server, source=hall), phone(server, source=hall):
            assert await refused(server, hall) == 429
        await phones[2].hang_up()
        async with phone(server, source=hall):
            pass


async def test_one_ticket_does_not_open_sockets_without_end(
    server: RunningServer, cast: Cast
) -> None:
    """What a ticket's sockets are too many counts to their address, however it was shown."""
    hall, taken = address(), cast.kiosk().take()
    topic, bearer = f"ticket:{taken.ticket['id']}", f"Bearer {taken.token}"
    async with AsyncExitStack() as stack:

        async def one() -> Phone:
            return await stack.enter_async_context(phone(server, source=hall))

        for n in range(PER_CREDENTIAL):
            made = await one()
            if n % 2:
                await made.subscribe(topic, token=taken.token)
                await made.ask({"op": "unsubscribe", "topic": topic})
            else:
                await made.ask({"op": "auth", "token": taken.token})
        for _ in range(PER_ADDRESS):
            made = await one()
            await made.ask({"op": "auth", "token": taken.token})
        assert await refused(server, hall) == 429
        assert await refused(server, hall, Authorization=bearer) == 429
        assert await refused(server, Authorization=bearer) == 101
        other = cast.kiosk().take().token
        assert await refused(server, hall, Authorization=f"Bearer {other}") == 101
        await stack.aclose()
    async with phone(server, source=hall, Authorization=bearer):
        pass


async def test_one_display_does_not_open_sockets_without_end(
    server: RunningServer, cast: Cast
) -> None:
    """Its token lies in the browser of a TV, for whoever comes by with a keyboard."""
    hall, (_, token) = address(), await pair(server, cast.admin)
    bearer = f"Bearer {token}"
    async with AsyncExitStack() as stack:
        for n in range(PER_CREDENTIAL + PER_ADDRESS):
            made = await stack.enter_async_context(phone(server, source=hall))
            if n:
                await made.ask({"op": "auth", "token": token})
        assert await refused(server, hall, Authorization=bearer) == 429
        assert await refused(server, Authorization=bearer) == 101
        _, other = await pair(server, cast.admin)
        assert await refused(server, hall, Authorization=f"Bearer {other}") == 101


class Stubborn:
    """A client that subscribes and then reads nothing."""

    def __init__(self, server: RunningServer, subscribe: dict[str, str]) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.bind((address(), 0))
        self._socket.settimeout(PATIENCE)
        self._socket.connect(("127.0.0.1", server.port))
        key = "dGhlIHNhbXBsZSBub25jZQ=="
        self._socket.sendall(
            f"GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
        )
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):  # nothing may be sent before it (RFC 6455, 4.1)
            answer += self._socket.recv(1)
        self.send(Opcode.TEXT, json.dumps(subscribe).encode())

    def send(self, opcode: Opcode, data: bytes, *, fin: bool = True) -> None:
        assert len(data) < 126
        head = bytes((opcode | (0x80 if fin else 0), 0x80 | len(data)))
        with contextlib.suppress(ConnectionError):  # closed by the server by now
            self._socket.sendall(head + bytes(4) + data)

    def close(self) -> None:
        self._socket.close()

    def read_all(self) -> bytes:
        """Everything up to the end of the connection."""
        parts = []
        with contextlib.suppress(ConnectionResetError):
            while part := self._socket.recv(65_536):
                parts.append(part)
        return b"".join(parts)


def make_and_withdraw(boss: Client, times: int) -> None:
    """Events of 6 KB each: together more than the kernel keeps for a client."""
    text = {"id": "\u6f22" * 1000, "en": "\u5b57" * 1000}
    for _ in range(times):
        made = boss.post("/announcements", {"text": text, "zones": ["timur"]}).ok().body
        boss.send("DELETE", f"/announcements/{made['announcement']['id']}").ok()


async def metric(client: Client, name: str) -> float:
    text = (await asyncio.to_thread(client.get, "/metrics", root=True)).text
    return next(float(x.split()[1]) for x in text.splitlines() if x.split()[0] == name)


async def test_one_that_does_not_read_is_closed_1013_and_harms_nobody(
    server: RunningServer, cast: Cast
) -> None:
    """It keeps what it was told until it is cut, and finds the reason at the end of it."""
    boss, loop = cast.supervisor(), asyncio.get_running_loop()
    with contextlib.closing(Stubborn(server, {"op": "subscribe", "topic": "zone:timur"})) as slow:
        async with phone(server, cast.with_token("display").token) as quick:
            await quick.subscribe("zone:timur")
            until, made = loop.time() + 3 * PATIENCE, 0
            while await metric(boss, "antrean_slow_closed") == 0:
                assert loop.time() < until, "it is never cut off"
                if made < 200:
                    await asyncio.to_thread(make_and_withdraw, boss, 20)
                    made += 20
            await quick.ping()
            events = quick.events("zone:timur")
        read = await asyncio.to_thread(slow.read_all)
    first = events[0]["offset"]
    assert [e["offset"] for e in events] == list(range(first, first + 2 * made))
    assert await metric(boss, "antrean_lagging") == 0
    close = struct.pack("!BBH", 0x88, 2 + len(b"slow"), 1013) + b"slow"
    assert read.endswith(close)
    frames = list(frames_of(read[: -len(close)]))
    assert [f["op"] for f in frames[:2]] == ["hello", "snapshot"]
    told = [f["offset"] for f in frames[2:]]
    assert told == list(range(first, first + len(told)))
    assert 0 < len(told) < len(events)
