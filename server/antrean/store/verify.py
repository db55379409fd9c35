"""Replays a journal and holds it against everything kept beside it, and against the invariants.

Reads only, in one read transaction, so it also works beside a running server.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from antrean import codec
from antrean.domain import events
from antrean.domain.events import Entry
from antrean.domain.fold import apply
from antrean.domain.invariants import broken
from antrean.domain.model import Ticket
from antrean.domain.rebase import rebase
from antrean.domain.state import Memory, QueueState
from antrean.store import database, rows

SHOWN = 50  # differences that are named; the rest is counted


@dataclass(slots=True)
class Report:
    """What was looked at, and what differs."""

    entries: int = 0
    tickets: int = 0
    days: int = 0
    snapshots: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        return not self.differences

    def differs(self, text: str) -> None:
        self.differences.append(text)


@dataclass(slots=True)
class _Replay:
    """What the journal says, gathered while it is folded."""

    report: Report
    last: dict[str, Ticket] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    snapshots: dict[tuple[int, int], bytes] = field(default_factory=dict)  # by catalogue and seq
    catalogue: int = 0
    seq: int = 0
    at: int = 0


def verify(path: Path) -> Report:
    """Raises UnusableFolder when the folder cannot be read at all."""
    with database.opened_to_read(path) as connection:
        return _verify(connection)


def _verify(connection: sqlite3.Connection) -> Report:
    report = Report()
    for (fault,) in connection.execute("PRAGMA integrity_check(20)"):
        if fault != "ok":
            report.differs(f"database: {fault}")
    replay = _Replay(report)
    for catalogue, seq, state in connection.execute("SELECT catalogue, seq, state FROM snapshots"):
        replay.snapshots[catalogue, seq] = state
    try:
        state = _fold_all(connection, replay)
    except (codec.Unreadable, ValueError, KeyError) as error:
        report.differs(f"journal: it cannot be replayed after entry {replay.seq}: {error!r}")
        return report
    report.entries = replay.seq
    if state is not None:
        for fault in broken(state):
            report.differs(f"invariant at {state.seq}: {fault}")
    _compare_tickets(connection, replay)
    _compare_numbers(replay)
    for table in ("people", "notes"):
        for (ticket,) in connection.execute(
            f"SELECT ticket FROM {table} WHERE ticket NOT IN (SELECT id FROM tickets)"
        ):
            report.differs(f"{table}: {ticket} is no ticket")
    return report


def _fold_all(connection: sqlite3.Connection, replay: _Replay) -> QueueState | None:
    """Fold each catalogue's part of the journal, beginning with the state it was noted with."""
    parts = connection.execute(
        "SELECT id, from_seq, at, body, state FROM catalogues ORDER BY id"
    ).fetchall()
    state: QueueState | None = None
    for index, (replay.catalogue, begins, at, body, stored) in enumerate(parts):
        catalogue = codec.decode_catalogue(body)
        memory = codec.decode_memory(stored)
        if state is not None and rebase(state, catalogue, at).memory() != memory:
            replay.report.differs(f"catalogue {index + 1}: its first state is not what led to it")
        state = QueueState.remember(catalogue, memory)
        ends = parts[index + 1][1] if index + 1 < len(parts) else None
        for entry in _entries(connection, begins, ends):
            _fold(state, entry, replay)
        replay.report.snapshots += 1
    return state


def _entries(connection: sqlite3.Connection, after: int, until: int | None) -> Iterator[Entry]:
    found = connection.execute(
        "SELECT seq, at, actor, type, data FROM events WHERE seq > ? AND seq <= ? ORDER BY seq",
        (after, until if until is not None else 2**62),
    )
    return (codec.entry(*row) for row in found)


def _fold(state: QueueState, entry: Entry, replay: _Replay) -> None:
    if entry.seq != replay.seq + 1:
        replay.report.differs(f"journal: entry {entry.seq} follows {replay.seq}")
    if entry.at < replay.at:
        replay.report.differs(f"journal: entry {entry.seq} is earlier than the one before it")
    apply(state, entry)
    replay.seq, replay.at = entry.seq, entry.at
    event = entry.event
    if isinstance(event, events.TicketEvent):
        replay.last[event.ticket] = state.tickets[event.ticket]
        if isinstance(event, events.TicketIssued | events.TicketBooked):
            replay.taken[event.ticket] = entry.seq
            prefix, _, count = event.number.rpartition("-")
            expected = replay.numbers.get((event.date, prefix), 0) + 1
            if int(count) != expected:
                replay.report.differs(
                    f"journal: {event.number} of {event.date} (entry {entry.seq}) where {prefix}-"
                    f"{expected:03d} was next"
                )
            replay.numbers[event.date, prefix] = int(count)
    elif isinstance(event, events.DayStarted):
        replay.report.days += 1
    if (stored := replay.snapshots.get((replay.catalogue, entry.seq))) is not None:
        replay.report.snapshots += 1
        _compare_snapshot(state, stored, replay.report)


def _compare_snapshot(state: QueueState, stored: bytes, report: Report) -> None:
    kept, folded = codec.decode_memory(stored), state.memory()
    for part in Memory.__slots__:
        if getattr(kept, part) != getattr(folded, part):
            report.differs(f"snapshot at {state.seq}: {part} is not what the journal says")


def _compare_tickets(connection: sqlite3.Connection, replay: _Replay) -> None:
    missing = set(replay.last)
    for taken, *row in connection.execute(rows.SELECT.replace("SELECT", "SELECT taken,", 1)):
        kept = rows.ticket(tuple(row))
        replay.report.tickets += 1
        folded = replay.last.get(kept.id)
        if folded is None:
            replay.report.differs(f"tickets: {kept.number} of {kept.date} is not in the journal")
            continue
        missing.discard(kept.id)
        folded = replace(folded, call=None)
        if kept != folded or taken != replay.taken[kept.id]:
            names = [n for n in Ticket.__slots__ if getattr(kept, n) != getattr(folded, n)]
            replay.report.differs(
                f"tickets: {kept.number} of {kept.date} differs from the journal in "
                f"{', '.join(names) or 'taken'}"
            )
    for ticket in missing:
        lost = replay.last[ticket]
        replay.report.differs(f"tickets: {lost.number} of {lost.date} has no row")


def _compare_numbers(replay: _Replay) -> None:
    seen: dict[tuple[str, str], str] = {}
    for ticket in replay.last.values():
        other = seen.setdefault((ticket.date, ticket.number), ticket.id)
        if other != ticket.id:
            replay.report.differs(f"journal: {ticket.number} of {ticket.date} was given twice")
