"""How much of one display the journal takes. Pure.

A set on bad Wi-Fi comes and goes every two seconds, and each time is three entries: 130,000 a day
that nobody can delete again. What it has to say beyond its budget is held back, and only the last
of it is written when there is room; that it went is always written, so that it is nobody's speaker.
"""

from dataclasses import dataclass

BURST = 60.0  # arrivals and reports at once
EVERY_MS = 10_000  # for each one more


@dataclass(slots=True)
class Budget:
    """Of one display. Asked before a commit, spent after it: a disk that refuses costs nothing."""

    level: float = BURST
    at: int = 0

    def allows(self, now: int) -> bool:
        self.level = min(BURST, self.level + (now - self.at) / EVERY_MS)
        self.at = now
        return self.level >= 1.0

    def spend(self) -> None:
        self.level -= 1.0
