"""Every layout behind the real server, with the longest names and 1,001 numbers of a service."""

import contextlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.conftest import OpenPage
from tests.browser.hall.measure import NO_FAULTS, faults, too_small
from tests.browser.hall.real import SIZES, hall, large
from tests.browser.support import axe_violations
from tests.support import Cast, RunningServer
from tests.support.server import HALL

LONG = """
[[agency]]
id = "panjang"
name = "Badan Penyelenggara Jaminan Sosial Ketenagakerjaan Cabang Tangerang"
short = "BPJS Ketenagakerjaan"
tile = "anggrek"

[[service]]
id = "panjang"
agency = "panjang"
zone = "utama"
name = { id = "Klaim Jaminan Hari Tua dan Jaminan Kehilangan Pekerjaan bagi Penerima Upah", \
en = "Claims of old-age and job-loss insurance for wage earners and families" }
prefix = "MWM"

[[counter]]
id = "loket-10a"
name = { id = "Loket 10A", en = "Counter 10A" }
zone = "utama"
services = ["panjang"]

[[counter]]
id = "loket-11"
name = { id = "Loket Pelayanan Prioritas 11", en = "Priority service counter 11" }
zone = "utama"
services = ["panjang"]

[[counter]]
id = "pendaftaran"
name = { id = "Meja Pendaftaran", en = "Registration desk" }
label = "Pendaftaran"
zone = "utama"
services = ["panjang"]
"""
FOUR_DIGITS = 1001


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Long names, three letters and four digits; the last calls are of the longest kind."""
    folder = tmp_path_factory.mktemp("crowded")
    catalogue = folder / "long.toml"
    catalogue.write_text(HALL.read_text(encoding="utf-8") + LONG, encoding="utf-8")
    with RunningServer(folder, catalogue) as running, Cast(running) as cast:
        kiosk = cast.kiosk()
        tickets = [kiosk.take("panjang").ticket["id"] for _ in range(FOUR_DIGITS)]
        kiosk.take("skck").ok()
        cast.clerk("loket-1").post("/counters/loket-1/call-next").ok()
        counters = ("pendaftaran", "loket-11", "loket-10a")
        for counter, ticket in zip(counters, tickets[-3:], strict=True):
            cast.clerk(counter).post(f"/counters/{counter}/call", {"ticket": ticket}).ok()
        yield running


SOON_MS = 3000
SOME_FRAMES = """() => new Promise((seen) =>
  requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(seen))))"""


def check(page: Page, size: tuple[int, int], what: str) -> None:
    wide, high = size
    page.set_viewport_size({"width": wide, "height": high})
    # It fits itself with the next frame; where it does not, what is wrong is said below.
    page.evaluate(SOME_FRAMES)  # until then it still has the sizes of the screen before
    with contextlib.suppress(TimeoutError):
        page.wait_for_function(NO_FAULTS, timeout=SOON_MS)
    assert faults(page) == [], what
    assert too_small(page, min(size) / 1080) == [], what


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("layout", ["call", "counters", "waiting", "counter", "mixed"])
def test_the_longest_fits_at_every_size(
    open_page: OpenPage, crowded: RunningServer, layout: str, lang: str
) -> None:
    query = f"&layout={layout}&lang={lang}&counter=loket-10a&arrows=loket-10a:left"
    page = hall(open_page, crowded, query=query)
    expect(page.locator("#hall")).to_have_attribute("data-layout", layout)
    expect(page.locator("#hall .plate").first).to_be_visible()
    for size in SIZES:
        check(page, size, f"{layout}, {lang}, {size}")


@pytest.mark.parametrize(
    "query", ["", "&theme=dark&lang=en", "&layout=waiting", "&layout=counters"]
)
def test_axe_finds_nothing(open_page: OpenPage, crowded: RunningServer, query: str) -> None:
    page = hall(open_page, crowded, query=query)
    assert axe_violations(page) == []


def test_a_dark_hall_is_dark_and_its_plates_are_white(
    open_page: OpenPage, crowded: RunningServer
) -> None:
    page = hall(open_page, crowded, query="&theme=dark")
    expect(page.locator(".hall")).to_have_css("background-color", "rgb(27, 26, 23)")
    expect(large(page)).to_have_css("background-color", "rgb(255, 255, 255)")
