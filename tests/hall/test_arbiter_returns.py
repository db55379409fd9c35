"""How long an arbiter waits for a display that went, and whose word still counts."""

from antrean.domain import commands
from antrean.domain.hall import CALL_LIVES_MS, NOBODY_SPEAKS_MS
from antrean.domain.hall_model import EXPIRED, NO_ANSWER, NO_SPEAKER, OFFLINE
from antrean.hall.arbiter import LONGEST_MS, LOST_MS
from tests.hall.stage import SECONDS, ZONE, Stage


def back(
    stage: Stage, name: str, speaking: str | None = None, heard: frozenset[str] | None = None
) -> None:
    """Its socket is there again, and it reports."""
    stage.screens[name].linked = True
    stage.do(commands.NoteOnline(device=name, online=True))
    stage.report(name, speaking=speaking, heard=heard)


def test_one_that_is_alone_is_waited_for_until_its_answer_is_due() -> None:
    """There is no hurry: it may be saying it to the end."""
    stage = Stage("depan")
    call = stage.call()
    stage.leave("depan")
    stage.pass_(SECONDS + 1)
    back(stage, "depan", speaking=f"{ZONE}.{call}")
    stage.answer("depan")
    assert stage.ends(call) == [("call.spoken", None)]


def test_one_that_is_back_and_says_nothing_is_not_waited_for_any_longer() -> None:
    stage = Stage("depan", "belakang")
    call = stage.call()
    stage.leave("depan")
    back(stage, "depan")
    stage.pass_(1)  # in which it could have confirmed
    assert [h.device for h in stage.heard] == ["depan", "belakang"]
    stage.answer("belakang")
    assert stage.ends(call) == [("call.spoken", None)]


def test_a_restart_that_forgot_how_long_a_phrase_is_lets_it_end() -> None:
    stage = Stage("depan")
    call = stage.call()
    stage.restart()
    back(stage, "depan", speaking=f"{ZONE}.{call}")
    stage.pass_(LONGEST_MS / 1000 - 1)
    assert stage.ends(call) == []
    stage.answer("depan")
    assert stage.ends(call) == [("call.spoken", None)]
    assert len(stage.heard) == 1


def test_after_a_start_nobody_talks_over_who_says_that_it_is_speaking() -> None:
    """Three times in two languages with gaps of ten seconds is longer than it is waited for when
    nobody says anything."""
    stage = Stage("depan", "belakang")
    call = stage.call()
    stage.restart()
    back(stage, "depan", speaking=f"{ZONE}.{call}")
    back(stage, "belakang", heard=frozenset())
    stage.pass_(LOST_MS / 1000 + 20)
    assert [h.device for h in stage.heard] == ["depan"]
    stage.answer("depan")
    assert stage.ends(call) == [("call.spoken", None)]


def test_after_a_start_nobody_talks_over_who_had_taken_over() -> None:
    """The journal has when the first one began."""
    stage = Stage("depan", "belakang")
    call = stage.call()
    turn = frozenset({f"{ZONE}.{call}"})
    stage.pass_(SECONDS + 3)
    assert [h.device for h in stage.heard] == ["depan", "belakang"]
    stage.restart()
    back(stage, "depan", heard=turn)
    back(stage, "belakang", speaking=f"{ZONE}.{call}", heard=turn)
    stage.pass_(LOST_MS / 1000)
    assert stage.ends(call) == []
    stage.pass_(LONGEST_MS / 1000)
    assert stage.ends(call) == [("call.unspoken", NO_ANSWER)]
    assert len(stage.heard) == 2


def test_after_a_start_who_was_told_before_is_not_asked_again() -> None:
    stage = Stage("depan", "belakang")
    call = stage.call()
    stage.answer("depan", "audio_failed")
    turn = frozenset({f"{ZONE}.{call}"})
    stage.restart()
    back(stage, "depan", heard=turn)
    back(stage, "belakang", speaking=f"{ZONE}.{call}", heard=turn)
    stage.answer("belakang", "audio_failed")
    assert [h.device for h in stage.heard] == ["depan", "belakang"]
    assert stage.ends(call) == [("call.unspoken", "audio_failed")]


def test_a_call_is_told_of_in_time_while_a_restart_waits_for_who_was_speaking() -> None:
    stage = Stage("depan")
    stage.call("meja-1")
    stage.restart()
    other = stage.call("meja-2")
    stage.pass_(NOBODY_SPEAKS_MS / 1000 - 0.1)
    assert stage.ends(other) == []
    stage.pass_(0.1)
    assert stage.ends(other) == [("call.unspoken", NO_SPEAKER)]


def test_a_call_grows_too_old_while_another_is_said() -> None:
    stage = Stage("depan")
    stage.call("meja-1")
    stage.restart()
    other = stage.call("meja-2")
    back(stage, "depan", speaking=stage.heard[0].turn)
    stage.pass_(CALL_LIVES_MS / 1000 - 0.1)
    assert stage.ends(other) == []
    stage.pass_(0.1)
    assert stage.ends(other) == [("call.unspoken", EXPIRED)]


def test_after_a_start_other_displays_are_on_their_way_back_too() -> None:
    """Each tries every two seconds: who is first may not be the one that can say it."""
    stage = Stage("depan", "belakang")
    call = stage.call()
    stage.restart()
    back(stage, "depan")
    stage.pass_(2)
    assert stage.ends(call) == []
    stage.join("belakang")
    assert [h.device for h in stage.heard] == ["depan", "belakang"]
    stage.answer("belakang")
    assert stage.ends(call) == [("call.spoken", None)]


def test_after_a_start_it_may_be_said_by_another_than_who_was_asked_first() -> None:
    """The journal knows the first alone."""
    stage = Stage("depan", "belakang", "samping")
    call = stage.call()
    stage.answer("depan", "audio_failed")
    stage.restart()
    back(stage, "samping")
    back(stage, "belakang", speaking=f"{ZONE}.{call}")
    back(stage, "depan")
    stage.pass_(5)
    assert [h.device for h in stage.heard] == ["depan", "belakang"]
    stage.answer("belakang")
    assert stage.ends(call) == [("call.spoken", None)]


def test_after_a_start_another_than_who_was_asked_first_may_confirm() -> None:
    stage = Stage("depan", "belakang", "samping")
    call = stage.call()
    stage.answer("depan", "audio_failed")
    stage.restart()
    back(stage, "samping")
    back(stage, "belakang")
    stage.answer("belakang")
    stage.pass_(5)
    assert stage.ends(call) == [("call.spoken", None)]
    assert [h.device for h in stage.heard] == ["depan", "belakang"]


def test_after_a_start_nobody_is_waited_for_in_vain() -> None:
    stage = Stage("depan", "belakang")
    call = stage.call()
    stage.restart()
    back(stage, "depan")
    stage.pass_(4)
    assert stage.ends(call) == [("call.unspoken", OFFLINE)]


def test_who_said_that_it_could_not_has_no_later_word() -> None:
    stage = Stage("depan", "belakang")
    call = stage.call()
    stage.pass_(SECONDS + 3)
    stage.answer("belakang", "audio_failed")
    assert stage.ends(call) == [("call.unspoken", "audio_failed")]
    assert stage.arbiter.may_confirm("depan", f"{ZONE}.{call}")
    assert not stage.arbiter.may_confirm("belakang", f"{ZONE}.{call}")
