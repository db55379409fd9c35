"""Names, phones, reasons and notes: where they may stand, and that they stand nowhere else."""

import json
from typing import Any

import pytest

from tests.support import Cast, Client, RunningServer

NAME, PHONE, NOTE, OUTCOME = "Siti Rahasia", "0812-RAHASIA", "catatan rahasia", "hasil rahasia"
SECRETS = ("ahasia", "RAHASIA")


def tells(body: Any) -> bool:
    text = json.dumps(body)
    return any(secret in text for secret in SECRETS)


def served(cast: Cast) -> tuple[Client, str, str]:
    """A ticket that was called, held with a reason and called again: (clerk, id, holder's
    token)."""
    clerk = cast.clerk("loket-1")
    taken = cast.kiosk().post(
        "/tickets",
        {
            "service": "skck",
            "name": NAME,
            "phone": PHONE,
            "class": "prioritas",
            "reason": "ibu_hamil",
        },
    )
    ticket, token = taken.ticket["id"], taken.token
    clerk.post("/counters/loket-1/call-next").ok()
    clerk.post("/counters/loket-1/hold", {"reason": NOTE}).ok()
    clerk.post("/counters/loket-1/resume", {"ticket": ticket}).ok()
    return clerk, ticket, token


def test_the_person_is_told_at_the_counter(cast: Cast) -> None:
    clerk, ticket, _ = served(cast)
    counter = clerk.get("/counters/loket-1").ok().body
    done = clerk.post("/counters/loket-1/complete", {"outcome": OUTCOME}).ok()
    for shape in (counter["ticket"], done.ticket):
        told = {k: shape[k] for k in ("name", "phone", "reason")}
        assert told == {"name": NAME, "phone": PHONE, "reason": "ibu_hamil"}
    assert [n["text"] for n in counter["ticket"]["notes"]] == [NOTE]
    assert [n["text"] for n in done.ticket["notes"]] == [NOTE, OUTCOME]
    whole = clerk.get(f"/tickets/{ticket}").ok().body
    assert (whole["name"], whole["phone"]) == (NAME, PHONE)
    assert [n["text"] for n in whole["notes"]] == [NOTE, OUTCOME]
    by_type = {e["type"]: e["note"] for e in whole["history"]}
    assert by_type["ticket.held"] == NOTE
    assert by_type["ticket.completed"] == OUTCOME
    assert by_type["ticket.issued"] is None
    assert [e["seq"] for e in whole["history"]] == sorted(e["seq"] for e in whole["history"])


def test_a_search_tells_it_and_a_list_does_not(cast: Cast) -> None:
    clerk, ticket, _ = served(cast)
    for query in ("q=siti", "q=0812", "q=A-001", "q=a-00"):
        (found,) = clerk.get(f"/tickets?{query}").items
        assert (found["id"], found["name"], found["phone"]) == (ticket, NAME, PHONE)
        assert [n["text"] for n in found["notes"]] == [NOTE]
    assert clerk.get("/tickets?q=nobody").items == []
    for query in ("", "?state=serving", "?service=skck", "?q="):
        (listed,) = clerk.get(f"/tickets{query}").items
        assert listed["id"] == ticket
        assert "name" not in listed


def test_nobody_else_is_told(cast: Cast) -> None:
    clerk, _, token = served(cast)
    supervisor, holder, kiosk = cast.supervisor(), cast.holder(token), cast.kiosk()
    nobody = cast.nobody()
    answers = [
        clerk.get("/counters"),
        clerk.get("/tickets"),
        supervisor.get("/events?limit=1000"),
        holder.get("/my"),
        kiosk.post("/check-ins", {"token": token}),
        nobody.get("/services"),
        nobody.get("/site"),
        clerk.post("/counters/loket-1/complete"),
    ]
    assert [tells(a.ok().body) for a in answers] == [False] * 7 + [True]
    answer = cast.kiosk().post("/tickets", {"service": "skck", "name": NAME, "phone": PHONE})
    assert not tells(answer.ok().body)
    cancelled = clerk.post(f"/tickets/{answer.ticket['id']}/cancel", {"reason": NOTE}).ok()
    assert not tells(cancelled.body)
    assert not tells(holder.post("/my/cancel").body)


def test_logs_and_figures_tell_no_person_and_no_secret(server: RunningServer, cast: Cast) -> None:
    clerk, _, token = served(cast)
    _, username, password = cast.user("clerk")
    clerk.get(f"/tickets?q={NAME.replace(' ', '%20')}").ok()
    cast.nobody().sign_in(username, "salah rahasia").refused(401, "bad_credentials")
    cast.holder(token).get(f"/my?token={token}").ok()
    cast.kiosk().post("/tickets", content=b'{"name": "' + NAME.encode() + b'"').refused(
        400, "malformed"
    )
    metrics = cast.nobody().get("/metrics", root=True).text
    cookie = cast.admin.http.cookies["antrean"]
    device = str(clerk.token)
    journal = json.dumps(cast.admin.events())
    assert server.stop() == 0
    assert '"route":"/tickets"' in server.log
    for text in (server.log, metrics, journal, "\n".join(server.lines)):
        for secret in (*SECRETS, token, password, cookie, device, "127."):
            if secret == "127." and text is not server.log:
                continue
            assert secret not in text, secret


def test_no_secret_stands_in_the_database(server: RunningServer, cast: Cast) -> None:
    clerk, _, token = served(cast)
    _, _, password = cast.user("clerk")
    cookie = cast.admin.http.cookies["antrean"]
    server.stop()
    stored = b"".join(p.read_bytes() for p in server.data.iterdir() if p.name != "secret")
    assert b"Siti Rahasia" in stored  # so the look goes to the right place
    for secret in (token, password, cookie, str(clerk.token), token.partition(".")[2]):
        assert secret.encode() not in stored, secret


def test_a_clerk_with_counters_sees_the_people_of_their_services(cast: Cast) -> None:
    _, ticket, _ = served(cast)
    for counters, sees in ((["loket-2"], True), (["loket-3"], False), ([], False)):
        clerk, _, _ = cast.user("clerk", counters=counters)
        whole = clerk.get(f"/tickets/{ticket}").ok().body
        assert (whole["name"] == NAME) is sees
        assert bool(whole["notes"]) is sees
        assert tells(whole["history"]) is sees
        assert (clerk.get("/counters/loket-1").body["ticket"]["name"] == NAME) is sees
        assert bool(clerk.get("/tickets?q=siti").items) is sees
        (found,) = clerk.get("/tickets?q=A-001").items
        assert (found["name"] == NAME) is sees


def test_a_clerk_with_counters_works_there_alone(cast: Cast) -> None:
    clerk, _, _ = cast.user("clerk", counters=["loket-1"])
    clerk.post("/counters/loket-1/open").ok()
    for verb, body in (
        ("open", {}), ("pause", {}), ("close", {}), ("call-next", {}), ("call", {"ticket": "x"}),
        ("recall", {}), ("start", {}), ("complete", {}), ("no-show", {}), ("hold", {}),
        ("resume", {"ticket": "x"}), ("transfer", {"service": "skck"}), ("undo", {}),
    ):  # fmt: skip
        clerk.post(f"/counters/loket-2/{verb}", body).refused(403, "not_your_counter")
    assert cast.admin.get("/counters/loket-2").body["state"] == "closed"
    none, _, _ = cast.user("clerk", counters=[])
    none.post("/counters/loket-1/open").refused(403, "not_your_counter")


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "{{7*7}}",
        "javascript:alert(1)", "'\"><svg onload=alert(1)>", "=HYPERLINK(1)", "\u200f\u0301" * 20,
    ],
)  # fmt: skip
def test_what_a_person_types_comes_back_as_it_was(shared: Cast, text: str) -> None:
    clerk = shared.clerk()
    ticket = shared.kiosk().take(name=text).ticket["id"]
    answer = clerk.get(f"/tickets/{ticket}")
    assert answer.body["name"] == text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
