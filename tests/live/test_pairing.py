"""How a display becomes a device: a code that is shown, typed, and never guessed."""

import datetime
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from typing import Any

import pytest

from antrean.web.pairing import ALPHABET, PER_ADDRESS
from tests.live.phone import Phone, phone
from tests.support import Answer, Cast, RunningServer
from tests.support.client import address
from tests.support.device import connected, pair

pytestmark = pytest.mark.asyncio


async def code_at(screen: Phone) -> str:
    answer = await screen.ask({"op": "pair"})
    assert answer["op"] == "pairing", answer
    return str(answer["code"])


def wanted(code: str, **members: Any) -> dict[str, Any]:
    return {"code": code, "name": "TV Utama", "zone": "utama", **members}


def paired(cast: Cast) -> list[dict[str, Any]]:
    return [e for e in cast.admin.events() if e["type"] == "device.paired"]


def other_than(code: str) -> str:
    """A code of the right form that is shown nowhere."""
    last = next(sign for sign in ALPHABET if sign != code[-1])
    return code[:-1] + last


async def test_a_display_is_paired_with_the_code_that_it_shows(
    server: RunningServer, cast: Cast
) -> None:
    async with phone(server) as screen:
        shown = await screen.ask({"op": "pair"})
        assert set(shown) == {"op", "code", "until"}
        assert re.fullmatch(f"[{ALPHABET}]{{6}}", shown["code"])
        at, until = (
            datetime.datetime.fromisoformat(t) for t in (screen.hello["at"], shown["until"])
        )
        assert 590 < (until - at).total_seconds() < 660
        settings = {"theme": "dark", "arrows": {"loket-1": "up-left"}, "margin": 0}
        body = wanted(shown["code"], layout="counters", settings=settings)
        answer = cast.admin.post("/devices", body)
        assert answer.status == 201, str(answer)
        device = answer.body["device"]
        assert device["name"] == "TV Utama"
        assert (device["zone"], device["layout"]) == ("utama", "counters")
        assert device["settings"] == {
            "theme": "dark",
            "contrast": False,
            "languages": "both",
            "arrows": {"loket-1": "up-left"},
            "volume": 80,
            "margin": 0,
            "counter": None,
            "sound": True,
            "voice": "server",
        }
        assert (device["online"], device["speaker"]) == (False, False)
        await screen.until(lambda: screen.frames[-1]["op"] == "paired", "paired")
        told = screen.frames[-1]
        assert set(told["device"]) == set(device)
        assert told["device"]["id"] == device["id"]
        assert told["device"]["settings"]["arrows"] == {"loket-1": "up-left"}
        assert (await screen.ask({"op": "pair"}))["code"] == "conflict"
        assert (await screen.ask({"op": "auth", "token": told["token"]}))["code"] == "conflict"
    entry = paired(cast)[-1]
    assert entry["seq"] == answer.seq
    assert told["token"] not in str(cast.admin.events()), "a token in the journal"
    async with connected(server, (device["id"], told["token"]), sound=None) as one:
        assert (await one.told())["name"] == "TV Utama"
    cast.admin.send("DELETE", f"/devices/{device['id']}").ok()


async def test_the_token_is_one_of_a_display(server: RunningServer, cast: Cast) -> None:
    device, token = await pair(server, cast.admin)
    client = cast.holder(token)
    session = client.get("/session").ok().body
    assert (session["user"], session["role"], session["csrf"]) == (device, "display", None)
    client.get("/my").refused(403, "forbidden")
    client.get("/devices").refused(403, "forbidden")
    client.post("/counters/loket-1/open").refused(403, "forbidden")
    async with phone(server, token) as screen:
        await screen.until(lambda: screen.frames, "device")
        assert screen.frames[0]["op"] == "device"
        assert (await screen.ask({"op": "pair"}))["code"] == "conflict"
        assert (await screen.subscribe("site"))["code"] == "forbidden"
        assert (await screen.subscribe("zone:utama"))["op"] == "snapshot"
    cast.admin.send("DELETE", f"/devices/{device}").ok()


async def test_asking_again_gives_the_same_code(server: RunningServer) -> None:
    async with phone(server) as screen, phone(server) as other:
        code = await code_at(screen)
        assert await code_at(screen) == code
        assert await code_at(other) != code


async def test_a_code_is_typed_as_people_type(server: RunningServer, cast: Cast) -> None:
    async with phone(server) as screen:
        code = await code_at(screen)
        typed = f" {code[:3].lower()}-{code[3:].lower()} "
        device = cast.admin.post("/devices", wanted(typed)).ok().body["device"]
        await screen.until(lambda: screen.frames[-1]["op"] == "paired", "paired")
    cast.admin.send("DELETE", f"/devices/{device['id']}").ok()


async def test_who_is_signed_in_at_the_display_may_pair_it(
    server: RunningServer, cast: Cast
) -> None:
    """An administrator who sets up a TV has the cookie in its browser."""
    cookie = f"antrean={cast.admin.http.cookies['antrean']}"
    async with phone(server, Cookie=cookie) as screen:
        await code_at(screen)


@pytest.mark.parametrize("way", ["wrong", "used", "its socket closed", "empty"])
async def test_a_code_that_is_none_pairs_nothing(
    server: RunningServer, cast: Cast, way: str
) -> None:
    clerk, _, _ = cast.user("admin")
    before = len(paired(cast))
    async with phone(server) as screen:
        code = await code_at(screen)
        if way == "used":
            clerk.post("/devices", wanted(code)).ok()
            before += 1
        elif way == "its socket closed":
            await screen.hang_up()
        tried = {"wrong": other_than(code), "empty": ""}.get(way, code)
        answer = clerk.post("/devices", wanted(tried, name="kedua")).refused(404, "unknown_code")
        assert "errors" not in answer.body
        assert (
            not clerk.post("/devices", wanted(tried), headers={"Accept-Language": "en"})
            .body["detail"]
            .startswith("Kode")
        )
        if way == "wrong":  # that of the display itself still counts
            clerk.post("/devices", wanted(code)).ok()
            before += 1
    assert len(paired(cast)) == before


@pytest.mark.parametrize(
    ("members", "field", "fault"),
    [
        ({"zone": "mana"}, "zone", "not_found"),
        ({"zone": None}, "zone", "wrong_type"),
        ({"layout": "poster"}, "layout", "wrong_type"),
        ({"name": "  "}, "name", "too_short"),
        ({"name": "\u200b\ufeff"}, "name", "too_short"),
        ({"name": "x" * 101}, "name", "too_long"),
        ({"name": "a\u202eb"}, "name", "control_characters"),
        ({"settings": {"arrows": {"loket-9": "up"}}}, "settings.arrows.loket-9", "not_found"),
        ({"settings": {"arrows": {"loket-1": "north"}}}, "settings.arrows", "wrong_type"),
        ({"settings": {"counter": "loket-9"}}, "settings.counter", "not_found"),
        ({"settings": {"languages": "fr"}}, "settings.languages", "one_of"),
        ({"settings": {"volume": 101}}, "settings.volume", "wrong_type"),
        ({"settings": {"margin": 11}}, "settings.margin", "wrong_type"),
        ({"settings": {"kontras": True}}, "settings.kontras", "unknown_field"),
        ({"nama": "x"}, "nama", "unknown_field"),
    ],
    ids=str,
)
async def test_a_refusal_names_the_field_and_leaves_the_code(
    server: RunningServer, cast: Cast, members: dict[str, Any], field: str, fault: str
) -> None:
    async with phone(server) as screen:
        code = await code_at(screen)
        before = len(paired(cast))
        answer = cast.admin.post("/devices", wanted(code) | members).refused(422, "invalid")
        assert [(e["field"], e["code"]) for e in answer.body["errors"]] == [(field, fault)]
        assert len(paired(cast)) == before
        device = cast.admin.post("/devices", wanted(code)).ok().body["device"]
    cast.admin.send("DELETE", f"/devices/{device['id']}").ok()


async def test_one_key_pairs_once_though_the_code_is_used(
    server: RunningServer, cast: Cast
) -> None:
    before = len(paired(cast))
    async with phone(server) as screen:
        code, key = await code_at(screen), uuid.uuid4().hex

        def post() -> Answer:
            return cast.admin.post("/devices", wanted(code), key=key)

        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(lambda _: post(), range(20)))
        await screen.hang_up()
    answers.append(post())
    assert {a.status for a in answers} == {201}, [str(a) for a in answers if a.status != 201]
    assert all(a.body == answers[0].body for a in answers)
    assert len(paired(cast)) == before + 1
    other = cast.admin.post("/devices", wanted(code, name="lain"), key=key)
    other.refused(422, "idempotency_mismatch")


async def test_of_two_who_type_the_same_code_one_gets_the_display(
    server: RunningServer, cast: Cast
) -> None:
    admins = [cast.user("admin")[0] for _ in range(8)]
    before = len(paired(cast))
    async with phone(server) as screen:
        code = await code_at(screen)
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda a: a.post("/devices", wanted(code)), admins))
        assert sorted(a.status for a in answers) == [201, *[404] * 7]
        await screen.until(lambda: screen.frames[-1]["op"] == "paired", "paired")
    assert len(paired(cast)) == before + 1


async def test_who_guesses_is_stopped(server: RunningServer, cast: Cast) -> None:
    guesser, other = (cast.user("admin")[0] for _ in range(2))
    async with phone(server) as screen:
        code = await code_at(screen)
        wrong = other_than(code)
        for _ in range(10):
            guesser.post("/devices", wanted(wrong)).refused(404, "unknown_code")
        stopped = guesser.post("/devices", wanted(wrong)).refused(429, "rate_limited")
        assert 1 <= int(stopped.headers["retry-after"]) <= 6
        # else the right one could be told by how it is refused
        guesser.post("/devices", wanted(code)).refused(429, "rate_limited")
        device = other.post("/devices", wanted(code)).ok().body["device"]
    cast.admin.send("DELETE", f"/devices/{device['id']}").ok()


@pytest.mark.parametrize("with_key", [False, True], ids=["without a key", "with keys"])
async def test_guesses_at_the_same_moment_count_too(
    server: RunningServer, cast: Cast, with_key: bool
) -> None:
    guesser, name, password = cast.user("admin")
    clients = [guesser]
    for _ in range(15):
        clients.append(cast.nobody())
        clients[-1].sign_in(name, password).ok()

    def guess(n: int) -> int:
        key = uuid.uuid4().hex if with_key else None
        return clients[n % 16].post("/devices", wanted(f"AAAA{n:02d}"), key=key).status

    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(guess, range(64)))
    assert set(statuses) == {404, 429}
    assert statuses.count(404) <= 11  # ten, and what a second gives back


async def test_a_request_sent_again_is_no_guess(server: RunningServer, cast: Cast) -> None:
    admin, _, _ = cast.user("admin")
    async with phone(server) as screen:
        code, key = await code_at(screen), uuid.uuid4().hex
        for _ in range(15):
            admin.post("/devices", wanted(code), key=key).ok()
        admin.post("/devices", wanted(other_than(code))).refused(404, "unknown_code")


@pytest.mark.parametrize("role", ["supervisor", "clerk", "kiosk", "display", "partner"])
async def test_only_an_administrator_may_try_a_code(
    server: RunningServer, cast: Cast, role: str
) -> None:
    async with phone(server) as screen:
        code = await code_at(screen)
        cast.with_token(role).post("/devices", wanted(code)).refused(403, "forbidden")
        cast.nobody().post("/devices", wanted(code)).refused(401, "unauthenticated")


async def test_an_address_gets_a_bounded_number_of_codes(server: RunningServer) -> None:
    source = address()
    async with AsyncExitStack() as stack:
        screens = [
            await stack.enter_async_context(phone(server, source=source))
            for _ in range(PER_ADDRESS + 1)
        ]
        codes = {await code_at(screen) for screen in screens[:-1]}
        assert len(codes) == PER_ADDRESS
        assert (await screens[-1].ask({"op": "pair"}))["code"] == "rate_limited"
        assert await code_at(screens[0]) in codes
        async with phone(server) as elsewhere:
            await code_at(elsewhere)
        await screens[0].hang_up()
        for _ in range(100):  # the server sees that end when it does
            answer = await screens[-1].ask({"op": "pair"})
            if answer["op"] == "pairing":
                break
        assert answer["op"] == "pairing"


async def test_a_restart_ends_every_code(server: RunningServer, cast: Cast) -> None:
    """It closes all sockets: nobody would be there to be given the token."""
    async with phone(server) as screen:
        code = await code_at(screen)
        server.restart()
        assert await screen.ends() == 1012
    with Cast(server) as again:
        again.admin.post("/devices", wanted(code)).refused(404, "unknown_code")
