"""Pairing codes of displays that nobody knows yet: in memory, for ten minutes, for one use.

A display asks for a code at its socket and shows it; an administrator types it. The code is all
that ties the two together, so it must be neither guessed nor used twice, and it ends with the
socket that asked for it: nobody is there any more to be given the token.

31 signs in 6 places are 888 million codes. Only an administrator may try any, and at ten wrong ones
a minute finds a certain one in 84 years on average. A restart of the server ends all codes, as it
closes all sockets.
"""

import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from antrean.web.limits import Buckets, network
from antrean.web.texts import new_id

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read as another: no 0 O, 1 I L
LENGTH = 6
LIFE_SECONDS = 600.0
PER_ADDRESS, IN_ALL = 20, 500  # open codes: a hall's displays may share one address
WRONG_RATE, WRONG_BURST = 10 / 60, 10.0  # wrong codes a second, and at once, of one caller

_BETWEEN = re.compile(r"[\s-]+")


class Display(Protocol):
    """Whoever waits at a socket to be paired."""

    def paired(self, device: str) -> None:
        """It is the device of that id from now on."""


@dataclass(slots=True, eq=False)
class Offer:
    """One code. `device` is the id that its display gets: the same at a second try, so that a
    commit of which nobody knows whether it happened makes no device that nobody can be."""

    code: str
    device: str
    display: Display
    where: str
    ends_at: float
    is_taken: bool = False


def normal(code: str) -> str:
    """A code as people type it: `k7m-2qx` is K7M2QX."""
    return _BETWEEN.sub("", code).upper()


def draw() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class Pairing:
    """All open codes. `clock` counts seconds and never goes back."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, draw: Callable[[], str] = draw
    ) -> None:
        self._clock, self._draw = clock, draw
        self._by_code: dict[str, Offer] = {}  # the oldest first, as all live equally long
        self._by_display: dict[Display, Offer] = {}
        self._counts: dict[str, int] = {}
        self._wrong = Buckets(WRONG_RATE, WRONG_BURST, clock)

    def __len__(self) -> int:
        self._drop_ended()
        return len(self._by_code)

    # displays
    def offer(self, display: Display, address: str) -> Offer | None:
        """The display's open code, or a new one; None when there are too many."""
        self._drop_ended()
        known = self._by_display.get(display)
        if known is not None:
            return known
        where = network(address)
        if self._counts.get(where, 0) >= PER_ADDRESS:
            return None
        if len(self._by_code) >= IN_ALL and not self._make_room(where):
            return None
        code = self._draw()
        while code in self._by_code:
            code = self._draw()
        made = Offer(code, new_id(), display, where, self._clock() + LIFE_SECONDS)
        self._by_code[code] = self._by_display[display] = made
        self._counts[where] = self._counts.get(where, 0) + 1
        return made

    def _make_room(self, where: str) -> bool:
        """End the oldest code of the address that has most, unless that is as modest as `where`:
        else 25 addresses could keep all others' displays from being paired."""
        greedy = max(self._counts, key=self._counts.__getitem__)
        if self._counts[greedy] <= self._counts.get(where, 0) + 1:
            return False
        for offer in self._by_code.values():
            if offer.where == greedy and not offer.is_taken:
                self._end(offer)
                return True
        return False

    def seconds_left(self, offer: Offer) -> float:
        return max(0.0, offer.ends_at - self._clock())

    def gone(self, display: Display) -> None:
        """Its socket closed: its code is nobody's any more. One that is being used at this moment
        stays known until that is over, for those who sent the same request."""
        known = self._by_display.pop(display, None)
        if known is not None and not known.is_taken:
            self._end(known)

    # administrators
    def wait(self, caller: str) -> float:
        """Seconds until this caller may try a code again; 0.0: now."""
        level = self._wrong.level(caller)
        return 0.0 if level >= 1.0 else (1.0 - level) / WRONG_RATE

    def was_wrong(self, caller: str) -> None:
        """The code that the caller tried is none. To be said before anything is waited for: else
        a thousand tries at once would all find their caller without fault."""
        self._wrong.spend(caller)

    def take(self, code: str) -> Offer | None:
        """The offer of a code, which nobody else gets until it is given back; None: no such
        code, or it was used, or it ended."""
        self._drop_ended()
        found = self._by_code.get(normal(code))
        if found is None or found.is_taken:
            return None
        found.is_taken = True
        return found

    def is_taken(self, code: str) -> bool:
        """Whether it is being used at this moment: then it is no guess."""
        found = self._by_code.get(normal(code))
        return found is not None and found.is_taken

    def give_back(self, offer: Offer) -> None:
        """It was not used after all: a refusal changes nothing."""
        offer.is_taken = False
        if self._by_display.get(offer.display) is not offer:
            self._end(offer)

    def use(self, offer: Offer) -> None:
        """The device exists: tell its display, unless it went away meanwhile."""
        waits = self._by_display.get(offer.display) is offer
        self._end(offer)
        if waits:
            offer.display.paired(offer.device)

    def _drop_ended(self) -> None:
        now = self._clock()
        for offer in list(self._by_code.values()):
            if offer.ends_at > now:
                return
            if not offer.is_taken:  # else it is being used at this moment
                self._end(offer)

    def _end(self, offer: Offer) -> None:
        if self._by_code.get(offer.code) is not offer:
            return
        del self._by_code[offer.code]
        if self._by_display.get(offer.display) is offer:
            del self._by_display[offer.display]
        left = self._counts[offer.where] - 1
        if left:
            self._counts[offer.where] = left
        else:
            del self._counts[offer.where]
