"""One key, one effect: for every kind of caller, over restarts, and for accounts too."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support import Answer, Cast, Client, RunningServer
from tests.support.inside import Time, inside


def new_key() -> str:
    return uuid.uuid4().hex


def same(one: Answer, two: Answer) -> bool:
    return (one.status, one.body) == (two.status, two.body)


def test_a_key_sent_again_gets_the_first_answer(cast: Cast) -> None:
    kiosk, supervisor, key = cast.kiosk(), cast.supervisor(), new_key()
    first = kiosk.post("/tickets", {"service": "skck", "name": "Ani"}, key=key).ok()
    kiosk.take().ok()
    again = kiosk.post("/tickets", {"service": "skck", "name": "Ani"}, key=key)
    assert same(first, again)
    assert first.status == 201
    issued = [e for e in supervisor.events() if e["type"] == "ticket.issued"]
    assert len(issued) == 2


def test_the_same_json_value_is_the_same_request(cast: Cast) -> None:
    kiosk, key = cast.kiosk(), new_key()
    body = {"service": "skck", "name": "Ani", "journey": []}
    first = kiosk.post("/tickets", body, key=key).ok()
    spelled = json.dumps(dict(reversed(body.items())), indent=1).replace("Ani", "\\u0041ni")
    assert same(first, kiosk.post("/tickets", content=spelled.encode(), key=key))
    holder, key = cast.holder(first.token), new_key()
    kiosk.take().ok()
    one = holder.post("/my/defer", content=b'{"behind": 1}', key=key).ok()
    assert same(one, holder.post("/my/defer", content=b'{"behind":1.0}', key=key))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/tickets", {"service": "paspor"}),
        ("/tickets", {"service": "skck", "name": "Ani"}),
        ("/tickets", {"service": "skck", "journey": []}),
        ("/bookings", {"service": "skck", "start": "2030-01-01T08:00:00+07:00"}),
    ],
    ids=repr,
)
def test_a_key_of_another_request_is_refused(
    shared: Cast, path: str, body: dict[str, object]
) -> None:
    kiosk, key = shared.kiosk(), new_key()
    kiosk.post("/tickets", {"service": "skck"}, key=key).ok()
    kiosk.post(path, body, key=key).refused(422, "idempotency_mismatch")


def test_a_key_of_another_path_is_refused(cast: Cast) -> None:
    clerk, key = cast.clerk("loket-1"), new_key()
    cast.kiosk().take().ok()
    clerk.post("/counters/loket-1/call-next", key=key).ok()
    clerk.post("/counters/loket-1/start", key=key).refused(422, "idempotency_mismatch")
    clerk.post("/counters/loket-2/call-next", key=key).refused(422, "idempotency_mismatch")


def test_callers_do_not_share_keys(shared: Cast) -> None:
    key = new_key()
    one = shared.kiosk().post("/tickets", {"service": "skck"}, key=key).ok()
    two = shared.kiosk().post("/tickets", {"service": "skck"}, key=key).ok()
    three = shared.nobody().post("/tickets", {"service": "skck"}, key=key).ok()
    assert len({a.ticket["id"] for a in (one, two, three)}) == 3


def test_without_a_credential_the_key_is_the_caller(shared: Cast) -> None:
    key = new_key()
    one = shared.nobody().post("/tickets", {"service": "skck"}, key=key).ok()
    assert same(one, shared.nobody().post("/tickets", {"service": "skck"}, key=key))
    short = shared.nobody().post("/tickets", {"service": "skck"}, key="x" * 21)
    assert short.refused(422, "invalid").fields == ["Idempotency-Key"]
    shared.nobody().post("/tickets", {"service": "skck"}, key="x" * 22 + new_key()).ok()
    shared.kiosk().post("/tickets", {"service": "skck"}, key="x").ok()


@pytest.mark.parametrize("key", ["x" * 201, "a\tb", "ü" * 30])
def test_a_key_is_printable_and_bounded(shared: Cast, key: str) -> None:
    headers = {"Idempotency-Key": key.encode("latin-1")}
    answer = shared.kiosk().post("/tickets", {"service": "skck"}, headers=headers)
    assert answer.refused(422, "invalid").fields == ["Idempotency-Key"]


def test_a_refusal_is_not_kept(cast: Cast) -> None:
    clerk, kiosk, key = cast.clerk("loket-1"), cast.kiosk(), new_key()
    clerk.post("/counters/loket-1/call-next", key=key).refused(409, "queue_empty")
    number = kiosk.take().ticket["number"]
    assert clerk.post("/counters/loket-1/call-next", key=key).ticket["number"] == number


def test_a_command_without_effect_keeps_its_answer(cast: Cast) -> None:
    clerk, key = cast.clerk("loket-1"), new_key()
    first = clerk.post("/counters/loket-1/open", key=key).ok()
    clerk.post("/counters/loket-1/close").ok()
    assert same(first, clerk.post("/counters/loket-1/open", key=key))
    assert clerk.get("/counters/loket-1").body["state"] == "closed"


def test_twenty_at_once_have_one_effect(cast: Cast) -> None:
    kiosk, key = cast.kiosk(), new_key()
    clients = [Client(cast.server.url, kiosk.token) for _ in range(20)]
    with ThreadPoolExecutor(20) as pool:
        send = lambda c: c.post("/tickets", {"service": "skck"}, key=key)  # noqa: E731
        answers = list(pool.map(send, clients))
    for client in clients:
        client.close()
    assert {a.status for a in answers} == {201}
    assert len({a.ticket["id"] for a in answers}) == 1


@pytest.mark.parametrize("hard", [False, True], ids=["SIGTERM", "kill -9"])
def test_keys_outlive_a_restart(server: RunningServer, cast: Cast, hard: bool) -> None:
    kiosk, clerk, keys = cast.kiosk(), cast.clerk("loket-1"), [new_key() for _ in range(3)]
    body = {"username": "baru", "password": "kata sandi baru", "role": "clerk"}
    first = [
        kiosk.post("/tickets", {"service": "skck", "name": "Ani"}, key=keys[0]).ok(),
        clerk.post("/counters/loket-1/call-next", key=keys[1]).ok(),
        cast.admin.post("/users", body, key=keys[2]).ok(),
    ]
    server.restart(hard=hard)
    again = [Client(server.url, kiosk.token), Client(server.url, clerk.token), Client(server.url)]
    again[2].http.cookies.set("antrean", cast.admin.http.cookies["antrean"])
    again[2].csrf = cast.admin.csrf
    assert same(
        first[0], again[0].post("/tickets", {"service": "skck", "name": "Ani"}, key=keys[0])
    )
    assert same(first[1], again[1].post("/counters/loket-1/call-next", key=keys[1]))
    assert same(first[2], again[2].post("/users", body, key=keys[2]))
    again[0].post("/tickets", {"service": "paspor"}, key=keys[0]).refused(
        422, "idempotency_mismatch"
    )
    for client in again:
        client.close()


def test_an_answer_given_again_tells_no_later_note(cast: Cast) -> None:
    clerk, key = cast.clerk("loket-1"), new_key()
    cast.kiosk().take(name="Ani").ok()
    first = clerk.post("/counters/loket-1/call-next", key=key).ok()
    clerk.post("/counters/loket-1/hold", {"reason": "ambil berkas"}).ok()
    assert same(first, clerk.post("/counters/loket-1/call-next", key=key))


def test_a_user_is_added_once_and_a_password_changed_once(shared: Cast) -> None:
    key, name = new_key(), f"u{new_key()[:8]}"
    body = {"username": name, "password": "kata sandi satu", "role": "clerk"}
    first = shared.admin.post("/users", body, key=key).ok()
    assert same(first, shared.admin.post("/users", body, key=key))
    shared.admin.post("/users", body).refused(409, "conflict")
    shared.admin.post("/users", {**body, "role": "admin"}, key=key).refused(
        422, "idempotency_mismatch"
    )
    client, key = shared.nobody(), new_key()
    client.sign_in(name, "kata sandi satu").ok()
    change = {"old": "kata sandi satu", "new": "kata sandi dua"}
    done = client.post("/session/password", change, key=key).ok()
    assert same(done, client.post("/session/password", change, key=key))
    client.post("/session/password", change).refused(401, "bad_credentials")


@pytest.mark.asyncio
async def test_a_key_is_kept_for_its_day_and_the_next(tmp_path: Path) -> None:
    time, key = Time(), new_key()
    async with inside(tmp_path / "d", time=time) as app:
        token = await app.token("kiosk")
        ask = {"token": token, "Idempotency_Key": key}
        first = (await app.call("POST", "/tickets", {"service": "skck"}, **ask)).json()
        time.pass_(days=1)
        # what is due with the day is decided before this command
        again = (await app.call("POST", "/tickets", {"service": "skck"}, **ask)).json()
        assert again == first
        time.pass_(days=1)
        later = (await app.call("POST", "/tickets", {"service": "skck"}, **ask)).json()
        assert later["ticket"]["id"] != first["ticket"]["id"]
