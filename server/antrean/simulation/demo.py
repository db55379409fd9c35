"""`serve --demo`: the people in it, and the process that plays the simulated ones.

They live in a child process, over the real API: whatever goes wrong there cannot harm the server,
and its work never delays an answer. The child ends with the server, also when that is killed: it
reads its own standard input, which the server alone holds open.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Login:
    """One who may sign in to a demo; such passwords exist in a folder made with `--demo` alone."""

    username: str
    password: str
    role: str
    name: str


LOGINS = (
    Login("admin", "demo-admin", "admin", "Admin Demo"),
    Login("pengawas", "demo-pengawas", "supervisor", "Dewi Pengawas"),
    Login("petugas", "demo-petugas", "clerk", "Budi Petugas"),
    Login("petugas2", "demo-petugas2", "clerk", "Siti Petugas"),
)


@dataclass(frozen=True, slots=True)
class Orders:
    """What the child must know.

    `token` is a bearer of the role admin, `minutes` what a service is expected to take, by its id.
    """

    url: str
    token: str
    speed: float
    minutes: Mapping[str, float]


class Demo:
    """The child process. `start` after the server accepts connections, `stop` before it goes."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Raises OSError when no process can be started."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "antrean.simulation.child",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches the server alone, which then stops the child
        )
        assert self._process.stdin is not None
        # The token goes by standard input: arguments and environment can be read by others.
        self._process.stdin.write(json.dumps(asdict(self._orders)).encode() + b"\n")
        await self._process.stdin.drain()

    async def stop(self) -> None:
        """Ends the child; does nothing when there is none."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            async with asyncio.timeout(2):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
