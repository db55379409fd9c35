"""Who is at the other end: the socket's address, or what a trusted proxy says of it."""

import ipaddress
from collections.abc import Mapping
from typing import Any

Headers = Mapping[bytes, bytes]


class Addresses:
    """X-Forwarded-For and -Proto are believed from `trusted` alone: anyone else could write what
    he likes."""

    def __init__(self, trusted: tuple[str, ...] = ()) -> None:
        self._trusted = [ipaddress.ip_network(t, strict=False) for t in trusted]

    def of(self, scope: Mapping[str, Any], headers: Headers) -> str:
        """The caller's address; "" where there is none (a Unix socket)."""
        client = scope.get("client")
        address = str(client[0]) if client else ""
        if not self._trusted or not self._is_trusted(address):
            return address
        # From the right: each hop that is ours was told by the one before; the first foreign one
        # called.
        forwarded = headers.get(b"x-forwarded-for", b"").decode("latin-1")
        for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
            address = hop
            if not self._is_trusted(hop):
                break
        return address

    def is_https(self, scope: Mapping[str, Any], headers: Headers) -> bool:
        """Whether the caller's side of the connection is https."""
        client = scope.get("client")
        if self._trusted and client and self._is_trusted(str(client[0])):
            proto = headers.get(b"x-forwarded-proto", b"").decode("latin-1").strip().lower()
            if proto:
                return proto in ("https", "wss")
        return scope.get("scheme") in ("https", "wss")

    def _is_trusted(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._trusted)
