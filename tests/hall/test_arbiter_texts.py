"""Texts of the hall that are said, between calls."""

from dataclasses import replace

from antrean.domain import commands
from tests.hall.stage import SECONDS, ZONE, Stage


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


LONG = {"id": "Sangat panjang.", "en": "Very long."}


def long_text(stage: Stage, parts: int) -> None:
    stage.parts = parts
    stage.do(commands.MakeAnnouncement(announcement="a1", text=LONG, speak=True))
    stage.settle()


def told(stage: Stage) -> list[str]:
    return [h.turn.removeprefix(f"{ZONE}.") for h in stage.heard]


def said_in(stage: Stage) -> list[str]:
    return list(stage.state.announcements["a1"].spoken)


def test_calls_that_come_meanwhile_go_before_the_rest_of_a_long_text() -> None:
    stage = Stage("depan")
    long_text(stage, parts=3)
    one, other = stage.call(), stage.call("meja-2")
    assert told(stage) == ["a1"]  # it is not cut
    for _ in range(4):
        stage.answer("depan")
    assert told(stage) == ["a1", str(one), str(other), "a1.1", "a1.2"]
    assert said_in(stage) == []
    stage.answer("depan")
    assert said_in(stage) == [ZONE]
    stage.pass_(60)
    assert len(stage.heard) == 5


def test_a_part_that_one_display_cannot_say_another_says() -> None:
    stage = Stage("depan", "samping")
    long_text(stage, parts=2)
    stage.answer("depan")
    stage.answer("depan", "audio")
    assert [(h.device, h.turn) for h in stage.heard[1:]] == [
        ("depan", f"{ZONE}.a1.1"),
        ("samping", f"{ZONE}.a1.1"),
    ]
    stage.answer("samping")
    assert stage.state.announcements["a1"].spoken == (ZONE,)


def test_a_long_text_that_is_withdrawn_is_not_said_to_its_end() -> None:
    stage = Stage("depan")
    long_text(stage, parts=2)
    stage.do(commands.WithdrawAnnouncement(announcement="a1"))
    stage.answer("depan")
    stage.pass_(60)
    assert told(stage) == ["a1"]


def test_a_text_that_is_withdrawn_while_it_is_said_is_not_talked_over() -> None:
    stage = Stage("depan", "belakang")
    long_text(stage, parts=1)
    stage.do(commands.WithdrawAnnouncement(announcement="a1"))
    call = stage.call()
    stage.pass_(SECONDS)
    assert told(stage) == ["a1"]
    stage.answer("depan")
    assert told(stage) == ["a1", str(call)]


def test_one_that_gives_no_word_of_a_withdrawn_text_holds_nothing_up() -> None:
    stage = Stage("depan")
    long_text(stage, parts=1)
    stage.do(commands.WithdrawAnnouncement(announcement="a1"))
    call = stage.call()
    stage.pass_(SECONDS + 3)
    assert told(stage) == ["a1", str(call)]


def test_one_that_goes_while_it_says_a_withdrawn_text_holds_nothing_up() -> None:
    stage = Stage("depan", "belakang")
    long_text(stage, parts=1)
    stage.do(commands.WithdrawAnnouncement(announcement="a1"))
    stage.leave("depan")
    call = stage.call()
    assert told(stage) == ["a1"]  # it goes on for 3 s
    stage.pass_(3.5)
    assert told(stage) == ["a1", str(call)]


def test_after_a_restart_a_long_text_begins_anew() -> None:
    stage = Stage("depan")
    long_text(stage, parts=2)
    stage.answer("depan")
    stage.restart()
    stage.join("depan")
    assert told(stage) == ["a1", "a1.1", "a1"]


def test_a_text_is_said_in_the_zones_that_it_is_for() -> None:
    stage = Stage("depan")
    far = commands.MakeAnnouncement(
        announcement="a1", text={"id": "x", "en": "x"}, zones=("farmasi",), speak=True
    )
    stage.do(far)
    stage.settle()
    assert stage.heard == []
    stage.do(replace(far, announcement="a2", zones=("farmasi", ZONE)))
    stage.settle()
    assert [h.turn for h in stage.heard] == [f"{ZONE}.a2"]


def test_a_text_that_no_display_could_say_is_given_up_and_hinders_no_call() -> None:
    stage = Stage("depan", "belakang")
    text = {"id": "x", "en": "x"}
    stage.do(commands.MakeAnnouncement(announcement="a1", text=text, speak=True))
    stage.settle()
    stage.answer("depan", "audio_failed")
    stage.answer("belakang", "audio_failed")
    assert [h.device for h in stage.heard] == ["depan", "belakang"]
    call = stage.call()
    assert stage.heard[-1].turn == f"{ZONE}.{call}"
    stage.answer("depan")
    stage.pass_(60)
    assert len(stage.heard) == 3
