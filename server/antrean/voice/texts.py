"""Free texts as they are said: numbers, times, money, dates and abbreviations as words. Pure.

What a voice would stumble over (brackets, emojis, mark-up) is left out.
"""

import re
from collections.abc import Callable, Mapping

from antrean.voice.numbers import LIMIT, Word, cardinal, digits, letters, number
from antrean.voice.words import Abbreviations, clip_name, ticket, word

_TOKEN = re.compile(
    r"""
      (?P<money>\bRp\.?\s?\d[\d.,]*)
    | (?P<phone>(?<![\w.,])(?:\+62|0)\d{1,3}(?:[\s-]?\d{3,5}){2,3}(?![\w]))
    | (?P<date>\b\d{1,2}[/-]\d{1,2}[/-]\d{4}\b)
    | (?P<ordinal>\b\d+(?:st|nd|rd|th)\b | \bke-\d{1,6}\b)
    | (?P<ticket>\b[A-Z]{1,3}-\d{3,6}\b)
    | (?P<time>\b(?:[01]?\d|2[0-4])[.:][0-5]\d\b(?![.,:]?\d))
    | (?P<number>\d[\d.,]*\d|\d)
    | (?P<word>[^\W\d_]+(?:['\u2019.-][^\W\d_]+)*\.?)
    | (?P<stop>[.,;:!?…]+)
    | (?P<dash>[-\u2013\u2014])
    | (?P<sign>[&%+/@=])
    | (?P<bracket>[()\[\]])
    | (?P<break>\s*\n\s*)
    | (?P<rest>\s+|.)
    """,
    re.VERBOSE,
)

_MONTHS = {
    "id": (
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
    ).split(),
    "en": (
        "January February March April May June July August September October November December"
    ).split(),
}
_SIGNS: Mapping[str, Mapping[str, str]] = {
    "id": {"&": "dan", "%": "persen", "+": "plus", "@": "at", "=": "sama dengan"},
    "en": {"&": "and", "%": "percent", "+": "plus", "@": "at", "=": "equals"},
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "id": {"to": "sampai", "dot": "titik", "per": "per", "point": "koma", "rupiah": "rupiah"},
    "en": {"to": "to", "dot": "dot", "per": "per", "point": "point", "rupiah": "rupiah"},
}


def normalise(text: str, language: str, table: Abbreviations) -> str:
    """What the voice reads for `text`: words, and marks that make it pause."""
    return _Reader(text, language, table).read()


def named(text: str, language: str, table: Abbreviations) -> Word:
    """A longer name (of an agency, a service) as one piece."""
    return Word(normalise(text, language, table).rstrip("."), clip_name(text))


class _Reader:
    """One text on its way to words."""

    def __init__(self, text: str, language: str, table: Abbreviations) -> None:
        self._text = text.replace("\r", "\n")
        self._language = language
        self._table = table
        self._tokens = list(_TOKEN.finditer(self._text))
        capitals = sum(c.isupper() for c in text)
        # A text in capitals throughout: its short words are words, not abbreviations.
        self._shouted = capitals > 12 and capitals > 2 * sum(c.islower() for c in text)
        self._out: list[str] = []
        self._kinds: Mapping[str, Callable[[str, int], None]] = {
            "money": self._money,
            "phone": self._phone,
            "date": self._date,
            "ordinal": self._ordinal,
            "ticket": lambda text, _: self._say(ticket(text, language, "eja")),
            "time": self._time,
            "number": lambda text, _: self._number(text),
            "word": self._word,
            "stop": lambda text, _: self._pause(text[-1] if text[-1] != "…" else "."),
            "dash": self._dash,
            "sign": self._sign,
            "bracket": lambda text, _: self._pause(","),
            "break": lambda text, _: self._pause("."),
            "rest": lambda text, _: None,
        }

    def read(self) -> str:
        for index, token in enumerate(self._tokens):
            self._kinds[token.lastgroup or "rest"](token.group(), index)
        return "".join(self._out).rstrip(",;: ")

    def _put(self, said: str) -> None:
        self._out.append(f" {said}" if self._out else said)

    def _say(self, words: tuple[Word, ...]) -> None:
        self._put(" ".join(word.said for word in words))

    def _pause(self, mark: str) -> None:
        """One mark; of several in a row the first counts."""
        if self._out and self._out[-1][-1] not in ".,;:!?":
            self._out.append(mark)

    def _kind(self, index: int) -> str:
        """The kind of a token's neighbour, spaces skipped."""
        return self._tokens[index].lastgroup or "" if 0 <= index < len(self._tokens) else ""

    def _near(self, index: int, step: int) -> tuple[str, str, bool]:
        """Kind and text of the next token that is not space, and whether it touches this one."""
        place = index + step
        while self._kind(place) == "rest" and self._tokens[place].group().isspace():
            place += step
        if not 0 <= place < len(self._tokens):
            return "", "", False
        return self._kind(place), self._tokens[place].group(), place == index + step

    def _number(self, text: str) -> None:
        whole, fraction = _split(text, self._language)
        if whole is None:  # neither grouped nor decimal: its parts, one after the other
            for part in re.findall(r"\d+", text):
                self._say(number(part, self._language))
            return
        grouped = len(whole) < len(text) and int(whole) < LIMIT
        read = cardinal(int(whole), self._language) if grouped else number(whole, self._language)
        self._say(read)
        if fraction:
            self._put(_WORDS[self._language]["point"])
            self._say(digits(fraction, self._language))

    def _money(self, text: str, index: int) -> None:
        plain = text[2:].lstrip(". \t\u00a0").rstrip(".,")
        self._number(re.sub(r"[.,]00$", "", plain))
        self._put(_WORDS[self._language]["rupiah"])
        if text[-1] in ".,":
            self._pause(text[-1])

    def _phone(self, text: str, index: int) -> None:
        groups = re.findall(r"\d+", text)
        self._put(", ".join(" ".join(w.said for w in digits(g, self._language)) for g in groups))

    def _date(self, text: str, index: int) -> None:
        day, month, year = re.split("[/-]", text)
        if 1 <= int(month) <= 12:
            self._say(number(day.lstrip("0") or "0", self._language))
            self._put(_MONTHS[self._language][int(month) - 1])
            self._say(number(year, self._language))
        else:
            for part in (day, month, year):
                self._say(number(part, self._language))

    def _ordinal(self, text: str, index: int) -> None:
        if text.startswith("ke-"):
            said = " ".join(w.said for w in number(text[3:], "id"))
            self._put("ke" + said if self._language == "id" else said)
        else:
            self._put(text)  # espeak's English knows 2nd

    def _time(self, text: str, index: int) -> None:
        if self._language == "en" and "." in text and self._near(index, -1)[1].lower() != "at":
            self._number(text)
            return
        hour, minute = re.split("[.:]", text)
        self._say(number(hour.lstrip("0") or "0", self._language))
        if minute != "00":
            self._say(number(minute, self._language))
        elif self._language == "en":
            self._put("o'clock")

    def _word(self, text: str, index: int) -> None:
        if text.casefold() == "no." and self._near(index, 1)[0] not in ("number", "ticket"):
            self._word(text[:-1], index)
            self._pause(".")
            return
        known = self._table.find(text, self._language)
        stops = text.endswith(".") and known is None
        text = text.rstrip(".") if stops else text
        if known is not None or self._table.find(text, self._language) is not None:
            self._say(word(text, self._language, self._table))
        else:
            self._parts(text, index)
        if stops:
            self._pause(".")

    def _parts(self, text: str, index: int) -> None:
        """A word the table lacks, maybe of several: undang-undang, DPM-PTSP, contoh.go.id."""
        counted = self._near(index, -1)[0] == "number" and self._near(index, -1)[2]  # 10A
        article = (text, self._language) == ("A", "en") and self._near(index, 1)[1].islower()
        if article and not counted:
            self._put("a")  # the article
            return
        for place, half in enumerate(text.split(".")):
            if place:
                self._put(_WORDS[self._language]["dot"])
            whole = half if half == half.lower() else ""
            for part in [whole] if "-" in whole else half.split("-"):
                if counted and len(part) == 1 and part.isascii():
                    self._say(letters(part, self._language))
                else:
                    self._say(word(part, self._language, self._table, shouted=self._shouted))

    def _dash(self, text: str, index: int) -> None:
        before, after = self._near(index, -1), self._near(index, 1)
        numbers = ("number", "time", "money", "date", "ticket")
        if before[0] in numbers and after[0] in numbers:
            self._put(_WORDS[self._language]["to"])
        elif not (before[2] and after[2]):
            self._pause(",")

    def _sign(self, text: str, index: int) -> None:
        said = _SIGNS[self._language].get(text)
        if said is not None:
            self._put(said)
            return
        before, after = self._near(index, -1), self._near(index, 1)
        if before[0] in ("money", "number") and after[0] == "word" and after[1].islower():
            self._put(_WORDS[self._language]["per"])
        elif after[1].isupper():  # ATR/BPN, RT 01/RW 02: two names
            self._pause(",")


def _split(text: str, language: str) -> tuple[str | None, str]:
    """(whole, fraction) of a number; whole is None where the marks make no sense."""
    group, point = (".", ",") if language == "id" else (",", ".")
    whole, _, fraction = text.partition(point)
    if fraction and not fraction.isdigit():
        return None, ""
    plain = whole.replace(group, "")
    if group in whole and not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+", whole):
        return None, ""
    return "".join(str(int(c)) for c in plain), "".join(str(int(c)) for c in fraction)
