"""Token buckets in memory: how often an address may do what needs no credential.

Nothing here is kept over a restart. The table is bounded, so that a million addresses cost no
memory; an IPv6 address counts by its /64, since one machine has all of those.
"""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

TABLE = 20_000  # addresses; the longest unseen is forgotten first


class Buckets:
    """`rate` a second, up to `burst` at once, for each name."""

    def __init__(
        self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str, amount: float = 1.0) -> float:
        """0.0 when it is allowed; else the seconds after which it would be, and nothing is
        taken."""
        now = self._clock()
        level = self.level(name, now)
        if level < amount:
            return (amount - level) / self._rate
        self._put(name, level - amount, now)
        return 0.0

    def level(self, name: str, now: float | None = None) -> float:
        """How much `name` may take at once now."""
        now = self._clock() if now is None else now
        before = self._levels.get(name)
        if before is None:
            return self._burst
        level, at = before
        return min(self._burst, level + (now - at) * self._rate)

    def spend(self, name: str, amount: float = 1.0) -> None:
        """Take `amount` whether or not it is there, down to an empty bucket."""
        now = self._clock()
        self._put(name, max(0.0, self.level(name, now) - amount), now)

    def _put(self, name: str, level: float, now: float) -> None:
        self._levels[name] = (level, now)
        self._levels.move_to_end(name)
        if len(self._levels) > TABLE:
            self._levels.popitem(last=False)


class PublicLimits:
    """Calls without a valid credential, by address. A credential or a ticket's token counts to
    none."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._taking = Buckets(30 / 60, 30, clock)
        self._reading = Buckets(50, 200, clock)

    def take(self, address: str, *, taking: bool) -> float:
        """Seconds to wait, 0.0 when allowed. `taking`: a number or a booking, else any other
        call."""
        return (self._taking if taking else self._reading).take(network(address))


def network(address: str) -> str:
    """What counts as one address."""
    if ":" not in address:
        return address
    try:
        return str(ipaddress.ip_network(f"{address.partition('%')[0]}/64", strict=False))
    except ValueError:
        return address
