"""A row of the table of endpoints, and one request to it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from antrean.domain.state import QueueState
from antrean.engine import Key
from antrean.web.backend import Backend
from antrean.web.bodies import Body
from antrean.web.principal import ROLES, Principal, at_least
from antrean.web.problems import Problem, invalid
from antrean.web.reading import Receive

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Who:
    """Whom an endpoint answers. `roles`: which roles; None: also those who have none."""

    name: str
    roles: frozenset[str] | None = None
    holder: bool = False

    def check(self, principal: Principal | None) -> None:
        """Raises Problem: 401 without a credential that is needed, 403 for another one."""
        if self.roles is None and not self.holder:
            return
        if principal is None:
            raise Problem("unauthenticated")
        fits = principal.kind == "ticket" if self.holder else principal.role in (self.roles or ())
        if not fits:
            raise Problem("forbidden")


ANYONE = Who("anyone")
HOLDER = Who("holder", holder=True)
SIGNED_IN = Who("signed in", frozenset(ROLES))
CLERK = Who("clerk", at_least("clerk"))
SUPERVISOR = Who("supervisor", at_least("supervisor"))
ADMIN = Who("admin", at_least("admin"))
DESK = Who("kiosk or clerk", at_least("clerk") | {"kiosk"})


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is not simply 2xx with a JSON object."""

    body: Json | bytes
    status: int | None = None  # None: the endpoint's
    headers: tuple[tuple[bytes, bytes], ...] = ()
    media_type: bytes = b"application/json"


@dataclass(slots=True)
class Ask:
    """One request, checked: the caller may make it and its body has the right shape."""

    backend: Backend
    endpoint: "Endpoint"
    scope: Mapping[str, Any]
    headers: Mapping[bytes, bytes]
    principal: Principal | None
    address: str
    id: str  # of the path's `{id}`, "" where there is none
    body: Any
    key: Key | None
    receive: Receive | None = None  # of an upload, whose body nobody has read yet
    cached: dict[str, str] | None = field(default=None)

    @property
    def state(self) -> QueueState:
        return self.backend.engine.published

    @property
    def actor(self) -> str:
        return "anyone" if self.principal is None else self.principal.actor

    @property
    def caller(self) -> Principal:
        """Of an endpoint that is not for anyone."""
        if self.principal is None:
            raise Problem("unauthenticated")
        return self.principal

    @property
    def query(self) -> dict[str, str]:
        if self.cached is None:
            text = self.scope["query_string"].decode("latin-1")
            try:
                pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=20)
            except (ValueError, UnicodeDecodeError):
                raise invalid("query", "invalid") from None
            self.cached = dict(pairs)
        return self.cached


Handler: TypeAlias = Callable[[Ask], Awaitable[Json | Reply]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter, for the documents."""

    name: str
    kind: str  # a JSON Schema type
    help: str
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One route under /api/v1. The whole server knows of it by this row alone.

    answer    name of its schema in `schemas`
    codes     refusals of its own, beside those that every endpoint may give
    keyed     whether it takes an Idempotency-Key
    taking    whether an anonymous call counts as taking a number
    open_door whether bearer, cookie and CSRF do not matter (POST /session)
    upload    whether its handler reads the body itself, as multipart/form-data with `body`'s parts
    """

    method: str
    path: str
    who: Who
    handler: Handler
    summary: str
    answer: str
    body: type[Body] | None = None
    success: int = 200
    query: tuple[Parameter, ...] = ()
    codes: tuple[str, ...] = ()
    keyed: bool = False
    taking: bool = False
    open_door: bool = False
    upload: bool = False
    tag: str = ""

    @property
    def route(self) -> str:
        """For logs and metrics: `POST /counters/{id}/open`."""
        return f"{self.method} {self.path}"


class Table:
    """Finds an endpoint by method and path: two look-ups in a dict, whatever the number of
    routes."""

    def __init__(self, endpoints: tuple[Endpoint, ...]) -> None:
        self.endpoints = endpoints
        self._by_path: dict[str, dict[str, Endpoint]] = {}
        self._by_shape: dict[str, dict[str, Endpoint]] = {}  # with `*` in place of an id
        for endpoint in endpoints:
            parts = endpoint.path.split("/")
            shape = "/".join("*" if part.startswith("{") else part for part in parts)
            known = self._by_path if shape == endpoint.path else self._by_shape
            methods = known.setdefault(shape, {})
            methods[endpoint.method] = endpoint
            if endpoint.method == "GET":
                methods["HEAD"] = endpoint

    def find(self, method: str, path: str) -> tuple[Endpoint, str]:
        """(endpoint, id in the path or ""). Raises Problem: 404, or 405 with Allow."""
        parts = path.split("/")
        found, named = self._by_path.get(path), ""
        if found is None and len(parts) > 2 and parts[2].strip():
            named = parts[2]
            parts[2] = "*"
            found = self._by_shape.get("/".join(parts))
        if found is None:
            raise Problem("not_found")
        endpoint = found.get(method)
        if endpoint is None:
            allow = ", ".join(found).encode()
            raise Problem("method_not_allowed", headers=[(b"allow", allow)])
        return endpoint, named
