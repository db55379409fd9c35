"""`antrean restore`: a data folder from a backup."""

import argparse
import sys
from pathlib import Path

from antrean.cli.verify import counted
from antrean.store.backup import restore
from antrean.store.folder import UnusableFolder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="an empty or new folder"
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="what `antrean backup` made")


def run(arguments: argparse.Namespace) -> int:
    """0 once the verified data are in place, 2 when they cannot be."""
    try:
        report = restore(arguments.data, arguments.file)
    except (UnusableFolder, OSError) as fault:
        print(f"antrean restore: {fault}", file=sys.stderr)
        return 2
    print(f"{arguments.data}: restored and verified, {counted(report)}")
    return 0
