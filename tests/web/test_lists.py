"""Pages of lists, filters, and cursors that nobody made."""

import pytest

from tests.support import Cast, Client

SERVICES = ["skck", "sim", "paspor", "foto", "langka", "kios"]


def rows(client: Client, path: str, limit: int) -> list[str]:
    """The ids of all pages."""
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        mark = "&" if "?" in path else "?"
        answer = client.get(f"{path}{mark}limit={limit}{cursor and f'&cursor={cursor}'}")
        assert len(answer.items) <= limit
        found += [str(row.get("id") or row.get("username")) for row in answer.items]
        cursor = answer.body["next"]
    return found


def test_pages_neither_lose_nor_repeat(cast: Cast) -> None:
    kiosk, clerk = cast.kiosk(), cast.clerk()
    ids = [kiosk.take().ticket["id"] for _ in range(7)]
    for _ in range(4):
        cast.user("clerk")
    for limit in (1, 2, 3, 7, 200):
        assert rows(clerk, "/tickets", limit) == ids
        assert rows(clerk, "/services", limit) == [
            "skck",
            "sim",
            "paspor",
            "foto",
            "langka",
            "kios",
        ]
        assert rows(clerk, "/counters", limit) == [f"loket-{n}" for n in (1, 2, 3, 4)]
        assert rows(clerk, "/agencies", limit) == ["polres", "imigrasi"]
        assert len(rows(cast.admin, "/users", limit)) == 5
        assert len(rows(cast.admin, "/tokens", limit)) == 2


def test_a_page_goes_on_where_it_was_when_more_come(cast: Cast) -> None:
    kiosk, clerk = cast.kiosk(), cast.clerk("loket-1")
    ids = [kiosk.take().ticket["id"] for _ in range(4)]
    first = clerk.get("/tickets?limit=2")
    late = kiosk.take().ticket["id"]
    clerk.post("/counters/loket-1/call-next").ok()
    clerk.post("/counters/loket-1/no-show").ok()
    second = clerk.get(f"/tickets?limit=10&cursor={first.body['next']}")
    assert [t["id"] for t in first.items + second.items] == [*ids, late]


def test_tickets_are_filtered(cast: Cast) -> None:
    kiosk, clerk = cast.kiosk(), cast.clerk("loket-1")
    one, two = (kiosk.take().ticket["id"] for _ in range(2))
    other = kiosk.take("paspor").ticket["id"]
    clerk.post("/counters/loket-1/call-next").ok()
    today = clerk.get("/site").body["date"]
    for query, ids in (
        ("", [one, two, other]),
        ("?service=skck", [one, two]),
        ("?state=waiting", [two, other]),
        ("?state=called&service=skck", [one]),
        ("?service=none", []),
        (f"?date={today}", [one, two, other]),
        ("?q=C-0", [other]),
        ("?q=c-001&service=skck", []),
    ):
        assert [t["id"] for t in clerk.get(f"/tickets{query}").items] == ids, query


@pytest.mark.parametrize("path", ["/tickets", "/services", "/events", "/tickets?date=2020-01-01"])
@pytest.mark.parametrize("limit", ["0", "-1", "x", "1.5", "99999", "", "٣", "1" * 30])
def test_a_limit_is_a_number_in_bounds(shared: Cast, path: str, limit: str) -> None:
    mark = "&" if "?" in path else "?"
    answer = shared.supervisor().get(f"{path}{mark}limit={limit}")
    assert answer.refused(422, "invalid").fields == ["limit"]


@pytest.mark.parametrize("path", ["/tickets", "/services", "/tickets?date=2020-01-01"])
@pytest.mark.parametrize(
    "cursor", ["x", "", "%00", "AAAA", "LTE=", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "/etc/passwd", "=="]
)
def test_a_cursor_that_nobody_made_is_harmless(shared: Cast, path: str, cursor: str) -> None:
    mark = "&" if "?" in path else "?"
    answer = shared.supervisor().get(f"{path}{mark}cursor={cursor}")
    if answer.status != 200:
        assert answer.refused(422, "invalid").fields == ["cursor"]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/tickets?state=lost", "state"),
        (f"/tickets?q={'x' * 101}", "q"),
        ("/events?after=-1", "after"),
        ("/events?after=x", "after"),
        ("/tickets?" + "&".join(f"a{n}=1" for n in range(30)), "query"),
        ("/tickets?q=%ff", "query"),
    ],
    ids=["state", "q", "negative", "word", "many", "no utf-8"],
)
def test_a_bad_query_is_named(shared: Cast, path: str, field: str) -> None:
    answer = shared.supervisor().get(path)
    assert answer.refused(422, "invalid").fields == [field]


def test_the_journal_comes_in_order_and_in_pages(cast: Cast) -> None:
    kiosk, supervisor = cast.kiosk(), cast.supervisor()
    for _ in range(5):
        kiosk.take().ok()
    every = supervisor.get("/events?limit=1000")
    assert [e["seq"] for e in every.items] == list(range(1, len(every.items) + 1))
    assert every.body["next"] is None
    page = supervisor.get("/events?after=2&limit=2")
    assert [e["seq"] for e in page.items] == [3, 4]
    assert page.body["next"] == "4"
    rest = supervisor.get(f"/events?after={page.body['next']}&limit=1000")
    assert rest.items == every.items[4:]
    assert supervisor.get("/events?after=999999").items == []
    first = every.items[0]
    assert set(first) == {"seq", "at", "actor", "type", "data"}
    assert first["at"].endswith("+07:00")
    assert first["actor"].startswith("token:")
    assert first["data"]["number"] == "A-001"
    assert first["data"]["class"] == "regular"


def test_times_in_the_journal_are_times(cast: Cast) -> None:
    supervisor, until = cast.supervisor(), "2099-01-01T08:00:00.000+07:00"
    supervisor.post("/announcements", {"text": "x", "until": until}).ok()
    date = supervisor.get("/site").body["date"]
    start = cast.nobody().get(f"/services/paspor/slots?date={date}&limit=200").items[-1]["start"]
    cast.nobody().post("/bookings", {"service": "paspor", "start": start}).ok()
    made, booked = supervisor.events()
    assert made["data"]["until"] == until
    assert booked["data"]["slot"]["start"] == start
