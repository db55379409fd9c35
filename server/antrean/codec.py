"""Journal events, states and catalogues as JSON, and back. The domain's dataclasses are the
schema.
"""

import hashlib
from typing import TypeVar, get_args

import msgspec

from antrean.domain import events
from antrean.domain.catalogue import Catalogue
from antrean.domain.events import Entry, Event
from antrean.domain.state import Memory

T = TypeVar("T")

EVENT_TYPES: dict[str, type] = {kind.type: kind for kind in get_args(events.Event)}
"""Every event type of the journal, by its name on the wire."""

_encoder = msgspec.json.Encoder()
_events: dict[str, msgspec.json.Decoder[Event]] = {
    name: msgspec.json.Decoder(kind) for name, kind in EVENT_TYPES.items()
}
_memory = msgspec.json.Decoder(Memory)
_catalogue = msgspec.json.Decoder(Catalogue)


class Unreadable(ValueError):
    """What stands in the data folder is not what this program writes."""


def event_data(event: Event) -> str:
    """The facts of an event, as the journal keeps them."""
    return _encoder.encode(event).decode()


def entry(seq: int, at: int, actor: str, kind: str, data: str | bytes) -> Entry:
    """The journal entry of a row. Raises Unreadable for an unknown type or facts of another
    shape.
    """
    decoder = _events.get(kind)
    if decoder is None:
        raise Unreadable(f"journal entry {seq} has the unknown type {kind!r}")
    try:
        event: Event = decoder.decode(data)
    except msgspec.MsgspecError as error:
        raise Unreadable(f"journal entry {seq} ({kind}): {error}") from error
    return Entry(seq, at, actor, event)


def encode_memory(memory: Memory) -> bytes:
    return _encoder.encode(memory)


def decode_memory(data: bytes) -> Memory:
    try:
        return _memory.decode(data)
    except msgspec.MsgspecError as error:
        raise Unreadable(f"a stored state: {error}") from error


def encode_catalogue(catalogue: Catalogue) -> str:
    return _encoder.encode(catalogue).decode()


def decode_catalogue(data: str) -> Catalogue:
    try:
        return _catalogue.decode(data)
    except msgspec.MsgspecError as error:
        raise Unreadable(f"a stored catalogue: {error}") from error


def digest(catalogue: Catalogue) -> str:
    """Equal for equal catalogues."""
    return hashlib.sha256(_encoder.encode(catalogue)).hexdigest()


def encode_json(value: object) -> str:
    return _encoder.encode(value).decode()


def decode_json(data: str | bytes, kind: type[T]) -> T:
    return msgspec.json.decode(data, type=kind)
