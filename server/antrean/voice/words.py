"""How single words, ticket numbers and names of counters are read. Pure but for `read`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from antrean.voice.numbers import LANGUAGES, Word, digits, letters, number

OURS = Path(__file__).with_name("abbreviations.toml")

Reading: TypeAlias = tuple[Word, ...]

_VOWELS = frozenset("aeiouAEIOU")
_TICKET = re.compile(r"([A-Z]{1,3})-?([0-9]+)")
_PART = re.compile(r"\d+|&|[^\W\d_]+(?:['\u2019.-][^\W\d_]+)*\.?")
_AND = {"id": Word("dan", "dan"), "en": Word("and", "and")}
_PLAIN = re.compile(r"[A-Za-z]+")


class BadWords(Exception):
    """A table of abbreviations that cannot be used; the text names the file and the fault."""


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """By language and word (in lower case) what is said for it."""

    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def find(self, word: str, language: str) -> str | None:
        """What is said for `word`, letters as single capitals; None when the table lacks it."""
        return self.said.get(language, {}).get(word.casefold())

    def extended(self, later: "Abbreviations") -> "Abbreviations":
        """These and those of `later`, which go before."""
        return Abbreviations(
            {
                language: {**self.said.get(language, {}), **later.said.get(language, {})}
                for language in LANGUAGES
            }
        )


def read(path: Path) -> Abbreviations:
    """The table of a TOML file. Raises BadWords."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadWords(f"{path}: {error.strerror}") from error
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError are some
        raise BadWords(f"{path} is not TOML: {error}") from error
    for key in raw:
        if key not in ("spell", "word", *LANGUAGES):
            raise BadWords(f"{path}: {key!r} is not known; there are spell, word, [id] and [en]")
    said: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        own = said[language] = {}
        for word in _listed(raw, "word", path):
            own[word.casefold()] = word.lower()
        for word in _listed(raw, "spell", path):
            if not _PLAIN.fullmatch(word):
                raise BadWords(f"{path}, spell: {word!r} has more than the letters A to Z")
            own[word.casefold()] = " ".join(word.upper())
        own.update(_table(raw, language, path))
    return Abbreviations(said)


def abbreviations(extra: Path | None = None) -> Abbreviations:
    """Ours, and those of an administrator's file before them. Raises BadWords."""
    ours = read(OURS)
    return ours if extra is None else ours.extended(read(extra))


def _listed(raw: Mapping[str, Any], key: str, path: Path) -> list[str]:
    value = raw.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise BadWords(f'{path}, {key}: write a list of texts, {key} = ["BPJS", "PLN"]')
    return value


def _table(raw: Mapping[str, Any], language: str, path: Path) -> dict[str, str]:
    value = raw.get(language, {})
    if not isinstance(value, dict):
        raise BadWords(f"{path}, {language}: write a table, [{language}]")
    for word, said in value.items():
        if not isinstance(said, str) or not said.strip():
            remedy = 'write what is said, "be je be"; a word with a dot in quotes, "a.n" = "..."'
            raise BadWords(f"{path}, [{language}] {word}: {remedy}")
    return {word.casefold(): said for word, said in value.items()}


def ticket(text: str, language: str, spelling: str) -> Reading:
    """A ticket number: `eja` spells it (A nol nol satu), `bilangan` reads it (A satu).

    A text that is no ticket number is read as a name.
    """
    found = _TICKET.fullmatch(text)
    if found is None:
        return name(text, language, Abbreviations())
    prefix, count = found.groups()
    plain = count.lstrip("0") or "0"
    spoken = digits(count, language) if spelling == "eja" else number(plain, language)
    return (*letters(prefix), *spoken)


def name(text: str, language: str, table: Abbreviations) -> Reading:
    """A short name, such as a counter's: Loket 10A is "Loket sepuluh A"."""
    found: list[Word] = []
    whole = table.find(text, language)
    if whole is not None:
        return spelled_out(whole, language)
    for part in _PART.findall(text):
        if part.isdecimal():
            found.extend(number(part, language))
        elif part == "&":
            found.append(_AND[language])
        elif table.find(part, language) is not None:
            found.extend(word(part, language, table))
        else:
            for one in part.split("-"):
                found.extend(_named(one, language, table))
    return tuple(found)


def _named(text: str, language: str, table: Abbreviations) -> Reading:
    """A word of a name: a single letter is one, also when it is small, as in Loket 10a."""
    if len(text) == 1 and text.isascii():
        return letters(text)
    return word(text, language, table)


def word(text: str, language: str, table: Abbreviations, *, shouted: bool = False) -> Reading:
    """One word: by the table, else letter by letter when it can be nothing but an abbreviation.

    shouted   the text around it stands in capitals too: then a short word is just a word
    """
    said = table.find(text, language)
    if said is None and text.endswith("."):
        text = text.rstrip(".")
        said = table.find(text, language)
    if said is not None:
        return spelled_out(said, language)
    if _PLAIN.fullmatch(text) and _is_abbreviation(text, shouted):
        return letters(text)
    return (Word(text.lower() if text.isupper() else text, clip_name(text)),)


def _is_abbreviation(text: str, shouted: bool) -> bool:
    if len(text) == 1:
        return text.isupper()
    if text.casefold() in _SHORT:
        return False
    return not _VOWELS & set(text) or (text.isupper() and len(text) <= 3 and not shouted)


# Words that are words, although they have no vowel or stand in capitals to be seen.
_SHORT = frozenset(
    "by my try dry fly sky why cry gym shy hmm".split()
    + "ada air api apa bus cek dan di dua hak ibu ini isi itu jam kas ke mau nol per pos".split()
    + "tak tes uji via all and any are at be do due for in is may new no not now of off on".split()
    + "one or our out see six ten the to two up use we you".split()
)


def spelled_out(said: str, language: str) -> Reading:
    """What a table says for a word: its single capitals are names of letters."""
    found: list[Word] = []
    for part in said.split():
        if len(part) == 1 and part.isascii() and part.isupper():
            found.extend(letters(part))
        else:
            found.append(Word(part, clip_name(part)))
    return tuple(found)


def clip_name(text: str) -> str:
    """The name of a word's recording: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
