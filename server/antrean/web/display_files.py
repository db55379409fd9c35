"""Two files of displays that do not lie under /assets: their service worker, and a pairing code
as QR."""

import io
import re

import segno
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from antrean.web.assets import Assets
from antrean.web.backend import Backend
from antrean.web.limits import Buckets, network
from antrean.web.pairing import ALPHABET, LENGTH, PER_ADDRESS
from antrean.web.problems import Problem, rate_limited

_WORKER = "displays/worker.js"
# A drawing takes 10 ms of the one loop that everything runs in, and anyone may ask for one: as many
# at once as an address may have codes, then one every 2 s.
_DRAWN_RATE = 0.5
_CODE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
# It may fetch what it is to keep, and nothing else.
_WORKER_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"


class DisplayFiles:
    def __init__(self, backend: Backend, assets: Assets) -> None:
        self._backend = backend
        self._assets = assets
        self._drawn = Buckets(_DRAWN_RATE, PER_ADDRESS)

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/display-worker.js", self.worker, methods=["GET"]),
            Route("/display-code.svg", self.code, methods=["GET"]),
        ]

    async def worker(self, request: Request) -> Response:
        """Served from the top, as a worker may only see to what lies beside or below it."""
        asset = self._assets.get(_WORKER)
        if asset is None:
            raise Problem("not_found")
        headers = {"cache-control": "no-cache", "content-security-policy": _WORKER_POLICY}
        return Response(asset.body, media_type=asset.kind, headers=headers)

    async def code(self, request: Request) -> Response:
        """Where an administrator accepts the display that shows this code. Tells nothing of whether
        there is such a code; the code stands in the fragment, which no server is sent."""
        code = request.query_params.get("code", "")
        if not _CODE.fullmatch(code):
            raise Problem("not_found")
        where = network(self._backend.addresses.of(request.scope, dict(request.scope["headers"])))
        wait = self._drawn.take(where)
        if wait:
            raise rate_limited(wait)
        image = io.BytesIO()
        address = f"{self._backend.base_url}/devices#code={code}"
        drawn = segno.make(address, error="m", micro=False)
        drawn.save(image, kind="svg", scale=8, border=4, xmldecl=False, omitsize=True)
        return Response(image.getvalue(), media_type="image/svg+xml")
