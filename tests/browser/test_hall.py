"""The hall display: `/display?zone=ID` against the real server."""

import itertools
import os
import re
import signal
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.hall.real import SIZES, TURNS_MS, announcing, hall, large, quiet
from tests.browser.support import axe_violations, overflowing
from tests.support import Cast, RunningServer
from tests.support.server import HALL

XSS = "<img src=x onerror=window.hit=1>"
# What is told within 10 s has to be told by the page itself, not by a socket that closes.
STALE_MS = 10_000


# the call
def test_a_call_stands_large_with_its_counter_agency_and_service(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    page = hall(open_page, server)
    clerk = cast.clerk("loket-1")
    expect(page.locator(".call-empty")).to_contain_text("Belum ada nomor yang dipanggil")
    cast.kiosk().take("skck").ok()
    clerk.post("/counters/loket-1/call-next").ok()
    expect(large(page)).to_have_attribute("data-number", "A-001")
    expect(large(page)).to_have_attribute("data-state", "called")
    expect(large(page)).to_have_attribute("data-counter", "loket-1")
    expect(large(page)).to_have_attribute("data-tile", "nila")
    expect(announcing(page)).to_be_visible()
    expect(page.locator(".call .hall-heading")).to_contain_text("Silakan menuju loket")
    expect(page.locator(".call-counter")).to_have_text("Loket 1")
    expect(page.locator(".call-agency")).to_have_text("Polres Metro")
    expect(page.locator(".call-service")).to_contain_text("SKCK Police record")
    expect(page.locator("main [role=status]")).to_have_text("Nomor A-001, silakan menuju Loket 1")
    clerk.post("/counters/loket-1/recall").ok()
    expect(page.locator(".call .hall-heading")).to_contain_text("Panggilan ulang Called again")
    clerk.post("/counters/loket-1/start").ok()
    expect(large(page)).to_have_attribute("data-state", "serving")


def test_calls_at_once_are_announced_one_after_the_other(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    page = hall(open_page, server)
    page.evaluate(
        """() => {
          window.seen = [];
          const look = () => {
            const section = document.querySelector(".call");
            const plate = section.querySelector("[data-number]");
            const last = window.seen[window.seen.length - 1];
            const number = plate && section.dataset.announcing === "true" && plate.dataset.number;
            if (!last || last[0] !== number) window.seen.push([number, performance.now()]);
          };
          new MutationObserver(look).observe(document.querySelector(".call"),
            { attributes: true, childList: true, subtree: true });
          look();
        }"""
    )
    kiosk, clerks = cast.kiosk(), [cast.clerk("loket-1"), cast.clerk("loket-2")]
    for number, clerk in enumerate(clerks, 1):
        kiosk.take("skck").ok()
        clerk.post(f"/counters/loket-{number}/call-next").ok()
    # The one whose turn comes is in the list at once, yellow, with its counter.
    waiting = page.locator('.earlier-row[data-theme="now"]')
    expect(waiting.locator("[data-number]")).to_have_attribute("data-number", "A-002")
    expect(waiting.locator(".earlier-counter")).to_have_text("2")
    expect(page.locator(".earlier .hall-heading").first).to_contain_text("Juga dipanggil")
    expect(large(page)).to_have_attribute("data-number", "A-002", timeout=TURNS_MS)
    moved = page.locator(".earlier-row")
    expect(moved.locator("[data-number]")).to_have_attribute("data-number", "A-001")
    expect(moved.locator(".earlier-agency")).to_have_text("Polres")
    expect(moved.locator(".earlier-counter")).to_have_text("1")
    quiet(page)
    seen = page.evaluate("window.seen")
    assert [number for number, _ in seen] == [None, "A-001", "A-002", False]
    times = [moment for _, moment in seen[1:]]
    assert all(then - since >= 7900 for since, then in itertools.pairwise(times))


def test_an_undone_call_leaves_and_the_one_before_comes_back(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    page = hall(open_page, server)
    kiosk, one, two = cast.kiosk(), cast.clerk("loket-1"), cast.clerk("loket-2")
    for clerk, counter in ((one, "loket-1"), (two, "loket-2")):
        kiosk.take("skck").ok()
        clerk.post(f"/counters/{counter}/call-next").ok()
    expect(page.locator('[data-number="A-002"]')).to_be_visible()
    two.post("/counters/loket-2/undo").ok()
    expect(page.locator('[data-number="A-002"]')).to_have_count(0)
    expect(large(page)).to_have_attribute("data-number", "A-001")


def test_the_old_plate_moves_to_the_list_in_one_step_unless_motion_is_unwanted(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    clerk, kiosk = cast.clerk("loket-1"), cast.kiosk()
    pages = [
        hall(open_page, server, reduced_motion=motion) for motion in ("no-preference", "reduce")
    ]
    for page in pages:
        page.evaluate(
            """() => {
              window.moves = [];
              const animate = Element.prototype.animate;
              Element.prototype.animate = function (frames, options) {
                window.moves.push([this.dataset.number || "row", options.duration]);
                return animate.call(this, frames, options);
              };
            }"""
        )
    kiosk.take("skck").ok()
    clerk.post("/counters/loket-1/call-next").ok()
    for page in pages:
        expect(large(page)).to_have_attribute("data-number", "A-001")
        page.evaluate("window.moves = []")
    clerk.post("/counters/loket-1/start").ok()
    clerk.post("/counters/loket-1/complete").ok()
    kiosk.take("skck").ok()
    clerk.post("/counters/loket-1/call-next").ok()
    for page in pages:
        expect(large(page)).to_have_attribute("data-number", "A-002", timeout=TURNS_MS)
    assert pages[0].evaluate("window.moves") == [["A-001", 300]]
    assert pages[1].evaluate("window.moves") == []


# what else is said
def test_it_says_what_does_not_operate_and_why(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    page = hall(open_page, server)
    notice = page.locator(".notice")
    expect(notice).to_contain_text("Tidak beroperasi")
    expect(notice).to_contain_text("Perpanjangan SIM \N{EN DASH} Menunggu alat cetak")
    expect(notice.locator(".bullet")).to_have_text("B")
    # The other language takes its turn.
    expect(notice).to_contain_text("Waiting for the printer", timeout=TURNS_MS)


def test_a_hall_outside_its_hours_says_when_it_opens(open_page: OpenPage, tmp_path: Path) -> None:
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    tomorrow = datetime.now(ZoneInfo("Asia/Jakarta")) + timedelta(days=1)
    hours = f'hours = {{ {days[tomorrow.weekday()]} = ["07:45-12:00"] }}'
    catalogue = tmp_path / "closed.toml"
    text = HALL.read_text(encoding="utf-8").replace('hours = "always"', hours)
    catalogue.write_text(text, encoding="utf-8")
    with RunningServer(tmp_path, catalogue) as server:
        page = hall(open_page, server)
        strip = page.locator(".hall-notices")
        expect(strip).to_contain_text("Semua layanan tutup")
        expect(strip).to_contain_text(re.compile(r"buka \w+ pukul 07\.45"), timeout=TURNS_MS)


def test_announcements_of_the_zone_take_turns_as_text(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    page = hall(open_page, server)
    supervisor = cast.supervisor()
    first = supervisor.post("/announcements", {"text": {"id": XSS, "en": "Welcome"}}).ok()
    supervisor.post("/announcements", {"text": "Hanya di timur", "zones": ["timur"]}).ok()
    info = page.locator(".hall-info")
    expect(info).to_contain_text(XSS)
    expect(info).to_contain_text("Welcome", timeout=TURNS_MS)
    supervisor.post("/announcements", {"text": "Siapkan KTP asli."}).ok()
    expect(info).to_contain_text("Siapkan KTP asli.", timeout=TURNS_MS)
    expect(info).to_contain_text(XSS, timeout=TURNS_MS)
    assert page.evaluate("window.hit") is None
    supervisor.send("DELETE", f"/announcements/{first.body['announcement']['id']}").ok()
    expect(info).to_have_text("InfoSiapkan KTP asli.")


def test_a_long_announcement_loses_no_word(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    words = [f"kata{n}" for n in range(60)]
    cast.supervisor().post("/announcements", {"text": " ".join(words)}).ok()
    page = hall(open_page, server)
    # Every page that is shown, in order, without waiting for each to have its turn.
    pages: list[str] = page.evaluate(
        """async (words) => {
          const { InfoView } = await import("/assets/displays/info-view.js");
          const view = new InfoView(document.querySelector(".hall-info"));
          view.draw({ a: { text: words } }, ["id"]);
          return view.turns.pages.map((page) => page.text);
        }""",
        " ".join(words),
    )
    assert len(pages) > 1
    # Each but the last says that it goes on.
    assert [text.endswith("\N{NO-BREAK SPACE}\N{HORIZONTAL ELLIPSIS}") for text in pages] == [
        *[True] * (len(pages) - 1),
        False,
    ]
    assert " ".join(pages).replace("\N{HORIZONTAL ELLIPSIS}", "").split() == words
    assert overflowing(page) == []


def test_the_clock_is_the_servers_in_the_sites_zone(
    open_page: OpenPage, shared_server: RunningServer, shared: Cast
) -> None:
    page = hall(open_page, shared_server, timezone_id="America/New_York")
    before = shared.admin.get("/site").body["at"]
    shown = page.locator(".hall-clock").inner_text()
    after = shared.admin.get("/site").body["at"]
    assert shown in {at[11:16].replace(":", ".") for at in (before, after)}
    expect(page.locator(".hall-date .second")).to_have_text(re.compile("day$"))


# counters
def test_counters_have_a_cell_each_with_number_or_state(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    page = hall(open_page, server, query="&layout=counters")
    clerk, other = cast.clerk("loket-1"), cast.clerk("loket-2")
    one, two = page.locator(".cell").nth(0), page.locator(".cell").nth(1)
    expect(page.locator(".cell")).to_have_count(2)
    expect(one.locator(".cell-label")).to_have_text("1")
    expect(one).to_contain_text("Kosong")
    cast.kiosk().take("skck").ok()
    clerk.post("/counters/loket-1/call-next").ok()
    expect(one.locator("[data-number]")).to_have_attribute("data-number", "A-001")
    expect(one.locator("[data-number]")).to_have_attribute("data-counter", "loket-1")
    expect(one).to_have_attribute("data-theme", "now")
    until = cast.admin.get("/site").body["date"] + "T23:59:00.000+07:00"
    other.post("/counters/loket-2/pause", {"reason": "Istirahat", "until": until}).ok()
    expect(two).to_contain_text("Istirahat, kembali\u00a023.59")
    long = "Petugas mengambil berkas di gudang arsip. " * 11
    other.post("/counters/loket-2/pause", {"reason": long, "until": until}).ok()
    expect(two).to_contain_text("Jeda, kembali 23.59")
    assert overflowing(page) == []
    other.post("/counters/loket-2/close").ok()
    expect(two).to_contain_text("Loket tutup")


# the connection
@pytest.fixture
def steady(tmp_path: Path) -> Iterator[RunningServer]:
    """A server that comes back at the same address."""
    with RunningServer(tmp_path) as running:
        running.arguments += ["--port", str(running.port)]
        yield running


def test_silence_shows_within_ten_seconds_and_it_comes_back_by_itself(
    open_page: OpenPage, steady: RunningServer
) -> None:
    with Cast(steady) as cast:
        clerk = cast.clerk("loket-1")
        cast.kiosk().take("skck").ok()
        page = hall(open_page, steady)
        clerk.post("/counters/loket-1/call-next").ok()
        expect(announcing(page)).to_be_visible()
    os.kill(steady.pid, signal.SIGSTOP)  # the socket stays open and says nothing
    try:
        page.wait_for_selector("html[data-connection=stale]", timeout=STALE_MS)
        expect(page.locator(".stale-bar")).to_have_text(
            re.compile(r"Data terakhir \d\d\.\d\d\.\d\d . menyambung kembali Reconnecting")
        )
        expect(page.locator(".call .hall-heading")).to_contain_text("Panggilan terakhir")
        expect(announcing(page)).to_have_count(0)
        expect(large(page)).to_have_attribute("data-number", "A-001")
        expect(page.locator(".hall")).to_have_css("background-color", "rgb(222, 220, 215)")
        assert overflowing(page) == []
    finally:
        os.kill(steady.pid, signal.SIGCONT)
    page.wait_for_selector("html[data-connection=live]", timeout=5000)
    expect(page.locator(".stale-bar")).to_be_hidden()


def test_a_killed_server_is_told_and_what_was_missed_is_shown(
    open_page: OpenPage, steady: RunningServer
) -> None:
    page = hall(open_page, steady)
    steady.kill()
    page.wait_for_selector("html[data-connection=stale]", timeout=STALE_MS)
    steady.start()
    with Cast(steady) as cast:
        clerk = cast.clerk("loket-1")
        cast.kiosk().take("skck").ok()
        clerk.post("/counters/loket-1/call-next").ok()
    page.wait_for_selector("html[data-connection=live]", timeout=5000)
    expect(large(page)).to_have_attribute("data-number", "A-001")
    expect(announcing(page)).to_be_visible()


def newer(route: Route) -> None:
    """What asks for the page gets that of another release, in which any part is another."""
    if route.request.resource_type == "document":
        route.continue_()
        return
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("hall.js?v=", "hall.js?v=9"))


def test_newer_pages_are_loaded_once_their_server_is_back(
    open_page: OpenPage, steady: RunningServer
) -> None:
    page = hall(open_page, steady)
    page.evaluate("window.old = true")
    steady.kill()
    page.wait_for_selector("html[data-connection=stale]", timeout=STALE_MS)
    page.route("**/display?*", newer)
    steady.start()
    page.wait_for_function("() => !window.old", timeout=TURNS_MS)
    page.wait_for_selector("html[data-connection=live]")


# which hall
def test_without_a_zone_one_chooses_from_a_list(
    open_page: OpenPage, shared_server: RunningServer
) -> None:
    page = open_page(f"{shared_server.url}/display?zone=", size=(1366, 768))
    expect(page.locator(".choose-zone")).to_have_text(["Hall Utama", "Hall Timur"])
    assert axe_violations(page) == []
    page.get_by_role("link", name="Semua loket").last.click()
    page.wait_for_selector("html[data-connection=live]")
    expect(page.locator(".hall-zone")).to_have_text("Hall Timur")
    expect(page.locator(".cell")).to_have_count(2)


@pytest.mark.parametrize("size", [*SIZES, (1366, 768), (360, 740)], ids=str)
def test_the_list_is_read_from_some_steps_away(
    open_page: OpenPage, shared_server: RunningServer, size: tuple[int, int]
) -> None:
    page = open_page(f"{shared_server.url}/display?zone=salah", size=size)
    expect(page.get_by_role("alert")).to_be_visible()
    smallest = page.evaluate(
        """() => Math.min(...Array.from(document.querySelectorAll("#hall *"))
          .filter((node) => Array.from(node.childNodes).some((one) => one.nodeType === 3))
          .map((node) => parseFloat(getComputedStyle(node).fontSize)))"""
    )
    wide, high = size
    scale = min(wide / 1920, high / 1080) if wide > high else min(wide / 1080, high / 1920)
    assert smallest >= max(28 * scale, 12.8)
    assert overflowing(page) == []
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_an_unknown_zone_is_said_and_the_others_offered(
    open_page: OpenPage, shared_server: RunningServer
) -> None:
    page = open_page(f"{shared_server.url}/display?zone={XSS}", size=(1366, 768))
    expect(page.get_by_role("alert")).to_contain_text(f"Zona “{XSS}” tidak ada.")
    assert page.evaluate("window.hit") is None
    # Nothing here is live, and nothing can be stale.
    assert page.evaluate("document.documentElement.dataset.connection") is None
    page.get_by_role("link", name="Panggilan").first.click()
    expect(page.locator(".hall-zone")).to_have_text("Hall Utama")


def test_a_browser_that_knows_no_modules_is_told_in_plain_words(
    open_page: OpenPage, shared_server: RunningServer
) -> None:
    page = hall(open_page, shared_server)
    source = page.locator("script[nomodule]").get_attribute("src")
    expect(page.locator("#too-old")).to_be_hidden()
    # What such a browser would run, and all that it would run.
    page.add_script_tag(url=source)
    expect(page.locator("#too-old")).to_be_visible()
    expect(page.locator("#too-old")).to_contain_text("Chromium 63")
    page.locator("#too-old").click(trial=True)  # nothing covers it
    # Below the site's name, on whose line it begins, and read from where that is.
    for size in SIZES:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        left, top, high = page.evaluate(
            """() => ["#too-old", ".hall-zone"].map((part) => {
              const range = document.createRange();
              range.selectNodeContents(document.querySelector(part));
              return range.getBoundingClientRect();
            }).reduce((words, site) => [words.left - site.left, words.top - site.bottom,
              parseFloat(getComputedStyle(document.getElementById("too-old")).fontSize)])"""
        )
        assert abs(left) < 1, size
        assert top > 0, size
        assert high >= 28 * min(size) / 1080, size
