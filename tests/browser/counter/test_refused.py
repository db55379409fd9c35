"""What cannot be done, and says so; checking in."""

from playwright.sync_api import Route, expect

from tests.browser.counter.console import (
    OpenConsole,
    enter,
    plate,
    press_enter,
    primary,
    row,
    scan,
    state_of,
    ticket,
)
from tests.browser.support import axe_violations
from tests.support import Cast, Client, RunningServer


def test_an_empty_line_dims_the_call_and_says_so(console: OpenConsole, cast: Cast) -> None:
    page = console()
    button = primary(page, "belum ada yang menunggu")
    expect(button).to_have_attribute("aria-disabled", "true")
    cast.nobody().take("skck").ok()
    primary(page, "yang menunggu belum datang")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(row(page, "A-001")).to_contain_text("belum datang")
    cast.kiosk().post("/check-ins", {"number": "A-001"}).ok()
    expect(button).not_to_have_attribute("aria-disabled", "true")


def test_a_service_that_gives_no_numbers_is_seen_with_its_reason(
    console: OpenConsole, cast: Cast
) -> None:
    page = console()
    cast.supervisor().post("/services/skck/pause", {"reason": "Listrik padam"}).ok()
    expect(page.locator(".side-shut")).to_contain_text("Listrik padam")


def test_two_presses_of_enter_are_one(console: OpenConsole, cast: Cast, kiosk: Client) -> None:
    kiosk.take("skck").ok()
    page = console()
    primary(page, "Panggil berikutnya")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(plate(page)).to_have_attribute("data-number", "A-001")
    page.keyboard.press("Enter")
    expect(plate(page)).to_have_attribute("data-state", "called")
    assert [e["type"] for e in cast.supervisor().events()].count("ticket.called") == 1
    assert state_of(cast, "A-001") == "called"


def test_a_double_click_is_one(console: OpenConsole, cast: Cast, kiosk: Client) -> None:
    kiosk.take("skck").ok()
    page = console()
    primary(page, "Panggil berikutnya").dblclick()
    expect(plate(page)).to_have_attribute("data-number", "A-001")
    expect(plate(page)).to_have_attribute("data-state", "called")
    assert state_of(cast, "A-001") == "called"


def test_what_was_done_elsewhere_meanwhile_is_stale_and_changes_nothing(
    console: OpenConsole, cast: Cast, kiosk: Client
) -> None:
    for _ in range(2):
        kiosk.take("skck").ok()
    page = console()
    clerk = cast.with_token("clerk")
    press_enter(page, "Panggil berikutnya")
    primary(page, "Mulai layani")

    def meanwhile(route: Route) -> None:
        clerk.post("/counters/loket-1/no-show").ok()
        clerk.post("/counters/loket-1/call-next").ok()
        route.continue_()

    page.route("**/counters/loket-1/no-show", meanwhile)
    page.keyboard.press("x")
    expect(page.locator(".notices")).to_contain_text("sudah berubah")
    expect(page.locator(".notices")).to_contain_text("stale")
    expect(plate(page)).to_have_attribute("data-number", "A-002")
    assert state_of(cast, "A-002") == "called"


def test_a_lost_answer_is_told_and_sent_again_once(
    console: OpenConsole, cast: Cast, kiosk: Client
) -> None:
    for _ in range(2):
        kiosk.take("skck").ok()
    page = console()
    keys: list[str] = []

    def lose_the_first(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/call-next", lose_the_first)
    press_enter(page, "Panggil berikutnya")
    expect(page.locator(".notices")).to_contain_text("belum pasti tercatat")
    expect(page.locator(".notices")).not_to_contain_text("belum pasti tercatat")
    expect(plate(page)).to_have_attribute("data-number", "A-001")
    assert len(keys) == 2
    assert keys[0] == keys[1]
    assert [e["type"] for e in cast.supervisor().events()].count("ticket.called") == 1


def test_a_server_that_is_gone_makes_the_console_stale_and_back(
    console: OpenConsole, server: RunningServer, cast: Cast, kiosk: Client
) -> None:
    kiosk.take("skck").ok()
    page = console()
    press_enter(page, "Panggil berikutnya")
    primary(page, "Mulai layani")
    server.kill()
    page.wait_for_selector("html[data-connection=stale]", timeout=10_000)
    primary(page, "Menyambung kembali")
    expect(page.locator(".bar")).to_contain_text("data terakhir")
    expect(page.locator(".now .now-title")).to_contain_text("keadaan terakhir yang pasti")
    expect(page.locator(".now .other:not([aria-disabled=true])")).to_have_count(0)
    expect(plate(page)).to_have_attribute("data-number", "A-001")
    assert axe_violations(page) == []


def test_keys_do_nothing_while_one_types(console: OpenConsole, cast: Cast, kiosk: Client) -> None:
    kiosk.take("skck").ok()
    page = console()
    press_enter(page, "Panggil berikutnya")
    primary(page, "Mulai layani")
    page.keyboard.press("h")
    expect(page.locator("#check-in")).to_be_focused()
    page.keyboard.type("uxtaz")
    expect(page.locator("#check-in")).to_have_value("uxtaz")
    page.keyboard.press("Escape")
    primary(page, "Mulai layani")
    assert state_of(cast, "A-001") == "called"
    page.keyboard.press("x")
    primary(page, "Panggil berikutnya")


# check-in
def test_a_number_is_checked_in_as_people_type_it(console: OpenConsole, cast: Cast) -> None:
    cast.nobody().take("skck").ok()
    page = console()
    told = page.locator(".arrive-told")
    page.keyboard.press("h")
    expect(page.locator("#check-in")).to_be_focused()
    page.keyboard.type("a1")
    enter(page)
    expect(told).to_have_text("A-001 tercatat hadir.")
    assert ticket(cast, "A-001")["arrived"] is True
    page.keyboard.type("A-001")
    enter(page)
    expect(told).to_have_text("A-001 sudah hadir sebelumnya.")
    page.keyboard.type("a77")
    enter(page)
    expect(told).to_contain_text("tidak ada hari ini")
    page.locator("#check-in").fill("bukan nomor")
    enter(page)
    expect(told).to_contain_text("bukan nomor atau QR")


def test_a_scan_without_focus_checks_in_and_fires_no_key(
    console: OpenConsole, cast: Cast, kiosk: Client, server: RunningServer
) -> None:
    kiosk.take("skck").ok()
    token = cast.nobody().take("skck").token
    page = console()
    press_enter(page, "Panggil berikutnya")
    primary(page, "Mulai layani")
    scan(page, f"{server.url}/t/#{token}")
    expect(page.locator(".arrive-told")).to_have_text("A-002 tercatat hadir.")
    primary(page, "Mulai layani")
    expect(plate(page)).to_have_attribute("data-state", "called")
    assert ticket(cast, "A-002")["arrived"] is True


def test_a_scan_of_something_else_is_refused_and_fires_no_key(
    console: OpenConsole, cast: Cast, kiosk: Client
) -> None:
    kiosk.take("skck").ok()
    page = console()
    press_enter(page, "Panggil berikutnya")
    primary(page, "Mulai layani")
    scan(page, "x8990001112223")
    expect(page.locator(".arrive-told")).to_contain_text("bukan nomor atau QR")
    assert state_of(cast, "A-001") == "called"
