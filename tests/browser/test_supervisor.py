"""The supervisor's board: `/supervisor`."""

import os
import re
import signal
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

import antrean
from tests.browser.board import XSS, OpenBoard, boards, live
from tests.browser.conftest import OpenPage
from tests.browser.modules import ModuleServer
from tests.browser.support import axe_violations, overflowing, overlap, sign_in
from tests.browser.tv import Tv
from tests.support import Cast, RunningServer

MALL = Path(antrean.__file__).parent / "catalogues" / "mpp-kota-tangerang.toml"


@pytest.fixture
def board(open_page: OpenPage, server: RunningServer, cast: Cast) -> OpenBoard:
    return boards(open_page, server, cast)


def service(page: Page, which: str) -> Locator:
    return page.locator(f'.service[data-service="{which}"]')


def seat(page: Page, which: str) -> Locator:
    return page.locator(f'.seat[data-row="{which}"]')


def figure(page: Page, words: str) -> Locator:
    return page.locator(".figure").filter(has_text=words).locator("dd")


def manage(page: Page, which: str) -> Locator:
    """Opens what can be done about a service."""
    service(page, which).locator(".service-line").click()
    panel = service(page, which).locator(".panel")
    expect(panel).to_be_visible()
    return panel


def press(panel: Locator, action: str) -> None:
    panel.locator(f'[data-action="{action}"]').click()


# what it shows
def test_services_and_counters_follow_what_happens(board: OpenBoard, cast: Cast) -> None:
    page = board()
    expect(service(page, "skck")).to_contain_text("SKCK Polres")
    expect(figure(page, "menunggu")).to_have_text("0")
    _, username, password = cast.user("clerk", name="Sri Wahyuni")
    clerk = cast.nobody()
    clerk.sign_in(username, password).ok()
    kiosk = cast.kiosk()
    for _ in range(2):
        kiosk.take("skck").ok()
    expect(service(page, "skck").locator(".service-waiting")).to_have_text("2")
    expect(service(page, "skck").locator(".service-counters")).to_have_text("0 / 2")
    clerk.post("/counters/loket-1/open").ok()
    expect(service(page, "skck").locator(".service-counters")).to_have_text("1 / 2")
    expect(service(page, "skck").locator(".service-wait")).to_have_text(re.compile(r"\d mnt"))
    expect(seat(page, "loket-1")).to_contain_text("Sri Wahyuni")
    expect(seat(page, "loket-1")).to_contain_text("kosong")
    clerk.post("/counters/loket-1/call-next").ok()
    number = seat(page, "loket-1").locator("[data-number]")
    expect(number).to_have_attribute("data-number", "A-001")
    expect(number).to_have_attribute("data-state", "called")
    expect(number).to_have_attribute("data-counter", "loket-1")
    expect(number).to_have_attribute("data-tile", "nila")
    expect(figure(page, "dipanggil")).to_have_text("1")
    expect(seat(page, "loket-1").locator(".seat-time")).to_have_text(re.compile(r"0\.0\d"))
    clerk.post("/counters/loket-1/start").ok()
    expect(seat(page, "loket-1")).to_contain_text("dilayani")
    expect(figure(page, "dilayani")).to_have_text("1")
    expect(figure(page, "menunggu")).to_have_text("1")
    expect(figure(page, "dari 4 loket buka")).to_have_text("1")
    until = cast.admin.get("/site").body["date"] + "T23:59:00.000+07:00"
    clerk.post("/counters/loket-1/pause", {"reason": XSS, "until": until}).ok()
    expect(seat(page, "loket-1")).to_contain_text(f"dilayani, {XSS} s.d. 23.59")
    assert page.evaluate("window.hit") is None


def test_what_is_not_operating_says_why_and_cannot_be_opened(board: OpenBoard) -> None:
    page = board()
    expect(service(page, "sim")).to_contain_text("Tidak beroperasi: Menunggu alat cetak")
    panel = manage(page, "sim")
    for action in ("open", "pause", "close"):
        button = panel.locator(f'[data-action="{action}"]')
        expect(button).to_have_attribute("aria-disabled", "true")
        expect(button).to_contain_text("tidak beroperasi")


def test_who_waits_without_a_counter_is_on_top_with_the_way_to_act(
    board: OpenBoard, cast: Cast
) -> None:
    page = board()
    expect(page.locator(".decisions-calm")).to_have_text("Tidak ada yang perlu diputuskan.")
    cast.kiosk().take("skck").ok()
    decision = page.locator(".decision")
    expect(decision).to_contain_text("A SKCK: tidak ada loket yang buka")
    expect(decision).to_contain_text("1 menunggu, bisa di loket 1, 2")
    decision.get_by_role("button", name="Atur layanan").click()
    expect(service(page, "skck").locator(".panel")).to_be_visible()
    cast.clerk("loket-2")
    expect(decision).to_have_count(0)
    expect(page.locator(".decisions-calm")).to_be_visible()


# what it does
def test_a_service_is_paused_with_a_reason_that_the_public_reads_and_opened_again(
    board: OpenBoard, cast: Cast
) -> None:
    page = board()
    panel = manage(page, "skck")
    expect(panel.locator('[data-action="open"]')).to_contain_text("sudah buka")
    page.get_by_label("Alasan, dibaca pengunjung").fill(f"Gangguan {XSS}")
    press(panel, "pause")
    expect(panel).to_contain_text("Dijeda. Urungkan dengan Buka layanan.")
    expect(service(page, "skck")).to_contain_text(f"Dijeda: Gangguan {XSS}")
    assert page.evaluate("window.hit") is None
    public = cast.nobody().get("/services/skck").body
    assert (public["status"], public["note"]["id"]) == ("paused", f"Gangguan {XSS}")
    press(panel, "open")
    expect(panel).to_contain_text("Nomor bisa diambil lagi.")
    expect(service(page, "skck")).to_have_attribute("data-status", "open")
    press(panel, "close")
    expect(service(page, "skck")).to_have_attribute("data-status", "closed")
    assert cast.nobody().get("/services/skck").body["status"] == "closed"


def test_everything_goes_by_keyboard(board: OpenBoard, cast: Cast) -> None:
    page = board()
    line = service(page, "skck").locator(".service-line")
    line.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Alasan, dibaca pengunjung")).to_be_focused()
    page.keyboard.type("Istirahat")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(service(page, "skck")).to_contain_text("Dijeda: Istirahat")
    page.keyboard.press("Escape")
    expect(service(page, "skck").locator(".panel")).to_have_count(0)
    expect(line).to_be_focused()
    expect(line).to_have_attribute("aria-expanded", "false")


def test_a_lost_answer_is_told_and_the_command_sent_once_more_with_the_same_key(
    board: OpenBoard, cast: Cast
) -> None:
    page = board()
    keys: list[str] = []

    def lose_the_answer(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()  # it reaches the server, its answer never comes back
            route.abort()
        else:
            route.continue_()

    page.route("**/api/v1/services/skck/pause", lose_the_answer)
    panel = manage(page, "skck")
    press(panel, "pause")
    expect(panel).to_contain_text("Belum ada jawaban. Dikirim ulang satu kali.")
    expect(panel).to_contain_text("Dijeda. Urungkan dengan Buka layanan.")
    assert len(keys) == 2
    assert keys[0] == keys[1]
    paused = [event for event in cast.admin.events() if event["type"] == "service.paused"]
    assert len(paused) == 1


def test_an_unknown_fate_is_said_and_a_refusal_stands_beside_the_service(
    board: OpenBoard,
) -> None:
    page = board()
    panel = manage(page, "skck")
    page.route("**/api/v1/services/skck/pause", lambda route: route.abort())
    press(panel, "pause")
    expect(panel.get_by_role("alert")).to_contain_text("Belum pasti tercatat.")
    page.unroute("**/api/v1/services/skck/pause")
    page.get_by_label("Alasan, dibaca pengunjung").evaluate("(n) => n.value = 'x\\u202ey'")
    press(panel, "pause")
    expect(panel.get_by_role("alert")).to_contain_text("invalid")
    expect(service(page, "skck")).to_have_attribute("data-status", "open")


# who may see it
def test_signed_out_leads_to_sign_in_and_back(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    _, username, password = cast.user("supervisor")
    page = open_page(f"{server.url}/supervisor")
    page.wait_for_url("**/sign-in?next=/supervisor")
    page.get_by_label("Nama pengguna").fill(username)
    page.locator("input[type=password]").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/supervisor")
    live(page)


def test_a_clerk_is_told_that_the_board_is_for_supervisors(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    _, username, password = cast.user("clerk")
    page = open_page()
    sign_in(page, server.url, username, password)
    page.goto(f"{server.url}/supervisor")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Papan ini untuk pengawas.")
    expect(alert).to_contain_text(f"Anda masuk sebagai {username}.")
    expect(page.get_by_role("link", name="Ke loket")).to_have_attribute("href", "/counter")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Masuk dengan akun lain").click()
    page.wait_for_url("**/sign-in?next=/supervisor")


def test_one_whose_session_ends_is_led_to_sign_in(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    _, username, password = cast.user("supervisor")
    page = open_page()
    sign_in(page, server.url, username, password)
    page.goto(f"{server.url}/supervisor")
    live(page)
    cast.admin.send("PATCH", f"/users/{username}", {"active": False}).ok()
    page.wait_for_url("**/sign-in?next=/supervisor")


# trouble
def test_a_silent_server_dims_the_actions_and_says_since_when(
    board: OpenBoard, server: RunningServer
) -> None:
    page = board()
    panel = manage(page, "skck")
    os.kill(server.pid, signal.SIGSTOP)
    try:
        page.wait_for_selector("html[data-connection=stale]", timeout=10_000)
        expect(page.locator(".stale-bar")).to_contain_text("Data terakhir")
        expect(panel.locator('[data-action="pause"]')).to_have_attribute("aria-disabled", "true")
        expect(panel.locator('[data-action="pause"]')).to_contain_text("tidak tersambung")
        expect(page.locator(".decisions-calm")).to_contain_text("Tidak tersambung")
        assert overflowing(page) == []
    finally:
        os.kill(server.pid, signal.SIGCONT)
    page.wait_for_selector("html[data-connection=live]", timeout=10_000)
    expect(panel.locator('[data-action="pause"]')).not_to_have_attribute("aria-disabled", "true")


# how it looks
def test_the_malls_own_services_and_counters_fit_without_scrolling(
    open_page: OpenPage, tmp_path: Path
) -> None:
    with RunningServer(tmp_path, MALL) as server, Cast(server) as cast:
        _, username, password = cast.user("supervisor")
        page = open_page()
        sign_in(page, server.url, username, password)
        page.goto(f"{server.url}/supervisor")
        live(page)
        expect(page.locator(".service-agency").last).not_to_be_empty()
        page.evaluate("document.fonts.ready")
        with Tv(cast, "TV Depan") as front, Tv(cast, "TV Hall Timur", "timur") as east:
            front.switch_on()
            east.switch_on(sound="blocked")
            expect(page.locator(".foot-trouble")).to_have_count(1)
            check_that_all_fits(page)


def test_many_tvs_in_trouble_hide_no_counter_and_a_keyboard_reaches_each(
    open_page: OpenPage, tmp_path: Path
) -> None:
    where = "Ruang Tunggu Lansia dan Difabel Lantai 1"
    with RunningServer(tmp_path, MALL) as server, Cast(server) as cast, ExitStack() as tvs:
        for zone in ("utama", "timur", "timur"):
            tvs.enter_context(Tv(cast, f"TV {where} {zone}", zone)).switch_on()
        for n in range(5):
            tvs.enter_context(Tv(cast, f"TV {where} {n}"))
        page = boards(open_page, server, cast)()
        line = page.locator(".foot-tvs")
        expect(line).to_contain_text("3 dari 8 TV tersambung")
        wrong = line.get_by_role("link", name="5 TV bermasalah")
        expect(wrong).to_have_attribute("href", "/devices")
        check_that_all_fits(page)
        counters = page.locator(".counters-list")
        expect(counters).not_to_have_attribute("tabindex", "0")
        page.set_viewport_size({"width": 1366, "height": 600})
        expect(counters).to_have_attribute("tabindex", "0")
        assert axe_violations(page) == []


def check_that_all_fits(page: Page) -> None:
    """Only the services of a larger site may scroll, inside their list."""
    for scroller in (".services-list", ".counters-list", "html"):
        over = page.locator(scroller).evaluate("(n) => n.scrollHeight - n.clientHeight")
        assert over <= 0, f"{scroller} scrolls by {over}"
    assert overflowing(page) == []
    assert axe_violations(page) == []


@pytest.mark.parametrize("lang", ["Indonesia", "English"])
def test_axe_finds_nothing_and_nothing_overlaps(board: OpenBoard, cast: Cast, lang: str) -> None:
    page = board()
    cast.kiosk().take("skck").ok()
    page.get_by_role("button", name=lang).click()
    expect(page.locator("html")).to_have_attribute("lang", "id" if lang == "Indonesia" else "en")
    manage(page, "skck")
    expect(page.locator(".decision")).to_be_visible()
    assert axe_violations(page) == []
    assert overflowing(page) == []
    assert not overlap(page.locator(".services"), page.locator(".counters"))
    for button in page.locator(".panel .button, .decision-act, .bar button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 40
    for link in page.locator(".foot-link").all():
        box = link.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44


def test_text_of_twice_the_size_is_read_by_scrolling_down_only(
    board: OpenBoard, cast: Cast
) -> None:
    # What a zoom of 200 % makes of 1366x768.
    page = board(size=(683, 384))
    manage(page, "skck")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    assert overflowing(page) == []


# the rules behind the sentences
DECISIONS = """async ([services, counters, now]) => {
  const m = await import("/assets/clients/supervisor/decisions.js");
  return m.decisions(services, counters, now).map((d) => d.key);
}"""
NOW = 1_795_000_000_000


def _service(**members: Any) -> dict[str, Any]:
    facts = {"id": "s", "waiting": 1, "counters_open": 1, "service_minutes": 10}
    wait = {"target_wait_minutes": 30, "wait": {"p10": 60, "p50": 600, "p90": 900}}
    return facts | wait | members


def _at(minutes: float) -> str:
    """A time of the wire, so many minutes from now."""
    return datetime.fromtimestamp(NOW / 1000 + minutes * 60, UTC).isoformat(timespec="milliseconds")


def _counter(**members: Any) -> dict[str, Any]:
    return {"id": "c", "services": ["s"], "state": "open"} | members


@pytest.mark.parametrize(
    ("service", "counter", "found"),
    [
        ({}, {}, []),
        ({"counters_open": 0, "wait": None}, {}, ["unattended s"]),
        ({"counters_open": 0, "waiting": 0}, {}, []),
        ({"wait": {"p10": 60, "p50": 1801, "p90": 4000}}, {}, ["past_target s"]),
        ({"wait": {"p10": 60, "p50": 1800, "p90": 4000}}, {}, []),
        ({"wait": {"p10": 60, "p50": 1801, "p90": 4000}, "waiting": 0}, {}, []),
        ({}, {"state": "paused", "until": _at(-0.01)}, ["overdue c"]),
        ({}, {"state": "paused", "until": _at(0.01)}, []),
        ({}, {"ticket": {"state": "called", "called_at": _at(-3)}}, ["called_long c"]),
        ({}, {"ticket": {"state": "called", "called_at": _at(-2.99)}}, []),
        ({}, {"ticket": {"state": "serving", "started_at": _at(-20)}}, ["serving_long c"]),
        ({}, {"ticket": {"state": "serving", "started_at": _at(-19.99)}}, []),
        ({"service_minutes": 2}, {"ticket": {"state": "serving", "started_at": _at(-14)}}, []),
    ],
)
def test_a_decision_is_asked_for_what_the_topics_show(
    open_page: OpenPage,
    modules: ModuleServer,
    service: dict[str, Any],
    counter: dict[str, Any],
    found: list[str],
) -> None:
    if "ticket" in counter:
        counter = counter | {"ticket": counter["ticket"] | {"service": "s"}}
    page = open_page(modules.url)
    given = [{"s": _service(**service)}, {"c": _counter(**counter)}, NOW]
    assert page.evaluate(DECISIONS, given) == found
