"""A page of a running Chromium, by the DevTools protocol."""

import asyncio
import contextlib
import http.client
import itertools
import json
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

ANSWER_SECONDS = 15.0
Listener = Callable[[str, dict[str, Any]], None]


class Gone(Exception):
    """The browser, or its page, is not there (any more)."""


class Tab:
    """One attached page. `closed` is set when the browser went."""

    def __init__(self, socket: ClientConnection, listener: Listener) -> None:
        self._socket = socket
        self._listener = listener
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._reader = asyncio.create_task(self._read())
        self.closed = asyncio.Event()

    @classmethod
    async def attach(cls, port: int, listener: Listener) -> "Tab":
        """Raises Gone."""
        url = await asyncio.to_thread(page_socket, port)
        try:
            socket = await connect(url, max_size=None, ping_interval=None, proxy=None)
        except (OSError, WebSocketException) as error:
            raise Gone(str(error)) from error
        return cls(socket, listener)

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Raises Gone."""
        number = next(self._numbers)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._socket.send(
                    json.dumps({"id": number, "method": method, "params": params})
                )
                return await answer
        except (OSError, TimeoutError, WebSocketException) as error:
            raise Gone(f"{method}: {error}") from error
        finally:
            self._answers.pop(number, None)

    async def evaluate(self, expression: str) -> Any:
        """The value of an expression, without counting as a press of a person. Raises Gone."""
        answer = await self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        return answer.get("result", {}).get("value")

    async def close(self) -> None:
        with contextlib.suppress(OSError, WebSocketException, TimeoutError):
            async with asyncio.timeout(2):
                await self._socket.close()
        self._reader.cancel()

    async def _read(self) -> None:
        try:
            async for text in self._socket:
                frame = json.loads(text)
                waiting = self._answers.get(frame.get("id", 0))
                if waiting is not None and not waiting.done():
                    waiting.set_result(frame.get("result", {}))
                elif "method" in frame:
                    self._listener(frame["method"], frame.get("params", {}))
        except WebSocketException:
            pass
        finally:
            self.closed.set()
            for waiting in self._answers.values():
                if not waiting.done():
                    waiting.set_exception(Gone("the browser went"))


def page_socket(port: int) -> str:
    """The address of the page of the browser that listens on `port`. Raises Gone."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", "/json/list")
        targets = json.loads(connection.getresponse().read())
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Gone(f"no browser on port {port}: {error}") from error
    finally:
        connection.close()
    for target in targets:
        if target.get("type") == "page" and not target["url"].startswith("chrome"):
            return str(target["webSocketDebuggerUrl"])
    raise Gone(f"the browser on port {port} shows no page")
