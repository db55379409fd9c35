"""The texts that the real server sent, for the peers to send again."""

import itertools
from collections.abc import Iterator
from pathlib import Path


def texts(recorded: str) -> Iterator[str]:
    """Yields the payloads of a recording over and over (4-byte length, then the frame, each)."""
    data = Path(recorded).read_bytes()
    payloads = []
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "little")
        frame = data[at + 4 : at + 4 + length]
        header = {126: 4, 127: 10}.get(frame[1], 2)
        payloads.append(frame[header:].decode())
        at += 4 + length
    return itertools.cycle(payloads)
