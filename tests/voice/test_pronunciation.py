"""Indonesian as it sounds, by the phonemes of the engine that speaks."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from antrean.voice.client import Client
from antrean.voice.numbers import letters
from antrean.voice.pronunciation import pronounced

pytestmark = pytest.mark.asyncio

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest_asyncio.fixture
async def client() -> AsyncIterator[Client]:
    made = Client()
    yield made
    await made.close()


async def sounds(client: Client, text: str, language: str = "id") -> str:
    """The phonemes without marks of stress, glottal stops and the 2 of a variant."""
    answer, _ = await client.ask(op="phonemes", text=text, language=language)
    return "".join(c for c in answer["phonemes"] if c not in "',_|2")


async def test_a_letter_sounds_alike_after_every_other(client: Client) -> None:
    """BPJS was "be pe je 's", PLN "pe 'l en"."""
    alone = {}
    for letter in ALPHABET:
        alone[letter] = await sounds(client, letter)
    for first in ALPHABET:
        for second in ALPHABET:
            said = " ".join(word.said for word in letters(first + second))
            heard = (await sounds(client, f"{said} nol")).split()
            assert heard == [alone[first], alone[second], "nol"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("empat enam belas sebelas", "@mpat @nam b@las s@b@las"),
        ("Loket tiga.", "lokEt tiga"),
        ("Senin Selasa Rabu Kamis Jumat Sabtu Minggu",
         "s@nin s@lasa Rabu kamis dZumat sabtu miNgu"),
        ("Polres, Polsek, Taspen", "polREs polsEk taspEn"),
        ("Kota Tangerang", "kota taN@RaN"),
        ("Dinas Ketenagakerjaan", "dinas k@t@nagak@RdZaan"),
        ("Dinas Kependudukan", "dinas k@p@ndudukan"),
        ("vi ai pi", "fi ai pi"),
        ("tiga perempat, lima meter persegi", "tiga p@R@mpat lima mEt@R p@Rs@gi"),
        ("lima persen", "lima p@RsEn"),
        ("B P J S Kesehatan", "be pe dZe Es k@sehatan"),
    ],
)  # fmt: skip
async def test_vowels(client: Client, text: str, expected: str) -> None:
    assert await sounds(client, text) == expected


async def test_the_english_letter_a_is_not_the_article(client: Client) -> None:
    assert await sounds(client, "ticket A zero", "en") == "tIkIt eI zi@roU"
    assert await sounds(client, "a ticket", "en") == "a# tIkIt"


async def test_only_whole_words_and_capitals_change() -> None:
    assert pronounced("Loketnya s S", "id") == "Loketnya s [['E2s]]"
    assert pronounced("[[s]] M", "id") == "[[s]] [['E2m]]"
    assert pronounced("S empat", "en") == "S empat"


async def test_a_long_text_without_a_comma_is_not_cut_within_a_word(client: Client) -> None:
    words = "Nomor sampai ke Loket empat belas dengan segera karena sistem sedang S M".split()
    for before in (0, 3, 5, 8):
        text = " ".join(["satu"] * before + words * 10)
        heard = (await sounds(client, text)).split()
        assert len(heard) == before + 10 * len(words)
        assert not any("kEOng" in word for word in heard)  # the name of @
        marked = f"{text}, {'tiga ' * 10}. Loket empat"
        assert (await sounds(client, marked)).endswith("lokEt @mpat")


@given(st.lists(st.sampled_from(("S", "empat", " ", ",", ". ", "[[", "]]", "\n", "9"))))
async def test_without_its_sounds_a_text_is_as_it_was(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert pronounced(text, "id").replace("[['E2s]]", "S").replace("[[@mp'at]]", "empat") == text
