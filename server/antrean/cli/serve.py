"""`antrean serve`: settings, catalogue and data folder in; a server until SIGTERM or SIGINT."""

import argparse
import sys

import uvloop

from antrean import settings as settings_of
from antrean.catalogue import BUILT_IN, CatalogueFaults, always_open, load
from antrean.domain.catalogue import Catalogue
from antrean.settings import BadSetting, Settings
from antrean.store import UnusableFolder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    settings_of.add_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop. 0 after a clean stop, 2 for bad settings, catalogue or folder,
    else 1."""
    try:
        settings = settings_of.read(vars(arguments))
        catalogue = _catalogue(settings)
    except (BadSetting, CatalogueFaults) as fault:
        print(f"antrean serve: {fault}", file=sys.stderr)
        return 2
    from antrean.cli.wiring import serve  # here, so that a bad flag is told in no time

    try:
        uvloop.run(serve(settings, catalogue))
    except UnusableFolder as fault:
        print(f"antrean serve: {fault}", file=sys.stderr)
        return 2
    except OSError as fault:
        where = f"{settings.host}:{settings.port}"
        reason = fault.strerror or str(fault)
        print(
            f"antrean serve: cannot listen on {where}: {reason}. Is another server running? "
            "Choose another --port, or 0 for a free one.",
            file=sys.stderr,
        )
        return 1
    return 0


def _catalogue(settings: Settings) -> Catalogue:
    catalogue = load(settings.catalogue or BUILT_IN)
    return always_open(catalogue) if settings.demo else catalogue
