"""Who may call what: every route for every role, from a table of the test's own."""

from typing import Any

import pytest

from antrean.web.endpoint import Endpoint
from antrean.web.principal import ROLES
from antrean.web.table import ENDPOINTS
from tests.support import Cast, Client

ANYONE = "anyone"  # with any credential and with none
HOLDER = "holder"
SIGNED_IN = "clerk supervisor admin kiosk display partner"
CLERK = "clerk supervisor admin"
SUPERVISOR = "supervisor admin"

# Written down from the contract, beside the server's own table: a route without a row fails.
EXPECTED = {
    "GET /site": ANYONE,
    "GET /agencies": ANYONE,
    "GET /services": ANYONE,
    "GET /services/{id}": ANYONE,
    "GET /services/{id}/slots": ANYONE,
    "GET /openapi.json": ANYONE,
    "GET /asyncapi.json": ANYONE,
    "POST /session": ANYONE,
    "GET /session": SIGNED_IN,
    "DELETE /session": SIGNED_IN,
    "POST /session/password": SIGNED_IN,
    "POST /tokens": "admin",
    "GET /tokens": "admin",
    "DELETE /tokens/{id}": "admin",
    "POST /users": "admin",
    "GET /users": "admin",
    "PATCH /users/{username}": "admin",
    "POST /tickets": ANYONE,
    "POST /bookings": ANYONE,
    "GET /my": HOLDER,
    "GET /my/qr": HOLDER,
    "POST /my/cancel": HOLDER,
    "POST /my/defer": HOLDER,
    "POST /check-ins": "kiosk clerk supervisor admin",
    "GET /tickets": CLERK,
    "GET /tickets/{id}": CLERK,
    "POST /tickets/{id}/cancel": CLERK,
    "POST /tickets/{id}/requeue": CLERK,
    "POST /tickets/{id}/transfer": CLERK,
    "GET /counters": CLERK,
    "GET /counters/{id}": CLERK,
    **{
        f"POST /counters/{{id}}/{verb}": CLERK
        for verb in (
            "open pause close call-next call recall start complete no-show hold resume transfer "
            "undo"
        ).split()
    },
    "POST /services/{id}/open": SUPERVISOR,
    "POST /services/{id}/pause": SUPERVISOR,
    "POST /services/{id}/close": SUPERVISOR,
    "POST /announcements": SUPERVISOR,
    "DELETE /announcements/{id}": SUPERVISOR,
    "GET /events": SUPERVISOR,
    "POST /media": SUPERVISOR,
    "GET /media": SUPERVISOR,
    "DELETE /media/{id}": SUPERVISOR,
    "PATCH /zones/{id}": SUPERVISOR,
    "GET /zones/{id}": ANYONE,
    "GET /devices": SUPERVISOR,
    "GET /devices/{id}": SUPERVISOR,
    "POST /devices": "admin",
    "PATCH /devices/{id}": SUPERVISOR,
    "DELETE /devices/{id}": SUPERVISOR,
    **{f"POST /devices/{{id}}/{v}": SUPERVISOR for v in "identify reload test-sound".split()},
}


@pytest.fixture(scope="module")
def callers(shared: Cast) -> dict[str, Client]:
    """One of each role, one who holds a ticket and one who has nothing."""
    found = {role: shared.with_token(role) for role in ROLES}
    found["holder"] = shared.holder(shared.kiosk().take().token)
    found["nobody"] = shared.nobody()
    return found


def test_every_route_has_a_row() -> None:
    assert sorted(e.route for e in ENDPOINTS) == sorted(EXPECTED)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda e: e.route)
def test_a_route_answers_its_roles_alone(endpoint: Endpoint, callers: dict[str, Client]) -> None:
    expected = EXPECTED[endpoint.route].split()
    path = endpoint.path.replace("{id}", "none").replace("{username}", "none")
    seen = {}
    for role, client in callers.items():
        body = None if endpoint.method in ("GET", "DELETE") else {"nonsense": 1}
        answer = client.send(endpoint.method, path, body)
        seen[role] = _refusal(answer.status, answer.code)
    wanted = {}
    for role in callers:
        if role in expected or expected == [ANYONE]:
            wanted[role] = "allowed"
        else:
            wanted[role] = "unauthenticated" if role == "nobody" else "forbidden"
    assert seen == wanted


def _refusal(status: int, code: str | None) -> str:
    refused = status in (401, 403) and code in ("unauthenticated", "forbidden")
    return str(code) if refused else "allowed"


def test_a_wrong_bearer_is_refused_everywhere_but_when_signing_in(shared: Cast) -> None:
    client = shared.nobody()
    client.token = "x" * 43
    for endpoint in ENDPOINTS:
        path = endpoint.path.replace("{id}", "none").replace("{username}", "none")
        body: Any = None if endpoint.method in ("GET", "DELETE") else {}
        answer = client.send(endpoint.method, path, body)
        expected = "invalid" if endpoint.route == "POST /session" else "unauthenticated"
        assert answer.code == expected, str(answer)


@pytest.mark.parametrize(
    "header",
    ["Basic YWRtaW46YWRtaW4=", "Bearer", "Bearer a.b", "nonsense", "Bearer \u00fc"],
)
def test_a_malformed_authorization_is_401(shared: Cast, header: str) -> None:
    answer = shared.nobody().get("/site", headers={"Authorization": header.encode("latin-1")})
    answer.refused(401, "unauthenticated")


def test_of_cookie_and_bearer_the_bearer_counts(shared: Cast) -> None:
    client, _, _ = shared.user("supervisor")
    client.token = shared.kiosk().token
    assert client.get("/session").ok().body["role"] == "kiosk"
    client.post("/announcements", {"text": "x"}).refused(403, "forbidden")


def test_what_a_ticket_id_opens_is_nothing(shared: Cast) -> None:
    taken = shared.kiosk().take()
    shared.holder(taken.ticket["id"]).get("/my").refused(401, "unauthenticated")
    token = taken.token
    assert len(token) >= 22
    for wrong in (token[:-1], token[:-1] + ("A" if token[-1] != "A" else "B"), token.upper()):
        shared.holder(wrong).get("/my").refused(401, "unauthenticated")
    assert shared.holder(token).get("/my").ok().body["id"] == taken.ticket["id"]


def test_the_clerk_of_a_counter_is_who_opened_it(shared: Cast) -> None:
    client, username, _ = shared.user("clerk", name="Sari Dewi")
    body = client.post("/counters/loket-2/open").ok().body
    assert body["counter"]["clerk"] == {"user": username, "name": "Sari Dewi"}
    device = shared.clerk()
    seen = device.post("/counters/loket-2/open").ok().body["counter"]["clerk"]
    assert seen["user"] == device.get("/session").body["user"]
    device.post("/counters/loket-2/close").ok()
