"""The words of the socket: hello, auth, subscribe, ping, errors; who may have which topic."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from antrean.web.principal import ROLES
from antrean.web.topics import MAX_TOPICS, TOPICS
from tests.live.conftest import ALLOWED
from tests.live.phone import Phone, phone, refused
from tests.support import Cast, RunningServer
from tests.support.device import connected

pytestmark = pytest.mark.asyncio


async def test_hello_comes_first_and_a_pong_after_all_events(
    server: RunningServer, cast: Cast
) -> None:
    async with phone(server) as one:
        assert one.hello["op"] == "hello"
        assert one.hello["version"] == 1
        snapshot = await one.subscribe("zone:utama")
        assert (snapshot["op"], snapshot["epoch"]) == ("snapshot", one.hello["epoch"])
        seq = cast.kiosk().take().seq
        assert await one.ping() >= seq
        (event,) = one.events("zone:utama")
        assert (event["seq"], event["type"]) == (seq, "ticket.issued")


async def test_auth_is_the_first_message_and_comes_once(server: RunningServer, cast: Cast) -> None:
    token = cast.supervisor().token
    async with phone(server) as one:
        answer = await one.ask({"op": "auth", "token": token})
        assert answer == {"op": "authenticated", "role": "supervisor"}
        assert (await one.subscribe("site"))["op"] == "snapshot"
        assert (await one.ask({"op": "auth", "token": token}))["code"] == "conflict"
    async with phone(server) as late:
        await late.ping()
        assert (await late.ask({"op": "auth", "token": token}))["code"] == "conflict"
    async with phone(server, token) as header:
        assert (await header.ask({"op": "auth", "token": token}))["code"] == "conflict"
        assert (await header.subscribe("site"))["op"] == "snapshot"


async def test_a_device_shows_its_token_though_the_browser_has_a_session(
    server: RunningServer, cast: Cast
) -> None:
    clerk, _, _ = cast.user("clerk")
    cookie = "; ".join(f"{k}={v}" for k, v in clerk.http.cookies.items())
    async with phone(server, Cookie=cookie) as one:
        assert (await one.subscribe("counter:loket-1"))["op"] == "snapshot"
    async with phone(server, Cookie=cookie) as one:
        answer = await one.ask({"op": "auth", "token": cast.kiosk().token})
        assert answer["role"] == "kiosk"
        assert (await one.subscribe("counter:loket-1"))["code"] == "forbidden"


async def test_a_holder_has_no_role(server: RunningServer, cast: Cast) -> None:
    taken = cast.kiosk().take()
    async with phone(server) as one:
        answer = await one.ask({"op": "auth", "token": taken.token})
        assert answer == {"op": "authenticated", "role": None}
        topic = f"ticket:{taken.ticket['id']}"
        assert (await one.subscribe(topic))["state"]["number"] == taken.ticket["number"]


@pytest.mark.parametrize("token", ["wrong", "a.b", "", None, 7, "x" * 600])
async def test_a_wrong_token_is_an_error_and_4401(server: RunningServer, token: object) -> None:
    async with phone(server) as one:
        answer = await one.ask({"op": "auth", "token": token})
        assert answer["code"] == "unauthenticated"
        assert await one.ends() == 4401


async def test_a_wrong_bearer_is_refused_before_there_is_a_socket(server: RunningServer) -> None:
    assert await refused(server, Authorization="Bearer wrong") == 401
    assert await refused(server, Authorization="Basic YTpi") == 401


async def test_an_ended_session_counts_as_none(server: RunningServer, cast: Cast) -> None:
    clerk, _, _ = cast.user("clerk")
    cookie = "; ".join(f"{k}={v}" for k, v in clerk.http.cookies.items())
    clerk.send("DELETE", "/session").ok()
    async with phone(server, Cookie=cookie) as one:
        assert (await one.subscribe("counter:loket-1"))["code"] == "unauthenticated"


ADDRESSES = {
    "zone": "zone:utama",
    "service": "service:skck",
    "counter": "counter:loket-1",
    "site": "site",
    "services": "services",
}


@pytest.mark.parametrize("role", [None, *ROLES])
async def test_each_topic_is_for_the_roles_of_the_contract(
    server: RunningServer, cast: Cast, role: str | None
) -> None:
    staff = {"clerk", "supervisor", "admin"}
    wanted: dict[str, set[str] | None] = {
        "zone": None,
        "services": None,
        "service": staff,
        "counter": staff,
        "site": staff - {"clerk"},
    }
    assert {*wanted, "ticket"} == set(TOPICS)
    token = cast.with_token(role).token if role else None
    async with phone(server, token) as one:
        for kind, roles in wanted.items():
            answer = await one.subscribe(ADDRESSES[kind])
            if roles is None or role in roles:
                assert answer["op"] == "snapshot", answer
            else:
                code = "forbidden" if role else "unauthenticated"
                assert (answer["op"], answer["code"]) == ("error", code)
                assert (answer["topic"], bool(answer["detail"])) == (ADDRESSES[kind], True)


async def test_a_ticket_is_for_its_holder_alone(server: RunningServer, cast: Cast) -> None:
    mine, other = cast.kiosk().take(), cast.kiosk().take()
    topic = f"ticket:{mine.ticket['id']}"
    async with phone(server) as one:
        assert (await one.subscribe(topic))["code"] == "unauthenticated"
        assert (await one.subscribe(topic, token="wrong"))["code"] == "unauthenticated"
        assert (await one.subscribe(topic, token=7))["code"] == "unauthenticated"
        assert (await one.subscribe(topic, token=other.token))["code"] == "forbidden"
        snapshot = await one.subscribe(topic, token=mine.token)
        http = cast.holder(mine.token).get("/my").ok().body
        told = {k: v for k, v in http.items() if v is not None}
        assert snapshot["state"] | {"eta": 0} == told | {"eta": 0}
    async with phone(server, cast.supervisor().token) as staff:
        assert (await staff.subscribe(topic))["op"] == "error"


@pytest.mark.parametrize(
    "topic",
    ["zone:none", "zone:", "zone", "", ":", "services:all", "site:x", "service:none",
     "counter:none", "journal", "zone:utama:x", "x" * 1000],
)  # fmt: skip
async def test_there_are_no_other_topics(server: RunningServer, cast: Cast, topic: str) -> None:
    async with phone(server, cast.supervisor().token) as one:
        answer = await one.subscribe(topic)
        assert answer["code"] == "unknown_topic"
        assert await one.ping()


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("{", "malformed"),
        ("", "malformed"),
        ('{"op":"ping"', "malformed"),
        ('{"op":NaN}', "malformed"),
        ('{"op":"\\ud800"}', "malformed"),
        ("[" * 2000, "malformed"),
        (b'{"op":"ping"}', "malformed"),
        ("[]", "invalid"),
        ("null", "invalid"),
        ("7", "invalid"),
        ("{}", "invalid"),
        ('{"op":null}', "invalid"),
        ('{"op":["ping"]}', "invalid"),
        ('{"op":"publish"}', "invalid"),
        ('{"op":"subscribe"}', "invalid"),
        ('{"op":"subscribe","topic":7}', "invalid"),
        ('{"op":"unsubscribe"}', "invalid"),
    ],
)
async def test_what_is_no_message_is_an_error_and_the_socket_stays(
    server: RunningServer, message: Any, code: str
) -> None:
    async with phone(server) as one:
        answer = await one.ask(message)
        assert (answer["op"], answer["code"]) == ("error", code)
        assert answer["detail"]
        await one.ping()


async def test_errors_speak_the_language_that_was_asked_for(server: RunningServer) -> None:
    async with phone(server, Accept_Language="en-GB,en;q=0.9") as one:
        assert (await one.ask("{"))["detail"].startswith("The message is not")
    async with phone(server) as one:
        assert (await one.ask("{"))["detail"].startswith("Pesan bukan")


async def test_text_that_is_not_utf_8_ends_the_socket(server: RunningServer) -> None:
    async with phone(server) as one:
        await one._connection.send(b'{"op":"\xff"}', text=True)
        assert await one.ends() == 1007


def padded(size: int) -> str:
    text = json.dumps({"op": "ping", "pad": ""})
    return text[:-2] + "x" * (size - len(text)) + text[-2:]


async def test_messages_have_a_size(server: RunningServer, cast: Cast) -> None:
    async with phone(server) as one:
        assert (await one.ask(padded(2048)))["op"] == "pong"
        await one.send(padded(2049))
        assert await one.ends() == 1009
    async with phone(server, cast.clerk().token) as staff:
        assert (await staff.ask(padded(16 * 1024)))["op"] == "pong"
        await staff.send(padded(16 * 1024 + 1))
        assert await staff.ends() == 1009


async def test_unsubscribed_means_no_more_events(server: RunningServer, cast: Cast) -> None:
    async with phone(server) as one:
        await one.subscribe("zone:utama")
        answer = await one.ask({"op": "unsubscribe", "topic": "zone:utama"})
        assert answer == {"op": "unsubscribed", "topic": "zone:utama"}
        cast.kiosk().take()
        await one.ping()
        assert one.events("zone:utama") == []
        again = await one.ask({"op": "unsubscribe", "topic": "never"})
        assert again["op"] == "unsubscribed"


async def test_a_connection_has_a_hundred_topics_at_most(server: RunningServer, cast: Cast) -> None:
    kiosk = cast.kiosk()
    async with phone(server, cast.clerk().token) as one:
        for _ in range(MAX_TOPICS):
            taken = kiosk.take()
            topic = f"ticket:{taken.ticket['id']}"
            assert (await one.subscribe(topic, token=taken.token))["op"] == "snapshot"
        assert (await one.subscribe("services"))["code"] == "too_many_topics"
        assert (await one.subscribe(topic, token=taken.token))["op"] == "snapshot"
        await one.ask({"op": "unsubscribe", "topic": topic})
        assert (await one.subscribe("services"))["op"] == "snapshot"


# origins
async def origin_status(server: RunningServer, origin: str, **headers: str) -> int:
    return await refused(server, Origin=origin, **headers)


@pytest.mark.parametrize(
    "origin",
    ["null", "https://evil.example", "http://127.0.0.1.evil.example", "http://127.0.0.1", "",
     f"{ALLOWED}.evil.example", f"{ALLOWED}:444", "http://kota.example", "file://", "//x"],
)  # fmt: skip
async def test_a_page_from_elsewhere_opens_no_socket(
    server: RunningServer, cast: Cast, origin: str
) -> None:
    assert await origin_status(server, origin) == 403
    token = cast.clerk().token
    assert await origin_status(server, origin, Authorization=f"Bearer {token}") == 403


async def test_a_refused_handshake_is_no_fault_of_ours(tmp_path: Path) -> None:
    with RunningServer(tmp_path) as own:
        assert await origin_status(own, "https://evil.example") == 403
    assert '"status":403' in own.log
    assert '"level":"error"' not in own.log


async def test_own_and_allowed_pages_open_one(server: RunningServer) -> None:
    host = f"127.0.0.1:{server.port}"
    for origin in (server.url, f"https://{host}", ALLOWED, f"{ALLOWED}:443", ALLOWED.upper()):
        assert await origin_status(server, origin) == 101, origin


async def hear_display(
    server: RunningServer, cast: Cast, hear: Callable[[Phone], Awaitable[None]]
) -> None:
    """All that a display is told: how it is paired, to do something, and to say two things."""
    clerk, supervisor = cast.clerk("loket-1"), cast.supervisor()
    settings = {"counter": "loket-1"}
    async with phone(server) as screen:
        code = (await screen.ask({"op": "pair"}))["code"]
        body = {"code": code, "name": "TV", "zone": "utama", "settings": settings}
        cast.admin.post("/devices", body).ok()
        await screen.until(lambda: screen.frames[-1]["op"] == "paired", "paired")
        told = screen.frames[-1]
        await hear(screen)
    known = (told["device"]["id"], told["token"])
    async with connected(server, known) as device:
        cast.admin.post(f"/devices/{device.id}/identify").ok()
        called = cast.kiosk().take().ticket
        clerk.post("/counters/loket-1/call", {"ticket": called["id"]}).ok()
        await device.says(await device.asked_to_speak(called["number"]))
        supervisor.post("/announcements", {"text": "Halo", "speak": True}).ok()
        await device.phone.until(lambda: device.heard("speak")[-1].get("announcement"), "a text")
        await hear(device.phone)
    cast.admin.send("DELETE", f"/devices/{known[0]}").ok()
    clerk.post("/counters/loket-1/no-show").ok()
    clerk.post("/counters/loket-1/close").ok()


async def test_the_socket_is_described(server: RunningServer, cast: Cast) -> None:
    described = cast.nobody().get("/asyncapi.json").ok().body
    assert described["asyncapi"] == "3.0.0"
    heard: dict[str, set[str]] = {}

    async def hear(one: Phone) -> None:
        for frame in (one.hello, *one.frames):
            heard.setdefault(frame["op"], set()).update(frame)

    async with phone(server) as one:
        await one.ask({"op": "auth", "token": cast.supervisor().token})
        epoch, offset = (await one.subscribe("zone:utama"))["epoch"], 0
        cast.kiosk().take()
        await one.ping()
        offset = one.marks["zone:utama"][1]
        assert (await one.subscribe("zone:utama", epoch=epoch, offset=offset))["op"] == "resumed"
        await one.ask({"op": "unsubscribe", "topic": "zone:utama"})
        await one.subscribe("zone:none")
        await hear(one)
    await hear_display(server, cast, hear)
    messages = described["components"]["messages"]
    sent = described["operations"]["toClient"]["messages"]
    assert {m["$ref"].rpartition("/")[2] for m in sent} == set(heard)
    for op, members in heard.items():
        assert members == set(messages[op]["payload"]["properties"]), op
