"""Which ticket is called where, as the journal goes on: the part of a day that announcing needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from antrean.proof.model import Fact

CALLED, RECALLED, UNDONE = "ticket.called", "ticket.recalled", "ticket.undone"
_LEAVES = frozenset(
    f"ticket.{verb}"
    for verb in (
        "started",
        "completed",
        "no_show",
        "held",
        "resumed",
        "transferred",
        "requeued",
        "cancelled",
        "expired",
    )
)
MOVES = _LEAVES | {CALLED, RECALLED, UNDONE}


@dataclass(frozen=True, slots=True)
class Call:
    """A call or recall; `seq` is what the hall's events name it by."""

    seq: int
    at: int
    ticket: str
    number: str
    service: str
    counter: str
    is_recall: bool


class Calls:
    """The calls of now and all of before. `move` with each fact of a ticket, in order."""

    def __init__(self) -> None:
        self.all: dict[int, Call] = {}
        self.now: dict[str, Call] = {}  # by ticket, of those that are called
        self._before: dict[str, list[tuple[int, Call | None]]] = {}  # for undo

    def move(self, fact: Fact) -> tuple[Call | None, Call | None]:
        """The ticket's call before and after."""
        ticket: str = fact.data["ticket"]
        before = self.now.get(ticket)
        after = self._after(fact, ticket)
        # A recall is no step of its own: undoing the call takes it back, too.
        if fact.type not in (RECALLED, UNDONE):
            self._before.setdefault(ticket, []).append((fact.seq, before))
        if after is None:
            self.now.pop(ticket, None)
        else:
            self.now[ticket] = self.all[after.seq] = after
        return before, after

    def _after(self, fact: Fact, ticket: str) -> Call | None:
        if fact.type in (CALLED, RECALLED):
            return _call(fact, ticket, fact.data)
        if fact.type == UNDONE:
            steps = self._before.get(ticket, [])
            while steps:
                seq, call = steps.pop()
                if seq == fact.data["undid"]:
                    return call
        return None


def _call(fact: Fact, ticket: str, data: Mapping[str, str]) -> Call:
    return Call(
        seq=fact.seq,
        at=fact.at,
        ticket=ticket,
        number=data["number"],
        service=data["service"],
        counter=data["counter"],
        is_recall=fact.type == RECALLED,
    )
