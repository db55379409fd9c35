"""Displays under trouble: no server, no sockets, no network, a long night."""

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import OpenPage
from tests.browser.device.conftest import FULL_HD, Pair, call, happened, listed, until
from tests.browser.modules import ModuleServer
from tests.support import Cast, RunningServer

STALE_MS = 10_000
BACK_MS = 5000
# Three attempts at most of two seconds each, with pauses, then the first question.
POLLED_MS = 20_000
KEPT = "async () => Boolean(await caches.match('/display-kept'))"


# the server is gone
def test_a_killed_server_is_told_and_its_return_noticed_in_time(
    pair: Pair, steady: RunningServer, steady_cast: Cast
) -> None:
    page, device = pair(steady_cast)
    _, before = call(steady_cast)
    expect(page.locator(".call .plate")).to_have_attribute("data-number", before)
    steady.kill()
    page.wait_for_selector("html[data-connection=stale]", timeout=STALE_MS)
    expect(page.locator(".call .plate")).to_have_attribute("data-number", before)
    steady.start()
    page.wait_for_selector("html[data-connection=live]", timeout=BACK_MS)
    listed(steady_cast.admin, device, online=True)
    _, after = call(steady_cast, "loket-2")
    expect(page.locator(f'[data-number="{after}"]')).to_be_visible()
    until(lambda: len(happened(steady_cast, "call.shown")) == 2, "both shown")


# sockets are blocked
@pytest.fixture
def blocked(open_page: OpenPage, server: RunningServer) -> tuple[Page, list[bool]]:
    """A display whose sockets close unheard for as long as the list is not empty."""
    page = open_page(size=FULL_HD)
    shut = [True]

    def relay(line: WebSocketRoute) -> None:
        if shut:
            line.close()
        else:
            line.connect_to_server()

    page.route_web_socket("**/ws", relay)
    page.goto(f"{server.url}/display?zone=utama")
    return page, shut


def test_where_sockets_are_blocked_the_board_is_asked_for(
    blocked: tuple[Page, list[bool]], cast: Cast
) -> None:
    page, shut = blocked
    clerk, first = call(cast)
    page.wait_for_selector("html[data-connection=live]", timeout=POLLED_MS)
    expect(page.locator(".call .plate")).to_have_attribute("data-number", first)
    expect(page.locator(".connection")).to_have_text("Diperbarui tiap 2 detik")
    at = cast.admin.get("/site").body["at"]
    assert page.locator(".hall-clock").inner_text()[:2] == at[11:13]
    _, second = call(cast, "loket-2")
    expect(page.locator(f'[data-number="{second}"]')).to_be_visible()
    shut.clear()
    expect(page.locator(".connection")).to_have_text("Tersambung")
    clerk.post("/counters/loket-1/start").ok()
    expect(page.locator(f'[data-number="{first}"][data-state=serving]')).to_be_visible()


def test_when_it_cannot_be_asked_for_any_more_it_is_stale_in_time(
    blocked: tuple[Page, list[bool]], server: RunningServer
) -> None:
    page, _ = blocked
    page.wait_for_selector("html[data-connection=live]", timeout=POLLED_MS)
    server.kill()
    page.wait_for_selector("html[data-connection=stale]", timeout=STALE_MS)


def test_a_server_that_is_there_is_not_asked_twice(
    open_page: OpenPage, shared_server: RunningServer
) -> None:
    page = open_page(size=FULL_HD)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.install()
    page.goto(f"{shared_server.url}/display?zone=utama")
    page.wait_for_selector("html[data-connection=live]")
    page.clock.run_for(4500)  # two rounds of asking, if there were any
    with page.expect_request("**/healthz"):  # whatever was asked for before is known by then
        page.evaluate("() => { fetch('/healthz'); }")
    assert [url for url in asked if "/api/v1/zones/" in url] == []


# no network at all
def test_a_television_that_restarts_without_network_says_who_it_is(
    pair: Pair, steady: RunningServer, steady_cast: Cast
) -> None:
    page, _ = pair(steady_cast)
    until(lambda: page.evaluate(KEPT), "the page kept")
    steady.kill()
    page.reload()
    cover = page.locator(".device-cover[data-state=waiting]")
    expect(cover.locator(".device-name")).to_have_text("TV Lobi")
    expect(cover).to_contain_text("Menunggu server")
    expect(page.locator(".hall-zone")).to_have_text("Hall Utama")
    fonts = page.evaluate("document.fonts.ready.then((all) => [...all].map((one) => one.status))")
    assert "loaded" in fonts
    steady.start()
    page.wait_for_selector("html[data-connection=live]", timeout=BACK_MS)
    expect(cover).to_be_hidden()


def test_a_page_that_could_not_be_kept_at_first_is_kept_later(
    open_page: OpenPage, modules: ModuleServer
) -> None:
    page = open_page(modules.url)
    page.clock.install()
    page.evaluate(
        """async () => {
          window.tries = 0;
          const register = async () => {
            window.tries += 1;
            throw new TypeError("the server is not there");
          };
          Object.defineProperty(navigator, "serviceWorker", { value: { register } });
          const { keepShell } = await import("/assets/displays/shell.js");
          keepShell();
        }"""
    )
    page.clock.run_for(6000)
    assert page.evaluate("tries") == 1
    page.clock.run_for(60_000)
    assert page.evaluate("tries") == 2


def test_what_is_kept_never_stands_in_for_a_newer_page(
    pair: Pair, steady: RunningServer, steady_cast: Cast
) -> None:
    page, _ = pair(steady_cast)
    until(lambda: page.evaluate(KEPT), "the page kept")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    old = page.evaluate(
        """async () => {
          const cache = await caches.open((await caches.keys())[0]);
          await cache.put(location.href, new Response("<p id=old>old</p>", {
            headers: { "Content-Type": "text/html" } }));
          return location.href;
        }"""
    )
    page.goto(old)
    expect(page.locator(".hall-zone")).to_have_text("Hall Utama")
    expect(page.locator("#old")).to_have_count(0)


@pytest.mark.parametrize("part", ["paging.js", "call.css?*"])
def test_a_page_that_lost_a_part_on_its_way_is_loaded_anew(
    open_page: OpenPage, shared_server: RunningServer, part: str
) -> None:
    page = open_page()
    page.clock.install()
    page.route(f"**/displays/{part}", lambda route: route.abort(), times=1)
    page.goto(f"{shared_server.url}/display?zone=utama")
    page.evaluate("window.old = true")
    with page.expect_navigation():
        page.clock.run_for(5000)
    page.wait_for_selector("html[data-connection=live]")
    page.evaluate("window.whole = true")
    page.clock.run_for(70_000)
    assert page.evaluate("[window.old, window.whole]") == [None, True]


# the night
NIGHT = """async ([iso, idle]) => {
  const { Renewal } = await import("/assets/displays/renewal.js");
  window.idle = idle;
  window.old = true;
  window.renewal = new Renewal("", () => window.idle, () => iso);
}"""


@pytest.fixture
def night(open_page: OpenPage, modules: ModuleServer) -> Page:
    page = open_page()
    page.clock.install()
    page.goto(modules.url)
    return page


def is_old(page: Page) -> bool:
    found: bool = page.evaluate("window.old === true")
    return found


def test_at_three_in_the_morning_the_page_is_loaded_anew(night: Page) -> None:
    night.evaluate(NIGHT, ["2026-11-25T03:20:00.000+07:00", True])
    with night.expect_navigation():
        night.clock.fast_forward("02:10:00")
        night.clock.run_for("01:00:00")
    assert not is_old(night)


@pytest.mark.parametrize(
    ("iso", "idle"),
    [("2026-11-25T10:20:00.000+07:00", True), ("2026-11-25T03:20:00.000+07:00", False)],
)
def test_neither_by_day_nor_amid_a_call(night: Page, iso: str, idle: bool) -> None:
    night.evaluate(NIGHT, [iso, idle])
    night.clock.fast_forward("02:10:00")
    night.clock.run_for("01:00:00")
    assert is_old(night)


# A call comes after the server was asked for the page.
BUSY = """() => {
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function () {
    window.idle = false;
    send.call(this);
  };
}"""


def test_a_call_that_comes_while_the_server_is_asked_is_not_cut(night: Page) -> None:
    night.evaluate(NIGHT, ["2026-11-25T10:20:00.000+07:00", True])
    night.evaluate(BUSY)
    for _ in range(3):
        with night.expect_response("**/"):
            night.evaluate("window.renewal.reload()")
            night.clock.run_for(5000)
        night.clock.run_for(1000)
        assert is_old(night)


def test_a_page_that_is_young_stays(night: Page) -> None:
    night.evaluate(NIGHT, ["2026-11-25T03:20:00.000+07:00", True])
    night.clock.run_for("00:40:00")
    assert is_old(night)


# another page
OLDER = """async () => {
  const { Renewal } = await import("/assets/displays/renewal.js");
  window.old = true;
  window.renewal = new Renewal("/assets/old.js?v=1", () => true, () => "");
  window.renewal.hello();
}"""
NEWER = (
    '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/assets/{}"></script>'
)


def test_an_older_page_is_loaded_anew_but_not_again_and_again(night: Page) -> None:
    body = NEWER.format("clients/lib/time.js?v=2")
    night.route("**/", lambda route: route.fulfill(body=body, content_type="text/html"))
    night.evaluate(OLDER)
    with night.expect_navigation():
        night.clock.run_for(5000)
    assert not is_old(night)
    # Where a proxy keeps the old page, it comes again.
    night.evaluate(OLDER)
    with night.expect_response(lambda answer: answer.request.resource_type == "xhr"):
        night.clock.run_for(5000)
    assert is_old(night)
    # A server that came back since may have put that right.
    night.evaluate("renewal.hello()")
    with night.expect_navigation():
        night.clock.run_for(5000)
