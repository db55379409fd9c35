"""`antrean COMMAND`: reads the command line and hands over; what a command does is in
`antrean.cli`."""

import argparse
import importlib
import importlib.util
import sys
from types import ModuleType

from antrean import __version__

COMMANDS = {
    "serve": "run the server",
    "check": "find every fault of a catalogue",
    "verify": "hold a data folder against its own journal",
    "backup": "copy a data folder into one file while it is served",
    "restore": "make a data folder from a backup",
    "user": "add, list or change users",
    "token": "add, list or end tokens of devices and apps",
    "password": "set a lost password, the server stopped",
    "simulate": "play a day of a mall against a server",
    "announcements": "prove from the journal that every call was said once and in order",
    "voice": "hear how a call sounds, list the recordings that are missing",
    "display-script": "write what keeps a hall display on the screen of a small computer",
}
"""Each is the module `antrean.cli.NAME`, hyphens as underscores, with `add_arguments(parser)` and
`run(arguments) -> int`."""


def _module(command: str) -> ModuleType | None:
    name = f"antrean.cli.{command.replace('-', '_')}"
    return importlib.import_module(name) if importlib.util.find_spec(name) else None


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 done, 2 wrong usage or unusable input, 1 anything else."""
    argv = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(
        prog="antrean", description="Queue system for public service malls.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"antrean {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command, summary in COMMANDS.items():
        wanted = command in argv[:1]
        module = _module(command) if wanted else None
        if wanted and module is None:
            continue
        sub = commands.add_parser(
            command, help=summary, description=summary.capitalize() + ".", allow_abbrev=False
        )
        if module is not None:  # the others are not even imported: a start is half as long
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)
    arguments = parser.parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except KeyboardInterrupt:
        return 1


if __name__ == "__main__":
    sys.exit(main())
