"""What HTTP decides of a ticket: its channel, its visit, how a number may be written."""

import io
from pathlib import Path

import pytest
import segno

from tests.support import Cast, Client, RunningServer


def test_the_channel_follows_from_the_credential(shared: Cast) -> None:
    token = shared.kiosk().take().token
    user, _, _ = shared.user("supervisor")
    for client, channel, arrived in (
        (shared.kiosk(), "kiosk", True),
        (shared.with_token("clerk"), "desk", True),
        (shared.with_token("supervisor"), "desk", True),
        (shared.with_token("admin"), "desk", True),
        (user, "desk", True),
        (shared.with_token("partner"), "online", False),
        (shared.with_token("display"), "online", False),
        (shared.holder(token), "online", False),
        (shared.nobody(), "online", False),
    ):
        ticket = client.take().ticket
        assert (ticket["channel"], ticket["arrived"]) == (channel, arrived)


def test_who_took_a_ticket_stands_in_the_journal(cast: Cast) -> None:
    kiosk = cast.kiosk()
    user, username, _ = cast.user("clerk")
    first = kiosk.take()
    user.take().ok()
    cast.nobody().take().ok()
    cast.holder(first.token).post("/my/cancel").ok()
    actors = [e["actor"] for e in cast.admin.events()]
    kiosk_id = kiosk.get("/session").body["user"]
    wanted = [f"token:{kiosk_id}", f"user:{username}", "anyone", f"holder:{first.ticket['id']}"]
    assert actors == wanted


def test_a_visit_is_named_by_token_and_by_staff_by_id_too(cast: Cast) -> None:
    kiosk, staff = cast.kiosk(), cast.with_token("clerk")
    first = kiosk.take("paspor")
    number, token = first.ticket["id"], first.token
    for client, visit, fine in (
        (kiosk, token, True),
        (cast.nobody(), token, True),
        (staff, token, True),
        (staff, number, True),
        (kiosk, number, False),
        (cast.nobody(), number, False),
        (cast.with_token("partner"), number, False),
        (staff, "none", False),
    ):
        answer = client.take("skck", visit=visit)
        if fine:
            answer.ok()
        else:
            assert answer.refused(422, "invalid").fields == ["visit"]
    clerk, other = cast.clerk("loket-3"), cast.clerk("loket-1")
    assert clerk.post("/counters/loket-3/call-next").ticket["id"] == number
    # all who wait for loket-1 belong to that visit, which is being served elsewhere
    other.post("/counters/loket-1/call-next").refused(409, "queue_empty")


def test_a_number_may_be_written_as_people_do(shared: Cast) -> None:
    kiosk = shared.kiosk()
    number = shared.nobody().take().ticket["number"]
    letters, _, count = number.partition("-")
    for written in (
        number,
        number.lower(),
        f"{letters}{int(count)}",
        f" {letters} {count} ",
        f"{letters}.{count}",
    ):
        found = kiosk.post("/check-ins", {"number": written}).ok()
        assert (found.ticket["number"], found.ticket["arrived"]) == (number, True)
    for wrong in ("", "1", "A", "A-", "A-0", "A--1", "ABCD-1", "A-1234567"):
        answer = kiosk.post("/check-ins", {"number": wrong}).refused(422, "invalid")
        assert answer.fields == ["number"]


def test_who_has_arrived_stays_as_they_are(cast: Cast) -> None:
    kiosk = cast.kiosk()
    taken = cast.nobody().take()
    first = kiosk.post("/check-ins", {"token": taken.token}).ok()
    again = kiosk.post("/check-ins", {"token": taken.token}).ok()
    assert first.seq == again.seq == 2
    assert again.ticket["arrived"] is True


def test_blank_texts_are_none(cast: Cast) -> None:
    clerk = cast.clerk("loket-1")
    cast.kiosk().take(name="  ", phone="", reason=None).ok()
    ticket = clerk.post("/counters/loket-1/call-next").ticket
    assert (ticket["name"], ticket["phone"], ticket["reason"]) == (None, None, None)
    clerk.post("/counters/loket-1/hold", {"reason": " "}).ok()
    assert clerk.get(f"/tickets/{ticket['id']}").body["notes"] == []


def test_where_a_device_stands_limits_nothing(cast: Cast) -> None:
    clerk = cast.with_token("clerk", counter="loket-1", zone="utama")
    clerk.post("/counters/loket-3/open").ok()


def test_a_pause_tells_its_reason_and_end(shared: Cast) -> None:
    clerk = shared.clerk("loket-4")
    body = {"reason": {"id": "Istirahat", "en": "Break"}, "until": "2099-01-01T05:00:00Z"}
    for counter in (
        clerk.post("/counters/loket-4/pause", body).ok().body["counter"],
        clerk.get("/counters/loket-4").ok().body,
    ):
        assert counter["note"] == {"id": "Istirahat", "en": "Break"}
        assert counter["until"] == "2099-01-01T12:00:00.000+07:00"
    clerk.post("/counters/loket-4/close").ok()


def test_lifting_a_limit_of_counters(shared: Cast) -> None:
    _, username, _ = shared.user("clerk", counters=["loket-1"])
    for change, counters in (
        ({"name": "x"}, ["loket-1"]),
        ({"counters": []}, []),
        ({"counters": None}, None),
    ):
        body = shared.admin.send("PATCH", f"/users/{username}", change).ok().body
        assert body["counters"] == counters
    shared.admin.send("PATCH", "/users/none", {"name": "x"}).refused(404, "not_found")


@pytest.mark.parametrize(
    ("arguments", "lan"),
    [(["--host", "0.0.0.0"], True), ([], False)],
    ids=["everywhere", "this machine"],
)
def test_the_address_in_the_network_is_told(
    tmp_path: Path, arguments: list[str], lan: bool
) -> None:
    from antrean.web.server import lan_address

    with RunningServer(tmp_path, arguments=arguments) as server:
        assert server.lines[0].startswith("Antrean ready at http://")
        if lan and (address := lan_address()):
            (line,) = server.wait_for_lines("In the network")
            assert line.endswith(f"http://{address}:{server.port}")
    assert any("In the network" in line for line in server.lines) is (
        lan and lan_address() is not None
    )


def test_the_public_address_stands_in_qr_codes(tmp_path: Path) -> None:
    url = "https://mpp.example.id"
    with RunningServer(tmp_path, arguments=["--public-url", url]) as server:
        citizen = Client(server.url)
        citizen.token = citizen.take().token
        image = citizen.get("/my/qr").ok().text
        wanted = io.BytesIO()
        code = segno.make(f"{url}/t/#{citizen.token}", error="m", micro=False)
        code.save(wanted, kind="svg", scale=8, border=4, xmldecl=False, omitsize=True)
        assert image == wanted.getvalue().decode()
        citizen.close()
