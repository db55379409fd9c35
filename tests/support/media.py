"""Files as displays play them, made small: `png`, `mp4`, JPEG and the three kinds of WebP; `form`
wraps one as a browser does, and `upload` sends it."""

import base64
import struct
import zlib
from typing import Any

from tests.support.client import Answer, Client

BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}

JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJ"
    "DRENDg8QEBEQCgwSExIQEw8QEBD/2wBDAQMDAwQDBAgEBAgQCwkLEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ"
    "EBAQEBAQEBAQEBAQEBAQEBAQEBD/wAARCAABAAEDAREAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAACP/EABQQAQAA"
    "AAAAAAAAAAAAAAAAAAD/xAAVAQEBAAAAAAAAAAAAAAAAAAAHCf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhED"
    "EQA/ADoDFU3/2Q=="
)
"""1 x 1."""
WEBP = base64.b64decode(
    "UklGRnwAAABXRUJQVlA4IHAAAADwBACdASooAB4APpE8mki3M6KhKrgMAuASCWgAdwXwDeAjAL//ucgFd9yCF2VqOAAA"
    "/vA8v5truJf+MpHpxv//sot/Si2udJ2pcHf9T0H1mvogV4/vm2u4ZE+Z/IberSlUY/C3XDUK0Cow0JI94QAA"
)
"""40 x 30, lossy."""
WEBP_LOSSLESS = base64.b64decode(
    "UklGRkYAAABXRUJQVlA4TDkAAAAvKEAHAJmM6H9sIqL/AbVt2zD8//T0bEICwv/DNEKCFBI1lLZtwKRosX5hECZeEFXR"
    "3HGyzNGfngAA"
)
"""41 x 30."""
WEBP_CLEAR = base64.b64decode(
    "UklGRlgAAABXRUJQVlA4WAoAAAAQAAAAKAAAHgAAQUxQSAoAAAABB1CziAhERP8DVlA4ICgAAADwAgCdASopAB8APpFG"
    "nkslo6KhpWgAsBIJaQAAKUNt8AD++JhCEAAA"
)
"""41 x 31, with transparency: the extended format."""


def png(width: int = 2, height: int = 2, *, padding: int = 0) -> bytes:
    """A black picture; `padding` bytes stand in a chunk of their own. Very large ones have no
    pixels."""
    pixels = (b"\0" + b"\0\0\0" * width) * height if width * height < 1_000_000 else b""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    extra = _chunk(b"paDd", bytes(padding)) if padding else b""
    body = extra + _chunk(b"IDAT", zlib.compress(pixels)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + body


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + _crc(name + content)


def _crc(raw: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(raw))


def mp4(
    *,
    brand: bytes = b"isom",
    size: tuple[int, int] | None = (1280, 720),
    film: bytes = b"film",
    index_first: bool = True,
) -> bytes:
    """The boxes of a film, without a codec that could play it; `film` is its content."""
    tracks = b""
    if size is not None:
        header = bytes(76) + struct.pack(">II", size[0] << 16, size[1] << 16)
        tracks = box(b"trak", box(b"tkhd", header))
    start = box(b"ftyp", brand + b"\0\0\2\0isomiso2avc1mp41")
    parts = [box(b"moov", box(b"mvhd", bytes(100)) + tracks), box(b"mdat", film)]
    return start + b"".join(parts if index_first else reversed(parts))


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


def form(content: bytes, name: bytes = b"gambar.png", *, field: bytes = b"file") -> bytes:
    """A body with one part; see FORM."""
    head = b'Content-Disposition: form-data; name="%b"; filename="%b"' % (field, name)
    kind = b"Content-Type: image/png"  # what a client says it is counts for nothing
    start = b"--%b\r\n%b\r\n%b\r\n\r\n" % (BOUNDARY.encode(), head, kind)
    return start + content + b"\r\n--%b--\r\n" % BOUNDARY.encode()


def upload(client: Client, content: bytes, name: bytes = b"gambar.png", **options: Any) -> Answer:
    return client.post("/media", content=form(content, name), headers=FORM, **options)
