"""Files of the browser side under /assets: modules, styles, sounds, the typeface and the words.

Held in memory with their digest; a file that changed on disk is read again. `?v=` with the digest
of all files may be kept for ever by a browser; without it a browser asks again and mostly hears
304.
"""

import gzip
import hashlib
import importlib.resources
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from antrean import words
from antrean.assets import CLIENTS, DISPLAYS
from antrean.web.problems import Problem

KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
"""What is served: templates, catalogues and notes for developers lie in the same folders and are
not."""

FONT = "fonts/overpass.ttf"
_TEXT = (".js", ".mjs", ".css", ".json", ".svg", ".ttf")


@dataclass(frozen=True, slots=True)
class Asset:
    body: bytes
    packed: bytes | None  # gzip
    kind: str
    etag: str
    changed_ns: int


class Assets:
    """All of /assets. `version` stands in the URLs that pages use."""

    def __init__(self, clients: Path = CLIENTS, displays: Path = DISPLAYS) -> None:
        self._roots = {"clients": clients.resolve(), "displays": displays.resolve()}
        self._files: dict[str, Asset] = {}
        self._fixed = {
            f"words/{language}.json": _asset(words.as_json(language), ".json")
            for language in words.LANGUAGES
        }
        if (font := _font()) is not None:
            self._fixed[FONT] = _asset(font, ".ttf")
        self.version = self._digest()

    def _digest(self) -> str:
        summed = hashlib.sha256()
        for name, root in self._roots.items():
            for path in sorted(root.rglob("*")):
                if path.suffix in KINDS and path.is_file():
                    asset = self.get(f"{name}/{path.relative_to(root).as_posix()}")
                    summed.update((asset.etag if asset else "").encode())
        for asset in self._fixed.values():
            summed.update(asset.etag.encode())
        return summed.hexdigest()[:12]

    def url(self, path: str) -> str:
        """`clients/lib/live.js` as a page writes it."""
        return f"/assets/{path}?v={self.version}"

    def get(self, name: str) -> Asset | None:
        """The file `name`, or None. Never one outside of the two folders."""
        if name in self._fixed:
            return self._fixed[name]
        top, _, rest = name.partition("/")
        root = self._roots.get(top)
        if root is None or not rest or "\0" in rest:
            return None
        path = (root / rest).resolve()
        if path.suffix not in KINDS or not path.is_relative_to(root):
            return None
        if path.relative_to(root).as_posix() != rest:
            return None  # one name for each file, else what is held here could grow without end
        try:
            changed = path.stat().st_mtime_ns
            known = self._files.get(name)
            if known is None or known.changed_ns != changed:
                known = _asset(path.read_bytes(), path.suffix, changed)
                self._files[name] = known
        except OSError:
            return None
        return known

    async def serve(self, request: Request) -> Response:
        asset = self.get(request.path_params["path"])
        if asset is None:
            raise Problem("not_found")
        fixed = request.query_params.get("v") == self.version
        headers = {
            "etag": asset.etag,
            "cache-control": "public, max-age=31536000, immutable" if fixed else "no-cache",
            "vary": "Accept-Encoding",
        }
        if asset.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        body = asset.body
        if asset.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            body = asset.packed
        return Response(body, headers=headers, media_type=asset.kind)


def _asset(body: bytes, suffix: str, changed: int = 0) -> Asset:
    packed = gzip.compress(body, 6, mtime=0) if suffix in _TEXT and len(body) > 512 else None
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    return Asset(body, packed, KINDS[suffix], etag, changed)


def _font() -> bytes | None:
    """Overpass from the package that carries it; a screen works with a system font too."""
    try:
        file = importlib.resources.files("fontpkg_overpass") / "files" / "Overpass[wght].ttf"
        return file.read_bytes()
    except (ModuleNotFoundError, OSError):
        return None
