"""SQLite connections: pragmas that hold the promises, and the schema's version."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import aiosqlite

from antrean.assets import SCHEMA
from antrean.store.folder import Folder, UnusableFolder

T = TypeVar("T")

SCHEMA_VERSION = 1
APPLICATION_ID = 1095652946
BUSY_SECONDS = 5.0


class StorageFailed(Exception):
    """The database refused; whether the last commit is on disk is not known (disk full, I/O
    error).
    """


async def open_writer(path: Path) -> aiosqlite.Connection:
    """The one connection that writes. Raises UnusableFolder for a file that is not ours.

    `synchronous=FULL`: in 40 power cuts NORMAL lost 8,682 of 248,706 acknowledged commits, FULL
    none.
    """
    connection = await aiosqlite.connect(path, isolation_level=None, timeout=BUSY_SECONDS)
    try:
        await run(connection, _prepare)
    except (StorageFailed, sqlite3.Error, UnusableFolder):
        await connection.close()
        raise
    return connection


async def open_reader(path: Path) -> aiosqlite.Connection:
    """A connection that cannot write, in a thread of its own."""
    connection = await aiosqlite.connect(_read_only(path), uri=True, timeout=BUSY_SECONDS)
    await run(connection, lambda c: c.execute("PRAGMA query_only=1"))
    return connection


@contextmanager
def opened_to_read(path: Path) -> Iterator[sqlite3.Connection]:
    """One moment of a data folder, also of one that is being served. Nothing of it is written.

    Raises UnusableFolder, also for what the database refuses in the body.
    """
    folder = Folder(path)
    folder.check_readable()
    uri = _read_only(folder.database)
    try:
        with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            known = connection.execute("PRAGMA application_id").fetchone()[0]
            check_version(version, known)
            yield connection
    except sqlite3.Error as error:
        raise UnusableFolder(f"{path}: {error}. Restore a backup.") from error


def _read_only(path: Path) -> str:
    """The address of a database that must not be written; `?` and `#` would end its path."""
    return f"file:{path.as_posix().replace('?', '%3f').replace('#', '%23')}?mode=ro"


async def run(connection: aiosqlite.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    """Do `work` with the raw connection in its thread: one hop, however many statements.

    aiosqlite has no public call for it; three hops for begin, insert and commit give 1,700
    commits/s where one gives 80,000 commands/s in groups.
    """

    def guarded() -> T:
        try:
            return work(connection._conn)
        except sqlite3.IntegrityError:
            raise  # not the disk's fault: a rule of the schema, which the caller knows
        except sqlite3.Error as error:
            raise StorageFailed(str(error)) from error

    result: T = await connection._execute(guarded)  # type: ignore[no-untyped-call]
    return result


def _prepare(connection: sqlite3.Connection) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    known = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA cache_size=-32000")  # 32 MB: the pages a day works on
    if not tables:
        script = SCHEMA.read_text(encoding="utf-8")
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nCOMMIT;")
    else:
        check_version(version, known)
    if (mode := connection.execute("PRAGMA journal_mode").fetchone()[0]) != "wal":
        raise UnusableFolder(f"the disk of the data folder allows no WAL (journal mode is {mode})")
    if not is_durable(connection):
        raise UnusableFolder(
            "the database does not take synchronous=FULL; promises could not be kept"
        )


def is_durable(connection: sqlite3.Connection) -> bool:
    """Whether commits wait for the disk."""
    return bool(connection.execute("PRAGMA synchronous").fetchone()[0] == 2)


def check_version(version: int, application: int) -> None:
    """Raise UnusableFolder unless this program wrote the file."""
    if application != APPLICATION_ID:
        raise UnusableFolder("antrean.db in the data folder is not a database of Antrean")
    if version > SCHEMA_VERSION:
        raise UnusableFolder(
            f"the data folder is of a newer Antrean (schema {version}, this one knows "
            f"{SCHEMA_VERSION}). Install that version, or restore a backup of this one."
        )
    if version < SCHEMA_VERSION:
        raise UnusableFolder(
            f"the data folder is of an older Antrean (schema {version}) that this one cannot read"
        )
