"""Users, sessions and tokens: kept in memory, written through the engine's writer before they
count.

Knows no HTTP. A session is a random cookie of which the table holds the hash; it ends by signing
out, by a change of its user, after IDLE_MS without a request, or LONGEST_MS after signing in.
"""

import asyncio
import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from antrean.engine import Engine, Key, KeyMismatch
from antrean.group import key_id
from antrean.store import accounts as tables
from antrean.store.accounts import Connection, Session, Token, User
from antrean.web.principal import Principal

Json: TypeAlias = dict[str, Any]

IDLE_MS = 12 * 3_600_000  # a long shift at a counter
LONGEST_MS = 24 * 3_600_000
SEEN_EVERY_MS = 60_000  # how exactly the last use is kept


def hash_of(secret: str) -> bytes:
    """Of a cookie or token: they are random, so a plain hash is as good as a slow one."""
    return hashlib.sha256(secret.encode()).digest()


class UserExists(Exception):
    """There is a user of that name."""


@dataclass(frozen=True, slots=True)
class Once:
    """An idempotency key of a write that is no command, and the answer to keep with it."""

    key: Key
    answer: Json
    date: str

    @property
    def _id(self) -> bytes:
        # apart from the engine's keys, which it holds in memory and would not know of these
        return key_id(replace(self.key, caller=f"accounts {self.key.caller}"))

    def before(self, c: Connection) -> Json | None:
        """The first answer, None for a new key. Raises KeyMismatch."""
        found = tables.first_answer(c, self._id)
        if found is not None and found[0] != self.key.asked:
            raise KeyMismatch
        return None if found is None else found[1]

    def keep(self, c: Connection) -> None:
        tables.keep_answer(c, self._id, self.key.asked, self.answer, self.date)


class Accounts:
    """`ended` is called with each credential that ends, so that its sockets close at once."""

    def __init__(self, engine: Engine, ended: Callable[[str], None]) -> None:
        self._engine = engine
        self._ended = ended
        self.users: dict[str, User] = {}
        self.tokens: dict[str, Token] = {}  # by id
        self._sessions: dict[bytes, Session] = {}
        self._by_hash: dict[bytes, Token] = {}
        self._seen: dict[bytes, int] = {}  # not yet written
        self._written_at = 0
        # Held from reading a user to writing a change of it: else, of two changes at the same
        # moment, one would be lost, and two admins could put each other out.
        self.changing = asyncio.Lock()

    async def load(self) -> None:
        found = await self._engine.administer(tables.load)
        self.users = {u.username: u for u in found.users}
        self.tokens = {t.id: t for t in found.tokens}
        self._by_hash = {t.hash: t for t in found.tokens if t.ended_at is None}
        self._sessions = {s.hash: s for s in found.sessions}

    # who asks
    def of_token(self, text: str) -> Principal | None:
        """The principal of a role's bearer token."""
        token = self._by_hash.get(hash_of(text))
        if token is None:
            return None
        return Principal("token", token.id, token.role, token.name, credential=f"token:{token.id}")

    def of_cookie(self, cookie: str) -> Principal | None:
        """The principal of a session that has not ended; counts as its use."""
        found = hash_of(cookie)
        session = self._sessions.get(found)
        if session is None:
            return None
        now = self._engine.now()
        if self._is_over(session, now):
            return None
        user = self.users.get(session.username)
        if user is None or not user.active:
            return None
        if now - session.seen_at >= SEEN_EVERY_MS:
            self._sessions[found] = replace(session, seen_at=now)
            self._seen[found] = now
        return Principal(
            "user",
            user.username,
            user.role,
            user.name,
            user.counters,
            csrf=session.csrf,
            credential=_credential(found),
        )

    def _is_over(self, session: Session, now: int) -> bool:
        return now - session.seen_at > IDLE_MS or now - session.created_at > LONGEST_MS

    async def tidy(self) -> None:
        """End the sessions whose time is over, and every SEEN_EVERY_MS write when the others were
        used. Called once a second."""
        now = self._engine.now()
        over = [h for h, s in self._sessions.items() if self._is_over(s, now)]
        if not over and (not self._seen or now - self._written_at < SEEN_EVERY_MS):
            return
        seen, self._seen, self._written_at = self._seen, {}, now

        def work(c: Connection) -> None:
            tables.see_sessions(c, [(at, h) for h, at in seen.items()])
            tables.end_sessions(c, over)

        await self._engine.administer(work)
        self._forget(over)

    # sessions
    async def sign_in(self, user: User) -> tuple[str, Session]:
        """A new session: (the cookie's value, the session)."""
        cookie, now = secrets.token_urlsafe(32), self._engine.now()
        session = Session(hash_of(cookie), user.username, secrets.token_urlsafe(24), now, now)
        await self._engine.administer(lambda c: tables.put_session(c, session))
        self._sessions[session.hash] = session
        if self.users.get(user.username) is not user:
            # changed while the password was checked: what was right then may not be now
            await self.sign_out(_credential(session.hash))
        return cookie, session

    async def sign_out(self, credential: str) -> None:
        found = [h for h in self._sessions if _credential(h) == credential]
        await self._engine.administer(lambda c: tables.end_sessions(c, found))
        self._forget(found)

    def _forget(self, hashes: Iterable[bytes]) -> None:
        for found in hashes:
            if self._sessions.pop(found, None) is not None:
                self._ended(_credential(found))

    # users
    async def put_user(
        self,
        user: User,
        *,
        new: bool = False,
        keep: str | None = None,
        once: "Once | None" = None,
    ) -> Json | None:
        """Add a user (`new`) or change one, ending its sessions but the credential `keep`.

        Returns the first answer when the idempotency key `once` was used before, else None. Raises
        UserExists, KeyMismatch.
        """

        def work(c: Connection) -> Json | None:
            if once is not None and (before := once.before(c)) is not None:
                return before
            if new and user.username in self.users:
                raise UserExists(user.username)
            tables.put_user(c, user)
            tables.end_sessions(c, self._sessions_of(user.username, keep))
            if once is not None:
                once.keep(c)
            return None

        before = await self._engine.administer(work)
        if before is None:
            self.users[user.username] = user
            self._forget(self._sessions_of(user.username, keep))
        return before

    async def first_answer(self, once: "Once") -> Json | None:
        """The first answer of an idempotency key, None for a new one. Raises KeyMismatch."""
        return await self._engine.administer(once.before)

    async def keep_answer(self, once: "Once") -> None:
        """Keep the answer of something that was done and is in no table."""
        await self._engine.administer(once.keep)

    def _sessions_of(self, username: str, keep: str | None) -> list[bytes]:
        return [
            h
            for h, s in list(self._sessions.items())
            if s.username == username and _credential(h) != keep
        ]

    # tokens
    async def add_token(
        self, name: str, role: str, counter: str | None, zone: str | None
    ) -> tuple[Token, str]:
        """A new token: (its row, the secret, which is shown this once)."""
        secret, now = secrets.token_urlsafe(32), self._engine.now()
        made = Token(secrets.token_hex(6), hash_of(secret), name, role, counter, zone, now)
        await self._engine.administer(lambda c: tables.add_token(c, made))
        self.tokens[made.id] = self._by_hash[made.hash] = made
        return made, secret

    def lend_token(self, name: str, role: str) -> str:
        """A token that is written nowhere and ends with the process: for our own child."""
        secret = secrets.token_urlsafe(32)
        lent = Token(name, hash_of(secret), name, role, None, None, self._engine.now())
        self._by_hash[lent.hash] = lent
        return secret

    async def end_token(self, token: Token) -> None:
        now = self._engine.now()
        await self._engine.administer(lambda c: tables.end_token(c, token.id, now))
        self.tokens[token.id] = replace(token, ended_at=now)
        self._by_hash.pop(token.hash, None)
        self._ended(f"token:{token.id}")


def _credential(session: bytes) -> str:
    return f"session:{session.hex()[:32]}"
