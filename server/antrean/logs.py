"""Logs as JSON lines on stderr, written by a thread of their own in batches.

The event loop only appends to a list: a slow disk or terminal behind stderr never makes the queue
wait. A line of a request names the route and never the address, the query or the body, so that no
name, phone number or secret can get in.
"""

import datetime
import logging
import sys
import threading
import time
import traceback
from typing import Any, TextIO

import msgspec

_INTERVAL = 0.25  # seconds between writes
_CHUNK = 128  # lines encoded before the thread lets the loop have the interpreter
_HELD = 100_000  # lines that may wait for a stderr that does not take them; more are dropped


class JsonLog:
    """Where every line goes. `start` and `stop` the thread; without it lines are written at
    once."""

    def __init__(self, stream: TextIO | None = None, *, requests: bool = True) -> None:
        self._stream = stream or sys.stderr
        self._requests = requests
        self._lines: list[tuple[float, dict[str, Any]]] = []
        self._encoder = msgspec.json.Encoder(enc_hook=str)
        self._end = threading.Event()
        self._thread: threading.Thread | None = None
        self._writing = threading.Lock()

    def request(
        self, method: str, route: str, status: int, seconds: float, actor: str, request: str
    ) -> None:
        """One answered request."""
        if self._requests:
            self.line(
                "request",
                request=request,
                method=method,
                route=route,
                status=status,
                ms=round(seconds * 1000, 2),
                actor=actor,
            )

    def line(self, event: str, **facts: Any) -> None:
        """One line: `at`, `event` and the facts."""
        if len(self._lines) < _HELD:
            self._lines.append((time.time(), {"event": event, **facts}))
        if self._thread is None:
            self.flush()

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="log", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write what is left."""
        if self._thread is not None:
            self._end.set()
            self._thread.join()
            self._thread = None
        self.flush()

    def _run(self) -> None:
        while not self._end.wait(_INTERVAL):
            self.flush()

    def flush(self) -> None:
        with self._writing:
            lines, self._lines = self._lines, []
            for start in range(0, len(lines), _CHUNK):
                text = "".join(self._encoded(*line) for line in lines[start : start + _CHUNK])
                try:
                    self._stream.write(text)
                    self._stream.flush()
                except (OSError, ValueError):
                    return  # nobody reads our log any more; the queue goes on
                time.sleep(0)

    def _encoded(self, at: float, facts: dict[str, Any]) -> str:
        moment = datetime.datetime.fromtimestamp(at, datetime.UTC).isoformat(
            timespec="milliseconds"
        )
        return self._encoder.encode({"at": moment, **facts}).decode() + "\n"


class LogHandler(logging.Handler):
    """Brings what libraries log into the same lines, each kind at most a few times a minute.

    A client can make uvicorn log a traceback with every bad frame; it must not fill a disk with
    them.
    """

    PER_MINUTE = 20

    def __init__(self, log: JsonLog) -> None:
        super().__init__()
        self._log = log
        self._minute = 0
        self._counts: dict[tuple[str, int], int] = {}

    def emit(self, record: logging.LogRecord) -> None:
        minute = int(record.created) // 60
        if minute != self._minute:
            self._minute, self._counts = minute, {}
        kind = (record.pathname, record.lineno)
        self._counts[kind] = self._counts.get(kind, 0) + 1
        if self._counts[kind] > self.PER_MINUTE:
            return
        facts: dict[str, Any] = {"level": record.levelname.lower(), "logger": record.name}
        if record.exc_info and record.exc_info[1]:
            facts["traceback"] = "".join(traceback.format_exception(record.exc_info[1]))
        self._log.line("log", message=record.getMessage(), **facts)


def install(log: JsonLog, level: str) -> None:
    """Have the root logger write to `log`, warnings and worse."""
    root = logging.getLogger()
    root.handlers[:] = [LogHandler(log)]
    root.setLevel(logging.WARNING)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
