"""The way of an upload: as multipart, in pieces, broken off, too large, onto a full disk."""

import contextlib
import json
import resource
import socket
import time
from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest

from antrean.media import folder
from antrean.web import uploads
from tests.support import Cast, Client, RunningServer
from tests.support.inside import Inside, inside
from tests.support.media import BOUNDARY, FORM, form, mp4, png, upload

PATIENCE_SECONDS = 15.0
MIB = 1024 * 1024
LARGEST = 200 * MIB


def files(server: RunningServer) -> list[str]:
    path = server.data / "media"
    return sorted(p.name for p in path.iterdir()) if path.exists() else []


def until(condition: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, f"not within {PATIENCE_SECONDS:.0f} s: {what}"


@contextlib.contextmanager
def begun(client: Client, port: int, *, length: int | None) -> Iterator[socket.socket]:
    """A connection that has sent the head of an upload; chunked without `length`."""
    told = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    head = (
        "POST /api/v1/media HTTP/1.1\r\nHost: x\r\n"
        f"Authorization: Bearer {client.token}\r\nContent-Type: {FORM['Content-Type']}\r\n"
        f"{told}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as connection:
        connection.sendall(head.encode())
        yield connection


def answer_of(connection: socket.socket) -> tuple[int, dict[str, Any]]:
    """(status, body) of what comes, whether or not the request was complete."""
    came = b""
    while b"\r\n\r\n" not in came or not came.endswith(b"}"):
        block = connection.recv(65_536)
        assert block, came
        came += block
    head, _, body = came.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]), json.loads(body)


# multipart
def part(content: bytes, disposition: bytes, *more: bytes) -> bytes:
    lines = [b"--" + BOUNDARY.encode(), b"Content-Disposition: " + disposition, *more, b"", content]
    return b"\r\n".join(lines) + b"\r\n"


END = f"--{BOUNDARY}--\r\n".encode()
FILE = b'form-data; name="file"; filename="a.png"'


@pytest.mark.parametrize(
    "body",
    [
        form(png()),
        b"\r\n" + form(png()) + b"epilogue",
        part(png(), b'form-data; name="file"') + END,
        part(png(), b"form-data; name=file; filename=a.png") + END,
        part(png(), FILE, b"Content-Transfer-Encoding: binary", b"X-Other: y") + END,
        part(png(padding=300_000) + b"", FILE) + END,
    ],
    ids="plain around nameless unquoted headers long".split(),
)
def test_a_form_is_read_as_browsers_and_scripts_write_it(shared: Cast, body: bytes) -> None:
    answer = shared.supervisor().post("/media", content=body, headers=FORM)
    assert answer.status == 201, str(answer)
    assert answer.body["media"]["type"] == "image/png"


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        (b"", 400, "malformed", None),
        (b"nonsense", 400, "malformed", None),
        (b"{}", 400, "malformed", None),
        (form(png())[:-20], 400, "malformed", None),
        (form(png())[:60], 400, "malformed", None),
        (part(png(), FILE, b"X-Long: " + b"x" * 100_000) + END, 400, "malformed", None),
        (part(png(), FILE, *[b"X-%d: y" % n for n in range(500)]) + END, 400, "malformed", None),
        (END, 422, "invalid", "file"),
        (part(png(), b"form-data") + END, 422, "invalid", "$"),
        (part(png(), b'form-data; name="foto"; filename="a.png"') + END, 422, "invalid", "foto"),
        (part(b"x", b'form-data; name="title"') + form(png()), 422, "invalid", "title"),
        (part(png(), FILE) + part(png(), FILE) + END, 422, "invalid", "file"),
        (part(png(), FILE) + part(b"x", b'form-data; name="more"') + END, 422, "invalid", "more"),
    ],
    ids=(
        "nothing nonsense json cut cut-in-head long-header many-headers no-part no-name "
        "other-name part-before two-files part-behind"
    ).split(),
)
def test_a_form_that_is_none_is_refused_and_leaves_nothing(
    shared: Cast, body: bytes, status: int, code: str, field: str | None
) -> None:
    before = files(shared.server)
    answer = shared.supervisor().post("/media", content=body, headers=FORM)
    assert answer.refused(status, code).fields == ([] if field is None else [field])
    assert files(shared.server) == before


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("application/json", 415, "unsupported_media_type"),
        ("image/png", 415, "unsupported_media_type"),
        ("", 415, "unsupported_media_type"),
        ("multipart/mixed; boundary=x", 415, "unsupported_media_type"),
        ("multipart/form-data", 400, "malformed"),
        ("multipart/form-data; boundary=", 400, "malformed"),
        ("multipart/form-data; boundary=" + "x" * 71, 400, "malformed"),
    ],
)
def test_a_body_of_another_type_is_refused(shared: Cast, kind: str, status: int, code: str) -> None:
    answer = shared.supervisor().post("/media", content=png(), headers={"Content-Type": kind})
    answer.refused(status, code)


# size and time
@pytest.mark.parametrize("more", [1, 2**40])
def test_what_is_too_large_is_refused_before_any_of_it_came(shared: Cast, more: int) -> None:
    before = files(shared.server)
    length = LARGEST + 65_536 + more
    with begun(shared.supervisor(), shared.server.port, length=length) as connection:
        status, body = answer_of(connection)
    assert (status, body["code"]) == (413, "too_large")
    assert files(shared.server) == before


def test_a_caller_without_the_role_is_told_before_any_of_it_came(shared: Cast) -> None:
    for client, expected in ((shared.clerk(), 403), (shared.nobody(), 401)):
        client.token = client.token or "x" * 43
        with begun(client, shared.server.port, length=LARGEST) as connection:
            assert answer_of(connection)[0] == expected


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("size", "behind", "expected"),
    [(99_000, 0, 201), (100_000, 0, 201), (100_001, 0, 413), (500, 170_000, 413)],
)
async def test_what_does_not_say_its_length_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, behind: int, expected: int
) -> None:
    """Both the file and what is around it."""
    monkeypatch.setattr(uploads, "LARGEST_FILE", 100_000)
    content = png(padding=size - len(png(padding=1)) + 1)
    assert len(content) == size
    async with inside(tmp_path / "d") as app:
        assert await _chunked(app, form(content) + bytes(behind)) == expected
    assert len(list((tmp_path / "d" / "media").iterdir())) == (expected == 201)


async def _chunked(app: Inside, body: bytes) -> int:
    async def pieces() -> Any:
        for at in range(0, len(body), 10_000):
            yield body[at : at + 10_000]

    headers = {"Authorization": f"Bearer {await app.token('supervisor')}", **FORM}
    answer = await app.http.post("/api/v1/media", content=pieces(), headers=headers)
    return int(answer.status_code)


def test_a_large_film_never_stands_in_memory(server: RunningServer, cast: Cast) -> None:
    """120 MiB come and go, and the server grows by less than a tenth of them."""
    supervisor = cast.supervisor()
    upload(supervisor, png()).ok()
    film = mp4(film=bytes(120 * MIB))

    def pieces() -> Iterator[bytes]:
        body = form(film)
        for at in range(0, len(body), MIB):
            yield body[at : at + MIB]

    before = _peak_kib(server)
    answer = supervisor.http.post(
        "/api/v1/media",
        content=pieces(),
        headers={**FORM, "Authorization": f"Bearer {supervisor.token}"},
    )
    assert answer.status_code == 201, answer.text
    assert cast.nobody().http.get(answer.json()["media"]["url"]).content == film
    assert _peak_kib(server) - before < 12 * 1024


def _peak_kib(server: RunningServer) -> int:
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


# broken off
def test_an_upload_that_breaks_off_leaves_nothing(server: RunningServer, cast: Cast) -> None:
    body = form(png(padding=MIB))
    with begun(cast.supervisor(), server.port, length=len(body)) as connection:
        connection.sendall(body[: len(body) // 2])
        until(lambda: files(server), "it comes")
        assert files(server)[0].startswith(".upload-")
        assert cast.supervisor().get("/media").items == []
    until(lambda: not files(server), "it is gone")


def test_an_upload_that_a_kill_broke_off_is_gone_at_the_next_start(
    server: RunningServer, cast: Cast
) -> None:
    body = form(png(padding=MIB))
    with begun(cast.supervisor(), server.port, length=len(body)) as connection:
        connection.sendall(body[: len(body) // 2])
        until(lambda: files(server), "it comes")
        server.kill()
    assert files(server)
    server.start()
    assert files(server) == []


def test_an_upload_does_not_hold_up_a_stop(server: RunningServer, cast: Cast) -> None:
    body = form(png(padding=MIB))
    with begun(cast.supervisor(), server.port, length=len(body)) as connection:
        connection.sendall(body[: len(body) // 2])
        until(lambda: files(server), "it comes")
        assert server.stop() == 0
    assert files(server) == []


def test_a_few_come_at_once_and_the_next_is_told_to_wait(server: RunningServer, cast: Cast) -> None:
    supervisor, body = cast.supervisor(), form(png(padding=MIB))
    with contextlib.ExitStack() as stack:
        running = [
            stack.enter_context(begun(supervisor, server.port, length=len(body))) for _ in range(4)
        ]
        until(lambda: len(files(server)) == 4, "all have begun")
        refused = upload(supervisor, png())
        assert int(refused.refused(429, "rate_limited").headers["retry-after"]) > 0
        for connection in running:
            connection.sendall(body)
            assert answer_of(connection)[0] == 201
    upload(supervisor, png()).ok()


# the disk
def test_a_full_disk_refuses_the_file_and_keeps_nothing(server: RunningServer, cast: Cast) -> None:
    supervisor = cast.supervisor()
    upload(supervisor, png()).ok()
    before = files(server)
    _, hard = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (MIB, hard))
    content = png(padding=2 * MIB)
    refused = upload(supervisor, content, key="k")
    assert int(refused.refused(503, "storage_unavailable").headers["retry-after"]) > 0
    assert files(server) == before
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, hard))
    upload(supervisor, content, key="k").ok()
    assert len(files(server)) == 2


@pytest.mark.asyncio
async def test_a_disk_is_never_filled_up_with_films(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "RESERVE_BYTES", 1 << 62)
    async with inside(tmp_path / "d") as app:
        headers = {"Authorization": f"Bearer {await app.token('supervisor')}", **FORM}
        answer = await app.http.post("/api/v1/media", content=form(png()), headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")
        assert answer.json()["errors"][0]["code"] == "no_room"
        assert int(answer.headers["retry-after"]) > 0
        assert list((tmp_path / "d" / "media").iterdir()) == []


def test_a_commit_that_fails_leaves_no_file_for_ever(server: RunningServer, cast: Cast) -> None:
    """Whether its entry was written is open: the file stays until that is known."""
    supervisor = cast.supervisor()
    upload(supervisor, png()).ok()
    _, hard = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (100, hard))  # room for the file alone
    upload(supervisor, png()).refused(503, "storage_unavailable")
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, hard))
    until(lambda: cast.nobody().get("/readyz", root=True).status == 200, "it heals")
    upload(supervisor, png()).ok()
    listed = supervisor.get("/media").items
    assert files(server) == sorted(item["url"].rpartition("/")[2] for item in listed)
    assert all("missing" not in item for item in listed)


@pytest.mark.asyncio
async def test_a_player_that_leaves_is_not_read_for(tmp_path: Path) -> None:
    """Each jump within a film leaves a request behind: the rest of it is not read."""
    film = mp4(film=bytes(8 * MIB))
    sent = 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal sent
        sent += len(message.get("body", b""))

    async with inside(tmp_path / "d") as app:
        headers = {"Authorization": f"Bearer {await app.token('supervisor')}", **FORM}
        answer = await app.http.post("/api/v1/media", content=form(film), headers=headers)
        path = answer.json()["media"]["url"]
        whole = await app.http.get(path)
        assert whole.content == film
        scope = {
            "type": "http", "method": "GET", "path": path, "raw_path": path.encode(),
            "query_string": b"", "headers": [], "client": ("127.0.0.1", 1), "scheme": "http",
            "server": ("hall.test", 80), "root_path": "", "http_version": "1.1",
        }  # fmt: skip
        application = app.http._transport.app  # type: ignore[attr-defined]
        await application(scope, receive, send)
    assert sent < MIB
