"""Numbers and letters as words of Indonesian and English, each with the name of its recording.

Pure. A single capital letter is read by its name: A, be, ce, de.
"""

from typing import NamedTuple

LANGUAGES = ("id", "en")
"""What there is a voice for."""

LIMIT = 1_000_000_000_000
"""There are words for the numbers below this one."""


class Word(NamedTuple):
    """said: what the voice reads; clip: the recording that may stand for it, without `.wav`."""

    said: str
    clip: str


_DIGITS = {
    "id": "nol satu dua tiga empat lima enam tujuh delapan sembilan".split(),
    "en": "zero one two three four five six seven eight nine".split(),
}
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def cardinal(number: int, language: str) -> tuple[Word, ...]:
    """`number` (from 0, below `LIMIT`) as one says it. Raises ValueError for others."""
    if not 0 <= number < LIMIT:
        raise ValueError(f"{number} is not from 0 to {LIMIT - 1}")
    if number == 0:
        return (_digit("0", language),)
    return tuple(_indonesian(number) if language == "id" else _english(number))


def digits(text: str, language: str) -> tuple[Word, ...]:
    """Each digit of `text` for itself."""
    return tuple(_digit(digit, language) for digit in text)


def number(text: str, language: str) -> tuple[Word, ...]:
    """Digits as a number; digit by digit when it begins with 0 or has more than six: such are
    the numbers of documents."""
    if (int(text[0]) == 0 and len(text) > 1) or len(text) > 6:
        return digits(text, language)
    return cardinal(int(text), language)


def letters(text: str) -> tuple[Word, ...]:
    """The names of the letters (A to Z, any case) of `text`, in any language: single capitals."""
    return tuple(Word(letter.upper(), letter.lower()) for letter in text)


def _digit(digit: str, language: str) -> Word:
    value = int(digit)  # also of another script's
    return Word(_DIGITS[language][value], str(value))


def _same(*words: str) -> list[Word]:
    return [Word(word, word) for word in words]


def _indonesian(number: int) -> list[Word]:
    """From 1: belas, puluh, and se- for one ten, hundred or thousand."""
    if number >= 1_000_000:
        name, size = _large(number, "juta", "miliar")
        head, rest = [*_indonesian(number // size), *_same(name)], number % size
    elif number >= 1000:
        thousands, rest = divmod(number, 1000)
        head = _same("seribu") if thousands == 1 else [*_indonesian(thousands), *_same("ribu")]
    elif number >= 100:
        hundreds, rest = divmod(number, 100)
        head = _same("seratus") if hundreds == 1 else [*_indonesian(hundreds), *_same("ratus")]
    elif number >= 20:
        tens, rest = divmod(number, 10)
        head = [_digit(str(tens), "id"), *_same("puluh")]
    elif number >= 12:
        return [_digit(str(number - 10), "id"), *_same("belas")]
    elif number >= 10:
        return _same(("sepuluh", "sebelas")[number - 10])
    else:
        return [_digit(str(number), "id")]
    return head + (_indonesian(rest) if rest else [])


def _large(number: int, million: str, milliard: str) -> tuple[str, int]:
    return (milliard, 1_000_000_000) if number >= 1_000_000_000 else (million, 1_000_000)


def _english(number: int) -> list[Word]:
    if number >= 1_000_000:
        name, size = _large(number, "million", "billion")
        head, rest = [*_english(number // size), *_same(name)], number % size
    elif number >= 1000:
        thousands, rest = divmod(number, 1000)
        head = [*_english(thousands), *_same("thousand")]
    elif number >= 100:
        hundreds, rest = divmod(number, 100)
        head = [*_english(hundreds), *_same("hundred")]
    elif number >= 20:
        tens, rest = divmod(number, 10)
        head = _same(_TENS[tens - 2])
    elif number >= 10:
        return _same(_TEENS[number - 10])
    else:
        return [_digit(str(number), "en")]
    return head + (_english(rest) if rest else [])
