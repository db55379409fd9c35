"""A television at work: `/display` as a device of the registry, against the real server."""

import json
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, WebSocketRoute, expect

from tests.browser.conftest import OpenPage
from tests.browser.device.conftest import Pair, call, happened, listed, until
from tests.browser.support import axe_violations, overlap
from tests.support import Cast, RunningServer

# Reads of a test count as a press; what the page says of itself by the console does not.
TELL_BAR = """addEventListener("DOMContentLoaded", () => {
  new MutationObserver(() => {
    const bar = document.querySelector(".device-bar:not([hidden])");
    if (bar) console.info(`bar: ${bar.textContent}`);
  }).observe(document.body, { childList: true, subtree: true, attributes: true });
});"""


# what it tells
def test_it_tells_its_version_screen_and_clock(pair: Pair, cast: Cast) -> None:
    page, device = pair(cast)
    told = listed(cast.admin, device, screen=[1920, 1080], online=True)
    site = cast.admin.get("/site").body
    assert told["version"] == site["version"]
    assert abs(told["clock_offset"]) < 5
    page.set_viewport_size({"width": 1280, "height": 720})
    listed(cast.admin, device, screen=[1280, 720])


def test_a_clock_that_is_wrong_by_a_day_is_told_and_has_no_say(
    pair: Pair, cast: Cast, open_page: OpenPage
) -> None:
    page, device = pair(cast)
    page.close()
    late = open_page(context=page.context)
    late.add_init_script(
        """const now = Date.now; const DAY = 86400000; Date.now = () => now.call(Date) + DAY;"""
    )
    late.goto(f"{cast.server.url}/display")
    late.wait_for_selector("html[data-connection=live]")
    until(
        lambda: abs(listed(cast.admin, device)["clock_offset"] + 86_400) < 5,
        "a clock a day ahead",
    )
    at = datetime.fromisoformat(cast.admin.get("/site").body["at"])
    hours = late.locator(".hall-clock").inner_text().split(".")
    minutes = int(hours[0]) * 60 + int(hours[1]) - (at.hour * 60 + at.minute)
    assert minutes % 1440 in (0, 1, 1439)
    _, number = call(cast)
    expect(late.locator(".call[data-announcing=true] .plate")).to_have_attribute(
        "data-number", number
    )


def test_sound_that_may_start_by_itself_is_on(
    free_browser: Browser, open_page: OpenPage, pair: Pair, cast: Cast
) -> None:
    context = free_browser.new_context(viewport={"width": 1920, "height": 1080})
    first, device = pair(cast, context=context)
    first.close()
    listed(cast.admin, device, online=False)
    page = open_page(context=context)
    page.add_init_script(TELL_BAR)
    lines: list[str] = []
    page.on("console", lambda message: lines.append(message.text))
    page.goto(f"{cast.server.url}/display")
    listed(cast.admin, device, online=True, sound="on", speaker=True)
    assert lines == []
    context.close()


def test_blocked_sound_is_said_on_the_screen_and_to_the_server_until_a_press(
    pair: Pair, open_page: OpenPage, cast: Cast
) -> None:
    first, device = pair(cast)
    first.close()
    listed(cast.admin, device, online=False)
    page = open_page(context=first.context)
    page.add_init_script(TELL_BAR)
    with page.expect_console_message(
        lambda message: message.text.startswith("bar: Suara diblokir: sentuh layar atau tekan OK")
    ):
        page.goto(f"{cast.server.url}/display")
    told = listed(cast.admin, device, online=True, sound="blocked")
    assert told["speaker"] is False
    page.keyboard.press("Enter")
    listed(cast.admin, device, sound="on", speaker=True)
    expect(page.locator(".device-bar")).to_be_hidden()


@pytest.mark.parametrize("margin", [3, 10])
def test_the_bar_hides_nothing_of_the_board_and_is_not_cropped(
    pair: Pair, browser: Browser, cast: Cast, margin: int
) -> None:
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    context.add_init_script(
        "Object.defineProperty(AudioContext.prototype, 'state', { get: () => 'suspended' })"
    )
    page, _ = pair(cast, context=context, settings={"margin": margin})
    call(cast)
    bar = page.locator(".device-bar:not([hidden])")
    expect(bar).to_be_visible()
    for part in (".hall-foot", ".call", ".earlier"):
        assert not overlap(bar, page.locator(part))
    below = bar.locator("span").first.evaluate(
        """(node) => {
          const box = node.getBoundingClientRect();
          return (box.top + box.bottom) / 2 + 0.3 * parseFloat(getComputedStyle(node).fontSize);
        }"""
    )
    assert below <= 1080 * (1 - margin / 100) + 1
    assert axe_violations(page) == []
    context.close()


def test_a_device_that_is_not_to_speak_says_so(pair: Pair, cast: Cast) -> None:
    page, device = pair(cast, settings={"voice": "none"})
    page.keyboard.press("Enter")
    listed(cast.admin, device, sound="off")
    cast.admin.send("PATCH", f"/devices/{device}", {"settings": {"voice": "server"}}).ok()
    listed(cast.admin, device, sound="on")


# what it draws
def test_it_tells_each_call_and_recall_that_it_drew(pair: Pair, cast: Cast) -> None:
    _, device = pair(cast)
    clerk, number = call(cast)
    until(lambda: happened(cast, "call.shown"), "shown")
    shown = happened(cast, "call.shown")
    assert [(one["number"], one["device"]) for one in shown] == [(number, device)]
    recalled = clerk.post("/counters/loket-1/recall").ok()
    until(lambda: len(happened(cast, "call.shown")) == 2, "the recall shown")
    assert happened(cast, "call.shown")[1]["call"] == recalled.body["seq"]


def test_without_pairing_nothing_is_told_whatever_the_machine_remembers(
    pair: Pair, open_page: OpenPage, cast: Cast
) -> None:
    page, device = pair(cast)
    page.close()
    listed(cast.admin, device, online=False)
    said: list[str] = []
    other = open_page(context=page.context)
    other.on(
        "websocket", lambda socket: socket.on("framesent", lambda text: said.append(str(text)))
    )
    other.goto(f"{cast.server.url}/display?zone=utama")
    for counter in ("loket-1", "loket-2"):  # what it might tell of one it would by the next
        _, number = call(cast, counter)
        expect(other.locator(f'[data-number="{number}"]')).to_be_visible()
    assert [text for text in said if '"subscribe"' not in text and '"ping"' not in text] == []
    assert listed(cast.admin, device)["online"] is False
    assert happened(cast, "call.shown") == []


def test_settings_layout_and_zone_change_without_a_reload(pair: Pair, cast: Cast) -> None:
    page, device = pair(cast)
    page.evaluate("window.same = true")

    def change(**members: Any) -> None:
        cast.admin.send("PATCH", f"/devices/{device}", members).ok()

    change(settings={"theme": "dark"})
    page.wait_for_selector("html[data-theme=dark]")
    change(layout="counters")
    expect(page.locator(".hall")).to_have_attribute("data-layout", "counters")
    change(zone="timur")
    expect(page.locator(".hall-zone")).to_have_text("Hall Timur")
    change(layout="waiting")
    expect(page.locator(".hall")).to_have_attribute("data-layout", "waiting")
    change(settings={"theme": None}, layout="call", zone="utama")
    expect(page.locator(".hall-zone")).to_have_text("Hall Utama")
    page.wait_for_selector("html:not([data-theme])")
    _, number = call(cast)
    expect(page.locator(".call .plate")).to_have_attribute("data-number", number)
    assert page.evaluate("window.same") is True


# what it is asked to do
def test_asked_who_it_is_it_says_so_over_the_whole_screen(pair: Pair, cast: Cast) -> None:
    page, device = pair(cast, name="TV <b>Lobi</b>")
    listed(cast.admin, device, online=True)
    cast.admin.post(f"/devices/{device}/identify").ok()
    cover = page.locator(".device-cover")
    expect(cover).to_be_visible()
    expect(cover.locator(".device-name")).to_have_text("TV <b>Lobi</b>")
    expect(cover).to_contain_text(device)
    assert cover.bounding_box() == {"x": 0, "y": 0, "width": 1920, "height": 1080}
    assert axe_violations(page) == []
    cover.wait_for(state="hidden", timeout=12_000)


def test_a_call_and_a_recall_take_the_screen_back_from_its_name(pair: Pair, cast: Cast) -> None:
    page, device = pair(cast)
    listed(cast.admin, device, online=True)
    cover = page.locator(".device-cover")
    page.evaluate(
        """() => {
          window.covers = [];
          new MutationObserver(([{ target }]) => {
            window.covers.push([target.hidden, performance.now()]);
          }).observe(document.querySelector(".device-cover"), { attributeFilter: ["hidden"] });
        }"""
    )
    cast.admin.post(f"/devices/{device}/identify").ok()
    expect(cover).to_be_visible()
    clerk, number = call(cast)
    expect(page.locator(".call .plate")).to_have_attribute("data-number", number)
    until(lambda: len(happened(cast, "call.shown")) == 1, "the call was seen")
    # One that stood there before does not hinder it from saying who it is.
    cast.admin.post(f"/devices/{device}/identify").ok()
    expect(cover).to_be_visible()
    clerk.post("/counters/loket-1/recall").ok()
    until(lambda: len(happened(cast, "call.shown")) == 2, "the recall was seen")
    covers = page.evaluate("window.covers")
    assert [hidden for hidden, _ in covers] == [False, True, False, True]
    # A cover that stays for its time hides the call meanwhile.
    for (_, shown), (_, gone) in (covers[:2], covers[2:]):
        assert gone - shown < 9_500


def test_asked_to_it_reloads(pair: Pair, cast: Cast) -> None:
    page, device = pair(cast)
    page.evaluate("window.old = true")
    cast.admin.post(f"/devices/{device}/reload").ok()
    page.wait_for_function("() => !window.old")
    expect(page.locator(".hall-zone")).to_have_text("Hall Utama")


def test_asked_to_it_sounds_by_itself(pair: Pair, cast: Cast) -> None:
    page, device = pair(cast)
    page.keyboard.press("Enter")
    listed(cast.admin, device, sound="on")
    page.evaluate(
        """() => {
          window.tones = [];
          const start = OscillatorNode.prototype.start;
          OscillatorNode.prototype.start = function (at) {
            window.tones.push(this.frequency.value);
            return start.call(this, at);
          };
        }"""
    )
    cast.admin.post(f"/devices/{device}/test-sound").ok()
    page.wait_for_function("() => tones.length === 2")


def test_a_device_that_starts_without_its_zone_says_who_it_is_and_waits(
    pair: Pair, open_page: OpenPage, cast: Cast, server: RunningServer
) -> None:
    page, _ = pair(cast)
    page.close()
    again = open_page(context=page.context)
    again.route_web_socket("**/ws", lambda socket: socket.close())
    again.route("**/api/v1/zones/*", lambda route: route.abort())
    again.goto(f"{server.url}/display")
    cover = again.locator(".device-cover[data-state=waiting]")
    expect(cover.locator(".device-name")).to_have_text("TV Lobi")
    expect(cover).to_contain_text("Menunggu server")
    expect(again.locator(".hall-zone")).to_have_text("Hall Utama")
    # Where sound is blocked, too, what tells of the connection stays in sight above that.
    again.evaluate(
        """() => {
          document.getElementById("hall").setAttribute("data-bar", "");
          const bar = document.querySelector(".device-bar");
          bar.textContent = "Suara diblokir";
          bar.hidden = false;
        }"""
    )
    again.wait_for_selector("html[data-connection=stale]")
    for wide, high, margin in ((1920, 1080, 3), (1080, 1920, 3), (1080, 1920, 0)):
        again.set_viewport_size({"width": wide, "height": high})
        again.evaluate("(m) => document.documentElement.style.setProperty('--margin', m)", margin)
        for part in (".hall-head", ".stale-bar", ".device-bar"):
            assert not overlap(cover, again.locator(part)), (wide, margin, part)


def test_a_zone_that_leaves_the_catalogue_is_not_shown_and_comes_back(
    free_browser: Browser, pair: Pair, cast: Cast
) -> None:
    context = free_browser.new_context()
    lines: list[WebSocketRoute] = []
    is_known = True

    def relay(line: WebSocketRoute) -> None:
        server = line.connect_to_server()
        lines.append(line)

        def ask(said: str | bytes) -> None:
            if is_known or json.loads(said).get("topic") != "zone:utama":
                server.send(said)
            else:
                line.send('{"op":"error","topic":"zone:utama","code":"unknown_topic"}')

        line.on_message(ask)

    context.route_web_socket("**/ws", relay)
    page, _ = pair(cast, context=context)
    _, number = call(cast)
    plate = page.locator(".call .plate[data-number]")
    expect(plate).to_have_attribute("data-number", number)
    is_known = False
    lines[-1].close(code=1012)
    # Nobody tells it of calls any more.
    expect(page.locator(".device-cover[data-state=waiting]")).to_contain_text("TV Lobi")
    expect(plate).to_have_count(0)
    is_known = True
    lines[-1].close(code=1012)
    expect(plate).to_have_attribute("data-number", number)
    expect(page.locator(".device-cover")).to_be_hidden()
    context.close()
