"""A display that nobody knows yet: `/display` against the real server."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.device.conftest import FULL_HD, Pair, accept, code_of
from tests.browser.modules import ModuleServer, ScriptedSockets
from tests.browser.support import axe_violations, overflowing, overlap
from tests.support import Cast, RunningServer

SIZES = [(1280, 720), FULL_HD, (3840, 2160), (1080, 1920)]
# A browser that refuses storage throws as soon as it is named.
NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("refused", "SecurityError"); } });"""


def kept(page: Page) -> bool:
    """Whether this browser remembers that it is a device."""
    found: bool = page.evaluate("localStorage.getItem('antrean-device') !== null")
    return found


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_it_shows_a_code_that_is_read_from_afar(
    open_page: OpenPage, shared_server: RunningServer, size: tuple[int, int]
) -> None:
    page = open_page(f"{shared_server.url}/display", size=size)
    code = code_of(page)
    assert re.fullmatch("[A-HJKMNP-Z2-9]{6}", code)
    expect(page.locator(".pairing-code")).to_have_text(re.compile(f"{code[:3]}\\s*{code[3:]}"))
    image = page.locator(".pairing-qr img")
    expect(image).to_be_visible()
    page.wait_for_function("document.querySelector('.pairing-qr img').naturalWidth > 0")
    # Capitals of Overpass are 0.7 of its size high: 190 of 1080 pixels are read at ten metres.
    high = page.locator(".pairing-code").evaluate("(n) => parseFloat(getComputedStyle(n).fontSize)")
    long, short = max(size), min(size)
    least = 150 * long / 1920 if size[0] < size[1] else 185 * short / 1080
    assert high * 0.7 >= least
    for sentence in page.locator(".pairing-how").all():
        small = sentence.locator(".second").evaluate(
            "(n) => parseFloat(getComputedStyle(n).fontSize)"
        )
        assert small >= 28 * long / 1920
    assert overflowing(page) == []
    assert axe_violations(page) == []
    main = page.locator(".pairing-main")
    box = main.bounding_box()
    assert box is not None
    for part in page.locator(".pairing-text > *, .pairing-qr").all():
        inner = part.bounding_box()
        assert inner is not None
        assert inner["y"] >= box["y"]
        assert inner["y"] + inner["height"] <= box["y"] + box["height"] + 0.5
    assert not overlap(page.locator(".pairing-text"), page.locator(".pairing-qr"))


def test_it_says_where_to_type_it_and_until_when(
    open_page: OpenPage, shared_server: RunningServer
) -> None:
    page = open_page(f"{shared_server.url}/display", size=FULL_HD)
    code_of(page)
    host = shared_server.url.removeprefix("http://")
    how = page.locator(".pairing-how").first
    expect(how).to_contain_text(f"{host}/devices dan ketik kode ini")
    expect(how).to_contain_text(f"open {host}/devices and type this code")
    now = page.evaluate("fetch('/api/v1/site').then((r) => r.json()).then((s) => s.at)")
    ends = datetime.fromisoformat(now) + timedelta(minutes=10)
    times = {(ends - timedelta(seconds=back)).strftime("%H.%M") for back in range(0, 30, 10)}
    text = page.locator(".pairing-until").inner_text()
    found = re.search(r"Berlaku sampai (\d\d\.\d\d), lalu kode baru muncul sendiri", text)
    assert found, text
    assert found[1] in times


def test_the_qr_leads_to_the_devices_with_the_code_in_the_fragment(
    shared: Cast, shared_server: RunningServer
) -> None:
    import io

    import segno

    answer = shared.nobody().get("/display-code.svg?code=ABC234", root=True).ok()
    wanted = io.BytesIO()
    code = segno.make(f"{shared_server.url}/devices#code=ABC234", error="m", micro=False)
    code.save(wanted, kind="svg", scale=8, border=4, xmldecl=False, omitsize=True)
    assert answer.text == wanted.getvalue().decode()
    assert answer.headers["content-type"].startswith("image/svg+xml")


@pytest.mark.parametrize(
    "code", ["", "abc234", "ABC23", "ABC2345", "ABC23O", "<svg>22", "ABC234%0A"]
)
def test_no_other_qr_is_drawn(shared: Cast, code: str) -> None:
    shared.nobody().get(f"/display-code.svg?code={code}", root=True).refused(404, "not_found")


def test_who_is_taken_in_shows_its_zone_and_stays_a_device(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    page = open_page(f"{server.url}/display", size=FULL_HD)
    page.evaluate("window.same = true")
    accept(cast, code_of(page), zone="timur", layout="counters")
    expect(page.locator(".hall-zone")).to_have_text("Hall Timur")
    expect(page.locator(".cell")).to_have_count(2)
    assert page.evaluate("window.same") is True
    assert kept(page)
    page.reload()
    expect(page.locator(".hall-zone")).to_have_text("Hall Timur")
    expect(page.locator(".pairing-code")).to_have_count(0)


def test_it_copes_where_storage_is_refused(
    open_page: OpenPage, server: RunningServer, cast: Cast
) -> None:
    page = open_page(size=FULL_HD)
    page.add_init_script(NO_STORAGE)
    page.goto(f"{server.url}/display")
    accept(cast, code_of(page))
    expect(page.locator(".hall-zone")).to_have_text("Hall Utama")
    page.reload()
    expect(page.locator(".hall-zone")).to_have_text("Hall Utama")
    expect(page.locator(".pairing-code")).to_have_count(0)


def test_a_revoked_device_is_nobody_again(pair: Pair, cast: Cast) -> None:
    page, device = pair(cast)
    cast.admin.send("DELETE", f"/devices/{device}").ok()
    code_of(page)
    assert not kept(page)
    page.reload()
    again = accept(cast, code_of(page))
    expect(page.locator(".hall-zone")).to_have_text("Hall Utama")
    assert again != device


def test_a_credential_that_is_none_leads_back_to_pairing(
    open_page: OpenPage, server: RunningServer
) -> None:
    page = open_page(f"{server.url}/display?zone=", size=FULL_HD)
    page.evaluate(
        """localStorage.setItem("antrean-device", JSON.stringify({ token: "d.nobody.x",
          device: { id: "x", name: "TV", zone: "utama", layout: "call", settings: {} } }))"""
    )
    page.goto(f"{server.url}/display")
    code_of(page)
    assert not kept(page)


def test_without_pairing_one_chooses_a_zone(
    open_page: OpenPage, shared_server: RunningServer
) -> None:
    page = open_page(f"{shared_server.url}/display", size=FULL_HD)
    page.get_by_role("link", name="Tanpa memasangkan").click()
    expect(page.locator(".choose-zone")).to_have_text(["Hall Utama", "Hall Timur"])


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_way_round_pairing_has_air_in_the_foot(
    open_page: OpenPage, shared_server: RunningServer, size: tuple[int, int]
) -> None:
    page = open_page(f"{shared_server.url}/display", size=size)
    code_of(page)
    top, bottom = page.locator(".pairing-other").evaluate(
        """(link) => {
          const foot = link.closest(".hall-foot").getBoundingClientRect();
          const range = document.createRange();
          // Of a line's box, its capitals and what hangs below.
          const letters = (node, text) => {
            range.selectNode(text);
            const { top, bottom } = range.getBoundingClientRect();
            const size = parseFloat(getComputedStyle(node).fontSize);
            return [(top + bottom) / 2 - 0.42 * size, (top + bottom) / 2 + 0.36 * size];
          };
          const second = link.querySelector(".second");
          return [letters(link, link.querySelector("span").firstChild)[0] - foot.top,
            foot.bottom - letters(second, second.firstChild)[1]];
        }"""
    )
    assert top >= 12 * max(size) / 1920
    # A television may crop three in a hundred.
    assert bottom >= 0.03 * size[1] - 1


def test_a_code_is_renewed_when_it_ends_and_gone_with_its_socket(
    open_page: OpenPage, modules: ModuleServer
) -> None:
    page = open_page(modules.url)
    with ScriptedSockets() as sockets:
        page.evaluate(
            """async (url) => {
              const { connect } = await import("/assets/clients/lib/live.js");
              const { PairingView } = await import("/assets/displays/device/pairing.js");
              let view = null;
              const live = connect({ url, onLost: () => view.lost(), onMessage: (frame) => {
                if (frame.op === "hello") view.ask();
                if (frame.op === "pairing") view.show(frame.code, frame.until);
              } });
              view = new PairingView(document.getElementById("main"), "Uji", "", live);
              view.lost();
            }""",
            sockets.url,
        )
        expect(page.locator(".pairing-until")).to_contain_text("Menunggu kode dari server")
        visit = sockets.visit()
        visit.hello(at="2026-11-24T10:00:00.000+07:00")
        visit.expect("pair")
        visit.send(op="pairing", code="ABC234", until="2026-11-24T10:00:05.000+07:00")
        expect(page.locator("[data-code=ABC234]")).to_be_visible()
        visit.expect("pair")  # five seconds later
        visit.send(op="pairing", code="DEF567", until="2026-11-24T10:10:05.000+07:00")
        expect(page.locator("[data-code=DEF567]")).to_be_visible()
        visit.close(1012)
        expect(page.locator(".pairing-until")).to_contain_text("Menunggu kode dari server")
        # Nothing can be taken for a code, also not by ear.
        expect(page.locator("[data-code='']")).to_be_empty()
        expect(page.locator("[data-code='']")).not_to_have_attribute("aria-label", re.compile("."))
        visit = sockets.visit()
        visit.hello()
        visit.expect("pair")


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_without_a_server_it_asks_nobody_to_type_a_code(
    open_page: OpenPage, shared_server: RunningServer, size: tuple[int, int]
) -> None:
    page = open_page(size=size)
    page.route_web_socket(re.compile("/ws$"), lambda _: None)  # opens, and is silent
    page.goto(f"{shared_server.url}/display")
    code, until = page.locator(".pairing-code"), page.locator(".pairing-until")
    expect(code).to_be_visible()
    expect(until).to_contain_text("Menunggu kode dari server")
    for sentence in page.locator(".pairing-how").all():
        expect(sentence).to_be_hidden()
    outline, words = code.bounding_box(), until.bounding_box()
    assert outline is not None
    assert words is not None
    assert 0 < words["y"] - (outline["y"] + outline["height"]) < 60 * max(size) / 1920
    assert overflowing(page) == []
    assert axe_violations(page) == []
