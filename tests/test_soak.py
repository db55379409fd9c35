"""The verdict of scripts/soak: what counts as growth, and what as noise."""

import random
import xml.etree.ElementTree as ElementTree

import pytest

from scripts.soaking.plot import draw
from scripts.soaking.trend import LIMITS, trend

MINUTES = [float(minute) for minute in range(121)]


def test_a_leak_is_found_within_two_hours() -> None:
    # 100 kB a minute, below a saw of 2 MiB: after 72 hours some 400 MiB.
    values = [10 + 0.1 * m + (m % 7) * 0.3 for m in MINUTES]
    found = trend(MINUTES, values, 1.5)
    assert found.grows
    assert found.slope == pytest.approx(0.1, abs=0.01)


def test_what_only_fills_at_the_beginning_does_not_grow() -> None:
    values = [10 + min(m, 20.0) for m in MINUTES]
    assert not trend(MINUTES, values, 1.5).grows


def test_noise_is_no_growth_however_wild() -> None:
    chance = random.Random(5)
    values = [100 + chance.uniform(-30, 30) for _ in MINUTES]
    assert not trend(MINUTES, values, 20).grows


def test_a_single_step_at_the_end_moves_nothing() -> None:
    values = [10.0] * 118 + [60.0] * 3
    assert not trend(MINUTES, values, 1.5).grows


def test_what_shrinks_or_stays_does_not_grow() -> None:
    assert not trend(MINUTES, [50 - 0.2 * m for m in MINUTES], 1.5).grows
    assert trend(MINUTES, [50.0] * len(MINUTES), 1.5).gain == 0


def test_the_drawing_has_a_line_for_each_series() -> None:
    titles = {limit.unit: MINUTES for limit in LIMITS}
    drawn = ElementTree.fromstring(draw(MINUTES, titles))
    lines = [node for node in drawn.iter() if node.tag.endswith("polyline")]
    assert len(lines) == len(LIMITS)
    assert all(len(line.attrib["points"].split()) == len(MINUTES) for line in lines)
