"""What slows a guesser down, by a clock of the test's own; hashes in their turn."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from antrean.web.passwords import AT_ONCE, QUEUED, Guard, Passwords, is_weak
from antrean.web.problems import Problem

HERE, THERE = "192.0.2.1", "198.51.100.7"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def guard_and_clock() -> tuple[Guard, Clock]:
    clock = Clock()
    return Guard(clock), clock


def test_each_wrong_password_of_an_address_waits_longer_up_to_a_bound() -> None:
    guard, _ = guard_and_clock()
    waits = []
    for _ in range(10):
        waits.append(guard.delay("sari", HERE))
        guard.was_wrong("sari", HERE)
    assert waits == [0, 0, 0, 0.25, 0.5, 1, 2, 4, 4, 4]


def test_another_address_and_another_account_do_not_wait() -> None:
    guard, _ = guard_and_clock()
    for _ in range(10):
        guard.was_wrong("sari", HERE)
    assert guard.delay("sari", HERE) == 4
    assert guard.delay("sari", THERE) == 0
    assert guard.delay("budi", HERE) == 0


def test_it_is_forgotten_in_a_quarter_of_an_hour() -> None:
    guard, clock = guard_and_clock()
    for _ in range(10):
        guard.was_wrong("sari", HERE)
    clock.now += 901
    assert guard.delay("sari", HERE) == 0


def test_an_account_that_all_the_world_guesses_at_waits_a_little_for_everyone() -> None:
    guard, _ = guard_and_clock()
    for n in range(20):
        guard.was_wrong("sari", f"203.0.113.{n}")
    assert guard.delay("sari", THERE) == 0
    for n in range(500):
        guard.was_wrong("sari", f"203.0.{n % 100}.{n % 250}")
    assert guard.delay("sari", THERE) == 1  # and never more: nobody is locked out


def test_an_address_that_tries_many_accounts_is_sent_away() -> None:
    guard, clock = guard_and_clock()
    for n in range(40):
        guard.delay(f"user{n}", HERE)
        guard.was_wrong(f"user{n}", HERE)
    with pytest.raises(Problem, match="rate_limited"):
        guard.delay("user99", HERE)
    assert guard.delay("user99", THERE) == 0
    clock.now += 3
    assert guard.delay("user99", HERE) == 0


@pytest.mark.asyncio
async def test_few_of_one_address_may_wait_at_once() -> None:
    guard, _ = guard_and_clock()
    for _ in range(8):
        guard.was_wrong("sari", HERE)

    async def attempt() -> None:
        async with guard.attempt("sari", HERE):
            raise AssertionError("it waits")

    waiting = [asyncio.create_task(attempt()) for _ in range(Guard.AT_ONCE)]
    await asyncio.sleep(0)
    with pytest.raises(Problem, match="rate_limited"):
        await attempt()
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert guard.delay("sari", HERE) == 4  # who left gave the place back


@pytest.mark.asyncio
async def test_nothing_is_gained_by_guessing_all_at_once() -> None:
    """A hash takes its time: what is not yet known to be wrong must count as if it were."""
    guard, _ = guard_and_clock()
    async with AsyncExitStack() as under_way:
        for n in range(40):
            await under_way.enter_async_context(guard.attempt(f"user{n}", HERE))
        with pytest.raises(Problem, match="rate_limited"):
            guard.delay("user99", HERE)
        assert guard.delay("user99", THERE) == 0
    assert guard.delay("user99", HERE) == 0  # they were right: nothing is left of them
    async with AsyncExitStack() as under_way:
        for _ in range(Guard.FREE):
            await under_way.enter_async_context(guard.attempt("sari", HERE))
        assert guard.delay("sari", HERE) == 0.25
        assert guard.delay("budi", HERE) == 0


@pytest.mark.asyncio
async def test_hashing_waits_for_its_turn_and_more_are_sent_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ANTREAN_TEST_ARGON2", "1")
    passwords = Passwords()
    tasks = [asyncio.create_task(passwords.hash("kata sandi")) for _ in range(QUEUED + 5)]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    refused = [r for r in results if isinstance(r, Problem)]
    assert len(refused) == 5
    assert AT_ONCE == 2
    hashed = next(r for r in results if isinstance(r, str))
    assert await passwords.check(hashed, "kata sandi")
    assert not await passwords.check(hashed, "Kata sandi")
    assert not await passwords.check(None, "nobody's password")
    assert not await passwords.check("no hash", "kata sandi")


def test_passwords_are_kept_as_argon2id_of_a_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANTREAN_TEST_ARGON2", raising=False)
    hashed = Passwords().hash_now("kata sandi")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert hashed != Passwords().hash_now("kata sandi")


@pytest.mark.parametrize(
    ("password", "weak"),
    [
        ("password1", True), ("PASSWORD1", True), ("aaaaaaaa", True), ("abababab", True),
        ("sari1234x", False), ("kata sandi", False), ("sari.dewi", True),
    ],
)  # fmt: skip
def test_what_anyone_would_try_is_weak(password: str, weak: bool) -> None:
    assert is_weak(password, "Sari.Dewi") is weak
