"""The judge of the journal: a right journal passes, and every planted fault is named."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from antrean.simulation.journal import Journal
from antrean.simulation.world import Acknowledged
from tests.simulation.halls import hall

Entries = list[dict[str, Any]]
START = datetime(2026, 11, 24, 1, tzinfo=UTC)


class Writer:
    """Writes entries ten seconds apart."""

    def __init__(self) -> None:
        self.entries: Entries = []

    def add(self, kind: str, **data: Any) -> int:
        at = START + timedelta(seconds=10 * len(self.entries))
        self.entries.append(
            {
                "seq": len(self.entries) + 1,
                "at": at.isoformat(timespec="milliseconds"),
                "actor": "token:1",
                "type": kind,
                "data": data,
            }
        )
        return len(self.entries)

    def take(self, number: str, service: str, **members: Any) -> int:
        data = {
            "ticket": number.lower(),
            "number": number,
            "service": service,
            "date": "2026-11-24",
            "channel": "kiosk",
            "class": "regular",
            "journey": [],
            "visit": number.lower(),
        }
        return self.add("ticket.issued", **(data | members))

    def do(self, verb: str, number: str, service: str, counter: str | None, **more: Any) -> int:
        data = {"ticket": number.lower(), "number": number, "service": service} | more
        if counter is not None:
            data["counter"] = counter
        return self.add(f"ticket.{verb}", **data)


def right() -> Entries:
    """A journal with every verb, in which nothing is wrong."""
    w = Writer()
    for counter in ("loket-1", "loket-2", "loket-3"):
        w.add("counter.opened", counter=counter)
    w.take("A-001", "ktp", journey=["kk"])  # 4
    w.take("A-002", "ktp")
    w.take("A-003", "ktp", **{"class": "prioritas"})  # 6
    w.take("C-001", "sim", channel="online")
    slot = {"start": "2026-11-24T01:30:00.000Z", "end": "2026-11-24T02:00:00.000Z"}
    w.add(
        "ticket.booked",
        ticket="b-001",
        number="B-001",
        service="kk",
        date="2026-11-24",
        slot=slot,
        channel="online",
        journey=[],
        visit="b-001",
        **{"class": "regular"},
    )  # 8
    w.do("called", "A-003", "ktp", "loket-1")  # 9
    w.do("recalled", "A-003", "ktp", "loket-1")
    undone = w.do("started", "A-003", "ktp", "loket-1")  # 11
    w.do("undone", "A-003", "ktp", "loket-1", undid=undone)
    w.do("no_show", "A-003", "ktp", "loket-1")  # 13
    w.do("called", "A-001", "ktp", "loket-1")  # 14
    w.do("started", "A-001", "ktp", "loket-1")
    w.do("completed", "A-001", "ktp", "loket-1", next="kk")  # 16
    w.do("requeued", "A-003", "ktp", None, place="back")  # 17
    w.do("deferred", "A-002", "ktp", None, behind="a-003", behind_rank="x")  # 18
    w.do("called", "A-003", "ktp", "loket-2")  # 19
    w.do("held", "A-003", "ktp", "loket-2")
    w.do("checked_in", "B-001", "kk", None)  # 21
    w.do("called", "A-001", "kk", "loket-1")  # 22: before A-002 and B-001 by its rank
    w.do("transferred", "A-001", "kk", "loket-1", to_service="sim", place="front")  # 23
    w.do("resumed", "A-003", "ktp", "loket-1")  # 24
    w.do("completed", "A-003", "ktp", "loket-1", next=None)
    w.do("cancelled", "A-002", "ktp", None)  # 26
    w.add("service.paused", service="ktp")
    w.add("service.opened", service="ktp", cause="hand")
    w.take("A-004", "ktp")  # 29
    w.do("called", "A-001", "sim", "loket-3")  # 30
    w.add("counter.paused", counter="loket-3")
    w.do("expired", "A-001", "sim", "loket-3")
    w.add("counter.closed", counter="loket-3")  # 33
    w.take("A-005", "ktp", visit="a-004")  # 34
    w.do("called", "A-004", "ktp", "loket-2")  # 35
    w.do("called", "B-001", "kk", "loket-1")  # 36: A-005 is passed over beside A-004
    return w.entries


def judged(entries: Entries, since: int = 0) -> list[str]:
    journal = Journal(hall(), since, {"ktp": 600_000, "kk": 600_000, "sim": 600_000})
    journal.fold(entries)
    assert journal.fault_count == len(journal.faults)
    return journal.faults


def test_a_right_journal_has_no_fault() -> None:
    assert judged(right()) == []


def test_every_verb_of_a_ticket_is_in_the_right_journal() -> None:
    kinds = {entry["type"] for entry in right() if entry["type"].startswith("ticket.")}
    assert len(kinds) == 16  # those of the contract


def test_what_was_before_is_not_judged() -> None:
    assert judged(right()[12:], since=12) == []


def test_a_day_is_measured() -> None:
    journal = Journal(hall())
    journal.fold(right())
    figures = journal.figures
    # 100 s to the first call, 60 s in the second line, 70 s in the third
    assert figures.waits["regular"][:3] == [100, 60, 70]
    assert figures.waits["prioritas"] == [30, 20]
    assert figures.services == [20, 60]
    assert journal.states() == {"done": 1, "cancelled": 1, "expired": 1, "called": 2, "waiting": 2}


def _data(entries: Entries, seq: int) -> dict[str, Any]:
    data: dict[str, Any] = entries[seq - 1]["data"]
    return data


def _insert(kind: str, after: int, **data: Any) -> Callable[[Entries], None]:
    """Puts an entry behind the one of seq `after`."""

    def plant(entries: Entries) -> None:
        new = {"type": kind, "data": data, "actor": "x", "at": entries[after - 1]["at"]}
        entries.insert(after, new)
        for place, entry in enumerate(entries, 1):
            entry["seq"] = place
        undone = next(e for e in entries if e["type"] == "ticket.undone")
        undone["data"]["undid"] = undone["seq"] - 1

    return plant


def _remove(seq: int) -> Callable[[Entries], None]:
    def plant(entries: Entries) -> None:
        del entries[seq - 1]
        for place, entry in enumerate(entries, 1):
            entry["seq"] = place

    return plant


def _set(seq: int, **data: Any) -> Callable[[Entries], None]:
    return lambda entries: _data(entries, seq).update(data)


def _later(seq: int, seconds: int) -> Callable[[Entries], None]:
    """The entry and all after it happened later."""

    def plant(entries: Entries) -> None:
        for entry in entries[seq - 1 :]:
            at = datetime.fromisoformat(entry["at"]) + timedelta(seconds=seconds)
            entry["at"] = at.isoformat(timespec="milliseconds")

    return plant


def _ticket(number: str, service: str, **more: Any) -> dict[str, Any]:
    return {"ticket": number.lower(), "number": number, "service": service} | more


@pytest.mark.parametrize(
    ("plant", "expected"),
    [
        (lambda e: e.pop(20), "seq 22 follows 20"),
        (lambda e: e[20].update(at=e[10]["at"]), "seq 21: the time goes back"),
        (_set(5, number="A-003"), "A-003 of 2026-11-24 follows A-001"),
        (_set(5, number="A-001"), "A-001 of 2026-11-24 follows A-001"),
        (_set(5, number="A-2"), "A-2 of 2026-11-24 follows A-001"),
        (_set(4, number="D-001"), "whose letter is A"),
        (_set(5, ticket="a-001"), "is there already"),
        (_remove(28), "was given while ktp was shut"),
        (_remove(4), "of A-001, which nobody took"),
        (_remove(15), "completed of A-001, which is called"),
        (_set(14, ticket="a-002", number="A-002"), "called of A-002 before A-001"),
        (_set(9, ticket="a-001", number="A-001"), "called of A-001 before A-003"),
        (_set(19, ticket="a-002", number="A-002"), "called of A-002 before A-003"),
        (_set(36, **_ticket("A-005", "ktp")), "called of A-005 by call-next, which passes it"),
        (_insert("ticket.called", 7, **_ticket("C-001", "sim", counter="loket-3")), "passes it"),
        (_set(14, counter="loket-3"), "which does not serve ktp"),
        (_set(35, counter="loket-1"), "which has another ticket"),
        (_remove(1), "at loket-1, which is None"),
        (_insert("counter.paused", 8, counter="loket-1"), "at loket-1, which is paused"),
        (_set(15, counter="loket-2"), "at loket-2, where it is not"),
        (_set(16, next=None), "goes on to None, its journey is ('kk',)"),
        (_set(25, next="sim"), "goes on to sim, its journey is ()"),
        (_set(12, undid=9), "undone 9, which was not loket-1's last"),
        (_later(12, 25), "undone after 35 s"),
        (
            _insert("ticket.cancelled", 11, **_ticket("A-003", "ktp", counter="loket-1")),
            "cancelled of A-003, which is serving",
        ),
        (_insert("counter.closed", 9, counter="loket-1"), "was closed with a ticket"),
        (_set(24, service="kk"), "it is A-003 of kk there"),
        (_set(32, counter=None), "which the entry does not name"),
    ],
)
def test_a_planted_fault_is_named(plant: Callable[[Entries], object], expected: str) -> None:
    entries = deepcopy(right())
    plant(entries)
    assert any(expected in fault for fault in judged(entries)), judged(entries)


def test_a_chosen_ticket_may_be_called_out_of_turn() -> None:
    entries = right()
    _set(36, **_ticket("A-005", "ktp"), chosen=True)(entries)
    assert judged(entries) == []


def test_what_was_answered_must_stand_in_the_journal() -> None:
    journal = Journal(hall())
    journal.fold(right())
    journal.check_promises(
        [
            Acknowledged(9, "call-next", "a-003"),
            Acknowledged(33, "close", None),
            Acknowledged(18, "defer", "a-002"),
        ]
    )
    assert journal.faults == []
    journal.check_promises([Acknowledged(37, "start", "a-004")])
    journal.check_promises([Acknowledged(9, "call-next", "a-001")])
    journal.check_promises([Acknowledged(9, "start", "a-003")])
    assert len(journal.faults) == 3


def test_the_list_of_tickets_must_be_that_of_the_journal() -> None:
    journal = Journal(hall())
    journal.fold(right())
    listed = [
        {
            "id": t.id,
            "number": t.number,
            "service": t.service,
            "state": t.state,
            "counter": t.counter,
            "leg": t.leg,
        }
        for t in journal.tickets.values()
    ]
    journal.check_tickets(listed)
    assert journal.faults == []
    wrong = deepcopy(listed)
    wrong[0]["state"] = "waiting"
    wrong[1] = wrong[2]
    journal.check_tickets([*wrong, {"id": "z", "number": "Z-001"}])
    text = "\n".join(journal.faults)
    assert "A-001: the journal says" in text
    assert "A-002 is listed 0 times" in text
    assert "A-003 is listed 2 times" in text
    assert "Z-001 is listed, and nobody took it" in text
