"""Free texts as they are said: numbers, times, money, dates and abbreviations as words. Pure.

What a voice would stumble over (brackets, emojis, mark-up) is left out.
"""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from antrean.voice.numbers import LIMIT, Word, cardinal, digits, letters, number
from antrean.voice.words import Abbreviations, clip_name, ticket, word

_TOKEN = re.compile(
    r"""
      (?P<money>\b(?:Rp\.?|IDR)\s?\d[\d.,]*
        (?:\s?(?:ribu|rb|juta|jt|miliar|triliun|thousand|million|billion)\b)?)
    | (?P<phone>(?<![\w.,])(?:
        (?:\+62[\s-]?|0)\d{1,3}(?:[\s-]?\d{3,5}){2,3}
        | \+62[\s-]?\d{2}[\s-]?\d{5,8}
        | \(0\d{2,3}\)\s?\d{3,4}[\s-]?\d{3,5}
        | 1500[\s-]?\d{3}
      )(?![\w]))
    | (?P<date>\b(?:\d{4}-\d{2}-\d{2}|(?:\d{1,2}[./-]){2}\d{4}|(?:\d{1,2}/){2}\d{2})\b)
    | (?P<ordinal>\b\d+(?:st|nd|rd|th)\b | \b[Kk][Ee]-\d{1,6}\b)
    | (?P<ticket>\b[A-Z]{1,3}-\d{3,6}\b)
    | (?P<before>\bH-(?=\d))
    | (?P<fraction>[\u00bd\u00bc\u00be]|(?<![\d/.,-])(?:1/2|1/4|3/4)(?![\d/.,-]))
    | (?P<times>(?<=\d)(?:\s?[xX\u00d7]\s?(?=\d)|[x\u00d7](?!\w)))
    | (?P<scheme>https?://)
    | (?P<time>\b(?:[01]?\d|2[0-4])[.:][0-5]\d(?![.,:]?\d))
    | (?P<number>\d[\d.,]*\d|\d)
    | (?P<word>\bs/d\b|(?<![^\W\d_])m[2\u00b2](?!\w)|[^\W\d_]+(?:['\u2019.-][^\W\d_]+)*\.?)
    | (?P<stop>[.,;:!?…]+)
    | (?P<dash>[-\u2013\u2014])
    | (?P<sign>[&%+/@=\u00b1]|\#(?=\d))
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
    "id": {
        "&": "dan", "%": "persen", "+": "plus", "@": "et", "=": "sama dengan",
        "\u00b1": "kurang lebih", "#": "nomor",
        "\u00bd": "setengah", "\u00bc": "seperempat", "\u00be": "tiga perempat",
    },
    "en": {
        "&": "and", "%": "percent", "+": "plus", "@": "at", "=": "equals",
        "\u00b1": "about", "#": "number",
        "\u00bd": "half", "\u00bc": "a quarter", "\u00be": "three quarters",
    },
}  # fmt: skip
_FRACTIONS = {"1/2": "\u00bd", "1/4": "\u00bc", "3/4": "\u00be"}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "id": {
        "to": "sampai", "dot": "titik", "per": "per", "point": "koma", "rupiah": "rupiah",
        "slash": "garis miring", "times": "kali", "by": "kali", "minus": "minus",
    },
    "en": {
        "to": "to", "dot": "dot", "per": "per", "point": "point", "rupiah": "rupiah",
        "slash": "slash", "times": "times", "by": "by", "minus": "minus",
    },
}  # fmt: skip

# What a dash or hyphen between two of them means "to" for.
_SPANS = frozenset(
    " ".join((*_MONTHS["id"], *_MONTHS["en"])).casefold().split()
    + "senin selasa rabu kamis jumat sabtu minggu ahad".split()
    + "monday tuesday wednesday thursday friday saturday sunday".split()
    + "mon tue wed thu fri sat sun".split()
)
_CLOCKS = frozenset("wib wita wit am pm".split())
# English "10.30" is a time after these.
_TIMELY = frozenset(
    "at from to until till by before after between and open opens close closes".split()
)
_TWICE = re.compile(r"\b(\d{1,6})\s?\(([a-z ]+)\)")  # 3 (tiga)


def normalise(text: str, language: str, table: Abbreviations) -> str:
    """What the voice reads for `text`: words, and marks that make it pause."""
    return _Reader(text, language, table).read()


def named(text: str, language: str, table: Abbreviations) -> Word:
    """A longer name (of an agency, a service) as one piece."""
    return Word(normalise(text, language, table).rstrip("."), clip_name(text))


class _Reader:
    """One text on its way to words."""

    def __init__(self, text: str, language: str, table: Abbreviations) -> None:
        self._text = _TWICE.sub(_once, text)
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
            "before": self._before,
            "fraction": self._fraction,
            "times": self._times,
            "scheme": lambda text, _: None,
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
        """One mark; of several in a row the first that is no comma counts."""
        if self._out and self._out[-1] == ",":
            self._out[-1] = mark
        elif self._out and self._out[-1][-1] not in ".,;:!?":
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
        _, amount, size = re.split(r"(\d[\d.,]*)", text)
        plain = re.sub(r"[.,]00$", "", amount.rstrip(".,"))
        if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain):  # in either language's way
            plain = re.sub("[.,]", "", plain)
            read = cardinal(int(plain), self._language) if int(plain) < LIMIT else None
            self._say(read or digits(plain, self._language))
        else:
            self._number(plain)
        if size.strip():
            self._say(word(size.strip(), self._language, self._table))
        self._put(_WORDS[self._language]["rupiah"])
        if text[-1] in ".,":
            self._pause(text[-1])

    def _phone(self, text: str, index: int) -> None:
        groups = re.findall(r"\d+", text)
        if text.startswith("+"):
            self._put(_SIGNS[self._language]["+"])
        self._put(", ".join(" ".join(w.said for w in digits(g, self._language)) for g in groups))

    def _date(self, text: str, index: int) -> None:
        day, month, year = re.split("[./-]", text)
        if len(day) == 4:
            day, year = year, day
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            self._say(number(day.lstrip("0"), self._language))
            self._put(_MONTHS[self._language][int(month) - 1])
            self._say(number(year if len(year) == 4 else f"20{year}", self._language))
        else:
            for part in (day, month, year):
                self._say(number(part, self._language))

    def _ordinal(self, text: str, index: int) -> None:
        if text[:3].casefold() == "ke-":
            said = " ".join(w.said for w in number(text[3:], "id"))
            self._put("ke" + said if self._language == "id" else said)
        else:
            self._put(text)  # espeak's English knows 2nd

    def _before(self, text: str, index: int) -> None:
        """Days before a day: H-1."""
        self._put("H " + _WORDS[self._language]["minus"])

    def _fraction(self, text: str, index: int) -> None:
        self._put(_SIGNS[self._language][_FRACTIONS.get(text, text)])

    def _times(self, text: str, index: int) -> None:
        """3x4 is one by the other, 2x is twice."""
        between = self._near(index, 1)[0] == "number"
        self._put(_WORDS[self._language]["by" if between else "times"])

    def _time(self, text: str, index: int) -> None:
        hour, minute = re.split("[.:]", text)
        before, after = self._near(index, -1), self._near(index, 1)
        noon = _letters_of(after[1])[:2] in ("am", "pm")
        timely = before[1].casefold() in _TIMELY or "dash" in (before[0], after[0])
        if self._language == "en" and "." in text and not (noon or timely):
            self._number(text)
            return
        self._say(number(hour.lstrip("0") or "0", self._language))
        if minute != "00":
            self._say(number(minute, self._language))
        elif self._language == "en" and not noon:
            self._put("o'clock" if 1 <= int(hour) <= 12 else "hundred hours")

    def _word(self, text: str, index: int) -> None:
        if text.casefold() == "no." and self._near(index, 1)[0] not in ("number", "ticket"):
            self._word(text[:-1], index)
            self._pause(".")
            return
        after = self._near(index, 1)
        if after[0] in ("number", "time", "ticket", "date") and text.isalpha():
            dotted = self._table.find(f"{text}.", self._language)  # No 5, pkl 9
            text = text if dotted is None else f"{text}."
        known = self._table.find(text, self._language)
        stops = text.endswith(".") and known is None
        text = text.rstrip(".") if stops else text
        if known is not None or self._table.find(text, self._language) is not None:
            self._say(word(text, self._language, self._table))
        else:
            self._parts(text, index)
        if stops and after[0] != "stop":
            self._pause(".")

    def _parts(self, text: str, index: int) -> None:
        """A word the table lacks, maybe of several: undang-undang, DPM-PTSP, contoh.go.id."""
        before, after = self._near(index, -1), self._near(index, 1)
        counted = before[0] == "number" and before[2]  # 10A
        opens = before[0] in ("", "stop", "break", "bracket") or before[1].endswith(".")
        if (text, self._language) == ("A", "en") and opens and after[1].islower():
            self._put("a")  # the article
            return
        if before[0] in ("number", "time") and _letters_of(text) in ("am", "pm"):
            self._say(letters(text.replace(".", "")))
            return
        halves = text.split(".")
        initials = all(len(half) == 1 and half.isupper() for half in halves)  # S.H.
        for half, following in pairwise(halves):
            if self._table.find(f"{half}.", self._language) is not None:  # Jl.Sudirman
                self._say(word(f"{half}.", self._language, self._table))
                continue
            self._half(half, counted)
            if following[:1].islower():
                self._put(_WORDS[self._language]["dot"])
            elif not initials:
                self._pause(".")
        self._half(halves[-1], counted)

    def _half(self, text: str, counted: bool) -> None:
        """What stands between two dots."""
        parts = text.split("-")
        if len(parts) == 2 and all(part.casefold() in _SPANS for part in parts):
            self._put(f" {_WORDS[self._language]['to']} ".join(parts))
            return
        for part in [text] if text == text.lower() else parts:
            if counted and len(part) == 1 and part.isascii():
                self._say(letters(part))
            else:
                self._say(word(part, self._language, self._table, shouted=self._shouted))

    def _spans(self, kind: str, text: str) -> bool:
        numbers = ("number", "time", "money", "date", "ticket")
        return kind in numbers or text == "%" or _letters_of(text) in _SPANS | _CLOCKS

    def _dash(self, text: str, index: int) -> None:
        before, after = self._near(index, -1), self._near(index, 1)
        falls = before[1].isdecimal() and after[1].isdecimal() and int(before[1]) > int(after[1])
        single = text != "-" and all(re.fullmatch("[A-Z]", near[1]) for near in (before, after))
        if single or (self._spans(*before[:2]) and self._spans(*after[:2]) and not falls):
            self._put(_WORDS[self._language]["to"])
        elif falls or not (before[2] and after[2]):
            self._pause(",")

    def _sign(self, text: str, index: int) -> None:
        said = _SIGNS[self._language].get(text)
        if said is not None:
            self._put(said)
            return
        before, after = self._near(index, -1), self._near(index, 1)
        amount = before[0] in ("money", "number") or before[1] == "%"
        if amount and after[0] == "word" and after[1].islower():
            self._put(_WORDS[self._language]["per"])
        elif before[0] == after[0] == "number":
            self._put(_WORDS[self._language]["slash"])
        elif after[1].isupper():  # ATR/BPN, RT 01/RW 02: two names
            self._pause(",")


def _letters_of(text: str) -> str:
    return text.casefold().replace(".", "")


def _once(found: re.Match[str]) -> str:
    """An officials' 3 (tiga) is said once."""
    count, words = found.groups()
    said = " ".join(word.said for word in number(count, "id"))
    return count if said == words else found.group()


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
