"""Layout `counters`: an announced call is on the screen, whatever page or zone its counter has."""

from playwright.sync_api import expect

from tests.browser.hall import states
from tests.browser.hall.measure import faults
from tests.browser.hall.stage import Stage


def announcing(number: str, counter: str) -> dict[str, object]:
    return {"announcing": {"number": number, "counter": counter, "seq": 99}}


def test_the_page_with_the_announced_counter_is_turned_to(stage: Stage) -> None:
    stage.size((1280, 720))
    stage.open("&layout=counters")
    state = states.longest()
    stage.see(state)
    assert stage.pages() > 1
    for counter in ("24", "1"):
        state = states.longest()
        state["calls"]["B-077"] = states.call("skck", counter, 99)
        state["counters"] = states.counters(state["calls"])
        state["counters"]["loket-24"]["state"] = "open"
        stage.see(state | announcing("B-077", f"loket-{counter}"))
        lit = stage.page.locator('.cell[data-theme="now"] .plate')
        expect(lit).to_have_attribute("data-number", "B-077")
        assert 99 in stage.page.evaluate("window.board.drawn()")


def test_a_counter_of_another_zone_has_a_cell_while_it_calls_for_this_one(stage: Stage) -> None:
    for size in ((1920, 1080), (1080, 1920)):
        stage.size(size)
        stage.open("&layout=counters")
        state = states.hall()
        stage.see(state)
        before = stage.page.locator(".cell").count()
        state["calls"]["B-077"] = states.call("skck", "99", 99)
        stage.see(state | announcing("B-077", "loket-99"))
        cell = stage.page.locator('.cell[data-theme="now"]')
        expect(cell.locator(".cell-label")).to_have_text("99")
        expect(cell.locator(".plate")).to_have_attribute("data-number", "B-077")
        assert stage.page.locator(".cell").count() == before + 1
        assert faults(stage.page) == []
        state["calls"]["B-077"]["state"] = "serving"
        stage.open("&layout=counters")
        stage.see(state)
        assert stage.page.locator(".cell").count() == before


def test_the_page_stays_for_as_long_as_its_call_is_announced(timed: Stage) -> None:
    for layout in ("counters", "waiting"):
        timed.size((1280, 720))
        timed.open(f"&layout={layout}")
        state = states.longest(announcing=True)
        timed.see(state, states.waits())
        assert timed.pages() > 1
        lit = timed.page.locator('.hall-main [data-theme="now"] .plate')
        for _ in range(8):
            timed.page.clock.run_for(4000)
            expect(lit).to_have_attribute("data-number", "MWM-1002")
        here = timed.page.evaluate("window.board.view.turns.index")
        del state["announcing"]
        timed.see(state, states.waits())
        timed.page.clock.run_for(20_000)
        assert timed.page.evaluate("window.board.view.turns.index") != here


def test_a_counter_of_a_cut_connection_was_free(stage: Stage) -> None:
    stage.size((1280, 720))
    for query, place in (("counters", ".cell-text"), ("counter&counter=loket-1", ".desk-agency")):
        stage.open(f"&layout={query}")
        stage.see(states.hall())
        said = stage.page.locator(place).first
        expect(said).to_have_text("Kosong Free")
        stage.connection("stale")
        words, found = said.text_content(), faults(stage.page)
        stage.connection("live")
        expect(said).to_have_text("Kosong Free")
        assert words == "Saat itu kosong Free then"
        assert found == []


def test_a_pause_with_a_reason_says_that_it_is_a_pause(stage: Stage) -> None:
    both = "Jeda \N{EN DASH} Rapat koordinasi", "Paused \N{EN DASH} Meeting"
    stage.size((1920, 1080))
    for note, words in (
        ({"id": "Rapat koordinasi", "en": "Meeting"}, both),
        ({"id": "Rapat koordinasi"}, (both[0], "Paused")),
        (None, ("Sedang jeda", "Paused")),
    ):
        state = states.hall()
        state["counters"]["loket-1"].update(state="paused", note=note)
        for query, place in (
            ("counters", ".cell-text"),
            ("counter&counter=loket-1", ".desk-state"),
        ):
            stage.open(f"&layout={query}")
            stage.see(state)
            said = stage.page.locator(place).first
            expect(said).to_have_text(" ".join(words))
            assert faults(stage.page) == []
