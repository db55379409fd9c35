"""What a board does with its settings and its calls."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hall import measure, states
from tests.browser.hall.stage import LATER, NOW, Stage


def at(page: Page, selector: str) -> Locator:
    return page.locator(selector).first


# settings
def test_settings_apply_without_a_new_page_or_board(board: Stage) -> None:
    board.open("&layout=call")
    board.see(states.hall(announcing=True))
    page = board.page
    page.evaluate("window.mark = window.board")
    board.apply("&layout=call&theme=dark&contrast=1&margin=5&arrows=loket-5:left")
    html = page.locator("html")
    expect(html).to_have_attribute("data-theme", "dark")
    expect(html).to_have_attribute("data-contrast", "high")
    assert page.evaluate("document.documentElement.style.getPropertyValue('--margin')") == "5"
    expect(page.locator(".hall-arrow")).to_have_attribute("data-direction", "left")
    expect(page.locator(".hall-arrow")).to_have_attribute("aria-label", "Panah ke kiri")
    board.apply("&layout=counters&lang=en")
    expect(html).not_to_have_attribute("data-theme", "dark")
    expect(page.locator("#hall")).to_have_attribute("data-layout", "counters")
    # The call that was yellow is so still.
    expect(page.locator('.cell[data-theme="now"] .plate')).to_have_attribute("data-number", "H-038")
    expect(page.locator(".cell-text").first).to_contain_text("Free")
    assert page.evaluate("window.mark === window.board")


def test_there_is_no_arrow_that_nobody_set(board: Stage) -> None:
    board.open("&layout=call&arrows=loket-3:left,loket-5:sideways")
    board.see(states.hall())
    expect(board.page.locator(".call-counter")).to_have_text("Loket 5")
    expect(board.page.locator(".hall-arrow")).to_have_count(0)


@pytest.mark.parametrize(
    ("query", "first", "second"),
    [
        ("", "Dipanggil sekarang", "Now calling"),
        ("&lang=en", "Now calling", "Dipanggil sekarang"),
        ("&languages=id", "Dipanggil sekarang", ""),
        ("&languages=en", "Now calling", ""),
    ],
)
def test_languages_together_or_one_alone(board: Stage, query: str, first: str, second: str) -> None:
    board.open(query)
    board.see(states.hall())
    heading = at(board.page, ".call .hall-heading")
    expect(heading).to_have_text(f"{first} {second}".strip())
    if not second:
        expect(board.page.locator("#hall .second")).to_have_count(0)


def test_languages_alternate_but_not_under_the_eyes_of_whoever_reads_a_call(timed: Stage) -> None:
    timed.open("&languages=alternating")
    timed.see(states.hall())
    page = timed.page
    heading = at(page, ".call .hall-heading")
    expect(heading).to_have_text("Dipanggil sekarang")
    page.clock.run_for(8100)
    expect(heading).to_have_text("Now calling")
    expect(page.locator(".call-counter")).to_have_text("Counter 5")
    expect(page.locator(".hall-zone")).to_have_text("Main hall")
    page.clock.run_for(7000)
    timed.see(states.hall(announcing=True))
    page.clock.run_for(4500)
    expect(heading).to_have_text("Please proceed")
    page.clock.run_for(1000)
    expect(heading).to_have_text("Silakan menuju loket")


def test_where_languages_alternate_the_stale_bar_does_too(timed: Stage) -> None:
    timed.open("&languages=alternating")
    timed.see(states.hall())
    timed.connection("stale", LATER)
    bar = timed.page.locator(".stale-bar")
    expect(bar).to_contain_text("Data terakhir 10.03.00")
    timed.page.clock.run_for(8100)
    expect(bar).to_contain_text("Last data 10.03.00")


# calls
def test_a_recall_is_called_one(board: Stage) -> None:
    board.open()
    state = states.hall(announcing=True)
    state["calls"]["H-038"]["recalls"] = 1
    board.see(state)
    expect(at(board.page, ".call .hall-heading")).to_have_text("Panggilan ulang Called again")
    expect(board.page.locator(".call")).to_have_attribute("data-announcing", "true")


def test_whoever_was_sent_elsewhere_is_told_where_to(board: Stage) -> None:
    board.open()
    state = states.hall()
    to = {"service": "tanah", "service_name": {"id": "Sertifikat tanah", "en": "Land title"}}
    state["calls"]["C-114"].update(state="waiting", to={**to, "counter_label": "12"})
    state["calls"]["H-038"].update(state="waiting", to=to)
    board.see(state)
    row = board.page.locator(".earlier-row[data-moved]")
    expect(row.locator(".plate")).to_have_attribute("data-number", "C-114")
    # In words: an arrow says where to walk, here and on the panel.
    expect(row.locator(".earlier-agency")).to_have_text("ke G Sertifikat tanah")
    expect(row.locator(".icon")).to_have_count(0)
    expect(row.locator(".bullet")).to_have_text("G")
    expect(row.locator(".earlier-to")).to_have_text("Sertifikat tanah")
    expect(row.locator(".earlier-counter")).to_have_text("12")
    call = board.page.locator(".call")
    expect(call.locator(".call-counter-name")).to_have_text("Sertifikat tanah")
    expect(call.locator(".hall-heading")).to_contain_text("Dialihkan, mohon tunggu")
    # An arrow in its square says where to walk from this TV, and nobody knows that here.
    expect(call.locator(".hall-arrow")).to_have_count(0)
    expect(call.locator(".call-counter .bullet")).to_have_attribute("data-tile", "bata")
    expect(call).not_to_contain_text("Loket 5")
    # Whose line it is, and not whose it was.
    expect(call.locator(".call-agency")).to_have_text("Kantor ATR/BPN")


AWAY = {
    "service": "kas",
    "service_name": {"id": "Pembayaran", "en": "Payments"},
    "agency_short": {"id": "Bapenda"},
    "zone": "timur",
    "zone_name": {"id": "Hall Timur", "en": "East hall"},
}


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_whoever_was_sent_to_another_hall_is_told_which(
    board: Stage, size: tuple[int, int]
) -> None:
    board.size(size)
    board.open()
    state = states.hall()
    state["calls"]["H-038"].update(state="waiting", to=AWAY)
    state["calls"]["C-114"].update(state="waiting", to={**AWAY, "counter_label": "7"})
    board.see(state)
    call = board.page.locator(".call")
    heading = call.locator(".hall-heading")
    expect(heading).to_have_text("Dialihkan, silakan ke Transferred, please go to")
    expect(call.locator(".call-counter-name")).to_have_text("Hall Timur")
    expect(call.locator(".call-agency")).to_have_text("Bapenda")
    expect(call.locator(".call-service")).to_have_text("Pembayaran East hall \N{EN DASH} Payments")
    row = board.page.locator(".earlier-row[data-moved]")
    expect(row).to_contain_text("ke Hall Timur")
    expect(row.locator(".earlier-counter")).to_have_text("7")
    assert measure.faults(board.page) == []


def test_the_counter_that_one_was_sent_to_is_said_as_loudly_as_an_agency(board: Stage) -> None:
    board.open()
    board.see(states.sent_on(states.hall()))
    counter = board.page.locator(".call-agency")
    expect(counter).to_have_text("Loket 12")
    expect(counter).to_have_css("font-weight", "700")
    assert board.font_size(".call-agency") >= 40
    state = states.hall()
    state["calls"]["H-038"].update(state="waiting", to={**AWAY, "counter_label": "7"})
    board.see(state)
    expect(counter).to_have_text("Loket 7")
    expect(board.page.locator(".call-counter-name")).to_have_text("Hall Timur")


KTP = "Dinas Kependudukan dan Pencatatan Sipil"


@pytest.mark.parametrize("lost", range(0, 140, 20))
def test_upright_the_english_goes_after_the_counter_and_before_the_number(
    board: Stage, lost: int
) -> None:
    """`lost`: what a bar below takes away from the screen."""
    board.size((1080, 1920))
    board.open()
    board.page.evaluate("(lost) => { hall.style.bottom = `${lost}px`; }", lost)
    board.see(states.hall())
    call = board.page.locator(".call")
    expect(call).to_have_attribute("data-english", "shown")
    # No long name that comes back because its letters got small enough.
    wide = call.locator(".call-agency").inner_text() == KTP
    assert not wide or board.font_size(".call-agency") > 56
    assert board.font_size(".call .plate") >= 190 / 0.7 - 1
    assert board.font_size(".call-counter") >= 183 - 1
    board.page.evaluate("hall.style.bottom = ''")


def test_a_long_line_keeps_its_english_and_so_does_the_heading(board: Stage) -> None:
    board.open("&layout=call")
    state = states.longest()
    name = {"id": "Sambungan baru dan tambah kapasitas", "en": "New connection and more power"}
    state["calls"]["MWM-1002"].update(state="waiting", to={"service": "pln", "service_name": name})
    board.see(state)
    expect(board.page.locator(".call-head .second")).to_be_visible()
    expect(board.page.locator(".call")).to_have_attribute("data-english", "shown")
    assert measure.faults(board.page) == []


@pytest.mark.parametrize("more", ["", " roda dua", " roda dua dan empat"])
def test_english_that_has_no_room_beside_stands_on_its_own_line(board: Stage, more: str) -> None:
    board.size((1080, 1920))
    board.open("&layout=call")
    state = states.hall()
    state["calls"]["H-038"]["service_name"] = {
        "id": f"Pajak kendaraan tahunan{more}",
        "en": "Yearly motor vehicle tax",
    }
    board.see(state)
    assert board.font_size(".call-service .second") > 27
    lines = board.page.locator(".call-service .second").evaluate(
        """(node) => {
          const range = document.createRange();
          range.selectNodeContents(node);
          return range.getClientRects().length;
        }"""
    )
    assert lines == 1


def test_a_wide_margin_makes_names_of_the_list_smaller_and_takes_none_away(board: Stage) -> None:
    board.open("&margin=10&contrast=1")
    state = states.hall()
    for number, short in (("L-052", "DPMPTSP"), ("T-019", "Disnaker")):
        state["calls"][number].update(agency_short={"id": short}, counter_label="23")
    board.see(state)
    for name in board.page.locator(".earlier-agency").all():
        expect(name).to_be_visible()
    assert measure.faults(board.page) == []


def rush(count: int) -> dict[str, Any]:
    """`count` calls at once; the first of them is announced."""
    state = states.hall()
    state["calls"] = {
        f"B-{n:03d}": states.call("skck", str(n), n, at="2026-11-24T10:02:30.000+07:00")
        for n in range(1, count + 1)
    }
    state["announcing"] = {"number": "B-001", "counter": "loket-1", "seq": 1}
    return state


def test_more_that_wait_than_there_are_rows_take_turns_and_none_is_left_out(timed: Stage) -> None:
    timed.open()
    timed.see(rush(9))
    page = timed.page
    rows = page.locator(".earlier-row")
    expect(at(page, ".earlier .hall-heading")).to_contain_text("Juga dipanggil")
    expect(page.locator('.earlier-row[data-theme="now"]')).to_have_count(5)
    drawn = {*page.evaluate("window.board.drawn()")}
    page.evaluate("window.board.onDrawn = () => { window.told = window.board.drawn(); }")
    seen = {*rows.locator(".plate").evaluate_all("all => all.map((p) => p.dataset.number)")}
    page.clock.run_for(7000)
    seen |= {*rows.locator(".plate").evaluate_all("all => all.map((p) => p.dataset.number)")}
    assert seen == {f"B-{n:03d}" for n in range(2, 10)}
    # What comes with a page is told as drawn, too.
    assert drawn | {*page.evaluate("window.told")} == {*range(1, 10)}


def test_it_says_which_calls_can_be_read(board: Stage) -> None:
    drawn = "window.board.drawn().sort((a, b) => a - b)"
    board.open()
    board.see(states.hall(announcing=True))
    assert board.page.evaluate(drawn) == [5, 6]  # those called; others are served already
    board.open("&layout=counter&counter=loket-3")
    board.see(states.hall(announcing=True))
    assert board.page.evaluate(drawn) == [5]
    board.open("&layout=waiting")
    board.see(states.hall(announcing=True))
    assert board.page.evaluate(drawn) == [6]
    board.open()
    covering = {"a": {"text": "Tutup lebih awal", "full_screen": True}}
    board.see(states.hall(announcements=covering))
    assert board.page.evaluate(drawn) == []


def test_a_screen_that_is_seen_again_says_which_calls_can_be_read(timed: Stage) -> None:
    page = timed.page
    timed.open()
    page.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { value: true, configurable: true });
          window.read = [];
          window.board.onDrawn = () => { window.read = window.board.drawn(); };
        }"""
    )
    timed.see(states.hall(announcing=True))
    page.clock.run_for(1000)
    assert page.evaluate("window.read") == []
    page.evaluate(
        """() => {
          delete document.hidden;
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    page.clock.run_for(1000)
    assert 6 in page.evaluate("window.read")


def test_where_the_voice_comes_from_is_seen(board: Stage) -> None:
    board.open()
    board.see(states.hall(announcing=True))
    sign = board.page.locator(".hall-speaker")
    expect(sign).to_be_hidden()
    board.page.evaluate("window.board.speaking(true)")
    expect(sign).to_be_visible()
    board.page.evaluate("window.board.speaking(false)")
    expect(sign).to_be_hidden()


def test_an_announced_call_stands_in_the_row_of_its_service(board: Stage) -> None:
    board.open("&layout=waiting")
    state = states.hall(announcing=True)
    board.see(state, states.waits())
    row = board.page.locator('.wait-row[data-theme="now"]')
    expect(row).to_have_attribute("data-service", "ktp")
    expect(row.locator(".plate")).to_have_attribute("data-number", "H-038")
    expect(row).to_contain_text("Loket 5")
    del state["announcing"]
    board.open("&layout=waiting")
    board.see(state, states.waits())
    expect(row).to_have_count(0)


def test_a_line_says_who_is_next_how_many_wait_and_how_long(board: Stage) -> None:
    board.open("&layout=waiting")
    board.see(states.hall(), states.waits())
    rows = board.page.locator(".wait-row")
    line = board.page.locator('[data-service="pajak"]')
    numbers = line.locator(".plate").evaluate_all("all => all.map((one) => one.dataset.number)")
    assert numbers == ["C-040", "C-041"]
    expect(line.locator(".wait-count b")).to_have_text("6")
    expect(line.locator(".wait-range")).to_have_text("20\N{EN DASH}45 mnt")
    expect(rows.nth(0)).to_contain_text("Tidak beroperasi \N{EN DASH} menunggu alat cetak")
    expect(rows.nth(4)).to_contain_text("Sedang jeda \N{EN DASH} Istirahat")
    state = states.hall()
    opens = {"services": {"sim": {"opens_at": "2026-11-25T08:00:00.000+07:00"}}}
    state["services"]["sim"].update(status="closed", note=None)
    board.see(state, opens)
    expect(rows.nth(0)).to_contain_text("Layanan tutup \N{EN DASH} buka Rabu pukul 08.00")
    expect(rows.nth(1).locator(".wait-range")).to_contain_text("belum bisa diperkirakan")


# the line
def test_a_line_that_is_cut_takes_the_yellow_away_and_keeps_the_rest(board: Stage) -> None:
    for layout in ("call", "counters", "waiting", "counter&counter=loket-5", "mixed"):
        board.open(f"&layout={layout}")
        board.see(states.hall(announcing=True), states.waits())
        expect(board.page.locator('#hall [data-theme="now"]')).not_to_have_count(0)
        board.connection("stale", LATER)
        expect(board.page.locator('#hall [data-theme="now"]')).to_have_count(0)
        expect(board.page.locator(".stale-bar")).to_contain_text("Data terakhir 10.03.00")
        board.connection("live", NOW)
        expect(board.page.locator('#hall [data-theme="now"]')).not_to_have_count(0)
