"""A hall outside its hours: when it opens, over midnight, and when nobody answered at first."""

import pytest
from playwright.sync_api import expect

from tests.browser.hall import states
from tests.browser.hall.stage import Stage

OPENS = [{"id": "ktp", "opens_at": "2026-11-25T08:00:00.000+07:00"}]
MIDNIGHT = "2026-11-25T00:00:01.000+07:00"


@pytest.mark.parametrize(
    ("layout", "place"), [("call", ".panel"), ("waiting", '.wait-row[data-service="ktp"]')]
)
def test_what_opens_tomorrow_opens_today_after_midnight(
    timed: Stage, layout: str, place: str
) -> None:
    timed.services = OPENS
    timed.open(f"&layout={layout}")
    state = states.closed()
    # In the layout of lines one of them is open, or the closed hall would cover them all.
    if layout == "waiting":
        state["services"]["skck"]["status"] = "open"
    timed.see(state)
    timed.page.clock.run_for(4000)
    said = timed.page.locator(place).first
    expect(said).to_contain_text("buka Rabu pukul 08.00")
    timed.page.evaluate("(now) => { window.live.now = now; }", MIDNIGHT)
    timed.page.clock.run_for(1100)
    expect(said).to_contain_text("buka pukul 08.00")


def test_when_it_opens_is_asked_for_until_there_is_an_answer(timed: Stage) -> None:
    page = timed.page
    timed.services = OPENS
    page.route("**/api/v1/services?*", lambda route: route.abort())
    timed.open()
    timed.see(states.closed())
    panel = page.locator(".panel")
    expect(panel).to_contain_text("Semua layanan tutup")
    with page.expect_event("requestfailed"):
        page.clock.run_for(4000)
    page.unroute("**/api/v1/services?*")
    page.route("**/api/v1/services?*", lambda route: route.fulfill(json={"items": OPENS}))
    page.clock.run_for(21_000)
    expect(panel).to_contain_text("Tutup, buka Rabu pukul 08.00")
