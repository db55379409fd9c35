"""The engine's moments, in milliseconds since 1970 UTC.

A hall's small machine without internet may find its wall clock a day off, or set by hand at noon. A
jump of the wall clock against the boot clock by more than a minute is not followed, so that it ends
nobody's day; smaller steps (what a time server does) are.
"""

import time
from collections.abc import Callable

FOLLOWED_MS = 60_000
_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # goes on while the machine sleeps


class ClockBehind(Exception):
    """The wall clock stands before the journal's last entry by more than a minute."""

    def __init__(self, behind_seconds: int) -> None:
        super().__init__(f"the clock is {behind_seconds} s behind the journal's last entry")
        self.behind_seconds = behind_seconds


class Clock:
    """`now()` never decreases.

    `last` is the moment of the journal's last entry. `speed` is for simulations alone: the engine's
    seconds that pass in one real one.
    """

    def __init__(
        self,
        last: int = 0,
        *,
        accept: bool = False,
        speed: float = 1.0,
        wall_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
        boot_ms: Callable[[], int] = lambda: time.clock_gettime_ns(_BOOT) // 1_000_000,
    ) -> None:
        self._wall_ms, self._boot_ms, self._speed = wall_ms, boot_ms, speed
        wall = wall_ms()
        if speed == 1.0 and wall < last - FOLLOWED_MS and not accept:
            raise ClockBehind((last - wall) // 1000)
        self._base_wall, self._base_boot = wall, boot_ms()
        self._base = max(wall, last)
        self._ahead = self._base - wall  # of an accepted or simulated clock, over the wall
        self._latest = self._base

    def now(self) -> int:
        """The present moment, never before one that was given."""
        boot = self._boot_ms()
        elapsed = boot - self._base_boot
        if self._speed == 1.0:
            wall = self._wall_ms()
            if abs(wall - self._base_wall - elapsed) <= FOLLOWED_MS:
                # follow: a small step of the wall clock becomes the new base
                self._base_wall, self._base_boot, elapsed = wall, boot, 0
                self._base = wall + self._ahead
        self._latest = max(self._latest, self._base + int(elapsed * self._speed))
        return self._latest

    def jump_seconds(self) -> int:
        """How far the wall clock is from where it should be, beyond what is followed; 0 when all is
        well.
        """
        if self._speed != 1.0:
            return 0
        off = self._wall_ms() - self._base_wall - (self._boot_ms() - self._base_boot) - self._ahead
        return int(off / 1000) if abs(off) > FOLLOWED_MS else 0

    def seconds_until(self, moment: int) -> float:
        """Real seconds until `moment`, at least 0."""
        return max(0.0, (moment - self.now()) / 1000 / self._speed)
