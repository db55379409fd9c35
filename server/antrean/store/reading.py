"""Questions to the past, over a connection that cannot write and never makes the engine wait."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from antrean import codec
from antrean.domain.commands import Person
from antrean.domain.events import Entry
from antrean.domain.model import Ticket
from antrean.store import database, rows
from antrean.store.batch import Note
from antrean.store.database import StorageFailed

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketQuery:
    """What GET /tickets asks. `text` finds numbers, and names and phones where `people_of` allows
    it.
    """

    date: str
    service: str | None = None
    state: str | None = None
    text: str | None = None
    people_of: frozenset[str] | None = None  # services whose people may be searched; None: all
    after: int = 0  # `taken` of the last one of the page before
    limit: int = 50


class Reader:
    """Reads the journal and the tickets of any date. Raises StorageFailed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: aiosqlite.Connection | None = None

    async def open(self) -> None:
        """Connect, unless it is connected."""
        if self._connection is None:
            self._connection = await database.open_reader(self._path)

    async def close(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            await connection.close()

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._connection is None:
            raise StorageFailed("the database is not open")
        return await database.run(self._connection, work)

    async def events(self, after: int, limit: int, until: int) -> list[Entry]:
        """At most `limit` journal entries after `after`, none after `until` (the published
        position).
        """
        found = await self.run(
            lambda c: c.execute(
                "SELECT seq, at, actor, type, data FROM events WHERE seq > ? AND seq <= ?"
                " ORDER BY seq LIMIT ?",
                (after, until, limit),
            ).fetchall()
        )
        return [codec.entry(*row) for row in found]

    async def history(self, ticket: str, until: int) -> list[tuple[Entry, str | None]]:
        """All entries of a ticket up to `until`, each with its note."""
        found = await self.run(
            lambda c: c.execute(
                "SELECT e.seq, e.at, e.actor, e.type, e.data, n.text FROM events e"
                " LEFT JOIN notes n ON n.seq = e.seq"
                " WHERE e.ticket = ? AND e.seq <= ? ORDER BY e.seq",
                (ticket, until),
            ).fetchall()
        )
        return [(codec.entry(*row[:5]), row[5]) for row in found]

    async def ticket(self, ticket: str) -> Ticket | None:
        found = await self.run(
            lambda c: c.execute(f"{rows.SELECT} WHERE id = ?", (ticket,)).fetchone()
        )
        return None if found is None else rows.ticket(found)

    async def person(self, ticket: str) -> tuple[Person, list[Note]]:
        """Personal data and notes of one ticket, empty when there are none (any more)."""

        def work(c: sqlite3.Connection) -> tuple[Person, list[Note]]:
            row = c.execute(
                "SELECT name, phone, reason FROM people WHERE ticket = ?", (ticket,)
            ).fetchone()
            notes = c.execute(
                "SELECT n.seq, e.at, n.text FROM notes n JOIN events e ON e.seq = n.seq"
                " WHERE n.ticket = ? ORDER BY n.seq",
                (ticket,),
            ).fetchall()
            return Person(*row) if row else Person(), [Note(*n) for n in notes]

        return await self.run(work)

    async def tickets(self, query: TicketQuery) -> list[tuple[int, Ticket, Person]]:
        """One page in the order of taking: (taken, ticket, its personal data)."""
        found = await self.run(lambda c: c.execute(*_select(query)).fetchall())
        return [(row[0], rows.ticket(row[1:-3]), Person(*row[-3:])) for row in found]

    async def people(self, tickets: list[str]) -> dict[str, Person]:
        marks = ", ".join("?" * len(tickets))
        found = await self.run(
            lambda c: c.execute(
                f"SELECT ticket, name, phone, reason FROM people WHERE ticket IN ({marks})", tickets
            ).fetchall()
        )
        return {row[0]: Person(*row[1:]) for row in found}


def _select(query: TicketQuery) -> tuple[str, list[Any]]:
    columns = ", ".join(f"t.{c}" for c in ("id", *rows.COLUMNS))
    wanted, values = ["t.date = ?", "t.taken > ?"], [query.date, query.after]
    for column, value in (("service", query.service), ("state", query.state)):
        if value is not None:
            wanted.append(f"t.{column} = ?")
            values.append(value)
    if query.text is not None:
        like = "%" + query.text.translate({c: f"\\{chr(c)}" for c in b"\\%_"}) + "%"
        person = "(p.name LIKE ? ESCAPE '\\' OR p.phone LIKE ? ESCAPE '\\')"
        values += [like, like, like]
        if query.people_of is not None:
            marks = ", ".join("?" * len(query.people_of))
            person = f"({person} AND t.service IN ({marks}))"
            values += sorted(query.people_of)
        wanted.append(f"(t.number LIKE ? ESCAPE '\\' OR {person})")
    return (
        f"SELECT t.taken, {columns}, p.name, p.phone, p.reason FROM tickets t"
        f" LEFT JOIN people p ON p.ticket = t.id WHERE {' AND '.join(wanted)}"
        " ORDER BY t.taken LIMIT ?",
        [*values, query.limit],
    )
