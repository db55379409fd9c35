"""`antrean user`: users of a running server, over HTTP as an administrator."""

import argparse
import sys
from typing import Any

from antrean.cli import remote
from antrean.cli.remote import Refused, Remote

ROLES = ("clerk", "supervisor", "admin")
NEW_PASSWORD_VARIABLE = "ANTREAN_NEW_PASSWORD"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="add a user")
    change = actions.add_parser("change", help="change a user; ends that user's sessions")
    end = actions.add_parser("end", help="make a user inactive")
    listed = actions.add_parser("list", help="all users")
    for parser_ in (add, change, end):
        parser_.add_argument("username")
    add.add_argument("--role", choices=ROLES, default="clerk")
    change.add_argument("--role", choices=ROLES)
    change.add_argument("--password", action="store_true", help="give a new password too")
    change.add_argument("--active", action="store_true", help="make an ended user active again")
    for parser_ in (add, change):
        parser_.add_argument("--name", help="as the clerk of a counter it is shown to staff")
        parser_.add_argument(
            "--counters", metavar="A,B", help="the only counters this user may operate; '' for all"
        )
    for parser_ in (add, change, end, listed):
        remote.add_options(parser_)


def run(arguments: argparse.Namespace) -> int:
    """0 when done, 1 when the server refused."""
    try:
        session = remote.signed_in(arguments)
        _ACTIONS[arguments.action](session, arguments)
        session.sign_out()
    except Refused as refused:
        print(f"antrean user: {refused}", file=sys.stderr)
        return 1
    return 0


def _given(arguments: argparse.Namespace) -> dict[str, Any]:
    """The members that were named on the command line."""
    body: dict[str, Any] = {}
    if arguments.role is not None:
        body["role"] = arguments.role
    if arguments.name is not None:
        body["name"] = arguments.name
    if arguments.counters is not None:
        body["counters"] = [c for c in arguments.counters.split(",") if c] or None
    return body


def _new_password(username: str) -> str:
    return remote.password_of(NEW_PASSWORD_VARIABLE, f"New password of {username}: ")


def _add(session: Remote, arguments: argparse.Namespace) -> None:
    body = {"username": arguments.username, "password": _new_password(arguments.username)}
    _print([session.call("POST", "/users", body | _given(arguments))])


def _change(session: Remote, arguments: argparse.Namespace) -> None:
    body = _given(arguments)
    if arguments.password:
        body["password"] = _new_password(arguments.username)
    if arguments.active:
        body["active"] = True
    _print([session.call("PATCH", f"/users/{arguments.username}", body)])


def _end(session: Remote, arguments: argparse.Namespace) -> None:
    _print([session.call("PATCH", f"/users/{arguments.username}", {"active": False})])


def _list(session: Remote, arguments: argparse.Namespace) -> None:
    _print(session.rows("/users"))


def _print(users: list[dict[str, Any]]) -> None:
    for user in users:
        state = "active" if user["active"] else "ended"
        counters = "all counters" if user["counters"] is None else ",".join(user["counters"])
        print(f"{user['username']}\t{user['role']}\t{state}\t{user['name']}\t{counters}")


_ACTIONS = {"add": _add, "change": _change, "end": _end, "list": _list}
