"""What takes the whole screen between calls: an announcement, or that the hall is closed."""

import copy

from playwright.sync_api import expect

from tests.browser.hall import measure, states
from tests.browser.hall.stage import LATER, Stage


def test_an_announcement_takes_the_screen_between_calls_only(timed: Stage) -> None:
    timed.open()
    page = timed.page
    covering = {
        "a": {"text": {"id": "Tutup lebih awal", "en": "Closing early"}, "full_screen": True},
        "b": {"text": "Siapkan KTP asli."},
    }
    quiet = states.hall(announcements=covering)
    timed.see(quiet)
    panel = page.locator(".panel")
    expect(panel).to_be_visible()
    expect(panel.locator(".panel-text")).to_contain_text("Tutup lebih awal")
    expect(panel.locator(".panel-second")).to_have_text("Closing early")
    # Who was called finds the number at its foot, and the others their running text.
    expect(panel.locator(".panel-call").first).to_contain_text("Loket 5")
    expect(page.locator(".hall-info")).to_have_text("InfoSiapkan KTP asli.")
    timed.see(states.hall(announcing=True, announcements=covering))
    expect(panel).to_be_hidden()
    expect(page.locator(".call")).to_have_attribute("data-announcing", "true")
    timed.see(quiet)  # said in less than the eye needs
    page.clock.run_for(7500)
    expect(panel).to_be_hidden()
    page.clock.run_for(1000)
    expect(panel).to_be_visible()
    timed.connection("stale", LATER)
    expect(panel).to_be_hidden()
    expect(page.locator(".call .hall-heading")).to_contain_text("Panggilan terakhir")


def test_a_long_announcement_goes_on_after_each_call_where_it_was(timed: Stage) -> None:
    timed.open("&languages=alternating")
    text = {"id": "Bawa KTP asli dan salinannya. " * 12, "en": "Bring your card and a copy. " * 14}
    covering = {"a": {"text": text, "full_screen": True}}
    said = timed.page.locator(".panel-text")
    seen = []
    for seq in range(6):
        timed.see(states.hall(announcements=covering))
        timed.page.clock.run_for(9000)
        seen.append(said.inner_text()[:5])
        state = states.hall(announcing=True, announcements=covering)
        state["calls"]["H-038"]["seq"] = state["announcing"]["seq"] = 100 + seq
        timed.see(state)
        expect(timed.page.locator(".panel")).to_be_hidden()
        timed.page.clock.run_for(9000)
    assert seen == ["Bawa ", "Bawa ", "Bawa ", "Bring", "Bring", "Bring"]


def test_a_long_announcement_stops_where_a_sentence_does_and_says_that_it_goes_on(
    timed: Stage,
) -> None:
    timed.open()
    text = {"id": "Bawa KTP asli dan salinannya ke loket. " * 40}
    timed.see(states.hall(announcements={"a": {"text": text, "full_screen": True}}))
    panel = timed.page.locator(".panel")
    mark, said = panel.locator(".panel-mark"), panel.locator(".panel-text")
    total = int(mark.inner_text().split("/")[1])
    assert total > 1
    for part in range(1, total + 1):
        expect(mark).to_have_text(f"{part}/{total}")
        assert said.inner_text().strip().endswith("loket.")
        assert measure.faults(timed.page) == []
        timed.page.clock.run_for(measured_ms(said.inner_text()))
    timed.see(states.hall(announcements={"a": {"text": "Tutup.", "full_screen": True}}))
    expect(mark).to_have_text("")


def measured_ms(text: str) -> int:
    """How long a page of it stays."""
    return 4050 + 65 * len(text)


def test_where_languages_alternate_an_announcement_stays_until_it_was_read(timed: Stage) -> None:
    timed.open("&languages=alternating")
    text = {"id": "Bawa KTP asli dan salinannya. " * 10, "en": "Bring your card and a copy. " * 10}
    timed.see(states.hall(announcements={"a": {"text": text, "full_screen": True}}))
    said = timed.page.locator(".panel-text")
    for words in ("Bawa ", "Bring"):
        for _ in range(5):
            assert said.inner_text()[:5] == words
            timed.page.clock.run_for(5000)


def test_a_closed_hall_says_when_it_opens_and_why(board: Stage) -> None:
    board.services = [{"id": "ktp", "opens_at": "2026-11-25T08:00:00.000+07:00"}]
    board.open()
    state = states.closed()
    board.see(state)
    panel = board.page.locator('.panel[data-kind="closed"]')
    expect(panel).to_contain_text("Tutup, buka Rabu pukul 08.00")
    expect(panel).to_contain_text("Hari libur nasional")
    expect(panel).to_contain_text("Closed, opens Wednesday at 08.00")
    # Whoever is served still is shown as ever.
    busy = copy.deepcopy(state)
    busy["calls"]["H-038"]["state"] = "serving"
    board.see(busy)
    expect(panel).to_be_hidden()
    board.see(state)
    expect(panel).to_be_visible()
    # Whoever waits still must not read that it is over.
    state["services"]["ktp"]["waiting"] = 1
    board.see(state)
    expect(panel).to_be_hidden()
    expect(board.page.locator(".hall-notices")).to_contain_text("Semua layanan tutup")
