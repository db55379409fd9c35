"""What a board and a counter say of a call: announced, sent elsewhere, next, shown, spoken."""

from typing import Any

import pytest

from antrean import shapes
from antrean.domain import commands
from antrean.domain.commands import Command
from antrean.domain.model import Place
from tests.views.hall import text
from tests.views.watched import Watched, at

LAB, GIGI, KASIR = "lab", "gigi", "kasir"


@pytest.fixture
def hall() -> Watched:
    hall = Watched()
    hall.open("lab-1", "lab-2", "kasir-1")
    return hall


# what is announced
def test_a_zone_says_what_it_announces_from_the_beginning_to_the_end(hall: Watched) -> None:
    hall.issue("t1")
    call = hall.call()
    assert "announcing" not in hall.board()
    announcing = {"number": "A-001", "counter": "lab-1", "seq": call}
    assert hall.begin("t1", call) == {"zone:barat": {"announcing": announcing}}
    told = hall.end("t1", call)
    assert told["zone:barat"] == {"announcing": None}
    assert set(told) == {"zone:barat", "counter:lab-1", "site"}


def test_a_call_of_two_zones_is_announced_in_each_for_itself(hall: Watched) -> None:
    hall.issue("t1")
    call = hall.call("lab-2")  # it stands in the zone timur, its service belongs to barat
    hall.begin("t1", call, "timur")
    assert ("announcing" in hall.board(), "announcing" in hall.board("timur")) == (False, True)
    hall.begin("t1", call, "barat")
    assert hall.board()["announcing"] == hall.board("timur")["announcing"]
    assert set(hall.end("t1", call, zone="timur")) == {"zone:timur", "counter:lab-2", "site"}
    assert "announcing" in hall.board()


def test_what_is_announced_stays_when_its_call_is_undone_and_ends_with_its_day(
    hall: Watched,
) -> None:
    hall.issue("t1")
    call = hall.call()
    hall.begin("t1", call)
    told = hall.act(commands.Undo(counter="lab-1"))
    assert told["zone:barat"]["calls"] == {"A-001": None}
    assert hall.board()["announcing"]["seq"] == call
    hall.take(hall.next_day())
    assert "announcing" not in hall.board()
    # a display that answers after midnight tells nobody anything
    assert hall.act(commands.EndAnnouncement(zone="barat", ticket="t1", call=call)) == {}


# where one who was called goes now
def to(hall: Watched, number: str = "A-001") -> Any:
    shown = [
        z["calls"][number].get("to")
        for z in (hall.board(), hall.board("timur"))
        if number in z["calls"]
    ]
    assert all(one == shown[0] for one in shown)
    return shown[0]


def test_a_transferred_call_says_where_to_go_until_it_is_called_there(hall: Watched) -> None:
    hall.issue("t1")
    hall.call()
    assert to(hall) is None
    told = hall.act(commands.Transfer(counter="lab-1", service=KASIR))
    # The service's own zone: a board of barat has no other fact of it.
    where = {
        "service": KASIR,
        "service_name": text("Kasir"),
        "agency_short": text("ban"),
        "zone": "timur",
        "zone_name": text("timur"),
    }
    assert told["zone:barat"]["calls"] == {"A-001": {"state": "waiting", "to": where}}
    hall.act(commands.TransferTicket(ticket="t1", service=GIGI, to_counter="lab-2"))
    # The zone of the counter, where one is named: gigi belongs to barat, lab-2 stands in timur.
    assert to(hall) == {
        "service": GIGI,
        "service_name": text("Gigi"),
        "agency_short": text("kli"),
        "zone": "timur",
        "zone_name": text("timur"),
        "counter_label": "2",
    }
    hall.act(commands.TransferTicket(ticket="t1", service=KASIR))
    assert to(hall) == where
    hall.act(commands.CallTicket(counter="kasir-1", ticket="t1"))
    assert to(hall) is None
    # in the zone of its first counter it was no more than the call that went on
    assert "A-001" not in hall.board()["calls"]
    hall.act(commands.Undo(counter="kasir-1"))
    assert to(hall) == where


def test_the_next_leg_and_a_certain_counter_of_the_own_line_are_places_to_go(hall: Watched) -> None:
    hall.issue("t1", journey=(KASIR,))
    hall.call()
    hall.act(commands.Start(counter="lab-1"))
    hall.act(commands.Complete(counter="lab-1"))
    assert to(hall)["service"] == KASIR
    hall.issue("t2")
    hall.call()
    hall.act(commands.Transfer(counter="lab-1", to_counter="lab-2", service=LAB))
    found = to(hall, "A-002")
    assert (found["service"], found["zone"], found["counter_label"]) == (LAB, "timur", "2")


@pytest.mark.parametrize(
    "back",
    [
        commands.Transfer(counter="lab-1", service=LAB),
        commands.Transfer(counter="lab-1", to_counter="lab-1", service=LAB),
    ],
)
def test_one_who_returned_to_the_own_line_is_sent_nowhere(hall: Watched, back: Command) -> None:
    hall.issue("t1")
    hall.call()
    hall.act(back)
    assert hall.board()["calls"]["A-001"]["state"] == "waiting"
    assert to(hall) is None


def test_one_who_comes_back_to_the_line_of_the_call_is_sent_nowhere_any_more(hall: Watched) -> None:
    hall.issue("t1")
    hall.call()
    hall.act(commands.Transfer(counter="lab-1", service=KASIR))
    told = hall.act(commands.TransferTicket(ticket="t1", service=LAB))
    assert told["zone:barat"]["calls"] == {"A-001": {"to": None}}
    hall.act(commands.TransferTicket(ticket="t1", service=KASIR))
    hall.act(commands.CancelTicket(ticket="t1"))
    assert hall.board()["calls"] == {}


# who is next
def test_a_service_names_the_first_three_that_wait(hall: Watched) -> None:
    assert hall.board()["services"][LAB]["next"] == []
    for n in range(1, 5):
        hall.issue(f"t{n}")
        assert ("next" in hall.told["zone:barat"]["services"][LAB]) == (n < 4)
    assert hall.board()["services"][LAB]["next"] == ["A-001", "A-002", "A-003"]
    hall.call()
    assert hall.told["zone:barat"]["services"] == {
        LAB: {"waiting": 3, "next": ["A-002", "A-003", "A-004"]}
    }
    hall.act(commands.DeferTicket(ticket="t2", behind=1))
    assert hall.told["zone:barat"] == {"services": {LAB: {"next": ["A-003", "A-002", "A-004"]}}}
    hall.act(commands.Transfer(counter="lab-1", service=LAB, place=Place.FRONT))
    assert hall.board()["services"][LAB]["next"] == ["A-001", "A-003", "A-002"]
    hall.take(hall.next_day())
    assert hall.board()["services"][LAB]["next"] == []


# what became of a call
def test_a_counters_ticket_says_when_its_call_was_shown_and_spoken(hall: Watched) -> None:
    hall.pair("tv1")
    hall.issue("t1")
    call = hall.call()
    assert hall.seated() == {}
    told = hall.act(commands.NoteShown(device="tv1", call=call), 500)
    assert told == {
        "counter:lab-1": {"ticket": {"shown_at": at(1.5)}},
        "site": {"counters": {"lab-1": {"ticket": {"shown_at": at(1.5)}}}},
    }
    hall.begin("t1", call)
    hall.act(commands.Start(counter="lab-1"))
    told = hall.end("t1", call)
    assert told["counter:lab-1"] == {"ticket": {"spoken_at": at(3.5)}}
    assert hall.seated() == {"shown_at": at(1.5), "spoken_at": at(3.5)}
    hall.act(commands.Complete(counter="lab-1"))
    hall.act(commands.Undo(counter="lab-1"))
    assert hall.seated() == {"shown_at": at(1.5), "spoken_at": at(3.5)}
    hall.act(commands.Hold(counter="lab-1"))
    assert "shown_at" not in shapes.ticket(hall.state, hall.state.tickets["t1"], hall.at)
    hall.act(commands.ResumeTicket(counter="kasir-1", ticket="t1"))
    assert hall.seated("kasir-1")["spoken_at"] == at(3.5)


def test_a_recall_has_still_to_be_shown_and_spoken(hall: Watched) -> None:
    hall.pair("tv1")
    hall.issue("t1")
    call = hall.call()
    hall.act(commands.NoteShown(device="tv1", call=call))
    hall.begin("t1", call)
    hall.end("t1", call)
    told = hall.act(commands.Recall(counter="lab-1"))
    assert told["counter:lab-1"] == {"ticket": {"recalls": 1, "shown_at": None, "spoken_at": None}}
    assert hall.seated() == {}


def test_a_call_that_could_not_be_said_says_why_until_it_is_said_after_all(hall: Watched) -> None:
    hall.issue("t1")
    call = hall.call()
    hall.begin("t1", call)
    told = hall.end("t1", call, "no_speaker")
    assert told["counter:lab-1"] == {"ticket": {"unspoken": "no_speaker"}}
    hall.pair("tv1")
    told = hall.begin("t1", call)
    assert told["counter:lab-1"] == {"ticket": {"unspoken": None}}
    hall.end("t1", call, "no_answer")
    told = hall.end("t1", call)
    assert told["counter:lab-1"] == {
        "ticket": {"unspoken": None, "spoken_at": hall.seated()["spoken_at"]}
    }


def test_a_call_of_two_zones_is_spoken_when_one_did_and_unspoken_when_neither_could(
    hall: Watched,
) -> None:
    for n, answers in (
        ("1", {"barat": "no_speaker", "timur": "offline"}),
        ("2", {"barat": "no_speaker", "timur": None}),
        ("3", {"timur": None, "barat": "offline"}),
    ):
        hall.issue(f"t{n}")
        call = hall.call("lab-2")
        for zone in answers:
            hall.begin(f"t{n}", call, zone)
        for zone, code in answers.items():
            assert "unspoken" not in hall.seated("lab-2")
            hall.end(f"t{n}", call, code, zone)
        seated = hall.seated("lab-2")
        assert seated.get("unspoken") == ("no_speaker" if n == "1" else None)
        assert ("spoken_at" in seated) == (n != "1")
        hall.act(commands.MarkNoShow(counter="lab-2"))


def test_nothing_of_a_call_hinders_undo(hall: Watched) -> None:
    hall.pair("tv1")
    hall.issue("t1")
    call = hall.call()
    hall.act(commands.NoteShown(device="tv1", call=call))
    hall.begin("t1", call)
    hall.act(commands.Undo(counter="lab-1"))
    assert hall.state.tickets["t1"].state == "waiting"
    hall.end("t1", call)
    assert hall.call() != call
    assert hall.seated() == {}
