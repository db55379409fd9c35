"""The start page and signing in, on the real server."""

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.modules import ModuleServer
from tests.browser.support import axe_violations, overflowing, sign_in
from tests.support import Cast, RunningServer

SIZES = [(1366, 768), (1024, 768), (360, 740)]


def fill(page: Page, username: str, password: str) -> None:
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(password)
    page.keyboard.press("Enter")


def test_doors_lead_to_every_screen_and_every_zone(
    open_page: OpenPage, shared_server: RunningServer
) -> None:
    page = open_page(shared_server.url)
    links = page.locator(".doors a")
    found = [link.get_attribute("href") for link in links.all()]
    zones = ["/display?zone=utama", "/display?zone=timur"]
    assert [link for link in found if link not in zones] == [
        "/display",
        "/kiosk",
        "/t/",
        "/counter",
        "/supervisor",
        "/devices",
        "/playlist",
    ]
    assert set(zones) <= set(found)


def test_it_tells_the_sites_time_and_whether_it_is_open(
    open_page: OpenPage, shared_server: RunningServer
) -> None:
    page = open_page(shared_server.url, timezone_id="America/New_York")
    expect(page.locator("#about")).to_have_text("Satu atap, 2 instansi. Sedang buka.")
    at = page.evaluate("fetch('/api/v1/site').then((r) => r.json()).then((s) => s.at)")
    shown = page.locator("#clock").inner_text()
    minutes = int(at[11:13]) * 60 + int(at[14:16])
    assert (minutes - (int(shown[:2]) * 60 + int(shown[3:]))) % 1440 <= 1


@pytest.mark.parametrize("path", ["/", "/sign-in?next=/counter"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_is_cut_and_axe_finds_nothing(
    open_page: OpenPage, shared_server: RunningServer, path: str, size: tuple[int, int]
) -> None:
    page = open_page(shared_server.url + path, size=size)
    expect(page.locator("#about")).to_contain_text("instansi")
    fill(page, "", "")
    expect(page.locator("#password-refusal")).to_have_text("Isi kata sandi.")
    assert overflowing(page) == []
    assert axe_violations(page) == []


def test_twice_as_large_text_still_holds(open_page: OpenPage, shared_server: RunningServer) -> None:
    page = open_page(shared_server.url + "/sign-in", size=(683, 384), device_scale_factor=2)
    expect(page.locator("#about")).to_contain_text("instansi")
    assert overflowing(page) == []


def test_english_is_one_press_away_and_stays(
    open_page: OpenPage, shared_server: RunningServer
) -> None:
    page = open_page(shared_server.url + "/sign-in?next=/supervisor")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.locator("#back")).to_have_text("After signing in you go back to: Supervisor board.")
    page.goto(shared_server.url)
    expect(page.locator("#about")).to_have_text("2 agencies under one roof. Open now.")
    assert page.get_attribute("html", "lang") == "en"


def test_signing_in_leads_back_to_where_one_came_from(
    open_page: OpenPage, shared_server: RunningServer, shared: Cast
) -> None:
    _, username, password = shared.user("clerk")
    page = open_page(shared_server.url + "/sign-in?next=/counter/loket-1")
    expect(page.locator("#username")).to_be_focused()
    expect(page.locator("#back")).to_have_text("Setelah masuk Anda kembali ke Loket.")
    fill(page, username, password)
    page.wait_for_url("**/counter/loket-1")


@pytest.mark.parametrize(("role", "home"), [("clerk", "/counter"), ("supervisor", "/supervisor")])
def test_who_came_from_nowhere_gets_to_work(
    open_page: OpenPage, shared_server: RunningServer, shared: Cast, role: str, home: str
) -> None:
    _, username, password = shared.user(role)
    page = open_page(shared_server.url)
    fill(page, username, password)
    page.wait_for_url(f"**{home}")


def test_a_wrong_password_is_told_beside_the_field_once_and_can_be_tried_again(
    open_page: OpenPage, shared_server: RunningServer, shared: Cast
) -> None:
    _, username, password = shared.user("clerk")
    page = open_page(shared_server.url + "/sign-in?next=/counter")
    fill(page, username, "keliru")
    refusal = page.get_by_role("alert").filter(has_text="tidak cocok")
    expect(refusal).to_contain_text("Periksa huruf besar, lalu coba lagi.")
    password_field = page.get_by_label("Kata sandi")
    expect(password_field).to_be_focused()
    assert password_field.get_attribute("aria-invalid") == "true"
    assert password_field.get_attribute("aria-describedby") == "password-refusal"
    fill(page, username, password)
    page.wait_for_url("**/counter")


def test_too_many_attempts_say_when_to_try_again(
    open_page: OpenPage, shared_server: RunningServer
) -> None:
    page = open_page(shared_server.url + "/sign-in")

    def limited(route: Route) -> None:
        problem = {"status": 429, "code": "rate_limited", "detail": "x"}
        route.fulfill(
            status=429,
            headers={"Retry-After": "65", "Content-Type": "application/problem+json"},
            body=json.dumps(problem),
        )

    page.route("**/api/v1/session", limited)
    fill(page, "siapa", "keliru")
    expect(page.locator("#password-refusal")).to_contain_text("Coba lagi dalam 1.05.")


def test_a_server_out_of_reach_is_told(open_page: OpenPage, shared_server: RunningServer) -> None:
    page = open_page(shared_server.url + "/sign-in")
    expect(page.locator("#username")).to_be_focused()
    page.route("**/api/v1/session", lambda route: route.abort())
    fill(page, "siapa", "rahasia")
    expect(page.locator("#password-refusal")).to_contain_text("Server tidak terjangkau.")
    expect(page.get_by_role("button", name="Masuk")).not_to_have_attribute("aria-disabled", "true")


def test_the_password_can_be_shown(open_page: OpenPage, shared_server: RunningServer) -> None:
    page = open_page(shared_server.url + "/sign-in")
    page.get_by_label("Kata sandi").fill("rahasia")
    page.get_by_role("button", name="Tampilkan").click()
    assert page.get_attribute("#password", "type") == "text"
    page.get_by_role("button", name="Sembunyikan").click()
    assert page.get_attribute("#password", "type") == "password"


def test_who_is_signed_in_goes_on_or_signs_out(
    open_page: OpenPage, shared_server: RunningServer, shared: Cast
) -> None:
    _, username, password = shared.user("clerk")
    page = open_page()
    sign_in(page, shared_server.url, username, password)
    page.goto(shared_server.url + "/sign-in?next=/counter/loket-2")
    expect(page.locator("#who")).to_have_text(username)
    expect(page.get_by_role("link", name="Lanjutkan")).to_have_attribute("href", "/counter/loket-2")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_label("Nama pengguna")).to_be_visible()
    assert page.context.request.get(f"{shared_server.url}/api/v1/session").status == 401


@pytest.mark.parametrize(
    "evil",
    [
        "https://jahat.example/",
        "//jahat.example/",
        "/\\jahat.example/",
        "/\t/jahat.example/",
        "\\\\jahat.example",
        "javascript:alert(1)",
        "/sign-in?next=/x",
        "counter",
        "",
        None,
    ],
)
def test_a_link_cannot_lead_out_of_the_site(
    open_page: OpenPage, modules: ModuleServer, evil: str | None
) -> None:
    page = open_page(modules.url)
    code = "async (given) => (await import('/assets/clients/sign-in/next.js')).localPath(given)"
    assert page.evaluate(code, evil) is None
    assert page.evaluate(code, "/counter/loket-5?a=b#c") == "/counter/loket-5?a=b#c"
