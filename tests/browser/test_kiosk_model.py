"""What the kiosk and the phone compute, without a page: pure modules in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.modules import ModuleServer

Json = dict[str, Any]


@pytest.fixture
def page(open_page: OpenPage, modules: ModuleServer) -> Page:
    return open_page(modules.url)


def call(page: Page, module: str, name: str, *arguments: Any) -> Any:
    return page.evaluate(
        "async ([path, name, given]) => (await import(path))[name](...given)",
        [f"/assets/clients/{module}", name, list(arguments)],
    )


def service(**members: Any) -> Json:
    plain = {
        "id": "s", "agency": "a", "name": {"id": "Layanan", "en": "Service"}, "prefix": "A",
        "tile": "nila", "zone": "z", "status": "open", "waiting": 3, "serving": 1,
        "counters_open": 1, "channels": ["kiosk", "desk", "online"],
    }  # fmt: skip
    return plain | members


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({}, None),
        ({"status": "not_operating"}, "not_operating"),
        ({"status": "paused"}, "paused"),
        ({"status": "closed"}, "byHand"),
        ({"status": "closed", "opens_at": "2026-11-24T13:00:00.000+07:00"}, "outside"),
        ({"channels": ["desk"]}, "elsewhere"),
    ],
)
def test_why_no_number_can_be_taken(page: Page, members: Json, why: str | None) -> None:
    assert call(page, "kiosk/model.js", "refusal", service(**members), "kiosk") == why


@pytest.mark.parametrize(
    ("wait", "minutes"),
    [
        ({"p10": 119, "p50": 200, "p90": 301}, {"from": 1, "to": 6}),
        ({"p10": 0, "p50": 5, "p90": 20}, {"from": 0, "to": 1}),
        (None, None),
        ({"p50": 60}, None),
    ],
)
def test_a_wait_is_rounded_outwards_and_never_made_up(
    page: Page, wait: Json | None, minutes: Json | None
) -> None:
    assert call(page, "kiosk/model.js", "waitMinutes", service(wait=wait)) == minutes


def test_what_can_be_had_now_comes_first_and_dead_steps_are_left_out(page: Page) -> None:
    services = [
        service(id="closed", prefix="A", status="paused"),
        service(id="step", prefix="B", status="not_operating", channels=["desk"]),
        service(id="desk", prefix="C", channels=["desk"]),
        service(id="open", prefix="D"),
    ]
    door = {"id": "a", "name": "Instansi", "short": "I", "tile": "nila", "services": services}
    offered = call(page, "kiosk/model.js", "offered", door, "kiosk")
    assert offered == ["open", "closed", "desk"]


def test_every_agency_with_services_has_a_door_in_the_catalogue_order(page: Page) -> None:
    agencies = [
        {"id": one, "name": one, "short": one, "tile": "nila"} for one in ("b", "a", "empty")
    ]
    services = {
        "2": service(id="2", agency="a", prefix="Z"),
        "1": service(id="1", agency="a", prefix="B"),
        "3": service(id="3", agency="b", prefix="C"),
        "4": service(id="4", agency="new", prefix="N"),
    }
    doors = call(page, "kiosk/model.js", "doors", agencies, services)
    found = [(door["id"], [one["id"] for one in door["services"]]) for door in doors]
    assert found == [("b", ["3"]), ("a", ["1", "2"]), ("new", ["4"])]


@pytest.mark.parametrize(
    ("members", "phase"),
    [
        ({"state": "booked", "arrived": False}, "booked"),
        ({"state": "waiting", "arrived": False, "ahead": 0}, "absent"),
        ({"state": "waiting", "arrived": True, "ahead": 2}, "waiting"),
        ({"state": "waiting", "arrived": True, "ahead": 0}, "next"),
        ({"state": "called", "arrived": True}, "called"),
        ({"state": "no_show", "arrived": True}, "missed"),
        ({"state": "expired", "arrived": True}, "expired"),
    ],
)
def test_the_phase_of_a_ticket(page: Page, members: Json, phase: str) -> None:
    assert call(page, "follow/phase.js", "phaseOf", members) == phase


def test_only_a_step_back_is_explained(page: Page) -> None:
    before = {"state": "waiting", "service": "s", "position": 3}
    changed = {"type": "changed", "at": "2026-11-24T10:14:00.000+07:00"}

    def explained(position: int, event: Json | None) -> Any:
        return call(
            page, "follow/phase.js", "explain", before, before | {"position": position}, event
        )

    assert explained(2, changed) is None
    assert explained(3, changed) is None
    assert explained(5, None) is None
    assert explained(5, changed) == {"cause": "others", "at": changed["at"], "by": 2}
    own = changed | {"type": "ticket.deferred"}
    assert explained(5, own)["cause"] == "ticket.deferred"


def test_the_line_is_drawn_person_by_person_until_it_is_long(page: Page) -> None:
    drawn = page.evaluate(
        """async () => {
          const { lineMap } = await import("/assets/clients/follow/line-map.js");
          return [0, 3, 6, 7, 250].map((ahead) => {
            const map = lineMap(ahead, "nila", { counter: "Loket", you: "Anda" });
            const more = map.querySelector(".line-more");
            return [map.querySelectorAll(".line-stop").length, more && more.textContent];
          });
        }"""
    )
    assert drawn == [[0, None], [3, None], [6, None], [4, "+3"], [4, "+246"]]


@pytest.mark.parametrize("number", ["A-001", "AB-1002", "ABC-10025"])
@pytest.mark.parametrize("width", [320, 940])
def test_a_plate_of_any_length_fits(page: Page, number: str, width: int) -> None:
    measured = page.evaluate(
        """async ([number, width]) => {
          const { plate } = await import("/assets/clients/lib/plate.js");
          const { fitWidth } = await import("/assets/clients/lib/fit-width.js");
          const parent = document.getElementById("main");
          parent.style.width = `${width}px`;
          const sign = plate({ number, tile: "nila" });
          const room = document.createElement("div");
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(".sign { --plate-h: 120px }");
          document.adoptedStyleSheets = [sheet];
          sign.classList.add("sign");
          room.append(sign);
          parent.replaceChildren(room);
          await document.fonts.ready;
          const before = sign.getBoundingClientRect().width;
          fitWidth(sign, room, "--plate-h");
          return [before, sign.getBoundingClientRect().width];
        }""",
        [number, width],
    )
    before, after = measured
    assert after <= width + 0.5
    assert after == pytest.approx(min(before, width), rel=0.03)
