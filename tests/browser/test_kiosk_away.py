"""A kiosk whose server is away, and one that comes back."""

import socket
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.support import axe_violations, overflowing
from tests.browser.test_kiosk import COUNT_PRINTS, PORTRAIT, at_start, choose, number_on
from tests.support import Cast, RunningServer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def kiosk_of(server: RunningServer, open_page: OpenPage) -> Page:
    with Cast(server) as people:
        token = people.kiosk().token
    page = open_page(size=PORTRAIT)
    page.add_init_script(COUNT_PRINTS)
    page.goto(f"{server.url}/kiosk#device={token}&paper=none")
    at_start(page)
    return page


def test_it_sends_people_to_the_desk_while_it_is_away_and_returns(
    tmp_path: Path, open_page: OpenPage
) -> None:
    with RunningServer(tmp_path, arguments=["--port", str(free_port())]) as server:
        page = kiosk_of(server, open_page)
        server.kill()
        page.wait_for_selector("html[data-connection=stale]")
        heading = page.get_by_role("heading", name="Mesin ini sedang tidak tersambung")
        expect(heading).to_be_visible()
        main = page.locator("#main")
        expect(main).to_contain_text("Silakan ke meja depan")
        expect(main).to_contain_text("tetap berlaku")
        expect(main).to_contain_text("Terputus sejak")
        expect(page.locator("[data-agency]")).to_have_count(0)
        assert axe_violations(page) == []
        assert overflowing(page) == []
        server.start()
        at_start(page)


def test_a_number_that_is_shown_stays_readable(tmp_path: Path, open_page: OpenPage) -> None:
    with RunningServer(tmp_path) as server:
        page = kiosk_of(server, open_page)
        choose(page, "polres", "skck")
        page.click("#regular")
        assert number_on(page) == "A-001"
        server.kill()
        page.wait_for_selector("html[data-connection=stale]")
        expect(page.locator("[data-number=A-001]")).to_be_visible()
        ground = page.locator("#body").evaluate("node => getComputedStyle(node).backgroundColor")
        assert ground == "rgb(222, 220, 215)"
        page.click("#done")
        expect(page.locator("#kiosk")).to_have_attribute("data-step", "away")


def test_a_press_that_the_server_never_heard_is_made_good_when_it_is_back(
    tmp_path: Path, open_page: OpenPage
) -> None:
    with RunningServer(tmp_path, arguments=["--port", str(free_port())]) as server:
        page = kiosk_of(server, open_page)
        choose(page, "polres", "skck")
        server.kill()
        page.click("#regular")
        expect(page.get_by_role("alert").filter(has_text="Belum pasti")).to_be_visible()
        server.start()
        assert number_on(page) == "A-001"
        with Cast(server) as people:
            assert len(people.admin.get("/tickets?service=skck").items) == 1


def test_a_page_that_opens_before_its_server_can_answer_waits_for_it(
    tmp_path: Path, open_page: OpenPage
) -> None:
    with RunningServer(tmp_path) as server:
        with Cast(server) as people:
            token = people.kiosk().token
        page = open_page(size=PORTRAIT)
        page.route("**/api/v1/session", lambda route: route.abort())
        page.goto(f"{server.url}/kiosk#device={token}")
        expect(page.get_by_role("heading", name="Mesin ini sedang tidak")).to_be_visible()
        page.unroute("**/api/v1/session")
        at_start(page)


def test_a_mall_that_is_closed_says_so_above_all_doors(
    server: RunningServer, cast: Cast, open_page: OpenPage
) -> None:
    page = kiosk_of(server, open_page)
    notice = page.locator(".start > .notice").first
    expect(notice).to_be_hidden()
    boss = cast.supervisor()
    for service in boss.get("/services").items:
        if service["status"] == "open":
            boss.post(f"/services/{service['id']}/close").ok()
    expect(notice).to_have_text("Semua layanan sedang tutup. Silakan ke meja depan.")
    expect(page.locator("[data-agency=polres]")).to_contain_text("Sedang tutup")
