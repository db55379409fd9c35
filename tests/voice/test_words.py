"""Numbers, letters, ticket numbers, counters and abbreviations as words."""

from pathlib import Path

import pytest

from antrean.voice.numbers import Word, cardinal, digits, letters
from antrean.voice.words import BadWords, abbreviations, name, ticket, word

TABLE = abbreviations()


def said(words: tuple[Word, ...]) -> str:
    return " ".join(word.said for word in words)


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (0, "nol", "zero"),
        (1, "satu", "one"),
        (10, "sepuluh", "ten"),
        (11, "sebelas", "eleven"),
        (12, "dua belas", "twelve"),
        (19, "sembilan belas", "nineteen"),
        (20, "dua puluh", "twenty"),
        (21, "dua puluh satu", "twenty one"),
        (99, "sembilan puluh sembilan", "ninety nine"),
        (100, "seratus", "one hundred"),
        (101, "seratus satu", "one hundred one"),
        (110, "seratus sepuluh", "one hundred ten"),
        (111, "seratus sebelas", "one hundred eleven"),
        (200, "dua ratus", "two hundred"),
        (999, "sembilan ratus sembilan puluh sembilan", "nine hundred ninety nine"),
        (1000, "seribu", "one thousand"),
        (1002, "seribu dua", "one thousand two"),
        (1100, "seribu seratus", "one thousand one hundred"),
        (2011, "dua ribu sebelas", "two thousand eleven"),
        (11_000, "sebelas ribu", "eleven thousand"),
        (101_000, "seratus satu ribu", "one hundred one thousand"),
        (
            999_999,
            "sembilan ratus sembilan puluh sembilan ribu sembilan ratus sembilan puluh sembilan",
            "nine hundred ninety nine thousand nine hundred ninety nine",
        ),
        (1_000_000, "satu juta", "one million"),
        (2_500_000, "dua juta lima ratus ribu", "two million five hundred thousand"),
        (1_000_000_001, "satu miliar satu", "one billion one"),
    ],
)
def test_numbers(number: int, indonesian: str, english: str) -> None:
    assert said(cardinal(number, "id")) == indonesian
    assert said(cardinal(number, "en")) == english


@pytest.mark.parametrize("number", [-1, 1_000_000_000_000])
def test_numbers_without_words(number: int) -> None:
    with pytest.raises(ValueError, match="is not from 0"):
        cardinal(number, "id")


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_number_up_to_9999_sounds_different(language: str) -> None:
    assert len({said(cardinal(number, language)) for number in range(10_000)}) == 10_000


VALUES = {
    word: value
    for value, word in enumerate(
        "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
    )
}


def heard(text: str) -> int:
    """What an Indonesian would write down: the words read from left to right."""
    total = group = 0
    for part in text.split():
        match part:
            case "belas":
                group += 10
            case "puluh":
                group += 9 * (group % 10)
            case "seratus":
                group += 100
            case "ratus":
                group = group // 100 * 100 + 100 * (group % 100)
            case "seribu":
                total += 1000
            case "ribu":
                total, group = total + 1000 * group, 0
            case _:
                group += VALUES[part]
    return total + group


def test_what_is_said_is_heard_as_the_same_number() -> None:
    for number in (*range(10_000), *range(10_000, 1_000_000, 777), 999_999):
        assert heard(said(cardinal(number, "id"))) == number


@pytest.mark.parametrize(
    ("number", "eja", "bilangan"),
    [
        ("A-001", "A nol nol satu", "A satu"),
        ("A-010", "A nol satu nol", "A sepuluh"),
        ("A-012", "A nol satu dua", "A dua belas"),
        ("A-020", "A nol dua nol", "A dua puluh"),
        ("B-100", "B satu nol nol", "B seratus"),
        ("A-1002", "A satu nol nol dua", "A seribu dua"),
        ("AU-999", "A U sembilan sembilan sembilan", "A U sembilan ratus sembilan puluh sembilan"),
        ("ABC-0007", "A B C nol nol nol tujuh", "A B C tujuh"),
        ("A-000", "A nol nol nol", "A nol"),
        ("A001", "A nol nol satu", "A satu"),
    ],
)
def test_ticket_numbers(number: str, eja: str, bilangan: str) -> None:
    assert said(ticket(number, "id", "eja")) == eja
    assert said(ticket(number, "id", "bilangan")) == bilangan


def test_ticket_numbers_in_english() -> None:
    assert said(ticket("A-001", "en", "eja")) == "A zero zero one"
    assert said(ticket("B-1002", "en", "bilangan")) == "B one thousand two"


def test_what_is_no_ticket_number_is_still_read() -> None:
    assert said(ticket("Meja 2", "id", "eja")) == "Meja dua"
    assert said(ticket("", "id", "eja")) == ""


@pytest.mark.parametrize(
    ("counter", "expected"),
    [
        ("Loket 3", "Loket tiga"),
        ("Loket 10", "Loket sepuluh"),
        ("Loket 10A", "Loket sepuluh A"),
        ("Loket 10 A", "Loket sepuluh A"),
        ("Loket A10", "Loket A sepuluh"),
        ("Loket 01", "Loket nol satu"),
        ("Loket 12", "Loket dua belas"),
        ("Loket 20", "Loket dua puluh"),
        ("Loket 100", "Loket seratus"),
        ("Loket 1002", "Loket seribu dua"),
        ("LOKET 3", "loket tiga"),
        ("LOKET DUA", "loket dua"),
        ("POS UJI", "pos uji"),
        ("Loket 10a", "Loket sepuluh A"),
        ("Meja 2 & 3", "Meja dua dan tiga"),
        ("Loket Ibu & Anak", "Loket Ibu dan Anak"),
        ("Loket KTP-el", "Loket K T P elektronik"),
        ("Loket e-KTP", "Loket e K T P"),
        ("Loket ATR/BPN", "Loket A T R B P N"),
        ("Loket XI", "Loket sebelas"),
        ("Ruang 2B Lt.2", "Ruang dua B lantai dua"),
        ("Lantai 2", "Lantai dua"),
        ("Loket A1", "Loket A satu"),
        ("Kas 01", "Kas nol satu"),
        ("Loket B", "Loket B"),
        ("Meja 2", "Meja dua"),
        ("Pos Uji", "Pos Uji"),
        ("Loket BPJS 1", "Loket B P J S satu"),
        ("Loket Samsat", "Loket samsat"),
        ("Loket-4", "Loket empat"),
        ("10A", "sepuluh A"),
        ("", ""),
        ("<b>", "B"),
        ("Loket \u0663", "Loket tiga"),
    ],
)
def test_counters(counter: str, expected: str) -> None:
    assert said(name(counter, "id", TABLE)) == expected


@pytest.mark.parametrize(
    ("abbreviation", "indonesian"),
    [
        ("BPJS", "B P J S"), ("SKCK", "S K C K"), ("PLN", "P L N"), ("bjb", "B J B"),
        ("BJB", "B J B"), ("KTP", "K T P"), ("NIB", "N I B"), ("OSS", "O S S"),
        ("BNN", "B N N"), ("ATR", "A T R"), ("BPN", "B P N"), ("PDAM", "P D A M"),
        ("LKPM", "L K P M"), ("DPMPTSP", "D P M P T S P"), ("JHT", "J H T"), ("pbb", "P B B"),
        ("SIM", "sim"), ("Samsat", "samsat"), ("SAMSAT", "samsat"), ("NIK", "nik"),
        ("Polres", "polres"), ("Disdukcapil", "disdukcapil"), ("TASPEN", "taspen"),
        # Not in the table: without a vowel it can only be spelled, and short capitals are.
        ("XRTZ", "X R T Z"), ("EXZ", "E X Z"), ("SIMPEL", "simpel"), ("Kota", "Kota"),
    ],
)  # fmt: skip
def test_abbreviations(abbreviation: str, indonesian: str) -> None:
    assert said(word(abbreviation, "id", TABLE)) == indonesian


def test_a_word_is_named_after_itself_for_its_recording() -> None:
    assert [one.clip for one in name("Loket 10A", "id", TABLE)] == ["loket", "sepuluh", "a"]
    assert [one.clip for one in digits("07", "id")] == ["0", "7"]
    assert [one.clip for one in letters("aZ")] == ["a", "z"]
    assert [one.clip for one in cardinal(1_212, "id")] == ["seribu", "2", "ratus", "2", "belas"]
    assert name("../../etc", "id", TABLE)[0].clip == "etc"


def test_an_administrators_table_goes_before_ours(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text(
        """
        spell = ["SIM", "Zebra"]
        word = ["BPJS"]

        [id]
        SKCK = "surat kelakuan baik"
        AB12 = "A B dua belas"
        """,
        encoding="utf-8",
    )
    table = abbreviations(file)
    assert said(word("SIM", "id", table)) == "S I M"
    assert said(word("zebra", "id", table)) == "Z E B R A"
    assert said(word("BPJS", "id", table)) == "bpjs"
    assert said(word("SKCK", "id", table)) == "surat kelakuan baik"
    assert said(word("SKCK", "en", table)) == "S K C K"  # said in English as before
    assert said(name("AB12", "id", table)) == "A B dua belas"
    assert said(word("PLN", "id", table)) == "P L N"  # ours is still there


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("spell = 'BPJS'", "spell: write a list"),
        ("spell = [1]", "spell: write a list"),
        ("spell = ['']", "spell: write a list"),
        ("spell = ['A1']", "more than the letters"),
        ("word = [[]]", "word: write a list"),
        ("id = 1", "id: write a table"),
        ("[id]\nx = 1", r"\[id\] x: write what is said"),
        ("[id]\na.n = 'x'", r"\[id\] a: .* a word with a dot in quotes"),
        ("[su]\nx = 'y'", "'su' is not known"),
        ("[", "is not TOML"),
    ],
)
def test_a_faulty_table_says_where(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "words.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadWords, match=fault) as refused:
        abbreviations(file)
    assert str(file) in str(refused.value)


def test_a_table_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(BadWords, match="No such file"):
        abbreviations(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadWords, match="is not TOML"):
        abbreviations(tmp_path / "bytes.toml")
