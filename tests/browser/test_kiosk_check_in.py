"""Check-in at the kiosk: what is typed, what a scanner reads, and every answer to it."""

import json
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_kiosk import PORTRAIT, at_start
from tests.support import Cast, Client


@pytest.fixture
def page(open_page: OpenPage, shared: Cast) -> Page:
    device = shared.kiosk()
    page = open_page(f"{device.url}/kiosk#device={device.token}&paper=none", size=PORTRAIT)
    at_start(page)
    return page


def scan(page: Page, text: str) -> None:
    """As a scanner types: fast, without a field, ended with Enter."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def answered(page: Page, kind: str, words: str) -> None:
    screen = page.locator(f".answer[data-answer={kind}]")
    expect(screen).to_contain_text(words)


def book(citizen: Client, days: int) -> tuple[dict[str, object], str]:
    """A booking of a coming day: (ticket, token)."""
    today = date.fromisoformat(str(citizen.get("/site").body["date"]))
    slots = citizen.get(f"/services/paspor/slots?date={today + timedelta(days=days)}").items
    free = next(one for one in slots if one["free"] > 0)
    answer = citizen.post("/bookings", {"service": "paspor", "start": free["start"]})
    return answer.ticket, answer.token


@pytest.mark.parametrize("form", ["{url}/t/#{token}", "{token}"], ids=["link", "token"])
def test_the_code_of_a_phone_checks_in_without_a_field(page: Page, shared: Cast, form: str) -> None:
    taken = shared.nobody().take("skck")
    assert taken.ticket["arrived"] is False
    scan(page, form.format(url="http://192.168.1.10:8000", token=taken.token))
    answered(page, "arrived", "Anda tercatat hadir")
    plate = page.locator(f".answer [data-number={taken.ticket['number']}]")
    expect(plate).to_be_visible()
    assert shared.holder(taken.token).get("/my").body["arrived"] is True
    scan(page, taken.token)
    answered(page, "already", "Anda sudah tercatat hadir")


@pytest.mark.parametrize("writing", ["{letter}-{digits}", "{letter}{digits}", "{low}{short}"])
def test_a_number_is_read_however_it_is_written(page: Page, shared: Cast, writing: str) -> None:
    taken = shared.nobody().take("skck")
    letter, digits = str(taken.ticket["number"]).split("-")
    page.click("#check-in")
    expect(page.locator("#number")).to_be_focused()
    page.fill(
        "#number",
        writing.format(letter=letter, digits=digits, low=letter.lower(), short=int(digits)),
    )
    page.keyboard.press("Enter")
    answered(page, "arrived", "Anda tercatat hadir")
    scan(page, str(taken.ticket["number"]).lower().replace("-", ""))
    answered(page, "already", "Anda sudah tercatat hadir")


def test_the_keys_on_the_screen_suffice(page: Page, shared: Cast) -> None:
    taken = shared.nobody().take("skck")
    page.click("#check-in")
    for letter in str(taken.ticket["number"]).replace("-", ""):
        page.get_by_role("button", name=letter, exact=True).click()
    page.click("#check-in-done")
    answered(page, "arrived", "Anda tercatat hadir")


def test_a_scan_into_the_search_is_a_check_in_all_the_same(page: Page, shared: Cast) -> None:
    taken = shared.nobody().take("skck")
    page.focus("#search")
    scan(page, f"http://localhost/t/#{taken.token}")
    answered(page, "arrived", "Anda tercatat hadir")


def test_a_scan_does_not_press_the_button_that_has_the_focus(page: Page, shared: Cast) -> None:
    taken = shared.nobody().take("skck")
    page.focus("[data-agency=polres]")
    scan(page, taken.token)
    answered(page, "arrived", "Anda tercatat hadir")


def test_a_number_of_this_kiosk_has_arrived_already(page: Page, shared: Cast) -> None:
    ticket = shared.kiosk().take("skck").ticket
    scan(page, str(ticket["number"]))
    answered(page, "already", "Anda sudah tercatat hadir")


def test_too_early_says_when(page: Page, shared: Cast) -> None:
    ticket, token = book(shared.nobody(), 2)
    scan(page, token)
    answered(page, "too_early", "Masih terlalu awal")
    slot = ticket["slot"]
    assert isinstance(slot, dict)
    clock = str(slot["start"])[11:16].replace(":", ".")
    expect(page.locator(".answer")).to_contain_text(clock)
    expect(page.locator(".answer")).to_contain_text("Pindai lagi mulai")
    assert shared.holder(token).get("/my").body["state"] == "booked"


def test_a_cancelled_number_is_told_as_such(page: Page, shared: Cast) -> None:
    taken = shared.nobody().take("skck")
    shared.holder(taken.token).post("/my/cancel").ok()
    scan(page, taken.token)
    answered(page, "ended", "dibatalkan")


def test_one_who_is_called_meanwhile_is_sent_to_the_counter(page: Page, shared: Cast) -> None:
    taken = shared.nobody().take("skck")
    clerk = shared.clerk("loket-1")
    clerk.post("/counters/loket-1/call", {"ticket": taken.ticket["id"]}).ok()
    scan(page, taken.token)
    answered(page, "already", "Nomor Anda sedang dipanggil")
    expect(page.locator(".answer")).to_contain_text("Silakan menuju Loket 1")
    clerk.post("/counters/loket-1/no-show").ok()
    clerk.post("/counters/loket-1/close").ok()


@pytest.mark.parametrize(
    "text", ["Z-999", "https://example.com/", "nomor saya", "x" * 43], ids=lambda t: t[:9]
)
def test_whatever_is_no_number_of_today_is_wrong(page: Page, text: str) -> None:
    scan(page, text)
    answered(page, "wrong", "Nomor ini tidak dikenal")
    expect(page.get_by_role("alert").filter(has_text="tidak dikenal")).to_be_visible()


def test_what_cannot_be_a_number_is_said_under_the_field(page: Page) -> None:
    page.click("#check-in")
    page.fill("#number", "halo")
    page.keyboard.press("Enter")
    error = page.locator("#number-error")
    expect(error).to_contain_text("Ini bukan nomor antrean")
    expect(page.locator("#kiosk")).to_have_attribute("data-step", "check-in")
    page.fill("#number", "A")
    expect(error).to_be_empty()


@pytest.mark.parametrize(
    ("status", "code", "kind", "words"),
    [
        (409, "expired", "expired", "Nomor ini sudah tidak berlaku"),
        (429, "rate_limited", "busy", "Belum pasti Anda tercatat hadir"),
        (503, "storage_unavailable", "unknown", "Belum pasti Anda tercatat hadir"),
    ],
)
def test_other_refusals_say_what_to_do(
    page: Page, status: int, code: str, kind: str, words: str
) -> None:
    page.route(
        "**/api/v1/check-ins",
        lambda route: route.fulfill(
            status=status,
            content_type="application/problem+json",
            body=json.dumps({"code": code, "status": status, "title": "", "detail": ""}),
        ),
    )
    scan(page, "A-001")
    answered(page, kind, words)


def test_a_kiosk_whose_token_ends_meanwhile_asks_for_another(page: Page, shared: Cast) -> None:
    for one in shared.admin.get("/tokens?limit=200").items:
        if one["role"] == "kiosk":
            shared.admin.send("DELETE", f"/tokens/{one['id']}").ok()
    expect(page.get_by_role("heading", name="Mesin ini belum disiapkan")).to_be_visible()
    scan(page, "A-001")
    expect(page.locator(".answer")).to_have_count(0)
