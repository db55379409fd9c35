"""Everything under /api/v1: finds the endpoint, checks credential, limits and body, sends the
answer.

Pure ASGI. This is the hot path: at 8,000 commands a second a request may cost 125 us in all, of
which the HTTP server takes about 90; so look-ups are by dict, and what is the same for all
answers is made once.
"""

import itertools
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import msgspec
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from antrean.domain.errors import QueueError
from antrean.engine import KeyMismatch, StorageUnavailable
from antrean.store import StorageFailed
from antrean.web import problems
from antrean.web.backend import Backend
from antrean.web.credentials import InvalidBearer
from antrean.web.endpoint import Ask, Endpoint, Reply, Table
from antrean.web.headers import API_HEADERS, HSTS, Cors, HeaderList
from antrean.web.http_protocol import ANSWER
from antrean.web.principal import Principal
from antrean.web.problems import Problem
from antrean.web.reading import ClientGone, key_of, parse, read_body, shaped

PREFIX = "/api/v1"
RETRY_SECONDS = 2  # what a client is told to wait for the disk

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = dict[bytes, bytes]

_log = logging.getLogger(__name__)
_encode = msgspec.json.Encoder().encode


class Api:
    """The ASGI application under PREFIX."""

    def __init__(self, backend: Backend, table: Table) -> None:
        self._backend = backend
        self._table = table
        self._cors = Cors(backend.settings.origins)
        self._secret = backend.engine.store.secret
        self._headers = (*API_HEADERS, HSTS) if backend.settings.is_https else API_HEADERS
        self._process = secrets.token_hex(4)
        self._count = itertools.count(1)
        self._plain: dict[int, bytes] = {}  # heads of plain JSON answers, by status

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        request = f"{self._process}-{next(self._count):x}"
        seen = _Seen()
        try:
            headers = dict(scope["headers"])
            status, body, extra = await self._answer(scope, headers, receive, seen, request)
        except ClientGone:
            return
        await self._send(scope, send, status, body, extra)
        endpoint = seen.endpoint
        route = endpoint.path if endpoint else "unknown"
        self._backend.metrics.answered(route, seen.outcome)
        actor = seen.principal.actor if seen.principal else "anyone"
        self._backend.log.request(
            scope["method"], route, status, time.perf_counter() - began, actor, request
        )

    async def _send(
        self, scope: Scope, send: Send, status: int, body: bytes, extra: HeaderList
    ) -> None:
        """In one write where the server can (`http_protocol.answer`)."""
        length, seq = b"%d" % len(body), b"%d" % self._backend.engine.published.seq
        at_once = scope.get("extensions", {}).get(ANSWER)
        if at_once:
            head = self._plain.get(status) if extra is _JSON else None
            if head is None:
                head = b"".join(
                    (STATUS_LINE[status], *(b"%b: %b\r\n" % h for h in self._headers + extra))
                )
                if extra is _JSON:
                    self._plain[status] = head
            head = b"%bcontent-length: %b\r\nx-seq: %b\r\n" % (head, length, seq)
            if at_once["answer"](head, body):
                return
        headers = (*self._headers, *extra, (b"content-length", length), (b"x-seq", seq))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(
        self, scope: Scope, headers: Headers, receive: Receive, seen: "_Seen", request: str
    ) -> tuple[int, bytes, tuple[tuple[bytes, bytes], ...]]:
        """(status, body, headers of its own) of a request, whatever becomes of it."""
        named = ""
        try:
            if scope["method"] == "OPTIONS" and (preflight := self._preflight(scope, headers)):
                return 204, b"", preflight
            endpoint, named = self._table.find(scope["method"], scope["path"][len(PREFIX) :])
            seen.endpoint = endpoint
            ask = await self._ask(endpoint, named, scope, headers, receive, seen)
            reply = await endpoint.handler(ask)
        except (ClientGone, GeneratorExit):
            raise
        except Exception as error:
            problem = self._problem(error, named, request)
            seen.outcome = problem.code
            language = problems.language_of(headers.get(b"accept-language"))
            status, body = problems.render(problem, language)
            told = ((b"content-type", b"application/problem+json"), *problem.headers)
            return status, body, told + self._cors_of(seen.endpoint, headers)
        if type(reply) is dict:
            cors = self._cors_of(endpoint, headers)
            return endpoint.success, _encode(reply), _JSON + cors if cors else _JSON
        assert isinstance(reply, Reply)
        raw = reply.body if isinstance(reply.body, bytes) else _encode(reply.body)
        extra = ((b"content-type", reply.media_type), *reply.headers)
        return reply.status or endpoint.success, raw, extra + self._cors_of(endpoint, headers)

    async def _ask(
        self,
        endpoint: Endpoint,
        named: str,
        scope: Scope,
        headers: Headers,
        receive: Receive,
        seen: "_Seen",
    ) -> Ask:
        """The request, checked. Raises Problem."""
        backend = self._backend
        address = backend.addresses.of(scope, headers)
        try:
            principal = await self._principal(endpoint, headers)
        except InvalidBearer:
            self._limit(address)  # else tokens could be guessed at any speed
            raise
        seen.principal = principal
        if principal is None:
            self._limit(address, taking=endpoint.taking)
        if endpoint.method != "GET" and principal is not None and principal.csrf is not None:
            _check_csrf(principal, headers)
        endpoint.who.check(principal)
        body, key = None, None
        if endpoint.method != "GET" and not endpoint.upload:
            raw = await read_body(receive, headers)
            if endpoint.body is not None:
                value = parse(raw, headers)
                body = shaped(value, endpoint.body)
                if endpoint.keyed:
                    caller = None if principal is None else principal.actor
                    key = key_of(headers, caller, scope["path"], value, self._secret)
        later = receive if endpoint.upload else None
        return Ask(backend, endpoint, scope, headers, principal, address, named, body, key, later)

    def _limit(self, address: str, *, taking: bool = False) -> None:
        wait = self._backend.limits.take(address, taking=taking)
        if wait:
            raise problems.rate_limited(wait)

    async def _principal(self, endpoint: Endpoint, headers: Headers) -> Principal | None:
        if endpoint.open_door:
            return None
        principal = self._backend.credentials.of_headers(headers)
        if (
            principal is not None
            and principal.ticket is not None
            and principal.ticket not in self._backend.engine.published.tickets
            and not await self._backend.credentials.is_readable(principal.ticket)
        ):
            raise InvalidBearer
        return principal

    def _problem(self, error: Exception, named: str, request: str) -> Problem:
        match error:
            case Problem():
                return error
            case QueueError():
                return problems.of_queue_error(error, named or None)
            case InvalidBearer():
                return Problem("unauthenticated")
            case KeyMismatch():
                return Problem("idempotency_mismatch")
            case StorageUnavailable() | StorageFailed():
                wait = b"%d" % RETRY_SECONDS
                return Problem("storage_unavailable", headers=[(b"retry-after", wait)])
        _log.error("request %s failed", request, exc_info=error)
        return Problem("internal", request=request)

    # browsers of other origins
    def _cors_of(
        self, endpoint: Endpoint | None, headers: Headers
    ) -> tuple[tuple[bytes, bytes], ...]:
        if not self._cors.origins or endpoint is None:
            return ()
        return self._cors.of(headers) if _is_public(endpoint) else ()

    def _preflight(self, scope: Scope, headers: Headers) -> tuple[tuple[bytes, bytes], ...]:
        try:
            endpoint, _ = self._table.find("GET", scope["path"][len(PREFIX) :])
        except Problem:
            return ()
        return self._cors.preflight(headers) if _is_public(endpoint) else ()


class _Seen:
    """What was found out of a request until it was refused or done, for the log and the figures."""

    __slots__ = ("endpoint", "outcome", "principal")

    def __init__(self) -> None:
        self.endpoint: Endpoint | None = None
        self.principal: Principal | None = None
        self.outcome = "ok"


_JSON = ((b"content-type", b"application/json"),)


def _is_public(endpoint: Endpoint) -> bool:
    return endpoint.method == "GET" and endpoint.who.roles is None and not endpoint.who.holder


def _check_csrf(principal: Principal, headers: Headers) -> None:
    sent = headers.get(b"x-csrf-token", b"")
    if not secrets.compare_digest(sent, (principal.csrf or "").encode()):
        raise Problem("csrf")
