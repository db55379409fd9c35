"""The phrase of a call: what is said, piece by piece. Pure.

Indonesian: Nomor antrean A nol nol satu, silakan menuju ke Loket tiga.
English:    Queue number A zero zero one, please proceed to Counter three.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from antrean.domain.catalogue import Catalogue, Text
from antrean.hall.ports import CallRequest
from antrean.voice.numbers import LANGUAGES, Word
from antrean.voice.texts import named, normalise
from antrean.voice.words import Abbreviations, clip_name, name, ticket

Names: TypeAlias = Mapping[tuple[str, str], str]
"""(kind, name in small letters): id; kinds are counter, agency and service."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a phrase. `whole`: a recording that may stand for all its words."""

    words: tuple[Word, ...]
    whole: str | None = None
    pause: bool = False  # a comma follows


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is said in one language."""

    language: str
    parts: tuple[Part, ...] = ()
    free: str = field(default="")  # a free text, normalised, in place of parts

    @property
    def said(self) -> str:
        if self.free:
            return self.free
        spoken = ""
        for part in self.parts:
            words = " ".join(word.said for word in part.words if word.said)
            spoken += f" {words}," if part.pause else f" {words}"
        return spoken.strip().rstrip(",") + "."


@dataclass(frozen=True, slots=True)
class _Sayings:
    """The fixed words of a language; the recordings are named after them."""

    number: str
    priority: str
    go: str
    again: str


SAYINGS: Mapping[str, _Sayings] = {
    "id": _Sayings(
        "Nomor antrean", "Nomor antrean prioritas", "silakan menuju ke", "Panggilan ulang"
    ),
    "en": _Sayings("Queue number", "Priority queue number", "please proceed to", "Repeated call"),
}


def of_call(request: CallRequest, language: str, table: Abbreviations, names: Names) -> Phrase:
    """The phrase of a call in `language`, one of `LANGUAGES`."""
    sayings = SAYINGS[language]
    opening = sayings.priority if request.is_priority else sayings.number
    place = in_language(request.counter_name, language)
    whole = f"counter-{request.counter}" if request.counter else _clip("counter", place, names)
    parts = [
        fixed(opening),
        Part(ticket(request.number, language, request.settings.spelling), pause=True),
        fixed(sayings.go),
        Part(name(place, language, table), whole, pause=True),
    ]
    if request.is_recall:
        parts.insert(0, fixed(sayings.again, pause=True))
    for kind, text in (("agency", request.agency), ("service", request.service)):
        if text is not None and (called := in_language(text, language)):
            word = named(called, language, table)
            parts.append(Part((word,), _clip(kind, called, names), pause=True))
    return Phrase(language, tuple(parts))


def of_text(text: str, language: str, table: Abbreviations) -> Phrase:
    """A free text; nothing to be said in it leaves `said` empty but for a full stop."""
    return Phrase(language, (), normalise(text, language, table))


def names_of(catalogue: Catalogue) -> Names:
    """Ids by name: requests carry names, recordings are named after ids."""
    found: dict[tuple[str, str], str] = {}
    for counter in catalogue.counters.values():
        _note(found, "counter", counter.name, counter.id)
    for service in catalogue.services.values():
        _note(found, "service", service.name, service.id)
    for agency in catalogue.agencies.values():
        _note(found, "agency", agency.name, agency.id)
        _note(found, "agency", agency.short, agency.id)
    return found


def _note(found: dict[tuple[str, str], str], kind: str, text: Text, identifier: str) -> None:
    for value in text.values():
        found.setdefault((kind, value.casefold()), identifier)


def fixed(saying: str, *, pause: bool = False) -> Part:
    return Part((Word(saying, clip_name(saying)),), pause=pause)


def _clip(kind: str, text: str, names: Names) -> str | None:
    identifier = names.get((kind, text.casefold()))
    return f"{kind}-{identifier}" if identifier else None


def in_language(text: Text, language: str) -> str:
    """The text in `language`, else in the first there is; "" for none."""
    return text.get(language) or next(iter(text.values()), "")


def spoken_languages(wanted: tuple[str, ...], site: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `wanted` (or, when empty, the first of the site) that have a voice; Indonesian
    where none has."""
    for languages in (wanted, site):
        found = tuple(dict.fromkeys(lang for lang in languages if lang in LANGUAGES))
        if found:
            return found if wanted else found[:1]
    return LANGUAGES[:1]
