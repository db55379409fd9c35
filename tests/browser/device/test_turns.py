"""displays/device/turns.js: what a speaker says and answers, on a clock of the test's own."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.modules import ModuleServer

# `pass` lets time go by as the page's own timer would: it stops wherever the turns want to look.
WORLD = """async (script) => {
  const { Turns } = await import("/assets/displays/device/turns.js");
  const start = Date.parse("2026-11-24T10:00:00+07:00");
  const w = { now: 0, log: [] };
  const note = (what) => (turn) => w.log.push(`${what} ${turn.id || "test"}`);
  w.turns = new Turns({
    now: () => w.now,
    serverNow: () => start + w.now,
    load: note("load"), play: note("play"), stop: note("stop"),
    tell: ({ op, id, code }) => w.log.push([op, id, code].filter(Boolean).join(" ")),
  });
  w.speak = (id, given = {}) => w.turns.speak(Object.assign({
    id, audio: ["/a.wav"], seconds: 5, text: {}, until: new Date(start + 60000).toISOString(),
  }, given), given.refusal || null);
  w.turn = (id) => w.turns.line.find((turn) => turn.id === id);
  w.loaded = (id) => w.turns.loaded(w.turn(id));
  w.ended = (id) => w.turns.ended(w.turn(id));
  w.pass = (ms) => {
    const end = w.now + ms;
    for (let left = w.turns.left(); left !== null && w.now + left <= end; left = w.turns.left()) {
      w.now += Math.max(left, 1);
      w.turns.tick();
    }
    w.now = end;
    w.turns.tick();
  };
  new Function("w", "start", script)(w, start);
  return w.log;
}"""


@pytest.fixture
def page(open_page: OpenPage, modules: ModuleServer) -> Page:
    return open_page(modules.url)


def run(page: Page, script: str) -> list[Any]:
    log: list[Any] = page.evaluate(WORLD, script)
    return log


def test_a_turn_is_loaded_said_and_confirmed(page: Page) -> None:
    log = run(page, "w.turns.found(); w.speak('a'); w.loaded('a'); w.pass(5000); w.ended('a')")
    assert log == ["load a", "play a", "spoken a"]


def test_a_second_one_waits_until_the_first_has_ended(page: Page) -> None:
    log = run(
        page,
        """w.turns.found(); w.speak('a'); w.speak('b'); w.loaded('b'); w.loaded('a'); w.pass(4000);
        w.log.push('later'); w.ended('a'); w.ended('b')""",
    )
    assert log == ["load a", "load b", "play a", "later", "spoken a", "play b", "spoken b"]


def test_the_same_one_is_said_once_and_confirmed_again(page: Page) -> None:
    log = run(
        page,
        """w.turns.found(); w.speak('a'); w.speak('a'); w.loaded('a'); w.speak('a'); w.ended('a');
        w.speak('a')""",
    )
    assert log == ["load a", "play a", "spoken a", "spoken a"]


def test_what_could_not_be_said_may_be_tried_again(page: Page) -> None:
    log = run(
        page,
        """w.turns.found(); w.speak('a'); w.turns.failed(w.turn('a'), 'audio_failed');
        w.speak('a'); w.loaded('a')""",
    )
    assert log == ["load a", "unspoken a audio_failed", "load a", "play a"]


def test_nothing_is_said_too_late(page: Page) -> None:
    log = run(
        page,
        """w.turns.found(); w.pass(59000); w.speak('a'); w.speak('b'); w.loaded('a'); w.loaded('b');
        w.pass(3000); w.ended('a'); w.speak('c')""",
    )
    # The first one had begun in time; the second one's turn came after it had ended.
    assert log == [
        "load a",
        "load b",
        "play a",
        "spoken a",
        "unspoken b too_late",
        "load c",
        "unspoken c too_late",
    ]


def test_what_it_slept_over_is_another_ones_by_now(page: Page) -> None:
    log = run(
        page,
        """const told = { at: new Date(start).toISOString() };
        w.turns.found(); w.pass(2400); w.speak('a', told); w.loaded('a'); w.ended('a');
        w.pass(200); w.speak('b', told);
        w.speak('c', Object.assign({ alone: true }, told)); w.loaded('c')""",
    )
    assert log == [
        "load a",
        "play a",
        "spoken a",
        "load b",
        "unspoken b too_late",
        "load c",
        "play c",
    ]


def test_a_device_without_sound_says_so_at_once(page: Page) -> None:
    log = run(page, "w.turns.found(); w.speak('a', { refusal: 'blocked' }); w.pass(9000)")
    assert log == ["unspoken a blocked"]


def test_a_sound_that_does_not_come_is_given_up_before_the_arbiter_does(page: Page) -> None:
    log = run(page, "w.turns.found(); w.speak('a'); w.pass(2499); w.log.push('still'); w.pass(2)")
    assert log == ["load a", "still", "unspoken a audio_failed"]


def test_a_sound_that_never_ends_is_stopped(page: Page) -> None:
    log = run(
        page,
        """w.turns.found(); w.speak('a'); w.speak('b'); w.loaded('a'); w.loaded('b'); w.pass(7700);
        w.log.push('still'); w.pass(200)""",
    )
    assert log == [
        "load a",
        "load b",
        "play a",
        "still",
        "stop a",
        "unspoken a audio_failed",
        "play b",
    ]


def test_a_short_drop_does_not_cut_it(page: Page) -> None:
    log = run(
        page,
        """w.turns.found(); w.speak('a'); w.loaded('a'); w.pass(1000); w.turns.lost();
        w.pass(2900); w.log.push(w.turns.speaking); w.turns.found(); w.pass(1100); w.ended('a')""",
    )
    assert log == ["load a", "play a", "a", "spoken a"]


def test_after_three_seconds_without_its_server_it_is_silent(page: Page) -> None:
    log = run(
        page,
        """w.turns.found(); w.speak('a'); w.speak('b'); w.loaded('a'); w.turns.lost(); w.pass(2900);
        w.log.push('still'); w.pass(200); w.log.push(String(w.turns.speaking)); w.turns.found()""",
    )
    assert log == [
        "load a",
        "load b",
        "play a",
        "still",
        "stop a",
        "unspoken a cut",
        "unspoken b cut",
        "null",
    ]


def test_where_no_other_could_say_it_it_is_said_to_its_end(page: Page) -> None:
    log = run(
        page,
        """w.turns.found(); w.speak('a', { alone: true }); w.loaded('a'); w.turns.lost();
        w.pass(5000); w.ended('a'); w.pass(20000); w.turns.found()""",
    )
    assert log == ["load a", "play a", "spoken a"]


def test_nothing_begins_while_it_is_cut_off(page: Page) -> None:
    log = run(
        page,
        """w.turns.found(); w.speak('a'); w.turns.lost(); w.loaded('a'); w.pass(2000);
        w.log.push('back'); w.turns.found()""",
    )
    assert log == ["load a", "back", "play a"]


def test_what_it_is_about_to_say_it_tells_after_a_drop(page: Page) -> None:
    log = run(
        page,
        """w.turns.found(); w.turns.test(1); w.speak('a'); w.turns.lost();
        w.log.push(w.turns.speaking); w.turns.found()""",
    )
    assert log[-1] == "a"


def test_one_that_was_lost_before_it_began_is_another_ones(page: Page) -> None:
    log = run(
        page,
        """w.turns.found(); w.speak('a', { alone: true }); w.turns.lost(); w.pass(3100);
        w.turns.found()""",
    )
    assert log == ["load a", "unspoken a cut"]


def test_a_test_of_the_sound_takes_its_turn_and_tells_nothing(page: Page) -> None:
    log = run(
        page,
        """w.turns.found(); w.speak('a'); w.loaded('a'); w.turns.test(1); w.loaded('');
        w.ended('a'); w.ended(''); w.speak('b'); w.loaded('b')""",
    )
    assert log == ["load a", "play a", "load test", "spoken a", "play test", "load b", "play b"]


def test_a_revoked_device_falls_silent(page: Page) -> None:
    log = run(page, "w.turns.found(); w.speak('a'); w.loaded('a'); w.turns.silence(); w.pass(9000)")
    assert log == ["load a", "play a", "stop a", "unspoken a cut"]


def test_what_it_remembers_does_not_grow_without_end(page: Page) -> None:
    log = run(
        page,
        """w.turns.found();
        for (let n = 0; n < 300; n += 1) { w.speak(`t${n}`); w.loaded(`t${n}`); w.ended(`t${n}`); }
        w.log.splice(0, w.log.length, w.turns.spoken.size);""",
    )
    assert log == [200]
