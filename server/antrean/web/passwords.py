"""Passwords: argon2id in a thread, and what slows down those who guess.

Nobody is locked out: a guesser makes his own address wait, and an account that many addresses
guess at waits a little for everyone. The right password from another address is let in within
seconds.
"""

import asyncio
import contextlib
import os
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from antrean.web.limits import Buckets, network
from antrean.web.problems import rate_limited

T = TypeVar("T")

AT_ONCE = 2  # hashes; each takes 64 MiB and 0.1 s of a core, which the queue needs
QUEUED = 32  # log-ins that wait for their turn; more are sent away
COMMON = frozenset(
    "12345678 123456789 1234567890 password password1 passw0rd qwerty123 qwertyuiop 11111111 "
    "00000000 87654321 abcd1234 abc12345 iloveyou sayangku bismillah indonesia rahasia123 rahasia1 "
    "admin123 admin1234 administrator tangerang antrean123 katasandi 123123123 1q2w3e4r asdfghjkl "
    "letmein1 welcome1 sayang123 bandung123 jakarta123 garuda123 pancasila merdeka45".split()
)


def is_weak(password: str, username: str = "") -> bool:
    """Whether it is among the first that anyone would try."""
    plain = password.casefold()
    return plain in COMMON or plain == username.casefold() or len(set(plain)) < 3


class Passwords:
    """Hashes and checks, at most AT_ONCE at once."""

    def __init__(self) -> None:
        cheap = os.environ.get("ANTREAN_TEST_ARGON2") == "1"
        self._hasher = PasswordHasher(1, 8, 1) if cheap else PasswordHasher()
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._queued = 0
        self._nobody: str | None = None

    def hash_now(self, password: str) -> str:
        """Blocks for 0.1 s: for the command line."""
        return self._hasher.hash(password)

    async def hash(self, password: str) -> str:
        return await self._in_turn(lambda: self._hasher.hash(password))

    async def check(self, hashed: str | None, password: str) -> bool:
        """Whether `password` is right. Takes as long for a user who does not exist (None)."""
        if self._nobody is None:
            self._nobody = await self.hash("nobody's password")
        against = hashed or self._nobody
        matches = await self._in_turn(lambda: self._matches(against, password))
        return matches and hashed is not None

    def _matches(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _in_turn(self, work: Callable[[], T]) -> T:
        if self._queued >= QUEUED:
            raise rate_limited(2)
        self._queued += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(work)
        finally:
            self._queued -= 1


class Guard:
    """Slows log-ins down: by address and account together, by account, and by address."""

    FREE = 3  # wrong passwords before one address waits for one account
    LONGEST = 4.0  # seconds of that wait
    ACCOUNT_FREE = 20  # wrong passwords from everywhere before the account waits for all
    ACCOUNT_WAIT = 1.0
    AT_ONCE = 4  # attempts of one address that may be made to wait

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        # A bucket that lost n of its tokens saw n wrong passwords lately; it fills in 15 minutes.
        self._pairs = Buckets(10 / 900, 10, clock)
        self._accounts = Buckets(100 / 900, 100, clock)
        self._addresses = Buckets(20 / 60, 40, clock)
        # Attempts whose end is not known yet, by address and by account and address. They count as
        # wrong: a hash takes its time, and nothing is gained by asking all at once.
        self._open: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()

    def delay(self, username: str, address: str) -> float:
        """Seconds that this attempt has to wait. Raises Problem rate_limited when it may not even
        wait."""
        near = network(address)
        left = self._addresses.level(near) - self._open[near]
        if left < 1 or self._waiting[near] >= self.AT_ONCE:
            raise rate_limited(3)
        pair = f"{username} {near}"
        wrong = 10 - self._pairs.level(pair) + self._open[pair]
        everywhere = 100 - self._accounts.level(username)
        wait = 0.0 if wrong < self.FREE else min(self.LONGEST, 0.25 * 2 ** (wrong - self.FREE))
        return max(wait, self.ACCOUNT_WAIT if everywhere > self.ACCOUNT_FREE else 0.0)

    @contextlib.asynccontextmanager
    async def attempt(self, username: str, address: str) -> AsyncIterator[None]:
        """Around the look at a password: waits as long as this attempt has to. Raises Problem."""
        wait = self.delay(username, address)
        near = network(address)
        with _counted(self._open, near), _counted(self._open, f"{username} {near}"):
            if wait:
                with _counted(self._waiting, near):
                    await asyncio.sleep(wait)
            yield

    def was_wrong(self, username: str, address: str) -> None:
        near = network(address)
        self._pairs.spend(f"{username} {near}")
        self._accounts.spend(username)
        self._addresses.spend(near)


@contextlib.contextmanager
def _counted(counter: Counter[str], name: str) -> Iterator[None]:
    counter[name] += 1
    try:
        yield
    finally:
        counter[name] -= 1
        if not counter[name]:
            del counter[name]
