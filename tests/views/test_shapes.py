"""The members of the contract, and what each of them says."""

from dataclasses import replace

import pytest

from antrean import shapes
from antrean.domain import commands
from antrean.domain.catalogue import Catalogue
from antrean.domain.model import Clerk
from antrean.domain.rebase import begin, merged, rebase
from antrean.views import Views
from tests.views.hall import BEGIN, MINUTE, Hall, catalogue, text, without

TICKET = (
    "id number date service agency zone channel class state arrived counter for_counter slot "
    "issued_at called_at started_at ended_at recalls leg journey ahead position eta"
).split()
SERVICE = (
    "id agency name prefix tile zone status note waiting serving counters_open wait channels "
    "bookable hours_today opens_at"
).split()
COUNTER = "id name label zone services state note until clerk ticket".split()
HEARD = "shown_at spoken_at unspoken".split()  # a ticket at a counter, besides
SARI = Clerk("user:sari", "sari", "Sari Dewi")


def issue(hall: Hall, ticket: str, service: str = "lab", channel: str = "kiosk") -> None:
    hall.must(commands.IssueTicket(ticket=ticket, service=service, channel=channel), 1000)


@pytest.mark.parametrize(
    ("timezone", "at", "expected"),
    [
        ("Asia/Jakarta", 0, "1970-01-01T07:00:00.000+07:00"),
        ("Asia/Jakarta", BEGIN + 61_042, "2025-11-24T09:01:01.042+07:00"),
        ("Asia/Jayapura", BEGIN, "2025-11-24T11:00:00.000+09:00"),
        ("Asia/Kathmandu", BEGIN + 999, "2025-11-24T07:45:00.999+05:45"),
        # the two hours that a clock set back shows twice
        ("Europe/Berlin", 1_761_438_600_000, "2025-10-26T02:30:00.000+02:00"),
        ("Europe/Berlin", 1_761_442_200_000, "2025-10-26T02:30:00.000+01:00"),
    ],
)
def test_a_time_has_milliseconds_and_the_offset_of_the_site(
    timezone: str, at: int, expected: str
) -> None:
    assert shapes.iso(replace(catalogue().site, timezone=timezone), at) == expected


def test_nulls_are_left_out_at_any_depth_and_nothing_else_is() -> None:
    value: shapes.Json = {
        "a": None,
        "b": {"c": None, "d": [], "e": {"f": None}},
        "g": 0,
        "h": "",
        "i": False,
    }
    assert shapes.without_nulls(value) == {"b": {"d": [], "e": {}}, "g": 0, "h": "", "i": False}


def test_a_waiting_ticket() -> None:
    hall = Hall()
    hall.must(commands.OpenCounter(counter="lab-1", clerk=SARI))
    issue(hall, "t1")
    issue(hall, "t2", channel="online")
    issue(hall, "t3", "gigi")
    issue(hall, "t4")
    shape = shapes.ticket(hall.state, hall.state.tickets["t4"], hall.at)
    assert sorted(shape) == sorted(TICKET)
    eta = shape.pop("eta")
    assert shape == {
        "id": "t4",
        "number": "A-003",
        "date": "2025-11-24",
        "service": "lab",
        "agency": "klinik",
        "zone": "barat",
        "channel": "kiosk",
        "class": "regular",
        "state": "waiting",
        "arrived": True,
        "counter": None,
        "for_counter": None,
        "slot": None,
        "issued_at": "2025-11-24T09:00:04.000+07:00",
        "called_at": None,
        "started_at": None,
        "ended_at": None,
        "recalls": 0,
        "leg": 0,
        "journey": [],
        "ahead": 2,
        "position": 3,
    }
    assert eta["p10"] < eta["p50"] < eta["p90"]
    assert eta["p10"] > "2025-11-24T09:00:04.000+07:00"
    # who has not arrived is passed over, and counts for the position alone
    first = shapes.ticket(hall.state, hall.state.tickets["t2"], hall.at)
    assert first["position"] == 2
    assert first["arrived"] is False
    assert shapes.ticket(hall.state, hall.state.tickets["t3"], hall.at)["journey"] == ["kasir"]
    assert shapes.ticket(hall.state, hall.state.tickets["t3"], hall.at)["eta"] is None


def test_a_ticket_at_a_counter_and_its_names() -> None:
    hall = Hall()
    hall.must(commands.OpenCounter(counter="lab-2", clerk=SARI))
    issue(hall, "t1")
    hall.must(commands.CallNext(counter="lab-2"), 500)
    hall.must(commands.Recall(counter="lab-2"), 500)
    hall.must(commands.Start(counter="lab-2"), 500)
    mine = shapes.my_ticket(hall.state, hall.state.tickets["t1"], hall.at)
    expected = {
        "state": "serving",
        "counter": "lab-2",
        "called_at": "2025-11-24T09:00:01.500+07:00",
        "started_at": "2025-11-24T09:00:02.500+07:00",
        "recalls": 1,
        "ahead": None,
        "position": None,
        "eta": None,
        "service_name": text("Lab"),
        "agency_name": text("klinik"),
        "zone_name": text("barat"),
        "counter_name": text("Lab 2"),
        "tile": "nila",
    }
    assert {k: mine[k] for k in expected} == expected
    hall.must(commands.Complete(counter="lab-2"), 500)
    done = shapes.my_ticket(hall.state, hall.state.tickets["t1"], hall.at)
    assert (done["state"], done["ended_at"]) == ("done", "2025-11-24T09:00:03.000+07:00")
    assert done["counter"] == "lab-2"


def test_a_booking_names_its_slot() -> None:
    hall = Hall()
    start = BEGIN + 60 * MINUTE
    hall.must(commands.BookTicket(ticket="b", service="lab", start=start, channel="online"))
    shape = shapes.ticket(hall.state, hall.state.tickets["b"], hall.at)
    assert shape["slot"] == {
        "start": "2025-11-24T10:00:00.000+07:00",
        "end": "2025-11-24T10:30:00.000+07:00",
    }
    assert (shape["state"], shape["position"], shape["eta"]) == ("booked", None, None)


def service(hall: Hall, name: str) -> shapes.Json:
    return shapes.service(hall.state, name, hall.at)


def test_a_service_with_its_line_counters_and_wait() -> None:
    hall = Hall()
    issue(hall, "t1")
    assert sorted({*SERVICE} - {*service(hall, "lab")}) == []
    assert service(hall, "lab")["wait"] is None  # no counter is open
    hall.must(commands.OpenCounter(counter="lab-1", clerk=SARI))
    hall.must(commands.CallNext(counter="lab-1"))
    issue(hall, "t2")
    issue(hall, "t3")
    shape = service(hall, "lab")
    wait = shape["wait"]
    assert 0 < wait["p10"] < wait["p50"] < wait["p90"]
    assert wait["p90"] < 3 * 3600  # seconds, three services of ten minutes
    del shape["wait"], shape["service_minutes"], shape["target_wait_minutes"]
    assert shape == {
        "id": "lab",
        "agency": "klinik",
        "name": text("Lab"),
        "prefix": "A",
        "tile": "nila",
        "zone": "barat",
        "status": "open",
        "note": None,
        "waiting": 2,
        "serving": 1,
        "counters_open": 1,
        "channels": ["kiosk", "online", "desk"],
        "bookable": True,
        "hours_today": ["00:00-24:00"],
        "opens_at": None,
    }
    assert "wait" not in shapes.service(hall.state, "lab", hall.at, wait=False)


def test_a_service_says_when_it_opens_while_outside_its_hours_and_only_then() -> None:
    hall = Hall()
    assert service(hall, "gigi")["hours_today"] == ["08:00-12:00", "13:00-15:00"]
    assert (service(hall, "gigi")["status"], service(hall, "gigi")["opens_at"]) == ("open", None)
    hall.wait(3 * 60 * MINUTE)  # noon
    assert service(hall, "gigi")["status"] == "closed"
    assert service(hall, "gigi")["opens_at"] == "2025-11-24T13:00:00.000+07:00"
    hall.wait(3 * 60 * MINUTE)
    assert service(hall, "gigi")["opens_at"] == "2025-11-25T08:00:00.000+07:00"
    for _ in range(4):
        hall.next_day()
    assert service(hall, "gigi")["hours_today"] == ["08:00-12:00", "13:00-15:00"]  # Friday
    hall.next_day()
    assert service(hall, "gigi")["hours_today"] == []
    assert service(hall, "gigi")["opens_at"] == "2025-12-01T08:00:00.000+07:00"
    assert service(hall, "sim")["opens_at"] is None  # not operating


def test_the_note_is_the_one_by_hand_while_that_lasts_else_the_catalogues() -> None:
    hall = Hall()
    assert service(hall, "sim")["note"] == text("Menunggu alat")
    assert service(hall, "sim")["status"] == "not_operating"
    hall.must(commands.PauseService(service="lab", note=text("Rusak")))
    assert service(hall, "lab")["note"] == text("Rusak")
    assert service(hall, "lab")["status"] == "paused"
    hall.must(commands.OpenService(service="lab"))
    assert service(hall, "lab")["note"] is None


def test_a_counter_with_clerk_pause_and_ticket() -> None:
    hall = Hall()
    shape = shapes.counter(hall.state, "lab-1", hall.at)
    assert list(shape) == COUNTER
    assert (shape["state"], shape["clerk"], shape["ticket"]) == ("closed", None, None)
    issue(hall, "t1")
    hall.must(commands.OpenCounter(counter="lab-1", clerk=SARI))
    hall.must(commands.CallNext(counter="lab-1"))
    hall.must(commands.PauseCounter(counter="lab-1", note=text("Salat"), until=hall.at + MINUTE))
    shape = shapes.counter(hall.state, "lab-1", hall.at)
    ticket = shape.pop("ticket")
    assert (ticket["id"], sorted(ticket)) == ("t1", sorted([*TICKET, *HEARD]))
    assert shape == {
        "id": "lab-1",
        "name": text("Lab 1"),
        "label": "1",
        "zone": "barat",
        "services": ["lab"],
        "state": "paused",
        "note": text("Salat"),
        "until": "2025-11-24T09:01:01.000+07:00",
        "clerk": {"user": "sari", "name": "Sari Dewi"},
    }


def test_a_board_says_all_that_the_contract_names() -> None:
    hall = Hall()
    hall.must(commands.OpenCounter(counter="lab-2", clerk=SARI))
    issue(hall, "t1")
    issue(hall, "t2")
    hall.must(commands.CallNext(counter="lab-2"), 500)
    (recalled,) = hall.must(commands.Recall(counter="lab-2"), 500)
    until = hall.at + MINUTE
    hall.must(commands.PauseCounter(counter="lab-2", note=text("Salat"), until=until))
    hall.must(commands.PauseService(service="lab", note=text("Rusak")))
    hall.must(commands.MakeAnnouncement(announcement="a", text=text("Halo"), until=until))
    hall.must(commands.MakeAnnouncement(announcement="b", text=text("Timur"), zones=("timur",)), 0)
    barat, timur = (Views(hall.state.copy(), "e").render(f"zone:{z}") for z in ("barat", "timur"))
    assert list(barat) == [
        *("zone", "name", "calls", "counters", "services", "announcements", "playlist")
    ]
    assert (barat["zone"], barat["name"]) == ("barat", text("barat"))
    call = {
        "service": "lab",
        "service_name": text("Lab"),
        "agency_short": text("kli"),
        "tile": "nila",
        "counter": "lab-2",
        "counter_name": text("Lab 2"),
        "counter_label": "2",
        "state": "called",
        "seq": recalled.seq,
        "at": "2025-11-24T09:00:03.000+07:00",
        "recalls": 1,
    }
    # in the zone of its service, and in that of its counter
    assert barat["calls"] == timur["calls"] == {"A-001": call}
    assert timur["counters"]["lab-2"] == {
        "name": text("Lab 2"),
        "label": "2",
        "state": "paused",
        "note": text("Salat"),
        "until": "2025-11-24T09:01:03.000+07:00",
        "number": "A-001",
    }
    assert list(barat["counters"]) == ["lab-1"]
    assert barat["services"]["lab"] == {
        "name": text("Lab"),
        "agency": "klinik",
        "agency_name": text("klinik"),
        "prefix": "A",
        "tile": "nila",
        "status": "paused",
        "note": text("Rusak"),
        "waiting": 1,
        "next": ["A-002"],
    }
    assert list(barat["services"]) == ["lab", "gigi"]
    halo = {"text": text("Halo"), "until": "2025-11-24T09:01:03.000+07:00"}
    assert barat["announcements"] == {"a": halo}
    assert timur["announcements"] == {"a": halo, "b": {"text": text("Timur")}}
    hall.must(commands.Transfer(counter="lab-2", service="kasir"))
    (gone,) = Views(hall.state.copy(), "e").render("zone:barat")["calls"].values()
    # service and counter of the call, and the ticket's present state
    assert (gone["service"], gone["counter"], gone["state"]) == ("lab", "lab-2", "waiting")


def test_calls_of_tickets_that_expired_leave_the_board_with_them() -> None:
    hall = Hall()
    hall.must(commands.OpenCounter(counter="lab-1", clerk=SARI))
    issue(hall, "t1")
    issue(hall, "t2")
    hall.must(commands.CallNext(counter="lab-1"))
    hall.must(commands.MarkNoShow(counter="lab-1"))
    hall.must(commands.CallNext(counter="lab-1"))
    views = Views(hall.state.copy(), "e")
    assert list(views.render("zone:barat")["calls"]) == ["A-002", "A-001"]
    for entry in hall.next_day():
        if entry.event.type == "day.closed":
            break
        views.apply(entry)
    assert views.render("zone:barat")["calls"] == {}


def test_an_estimate_counts_those_before_one_who_have_arrived() -> None:
    hall = Hall()
    hall.must(commands.OpenCounter(counter="lab-1", clerk=SARI))
    issue(hall, "first")
    hall.must(commands.CallNext(counter="lab-1"))
    for n in range(3):
        issue(hall, f"away-{n}", channel="online")
    issue(hall, "here")
    here, away = (hall.state.tickets[t] for t in ("here", "away-0"))
    estimates = [shapes.ticket(hall.state, t, hall.at)["eta"] for t in (here, away)]
    assert estimates[0] == estimates[1]
    wait = service(hall, "lab")["wait"]  # of one who comes now: behind one who is here
    mine = shapes.ticket_wait(hall.state, here)
    assert mine is not None
    assert wait["p50"] * 1000 > mine.p50 * 1.5
    hall.must(commands.CancelTicket(ticket="here"))
    assert service(hall, "lab")["wait"]["p50"] == mine.p50 // 1000


def test_lists_leave_out_what_is_retired_until_a_ticket_needs_it() -> None:
    def after(taken: str | None) -> Hall:
        hall = Hall()
        if taken is not None:
            issue(hall, "t1", taken)
        smaller: Catalogue = merged(catalogue(), without(catalogue(), "gigi", "lab-2"))
        return Hall(rebase(hall.state, smaller, hall.at))

    assert [s["id"] for s in shapes.services(after(None).state, BEGIN)] == ["lab", "kasir", "sim"]
    hall = after("gigi")
    assert [s["id"] for s in shapes.services(hall.state, BEGIN)][-1] == "gigi"
    assert service(hall, "gigi")["status"] == "not_operating"
    assert "lab-2" not in [c["id"] for c in shapes.counters(hall.state, BEGIN)]


def test_a_counter_that_is_gone_is_listed_until_its_ticket_has_ended() -> None:
    hall = Hall()
    hall.must(commands.OpenCounter(counter="lab-2", clerk=SARI))
    issue(hall, "t1")
    hall.must(commands.CallNext(counter="lab-2"))
    hall.must(commands.Start(counter="lab-2"))
    hall = Hall(rebase(hall.state, merged(catalogue(), without(catalogue(), "lab-2")), hall.at))
    listed = {c["id"]: c for c in shapes.counters(hall.state, hall.at)}
    assert (listed["lab-2"]["state"], listed["lab-2"]["ticket"]["id"]) == ("closed", "t1")
    hall.must(commands.Complete(counter="lab-2"))
    assert "lab-2" not in [c["id"] for c in shapes.counters(hall.state, hall.at)]


def test_the_site_names_classes_and_zones() -> None:
    state = begin(catalogue(), BEGIN)
    shape = shapes.site(state, BEGIN, "1.2.3")
    assert shape == {
        "name": text("Hall"),
        "timezone": "Asia/Jakarta",
        "languages": ["id", "en"],
        "at": "2025-11-24T09:00:00.000+07:00",
        "date": "2025-11-24",
        "classes": [
            {
                "id": "prioritas",
                "name": text("Prioritas"),
                "credit_minutes": 20,
                "reasons": ["lansia"],
            }
        ],
        "zones": [{"id": z, "name": text(z)} for z in ("barat", "timur")],
        "version": "1.2.3",
    }


def test_a_ticket_of_a_service_that_is_gone_can_still_be_read() -> None:
    hall = Hall()
    issue(hall, "t1", "gigi")
    old = hall.state.tickets["t1"]
    later = begin(without(catalogue(), "gigi"), BEGIN)
    mine = shapes.my_ticket(later, replace(old, state=old.state.EXPIRED), BEGIN)
    assert (mine["service"], mine["service_name"], mine["zone"]) == ("gigi", None, None)
