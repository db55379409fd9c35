"""Who is called or serving in a zone, and the last ones of it that were."""

from bisect import bisect_left, insort

from antrean import shapes
from antrean.domain.hall import zones_of
from antrean.domain.model import AT_COUNTER, Call, Ticket, TicketState
from antrean.domain.state import QueueState
from antrean.shapes import Json
from antrean.views.patches import call_patch

KEPT = 8
_GONE = frozenset({TicketState.CANCELLED, TicketState.EXPIRED})


def call_of(ticket: Ticket | None) -> Call | None:
    """The call that is shown of a ticket; undone ones are no longer with it."""
    return None if ticket is None or ticket.state in _GONE else ticket.call


class Calls:
    """The calls of one zone. A change costs O(log n) in the calls of the day."""

    __slots__ = ("_last", "current", "past", "zone")

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self.current: dict[str, None] = {}  # ids, in the order of joining
        # (seq of the call, id), in order; a plain list: nearly all that is added comes last
        self.past: list[tuple[int, str]] = []
        self._last: list[str] | None = None

    def add(self, ticket: Ticket) -> None:
        call = call_of(ticket)
        if call is None:
            return
        if ticket.state in AT_COUNTER:
            self.current[ticket.id] = None
        else:
            insort(self.past, (call.seq, ticket.id))
            self._last = None

    def remove(self, ticket: Ticket) -> None:
        call = call_of(ticket)
        if call is None:
            return
        if ticket.state in AT_COUNTER:
            del self.current[ticket.id]
        else:
            del self.past[bisect_left(self.past, (call.seq, ticket.id))]
            self._last = None

    def last(self) -> list[str]:
        """Ids of the last ones that were called and no longer are, the oldest call first."""
        if self._last is None:
            self._last = [ticket for _, ticket in self.past[-KEPT:]]
        return self._last

    def render(self, state: QueueState) -> Json:
        return {
            state.tickets[i].number: _rendered(state, state.tickets[i])
            for i in (*self.current, *self.last())
        }

    def move(self, state: QueueState, before: Ticket | None, after: Ticket) -> Json:
        """Take in the change of one ticket; the patch of this zone's `calls`."""
        old, new = self._here(state, before), self._here(state, after)
        if old is not None and new is not None and _current(old[0]) and _current(new[0]):
            patch = call_patch(state, old, new)
            return {after.number: patch} if patch else {}
        if old is None and new is not None and _current(new[0]):
            self.add(after)  # a first call: those that are past are not concerned
            return {after.number: _rendered(state, after)}
        shown = self.last()
        was_shown = old is not None and (_current(old[0]) or after.id in shown)
        if old is not None:
            self.remove(old[0])
        if new is not None:
            self.add(new[0])
        shows = self.last()
        moved: Json = {state.tickets[i].number: None for i in shown if i not in shows}
        for other in shows:
            if other not in shown and other != after.id:
                moved[state.tickets[other].number] = _rendered(state, state.tickets[other])
        moved.pop(after.number, None)
        if new is None or not (_current(after) or after.id in shows):
            if was_shown:
                moved[after.number] = None
        elif was_shown and old is not None:
            if patch := call_patch(state, old, new):
                moved[after.number] = patch
        else:
            moved[after.number] = _rendered(state, after)
        return moved

    def _here(self, state: QueueState, ticket: Ticket | None) -> tuple[Ticket, Call] | None:
        call = call_of(ticket)
        if ticket is None or call is None or self.zone not in zones_of(state.catalogue, call):
            return None
        return ticket, call


def _current(ticket: Ticket) -> bool:
    return ticket.state in AT_COUNTER


def _rendered(state: QueueState, ticket: Ticket) -> Json:
    call = ticket.call
    assert call is not None  # only tickets with a call are in here
    shape = shapes.zone_call(state, ticket, call)
    if shape["to"] is None:
        del shape["to"]
    return shape
