"""`antrean token`: tokens of devices and apps, over HTTP as an administrator."""

import argparse
import sys

from antrean.cli import remote
from antrean.cli.remote import Refused

ROLES = ("kiosk", "display", "partner", "clerk", "supervisor", "admin")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="make a token; it is shown this once")
    add.add_argument("name", help="what it is for, such as 'kiosk at the door'")
    add.add_argument("--role", choices=ROLES, required=True)
    add.add_argument("--counter", help="where it stands; limits nothing")
    add.add_argument("--zone", help="where it stands; limits nothing")
    end = actions.add_parser("end", help="end a token; its sockets close at once")
    end.add_argument("id")
    listed = actions.add_parser("list", help="tokens that have not ended")
    for parser_ in (add, end, listed):
        remote.add_options(parser_)


def run(arguments: argparse.Namespace) -> int:
    """0 when done, 1 when the server refused."""
    try:
        session = remote.signed_in(arguments)
        if arguments.action == "add":
            body = {"name": arguments.name, "role": arguments.role}
            for member in ("counter", "zone"):
                if getattr(arguments, member) is not None:
                    body[member] = getattr(arguments, member)
            made = session.call("POST", "/tokens", body)
            print(f"{made['id']}\t{made['role']}\t{made['name']}\n{made['token']}")
        elif arguments.action == "end":
            session.call("DELETE", f"/tokens/{arguments.id}")
            print(f"{arguments.id}\tended")
        else:
            for token in session.rows("/tokens"):
                place = token["counter"] or token["zone"] or ""
                print(f"{token['id']}\t{token['role']}\t{token['name']}\t{place}")
        session.sign_out()
    except Refused as refused:
        print(f"antrean token: {refused}", file=sys.stderr)
        return 1
    return 0
