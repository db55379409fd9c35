"""The hall's time, which may run faster than ours."""

import asyncio
import time
from datetime import datetime


def milliseconds(text: str) -> int:
    """An ISO 8601 moment of the API as milliseconds since 1970 UTC."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)


class HallClock:
    """The server's clock, known from one reading; `speed` of its seconds pass in one of ours.

    With `pace`, everything takes 1/pace of the time while the clock itself stays true: that is how
    the demo hurries against a server with a real clock.
    """

    def __init__(self, at: str, speed: float = 1.0, pace: float = 1.0) -> None:
        self._zone = datetime.fromisoformat(at).tzinfo
        self._at = milliseconds(at)
        self._read = time.monotonic()
        self.speed = speed
        self.pace = pace

    def now(self) -> int:
        return self._at + int((time.monotonic() - self._read) * self.speed * 1000)

    def local(self, at: int) -> datetime:
        return datetime.fromtimestamp(at / 1000, self._zone)

    def iso(self, at: int) -> str:
        """As a request may say it."""
        return self.local(at).isoformat(timespec="milliseconds")

    def today_at(self, minutes: float) -> int:
        """The moment at `minutes` after the present day's midnight, in ms."""
        midnight = self.local(self.now()).replace(hour=0, minute=0, second=0, microsecond=0)
        return int(midnight.timestamp() * 1000 + minutes * 60_000)

    def later(self, seconds: float) -> int:
        """The moment after waiting for `seconds`, in ms."""
        return self.now() + int(seconds * 1000 / self.pace)

    async def sleep(self, seconds: float) -> None:
        """Sleeps for `seconds` of the hall's time."""
        await asyncio.sleep(max(0.0, seconds) / (self.speed * self.pace))

    async def until(self, at: int) -> None:
        await asyncio.sleep(max(0.0, (at - self.now()) / 1000 / self.speed))
