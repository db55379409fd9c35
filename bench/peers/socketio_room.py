"""python-socketio under uvicorn and uvloop: `emit()` to a room, over WebSocket alone."""

import json
import sys
from typing import Any

import socketio
import uvicorn

from bench.peers.frames import texts

PORT, RECORDED = int(sys.argv[1]), sys.argv[2]
sio = socketio.AsyncServer(async_mode="asgi", transports=["websocket"])
messages = (json.loads(text) for text in texts(RECORDED))


async def connect(sid: str, environ: dict[str, Any]) -> None:
    if "subscribe" in environ.get("QUERY_STRING", ""):
        await sio.enter_room(sid, "zone")


async def publish(sid: str) -> None:
    await sio.emit("event", next(messages), room="zone")


sio.on("connect", connect)
sio.on("publish", publish)

if __name__ == "__main__":
    app = socketio.ASGIApp(sio)
    uvicorn.run(app, port=PORT, loop="uvloop", log_level="error", backlog=4096)
