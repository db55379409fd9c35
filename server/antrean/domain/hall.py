"""The rules of the hall that read a state: who speaks for a zone, and what it has still to say."""

from antrean.domain.catalogue import Catalogue
from antrean.domain.hall_model import EXPIRED, NO_SPEAKER, Device, Hearing
from antrean.domain.model import Call, Ticket, TicketState
from antrean.domain.state import QueueState

CALL_LIVES_MS = 60_000
"""A call that is older is shown, but no longer spoken: its holder has come, or has gone."""

NOBODY_SPEAKS_MS = 8_000
"""So long after a call the journal says that its zone had nobody to say it."""


def zones_of(catalogue: Catalogue, call: Call) -> tuple[str, ...]:
    """The zones that show and say a call: that of its service, and that of its counter."""
    one = catalogue.services[call.service].zone
    other = catalogue.counters[call.counter].zone
    return (one,) if one == other else (one, other)


def speakers(state: QueueState, zone: str) -> list[Device]:
    """The devices that could speak for `zone`, the one that does so first.

    By the moment since which each may: who comes later never takes over from who speaks.
    """
    ready = [d for d in state.devices.values() if d.zone == zone and d.ready is not None]
    return sorted(ready, key=lambda d: d.ready or 0)


def speaker(state: QueueState, zone: str) -> Device | None:
    """The device that speaks for `zone` now."""
    ready = speakers(state, zone)
    return ready[0] if ready else None


def hearing_of(state: QueueState, ticket: Ticket, zone: str) -> Hearing | None:
    """What became of the ticket's present call in `zone`; None: nothing yet."""
    hearing = state.hearings.get((ticket.id, zone))
    if hearing is None or ticket.call is None or hearing.call != ticket.call.seq:
        return None
    return hearing


def called_in(state: QueueState, zone: str) -> list[Ticket]:
    """The tickets that are called now and shown in `zone`; one a counter at most."""
    found = []
    for counter in state.counters.values():
        ticket = state.tickets[counter.ticket] if counter.ticket is not None else None
        if ticket is None or ticket.state is not TicketState.CALLED or ticket.call is None:
            continue
        if zone in zones_of(state.catalogue, ticket.call):
            found.append(ticket)
    return found


def waiting_calls(state: QueueState, zone: str, at: int) -> list[Ticket]:
    """Whose call `zone` has still to say at `at`, in the order of their turns.

    Recalls before all others, each by the seq of its call. One that nobody could say for want of a
    speaker is among them as long as it lives.
    """
    waiting = [
        ticket
        for ticket in called_in(state, zone)
        if ticket.call is not None
        and at < ticket.call.at + CALL_LIVES_MS
        and ((h := hearing_of(state, ticket, zone)) is None or h.announced_at is None)
    ]
    return sorted(waiting, key=_turn)


def _turn(ticket: Ticket) -> tuple[bool, int]:
    assert ticket.call is not None
    return ticket.recalls == 0, ticket.call.seq


def ended_unsaid(state: QueueState, zone: str, at: int) -> list[tuple[Ticket, str]]:
    """Called tickets whose call was not said, and why not, where the journal has no word of it."""
    silent = speaker(state, zone) is None
    found = []
    for ticket in called_in(state, zone):
        hearing = hearing_of(state, ticket, zone)
        assert ticket.call is not None
        if hearing is not None and (hearing.announced_at is not None or hearing.code is not None):
            continue
        if at >= ticket.call.at + CALL_LIVES_MS:
            found.append((ticket, EXPIRED))
        elif silent and at >= ticket.call.at + NOBODY_SPEAKS_MS:
            found.append((ticket, NO_SPEAKER))
    return found
