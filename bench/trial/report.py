"""Figures, words and a plot of a trial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from antrean.proof.report import percentile
from bench.trial.checks import BACK_SECONDS, STALE_SECONDS, compare, plays, returns
from bench.trial.faults import CRASH, PULL

if TYPE_CHECKING:
    from bench.trial.run import Trial

WIDE, HIGH, EDGE = 960, 360, 60
COLOURS = ("#0b5cad", "#b3261e", "#1b7f4b", "#7a4a00", "#5b3a9e", "#444444")


def conclude(trial: Trial, proven: Mapping[str, Any] | None, verified: str) -> dict[str, Any]:
    """Everything that was found, as plain values; `holds` when nothing is wrong."""
    problems = list(trial.problems)
    found: dict[str, Any] = {"minutes": trial.options.minutes, "rush": trial.options.rush}
    found["seed"] = trial.options.seed
    if trial.hall is not None:
        tally = trial.hall.tally
        found["commands"] = dict(tally.done)
        found["refused"] = dict(tally.refused)
        problems += tally.errors
    if proven is not None:
        found["proof"] = {k: v for k, v in proven.items() if k != "calls"}
        problems += [f"{v['kind']}: {v['text']}" for v in proven["violations"]]
        compared = compare(proven["calls"], trial.displays, trial.names)
        problems += compared.violations
        found["played"] = {"turns": compared.played, "whole": compared.whole}
        found["notes"] = compared.notes
        if trial.options.rush and trial.hall is not None:
            problems += _backlog(proven)
    found["returns"] = _returns(trial, problems)
    found["displays"] = [_display(d, problems) for d in trial.displays]
    found["server"] = {
        "starts": [round(s, 2) for s in trial.starts],
        "memory": trial.samples,
        "verify": verified,
    }
    found["problems"] = problems
    found["holds"] = not problems
    return found


def _backlog(proven: Mapping[str, Any]) -> list[str]:
    """The rush is there to bring the rule for backlogs: without it the trial proved less."""
    zones = proven["zones"].values()
    missing = []
    if not any(z["chime_alone"] for z in zones):
        missing.append("the rush brought no backlog of 8: no call was the chime alone")
    if not any(z["without_repeats"] for z in zones):
        missing.append("the rush brought no backlog of 4: repeats were never dropped")
    return missing


def _returns(trial: Trial, problems: list[str]) -> list[dict[str, Any]]:
    found = []
    for trouble in trial.troubles:
        for display in trial.displays:
            if display.name not in trouble.displays:
                continue
            seconds = returns(display, trouble)
            found.append(asdict(trouble) | {"displays": display.name} | seconds)
            if trouble.kind == CRASH:
                continue
            who = f"{display.name} after a {trouble.kind}"
            if seconds["back"] is None or seconds["back"] > BACK_SECONDS:
                problems.append(f"{who}: live again after {seconds['back']} s")
            stale = seconds["stale"]
            if trouble.kind == PULL and (stale is None or stale > STALE_SECONDS):
                problems.append(f"{who}: said that it is stale after {stale} s")
    return found


def _display(display: Any, problems: list[str]) -> dict[str, Any]:
    turns = plays(display)
    delays = [p.began - p.told for p in turns if p.began is not None]
    problems += [f"{display.name}: {fault}" for fault in display.faults]
    return {
        "name": display.name,
        "device": display.device,
        "zone": display.zone,
        "by_script": display.by_script,
        "browser_starts": display.starts,
        "told_to_speak": len(turns),
        "spoken": sum(p.whole for p in turns),
        "told_to_sound_ms": {"p50": percentile(delays, 0.5), "p99": percentile(delays, 0.99)},
        "memory": display.memory,
    }


def summary(found: Mapping[str, Any]) -> str:
    """The report to read."""
    lines = [
        f"hall trial: {found['minutes']:g} minutes with a rush of {found['rush']:g}, seed "
        f"{found['seed']}, {found['minutes_taken']:g} minutes taken"
    ]
    if commands := found.get("commands"):
        lines.append("done: " + ", ".join(f"{n} {verb}" for verb, n in commands.items()))
    if proof := found.get("proof"):
        for zone, facts in proof["zones"].items():
            became = ", ".join(f"{n} {b}" for b, n in facts["became"].items())
            codes = ", ".join(f"{c} {n}" for c, n in facts["codes"].items())
            announced = facts["seconds"]["call_to_announced"]
            lines.append(
                f"{zone}: {facts['calls']} calls: {became}{f' ({codes})' if codes else ''}; "
                f"backlog up to {facts['longest_backlog']}, {facts['without_repeats']} without "
                f"repeats, {facts['chime_alone']} as chime alone; call to announced "
                f"p50 {announced['p50']} s, p99 {announced['p99']} s"
            )
    if played := found.get("played"):
        lines.append(f"displays played {played['turns']} turns, {played['whole']} of them whole")
    for back in found["returns"]:
        stale = "not stale" if back["stale"] is None else f"stale after {back['stale']:.1f} s"
        live = "never back" if back["back"] is None else f"back {back['back']:.1f} s after"
        lines.append(f"{back['kind']}, {back['displays']}: {stale}, {live}")
    for display in found["displays"]:
        memory = display["memory"]
        grown = f", page {memory[0][2]} to {memory[-1][2]} MiB" if memory else ""
        grown += f", heap {memory[0][1]} to {memory[-1][1]} MiB" if memory else ""
        sound = display["told_to_sound_ms"]
        lines.append(
            f"{display['name']}: {display['told_to_speak']} turns, first sound p50 "
            f"{sound['p50']} ms, p99 {sound['p99']} ms after being told{grown}"
        )
    lines += [f"note: {note}" for note in found.get("notes", ())]
    lines += [f"PROBLEM: {problem}" for problem in found["problems"]]
    lines.append("HOLDS: none wrong, lost, cut or doubled" if found["holds"] else "DOES NOT HOLD")
    return "\n".join(lines)


def plot(found: Mapping[str, Any]) -> str:
    """Memory over time of the server and each page, as SVG."""
    lines: list[tuple[str, Sequence[tuple[float, float]]]] = [
        ("server", [(at, mib) for at, mib in found["server"]["memory"]])
    ]
    for display in found["displays"]:
        memory = display["memory"]
        lines.append((f"{display['name']}: page", [(at, page) for at, _, page in memory]))
        lines.append((f"{display['name']}: JS heap", [(at, heap) for at, heap, _ in memory]))
    lines = [(name, points) for name, points in lines if points]
    if not lines:
        return f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}"/>\n'
    first = min(at for _, points in lines for at, _ in points)
    last = max(at for _, points in lines for at, _ in points)
    most = max(mib for _, points in lines for _, mib in points) * 1.1 or 1.0
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}" '
        f'viewBox="0 0 {WIDE} {HIGH}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>',
        f'<text x="{EDGE}" y="20">MiB over {(last - first) / 60:.0f} minutes</text>',
    ]
    for step in range(5):
        mib = most * step / 4
        y = _y(mib, most)
        parts.append(f'<path d="M{EDGE} {y:.1f}H{WIDE - 10}" stroke="#ddd"/>')
        parts.append(f'<text x="8" y="{y + 4:.1f}">{mib:.0f}</text>')
    for index, (name, points) in enumerate(lines):
        colour = COLOURS[index % len(COLOURS)]
        path = " ".join(f"{_x(at, first, last):.1f},{_y(mib, most):.1f}" for at, mib in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{EDGE + 150 * index}" y="{HIGH - 8}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _x(at: float, first: float, last: float) -> float:
    return EDGE + (at - first) / max(1.0, last - first) * (WIDE - EDGE - 10)


def _y(mib: float, most: float) -> float:
    return HIGH - 30 - mib / most * (HIGH - 70)
