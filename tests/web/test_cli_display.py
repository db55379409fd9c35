"""`antrean display-script`: what it writes, run by a real shell with a browser that takes notes."""

import json
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from antrean.cli.display_script import Unusable, describe, files
from tests.web.test_cli import antrean

END = "-- end of the arguments --"
# Writes what it was given into a pipe that the test reads, which so never has to guess when.
BROWSER = """#!/bin/sh
{ printf '%s\\n' "$@"; echo '-- end of the arguments --'; } >"$TOLD"
[ -z "${CRASHES:-}" ] || exit 7
exec sleep 100
"""
TOOL = """#!/bin/sh
printf '%s\\n' "${0##*/} $*" >>"$TOOLS"
case "$*" in
    --query) echo 'HDMI-1 connected primary 1920x1080+0+0' ;;
    --current) echo 'Screen 0: minimum 8 x 8, current 1920 x 1080, maximum 32767 x 32767' ;;
    '') printf '%s\\n' 'HDMI-A-1 "A TV"' '  Enabled: yes' ;;
esac
"""


class Machine:
    """A computer at a TV, with its own home and programs; `started` gives a browser's arguments."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.bin = folder / "bin"
        self.runtime = folder / "run"
        self.tools = folder / "tools"
        for path in (self.home, self.bin, self.runtime):
            path.mkdir()
        self._put("chromium", BROWSER)
        for name in ("xset", "xrandr", "wlr-randr", "pkill"):
            self._put(name, TOOL)
        # No curl and no wget: whether the server answers is then not asked.
        for name in ("cat", "mkdir", "rm", "mv", "sed", "sleep", "date", "head", "grep", "id"):
            (self.bin / name).symlink_to(shutil.which(name) or "")
        told = folder / "told"
        os.mkfifo(told)
        self._told: IO[str] = os.fdopen(os.open(told, os.O_RDWR), "r")
        self.environment = {
            "HOME": str(self.home),
            "PATH": str(self.bin),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "TOLD": str(told),
            "TOOLS": str(self.tools),
        }
        self._running: list[subprocess.Popen[str]] = []

    def _put(self, name: str, text: str) -> None:
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def link(self, *names: str) -> None:
        for name in names:
            (self.bin / name).symlink_to(shutil.which(name) or "")

    def run(self, url: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        out = self.home / "out"
        assert (
            antrean("display-script", "--url", url, "--out", str(out), *arguments).returncode == 0
        )
        (script,) = out.glob("*.sh")
        assert os.access(script, os.X_OK)
        return self.again(script, **environment)

    def again(self, script: Path, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            ["/bin/sh", script],
            cwd=self.home,
            env=self.environment | environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._running.append(process)
        return process

    def started(self) -> list[str]:
        """The arguments of the browser that starts next."""
        return list(iter(lambda: self._told.readline().rstrip("\n"), END))

    def close(self) -> None:
        for process in self._running:
            if process.poll() is None:
                process.terminate()
            process.communicate(timeout=20)
        self._told.close()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path)
    yield machine
    machine.close()


def test_the_browser_gets_what_a_kiosk_needs(machine: Machine) -> None:
    machine.run("http://192.0.2.7:8000", DISPLAY=":77")
    given = machine.started()
    assert given[-1] == "http://192.0.2.7:8000/display"
    profile = machine.home / ".local/share/antrean-display/utama/profile"
    for flag in (
        "--kiosk",
        "--autoplay-policy=no-user-gesture-required",
        "--noerrdialogs",
        "--hide-crash-restore-bubble",
        "--disable-pinch",
        "--overscroll-history-navigation=0",
        "--check-for-update-interval=31536000",
        "--no-first-run",
        "--ozone-platform=x11",
        "--window-size=1920,1080",
        f"--user-data-dir={profile}",
        "--unsafely-treat-insecure-origin-as-secure=http://192.0.2.7:8000",
    ):
        assert flag in given, flag
    done = machine.tools.read_text().splitlines()
    assert {"xset s off", "xset s noblank", "xset -dpms"} <= set(done)


@pytest.mark.parametrize(
    "url", ["https://antrean.example.id", "http://127.0.0.1:8000", "http://localhost:8000/display"]
)
def test_an_address_that_is_secure_needs_no_exception(machine: Machine, url: str) -> None:
    machine.run(url, ANTREAN_DISPLAY_FLAGS="--headless=new")
    assert [flag for flag in machine.started() if "unsafely" in flag] == []


def test_a_browser_that_ends_is_started_again_ever_more_slowly(machine: Machine) -> None:
    process = machine.run("http://192.0.2.7", DISPLAY=":77", CRASHES="1")
    assert machine.started() == machine.started() == machine.started()
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "ended with 7; again in 1 s" in said
    assert "ended with 7; again in 2 s" in said


def test_a_stop_ends_the_browser_too(machine: Machine) -> None:
    process = machine.run("http://192.0.2.7", DISPLAY=":77")
    machine.started()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert children
    process.terminate()
    assert process.wait(20) == 0
    assert [pid for pid in children if Path(f"/proc/{pid}/exe").exists()] == []


def test_nothing_in_an_address_reaches_the_shell(machine: Machine) -> None:
    nasty = "http://192.0.2.7/display?zone=a';$(touch$IFS!x)&b=c;touch%20y#'$HOME"
    machine.run(nasty, "--name", "'; touch z; \"$(touch z)", DISPLAY=":77")
    assert machine.started()[-1] == nasty
    assert {path.name for path in machine.home.iterdir()} == {"out", ".local"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--url", "ftp://h"], "http:// or https://"),
        (["--url", "antrean.lan"], "http:// or https://"),
        (["--url", "http://h/`id`"], "characters"),
        (["--url", "http://h/\nUSER=x"], "characters"),
        (["--url", "http://h:99999"], "ort"),
        (["--url", "http://admin:rahasia@h"], "password"),
        (["--url", "http://0.0.0.0:8000"], "0.0.0.0"),
        (["--url", "http://*"], "host"),
        (["--url", "http://antrean.lan,evil.example"], "host"),
        (["--url", "http://h", "--name", "a\nExecStart=/bin/sh"], "seen"),
        (["--url", "http://h", "--name", "!!"], "letter or digit"),
        (["--url", "http://h", "--rotate", "down"], "invalid choice"),
    ],
)
def test_what_no_script_can_be_made_from_is_refused(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    refused = antrean("display-script", "--out", str(tmp_path / "out"), *arguments)
    assert refused.returncode == 2
    assert words in refused.stderr
    assert not (tmp_path / "out").exists()


def test_a_crashed_profile_asks_nothing(machine: Machine) -> None:
    profile = machine.home / ".local/share/antrean-display/hall-timur/profile"
    (profile / "Default").mkdir(parents=True)
    preferences = profile / "Default" / "Preferences"
    preferences.write_text('{"profile":{"exit_type":"Crashed","exited_cleanly":false,"name":"x"}}')
    (profile / "SingletonLock").symlink_to("another-host-123")
    machine.run("http://192.0.2.7", "--name", "Hall Timur", DISPLAY=":77")
    machine.started()
    clean = '{"profile":{"exit_type":"Normal","exited_cleanly":true,"name":"x"}}'
    assert preferences.read_text() == clean
    assert not (profile / "SingletonLock").is_symlink()


def test_a_new_profile_offers_no_translation(machine: Machine) -> None:
    machine.run("http://192.0.2.7", DISPLAY=":77")
    machine.started()
    profile = machine.home / ".local/share/antrean-display/utama/profile"
    kept = json.loads((profile / "Default" / "Preferences").read_text())
    assert kept["translate"] == {"enabled": False}


def test_a_second_one_leaves_the_first_alone(machine: Machine) -> None:
    machine.run("http://192.0.2.7", DISPLAY=":77")
    machine.started()
    (script,) = (machine.home / "out").glob("*.sh")
    second = machine.again(script, DISPLAY=":77")
    _, said = second.communicate(timeout=20)
    assert second.returncode == 1
    assert "already running" in said


def test_a_screen_that_comes_late_is_found(machine: Machine) -> None:
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(machine.runtime / "wayland-7"))
        machine.run("http://192.0.2.7", "--rotate", "right")
        assert "--ozone-platform=wayland" in machine.started()
    done = machine.tools.read_text().splitlines()
    assert "wlr-randr --output HDMI-A-1 --transform 270" in done
    assert any(line.startswith("pkill") and "swayidle" in line for line in done)


def test_a_screen_under_x_is_turned(machine: Machine) -> None:
    machine.run("http://192.0.2.7", "--rotate", "left", DISPLAY=":77")
    machine.started()
    assert "xrandr --output HDMI-1 --rotate left" in machine.tools.read_text().splitlines()


def test_without_a_server_a_page_of_its_own_waits_for_it(machine: Machine) -> None:
    machine.link("curl")
    process = machine.run("http://127.0.0.1:9/", DISPLAY=":77")
    state = machine.home / ".local/share/antrean-display/utama"
    assert machine.started()[-1] == f"file://{state}/waiting.html"
    page = (state / "waiting.html").read_text()
    assert '"http://127.0.0.1:9/healthz"' in page
    assert "Menunggu server antrean" in page
    process.terminate()
    assert process.wait(20) == 0
    # Once the page was open the browser has its copy, which says who the screen is.
    (state / "seen").touch()
    (script,) = (machine.home / "out").glob("*.sh")
    machine.again(script, DISPLAY=":77")
    assert machine.started()[-1] == "http://127.0.0.1:9/display"


def test_no_tag_of_an_address_ends_the_waiting_page() -> None:
    text = files(describe("http://h/display?a=&amp;b=!--"))["antrean-display.sh"]
    assert 'var page = "http://h/display?a=\\u0026amp;b=!--"' in text
    with pytest.raises(Unusable):
        describe("http://h/</script><script>")


def test_a_browser_of_another_name_is_found(machine: Machine) -> None:
    (machine.bin / "chromium").rename(machine.bin / "chromium-browser")
    machine.run("http://192.0.2.7", DISPLAY=":77")
    assert machine.started()
    (machine.bin / "chromium-browser").unlink()
    (script,) = (machine.home / "out").glob("*.sh")
    nothing = machine.again(script, DISPLAY=":77")
    _, said = nothing.communicate(timeout=20)
    assert nothing.returncode == 1
    assert "apt install chromium" in said


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("no systemd here")
    made = antrean(
        "display-script", "--url", "http://h", "--name", "100% Hall", "--out", str(tmp_path)
    )
    assert made.returncode == 0
    home = tmp_path / "home"
    (home / ".local/bin").mkdir(parents=True)
    shutil.copy(tmp_path / "antrean-display-100-hall.sh", home / ".local/bin")
    unit = tmp_path / "antrean-display-100-hall.service"
    assert "Description=Antrean hall display 100%% Hall" in unit.read_text()
    verified = subprocess.run(
        [analyze, "verify", "--user", unit],
        env=os.environ | {"HOME": str(home), "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (verified.returncode, verified.stderr) == (0, "")


def test_two_languages_tell_how_to_install_it() -> None:
    plain = files(describe("http://antrean.lan:8000"))["README.txt"]
    for words in ("Pemasangan", "Install, as the user", "systemctl --user enable --now"):
        assert words in plain
    assert "unsafely-treat-insecure-origin-as-secure" in plain
    assert "@" not in plain
    assert "unsafely" not in files(describe("https://antrean.example.id"))["README.txt"]
