"""Files of displays under /media: an image or a film for anyone, whole or a range of it.

Only what the journal has is served, by the id alone: no name of a client's ever becomes a path.
"""

from starlette.requests import Request
from starlette.responses import Response

from antrean.media.folder import STORED, stored_name
from antrean.web.backend import Backend
from antrean.web.kept_files import KeptFiles
from antrean.web.problems import Problem

# Whatever a browser might take it for, opened by itself it may load and run nothing.
_POLICY = {"content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'"}


class MediaFiles:
    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._files = KeptFiles(backend.addresses)

    async def serve(self, request: Request) -> Response:
        """The file, or a part of it. Raises Problem not_found, rate_limited."""
        name = request.path_params["name"]
        found = STORED.fullmatch(name)
        media = self._backend.state.media.get(found[1]) if found else None
        if media is None or stored_name(media.id, media.type) != name:
            raise Problem("not_found")
        path = self._backend.uploads.folder.path / name
        return self._files.answer(request, path, media.type, _POLICY)
