"""The documents against the server: every route, every body, and the shape of real answers."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate

from antrean.web.codes import KINDS
from antrean.web.endpoint import ANYONE
from antrean.web.openapi import codes_of, document
from antrean.web.table import ENDPOINTS
from tests.live.phone import phone
from tests.support import Answer, Cast, Client
from tests.support.device import connected
from tests.support.media import png, upload


@pytest.fixture(scope="module")
def served(shared: Cast) -> dict[str, Any]:
    body: dict[str, Any] = shared.nobody().get("/openapi.json").ok().body
    return body


def test_the_document_is_valid_openapi(served: dict[str, Any]) -> None:
    validate(served)
    assert served["openapi"].startswith("3.1")
    assert served == document()


def test_the_document_lists_exactly_the_routes(served: dict[str, Any]) -> None:
    listed = {
        f"{method.upper()} {path}" for path, item in served["paths"].items() for method in item
    }
    assert listed == {e.route for e in ENDPOINTS}


def test_operations_have_names_of_their_own(served: dict[str, Any]) -> None:
    ids = [o["operationId"] for item in served["paths"].values() for o in item.values()]
    assert len(set(ids)) == len(ids)


def test_keys_bodies_and_credentials_are_documented(served: dict[str, Any]) -> None:
    for endpoint in ENDPOINTS:
        operation = served["paths"][endpoint.path][endpoint.method.lower()]
        names = {p["name"] for p in operation.get("parameters", [])}
        assert ("Idempotency-Key" in names) is endpoint.keyed
        assert ("requestBody" in operation) is (endpoint.body is not None)
        assert ({} in operation["security"]) is (endpoint.who is ANYONE)
        assert {q.name for q in endpoint.query} <= names


def test_every_post_but_sessions_and_tokens_takes_a_key() -> None:
    without = {e.path for e in ENDPOINTS if e.method == "POST" and not e.keyed}
    assert without == {"/session", "/tokens"}


def test_every_code_is_documented_somewhere() -> None:
    told = {code for endpoint in ENDPOINTS for code in codes_of(endpoint)}
    assert told | {"method_not_allowed"} == set(KINDS)


def answers(cast: Cast) -> Iterator[tuple[str, Answer]]:
    """(route, answer) of a walk through everything."""
    kiosk, clerk, supervisor = cast.kiosk(), cast.clerk(), cast.supervisor()
    nobody = cast.nobody()
    for path in ("/site", "/agencies", "/services", "/services/skck", "/services/paspor/slots"):
        yield f"GET {path.replace('skck', '{id}').replace('paspor', '{id}')}", nobody.get(path)
    yield "POST /counters/{id}/open", clerk.post("/counters/loket-1/open")
    yield "POST /counters/{id}/open", cast.clerk().post("/counters/loket-2/open")
    taken = kiosk.post("/tickets", {"service": "skck", "name": "Siti"})
    yield "POST /tickets", taken
    holder = cast.holder(taken.token)
    yield "POST /tickets", kiosk.take("foto")
    slots = nobody.get("/services/paspor/slots?limit=200").items
    booking = {"service": "paspor", "start": slots[-1]["start"]}
    yield "POST /bookings", nobody.post("/bookings", booking)
    yield "POST /check-ins", kiosk.post("/check-ins", {"number": "A-001"})
    yield "GET /my", holder.get("/my")
    yield "POST /my/defer", holder.post("/my/defer", {"behind": 1})
    for verb in ("call-next", "recall", "start", "hold"):
        yield f"POST /counters/{{id}}/{verb}", clerk.post(f"/counters/loket-1/{verb}")
    ticket = taken.ticket["id"]
    yield (
        "POST /counters/{id}/resume",
        clerk.post("/counters/loket-1/resume", {"ticket": ticket}),
    )
    yield "GET /counters", clerk.get("/counters")
    yield "GET /counters/{id}", clerk.get("/counters/loket-1")
    body = {"service": "skck", "place": "front", "note": "x"}
    yield "POST /counters/{id}/transfer", clerk.post("/counters/loket-1/transfer", body)
    yield "POST /counters/{id}/undo", clerk.post("/counters/loket-1/undo")
    yield "POST /counters/{id}/complete", clerk.post("/counters/loket-1/complete")
    other = kiosk.take().ticket["id"]
    yield "POST /counters/{id}/call", clerk.post("/counters/loket-1/call", {"ticket": other})
    yield "POST /counters/{id}/no-show", clerk.post("/counters/loket-1/no-show")
    yield "POST /tickets/{id}/requeue", clerk.post(f"/tickets/{other}/requeue")
    body = {"counter": "loket-2"}
    yield "POST /tickets/{id}/transfer", clerk.post(f"/tickets/{other}/transfer", body)
    yield "POST /tickets/{id}/cancel", clerk.post(f"/tickets/{other}/cancel", {"reason": "x"})
    late = cast.holder(kiosk.take().token)
    yield "POST /my/cancel", late.post("/my/cancel")
    pause = {"reason": "x", "until": "2099-01-01T00:00:00Z"}
    yield "POST /counters/{id}/pause", clerk.post("/counters/loket-1/pause", pause)
    yield "POST /counters/{id}/close", clerk.post("/counters/loket-1/close")
    yield "GET /tickets", clerk.get("/tickets")
    yield "GET /tickets", clerk.get("/tickets?q=siti")
    yield "GET /tickets/{id}", clerk.get(f"/tickets/{ticket}")
    for verb in ("pause", "close", "open"):
        yield f"POST /services/{{id}}/{verb}", supervisor.post(f"/services/skck/{verb}")
    made = supervisor.post("/announcements", {"text": "x", "zones": ["utama"]})
    yield "POST /announcements", made
    gone = supervisor.send("DELETE", f"/announcements/{made.body['announcement']['id']}")
    yield "DELETE /announcements/{id}", gone
    yield "GET /events", supervisor.get("/events")
    yield "GET /zones/{id}", nobody.get("/zones/utama")
    yield from media(cast.supervisor())
    yield from asyncio.run(devices(cast))
    yield from accounts(cast)


async def devices(cast: Cast) -> list[tuple[str, Answer]]:
    """With a display that is there: only one can be told to do something."""
    admin, supervisor = cast.admin, cast.supervisor()
    async with phone(cast.server) as screen:
        code = (await screen.ask({"op": "pair"}))["code"]
        added = admin.post("/devices", {"code": code, "name": "TV", "zone": "utama"})
        await screen.until(lambda: screen.frames[-1]["op"] == "paired", "paired")
        token = screen.frames[-1]["token"]
    path = f"/devices/{added.body['device']['id']}"
    found = [("POST /devices", added)]
    async with connected(cast.server, (added.body["device"]["id"], token)) as device:
        await device.report(clock=1_700_000_000_000)
        for verb in ("identify", "reload", "test-sound"):
            found.append((f"POST /devices/{{id}}/{verb}", admin.post(f"{path}/{verb}")))
        found.append(("GET /devices", supervisor.get("/devices")))
        found.append(("GET /devices/{id}", supervisor.get(path)))
        change = {"settings": {"arrows": {"loket-1": "up"}, "counter": "loket-1"}}
        found.append(("PATCH /devices/{id}", admin.send("PATCH", path, change)))
    found.append(("DELETE /devices/{id}", admin.send("DELETE", path)))
    return found


def media(supervisor: Client) -> Iterator[tuple[str, Answer]]:
    added = upload(supervisor, png())
    yield "POST /media", added
    yield "GET /media", supervisor.get("/media")
    item = {"media": added.body["media"]["id"], "start": "08:00"}
    change = {"playlist": [item], "voice": {"agency": "service"}}
    yield "PATCH /zones/{id}", supervisor.send("PATCH", "/zones/utama", change)
    yield "DELETE /media/{id}", supervisor.send("DELETE", f"/media/{item['media']}")


def accounts(cast: Cast) -> Iterator[tuple[str, Answer]]:
    admin, client = cast.admin, cast.nobody()
    body = {"username": "doc", "password": "kata sandi doc", "role": "clerk"}
    yield "POST /users", admin.post("/users", body)
    yield "GET /users", admin.get("/users")
    yield "PATCH /users/{username}", admin.send("PATCH", "/users/doc", {"counters": ["loket-1"]})
    yield "POST /session", client.sign_in("doc", "kata sandi doc")
    yield "GET /session", client.get("/session")
    yield "GET /session", cast.kiosk().get("/session")
    change = {"old": "kata sandi doc", "new": "kata sandi baru"}
    yield "POST /session/password", client.post("/session/password", change)
    yield "DELETE /session", client.send("DELETE", "/session")
    token = admin.post("/tokens", {"name": "doc", "role": "display", "zone": "utama"})
    yield "POST /tokens", token
    yield "GET /tokens", admin.get("/tokens")
    yield "DELETE /tokens/{id}", admin.send("DELETE", f"/tokens/{token.body['id']}")


UNTYPED = {"GET /openapi.json", "GET /asyncapi.json", "GET /my/qr"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d")


def test_real_answers_have_the_documented_shape(cast: Cast) -> None:
    whole = document()
    strict = _strict(whole)
    seen = set()
    for route, answer in answers(cast):
        method, path = route.split(" ")
        operation = strict["paths"][path][method.lower()]
        row = next(e for e in ENDPOINTS if e.route == route)
        assert answer.status == row.success, str(answer)
        response = operation["responses"][str(answer.status)]
        schema = {**response["content"]["application/json"]["schema"], **_components(strict)}
        jsonschema.validate(answer.body, schema)
        _check_times(answer.body)
        seen.add(route)
    assert seen == {e.route for e in ENDPOINTS} - UNTYPED


def _components(whole: dict[str, Any]) -> dict[str, Any]:
    return {"components": whole["components"]}


def _strict(value: Any) -> Any:
    """The document with members that it does not name forbidden: so none is forgotten in it."""
    if isinstance(value, dict):
        copy = {k: _strict(v) for k, v in value.items()}
        if copy.get("type") == "object" and "properties" in copy:
            copy["additionalProperties"] = False
        return copy
    return [_strict(v) for v in value] if isinstance(value, list) else value


def _check_times(value: Any) -> None:
    if isinstance(value, dict):
        for name, member in value.items():
            if (name == "at" or name.endswith("_at")) and member is not None:
                assert TIME.fullmatch(member), (name, member)
            _check_times(member)
    elif isinstance(value, list):
        for member in value:
            _check_times(member)


def test_a_problem_has_the_documented_shape(shared: Cast) -> None:
    schema = {"$ref": "#/components/schemas/Problem", **_components(_strict(document()))}
    for answer in (shared.nobody().get("/none"), shared.kiosk().post("/tickets", {})):
        jsonschema.validate(answer.body, schema)
