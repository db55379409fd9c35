"""The people and devices of the test hall, each with a credential of its own."""

import itertools
from typing import Any

from tests.support.client import Client
from tests.support.server import ADMIN_PASSWORD, RunningServer

_numbers = itertools.count(1)


class Cast:
    """Everyone who uses one server. `close` ends their connections."""

    def __init__(self, server: RunningServer) -> None:
        self.server = server
        self._clients: list[Client] = []
        self.admin = self.nobody()
        self.admin.sign_in("admin", ADMIN_PASSWORD).ok()

    def close(self) -> None:
        for client in self._clients:
            client.close()

    def __enter__(self) -> "Cast":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _keep(self, client: Client) -> Client:
        self._clients.append(client)
        return client

    def nobody(self) -> Client:
        """A citizen at an address of his own."""
        return self._keep(Client(self.server.url))

    def holder(self, token: str) -> Client:
        """Who holds a ticket, by its token."""
        return self._keep(Client(self.server.url, token))

    def with_token(self, role: str, **members: Any) -> Client:
        """A device, an app or staff with a bearer token of its own."""
        body = {"name": f"{role} {next(_numbers)}", "role": role, **members}
        answer = self.admin.post("/tokens", body).ok()
        return self._keep(Client(self.server.url, answer.token))

    def user(
        self, role: str, counters: list[str] | None = None, name: str | None = None
    ) -> tuple[Client, str, str]:
        """(client signed in with a cookie, username, password) of a new person."""
        username = f"{role}{next(_numbers)}"
        password = f"kata sandi {username}"
        body: dict[str, Any] = {"username": username, "password": password, "role": role}
        if counters is not None:
            body["counters"] = counters
        if name is not None:
            body["name"] = name
        self.admin.post("/users", body).ok()
        client = self.nobody()
        client.sign_in(username, password).ok()
        return client, username, password

    def kiosk(self) -> Client:
        return self.with_token("kiosk")

    def clerk(self, counter: str | None = None) -> Client:
        """A clerk with a token; opens `counter` when one is named."""
        clerk = self.with_token("clerk")
        if counter is not None:
            clerk.post(f"/counters/{counter}/open").ok()
        return clerk

    def supervisor(self) -> Client:
        return self.with_token("supervisor")
