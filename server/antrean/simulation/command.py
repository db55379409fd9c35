"""`antrean simulate`: a reproducible random day, its report, its checks."""

import argparse
import asyncio
import json
import os
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import uvloop
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from antrean.simulation import mall
from antrean.simulation.client import Client, Unreachable
from antrean.simulation.crew import Admin, Crew, Denied
from antrean.simulation.day import Day
from antrean.simulation.hall import Hall
from antrean.simulation.moments import HallClock
from antrean.simulation.own_server import Facts, OwnServer, StartFailed
from antrean.simulation.plan import make_plan
from antrean.simulation.report import Report

PASSWORD = "ANTREAN_PASSWORD"  # the variable's name


@dataclass(frozen=True, slots=True)
class Options:
    day: int = 1
    tickets: int = 5000
    counters: int = 60
    hours: int = mall.HOURS
    speed: float | None = None  # None: such that 5,000 tickets take five minutes
    url: str | None = None
    user: str = "admin"
    json: Path | None = None

    @property
    def own_speed(self) -> float:
        """Of a server of its own. Undo has 30 s of the hall: beyond 600 no time is left for it."""
        if self.speed is not None:
            return self.speed
        return 120.0 if self.tickets > 2500 else 480.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of `antrean simulate`."""
    parser.add_argument("--day", type=_positive, default=1, help="seed of all that is random")
    parser.add_argument("--tickets", type=_positive, default=5000)
    parser.add_argument("--counters", type=_positive, default=60)
    parser.add_argument(
        "--hours", type=_hours, default=mall.HOURS, help="length of the day, at most"
    )
    parser.add_argument(
        "--speed", type=_speed, metavar="X", help="seconds of the hall in one; with --url 1"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report there")
    parser.add_argument(
        "--url", help="play in real time against a running server, on its own catalogue"
    )
    parser.add_argument(
        "--user", default="admin", help=f"an admin there; password in {PASSWORD} (with --url)"
    )


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def _speed(text: str) -> float:
    value = float(text)
    if not 0 < value <= 3600:
        raise argparse.ArgumentTypeError("must be above 0, at most 3600")
    return value


def _hours(text: str) -> int:
    value = _positive(text)
    if value > 14:
        raise argparse.ArgumentTypeError("the doors open at 8; at most 14 hours are left")
    return value


def run(arguments: argparse.Namespace) -> int:
    """Plays the day of parsed arguments. 0 well, 1 any fault, 2 when it cannot be started."""
    options = Options(
        day=arguments.day,
        tickets=arguments.tickets,
        counters=arguments.counters,
        hours=arguments.hours,
        speed=arguments.speed,
        url=arguments.url,
        user=arguments.user,
        json=arguments.json,
    )
    console = Console(stderr=True)
    with suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            report = runner.run(simulate(options, console))
        except (Denied, StartFailed) as error:
            console.print(str(error), style="red", markup=False)
            return 2
        except (Unreachable, OSError) as error:
            console.print(str(error), style="red", markup=False)
            return 1
        report.show(Console())
        if options.json is not None:
            text = json.dumps(asdict(report), indent=2, ensure_ascii=False)
            options.json.write_text(text + "\n", encoding="utf-8")
        return 1 if report.problems else 0
    return 1


async def simulate(options: Options, console: Console) -> Report:
    """Raises Denied, StartFailed, Unreachable, OSError."""
    if options.url is not None:
        return await _against(options, console, options.url)
    return await _on_own_server(options, console)


async def _on_own_server(options: Options, console: Console) -> Report:
    folder = Path(tempfile.mkdtemp(prefix="antrean-simulate-"))
    server = OwnServer(folder, options.counters, options.tickets, options.own_speed, options.hours)
    report: Report | None = None
    try:
        await server.start()
        client = Client(server.url)
        admin = await Admin.sign_in(client, "admin", server.password)
        report = await _play(options, console, admin, server.facts, options.own_speed)
        client.close()
        if code := await server.stop():
            report.problems.append(f"the server ended with {code}")
        code, words = await server.verify()
        report.verify = words
        if code:
            report.problems.append(f"antrean verify ended with {code}: {words}")
        return report
    finally:
        await server.stop()
        if report is not None and not report.problems:
            shutil.rmtree(folder)
        else:
            console.print(f"Kept for a look: {folder}", markup=False)


async def _against(options: Options, console: Console, url: str) -> Report:
    password = os.environ.get(PASSWORD)
    if not password:
        raise Denied(f"set {PASSWORD} to the password of {options.user}")
    client = Client(url)
    try:
        admin = await Admin.sign_in(client, options.user, password)
        return await _play(options, console, admin, Facts({}, {}), options.speed or 1.0)
    finally:
        client.close()


async def _play(
    options: Options, console: Console, admin: Admin, facts: Facts, speed: float
) -> Report:
    crew = Crew(admin)
    hall = await crew.hall(facts.minutes)
    if options.url is not None:
        hall = await _what_is_left(admin, hall, options.hours)
    plan = make_plan(hall, options.day, options.tickets)
    report = Report(options.day, options.tickets, len(hall.counters), speed)
    began = time.monotonic()
    day: Day | None = None
    try:
        day = await Day.prepare(admin, hall, crew, plan, speed, facts.grace_ms)
        watching = asyncio.create_task(_watch(day, options.tickets, console))
        await day.live()
        watching.cancel()
        await day.check()
        report.seconds = round(time.monotonic() - began, 1)
        report.take(day.world.tally, day.journal)
    finally:
        await (day.leave() if day is not None else crew.dismiss())
    return report


async def _what_is_left(admin: Admin, hall: Hall, hours: int) -> Hall:
    """A running hall from now on, for `hours` at most, without counters in other hands."""
    site = await admin.ask("GET", "/site")
    clock = HallClock(site["at"])
    now = (clock.now() - clock.today_at(0)) // 60_000 + 1
    taken = {c["id"] for c in await admin.all("/counters") if c["clerk"]}
    services = {}
    for service in hall.services.values():
        left = [(max(begin, now), min(end, now + hours * 60)) for begin, end in service.hours]
        ranges = tuple((begin, end) for begin, end in left if begin < end)
        services[service.id] = replace(service, hours=ranges)
    counters = {c.id: c for c in hall.counters.values() if c.id not in taken}
    left_over = replace(hall, services=services, counters=counters)
    if not left_over.running:
        raise Denied("no service takes numbers any more today, or no counter is free")
    return left_over


async def _watch(day: Day, tickets: int, console: Console) -> None:
    """The progress bar, until it is cancelled."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[clock]}"),
        TimeElapsedColumn(),
    )
    world = day.world
    with Progress(*columns, console=console) as progress:
        taken = progress.add_task("taken", total=tickets, clock="")
        served = progress.add_task("served", total=tickets, clock="")
        while True:
            at = world.clock.local(world.clock.now()).strftime("%H.%M")
            progress.update(taken, completed=world.tally.visitors["tickets"], clock=at)
            progress.update(served, completed=world.tally.visitors["served"], clock="")
            await asyncio.sleep(0.5)
