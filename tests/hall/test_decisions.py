"""What the journal takes of the hall, and what it does not: commands that come late or twice."""

import pytest

from antrean.domain import calendar, commands, events, hall
from antrean.domain.commands import Command
from antrean.domain.hall import CALL_LIVES_MS
from antrean.domain.hall_model import DeviceSettings, Sound
from tests.hall.stage import SECONDS, ZONE, Stage

TEXT = {"id": "Tutup pukul 15.00", "en": "Closes at 15.00"}


def end(stage: Stage, call: int, device: str | None = None, code: str | None = None) -> int:
    """How many entries come of it."""
    ticket = next(t.id for t in stage.state.tickets.values() if t.call and t.call.seq == call)
    command = commands.EndAnnouncement(
        zone=ZONE, ticket=ticket, call=call, device=device, code=code
    )
    return len(stage.do(command).events)


# announcements
def test_nothing_begins_while_another_call_is_announced() -> None:
    stage = Stage("depan")
    first, second = stage.call("meja-1"), stage.call("meja-2")
    begin = commands.BeginAnnouncement(
        zone=ZONE, ticket=stage.seated("meja-2").id, call=second, device="depan"
    )
    assert stage.do(begin).events == ()
    assert stage.state.announcing[ZONE].call == first


def test_a_late_word_does_not_end_what_is_said_now() -> None:
    stage = Stage("depan", "belakang")
    first = stage.call("meja-1")
    stage.answer("depan", "audio_failed")
    stage.answer("belakang", "audio_failed")
    second = stage.call("meja-2")
    assert end(stage, first, "depan") == 1
    assert stage.ends(first)[-1] == ("call.spoken", None)
    assert stage.state.announcing[ZONE].call == second


def test_a_call_that_waits_cannot_have_been_said() -> None:
    stage = Stage("depan")
    stage.call("meja-1")
    waiting = stage.call("meja-2")
    assert end(stage, waiting, "depan") == 0


def test_only_who_may_have_been_told_by_nobody_waits_again() -> None:
    stage = Stage("depan")
    call = stage.call()
    stage.answer("depan", "audio_failed")
    assert end(stage, call, code="no_speaker") == 0
    again = stage.recall()
    stage.pass_(SECONDS + 3)
    assert stage.ends(again) == [("call.unspoken", "no_answer")]
    assert end(stage, again, code="no_speaker") == 1


def test_the_end_of_a_call_leaves_its_recall_as_it_is() -> None:
    stage = Stage("depan")
    stage.call()
    again = stage.recall()
    stage.do(commands.NoteShown(device="depan", call=again))
    stage.answer("depan")  # the call that was said meanwhile
    hearing = stage.state.hearings[stage.seated("meja-1").id, ZONE]
    assert (hearing.call, hearing.shown_by) == (again, "depan")


LEFT: dict[str, Command] = {
    "missed": commands.MarkNoShow(counter="meja-1"),
    "held": commands.Hold(counter="meja-1"),
    "done": commands.Complete(counter="meja-1"),
}


@pytest.mark.parametrize("way", LEFT)
def test_a_call_that_was_drawn_counts_although_the_clerk_was_faster(way: str) -> None:
    """The number stands on the board still, as called last."""
    stage = Stage("depan")
    call = stage.call()
    if way == "done":
        stage.do(commands.Start(counter="meja-1"))
    stage.do(LEFT[way])
    shown = commands.NoteShown(device="depan", call=call)
    (event,) = stage.do(shown).events
    assert isinstance(event, events.CallShown)
    assert event.call == call
    assert stage.do(shown).events == ()


def test_what_a_display_finds_as_called_last_long_ago_was_not_shown_in_time() -> None:
    stage = Stage("depan")
    call = stage.call()
    stage.do(commands.MarkNoShow(counter="meja-1"))
    stage.pass_(CALL_LIVES_MS / 1000)
    assert stage.do(commands.NoteShown(device="depan", call=call)).events == ()


def test_a_call_that_was_taken_back_or_called_again_is_not_shown() -> None:
    """What the display draws by now is the recall, or nothing."""
    stage = Stage("depan")
    call = stage.call()
    again = stage.recall()
    assert stage.do(commands.NoteShown(device="depan", call=call)).events == ()
    stage.do(commands.Undo(counter="meja-1"))
    assert stage.do(commands.NoteShown(device="depan", call=again)).events == ()


def test_a_text_is_said_once_in_a_zone() -> None:
    stage = Stage()
    stage.do(commands.MakeAnnouncement(announcement="a1", text=TEXT, speak=True))
    said = commands.NoteTextSpoken(announcement="a1", zone=ZONE, device="depan")
    assert len(stage.do(said).events) == 1
    assert stage.do(said).events == ()


def test_with_the_day_goes_what_was_said_in_it() -> None:
    stage = Stage("depan")
    stage.call()
    stage.answer("depan")
    assert stage.state.hearings
    stage.wait(24 * 3_600_000)
    assert stage.state.hearings == {}


def test_a_call_that_is_said_as_the_day_ends_ends_unspoken_with_it() -> None:
    stage = Stage("depan")
    stage.wait(24 * 3_600_000)
    stage.open("meja-1")
    day_ends = calendar.day_end(stage.state.catalogue.site, stage.state.date)
    stage.wait(day_ends - stage.at - 1_000)
    call = stage.call()
    assert stage.state.announcing[ZONE].call == call
    stage.pass_(1)
    assert stage.ends(call) == [("call.unspoken", "ended")]
    assert stage.state.announcing == {}
    stage.answer("depan")
    assert len(stage.ends(call)) == 1


# displays
def test_who_speaks_goes_on_to_when_it_reports_something_new() -> None:
    stage = Stage("depan", "belakang")
    stage.do(commands.ReportDevice(device="depan", sound=Sound.ON, version="2"))
    speaker = hall.speaker(stage.state, ZONE)
    assert speaker is not None
    assert speaker.id == "depan"


def test_a_display_that_was_paired_is_not_paired_again() -> None:
    stage = Stage("depan")
    again = commands.PairDevice(
        device="depan", code_is_known=True, name="x", zone=ZONE, settings=DeviceSettings()
    )
    assert stage.do(again).events == ()
    assert stage.state.devices["depan"].name == "depan"
