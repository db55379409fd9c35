"""The paper ticket: as wide as the roll, as long as its text, in one bit."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_kiosk import COUNT_PRINTS, PORTRAIT, at_start, take
from tests.support import Cast

POINTS_PER_MM = 72 / 25.4
PIXELS_PER_MM = 96 / 25.4
# A phone reads a code of this size from a hand's width away.
SMALLEST_CODE_MM = 22


def printed(open_page: OpenPage, shared: Cast, paper: str) -> Page:
    device = shared.kiosk()
    page = open_page(size=PORTRAIT)
    page.add_init_script(COUNT_PRINTS)
    page.goto(f"{device.url}/kiosk#device={device.token}&paper={paper}")
    at_start(page)
    take(page)
    return page


def size_of(pdf: bytes) -> tuple[float, float]:
    """Width and height of its one page, in millimetres."""
    boxes = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert len(boxes) == 1, f"{len(boxes)} pages"
    return float(boxes[0][0]) / POINTS_PER_MM, float(boxes[0][1]) / POINTS_PER_MM


@pytest.mark.parametrize("width", [80, 58])
def test_it_fits_the_roll_on_one_page_and_ends_with_its_text(
    open_page: OpenPage, shared: Cast, width: int
) -> None:
    page = printed(open_page, shared, str(width))
    expect(page.locator("html")).to_have_attribute("data-prints", "1")
    paper = page.locator(".paper")
    expect(paper).to_be_hidden()
    wide, high = size_of(page.pdf(prefer_css_page_size=True, print_background=True))
    assert wide == pytest.approx(width, abs=0.5)
    assert 70 < high < 160
    page.emulate_media(media="print")
    expect(paper).to_be_visible()
    expect(page.locator("#kiosk")).to_be_hidden()
    box = paper.bounding_box()
    assert box is not None
    assert box["width"] / PIXELS_PER_MM == pytest.approx(width, abs=0.5)
    # Nothing is lost at the cutter, and no paper is wasted.
    assert 1 < high - box["height"] / PIXELS_PER_MM < 8
    assert paper.evaluate("node => node.scrollWidth <= node.clientWidth")
    code = paper.locator("img").bounding_box()
    assert code is not None
    assert code["width"] / PIXELS_PER_MM >= SMALLEST_CODE_MM


def test_it_says_all_that_one_without_a_phone_needs(open_page: OpenPage, shared: Cast) -> None:
    page = printed(open_page, shared, "80")
    number = page.locator(".number-plate").get_attribute("data-number")
    page.emulate_media(media="print")
    paper = page.locator(".paper")
    expect(paper.locator(f"[data-number={number}]")).to_be_visible()
    for words in ("MPP Uji", "SKCK", "Polres", "Hall Utama", "Di depan Anda", "Terlewat?"):
        expect(paper).to_contain_text(words)
    expect(paper).to_contain_text("Please wait in Hall Utama")


def test_it_needs_no_colour(open_page: OpenPage, shared: Cast) -> None:
    page = printed(open_page, shared, "80")
    page.emulate_media(media="print")
    colours = page.locator(".paper").evaluate(
        """(paper) => Array.from(new Set([paper, ...paper.querySelectorAll("*")].flatMap((node) => {
          const style = getComputedStyle(node);
          return [style.color, style.backgroundColor];
        })))"""
    )
    allowed = {"rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert set(colours) <= allowed


def test_it_is_printed_again_when_it_is_asked_for(open_page: OpenPage, shared: Cast) -> None:
    page = printed(open_page, shared, "80")
    expect(page.locator("html")).to_have_attribute("data-prints", "1")
    page.get_by_role("button", name="Cetak lagi").click()
    expect(page.locator("html")).to_have_attribute("data-prints", "2")
    expect(page.locator(".paper")).to_have_count(1)


def test_a_kiosk_without_a_printer_promises_no_paper(open_page: OpenPage, shared: Cast) -> None:
    page = printed(open_page, shared, "none")
    page.wait_for_selector(".code img")
    expect(page.locator("#kiosk")).not_to_contain_text("kertas")
    expect(page.locator("#kiosk")).to_contain_text("Tunggu di Hall Utama")
    assert page.locator("html").get_attribute("data-prints") is None
