"""One trial from the first start to the last check. Ends by itself, whatever happens."""

import asyncio
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from antrean.simulation.client import Client, Unreachable
from antrean.simulation.crew import Admin, Denied
from bench.trial import faults
from bench.trial.checks import Trouble
from bench.trial.displays import Display, until
from bench.trial.faults import Fault
from bench.trial.people import Hall, Hours, enlist
from bench.trial.proxy import Proxy
from bench.trial.report import conclude
from bench.trial.server import Server

ZONES = ("utama", "timur")
SPEECH_SECONDS = 60.0  # that a fault waits for the next announcement
DRAIN_SECONDS = 100.0  # for what is still to be said when the last visitor left
SPARE_SECONDS = 900.0  # beyond its minutes a trial is stopped
SETTLE_SECONDS = 25.0  # between two faults, so that each is seen by itself
SAMPLE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Options:
    folder: Path
    minutes: float
    rush: float
    seed: int
    with_faults: bool


@dataclass(slots=True)
class Trial:
    """`run` gives everything that was found, with `status` 0, 1 or 2."""

    options: Options
    problems: list[str] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    samples: list[tuple[float, float]] = field(default_factory=list)  # at, the server's MiB
    starts: list[float] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # of counters, by id
    server: Server = field(init=False)
    displays: list[Display] = field(default_factory=list)
    proxies: list[Proxy] = field(default_factory=list)
    hall: Hall | None = None
    _began: float = field(default_factory=time.time)

    def say(self, text: str) -> None:
        line = f"{time.strftime('%H:%M:%S')} {text}"
        print(line, file=sys.stderr, flush=True)
        with (self.options.folder / "trial.log").open("a", encoding="utf-8") as log:
            log.write(line + "\n")

    async def run(self) -> dict[str, Any]:
        status = 0
        me = asyncio.current_task()
        assert me is not None
        # Ended from outside it puts its browsers and server away, too, and tells what it has.
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, me.cancel)
        self.server = Server(self.options.folder)
        try:
            async with asyncio.timeout(self.options.minutes * 60 + SPARE_SECONDS):
                await self._live()
        except (TimeoutError, RuntimeError, OSError, Denied, Unreachable) as error:
            self.problems.append(f"the trial broke off: {type(error).__name__}: {error}")
            status = 2 if self.hall is None else 1
        except ExceptionGroup as errors:
            for one in errors.exceptions:
                self.problems.append(f"the trial broke off: {type(one).__name__}: {one}")
            status = 1
        except asyncio.CancelledError:
            self.problems.append("the trial was stopped")
            status = 1
        finally:
            await self._put_away()
        return self._found(status)

    async def _live(self) -> None:
        self.starts.append(await self.server.start())
        self.say(f"server at {self.server.url}, everything in {self.options.folder}")
        client = Client(self.server.url)
        admin = await Admin.sign_in(client, "admin", self.server.password)
        counters, kiosk = await enlist(admin, ZONES)
        self.names = {counter.id: counter.name for counter in counters}
        for index, zone in enumerate(ZONES):
            await self._add_display(admin, index, zone)
        begins = time.monotonic()
        rush = self._rush()
        hours = Hours(
            begins,
            begins + self.options.minutes * 60,
            begins + rush[0],
            begins + rush[1],
            self.options.minutes < 20,
        )
        self.hall = Hall(self.server.url, counters, kiosk, hours, self.options.seed)
        plan = faults.draw(self.options.seed, self.options.minutes, rush)
        self.say(f"{len(counters)} clerks, rush from minute {rush[0] / 60:.1f}")
        # A fault that cannot be undone ends it at once: what follows would prove nothing.
        async with asyncio.TaskGroup() as group:
            beside = [group.create_task(self._sample(hours))]
            if self.options.with_faults:
                beside.append(group.create_task(self._disturb(plan, begins)))
            await self.hall.live()
            await self._drain()
            for task in beside:
                task.cancel()
        for display in self.displays:
            await display.picture(self.options.folder / f"end-{display.zone}.png")
        client.close()

    def _rush(self) -> tuple[float, float]:
        begins = self.options.minutes * 60 / 3
        return begins, begins + self.options.rush * 60

    async def _add_display(self, admin: Admin, index: int, zone: str) -> None:
        proxy = Proxy(self.server.port)
        self.proxies.append(proxy)
        await proxy.start()
        folder = self.options.folder / f"tv-{zone}"
        folder.mkdir()
        display = Display(f"TV {zone}", zone, folder, proxy, index == 0, self.say)
        self.displays.append(display)
        await display.start()
        await self._pair(admin, display)
        kind = "by the generated script" if display.by_script else "by its own browser"
        self.say(f"{display.name} is paired as {display.device}, started {kind}")

    async def _pair(self, admin: Admin, display: Display) -> None:
        """As an administrator does who reads the code from the screen."""

        async def accepted() -> bool:
            body = {"code": display.code, "name": display.name, "zone": display.zone}
            try:
                made = await admin.ask("POST", "/devices", body | {"layout": "call"})
            except Denied:  # its page was loaded anew since: another code stands there now
                return False
            display.device = made["device"]["id"]
            return True

        await until(30, accepted, f"{display.name} is paired")

        async def sounds() -> bool:
            found = await admin.all("/devices")
            mine = next(d for d in found if d["id"] == display.device)
            return bool(mine["online"] and mine["sound"] == "on" and mine["speaker"])

        await until(60, sounds, f"{display.name} is online with sound and speaks for its zone")

    # faults
    async def _disturb(self, plan: Sequence[Fault], begins: float) -> None:
        rng = random.Random(f"disturb {self.options.seed}")
        settled = begins
        for fault in plan:
            await asyncio.sleep(max(settled, begins + fault.at) - time.monotonic())
            display = self.displays[fault.display % len(self.displays)]
            if fault.in_speech:
                await self._await_speech(None if fault.kind == faults.KILL else display)
                await asyncio.sleep(rng.uniform(0.3, 4.0))
            moment = f"minute {(time.monotonic() - begins) / 60:.1f}"
            if fault.kind == faults.KILL:
                await self._kill(moment)
            elif fault.kind == faults.PULL:
                await self._pull(display, moment)
            else:
                await self._crash(display, moment)
            settled = time.monotonic() + SETTLE_SECONDS

    async def _await_speech(self, wanted: Display | None) -> None:
        """Until a display (the wanted one) is told to speak."""
        spoken = asyncio.Event()
        watched = [d for d in self.displays if wanted in (None, d)]
        for display in watched:
            display.on_speak = spoken.set
        try:
            async with asyncio.timeout(SPEECH_SECONDS):
                await spoken.wait()
        except TimeoutError:
            pass
        finally:
            for display in watched:
                display.on_speak = None

    async def _kill(self, moment: str) -> None:
        self.say(f"{moment}: killing the server")
        lost = _now()
        self.server.kill()
        self.starts.append(await self.server.start())
        names = tuple(d.name for d in self.displays)
        self.troubles.append(Trouble(faults.KILL, names, lost, _now()))
        self.say(f"it is back after {self.starts[-1]:.1f} s")

    async def _pull(self, display: Display, moment: str) -> None:
        self.say(f"{moment}: pulling the network of {display.name}")
        lost = _now()
        proxy = self.proxies[self.displays.index(display)]
        proxy.silence()
        await asyncio.sleep(faults.SILENT_SECONDS)
        proxy.cut()
        await asyncio.sleep(faults.CUT_SECONDS)
        proxy.mend()
        self.troubles.append(Trouble(faults.PULL, (display.name,), lost, _now()))

    async def _crash(self, display: Display, moment: str) -> None:
        if display.crash():
            self.say(f"{moment}: killed the browser of {display.name}")
            self.troubles.append(Trouble(faults.CRASH, (display.name,), _now(), _now()))
        else:
            self.problems.append(f"{display.name} had no browser to crash")

    # watching
    async def _sample(self, hours: Hours) -> None:
        told = 0
        while True:
            await asyncio.sleep(SAMPLE_SECONDS)
            self.samples.append((time.time(), self.server.resident_mib()))
            assert self.hall is not None
            minute = int((time.monotonic() - hours.begins) / 60)
            if minute >= told + 5:
                told = minute
                done = self.hall.tally.done
                self.say(
                    f"minute {minute}: {done['tickets']} tickets, {done['call-next']} calls, "
                    f"{done['complete']} served"
                )

    async def _drain(self) -> None:
        """Until nothing is announced any more, so that the last call has its end too."""
        client = Client(self.server.url)

        async def silent() -> bool:
            states = [await client.call("GET", f"/api/v1/zones/{d.zone}") for d in self.displays]
            return not any("announcing" in s.body["state"] for s in states)

        try:
            await until(DRAIN_SECONDS, silent, "the hall falls silent")
        except (TimeoutError, Unreachable) as error:
            self.problems.append(str(error))
        await asyncio.sleep(3)
        client.close()

    async def _put_away(self) -> None:
        """Whatever happened, nothing of ours goes on."""
        steps: list[Awaitable[Any]] = [d.stop() for d in self.displays]
        steps += [p.stop() for p in self.proxies]
        for error in await asyncio.gather(*steps, return_exceptions=True):
            if isinstance(error, Exception):
                self.problems.append(f"putting away: {error}")
        if self.server.is_alive:
            status = await self.server.stop()
            if status:
                self.problems.append(f"the server ended with {status}")
        elif self.hall is not None:
            self.problems.append("the server had gone by itself")

    # afterwards
    def _found(self, status: int) -> dict[str, Any]:
        for display in self.displays:
            lines = [json.dumps([e.at, e.kind, e.facts]) for e in display.log]
            (display.folder / "log.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        proof = self._antrean(
            *("announcements", "--data", str(self.server.data), "--from", "1", "--json")
        )
        verified = self._antrean("verify", "--data", str(self.server.data))
        try:
            proven = json.loads(proof.stdout)
        except ValueError:
            proven = None
            self.problems.append(f"no proof: {proof.stderr.strip()}")
        if verified.returncode:
            self.problems.append(f"antrean verify: {verified.stdout.strip()[-1000:]}")
        found = conclude(self, proven, verified.stdout.strip())
        found["status"] = status or (0 if found["holds"] else 1)
        found["minutes_taken"] = round((time.time() - self._began) / 60, 1)
        return found

    def _antrean(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "antrean", *arguments],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


def _now() -> int:
    return round(time.time() * 1000)
