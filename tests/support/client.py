"""HTTP with one credential; nothing is retried and nothing hidden."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2

_addresses = itertools.count(2)


def address() -> str:
    """A loopback address of its own: limits by address see another citizen."""
    n = next(_addresses)
    return f"127.{10 + n // 60000}.{n // 250 % 240}.{1 + n % 250}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `body` is the JSON value, None when it is none."""

    asked: str
    status: int
    body: Any
    headers: httpx2.Headers
    text: str

    def __str__(self) -> str:
        return f"{self.asked} -> {self.status} {self.text[:500]}"

    @property
    def code(self) -> str | None:
        return self.body.get("code") if isinstance(self.body, dict) else None

    def ok(self) -> "Answer":
        assert 200 <= self.status < 300, str(self)
        return self

    def refused(self, status: int, code: str) -> "Answer":
        assert (self.status, self.code) == (status, code), str(self)
        return self

    @property
    def ticket(self) -> dict[str, Any]:
        ticket: dict[str, Any] = self.ok().body["ticket"]
        return ticket

    @property
    def token(self) -> str:
        return str(self.ok().body["token"])

    @property
    def seq(self) -> int:
        return int(self.ok().body["seq"])

    @property
    def items(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.ok().body["items"]
        return items

    @property
    def fields(self) -> list[str]:
        """The fields that a 422 names."""
        return [error["field"] for error in self.body.get("errors", [])]


class Client:
    """One caller. `token` is a bearer; `sign_in` makes it one with a cookie instead."""

    def __init__(self, url: str, token: str | None = None, source: str | None = None) -> None:
        self.url = url
        self.token = token
        self.csrf: str | None = None
        transport = httpx2.HTTPTransport(local_address=source or address())
        self.http = httpx2.Client(base_url=url, transport=transport, timeout=30, trust_env=False)

    def close(self) -> None:
        self.http.close()

    def send(
        self,
        method: str,
        path: str,
        json: Any = None,
        *,
        content: bytes | None = None,
        headers: Mapping[str, str | bytes] | None = None,
        key: str | None = None,
        root: bool = False,
    ) -> Answer:
        """One request; `path` is under /api/v1 unless `root`."""
        sent: dict[str, Any] = {}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if self.csrf:
            sent["X-CSRF-Token"] = self.csrf
        if key:
            sent["Idempotency-Key"] = key
        sent |= headers or {}
        full = path if root else f"/api/v1{path}"
        if content is not None:
            sent.setdefault("Content-Type", "application/json")
            response = self.http.request(method, full, content=content, headers=sent)
        else:
            response = self.http.request(method, full, json=json, headers=sent)
        is_json = "json" in response.headers.get("content-type", "")
        body = response.json() if is_json and response.content else None
        asked = f"{method} {path} {json if content is None else content[:80]!r}"
        return Answer(asked, response.status_code, body, response.headers, response.text)

    def get(self, path: str, **options: Any) -> Answer:
        return self.send("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> Answer:
        if json is None and "content" not in options:
            json = {}
        return self.send("POST", path, json, **options)

    def sign_in(self, username: str, password: str) -> Answer:
        """With a cookie; from then on the CSRF header goes along."""
        answer = self.post("/session", {"username": username, "password": password})
        if answer.status == 200:
            self.csrf = answer.body["csrf"]
        return answer

    def take(self, service: str = "skck", **members: Any) -> Answer:
        return self.post("/tickets", {"service": service, **members})

    def events(self, after: int = 0) -> list[dict[str, Any]]:
        """The whole journal after `after`."""
        found: list[dict[str, Any]] = []
        while True:
            page = self.get(f"/events?after={after}&limit=1000").items
            found += page
            if not page:
                return found
            after = page[-1]["seq"]
