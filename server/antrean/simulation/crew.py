"""The credentials of those who act: made as an administrator over the API, ended by the same."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from antrean.simulation.client import Client
from antrean.simulation.hall import Hall, hall_from
from antrean.simulation.plan import Clerk
from antrean.simulation.world import Tokens

KIOSKS = 3
SIMULATED = " (simulasi)"
AT_ONCE = 16  # requests


class Denied(Exception):
    """The server does not let us in; the text says why."""


@dataclass(slots=True)
class Admin:
    """An administrator: with a bearer token, or with a session after `sign_in`."""

    client: Client
    token: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    async def sign_in(cls, client: Client, user: str, password: str) -> "Admin":
        """Raises Denied."""
        body = {"username": user, "password": password}
        answer = await client.call("POST", "/api/v1/session", body)
        if not answer.fine:
            raise Denied(f"{user} cannot sign in: {answer.status} {answer.code}")
        if answer.body["role"] != "admin":
            raise Denied(f"{user} is {answer.body['role']}; an admin is needed to make tokens")
        cookie = answer.headers["set-cookie"].partition(";")[0]
        return cls(client, None, {"Cookie": cookie, "X-CSRF-Token": answer.body["csrf"]})

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The answer's body. Raises Denied for anything but 2xx."""
        answer = await self.client.call(
            method, f"/api/v1{path}", body, token=self.token, headers=self.headers
        )
        if not answer.fine:
            raise Denied(f"{method} {path}: {answer.status} {answer.body}")
        return answer.body

    async def all(self, path: str) -> list[Any]:
        """All items of a list, over all its pages."""
        items: list[Any] = []
        mark = "&" if "?" in path else "?"
        cursor = ""
        while True:
            page = await self.ask("GET", f"{path}{mark}limit=200{cursor}")
            items += page["items"]
            if page["next"] is None:
                return items
            cursor = f"&cursor={page['next']}"


class Crew:
    """Makes the tokens of a hall's people and remembers them, to end them again."""

    def __init__(self, admin: Admin) -> None:
        self._admin = admin
        self._made: list[str] = []
        self._few = asyncio.Semaphore(AT_ONCE)

    async def hall(self, minutes: Mapping[str, float]) -> Hall:
        site = await self._admin.ask("GET", "/site")
        services = await self._admin.all("/services")
        counters = await self._admin.all("/counters")
        return hall_from(site, services, counters, minutes)

    async def enlist(self, clerks: Iterable[Clerk]) -> Tokens:
        """Raises Denied."""
        clerks = list(clerks)
        relieved = [c for c in clerks if c.relieved]
        kiosks = [self._token(f"Kios {n}{SIMULATED}", "kiosk") for n in range(1, KIOSKS + 1)]
        others = [
            self._token(f"Meja depan{SIMULATED}", "clerk"),
            self._token(f"Tangerang LIVE{SIMULATED}", "partner"),
            self._token(f"Pengawas{SIMULATED}", "supervisor"),
        ]
        seated = [self._token(c.name, "clerk", c.counter) for c in clerks]
        standing = [self._token(f"Pengganti {c.name}", "clerk") for c in relieved]
        made = await asyncio.gather(*kiosks, *others, *seated, *standing)
        first, rest = made[:KIOSKS], made[KIOSKS:]
        return Tokens(
            kiosks=tuple(token for _, token in first),
            desk=rest[0][1],
            partner=rest[1][1],
            supervisor=rest[2][1],
            clerks=_by_counter(clerks, rest[3:]),
            relief=_by_counter(relieved, rest[3 + len(clerks) :]),
        )

    async def _token(self, name: str, role: str, counter: str | None = None) -> tuple[str, str]:
        """(id, token)"""
        body = {"name": name, "role": role} | ({"counter": counter} if counter else {})
        async with self._few:
            made = await self._admin.ask("POST", "/tokens", body)
        self._made.append(made["id"])
        return made["id"], made["token"]

    async def clear(self, clerks: Iterable[Clerk]) -> frozenset[str]:
        """Ends what an earlier run left behind; the ids of its clerks. For a demo's folder alone:
        it knows them by name and counter."""
        known = {(clerk.name, clerk.counter) for clerk in clerks}
        left = [
            token["id"]
            for token in await self._admin.all("/tokens")
            if token["name"].endswith(SIMULATED) or (token["name"], token["counter"]) in known
        ]
        for identifier in left:
            await self._admin.ask("DELETE", f"/tokens/{identifier}")
        return frozenset(left)

    async def dismiss(self) -> None:
        """Ends all tokens that were made."""
        made, self._made = self._made, []
        for identifier in made:
            await self._admin.ask("DELETE", f"/tokens/{identifier}")


def _by_counter(clerks: list[Clerk], made: list[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return {clerk.counter: token for clerk, token in zip(clerks, made, strict=False)}
