"""The part of a data folder's journal that a proof of its announcements reads. Never writes."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from antrean import codec
from antrean.domain.catalogue import Catalogue
from antrean.store import database
from antrean.store.folder import UnusableFolder


@dataclass(frozen=True, slots=True)
class Range:
    """Journal positions, both included; `last` None: to its end."""

    first: int
    last: int | None = None


class HallJournal:
    """One consistent view of the journal of a folder, also of one that is being served."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of_date(self, date: str | None) -> Range | None:
        """The business date, None: the last one. None when it is not in the journal."""
        starts = self._connection.execute(
            "SELECT seq, json_extract(data, '$.date') FROM events"
            " WHERE type = 'day.started' ORDER BY seq DESC"
        )
        last: int | None = None
        for seq, started in starts:
            if date is None or started == date:
                return Range(seq, last)
            last = seq - 1
        # The first day began with the folder, not with an event.
        return Range(1, last) if date is None or date == self._first_date() else None

    def _first_date(self) -> str | None:
        row = self._connection.execute("SELECT state FROM catalogues ORDER BY id").fetchone()
        return None if row is None else codec.decode_memory(row[0]).date

    def rows(self, wanted: Range) -> Iterator[tuple[int, int, str, dict[str, Any]]]:
        """(seq, at, type, facts) in order."""
        last = wanted.last if wanted.last is not None else 2**62
        for seq, at, kind, data in self._connection.execute(
            "SELECT seq, at, type, data FROM events WHERE seq BETWEEN ? AND ? ORDER BY seq",
            (wanted.first, last),
        ):
            yield seq, at, kind, json.loads(data)

    def catalogues(self) -> list[tuple[int, Catalogue]]:
        """Each with the position from which on it holds."""
        found = self._connection.execute("SELECT from_seq, body FROM catalogues ORDER BY id")
        return [(seq, codec.decode_catalogue(body)) for seq, body in found]

    def devices(self, until: int | None = None) -> list[tuple[str, str, str]]:
        """(id, zone, name) of each display ever paired, as it was before position `until`."""
        found: dict[str, tuple[str, str, str]] = {}
        for (data,) in self._connection.execute(
            "SELECT data FROM events WHERE type IN ('device.paired', 'device.changed')"
            " AND seq < ? ORDER BY seq",
            (2**62 if until is None else until,),
        ):
            facts = json.loads(data)
            found[facts["device"]] = (facts["device"], facts["zone"], facts["name"])
        return list(found.values())


@contextmanager
def open_journal(path: Path) -> Iterator[HallJournal]:
    """Raises UnusableFolder."""
    try:
        with database.opened_to_read(path) as connection:
            yield HallJournal(connection)
    except (codec.Unreadable, ValueError) as error:
        raise UnusableFolder(f"{path}: {error}. Restore a backup.") from error
