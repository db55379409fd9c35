"""Signing in: cookies, CSRF, what ends a session, and that guessing gets slow without locking
out."""

import asyncio
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from antrean.cli import wiring
from antrean.hub import Peer
from antrean.store.accounts import User
from tests.support import Cast, Client, RunningServer
from tests.support.inside import ADMIN, Time, inside


def test_a_session_is_a_cookie_with_a_csrf_token(shared: Cast) -> None:
    client, username, password = shared.user("supervisor")
    answer = client.sign_in(username, password).ok()
    assert (answer.body["user"], answer.body["role"]) == (username, "supervisor")
    cookie = answer.headers["set-cookie"]
    name, _, rest = cookie.partition("=")
    assert name == "antrean"
    assert {part.strip() for part in rest.split(";")[1:]} >= {"Path=/", "HttpOnly", "SameSite=Lax"}
    assert "Secure" not in cookie
    assert client.get("/session").ok().body["csrf"] == answer.body["csrf"]


def test_the_session_changes_with_each_signing_in(shared: Cast) -> None:
    client, username, password = shared.user("clerk")
    before = client.http.cookies["antrean"]
    client.sign_in(username, password).ok()
    assert client.http.cookies["antrean"] != before


@pytest.mark.parametrize("csrf", [None, "", "wrong", "ü"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/announcements"),
        ("POST", "/tickets"),
        ("POST", "/counters/loket-1/open"),
        ("PATCH", "/users/none"),
        ("DELETE", "/tokens/none"),
        ("DELETE", "/session"),
        ("POST", "/session/password"),
        ("POST", "/my/cancel"),  # also where the account may do nothing
    ],
)
def test_a_cookie_needs_its_csrf_token(
    shared: Cast, method: str, path: str, csrf: str | None
) -> None:
    client = shared.nobody()
    client.http.cookies.set("antrean", shared.admin.http.cookies["antrean"])
    headers = {} if csrf is None else {"X-CSRF-Token": csrf.encode("utf-8")}
    client.send(method, path, {}, headers=headers).refused(403, "csrf")


def test_another_sessions_csrf_token_is_not_enough(shared: Cast) -> None:
    one, _, _ = shared.user("supervisor")
    two, _, _ = shared.user("supervisor")
    one.csrf = two.csrf
    one.post("/announcements", {"text": "x"}).refused(403, "csrf")


def test_reading_and_bearers_need_no_csrf_token(shared: Cast) -> None:
    client, _, _ = shared.user("supervisor")
    client.csrf = None
    client.get("/events").ok()
    shared.supervisor().post("/announcements", {"text": "x"}).ok()


def test_nobody_is_signed_in_from_a_foreign_page(shared: Cast) -> None:
    body = {"username": "admin", "password": "x"}
    headers = {"Sec-Fetch-Site": "cross-site"}
    shared.nobody().post("/session", body, headers=headers).refused(403, "csrf")


def test_signing_out_ends_the_session(shared: Cast) -> None:
    client, _, _ = shared.user("clerk")
    cookie = client.http.cookies["antrean"]
    answer = client.send("DELETE", "/session").ok()
    assert "Max-Age=0" in answer.headers["set-cookie"]
    client.http.cookies.set("antrean", cookie)
    client.get("/session").refused(401, "unauthenticated")
    client.get("/site").ok()  # the cookie of an ended session counts as none


def test_a_token_neither_signs_out_nor_has_a_password(shared: Cast) -> None:
    client = shared.clerk()
    client.send("DELETE", "/session").refused(409, "conflict")
    body = {"old": "x", "new": "kata sandi baru"}
    client.post("/session/password", body).refused(409, "conflict")


def test_a_new_password_ends_the_other_sessions(shared: Cast) -> None:
    client, username, password = shared.user("clerk")
    other = shared.nobody()
    other.sign_in(username, password).ok()
    change = {"old": "salah", "new": "kata sandi baru"}
    client.post("/session/password", change).refused(401, "bad_credentials")
    client.post("/session/password", {**change, "old": password}).ok()
    client.get("/session").ok()
    other.get("/session").refused(401, "unauthenticated")
    other.sign_in(username, password).refused(401, "bad_credentials")
    other.sign_in(username, "kata sandi baru").ok()


@pytest.mark.parametrize(
    "change",
    [{"role": "supervisor"}, {"active": False}, {"counters": ["loket-1"]},
     {"password": "kata sandi baru"}, {"name": "Lain"}],
    ids=lambda c: next(iter(c)),
)  # fmt: skip
def test_a_change_of_a_user_ends_the_sessions(shared: Cast, change: dict[str, object]) -> None:
    client, username, _ = shared.user("clerk")
    changed = shared.admin.send("PATCH", f"/users/{username}", change).ok().body
    assert {k: v for k, v in changed.items() if k in change} == {
        k: v for k, v in change.items() if k != "password"
    }
    client.get("/session").refused(401, "unauthenticated")


def test_an_inactive_user_cannot_sign_in(shared: Cast) -> None:
    client, username, password = shared.user("clerk")
    shared.admin.send("PATCH", f"/users/{username}", {"active": False}).ok()
    client.sign_in(username, password).refused(401, "bad_credentials")
    shared.admin.send("PATCH", f"/users/{username}", {"active": True}).ok()
    client.sign_in(username, password).ok()


def test_the_last_admin_stays(cast: Cast) -> None:
    for change in ({"active": False}, {"role": "clerk"}):
        cast.admin.send("PATCH", "/users/admin", change).refused(409, "conflict")
    cast.user("admin")
    cast.admin.send("PATCH", "/users/admin", {"role": "clerk"}).ok()


@pytest.mark.asyncio
async def test_changes_of_a_user_at_the_same_moment_both_count(tmp_path: Path) -> None:
    """Who is put out must stay out when someone else mends his name meanwhile."""
    async with inside(tmp_path / "d") as app:
        admin = await app.token("admin")
        accounts = app.parts.backend.accounts
        await accounts.put_user(User("sari", "", "clerk", "", None))
        changes: list[dict[str, object]] = [{"active": False}, {"name": "Sari"}, {"counters": []}]
        answers = await asyncio.gather(
            *(app.call("PATCH", "/users/sari", change, token=admin) for change in changes)
        )
        assert [a.status_code for a in answers] == [200] * 3
        sari = accounts.users["sari"]
        assert (sari.active, sari.name, sari.counters) == (False, "Sari", frozenset())


@pytest.mark.asyncio
async def test_two_admins_cannot_put_each_other_out(tmp_path: Path) -> None:
    async with inside(tmp_path / "d") as app:
        by = await app.token("admin")
        await app.parts.backend.accounts.put_user(User("sari", "", "admin", "", None))
        answers = await asyncio.gather(
            *(
                app.call("PATCH", f"/users/{name}", {"role": "clerk"}, token=by)
                for name in ("admin", "sari")
            )
        )
        assert sorted(a.status_code for a in answers) == [200, 409]


@pytest.mark.asyncio
async def test_an_admins_new_password_outlasts_one_that_was_on_its_way(tmp_path: Path) -> None:
    """The old one may be known to a thief: whoever changes it with the old one comes too late."""
    async with inside(tmp_path / "d") as app:
        accounts, passwords = app.parts.backend.accounts, app.parts.backend.passwords
        body = {"username": ADMIN[0], "password": ADMIN[1]}
        csrf = (await app.call("POST", "/session", body)).json()["csrf"]
        others = [asyncio.create_task(passwords.hash("kata sandi lain")) for _ in range(8)]
        change = {"old": ADMIN[1], "new": "kata sandi pencuri"}
        stolen = asyncio.create_task(
            app.call("POST", "/session/password", change, x_csrf_token=csrf)
        )
        await asyncio.wait([*others, stolen], return_when=asyncio.FIRST_COMPLETED)
        reset = replace(accounts.users["admin"], password_hash="the admin's choice")
        await accounts.put_user(reset)
        assert (await stolen).status_code == 401
        assert accounts.users["admin"] is reset
        await asyncio.gather(*others)


def test_an_ended_token_is_refused_at_once(cast: Cast) -> None:
    made = cast.admin.post("/tokens", {"name": "x", "role": "kiosk"}).ok().body
    device = cast.holder(made["token"])
    device.get("/session").ok()
    assert made["id"] in [t["id"] for t in cast.admin.get("/tokens?limit=200").items]
    assert "token" not in cast.admin.get("/tokens?limit=200").items[0]
    cast.admin.send("DELETE", f"/tokens/{made['id']}").ok()
    device.get("/session").refused(401, "unauthenticated")
    cast.admin.send("DELETE", f"/tokens/{made['id']}").refused(404, "not_found")
    assert made["id"] not in [t["id"] for t in cast.admin.get("/tokens?limit=200").items]


@pytest.mark.parametrize("hard", [False, True], ids=["SIGTERM", "kill -9"])
def test_sessions_and_tokens_outlive_a_restart(
    server: RunningServer, cast: Cast, hard: bool
) -> None:
    client, username, _ = cast.user("clerk", counters=["loket-1"])
    device, ended = cast.kiosk(), cast.kiosk()
    ended_id = ended.get("/session").body["user"]
    cast.admin.send("DELETE", f"/tokens/{ended_id}").ok()
    server.restart(hard=hard)
    again = Client(server.url)
    again.http.cookies.set("antrean", client.http.cookies["antrean"])
    again.csrf = client.csrf
    session = again.get("/session").ok().body
    assert (session["user"], session["counters"]) == (username, ["loket-1"])
    again.post("/counters/loket-1/open").ok()
    again.close()
    for credential, status in ((device.token, 200), (ended.token, 401)):
        asking = Client(server.url, credential)
        assert asking.get("/session").status == status
        asking.close()


@pytest.mark.asyncio
async def test_a_session_ends_after_its_time(tmp_path: Path) -> None:
    time_ = Time()
    async with inside(tmp_path / "d", time=time_) as app:
        body = {"username": ADMIN[0], "password": ADMIN[1]}
        for unused, expected in ((11.9, 200), (11.9, 200), (0.3, 401)):
            if app.http.cookies.get("antrean") is None:
                assert (await app.call("POST", "/session", body)).status_code == 200
            time_.pass_(hours=unused)  # 11.9 + 11.9 is within 24 h, 24.1 is not
            answer = await app.call("GET", "/session")
            assert answer.status_code == expected
        await app.call("POST", "/session", body)
        time_.pass_(hours=12.1)  # without a request
        assert (await app.call("GET", "/session")).status_code == 401


@pytest.mark.asyncio
async def test_sessions_that_ended_stay_ended_over_a_restart(tmp_path: Path) -> None:
    signing_in = {"username": "dewi", "password": "kata sandi dewi"}
    cookies: dict[str, str] = {}
    async with inside(tmp_path / "d") as app:
        admin = await app.token("admin")
        body = {**signing_in, "role": "clerk"}
        assert (await app.call("POST", "/users", body, token=admin)).status_code == 201
        for name in ("signed out", "other", "own"):
            csrf = (await app.call("POST", "/session", signing_in)).json()["csrf"]
            cookies[name] = app.http.cookies["antrean"]
            if name == "signed out":
                answer = await app.call("DELETE", "/session", X_CSRF_Token=csrf)
                assert answer.status_code == 200
                app.http.cookies.clear()
        change = {"old": signing_in["password"], "new": "kata sandi baru"}
        answer = await app.call("POST", "/session/password", change, X_CSRF_Token=csrf)
        assert answer.status_code == 200
    async with inside(tmp_path / "d") as app:
        for name, status in (("signed out", 401), ("other", 401), ("own", 200)):
            app.http.cookies.set("antrean", cookies[name])
            assert (await app.call("GET", "/session")).status_code == status, name
            app.http.cookies.clear()


class Line:
    """What a socket of the hub writes to."""

    full = False

    def __init__(self) -> None:
        self.closed: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def write(self, data: bytes) -> None: ...

    def buffered(self) -> int:
        return 0

    def close(self, code: int, reason: str = "") -> None:
        self.closed.set_result(code)


@pytest.mark.asyncio
async def test_the_sockets_of_a_session_end_with_its_time(tmp_path: Path) -> None:
    time_ = Time()
    async with inside(tmp_path / "d", time=time_) as app:
        await app.call("POST", "/session", {"username": ADMIN[0], "password": ADMIN[1]})
        cookie = f"antrean={app.http.cookies['antrean']}".encode()
        signed_in = app.parts.backend.credentials.of_headers({b"cookie": cookie})
        assert signed_in is not None
        line = Line()
        app.parts.hub.join(Peer(line, signed_in.credential))
        tidying = asyncio.create_task(wiring._tidy(app.parts))
        time_.pass_(hours=12.1)
        async with asyncio.timeout(10):
            assert await line.closed == 4401
        tidying.cancel()


@pytest.mark.asyncio
async def test_use_of_a_session_is_kept_over_a_restart(tmp_path: Path) -> None:
    time_ = Time()
    async with inside(tmp_path / "d", time=time_) as app:
        await app.call("POST", "/session", {"username": ADMIN[0], "password": ADMIN[1]})
        cookie = app.http.cookies["antrean"]
        time_.pass_(hours=8)
        assert (await app.call("GET", "/session")).status_code == 200
        await app.parts.backend.accounts.tidy()
    time_.pass_(hours=8)
    async with inside(tmp_path / "d", time=time_) as app:
        app.http.cookies.set("antrean", cookie)
        assert (await app.call("GET", "/session")).status_code == 200


@pytest.mark.asyncio
async def test_a_cookie_is_secure_where_browsers_come_by_https(tmp_path: Path) -> None:
    from antrean.settings import Settings

    settings = Settings(data=tmp_path / "d", public_url="https://antrean.example.id")
    async with inside(tmp_path / "d", settings) as app:
        body = {"username": ADMIN[0], "password": ADMIN[1]}
        answer = await app.call("POST", "/session", body)
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-antrean=")
        assert "; Secure" in cookie
        assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_guessing_is_slowed_and_locks_nobody_out(cast: Cast) -> None:
    _, username, password = cast.user("clerk")
    guesser = cast.nobody()
    began = time.monotonic()
    for _ in range(5):
        guesser.sign_in(username, "salah").refused(401, "bad_credentials")
    assert time.monotonic() - began > 0.5
    elsewhere = cast.nobody()
    began = time.monotonic()
    elsewhere.sign_in(username, password).ok()
    assert time.monotonic() - began < 3


def test_one_address_may_not_try_without_end(cast: Cast) -> None:
    guesser = cast.nobody()
    answers = [guesser.sign_in(f"user{n}", "salah") for n in range(41)]
    assert [a.code for a in answers] == ["bad_credentials"] * 40 + ["rate_limited"]
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert cast.nobody().sign_in("nobody", "salah").code == "bad_credentials"


def test_many_who_guess_at_once_do_not_keep_the_owner_out(cast: Cast) -> None:
    _, username, password = cast.user("clerk")
    guessers = [cast.nobody() for _ in range(8)]
    threads = [
        threading.Thread(target=lambda g=g: [g.sign_in(username, "salah") for _ in range(3)])
        for g in guessers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    began = time.monotonic()
    cast.nobody().sign_in(username, password).ok()
    assert time.monotonic() - began < 5


def test_a_user_who_does_not_exist_looks_like_a_wrong_password(shared: Cast) -> None:
    _, username, _ = shared.user("clerk")
    wrong = shared.nobody().sign_in(username, "salah sekali")
    unknown = shared.nobody().sign_in("tidak-ada", "salah sekali")
    assert (wrong.status, wrong.body) == (unknown.status, unknown.body)


def test_what_ended_stays_ended_after_a_restart(server: RunningServer, cast: Cast) -> None:
    cookies = []
    for end in ("sign out", "change", "password"):
        client, username, password = cast.user("clerk")
        cookies.append(client.http.cookies["antrean"])
        if end == "sign out":
            client.send("DELETE", "/session").ok()
        elif end == "change":
            cast.admin.send("PATCH", f"/users/{username}", {"name": "Lain"}).ok()
        else:
            other = cast.nobody()
            other.sign_in(username, password).ok()
            new = {"old": password, "new": "kata sandi baru"}
            other.post("/session/password", new).ok()
    server.restart()
    for cookie in cookies:
        again = Client(server.url)
        again.http.cookies.set("antrean", cookie)
        again.get("/session").refused(401, "unauthenticated")
        again.close()
