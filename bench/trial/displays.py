"""A hall display in a real Chromium, watched from outside: its socket, its sounds, its faults."""

import asyncio
import base64
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bench.chromium import browser_on, page_mib
from bench.processes import free_port
from bench.trial.browser import Gone, Tab

HOOK = Path(__file__).with_name("hook.js")
PAINTS = HOOK.with_name("paints.js")
BINDING = "antreanTrial"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1920,1080",
    "--screen-info={1920x1080}",
)
ATTACH_SECONDS = 60.0
LOOK_SECONDS = 30.0  # between two looks at memory
TOLD = ("speak", "spoken", "unspoken", "shown", "report", "device", "do")
Say = Callable[[str], None]


@dataclass(slots=True)
class Happened:
    """Something that a display did, at ms since 1970."""

    at: int
    kind: str  # an op of TOLD, or what hook.js tells
    facts: dict[str, Any]


class Reached(Protocol):
    """The way to the server: a port of this machine."""

    @property
    def port(self) -> int: ...


@dataclass(slots=True)
class Display:
    """One TV. `log` grows while it runs; `faults` are errors of its page."""

    name: str
    zone: str
    folder: Path
    way: Reached
    by_script: bool
    say: Say
    hooks: tuple[Path, ...] = (HOOK,)
    log: list[Happened] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    memory: list[tuple[float, float, float]] = field(default_factory=list)  # at, heap, page; MiB
    device: str = ""
    code: str = ""
    connection: str = ""
    starts: int = 0
    port: int = 0
    on_speak: Callable[[], None] | None = None
    _tab: Tab | None = None
    _process: subprocess.Popen[bytes] | None = None
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _coded: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.way.port}/display"

    # life
    async def start(self) -> None:
        """Start the browser and pair nobody yet: `code` is set when its page shows one."""
        self.port = free_port()
        self._tasks = [
            asyncio.create_task(self._keep_browser()),
            asyncio.create_task(self._keep_attached()),
            asyncio.create_task(self._watch_memory()),
        ]
        async with asyncio.timeout(ATTACH_SECONDS):
            await self._coded.wait()

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._tab is not None:
            await self._tab.close()
        if self._process is not None:
            await asyncio.to_thread(end_group, self._process)

    def crash(self) -> bool:
        """Kill the browser itself, as a crash does. False when it is not there."""
        browser = browser_on(self.port)
        if browser is None:
            return False
        with contextlib.suppress(OSError):
            os.kill(browser.pid, signal.SIGKILL)
        return True

    async def _keep_browser(self) -> None:
        """The script starts its browser anew by itself; a TV's own browser is started by us."""
        flags = [*FLAGS, f"--remote-debugging-port={self.port}"]
        environment = os.environ | {"HOME": str(self.folder)}
        environment.pop("XDG_DATA_HOME", None)
        if self.by_script:
            command = [*self._write_script()]
            environment["ANTREAN_DISPLAY_FLAGS"] = " ".join(flags)
        else:
            browser = next((b for b in BROWSERS if shutil.which(b)), None)
            assert browser, "no Chromium here"
            command = [
                browser,
                *flags,
                "--no-first-run",
                "--autoplay-policy=no-user-gesture-required",
                f"--user-data-dir={self.folder / 'profile'}",
                self.url,
            ]
        while True:
            self._process = spawn(command, self.folder / "browser.log", environment)
            status = await asyncio.to_thread(self._process.wait)
            self.say(f"{self.name}: its browser ended with {status}; starting it again")
            await asyncio.sleep(1)

    def _write_script(self) -> list[str]:
        out = self.folder / "script"
        subprocess.run(
            [
                *(sys.executable, "-m", "antrean", "display-script"),
                *("--url", self.url, "--name", self.zone, "--out", str(out)),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (script,) = out.glob("*.sh")
        return [str(script)]

    # what it does
    async def _keep_attached(self) -> None:
        while True:
            try:
                await self._attach()
            except Gone:
                await asyncio.sleep(0.2)
                continue
            assert self._tab is not None
            await self._tab.closed.wait()
            self.note("lost", {})

    async def _attach(self) -> None:
        tab = await Tab.attach(self.port, self._on_event)
        try:
            await self._prepare(tab)
        except Gone:
            await tab.close()
            raise
        self._tab = tab
        self.starts += 1

    async def _prepare(self, tab: Tab) -> None:
        for method in ("Page.enable", "Runtime.enable", "Performance.enable"):
            await tab.call(method)
        # Else the page keeps all sounds that it fetched for whoever watches, up to 100 MB.
        await tab.call("Network.enable", maxTotalBufferSize=0, maxResourceBufferSize=0)
        await tab.call("Runtime.addBinding", name=BINDING)
        for hook in self.hooks:
            source = hook.read_text(encoding="utf-8")
            await tab.call("Page.addScriptToEvaluateOnNewDocument", source=source)
        # The page began before we came: once more, with everything watched.
        await tab.call("Page.reload")

    def _on_event(self, method: str, params: dict[str, Any]) -> None:
        if method == "Runtime.bindingCalled" and params["name"] == BINDING:
            told = json.loads(params["payload"])
            self._on_hook(told.pop("kind"), told.pop("at"), told)
        elif method in ("Network.webSocketFrameReceived", "Network.webSocketFrameSent"):
            with contextlib.suppress(ValueError):
                self._on_frame(json.loads(params["response"]["payloadData"]))
        elif method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            text = details.get("exception", {}).get("description") or details.get("text")
            self._fault(f"exception: {text}")
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "assert"):
            words = " ".join(str(a.get("value", a.get("description"))) for a in params["args"])
            self._fault(f"console: {words}")

    def _on_hook(self, kind: str, at: int, facts: dict[str, Any]) -> None:
        if kind == "connection":
            if facts["state"] == self.connection:
                return
            self.connection = facts["state"]
        self.note(kind, facts, at)

    def _on_frame(self, frame: Any) -> None:
        op = frame.get("op") if isinstance(frame, dict) else None
        if op == "pairing":
            self.code = frame["code"]
            self._coded.set()
        elif op == "paired":
            self.device = frame["device"]["id"]
        elif op in TOLD:
            self.note(op, frame)
            if op == "speak" and self.on_speak is not None:
                self.on_speak()

    def note(self, kind: str, facts: dict[str, Any], at: int | None = None) -> None:
        moment = round(time.time() * 1000) if at is None else at
        self.log.append(Happened(moment, kind, facts))

    def _fault(self, text: str) -> None:
        if len(self.faults) < 50:
            self.faults.append(text[:500])
        self.say(f"{self.name}: {text[:300]}")

    async def ask(self, expression: str) -> Any:
        """A value of its page, None when there is none."""
        with contextlib.suppress(Gone):
            if self._tab is not None:
                return await self._tab.evaluate(expression)
        return None

    async def picture(self, path: Path) -> None:
        """What stands on the screen now, as PNG."""
        with contextlib.suppress(Gone):
            if self._tab is not None:
                shot = await self._tab.call("Page.captureScreenshot", format="png")
                picture = base64.b64decode(shot.get("data", ""))
                await asyncio.to_thread(path.write_bytes, picture)

    async def _watch_memory(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            with contextlib.suppress(Gone):
                if self._tab is None:
                    continue
                # Without it the figure is a saw whose teeth are garbage.
                await self._tab.call("HeapProfiler.collectGarbage")
                found = await self._tab.call("Performance.getMetrics")
                metrics = {m["name"]: m["value"] for m in found.get("metrics", ())}
                heap = metrics.get("JSHeapUsedSize", 0) / 2**20
                browser = browser_on(self.port)
                page = page_mib(browser.pid) if browser else 0.0
                self.memory.append((time.time(), round(heap, 2), round(page, 1)))


def spawn(command: list[str], log: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Starts a process that leads a session of its own and writes to `log`."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
            start_new_session=True,
        )


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads a session of its own, and all that it started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
            break


async def until(seconds: float, look: Callable[[], Awaitable[bool]], what: str) -> None:
    """Raises TimeoutError, which names what was waited for."""
    end = time.monotonic() + seconds
    while not await look():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {seconds:.0f} s")
        await asyncio.sleep(0.2)
