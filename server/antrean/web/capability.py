"""The token of a ticket's holder: the ticket's id with a MAC, so that no table and no journal
holds one.

Whoever has it may follow, defer and cancel that ticket. A repeated answer can give it again,
since it follows from the id and the secret beside the database.
"""

import base64
import hmac

_MAC_LENGTH = 22  # base64 characters: 132 bits


def mint(secret: bytes, ticket: str) -> str:
    """`ID.MAC`, of `A-Za-z0-9_-` and one dot: it stands in a URL's fragment and in a QR code as
    it is."""
    return f"{ticket}.{_mac(secret, ticket)}"


def opens(secret: bytes, token: str) -> str | None:
    """The id of the ticket that `token` opens, or None when nobody was given this token.

    Says nothing of whether the ticket can still be read: its age is for the caller to judge.
    """
    ticket, dot, mac = token.rpartition(".")
    if not dot or not ticket or not token.isascii():
        return None
    return ticket if hmac.compare_digest(mac, _mac(secret, ticket)) else None


def _mac(secret: bytes, ticket: str) -> str:
    digest = hmac.digest(secret, b"ticket:" + ticket.encode(), "sha256")
    return base64.urlsafe_b64encode(digest)[:_MAC_LENGTH].decode()
