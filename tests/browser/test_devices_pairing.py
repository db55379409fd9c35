"""A new TV is taken in at `/devices` by the code on its screen."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.devices_page import PHONE, OpenDevices, devices_pages, live, new
from tests.browser.modules import ModuleServer
from tests.browser.support import axe_violations
from tests.support import Cast, RunningServer
from tests.support.server import ADMIN_PASSWORD

CODE = ".pairing-code:not([data-code=''])"


@pytest.fixture
def devices(open_page: OpenPage, server: RunningServer, cast: Cast) -> OpenDevices:
    return devices_pages(open_page, server, cast)


def refusal(page: Page, field: str) -> Locator:
    return page.locator(f"#pair-{field}-refusal")


# a new one
def test_a_tv_is_taken_in_by_the_code_on_its_screen(
    devices: OpenDevices, server: RunningServer, open_page: OpenPage, cast: Cast
) -> None:
    screen = open_page(f"{server.url}/display", size=(1920, 1080))
    code = screen.locator(CODE).get_attribute("data-code")
    assert code
    page = devices(size=PHONE)
    address = screen.url.removeprefix("http://")
    expect(new(page)).to_contain_text(f"Di peramban TV buka {address}.")
    new(page).get_by_label("Kode di layar TV").fill(f" {code[:3].lower()} {code[3:]}")
    new(page).get_by_label("Nama TV").fill("TV Depan")
    new(page).get_by_label("Zona").select_option("timur")
    new(page).get_by_label("Tata letak").select_option("counters")
    page.get_by_role("button", name="Pasangkan").click()
    expect(page.locator(".device-title")).to_have_text("TV Depan")
    expect(page.locator(".device-state")).to_contain_text("Tersambung")
    screen.wait_for_selector('.hall[data-layout="counters"]')
    (known,) = cast.admin.get("/devices").items
    assert (known["name"], known["zone"], known["layout"]) == ("TV Depan", "timur", "counters")
    assert page.url.endswith(f"/devices#{known['id']}")


def test_a_code_in_the_address_is_taken_and_dropped_and_signing_in_keeps_it(
    open_page: OpenPage, server: RunningServer
) -> None:
    page = open_page(f"{server.url}/devices#code=k7m%202qx", size=PHONE)
    page.wait_for_url("**/sign-in?next=/devices")
    page.get_by_label("Nama pengguna").fill("admin")
    page.locator("input[type=password]").fill(ADMIN_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/devices")
    live(page)
    expect(new(page).get_by_label("Kode di layar TV")).to_have_value("K7M2QX")
    expect(new(page).get_by_label("Nama TV")).to_be_focused()
    page.reload()
    live(page)
    expect(new(page).get_by_label("Kode di layar TV")).to_have_value("")


def test_another_language_loses_nothing_that_was_typed(devices: OpenDevices) -> None:
    page = devices()
    new(page).get_by_label("Kode di layar TV").fill("K7M2QX")
    new(page).get_by_label("Nama TV").fill("TV Depan")
    new(page).get_by_label("Zona").select_option("timur")
    new(page).get_by_label("Tata letak").select_option("counters")
    page.get_by_role("button", name="English").click()
    expect(new(page).get_by_label("Code on the TV's screen")).to_have_value("K7M2QX")
    values = new(page).locator(".input").evaluate_all("all => all.map((one) => one.value)")
    assert values == ["K7M2QX", "TV Depan", "timur", "counters"]


def test_what_is_wrong_is_told_beside_the_field(devices: OpenDevices) -> None:
    page = devices()
    page.get_by_role("button", name="Pasangkan").click()
    expect(refusal(page, "code")).to_contain_text("Ketik kode dari layar TV.")
    expect(refusal(page, "name")).to_contain_text("Beri TV ini nama.")
    code = new(page).get_by_label("Kode di layar TV")
    expect(code).to_be_focused()
    expect(code).to_have_attribute("aria-invalid", "true")
    code.fill("K7M")
    expect(refusal(page, "code")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(refusal(page, "code")).to_contain_text("belum enam huruf dan angka")
    code.fill("K7M2Q0")
    page.keyboard.press("Enter")
    expect(refusal(page, "code")).to_contain_text("tidak memakai I, L, O, 0, 1")
    new(page).get_by_label("Nama TV").fill("TV Depan")
    code.fill("k7m-2qx")
    page.keyboard.press("Enter")
    expect(refusal(page, "code")).to_contain_text("tidak dikenal atau sudah berakhir")
    expect(refusal(page, "code")).to_contain_text("Ketik kode yang sekarang tampil")
    expect(code).to_be_focused()
    assert axe_violations(page) == []


def test_who_tries_too_many_codes_is_told_when_to_try_again(
    devices: OpenDevices, cast: Cast
) -> None:
    page = devices()
    wrong = {"code": "AAAAAA", "name": "TV", "zone": "utama"}
    while cast.admin.post("/devices", wrong).status == 404:
        pass
    new(page).get_by_label("Kode di layar TV").fill("AAAAAB")
    new(page).get_by_label("Nama TV").fill("TV Depan")
    page.keyboard.press("Enter")
    expect(refusal(page, "code")).to_contain_text("Terlalu banyak kode yang salah.")
    expect(refusal(page, "code")).to_contain_text(re.compile(r"Coba lagi dalam \d\.\d\d\."))


# codes
@pytest.mark.parametrize(
    ("typed", "clean", "fault"),
    [
        ("k7m2qx", "K7M2QX", None),
        (" k7m - 2qx ", "K7M2QX", None),
        ("", "", "empty"),
        ("K7M2Q", "K7M2Q", "length"),
        ("K7M2QXA", "K7M2QXA", "length"),
        ("K7M2Q1", "K7M2Q1", "character"),
        ("<b>", "<B>", "character"),
    ],
)
def test_a_code_is_read_as_people_type_it(
    open_page: OpenPage, modules: ModuleServer, typed: str, clean: str, fault: str | None
) -> None:
    found = open_page(modules.url).evaluate(
        """async (typed) => {
          const m = await import("/assets/clients/devices/code.js");
          const clean = m.cleanCode(typed);
          return [clean, m.faultOf(clean)];
        }""",
        typed,
    )
    assert found == [clean, fault]
