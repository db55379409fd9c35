"""Texts of the hall that are said, between calls."""

from antrean.domain import commands
from tests.hall.stage import ZONE, Stage


def test_a_text_of_the_hall_is_said_once_when_no_call_waits() -> None:
    stage = Stage("depan")
    call = stage.call()
    text = {"id": "Hall tutup pukul 15.00.", "en": "The hall closes at 15.00."}
    stage.do(commands.MakeAnnouncement(announcement="a1", text=text, speak=True))
    stage.settle()
    assert stage.turns() == [call]
    stage.answer("depan")
    assert stage.heard[-1].turn == f"{ZONE}.a1"
    other = stage.call("meja-2")
    assert len(stage.heard) == 2  # it is not cut
    stage.answer("depan")
    assert stage.heard[-1].turn == f"{ZONE}.{other}"
    stage.answer("depan")
    stage.restart()
    stage.join("depan")
    stage.pass_(60)
    assert len(stage.heard) == 3
    assert stage.state.announcements["a1"].spoken == (ZONE,)


def test_a_text_that_shall_not_be_said_is_not() -> None:
    stage = Stage("depan")
    stage.do(commands.MakeAnnouncement(announcement="a1", text={"id": "x", "en": "x"}))
    stage.settle()
    assert stage.heard == []
