"""Tickets whose day is over: read for 30 days, moved no more, and their people forgotten after."""

from pathlib import Path

import pytest

from tests.support.inside import Inside, Time, inside


async def taken(app: Inside, **members: object) -> tuple[str, str]:
    """(id, holder's token) of a new ticket."""
    kiosk = await app.token("kiosk")
    answer = await app.call("POST", "/tickets", {"service": "skck", **members}, token=kiosk)
    body = answer.json()
    return body["ticket"]["id"], body["token"]


async def next_day(app: Inside, days: int = 1) -> None:
    """Let days pass; what is due with them is decided with the next command."""
    app.time.pass_(days=days)
    await taken(app)


@pytest.mark.asyncio
async def test_a_holder_reads_an_old_ticket_for_30_days(tmp_path: Path) -> None:
    async with inside(tmp_path / "d") as app:
        ticket, token = await taken(app)
        for days, status in ((1, 200), (29, 200), (1, 401)):
            await next_day(app, days)
            answer = await app.call("GET", "/my", token=token)
            assert answer.status_code == status, days
            # a bearer that is sent and not valid is 401 on every route
            assert (await app.call("GET", "/site", token=token)).status_code == status
            if status == 200:
                assert (answer.json()["id"], answer.json()["state"]) == (ticket, "expired")
                assert answer.json()["service_name"]["en"] == "Police record"


@pytest.mark.asyncio
async def test_an_old_ticket_is_refused_as_what_it_is(tmp_path: Path) -> None:
    async with inside(tmp_path / "d") as app:
        waiting, token = await taken(app)
        cancelled, cancelled_token = await taken(app)
        await app.call("POST", "/my/cancel", {}, token=cancelled_token)
        await next_day(app)
        clerk, kiosk = await app.token("clerk"), await app.token("kiosk")
        await app.call("POST", "/counters/loket-1/open", {}, token=clerk)
        for path, body, by, code in (
            ("/check-ins", {"token": token}, kiosk, "expired"),
            ("/check-ins", {"token": cancelled_token}, kiosk, "invalid_state"),
            ("/my/cancel", {}, token, "invalid_state"),
            ("/my/defer", {"behind": 1}, token, "invalid_state"),
            (f"/tickets/{waiting}/cancel", {}, clerk, "invalid_state"),
            (f"/tickets/{waiting}/requeue", {}, clerk, "invalid_state"),
            (f"/tickets/{cancelled}/transfer", {"service": "paspor"}, clerk, "invalid_state"),
            ("/counters/loket-1/call", {"ticket": waiting}, clerk, "invalid_state"),
            ("/counters/loket-1/resume", {"ticket": waiting}, clerk, "invalid_state"),
        ):
            answer = await app.call("POST", path, body, token=by)
            assert (answer.status_code, answer.json()["code"]) == (409, code), path
        answer = await app.call("POST", "/check-ins", {"number": "A-002"}, token=kiosk)
        assert answer.json()["code"] == "invalid"  # a number is of the present date
        answer = await app.call("POST", "/tickets/none/cancel", {}, token=clerk)
        assert answer.status_code == 404


@pytest.mark.asyncio
async def test_old_tickets_are_listed_and_searched_by_date(tmp_path: Path) -> None:
    time = Time()
    async with inside(tmp_path / "d", time=time) as app:
        ids = [(await taken(app, name=f"Warga {n}", phone=f"08{n}"))[0] for n in range(5)]
        clerk = await app.token("clerk")
        date = (await app.call("GET", "/site")).json()["date"]
        await next_day(app)
        assert len((await app.call("GET", "/tickets", token=clerk)).json()["items"]) == 1
        found: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            path = f"/tickets?date={date}&limit=2{cursor and f'&cursor={cursor}'}"
            page = (await app.call("GET", path, token=clerk)).json()
            assert len(page["items"]) <= 2
            assert not any(t.get("name") for t in page["items"])
            found += [t["id"] for t in page["items"]]
            cursor = page["next"]
        assert found == ids
        for query, count in (("Warga 3", 1), ("083", 1), ("A-00", 5), ("zzz", 0)):
            page = await app.call("GET", f"/tickets?date={date}&q={query}", token=clerk)
            assert [t["name"] is not None for t in page.json()["items"]] == [True] * count
        for filters, count in (("state=expired", 5), ("state=done", 0), ("service=paspor", 0)):
            page = await app.call("GET", f"/tickets?date={date}&{filters}", token=clerk)
            assert len(page.json()["items"]) == count
        whole = (await app.call("GET", f"/tickets/{ids[3]}", token=clerk)).json()
        assert (whole["name"], whole["state"]) == ("Warga 3", "expired")
        assert [e["type"] for e in whole["history"]] == ["ticket.issued", "ticket.expired"]


@pytest.mark.asyncio
async def test_people_are_forgotten_when_their_ticket_cannot_be_read(tmp_path: Path) -> None:
    async with inside(tmp_path / "d") as app:
        ticket, _ = await taken(app, name="Siti Aminah")
        clerk = await app.token("clerk")
        for days, name in ((30, "Siti Aminah"), (1, None)):
            await next_day(app, days)
            whole = (await app.call("GET", f"/tickets/{ticket}", token=clerk)).json()
            assert whole["name"] == name
            assert whole["number"] == "A-001"


@pytest.mark.asyncio
async def test_a_booking_to_come_is_listed_on_its_date(tmp_path: Path) -> None:
    async with inside(tmp_path / "d") as app:
        slots = "/services/paspor/slots?date=2026-11-27"
        start = (await app.call("GET", slots)).json()["items"][3]["start"]
        body = {"service": "paspor", "start": start, "name": "Siti"}
        booked = (await app.call("POST", "/bookings", body)).json()
        clerk = await app.token("clerk")
        for date, ids in (("2026-11-27", [booked["ticket"]["id"]]), ("2026-11-26", [])):
            page = (await app.call("GET", f"/tickets?date={date}", token=clerk)).json()
            assert [t["id"] for t in page["items"]] == ids
        free = (await app.call("GET", slots)).json()["items"][3]
        assert (free["capacity"], free["free"]) == (2, 1)


@pytest.mark.asyncio
async def test_slots_are_listed_until_they_end_and_as_far_as_one_may_book(
    tmp_path: Path,
) -> None:
    async with inside(tmp_path / "d") as app:
        today = (await app.call("GET", "/services/paspor/slots?limit=200")).json()["items"]
        assert today[0]["start"] == "2026-11-25T09:00:00.000+07:00"
        app.time.pass_(seconds=29 * 60)
        again = (await app.call("GET", "/services/paspor/slots?limit=200")).json()["items"]
        assert again[0]["start"] == today[0]["start"]
        app.time.pass_(seconds=60)
        again = (await app.call("GET", "/services/paspor/slots?limit=200")).json()["items"]
        assert again[0]["start"] == "2026-11-25T09:30:00.000+07:00"
        for date, some in (("2026-12-09", True), ("2026-12-10", False), ("2026-11-24", False)):
            page = await app.call("GET", f"/services/paspor/slots?date={date}")
            assert bool(page.json()["items"]) is some, date
        for service in ("skck", "sim"):
            page = await app.call("GET", f"/services/{service}/slots?date=2026-11-26")
            assert page.json()["items"] == []


@pytest.mark.asyncio
@pytest.mark.parametrize("date", ["besok", "2026-13-01", "20261125", "0001-01-01", "9999-12-31"])
async def test_a_date_is_a_date(tmp_path: Path, date: str) -> None:
    async with inside(tmp_path / "d") as app:
        clerk = await app.token("clerk")
        for path in (f"/services/paspor/slots?date={date}", f"/tickets?date={date}"):
            answer = await app.call("GET", path, token=clerk)
            assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "date")


@pytest.mark.asyncio
async def test_the_people_of_old_tickets_are_told_to_their_services_alone(tmp_path: Path) -> None:
    async with inside(tmp_path / "d") as app:
        await taken(app, name="Siti Aminah", phone="0812")
        admin = await app.token("admin")
        date = (await app.call("GET", "/site")).json()["date"]
        for username, counter in (("dewi", "loket-1"), ("budi", "loket-3")):
            body = {
                "username": username,
                "password": "kata sandi bersama",
                "role": "clerk",
                "counters": [counter],
            }
            assert (await app.call("POST", "/users", body, token=admin)).status_code == 201
        await next_day(app)
        for username, sees in (("dewi", True), ("budi", False)):
            body = {"username": username, "password": "kata sandi bersama"}
            assert (await app.call("POST", "/session", body)).status_code == 200
            for query in ("Siti", "0812"):
                page = (await app.call("GET", f"/tickets?date={date}&q={query}")).json()
                assert len(page["items"]) == sees, query
            (found,) = (await app.call("GET", f"/tickets?date={date}&q=A-001")).json()["items"]
            assert found["name"] == ("Siti Aminah" if sees else None)
            whole = (await app.call("GET", f"/tickets/{found['id']}")).json()
            assert whole["name"] == found["name"]


@pytest.mark.asyncio
async def test_a_search_among_old_tickets_takes_signs_as_they_are(tmp_path: Path) -> None:
    async with inside(tmp_path / "d") as app:
        await taken(app, name="Siti 100%")
        await taken(app, name="Budi_Adi")
        clerk = await app.token("clerk")
        date = (await app.call("GET", "/site")).json()["date"]
        await next_day(app)
        for query, count in (("%25", 1), ("_", 1), ("%25%25", 0), ("\\", 0)):
            page = await app.call("GET", f"/tickets?date={date}&q={query}", token=clerk)
            assert len(page.json()["items"]) == count, query


@pytest.mark.asyncio
async def test_who_booked_for_tomorrow_is_known_after_a_restart(tmp_path: Path) -> None:
    time = Time()
    async with inside(tmp_path / "d", time=time) as app:
        slots = (await app.call("GET", "/services/paspor/slots?date=2026-11-26")).json()
        body = {"service": "paspor", "start": slots["items"][20]["start"], "name": "Siti"}
        booked = (await app.call("POST", "/bookings", body)).json()["ticket"]
    async with inside(tmp_path / "d", time=time) as app:
        clerk = await app.token("clerk")
        page = (await app.call("GET", "/tickets?date=2026-11-26&q=siti", token=clerk)).json()
        assert [(t["id"], t["name"]) for t in page["items"]] == [(booked["id"], "Siti")]
        await next_day(app)
        await app.call("POST", "/counters/loket-3/open", {}, token=clerk)
        body = {"ticket": booked["id"]}
        kiosk = await app.token("kiosk")
        time.pass_(hours=1)
        number = {"number": booked["number"]}
        assert (await app.call("POST", "/check-ins", number, token=kiosk)).status_code == 200
        called = await app.call("POST", "/counters/loket-3/call", body, token=clerk)
        assert called.json()["ticket"]["name"] == "Siti"
