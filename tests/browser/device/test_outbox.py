"""displays/device/outbox.js: what a device has to tell, kept over drops."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.modules import ModuleServer

WORLD = """async (script) => {
  const { Outbox } = await import("/assets/displays/device/outbox.js");
  const w = { now: 0, sent: [], works: true };
  w.box = new Outbox((message) => {
    if (w.works) w.sent.push(message);
    return w.works;
  }, () => w.now);
  new Function("w", script)(w);
  return w.sent;
}"""


@pytest.fixture
def page(open_page: OpenPage, modules: ModuleServer) -> Page:
    return open_page(modules.url)


def run(page: Page, script: str) -> list[Any]:
    sent: list[Any] = page.evaluate(WORLD, script)
    return sent


def test_what_is_said_is_sent_once_the_server_knows_who_speaks(page: Page) -> None:
    script = "w.box.say(1); w.box.say(2); w.sent.push('open'); w.box.opened(); w.box.say(3)"
    assert run(page, script) == ["open", 1, 2, 3]


def test_what_a_broken_socket_did_not_take_is_sent_later_and_in_order(page: Page) -> None:
    script = """w.box.opened(); w.works = false; w.box.say(1); w.box.say(2); w.box.lost();
      w.works = true; w.box.opened()"""
    assert run(page, script) == [1, 2]


def test_what_was_sent_just_before_a_drop_is_sent_again_first(page: Page) -> None:
    script = """w.box.opened(); w.box.say('old'); w.now = 11000; w.box.say('new'); w.now = 12000;
      w.box.lost(); w.box.say('after'); w.sent.push('back'); w.box.opened()"""
    assert run(page, script) == ["old", "new", "back", "new", "after"]


def test_what_a_revoked_device_had_to_tell_is_no_others(page: Page) -> None:
    assert run(page, "w.box.say(1); w.box.clear(); w.box.opened()") == []


def test_it_does_not_grow_without_end(page: Page) -> None:
    script = "for (let n = 0; n < 2000; n += 1) w.box.say(n); w.box.opened()"
    sent = run(page, script)
    assert len(sent) == 500
    assert sent[-1] == 1999
