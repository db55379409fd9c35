"""`antrean password USER --data DIR`: a new password for one who lost it, the server stopped."""

import argparse
import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from antrean.cli.remote import Refused, password_of
from antrean.store import Folder, Store, UnusableFolder, accounts
from antrean.web.passwords import Passwords, is_weak

SHORTEST, LONGEST = 8, 256


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the data folder")


def run(arguments: argparse.Namespace) -> int:
    """0 when done, 2 for an unusable folder or password, 1 when there is no such user."""
    try:
        password = password_of("ANTREAN_NEW_PASSWORD", f"New password of {arguments.username}: ")
        return asyncio.run(_set(arguments.data, arguments.username, password))
    except (UnusableFolder, Refused) as fault:
        print(f"antrean password: {fault}", file=sys.stderr)
        return 2


async def _set(data: Path, username: str, password: str) -> int:
    if not SHORTEST <= len(password) <= LONGEST or is_weak(password, username):
        raise Refused(f"give {SHORTEST} to {LONGEST} characters that are not easy to guess")
    if not Folder(data).exists:
        raise UnusableFolder(f"{data}: there is no data here. Give the --data of the server.")
    store = await Store.open(data, None)
    try:
        found = await store.run(accounts.load)
        user = next((u for u in found.users if u.username == username), None)
        if user is None:
            known = ", ".join(u.username for u in found.users)
            print(f"antrean password: no user {username!r}; there are: {known}", file=sys.stderr)
            return 1
        changed = replace(user, password_hash=Passwords().hash_now(password), active=True)

        def work(connection: accounts.Connection) -> None:
            accounts.put_user(connection, changed)
            accounts.end_sessions_of(connection, username)

        await store.transaction(work)
    finally:
        await store.close()
    print(f"{username}: the password is set, the sessions are ended")
    return 0
