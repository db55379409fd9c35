"""`antrean voice`: hear how a call sounds, and list the recordings that are missing."""

import argparse
import asyncio
import io
import sys
import wave
from pathlib import Path

from antrean.catalogue import BUILT_IN, CatalogueFaults, load
from antrean.domain.catalogue import Catalogue, VoiceSettings
from antrean.hall.ports import CallRequest
from antrean.voice import phrases
from antrean.voice.client import Client, Unspoken
from antrean.voice.numbers import LANGUAGES
from antrean.voice.phrases import Phrase
from antrean.voice.recordings import Recordings, wanted
from antrean.voice.words import Abbreviations, BadWords, abbreviations, name


def add_arguments(parser: argparse.ArgumentParser) -> None:
    does = parser.add_mutually_exclusive_group(required=True)
    does.add_argument(
        "--missing", type=Path, metavar="DIR", help="list the recordings that this folder lacks"
    )
    does.add_argument(
        "--say", nargs=2, metavar=("NUMBER", "COUNTER"), help='such as "A-001" "Loket 3"'
    )
    does.add_argument("--text", metavar="TEXT", help="say any text, as an announcement does")
    parser.add_argument("--out", type=Path, metavar="FILE.wav", help="where the sound goes")
    parser.add_argument("--language", choices=LANGUAGES, help="default: id; of --missing: all")
    parser.add_argument("--spelling", choices=("eja", "bilangan"), default="eja")
    parser.add_argument("--agency", metavar="NAME", help="say this agency or service too")
    parser.add_argument("--recall", action="store_true", help="as a repeated call")
    parser.add_argument("--priority", action="store_true", help="as a call of a priority class")
    parser.add_argument("--clips", type=Path, metavar="DIR", help="speak with these recordings")
    parser.add_argument("--words", type=Path, metavar="FILE", help="further abbreviations, TOML")
    parser.add_argument(
        "--catalogue", type=Path, default=BUILT_IN, metavar="FILE", help="the site as TOML"
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when done and nothing is missing, 1 when recordings are missing or cannot be used or
    nothing could be said, 2 for unusable files of other kinds."""
    try:
        catalogue = load(arguments.catalogue)
        table = abbreviations(arguments.words)
        for folder in (arguments.missing, arguments.clips):
            if folder is not None and not folder.is_dir():
                raise BadWords(f"{folder}: there is no such folder")
        if arguments.missing is not None:
            return _missing(arguments, catalogue, table)
        if arguments.out is None:
            raise BadWords("--out FILE.wav is missing: where does the sound go?")
        phrase = _phrase(arguments, catalogue, table)
        sound = asyncio.run(_made(arguments, phrase))
        _write(arguments.out, sound)
    except (CatalogueFaults, BadWords) as fault:
        print(f"antrean voice: {fault}", file=sys.stderr)
        return 2
    except (Unspoken, OSError) as fault:
        print(f"antrean voice: {fault}", file=sys.stderr)
        return 1
    print(f"{phrase.said}\n{arguments.out}: {_seconds(sound):.1f} s")
    return 0


def _missing(arguments: argparse.Namespace, catalogue: Catalogue, table: Abbreviations) -> int:
    asked = (arguments.language,) if arguments.language else catalogue.site.languages
    languages = phrases.spoken_languages(asked, ())
    recordings = Recordings(arguments.missing)
    all_of_them = wanted(catalogue, languages, table, recordings.has)
    missing, unusable = recordings.missing(all_of_them), recordings.unusable()
    for one in missing:
        print(f"{one.file}\t{one.said}\t({one.use})")
    for fault in unusable:
        print(f"antrean voice: {fault}", file=sys.stderr)
    print(f"{len(missing)} of {len(all_of_them)} recordings are missing", file=sys.stderr)
    return 1 if missing or unusable else 0


def _phrase(arguments: argparse.Namespace, catalogue: Catalogue, table: Abbreviations) -> Phrase:
    language = arguments.language or LANGUAGES[0]
    if arguments.text is not None:
        phrase = phrases.of_text(arguments.text, language, table)
        if not phrase.said.strip("."):
            raise _nothing_in(arguments.text)
        return phrase
    number, counter = arguments.say
    for given in (number, counter):
        if not name(given, language, table):
            raise _nothing_in(given)
    request = CallRequest(
        number=number,
        counter_name={language: counter},
        agency={language: arguments.agency} if arguments.agency else None,
        settings=VoiceSettings(spelling=arguments.spelling),
        is_priority=arguments.priority,
        is_recall=arguments.recall,
    )
    return phrases.of_call(request, language, table, phrases.names_of(catalogue))


def _nothing_in(given: str) -> BadWords:
    return BadWords(f"{given!r}: there is nothing in it that can be said")


async def _made(arguments: argparse.Namespace, phrase: Phrase) -> bytes:
    """The sound of a phrase as WAV. Raises Unspoken."""
    joined = Recordings(arguments.clips.absolute()).find(phrase) if arguments.clips else None
    if arguments.clips and joined is None:
        print("antrean voice: recordings are missing, the machine speaks", file=sys.stderr)
    client = Client()
    try:
        if joined is not None:
            return await client.join(joined.files, joined.pauses)
        return await client.say(phrase.said, phrase.language)
    finally:
        await client.close()


def _seconds(sound: bytes) -> float:
    with wave.open(io.BytesIO(sound)) as file:
        return float(file.getnframes() / file.getframerate())


def _write(path: Path, sound: bytes) -> None:
    """A whole file or none. Raises OSError."""
    if path.exists() and not path.is_file():  # /dev/null must stay what it is
        path.write_bytes(sound)
        return
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(sound)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
