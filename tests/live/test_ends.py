"""What ends a socket, and how a client goes on: credentials, restarts, resuming."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.live.phone import Phone, phone
from tests.support import Cast, Client, RunningServer

pytestmark = pytest.mark.asyncio


def cookie_of(client: Client) -> str:
    return "; ".join(f"{k}={v}" for k, v in client.http.cookies.items())


async def closes_within_a_second(one: Phone, end: Callable[[], object]) -> None:
    loop = asyncio.get_running_loop()
    await asyncio.to_thread(end)
    ended = loop.time()
    assert await one.ends() == 4401
    assert loop.time() - ended < 1.0


async def test_a_token_that_ends_takes_its_sockets_along(server: RunningServer, cast: Cast) -> None:
    made = cast.admin.post("/tokens", {"name": "TV", "role": "display"}).ok().body
    other = cast.with_token("display")
    async with (
        phone(server, made["token"]) as by_header,
        phone(server) as by_message,
        phone(server, other.token) as stays,
    ):
        await by_message.ask({"op": "auth", "token": made["token"]})
        await closes_within_a_second(
            by_header, lambda: cast.admin.send("DELETE", f"/tokens/{made['id']}").ok()
        )
        assert await by_message.ends() == 4401
        await stays.ping()


async def test_signing_out_closes_the_sockets_of_that_session(
    server: RunningServer, cast: Cast
) -> None:
    clerk, name, password = cast.user("clerk")
    elsewhere = cast.nobody()
    elsewhere.sign_in(name, password).ok()
    async with (
        phone(server, Cookie=cookie_of(clerk)) as one,
        phone(server, Cookie=cookie_of(elsewhere)) as other,
    ):
        await one.subscribe("service:skck")
        await closes_within_a_second(one, lambda: clerk.send("DELETE", "/session").ok())
        await other.ping()


@pytest.mark.parametrize(
    "change", [{"role": "supervisor"}, {"active": False}, {"password": "kata sandi lain"}]
)
async def test_a_changed_user_has_to_sign_in_again(
    server: RunningServer, cast: Cast, change: dict[str, object]
) -> None:
    clerk, name, _ = cast.user("clerk")
    async with phone(server, Cookie=cookie_of(clerk)) as one:
        await one.subscribe("service:skck")
        await closes_within_a_second(
            one, lambda: cast.admin.send("PATCH", f"/users/{name}", change).ok()
        )


async def test_another_password_ends_the_other_sessions(server: RunningServer, cast: Cast) -> None:
    clerk, name, password = cast.user("clerk")
    elsewhere = cast.nobody()
    elsewhere.sign_in(name, password).ok()
    async with (
        phone(server, Cookie=cookie_of(clerk)) as one,
        phone(server, Cookie=cookie_of(elsewhere)) as other,
    ):
        body = {"old": password, "new": "kata sandi baru sekali"}
        await closes_within_a_second(other, lambda: clerk.post("/session/password", body).ok())
        await one.ping()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer(tmp_path) as running:
        yield running


TOPICS = ("zone:utama", "zone:timur", "service:skck", "counter:loket-1", "site")


def work(cast: Cast, rounds: int = 3) -> None:
    """A little of everything that these topics tell of."""
    kiosk, clerk = cast.kiosk(), cast.clerk("loket-1")
    for _ in range(rounds):
        kiosk.take("skck").ok()
        kiosk.take("foto").ok()
        for step in ("call-next", "recall", "start", "complete"):
            clerk.post(f"/counters/loket-1/{step}").ok()


@pytest.mark.parametrize("hard", [False, True], ids=["sigterm", "kill"])
async def test_everyone_resumes_over_a_restart_with_exactly_what_was_missed(
    own: RunningServer, hard: bool
) -> None:
    with Cast(own) as cast:
        token = cast.supervisor().token
        async with phone(own, token) as steady:
            for topic in TOPICS:
                await steady.subscribe(topic)
            await asyncio.to_thread(work, cast)
            async with phone(own, token) as dropped:
                for topic in TOPICS:
                    await dropped.subscribe(topic)
                marks = dict(dropped.marks)
            await asyncio.to_thread(work, cast)
            await steady.ping()
            await asyncio.to_thread(own.restart, hard=hard)
            assert await steady.ends() == (1006 if hard else 1012)
        async with phone(own, token) as again:
            for topic, (epoch, offset) in marks.items():
                answer = await again.subscribe(topic, epoch=epoch, offset=offset)
                assert answer["op"] == "resumed", topic
                missed = [e for e in steady.events(topic) if e["offset"] > offset]
                await again.ping()
                assert again.events(topic) == missed, topic
                assert missed, topic


async def test_a_ticket_and_the_list_resume_over_a_restart_when_nothing_happened(
    own: RunningServer,
) -> None:
    with Cast(own) as cast:
        clerk = cast.clerk("loket-1")
        taken = cast.kiosk().take("skck")
        topic = f"ticket:{taken.ticket['id']}"
        async with phone(own) as one:
            await one.subscribe(topic, token=taken.token)
            await one.subscribe("services")
            marks = dict(one.marks)
        await asyncio.to_thread(own.restart)
        async with phone(own) as again:
            for name, (epoch, offset) in marks.items():
                answer = await again.subscribe(name, epoch=epoch, offset=offset, token=taken.token)
                assert answer["op"] == "resumed", name
            clerk = Client(own.url, clerk.token)
            await asyncio.to_thread(clerk.post, "/counters/loket-1/call-next")
            clerk.close()
            await again.until(lambda: again.events(topic), "the own call")
            await again.until(lambda: again.events("services"), "the list")
            assert again.events(topic)[0]["type"] == "ticket.called"
