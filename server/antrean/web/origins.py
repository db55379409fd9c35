"""Which pages of a browser may open a socket: those of this server, and those that were allowed."""

from collections.abc import Iterable
from urllib.parse import urlsplit

_PORTS = {"http": "80", "https": "443"}


class Origins:
    """A browser always names its origin, and sends cookies to wherever a page asks: without this
    check any page on the web could read a signed-in clerk's topics. No other client names one."""

    def __init__(self, public_url: str | None, allowed: Iterable[str]) -> None:
        own = [public_url] if public_url else []
        self._allowed = frozenset(filter(None, map(normal, (*own, *allowed))))

    def allow(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        """Whether the handshake with these headers may go on."""
        named = [v.decode("latin-1") for k, v in headers if k == b"origin"]
        if not named:
            return True
        origin = normal(named[0]) if len(named) == 1 else None
        if origin is None:
            return False
        if origin in self._allowed:
            return True
        host = next((v.decode("latin-1") for k, v in headers if k == b"host"), "")
        # A proxy may end TLS in front of us without saying so: either scheme is the own origin.
        return bool(host) and origin in (normal(f"http://{host}"), normal(f"https://{host}"))


def normal(origin: str) -> str | None:
    """`scheme://host` in lower case, with any port but the scheme's own; None for what is none."""
    try:
        parts = urlsplit(origin.strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username is not None:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if port is None or str(port) == _PORTS[parts.scheme]:
        return f"{parts.scheme}://{host}"
    return f"{parts.scheme}://{host}:{port}"
