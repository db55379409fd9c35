"""`scripts/soak`: a demo server, one display, a sample a minute, a verdict."""

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from antrean.assets import ROOT
from scripts.soaking.page import Display, display
from scripts.soaking.plot import draw
from scripts.soaking.trend import LIMITS, trend
from tests.support import Cast, RunningServer

CATALOGUE = ROOT / "server" / "antrean" / "catalogues" / "mpp-kota-tangerang.toml"
LEAST_SAMPLES = 5
STARTING_SECONDS = 5.0  # the page's start takes a processor for itself, and says nothing of days


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        demo = ["--demo", "--demo-speed", str(asked.speed)]
        with (
            RunningServer(Path(folder), CATALOGUE, demo) as server,
            Cast(server) as cast,
            display(Path(folder) / "browser", cast, asked.zone, asked.layout) as screen,
        ):
            samples = _watch(screen, asked.minutes, asked.every)
            report = _report(samples, screen, _happened(cast))
    print(json.dumps({k: v for k, v in report.items() if k != "samples"}, indent=2))
    if asked.json:
        asked.json.write_text(json.dumps(report, indent=1) + "\n")
        minutes = [sample["minute"] for sample in samples]
        titles = {limit.unit: [s[limit.name] for s in samples] for limit in LIMITS}
        titles["% of a processor"] = [s["cpu_percent"] for s in samples]
        asked.json.with_suffix(".svg").write_text(draw(minutes, titles))
    return 0 if report["ok"] else 1


def _arguments() -> Any:
    parser = argparse.ArgumentParser(prog="scripts/soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=120, help="4320 are 72 hours")
    parser.add_argument("--every", type=float, default=60, help="seconds between samples")
    parser.add_argument("--speed", type=float, default=1.0, help="how fast the visitors live")
    parser.add_argument("--zone", default="utama")
    parser.add_argument("--layout", default="call")
    parser.add_argument("--json", type=Path, help="the figures; a drawing is put beside, as .svg")
    asked = parser.parse_args()
    if asked.minutes * 60 < LEAST_SAMPLES * asked.every:
        parser.error(f"too short for {LEAST_SAMPLES} samples")
    return asked


def _watch(screen: Display, minutes: float, every: float) -> list[dict[str, float]]:
    screen.sample()
    screen.wait(STARTING_SECONDS)
    samples = [screen.sample()]
    while samples[-1]["minute"] < minutes:
        screen.wait(every)
        samples.append(screen.sample())
        print(json.dumps(samples[-1]), file=sys.stderr, flush=True)
    return samples


def _happened(cast: Cast) -> dict[str, int]:
    """How often calls were announced, said and drawn: a display that does nothing does not grow."""
    counts: Counter[str] = Counter()
    after: int | None = 0
    while after is not None:
        page = cast.admin.get(f"/events?limit=1000&after={after}").ok().body
        counts.update(entry["type"] for entry in page["items"])
        after = page["next"]
    kinds = ("ticket.called", "call.announced", "call.spoken", "call.unspoken", "call.shown")
    return {kind: counts[kind] for kind in kinds}


def _report(
    samples: list[dict[str, float]], screen: Display, happened: dict[str, int]
) -> dict[str, Any]:
    minutes = [sample["minute"] for sample in samples]
    series: dict[str, Any] = {}
    for limit in LIMITS:
        values = [sample[limit.name] for sample in samples]
        found = trend(minutes, values, limit.gain)
        series[limit.name] = {
            "first": values[0],
            "last": values[-1],
            "most": max(values),
            "per_hour": round(found.slope * 60, 3),
            "gain": round(found.gain, 3),
            "may_gain": round(max(limit.gain, 3 * found.noise), 3),
            "grows": found.grows,
        }
    grown = [name for name, one in series.items() if one["grows"]]
    return {
        "minutes": minutes[-1],
        "ok": not grown and not screen.faults and happened["call.announced"] > 0,
        "grown": grown,
        "faults": screen.faults[:20],
        "happened": happened,
        "cpu_percent": round(sum(s["cpu_percent"] for s in samples) / len(samples), 1),
        "series": series,
        "samples": samples,
    }


if __name__ == "__main__":
    sys.exit(main())
