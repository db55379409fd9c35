"""The voice of the hall: phrases as files that displays can fetch. Never raises."""

import asyncio
import importlib.metadata
import logging
import shutil
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from antrean.domain.catalogue import Catalogue, Text, VoiceSettings
from antrean.hall.ports import CallRequest, Clip, Spoken
from antrean.voice import phrases, pieces, sound
from antrean.voice.cache import Cache
from antrean.voice.chime import chime
from antrean.voice.client import Client, Unspoken
from antrean.voice.numbers import LANGUAGES
from antrean.voice.phrases import Names, Phrase, spoken_languages
from antrean.voice.recordings import Joined, Recordings
from antrean.voice.words import Abbreviations, abbreviations

FOLDER = "audio"
VERSION = 7
"""Of all that shapes a sound and is not in its key: raise it when that changes."""

_LANGUAGE_GAP = 0.4  # seconds between a phrase and its translation
_SHORTEST_GAP = 0.01  # seconds: less is no sample, and no file
_LOOK_SECONDS = 1.0  # for the folder of recordings, which may be on a disk of the network
_MADE = (Unspoken, OSError)

_log = logging.getLogger(__name__)


class HallSpeech:
    """Makes calls and texts audible; implements `antrean.hall.ports.Speech`.

    What cannot be said is a chime, and told once in the log until it can be said again. When not
    even a chime can be written, `clips` is empty.
    """

    def __init__(
        self,
        cache: Cache,
        client: Client,
        table: Abbreviations,
        languages: tuple[str, ...] = ("id", "en"),
        names: Names | None = None,
        recordings: Recordings | None = None,
    ) -> None:
        self._cache = cache
        self._client = client
        self._table = table
        self._languages = languages
        self._names = names or {}
        self._recordings = recordings
        # One thread of its own: a folder that does not answer keeps only the next look waiting.
        self._looker = ThreadPoolExecutor(1, thread_name_prefix="recordings")
        self._engine = _engine()
        self._failing = False
        self._unusable: set[str] = set()  # why recordings were not used, told once each

    @property
    def pid(self) -> int | None:
        """Of the helper process, None while there is none."""
        return self._client.pid

    async def call(self, request: CallRequest) -> Spoken:
        """The chime, the phrase in each language, and the same again without chime."""
        texts: dict[str, str] = {}
        try:
            made = {
                language: phrases.of_call(request, language, self._table, self._names)
                for language in LANGUAGES
                if language in request.counter_name
            }
            texts = {language: phrase.said.rstrip(".") for language, phrase in made.items()}
            said = [
                made.get(language) or phrases.of_call(request, language, self._table, self._names)
                for language in spoken_languages(request.settings.languages, self._languages)
            ]
            repeats = 0 if request.chime_only else max(1, request.repeats)
            clips = await self._clips(said, repeats, request.settings)
        except Exception:
            _log.exception("a call could not be said")
            clips = ()
        return Spoken(texts, clips)

    async def text(self, texts: Text, settings: VoiceSettings, part: int = 0) -> Spoken:
        """The chime and the text, once, in the languages of the settings that it has; a long one
        in parts, the chime with the first and to each its own words."""
        shown, more = dict(texts), False
        try:
            wanted = spoken_languages(settings.languages, self._languages)
            there = [language for language in wanted if texts.get(language)]
            there = there or [lang for lang in LANGUAGES if texts.get(lang)][:1]
            # A single text that was given for all languages is not read in a foreign voice too.
            first: dict[str, str] = {}
            for language in there:
                first.setdefault(texts[language], language)
            said = [phrases.of_text(text, lang, self._table) for text, lang in first.items()]
            parts = pieces.parts(said) or [[]]
            part = min(part, len(parts) - 1)  # the zone's languages may be fewer by now
            clips = await self._clips(parts[part], 1, settings, opens=part == 0)
            more = part < len(parts) - 1
            if len(parts) > 1:
                shown = pieces.words(parts[part])
        except Exception:
            _log.exception("a text could not be said")
            clips = ()
        return Spoken(shown, clips, more)

    async def warm(self) -> None:
        """Make the chime and start the helper process, so that the first call need not wait."""
        try:
            await self._try(self._chime())
            await self._client.ask(op="warm")
        except Exception as reason:
            _log.info("the voice is not there: %s", reason)

    async def close(self) -> None:
        """End the helper process."""
        self._looker.shutdown(wait=False, cancel_futures=True)
        await self._cache.close()
        await self._client.close()

    async def _clips(
        self, said: list[Phrase], repeats: int, settings: VoiceSettings, *, opens: bool = True
    ) -> tuple[Clip, ...]:
        gong = await self._try(self._chime()) if opens else []
        if not repeats or not said:
            return tuple(gong)
        spoken: list[Clip] = []
        for phrase in said:
            made = await self._try(self._phrase(phrase))
            if made and spoken:
                spoken += await self._pause(_LANGUAGE_GAP)
            spoken += made
        if not spoken:
            return tuple(gong)
        gap = await self._pause(settings.gap_seconds) if repeats > 1 else []
        return (*gong, *spoken, *((*gap, *spoken) * (repeats - 1)))

    async def _try(self, making: Awaitable[Clip]) -> list[Clip]:
        """One clip, or none and a line in the log at the first failure of a row."""
        try:
            clip = await making
        except _MADE as reason:
            if not self._failing:
                self._failing = True
                _log.error("the voice fails, calls get the chime alone: %s", reason)
            return []
        return [clip]

    async def _pause(self, seconds: float) -> list[Clip]:
        async def make() -> bytes:
            return sound.to_wav(sound.silence(seconds))

        if seconds < _SHORTEST_GAP:
            return []
        return await self._try(self._kept(f"silence {seconds:.2f}", make))

    async def _chime(self) -> Clip:
        if self._recordings and (clip := await self._recorded(self._recordings.chime)):
            return clip

        async def make() -> bytes:
            return await asyncio.to_thread(lambda: sound.to_wav(chime()))

        return await self._kept("chime", make)

    async def _phrase(self, phrase: Phrase) -> Clip:
        recordings, clip = self._recordings, None
        if recordings is not None:
            clip = await self._recorded(lambda: recordings.find(phrase))
        if clip is None:
            clip = await self._kept(
                f"said {self._engine} {phrase.language} {phrase.said}",
                lambda: self._client.say(phrase.said, phrase.language),
            )
        if self._failing:
            self._failing = False
            _log.warning("the voice speaks again")
        return clip

    async def _recorded(self, find: Callable[[], Joined | None]) -> Clip | None:
        """Recordings as one file; None when there are none, and with a line in the log when they
        cannot be used."""
        look = partial(asyncio.get_running_loop().run_in_executor, self._looker)
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                joined = await look(find)
                if joined is None:
                    return None
                key = await look(joined.key)
            return await self._kept(
                f"recorded {key}", lambda: self._client.join(joined.files, joined.pauses)
            )
        except _MADE as reason:
            why = str(reason) or f"their folder gave no answer in {_LOOK_SECONDS:.0f} s"
            if why not in self._unusable:
                self._unusable.add(why)
                _log.warning("recordings cannot be used, the machine's own sound is: %s", why)
            return None

    def _kept(self, key: str, make: Callable[[], Awaitable[bytes]]) -> Awaitable[Clip]:
        return self._cache.get(f"{VERSION} {key}", make)


def open_speech(
    data: Path, catalogue: Catalogue, words: Path | None = None, clips: Path | None = None
) -> HallSpeech:
    """The voice of a server with this data folder; `words` extends the table of abbreviations,
    `clips` is a folder of recordings. No process is started before the first call.

    Raises BadWords.
    """
    return HallSpeech(
        Cache(data / FOLDER),
        Client(),
        abbreviations(words),
        catalogue.site.languages,
        phrases.names_of(catalogue),
        None if clips is None else Recordings(clips.absolute()),
    )


def _engine() -> str:
    """What would speak, as a part of the key: with another engine all is made anew. The library
    itself is for the helper process alone."""
    try:
        return "espeakng-loader " + importlib.metadata.version("espeakng-loader")
    except importlib.metadata.PackageNotFoundError:
        return shutil.which("espeak-ng") or "none"
