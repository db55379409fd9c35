"""The server of a trial: the shipped command, which can be killed and comes back on its port."""

import asyncio
import os
import re
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

from antrean.catalogue import BUILT_IN
from bench.hall import day_starts
from bench.processes import free_port

START_SECONDS = 60.0
READY = b"Antrean ready at "


class Server:
    """`start`, `kill`, `stop`; the folder outlives them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.port = free_port()
        self.password = secrets.token_urlsafe(18)
        self.catalogue = folder / "hall.toml"
        self.catalogue.write_text(always_open(BUILT_IN.read_text(encoding="utf-8")))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        return 0 if self._process is None else self._process.pid

    async def start(self) -> float:
        """Seconds until it was ready. Raises RuntimeError when it does not come up."""
        began = time.monotonic()
        self._process = self._spawn()
        try:
            async with asyncio.timeout(START_SECONDS):
                is_ready = await asyncio.to_thread(self._await_ready)
        except TimeoutError:
            is_ready = False
        if not is_ready:
            raise RuntimeError(f"the server does not come up: see {self.folder}/server.log")
        return time.monotonic() - began

    def _spawn(self) -> subprocess.Popen[bytes]:
        own = {"ANTREAN_ADMIN_PASSWORD": self.password, "ANTREAN_LOG_LEVEL": "warning"}
        with (self.folder / "server.log").open("ab") as log:
            return subprocess.Popen(
                [
                    *(sys.executable, "-m", "antrean", "serve", "--port", str(self.port)),
                    *("--data", str(self.data), "--catalogue", str(self.catalogue)),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                env=os.environ | own,
                start_new_session=True,
            )

    def _await_ready(self) -> bool:
        assert self._process is not None
        assert self._process.stdout is not None
        return any(line.startswith(READY) for line in self._process.stdout)

    def kill(self) -> None:
        """kill -9: nothing is said to anybody."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    async def stop(self) -> int:
        """The exit status; -9 when it had to be killed."""
        process = self._process
        if process is None:
            return 0
        process.terminate()
        try:
            return await asyncio.to_thread(process.wait, 15)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def resident_mib(self) -> float:
        try:
            status = Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return 0.0
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return round(int(found[1]) / 1024, 1) if found else 0.0


def always_open(toml: str) -> str:
    """The built-in mall at any hour: a trial must not wait for the doors to open, nor live through
    midnight, when all counters close."""
    opened, count = re.subn(
        r"^\[site\.hours\].*?\n\n", "", toml, count=1, flags=re.MULTILINE | re.DOTALL
    )
    opened, named = re.subn(
        r"^\[site\]\n", '[site]\nhours = "always"\n', opened, flags=re.MULTILINE
    )
    opened, starts = re.subn(
        r'^day_starts = "00:00"$', f'day_starts = "{day_starts()}"', opened, flags=re.MULTILINE
    )
    assert (count, named, starts) == (1, 1, 1), "the built-in catalogue has another form"
    # A quota for a day is soon used up where a rush calls two hundred.
    return re.sub(r"^daily_quota = \d+\n", "", opened, flags=re.MULTILINE)
