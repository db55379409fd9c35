"""The engines that speak: espeak-ng as a library or as Debian's program. For the helper process.

Not for the server: the library is GPL, keeps one global state for all threads, and may crash.
"""

import ctypes
import io
import os
import shutil
import subprocess
import wave
from array import array
from pathlib import Path
from typing import Any, Protocol

from antrean.voice.pronunciation import pronounced
from antrean.voice.sound import RATE, Samples, resampled

WORDS_A_MINUTE = 150  # slower than the 175 that is usual: a hall echoes
VOICES = {"id": "id", "en": "en"}

_RETRIEVAL_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000  # else a missing data folder ends the process with a text nobody reads
_UTF8 = 1
_SOUNDS_TOO = 0x100  # what stands between [[ and ]]
_RATE_PARAMETER = 1
_PROGRAM_SECONDS = 5


class NoVoice(Exception):
    """There is no espeak-ng here, or it said nothing; the text says which."""


class Engine(Protocol):
    """Something that speaks."""

    def say(self, text: str, language: str) -> Samples: ...


class Library:
    """espeak-ng as a shared library, from the wheel of espeakng-loader. Raises NoVoice."""

    def __init__(self) -> None:
        try:
            import espeakng_loader as loader  # type: ignore[import-untyped]

            self._library = ctypes.CDLL(loader.get_library_path())
            data = Path(loader.get_data_path()).parent
        except (ImportError, OSError, RuntimeError) as error:
            raise NoVoice(f"espeakng-loader: {error}") from error
        rate = self._library.espeak_Initialize(
            _RETRIEVAL_SYNCHRONOUS, 0, os.fsencode(data), _DONT_EXIT
        )
        if rate <= 0:
            raise NoVoice(f"espeak-ng found no data in {data}")
        self._rate = int(rate)
        self._heard = bytearray()
        kind = ctypes.CFUNCTYPE(
            ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
        )
        self._callback = kind(self._hear)  # held: the library keeps a bare pointer
        self._library.espeak_SetSynthCallback(self._callback)
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p

    def _hear(self, samples: Any, count: int, events: object) -> int:
        if samples and count > 0:
            self._heard += ctypes.string_at(samples, 2 * count)
        return 0

    def _voice(self, language: str) -> None:
        if self._library.espeak_SetVoiceByName(VOICES[language].encode()) != 0:
            raise NoVoice(f"espeak-ng has no voice {language}")
        self._library.espeak_SetParameter(_RATE_PARAMETER, WORDS_A_MINUTE, 0)

    def say(self, text: str, language: str) -> Samples:
        self._voice(language)
        self._heard.clear()
        data = pronounced(text, language).encode()
        status = self._library.espeak_Synth(
            data, ctypes.c_size_t(len(data) + 1), 0, 1, 0, _UTF8 | _SOUNDS_TOO, None, None
        )
        if status != 0:
            raise NoVoice(f"espeak-ng failed with {status}")
        return resampled(array("h", bytes(self._heard)), self._rate, RATE)

    def phonemes(self, text: str, language: str) -> str:
        """How it would be read, in espeak-ng's own letters for sounds."""
        self.say("", language)  # it takes sounds within a text once it has said one
        rest = ctypes.c_char_p(pronounced(text, language).encode())
        found = []
        while rest.value is not None:  # empty is not the end: it reads a clause ahead
            found.append(self._library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, 0))
        return " ".join(part.decode() for part in found)


class Program:
    """Debian's espeak-ng, where the library is not there. Raises NoVoice."""

    def __init__(self) -> None:
        found = shutil.which("espeak-ng")
        if found is None:
            raise NoVoice("espeak-ng is not on PATH (apt install espeak-ng)")
        self._path = found

    def say(self, text: str, language: str) -> Samples:
        command = [self._path, "-v", VOICES[language], "-s", str(WORDS_A_MINUTE), "--stdout"]
        try:
            data = pronounced(text, language).encode()
            done = subprocess.run(
                command, input=data, capture_output=True, timeout=_PROGRAM_SECONDS
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoVoice(f"{self._path}: {error}") from error
        if done.returncode != 0:
            raise NoVoice(f"{self._path} ended with {done.returncode}: {done.stderr[:200]!r}")
        return _piped(done.stdout)


def _piped(data: bytes) -> Samples:
    """Samples of a WAV from a pipe, whose header could not know the length."""
    try:
        with wave.open(io.BytesIO(data), "rb") as file:
            rate = file.getframerate()
            frames = file.readframes(len(data) // 2)
    except (EOFError, wave.Error) as error:
        raise NoVoice(f"espeak-ng gave no WAV: {error}") from error
    return resampled(array("h", frames[: len(frames) // 2 * 2]), rate, RATE)


def open_engine(names: tuple[str, ...] = ("library", "program")) -> Engine:
    """The first engine that is there. Raises NoVoice with the reasons of all."""
    reasons = []
    for name in names:
        try:
            return Library() if name == "library" else Program()
        except NoVoice as reason:
            reasons.append(str(reason))
    raise NoVoice("; ".join(reasons))
