"""What a television says: real speech, a real audio graph, and what the journal has of it."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.device.conftest import Pair, call, happened, listed, until
from tests.support import Cast, RunningServer

# Each phrase begins with one sound more than the last: how often anything was begun at all.
COUNT = """() => {
  window.begun = 0;
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (...given) {
    window.begun += 1;
    return start.apply(this, given);
  };
}"""
# When the first sound began, and when one was stopped, by the clock of the machine.
TIMES = """() => {
  const note = (name, owner, method) => {
    const does = owner.prototype[method];
    owner.prototype[method] = function (...given) {
      window[name] = window[name] || Date.now();
      return does.apply(this, given);
    };
  };
  note("beganAt", AudioBufferSourceNode, "start");
  note("stoppedAt", AudioScheduledSourceNode, "stop");
}"""
PHRASE_SECONDS = 25.0


def unlocked(pair: Pair, cast: Cast, **members: Any) -> tuple[Page, str]:
    page, device = pair(cast, **members)
    page.keyboard.press("Enter")
    listed(cast.admin, device, page, sound="on", online=True)
    page.evaluate(COUNT)
    return page, device


def antrean(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "antrean", *words], check=True, capture_output=True)


def begun(page: Page) -> int:
    count: int = page.evaluate("window.begun")
    return count


def speaking(page: Page) -> None:
    page.wait_for_function("() => window.begun > 0")


def spoken(cast: Cast, count: int = 1) -> list[dict[str, Any]]:
    until(lambda: len(happened(cast, "call.spoken")) >= count, f"{count} spoken", PHRASE_SECONDS)
    return happened(cast, "call.spoken")


def test_a_call_is_said_and_confirmed_when_it_was_heard_to_the_end(pair: Pair, cast: Cast) -> None:
    page, device = unlocked(pair, cast)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    _, number = call(cast)
    speaking(page)
    expect(page.locator(".call[data-announcing=true]")).to_be_visible()
    found = spoken(cast)
    assert [(one["number"], one["device"]) for one in found] == [(number, device)]
    entries = {e["type"]: e for e in cast.admin.get("/events?limit=1000").body["items"]}
    began, ended = (
        time.mktime(time.strptime(entries[kind]["at"][:19], "%Y-%m-%dT%H:%M:%S"))
        for kind in ("call.announced", "call.spoken")
    )
    assert ended - began >= 4  # twice the phrase, after its chime: nothing was confirmed early


def test_what_cannot_be_fetched_is_told_and_not_confirmed(pair: Pair, cast: Cast) -> None:
    page, device = unlocked(pair, cast)
    page.route("**/audio/**", lambda route: route.abort())
    call(cast)
    page.wait_for_event("requestfailed")
    until(lambda: happened(cast, "call.unspoken"), "unspoken")
    assert happened(cast, "call.unspoken")[0]["code"] == "audio_failed"
    assert happened(cast, "call.spoken") == []
    assert listed(cast.admin, device)["speaker"] is True


def test_after_the_data_were_restored_calls_of_the_same_name_are_said(
    pair: Pair, steady: RunningServer, steady_cast: Cast, tmp_path: Path
) -> None:
    page, device = unlocked(pair, steady_cast)
    copy = tmp_path / "copy"
    antrean("backup", "--data", str(steady.data), str(copy))
    for _ in range(9):
        steady_cast.kiosk().take("skck").ok()
    call(steady_cast)
    first = spoken(steady_cast)[0]["call"]
    before = begun(page)
    assert steady.stop() == 0
    shutil.rmtree(steady.data)
    antrean("restore", str(copy), "--data", str(steady.data))
    steady.start()
    page.wait_for_selector("html[data-connection=live]")
    with Cast(steady) as cast:
        listed(cast.admin, device, online=True, sound="on")
        clerk, kiosk = cast.clerk("loket-1"), cast.kiosk()
        while int(kiosk.get("/site").ok().headers["X-Seq"]) < first - 1:
            kiosk.take("skck").ok()
        assert clerk.post("/counters/loket-1/call-next").ok().body["seq"] == first
        assert [one["call"] for one in spoken(cast)] == [first]
        until(lambda: happened(cast, "call.shown"), "shown")
    assert begun(page) > before


# The browser's own voice, which Chromium without a screen has none of: it notes what it is to say.
OWN_VOICE = """Object.defineProperty(window, "speechSynthesis", { value: {
  said: [],
  speak(one) {
    this.said.push([one.lang, one.text, one.volume]);
    setTimeout(() => one.onend && one.onend(), 300);
  },
  cancel() {},
} });"""


def test_what_nobody_can_hear_is_not_confirmed(pair: Pair, cast: Cast) -> None:
    page, device = unlocked(pair, cast, settings={"volume": 60})
    cast.admin.send("PATCH", "/zones/utama", {"voice": {"volume": 0}}).ok()
    call(cast)
    until(lambda: happened(cast, "call.unspoken"), "unspoken")
    assert [one["code"] for one in happened(cast, "call.unspoken")] == ["off"]
    assert happened(cast, "call.spoken") == []
    assert begun(page) == 0
    path = f"/devices/{device}"
    cast.admin.send("PATCH", path, {"settings": {"volume": 0}}).ok()
    listed(cast.admin, device, sound="off", speaker=False)
    cast.admin.send("PATCH", path, {"settings": {"volume": 60}}).ok()
    listed(cast.admin, device, sound="on", speaker=True)


def test_with_the_browsers_own_voice_the_text_is_said(
    pair: Pair, browser: Browser, cast: Cast
) -> None:
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    context.add_init_script(OWN_VOICE)
    settings = {"voice": "browser", "volume": 50}
    page, _ = unlocked(pair, cast, context=context, settings=settings)
    _, number = call(cast)
    assert [one["number"] for one in spoken(cast)] == [number]
    # In the languages of the zone: time is given for no others.
    ((language, text, volume),) = page.evaluate("speechSynthesis.said")
    assert (language, text[:21]) == ("id-ID", "Nomor antrean A nol n")
    assert volume == pytest.approx(0.4)  # half of the zone's 80 percent
    assert page.evaluate("window.begun") == 0
    context.close()


def test_the_browsers_own_voice_keeps_to_the_chime_when_many_wait(
    pair: Pair, browser: Browser, cast: Cast
) -> None:
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    context.add_init_script(OWN_VOICE)

    def relay(line: WebSocketRoute) -> None:
        """What the server says when eight wait, though only two counters are there."""

        def hear(frame: str | bytes) -> None:
            told = json.loads(frame)
            if told["op"] == "speak":
                told["audio"] = told["audio"][:1]
            line.send(json.dumps(told))

        line.connect_to_server().on_message(hear)

    context.route_web_socket("**/ws", relay)
    page, _ = unlocked(pair, cast, context=context, settings={"voice": "browser"})
    _, number = call(cast)
    until(lambda: happened(cast, "call.spoken"), "spoken", page=page)
    assert [one["number"] for one in happened(cast, "call.spoken")] == [number]
    assert page.evaluate("speechSynthesis.said") == []
    context.close()


def test_when_the_speaker_goes_another_says_what_was_not_said(pair: Pair, cast: Cast) -> None:
    first, one = unlocked(pair, cast)
    second, other = unlocked(pair, cast, name="TV Tangga")
    assert listed(cast.admin, one)["speaker"] is True
    call(cast)
    speaking(first)
    first.close()
    speaking(second)
    assert [found["device"] for found in spoken(cast)] == [other]
    assert len(happened(cast, "call.announced")) == 1


def test_a_server_that_is_killed_amid_a_call_has_it_said_once(
    pair: Pair, steady: RunningServer, steady_cast: Cast
) -> None:
    page, device = unlocked(pair, steady_cast)
    call(steady_cast)
    speaking(page)
    before = begun(page)
    steady.kill()
    steady.start()
    found = spoken(steady_cast)
    assert [one["device"] for one in found] == [device]
    assert begun(page) == before
    assert happened(steady_cast, "call.unspoken") == []


def test_a_speaker_that_is_cut_off_is_silent_before_another_begins(
    pair: Pair, browser: Browser, cast: Cast
) -> None:
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    lines: list[WebSocketRoute] = []
    is_cut = False

    def relay(line: WebSocketRoute) -> None:
        if is_cut:
            line.close()
        else:
            line.connect_to_server()
            lines.append(line)

    context.route_web_socket("**/ws", relay)
    first, one = unlocked(pair, cast, context=context)
    second, other = unlocked(pair, cast, name="TV Tangga")
    for page in (first, second):
        page.evaluate(TIMES)
    call(cast)
    first.wait_for_function("() => window.beganAt > 0")
    is_cut = True
    cut_at = first.evaluate("Date.now()")
    for line in lines:
        line.close()
    first.wait_for_function("() => window.stoppedAt > 0")
    second.wait_for_function("() => window.beganAt > 0")
    stopped, began = first.evaluate("stoppedAt"), second.evaluate("beganAt")
    assert 2500 < stopped - cut_at < 3800
    assert stopped < began < cut_at + 5000
    assert [found["device"] for found in spoken(cast)] == [other]
    # Back, it tells that it was cut, which changes nothing, and is there for the next call.
    is_cut = False
    first.wait_for_selector("html[data-connection=live]")
    listed(cast.admin, one, first, online=True, sound="on")
    assert len(happened(cast, "call.spoken")) == 1
    context.close()
