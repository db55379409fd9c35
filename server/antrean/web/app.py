"""The whole application: /api/v1 by its table, pages, assets, health and the socket by
Starlette."""

import logging
import secrets
import time
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from antrean.web import problems
from antrean.web.api import PREFIX, Api, Receive, Scope, Send
from antrean.web.assets import Assets
from antrean.web.audio import Audio
from antrean.web.backend import Backend
from antrean.web.display_files import DisplayFiles
from antrean.web.endpoint import Table
from antrean.web.headers import HARDENING, HSTS, NO_STORE, NOTHING_RUNS
from antrean.web.health import Health
from antrean.web.media_files import MediaFiles
from antrean.web.pages import Pages
from antrean.web.problems import Problem
from antrean.web.table import ENDPOINTS

_log = logging.getLogger(__name__)


def build(backend: Backend, jump_seconds: Callable[[], int], socket: BaseRoute | None) -> "Edge":
    """The ASGI application. `socket` is the route of `/ws`."""
    health = Health(backend, jump_seconds)
    assets = Assets()
    routes: list[BaseRoute] = [
        Route("/healthz", health.healthz),
        Route("/readyz", health.readyz),
        Route("/metrics", health.metrics),
        Route("/favicon.ico", _favicon),
        Route("/assets/{path:path}", assets.serve),
        Route("/audio/{name}", Audio(backend).serve),
        Route("/media/{name}", MediaFiles(backend).serve),
        *Pages(backend, assets).routes(),
        *DisplayFiles(backend, assets).routes(),
        *([] if socket is None else [socket]),
    ]
    pages = Starlette(
        routes=routes,
        exception_handlers={
            Problem: _on_problem,
            HTTPException: _on_http_exception,
            Exception: _on_error,
        },
    )
    pages.router.redirect_slashes = False
    return Edge(backend, Api(backend, Table(ENDPOINTS)), pages)


class Edge:
    """The outermost: sends /api/v1 straight to its table, and sees to the headers of all the rest.

    Starlette's own layers cost as much as deciding a command does, so the API does not go through
    them.
    """

    def __init__(self, backend: Backend, api: Api, pages: Starlette) -> None:
        self._backend = backend
        self._api = api
        self._pages = pages
        self._hardening = (*HARDENING, *([HSTS] if backend.settings.is_https else []))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if scope["path"].startswith(PREFIX + "/"):
                await self._api(scope, receive, send)
                return
            await self._serve_page(scope, receive, send)
            return
        await self._pages(scope, receive, send)

    async def _serve_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        status = 500

        async def hardened(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *self._missing(message["headers"])]
            await send(message)

        headers = dict(scope["headers"])
        if self._backend.addresses.is_https(scope, headers):
            scope["scheme"] = "https"
        try:
            await self._pages(scope, receive, hardened)
        except Exception:  # answered and logged already; Starlette raises it once more
            if status != 500:
                raise
        finally:
            route = getattr(scope.get("route"), "path", "unknown")
            self._backend.log.request(
                scope["method"], route, status, time.perf_counter() - began, "anyone", ""
            )

    def _missing(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """What this answer does not say itself."""
        there = {name.lower() for name, _ in headers}
        wanted = (*self._hardening, NOTHING_RUNS, NO_STORE)
        return [(name, value) for name, value in wanted if name not in there]


async def _favicon(request: Request) -> Response:
    """Pages name their icon; a browser that asks here anyway is told that there is none."""
    return Response(status_code=204, headers={"cache-control": "max-age=86400"})


async def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    status, body = problems.render(
        error, problems.language_of(request.headers.get("accept-language"))
    )
    headers = {name.decode(): value.decode() for name, value in error.headers}
    return Response(body, status, headers=headers, media_type="application/problem+json")


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        allow = (error.headers or {}).get("Allow", "GET").encode()
        return await _on_problem(
            request, Problem("method_not_allowed", headers=[(b"allow", allow)])
        )
    return await _on_problem(request, Problem("not_found"))


async def _on_error(request: Request, error: Exception) -> Response:
    number = secrets.token_hex(6)
    _log.error("request %s failed", number, exc_info=error)
    return await _on_problem(request, Problem("internal", request=number))
