"""A long text in parts that are said one after the other. Pure.

A hall's calls wait while a text is said, and none cuts it: said as one, a text of 1,000 characters
with sums of money took twelve minutes, in which every call of the zone grew too old to be said.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from antrean.voice.phrases import Phrase

LONGEST = 250  # characters as they are said, 14 a second: a call waits 18 s at most

# Where a text may be parted, the best place first.
_PLACES = (re.compile(r"(?<=[.!?])\s+"), re.compile(r"(?<=[,;:])\s+"), re.compile(r"\s+"))


def parts(said: list[Phrase]) -> list[list[Phrase]]:
    """The phrases, of one language each, in parts. Short ones are one part together."""
    found: list[list[Phrase]] = []
    room = 0
    for phrase in said:
        for piece in pieces(phrase.free):
            if len(piece) > room:
                found.append([])
                room = LONGEST
            room -= len(piece) + 1
            part = found[-1]
            if part and part[-1].language == phrase.language:
                piece = f"{part.pop().free} {piece}"
            part.append(replace(phrase, free=piece))
    return found


def words(part: list[Phrase]) -> dict[str, str]:
    """What a part says, by language: for displays whose browser speaks."""
    return {piece.language: piece.free for piece in part}


def pieces(text: str, places: tuple[re.Pattern[str], ...] = _PLACES) -> Iterator[str]:
    """`text` in pieces of at most LONGEST characters, as few as its sentences allow."""
    if len(text) <= LONGEST:
        if text:
            yield text
        return
    if not places:
        yield from (text[at : at + LONGEST] for at in range(0, len(text), LONGEST))
        return
    waiting = ""
    for sentence in places[0].split(text):
        joined = f"{waiting} {sentence}" if waiting else sentence
        if len(joined) > LONGEST:
            yield from pieces(waiting, places[1:])
            joined = sentence
        waiting = joined
    yield from pieces(waiting, places[1:])
