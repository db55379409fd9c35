"""clients/lib/live.js in a real browser, against sockets that misbehave on demand."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.modules import ModuleServer, ScriptedSockets, Visit

TOPIC = "zone:utama"
CONNECT = """async ([url, options]) => {
  const { connect } = await import("/assets/clients/lib/live.js");
  window.states = [];
  window.statuses = [];
  window.refused = [];
  window.signedOut = 0;
  window.live = connect(Object.assign({
    url,
    topics: ["zone:utama"],
    onState: (topic, state, event, seq) => states.push([topic, state, event && event.type, seq]),
    onStatus: (status) => statuses.push(status),
    onError: (topic, code) => refused.push([topic, code]),
    onSignedOut: () => { signedOut += 1; },
  }, options));
}"""


@pytest.fixture
def sockets() -> Iterator[ScriptedSockets]:
    with ScriptedSockets() as server:
        yield server


@pytest.fixture
def silent() -> Iterator[ScriptedSockets]:
    """Sockets that answer nothing, not even a ping."""
    with ScriptedSockets(answer_pings=False) as server:
        yield server


@pytest.fixture
def page(open_page: OpenPage, modules: ModuleServer) -> Page:
    return open_page(modules.url)


def connect(page: Page, sockets: ScriptedSockets, **options: Any) -> None:
    page.evaluate(CONNECT, [sockets.url, options])


def connected(page: Page, sockets: ScriptedSockets, **options: Any) -> Visit:
    """A page that has its snapshot and is live."""
    connect(page, sockets, **options)
    visit = sockets.visit()
    visit.hello()
    visit.expect("subscribe")
    snapshot(visit, 5, {"calls": {"A-001": {"state": "called"}}})
    wait_for(page, "live")
    return visit


def snapshot(visit: Visit, offset: int, state: dict[str, Any], topic: str = TOPIC) -> None:
    visit.send(op="snapshot", topic=topic, epoch="e1", offset=offset, seq=10, state=state)


def event(visit: Visit, offset: int, state: dict[str, Any]) -> None:
    visit.send(
        op="event",
        topic=TOPIC,
        offset=offset,
        seq=10 + offset,
        type="ticket.called",
        at="2026-11-24T10:02:31.000+07:00",
        data={},
        state=state,
    )


def wait_for(page: Page, status: str, timeout: float = 10_000) -> None:
    page.wait_for_selector(f"html[data-connection={status}]", state="attached", timeout=timeout)


def states(page: Page) -> list[Any]:
    seen: list[Any] = page.evaluate("states")
    return seen


def test_it_is_connecting_until_every_topic_answered_then_live(
    page: Page, sockets: ScriptedSockets
) -> None:
    connect(page, sockets, topics=[TOPIC, "services"])
    assert page.get_attribute("html", "data-connection") == "connecting"
    visit = sockets.visit()
    visit.hello()
    assert visit.expect("subscribe") == {"op": "subscribe", "topic": TOPIC}
    assert visit.expect("subscribe") == {"op": "subscribe", "topic": "services"}
    snapshot(visit, 5, {"calls": {}})
    page.wait_for_function("states.length === 1")
    assert page.get_attribute("html", "data-connection") == "connecting"
    snapshot(visit, 9, {"services": {}}, topic="services")
    wait_for(page, "live")
    assert states(page) == [
        [TOPIC, {"calls": {}}, None, 10],
        ["services", {"services": {}}, None, 10],
    ]


def test_events_reach_the_screen_in_order_with_the_state_after_each(
    page: Page, sockets: ScriptedSockets
) -> None:
    visit = connected(page, sockets)
    event(visit, 6, {"calls": {"A-002": {"state": "called"}}})
    event(visit, 7, {"calls": {"A-001": None}})
    page.wait_for_function("states.length === 3")
    called = {"state": "called"}
    assert states(page)[1:] == [
        [TOPIC, {"calls": {"A-001": called, "A-002": called}}, "ticket.called", 16],
        [TOPIC, {"calls": {"A-002": called}}, "ticket.called", 17],
    ]
    assert page.evaluate("live.state('zone:utama')") == {"calls": {"A-002": called}}


def test_after_a_restart_it_resumes_from_where_it_stood_and_never_blinks(
    page: Page, sockets: ScriptedSockets
) -> None:
    visit = connected(page, sockets)
    event(visit, 6, {"calls": {"A-002": {"state": "called"}}})
    page.wait_for_function("states.length === 2")
    visit.close(1012)
    again = sockets.visit()
    again.hello()
    asked = again.expect("subscribe")
    assert asked == {"op": "subscribe", "topic": TOPIC, "epoch": "e1", "offset": 6}
    again.send(op="resumed", topic=TOPIC, epoch="e1", offset=6, seq=16)
    event(again, 7, {"calls": {"A-003": {"state": "called"}}})
    page.wait_for_function("states.length === 3")
    assert sorted(states(page)[2][1]["calls"]) == ["A-001", "A-002", "A-003"]
    assert page.evaluate("statuses") == ["connecting", "live"]


def test_a_snapshot_in_place_of_a_resume_is_taken(page: Page, sockets: ScriptedSockets) -> None:
    connected(page, sockets).close(1013)
    again = sockets.visit()
    again.hello(epoch="e2")
    again.expect("subscribe")
    again.send(op="snapshot", topic=TOPIC, epoch="e2", offset=0, seq=1, state={"calls": {}})
    page.wait_for_function("states.length === 2")
    assert states(page)[1] == [TOPIC, {"calls": {}}, None, 1]


def test_silence_is_told_within_ten_seconds_and_the_last_state_stays(
    page: Page, silent: ScriptedSockets
) -> None:
    visit = connected(page, silent)
    wait_for(page, "stale", timeout=10_000)
    assert visit.expect("ping", timeout=1)
    assert "A-001" in page.evaluate("live.state('zone:utama').calls")
    assert page.evaluate("live.lastIso()").startswith("2026-11-24T10:02:3")
    again = silent.visit()
    again.hello()
    assert again.expect("subscribe")["offset"] == 5
    again.send(op="resumed", topic=TOPIC, epoch="e1", offset=5, seq=10)
    wait_for(page, "live")


def test_a_server_that_stays_away_is_told_although_the_drop_was_clean(
    page: Page, sockets: ScriptedSockets
) -> None:
    visit = connected(page, sockets)
    visit.close(1012)
    sockets.visit()
    wait_for(page, "stale", timeout=10_000)


def test_a_hello_alone_makes_nothing_live_again(page: Page, sockets: ScriptedSockets) -> None:
    connected(page, sockets).close(1012)
    again = sockets.visit()
    again.hello()
    again.expect("subscribe")
    wait_for(page, "stale", timeout=10_000)
    again.send(op="resumed", topic=TOPIC, epoch="e1", offset=5, seq=10)
    wait_for(page, "live")


def test_a_page_that_never_reached_its_server_says_so(page: Page, silent: ScriptedSockets) -> None:
    connect(page, silent)
    wait_for(page, "stale", timeout=10_000)
    assert page.evaluate("live.lastIso()") == ""


def test_an_attempt_without_hello_is_dropped(page: Page, sockets: ScriptedSockets) -> None:
    connect(page, sockets)
    sockets.visit()
    sockets.visit(timeout=4).hello()


def test_a_quiet_line_is_pinged_and_stays_live(page: Page, sockets: ScriptedSockets) -> None:
    visit = connected(page, sockets)
    assert visit.expect("ping")
    assert visit.expect("ping")
    assert page.evaluate("statuses") == ["connecting", "live"]


def test_who_is_signed_out_does_not_come_back_before_signing_in(
    page: Page, sockets: ScriptedSockets
) -> None:
    visit = connected(page, sockets, token="old")
    visit.close(4401)
    page.wait_for_function("signedOut === 1")
    wait_for(page, "stale")
    assert sockets.nobody_comes(1.5)
    page.evaluate("live.restart('new')")
    again = sockets.visit()
    again.hello()
    assert again.received.get(timeout=10) == {"op": "auth", "token": "new"}
    assert again.expect("subscribe")["offset"] == 5


@pytest.mark.parametrize("code", [1008, 1009, 4429])
def test_who_did_too_much_stays_away_for_a_minute_even_when_woken(
    page: Page, sockets: ScriptedSockets, code: int
) -> None:
    page.clock.install()
    connected(page, sockets).close(code)
    page.wait_for_function("live._socket === null")
    page.clock.fast_forward(59_000)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    assert sockets.nobody_comes(0.5)
    page.clock.fast_forward(3_000)
    sockets.visit()


def test_the_token_is_the_first_message_and_a_tickets_goes_with_its_topic(
    page: Page, sockets: ScriptedSockets
) -> None:
    connect(page, sockets, token="abc", topics=[{"topic": "ticket:T1", "token": "its-own"}])
    visit = sockets.visit()
    visit.hello()
    assert visit.received.get(timeout=10) == {"op": "auth", "token": "abc"}
    asked = visit.expect("subscribe")
    assert asked == {"op": "subscribe", "topic": "ticket:T1", "token": "its-own"}


def test_a_hole_is_mended_by_asking_for_everything(page: Page, sockets: ScriptedSockets) -> None:
    visit = connected(page, sockets)
    event(visit, 9, {"calls": {"A-009": {}}})
    assert visit.expect("subscribe") == {"op": "subscribe", "topic": TOPIC}
    snapshot(visit, 9, {"calls": {"A-008": {}, "A-009": {}}})
    page.wait_for_function("states.length === 2")
    assert sorted(states(page)[1][1]["calls"]) == ["A-008", "A-009"]


def test_a_refused_topic_is_told_and_not_asked_for_again(
    page: Page, sockets: ScriptedSockets
) -> None:
    connect(page, sockets, topics=[TOPIC, "zone:nirwana"])
    visit = sockets.visit()
    visit.hello()
    visit.expect("subscribe")
    visit.expect("subscribe")
    snapshot(visit, 5, {})
    visit.send(op="error", topic="zone:nirwana", code="unknown_topic", detail="")
    wait_for(page, "live")
    assert page.evaluate("refused") == [["zone:nirwana", "unknown_topic"]]
    visit.close(1012)
    again = sockets.visit()
    again.hello()
    assert again.expect("subscribe")["topic"] == TOPIC
    again.send(op="resumed", topic=TOPIC, epoch="e1", offset=5, seq=10)
    page.evaluate("live.subscribe('services')")
    assert again.expect("subscribe")["topic"] == "services"


def test_a_topic_refused_for_now_is_asked_for_again(page: Page, sockets: ScriptedSockets) -> None:
    connect(page, sockets)
    visit = sockets.visit()
    visit.hello()
    visit.expect("subscribe")
    visit.send(op="error", topic=TOPIC, code="rate_limited", detail="")
    again = sockets.visit()
    again.hello()
    assert again.expect("subscribe")["topic"] == TOPIC
    assert page.evaluate("refused") == []


def test_topics_come_and_go(page: Page, sockets: ScriptedSockets) -> None:
    visit = connected(page, sockets)
    page.evaluate("live.subscribe('service:skck')")
    assert visit.expect("subscribe") == {"op": "subscribe", "topic": "service:skck"}
    page.evaluate("live.unsubscribe('zone:utama')")
    assert visit.expect("unsubscribe") == {"op": "unsubscribe", "topic": TOPIC}
    event(visit, 6, {"calls": {"A-002": {}}})
    snapshot(visit, 1, {"tickets": {}}, topic="service:skck")
    page.wait_for_function("live.state('service:skck') !== undefined")
    assert [seen[0] for seen in states(page)] == [TOPIC, "service:skck"]


def test_a_tab_that_wakes_finds_out_at_once(page: Page, silent: ScriptedSockets) -> None:
    visit = connected(page, silent)
    page.evaluate("window.dispatchEvent(new Event('pageshow'))")
    assert visit.expect("ping", timeout=1)
    silent.visit(timeout=4)


def test_waits_stay_under_the_cap_of_displays(page: Page, sockets: ScriptedSockets) -> None:
    connect(page, sockets, capMs=50)
    for _ in range(10):
        sockets.visit(timeout=3).close(1013)


def test_after_many_attempts_it_asks_first_whether_the_server_is_there(
    page: Page, sockets: ScriptedSockets
) -> None:
    page.route("**/healthz", lambda route: route.fulfill(status=502))
    connect(page, sockets, capMs=50)
    for _ in range(10):
        sockets.visit(timeout=3).close(1013)
    page.wait_for_event("requestfinished")
    page.wait_for_event("requestfinished")
    assert sockets.nobody_comes(0.2)
    # Some time after the last one it tries all the same.
    page.evaluate("live._startedAt -= 61_000")
    sockets.visit(timeout=5).close(1013)
    page.wait_for_event("requestfinished")
    assert sockets.nobody_comes(0.2)
    page.unroute("**/healthz")  # from now on somebody answers
    sockets.visit(timeout=5).hello()


def test_a_closed_one_is_gone(page: Page, sockets: ScriptedSockets) -> None:
    connected(page, sockets)
    page.evaluate("live.close()")
    assert sockets.nobody_comes(1.5)


def test_the_clock_is_the_servers_in_the_sites_zone(
    open_page: OpenPage, modules: ModuleServer, sockets: ScriptedSockets
) -> None:
    page = open_page(modules.url, timezone_id="America/New_York")
    connected(page, sockets)
    iso, ms = page.evaluate("[live.serverIso(), live.serverNow()]")
    assert iso.startswith("2026-11-24T10:02:3")
    assert iso.endswith("+07:00")
    # 2026-11-24T03:02:31Z, and at most the ten seconds that this test may have taken.
    assert 0 <= ms - 1_795_489_351_000 < 10_000


def test_full_jitter_grows_to_its_cap(page: Page) -> None:
    found = page.evaluate(
        """async () => {
          const { wait, barred } = await import("/assets/clients/lib/backoff.js");
          const longest = [0, 1, 2, 5, 6, 30].map((n) => wait(n, 30000, 1));
          return [longest, wait(3, 30000, 0), wait(3, 2000, 1), [1012, 1006, 1008].map(barred)];
        }"""
    )
    assert found == [[500, 1000, 2000, 16000, 30000, 30000], 0, 2000, [0, 0, 60000]]
