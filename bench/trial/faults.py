"""What goes wrong on purpose, and when: drawn from a seed, apart from each other."""

import random
from dataclasses import dataclass

KILL, PULL, CRASH = "kill", "pull", "crash"
SILENT_SECONDS = 20.0  # of a pulled network before the connections break
CUT_SECONDS = 5.0  # and after that, until it is there again
APART_SECONDS = 50.0
FIRST_SECONDS = 25.0


@dataclass(frozen=True, slots=True)
class Fault:
    """`at`: seconds after the beginning; `display`: whose network or browser, by index."""

    at: float
    kind: str
    display: int = 0
    in_speech: bool = False  # waits for the next announcement, to come in the middle of it


def draw(seed: int, minutes: float, rush: tuple[float, float]) -> list[Fault]:
    """At least one server killed and one network pulled; more in longer trials. One of each falls
    into the rush where it has room. `rush`: begin and end, seconds."""
    rng = random.Random(f"faults {seed}")
    rounds = max(1, round(minutes / 30))
    wanted = [(KILL, 0), (PULL, 0)] + [(KILL, 0), (PULL, 1), (PULL, 0)] * (rounds - 1)
    if minutes >= 5:
        wanted += [(CRASH, 0)] * max(1, rounds // 2) + [(PULL, 1)]
    length = minutes * 60
    faults: list[Fault] = []
    for index, (kind, display) in enumerate(wanted):
        span = (FIRST_SECONDS, length - 45)
        if index < 2 and rush[1] - rush[0] >= 4 * APART_SECONDS:
            span = rush
        elif index == 0:
            span = (rush[0] + 3, rush[0] + 20)  # of a short trial: in its only wave
        at = _free(rng, span, [f.at for f in faults])
        faults.append(Fault(at, kind, display, in_speech=kind != PULL or rng.random() < 0.5))
    return sorted(faults, key=lambda f: f.at)


def _free(rng: random.Random, span: tuple[float, float], taken: list[float]) -> float:
    """A moment in the span that is far from the others, or the farthest that was tried."""
    best, room = span[0], -1.0
    for _ in range(200):
        at = rng.uniform(*span) if span[1] > span[0] else span[0]
        nearest = min((abs(at - other) for other in taken), default=APART_SECONDS)
        if nearest >= APART_SECONDS:
            return at
        if nearest > room:
            best, room = at, nearest
    return best
