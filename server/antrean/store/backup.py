"""Backup while the server runs, and restore: one file with the database, the ticket secret and
the media."""

import contextlib
import io
import os
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from antrean.media.folder import MEDIA, STORED, MediaFolder
from antrean.store.folder import DATABASE, SECRET, Folder, UnusableFolder
from antrean.store.verify import Report, verify

PAGES = 256  # a step of the copy: a running server waits for none of them


def backup(path: Path, file: Path) -> Report:
    """Copy the folder `path` into the new file `file` (mode 0600), verified before it is there.

    Raises UnusableFolder, FileExistsError.
    """
    folder = Folder(path)
    folder.check_readable()
    if file.exists():
        raise UnusableFolder(f"{file} exists already. Give another name; nothing is overwritten.")
    os.umask(0o077)
    with tempfile.TemporaryDirectory(dir=file.resolve().parent, prefix=".antrean-") as scratch:
        copy = Path(scratch)
        with (
            closing(sqlite3.connect(f"file:{folder.database}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy / DATABASE)) as target,
        ):
            source.backup(target, pages=PAGES, sleep=0.001)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, no log beside it
        (copy / SECRET).write_bytes((path / SECRET).read_bytes())
        report = _checked(copy, "the copy")
        made = copy / "made"
        with tarfile.open(made, "w") as archive:
            for name in (DATABASE, SECRET):
                archive.add(copy / name, name)
            _add_media(archive, MediaFolder(path))
        _sync(made)
        os.link(made, file)  # fails when somebody else made it meanwhile
    _sync(file.resolve().parent)
    return report


def _add_media(archive: tarfile.TarFile, media: MediaFolder) -> None:
    """All files that there are. What was uploaded since the database was copied is swept away
    when the backup is first used; what was removed meanwhile is listed as missing there."""
    for path in media.files():
        with contextlib.suppress(FileNotFoundError):
            archive.add(path, f"{MEDIA}/{path.name}")


def restore(path: Path, file: Path) -> Report:
    """Make the data folder `path`, which must have no data, from a backup; verified before it is
    there.

    Clients get a new epoch, so that none goes on from what the backup does not know.
    """
    folder = Folder(path)
    if folder.exists:
        raise UnusableFolder(
            f"{path} has data already; nothing is overwritten. Restore into an empty folder."
        )
    folder.take()
    try:
        with tempfile.TemporaryDirectory(dir=path, prefix=".restore-") as scratch:
            copy = Path(scratch)
            _unpack(file, copy)
            report = _checked(copy, str(file))
            with closing(sqlite3.connect(copy / DATABASE)) as connection:
                connection.execute("UPDATE meta SET value = '' WHERE key = 'frame_format'")
                connection.commit()
            media = [f"{MEDIA}/{file.name}" for file in MediaFolder(copy).files()]
            if media:
                (path / MEDIA).mkdir(mode=0o700, exist_ok=True)
            # the database last: only with it is the folder one
            for name in (*media, SECRET, DATABASE):
                _sync(copy / name)
                os.replace(copy / name, path / name)
            if media:
                _sync(path / MEDIA)
        _sync(path)
        return report
    finally:
        folder.release()


def _unpack(file: Path, into: Path) -> None:
    """Exactly the two files, and media under their own names, whatever else an archive may hold
    or be named."""
    try:
        with tarfile.open(file) as archive:
            for name in (DATABASE, SECRET):
                _copy(archive, name, into / name, file)
            (into / MEDIA).mkdir(mode=0o700)
            for member in archive.getmembers():
                folder, _, name = member.name.partition("/")
                if folder == MEDIA and STORED.fullmatch(name) and member.isreg():
                    _copy(archive, member, into / MEDIA / name, file)
    except (KeyError, tarfile.TarError, OSError) as error:
        raise UnusableFolder(f"{file} is no backup of Antrean: {error}") from error


def _copy(
    archive: tarfile.TarFile, member: str | tarfile.TarInfo, target: Path, file: Path
) -> None:
    content: io.IOBase | None = archive.extractfile(member)  # type: ignore[assignment]
    if content is None:
        raise UnusableFolder(f"{file} is no backup of Antrean: {target.name} is not in it")
    with open(target, "xb") as copied:
        while block := content.read(1 << 20):
            copied.write(block)


def _checked(copy: Path, what: str) -> Report:
    report = verify(copy)
    if not report.agrees:
        raise UnusableFolder(f"{what} does not agree with itself: {report.differences[0]}")
    return report


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
