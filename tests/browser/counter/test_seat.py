"""Where one sits: `/counter`, and who is at `/counter/ID`."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.counter.console import (
    NAME,
    OpenConsole,
    live,
    other,
    press_enter,
    primary,
)
from tests.browser.support import sign_in
from tests.support import Cast, Client, RunningServer


def test_asks_where_one_sits_and_opens_a_free_counter_with_one_press(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    cast.clerk("loket-2")
    _, username, password = cast.user("clerk", ["loket-1", "loket-2"], "Sri Wahyuni")
    page = open_page()
    sign_in(page, server.url, username, password)
    page.goto(f"{server.url}/counter")
    live(page)
    expect(page.locator(".pick-door")).to_have_count(2)
    expect(page.locator('[data-counter="loket-2"]')).to_contain_text("clerk ")
    page.locator('[data-counter="loket-1"]').click()
    page.wait_for_url("**/counter/loket-1")
    live(page)
    primary(page, "Panggil berikutnya")
    assert cast.admin.get("/counters/loket-1").body["clerk"]["name"] == "Sri Wahyuni"


def test_the_picker_follows_who_sits_where(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    _, username, password = cast.user("clerk")
    page = open_page()
    sign_in(page, server.url, username, password)
    page.goto(f"{server.url}/counter")
    live(page)
    door = page.locator('[data-counter="loket-3"]')
    expect(door).to_contain_text("kosong")
    _, budi, _ = cast.user("clerk", name="Budi Hartono")
    assert budi
    clerk, *_ = cast.user("clerk", name="Rina Agustina")
    clerk.post("/counters/loket-3/open").ok()
    expect(door).to_contain_text("Rina Agustina")


def test_who_holds_a_number_elsewhere_is_led_there(
    open_page: OpenPage, server: RunningServer, cast: Cast, kiosk: Client
) -> None:
    clerk, username, password = cast.user("clerk")
    kiosk.take("skck").ok()
    clerk.post("/counters/loket-1/open").ok()
    clerk.post("/counters/loket-1/call-next").ok()
    page = open_page()
    sign_in(page, server.url, username, password)
    page.goto(f"{server.url}/counter")
    live(page)
    page.locator('[data-counter="loket-2"]').click()
    expect(page.locator(".pick-told a")).to_have_text("Loket 1")


def test_another_clerks_counter_is_taken_over_before_anything_else(
    console: OpenConsole, cast: Cast, kiosk: Client
) -> None:
    kiosk.take("skck", name=NAME).ok()
    there, *_ = cast.user("clerk", name="Budi Hartono")
    there.post("/counters/loket-1/open").ok()
    there.post("/counters/loket-1/call-next").ok()
    page = console(seated=False)
    expect(page.locator(".now .now-title")).to_contain_text("Budi Hartono")
    expect(page.get_by_text(NAME)).to_have_count(0)
    expect(other(page, "no-show")).to_have_attribute("aria-disabled", "true")
    press_enter(page, "Duduk di loket ini")
    primary(page, "Mulai layani")
    expect(page.get_by_text(NAME)).to_be_visible()
    assert cast.admin.get("/counters/loket-1").body["clerk"]["name"] == "Sri Wahyuni"


def test_a_counter_that_is_not_there_leads_back(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    _, username, password = cast.user("clerk")
    page = open_page()
    sign_in(page, server.url, username, password)
    page.goto(f"{server.url}/counter/loket-99")
    expect(page.get_by_text("Loket itu tidak ada.")).to_be_visible()
    expect(page.get_by_role("link", name="Pilih loket")).to_have_attribute("href", "/counter")


def test_who_is_not_signed_in_signs_in_and_comes_back(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    _, username, password = cast.user("clerk")
    page = open_page(f"{server.url}/counter/loket-1")
    page.wait_for_url("**/sign-in?next=*")
    page.locator("input[name=username]").fill(username)
    page.locator("input[type=password]").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/counter/loket-1")
    live(page)


def test_a_session_that_ends_leads_to_sign_in(console: OpenConsole, cast: Cast) -> None:
    user = cast.user("clerk")
    page = console(user=user)
    cast.admin.send("PATCH", f"/users/{user[1]}", {"active": False}).ok()
    page.wait_for_url("**/sign-in?next=%2Fcounter%2Floket-1")
