"""Each rule of the announcements in a zone."""

import pytest

from antrean.domain import commands
from antrean.domain.hall_model import Sound
from antrean.domain.model import TicketState
from tests.hall.stage import DESKS, SECONDS, ZONE, Stage


def test_the_speaker_is_told_at_once_and_its_word_ends_the_announcement() -> None:
    stage = Stage("depan", "belakang")
    call = stage.call()
    assert [(h.device, h.turn) for h in stage.heard] == [("depan", f"{ZONE}.{call}")]
    assert stage.state.announcing[ZONE].call == call
    stage.answer("depan")
    assert ZONE not in stage.state.announcing
    assert stage.ends(call) == [("call.spoken", None)]
    assert len(stage.heard) == 1


def test_calls_are_said_by_seq_and_a_recall_before_all_that_wait() -> None:
    stage = Stage("depan")
    first = stage.call("meja-1")
    second, third = stage.call("meja-2"), stage.call("meja-3")
    again = stage.recall("meja-3")
    assert again > third
    while len(stage.heard) < 3:
        stage.answer("depan")
    assert stage.turns() == [first, again, second]  # in place of the call that waited
    stage.answer("depan")
    assert stage.turns()[3:] == []


def test_recalls_go_among_themselves_by_seq() -> None:
    stage = Stage("depan")
    stage.call("meja-1")
    stage.call("meja-2")
    stage.call("meja-3")
    later = stage.recall("meja-3")
    last = stage.recall("meja-2")
    stage.answer("depan")
    stage.answer("depan")
    assert stage.turns()[1:] == [later, last]


def test_a_recall_of_what_is_being_said_does_not_cut_it() -> None:
    stage = Stage("depan")
    call = stage.call()
    again = stage.recall()
    assert stage.turns() == [call]
    stage.answer("depan")
    assert stage.turns() == [call, again]


@pytest.mark.parametrize("verb", [commands.Start, commands.MarkNoShow, commands.Hold])
def test_a_call_that_ended_while_it_waited_is_not_said(verb: type) -> None:
    stage = Stage("depan")
    first = stage.call("meja-1")
    stage.call("meja-2")
    stage.do(verb(counter="meja-2"))
    stage.answer("depan")
    assert stage.turns() == [first]


def test_a_call_that_waited_a_minute_is_not_said_and_the_journal_says_why() -> None:
    stage = Stage("depan")
    stage.call("meja-1")
    late = stage.call("meja-2")
    for _ in range(7):  # it says one text after another, each confirmed just in time
        stage.recall("meja-1")
        stage.pass_(8.9)
        stage.answer("depan")
    assert late not in stage.turns()
    stage.do(commands.Start(counter="meja-1"))
    stage.pass_(10)
    assert stage.ends(late) == [("call.unspoken", "expired")]


def test_a_backlog_drops_repeats_first_and_then_leaves_the_chime() -> None:
    stage = Stage("depan")
    for desk in DESKS:
        stage.call(desk)
    while len(stage.heard) < len(DESKS):
        stage.answer("depan")
    # the first found nobody waiting; then 11, 10, ... waited, the one that began among them
    assert [h.is_chime for h in stage.heard] == [False] + [True] * 4 + [False] * 7
    assert [h.drops_repeats for h in stage.heard] == [False] + [True] * 8 + [False] * 3


def test_a_call_that_is_handed_on_is_shortened_by_the_backlog_of_then() -> None:
    stage = Stage("depan", "belakang")
    for desk in DESKS[:8]:
        stage.call(desk)
    stage.answer("depan", "audio_failed")
    assert [(h.drops_repeats, h.is_chime) for h in stage.heard] == [(False, False), (True, True)]


def test_a_restart_counts_the_backlog_anew() -> None:
    stage = Stage("depan", "belakang")
    for desk in DESKS[:4]:
        stage.call(desk)
    stage.restart()
    stage.join("belakang")
    stage.pass_(4)
    assert [(h.device, h.drops_repeats) for h in stage.heard] == [
        ("depan", False),
        ("belakang", True),
    ]


def test_without_a_speaker_the_journal_says_so_after_eight_seconds() -> None:
    stage = Stage()
    first = stage.call("meja-1")
    stage.pass_(2)
    second = stage.call("meja-2")
    assert ZONE not in stage.state.announcing
    stage.pass_(5.9)
    assert stage.ends(first) == []
    stage.pass_(0.1)
    assert stage.ends(first) == [("call.unspoken", "no_speaker")]
    assert stage.ends(second) == []
    stage.pass_(2)
    assert stage.ends(second) == [("call.unspoken", "no_speaker")]
    stage.pass_(100)
    assert stage.begins(first) == 0
    assert len(stage.ends(first)) == 1


def test_a_speaker_that_comes_says_what_nobody_could_say() -> None:
    stage = Stage()
    unheard = stage.call("meja-1")
    stage.pass_(9)
    fresh = stage.call("meja-2")
    stage.pass_(2)
    stage.join("depan")
    assert stage.turns() == [unheard]
    stage.answer("depan")
    stage.answer("depan")
    assert stage.turns() == [unheard, fresh]
    assert stage.ends(unheard) == [("call.unspoken", "no_speaker"), ("call.spoken", None)]
    assert stage.ends(fresh) == [("call.spoken", None)]


def test_what_was_told_into_a_dead_line_is_said_when_the_line_is_back() -> None:
    stage = Stage("depan")
    call = stage.call()
    stage.pass_(SECONDS + 3)
    assert stage.ends(call) == [("call.unspoken", "no_answer")]
    stage.report("depan", heard=frozenset({"poli.1"}))
    assert [h.turn for h in stage.heard] == [f"{ZONE}.{call}"] * 2
    stage.answer("depan")
    assert stage.ends(call)[-1] == ("call.spoken", None)


def test_a_line_that_is_back_before_the_answer_was_due_is_told_again() -> None:
    stage = Stage("depan")
    call = stage.call()
    stage.pass_(2)
    stage.report("depan", heard=frozenset())
    assert len(stage.heard) == 2
    stage.answer("depan")
    assert stage.ends(call) == [("call.spoken", None)]


def test_what_it_did_hear_it_is_never_told_again() -> None:
    stage = Stage("depan")
    call = stage.call()
    stage.pass_(SECONDS + 3)
    stage.report("depan", heard=frozenset({f"{ZONE}.{call}"}))
    stage.pass_(60)
    assert len(stage.heard) == 1


def test_a_speaker_that_comes_too_late_says_nothing_old() -> None:
    stage = Stage()
    stage.call()
    stage.pass_(61)
    stage.join("depan")
    assert stage.heard == []


@pytest.mark.parametrize("sound", [Sound.BLOCKED, Sound.OFF])
def test_a_display_without_sound_is_no_speaker(sound: Sound) -> None:
    stage = Stage("depan")
    stage.report("depan", sound)
    stage.join("belakang")
    stage.call()
    assert [h.device for h in stage.heard] == ["belakang"]


def test_a_display_of_another_zone_says_nothing_here() -> None:
    stage = Stage()
    stage.join("apotek", zone="farmasi")
    stage.call()
    assert stage.heard == []


def test_who_comes_later_does_not_take_over_from_who_speaks() -> None:
    stage = Stage("belakang")
    stage.join("depan")
    stage.call()
    stage.answer("belakang")
    stage.report("depan")
    stage.call("meja-2")
    assert [h.device for h in stage.heard] == ["belakang", "belakang"]


def test_unspoken_hands_it_to_another_and_the_journal_has_one_end() -> None:
    stage = Stage("depan", "belakang")
    call = stage.call()
    stage.answer("depan", "audio_failed")
    assert [h.device for h in stage.heard] == ["depan", "belakang"]
    stage.answer("belakang")
    assert stage.ends(call) == [("call.spoken", None)]
    stage.answer("belakang", turn=f"{ZONE}.{call}")
    assert stage.ends(call) == [("call.spoken", None)]


def test_when_all_fail_it_ends_unspoken_with_the_last_code() -> None:
    stage = Stage("depan", "belakang")
    call = stage.call()
    stage.answer("depan", "audio_failed")
    stage.answer("belakang", "no_output")
    assert stage.ends(call) == [("call.unspoken", "no_output")]
    assert stage.begins(call) == 1


def test_one_that_does_not_answer_loses_it_and_speaks_no_more_until_it_reports() -> None:
    stage = Stage("depan", "belakang")
    stage.call("meja-1")
    stage.pass_(SECONDS + 2.9)
    assert len(stage.heard) == 1
    stage.pass_(0.1)
    assert [h.device for h in stage.heard] == ["depan", "belakang"]
    stage.answer("belakang")
    stage.call("meja-2")
    assert stage.heard[-1].device == "belakang"
    stage.answer("belakang")
    stage.report("depan")
    stage.leave("belakang")
    stage.call("meja-3")
    assert stage.heard[-1].device == "depan"


def test_a_socket_that_closes_hands_it_over_within_five_seconds() -> None:
    stage = Stage("depan", "belakang")
    stage.call()
    began = stage.at
    stage.leave("depan")
    stage.pass_(3.4)
    assert len(stage.heard) == 1
    stage.pass_(0.1)
    assert stage.heard[-1].device == "belakang"
    assert stage.heard[-1].at - began <= 5_000


def test_who_is_back_in_time_finishes_what_it_was_saying() -> None:
    stage = Stage("depan", "belakang")
    call = stage.call()
    stage.leave("depan")
    stage.pass_(2)
    stage.screens["depan"].linked = True
    stage.do(commands.NoteOnline(device="depan", online=True))
    stage.report("depan", speaking=f"{ZONE}.{call}")
    stage.pass_(3)
    stage.answer("depan")
    assert len(stage.heard) == 1
    assert stage.ends(call) == [("call.spoken", None)]


def test_who_is_back_without_it_loses_it_and_never_gets_it_twice() -> None:
    stage = Stage("depan")
    call = stage.call()
    stage.leave("depan")
    stage.pass_(1)
    stage.join("depan")
    stage.pass_(60)
    assert len(stage.heard) == 1
    assert stage.ends(call) == [("call.unspoken", "offline")]


def test_one_that_was_cut_off_and_is_alone_says_it_once_more_from_the_beginning() -> None:
    stage = Stage("depan")
    call = stage.call()
    stage.answer("depan", "cut")
    assert len(stage.heard) == 2
    stage.answer("depan", "cut")
    assert len(stage.heard) == 2
    assert stage.ends(call) == [("call.unspoken", "cut")]


def test_one_that_was_cut_off_may_say_so_before_its_report_is_in() -> None:
    stage = Stage("depan")
    call = stage.call()
    stage.restart()
    stage.arbiter.back("depan", stage.at)
    stage.screens["depan"].linked = True
    stage.answer("depan", "cut")
    assert stage.ends(call) == []
    stage.join("depan")
    assert len(stage.heard) == 2
    stage.answer("depan")
    assert stage.ends(call) == [("call.spoken", None)]


def test_the_journal_says_who_was_told_last() -> None:
    stage = Stage("depan", "belakang")
    stage.call()
    stage.answer("depan", "audio_failed")
    stage.answer("belakang", "audio_failed")
    last = [e.event for e in stage.journal if e.event.type == "call.unspoken"][-1]
    assert getattr(last, "device", None) == "belakang"


def test_a_restart_waits_for_the_word_of_who_was_speaking() -> None:
    stage = Stage("depan")
    call = stage.call()
    stage.restart()
    stage.pass_(2)
    stage.screens["depan"].linked = True
    stage.do(commands.NoteOnline(device="depan", online=True))
    stage.report("depan")
    stage.answer("depan", turn=f"{ZONE}.{call}")
    assert len(stage.heard) == 1
    assert stage.ends(call) == [("call.spoken", None)]


def test_after_a_restart_another_says_what_was_not_confirmed() -> None:
    stage = Stage("depan", "belakang")
    call = stage.call()
    stage.restart()
    stage.pass_(1)
    stage.join("belakang")
    stage.pass_(3)
    assert [h.device for h in stage.heard] == ["depan", "belakang"]
    stage.answer("belakang")
    assert stage.ends(call) == [("call.spoken", None)]


def test_a_restart_goes_on_with_what_waited_and_repeats_nothing() -> None:
    stage = Stage("depan")
    first = stage.call("meja-1")
    stage.answer("depan")
    second = stage.call("meja-2")
    third = stage.call("meja-3")
    stage.restart()
    stage.join("depan")
    stage.pass_(1)
    while stage.screens["depan"].saying and stage.ends(third) == []:
        stage.answer("depan")
    assert stage.turns() == [first, second, third]


def test_a_word_that_comes_late_still_counts() -> None:
    stage = Stage("depan")
    call = stage.call()
    stage.pass_(SECONDS + 3)
    assert stage.ends(call) == [("call.unspoken", "no_answer")]
    stage.do(
        commands.EndAnnouncement(
            zone=ZONE, ticket=stage.seated("meja-1").id, call=call, device="depan"
        )
    )
    assert stage.ends(call)[-1] == ("call.spoken", None)
    stage.pass_(60)
    assert len(stage.heard) == 1


def test_who_was_never_asked_cannot_confirm() -> None:
    stage = Stage("depan", "belakang")
    call = stage.call()
    assert not stage.answer("belakang", turn=f"{ZONE}.{call}")
    assert stage.ends(call) == []


def test_nothing_of_the_hall_hinders_undo() -> None:
    stage = Stage("depan")
    call = stage.call()
    stage.do(commands.NoteShown(device="depan", call=call))
    stage.answer("depan")
    ticket = stage.seated("meja-1")
    stage.do(commands.Undo(counter="meja-1"))
    assert stage.state.tickets[ticket.id].state is TicketState.WAITING
    stage.pass_(60)
    assert stage.turns() == [call]


def test_only_the_first_display_that_drew_a_call_is_noted() -> None:
    stage = Stage("depan", "belakang")
    call = stage.call()
    stage.do(commands.NoteShown(device="belakang", call=call))
    stage.do(commands.NoteShown(device="depan", call=call))
    shown = [e.event for e in stage.journal if e.event.type == "call.shown"]
    assert [getattr(e, "device", "") for e in shown] == ["belakang"]
