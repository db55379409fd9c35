"""Recordings of an administrator in place of the machine's voice.

A folder with `id/` and `en/`, each with a WAV file for each word (docs/voice.md); `chime.wav`
beside them replaces the gong. A phrase is joined from them when all its pieces are there, and
never mixed with the machine's voice.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from antrean.domain.catalogue import Catalogue, Text
from antrean.voice.numbers import LANGUAGES, Word, cardinal, digits
from antrean.voice.phrases import SAYINGS, Part, Phrase, fixed, in_language
from antrean.voice.sound import BadSound, recording
from antrean.voice.words import Abbreviations, name, ticket

CHIME = "chime.wav"
WORD_PAUSE = 0.04  # seconds; recordings are cut close
COMMA_PAUSE = 0.22

_NUMBERS = {
    "id": (10, 11, 12, 20, 100, 200, 1000, 2000),
    "en": (*range(10, 21), 30, 40, 50, 60, 70, 80, 90, 100, 1000),
}
"""Numbers whose words are those of all numbers up to 999,999."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Files to be played as one, each with the pause after it in seconds."""

    files: tuple[Path, ...]
    pauses: tuple[float, ...]

    def key(self) -> str:
        """What changes when a recording does. Raises OSError when one is gone."""
        about = [(file, file.stat()) for file in self.files]
        return repr([(str(f), a.st_mtime_ns, a.st_size) for f, a in about] + [*self.pauses])


class Recordings:
    """The folder. It is looked at anew for each phrase, so that files can be added any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def chime(self) -> Joined | None:
        path = self._folder / CHIME
        return Joined((path,), (0.0,)) if path.is_file() else None

    def find(self, phrase: Phrase) -> Joined | None:
        """The files of a phrase, None when one of them is missing."""
        files: list[Path] = []
        pauses: list[float] = []
        for part in phrase.parts:
            found = self._part(part, phrase.language)
            if found is None:
                return None
            files += found
            pauses += [WORD_PAUSE] * (len(found) - 1) + [COMMA_PAUSE if part.pause else WORD_PAUSE]
        return Joined(tuple(files), tuple(pauses)) if files else None

    def _part(self, part: Part, language: str) -> list[Path] | None:
        folder = self._folder / language
        if part.whole and (whole := folder / f"{part.whole}.wav").is_file():
            return [whole]
        files = [folder / f"{word.clip}.wav" for word in part.words]
        fit = all(
            word.clip and file.is_file() for word, file in zip(part.words, files, strict=True)
        )
        return files if files and fit else None

    def unusable(self) -> list[str]:
        """What is wrong with files that are there, each with its name."""
        found: list[str] = []
        for pattern in (CHIME, *(f"{language}/*.wav" for language in LANGUAGES)):
            for file in sorted(self._folder.glob(pattern)):
                try:
                    recording(file)
                except BadSound as fault:
                    found.append(str(fault))
        return found

    def has(self, file: str) -> bool:
        """Whether there is one of this name below the folder."""
        return (self._folder / file).is_file()

    def missing(self, wanted: Iterable["Wanted"]) -> list["Wanted"]:
        """Those that have no file."""
        return [one for one in wanted if not self.has(one.file)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A recording: its file below the folder, what is to be spoken, and for what."""

    file: str
    said: str
    use: str


def wanted(
    catalogue: Catalogue,
    languages: Iterable[str],
    table: Abbreviations,
    has: Callable[[str], bool] = lambda file: False,
) -> list[Wanted]:
    """Every recording that calls of this catalogue may need, each file once; but for the words of
    counters whose whole names are there."""
    found: dict[str, Wanted] = {}
    for language in languages:
        for clip, said, use in _wanted(catalogue, language, table, has):
            file = f"{language}/{clip}.wav"
            found.setdefault(file, Wanted(file, said, use))
    return list(found.values())


def _wanted(
    catalogue: Catalogue, language: str, table: Abbreviations, has: Callable[[str], bool]
) -> Iterator[tuple[str, str, str]]:
    sayings = SAYINGS[language]
    for saying in (sayings.number, sayings.priority, sayings.go, sayings.again):
        yield from _of(fixed(saying).words, "each call")
    yield from _of(digits("0123456789", language), "numbers")
    for number in _NUMBERS[language]:
        yield from _of(cardinal(number, language), "numbers")
    for service in catalogue.services.values():
        yield from _of(ticket(f"{service.prefix}-0", language, "eja")[:-1], "prefixes")
    for counter in catalogue.counters.values():
        if not has(f"{language}/counter-{counter.id}.wav"):
            yield from _of(name(in_language(counter.name, language), language, table), "counters")
    zones = catalogue.zones.values()
    if any(zone.voice.agency is True for zone in zones):
        for agency in catalogue.agencies.values():
            yield _whole("agency", agency.id, agency.name, language)
    if any(zone.voice.agency == "service" for zone in zones):
        for service in catalogue.services.values():
            yield _whole("service", service.id, service.name, language)


def _of(words: Iterable[Word], use: str) -> Iterator[tuple[str, str, str]]:
    for word in words:
        yield word.clip, word.said, use


def _whole(kind: str, identifier: str, text: Text, language: str) -> tuple[str, str, str]:
    return f"{kind}-{identifier}", in_language(text, language), f"names of each {kind}"
