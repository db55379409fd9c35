"""Users, sessions and tokens: reading all of them, and the writes. Each function is one step of a
transaction.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from antrean.codec import decode_json, encode_json

Connection: TypeAlias = sqlite3.Connection
"""What a job of `Engine.administer` is handed."""


@dataclass(frozen=True, slots=True)
class User:
    username: str
    password_hash: str
    role: str
    name: str
    counters: frozenset[str] | None  # None: all
    active: bool = True


@dataclass(frozen=True, slots=True)
class Session:
    """`hash` is sha256 of the cookie: whoever reads the table cannot sign in with it."""

    hash: bytes
    username: str
    csrf: str
    created_at: int
    seen_at: int


@dataclass(frozen=True, slots=True)
class Token:
    id: str
    hash: bytes
    name: str
    role: str
    counter: str | None
    zone: str | None
    created_at: int
    ended_at: int | None = None


@dataclass(frozen=True, slots=True)
class AccountTables:
    users: list[User]
    sessions: list[Session]
    tokens: list[Token]  # ended ones too


def load(c: Connection) -> AccountTables:
    users = c.execute("SELECT username, password_hash, role, name, counters, active FROM users")
    sessions = c.execute("SELECT hash, username, csrf, created_at, seen_at FROM sessions")
    tokens = c.execute(
        "SELECT id, hash, name, role, counter, zone, created_at, ended_at FROM tokens"
        " ORDER BY created_at, id"
    )
    return AccountTables(
        [User(u, h, r, n, _counters(only), bool(a)) for u, h, r, n, only, a in users],
        [Session(*row) for row in sessions],
        [Token(*row) for row in tokens],
    )


def _counters(text: str | None) -> frozenset[str] | None:
    return None if text is None else frozenset(decode_json(text, list[str]))


def put_user(c: Connection, user: User) -> None:
    """Add a user, or set all of one that exists."""
    counters = None if user.counters is None else encode_json(sorted(user.counters))
    values = (user.password_hash, user.role, user.name, counters, int(user.active), user.username)
    changed = c.execute(
        "UPDATE users SET password_hash = ?, role = ?, name = ?, counters = ?, active = ?"
        " WHERE username = ?",
        values,
    )
    if not changed.rowcount:
        c.execute(
            "INSERT INTO users (password_hash, role, name, counters, active, username)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            values,
        )


def put_session(c: Connection, session: Session) -> None:
    c.execute(
        "INSERT INTO sessions (hash, username, csrf, created_at, seen_at) VALUES (?, ?, ?, ?, ?)",
        (session.hash, session.username, session.csrf, session.created_at, session.seen_at),
    )


def see_sessions(c: Connection, seen: Iterable[tuple[int, bytes]]) -> None:
    """Note when sessions were last used: (moment, hash) of each."""
    c.executemany("UPDATE sessions SET seen_at = ? WHERE hash = ?", seen)


def end_sessions(c: Connection, hashes: Iterable[bytes]) -> None:
    c.executemany("DELETE FROM sessions WHERE hash = ?", [(h,) for h in hashes])


def end_sessions_of(c: Connection, username: str) -> None:
    c.execute("DELETE FROM sessions WHERE username = ?", (username,))


def add_token(c: Connection, token: Token) -> None:
    c.execute(
        "INSERT INTO tokens (id, hash, name, role, counter, zone, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            token.id,
            token.hash,
            token.name,
            token.role,
            token.counter,
            token.zone,
            token.created_at,
        ),
    )


def end_token(c: Connection, token: str, at: int) -> None:
    c.execute("UPDATE tokens SET ended_at = ? WHERE id = ? AND ended_at IS NULL", (at, token))


def first_answer(c: Connection, key: bytes) -> tuple[str, dict[str, Any]] | None:
    """(what was asked, the body of the answer) of an idempotency key, None for a new one."""
    row = c.execute("SELECT asked, body FROM answers WHERE id = ?", (key,)).fetchone()
    return None if row is None else (row[0], decode_json(row[1], dict[str, Any]))


def keep_answer(c: Connection, key: bytes, asked: str, body: dict[str, Any], date: str) -> None:
    c.execute(
        "INSERT INTO answers (id, asked, body, date) VALUES (?, ?, ?, ?)",
        (key, asked, encode_json(body), date),
    )
