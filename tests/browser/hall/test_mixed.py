"""Calls beside what plays, at every size, and on a screen that is turned while it plays."""

import base64
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.hall import states
from tests.browser.hall.measure import NO_FAULTS, faults, too_small
from tests.browser.hall.stage import Stage
from tests.support.media import png

SIZES = [(1280, 720), (1920, 1080), (3840, 2160), (1080, 1920)]
URL = f"data:image/png;base64,{base64.b64encode(png(64, 36)).decode()}"
PLAYS: dict[str, Any] = {
    "playlist": [{"media": "a", "type": "image/png", "url": URL, "seconds": 10}]
}


def play(stage: Stage, size: tuple[int, int]) -> None:
    stage.size(size)
    stage.open("&layout=mixed&arrows=loket-5:left")
    stage.see(states.hall() | PLAYS)
    expect(stage.page.locator(".media img")).to_be_visible()


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_overlaps_beside_what_plays(stage: Stage, size: tuple[int, int]) -> None:
    play(stage, size)
    wide, high = size
    scale = high / 1080 if wide > high else wide / 1080
    for name, state in {
        "usual": states.hall(),
        "announcing": states.hall(announcing=True),
        "longest": states.longest(),
        "longest announcing": states.longest(announcing=True),
        "sent on": states.sent_on(states.longest()),
    }.items():
        stage.see(state | PLAYS)
        assert faults(stage.page) == [], (name, size)
        assert too_small(stage.page, scale) == [], (name, size)


def test_a_screen_that_is_turned_while_it_plays_is_laid_out_anew(stage: Stage) -> None:
    play(stage, (1920, 1080))
    rows = stage.page.locator(".earlier-row")
    expect(rows).to_have_count(2)
    stage.size((1080, 1920))
    expect(rows).to_have_count(1)
    stage.page.wait_for_function(NO_FAULTS)
    stage.size((1920, 1080))
    expect(rows).to_have_count(2)
    stage.page.wait_for_function(NO_FAULTS)
