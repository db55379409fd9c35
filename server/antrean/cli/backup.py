"""`antrean backup`: one file with all that is needed to go on elsewhere, while the server runs."""

import argparse
import sys
from pathlib import Path

from antrean.cli.verify import counted
from antrean.store.backup import backup
from antrean.store.folder import UnusableFolder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the data folder")
    parser.add_argument("file", type=Path, metavar="FILE", help="the new backup; keep it private")


def run(arguments: argparse.Namespace) -> int:
    """0 once the verified backup is on the disk, 2 when it cannot be made."""
    try:
        report = backup(arguments.data, arguments.file)
    except (UnusableFolder, OSError) as fault:
        print(f"antrean backup: {fault}", file=sys.stderr)
        return 2
    print(f"{arguments.file}: verified, {counted(report)}")
    return 0
