"""How each journal entry moves a ticket on, as the contract says it; the naive model's half that
knows no order and no counters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

Rank: TypeAlias = tuple[int, ...]

SEATED = ("called", "serving")
ARROWS: dict[str, tuple[tuple[str, ...], str]] = {
    "checked_in": (("booked", "waiting"), "waiting"),
    "called": (("waiting", "held", "no_show"), "called"),
    "recalled": (("called",), "called"),
    "started": (("called",), "serving"),
    "completed": (("serving",), "done"),
    "no_show": (("called",), "no_show"),
    "held": (SEATED, "held"),
    "resumed": (("held",), "serving"),
    "requeued": (("held", "no_show"), "waiting"),
    "deferred": (("waiting",), "waiting"),
    "transferred": ((*SEATED, "waiting", "held", "no_show"), "waiting"),
    "cancelled": (("booked", "waiting", "called", "held", "no_show"), "cancelled"),
    "expired": (("booked", *SEATED, "waiting", "held", "no_show"), "expired"),
}
UNDOABLE = ("called", "started", "held", "resumed", "no_show", "transferred", "completed")
UNDO_MS = 30_000


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as the journal tells it. `rank` is None where the class's credit is unknown."""

    id: str
    number: str
    date: str
    service: str
    class_id: str
    state: str
    arrived: bool
    visit: str
    journey: tuple[str, ...]
    leg: int = 0
    rank: Rank | None = None
    counter: str | None = None
    for_counter: str | None = None
    slot_start: int | None = None
    joined_at: int | None = None
    called_at: int | None = None
    touched: int = 0  # seq of its last entry, recalls left aside


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry, and what a step needs to know of the hall."""

    seq: int
    at: int
    data: Mapping[str, Any]
    credit_ms: int | None  # of the ticket's class
    grace_ms: int | None  # of its service
    behind: Ticket | None  # whom a deferred one stands behind


def arrival_rank(at: int, seq: int, credit_ms: int | None) -> Rank | None:
    return None if credit_ms is None else (1, at - credit_ms, seq)


def move(verb: str, ticket: Ticket, now: Moment) -> Ticket:
    """The ticket after the event `ticket.VERB`."""
    moved = _STEPS.get(verb, _plain)(replace(ticket, state=ARROWS[verb][1]), ticket, now)
    return moved if verb == "recalled" else replace(moved, touched=now.seq)


def _plain(moved: Ticket, before: Ticket, now: Moment) -> Ticket:
    return moved


def _checked_in(moved: Ticket, before: Ticket, now: Moment) -> Ticket:
    if before.state != "booked":
        return replace(moved, arrived=True)
    start, rank = before.slot_start or now.at, None
    if now.grace_ms is not None:
        late = now.at > start + now.grace_ms
        rank = arrival_rank(now.at if late else start, now.seq, now.credit_ms)
    return replace(moved, arrived=True, rank=rank, joined_at=now.at)


def _called(moved: Ticket, before: Ticket, now: Moment) -> Ticket:
    return replace(moved, arrived=True, counter=now.data["counter"], called_at=now.at)


def _resumed(moved: Ticket, before: Ticket, now: Moment) -> Ticket:
    return replace(moved, counter=now.data["counter"])


def _completed(moved: Ticket, before: Ticket, now: Moment) -> Ticket:
    following = now.data.get("next")
    if following is None:
        return moved
    return replace(_in_line(moved, following, None, now.at), leg=before.leg + 1)


def _in_line(moved: Ticket, service: str, for_counter: str | None, at: int) -> Ticket:
    return replace(
        moved,
        state="waiting",
        service=service,
        counter=None,
        for_counter=for_counter,
        joined_at=at,
        called_at=None,
    )


def _placed(before: Ticket, now: Moment) -> Rank | None:
    places = {"front": (0, 0, now.seq), "back": (1, now.at, now.seq)}
    return places.get(now.data["place"], before.rank)


def _transferred(moved: Ticket, before: Ticket, now: Moment) -> Ticket:
    there = _in_line(moved, now.data["to_service"], now.data.get("to_counter"), now.at)
    return replace(there, rank=_placed(before, now))


def _requeued(moved: Ticket, before: Ticket, now: Moment) -> Ticket:
    return replace(moved, counter=None, joined_at=now.at, rank=_placed(before, now))


def _deferred(moved: Ticket, before: Ticket, now: Moment) -> Ticket:
    """Right behind the other; who comes there later stands nearer to it."""
    rank = now.behind.rank if now.behind is not None else None
    return replace(moved, rank=None if rank is None else (*rank, -now.seq))


def _ended(moved: Ticket, before: Ticket, now: Moment) -> Ticket:
    return replace(moved, counter=None)


_STEPS: dict[str, Callable[[Ticket, Ticket, Moment], Ticket]] = {
    "checked_in": _checked_in,
    "called": _called,
    "resumed": _resumed,
    "completed": _completed,
    "transferred": _transferred,
    "requeued": _requeued,
    "deferred": _deferred,
    "cancelled": _ended,
    "expired": _ended,
}
