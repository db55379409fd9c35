"""Long texts in parts."""

from hypothesis import given
from hypothesis import strategies as st

from antrean.voice.phrases import Phrase
from antrean.voice.pieces import LONGEST, parts, pieces, words


def said(*texts: str) -> list[list[str]]:
    phrases = [Phrase(f"l{n}", (), text) for n, text in enumerate(texts)]
    return [[piece.free for piece in part] for part in parts(phrases)]


def test_a_short_text_is_one_part_in_all_its_languages() -> None:
    assert said("Loket tiga tutup.", "Counter three is closed.") == [
        ["Loket tiga tutup.", "Counter three is closed."]
    ]
    assert said("", "Halo.") == [["Halo."]]
    assert said("") == []


def test_a_language_that_has_no_room_is_a_part_of_its_own() -> None:
    assert [len(part) for part in said("a" * 200, "b" * 50)] == [1, 1]
    assert [len(part) for part in said("a" * 200, "b" * 49)] == [2]


def test_it_is_parted_between_sentences_else_where_it_pauses() -> None:
    sentence = "Layanan " + "pindah " * 13 + "besok."
    assert list(pieces(" ".join([sentence] * 5))) == [
        f"{sentence} {sentence}",
        f"{sentence} {sentence}",
        sentence,
    ]
    half = "Layanan" + " pindah" * 20
    assert list(pieces(f"{half}, {half}. Tutup.")) == [f"{half},", f"{half}.", "Tutup."]
    assert [len(p) for p in pieces("kata " * 99 + "kata")] == [249, 249]


def test_a_part_has_its_own_words() -> None:
    one = Phrase("id", (), "Satu. " + "dua " * 79 + "dua.")
    other = Phrase("en", (), "One.")
    told = [words(part) for part in parts([one, other])]
    assert told[0] == {"id": "Satu."}
    assert told[-1] == {"id": "dua " * 17 + "dua.", "en": "One."}
    assert " ".join(part["id"] for part in told).split() == one.free.split()


@given(st.text("ab .,!?", max_size=2000))
def test_nothing_is_lost_and_no_part_is_too_long(text: str) -> None:
    found = list(pieces(text))
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(0 < len(piece) <= LONGEST for piece in found)


@given(st.lists(st.text("ab .,!?", max_size=900), max_size=3))
def test_no_part_is_too_long_and_none_says_a_language_twice(texts: list[str]) -> None:
    phrases = [Phrase(f"l{n}", (), text) for n, text in enumerate(texts)]
    for part in parts(phrases):
        assert 0 < sum(len(piece.free) for piece in part) <= LONGEST
        assert len({piece.language for piece in part}) == len(part)
