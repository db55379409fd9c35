"""clients/lib/api.js against the real server, over a line that loses answers."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import OpenPage
from tests.browser.support import sign_in
from tests.support import Cast, RunningServer


def run(page: Page, body: str, argument: Any = None) -> Any:
    """Run `body` with `lib` (the module), `given` and `refused(promise)`: the error's facts."""
    code = f"""async (given) => {{
      const lib = await import('/assets/clients/lib/api.js');
      const refused = (promise) => promise.then(
        (answer) => ({{ answer }}),
        (e) => ({{ name: e.name, status: e.status, code: e.code, detail: e.detail,
          fields: (e.errors || []).map((one) => one.field), unknown: lib.isUnknown(e) }}));
      {body}
    }}"""
    return page.evaluate(code, argument)


def lose_answer_of(page: Page, path: str, times: int) -> list[str | None]:
    """The server gets every request, the browser no answer to the first ones. Returns the keys."""
    keys: list[str | None] = []

    def handle(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        if len(keys) <= times:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(f"**/api/v1{path}", handle)
    return keys


@pytest.fixture
def page(open_page: OpenPage, shared_server: RunningServer) -> Page:
    """A page of the server's own origin whose own scripts do not run."""
    page = open_page()
    page.route("**/start/start.js*", lambda route: route.abort())
    page.route("**/sign-in/sign-in.js*", lambda route: route.abort())
    page.goto(shared_server.url)
    return page


def test_a_lost_answer_is_asked_for_once_more_and_costs_no_second_number(
    page: Page, shared: Cast
) -> None:
    keys = lose_answer_of(page, "/tickets", times=1)
    before = shared.admin.events()[-1]["seq"] if shared.admin.events() else 0
    answer, repeats = run(
        page,
        """let repeats = 0;
        const answer = await lib.createApi().post("/tickets", { service: "skck" },
          { onRepeat: () => { repeats += 1; } });
        return [answer, repeats];""",
    )
    assert repeats == 1
    assert len(keys) == 2
    assert keys[0] == keys[1]
    issued = [e for e in shared.admin.events(before) if e["type"] == "ticket.issued"]
    assert [e["data"]["number"] for e in issued] == [answer["ticket"]["number"]]


def test_a_second_lost_answer_is_left_open_and_not_asked_for_again(page: Page) -> None:
    keys = lose_answer_of(page, "/tickets", times=9)
    error = run(page, 'return refused(lib.createApi().post("/tickets", { service: "skck" }))')
    assert (error["name"], error["unknown"]) == ("NoAnswer", True)
    assert len(keys) == 2


def test_reading_is_not_repeated(page: Page) -> None:
    keys = lose_answer_of(page, "/site", times=9)
    assert run(page, 'return refused(lib.createApi().get("/site"))')["name"] == "NoAnswer"
    assert len(keys) == 1


def test_a_refusal_carries_code_fields_and_a_sentence_and_is_not_repeated(page: Page) -> None:
    keys = lose_answer_of(page, "/tickets", times=0)
    error = run(page, 'return refused(lib.createApi().post("/tickets", { service: "nirwana" }))')
    assert (error["name"], error["status"], error["code"]) == ("Refusal", 422, "invalid")
    assert error["fields"] == ["service"]
    assert error["detail"]
    assert not error["unknown"]
    assert len(keys) == 1


def test_one_press_has_one_key_of_22_characters_and_two_presses_have_two(page: Page) -> None:
    keys = run(page, "return [lib.newKey(), lib.newKey()]")
    assert keys[0] != keys[1]
    assert all(len(key) >= 22 and key.isascii() for key in keys)


def test_a_cookie_brings_its_csrf_value_without_being_asked(
    page: Page, shared: Cast, shared_server: RunningServer
) -> None:
    _, username, password = shared.user("clerk")
    sign_in(page, shared_server.url, username, password)
    opened = run(page, 'return lib.createApi().post("/counters/loket-1/open")')
    assert opened["counter"]["state"] == "open"


def test_a_sign_in_in_another_tab_does_not_break_this_one(
    page: Page, shared: Cast, shared_server: RunningServer
) -> None:
    _, username, password = shared.user("clerk")
    sign_in(page, shared_server.url, username, password)
    run(page, "window.api = lib.createApi(); await api.session();")
    sign_in(page, shared_server.url, username, password)
    opened = run(page, 'return api.post("/counters/loket-2/open")')
    assert opened["counter"]["state"] == "open"


def test_a_bearer_goes_alone_and_what_was_seen_is_known(page: Page, shared: Cast) -> None:
    kiosk = shared.kiosk()
    taken, seq = run(
        page,
        """const api = lib.createApi({ token: given });
        const taken = await api.post("/tickets", { service: "skck" });
        return [taken, api.seq];""",
        kiosk.token,
    )
    assert taken["ticket"]["channel"] == "kiosk"
    assert seq >= taken["seq"]


def test_an_ended_credential_is_told(page: Page) -> None:
    told = run(
        page,
        """let told = 0;
        const api = lib.createApi({ token: "x".repeat(40), onSignedOut: () => { told += 1; } });
        const error = await refused(api.get("/counters"));
        return [told, error.status];""",
    )
    assert told == [1, 401]


def test_nobody_is_signed_in_is_no_error(page: Page) -> None:
    assert run(page, "return lib.createApi().session()") is None


def test_sentences_come_in_the_chosen_language(page: Page) -> None:
    indonesian, english = run(
        page,
        """const words = await import("/assets/clients/lib/words.js");
        const details = [];
        for (const lang of ["id", "en"]) {
          words.setLanguage(lang);
          details.push((await refused(lib.createApi().get("/services/nirwana"))).detail);
        }
        return details;""",
    )
    assert indonesian
    assert english
    assert indonesian != english
