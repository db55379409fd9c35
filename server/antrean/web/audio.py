"""What displays say, as files: `/audio/HASH.wav`, for anyone, kept by browsers for ever."""

import stat
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from antrean.voice.cache import NAME
from antrean.voice.speech import FOLDER
from antrean.web.problems import Problem

_HEADERS = {
    # A file is named by what it says: it never changes.
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
}


class _Sound(FileResponse):
    # A phrase in one read: each read is a hop to a thread, some 20 ms on a busy machine.
    chunk_size = 1 << 20


class Audio:
    """The sounds of one data folder."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    async def serve(self, request: Request) -> Response:
        """A sound, also in parts (browsers ask for ranges). 404 for every name but that of a sound
        that is there."""
        name = request.path_params["name"]
        # Only such names reach the disk: no way out of the folder, no half-written file.
        if not NAME.fullmatch(name):
            raise Problem("not_found")
        path = self._folder / name
        try:
            about = path.stat()
        except OSError:
            raise Problem("not_found") from None
        if not stat.S_ISREG(about.st_mode):
            raise Problem("not_found")
        return _Sound(path, media_type="audio/wav", headers=_HEADERS, stat_result=about)
