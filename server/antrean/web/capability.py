"""Tokens that no table and no journal holds: an id with a MAC of it under the secret beside the
database.

That of a ticket's holder may follow, defer and cancel that ticket; that of a device is a hall
display. A repeated answer can give a token again, since it follows from the id. What kind a token
is stands in what the MAC is of, not in how the token looks: none can be made into the other.
"""

import base64
import hmac

DEVICE = "d."  # in front of a device's token; no id has a dot
_MAC_LENGTH = 22  # base64 characters: 132 bits


def mint(secret: bytes, ticket: str) -> str:
    """`ID.MAC`, of `A-Za-z0-9_-` and one dot: it stands in a URL's fragment and in a QR code as
    it is."""
    return f"{ticket}.{_mac(secret, b'ticket', ticket)}"


def opens(secret: bytes, token: str) -> str | None:
    """The id of the ticket that `token` opens, or None when nobody was given this token.

    Says nothing of whether the ticket can still be read: its age is for the caller to judge.
    """
    return _opened(secret, b"ticket", token)


def mint_device(secret: bytes, device: str) -> str:
    """`d.ID.MAC`."""
    return f"{DEVICE}{device}.{_mac(secret, b'device', device)}"


def opens_device(secret: bytes, token: str) -> str | None:
    """The id of the device whose token this is, or None. Whether there still is such a device is
    for the caller to judge."""
    if not token.startswith(DEVICE):
        return None
    return _opened(secret, b"device", token[len(DEVICE) :])


def _opened(secret: bytes, kind: bytes, token: str) -> str | None:
    named, dot, mac = token.rpartition(".")
    if not dot or not named or not token.isascii():
        return None
    return named if hmac.compare_digest(mac, _mac(secret, kind, named)) else None


def _mac(secret: bytes, kind: bytes, named: str) -> str:
    digest = hmac.digest(secret, b"%b:%b" % (kind, named.encode()), "sha256")
    return base64.urlsafe_b64encode(digest)[:_MAC_LENGTH].decode()
