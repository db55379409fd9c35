"""`scripts/bench --hall`: one real display among 29 others and 3,000 phones. docs/benchmarks.md."""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from antrean.catalogue import load
from antrean.domain.catalogue import VoiceSettings
from antrean.hall.ports import CallRequest
from antrean.proof.report import percentile
from antrean.voice.speech import open_speech
from bench.chromium import browser_on, cpu_seconds, page_mib
from bench.hall import COUNTERS, ZONE, Hall, counter, open_hall, service, work_folder
from bench.hall import catalogue as a_mall
from bench.processes import BUILD, CLIENT_CORE, BenchError, prepare
from bench.trial.displays import HOOK, PAINTS, Display, until

DISPLAYS, FOLLOWERS = 29, 3_000
# A hall where four are called every twelve seconds, all day. One is heard, then its holder comes;
# the others are called while it sounds, and their holders are there before their turn.
SPOKEN_EVERY = 12.0
SILENT_CALLS = 3
APART = 1.0  # seconds between two calls
PHRASES = 40
PAINT_SECONDS = 5.0
DISK_SECONDS = 0.5  # between two looks at the disk


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; less is better. `of`: what was measured, from all of it."""

    name: str
    meaning: str
    must: float
    aim: float | None = None


FIGURES = (
    Figure("paint_p50_ms", "command to the call painted on one display, ms", 60, 40),
    Figure("paint_p99_ms", "its 99th percentile, ms", 150, 100),
    Figure("sound_p50_ms", "command to the first sound of the chime, ms", 500),
    Figure("page_mib", "memory of the display's page at its most, MiB", 150),
    Figure("page_cpu_percent", "CPU of its browser with all processes, % of a core", 100),
    Figure("phrase_cold_ms", "a phrase made, ms", 500),
    Figure("phrase_cached_ms", "the same from the cache, ms", 20),
)


@dataclass(slots=True)
class Found:
    paint: list[float] = field(default_factory=list)  # ms
    sound: list[float] = field(default_factory=list)  # ms
    page: list[float] = field(default_factory=list)  # MiB
    cpu_percent: float = 0.0
    cold: list[float] = field(default_factory=list)  # ms
    cached: list[float] = field(default_factory=list)  # ms
    unpainted: int = 0
    silent: int = 0
    disk: list[float] = field(default_factory=list)  # ms that 4 KiB took to be on it
    others: dict[str, float] = field(default_factory=dict)


class HallTable:
    """Figures of `Found`, as numbers and as a table."""

    def __init__(self, found: Found) -> None:
        self.values = {
            "paint_p50_ms": percentile(found.paint, 0.50),
            "paint_p99_ms": percentile(found.paint, 0.99),
            "sound_p50_ms": percentile(found.sound, 0.50),
            "page_mib": max(found.page, default=None),
            "page_cpu_percent": found.cpu_percent,
            "phrase_cold_ms": median(found.cold) if found.cold else None,
            "phrase_cached_ms": median(found.cached) if found.cached else None,
        }

    def lines(self) -> Iterator[str]:
        yield f"{'figure':<20}{'measured':>12}{'must':>8}{'aim':>8}  reaches"
        for figure in FIGURES:
            value = self.values[figure.name]
            shown = "-" if value is None else f"{value:,.1f}"
            aim = "" if figure.aim is None else f"{figure.aim:g}"
            yield (
                f"{figure.name:<20}{shown:>12}{figure.must:>8g}{aim:>8}"
                f"  {_verdict(figure, value):<6} {figure.meaning}"
            )


def _verdict(figure: Figure, value: float | None) -> str:
    if value is None or value > figure.must:
        return "SHORT"
    return "aim" if figure.aim is not None and value <= figure.aim else "must"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--hall", action="store_true", help="measure a hall's display instead")
    parser.add_argument(
        "--minutes", type=float, default=60.0, help="of a busy day, with --hall (default 60)"
    )


def main(asked: argparse.Namespace) -> int:
    """Raises BenchError."""
    prepare()
    found = asyncio.run(_measure(asked.minutes))
    table = HallTable(found)
    print("\n".join(table.lines()))
    print(
        f"({len(found.paint)} calls painted, {len(found.sound)} heard, over {asked.minutes:g} "
        f"minutes beside {DISPLAYS} displays and {FOLLOWERS:,} phones)"
    )
    if found.disk:
        p50, p99 = percentile(found.disk, 0.5), percentile(found.disk, 0.99)
        print(
            f"(meanwhile the disk alone took {p50} ms p50, {p99} ms p99, {max(found.disk)} at most)"
        )
    if asked.json:
        rounded = {k: round(v, 2) for k, v in table.values.items() if v is not None}
        asked.json.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")
    if asked.raw:
        raw = {name: getattr(found, name) for name in Found.__slots__}
        asked.raw.write_text(json.dumps(raw, indent=2) + "\n", encoding="utf-8")
    return 0


async def _measure(minutes: float) -> Found:
    found = Found()
    with work_folder() as folder:
        await _phrases(found, folder)
        with open_hall() as hall:
            lines = _subscriptions(hall, folder)
            with _others(hall, lines, found):
                await _day(hall, folder, found, minutes)
    if not found.paint:
        raise BenchError("the display painted nothing")
    if not found.sound:
        raise BenchError("the display said nothing, or nothing that the page's hook could see")
    return found


# the voice
async def _phrases(found: Found, folder: Path) -> None:
    """Each phrase once made and once from the cache; the helper process runs, as in a hall."""
    catalogue = folder / "hall.toml"
    catalogue.write_text(a_mall(), encoding="utf-8")
    voice = open_speech(folder, load(catalogue))
    await voice.warm()
    try:
        for times in (found.cold, found.cached):
            for number in range(1, PHRASES + 1):
                began = time.perf_counter()
                spoken = await voice.call(_request(number))
                times.append((time.perf_counter() - began) * 1000)
                if spoken.seconds < 2:
                    raise BenchError("the voice says nothing: is espeakng-loader installed?")
    finally:
        await voice.close()


def _request(number: int) -> CallRequest:
    return CallRequest(
        number=f"A-{number:03d}",
        counter_name={"id": f"Loket {number}", "en": f"Counter {number}"},
        settings=VoiceSettings(languages=("id", "en")),
        repeats=2,
    )


# the others
def _subscriptions(hall: Hall, folder: Path) -> Path:
    """What 29 displays and 3,000 phones, each with a ticket of its own, subscribe to."""
    zone = json.dumps({"op": "subscribe", "topic": f"zone:{ZONE}"}, separators=(",", ":"))
    lines = [zone] * DISPLAYS
    for i in range(FOLLOWERS):
        taken = hall.call("POST", "/tickets", {"service": service(i)})
        topic = f"ticket:{taken['ticket']['id']}"
        message = {"op": "subscribe", "topic": topic, "token": taken["token"]}
        lines.append(json.dumps(message, separators=(",", ":")))
    path = folder / "others"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@contextmanager
def _others(hall: Hall, lines: Path, found: Found) -> Iterator[None]:
    """Their sockets, open and read as long as the block lasts."""
    words = [
        *("--port", str(hall.port), "--pid", str(hall.process.pid), "--drain"),
        *("--subscribers", str(DISPLAYS + FOLLOWERS), "--subscribe-lines", str(lines)),
    ]
    process = subprocess.Popen(
        ["taskset", "-c", CLIENT_CORE, BUILD / "load", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        if process.stdout.readline().strip() != "ready":
            raise BenchError("the other screens could not connect")
        yield
    finally:
        process.stdin.close()
        told = process.stdout.readline()
        process.wait(10)
        if told:
            found.others = json.loads(told)


# the display
def _say(text: str) -> None:
    print(f"  {text}", file=sys.stderr)


async def _day(hall: Hall, folder: Path, found: Found, minutes: float) -> None:
    tv = folder / "tv"
    tv.mkdir()
    display = Display("display", ZONE, tv, hall, False, _say, hooks=(HOOK, PAINTS))
    try:
        await display.start()
        await _pair(hall, display)
        beside = [
            asyncio.create_task(_watch(display, found, minutes)),
            asyncio.create_task(_watch_disk(folder / "disk", found)),
        ]
        try:
            await _calls(hall, display, found, minutes)
        finally:
            for task in beside:
                task.cancel()
        if display.faults:
            raise BenchError(f"the display's page: {display.faults[0]}")
    finally:
        await display.stop()


async def _pair(hall: Hall, display: Display) -> None:
    """As its administrator; one phrase once, in one language, so that an hour holds many."""
    supervisor = hall.token
    hall.sign_in()

    async def accepted() -> bool:
        body = {"code": display.code, "name": "TV", "zone": ZONE, "layout": "call"}
        try:
            hall.call("POST", "/devices", body)
        except BenchError:  # its page was loaded anew since: another code stands there now
            return False
        return True

    await until(30, accepted, "the display is paired")
    hall.call("PATCH", f"/zones/{ZONE}", {"voice": {"repeats": 1, "languages": ["id"]}})

    async def speaks() -> bool:
        return bool(hall.call("GET", "/devices")["items"][0]["speaker"])

    await until(60, speaks, "the display speaks for its zone")
    hall.use(supervisor)


async def _watch(display: Display, found: Found, minutes: float) -> None:
    """Memory and time of the display's browser, from a minute after its start on."""
    await asyncio.sleep(min(60.0, minutes * 20))
    browser = browser_on(display.port)
    if browser is None:
        return
    began, used = time.monotonic(), cpu_seconds(browser.pid)
    while True:
        await asyncio.sleep(5)
        found.page.append(round(page_mib(browser.pid), 1))
        spent = cpu_seconds(browser.pid) - used
        found.cpu_percent = round(100 * spent / (time.monotonic() - began), 2)


async def _watch_disk(path: Path, found: Found) -> None:
    """How long the disk takes by itself: a call is painted once it is there."""
    with path.open("wb", buffering=0) as file:

        def write() -> float:
            began = time.perf_counter()
            os.pwrite(file.fileno(), bytes(4096), 0)
            os.fdatasync(file.fileno())
            return (time.perf_counter() - began) * 1000

        while True:
            found.disk.append(round(await asyncio.to_thread(write), 2))
            await asyncio.sleep(DISK_SECONDS)


async def _calls(hall: Hall, display: Display, found: Found, minutes: float) -> None:
    """A call that is heard, and a few beside it that are answered before their turn."""
    # The first one warms up: fonts, the chime, the audio output.
    await _one_call(hall, display, Found(), counter(0), is_heard=True)
    await asyncio.sleep(SPOKEN_EVERY)
    await _serve(hall, counter(0))
    end = time.monotonic() + minutes * 60
    at = 1
    while time.monotonic() < end:
        cycle = time.monotonic()
        for n in range(1 + SILENT_CALLS):
            place = counter(at % COUNTERS)
            at += 1
            await _one_call(hall, display, found, place, is_heard=n == 0)
            if n == 0:
                heard = place
            else:
                await _serve(hall, place)
            await asyncio.sleep(APART)
        await asyncio.sleep(max(0.0, cycle + SPOKEN_EVERY - 2 - time.monotonic()))
        await _serve(hall, heard)
        await asyncio.sleep(max(0.0, cycle + SPOKEN_EVERY - time.monotonic()))


def _call_next(hall: Hall, place: str) -> tuple[float, str]:
    """When the command was sent, ms since 1970, and which number it called."""
    sent = time.time() * 1000
    answer = hall.call("POST", f"/counters/{place}/call-next", {})
    return sent, answer["ticket"]["number"]


async def _one_call(
    hall: Hall, display: Display, found: Found, place: str, *, is_heard: bool
) -> None:
    since = len(display.log)
    sent, number = await asyncio.to_thread(_call_next, hall, place)
    end = time.monotonic() + PAINT_SECONDS
    painted = started = None
    while time.monotonic() < end and (painted is None or (is_heard and started is None)):
        await asyncio.sleep(0.02)
        for entry in display.log[since:]:
            if entry.kind == "paint" and number in entry.facts["numbers"]:
                painted = painted or entry.at
            elif entry.kind == "start" and started is None:
                started = entry.at + entry.facts["wait"] * 1000
    if painted is None:
        found.unpainted += 1
    else:
        found.paint.append(painted - sent)
    if is_heard and started is not None:
        found.sound.append(started - sent)
    found.silent += is_heard and started is None


async def _serve(hall: Hall, place: str) -> None:
    for step in ("start", "complete"):
        await asyncio.to_thread(hall.call, "POST", f"/counters/{place}/{step}", {})
