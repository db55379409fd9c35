"""The way of a number at the console, by keyboard."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.counter.console import (
    NAME,
    OpenConsole,
    enter,
    live,
    other,
    plate,
    press_enter,
    primary,
    row,
    state_of,
    ticket,
)
from tests.support import Cast, Client


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
