"""Connections that never become a request, or that come when the server goes."""

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from antrean.web import http_protocol
from antrean.web.server import Server, configure, listen
from tests.support import Cast, RunningServer
from tests.support.inside import ADMIN, inside
from tests.support.media import FORM, form, png

MS = 0.001


@contextlib.asynccontextmanager
async def hurried(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """The port of a server in this process whose deadline is 200 ms."""
    monkeypatch.setattr(http_protocol, "REQUEST_SECONDS", 200 * MS)
    monkeypatch.setattr(http_protocol, "SWEEP_SECONDS", 20 * MS)
    started = asyncio.Event()
    async with inside(folder) as app:
        application = app.http._transport.app  # type: ignore[attr-defined]
        server = Server(configure(application), started.set)
        bound = listen("127.0.0.1", 0)
        serving = asyncio.create_task(server._serve([bound]))
        await started.wait()
        try:
            yield bound.getsockname()[1]
        finally:
            server.should_exit = True
            await serving
            bound.close()


WHOLE = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /heal",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n",
        b"POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{",
        WHOLE + b"GET /heal",
    ],
    ids=["nothing", "line", "headers", "body", "second"],
)
async def test_who_never_finishes_is_hung_up_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    async with hurried(tmp_path / "d", monkeypatch) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        async with asyncio.timeout(5):
            with contextlib.suppress(ConnectionResetError):
                await reader.read()
        writer.close()


@pytest.mark.asyncio
async def test_who_waits_between_requests_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with hurried(tmp_path / "d", monkeypatch) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(3):
            writer.write(WHOLE)
            answer = await reader.readuntil(b'"ok"}')
            assert answer.startswith(b"HTTP/1.1 200")
            # longer than the deadline: idle is no unfinished request
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(300 * MS):
                    assert await reader.read() != b""
        writer.close()


@pytest.mark.asyncio
@pytest.mark.parametrize(("pieces", "expected"), [(6, b"HTTP/1.1 201"), (3, b"")])
async def test_an_upload_is_waited_for_as_long_as_it_goes_on_coming(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pieces: int, expected: bytes
) -> None:
    """Three times the deadline in all; once nothing comes any more it is hung up on."""
    body = form(png(padding=100_000))
    size = len(body) // 6 + 1
    async with hurried(tmp_path / "d", monkeypatch) as port:
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}/api/v1") as client:
            person = dict(zip(("username", "password"), ADMIN, strict=True))
            signed_in = await client.post("/session", json=person)
        head = (
            "POST /api/v1/media HTTP/1.1\r\nHost: x\r\n"
            f"Cookie: antrean={signed_in.cookies['antrean']}\r\n"
            f"X-CSRF-Token: {signed_in.json()['csrf']}\r\n"
            f"Content-Type: {FORM['Content-Type']}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.encode())
        answer = asyncio.create_task(reader.read(12))
        for n in range(pieces):
            writer.write(body[n * size : (n + 1) * size])
            await asyncio.wait([answer], timeout=100 * MS)
        async with asyncio.timeout(5):
            assert await answer == expected
        writer.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_ends_cleanly_and_loses_no_answer(
    server: RunningServer, cast: Cast, number: int
) -> None:
    """Requests in flight are answered; what was answered is there after the restart."""
    answered: list[int] = []
    kiosks = [cast.kiosk() for _ in range(4)]

    def take(kiosk: object) -> None:
        with contextlib.suppress(Exception):  # the server goes while it is asked
            while True:
                answer = kiosk.take()  # type: ignore[attr-defined]
                if answer.status != 201:
                    return
                answered.append(answer.seq)

    threads = [threading.Thread(target=take, args=(k,)) for k in kiosks]
    for thread in threads:
        thread.start()
    while len(answered) < 20:
        threads[0].join(0.01)
    assert server.stop(number) == 0
    for thread in threads:
        thread.join()
    server.start()
    again = cast.nobody().__class__(server.url, cast.admin.token)
    again.http.cookies.set("antrean", cast.admin.http.cookies["antrean"])
    assert {e["seq"] for e in again.events()} >= set(answered)
    again.close()


def test_a_second_server_on_one_folder_is_refused(server: RunningServer, tmp_path: Path) -> None:
    second = RunningServer(tmp_path)
    second.spawn()
    assert second.wait(20) == 2
    assert "another server" in second.log
    with socket.create_connection(("127.0.0.1", server.port), timeout=5):
        pass


def test_a_port_that_is_taken_is_told(server: RunningServer, tmp_path: Path) -> None:
    other = RunningServer(tmp_path / "other", arguments=["--port", str(server.port)])
    other.spawn()
    assert other.wait(20) == 1
    assert str(server.port) in other.log
    assert "--port" in other.log
