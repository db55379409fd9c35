"""The name that a file came with is text, and only text."""

import pytest

from antrean.media.names import LONGEST, NAMELESS, cleaned

RLO, ZERO_WIDTH = "\u202e", "\u200b"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Jadwal Layanan.png", "Jadwal Layanan.png"),
        ("Pengumuman 日本.mp4", "Pengumuman 日本.mp4"),
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\siti\\foto.jpg", "foto.jpg"),
        ("a\\..\\..\\b.png", "b.png"),
        ("a\x00b\x1b[31m\x7f.png", "ab[31m.png"),
        ("a\r\nSet-Cookie: x.png", "a Set-Cookie: x.png"),
        (f"foto{RLO}gpj.png", "fotogpj.png"),
        (f"a{ZERO_WIDTH}\u2066b\u2028c\ufeff.png", "ab c.png"),
        ("<img src=x onerror=alert(1)>.png", "<img src=x onerror=alert(1)>.png"),
        ("a%22b%0D%0Ac.png", 'a"b c.png'),
        ("e\u0301.png", "\u00e9.png"),
        (".htaccess", "htaccess"),
        (" . ", NAMELESS),
        ("", NAMELESS),
        ("folder/", NAMELESS),
    ],
)
def test_a_name_is_made_harmless(given: str, shown: str) -> None:
    assert cleaned(given.encode()) == shown


def test_a_name_is_cut_and_keeps_its_extension() -> None:
    assert cleaned(b"x" * 300 + b".jpeg") == "x" * (LONGEST - 5) + ".jpeg"
    assert cleaned(b"x" * 300) == "x" * LONGEST
    assert cleaned(b"x." + b"y" * 300) == "x." + "y" * (LONGEST - 2)
    assert len(cleaned(("a" + "\u0301" * 5000).encode())) == LONGEST


def test_what_is_no_text_is_shown_somehow() -> None:
    assert cleaned(b"a\xff\xfe.png") == "a\ufffd\ufffd.png"
