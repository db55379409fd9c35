"""The network between one display and the server: a TCP proxy that can go silent, and then cut."""

import asyncio
import contextlib


class Proxy:
    """Forwards to `port` of this machine. `silent`: bytes are taken and go nowhere, as when a
    cable is pulled; `cut`: every connection is closed, and new ones are refused."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._server: asyncio.Server | None = None
        self._pipes: set[asyncio.Task[None]] = set()
        self._open = asyncio.Event()
        self._open.set()
        self.port = 0
        self.refusing = False

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    def silence(self) -> None:
        self._open.clear()

    def cut(self) -> None:
        """Close what is open; what comes from now on is refused, until `mend`."""
        self.refusing = True
        for pipe in self._pipes:
            pipe.cancel()
        self._open.set()

    def mend(self) -> None:
        self.refusing = False
        self._open.set()

    async def stop(self) -> None:
        for pipe in self._pipes:
            pipe.cancel()
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._pipes.add(task)
        try:
            await self._join(reader, writer)
            writer.close()  # what was written is still sent
        except (OSError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            self._pipes.discard(task)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._open.wait()
        if self.refusing:
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        ways = [
            asyncio.create_task(self._pump(reader, back)),
            asyncio.create_task(self._pump(there, writer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            back.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                await self._open.wait()
                writer.write(data)
                await writer.drain()
