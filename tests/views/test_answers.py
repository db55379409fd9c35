"""What the answer of a command names."""

from antrean import shapes
from antrean.domain import commands
from antrean.domain.decide import decide
from antrean.domain.model import Clerk
from tests.views.hall import Hall, text

SARI = Clerk("user:sari", "sari", "Sari Dewi")


def answer(hall: Hall, command: commands.Command) -> shapes.Json:
    """The answer of a command, as the engine gives it."""
    decision = decide(hall.state, command, hall.at)
    hall.do(command)
    return shapes.answer(hall.state, decision, hall.state.seq, hall.at)


def test_an_answer_names_what_was_acted_on() -> None:
    hall = Hall()
    taken = answer(hall, commands.IssueTicket(ticket="t", service="lab", channel="kiosk"))
    assert (sorted(taken), taken["seq"], taken["ticket"]["id"]) == (["seq", "ticket"], 1, "t")
    opened = answer(hall, commands.OpenCounter(counter="lab-1", clerk=SARI))
    assert sorted(opened) == ["counter", "seq", "ticket"]
    assert opened["ticket"] is None
    called = answer(hall, commands.CallNext(counter="lab-1"))
    assert called["ticket"]["id"] == called["counter"]["ticket"]["id"] == "t"
    held = answer(hall, commands.Hold(counter="lab-1"))
    assert (held["ticket"]["state"], held["counter"]["ticket"]) == ("held", None)
    paused = answer(hall, commands.PauseService(service="lab"))
    assert (sorted(paused), paused["service"]["status"]) == (["seq", "service"], "paused")


def test_an_announcement_is_named_also_by_the_answer_that_withdraws_it() -> None:
    hall = Hall()
    made = answer(
        hall,
        commands.MakeAnnouncement(announcement="a", text=text("Halo"), zones=("barat",)),
    )
    assert made["announcement"] == {
        "id": "a",
        "text": text("Halo"),
        "zones": ["barat"],
        "until": None,
        "speak": False,
        "full_screen": False,
    }
    gone = answer(hall, commands.WithdrawAnnouncement(announcement="a"))
    assert gone == {"seq": 2, "announcement": made["announcement"]}
