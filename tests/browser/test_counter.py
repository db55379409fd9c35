"""The clerk's console: `/counter` and `/counter/ID`."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, WebSocket, expect

from tests.browser.conftest import OpenPage
from tests.browser.support import axe_violations, overflowing, overlap, sign_in
from tests.support import Cast, Client, RunningServer

NAME = "Siti Aminah"
XSS = "<img src=x onerror=window.hit=1>"
OpenConsole = Callable[..., Page]


@pytest.fixture
def kiosk(cast: Cast) -> Client:
    return cast.kiosk()


@pytest.fixture
def console(open_page: OpenPage, server: RunningServer, cast: Cast) -> OpenConsole:
    """`console("loket-1", open=True)`: a live console where a new clerk, Sri Wahyuni, sits."""

    def open_(
        counter: str = "loket-1", *, seated: bool = True, user: Any = None, **options: Any
    ) -> Page:
        clerk, username, password = user or cast.user("clerk", name="Sri Wahyuni")
        if seated:
            clerk.post(f"/counters/{counter}/open").ok()
        page = open_page(**options)
        page.add_init_script(WATCH_ENTER)
        sign_in(page, server.url, username, password)
        page.goto(f"{server.url}/counter/{counter}")
        live(page)
        return page

    return open_


def live(page: Page) -> None:
    page.wait_for_selector("html[data-connection=live]")
    page.wait_for_selector(".now, .pick-door")


def primary(page: Page, words: str) -> Locator:
    """The yellow action, once it says `words`."""
    button = page.locator(".now .primary")
    expect(button).to_contain_text(words)
    return button


def other(page: Page, action: str) -> Locator:
    return page.locator(f'.now .other[data-action="{action}"]')


WATCH_ENTER = """
window.entered = -Infinity;
addEventListener("keydown", (event) => {
  if (event.key === "Enter") window.entered = event.timeStamp;
}, true);
"""


def enter(page: Page) -> None:
    """Enter as a press of its own: one within 300 ms is taken as the same finger."""
    page.wait_for_function("() => performance.now() > window.entered + 320")
    page.keyboard.press("Enter")


def scan(page: Page, text: str) -> None:
    """What a wedge scanner types, however slowly the test's own keyboard gets through."""
    page.evaluate(
        """(keys) => keys.forEach((key) => {
          const options = { key, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new KeyboardEvent("keydown", options));
        })""",
        [*text, "Enter"],
    )


def press_enter(page: Page, before: str) -> None:
    """Enter, once the primary action says `before` and can be pressed."""
    expect(primary(page, before)).not_to_have_attribute("aria-disabled", "true")
    enter(page)


def plate(page: Page) -> Locator:
    return page.locator(".now .now-plate .plate")


def row(page: Page, number: str) -> Locator:
    return page.locator(f'.side .row:has([data-number="{number}"])')


def state_of(cast: Cast, number: str) -> str:
    return str(ticket(cast, number)["state"])


def ticket(cast: Cast, number: str) -> dict[str, Any]:
    found = cast.admin.get(f"/tickets?q={number}").items
    return dict(cast.admin.get(f"/tickets/{found[0]['id']}").ok().body)


# where one sits
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


# the way of a number, by keyboard
def test_a_day_at_the_counter_by_keyboard_alone(
    console: OpenConsole, cast: Cast, kiosk: Client
) -> None:
    kiosk.take("skck", name=NAME).ok()
    page = console(seated=False)
    press_enter(page, "Buka loket")
    press_enter(page, "Panggil berikutnya")
    expect(plate(page)).to_have_attribute("data-number", "A-001")
    expect(plate(page)).to_have_attribute("data-state", "called")
    expect(plate(page)).to_have_attribute("data-counter", "loket-1")
    expect(page.locator(".now-about")).to_contain_text(NAME)
    press_enter(page, "Mulai layani")
    expect(plate(page)).to_have_attribute("data-state", "serving")
    press_enter(page, "Selesai")
    expect(plate(page)).to_have_class(re.compile("plate-empty"))
    assert state_of(cast, "A-001") == "done"
    page.locator('[data-action="close"]').focus()
    enter(page)
    primary(page, "Buka loket")
    assert cast.admin.get("/counters/loket-1").body["state"] == "closed"


def test_calling_again_waits_until_the_hall_has_seen_the_call(
    console: OpenConsole, cast: Cast, kiosk: Client
) -> None:
    kiosk.take("skck").ok()
    page = console()
    press_enter(page, "Panggil berikutnya")
    expect(other(page, "recall")).to_contain_text("bisa lagi")
    page.keyboard.press("u")
    expect(other(page, "recall")).not_to_have_attribute("aria-disabled", "true", timeout=12_000)
    assert ticket(cast, "A-001")["recalls"] == 0
    page.keyboard.press("u")
    expect(page.locator(".now .now-title")).to_contain_text("panggilan ke-2")
    expect(other(page, "recall")).to_contain_text("bisa lagi")
    assert ticket(cast, "A-001")["recalls"] == 1


def test_held_and_missed_ones_come_back_by_digit_and_enter(
    console: OpenConsole, cast: Cast, kiosk: Client
) -> None:
    for _ in range(2):
        kiosk.take("skck").ok()
    page = console()
    press_enter(page, "Panggil berikutnya")
    primary(page, "Mulai layani")
    page.keyboard.press("t")
    expect(row(page, "A-001")).to_contain_text("1")
    press_enter(page, "Panggil berikutnya")
    primary(page, "Mulai layani")
    page.keyboard.press("x")
    expect(row(page, "A-002")).to_contain_text("2")
    assert (state_of(cast, "A-001"), state_of(cast, "A-002")) == ("held", "no_show")
    page.keyboard.press("1")
    expect(page.locator(".panel .primary")).to_contain_text("Lanjutkan melayani")
    enter(page)
    expect(plate(page)).to_have_attribute("data-number", "A-001")
    assert state_of(cast, "A-001") == "serving"
    press_enter(page, "Selesai")
    primary(page, "Panggil berikutnya")
    page.keyboard.press("1")
    expect(page.locator(".panel .primary")).to_contain_text("Panggil A-002")
    enter(page)
    expect(plate(page)).to_have_attribute("data-number", "A-002")


@pytest.mark.parametrize(("key", "place"), [("k", "A-002"), ("d", "A-002"), ("b", "A-003")])
def test_a_missed_one_goes_back_into_the_line(
    console: OpenConsole, cast: Cast, kiosk: Client, key: str, place: str
) -> None:
    """A-001 is served, A-002 missed: it returns to its turn, the front or the back of A-003."""
    for _ in range(3):
        kiosk.take("skck").ok()
    clerk = cast.clerk("loket-2")
    clerk.post("/counters/loket-2/call-next").ok()
    clerk.post("/counters/loket-2/start").ok()
    page = console()
    press_enter(page, "Panggil berikutnya")
    primary(page, "Mulai layani")
    page.keyboard.press("x")
    expect(row(page, "A-002")).to_contain_text("1")
    page.keyboard.press("1")
    expect(page.locator(".panel.is-ticket")).to_be_visible()
    page.keyboard.press(key)
    expect(page.locator(".is-waiting .row .plate")).to_have_count(2)
    expect(page.locator(".is-waiting .row .plate").first).to_have_attribute("data-number", place)


def test_a_number_is_cancelled_by_two_presses(
    console: OpenConsole, cast: Cast, kiosk: Client
) -> None:
    kiosk.take("skck").ok()
    page = console()
    row(page, "A-001").click()
    cancel = page.locator('.panel [data-action="cancel"]')
    page.keyboard.press("x")
    expect(cancel).to_contain_text("sekali lagi")
    assert state_of(cast, "A-001") == "waiting"
    page.keyboard.press("x")
    expect(row(page, "A-001")).to_have_count(0)
    assert state_of(cast, "A-001") == "cancelled"


def test_a_certain_one_who_waits_is_called_from_the_line(
    console: OpenConsole, cast: Cast, kiosk: Client
) -> None:
    for _ in range(2):
        kiosk.take("skck").ok()
    page = console()
    expect(row(page, "A-002")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    enter(page)
    page.locator(".panel input[name=reason]").fill("datang lebih dulu")
    enter(page)
    expect(plate(page)).to_have_attribute("data-number", "A-002")
    assert "datang lebih dulu" in json.dumps(ticket(cast, "A-002"))


def test_transfer_starts_with_typing(console: OpenConsole, cast: Cast, kiosk: Client) -> None:
    kiosk.take("skck").ok()
    kiosk.take("paspor").ok()
    page = console()
    press_enter(page, "Panggil berikutnya")
    primary(page, "Mulai layani")
    page.keyboard.press("a")
    send = page.locator(".panel .primary")
    expect(send).to_have_attribute("aria-disabled", "true")
    expect(page.locator(".search-input")).to_be_focused()
    page.keyboard.type("pasp")
    expect(page.locator('.target[aria-selected="true"]')).to_contain_text("Paspor")
    page.get_by_text("Paling depan").click()
    page.locator(".panel input[name=note]").fill("berkas lengkap")
    expect(send).to_contain_text("Alihkan ke C Paspor")
    enter(page)
    primary(page, "Panggil berikutnya")
    moved = ticket(cast, "A-001")
    assert (moved["service"], moved["state"], moved["ahead"]) == ("paspor", "waiting", 0)
    assert "berkas lengkap" in json.dumps(moved)


def test_transfer_to_a_counter_by_its_number_and_escape_leaves_all_as_it_is(
    console: OpenConsole, cast: Cast, kiosk: Client
) -> None:
    kiosk.take("skck").ok()
    page = console()
    press_enter(page, "Panggil berikutnya")
    primary(page, "Mulai layani")
    page.keyboard.press("a")
    page.keyboard.type("2")
    expect(page.locator(".panel .primary")).to_contain_text("Alihkan ke Loket 2")
    page.keyboard.press("Escape")
    primary(page, "Mulai layani")
    assert state_of(cast, "A-001") == "called"
    page.keyboard.press("a")
    page.keyboard.type("2")
    expect(page.locator(".panel .primary")).to_contain_text("Alihkan ke Loket 2")
    enter(page)
    primary(page, "Panggil berikutnya")
    assert ticket(cast, "A-001")["for_counter"] == "loket-2"
    expect(row(page, "A-001")).to_contain_text("untuk Loket 2")


def test_undo_takes_back_the_last_action_and_counts_the_seconds(
    console: OpenConsole, cast: Cast, kiosk: Client
) -> None:
    kiosk.take("skck").ok()
    page = console()
    expect(other(page, "undo")).to_have_attribute("aria-disabled", "true")
    press_enter(page, "Panggil berikutnya")
    expect(other(page, "undo")).to_contain_text(re.compile(r"A-001, (30|2\d) dtk"))
    page.keyboard.press("x")
    expect(row(page, "A-001")).to_contain_text("1")
    page.reload()
    live(page)
    expect(other(page, "undo")).to_contain_text("A-001")
    page.keyboard.press("z")
    expect(plate(page)).to_have_attribute("data-number", "A-001")
    expect(other(page, "undo")).to_have_attribute("aria-disabled", "true")
    assert state_of(cast, "A-001") == "called"


def test_undo_goes_when_something_else_happened_to_the_ticket(
    console: OpenConsole, cast: Cast, kiosk: Client
) -> None:
    taken = kiosk.take("skck").ticket
    page = console()
    press_enter(page, "Panggil berikutnya")
    primary(page, "Mulai layani")
    page.keyboard.press("x")
    expect(row(page, "A-001")).to_contain_text("1")
    expect(other(page, "undo")).to_contain_text("A-001")
    cast.admin.post(f"/tickets/{taken['id']}/requeue").ok()
    expect(other(page, "undo")).to_have_attribute("aria-disabled", "true")


def test_pause_says_why_and_until_when(console: OpenConsole, cast: Cast, kiosk: Client) -> None:
    kiosk.take("skck").ok()
    page = console()
    page.keyboard.press("p")
    expect(page.locator(".panel .primary")).to_contain_text("Istirahat")
    page.get_by_text("Sholat").click()
    page.get_by_text("15 menit").click()
    expect(page.locator(".panel .primary")).to_contain_text("Sholat sampai")
    enter(page)
    expect(page.locator(".now .now-title")).to_contain_text("Sholat")
    expect(page.locator(".now")).to_contain_text("Tidak memanggil sampai")
    seen = cast.admin.get("/counters/loket-1").body
    assert (seen["state"], seen["note"]) == ("paused", {"id": "Sholat", "en": "Prayer"})
    assert seen["until"] is not None
    press_enter(page, "Buka lagi")
    primary(page, "Panggil berikutnya")


def test_pause_takes_words_of_ones_own(console: OpenConsole, cast: Cast) -> None:
    page = console()
    page.keyboard.press("p")
    page.locator(".panel input[name=own]").fill("ganti tinta")
    enter(page)
    expect(page.locator(".now .now-title")).to_contain_text("ganti tinta")
    assert cast.admin.get("/counters/loket-1").body["note"]["id"] == "ganti tinta"


def test_the_next_leg_of_a_journey_is_told(console: OpenConsole, cast: Cast, kiosk: Client) -> None:
    kiosk.take("foto").ok()
    page = console("loket-3")
    press_enter(page, "Panggil berikutnya")
    expect(page.locator(".facts")).to_contain_text("Paspor")
    press_enter(page, "Mulai layani")
    primary(page, "lanjut ke Paspor")
    expect(page.locator(".notices")).to_contain_text("ikut antrean C Paspor")
    press_enter(page, "Selesai")
    primary(page, "Panggil berikutnya")
    assert (state_of(cast, "D-001"), ticket(cast, "D-001")["service"]) == ("waiting", "paspor")


# what cannot be done
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


# people
def test_names_and_notes_come_to_the_counter_and_over_no_topic(
    console: OpenConsole, cast: Cast, kiosk: Client, open_page: OpenPage
) -> None:
    kiosk.take("skck", name=NAME, phone="0812-3456-789").ok()
    page = console()
    frames: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: frames.append(str(frame)))

    page.on("websocket", listen)
    page.reload()
    live(page)
    press_enter(page, "Panggil berikutnya")
    expect(page.locator(".now-about")).to_contain_text(NAME)
    expect(page.locator(".now-about")).to_contain_text("0812-3456-789")
    page.reload()
    live(page)
    expect(page.locator(".now-about")).to_contain_text(NAME)
    assert frames
    assert not any(NAME in frame or "0812-3456" in frame for frame in frames)


def test_what_people_wrote_stays_text(console: OpenConsole, cast: Cast, kiosk: Client) -> None:
    kiosk.take("skck", name=XSS).ok()
    page = console()
    press_enter(page, "Panggil berikutnya")
    expect(page.locator(".now-about")).to_contain_text(XSS)
    primary(page, "Mulai layani")
    page.keyboard.press("p")
    page.locator(".panel input[name=own]").fill(XSS)
    enter(page)
    expect(page.locator(".bar")).to_contain_text("Buka lagi")
    cast.admin.post("/counters/loket-1/hold", {"reason": XSS}).ok()
    expect(page.locator(".now .now-title")).to_contain_text(XSS)
    assert page.evaluate("window.hit") is None


def test_english_is_a_choice(console: OpenConsole, server: RunningServer, cast: Cast) -> None:
    page = console()
    page.context.add_cookies([{"name": "antrean-lang", "value": "en", "url": server.url}])
    page.reload()
    live(page)
    primary(page, "Call next")
    expect(page.locator(".bar-name")).to_have_text("Loket 1")
    expect(other(page, "hold")).to_contain_text("Hold")


# looks
SIZES = [(1366, 768), (1024, 768)]


def places(page: Page) -> list[list[float]]:
    """Where the actions stand: x, y, width, height."""
    found: list[list[float]] = page.evaluate(
        """() => Array.from(document.querySelectorAll(".now .primary, .now .other"), (node) => {
          const { x, y, width, height } = node.getBoundingClientRect();
          return [x, y, width, height];
        })"""
    )
    return found


@pytest.mark.parametrize("size", SIZES)
def test_nothing_jumps_overlaps_or_is_cut(
    console: OpenConsole, cast: Cast, kiosk: Client, size: tuple[int, int]
) -> None:
    for n in range(20):
        members: dict[str, Any] = {"class": "prioritas", "reason": "lansia"} if n % 3 == 0 else {}
        kiosk.take("foto", name="Dewi Lestari Kusumaningrum binti Hasan", **members).ok()
    page = console("loket-3", size=size)
    primary(page, "Panggil berikutnya")
    before = places(page)
    assert len(before) == 6
    assert all(height >= 44 for *_, height in before)
    for words in ("Panggil berikutnya", "Mulai layani"):
        press_enter(page, words)
        primary(page, "Mulai layani" if words == "Panggil berikutnya" else "Selesai")
        assert places(page) == before
        assert overflowing(page) == []
    parts = [".now .now-title", ".now-who", ".facts", ".notices", ".now .primary", ".now .others"]
    boxes = [page.locator(part) for part in [*parts, ".arrive", ".side"]]
    for i, one in enumerate(boxes):
        for two in boxes[i + 1 :]:
            assert not overlap(one, two), f"{one} and {two}"
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.parametrize("key", ["", "a", "p", "1"])
def test_axe_finds_nothing(console: OpenConsole, cast: Cast, kiosk: Client, key: str) -> None:
    for _ in range(3):
        kiosk.take("skck", name=NAME).ok()
    page = console()
    press_enter(page, "Panggil berikutnya")
    primary(page, "Mulai layani")
    page.keyboard.press("x")
    press_enter(page, "Panggil berikutnya")
    primary(page, "Mulai layani")
    if key:
        page.keyboard.press(key)
        expect(page.locator(".panel")).to_be_visible()
    assert axe_violations(page) == []


def test_axe_finds_nothing_where_one_picks(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    clerk, username, password = cast.user("clerk")
    clerk.post("/counters/loket-1/open").ok()
    page = open_page()
    sign_in(page, server.url, username, password)
    page.goto(f"{server.url}/counter")
    live(page)
    expect(page.locator('[data-seat="mine"]')).to_be_visible()
    assert axe_violations(page) == []
    assert overflowing(page) == []


def test_type_of_twice_the_size_holds(console: OpenConsole, cast: Cast, kiosk: Client) -> None:
    for _ in range(3):
        kiosk.take("foto", name=NAME).ok()
    # 200 % zoom is a screen of half the size.
    page = console("loket-3", size=(683, 384))
    press_enter(page, "Panggil berikutnya")
    primary(page, "Mulai layani")
    assert overflowing(page) == []
    page.keyboard.press("a")
    page.keyboard.type("pas")
    assert overflowing(page) == []
    for target in page.locator(".panel .target").all():
        assert not overlap(target, page.locator(".search-more"))


def test_a_held_one_shows_why_and_one_who_waits_no_name(
    console: OpenConsole, cast: Cast, kiosk: Client
) -> None:
    for _ in range(2):
        kiosk.take("skck", name=NAME).ok()
    page = console()
    press_enter(page, "Panggil berikutnya")
    primary(page, "Mulai layani")
    cast.admin.post("/counters/loket-1/hold", {"reason": "fotokopi KTP"}).ok()
    expect(row(page, "A-001")).to_contain_text("1")
    page.keyboard.press("1")
    expect(page.locator(".panel")).to_contain_text("fotokopi KTP")
    expect(page.locator(".panel")).to_contain_text(NAME)
    page.keyboard.press("Escape")
    row(page, "A-002").click()
    expect(page.locator(".panel .plate")).to_have_attribute("data-number", "A-002")
    expect(page.locator(".panel")).not_to_contain_text(NAME)


def test_typing_a_counters_label_goes_to_it(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    _, username, password = cast.user("clerk")
    page = open_page()
    sign_in(page, server.url, username, password)
    page.goto(f"{server.url}/counter")
    live(page)
    expect(page.locator('[data-counter="loket-3"]')).to_contain_text("kosong")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/counter/loket-3")


def test_a_service_that_comes_with_another_catalogue_gets_its_line(
    console: OpenConsole, server: RunningServer, cast: Cast, kiosk: Client
) -> None:
    page = console("loket-2")
    primary(page, "belum ada yang menunggu")
    hall = server.catalogue.read_text(encoding="utf-8")
    changed = server.folder / "changed.toml"
    both = hall.replace(
        'id = "loket-2"\nname = "Loket 2"\nzone = "utama"\nservices = ["skck"]',
        ('id = "loket-2"\nname = "Loket 2"\nzone = "utama"\nservices = ["skck", "paspor"]'),
    )
    assert both != hall
    changed.write_text(both, encoding="utf-8")
    server.catalogue = changed
    port = server.port
    assert server.stop() == 0
    server.arguments = ["--port", str(port)]
    server.start()
    kiosk.take("paspor").ok()
    expect(row(page, "C-001")).to_be_visible(timeout=20_000)
