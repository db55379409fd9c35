"""Frames as bytes, ready for a socket, and the history of an event topic."""

from bisect import bisect_left
from struct import pack
from typing import Any

import msgspec

HISTORY = 2_000  # journal events whose frames are held at least (contract, section 4)
_TRIM = 512  # held beyond that before the surplus goes at once

encode = msgspec.json.Encoder().encode


def text_frame(payload: bytes) -> bytes:
    """One unmasked, final WebSocket text frame (RFC 6455, 5.2)."""
    return _head(len(payload)) + payload


def _head(size: int) -> bytes:
    if size < 126:
        return bytes((0x81, size))
    if size < 65_536:
        return pack("!BBH", 0x81, 126, size)
    return pack("!BBQ", 0x81, 127, size)


def message(**members: Any) -> bytes:
    """A frame of these members, in this order; None is left out."""
    return text_frame(encode({k: v for k, v in members.items() if v is not None}))


def snapshot(topic: str, epoch: str, offset: int, seq: int, state: bytes) -> bytes:
    """The whole `state` of a topic, as JSON."""
    return text_frame(
        b'{"op":"snapshot","topic":%b,"epoch":%b,"offset":%d,"seq":%d,"state":%b}'
        % (encode(topic), encode(epoch), offset, seq, state)
    )


def event(topic: str, offset: int, middle: bytes, patch: bytes) -> bytes:
    """One event of a topic; `middle` as `facts.middles` gives it."""
    return text_frame(
        b'{"op":"event","topic":%b,"offset":%d%b%b}' % (encode(topic), offset, middle, patch)
    )


class EventTopic:
    """A topic with one event for each journal event that changes it; `offset` counts them."""

    __slots__ = ("_held", "_seqs", "_start", "is_public", "name", "offset", "state")

    def __init__(self, name: str, offset: int = 0) -> None:
        self.name = name
        self.is_public = name.startswith("zone:")  # of those with a history
        self.offset = offset
        self.state: bytes | None = None  # as of `offset`; None until somebody asks
        self._start = b'{"op":"event","topic":' + encode(name) + b',"offset":'
        self._held: list[bytes] = []
        self._seqs: list[int] = []

    def add(self, seq: int, middle: bytes, patch: bytes) -> None:
        """One event more. `middle` is what stands between the offset and the patch."""
        self.offset += 1
        self.state = None
        start, offset = self._start, b"%d" % self.offset
        size = len(start) + len(offset) + len(middle) + len(patch) + 1
        head = pack("!BBH", 0x81, 126, size) if 126 <= size < 65_536 else _head(size)
        self._held.append(b"".join((head, start, offset, middle, patch, b"}")))
        self._seqs.append(seq)
        if self._seqs[0] < seq - HISTORY - _TRIM:
            surplus = bisect_left(self._seqs, seq - HISTORY)
            del self._held[:surplus], self._seqs[:surplus]

    def complete_until(self, offset: int) -> int:
        """The journal position up to which one who is at `offset` has everything."""
        missed = self.offset - offset
        if missed <= 0:
            return 1 << 62
        return self._seqs[-missed] - 1 if missed <= len(self._seqs) else 0

    def since(self, offset: int) -> list[bytes] | None:
        """The frames after `offset`; None when they are not held, or when it never was."""
        missed = self.offset - offset
        if not 0 <= missed <= len(self._held):
            return None
        return self._held[-missed:] if missed else []

    def joined(self, offset: int) -> bytes | None:
        """The same as one buffer."""
        if offset == self.offset - 1 and self._held:
            return self._held[-1]
        frames = self.since(offset)
        return None if frames is None else b"".join(frames)
