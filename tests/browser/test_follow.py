"""The phone of who holds a number: `/t/#TOKEN`."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.support import axe_violations, overflowing
from tests.support import Cast, Client, RunningServer

PHONE = (360, 740)
YELLOW = "rgb(255, 198, 41)"
INK = "rgb(27, 26, 23)"
RECORD_BUZZES = """navigator.vibrate = (pattern) => {
  const root = document.documentElement;
  root.dataset.buzzes = Number(root.dataset.buzzes || 0) + 1;
  return true;
};"""
Taken = dict[str, Any]
Follow = Callable[..., Page]


@pytest.fixture
def follow(open_page: OpenPage, server: RunningServer) -> Follow:
    return phones(open_page, server)


@pytest.fixture
def kiosk(cast: Cast) -> Client:
    return cast.kiosk()


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return cast.clerk("loket-1")


def phones(open_page: OpenPage, server: RunningServer) -> Follow:
    """`follow(token)`: the live page of a ticket on a small phone."""

    def open_(token: str, **options: Any) -> Page:
        page = open_page(**({"size": PHONE} | options))
        page.add_init_script(RECORD_BUZZES)
        page.goto(f"{server.url}/t/#{token}")
        page.wait_for_selector("html[data-connection=live]")
        page.wait_for_selector(".plate")
        return page

    return open_


def phase(page: Page, wanted: str) -> None:
    expect(page.locator("#follow")).to_have_attribute("data-phase", wanted)


def ground(page: Page) -> str:
    colour: str = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    return colour


def test_it_shows_the_number_the_people_ahead_and_where_to_wait(
    follow: Follow, kiosk: Client, clerk: Client
) -> None:
    for _ in range(3):
        kiosk.take("skck").ok()
    taken = kiosk.take("skck")
    page = follow(taken.token)
    phase(page, "waiting")
    expect(page.locator("[data-number=A-004]")).to_be_visible()
    expect(page.locator(".figure-count")).to_have_text("3")
    expect(page.locator(".figure")).to_contain_text("orang di depan Anda")
    expect(page.locator(".figure")).to_contain_text("people ahead of you")
    expect(page.locator(".head")).to_contain_text("Hall Utama")
    expect(page.locator(".line-stop")).to_have_count(3)
    expect(page.locator(".range-times")).to_contain_text("\u2013")
    assert page.title() == "3 di depan \u2013 A-004"
    icon = page.locator("link[rel~=icon]").get_attribute("href")
    assert icon is not None
    assert icon.startswith("data:image/svg+xml")


def test_without_a_counter_it_promises_nothing(follow: Follow, kiosk: Client) -> None:
    kiosk.take("skck").ok()
    page = follow(kiosk.take("skck").token)
    expect(page.locator(".range")).to_contain_text("belum bisa diperkirakan")
    expect(page.locator(".range-times")).to_have_count(0)


def test_from_waiting_to_done_every_turn_is_told(
    follow: Follow, kiosk: Client, clerk: Client
) -> None:
    kiosk.take("skck").ok()
    page = follow(kiosk.take("skck").token)
    phase(page, "waiting")
    clerk.post("/counters/loket-1/call-next").ok()
    phase(page, "next")
    expect(page.locator("h1")).to_have_text("Bersiap, Anda berikutnya")
    assert ground(page) == INK
    clerk.post("/counters/loket-1/start").ok()
    clerk.post("/counters/loket-1/complete").ok()
    clerk.post("/counters/loket-1/call-next").ok()
    phase(page, "called")
    assert ground(page) == YELLOW
    expect(page.locator("h1")).to_have_text("Loket 1")
    assert page.title() == "Loket 1 \u2013 A-002 dipanggil"
    expect(page.locator("#spoken")).to_have_text("Nomor A-002 dipanggil. Silakan menuju Loket 1.")
    expect(page.locator("html")).to_have_attribute("data-buzzes", "1")
    clerk.post("/counters/loket-1/recall").ok()
    expect(page.locator("#main")).to_contain_text("panggilan ke-2")
    expect(page.locator("html")).to_have_attribute("data-buzzes", "2")
    clerk.post("/counters/loket-1/start").ok()
    phase(page, "serving")
    assert ground(page) != YELLOW
    clerk.post("/counters/loket-1/complete").ok()
    phase(page, "done")
    expect(page.locator("#cancel")).to_be_hidden()
    expect(page.locator("#defer")).to_be_hidden()


def test_the_counter_is_as_large_as_the_phone_allows(
    follow: Follow, kiosk: Client, clerk: Client
) -> None:
    page = follow(kiosk.take("skck").token)
    clerk.post("/counters/loket-1/call-next").ok()
    phase(page, "called")
    line = page.locator(".counter-name")
    assert line.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") > 80
    assert line.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_a_missed_call_says_what_to_do_now(follow: Follow, kiosk: Client, clerk: Client) -> None:
    page = follow(kiosk.take("skck").token)
    clerk.post("/counters/loket-1/call-next").ok()
    clerk.post("/counters/loket-1/recall").ok()
    clerk.post("/counters/loket-1/no-show").ok()
    phase(page, "missed")
    main = page.locator("#main")
    expect(main).to_contain_text("Dipanggil 2 kali di Loket 1")
    expect(main).to_contain_text("Masih bisa dilayani hari ini")


def test_a_held_number_is_told_to_stay(follow: Follow, kiosk: Client, clerk: Client) -> None:
    page = follow(kiosk.take("skck").token)
    clerk.post("/counters/loket-1/call-next").ok()
    clerk.post("/counters/loket-1/hold").ok()
    phase(page, "held")
    expect(page.locator("#main")).to_contain_text("Tetaplah di dekat Loket 1")


def test_the_next_step_of_a_journey_keeps_the_number(
    follow: Follow, cast: Cast, kiosk: Client
) -> None:
    page = follow(kiosk.take("foto").token)
    expect(page.locator("#main")).not_to_contain_text("Langkah 2")
    clerk = cast.clerk("loket-3")
    clerk.post("/counters/loket-3/call-next").ok()
    clerk.post("/counters/loket-3/start").ok()
    phase(page, "serving")
    expect(page.locator("#main")).to_contain_text("Setelah ini masih 1 langkah")
    kiosk.take("paspor", **{"class": "prioritas"}).ok()  # stands before it at the next step
    clerk.post("/counters/loket-3/complete").ok()
    phase(page, "waiting")
    expect(page.locator("[data-number=D-001]")).to_be_visible()
    expect(page.locator(".head")).to_contain_text("Paspor")
    expect(page.locator("#main")).to_contain_text("Langkah 2 dari 2")
    expect(page.locator(".note")).to_contain_text("Langkah sebelumnya selesai. Berikutnya: Paspor.")


def test_a_transfer_names_its_cause(follow: Follow, kiosk: Client, clerk: Client) -> None:
    page = follow(kiosk.take("skck").token)
    clerk.post("/counters/loket-1/call-next").ok()
    phase(page, "called")
    clerk.post("/counters/loket-1/transfer", {"service": "paspor"}).ok()
    expect(page.locator(".note")).to_contain_text("dialihkan ke Paspor")
    expect(page.locator("#main")).to_contain_text("Hall Timur")


def test_who_is_overtaken_learns_why(follow: Follow, kiosk: Client) -> None:
    for _ in range(2):
        kiosk.take("skck").ok()
    page = follow(kiosk.take("skck").token)
    expect(page.locator(".figure-count")).to_have_text("2")
    expect(page.locator(".note")).to_have_count(0)
    kiosk.take("skck", **{"class": "prioritas"}).ok()
    expect(page.locator(".figure-count")).to_have_text("3")
    expect(page.locator(".note")).to_contain_text("Posisi mundur 1")
    expect(page.locator(".note")).to_contain_text("prioritas")


# giving way and cancelling


def test_giving_way_lets_others_go_first_and_says_what_it_means(
    follow: Follow, kiosk: Client, cast: Cast
) -> None:
    kiosk.take("skck").ok()
    taken = kiosk.take("skck")
    for _ in range(4):
        kiosk.take("skck").ok()
    page = follow(taken.token)
    expect(page.locator(".figure-count")).to_have_text("1")
    page.click("#defer")
    expect(page.locator("#defer")).to_have_text("Beri jalan 2 orang dahulu")
    page.locator(".step", has_text="3").click()
    expect(page.locator(".means")).to_contain_text("3 orang di belakang Anda dilayani lebih dahulu")
    page.click("#defer")
    expect(page.locator(".figure-count")).to_have_text("4")
    expect(page.get_by_role("status").filter(has_text="Sudah.")).to_contain_text(
        "Sekarang 4 orang di depan Anda"
    )
    expect(page.locator(".note")).to_contain_text("Anda memberi jalan")
    assert cast.holder(taken.token).get("/my").body["position"] == 5


def test_giving_way_to_nobody_keeps_the_place(follow: Follow, kiosk: Client) -> None:
    kiosk.take("skck").ok()
    page = follow(kiosk.take("skck").token)
    page.click("#defer")
    page.click("#defer")
    expect(page.get_by_role("status").filter(has_text="Belum ada orang lain")).to_be_visible()
    expect(page.locator(".figure-count")).to_have_text("1")


def test_a_lost_answer_is_asked_for_again_and_counts_once(
    follow: Follow, kiosk: Client, cast: Cast
) -> None:
    first = kiosk.take("skck")
    for _ in range(5):
        kiosk.take("skck").ok()
    page = follow(first.token)
    lost = [False]

    def lose(route: Route) -> None:
        if lost[0]:
            route.continue_()
            return
        lost[0] = True
        route.fetch()
        route.abort()

    page.route("**/my/defer", lose)
    page.click("#defer")
    page.click("#defer")
    expect(page.locator(".figure-count")).to_have_text("2")
    expect(page.get_by_role("status").filter(has_text="Sudah.")).to_be_visible()
    events = [e for e in cast.supervisor().events() if e["type"] == "ticket.deferred"]
    assert len(events) == 1


def test_cancelling_takes_a_second_press(follow: Follow, kiosk: Client, cast: Cast) -> None:
    taken = kiosk.take("skck")
    page = follow(taken.token)
    page.click("#cancel")
    expect(page.locator("#cancel")).to_have_text("Tekan sekali lagi untuk membatalkan")
    assert cast.holder(taken.token).get("/my").body["state"] == "waiting"
    page.click("#cancel")
    phase(page, "cancelled")
    assert cast.holder(taken.token).get("/my").body["state"] == "cancelled"


def test_a_press_on_cancel_alone_is_forgotten(
    open_page: OpenPage, server: RunningServer, kiosk: Client
) -> None:
    page = open_page(size=PHONE)
    page.clock.install()
    page.goto(f"{server.url}/t/#{kiosk.take('skck').token}")
    page.click("#cancel")
    expect(page.locator("#cancel")).to_have_text("Tekan sekali lagi untuk membatalkan")
    page.clock.run_for(6_500)
    expect(page.locator("#cancel")).to_have_text("Batalkan nomor saya")


def test_a_refusal_stands_beside_the_button(follow: Follow, kiosk: Client, cast: Cast) -> None:
    taken = kiosk.take("skck")
    page = follow(taken.token)
    page.route(
        "**/my/cancel",
        lambda route: route.fulfill(
            status=409,
            content_type="application/problem+json",
            body='{"code": "invalid_state", "status": 409, "title": "", "detail": ""}',
        ),
    )
    page.click("#cancel")
    page.click("#cancel")
    expect(page.get_by_role("alert").filter(has_text="Sudah tidak bisa")).to_be_visible()
    assert cast.holder(taken.token).get("/my").body["state"] == "waiting"


# before one is there


def test_an_online_number_shows_its_code_until_its_holder_is_there(
    follow: Follow, cast: Cast, kiosk: Client
) -> None:
    taken = cast.nobody().take("skck")
    page = follow(taken.token)
    phase(page, "absent")
    expect(page.locator("h1")).to_have_text("Anda belum tercatat hadir")
    expect(page.locator(".code img")).to_be_visible()
    kiosk.post("/check-ins", {"token": taken.token}).ok()
    phase(page, "next")
    expect(page.locator(".code img")).to_have_count(0)
    expect(page.locator(".note")).to_contain_text("Anda tercatat hadir")


def test_a_booking_shows_its_slot_and_how_to_check_in(follow: Follow, cast: Cast) -> None:
    citizen = cast.nobody()
    today = date.fromisoformat(citizen.get("/site").body["date"])
    slot = citizen.get(f"/services/paspor/slots?date={today + timedelta(days=1)}").items[16]
    booked = citizen.post("/bookings", {"service": "paspor", "start": slot["start"]})
    page = follow(booked.token)
    phase(page, "booked")
    times = [str(slot[end])[11:16].replace(":", ".") for end in ("start", "end")]
    expect(page.locator(".slot")).to_contain_text(" \u2013 ".join(times))
    expect(page.locator("#main")).to_contain_text("Perlihatkan kode ini di kios")
    expect(page.locator(".code img")).to_be_visible()


# links and lines that fail


@pytest.mark.parametrize(
    "token", ["wrong-wrong-wrong-wrong-wrong", "%3Cimg%20src%3Dx%3E", "%E0%A4%A"]
)
def test_a_wrong_link_says_so(open_page: OpenPage, server: RunningServer, token: str) -> None:
    page = open_page(f"{server.url}/t/#{token}", size=PHONE)
    expect(page.locator("h1")).to_have_text("Tautan ini tidak membuka nomor apa pun")
    expect(page.locator("#main")).to_contain_text("meja depan")
    expect(page.locator("#defer")).to_have_count(0)
    assert axe_violations(page) == []


def test_a_page_without_a_token_says_where_to_find_one(
    open_page: OpenPage, server: RunningServer
) -> None:
    page = open_page(f"{server.url}/t/", size=PHONE)
    expect(page.locator("h1")).to_have_text("Ikuti nomor Anda di sini")


def test_the_token_stays_out_of_every_address(
    open_page: OpenPage, server: RunningServer, kiosk: Client
) -> None:
    token = kiosk.take("skck").token
    page = open_page(size=PHONE)
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("websocket", lambda socket: addresses.append(socket.url))
    page.goto(f"{server.url}/t/#{token}")
    page.wait_for_selector("html[data-connection=live]")
    assert [one for one in addresses if one.startswith("ws")]
    # The page's own address is reported with its fragment, which no browser sends.
    assert not [one for one in addresses if token in one.partition("#")[0]]
    assert token not in server.log


def test_offline_the_number_stays_and_the_page_says_how_old_it_is(
    follow: Follow, kiosk: Client, server: RunningServer
) -> None:
    for _ in range(2):
        kiosk.take("skck").ok()
    page = follow(kiosk.take("skck").token)
    phase(page, "waiting")
    server.kill()
    page.wait_for_selector("html[data-connection=stale]")
    expect(page.locator(".stale-bar")).to_contain_text("Data terakhir")
    expect(page.locator("[data-number=A-003]")).to_be_visible()
    expect(page.locator(".figure")).to_contain_text("saat itu")
    expect(page.locator("#main")).to_contain_text("Nomor Anda tetap berlaku")
    expect(page.locator("#defer")).to_have_text("Tombol aktif lagi setelah tersambung")
    expect(page.locator("#defer")).to_have_attribute("aria-disabled", "true")
    expect(page.locator("#cancel")).to_have_attribute("aria-disabled", "true")
    assert ground(page) == "rgb(222, 220, 215)"
    assert axe_violations(page) == []
    assert overflowing(page) == []
