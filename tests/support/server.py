"""The shipped command, run as an operator runs it."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO

HALL = Path(__file__).with_name("hall.toml")
ADMIN_PASSWORD = "kata sandi admin uji"
READY = re.compile(r"Antrean ready at (http://\S+:(\d+))")
START_SECONDS = 30.0
STOP_SECONDS = 10.0  # what the contract allows


class NotReady(AssertionError):
    """The server ended, or said nothing, before its ready line."""


class RunningServer:
    """One server on one data folder; `with` starts and stops it. `url` changes with each start."""

    def __init__(
        self,
        folder: Path,
        catalogue: Path = HALL,
        arguments: Iterable[str] = (),
        environment: dict[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.catalogue = catalogue
        self.arguments = list(arguments)
        self.environment = environment or {}
        self.url = ""
        self.port = 0
        self.lines: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        self._ready = threading.Event()
        self._told = threading.Condition()
        self._reader: threading.Thread | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def socket_url(self) -> str:
        return self.url.replace("http://", "ws://") + "/ws"

    @property
    def log(self) -> str:
        """All that it wrote to stderr, over all starts."""
        path = self.folder / "stderr"
        return path.read_text(errors="replace") if path.exists() else ""

    def command(self) -> list[str]:
        return [
            *(sys.executable, "-m", "antrean", "serve", "--port", "0"),
            *("--data", str(self.data), "--catalogue", str(self.catalogue)),
            *self.arguments,
        ]

    def spawn(self) -> "RunningServer":
        """Start the process without waiting for it."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("ANTREAN_")}
        own = {"ANTREAN_ADMIN_PASSWORD": ADMIN_PASSWORD, "ANTREAN_TEST_ARGON2": "1"}
        self._ready.clear()
        self.lines = []
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "stderr").open("a") as errors:
            self._process = subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=kept | own | self.environment,
            )
        assert self._process.stdout is not None
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,))
        self._reader.start()
        return self

    def _read(self, stdout: IO[str]) -> None:
        for line in stdout:
            with self._told:
                self.lines.append(line.rstrip())
                self._told.notify_all()
            if found := READY.search(line):
                self.url, self.port = found[1], int(found[2])
                self._ready.set()
        self._ready.set()

    def start(self) -> "RunningServer":
        self.url = ""
        self.spawn()
        if not self._ready.wait(START_SECONDS) or not self.url:
            self.kill()
            raise NotReady(f"no ready line; stderr ends with: {self.log[-2000:]}")
        return self

    def wait_for_lines(self, part: str, count: int = 1) -> list[str]:
        """The lines of stdout with `part` in them, once there are `count`; they may come late."""
        with self._told:
            found = self._told.wait_for(lambda: self._lines_with(part, count), START_SECONDS)
        assert found, f"{count} lines with {part!r} did not come: {self.lines}"
        return found

    def _lines_with(self, part: str, count: int) -> list[str]:
        found = [line for line in self.lines if part in line]
        return found if len(found) >= count else []

    def wait(self, seconds: float = STOP_SECONDS) -> int:
        """The exit status of a server that ends by itself."""
        assert self._process is not None
        status = self._process.wait(seconds)
        self._close()
        return status

    def stop(self, number: int = signal.SIGTERM) -> int:
        """SIGTERM; the exit status. Raises subprocess.TimeoutExpired after the contract's 10 s."""
        assert self._process is not None
        self._process.send_signal(number)
        return self.wait()

    def kill(self) -> None:
        """kill -9."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._close()

    def restart(self, *, hard: bool = False) -> "RunningServer":
        if hard:
            self.kill()
        else:
            assert self.stop() == 0
        return self.start()

    def _close(self) -> None:
        if self._reader is not None:
            self._reader.join()
        if self._process is not None and self._process.stdout is not None:
            self._process.stdout.close()

    def __enter__(self) -> "RunningServer":
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            if kind is None:
                self.stop()
            else:
                self.kill()
        else:
            self._close()
