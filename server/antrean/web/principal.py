"""Who asks. Made by `credentials` for a request or a socket, read by everything that decides what
one may do."""

from dataclasses import dataclass
from typing import Literal

STAFF = ("clerk", "supervisor", "admin")
"""Roles of people, the lowest first: each may do all that those before it may."""

DEVICES = ("kiosk", "display", "partner")
ROLES = (*STAFF, *DEVICES)


@dataclass(frozen=True, slots=True)
class Principal:
    """A credential that was found valid.

    kind        "user" (a session's cookie), "token" (a bearer of a role, a paired device's too) or
    "ticket" (a holder's token)
    id          username, id of the token or the device, id of the ticket
    role        one of ROLES; None for the holder of a ticket
    name        shown as the clerk of a counter
    counters    the only counters that this user may operate; None: all
    ticket      id of the ticket that the token opens; None for users and role tokens
    device      id of the paired display that it is; None for all others, a display's token of
    POST /tokens too
    csrf        what X-CSRF-Token must say beside a session's cookie; None for bearers
    credential  names the credential itself (`session:HASH`, `token:ID`, `ticket:ID`, `device:ID`):
    what ends it ends its sockets
    """

    kind: Literal["user", "token", "ticket"]
    id: str
    role: str | None
    name: str = ""
    counters: frozenset[str] | None = None
    ticket: str | None = None
    device: str | None = None
    csrf: str | None = None
    credential: str = ""

    @property
    def actor(self) -> str:
        """How the journal and the idempotency keys name the caller."""
        return f"holder:{self.id}" if self.kind == "ticket" else f"{self.kind}:{self.id}"

    @property
    def is_of_one(self) -> bool:
        """One phone or one screen has it, so that many sockets at once are an abuse of it."""
        return self.ticket is not None or self.device is not None

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF


def at_least(role: str) -> frozenset[str]:
    """The roles of people that may do what `role` may."""
    return frozenset(STAFF[STAFF.index(role) :])
