"""What people see: names, languages, places, and what axe says."""

from typing import Any

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.browser.conftest import OpenPage
from tests.browser.counter.console import (
    NAME,
    XSS,
    OpenConsole,
    enter,
    live,
    other,
    press_enter,
    primary,
    row,
)
from tests.browser.support import axe_violations, overflowing, overlap, sign_in
from tests.support import Cast, Client, RunningServer


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
    parts = [
        ".now .now-title",
        ".now-who",
        ".facts",
        ".heard",
        ".notices",
        ".now .primary",
        ".now .others",
    ]
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
