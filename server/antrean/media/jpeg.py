"""The size of a JPEG's picture, and where it ends (ITU T.81, annex B)."""

import re
import struct
from io import FileIO

_BLOCK = 262_144  # bytes searched at once: a thread that holds the interpreter stops the queue
_MOST_SEGMENTS = 10_000
_FILL = 4_096  # bytes FF that may stand before a marker; writers put none, or one to align it
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF: a frame's header
_SCAN, _END = 0xDA, 0xD9
# Within a scan FF is followed by 0, by a restart marker, or by more FF; else it is over.
_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
# Phones put previews and clips behind a photograph's end. Those are left; what some program would
# take for a page or an archive is not.
_FOREIGN = re.compile(rb"<(?:!doctype|html|script|svg|\?php|iframe|body)|PK\x03\x04|%PDF-", re.I)


def jpeg_size(file: FileIO, size: int) -> tuple[int, int] | None:
    """(width, height); None unless a whole picture is there, and nothing foreign behind it.

    Raises struct.error or IndexError where it ends too early.
    """
    at, found = 2, None
    for _ in range(_MOST_SEGMENTS):
        file.seek(at)
        start = file.read(_FILL + 10)
        fill = len(start) - len(start.lstrip(b"\xff"))
        if not fill:
            return None
        start, at = start[fill - 1 :], at + fill - 1  # the last of them begins the marker
        marker = start[1]
        if marker == _END:
            return None if found is None or _is_foreign(file, at + 2, size) else found
        (length,) = struct.unpack(">H", start[2:4])
        if marker in _SIZES:
            height, width = struct.unpack(">xHH", start[4:9])
            found = (width, height)
        at += 2 + length
        if marker == _SCAN:
            over = _end_of_scan(file, at, size)
            if over is None:
                return None
            at = over
    return None


def _end_of_scan(file: FileIO, at: int, size: int) -> int | None:
    """Where the next marker stands; None when the file ends before."""
    while at < size - 1:
        file.seek(at)
        found = _MARKER.search(file.read(_BLOCK))
        if found:
            return at + found.start()
        at += _BLOCK - 1
    return None


def _is_foreign(file: FileIO, at: int, size: int) -> bool:
    while at < size:
        file.seek(at)
        if _FOREIGN.search(file.read(_BLOCK)):
            return True
        at += _BLOCK - 16  # longer than any of the signs
    return False
