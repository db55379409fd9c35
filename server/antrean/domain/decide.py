"""decide(state, command, at) -> Decision: reads everything, changes nothing, raises QueueError.

`at` is never before `state.at`, and every timer due until then has been decided before (`timers`).
"""

from collections.abc import Callable
from typing import Any

from antrean.domain import (
    commands,
    decide_counters,
    decide_hall,
    decide_services,
    decide_tickets,
)
from antrean.domain.commands import Command
from antrean.domain.decision import Decision
from antrean.domain.state import QueueState

__all__ = ["Decision", "decide"]


def decide(state: QueueState, command: Command, at: int) -> Decision:
    """What `command` does at `at`. Raises a QueueError when it is refused; the state is never
    changed.
    """
    return _DECIDE[type(command)](state, command, at)


_DECIDE: dict[type, Callable[[QueueState, Any, int], Decision]] = {
    commands.IssueTicket: decide_tickets.issue,
    commands.BookTicket: decide_tickets.book,
    commands.CheckIn: decide_tickets.check_in,
    commands.CancelTicket: decide_tickets.cancel,
    commands.DeferTicket: decide_tickets.defer,
    commands.RequeueTicket: decide_tickets.requeue,
    commands.TransferTicket: decide_tickets.transfer,
    commands.OpenCounter: decide_counters.open_,
    commands.PauseCounter: decide_counters.pause,
    commands.CloseCounter: decide_counters.close,
    commands.CallNext: decide_counters.call_next,
    commands.CallTicket: decide_counters.call,
    commands.ResumeTicket: decide_counters.resume,
    commands.Recall: decide_counters.recall,
    commands.Start: decide_counters.start,
    commands.Complete: decide_counters.complete,
    commands.MarkNoShow: decide_counters.no_show,
    commands.Hold: decide_counters.hold,
    commands.Transfer: decide_counters.transfer,
    commands.Undo: decide_counters.undo,
    commands.OpenService: decide_services.open_,
    commands.PauseService: decide_services.pause,
    commands.CloseService: decide_services.close,
    commands.MakeAnnouncement: decide_services.announce,
    commands.WithdrawAnnouncement: decide_services.withdraw,
    commands.PairDevice: decide_hall.pair,
    commands.ChangeDevice: decide_hall.change,
    commands.RemoveDevice: decide_hall.remove,
    commands.NoteOnline: decide_hall.note_online,
    commands.ReportDevice: decide_hall.report,
    commands.FailDevice: decide_hall.fail,
    commands.BeginAnnouncement: decide_hall.begin,
    commands.EndAnnouncement: decide_hall.end,
    commands.NoteShown: decide_hall.shown,
    commands.NoteTextSpoken: decide_hall.text_spoken,
    commands.ChangeZone: decide_hall.change_zone,
    commands.AddMedia: decide_hall.add_media,
    commands.RemoveMedia: decide_hall.remove_media,
}
