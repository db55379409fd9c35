"""Topics that only have a latest state: the public list of services, and the ticket of a holder.

Their offset is the journal position that they reflect. What one follower was told last is kept with
the follower: who subscribes in between starts from another state than those who were there.
"""

from dataclasses import dataclass

from antrean import shapes
from antrean.domain import ranking
from antrean.domain.estimate import Outlook, Wait, outlook
from antrean.domain.model import Ticket, TicketState
from antrean.domain.state import QueueState
from antrean.shapes import Json, without_nulls
from antrean.views import states
from antrean.views.patches import diff, ticket_patch


class ServicesValue:
    """The topic `services`, cut when somebody asks and something may have changed since."""

    __slots__ = ("_dirty", "changed_at", "state", "version")

    def __init__(self, state: QueueState) -> None:
        self.version = 0  # of the rendering
        self.changed_at = state.seq  # journal position of the cut that last differed
        self.state: Json = states.services(state)
        self._dirty = False

    def touch(self) -> None:
        self._dirty = True

    def cut(self, state: QueueState) -> None:
        """Bring the rendering up to `state`."""
        if not self._dirty:
            return
        self._dirty = False
        rendered = states.services(state)
        if rendered != self.state:
            self.state = rendered
            self.version += 1
            self.changed_at = state.seq


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a holder's view of the ticket follows from."""

    ticket: Ticket
    ahead: int | None
    wait: Wait | None


def standing(state: QueueState, ticket: Ticket) -> Standing:
    return Standing(ticket, shapes.ahead_of(state, ticket), shapes.ticket_wait(state, ticket))


def holder_state(state: QueueState, held: Standing, now: int) -> Json:
    """The state of `ticket:ID`: the ticket as `GET /my` gives it, nulls left out."""
    shape = shapes.ticket_facts(state, held.ticket)
    if held.ahead is not None:
        shape |= {"ahead": held.ahead, "position": held.ahead + 1}
    shape["eta"] = shapes.eta(state.catalogue.site, held.wait, now)
    rendered: Json = without_nulls(shape | shapes.holder_names(state, held.ticket))
    return rendered


def holder_patch(state: QueueState, before: Standing, after: Standing, now: int) -> Json:
    """What became of a holder's view. That an estimate ages is no change: waits are compared."""
    patch = ticket_patch(state, before.ticket, after.ticket)
    if "service" in patch or "counter" in patch:
        patch |= diff(
            without_nulls(shapes.holder_names(state, before.ticket)),
            without_nulls(shapes.holder_names(state, after.ticket)),
        )
    if before.ahead != after.ahead:
        patch["ahead"] = after.ahead
        patch["position"] = None if after.ahead is None else after.ahead + 1
    if before.wait != after.wait:
        patch["eta"] = shapes.eta(state.catalogue.site, after.wait, now)
    return patch


class LinePass:
    """The standings in one line, its outlook worked out once."""

    def __init__(self, state: QueueState, service: str) -> None:
        self._state = state
        self._line = state.lines[service]
        self._outlook: Outlook | None = outlook(state, service)

    def of(self, ticket: Ticket) -> Standing:
        """The standing of a ticket that waits in this line."""
        ahead = int(self._line.waiting.index((ticket.rank, ticket.id)))
        return Standing(ticket, ahead, self._wait(ranking.arrived_ahead(self._state, ticket)))

    def _wait(self, arrived_ahead: int) -> Wait | None:
        return self._outlook.wait(arrived_ahead) if self._outlook else None


def is_waiting(ticket: Ticket) -> bool:
    return ticket.state is TicketState.WAITING
