"""DATA/media: what displays play, as `ID.EXTENSION` under random ids, for this user alone.

The journal says which files there are. A file is on the disk before its entry is, and leaves after
its removal is; what a crash left between the two, and uploads that never became whole, are swept
away at the next start.
"""

import contextlib
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from io import FileIO
from pathlib import Path

from antrean.domain.hall_model import Media
from antrean.media.kinds import EXTENSIONS

MEDIA = "media"
RESERVE_BYTES = 500_000_000  # left free: the queue's own disk must not fill up with films

_UPLOAD = re.compile(r"\.upload-[0-9a-f]{24}")
STORED = re.compile(rf"([0-9a-f]{{24}})\.(?:{'|'.join(EXTENSIONS.values())})")
"""The name of a stored file."""


class NoRoom(OSError):
    """A file of that size would fill the disk."""


def new_media_id() -> str:
    """96 random bits, of letters and digits that no file system and no shell takes for more."""
    return secrets.token_hex(12)


def stored_name(media_id: str, kind: str) -> str:
    """`ID.png` of a MIME type."""
    return f"{media_id}.{EXTENSIONS[kind]}"


def stored_names(media: Iterable[Media]) -> set[str]:
    return {stored_name(m.id, m.type) for m in media}


class MediaFolder:
    """The folder `media` of a data folder. Made when the first file comes."""

    def __init__(self, data: Path) -> None:
        self.path = data / MEDIA

    def begin(self) -> tuple[Path, FileIO]:
        """A new temporary file (mode 0600), unbuffered. Raises OSError."""
        if not self.path.is_dir():
            self.path.mkdir(mode=0o700, exist_ok=True)
            _sync(self.path.parent)
        path = self.path / f".upload-{secrets.token_hex(12)}"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        return path, open(descriptor, "w+b", buffering=0)

    def check_room(self, size: int) -> None:
        """Raise NoRoom unless `size` more bytes leave the reserve free."""
        if shutil.disk_usage(self.path).free - size < RESERVE_BYTES:
            raise NoRoom("the disk would be full")

    def keep(self, temporary: Path, name: str) -> None:
        """Give a temporary file, which is on the disk, the name that stays. Raises OSError."""
        os.rename(temporary, self.path / name)
        _sync(self.path)

    def size_of(self, name: str) -> int | None:
        """Bytes of a stored file; None when it is missing."""
        try:
            return (self.path / name).stat().st_size
        except OSError:
            return None

    def remove(self, name: str) -> None:
        """Remove a stored file. What cannot be removed is swept away at the next start."""
        with contextlib.suppress(OSError):
            (self.path / name).unlink()

    def files(self) -> Iterator[Path]:
        """The stored files that there are."""
        with contextlib.suppress(FileNotFoundError):
            for path in self.path.iterdir():
                if STORED.fullmatch(path.name) and path.is_file() and not path.is_symlink():
                    yield path

    def sweep(self, kept: set[str]) -> int:
        """Remove broken uploads and stored files that are not named in `kept`; how many.

        Files of other names are somebody else's: they are neither served nor touched.
        """
        names = [path.name for path in self.files() if path.name not in kept]
        with contextlib.suppress(FileNotFoundError):
            names += [p.name for p in self.path.iterdir() if _UPLOAD.fullmatch(p.name)]
        for name in names:
            self.remove(name)
        return len(names)


def _sync(folder: Path) -> None:
    """Have the folder's own entries on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
