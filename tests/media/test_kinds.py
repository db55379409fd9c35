"""Which files are taken, by their bytes."""

import struct
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import TypeAlias

import pytest

from antrean.media.kinds import Broken, Found, TooManyPixels, Unsupported, recognise
from tests.support.media import JPEG, WEBP, WEBP_CLEAR, WEBP_LOSSLESS, box, mp4, png

HTML = b"<!doctype html><script>alert(1)</script>"


Look: TypeAlias = Callable[[bytes], Found]


@pytest.fixture
def found(tmp_path: Path) -> Look:
    """Recognises bytes."""

    def look(content: bytes) -> Found:
        path = tmp_path / "file"
        path.write_bytes(content)
        with path.open("rb", buffering=0) as file:
            return recognise(file)

    return look


def with_size(width: int, height: int) -> bytes:
    """The JPEG, said to be of another size."""
    at = JPEG.index(b"\xff\xc0") + 5
    return JPEG[:at] + struct.pack(">HH", height, width) + JPEG[at + 4 :]


TAKEN = {
    "png": (png(3, 5), "image/png", 3, 5),
    "png, as large as may be": (png(7680, 6510), "image/png", 7680, 6510),
    "jpeg": (JPEG, "image/jpeg", 1, 1),
    "jpeg, 640 x 480": (with_size(640, 480), "image/jpeg", 640, 480),
    "jpeg, with a phone's preview": (JPEG + JPEG, "image/jpeg", 1, 1),
    "jpeg, with fill bytes": (JPEG.replace(b"\xff\xda", b"\xff\xff\xff\xda"), "image/jpeg", 1, 1),
    "webp": (WEBP, "image/webp", 40, 30),
    "webp, lossless": (WEBP_LOSSLESS, "image/webp", 41, 30),
    "webp, extended": (WEBP_CLEAR, "image/webp", 41, 31),
    "mp4": (mp4(), "video/mp4", 1280, 720),
    "mp4, index at the end": (mp4(index_first=False), "video/mp4", 1280, 720),
    "mp4, without a size": (mp4(brand=b"mp42", size=None), "video/mp4", None, None),
    "mp4, with padding": (mp4(brand=b"iso6") + box(b"free", b""), "video/mp4", 1280, 720),
}


@pytest.mark.parametrize("which", TAKEN)
def test_a_picture_or_a_film_is_known_by_its_bytes(found: Look, which: str) -> None:
    content, *expected = TAKEN[which]
    assert found(content) == Found(*expected)  # type: ignore[arg-type]


NEITHER = {
    "nothing": b"",
    "a few bytes": b"\x89PNG",
    "gif": b"GIF89a" + bytes(20),
    "bmp": b"BM" + bytes(60),
    "matroska": b"\x1a\x45\xdf\xa3" + bytes(60),
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "xml": b"<?xml version='1.0'?><svg/>",
    "html": HTML,
    "html in front of a png": HTML + png(),
    "a space in front of a png": b" " + png(),
    "a line in front of a jpeg": b"\n" + JPEG,
    "zip": b"PK\x03\x04" + bytes(40),
    "pdf": b"%PDF-1.7",
    "script": b"#!/bin/sh\n",
    "wave": b"RIFF" + bytes(4) + b"WAVEfmt ",
    "heic": box(b"ftyp", b"heic\0\0\0\0mif1heic"),
    "avif": box(b"ftyp", b"avif\0\0\0\0avifmif1"),
    "quicktime": box(b"ftyp", b"qt  \0\0\0\0qt  "),
    "a box in front of an mp4": box(b"free", b"") + mp4(),
}


@pytest.mark.parametrize("which", NEITHER)
def test_what_is_neither_is_refused(found: Look, which: str) -> None:
    with pytest.raises(Unsupported):
        found(NEITHER[which])


FTYP = box(b"ftyp", b"isom")
BROKEN = {
    "png, html behind": png() + HTML,
    "png, zip behind": png() + b"PK\x05\x06" + bytes(18),
    "png, the end missing": png()[:-1],
    "png, no width": png(0, 1),
    "png, another first chunk": png().replace(b"IHDR", b"IHDS"),
    "png, a wrong sum": png()[:16] + b"\1" + png()[17:],
    "png, no picture": png().replace(b"IDAT", b"IDAX"),
    "jpeg, the end missing": JPEG[:-2],
    "jpeg, html within": b"\xff\xd8\xff\xe0" + HTML,
    "jpeg, html behind": JPEG + HTML,
    "jpeg, zip behind": JPEG + b"PK\x03\x04ab",
    "jpeg, html far behind": JPEG + bytes(300_000) + HTML,
    "jpeg, no width": with_size(0, 4),
    "jpeg, no picture": b"\xff\xd8\xff\xd9",
    "webp, html behind": WEBP + HTML,
    "webp, the end missing": WEBP[:-4],
    "webp, no picture": WEBP[:12] + b"ABCD" + WEBP[16:],
    "mp4, the end missing": mp4()[:-1],
    "mp4, html behind": mp4() + HTML,
    "mp4, html in front": b"<htmftypisom" + mp4(),
    "mp4, no index": FTYP + box(b"mdat", HTML),
    "mp4, two indices": mp4() + box(b"moov", b""),
    "mp4, a box shorter than its head": FTYP + b"\0\0\0\4moov",
    "mp4, boxes without end": FTYP + box(b"moov", box(b"free", b"") * 300),
    "mp4, a box of all numbers": FTYP + b"\0\0\0\1moov" + struct.pack(">Q", 2**63),
}


@pytest.mark.parametrize("which", BROKEN)
def test_what_is_not_whole_or_goes_on_behind_its_end_is_refused(found: Look, which: str) -> None:
    with pytest.raises(Broken):
        found(BROKEN[which])


LARGE = {
    "png": png(50_000, 50_000),
    "png, too wide": png(7681, 10),
    "png, too high": png(10, 7681),
    "png, too many": png(7680, 6511),
    "jpeg": with_size(9000, 9000),
    "mp4": mp4(size=(9000, 10)),
}


@pytest.mark.parametrize("which", LARGE)
def test_a_picture_that_no_display_can_hold_is_refused(found: Look, which: str) -> None:
    with pytest.raises(TooManyPixels):
        found(LARGE[which])


def test_a_file_that_was_cut_anywhere_is_refused(found: Look) -> None:
    """No cut raises anything else, whatever the parsers were reading."""
    for whole in (png(3, 3), JPEG, WEBP, WEBP_LOSSLESS, WEBP_CLEAR, mp4(index_first=False)):
        for end in range(len(whole) - 2):
            with pytest.raises((Broken, Unsupported)):
                found(whole[:end])


class Counted(FileIO):
    """A file that counts how often it is read."""

    reads = 0

    def read(self, size: int | None = -1) -> bytes:
        self.reads += 1
        return super().read(size)


COSTLY = {
    "jpeg, fill bytes without end": b"\xff\xd8" + b"\xff" * 300_000,
    "jpeg, many fill bytes at each marker": b"\xff\xd8" + (b"\xff" * 90 + b"\xe0\0\2") * 5_000,
    "mp4, many indices": FTYP + box(b"moov", box(b"trak", box(b"free", b"") * 100) * 100) * 10,
}


@pytest.mark.parametrize("which", COSTLY)
def test_a_file_made_to_cost_time_is_refused_soon(tmp_path: Path, which: str) -> None:
    """200 MiB of fill bytes took a thread three minutes, in which all commands waited for it."""
    (tmp_path / "file").write_bytes(COSTLY[which])
    with Counted(tmp_path / "file") as file, pytest.raises(Broken):
        recognise(file)
    assert file.reads <= 20_000
