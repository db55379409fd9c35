"""The real server: the shipped command on a hall of 64 counters, spoken to over the contract."""

import http.client
import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench.processes import ROOT, BenchError, Result, free_port, load, python, server

COUNTERS, SERVICES = 64, 8
ZONE = "utama"
PASSWORD = "a password for the benchmark alone"
ENVIRONMENT = {"ANTREAN_ADMIN_PASSWORD": PASSWORD}
# A real disk, as a data folder has: /tmp may be memory, where a commit costs nothing.
WORK = ROOT / "var"


def day_starts() -> str:
    """When the hall's day starts: at its end all counters close, which nobody measures here. At
    midnight, as a mall's does, unless that is near; other hours cost each command a little."""
    hour = datetime.now(ZoneInfo("Asia/Jakarta")).hour
    return "00:00" if hour < 20 else f"{hour}:00"


def catalogue() -> str:
    """One agency with 8 services, 64 counters that serve one each, open at any hour."""
    parts = [
        '[site]\nname = "Bench"\ntimezone = "Asia/Jakarta"\nlanguages = ["id", "en"]\n'
        f'day_starts = "{day_starts()}"\nhours = "always"\n',
        f'[[zone]]\nid = "{ZONE}"\nname = "Hall Utama"\n',
        '[[agency]]\nid = "disdukcapil"\nname = "Dinas Kependudukan dan Pencatatan Sipil"\n'
        'short = "Disdukcapil"\n',
    ]
    for i in range(SERVICES):
        parts.append(
            f'[[service]]\nid = "{service(i)}"\nagency = "disdukcapil"\nzone = "{ZONE}"\n'
            f'name = {{ id = "Layanan kependudukan {i}", en = "Civil registry {i}" }}\n'
            f'prefix = "{chr(65 + i)}"\n'
        )
    for i in range(COUNTERS):
        parts.append(
            f'[[counter]]\nid = "{counter(i)}"\nname = "Loket {i + 1}"\nzone = "{ZONE}"\n'
            f'services = ["{service(i)}"]\n'
        )
    return "\n".join(parts)


def service(i: int) -> str:
    return f"layanan-{i % SERVICES}"


def counter(i: int) -> str:
    return f"loket-{i + 1}"


class Hall:
    """A running server with all counters open; every call is one that any client may make."""

    def __init__(self, port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
        self.port, self.process, self.folder = port, process, folder
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers: dict[str, str] = {"Content-Type": "application/json"}
        self.token = ""
        self._commands = folder / "commands"

    def sign_in(self) -> None:
        """Calls are made as the administrator from now on, until `use`."""
        self._headers = {"Content-Type": "application/json"}
        answer = self.call("POST", "/session", {"username": "admin", "password": PASSWORD})
        self._headers["X-CSRF-Token"] = answer["csrf"]

    def set_up(self) -> None:
        self.sign_in()
        # A supervisor's token may do all that a display or a clerk may.
        supervisor = self._new_token("supervisor")
        # Whoever opens a counter leaves the one before: each needs a clerk of its own.
        clerks = [self._new_token("clerk") for _ in range(COUNTERS)]
        for i, clerk in enumerate(clerks):
            self.use(clerk)
            self.call("POST", f"/counters/{counter(i)}/open", {})
        self.use(supervisor)
        self.write_commands()

    def _new_token(self, role: str) -> str:
        token: str = self.call("POST", "/tokens", {"name": f"bench {role}", "role": role})["token"]
        return token

    def use(self, token: str) -> None:
        """Calls, and the load client's, are made with this token from now on."""
        self.token = token
        self._headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def write_commands(self) -> None:
        """What each caller of the load client does, over and over."""
        self._commands.write_text("".join(self._cycle(i) for i in range(COUNTERS)))

    def call(self, method: str, path: str, body: Any = None) -> Any:
        text = None if body is None else json.dumps(body)
        self._http.request(method, f"/api/v1{path}", text, self._headers)
        response = self._http.getresponse()
        if cookie := response.getheader("Set-Cookie"):
            self._headers["Cookie"] = cookie.split(";")[0]
        answer = response.read()
        if response.status >= 300:
            raise BenchError(f"{method} {path}: {response.status} {answer.decode()}")
        return json.loads(answer)

    def measure(self, subscribers: int, in_flight: int, **options: Any) -> Result:
        """Displays of the zone and callers who take, call, start and complete tickets."""
        self.clear()
        return load(
            self.port,
            self.process.pid,
            subscribers=subscribers,
            in_flight=in_flight,
            token=self.token,
            subscribe=json.dumps({"op": "subscribe", "topic": f"zone:{ZONE}"}),
            commands=self._commands,
            **options,
        )

    def followers(self, n: int) -> Result:
        """Memory of each of `n` phones that follow a ticket of their own and hear nothing."""
        lines = []
        for i in range(n):
            taken = self.call("POST", "/tickets", {"service": service(i)})
            topic = f"ticket:{taken['ticket']['id']}"
            message = {"op": "subscribe", "topic": topic, "token": taken["token"]}
            lines.append(json.dumps(message, separators=(",", ":")))
        path = self.folder / "followers"
        path.write_text("\n".join(lines))
        return load(self.port, self.process.pid, subscribers=n, subscribe_lines=path, idle=True)

    def clear(self) -> None:
        """Completes what an earlier run left at the counters."""
        for item in self.call("GET", "/counters?limit=100")["items"]:
            ticket = item["ticket"]
            if ticket is None:
                continue
            steps: Sequence[str] = ("complete",)
            if ticket["state"] == "called":
                steps = ("start", "complete")
            for step in steps:
                self.call("POST", f"/counters/{item['id']}/{step}", {})

    @staticmethod
    def _cycle(i: int) -> str:
        here = f"/api/v1/counters/{counter(i)}"
        taken = json.dumps({"service": service(i)})
        commands = [("/api/v1/tickets", taken)]
        commands += [(f"{here}/{step}", "{}") for step in ("call-next", "start", "complete")]
        return "".join(f"{i}\t{path}\t{body}\n" for path, body in commands)


@contextmanager
def work_folder() -> Iterator[Path]:
    """A folder for the block on a real disk, gone with it."""
    WORK.mkdir(exist_ok=True)  # a fresh clone has none
    with tempfile.TemporaryDirectory(prefix="bench-", dir=WORK) as name:
        yield Path(name)


@contextmanager
def open_hall() -> Iterator[Hall]:
    """Starts `antrean serve` on a fresh folder and ends it with the block."""
    with work_folder() as folder, running(folder) as hall:
        hall.set_up()
        yield hall


@contextmanager
def running(folder: Path) -> Iterator[Hall]:
    """Starts `antrean serve` on what lies in `folder`."""
    port = free_port()
    with server(serve_command(port, folder), port, ENVIRONMENT) as process:
        yield Hall(port, process, folder)


def serve_command(port: int, folder: Path) -> list[Any]:
    """The shipped command, as a site would start it; `folder` gets a catalogue if it has none."""
    file = folder / "catalogue.toml"
    if not file.exists():
        file.write_text(catalogue(), encoding="utf-8")
    antrean = Path(python()[0]).with_name("antrean")
    words = ["serve", "--port", str(port), "--data", folder / "data", "--catalogue", file]
    return [antrean, *words]
