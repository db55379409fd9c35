"""Headers that every answer carries, and those for browsers of other origins."""

from collections.abc import Mapping

HeaderList = tuple[tuple[bytes, bytes], ...]

HARDENING: HeaderList = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
)
NO_STORE = (b"cache-control", b"no-store")
NOTHING_RUNS = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
HSTS = (b"strict-transport-security", b"max-age=31536000")

API_HEADERS: HeaderList = (*HARDENING, NO_STORE, NOTHING_RUNS)


def page_policy(socket_origin: str | None, framed: bool = False) -> tuple[bytes, bytes]:
    """The policy of pages: own files, own sockets, nothing inline, in no frame.

    `socket_origin`: `wss://host`, where old browsers do not count sockets to 'self'.
    `framed`: pages of this site may show it in a frame, as a preview; nobody acts in such a page,
    so there is no click to be stolen.
    """
    ancestors = "'self'" if framed else "'none'"
    connect = "connect-src 'self'" + (f" {socket_origin}" if socket_origin else "")
    return (
        b"content-security-policy",
        (
            f"default-src 'self'; {connect}; img-src 'self' data:; style-src 'self'; "
            f"script-src 'self'; object-src 'none'; frame-ancestors {ancestors}; base-uri 'none'; "
            "form-action 'self'"
        ).encode(),
    )


class Cors:
    """Public GETs may be read by pages of the allowed origins (`--origins`); without their
    cookies."""

    def __init__(self, origins: tuple[str, ...]) -> None:
        self.origins = frozenset(origin.encode() for origin in origins)

    def of(self, headers: Mapping[bytes, bytes]) -> HeaderList:
        origin = headers.get(b"origin", b"")
        if origin not in self.origins:
            return ((b"vary", b"Origin"),)
        return (
            (b"vary", b"Origin"),
            (b"access-control-allow-origin", origin),
            (b"access-control-expose-headers", b"X-Seq, Retry-After"),
        )

    def preflight(self, headers: Mapping[bytes, bytes]) -> HeaderList:
        """The answer to OPTIONS of an allowed origin; empty for others."""
        if headers.get(b"origin", b"") not in self.origins:
            return ()
        return (
            *self.of(headers),
            (b"access-control-allow-methods", b"GET"),
            (b"access-control-allow-headers", b"Authorization, Accept-Language"),
            (b"access-control-max-age", b"600"),
        )
