"""Opening a data folder: the clock against the journal, and the state to go on from."""

from dataclasses import dataclass
from pathlib import Path

from antrean import codec
from antrean.clock import Clock, ClockBehind
from antrean.domain.catalogue import Catalogue
from antrean.domain.rebase import begin
from antrean.store import Loaded, StorageFailed, Store, UnusableFolder


@dataclass(frozen=True, slots=True)
class Opened:
    """`loaded.digest` is that of the catalogue the folder was left with: `Engine.start`
    compares.
    """

    store: Store
    clock: Clock
    loaded: Loaded


async def open_folder(
    path: Path,
    catalogue: Catalogue,
    frame_format: str,
    *,
    kind: str = "live",
    accept_clock: bool = False,
    speed: float = 1.0,
) -> Opened:
    """Open or make the data folder `path` and load its day.

    `speed` other than 1 is for folders of the kind `simulation`. Raises UnusableFolder, also for a
    clock that stands more than 60 s before the journal's last entry, unless `accept_clock`.
    """
    store = await Store.open(path, kind)
    try:
        loaded = await store.load(frame_format)
        if loaded is None:
            clock = Clock(speed=speed)
            state = begin(catalogue, clock.now())
            epoch = await store.begin_catalogue(catalogue, state, frame_format)
            loaded = Loaded(state, [], {}, epoch, codec.digest(catalogue))
            return Opened(store, clock, loaded)
        last = loaded.entries[-1].at if loaded.entries else loaded.state.at
        return Opened(store, Clock(last, accept=accept_clock, speed=speed), loaded)
    except ClockBehind as error:
        await store.close()
        raise UnusableFolder(
            f"{path}: the clock of this machine is {error.behind_seconds} s behind the last entry "
            "of the journal. Set the clock, or start with --accept-clock to go on from that entry."
        ) from error
    except (StorageFailed, codec.Unreadable) as error:
        await store.close()
        raise UnusableFolder(f"{path}: {error}. Restore a backup (antrean restore).") from error
