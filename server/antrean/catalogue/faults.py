"""What is wrong with a catalogue, in words for the one who edits it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where (file, table, key; "" where there is none), what, and the remedy."""

    file: str
    table: str  # `[site]`, `[[service]] 3 "sim-perpanjangan"`
    key: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.table, self.key) if part)
        return ": ".join(part for part in (self.file, place, self.problem, self.remedy) if part)


class CatalogueFaults(Exception):
    """All faults of one catalogue; `str()` gives one a line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)
