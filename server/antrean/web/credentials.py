"""From a request's headers to a Principal. Also used for sockets: the same rules at `/ws` as
everywhere."""

from collections.abc import Mapping
from typing import Any

from antrean.domain.calendar import next_date
from antrean.domain.state import QueueState
from antrean.engine import Engine
from antrean.group import KEEP_PEOPLE_DAYS
from antrean.hall.runner import credential_of
from antrean.web import capability
from antrean.web.accounts import Accounts
from antrean.web.principal import Principal

Headers = Mapping[bytes, bytes]


class InvalidBearer(Exception):
    """An Authorization header was sent and is not valid: 401 wherever it is sent."""


class Credentials:
    """Looks up whoever asks. `cookie_name` depends on whether browsers come by https alone."""

    def __init__(self, accounts: Accounts, engine: Engine, secret: bytes, https: bool) -> None:
        self._accounts = accounts
        self._engine = engine
        self._secret = secret
        self.cookie_name = "__Host-antrean" if https else "antrean"
        self._cookie = self.cookie_name.encode() + b"="

    def of_scope(self, scope: Mapping[str, Any]) -> Principal | None:
        """The principal of an HTTP or WebSocket scope. Raises InvalidBearer."""
        return self.of_headers(dict(scope["headers"]))

    def of_headers(self, headers: Headers) -> Principal | None:
        """Of cookie and bearer the bearer counts; the cookie of an ended session counts as none."""
        bearer = headers.get(b"authorization")
        if bearer is not None:
            kind, _, token = bearer.decode("latin-1").partition(" ")
            found = self.of_token(token.strip()) if kind.lower() == "bearer" else None
            if found is None:
                raise InvalidBearer
            return found
        cookies = headers.get(b"cookie")
        if cookies is None:
            return None
        for part in cookies.split(b";"):
            if part.strip().startswith(self._cookie):
                value = part.strip()[len(self._cookie) :]
                return self._accounts.of_cookie(value.decode("latin-1"))
        return None

    def of_token(self, text: str) -> Principal | None:
        """The principal of a bearer token: a role's, a device's or that of a ticket's holder."""
        if "." not in text:
            return self._accounts.of_token(text)
        if text.startswith(capability.DEVICE):
            return self._of_device(capability.opens_device(self._secret, text))
        ticket = self.ticket_of(text)
        if ticket is None:
            return None
        return Principal("ticket", ticket, None, ticket=ticket, credential=f"ticket:{ticket}")

    def _of_device(self, device_id: str | None) -> Principal | None:
        """A paired display, for as long as it is not removed."""
        device = self._engine.published.devices.get(device_id) if device_id is not None else None
        if device is None:
            return None
        return Principal(
            "token",
            device.id,
            "display",
            device.name,
            device=device.id,
            credential=credential_of(device.id),
        )

    def device_token(self, device: str) -> str:
        """What a paired display shows to be itself."""
        return capability.mint_device(self._secret, device)

    def ticket_of(self, token: str) -> str | None:
        """The id of the ticket that a holder's token opens; whether it still may be read:
        `is_readable`."""
        return capability.opens(self._secret, token)

    def token_of(self, ticket: str) -> str:
        return capability.mint(self._secret, ticket)

    async def is_readable(self, ticket: str) -> bool:
        """Whether a holder's token still opens it: there is such a ticket, of the last 30 days."""
        state = self._engine.published
        if ticket in state.tickets:
            return True
        found = await self._engine.store.reader.ticket(ticket)
        return found is not None and found.date >= oldest_date(state)


def oldest_date(state: QueueState) -> str:
    """The business date of the oldest tickets that can be read with their tokens."""
    return next_date(state.date, -KEEP_PEOPLE_DAYS)
