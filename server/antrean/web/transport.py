"""A WebSocket connection whose bytes are written raw, given to uvicorn as `ws=`.

uvicorn hands an application one coroutine and one queue for each socket, and encodes each message
for each socket anew: 12 to 14 us a delivery. Here the same frame goes to thousands, so it is built
once and written to the transports as it is (1 us under load). For that this protocol puts itself
into the scope, as `scope["extensions"]["antrean.link"]`. An application that has accepted may
*adopt* the socket with a `Listener` and return: from then on messages reach the listener as plain
calls, there is no task, no queue and no scope any more, and nothing closes the socket but `close`,
the peer, the keepalive or the end of the server.

Frames written here are unmasked and never fragmented, and no extension is negotiated: so they may
stand between the frames that the protocol itself writes (ping, pong, close), in any order.
"""

import socket
from asyncio.transports import BaseTransport
from collections.abc import Callable
from typing import Any, Protocol

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState

KEY = "antrean.link"
CLOSE_SECONDS = 2.0  # for the peer to answer a close
KERNEL_BYTES = 128 * 1024  # of what was written, kept by the kernel for one peer
ABORT_SECONDS = 8.0  # after that, for a peer that does not read to take what is left


class Listener(Protocol):
    """Who is told what happens on an adopted socket; called in the loop, must not block."""

    def received(self, data: bytes, is_text: bool) -> None:
        """One whole message."""

    def burdened(self) -> None:
        """A frame came that is no message: a ping, which is answered already, a pong, or a part of
        a message that goes on."""

    def drained(self) -> None:
        """A socket that was full has room again."""

    def gone(self) -> None:
        """The socket is closed or closing. Called once; nothing is written after it."""


class _Farewell:
    """Stands where an adopted socket's queue was: only the end could still come through it."""

    __slots__ = ("_link",)

    def __init__(self, link: "RawSocket") -> None:
        self._link = link

    def put_nowait(self, message: Any) -> None:
        self._link.end()


class RawSocket(WebSocketsSansIOProtocol):
    """uvicorn's protocol, and the `Link` that the hub writes to.

    `full` says that more than 64 KiB wait to be taken by the peer (the transport's high-water
    mark); then nothing is read either, so that a peer cannot ask for more than it takes.
    """

    write: Callable[[bytes], None]
    """Writes whole frames as they are: the transport's own method, with nothing in between."""
    listener: Listener | None = None
    adopted = False
    full = False

    # for the application
    def adopt(self, listener: Listener) -> None:
        """Take the accepted socket over; the application's coroutine may return."""
        self.listener, self.adopted = listener, True
        # The kernel would keep 4 MiB for a peer that does not read, before we hear of it.
        raw = self.transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)
        # all of these serve the coroutine or the handshake
        early, self.queue = self.queue, _Farewell(self)  # type: ignore[assignment]
        self.scope = None  # type: ignore[assignment]
        self.request = self.response = None  # type: ignore[assignment]
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        while not early.empty():  # of a client that did not wait for our answer
            message: Any = early.get_nowait()
            if message["type"] == "websocket.receive" and self.listener is not None:
                text = message.get("text")
                data = message["bytes"] if text is None else text.encode()
                listener.received(data, text is not None)
        if self.disconnected or self.transport.is_closing():
            self.end()

    def buffered(self) -> int:
        """Bytes that the peer has not taken yet."""
        return self.transport.get_write_buffer_size()

    def close(self, code: int, reason: str = "") -> None:
        """Begin the closing handshake; a peer that does not join in is cut off."""
        if self.close_sent or self.disconnected or self.transport.is_closing():
            return
        try:
            self.conn.send_close(code, reason)
        except InvalidState:
            return
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.stop_keepalive()
        if self.full:
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(CLOSE_SECONDS, self._give_up)
        self.end()

    def end(self) -> None:
        """Tell the listener, once."""
        listener, self.listener = self.listener, None
        if listener is not None:
            listener.gone()

    def _give_up(self) -> None:
        self.close_timer = None
        left = self.transport.get_write_buffer_size()
        self.transport.close()
        if left:  # close() alone would keep that memory for as long as the peer pleases
            self.close_timer = self.loop.call_later(ABORT_SECONDS, self.transport.abort)

    # from uvicorn
    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        self.write = self.transport.write

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if not self.close_sent:
            self.scope["extensions"][KEY] = self  # type: ignore[assignment]

    async def run_asgi(self) -> None:
        """As the base class, save that an adopted socket outlives the application's coroutine."""
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            pass
        except BaseException:
            self.logger.exception("Exception in ASGI application\n")
            self.send_500_response()
        else:
            if self.adopted:
                return
            if not self.handshake_complete and self.initial_response is None:
                self.logger.error("ASGI callable returned without completing handshake.")
                self.send_500_response()
        if self.close_timer is None:
            self.transport.close()

    def send_receive_event_to_app(self) -> None:
        if self.listener is None:
            if self.adopted:  # and over
                self.frames = []
            else:
                super().send_receive_event_to_app()
            return
        data = self.frames[0] if len(self.frames) == 1 else b"".join(self.frames)
        self.frames = []
        self.listener.received(data, self.curr_msg_data_type == "text")

    def handle_ping(self) -> None:
        super().handle_ping()
        if self.listener is not None:
            self.listener.burdened()

    def handle_pong(self, event: Any) -> None:
        super().handle_pong(event)
        if self.listener is not None:
            self.listener.burdened()

    def handle_cont(self, event: Any) -> None:
        super().handle_cont(event)
        if self.listener is not None and not event.fin:
            self.listener.burdened()
        if self.adopted and self.listener is None:
            self.frames = []  # it is over: no part of a message is kept

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self.end()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.full = True
        if self.listener is not None:
            self.transport.pause_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        self.full = False
        if self.listener is not None:
            self.transport.resume_reading()
            self.listener.drained()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.end()

    def shutdown(self) -> None:
        self.end()
        super().shutdown()


def link_of(scope: Any) -> RawSocket:
    """The link of a WebSocket scope; KeyError when the server was started with another protocol."""
    link = scope["extensions"][KEY]
    assert isinstance(link, RawSocket)
    return link
