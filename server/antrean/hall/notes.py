"""What displays tell and arbiters want, brought into the journal."""

import asyncio

from antrean.domain.commands import Command
from antrean.domain.errors import QueueError
from antrean.engine import Engine
from antrean.hall.tasks import Tasks
from antrean.ports import StorageUnavailable

ACTOR = "hall"
RETRY_SECONDS = 1.0  # after the disk refused, or while a display changes too often


class Notes:
    """Commands of the hall's own."""

    def __init__(self, engine: Engine, tasks: Tasks) -> None:
        self._engine = engine
        self._tasks = tasks
        self._owed: set[Command] = set()  # what `note_surely` has not committed yet

    async def note(self, command: Command, device: str | None = None) -> bool:
        """Commit what was told; False when the disk refused."""
        actor = ACTOR if device is None else f"device:{device}"
        try:
            await self._engine.submit(command, actor)
        except StorageUnavailable:
            return False
        except QueueError:
            return True  # the device was removed, the ticket ended: nothing to note
        return True

    def note_surely(self, command: Command, device: str | None = None) -> None:
        """Commit what nobody tells again, as soon as the disk lets it. The same waits once, however
        often a display says so."""
        if command not in self._owed:
            self._owed.add(command)
            self._tasks.begin(self._note_until_done(command, device), "owed")

    async def _note_until_done(self, command: Command, device: str | None) -> None:
        try:
            while True:
                if await self.note(command, device):
                    return
                await asyncio.sleep(RETRY_SECONDS)
        finally:
            self._owed.discard(command)
