"""What a simulated day amounted to: as a table for people, as JSON for programs."""

from collections import Counter as Count
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

from antrean.simulation.journal import Journal
from antrean.simulation.world import Tally

SHOWN_FAULTS = 15


def quantile(values: Sequence[float], q: float) -> float | None:
    """The value below which a share `q` of the sorted values lies; None without values."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(int(q * len(ordered)), len(ordered) - 1)]


def _spread(values: Sequence[float], factor: float, unit: str) -> dict[str, Any]:
    named = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "max": 1.0}
    result: dict[str, Any] = {"count": len(values)}
    for name, q in named.items():
        found = quantile(values, q)
        result[f"{name}_{unit}"] = None if found is None else round(found * factor, 2)
    return result


@dataclass(slots=True)
class Report:
    """`problems` is empty when the day went well."""

    day: int
    tickets: int
    counters: int
    speed: float
    seconds: float = 0.0
    events: int = 0
    event_counts: Mapping[str, int] = field(default_factory=dict)
    states: Mapping[str, int] = field(default_factory=dict)
    visitors: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)
    waits: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    service: Mapping[str, Any] = field(default_factory=dict)
    commands: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    deliveries: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    errors: int = 0
    faults: int = 0
    problems: list[str] = field(default_factory=list)
    verify: str = "not run"

    def take(self, tally: Tally, journal: Journal) -> None:
        figures = journal.figures
        every = [s for kind in tally.seconds.values() for s in kind]
        self.events = sum(figures.events.values())
        self.event_counts = _sorted(figures.events)
        self.states = _sorted(journal.states())
        self.visitors = _sorted(tally.visitors)
        self.refused = _sorted(tally.refused)
        self.waits = {c: _spread(v, 1 / 60, "minutes") for c, v in sorted(figures.waits.items())}
        self.service = _spread(figures.services, 1 / 60, "minutes")
        self.commands = {"all": _spread(every, 1000, "ms")} | {
            kind: _spread(v, 1000, "ms") for kind, v in sorted(tally.seconds.items())
        }
        self.deliveries = {
            audience: _spread(v, 1000, "ms") for audience, v in sorted(tally.deliveries.items())
        }
        self.errors, self.faults = tally.error_count, journal.fault_count
        self.problems += [*tally.errors, *journal.faults]

    def show(self, console: Console) -> None:
        taken = self.visitors.get("tickets", 0)
        console.print(
            f"Day {self.day}: {taken} tickets over {self.counters} counters in "
            f"{self.seconds:.0f} s ({self.speed:g} times as fast), {self.events} events"
        )
        console.print("Tickets at the end: " + _listed(self.states))
        console.print("Events: " + _listed(self.event_counts))
        console.print("Visitors: " + _listed(self.visitors))
        console.print("Refused, as they should be: " + (_listed(self.refused) or "nothing"))
        console.print(_table("Waits in minutes", "class", self.waits, "minutes"))
        console.print(_table("Commands in ms", "command", self.commands, "ms"))
        console.print(_table("Sent to seen in ms", "audience", self.deliveries, "ms"))
        console.print(f"antrean verify: {self.verify}")
        for problem in self.problems[:SHOWN_FAULTS]:
            console.print(f"FAULT {problem}", style="red", markup=False, highlight=False)
        if self.problems:
            console.print(f"{self.errors} errors, {self.faults} broken rules", style="red")
        else:
            console.print("No errors; the journal keeps every rule.", style="green")


def _sorted(counts: Count[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _table(title: str, first: str, rows: Mapping[str, Mapping[str, Any]], unit: str) -> Table:
    table = Table(title=title, title_justify="left")
    columns: Iterable[str] = ("count", *(f"{q}_{unit}" for q in ("p50", "p90", "p99", "max")))
    table.add_column(first)
    for column in columns:
        table.add_column(column.removesuffix(f"_{unit}"), justify="right")
    for name, row in rows.items():
        table.add_row(name, *(str(row[column]) for column in columns))
    return table
