"""Bodies and idempotency keys of requests, read with bounds. How long a body may take:
`http_protocol`."""

import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

import msgspec

from antrean.engine import Key
from antrean.web.bodies import Body, faults_of
from antrean.web.problems import Problem, invalid

LARGEST = 65_536  # bytes of a body
ANONYMOUS_KEY = 22  # characters: such a key is itself the caller, so it must not be guessed

Headers = Mapping[bytes, bytes]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

_PRINTABLE = re.compile(rb"[\x20-\x7e]{1,200}")
_decoder = msgspec.json.Decoder()
_sorted = msgspec.json.Encoder(order="sorted")


class ClientGone(Exception):
    """The client went away before its request was complete: there is nobody to answer."""


async def read_body(receive: Receive, headers: Headers) -> bytes:
    """The whole body. Raises Problem too_large, also for one that does not say how long it is."""
    length = headers.get(b"content-length")
    if length is not None and (not length.isdigit() or int(length) > LARGEST):
        raise _too_large()
    message = await receive()
    body: bytes = message.get("body", b"")
    if message.get("more_body"):
        parts, size = [body], len(body)
        while message.get("more_body"):
            if size > LARGEST:
                raise _too_large()
            message = await receive()
            parts.append(message.get("body", b""))
            size += len(parts[-1])
        body = b"".join(parts)
    if message["type"] == "http.disconnect":
        raise ClientGone
    if len(body) > LARGEST:
        raise _too_large()
    return body


def _too_large() -> Problem:
    return Problem("too_large")  # what still comes is thrown away, until the deadline


def parse(raw: bytes, headers: Headers) -> Any:
    """The JSON value of a body; `{}` for none at all. Raises Problem 415, 400."""
    if not raw:
        return {}
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind != b"application/json":
        raise Problem("unsupported_media_type")
    try:
        value = _decoder.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Problem("malformed") from None
    if type(value) is dict:
        for name, member in value.items():
            if type(member) is float and member.is_integer():
                value[name] = int(member)  # 1 and 1.0 are the same JSON value
    return value


def shaped(value: Any, kind: type[Body]) -> Body:
    """The body as a Struct. Raises Problem invalid with the field."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise Problem("invalid", errors=faults_of(error)) from None


def key_of(
    headers: Headers, caller: str | None, path: str, value: Any, secret: bytes
) -> Key | None:
    """The idempotency key of a request; `caller` is None without a credential.

    What was asked is kept as a keyed hash: a body may hold a password, and the table must not
    help to guess it. Raises Problem invalid.
    """
    given = headers.get(b"idempotency-key")
    if given is None:
        return None
    if _PRINTABLE.fullmatch(given) is None:
        raise invalid("Idempotency-Key", "invalid")
    if caller is None and len(given) < ANONYMOUS_KEY:
        raise invalid("Idempotency-Key", "too_short", limit=ANONYMOUS_KEY)
    asked = hashlib.blake2b(path.encode(), digest_size=16, key=secret)
    asked.update(b"\n")
    asked.update(_sorted.encode(value))
    return Key(caller or "", given.decode("ascii"), asked.hexdigest())
