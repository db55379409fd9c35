"""`/ws`: the handshake with its checks, then one small listener for each socket."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

import msgspec
from starlette.routing import BaseRoute, WebSocketRoute

from antrean import shapes
from antrean.hub import Hub, Peer
from antrean.views.frames import encode, message, text_frame
from antrean.web import device_ops, problems
from antrean.web.backend import Backend
from antrean.web.credentials import InvalidBearer
from antrean.web.limits import Buckets, network
from antrean.web.origins import Origins
from antrean.web.principal import Principal
from antrean.web.problems import LANGUAGES, Problem
from antrean.web.topics import (
    CLIENT_OPS,
    ERRORS,
    MAX_TOPICS,
    PER_ADDRESS,
    PER_CREDENTIAL,
    PUBLIC_BYTES,
    TOPICS,
)
from antrean.web.transport import RawSocket, link_of

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

VERSION = 1
# Messages a second, and at once: a screen subscribes to a handful of topics and pings now and then.
PUBLIC_RATE, PUBLIC_BURST = 2.0, 200.0
ROLE_RATE, ROLE_BURST = 20.0, 400.0
TOKEN_LENGTH = 500
_OF_ONE = ("ticket:", "device:")  # credentials that sockets count to
STRIKES = 100  # messages refused for their rate before the socket is closed
RETRY_SECONDS = 5

_decode = msgspec.json.Decoder().decode


class Sockets:
    """The ASGI application of `/ws`."""

    def __init__(self, backend: Backend, hub: Hub) -> None:
        self.backend = backend
        self.hub = hub
        self._origins = Origins(backend.settings.public_url, backend.settings.origins)
        # Sockets by what they count to: their address, or the ticket or the paired display that
        # they have shown. Those of another role count to nothing.
        self._counts: dict[str, int] = {}
        self.reports = Buckets(device_ops.REPORT_RATE, device_ops.REPORT_BURST)
        self.words = Buckets(ROLE_RATE, ROLE_BURST)  # of one display, at however many sockets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        await receive()  # websocket.connect
        headers = dict(scope["headers"])
        language = problems.language_of(headers.get(b"accept-language"))
        principal = None
        try:
            principal, counted = self._check(scope, headers)
        except Problem as problem:
            status = await _reject(send, problem, language)
        else:
            status = 101
            await self._accept(scope, headers, send, principal, counted, LANGUAGES.index(language))
        actor = principal.actor if principal else "anyone"
        seconds = time.perf_counter() - began
        self.backend.log.request("GET", "/ws", status, seconds, actor, "")

    def _check(self, scope: Scope, headers: Mapping[bytes, bytes]) -> tuple[Principal | None, str]:
        """Who connects, and what it counts to. Raises Problem before anything of the socket
        exists."""
        if not self._origins.allow(scope["headers"]):
            raise Problem("forbidden")
        try:
            principal = self.backend.credentials.of_scope(scope)
        except InvalidBearer:
            raise Problem("unauthenticated") from None
        if principal is not None and not principal.is_of_one:
            return principal, ""
        if principal is not None and self.has_room(principal.credential):
            return principal, principal.credential
        where = network(self.backend.addresses.of(scope, headers))
        if not self.has_room(where):
            raise problems.rate_limited(RETRY_SECONDS)
        return principal, where

    async def _accept(
        self,
        scope: Scope,
        headers: Mapping[bytes, bytes],
        send: Send,
        principal: Principal | None,
        counted: str,
        language: int,
    ) -> None:
        link = link_of(scope)
        by_bearer = b"authorization" in headers
        await send({"type": "websocket.accept"})
        address = self.backend.addresses.of(scope, headers)
        socket = Socket(self, link, principal, language, counted, address, is_fixed=by_bearer)
        self.count(counted)
        self.hub.join(socket.peer)
        socket.greet()
        socket.arrive()
        link.adopt(socket)

    def has_room(self, counted: str) -> bool:
        """Whether one socket more may count to this address or credential."""
        most = PER_CREDENTIAL if counted.startswith(_OF_ONE) else PER_ADDRESS
        return self._counts.get(counted, 0) < most

    def count(self, counted: str) -> None:
        if counted:
            self._counts[counted] = self._counts.get(counted, 0) + 1

    def release(self, counted: str) -> None:
        """A socket counts to something else from now on, or is gone."""
        left = self._counts.get(counted, 0) - 1
        if left > 0:
            self._counts[counted] = left
        else:
            self._counts.pop(counted, None)


async def _reject(send: Send, problem: Problem, language: str) -> int:
    status, body = problems.render(problem, language)
    headers = [(b"content-type", b"application/problem+json"), *problem.headers]
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": body})
    return status


def route(backend: Backend, hub: Hub) -> BaseRoute:
    """The route of `/ws`."""
    return WebSocketRoute("/ws", Sockets(backend, hub))


def is_served_first(principal: Principal | None) -> bool:
    """Staff and hall displays: the hall waits for what they show."""
    return principal is not None and (principal.is_staff or principal.role == "display")


class Socket:
    """One client. Everything here runs in the loop, between two events of the transport."""

    __slots__ = (
        "_at",
        "_counted",
        "_is_fixed",
        "_language",
        "_level",
        "_strikes",
        "address",
        "is_paired",
        "peer",
        "principal",
        "sockets",
    )

    def __init__(
        self,
        sockets: Sockets,
        link: RawSocket,
        principal: Principal | None,
        language: int,
        counted: str,
        address: str,
        *,
        is_fixed: bool,
    ) -> None:
        self.sockets = sockets
        self.address = address
        self.is_paired = False  # was told its token: it has to come anew with that
        self.peer = Peer(
            link,
            principal.credential if principal else "",
            first=is_served_first(principal),
        )
        self.principal = principal
        self._language = language
        self._counted = counted  # the address or credential it counts to; "" with a role
        self._is_fixed = is_fixed  # who it is can no longer be said by `auth`
        self._level = ROLE_BURST if self._has_role else PUBLIC_BURST
        self._at = asyncio.get_running_loop().time()
        self._strikes = 0

    @property
    def _has_role(self) -> bool:
        return self.principal is not None and self.principal.role is not None

    def greet(self) -> None:
        hub = self.sockets.hub
        self.write(
            op="hello",
            version=VERSION,
            epoch=hub.views.epoch,
            seq=hub.state.seq,
            at=self._now(),
        )

    def arrive(self) -> None:
        """A paired display is here from now on."""
        if self.device is not None:
            self.backend.hall.connected(self.device, self.peer, self.address)

    @property
    def backend(self) -> Backend:
        return self.sockets.backend

    @property
    def device(self) -> str | None:
        """The paired display that it is; None for everyone else."""
        return self.principal.device if self.principal is not None else None

    def paired(self, device: str) -> None:
        """Called when an administrator typed its code."""
        self.is_paired = True
        device_ops.tell_paired(self, device)

    # the transport's listener
    def received(self, data: bytes, is_text: bool) -> None:
        if not self._may_speak():
            return
        if len(data) > PUBLIC_BYTES and not self._has_role:
            self.peer.link.close(1009, "message too large")
            return
        if not is_text:
            self.refuse("malformed")
            return
        try:
            said = _decode(data)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            self._refuse_unreadable(data)
            return
        op = said.get("op") if isinstance(said, dict) else None
        handler = _HANDLERS.get(op) if isinstance(op, str) else None
        if handler is None:
            self.refuse("invalid")
            return
        handler(self, said)
        self._is_fixed = True

    def burdened(self) -> None:
        self._may_speak()

    def drained(self) -> None:
        self.sockets.hub.drained(self.peer)

    def gone(self) -> None:
        self.sockets.hub.leave(self.peer)
        self._count_to("")
        self.backend.pairing.gone(self)
        if self.device is not None:
            self.backend.hall.left(self.device, self.peer)

    # what clients say
    def _auth(self, said: dict[str, Any]) -> None:
        if self._is_fixed:
            self.refuse("conflict")
            return
        token: Any = said.get("token")
        is_token = isinstance(token, str) and len(token) <= TOKEN_LENGTH
        found = self.backend.credentials.of_token(token) if is_token else None
        if found is None:
            self.refuse("unauthenticated")
            self.peer.link.close(4401, "token not valid")
            return
        self.principal = found
        self._count_to(found.credential if found.is_of_one else "")
        self._level = max(self._level, ROLE_BURST if found.role else 0.0)
        first = is_served_first(found)
        self.sockets.hub.authenticate(self.peer, found.credential, first=first)
        self.peer.write(text_frame(encode({"op": "authenticated", "role": found.role})))
        self.arrive()

    def _subscribe(self, said: dict[str, Any]) -> None:
        topic = said.get("topic")
        if not isinstance(topic, str):
            self.refuse("invalid")
            return
        kind = TOPICS.get(topic.partition(":")[0])
        if kind is None or kind.has_id != (":" in topic):
            self.refuse("unknown_topic", topic)
            return
        refusal = kind.refusal(self.principal)
        if refusal is not None:
            self.refuse(refusal, topic)
            return
        held = self.peer.subscriptions
        if topic not in held and len(held) >= MAX_TOPICS:
            self.refuse("too_many_topics", topic)
            return
        epoch, offset = said.get("epoch"), said.get("offset")
        hub = self.sockets.hub
        if kind.holder:
            self._follow(topic, said.get("token"), epoch, offset)
        elif kind.is_value or hub.views.shows(topic):
            hub.subscribe(self.peer, topic, epoch, offset)
        else:
            self.refuse("unknown_topic", topic)

    def _follow(self, topic: str, token: object, epoch: object, offset: object) -> None:
        ticket_id = topic.partition(":")[2]
        hub = self.sockets.hub
        shown = self.principal.ticket if self.principal is not None else None
        if token is not None:
            credentials = self.backend.credentials
            shown = credentials.ticket_of(token) if isinstance(token, str) else None
        if shown != ticket_id:
            self.refuse("unauthenticated" if shown is None else "forbidden", topic)
            return
        ticket = hub.state.tickets.get(ticket_id)
        if ticket is None:  # of a date that has ended, or long ago
            self.refuse("unknown_topic", topic)
        elif not hub.has_room(self.peer, ticket_id):
            self.refuse("rate_limited", topic)
        else:
            self._count_to(topic)
            hub.follow(self.peer, ticket, epoch, offset)

    def _unsubscribe(self, said: dict[str, Any]) -> None:
        topic = said.get("topic")
        if not isinstance(topic, str):
            self.refuse("invalid")
            return
        self.sockets.hub.unsubscribe(self.peer, topic)
        self.write(op="unsubscribed", topic=topic)

    def _ping(self, said: dict[str, Any]) -> None:
        seq = self.sockets.hub.settle(self.peer)
        self.write(op="pong", seq=seq, at=self._now())

    # the rest
    def _may_speak(self) -> bool:
        """Take one message from the socket's budget; what is over it gets no work done."""
        now = asyncio.get_running_loop().time()
        rate, burst = (ROLE_RATE, ROLE_BURST) if self._has_role else (PUBLIC_RATE, PUBLIC_BURST)
        self._level = min(burst, self._level + (now - self._at) * rate)
        self._at = now
        if self._level >= 1.0:
            self._level -= 1.0
            return True
        self._strikes += 1
        if self._strikes > STRIKES:
            self.peer.link.close(4429, "too many messages")
        elif self._strikes % 10 == 1:
            self.refuse("rate_limited")
        return False

    def _refuse_unreadable(self, data: bytes) -> None:
        try:
            data.decode()
        except UnicodeDecodeError:
            self.peer.link.close(1007, "text is not UTF-8")
        else:
            self.refuse("malformed")

    def refuse(self, code: str, topic: str | None = None) -> None:
        named = topic if topic is None or len(topic) <= 200 else topic[:200]
        self.write(op="error", code=code, detail=ERRORS[code][self._language], topic=named)

    def write(self, **members: Any) -> None:
        self.peer.write(message(**members))

    def _now(self) -> str:
        hub = self.sockets.hub
        return shapes.iso(hub.state.catalogue.site, hub.now())

    def _count_to(self, counted: str) -> None:
        """Count to what was shown if it has room, or to nothing, and no longer to an address."""
        if counted and (self._is_counted_to_it or not self.sockets.has_room(counted)):
            return
        self.sockets.release(self._counted)
        self.sockets.count(counted)
        self._counted = counted

    @property
    def _is_counted_to_it(self) -> bool:
        return not self._counted or self._counted.startswith(_OF_ONE)


_HANDLERS: Mapping[str, Callable[[Socket, dict[str, Any]], None]] = {
    "auth": Socket._auth,
    "subscribe": Socket._subscribe,
    "unsubscribe": Socket._unsubscribe,
    "ping": Socket._ping,
    **device_ops.OPS,
}
assert set(_HANDLERS) == set(CLIENT_OPS)
