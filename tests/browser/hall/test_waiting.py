"""Layout `waiting`: what its rows say when a line is shut."""

from playwright.sync_api import expect

from tests.browser.hall import states
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
