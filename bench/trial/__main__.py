"""`scripts/hall-trial`: two TVs, visitors in real time, faults on purpose, and the proof."""

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path

from bench.trial.report import summary
from bench.trial.run import Options, Trial

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """0 when everything held, 1 when anything did not, 2 when it could not begin."""
    parser = argparse.ArgumentParser(prog="scripts/hall-trial", description=__doc__)
    parser.add_argument("--minutes", type=float, default=120.0, help="of the whole (default 120)")
    parser.add_argument("--rush", type=float, default=15.0, help="minutes in it (default 15)")
    parser.add_argument("--seed", type=int, default=1, help="of visitors and faults")
    parser.add_argument("--no-faults", action="store_true", help="nothing goes wrong on purpose")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything found there")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw memory over time")
    parser.add_argument(
        "--folder", type=Path, metavar="DIR", help="data, logs and profiles (default: in var/)"
    )
    asked = parser.parse_args()
    if asked.minutes < 2 or not 0 <= asked.rush <= asked.minutes / 2:
        parser.error("--minutes: 2 or more; --rush: at most half of it")
    name = time.strftime("trial-%Y%m%d-%H%M%S")
    folder: Path = (asked.folder or ROOT / "var" / name).resolve()
    folder.mkdir(parents=True, exist_ok=False)
    options = Options(folder, asked.minutes, asked.rush, asked.seed, not asked.no_faults)
    found = asyncio.run(Trial(options).run())
    (folder / "report.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    if asked.plot:
        from bench.trial.report import plot

        asked.plot.write_text(plot(found), encoding="utf-8")
    print(summary(found))
    print(f"Everything lies in {folder}")
    return int(found["status"])


if __name__ == "__main__":
    sys.exit(main())
