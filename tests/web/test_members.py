"""What a body says reaches the rules: every member of a command does what it is there for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.inside import Inside, inside

pytestmark = pytest.mark.asyncio


class Hall:
    """An application with a clerk at loket-1; `clerk` sends a command that must be done."""

    def __init__(self, app: Inside, tokens: dict[str, str]) -> None:
        self.app = app
        self.tokens = tokens

    async def send(
        self, path: str, body: Any = None, role: str = "clerk", method: str = "POST"
    ) -> tuple[int, Any]:
        sent = body if body is not None or method == "GET" else {}
        answer = await self.app.call(method, path, sent, token=self.tokens[role])
        return answer.status_code, answer.json()

    async def done(self, path: str, body: Any = None, role: str = "clerk") -> Any:
        status, told = await self.send(path, body, role)
        assert status < 300, told
        return told

    async def get(self, path: str, role: str = "clerk") -> Any:
        status, told = await self.send(path, None, role, "GET")
        assert status == 200, told
        return told

    async def take(self, service: str = "skck", **members: Any) -> str:
        """The id of a new kiosk ticket."""
        told = await self.done("/tickets", {"service": service, **members}, "kiosk")
        return str(told["ticket"]["id"])

    async def events(self, kind: str) -> list[Any]:
        page = await self.get("/events?limit=1000", "supervisor")
        return [e for e in page["items"] if e["type"] == kind]


@asynccontextmanager
async def hall(folder: Path) -> AsyncIterator[Hall]:
    async with inside(folder / "d") as app:
        roles = ("clerk", "kiosk", "supervisor")
        opened = Hall(app, {role: await app.token(role) for role in roles})
        await opened.done("/counters/loket-1/open")
        yield opened


@pytest.mark.parametrize(("place", "position"), [("keep", 2), ("front", 1), ("back", 3)])
@pytest.mark.parametrize("way", ["a counter's transfer", "a transfer", "a requeue"])
async def test_a_ticket_goes_to_the_place_that_is_named(
    tmp_path: Path, way: str, place: str, position: int
) -> None:
    async with hall(tmp_path) as here:
        _, ticket, _ = [await here.take() for _ in range(3)]
        here.app.time.pass_(seconds=1)
        body = {"service": "skck", "place": place}
        if way == "a transfer":
            told = await here.done(f"/tickets/{ticket}/transfer", body)
        else:
            await here.done("/counters/loket-1/call", {"ticket": ticket})
            if way == "a requeue":
                await here.done("/counters/loket-1/no-show")
                told = await here.done(f"/tickets/{ticket}/requeue", {"place": place})
            else:
                told = await here.done("/counters/loket-1/transfer", body)
        assert told["ticket"]["position"] == position


async def test_a_transfer_is_for_the_counter_that_is_named(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        await here.take()
        told = await here.done("/counters/loket-1/call-next")
        told = await here.done("/counters/loket-1/transfer", {"counter": "loket-2"})
        assert told["ticket"]["for_counter"] == "loket-2"
        ticket = await here.take()
        told = await here.done(f"/tickets/{ticket}/transfer", {"counter": "loket-1"})
        assert told["ticket"]["for_counter"] == "loket-1"


async def test_every_reason_and_note_is_kept_with_its_event(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        ticket, desk = await here.take(), "/counters/loket-1"
        for path, body in (
            (f"{desk}/call", {"ticket": ticket, "reason": "dipanggil"}),
            (f"{desk}/hold", {"reason": "ditahan"}),
            (f"{desk}/call", {"ticket": ticket}),
            (f"{desk}/no-show", {"reason": "tidak ada"}),
            (f"/tickets/{ticket}/transfer", {"counter": "loket-1", "note": "dialihkan"}),
            (f"{desk}/call-next", {}),
            (f"{desk}/transfer", {"service": "skck", "note": "kembali"}),
            (f"/tickets/{ticket}/cancel", {"reason": "dibatalkan"}),
        ):
            await here.done(path, body)
        whole = await here.get(f"/tickets/{ticket}")
        assert [(e["type"].partition(".")[2], e["note"]) for e in whole["history"]] == [
            ("issued", None),
            ("called", "dipanggil"),
            ("held", "ditahan"),
            ("called", None),
            ("no_show", "tidak ada"),
            ("transferred", "dialihkan"),
            ("called", None),
            ("transferred", "kembali"),
            ("cancelled", "dibatalkan"),
        ]


@pytest.mark.parametrize("verb", ["recall", "start", "complete", "no-show", "hold", "transfer"])
async def test_a_command_for_another_ticket_is_stale(tmp_path: Path, verb: str) -> None:
    async with hall(tmp_path) as here:
        mine, other = [await here.take() for _ in range(2)]
        path = f"/counters/loket-1/{verb}"
        more = {"service": "skck"} if verb == "transfer" else {}
        for state in ("no ticket", "another ticket"):
            if state == "another ticket":
                await here.done("/counters/loket-1/call", {"ticket": mine})
            status, told = await here.send(path, {"ticket": other, **more})
            assert (status, told["code"]) == (409, "stale"), state
        if verb == "complete":
            await here.done("/counters/loket-1/start")
        await here.done(path, {"ticket": mine, **more})


async def test_undo_takes_back_the_action_that_is_named(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        await here.take()
        called = (await here.done("/counters/loket-1/call-next"))["seq"]
        started = (await here.done("/counters/loket-1/start"))["seq"]
        status, told = await here.send("/counters/loket-1/undo", {"seq": called})
        assert (status, told["code"]) == (409, "nothing_to_undo")
        await here.done("/counters/loket-1/undo", {"seq": started})
        (undone,) = await here.events("ticket.undone")
        assert undone["data"]["undid"] == started


async def test_an_announcement_is_made_and_withdrawn_as_it_was_given(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        given = {
            "text": {"id": "Tutup", "en": "Closing"},
            "zones": ["timur"],
            "until": "2026-11-25T12:00:00.000+07:00",
            "speak": True,
        }
        made = (await here.done("/announcements", given, "supervisor"))["announcement"]
        assert {name: made[name] for name in given} == given
        path = f"/announcements/{made['id']}"
        status, told = await here.send(path, role="supervisor", method="DELETE")
        assert (status, told["announcement"]) == (200, made)
        assert [e["seq"] for e in await here.events("announcement.withdrawn")] == [told["seq"]]


@pytest.mark.parametrize(("verb", "status"), [("pause", "paused"), ("close", "closed")])
async def test_a_service_tells_why_until_it_is_opened(
    tmp_path: Path, verb: str, status: str
) -> None:
    async with hall(tmp_path) as here:
        await here.done(f"/services/skck/{verb}", {"reason": "Listrik padam"}, "supervisor")
        told = await here.get("/services/skck")
        note = {"id": "Listrik padam", "en": "Listrik padam"}
        assert (told["status"], told["note"]) == (status, note)
        await here.done("/services/skck/open", role="supervisor")
        told = await here.get("/services/skck")
        assert (told["status"], told["note"]) == ("open", None)


async def test_a_booking_says_as_much_as_a_number(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        first = await here.take("foto", journey=[])
        slots = await here.get("/services/paspor/slots?date=2026-11-25")
        body = {
            "service": "paspor",
            "start": slots["items"][2]["start"],
            "class": "prioritas",
            "reason": "lansia",
            "name": "Ani",
            "phone": "0812",
            "journey": ["foto", "skck"],
            "visit": first,
        }
        ticket = (await here.done("/bookings", body))["ticket"]
        assert (ticket["class"], ticket["journey"]) == ("prioritas", ["foto", "skck"])
        assert ticket["slot"]["start"] == body["start"]
        whole = await here.get(f"/tickets/{ticket['id']}")
        assert {n: whole[n] for n in ("name", "phone", "reason")} == {
            n: body[n] for n in ("name", "phone", "reason")
        }
        # the visit binds: while its first ticket is called, the second is passed over
        await here.done("/check-ins", {"number": ticket["number"]}, "kiosk")
        await here.done("/counters/loket-3/open")
        await here.done("/counters/loket-3/call", {"ticket": first})
        await here.done("/counters/loket-4/open", role="supervisor")
        status, told = await here.send("/counters/loket-4/call-next", role="supervisor")
        assert (status, told["code"]) == (409, "queue_empty")


async def test_a_journey_is_the_services_own_unless_one_is_given(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        for members, journey in (
            ({}, ["paspor"]),
            ({"journey": []}, []),
            ({"journey": ["skck", "paspor"]}, ["skck", "paspor"]),
        ):
            ticket = await here.take("foto", **members)
            assert (await here.get(f"/tickets/{ticket}"))["journey"] == journey


async def test_a_page_has_fifty_rows_unless_more_are_asked_for(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        for _ in range(51):
            await here.take()
        for query, rows in (("", 50), ("?limit=51", 51), ("?limit=200", 51)):
            assert len((await here.get(f"/tickets{query}"))["items"]) == rows
        status, _ = await here.send("/tickets?limit=201", method="GET")
        assert status == 422


async def test_a_token_tells_where_it_stands(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        here.tokens["admin"] = await here.app.token("admin")
        given = {"name": "TV", "role": "display", "counter": "loket-3", "zone": "timur"}
        made = await here.done("/tokens", given, "admin")
        (listed,) = (await here.get("/tokens", "admin"))["items"]
        for told in (made, listed):
            assert {name: told[name] for name in given} == given
