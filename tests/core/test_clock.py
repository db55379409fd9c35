"""The engine's moments: steps of a time server are followed, jumps are not, nothing goes back."""

import pytest

from antrean.clock import Clock, ClockBehind

START = 1_795_485_600_000
HOUR = 3_600_000


class Hardware:
    """A wall clock that can be set, and a boot clock that cannot."""

    def __init__(self) -> None:
        self.wall, self.boot = START, 50_000

    def passes(self, ms: int) -> None:
        self.wall += ms
        self.boot += ms

    def clock(self, last: int = 0, *, accept: bool = False, speed: float = 1.0) -> Clock:
        return Clock(
            last,
            accept=accept,
            speed=speed,
            wall_ms=lambda: self.wall,
            boot_ms=lambda: self.boot,
        )


def test_it_goes_with_the_wall_clock() -> None:
    hardware = Hardware()
    clock = hardware.clock()
    assert clock.now() == START
    hardware.passes(5_000)
    assert (clock.now(), clock.jump_seconds()) == (START + 5_000, 0)


@pytest.mark.parametrize("jump", [2 * HOUR, -2 * HOUR, 24 * HOUR, 60_001, -60_001])
def test_a_jump_of_more_than_a_minute_is_not_followed_but_named(jump: int) -> None:
    hardware = Hardware()
    clock = hardware.clock()
    hardware.wall += jump
    assert (clock.now(), clock.jump_seconds()) == (START, int(jump / 1000))
    hardware.passes(5_000)
    assert clock.now() == START + 5_000
    hardware.wall -= jump
    assert (clock.now(), clock.jump_seconds()) == (START + 5_000, 0)


def test_small_steps_are_followed_also_when_they_add_up() -> None:
    hardware = Hardware()
    clock = hardware.clock()
    for _ in range(5):
        hardware.wall += 50_000
        clock.now()
    assert (clock.now(), clock.jump_seconds()) == (START + 250_000, 0)


def test_a_step_backwards_stops_time_until_it_is_made_up() -> None:
    hardware = Hardware()
    clock = hardware.clock()
    hardware.wall -= 30_000
    assert clock.now() == START
    hardware.passes(10_000)
    assert clock.now() == START
    hardware.passes(25_000)
    assert clock.now() == START + 5_000


def test_a_machine_that_slept_goes_on_at_the_right_time() -> None:
    hardware = Hardware()
    clock = hardware.clock()
    hardware.passes(8 * HOUR)  # the boot clock counts the sleep
    assert (clock.now(), clock.jump_seconds()) == (START + 8 * HOUR, 0)


@pytest.mark.parametrize(("behind", "well"), [(60_000, True), (60_001, False)])
def test_a_start_far_before_the_journal_is_refused(behind: int, well: bool) -> None:
    if well:
        assert Hardware().clock(START + behind).now() == START + behind
    else:
        with pytest.raises(ClockBehind) as caught:
            Hardware().clock(START + behind)
        assert caught.value.behind_seconds == 60


def test_an_accepted_clock_goes_on_from_the_journal_and_is_named() -> None:
    hardware = Hardware()
    clock = hardware.clock(START + HOUR, accept=True)
    hardware.passes(1_000)
    assert (clock.now(), clock.jump_seconds()) == (START + HOUR + 1_000, -3_600)


def test_a_simulated_clock_runs_faster() -> None:
    hardware = Hardware()
    clock = hardware.clock(speed=60.0)
    hardware.passes(1_000)
    assert clock.now() == START + 60_000
    assert clock.seconds_until(START + 120_000) == 1.0
    assert clock.seconds_until(START) == 0.0
