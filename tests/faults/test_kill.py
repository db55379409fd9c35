"""kill -9 under load, again and again: no promise lost, no key with two effects, nobody told a lie.

TORTURE_CYCLES says how often (scripts/torture); a handful in the ordinary run.
"""

import asyncio
import json
import os
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from antrean.store.verify import verify
from tests.support import Cast, RunningServer

CYCLES = int(os.environ.get("TORTURE_CYCLES", "20"))
VERBS = ("call-next", "call-next", "start", "complete", "recall", "no-show", "hold", "undo")
STAFF = ("loket-1", "loket-2")


@dataclass
class Sent:
    """One command; `answer` is None when the connection broke before one came."""

    token: str
    path: str
    body: dict[str, Any]
    key: str
    answer: dict[str, Any] | None = None


@dataclass
class Ledger:
    acknowledged: list[Sent] = field(default_factory=list)
    unknown: list[Sent] = field(default_factory=list)
    told: dict[int, tuple[str, str]] = field(default_factory=dict)  # seq -> type and number


class Load:
    """Two kiosks, two clerks and a display, until the server is gone."""

    def __init__(
        self, server: RunningServer, chance: random.Random, tokens: dict[str, str]
    ) -> None:
        self.server, self.chance, self.tokens = server, chance, tokens
        self.ledger = Ledger()
        self._count = 0

    async def until_killed(self) -> None:
        busy = [
            *(asyncio.create_task(self._kiosk()) for _ in range(2)),
            *(asyncio.create_task(self._clerk(c)) for c in STAFF),
            asyncio.create_task(self._display()),
        ]
        await asyncio.sleep(self.chance.uniform(0.02, 0.25))  # the fault's moment, not a wait
        await asyncio.to_thread(self.server.kill)
        await asyncio.gather(*busy)

    async def _kiosk(self) -> None:
        await self._repeat("kiosk", lambda: ("/tickets", {"service": "skck"}))

    async def _clerk(self, counter: str) -> None:
        await self._repeat(
            counter, lambda: (f"/counters/{counter}/{self.chance.choice(VERBS)}", {})
        )

    async def _repeat(self, who: str, draw: Callable[[], tuple[str, dict[str, Any]]]) -> None:
        async with httpx2.AsyncClient(base_url=self.server.url, trust_env=False) as http:
            with suppress(httpx2.TransportError):
                while True:
                    self._count += 1
                    key = f"{self.chance.getrandbits(64):016x}-{self._count:08}"
                    path, body = draw()
                    await self.send(http, Sent(self.tokens[who], path, body, key))

    async def send(self, http: httpx2.AsyncClient, sent: Sent) -> None:
        """Send and note it. Raises httpx2.TransportError when no answer comes."""
        headers = {"Authorization": f"Bearer {sent.token}", "Idempotency-Key": sent.key}
        try:
            answer = await http.post(f"/api/v1{sent.path}", json=sent.body, headers=headers)
        except httpx2.TransportError:
            self.ledger.unknown.append(sent)
            raise
        assert answer.status_code < 500, answer.text
        if answer.is_success:
            sent.answer = answer.json()
            self.ledger.acknowledged.append(sent)

    async def _display(self) -> None:
        with suppress(ConnectionClosed, InvalidHandshake, OSError):
            async with connect(self.server.socket_url, proxy=None) as socket:
                await socket.send('{"op":"subscribe","topic":"zone:utama"}')
                async for text in socket:
                    frame = json.loads(text)
                    if frame["op"] == "event":
                        number = frame["data"].get("number", "")
                        self.ledger.told[frame["seq"]] = (frame["type"], number)


async def settle(load: Load) -> None:
    """Send what had no answer again, twice: it happened once or is refused, and stays so."""
    unknown, load.ledger.unknown = load.ledger.unknown, []
    async with httpx2.AsyncClient(base_url=load.server.url, trust_env=False) as http:
        for sent in unknown:
            await load.send(http, sent)
            if sent.answer is not None:
                first = sent.answer
                await load.send(http, sent)
                assert sent.answer == first, sent.path


def check(load: Load, journal: list[dict[str, Any]]) -> None:
    """Hold what was promised and told against the journal."""
    assert [e["seq"] for e in journal] == list(range(1, len(journal) + 1))
    by_seq = {e["seq"]: (e["type"], e["data"].get("number", "")) for e in journal}
    seqs: dict[int, str] = {}
    for sent in load.ledger.acknowledged:
        assert sent.answer is not None
        kind, number = by_seq[sent.answer["seq"]]
        if sent.answer["ticket"] is not None:
            assert number == sent.answer["ticket"]["number"], (sent.path, kind)
        assert seqs.setdefault(sent.answer["seq"], sent.key) == sent.key, "two keys, one effect"
    for seq, told in load.ledger.told.items():
        assert by_seq[seq] == told, "a display was told what never happened"
    issued = [e["data"]["number"] for e in journal if e["type"] == "ticket.issued"]
    assert [int(n.rpartition("-")[2]) for n in issued] == list(range(1, len(issued) + 1))


@pytest.mark.torture
@pytest.mark.asyncio
@pytest.mark.timeout(600)
async def test_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    chance = random.Random(CYCLES)
    server = RunningServer(tmp_path)
    acknowledged = settled = told = 0
    journal: list[dict[str, Any]] = []
    server.start()
    with Cast(server) as cast:
        people = {"kiosk": cast.kiosk(), **{c: cast.clerk(c) for c in STAFF}}
        tokens = {name: str(client.token) for name, client in people.items()}
        supervisor = str(cast.supervisor().token)
    for _ in range(CYCLES):
        load = Load(server, chance, tokens)
        await load.until_killed()
        server.start()
        settled += len(load.ledger.unknown)
        await settle(load)
        journal += await read(server, supervisor, len(journal))
        check(load, journal)
        acknowledged += len(load.ledger.acknowledged)
        told += len(load.ledger.told)
    assert server.stop() == 0
    report = verify(server.data)
    assert report.differences == []
    assert min(acknowledged, settled, told) > CYCLES
    print(
        f"{CYCLES} kills: {acknowledged} acknowledged, 0 lost; {settled} without an answer, each "
        f"settled once; {told} events told, each in the journal of {report.entries}"
    )


async def read(server: RunningServer, token: str, after: int) -> list[dict[str, Any]]:
    """The journal after a position."""
    found: list[dict[str, Any]] = []
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(base_url=f"{server.url}/api/v1", headers=headers) as http:
        while True:
            page = (await http.get(f"/events?after={after + len(found)}&limit=1000")).json()
            found += page["items"]
            if not page["items"]:
                return found
