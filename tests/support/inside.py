"""The application in the test's own process, under a clock that the test moves.

For what takes days: sessions that end, tickets that grow old. Store, engine, hub and application
are the real ones; only the network and the time are not.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from antrean import codec
from antrean.catalogue import load
from antrean.cli.wiring import Parts, join
from antrean.clock import Clock
from antrean.domain.rebase import begin
from antrean.logs import JsonLog
from antrean.opening import Opened
from antrean.settings import Settings
from antrean.store import Loaded, Store
from antrean.store.accounts import User
from antrean.views import FORMAT
from antrean.web import app
from tests.support.server import HALL

START_MS = 1_795_572_000_000  # 2026-11-25, 09:00 in Jakarta
ADMIN = ("admin", "kata sandi admin")


@dataclass(slots=True)
class Time:
    """Wall and boot clock, moved together by the test."""

    now_ms: int = START_MS

    def pass_(self, *, seconds: float = 0, hours: float = 0, days: float = 0) -> None:
        self.now_ms += round((seconds + hours * 3600 + days * 86_400) * 1000)


@dataclass(slots=True)
class Inside:
    """One application; `call` sends it a request."""

    parts: Parts
    time: Time
    http: httpx2.AsyncClient

    async def call(
        self, method: str, path: str, body: Any = None, *, token: str | None = None, **headers: str
    ) -> httpx2.Response:
        sent = {k.replace("_", "-"): v for k, v in headers.items()}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        return await self.http.request(method, f"/api/v1{path}", json=body, headers=sent)

    async def token(self, role: str) -> str:
        """A bearer that is kept nowhere."""
        return self.parts.backend.accounts.lend_token(role, role)


@asynccontextmanager
async def inside(
    folder: Path, settings: Settings | None = None, time: Time | None = None
) -> AsyncIterator[Inside]:
    """An application on the data folder `folder`; it may be opened again after it was closed."""
    time = time or Time()
    settings = settings or Settings(data=folder)
    catalogue = load(HALL)
    # as `open_folder`, which reads this machine's clock
    store = await Store.open(folder)
    loaded = await store.load(FORMAT)
    if loaded is None:
        state = begin(catalogue, time.now_ms)
        epoch = await store.begin_catalogue(catalogue, state, FORMAT)
        loaded = Loaded(state, [], {}, epoch, codec.digest(catalogue))
    clock = Clock(
        loaded.entries[-1].at if loaded.entries else loaded.state.at,
        accept=True,
        wall_ms=lambda: time.now_ms,
        boot_ms=lambda: time.now_ms,
    )
    parts = await join(settings, Opened(store, clock, loaded), catalogue, JsonLog())
    if not parts.backend.accounts.users:
        hashed = await parts.backend.passwords.hash(ADMIN[1])
        await parts.backend.accounts.put_user(User(ADMIN[0], hashed, "admin", "Admin", None))
    application = app.build(parts.backend, clock.jump_seconds, None)
    transport = httpx2.ASGITransport(application)
    try:
        async with httpx2.AsyncClient(transport=transport, base_url="http://hall.test") as http:
            yield Inside(parts, time, http)
    finally:
        await parts.engine.stop()
