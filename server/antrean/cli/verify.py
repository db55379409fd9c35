"""`antrean verify`: does the data folder agree with its own journal?"""

import argparse
import sys
from pathlib import Path

from antrean.store.folder import UnusableFolder
from antrean.store.verify import SHOWN, Report, verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="DIR",
        help="the folder, also of a running server",
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when all agrees, 1 when something differs, 2 when the folder cannot be read."""
    try:
        report = verify(arguments.data)
    except UnusableFolder as fault:
        print(f"antrean verify: {fault}", file=sys.stderr)
        return 2
    for difference in report.differences[:SHOWN]:
        print(difference)
    if len(report.differences) > SHOWN:
        print(f"... and {len(report.differences) - SHOWN} more")
    print(f"{'all agrees' if report.agrees else 'DIFFERS'}: {counted(report)}")
    return 0 if report.agrees else 1


def counted(report: Report) -> str:
    """What was looked at, in one phrase."""
    return (
        f"{report.entries} journal entries, {report.tickets} tickets, {report.days} days begun, "
        f"{report.snapshots} snapshots"
    )
