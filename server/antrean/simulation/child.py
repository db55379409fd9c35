"""The process that plays a demo: `python -m antrean.simulation.child`, started by the server.

Reads one line of orders from standard input and ends when that input does, which is when the
server has gone.
"""

import asyncio
import json
import sys
from contextlib import suppress
from typing import Any

import uvloop

from antrean.simulation.client import Client, Unreachable
from antrean.simulation.crew import Admin, Denied
from antrean.simulation.demo_hall import DemoHall

AGAIN_SECONDS = 2.0  # before another attempt, when the live connection was lost


async def play(orders: dict[str, Any]) -> None:
    """Plays until it is cancelled. Raises Denied when the server does not want it."""
    client = Client(orders["url"])
    admin = Admin(client, orders["token"])
    while True:
        with suppress(Unreachable, OSError):
            hall = await DemoHall.prepare(admin, orders["speed"], orders["minutes"])
            await hall.live()
        await asyncio.sleep(AGAIN_SECONDS)


async def main() -> int:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin.buffer)
    line = await reader.readline()
    if not line:
        return 0
    playing = asyncio.create_task(play(json.loads(line)))
    waiting = asyncio.create_task(reader.read())  # ends with the server
    await asyncio.wait({playing, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if not playing.done():
        playing.cancel()
        return 0
    waiting.cancel()
    try:
        playing.result()
    except Denied as error:
        print(f"antrean demo: {error}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.exit(runner.run(main()))
