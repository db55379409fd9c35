"""The websockets library under uvloop: its `broadcast()`."""

import asyncio
import sys

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

from bench.peers.frames import texts

PORT, RECORDED = int(sys.argv[1]), sys.argv[2]
subscribers: set[ServerConnection] = set()
messages = texts(RECORDED)


async def handle(connection: ServerConnection) -> None:
    if connection.request is not None and connection.request.path == "/control":
        async for _ in connection:
            broadcast(subscribers, next(messages))
        return
    subscribers.add(connection)
    try:
        await connection.wait_closed()
    finally:
        subscribers.discard(connection)


async def main() -> None:
    async with serve(handle, "127.0.0.1", PORT, compression=None, backlog=4096):
        await asyncio.Future()


if __name__ == "__main__":
    uvloop.run(main())
