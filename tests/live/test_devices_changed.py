"""What administrators change of a paired display, and what they have it do."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.live.test_devices import seq_of
from tests.support import Answer, Cast, RunningServer
from tests.support.device import connected, display, listed, pair

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("no_device_is_left")]


async def test_a_change_reaches_the_display(server: RunningServer, cast: Cast) -> None:
    settings = {"arrows": {"loket-1": "left", "loket-2": "right"}, "volume": 10}
    async with display(server, cast.admin, "Lama", settings=settings) as device:
        path = f"/devices/{device.id}"
        first = await device.told(name="Lama")
        assert first["settings"]["volume"] == 10
        # A device is no state of a topic: it is whole, as HTTP tells of it.
        known = cast.admin.get(path).ok().body
        assert (set(first), set(first["settings"])) == (set(known), set(known["settings"]))
        assert first["settings"]["counter"] is None
        change = {
            "name": " Baru ",
            "zone": "timur",
            "layout": "counter",
            "settings": {"counter": "loket-3", "arrows": {"loket-3": "down"}, "theme": "dark"},
        }
        answer = cast.admin.send("PATCH", path, change).ok()
        told = await device.told(name="Baru", zone="timur", layout="counter")
        assert told["settings"] == {
            "theme": "dark",
            "contrast": False,
            "languages": "both",
            "arrows": {"loket-3": "down"},
            "volume": 10,
            "margin": 3,
            "counter": "loket-3",
            "sound": True,
            "voice": "server",
        }
        assert {k: v for k, v in answer.body["device"]["settings"].items()} == told["settings"]
        again = cast.admin.send("PATCH", path, {"name": "Baru"}).ok()
        assert again.body["seq"] == seq_of(cast) == answer.seq, "nothing changed, no event"
        back = {"settings": {"theme": None, "counter": None, "arrows": None}}
        cast.admin.send("PATCH", path, back).ok()
        told = await device.told(name="Baru", settings={**first["settings"], "arrows": {}})
        cast.admin.send("PATCH", path, {"settings": None}).ok()
        fresh = {**first["settings"], "arrows": {}, "volume": 80}
        await device.told(name="Baru", settings=fresh)


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"zone": "mana"}, "zone", "not_found"),
        ({"zone": None}, "zone", "wrong_type"),
        ({"name": ""}, "name", "too_short"),
        ({"name": " "}, "name", "too_short"),
        ({"name": "\u200b"}, "name", "too_short"),
        ({"layout": "x"}, "layout", "wrong_type"),
        ({"settings": {"arrows": {"loket-9": "up"}}}, "settings.arrows.loket-9", "not_found"),
        ({"settings": {"counter": "loket-9"}}, "settings.counter", "not_found"),
        ({"settings": {"languages": "fr"}}, "settings.languages", "one_of"),
        ({"settings": {"volume": -1}}, "settings.volume", "wrong_type"),
        ({"settings": {"volume": True}}, "settings.volume", "wrong_type"),
        ({"settings": {"theme": "neon"}}, "settings.theme", "wrong_type"),
        ({"id": "lain"}, "id", "unknown_field"),
        ({"online": True}, "online", "unknown_field"),
    ],
    ids=str,
)
async def test_a_bad_change_names_its_field_and_changes_nothing(
    server: RunningServer, cast: Cast, change: dict[str, Any], field: str, fault: str
) -> None:
    device, _ = await pair(server, cast.admin)
    before = cast.admin.get(f"/devices/{device}").ok().body
    answer = cast.admin.send("PATCH", f"/devices/{device}", change).refused(422, "invalid")
    assert [(e["field"], e["code"]) for e in answer.body["errors"]] == [(field, fault)]
    assert cast.admin.get(f"/devices/{device}").ok().body == before


async def test_all_bad_members_are_named_at_once(server: RunningServer, cast: Cast) -> None:
    device, _ = await pair(server, cast.admin)
    settings = {"arrows": {"x": "up", "loket-1": "up", "y": "down"}, "counter": "z"}
    change = {"zone": device, "settings": settings}
    answer = cast.admin.send("PATCH", f"/devices/{device}", change).refused(422, "invalid")
    assert answer.fields == [
        "zone",
        "settings.counter",
        "settings.arrows.x",
        "settings.arrows.y",
    ]


async def test_a_device_that_may_not_speak_is_no_speaker(server: RunningServer, cast: Cast) -> None:
    async with display(server, cast.admin) as device:
        await listed(cast.admin, device.id, speaker=True)
        path = f"/devices/{device.id}"
        muted = cast.admin.send("PATCH", path, {"settings": {"sound": False}}).ok()
        assert muted.body["device"]["speaker"] is False
        back = cast.admin.send("PATCH", path, {"settings": {"sound": None}}).ok()
        assert back.body["device"]["speaker"] is True


# things to do
@pytest.mark.parametrize("what", ["identify", "reload", "test-sound"])
async def test_a_display_is_told_to_do_something(
    server: RunningServer, cast: Cast, what: str
) -> None:
    async with display(server, cast.admin) as device, display(server, cast.admin) as other:
        before = seq_of(cast)
        answer = cast.admin.post(f"/devices/{device.id}/{what}").ok()
        assert (answer.seq, answer.body["device"]["id"]) == (before, device.id)
        assert await device.hears("do") == {"op": "do", "what": what}
        await other.settle()
        assert not other.heard("do")
        await device.phone.hang_up()
        await listed(cast.admin, device.id, online=False)
        cast.admin.post(f"/devices/{device.id}/{what}").refused(409, "offline")
        cast.admin.post(f"/devices/{device.id}/{what}", {"x": 1}).refused(422, "invalid")


async def test_with_a_key_it_is_done_once(server: RunningServer, cast: Cast) -> None:
    async with display(server, cast.admin) as device:
        path, key = f"/devices/{device.id}/test-sound", uuid.uuid4().hex

        def post(_: int) -> Answer:
            return cast.admin.post(path, key=key)

        with ThreadPoolExecutor(10) as pool:
            answers = list(pool.map(post, range(10)))
        assert all(a.ok().body == answers[0].body for a in answers)
        cast.admin.post(f"/devices/{device.id}/reload", key=key).refused(
            422, "idempotency_mismatch"
        )
        await device.settle()
        assert len(device.heard("do")) == 1
        await device.phone.hang_up()
        await listed(cast.admin, device.id, online=False)
        assert post(0).ok().body == answers[0].body
        offline = uuid.uuid4().hex
        cast.admin.post(path, key=offline).refused(409, "offline")
        async with connected(server, (device.id, device.token)) as back:
            cast.admin.post(path, key=offline).ok()  # a refusal is not kept
            await back.hears("do")
