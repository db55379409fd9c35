"""uvicorn's HTTP protocol with a deadline and a bound for requests that never become whole.

uvicorn itself waits for ever for the rest of a request's headers and body, and keeps whatever
comes. A timer for each request would cost more than the check: one sweep over all connections does.
"""

import asyncio
from functools import partial
from typing import Any

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from antrean.web.headers import API_HEADERS
from antrean.web.problems import Problem, render

REQUEST_SECONDS = 10.0  # in which a request must have come as a whole
HEADER_BYTES = 32_768  # of one request's line and headers
SWEEP_SECONDS = 2.0

# In a scope's extensions: `answer` for that request, `wait_on` to give its body more time.
ANSWER = "antrean.answer"

_HEADERS_TOO_LARGE = (b"431 Request Header Fields Too Large", "too_large")


def answer(cycle: RequestResponseCycle, head: bytes, body: bytes) -> bool:
    """Write a whole answer at once. False where only `send` can do it: the peer does not read.

    uvicorn writes head and body apart, each a system call and a wake-up of the peer, and looks at
    each header with two regular expressions: together a tenth of what a command costs. `head` is
    the status line and the headers, each with its line end.
    """
    if cycle.disconnected:
        return True
    if cycle.flow.write_paused or cycle.response_started:
        return False
    cycle.response_started = cycle.response_complete = True
    cycle.waiting_for_100_continue = False
    end = b"\r\n" if cycle.keep_alive else b"connection: close\r\n\r\n"
    if cycle.scope["method"] == "HEAD":
        body = b""
    cycle.transport.write(head + end + body)
    # It holds the cycle, which holds it: only the garbage collector would free them.
    del cycle.scope["extensions"]
    cycle.message_event.set()
    if not cycle.keep_alive:
        cycle.transport.close()
    cycle.on_response()
    return True


class HttpProtocol(HttpToolsProtocol):
    """One connection. `since`: when the request that is not whole yet began; None between
    requests."""

    since: float | None = None
    header_bytes = 0
    refused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self.since = self.loop.time()
        self.in_headers = True

    def data_received(self, data: bytes) -> None:
        if self.refused:
            return
        if self.in_headers:
            self.header_bytes += len(data)
        super().data_received(data)
        if self.in_headers and self.header_bytes > HEADER_BYTES:
            self._refuse(*_HEADERS_TOO_LARGE)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self.since is None:
            self.since = self.loop.time()
        self.in_headers = True

    def on_headers_complete(self) -> None:
        if self.header_bytes > HEADER_BYTES:  # a body may have come along with them
            size = len(self.url) + sum(len(k) + len(v) + 4 for k, v in self.headers)
            if size > HEADER_BYTES:
                self._refuse(*_HEADERS_TOO_LARGE)
                raise ValueError("headers too large")  # so that the parser stops
        self.in_headers = False
        self.header_bytes = 0
        before = self.cycle
        super().on_headers_complete()
        cycle = self.cycle
        if cycle is not before:  # no upgrade
            own: dict[object, object] = {"answer": partial(answer, cycle), "wait_on": self.wait_on}
            cycle.scope["extensions"] = {ANSWER: own}

    def on_message_complete(self) -> None:
        self.since = None
        super().on_message_complete()

    def wait_on(self) -> None:
        """The body is a long one, and goes on coming: REQUEST_SECONDS begin anew."""
        if self.since is not None:
            self.since = self.loop.time()

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP at all gets a problem as everything else."""
        self._refuse(b"400 Bad Request", "malformed")

    def _refuse(self, status: bytes, code: str) -> None:
        if self.refused or self.transport.is_closing():
            return
        body = msgspec.json.decode(render(Problem(code), "en")[1])
        body["status"] = int(status[:3])
        raw = msgspec.json.encode(body)
        lines = [
            b"HTTP/1.1 " + status,
            *(name + b": " + value for name, value in API_HEADERS),
            b"content-type: application/problem+json",
            b"content-length: %d" % len(raw),
            b"connection: close",
            b"",
            raw,
        ]
        self.transport.write(b"\r\n".join(lines))
        # Closing now would reset the connection, and with it the answer, while the client still
        # sends: what comes is thrown away until it hangs up too, or the sweep does.
        self.refused = True
        self.since = self.loop.time()
        self.transport.write_eof()


async def sweep(connections: set[Any]) -> None:
    """Close connections whose request did not become whole in time. Runs until it is cancelled."""
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        oldest = loop.time() - REQUEST_SECONDS
        for connection in list(connections):
            if not isinstance(connection, HttpProtocol):
                continue
            if connection.since is not None and connection.since < oldest:
                connection.transport.close()
