"""Serves the modules and styles of the checkout to a browser, and sockets that a test scripts.

The scripted sockets stand for faults that the real server never shows: silence, lost frames, close
codes. What it does show is tested against it.
"""

import json
import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from antrean import words
from antrean.web.assets import Assets

BLANK = b"""<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Uji</title>
<link rel="stylesheet" href="/assets/clients/lib/tokens.css">
<link rel="stylesheet" href="/assets/clients/lib/base.css">
<link rel="stylesheet" href="/assets/clients/lib/controls.css">
<link rel="stylesheet" href="/assets/clients/lib/frame.css">
<link rel="stylesheet" href="/assets/clients/lib/plate.css">
<link rel="icon" href="data:,"></head><body><main id="main"></main></body></html>"""


class ModuleServer:
    """`url` is an empty page with all styles; `/assets` is what the server serves there."""

    def __init__(self) -> None:
        assets = Assets()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                asset = assets.get(path.removeprefix("/assets/"))
                if path == "/":
                    self._answer(200, "text/html; charset=utf-8", BLANK)
                elif asset is None:
                    self._answer(404, "text/plain", b"")
                else:
                    self._answer(200, asset.kind, asset.body)

            def _answer(self, status: int, kind: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __enter__(self) -> "ModuleServer":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def english() -> dict[str, Any]:
    """The English catalogue as scripts get it."""
    catalogue: dict[str, Any] = json.loads(words.as_json("en"))
    return catalogue


class Visit:
    """One connection of a browser, as seen by the script. `received` is what it sent."""

    def __init__(self, connection: ServerConnection) -> None:
        self._connection = connection
        self.received: queue.Queue[dict[str, Any]] = queue.Queue()

    def send(self, **frame: Any) -> None:
        self._connection.send(json.dumps(frame))

    def hello(
        self, epoch: str = "e1", seq: int = 0, at: str = "2026-11-24T10:02:31.000+07:00"
    ) -> None:
        self.send(op="hello", version=1, epoch=epoch, seq=seq, at=at)

    def expect(self, op: str, timeout: float = 10.0) -> dict[str, Any]:
        """The next message with that op; a ping or the token before it is passed over.

        Raises queue.Empty when none comes.
        """
        while True:
            message = self.received.get(timeout=timeout)
            if message["op"] == op:
                return message
            assert message["op"] in ("ping", "auth"), f"{message} where {op} was expected"

    def close(self, code: int) -> None:
        self._connection.close(code)

    def read(self) -> None:
        """Until the connection ends."""
        try:
            for text in self._connection:
                self.received.put(json.loads(text))
        except ConnectionClosed:
            pass


class ScriptedSockets:
    """A WebSocket server whose every frame the test sends itself.

    `answer_pings`: answer them as a server in good health, without the test having to.
    """

    def __init__(self, answer_pings: bool = True) -> None:
        self._visits: queue.Queue[Visit] = queue.Queue()
        self._answer_pings = answer_pings
        self._server: Server = serve(self._handle, "127.0.0.1", 0, compression=None)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self.url = f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}/ws"

    def _handle(self, connection: ServerConnection) -> None:
        visit = Visit(connection)
        self._visits.put(visit)
        if self._answer_pings:
            self._relay(connection, visit)
        else:
            visit.read()

    def _relay(self, connection: ServerConnection, visit: Visit) -> None:
        try:
            for text in connection:
                message = json.loads(text)
                if message["op"] == "ping":
                    visit.send(op="pong", seq=0, at="2026-11-24T10:02:31.000+07:00")
                visit.received.put(message)
        except ConnectionClosed:
            pass

    def visit(self, timeout: float = 10.0) -> Visit:
        """The next connection. Raises queue.Empty when none comes."""
        return self._visits.get(timeout=timeout)

    def nobody_comes(self, seconds: float) -> bool:
        try:
            self._visits.get(timeout=seconds)
        except queue.Empty:
            return True
        return False

    def __enter__(self) -> "ScriptedSockets":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
