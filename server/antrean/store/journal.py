"""The store: loading a data folder and writing group commits. One task owns it (the engine's)."""

import contextlib
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import aiosqlite

from antrean import codec
from antrean.codec import decode_json
from antrean.domain.catalogue import Catalogue
from antrean.domain.commands import Person
from antrean.domain.events import Entry
from antrean.domain.state import QueueState
from antrean.store import database
from antrean.store.batch import Batch, Note, StoredAnswer
from antrean.store.database import StorageFailed
from antrean.store.folder import Folder, UnusableFolder
from antrean.store.reading import Reader
from antrean.store.writing import write

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A data folder as it was left. `state` is the older snapshot's; `entries` lead to the
    present.
    """

    state: QueueState
    entries: list[Entry]
    offsets: dict[str, int]
    epoch: str
    digest: str  # of the catalogue as it was given


class Store:
    """An open data folder. Everything but `open` and `read` is for the engine's task alone."""

    def __init__(self, folder: Folder, kind: str) -> None:
        self.folder = folder
        self.kind = kind
        self.secret = b""
        self.catalogue_id = 0
        self._writer: aiosqlite.Connection | None = None
        self.reader = Reader(folder.database)

    @classmethod
    async def open(cls, path: Path, kind: str | None = "live") -> "Store":
        """Lock and open the folder, making it when it is new.

        `kind` is `live`, `demo` or `simulation`: a folder of another kind is refused, so that
        nobody's day is mixed with played visitors; None takes any. Raises UnusableFolder.
        """
        folder = Folder(path)
        folder.take()
        store = cls(folder, kind or "live")
        try:
            store.secret = folder.secret()
            await store.reopen()
            found = await store.meta("kind", store.kind)
            if kind is not None and found != kind:
                raise UnusableFolder(
                    f"{path}: this data folder is of the kind {found!r}, not {kind!r}. Start it as "
                    "it was made (--demo or without), or give --data another folder."
                )
        except (StorageFailed, sqlite3.Error, OSError) as error:
            await store.close()
            raise UnusableFolder(
                f"{path}: {error}. Restore a backup, or check the disk."
            ) from error
        except UnusableFolder:
            await store.close()
            raise
        return store

    async def reopen(self) -> None:
        """Close the writing connection and open it anew: what is on the disk then is the truth.

        The reading one stays, so that lists and displays are served while the disk is in trouble.
        """
        await self._shut_writer()
        self._writer = await database.open_writer(self.folder.database)
        await self.reader.open()

    async def close(self) -> None:
        await self.reader.close()
        await self._shut_writer()
        self.folder.release()

    async def _shut_writer(self) -> None:
        if self._writer is not None:
            writer, self._writer = self._writer, None
            with contextlib.suppress(sqlite3.Error):  # a disk that failed is not left tidily
                await writer.close()

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """`work` in the writer's thread, in no transaction of its own. Raises StorageFailed."""
        if self._writer is None:
            raise StorageFailed("the database is not open")
        return await database.run(self._writer, work)

    async def transaction(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """`work` in one transaction; on any error nothing of it is kept. Raises StorageFailed."""

        def inside(connection: sqlite3.Connection) -> T:
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            return result

        return await self.run(inside)

    # meta
    async def meta(self, key: str, default: str) -> str:
        """The value of `key`; on first use it is `default`, written down."""

        def work(connection: sqlite3.Connection) -> str:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
            if row is not None:
                return str(row[0])
            connection.execute("INSERT INTO meta VALUES (?, ?)", (key, default))
            return default

        return await self.transaction(work)

    async def probe(self) -> None:
        """Write something of the size of a group, to learn whether the disk takes it again."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('probe', ?)", ("x" * 65536,))
            connection.execute("UPDATE meta SET value = '' WHERE key = 'probe'")

        await self.transaction(work)

    # the catalogue
    async def begin_catalogue(self, given: Catalogue, state: QueueState, frame_format: str) -> str:
        """Note the catalogue that holds from `state.seq` on, with the state it begins with; a new
        epoch.
        """
        epoch = secrets.token_urlsafe(9)

        def work(connection: sqlite3.Connection) -> int:
            memory = codec.encode_memory(state.memory())
            cursor = connection.execute(
                "INSERT INTO catalogues (from_seq, at, digest, body, state) VALUES (?, ?, ?, ?, ?)",
                (
                    state.seq,
                    state.at,
                    codec.digest(given),
                    codec.encode_catalogue(state.catalogue),
                    memory,
                ),
            )
            connection.execute("DELETE FROM snapshots")
            connection.execute(
                "INSERT INTO snapshots VALUES (?, ?, ?, '{}')",
                (cursor.lastrowid, state.seq, memory),
            )
            _set_epoch(connection, epoch, frame_format)
            return int(cursor.lastrowid or 0)

        self.catalogue_id = await self.transaction(work)
        return epoch

    async def begin_epoch(self, frame_format: str) -> str:
        """A new epoch under the same catalogue: frames of another format, or restored data."""
        epoch = secrets.token_urlsafe(9)
        await self.transaction(lambda c: _set_epoch(c, epoch, frame_format))
        return epoch

    # loading
    async def load(self, frame_format: str) -> Loaded | None:
        """The folder as it was left; None when it is new. `epoch` is "" when the frame format
        changed.
        """
        return await self.run(lambda c: self._load(c, frame_format))

    def _load(self, connection: sqlite3.Connection, frame_format: str) -> Loaded | None:
        row = connection.execute(
            "SELECT id, digest, body FROM catalogues ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if row is None:
            return None
        self.catalogue_id = int(row[0])
        catalogue = codec.decode_catalogue(row[2])
        kept = connection.execute(
            "SELECT state, offsets FROM snapshots WHERE catalogue = ? ORDER BY seq DESC LIMIT 2",
            (row[0],),
        ).fetchall()
        if not kept:
            raise StorageFailed("the data folder has no snapshot of its state")
        state = QueueState.remember(catalogue, codec.decode_memory(kept[-1][0]))
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        same = meta.get("frame_format") == frame_format
        return Loaded(
            state,
            _entries_after(connection, state.seq),
            decode_json(kept[-1][1], dict[str, int]),
            meta.get("epoch", "") if same else "",
            str(row[1]),
        )

    async def entries_after(self, seq: int) -> list[Entry]:
        return await self.run(lambda c: _entries_after(c, seq))

    async def load_keys(self) -> dict[bytes, tuple[str, str]]:
        """(hash of what was asked, business date) by the id of each first answer that is kept."""

        def work(connection: sqlite3.Connection) -> dict[bytes, tuple[str, str]]:
            found = connection.execute("SELECT id, asked, date FROM answers")
            return {answer: (asked, date) for answer, asked, date in found}

        return await self.run(work)

    async def load_answer(self, answer: bytes) -> StoredAnswer | None:
        def work(connection: sqlite3.Connection) -> StoredAnswer | None:
            row = connection.execute(
                "SELECT id, asked, body, ticket, date FROM answers WHERE id = ?", (answer,)
            ).fetchone()
            return None if row is None else StoredAnswer(*row)

        return await self.run(work)

    async def load_people(self, since: str) -> tuple[dict[str, Person], dict[str, list[Note]]]:
        """Personal data and notes of the tickets of the date `since` and later."""

        def work(c: sqlite3.Connection) -> tuple[dict[str, Person], dict[str, list[Note]]]:
            people = c.execute(
                "SELECT ticket, name, phone, p.reason FROM people p"
                " JOIN tickets t ON t.id = p.ticket WHERE t.date >= ?",
                (since,),
            )
            notes: dict[str, list[Note]] = {}
            for ticket, seq, at, text in c.execute(
                "SELECT n.ticket, n.seq, e.at, n.text FROM tickets t"
                " JOIN notes n ON n.ticket = t.id JOIN events e ON e.seq = n.seq"
                " WHERE t.date >= ? ORDER BY n.seq",
                (since,),
            ):
                notes.setdefault(ticket, []).append(Note(seq, at, text))
            return {row[0]: Person(*row[1:]) for row in people}, notes

        return await self.run(work)

    # writing
    async def commit(self, batch: Batch) -> None:
        """Write a group in one transaction and one thread hop.

        Raises StorageFailed, after which nobody knows whether it is on the disk: reload.
        """
        await self.transaction(lambda c: write(c, batch, self.catalogue_id))


def _set_epoch(connection: sqlite3.Connection, epoch: str, frame_format: str) -> None:
    for key, value in (("epoch", epoch), ("frame_format", frame_format)):
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def _entries_after(connection: sqlite3.Connection, seq: int) -> list[Entry]:
    found = connection.execute(
        "SELECT seq, at, actor, type, data FROM events WHERE seq > ? ORDER BY seq", (seq,)
    )
    return [codec.entry(*row) for row in found]
