"""A day is drawn from its seed alone, and is a day as malls have it."""

from collections import Counter as Count
from dataclasses import replace

import pytest

from antrean.catalogue import parse
from antrean.simulation import mall
from antrean.simulation.plan import CALL_FATES, DESK_FATES, OWN_FATES, make_plan
from tests.simulation.halls import hall, service


def test_the_same_seed_is_the_same_day() -> None:
    assert make_plan(hall(), 7, 300) == make_plan(hall(), 7, 300)


def test_another_seed_is_another_day() -> None:
    assert make_plan(hall(), 7, 300) != make_plan(hall(), 8, 300)


@pytest.mark.parametrize("tickets", [1, 2, 299])
def test_a_day_has_as_many_tickets_as_were_asked_for(tickets: int) -> None:
    plan = make_plan(hall(), 1, tickets)
    assert sorted(v.index for v in plan.visitors) == list(range(tickets))
    assert [c.counter for c in plan.clerks] == ["loket-1", "loket-2", "loket-3"]


def test_visitors_come_in_order_and_within_the_hours_of_their_service() -> None:
    short = service("kk", "B", hours=((540, 600), (780, 840)))
    changed = replace(hall(), services={**hall().services, "kk": short})
    visitors = make_plan(changed, 3, 2000).visitors
    assert [v.comes for v in visitors] == sorted(v.comes for v in visitors)
    for visitor in visitors:
        minute = changed.opens + visitor.comes / 60
        hours = changed.services[visitor.service].hours
        assert any(begin <= minute < end for begin, end in hours), visitor


def test_every_kind_of_visitor_and_of_mishap_occurs() -> None:
    visitors = make_plan(hall(), 1, 5000).visitors
    for table, name in ((CALL_FATES, "call"), (DESK_FATES, "desk"), (OWN_FATES, "own")):
        assert sum(table.values()) == pytest.approx(1)
        drawn = Count(getattr(v, name) for v in visitors)
        for fate, share in table.items():
            assert drawn[fate] / 5000 == pytest.approx(share, abs=0.02), fate
            assert drawn[fate] > 0, fate
    assert {v.channel for v in visitors} == {"kiosk", "online", "booked", "desk"}
    assert {v.place for v in visitors} == {"keep", "front", "back"}
    assert {len(v.journey) for v in visitors if v.journey is not None} == {0, 1, 2}
    for trait in (
        [v for v in visitors if v.class_id == "prioritas" and v.reason == "lansia"],
        [v for v in visitors if v.name and v.phone],
        [v for v in visitors if v.stays_away],
        [v for v in visitors if v.anonymous],
        [v for v in visitors if v.by_number],
        [v for v in visitors if v.follows],
    ):
        assert 0 < len(trait) < 5000


def test_a_companion_comes_right_after_the_first_ticket_of_the_visit() -> None:
    visitors = {v.index: v for v in make_plan(hall(), 1, 3000).visitors}
    companions = [v for v in visitors.values() if v.companion is not None]
    assert companions
    for companion in companions:
        first = visitors[companion.companion or 0]
        assert first.channel == "kiosk"
        assert 0 < companion.comes - first.comes < 60


def test_nobody_books_or_takes_what_cannot_be_had() -> None:
    services = {
        "ktp": service("ktp", "A", bookable=False),
        "kk": service("kk", "B", channels=("desk",)),
        "sim": service("sim", "C", operating=False),
    }
    visitors = make_plan(replace(hall(), services=services), 1, 1500).visitors
    taken = {(v.service, v.channel) for v in visitors}
    assert {channel for name, channel in taken if name == "kk"} == {"desk"}
    assert ("ktp", "booked") not in taken
    assert not [v for v in visitors if v.service == "sim"]


@pytest.mark.parametrize(("counters", "tickets"), [(1, 1), (6, 60), (24, 800), (60, 5000)])
def test_the_mall_has_the_counters_that_were_asked_for(counters: int, tickets: int) -> None:
    text = mall.catalogue(counters, tickets, "Etc/GMT-7")
    assert text == mall.catalogue(counters, tickets, "Etc/GMT-7")
    catalogue = parse(text, "mall.toml")
    assert len(catalogue.counters) == counters
    assert {s for c in catalogue.counters.values() for s in c.services} == set(catalogue.services)
    if counters == 60:
        assert len(catalogue.agencies) == 17
        assert {len(s.prefix) for s in catalogue.services.values()} == {1, 2, 3}
        assert any(s.bookable for s in catalogue.services.values())
        assert any(s.journey for s in catalogue.services.values())


def test_the_work_of_a_full_day_fits_into_its_counters() -> None:
    catalogue = parse(mall.catalogue(60, 5000, "Etc/GMT"), "mall.toml")
    mean = sum(s.service_ms for s in catalogue.services.values()) / len(catalogue.services)
    assert 0.4 < 5000 * mean / 60_000 / (60 * 480) < 0.9
