"""For the operator: does the process serve, can commands be committed, and the figures."""

import asyncio
from collections.abc import Callable

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from antrean.store import StorageFailed
from antrean.web.backend import Backend
from antrean.web.metrics import CONTENT_TYPE

FULL = 2  # what PRAGMA synchronous says; anything less loses commits in a power cut
ANSWER_SECONDS = 2.0  # for the writer to say so


class Health:
    """`jump_seconds`: how far the wall clock jumped beyond what is followed, 0 when all is well."""

    def __init__(self, backend: Backend, jump_seconds: Callable[[], int]) -> None:
        self._backend = backend
        self._jump_seconds = jump_seconds

    async def healthz(self, request: Request) -> Response:
        return _json(200, {"status": "ok"})

    async def readyz(self, request: Request) -> Response:
        """503 with the reason when a command could not be committed now. No paths, no versions."""
        trouble = self._backend.engine.trouble or await self._unsafe()
        jump = self._jump_seconds()
        clock = {"clock_jump_seconds": jump} if jump else {}
        if trouble is not None:
            body = {"status": "unavailable", "reason": "storage", "detail": trouble, **clock}
            return _json(503, body, retry_after="2")
        return _json(200, {"status": "ready", "seq": self._backend.state.seq, **clock})

    async def _unsafe(self) -> str | None:
        """Why a commit would not be safe, although none has failed."""
        store = self._backend.engine.store
        asked = asyncio.ensure_future(
            store.run(lambda c: int(c.execute("PRAGMA synchronous").fetchone()[0]))
        )
        # not cancelled when it takes too long: nothing that uses the writer ever is
        done, _ = await asyncio.wait({asked}, timeout=ANSWER_SECONDS)
        if not done:
            asked.add_done_callback(lambda late: late.exception())
            return "the disk does not answer"
        try:
            return None if asked.result() == FULL else "commits are not synchronous"
        except StorageFailed as error:
            return str(error)

    async def metrics(self, request: Request) -> Response:
        body = self._backend.metrics.render()
        return Response(body, headers={"cache-control": "no-store", "content-type": CONTENT_TYPE})


def _json(status: int, body: dict[str, object], retry_after: str | None = None) -> Response:
    headers = {"cache-control": "no-store"}
    if retry_after is not None:
        headers["retry-after"] = retry_after
    return Response(
        msgspec.json.encode(body), status, headers=headers, media_type="application/json"
    )
