"""Starlette under uvicorn and uvloop: `await websocket.send_text()` for one after the other."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from bench.peers.frames import texts

PORT, RECORDED = int(sys.argv[1]), sys.argv[2]
subscribers: dict[WebSocket, None] = {}
messages = texts(RECORDED)


async def subscribe(websocket: WebSocket) -> None:
    await websocket.accept()
    subscribers[websocket] = None
    try:
        while True:
            await websocket.receive_text()
    except WebSocketDisconnect:
        del subscribers[websocket]


async def control(websocket: WebSocket) -> None:
    await websocket.accept()
    try:
        while True:
            await websocket.receive_text()
            message = next(messages)
            for subscriber in list(subscribers):
                await subscriber.send_text(message)
    except WebSocketDisconnect:
        return


app = Starlette(
    routes=[WebSocketRoute("/subscribe", subscribe), WebSocketRoute("/control", control)]
)

if __name__ == "__main__":
    uvicorn.run(app, port=PORT, loop="uvloop", log_level="error", backlog=4096)
