"""Hostile and misshapen requests: each gets its problem, and nothing changes."""

import json
import socket
from typing import Any
from urllib.parse import quote

import pytest

from tests.support import Cast, Client, RunningServer

DEEP = b"[" * 30_000 + b"]" * 30_000
BIDI = "\u202e"


@pytest.fixture(scope="module")
def kiosk(shared: Cast) -> Client:
    return shared.kiosk()


@pytest.mark.parametrize(
    "content",
    [
        b'{"service": "skck"',
        b"{'service': 'skck'}",
        b'{"service": "skck"} x',
        b'{"service": "skck", "name": NaN}',
        b'{"service": Infinity}',
        b'{"service": "\xff\xfe"}',
        b'{"service": "\\ud800"}',
        b"\xef\xbb\xbf{}",
        DEEP,
        b'{"service": ' + DEEP + b"}",
        b'{"service": 1e999}',
        b'{"service": ' + b"9" * 5000 + b"}",
        b"\x00",
        b"null x",
    ],
    ids=lambda c: repr(c[:24]),
)
def test_what_is_no_json_is_malformed(kiosk: Client, content: bytes) -> None:
    kiosk.post("/tickets", content=content).refused(400, "malformed")


@pytest.mark.parametrize("content", [b"null", b"[]", b'"skck"', b"1", b"true"])
def test_a_body_is_an_object(kiosk: Client, content: bytes) -> None:
    kiosk.post("/tickets", content=content).refused(422, "invalid")


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/tickets", {}, "service"),
        ("/tickets", {"service": 5}, "service"),
        ("/tickets", {"service": None}, "service"),
        ("/tickets", {"service": ""}, "service"),
        ("/tickets", {"service": "none"}, "service"),
        ("/tickets", {"service": "skck", "nonsense": 1}, "nonsense"),
        ("/tickets", {"service": "skck", "number": "A-007"}, "number"),
        ("/tickets", {"service": "skck", "channel": "kiosk"}, "channel"),
        ("/tickets", {"service": "skck", "name": "x" * 101}, "name"),
        ("/tickets", {"service": "skck", "phone": "1" * 31}, "phone"),
        ("/tickets", {"service": "skck", "name": "Siti\nAminah"}, "name"),
        ("/tickets", {"service": "skck", "name": "Siti\n"}, "name"),
        ("/tickets", {"service": "skck", "name": "a\x00b"}, "name"),
        ("/tickets", {"service": "skck", "name": f"a{BIDI}b"}, "name"),
        ("/tickets", {"service": "skck", "name": "a\u2066b"}, "name"),
        ("/tickets", {"service": "skck", "phone": "\x7f"}, "phone"),
        ("/tickets", {"service": "skck", "class": "raja"}, "class"),
        ("/tickets", {"service": "skck", "class": 1}, "class"),
        ("/tickets", {"service": "skck", "reason": "lansia"}, "reason"),
        ("/tickets", {"service": "skck", "class": "prioritas", "reason": "kaya"}, "reason"),
        ("/tickets", {"service": "skck", "journey": "paspor"}, "journey"),
        ("/tickets", {"service": "skck", "journey": ["none"]}, "journey"),
        ("/tickets", {"service": "skck", "journey": ["paspor"] * 11}, "journey"),
        ("/tickets", {"service": "skck", "visit": "none"}, "visit"),
        ("/bookings", {"service": "paspor"}, "start"),
        ("/bookings", {"service": "paspor", "start": "besok"}, "start"),
        ("/bookings", {"service": "paspor", "start": 1}, "start"),
        ("/bookings", {"service": "paspor", "start": "2026-11-24T08:00:00"}, "start"),
        ("/bookings", {"service": "paspor", "start": "0001-01-01T00:00:00Z"}, "start"),
        ("/bookings", {"service": "paspor", "start": "9999-12-31T23:59:59+07:00"}, "start"),
        ("/bookings", {"service": "skck", "start": "2030-01-01T08:00:00+07:00"}, "start"),
        ("/check-ins", {}, "token"),
        ("/check-ins", {"token": "x", "number": "A-001"}, "token"),
        ("/check-ins", {"token": "x"}, "token"),
        ("/check-ins", {"number": "Z-999"}, "number"),
    ],
    ids=lambda v: json.dumps(v)[:60] if isinstance(v, dict) else None,
)
def test_a_bad_field_is_named(kiosk: Client, path: str, body: dict[str, Any], field: str) -> None:
    answer = kiosk.post(path, body).refused(422, "invalid")
    assert answer.fields == [field], str(answer)
    assert all(e["detail"] and e["code"] for e in answer.body["errors"])


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/counters/loket-1/pause", {"reason": "x" * 501}, "reason"),
        ("/counters/loket-1/pause", {"reason": {"id": "a", "jv": "b"}}, "reason"),
        ("/counters/loket-1/pause", {"reason": "a\nb"}, "reason"),
        ("/counters/loket-1/pause", {"reason": 5}, "reason"),
        ("/counters/loket-1/pause", {"until": "nanti"}, "until"),
        ("/counters/loket-1/call", {}, "ticket"),
        ("/counters/loket-1/call", {"ticket": "none"}, "ticket"),
        ("/counters/loket-1/call-next", {"ticket": "x"}, "ticket"),
        ("/counters/loket-1/transfer", {}, "service"),
        ("/counters/loket-1/transfer", {"service": "skck", "place": "first"}, "place"),
        ("/counters/loket-1/undo", {"seq": -1}, "seq"),
        ("/counters/loket-1/undo", {"seq": "1"}, "seq"),
        ("/counters/loket-1/undo", {"seq": True}, "seq"),
        ("/tickets/none/requeue", {"place": "middle"}, "place"),
        ("/tickets/none/transfer", {}, "service"),
        ("/tickets/none/cancel", {"reason": "x" * 501}, "reason"),
    ],
    ids=lambda v: json.dumps(v)[:60] if isinstance(v, dict) else None,
)
def test_a_bad_field_of_a_clerk_is_named(
    shared: Cast, path: str, body: dict[str, Any], field: str
) -> None:
    clerk = shared.clerk("loket-1")
    answer = clerk.post(path, body).refused(422, "invalid")
    assert answer.fields == [field], str(answer)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/announcements", {}, "text"),
        ("/announcements", {"text": ""}, "text"),
        ("/announcements", {"text": "  "}, "text"),
        ("/announcements", {"text": "x" * 1001}, "text"),
        ("/announcements", {"text": "a\x07b"}, "text"),
        ("/announcements", {"text": "x", "zones": ["none"]}, "zones"),
        ("/announcements", {"text": "x", "until": "2020-01-01T00:00:00+07:00"}, "until"),
        ("/announcements", {"text": "x", "speak": "yes"}, "speak"),
        ("/services/skck/pause", {"reason": "x" * 501}, "reason"),
        ("/tokens", {"name": "x", "role": "king"}, "role"),
        ("/tokens", {"name": "", "role": "kiosk"}, "name"),
        ("/tokens", {"name": "x", "role": "kiosk", "counter": "none"}, "counter"),
        ("/tokens", {"name": "x", "role": "kiosk", "zone": "none"}, "zone"),
        ("/users", {"username": "x", "password": "kata sandi", "role": "kiosk"}, "role"),
        ("/users", {"username": "x y", "password": "kata sandi", "role": "clerk"}, "username"),
        ("/users", {"username": "x\n", "password": "kata sandi", "role": "clerk"}, "username"),
        ("/users", {"username": "x", "password": "1234567", "role": "clerk"}, "password"),
        ("/users", {"username": "x", "password": "password1", "role": "clerk"}, "password"),
        ("/users", {"username": "sitiaminah", "password": "SitiAminah", "role": "clerk"},
         "password"),
        ("/users", {"username": "x", "password": "kata sandi", "role": "clerk",
                    "counters": ["none"]}, "counters"),
        ("/users/admin", {"name": None}, "name"),
    ],
    ids=lambda v: json.dumps(v)[:60] if isinstance(v, dict) else None,
)  # fmt: skip
def test_a_bad_field_of_an_admin_is_named(
    shared: Cast, path: str, body: dict[str, Any], field: str
) -> None:
    method = "PATCH" if path == "/users/admin" else "POST"
    answer = shared.admin.send(method, path, body).refused(422, "invalid")
    assert answer.fields == [field], str(answer)


@pytest.mark.parametrize(
    "password", ["kata sandi", "abc" * 85, "пароль длинный", "🐘🐘🐘 gajah", " spasi spasi "]
)
def test_long_and_foreign_passwords_are_fine(shared: Cast, password: str) -> None:
    username = f"u{abs(hash(password))}"
    body = {"username": username, "password": password, "role": "clerk"}
    shared.admin.post("/users", body).ok()
    shared.nobody().sign_in(username, password).ok()


def test_texts_at_their_limits_are_fine(shared: Cast) -> None:
    kiosk, supervisor = shared.kiosk(), shared.supervisor()
    kiosk.take(name="x" * 100, phone="1" * 30).ok()
    text = "a\n" * 500
    made = supervisor.post("/announcements", {"text": text}).ok().body["announcement"]
    assert made["text"] == {"id": text, "en": text}
    supervisor.send("DELETE", f"/announcements/{made['id']}").ok()


def test_a_text_may_come_by_language(shared: Cast) -> None:
    supervisor = shared.supervisor()
    for given, told in (
        ({"id": "Tutup", "en": "Closed"}, {"id": "Tutup", "en": "Closed"}),
        ({"en": "Closed"}, {"id": "Closed", "en": "Closed"}),
        ("Tutup", {"id": "Tutup", "en": "Tutup"}),
    ):
        body = supervisor.post("/services/skck/pause", {"reason": given}).ok().body
        assert body["service"]["note"] == told
    supervisor.post("/services/skck/open").ok()


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""]
)
def test_only_json_is_read(kiosk: Client, kind: str) -> None:
    answer = kiosk.post("/tickets", content=b"{}", headers={"Content-Type": kind})
    answer.refused(415, "unsupported_media_type")


def test_a_charset_is_fine_and_no_body_is_an_empty_one(shared: Cast) -> None:
    clerk = shared.clerk("loket-2")
    kind = {"Content-Type": "application/json; charset=utf-8"}
    clerk.post("/counters/loket-2/open", content=b"{}", headers=kind).ok()
    clerk.send("POST", "/counters/loket-2/close").ok()


def test_a_body_may_have_64_kib(kiosk: Client) -> None:
    filler = b'{"service": "skck"' + b" " * 65_536
    kiosk.post("/tickets", content=filler[:65_535] + b"}").ok()
    kiosk.post("/tickets", content=filler[:65_536] + b"}").refused(413, "too_large")


def test_a_body_without_length_is_bounded_too(shared_server: RunningServer, kiosk: Client) -> None:
    with socket.create_connection(("127.0.0.1", shared_server.port), timeout=10) as raw:
        raw.sendall(
            b"POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: application/json\r\n\r\n"
        )
        for _ in range(100):
            raw.sendall(b"1000\r\n" + b" " * 4096 + b"\r\n")
        answer = b""
        while b'"too_large"' not in answer:
            answer += raw.recv(65_536)
        raw.sendall(b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200 OK" in raw.recv(65_536)  # the connection goes on
    assert b"413" in answer.split(b"\r\n")[0]


def test_a_body_is_refused_as_soon_as_it_is_too_large(shared_server: RunningServer) -> None:
    with socket.create_connection(("127.0.0.1", shared_server.port), timeout=8) as raw:
        raw.sendall(
            b"POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: application/json\r\n\r\n10010\r\n" + b" " * 0x10010 + b"\r\n"
        )
        assert b" 413 " in raw.recv(65_536)  # and not only when the next part comes


def test_an_integral_number_is_an_integer(shared: Cast) -> None:
    holder = shared.holder(shared.kiosk().take().token)
    holder.post("/my/defer", content=b'{"behind": 1.0}').ok()
    holder.post("/my/defer", content=b'{"behind": 1.5}').refused(422, "invalid")


def test_of_double_members_the_last_counts(shared: Cast) -> None:
    kiosk = shared.kiosk()
    taken = kiosk.post("/tickets", content=b'{"service": "none", "service": "skck"}')
    assert taken.ticket["service"] == "skck"


@pytest.mark.parametrize(
    "path",
    [
        "/none", "/services/none", "/services/%00", "/services/..%2f..%2fsite", "/counters/none",
        "/tickets/none", "/services//", "/site/", "/Site", "/services/skck/none", "/%ff",
        "/services/*", "/services/*/slots",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404(shared: Cast, path: str) -> None:
    shared.supervisor().get(path).refused(404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("PUT", "/tickets", {"GET", "HEAD", "POST"}),
        ("GET", "/my/cancel", {"POST"}),
        ("DELETE", "/site", {"GET", "HEAD"}),
        ("OPTIONS", "/site", {"GET", "HEAD"}),
        ("TRACE", "/site", {"GET", "HEAD"}),
        ("POST", "/users/none", {"PATCH"}),
    ],
)
def test_another_method_is_405(shared: Cast, method: str, path: str, allow: set[str]) -> None:
    answer = shared.nobody().send(method, path).refused(405, "method_not_allowed")
    assert set(answer.headers["allow"].split(", ")) == allow


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"NONSENSE\r\n\r\n",
        b"GET /\x01 HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
    ids=["two lengths", "length and chunked", "no http", "control", "tls"],
)
def test_what_is_no_http_is_400_and_closed(shared_server: RunningServer, raw: bytes) -> None:
    with socket.create_connection(("127.0.0.1", shared_server.port), timeout=10) as asking:
        asking.sendall(raw)
        answer = b""
        while piece := asking.recv(65_536):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b'"malformed"' in answer
    assert b"x-content-type-options: nosniff" in answer


def test_headers_without_end_are_refused(shared_server: RunningServer) -> None:
    with socket.create_connection(("127.0.0.1", shared_server.port), timeout=10) as asking:
        asking.sendall(b"GET / HTTP/1.1\r\n")
        for n in range(2000):
            asking.sendall(b"x-%d: %s\r\n" % (n, b"y" * 100))
        answer = b""
        while piece := asking.recv(65_536):
            answer += piece
    assert b"431" in answer.split(b"\r\n")[0]


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /healthz?" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + b"x: y\r\n" * 8000 + b"\r\n",
        b"GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + b"x: y\r\n" * 8000 + b"\r\n",
    ],
    ids=["address", "headers", "handshake"],
)  # fmt: skip
def test_headers_are_bounded_however_they_come(shared_server: RunningServer, sent: bytes) -> None:
    """In one piece too, so that what is refused does not hang on the network in between."""
    with socket.create_connection(("127.0.0.1", shared_server.port), timeout=10) as asking:
        asking.sendall(sent)
        assert asking.recv(65_536).startswith(b"HTTP/1.1 431 ")


def test_a_long_body_is_no_long_header(shared_server: RunningServer) -> None:
    body = b'{"service": "skck"' + b" " * 50_000 + b"}"
    with socket.create_connection(("127.0.0.1", shared_server.port), timeout=10) as asking:
        asking.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        asking.sendall(b"POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\n")
        asking.sendall(
            b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        )
        assert asking.recv(65_536).startswith(b"HTTP/1.1 201 ")


def test_refused_requests_leave_nothing_behind(cast: Cast) -> None:
    kiosk, supervisor = cast.kiosk(), cast.supervisor()
    kiosk.take().ok()
    before = supervisor.events()
    for content in (
        b"{",
        b"[]",
        b'{"service": "none"}',
        DEEP,
        b'{"service":"skck","name":"\\u0000"}',
    ):
        assert kiosk.post("/tickets", content=content).status in (400, 422)
    assert supervisor.events() == before
    assert kiosk.take().ticket["number"] == "A-002"


def test_sql_in_a_text_is_text(cast: Cast) -> None:
    name = "'; DROP TABLE tickets; --"
    cast.kiosk().take(name=name).ok()
    clerk = cast.clerk()
    assert len(clerk.get("/tickets").items) == 1
    for query, count in ((name, 1), ("%", 0), ("_", 0), ("' OR '1'='1", 0)):
        assert len(clerk.get(f"/tickets?q={quote(query)}").items) == count, query
