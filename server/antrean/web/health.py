"""For the operator: does the process serve, can commands be committed, and the figures."""

from collections.abc import Callable

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from antrean.web.backend import Backend
from antrean.web.metrics import CONTENT_TYPE

FULL = 2  # what PRAGMA synchronous says


class Health:
    """`jump_seconds`: how far the wall clock jumped beyond what is followed, 0 when all is well."""

    def __init__(self, backend: Backend, jump_seconds: Callable[[], int]) -> None:
        self._backend = backend
        self._jump_seconds = jump_seconds

    async def healthz(self, request: Request) -> Response:
        return _json(200, {"status": "ok"})

    async def readyz(self, request: Request) -> Response:
        """503 with the reason when a command could not be committed now. No paths, no versions."""
        trouble = self._backend.engine.trouble
        jump = self._jump_seconds()
        clock = {"clock_jump_seconds": jump} if jump else {}
        if trouble is not None:
            body = {"status": "unavailable", "reason": "storage", "detail": trouble, **clock}
            return _json(503, body, retry_after="2")
        return _json(200, {"status": "ready", "seq": self._backend.state.seq, **clock})

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
