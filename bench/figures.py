"""From the results of the rounds to the figures that count, as ratios of one round each."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.processes import Result

# What one round measured, by name: `floor_1000_one`, `antrean_5000_many`, ...
Round = dict[str, Result]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `at_least`: more is better; else less is."""

    name: str
    meaning: str
    of: Callable[[Round], float]
    must: float
    aim: float
    at_least: bool = True

    def verdict(self, value: float) -> str:
        def reaches(target: float) -> bool:
            return value >= target if self.at_least else value <= target

        return "aim" if reaches(self.aim) else "must" if reaches(self.must) else "SHORT"


def _deliveries(server: str, case: str) -> Callable[[Round], float]:
    return lambda r: r[f"{server}_{case}"]["deliveries_per_second"]


def _ratio(case: str, server: str = "floor") -> Callable[[Round], float]:
    ours, theirs = _deliveries("antrean", case), _deliveries(server, case)
    return lambda r: ours(r) / theirs(r)


def _last_of_floor(r: Round) -> float:
    floor = r["floor_1000_alone"]["last_us_p50"] + r["commit"]["us_p50"]
    return r["antrean_1000_alone"]["last_us_p50"] / floor


def _ms(name: str) -> Callable[[Round], float]:
    return lambda r: r["antrean_1000_alone"][name] / 1000


FIGURES = (
    Figure(
        "fanout_1000_of_floor", "1,000 displays, one by one / floor", _ratio("1000_one"), 0.45, 0.7
    ),
    Figure(
        "fanout_5000_of_floor", "5,000 displays, one by one / floor", _ratio("5000_one"), 0.6, 0.8
    ),
    Figure(
        "joined_1000_of_floor",
        "1,000 displays, 64 in flight / floor",
        _ratio("1000_many"),
        2.5,
        3.5,
    ),
    Figure(
        "joined_5000_of_floor", "5,000 displays, 64 in flight / floor", _ratio("5000_many"), 3, 4.5
    ),
    Figure(
        "joined_1000_of_socketio",
        "the same / python-socketio",
        _ratio("1000_many", "socketio_room"),
        40,
        50,
    ),
    Figure(
        "first_display_p50_ms",
        "POST to first display, ms",
        _ms("first_us_p50"),
        3,
        2,
        at_least=False,
    ),
    Figure(
        "first_display_p99_ms",
        "its 99th percentile, ms",
        _ms("first_us_p99"),
        10,
        5,
        at_least=False,
    ),
    Figure(
        "last_of_1000_of_floor",
        "POST to last of 1,000 / floor + commit",
        _last_of_floor,
        2.3,
        1.6,
        at_least=False,
    ),
    Figure(
        "commands_per_second",
        "durable commands/s, 64 callers",
        lambda r: r["antrean_commands"]["commands_per_second"],
        4000,
        8000,
    ),
    Figure(
        "follower_kib",
        "memory of an idle follower, KiB",
        lambda r: r["antrean_followers"]["kib_each"],
        32,
        28,
        at_least=False,
    ),
    Figure(
        "start_seconds",
        "start with a million old tickets, s",
        lambda r: r["antrean_start"]["seconds"],
        1,
        0.5,
        at_least=False,
    ),
)


def figures(rounds: Sequence[Round]) -> dict[str, float]:
    """The median over the rounds of each figure that was measured in any."""
    found = {}
    for figure in FIGURES:
        values = []
        for r in rounds:
            try:
                values.append(figure.of(r))
            except KeyError:  # left out of this run
                continue
        if values:
            found[figure.name] = round(median(values), 4)
    return found


def table(rounds: Sequence[Round]) -> str:
    found = figures(rounds)
    lines = [f"{'figure':<26}{'measured':>12}{'must':>9}{'aim':>9}  reaches"]
    for figure in FIGURES:
        if figure.name not in found:
            continue
        value = found[figure.name]
        lines.append(
            f"{figure.name:<26}{value:>12,.2f}{figure.must:>9,g}{figure.aim:>9,g}"
            f"  {figure.verdict(value):<6} {figure.meaning}"
        )
    lines += [
        "",
        f"{'deliveries/s':<26}{'1,000 one':>12}{'1,000 x64':>12}{'5,000 one':>12}{'5,000 x64':>12}",
    ]
    for server in ("antrean", "floor", "websockets_broadcast", "starlette_loop", "socketio_room"):
        cells = []
        for case in ("1000_one", "1000_many", "5000_one", "5000_many"):
            key = f"{server}_{case}"
            values = [r[key]["deliveries_per_second"] for r in rounds if key in r]
            cells.append(f"{median(values):>12,.0f}" if values else f"{'-':>12}")
        lines.append(f"{server:<26}{''.join(cells)}")
    lines.append(f"(medians of {len(rounds)} rounds)")
    return "\n".join(lines)


def write_json(rounds: Sequence[Round], path: Path) -> None:
    path.write_text(json.dumps(figures(rounds), indent=2) + "\n", encoding="utf-8")
