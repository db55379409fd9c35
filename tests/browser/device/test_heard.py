"""What a television tells of the turns that it was given: by this a server finds a dead line."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocket

from bench.trial.displays import HOOK
from tests.browser.conftest import OpenPage
from tests.browser.device.conftest import Pair, call, listed, until
from tests.browser.modules import ModuleServer
from tests.support import Cast

WORLD = """async (script) => {
  const { Heard } = await import("/assets/displays/device/heard.js");
  const kept = () => localStorage.getItem("antrean-heard");
  return new Function("Heard", "kept", script)(Heard, kept);
}"""


def sent(page: Page) -> list[dict[str, Any]]:
    """All that the page says at its sockets from the next one on."""
    said: list[dict[str, Any]] = []

    def follow(socket: WebSocket) -> None:
        socket.on("framesent", lambda payload: said.append(json.loads(payload)))

    page.on("websocket", follow)
    return said


def reports(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in said if one["op"] == "report"]


def test_what_it_was_told_is_reported_also_after_a_reload(pair: Pair, cast: Cast) -> None:
    page, device = pair(cast)
    said = sent(page)
    page.reload()
    page.wait_for_selector("html[data-connection=live]")
    until(lambda: reports(said), "a report", page=page)
    assert reports(said)[-1]["heard"] == []
    page.keyboard.press("Enter")
    listed(cast.admin, device, page, sound="on", online=True, speaker=True)
    call(cast)
    page.wait_for_selector(".call[data-announcing=true]")
    page.wait_for_function("() => localStorage.getItem('antrean-heard') !== '[]'")
    said.clear()
    page.reload()
    page.wait_for_selector("html[data-connection=live]")
    until(lambda: reports(said), "a report", page=page)
    assert len(reports(said)[0]["heard"]) == 1
    assert reports(said)[0]["heard"][0].startswith("utama.")


def test_one_that_can_keep_nothing_does_not_tell(pair: Pair, cast: Cast) -> None:
    """It would have its last call said again after each reload."""
    page, _ = pair(cast)
    page.add_init_script(
        """Storage.prototype.setItem = function (key) {
          if (key === "antrean-heard") throw new DOMException("full", "QuotaExceededError");
        };"""
    )
    said = sent(page)
    page.reload()
    page.wait_for_selector("html[data-connection=live]")
    until(lambda: reports(said), "a report", page=page)
    assert "heard" not in reports(said)[-1]


def run(page: Page, script: str) -> Any:
    return page.evaluate(WORLD, script)


def test_of_another_epoch_nothing_is_known(open_page: OpenPage, modules: ModuleServer) -> None:
    """Then the server would tell again what it had told before its restart."""
    page = open_page(modules.url)
    script = """const one = new Heard(); one.add("utama.1"); one.forget();
      const after = one.ids, reloaded = new Heard().ids;
      one.add("utama.2");
      return [after, reloaded, one.ids, new Heard().ids]"""
    assert run(page, script) == [None, None, ["utama.2"], ["utama.2"]]


def test_the_last_ones_are_kept_each_once(open_page: OpenPage, modules: ModuleServer) -> None:
    page = open_page(modules.url)
    script = """const one = new Heard(), first = one.ids.slice();
      for (let n = 1; n <= 60; n += 1) one.add(`utama.${n}`);
      one.add("utama.20");
      return [first, one.ids.length, one.ids[0], one.ids[49]]"""
    assert run(page, script) == [[], 50, "utama.11", "utama.20"]


@pytest.mark.parametrize("kept", ["{", "5", '{"a":1}', "null"])
def test_what_nobody_wrote_is_not_believed(
    open_page: OpenPage, modules: ModuleServer, kept: str
) -> None:
    page = open_page(modules.url)
    page.evaluate("(kept) => localStorage.setItem('antrean-heard', kept)", kept)
    assert run(page, "return new Heard().ids") is None


def test_a_trial_sees_each_sound_that_the_page_plays(pair: Pair, cast: Cast) -> None:
    """Its hook sits where the page gets its sounds: another way there would make it deaf."""
    page, device = pair(cast)
    told: list[dict[str, Any]] = []
    page.expose_function("antreanTrial", lambda text: told.append(json.loads(text)))
    page.add_init_script(path=HOOK)
    page.reload()
    page.wait_for_selector("html[data-connection=live]")
    page.keyboard.press("Enter")
    listed(cast.admin, device, page, sound="on", online=True, speaker=True)
    call(cast)
    until(lambda: [t for t in told if t["kind"] == "start"], "the first sound", page=page)
    first = next(t for t in told if t["kind"] == "start")
    assert first["url"].startswith("/audio/")
    assert first["audible"]
