"""The ticket kiosk: `/kiosk`, taking numbers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.support import sign_in
from tests.support import Cast, Client

PORTRAIT = (1080, 1920)
COUNT_PRINTS = """window.print = () => {
  const root = document.documentElement;
  root.dataset.prints = Number(root.dataset.prints || 0) + 1;
};"""
OpenKiosk = Callable[..., Page]


@pytest.fixture
def device(shared: Cast) -> Client:
    return shared.kiosk()


@pytest.fixture
def kiosk(open_page: OpenPage, device: Client) -> OpenKiosk:
    return kiosks(open_page, device)


def kiosks(open_page: OpenPage, device: Client) -> OpenKiosk:
    """`kiosk(size=..., paper="80")`: a live kiosk with a token of its own, at its start page."""

    def open_(paper: str = "80", clock: bool = False, **options: object) -> Page:
        page = open_page(**({"size": PORTRAIT} | options))
        page.add_init_script(COUNT_PRINTS)
        if clock:
            page.clock.install()
        page.goto(f"{device.url}/kiosk#device={device.token}&paper={paper}")
        at_start(page)
        return page

    return open_


def at_start(page: Page) -> None:
    page.wait_for_selector("html[data-connection=live]")
    page.wait_for_selector("#kiosk[data-step=start] .door")


def choose(page: Page, agency: str, service: str) -> None:
    page.click(f"[data-agency={agency}]")
    page.click(f"[data-service={service}]")
    page.wait_for_selector("#kiosk[data-step=priority]")


def take(page: Page, agency: str = "polres", service: str = "skck") -> str:
    choose(page, agency, service)
    page.click("#regular")
    return number_on(page)


def number_on(page: Page) -> str:
    number = page.locator("#kiosk[data-step=number] .number-plate").get_attribute("data-number")
    assert number is not None
    return number


def given(shared: Cast, service: str) -> list[dict[str, object]]:
    return shared.admin.get(f"/tickets?service={service}&limit=200").items


def lose_answers(page: Page, count: int) -> None:
    """The server takes the command, but the next `count` answers never arrive."""
    left = [count]

    def handle(route: Route) -> None:
        if left[0] == 0:
            route.continue_()
            return
        left[0] -= 1
        route.fetch()
        route.abort()

    page.route("**/api/v1/tickets", handle)


def test_three_presses_give_a_number_and_show_what_its_holder_needs(
    kiosk: OpenKiosk, shared: Cast
) -> None:
    page = kiosk()
    number = take(page)
    ticket = next(one for one in given(shared, "skck") if one["number"] == number)
    assert (ticket["channel"], ticket["class"], ticket["arrived"]) == ("kiosk", "regular", True)
    screen = page.locator(".number")
    expect(screen).to_contain_text("Hall Utama")
    expect(screen).to_contain_text("SKCK")
    expect(screen.locator(".facts")).to_contain_text("Di depan Anda")
    image = screen.locator(".code img")
    expect(image).to_have_attribute("alt", f"Kode QR untuk mengikuti nomor {number}")
    assert image.evaluate("image => image.naturalWidth") > 0


def test_the_number_stands_on_yellow_and_is_the_largest_thing(kiosk: OpenKiosk) -> None:
    page = kiosk()
    take(page)
    ground = page.locator("#body").evaluate("node => getComputedStyle(node).backgroundColor")
    assert ground == "rgb(255, 198, 41)"
    plate = page.locator(".number-plate").bounding_box()
    assert plate is not None
    assert plate["width"] > 0.8 * 1080


def test_the_token_leaves_the_address_and_stays_in_the_browser(
    kiosk: OpenKiosk, device: Client
) -> None:
    page = kiosk()
    assert page.url == f"{device.url}/kiosk"
    page.reload()
    at_start(page)
    assert page.evaluate("location.hash") == ""


def test_no_request_carries_the_token_in_its_address(kiosk: OpenKiosk, device: Client) -> None:
    page = kiosk()
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    take(page)
    page.wait_for_selector(".code img")
    assert device.token is not None
    assert addresses
    assert not [one for one in addresses if device.token in one or "#" in one]


def test_priority_is_given_for_a_reason_and_without_proof(kiosk: OpenKiosk, shared: Cast) -> None:
    page = kiosk()
    choose(page, "polres", "skck")
    regular, elderly = page.locator("#regular"), page.locator("[data-reason=lansia]")
    expect(page.locator("#main")).to_contain_text("Tidak perlu menunjukkan bukti")
    large, small = regular.bounding_box(), elderly.bounding_box()
    assert large is not None
    assert small is not None
    assert large["width"] > 1.8 * small["width"]
    elderly.click()
    number = number_on(page)
    found = next(one for one in given(shared, "skck") if one["number"] == number)
    assert found["class"] == "prioritas"
    assert shared.admin.get(f"/tickets/{found['id']}").body["reason"] == "lansia"


def test_a_number_is_taken_once_however_often_the_screen_is_pressed(
    kiosk: OpenKiosk, shared: Cast
) -> None:
    page = kiosk()
    choose(page, "imigrasi", "kios")
    before = len(given(shared, "kios"))
    page.locator("#regular").evaluate(
        "button => { for (let n = 0; n < 8; n += 1) button.click(); }"
    )
    number_on(page)
    assert len(given(shared, "kios")) == before + 1


def test_a_lost_answer_is_asked_for_again_with_the_same_key(kiosk: OpenKiosk, shared: Cast) -> None:
    page = kiosk()
    choose(page, "imigrasi", "kios")
    before = len(given(shared, "kios"))
    lose_answers(page, 1)
    page.click("#regular")
    expect(page.locator(".taking")).to_contain_text("Dicoba sekali lagi")
    number_on(page)
    assert len(given(shared, "kios")) == before + 1


def test_an_answer_that_stays_away_is_said_and_a_further_press_gives_the_same_number(
    kiosk: OpenKiosk, shared: Cast
) -> None:
    page = kiosk()
    choose(page, "imigrasi", "kios")
    before = len(given(shared, "kios"))
    lose_answers(page, 2)
    page.click("#regular")
    expect(page.get_by_role("alert")).to_contain_text("Belum pasti apakah nomor Anda")
    # The key is bound to what was asked: another wish would be another number.
    expect(page.locator("[data-reason=lansia]")).to_have_attribute("aria-disabled", "true")
    page.click("#regular")
    number_on(page)
    assert len(given(shared, "kios")) == before + 1


def test_used_up_numbers_are_refused_beside_the_service(kiosk: OpenKiosk, shared: Cast) -> None:
    page = kiosk()
    choose(page, "imigrasi", "langka")
    for _ in range(2):
        shared.nobody().take("langka")
    page.click("#regular")
    refusal = page.get_by_role("alert").filter(has_text="Nomor hari ini habis")
    expect(refusal).to_be_visible()
    expect(refusal).to_contain_text("No numbers left today")
    row = page.locator("[data-service=langka]")
    expect(row).to_contain_text("Nomor hari ini habis")
    expect(row).to_have_attribute("aria-disabled", "true")


def test_a_service_that_does_not_operate_says_why_and_where_to_go(kiosk: OpenKiosk) -> None:
    page = kiosk()
    page.click("[data-agency=polres]")
    row = page.locator("[data-service=sim]")
    expect(row).to_contain_text("Tidak beroperasi")
    expect(row).to_contain_text("Menunggu alat cetak")
    expect(row).to_contain_text("Waiting for the printer")
    expect(row).to_contain_text("meja depan")
    row.click(force=True)
    expect(page.locator("#kiosk")).to_have_attribute("data-step", "services")


def test_a_service_that_is_closed_meanwhile_turns_without_losing_its_place(
    kiosk: OpenKiosk, shared: Cast
) -> None:
    page = kiosk()
    page.click("[data-agency=polres]")
    row = page.locator("[data-service=skck]")
    expect(row).to_have_attribute("aria-disabled", "false")
    row.focus()
    before = row.bounding_box()
    boss = shared.supervisor()
    boss.post("/services/skck/pause", {"reason": "Sistem pusat terganggu"}).ok()
    try:
        expect(row).to_have_attribute("aria-disabled", "true")
        expect(row).to_contain_text("Dijeda sementara")
        expect(row).to_contain_text("Sistem pusat terganggu")
        expect(row).to_be_focused()
        after = row.bounding_box()
        assert before is not None
        assert after is not None
        assert (after["x"], after["y"]) == (before["x"], before["y"])
    finally:
        boss.post("/services/skck/open").ok()
    expect(row).to_have_attribute("aria-disabled", "false")


def test_waiting_people_are_counted_live(kiosk: OpenKiosk, shared: Cast) -> None:
    page = kiosk()
    door = page.locator("[data-agency=polres]")
    count = next(s for s in shared.admin.get("/services").items if s["id"] == "skck")["waiting"]
    shared.nobody().take("skck").ok()
    expect(door).to_contain_text(f"{count + 1} menunggu")


def test_a_search_finds_services_in_both_languages_and_shows_markup_as_text(
    kiosk: OpenKiosk,
) -> None:
    page = kiosk()
    page.fill("#search", "passport")
    expect(page.locator(".services [data-service=paspor]")).to_be_visible()
    expect(page.locator(".services .service")).to_have_count(1)
    page.fill("#search", "<img src=x onerror=alert(1)>")
    expect(page.get_by_role("status").filter(has_text="<img src=x")).to_be_visible()
    expect(page.locator("#main img")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".door").first).to_be_visible()


def test_the_keys_on_the_screen_write_into_the_search(kiosk: OpenKiosk) -> None:
    page = kiosk()
    page.click("#search")
    for letter in "PASX":
        page.get_by_role("button", name=letter, exact=True).click()
    page.get_by_role("button", name="Hapus").click()
    expect(page.locator("#search")).to_have_value("PAS")
    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("[data-service=paspor]")).to_be_visible()


# set-up


def test_without_a_token_it_asks_for_one_and_gives_no_number(
    open_page: OpenPage, device: Client, shared: Cast
) -> None:
    page = open_page(f"{device.url}/kiosk", size=PORTRAIT)
    expect(page.get_by_role("heading", name="Mesin ini belum disiapkan")).to_be_visible()
    expect(page.locator("[data-agency]")).to_have_count(0)
    page.fill("#device", "not-a-token-not-a-token-not-a-token")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="tidak berlaku lagi")).to_be_visible()
    display = shared.with_token("display")
    page.fill("#device", str(display.token))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="bukan untuk mesin nomor")).to_be_visible()
    page.fill("#device", f"{device.url}/kiosk#device={device.token}")
    page.keyboard.press("Enter")
    at_start(page)


def test_staff_who_signed_in_give_numbers_of_the_desk(
    open_page: OpenPage, device: Client, shared: Cast
) -> None:
    _, username, password = shared.user("clerk")
    page = open_page(size=PORTRAIT)
    page.add_init_script(COUNT_PRINTS)
    sign_in(page, device.url, username, password)
    page.goto(f"{device.url}/kiosk")
    at_start(page)
    number = take(page)
    ticket = next(one for one in given(shared, "skck") if one["number"] == number)
    assert ticket["channel"] == "desk"


def test_a_token_that_is_ended_stops_the_kiosk(kiosk: OpenKiosk, shared: Cast) -> None:
    page = kiosk()
    tokens = shared.admin.get("/tokens?limit=200").items
    newest = max(one["id"] for one in tokens if one["role"] == "kiosk")
    for one in tokens:
        if one["role"] == "kiosk":
            shared.admin.send("DELETE", f"/tokens/{one['id']}").ok()
    assert newest
    expect(page.get_by_role("heading", name="Mesin ini belum disiapkan")).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="tidak berlaku lagi")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Mesin ini belum disiapkan")).to_be_visible()


# the next person


def pass_time(page: Page, seconds: int) -> None:
    """Small steps of the page's clock, so that the server's signs of life arrive in between."""
    for _ in range(0, seconds, 2):
        page.clock.run_for(2_000)
        page.evaluate("async () => { await fetch('/healthz'); }")


def test_it_goes_back_to_the_start_by_itself_and_says_so_before(kiosk: OpenKiosk) -> None:
    page = kiosk(clock=True)
    take(page)
    expect(page.locator("#foot")).to_contain_text("Kembali ke awal dalam")
    pass_time(page, 20)
    page.locator(".number-plate").click()  # somebody still reads: it begins anew
    pass_time(page, 20)
    expect(page.locator("#kiosk")).to_have_attribute("data-step", "number")
    pass_time(page, 6)
    expect(page.locator("#kiosk")).to_have_attribute("data-step", "start")


def test_somebody_who_went_away_is_asked_for_before_the_start_page_returns(
    kiosk: OpenKiosk,
) -> None:
    page = kiosk(clock=True)
    page.click("[data-agency=polres]")
    pass_time(page, 46)
    expect(page.locator("#still-there")).to_contain_text("Masih di sini?")
    expect(page.locator("#still-there")).to_contain_text("Still there?")
    page.locator("#main h1").click()
    expect(page.locator("#still-there")).to_be_empty()
    pass_time(page, 46)
    expect(page.locator("#still-there")).to_contain_text("Masih di sini?")
    pass_time(page, 16)
    expect(page.locator("#kiosk")).to_have_attribute("data-step", "start")


def test_language_and_comfort_are_not_left_to_the_next_person(kiosk: OpenKiosk) -> None:
    page = kiosk()
    heading = page.locator("#main h1")
    expect(heading).to_have_text("Mau ke instansi mana?")
    page.get_by_role("button", name="English").click()
    expect(heading).to_have_text("Which agency do you need?")
    before = heading.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    page.get_by_role("button", name="Large type").click()
    assert heading.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") > before * 1.2
    page.get_by_role("button", name="High contrast").click()
    ground = page.locator("#body").evaluate("node => getComputedStyle(node).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    take(page)
    page.click("#done")
    at_start(page)
    expect(heading).to_have_text("Mau ke instansi mana?")
    assert page.locator("html").get_attribute("data-contrast") is None
    assert page.locator("html").get_attribute("data-type") is None
