"""Commands of the administrator, against a real server and its folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import HALL, Cast, RunningServer
from tests.support.server import ADMIN_PASSWORD


def antrean(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {"ANTREAN_PASSWORD": ADMIN_PASSWORD, "ANTREAN_TEST_ARGON2": "1"}
    return subprocess.run(
        [sys.executable, "-m", "antrean", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        env=os.environ | own | environment,
    )


def test_users_are_added_changed_and_ended(server: RunningServer, cast: Cast) -> None:
    to = ["--url", server.url]
    new = {"ANTREAN_NEW_PASSWORD": "kata sandi sari"}
    added = antrean(
        "user", "add", "sari", "--role", "supervisor", "--name", "Sari Dewi", *to, **new
    )
    assert (added.returncode, added.stderr) == (0, "")
    client = cast.nobody()
    assert client.sign_in("sari", "kata sandi sari").ok().body["role"] == "supervisor"
    again = antrean("user", "add", "sari", *to, **new)
    assert again.returncode == 1
    assert "Conflict" in again.stderr
    changed = antrean("user", "change", "sari", "--role", "clerk", "--counters", "loket-1", *to)
    assert changed.stdout.split("\t")[:2] == ["sari", "clerk"]
    client.get("/session").refused(401, "unauthenticated")
    assert "loket-1" in antrean("user", "list", *to).stdout
    assert (
        antrean("user", "change", "sari", "--counters", "", *to)
        .stdout.strip()
        .endswith("all counters")
    )
    assert antrean("user", "end", "sari", *to).returncode == 0
    client.sign_in("sari", "kata sandi sari").refused(401, "bad_credentials")


def test_tokens_are_made_listed_and_ended(server: RunningServer, cast: Cast) -> None:
    to = ["--url", server.url]
    made = antrean("token", "add", "kios pintu", "--role", "kiosk", "--zone", "utama", *to)
    line, token = made.stdout.splitlines()
    number = line.split("\t")[0]
    device = cast.holder(token)
    assert device.get("/session").ok().body["role"] == "kiosk"
    listed = antrean("token", "list", *to).stdout
    assert number in listed
    assert token not in listed
    assert antrean("token", "end", number, *to).returncode == 0
    device.get("/session").refused(401, "unauthenticated")
    assert antrean("token", "end", number, *to).returncode == 1
    assert antrean("token", "add", "x", "--role", "king", *to).returncode == 2


def test_a_refusal_and_a_missing_server_are_told(server: RunningServer) -> None:
    wrong = antrean("user", "list", "--url", server.url, ANTREAN_PASSWORD="salah sekali")
    assert wrong.returncode == 1
    assert "Wrong user name or password" in wrong.stderr
    nobody = antrean("user", "list", "--url", "http://127.0.0.1:9")
    assert nobody.returncode == 1
    assert "Does the server run there?" in nobody.stderr
    unsaid = antrean("user", "list", "--url", server.url, ANTREAN_PASSWORD="")
    assert unsaid.returncode == 1
    assert "ANTREAN_PASSWORD" in unsaid.stderr


def test_a_lost_password_is_set_with_the_server_stopped(server: RunningServer, cast: Cast) -> None:
    _, username, _ = cast.user("clerk")
    cast.admin.send("PATCH", f"/users/{username}", {"active": False}).ok()
    new = {"ANTREAN_NEW_PASSWORD": "kata sandi baru"}
    where = ["--data", str(server.data)]
    running = antrean("password", username, *where, **new)
    assert running.returncode == 2
    assert "another server" in running.stderr
    cookie = cast.admin.http.cookies["antrean"]
    server.stop()
    assert antrean("password", "tidak-ada", *where, **new).returncode == 1
    for weak in ("pendek", "password1", username):
        assert antrean("password", username, *where, ANTREAN_NEW_PASSWORD=weak).returncode == 2
    assert antrean("password", username, *where, **new).returncode == 0
    assert antrean("password", "admin", *where, **new).returncode == 0
    server.start()
    with_old = RunningCast(server)
    with_old.sign_in(username, "kata sandi baru")
    with_old.sign_in("admin", "kata sandi baru")
    with_old.has_ended(cookie)


class RunningCast:
    """Who comes back after a restart, when the admin's password is another one."""

    def __init__(self, server: RunningServer) -> None:
        from tests.support import Client

        self.client = Client(server.url)

    def sign_in(self, username: str, password: str) -> None:
        self.client.sign_in(username, password).ok()

    def has_ended(self, cookie: str) -> None:
        self.client.http.cookies.clear()
        self.client.http.cookies.set("antrean", cookie)
        self.client.get("/session").refused(401, "unauthenticated")
        self.client.close()


def test_no_data_folder_is_exit_status_2(tmp_path: Path) -> None:
    new = {"ANTREAN_NEW_PASSWORD": "kata sandi baru"}
    missing = antrean("password", "admin", "--data", str(tmp_path / "none"), **new)
    assert missing.returncode == 2
    assert not (tmp_path / "none").exists()


def test_check_says_what_is_there() -> None:
    good = antrean("check", "--catalogue", str(HALL))
    assert good.returncode == 0
    assert "6 services" in good.stdout


def test_the_first_admin_gets_a_password_once(tmp_path: Path) -> None:
    server = RunningServer(tmp_path, environment={"ANTREAN_ADMIN_PASSWORD": ""})
    with server:
        (line,) = server.wait_for_lines("password")
        password = line.split("password ")[1].split(" ")[0]
        client = RunningCast(server)
        client.sign_in("admin", password)
        client.client.close()
        assert len(password) >= 12
        server.restart()
        assert [told for told in server.lines if "password" in told] == []
        assert sum("Antrean ready at" in told for told in server.lines) == 1
        assert password not in server.log


@pytest.mark.parametrize("demo", [True, False])
def test_a_demo_and_a_real_day_do_not_share_a_folder(tmp_path: Path, demo: bool) -> None:
    kinds = (["--demo"], []) if demo else ([], ["--demo"])
    with RunningServer(tmp_path, arguments=kinds[0]) as server:
        if demo:
            server.wait_for_lines("Demo login", 3)
    other = RunningServer(tmp_path, arguments=kinds[1])
    other.spawn()
    assert other.wait(20) == 2
    assert "--demo" in other.log


def test_version_and_help(tmp_path: Path) -> None:
    assert antrean("--version").stdout.startswith("antrean 0.")
    told = antrean("serve", "--help").stdout
    for flag in ("--host", "--public-url", "--trusted-proxy", "--accept-clock"):
        assert flag in told
    assert "--clock-speed" not in told
