"""Layout `waiting`: what its rows say when a line is shut."""

from playwright.sync_api import expect

from tests.browser.hall import states
from tests.browser.hall.measure import faults
from tests.browser.hall.stage import Stage


def test_the_last_number_of_a_shut_line_is_called_in_its_row(stage: Stage) -> None:
    for status in ("closed", "paused", "not_operating"):
        stage.size((1920, 1080))
        stage.open("&layout=waiting")
        state = states.hall(announcing=True)
        state["services"]["ktp"].update(status=status, waiting=0, next=[])
        stage.see(state, states.waits())
        row = stage.page.locator('.wait-row[data-service="ktp"]')
        expect(row.locator(".plate")).to_have_attribute("data-number", "H-038")
        expect(row).to_have_attribute("data-theme", "now")
        expect(row).to_contain_text("Loket 5")


def test_a_service_of_another_zone_is_called_at_a_counter_of_this_one(stage: Stage) -> None:
    for size in ((1920, 1080), (1080, 1920)):
        stage.size(size)
        stage.open("&layout=waiting")
        state = states.hall(announcing=True)
        del state["services"]["ktp"]
        stage.see(state, states.waits())
        rows = stage.page.locator(".wait-row")
        before = rows.count()
        row = stage.page.locator('.wait-row[data-theme="now"]')
        expect(row.locator(".plate")).to_have_attribute("data-number", "H-038")
        expect(row.locator(".bullet")).to_have_text("H")
        expect(row).to_contain_text("KTP elektronik")
        expect(row).to_contain_text("Loket 5")
        assert faults(stage.page) == []
        assert stage.page.evaluate("window.board.drawn()") == [6]
        del state["announcing"]
        stage.open("&layout=waiting")
        stage.see(state, states.waits())
        expect(row).to_have_count(0)
        assert rows.count() == before
