"""What a file is, by its bytes: PNG, JPEG, WebP or MP4. Neither its name nor its declared type
count.

The parsers read headers and never decode a picture. Of PNG, WebP and JPEG the end is looked at
too: a file that goes on behind its picture is another file as well (a page, an archive), and would
be that to a program that guesses.
"""

import os
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import FileIO

from antrean.media.jpeg import jpeg_size

LONGEST_SIDE = 7680  # pixels: 8K, beyond what any display shows
MOST_PIXELS = 50_000_000  # 200 MB once decoded: more than the browser of a TV can hold

EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "video/mp4": "mp4"}

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_MOST_PARTS = 100_000  # chunks and boxes that are walked through
_MOST_IN_INDEX = 200  # boxes within `moov`, and within each of its tracks
# Brands of ISO 14496-12 and -14, and those that phones, cameras and editors write for H.264 films.
_MP4_BRANDS = frozenset(
    (b"isom", b"avc1", b"mp41", b"mp42", b"mp71", b"M4V ", b"M4VH", b"M4VP", b"f4v ", b"MSNV")
) | {b"iso%d" % n for n in range(2, 10)}


class Unsupported(Exception):
    """It is none of the four kinds."""


class Broken(Exception):
    """It begins like one of them, and is not whole, or goes on behind its end."""


class TooManyPixels(Exception):
    """Its picture is larger than displays can show."""


@dataclass(frozen=True, slots=True)
class Found:
    """`width`, `height` in pixels; None for a film that does not tell."""

    type: str
    width: int | None
    height: int | None


def recognise(file: FileIO) -> Found:
    """What `file` is. Raises Unsupported, Broken, TooManyPixels."""
    size = os.fstat(file.fileno()).st_size
    head = _read(file, 0, 16)
    try:
        found = _parser_of(head)(file, size)
    except (struct.error, IndexError) as error:
        raise Broken("it ends too early") from error
    width, height = found.width, found.height
    if width is not None and height is not None:
        if width < 1 or height < 1:
            raise Broken("its picture has no size")
        if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
            raise TooManyPixels(f"{width} x {height}")
    return found


def _parser_of(head: bytes) -> Callable[[FileIO, int], Found]:
    if head.startswith(_PNG):
        return _png
    if head.startswith(b"\xff\xd8\xff"):
        return _jpeg
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _webp
    if head[4:8] == b"ftyp" and head[8:12] in _MP4_BRANDS:
        return _mp4
    raise Unsupported


def _read(file: FileIO, at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)


def _png(file: FileIO, size: int) -> Found:
    """ISO 15948: chunks of length, type, content and CRC, from IHDR to IEND."""
    header = _read(file, 8, 25)
    width, height, depth, colour = struct.unpack(">8xIIBB", header[:18])
    if header[:8] != b"\0\0\0\rIHDR" or zlib.crc32(header[4:21]) != _big(header, 21):
        raise Broken("its first chunk is not IHDR")
    if depth not in _PNG_DEPTHS.get(colour, ()):
        raise Broken("there is no such colour type")
    at, has_picture = 33, False
    for _ in range(_MOST_PARTS):
        length, name = struct.unpack(">I4s", _read(file, at, 8))
        at += 12 + length
        has_picture = has_picture or name == b"IDAT"
        if name == b"IEND":
            if at != size or not has_picture:
                raise Broken("it does not end with its picture")
            return Found("image/png", width, height)
    raise Broken("it has too many chunks")


def _jpeg(file: FileIO, size: int) -> Found:
    found = jpeg_size(file, size)
    if found is None:
        raise Broken("it has no whole picture")
    return Found("image/jpeg", *found)


def _webp(file: FileIO, size: int) -> Found:
    """RFC 9649."""
    head = _read(file, 0, 40)
    told = 8 + int.from_bytes(head[4:8], "little")
    if told + told % 2 != size + size % 2:
        raise Broken("its length is not what it tells")
    name, content = head[12:16], head[20:]
    if name == b"VP8X":
        width = 1 + int.from_bytes(content[4:7], "little")
        height = 1 + int.from_bytes(content[7:10], "little")
    elif name == b"VP8L" and content[0] == 0x2F:
        bits = struct.unpack("<I", content[1:5])[0]
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    elif name == b"VP8 " and content[3:6] == b"\x9d\x01\x2a":
        width, height = (n & 0x3FFF for n in struct.unpack("<HH", content[6:10]))
    else:
        raise Broken("it has no picture")
    return Found("image/webp", width, height)


def _mp4(file: FileIO, size: int) -> Found:
    """ISO 14496-12: a film needs its index, `moov`, before or behind its pictures."""
    found: list[tuple[int, int] | None] = []
    for name, start, end in _boxes(file, 0, size, _MOST_PARTS):
        if name != b"moov":
            continue
        if found:  # read no more of them: each may have thousands of boxes
            raise Broken("it has many moov boxes")
        found.append(_film_size(file, start, end))
    if not found:
        raise Broken("it has no moov box")
    return Found("video/mp4", *(found[0] or (None, None)))


def _boxes(file: FileIO, at: int, limit: int, most: int) -> Iterator[tuple[bytes, int, int]]:
    """(type, start and end of the content) of the boxes between `at` and `limit`."""
    for _ in range(most):
        if at == limit:
            return
        length, name = struct.unpack(">I4s", _read(file, at, 8))
        start = at + 8
        if length == 1:
            length = struct.unpack(">Q", _read(file, start, 8))[0]
            start += 8
        elif length == 0:
            length = limit - at
        if at + length < start or at + length > limit:
            raise Broken("a box does not fit into it")
        yield name, start, at + length
        at += length
    raise Broken("it has too many boxes")


def _film_size(file: FileIO, start: int, end: int) -> tuple[int, int] | None:
    """The largest track of a `moov`; None when no track tells a size (sound has none)."""
    sizes = []
    for outer, first, last in _boxes(file, start, end, _MOST_IN_INDEX):
        if outer != b"trak":
            continue
        for name, inner, over in _boxes(file, first, last, _MOST_IN_INDEX):
            if name == b"tkhd" and over - inner >= 84:
                # the last two members, 16.16 fixed point
                sizes.append(struct.unpack(">H2xH2x", _read(file, over - 8, 8)))
    return max((size for size in sizes if all(size)), default=None)


def _big(raw: bytes, at: int) -> int:
    number: int = struct.unpack_from(">I", raw, at)[0]
    return number
