"""The gong before each phrase: three notes that fall (F sharp, D, A), made by arithmetic. Pure.

A struck bar has a loud first tone and weaker ones above it that die sooner; the notes begin one
after the other and ring on over each other.
"""

import math
from array import array

from antrean.voice.sound import CEILING, FULL, RATE, Samples, level

SECONDS = 1.5
_NOTES = ((0.0, 739.99), (0.28, 587.33), (0.56, 440.0))  # begin in seconds, Hz
_PARTIALS = ((1, 1.0, 3.4), (2, 0.28, 5.5), (3, 0.1, 8.0))  # times, loudness, decay a second
_ATTACK = 0.008  # seconds: a sudden beginning would click, as would a sudden end
_FADE = 0.12


def chime() -> Samples:
    """The gong, `RATE` samples a second. Takes some 0.1 s to make."""
    length = int(SECONDS * RATE)
    mixed = [0.0] * length
    for begin, pitch in _NOTES:
        first = int(begin * RATE)
        for index, value in enumerate(_note(pitch, length - first), first):
            mixed[index] += value
    fade = int(_FADE * RATE)
    for left in range(fade):
        mixed[length - 1 - left] *= left / fade
    loudest = max(map(abs, mixed))
    factor = CEILING * FULL / loudest
    return level(array("h", [int(value * factor) for value in mixed]))


def _note(pitch: float, length: int) -> list[float]:
    """One stroke, `length` samples of it."""
    wave = [0.0] * length
    for times, loud, decay in _PARTIALS:
        turn = 2 * math.pi * pitch * times / RATE
        fall = math.exp(-decay / RATE)
        for index in range(length):
            wave[index] += loud * math.sin(turn * index)
            loud *= fall
    for index in range(int(_ATTACK * RATE)):
        wave[index] *= index / (_ATTACK * RATE)
    return wave
