"""uvicorn as this program runs it: own protocols, signals and first words."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import uvicorn

from antrean.web.http_protocol import HttpProtocol, sweep
from antrean.web.transport import RawSocket

KEEP_ALIVE_SECONDS = 65  # longer than what proxies keep a connection for
PING_SECONDS, PONG_SECONDS = 25.0, 8.0
MESSAGE_BYTES = 16 * 1024  # of a socket's message
STOP_SECONDS = 5  # for requests in flight, of the 10 s that a stop may take


def configure(app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="none",
        http=HttpProtocol,
        ws=RawSocket,
        ws_max_size=MESSAGE_BYTES,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PONG_SECONDS,
        ws_per_message_deflate=False,  # shared frames cannot be compressed for each socket
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,  # `web.address` reads them, from a trusted proxy alone
        server_header=False,
        date_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        backlog=4096,
    )


class Server(uvicorn.Server):
    """`is_ready` is called once, when connections are accepted."""

    def __init__(self, config: uvicorn.Config, is_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._is_ready = is_ready
        self._then: list[Callable[[], Awaitable[None]]] = []
        self._sweep: asyncio.Task[None] | None = None

    def once_started(self, work: Callable[[], Awaitable[None]]) -> None:
        """Have `work` done after the ready line."""
        self._then.append(work)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGTERM and SIGINT; unlike uvicorn, end with exit status 0 and not by the
        signal."""
        loop = asyncio.get_running_loop()
        wanted = (signal.SIGINT, signal.SIGTERM)
        for number in wanted:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in wanted:
                loop.remove_signal_handler(number)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._sweep = asyncio.create_task(sweep(self.server_state.connections), name="sweep")
        self._is_ready()
        for work in self._then:
            await work()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._sweep is not None:
            self._sweep.cancel()
        await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """A bound socket, which does not accept yet. Raises OSError."""
    family, kind, proto, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    bound = socket.socket(family, kind, proto)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.setblocking(False)
    except OSError:
        bound.close()
        raise
    return bound


def lan_address() -> str | None:
    """This machine's address in its network, None when it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 9))  # sends nothing: asks which way it would go
            found = str(probe.getsockname()[0])
        except OSError:
            return None
    return None if found.startswith("127.") or found == "0.0.0.0" else found
