"""Pairing codes: one use, ten minutes, one socket, and no way to guess them."""

import itertools
import re
from collections import Counter

import pytest

from antrean.web.pairing import (
    ALPHABET,
    IN_ALL,
    LENGTH,
    LIFE_SECONDS,
    PER_ADDRESS,
    Offer,
    Pairing,
    draw,
)


class Screen:
    """A display that waits; `device` is what it became."""

    def __init__(self) -> None:
        self.device: str | None = None

    def paired(self, device: str) -> None:
        self.device = device


class Time:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def pairing(time: Time) -> Pairing:
    return Pairing(time)


def offered(pairing: Pairing, screen: Screen, address: str = "10.0.0.1") -> Offer:
    offer = pairing.offer(screen, address)
    assert offer is not None
    return offer


def test_a_code_pairs_the_display_that_asked_for_it(pairing: Pairing) -> None:
    one, other = Screen(), Screen()
    offered(pairing, other)
    offer = pairing.take(offered(pairing, one).code)
    assert offer is not None
    pairing.use(offer)
    assert (one.device, other.device) == (offer.device, None)
    assert pairing.take(offer.code) is None, "used twice"
    assert len(pairing) == 1


def test_a_code_is_read_as_people_type_it(pairing: Pairing) -> None:
    code = offered(pairing, Screen()).code
    for typed in (code, code.lower(), f" {code[:3]}-{code[3:]} ", f"{code[:3]} {code[3:]}\n"):
        found = pairing.take(typed)
        assert found is not None, typed
        assert pairing.take(typed) is None, "taken by two"
        assert pairing.is_taken(typed)
        pairing.give_back(found)
        assert not pairing.is_taken(typed)
    for wrong in ("", "-", code[:-1], code + "A", code.replace(code[0], "0")):
        assert pairing.take(wrong) is None, wrong


def test_a_socket_has_one_code_for_as_long_as_it_lives(pairing: Pairing, time: Time) -> None:
    screen = Screen()
    first = offered(pairing, screen)
    time.now += LIFE_SECONDS - 1
    assert offered(pairing, screen) is first
    assert pairing.seconds_left(first) == 1
    time.now += 1
    assert pairing.take(first.code) is None
    second = offered(pairing, screen)
    assert second.code != first.code
    assert second.device != first.device
    assert pairing.seconds_left(second) == LIFE_SECONDS


def test_a_code_ends_with_its_socket(pairing: Pairing) -> None:
    screen = Screen()
    offer = offered(pairing, screen)
    pairing.gone(screen)
    pairing.gone(screen)
    assert pairing.take(offer.code) is None
    assert len(pairing) == 0


def test_a_display_that_went_away_meanwhile_is_told_nothing(pairing: Pairing) -> None:
    screen = Screen()
    taken = pairing.take(offered(pairing, screen).code)
    assert taken is not None
    pairing.gone(screen)
    assert pairing.is_taken(taken.code)
    pairing.use(taken)
    assert screen.device is None
    assert len(pairing) == 0


def test_a_display_that_went_away_has_no_code_to_give_back(pairing: Pairing) -> None:
    screen = Screen()
    taken = pairing.take(offered(pairing, screen).code)
    assert taken is not None
    pairing.gone(screen)
    pairing.give_back(taken)
    assert pairing.take(taken.code) is None
    assert len(pairing) == 0


def test_a_code_does_not_end_while_it_is_being_used(pairing: Pairing, time: Time) -> None:
    screen = Screen()
    taken = pairing.take(offered(pairing, screen).code)
    assert taken is not None
    time.now += LIFE_SECONDS
    offered(pairing, Screen())
    pairing.use(taken)
    assert screen.device == taken.device


def test_a_code_given_back_leads_to_the_same_device(pairing: Pairing) -> None:
    """Else a commit of which nobody knew whether it happened left a device that nobody is."""
    code = offered(pairing, Screen()).code
    first = pairing.take(code)
    assert first is not None
    pairing.give_back(first)
    second = pairing.take(code)
    assert second is not None
    assert second.device == first.device


def test_an_address_and_all_together_have_a_bound(pairing: Pairing, time: Time) -> None:
    hall = [Screen() for _ in range(PER_ADDRESS)]
    for screen in hall:
        offered(pairing, screen)
    assert pairing.offer(Screen(), "10.0.0.1") is None
    offered(pairing, Screen(), "10.0.0.2")
    pairing.gone(hall[0])
    offered(pairing, Screen())
    assert pairing.offer(Screen(), "10.0.0.1") is None
    pairing.gone(hall[1])
    for n in range(IN_ALL):
        pairing.offer(Screen(), f"10.1.{n // 250}.{n % 250}")
    assert len(pairing) == IN_ALL
    assert pairing.offer(Screen(), "10.9.9.9") is None
    time.now += LIFE_SECONDS
    offered(pairing, Screen(), "10.9.9.9")
    assert len(pairing) == 1


def test_who_fills_them_all_keeps_no_other_display_out(pairing: Pairing) -> None:
    """The oldest code of whoever has most ends; one that is being used at this moment does not."""
    first = [Screen() for _ in range(PER_ADDRESS)]
    for screen in first:
        offered(pairing, screen, "10.1.0.0")
    for n in range(PER_ADDRESS, IN_ALL):
        offered(pairing, Screen(), f"10.1.0.{n // PER_ADDRESS}")
    used = pairing.take(offered(pairing, first[0], "10.1.0.0").code)
    assert used is not None
    oldest = offered(pairing, first[1], "10.1.0.0")
    honest = offered(pairing, Screen(), "10.9.9.9")
    assert len(pairing) == IN_ALL
    assert pairing.take(oldest.code) is None
    pairing.use(used)
    assert first[0].device == used.device
    for _ in range(IN_ALL):
        pairing.offer(Screen(), "10.1.0.1")
    assert pairing.take(honest.code) is honest


def test_an_ipv6_network_counts_as_one_address(pairing: Pairing) -> None:
    for n in range(PER_ADDRESS):
        offered(pairing, Screen(), f"2001:db8::{n:x}")
    assert pairing.offer(Screen(), "2001:db8::ffff:1") is None
    offered(pairing, Screen(), "2001:db8:0:1::1")


def test_wrong_codes_of_a_caller_are_counted(pairing: Pairing, time: Time) -> None:
    for _ in range(10):
        assert pairing.wait("user:admin") == 0
        pairing.was_wrong("user:admin")
    assert 0 < pairing.wait("user:admin") <= 6
    assert pairing.wait("user:other") == 0
    time.now += 6
    assert pairing.wait("user:admin") == 0
    pairing.was_wrong("user:admin")
    assert pairing.wait("user:admin") > 0, "ten a minute, not more after the first minute"


def test_two_open_codes_are_never_the_same(time: Time) -> None:
    drawn = itertools.chain(["AAAAAA", "AAAAAA", "BBBBBB"], itertools.repeat("CCCCCC"))
    pairing = Pairing(time, lambda: next(drawn))
    assert offered(pairing, Screen()).code == "AAAAAA"
    assert offered(pairing, Screen()).code == "BBBBBB"


def test_codes_are_drawn_evenly_from_signs_that_are_read_as_no_other() -> None:
    assert not set("01OIL") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    codes = [draw() for _ in range(20_000)]
    assert all(re.fullmatch(f"[{ALPHABET}]{{{LENGTH}}}", code) for code in codes)
    counts = Counter("".join(codes))
    mean = len(codes) * LENGTH / len(ALPHABET)
    assert all(abs(counts[sign] - mean) < 8 * mean**0.5 for sign in ALPHABET)
