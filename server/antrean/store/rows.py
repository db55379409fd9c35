"""Tickets as rows of the table `tickets`, and back."""

from typing import Any

from antrean.codec import decode_json, encode_json
from antrean.domain.model import Slot, Ticket, TicketState

COLUMNS = (
    "date number service first_service channel class state arrived visit journey leg rank "
    "counter for_counter slot_start slot_end issued_at joined_at called_at started_at ended_at "
    "recalls touched"
).split()
INSERT = (
    f"INSERT INTO tickets (taken, id, {', '.join(COLUMNS)}) VALUES (?, ?{', ?' * len(COLUMNS)})"
)
UPDATE = f"UPDATE tickets SET {', '.join(f'{c} = ?' for c in COLUMNS)} WHERE id = ?"
SELECT = f"SELECT id, {', '.join(COLUMNS)} FROM tickets"


def values(ticket: Ticket) -> tuple[Any, ...]:
    """In the order of COLUMNS."""
    slot = ticket.slot
    return (
        ticket.date,
        ticket.number,
        ticket.service,
        ticket.first_service,
        ticket.channel,
        ticket.class_id,
        ticket.state.value,
        int(ticket.arrived),
        ticket.visit,
        encode_json(ticket.journey) if ticket.journey else "[]",
        ticket.leg,
        ticket.rank,
        ticket.counter,
        ticket.for_counter,
        slot.start if slot else None,
        slot.end if slot else None,
        ticket.issued_at,
        ticket.joined_at,
        ticket.called_at,
        ticket.started_at,
        ticket.ended_at,
        ticket.recalls,
        ticket.touched,
    )


def ticket(row: tuple[Any, ...]) -> Ticket:
    """The ticket of a row of SELECT. Its last call, which only boards of the day show, is not
    kept.
    """
    named = dict(zip(("id", *COLUMNS), row, strict=True))
    start, end, class_id = (named.pop(c) for c in ("slot_start", "slot_end", "class"))
    return Ticket(
        **{
            **named,
            "class_id": class_id,
            "state": TicketState(named["state"]),
            "arrived": bool(named["arrived"]),
            "journey": tuple(decode_json(named["journey"], list[str])),
            "slot": None if start is None else Slot(start, end),
            "call": None,
        }
    )
