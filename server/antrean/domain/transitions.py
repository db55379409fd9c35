"""The life of a ticket as one table; everything that depends on a ticket's state looks here.

`docs/ticket-states.svg` is drawn from TABLE. `completed` also leads back to `waiting` when a leg
of the journey is left, and `undone` restores any earlier state: the two rules that a table of
(state, event) cannot show.
"""

from types import MappingProxyType

from antrean.domain.errors import Code, Refused
from antrean.domain.model import TicketState as S

TABLE: MappingProxyType[str, MappingProxyType[S, S]] = MappingProxyType(
    {
        event: MappingProxyType(moves)
        for event, moves in {
            "checked_in": {S.BOOKED: S.WAITING, S.WAITING: S.WAITING},
            "called": {S.WAITING: S.CALLED, S.HELD: S.CALLED, S.NO_SHOW: S.CALLED},
            "recalled": {S.CALLED: S.CALLED},
            "started": {S.CALLED: S.SERVING},
            "completed": {S.SERVING: S.DONE},
            "no_show": {S.CALLED: S.NO_SHOW},
            "held": {S.CALLED: S.HELD, S.SERVING: S.HELD},
            "resumed": {S.HELD: S.SERVING},
            "requeued": {S.HELD: S.WAITING, S.NO_SHOW: S.WAITING},
            "deferred": {S.WAITING: S.WAITING},
            "transferred": {
                S.CALLED: S.WAITING,
                S.SERVING: S.WAITING,
                S.WAITING: S.WAITING,
                S.HELD: S.WAITING,
                S.NO_SHOW: S.WAITING,
            },
            "cancelled": {
                S.BOOKED: S.CANCELLED,
                S.WAITING: S.CANCELLED,
                S.CALLED: S.CANCELLED,
                S.HELD: S.CANCELLED,
                S.NO_SHOW: S.CANCELLED,
            },
            "expired": {
                S.BOOKED: S.EXPIRED,
                S.WAITING: S.EXPIRED,
                S.CALLED: S.EXPIRED,
                S.SERVING: S.EXPIRED,
                S.HELD: S.EXPIRED,
                S.NO_SHOW: S.EXPIRED,
            },
        }.items()
    }
)


def move(state: S, event: str) -> S:
    """The state after `event`. Raises Refused(invalid_state) where the table has no arrow."""
    after = TABLE[event].get(state)
    if after is None:
        raise Refused(Code.INVALID_STATE, state=state.value, event=event)
    return after
