"""What displays say, as files: `/audio/HASH.wav`, for anyone. A file is named by what it says."""

from starlette.requests import Request
from starlette.responses import Response

from antrean.voice.cache import NAME
from antrean.voice.speech import FOLDER
from antrean.web.backend import Backend
from antrean.web.kept_files import KeptFiles
from antrean.web.problems import Problem


class Audio:
    """The sounds of one data folder."""

    def __init__(self, backend: Backend) -> None:
        self._folder = backend.settings.data / FOLDER
        self._files = KeptFiles(backend.addresses)

    async def serve(self, request: Request) -> Response:
        """A sound, also in parts (browsers ask for ranges). 404 for every name but that of a sound
        that is there."""
        name = request.path_params["name"]
        # Only such names reach the disk: no way out of the folder, no half-written file.
        if not NAME.fullmatch(name):
            raise Problem("not_found")
        return self._files.answer(request, self._folder / name, "audio/wav")
