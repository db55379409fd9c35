"""The data folder itself: one process at a time, nobody else may read it, and the ticket secret."""

import fcntl
import os
import secrets
from pathlib import Path
from typing import TextIO

DATABASE = "antrean.db"
SECRET = "secret"
LOCK = "lock"


class UnusableFolder(Exception):
    """The folder cannot be used; the text says why and what to do (exit status 2)."""


class Folder:
    """A data folder, by path. `take` locks it for this process; `secret` signs the holders'
    tokens.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: TextIO | None = None

    @property
    def database(self) -> Path:
        return self.path / DATABASE

    @property
    def exists(self) -> bool:
        return self.database.exists()

    def check_readable(self) -> None:
        """Raises UnusableFolder when there is no data here, or it is another user's."""
        if not self.exists:
            raise UnusableFolder(
                f"{self.path}: there is no data of Antrean here. Name the folder with --data."
            )
        self.check_owner()

    def take(self) -> None:
        """Make the folder if it is not there, and hold its lock until `release`.

        Raises UnusableFolder when another process holds it, or it cannot be written.
        """
        os.umask(0o077)
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.check_owner()
            lock = open(self.path / LOCK, "a+", encoding="utf-8")  # noqa: SIM115 - held
        except OSError as error:
            raise UnusableFolder(
                f"{self.path}: {error.strerror}. Give --data a folder that this user may write."
            ) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise UnusableFolder(
                f"{self.path}: another server uses this data folder. Stop it first, or give --data "
                "another folder."
            ) from error
        self._lock = lock

    def release(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def check_owner(self) -> None:
        """Raise UnusableFolder unless the folder is this user's: files of root must not stay
        behind.
        """
        owner = self.path.stat().st_uid
        if owner != os.geteuid():
            raise UnusableFolder(
                f"{self.path}: this folder belongs to user {owner}. Run the command as that user, "
                f"for example with: sudo -u '#{owner}'"
            )

    def secret(self) -> bytes:
        """The 32 bytes under which tokens are made; written on the first start, mode 0600."""
        path = self.path / SECRET
        try:
            return bytes.fromhex(path.read_text(encoding="ascii").strip())
        except FileNotFoundError:
            if self.exists:
                raise UnusableFolder(
                    f"{path} is missing: tokens of tickets could not be read any more. Put it back "
                    "from a backup (antrean restore)."
                ) from None
        except (OSError, ValueError) as error:
            raise UnusableFolder(f"{path} cannot be read: {error}. Restore a backup.") from error
        made = secrets.token_bytes(32)
        write_private(path, made.hex().encode("ascii"))
        return made


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner may read, and have it on the disk on return."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
