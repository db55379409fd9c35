"""Who stands where (contract, section 2, Rank). A rank is text; byte order is the order.

    f sssssssssssss nnnnnnnnnnnn [/ cccccccccccc]*
    | effective ms  seq of joining   right behind another ticket: the later one comes first
    0 put to the front, 1 all others

All base ranks have one length, and `/` sorts before every digit: so what stands behind a ticket is
after it and before whatever comes next, however often that is repeated, and no two ranks are equal.
"""

from heapq import merge

from antrean.domain.model import AT_COUNTER, CounterState, Ticket, TicketState
from antrean.domain.state import QueueState

_SEQ_SPACE = 10**12


def by_arrival(effective_at: int, seq: int) -> str:
    """The rank of one who joins with the effective arrival `effective_at` by the event `seq`."""
    return f"1{effective_at:013d}{seq:012d}"


def front(seq: int) -> str:
    """Before all that were not put to the front, behind those that were."""
    return f"0{0:013d}{seq:012d}"


def behind(rank: str, seq: int) -> str:
    """Right behind `rank`: before all that were put behind it earlier."""
    return f"{rank}/{_SEQ_SPACE - seq:012d}"


def credit_ms(state: QueueState, class_id: str) -> int:
    """What a class is given; `regular` and a class that the catalogue lost have none."""
    known = state.catalogue.classes.get(class_id)
    return known.credit_ms if known else 0


def next_ticket(state: QueueState, counter: str) -> Ticket | None:
    """Whom call-next takes: the lowest rank over all services of the counter, the passed-over left
    aside.
    """
    services = state.catalogue.counters[counter].services
    for _, ticket_id in merge(*(state.lines[s].arrived for s in services)):
        ticket = state.tickets[ticket_id]
        if not is_passed_over(state, ticket, counter):
            return ticket
    return None


def is_passed_over(state: QueueState, ticket: Ticket, counter: str) -> bool:
    """Whether call-next at `counter` leaves this waiting ticket where it is, with its rank."""
    if not ticket.arrived:
        return True
    if ticket.for_counter is not None and ticket.for_counter != counter:
        meant = state.counters.get(ticket.for_counter)
        if meant is not None and meant.state is not CounterState.CLOSED:
            return True
    family = state.visits[ticket.visit]
    return len(family) > 1 and any(
        state.tickets[other].state in AT_COUNTER for other in family if other != ticket.id
    )


def ticket_behind(state: QueueState, ticket: Ticket, places: int) -> Ticket | None:
    """The `places`-th arrived ticket after `ticket` in its line, or the last arrived one; None if
    nobody.
    """
    arrived = state.lines[ticket.service].arrived
    first = arrived.bisect_right((ticket.rank, ticket.id))
    if first >= len(arrived):
        return None
    _, other = arrived[min(first + places, len(arrived)) - 1]
    return state.tickets[other]


def arrived_ahead(state: QueueState, ticket: Ticket) -> int:
    """How many arrived tickets stand before a waiting one in its line."""
    if ticket.state is not TicketState.WAITING:
        return 0
    return int(state.lines[ticket.service].arrived.bisect_left((ticket.rank, ticket.id)))
