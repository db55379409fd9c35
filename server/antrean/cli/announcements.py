"""`antrean announcements`: was every call of a day said once, in order, and by whom?"""

import argparse
import json
import sys
import zoneinfo
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from antrean.cli import remote
from antrean.cli.remote import Refused, Remote
from antrean.proof import Fact, Places, prove
from antrean.proof.model import Plan
from antrean.proof.report import each, figures, words
from antrean.store.folder import UnusableFolder
from antrean.store.hall_journal import Range, open_journal

PAGE = 1000


@dataclass(slots=True)
class _Asked:
    """What the journal is read from and how times are told."""

    told: dict[str, Any]
    names: Mapping[str, str]
    zone: tzinfo


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="the folder, also of a running server"
    )
    remote.add_options(parser)
    parser.set_defaults(url=None)
    span = parser.add_mutually_exclusive_group()
    span.add_argument("--from", dest="first", type=int, metavar="SEQ", help="a journal position")
    span.add_argument("--date", help="a business date, 2026-11-25; default: the present one")
    parser.add_argument("--each", action="store_true", help="tell what became of each call")
    parser.add_argument("--json", action="store_true", help="all of it as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """0 when all is as it must be, 1 with each violation named, 2 when it cannot be read."""
    if (arguments.data is None) == (arguments.url is None):
        print("antrean announcements: give --data or --url", file=sys.stderr)
        return 2
    try:
        asked = _from_folder(arguments) if arguments.data else _from_server(arguments)
    except (UnusableFolder, Refused) as fault:
        print(f"antrean announcements: {fault}", file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps(asked.told | {"names": asked.names}, indent=2))
    else:
        lines = each(asked.told, asked.names, asked.zone) if arguments.each else iter(())
        for line in (*lines, *words(asked.told, asked.names, asked.zone)):
            print(line)
    return 0 if asked.told["holds"] else 1


def _from_folder(arguments: argparse.Namespace) -> _Asked:
    with open_journal(arguments.data) as journal:
        wanted = Range(arguments.first) if arguments.first else journal.of_date(arguments.date)
        if wanted is None:
            raise Refused(f"the journal has no business date {arguments.date or 'yet'}")
        catalogues = journal.catalogues()
        plans = [
            Plan(
                since,
                {s.id: s.zone for s in catalogue.services.values()},
                {c.id: c.zone for c in catalogue.counters.values()},
            )
            for since, catalogue in catalogues
        ]
        homes = {device: zone for device, zone, _ in journal.devices(wanted.first)}
        facts = (Fact(*row) for row in journal.rows(wanted))
        told = figures(prove(facts, Places(plans, homes)))
        names = {device: name for device, _, name in journal.devices()}
        return _Asked(told, names, zoneinfo.ZoneInfo(catalogues[-1][1].site.timezone))


def _from_server(arguments: argparse.Namespace) -> _Asked:
    session = remote.signed_in(arguments)
    site = session.call("GET", "/site")
    services = {s["id"]: s["zone"] for s in session.rows("/services")}
    counters = {c["id"]: c["zone"] for c in session.rows("/counters")}
    names = {d["id"]: d["name"] for d in session.rows("/devices")}
    if arguments.first:
        found = _entries(session, arguments.first - 1)
    else:
        found = _of_date(session, arguments.date or site["date"])
    places = Places([Plan(0, services, counters)])
    told = figures(prove((_fact(entry) for entry in found), places))
    session.sign_out()
    return _Asked(told, names, zoneinfo.ZoneInfo(site["timezone"]))


def _entries(session: Remote, after: int) -> Iterator[dict[str, Any]]:
    """All entries after `after`, page by page."""
    following: int | None = after
    while following is not None:
        page = session.call("GET", f"/events?after={following}&limit={PAGE}")
        yield from page["items"]
        following = page["next"]


def _of_date(session: Remote, date: str) -> Iterator[dict[str, Any]]:
    """From the beginning of the business date to the next one's."""
    has_begun = False
    for entry in _entries(session, _before(session, date)):
        if entry["type"] == "day.started":
            if has_begun:
                return
            has_begun = entry["data"]["date"] == date
        elif entry["seq"] == 1:  # the first day began with the folder, not with an event
            has_begun = entry["at"][:10] == date
        if has_begun:
            yield entry
    if not has_begun:
        raise Refused(f"the journal has no business date {date}")


def _before(session: Remote, date: str) -> int:
    """A position before all entries of `date`, near to them: times in a journal never decrease."""
    low, high = 0, 1
    while (entry := _first(session, high)) and entry["at"][:10] < date:
        low, high = high, high * 2
    while high - low > PAGE:
        middle = (low + high) // 2
        entry = _first(session, middle)
        if entry is not None and entry["at"][:10] < date:
            low = middle
        else:
            high = middle
    return low


def _first(session: Remote, after: int) -> dict[str, Any] | None:
    items: Sequence[dict[str, Any]] = session.call("GET", f"/events?after={after}&limit=1")["items"]
    return items[0] if items else None


def _fact(entry: Mapping[str, Any]) -> Fact:
    at = datetime.fromisoformat(entry["at"]).astimezone(UTC)
    return Fact(entry["seq"], round(at.timestamp() * 1000), entry["type"], entry["data"])
