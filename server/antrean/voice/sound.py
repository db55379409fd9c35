"""Samples and WAV files: levels, silence at the ends, rates. Pure but for what reads files.

Sound is mono, 16 bits a sample, in an `array("h")`. Plain Python, some 10 ms for a second of work
at most: the helper process does it, beside the server.
"""

import io
import math
import operator
import wave
from array import array
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

RATE = 22_050  # Hz, espeak-ng's own
RATES = (22_050, 44_100, 48_000)
"""Rates at which recordings may come."""
LONGEST = 20.0  # seconds of a recording; one that was never cut would hold up each call

LOUDNESS = 0.1  # RMS of full scale, as espeak-ng speaks: what all other sound is brought to
_TOLERANCE = 0.15  # a difference that nobody hears is not worth 10 ms
CEILING = 0.95  # of full scale: no sample goes beyond, however quiet the rest is
FULL = 32_767
_QUIET = 200  # of 32,767: below is silence at the ends
_LEAD_SECONDS = 0.02
_TAIL_SECONDS = 0.12

_NO_WAVE = (OSError, EOFError, RuntimeError, wave.Error)
"""What `wave` raises; a RuntimeError where the header names an end that the file has not."""

Samples: TypeAlias = "array[int]"


class BadSound(Exception):
    """A file that is no usable recording; the text names it and the remedy."""


def rms(samples: Samples) -> float:
    """Root mean square as a share of full scale; 0 for no samples."""
    if not samples:
        return 0.0
    return math.sqrt(sum(map(operator.mul, samples, samples)) / len(samples)) / FULL


def trim(samples: Samples, rate: int) -> Samples:
    """Without long silence at either end. Empty when there is nothing but silence."""
    heard = [i for i in (_first(samples), _first(reversed(samples))) if i is not None]
    if len(heard) < 2:
        return array("h")
    begin = max(0, heard[0] - int(_LEAD_SECONDS * rate))
    end = min(len(samples), len(samples) - heard[1] + int(_TAIL_SECONDS * rate))
    return samples[begin:end]


def _first(samples: Iterable[int]) -> int | None:
    return next((i for i, s in enumerate(samples) if not -_QUIET < s < _QUIET), None)


def level(samples: Samples) -> Samples:
    """At the loudness of all others. The volume of zone and device is the display's work."""
    loudness = rms(samples[::3])
    if not loudness:
        return samples
    peak = max(max(samples), -min(samples)) / FULL
    factor = min(LOUDNESS / loudness, CEILING / peak)
    if abs(factor - 1) < _TOLERANCE and peak <= CEILING:
        return samples
    return array("h", [int(s * factor) for s in samples])


def silence(seconds: float, rate: int = RATE) -> Samples:
    return array("h", bytes(2 * round(seconds * rate)))


def resampled(samples: Samples, rate: int, wanted: int) -> Samples:
    """By straight lines between samples; neighbours are averaged first when it gets fewer."""
    if rate == wanted or not samples:
        return samples
    if rate > wanted:
        samples = array("h", [(a + b) >> 1 for a, b in pairwise(samples)])
    step, last = rate / wanted, len(samples) - 1
    out = array("h")
    for index in range(int(last / step) + 1):
        place = index * step
        whole = int(place)
        here = samples[whole]
        after = samples[min(whole + 1, last)]
        out.append(here + int((after - here) * (place - whole)))
    return out


def to_wav(samples: Samples, rate: int = RATE) -> bytes:
    """A WAV file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return buffer.getvalue()


def seconds_of(path: Path) -> float | None:
    """The length of a WAV file that is whole; None for one that is cut short or no WAV."""
    try:
        with wave.open(str(path), "rb") as file:
            frames = file.getnframes()
            size = frames * file.getnchannels() * file.getsampwidth()
            rate = file.getframerate()
            if not frames or not rate or path.stat().st_size < size + 44:
                return None
            return frames / rate
    except _NO_WAVE:
        return None


def recording(source: Path) -> tuple[Samples, int]:
    """Samples and rate of a usable recording without silence at its ends. Raises BadSound, also
    when nothing is heard: a call would be said without a letter of its number."""
    samples, rate = read(source, LONGEST)
    heard = trim(samples, rate)
    if not heard:
        raise BadSound(f"{source}: nothing is heard. Record it again.")
    return heard, rate


def read(source: Path, longest: float = math.inf) -> tuple[Samples, int]:
    """Samples and rate of a WAV file of at most `longest` seconds, stereo as mono. Raises
    BadSound."""
    try:
        with wave.open(str(source), "rb") as file:
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            if width != 2 or channels not in (1, 2) or rate not in RATES:
                raise BadSound(
                    f"{source}: {rate} Hz, {channels} channels, {8 * width} bits. Save it with "
                    "22050, 44100 or 48000 Hz, mono or stereo, 16 bits."
                )
            frames = file.getnframes()
            if frames > longest * rate:
                raise BadSound(
                    f"{source}: {frames / rate:.0f} s are more than {longest:.0f}. Cut it."
                )
            data = file.readframes(frames)
    except _NO_WAVE as error:
        raise BadSound(
            f"{source}: {str(error) or 'is no WAV file'}. Save it as WAV, PCM with 16 bits."
        ) from error
    if len(data) < 2 * channels * frames:
        raise BadSound(f"{source}: it is cut short. Copy or save it again.")
    samples = array("h", data)
    if channels == 2:
        pairs = zip(samples[::2], samples[1::2], strict=True)
        samples = array("h", [(left + right) >> 1 for left, right in pairs])
    return samples, rate
