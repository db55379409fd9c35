"""`antrean check --catalogue FILE`: every fault of a catalogue at once."""

import argparse
import sys
from pathlib import Path

from antrean.catalogue import BUILT_IN, CatalogueFaults, load


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--catalogue", type=Path, default=BUILT_IN, metavar="FILE", help="the site as TOML"
    )


def run(arguments: argparse.Namespace) -> int:
    """0 for a good catalogue, 2 for one with faults, each on a line of stderr."""
    try:
        catalogue = load(arguments.catalogue)
    except CatalogueFaults as faults:
        print(faults, file=sys.stderr)
        return 2
    print(
        f"{arguments.catalogue}: {len(catalogue.zones)} zones, {len(catalogue.agencies)} agencies, "
        f"{len(catalogue.services)} services, {len(catalogue.counters)} counters; no fault"
    )
    return 0
