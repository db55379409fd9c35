"""A server of its own in a temporary folder: the shipped command, its clock running faster."""

import asyncio
import os
import secrets
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from antrean.simulation import mall

READY = "Antrean ready at "
START_SECONDS = 30.0
STOP_SECONDS = 20.0
LEAD_MINUTES = 12  # at least, of the hall, from the start of the server to the opening


class StartFailed(Exception):
    """The server did not become ready; the text has its words."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the generated catalogue says beyond what the API tells, by service."""

    minutes: Mapping[str, float]
    grace_ms: Mapping[str, int]


def early_timezone(now: datetime) -> str:
    """A time zone in which it is early now, shortly before the mall opens at eight."""
    hour = 7 if now.minute <= 60 - LEAD_MINUTES else 6
    offset = (hour - now.hour) % 24
    if offset > 14:
        offset -= 24
    # The sign of these names is turned: Etc/GMT-7 is seven hours ahead of Greenwich.
    return f"Etc/GMT{-offset:+d}" if offset else "Etc/GMT"


class OwnServer:
    """`start`, then `url` and `password`; `stop` gives the exit code."""

    def __init__(
        self, folder: Path, counters: int, tickets: int, speed: float, hours: int = mall.HOURS
    ) -> None:
        self._folder = folder
        self._speed = speed
        self._toml = mall.catalogue(counters, tickets, early_timezone(datetime.now(UTC)), hours)
        self._process: asyncio.subprocess.Process | None = None
        self.data = folder / "data"
        self.password = secrets.token_urlsafe(18)
        self.url = ""

    @property
    def facts(self) -> Facts:
        services = tomllib.loads(self._toml)["service"]
        return Facts(
            {s["id"]: float(s["service_minutes"]) for s in services},
            {s["id"]: int(s.get("grace_minutes", 10)) * 60_000 for s in services},
        )

    async def start(self) -> None:
        """Raises StartFailed."""
        catalogue = self._folder / "mall.toml"
        catalogue.write_text(self._toml, encoding="utf-8")
        log = self._folder / "server.log"
        with log.open("wb") as stderr:
            self._process = await asyncio.create_subprocess_exec(
                *command("serve", "--port", "0", "--data", str(self.data)),
                *("--catalogue", str(catalogue), "--clock-speed", f"{self._speed:g}"),
                env=dict(os.environ)
                | {"ANTREAN_ADMIN_PASSWORD": self.password, "ANTREAN_LOG_LEVEL": "warning"},
                stdout=asyncio.subprocess.PIPE,
                stderr=stderr,
                start_new_session=True,  # Ctrl-C is ours to handle
            )
        try:
            async with asyncio.timeout(START_SECONDS):
                self.url = await self._ready()
        except TimeoutError:
            raise StartFailed(f"the server is not ready after {START_SECONDS:.0f} s") from None
        if not self.url:
            raise StartFailed(log.read_text(errors="replace")[-2000:])

    async def _ready(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            text = line.decode(errors="replace").strip()
            if text.startswith(READY):
                return text.removeprefix(READY)
        return ""

    async def stop(self) -> int:
        """The exit code; -9 when it had to be killed."""
        process = self._process
        if process is None:
            return 0
        if process.returncode is None:
            process.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                return await process.wait()
        except TimeoutError:
            process.kill()
            return await process.wait()

    async def verify(self) -> tuple[int, str]:
        """`antrean verify` on the folder: exit code and what it said."""
        process = await asyncio.create_subprocess_exec(
            *command("verify", "--data", str(self.data)),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        return await process.wait(), output.decode(errors="replace").strip()


def command(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "antrean", *arguments)
