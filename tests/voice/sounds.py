"""Sounds for the tests, and what is heard in a file."""

import math
import wave
from array import array
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path

from antrean.voice import sound


def tone(
    path: Path,
    seconds: float = 0.3,
    rate: int = 22_050,
    channels: int = 1,
    loud: float = 0.4,
    pitch: float = 440,
) -> Path:
    """A recording: a tone between two stretches of silence."""
    path.parent.mkdir(parents=True, exist_ok=True)
    quiet = array("h", bytes(2 * channels * (rate // 5)))
    heard = array("h")
    for index in range(int(seconds * rate)):
        value = int(32_000 * loud * math.sin(2 * math.pi * pitch * index / rate))
        heard.extend([value] * channels)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((quiet + heard + quiet).tobytes())
    return path


def heard(path: Path) -> tuple[float, float, float]:
    """(seconds, RMS of full scale, the longest silence at either end in seconds)."""
    samples, rate = sound.read(path)
    ends = max(_silent(samples), _silent(reversed(samples))) / rate
    return len(samples) / rate, sound.rms(samples), ends


def _silent(samples: Iterable[int]) -> int:
    """How many samples are silent before the first that is not."""
    return sum(1 for _ in takewhile(lambda sample: abs(sample) <= 200, samples))
