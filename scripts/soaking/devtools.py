"""Chromium through its DevTools, with nothing switched on that keeps anything.

Playwright has the browser keep the bodies of answers for its inspector, and adds listeners and
objects of its own to the page: a page measured through it is not the page of a hall.
"""

import itertools
import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from bench import chromium as processes
from bench.processes import free_port
from bench.trial.browser import Gone, page_socket
from tests.browser.conftest import chromium
from tests.browser.support import CHROMIUM_ARGUMENTS

START_SECONDS = 30.0
ANSWER_SECONDS = 30.0
PAUSE_SECONDS = 0.1


class Tab:
    """One page. `faults` are the exceptions that nobody in it caught."""

    def __init__(self, connection: ClientConnection, pid: int) -> None:
        self.pid = pid
        self.faults: list[str] = []
        self._connection = connection
        self._numbers = itertools.count(1)
        self.call("Runtime.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Raises TimeoutError when the browser does not answer."""
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            told = self._read(ANSWER_SECONDS)
            if told.get("id") == number:
                found: dict[str, Any] = told.get("result", {})
                return found

    def read(self, expression: str) -> Any:
        """The value of an expression in the page."""
        told = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return told["result"].get("value")

    def until(self, expression: str, seconds: float = START_SECONDS) -> Any:
        """The value of an expression, once there is one."""
        end = time.monotonic() + seconds
        while not (value := self.read(expression)):
            assert time.monotonic() < end, f"not within {seconds:.0f} s: {expression}"
            self.wait(PAUSE_SECONDS)
        return value

    def wait(self, seconds: float) -> None:
        """Lets the page live."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                self._read(left)
            except TimeoutError:
                return

    def _read(self, seconds: float) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self._connection.recv(timeout=seconds))
        if told.get("method") == "Runtime.exceptionThrown":
            self.faults.append(json.dumps(told["params"]["exceptionDetails"])[:500])
        return told


@contextmanager
def tab(folder: Path, url: str) -> Iterator[Tab]:
    """A page of 1920x1080 in a browser of its own that may sound."""
    port = free_port()
    words = [
        *(chromium(), *CHROMIUM_ARGUMENTS, "--headless=new", "--window-size=1920,1080"),
        *("--autoplay-policy=no-user-gesture-required", "--hide-scrollbars", "--mute-audio"),
        *(f"--remote-debugging-port={port}", f"--user-data-dir={folder}", url),
    ]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(words, stdout=quiet, stderr=quiet)
    try:
        address = _page_address(port)
        browser = processes.browser_on(port)
        assert browser is not None
        with connect(address, max_size=None, compression=None) as connection:
            yield Tab(connection, browser.pid)
    finally:
        process.terminate()
        process.wait()


def _page_address(port: int) -> str:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            return page_socket(port)
        except Gone:
            assert time.monotonic() < end, "Chromium did not start"
        time.sleep(PAUSE_SECONDS)
