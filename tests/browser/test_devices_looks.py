"""The page of the TVs: who may do what there, and how it looks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.devices_page import PHONE, OpenDevices, devices_pages, live, new
from tests.browser.support import axe_violations, overflowing, overlap, sign_in
from tests.browser.tv import MakeTv, row, tvs
from tests.support import Cast, RunningServer

XSS = "<img src=x onerror=window.hit=1>"


@pytest.fixture
def devices(open_page: OpenPage, server: RunningServer, cast: Cast) -> OpenDevices:
    return devices_pages(open_page, server, cast)


@pytest.fixture
def tv(cast: Cast) -> Iterator[MakeTv]:
    yield from tvs(cast)


# who may
def test_a_supervisor_sets_displays_and_pairs_none(
    devices: OpenDevices, tv: MakeTv, cast: Cast
) -> None:
    front = tv("TV Depan").switch_on()
    page = devices(role="supervisor")
    expect(new(page).get_by_label("Kode di layar TV")).to_have_count(0)
    expect(page.locator(".devices")).not_to_contain_text("/display")
    expect(page.locator(".accept")).to_contain_text("Hanya admin yang bisa memasangkan TV.")
    row(page, front).click()
    page.get_by_role("radio", name="Gelap").check()
    expect(page.locator(".saved")).to_be_visible()
    remove = page.locator('[data-do="remove"]')
    remove.click()
    remove.click()
    expect(row(page, front)).to_have_count(0)
    assert cast.admin.get("/devices").items == []


def test_a_clerk_is_told_that_the_page_is_for_others(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    _, username, password = cast.user("clerk")
    page = open_page()
    sign_in(page, server.url, username, password)
    page.goto(f"{server.url}/devices")
    expect(page.get_by_role("alert")).to_contain_text("Halaman ini untuk pengawas dan admin.")
    assert axe_violations(page) == []


# how it looks
@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1024, 768), PHONE, (683, 384)], ids=str)
def test_nothing_is_cut_axe_finds_nothing_and_what_is_pressed_is_large_enough(
    devices: OpenDevices, tv: MakeTv, server: RunningServer, size: tuple[int, int], lang: str
) -> None:
    front = tv(f"TV di atas pintu masuk sebelah kanan {XSS}").switch_on(sound="blocked")
    tv("TV Samping", "timur", layout="counter")
    page = devices(size=size)
    page.context.add_cookies([{"name": "antrean-lang", "value": lang, "url": server.url}])
    page.reload()
    live(page)
    for fragment in ("", f"#{front.id}"):
        page.goto(f"{server.url}/devices{fragment}")
        expect(page.locator(".device-title" if fragment else ".accept h2")).to_be_visible()
        # A long name scrolls inside its field.
        assert [one for one in overflowing(page) if not one.startswith("<input")] == []
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for words in page.locator(".tv-what").all():
            assert (words.bounding_box() or {"width": 999})["width"] >= 180
        if page.locator(".zones-pair").is_visible():
            assert not overlap(page.locator(".zones-pair"), page.locator(".zone").first)
        targets = page.locator(
            ".staff-right .button, .staff-right .input, .choice-cell, .check, .tv, .staff-link"
        )
        for target in targets.all():
            box = target.bounding_box()
            assert box is None or box["height"] >= 43.9, target
    assert page.evaluate("window.hit") is None


def test_the_bar_that_wraps_keeps_to_both_sides(devices: OpenDevices) -> None:
    page = devices(size=(683, 384))  # 1366 pixels at 200 %
    bar, clock = (page.locator(one).bounding_box() for one in (".staff-bar", ".staff-clock"))
    assert bar
    assert clock
    assert bar["width"] - clock["x"] - clock["width"] == pytest.approx(20, abs=1)
