"""The small HTTP client and the fold of topics, against a server that misbehaves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from antrean.simulation.client import Client, Unreachable
from antrean.simulation.follow import ESTIMATES, difference, merge

FINE = b'HTTP/1.1 201 Created\r\nContent-Length: 7\r\nX-Seq: 4\r\n\r\n{"a":1}'
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n2\r\n2]\r\n0\r\n\r\n"
FULL = b"HTTP/1.1 503 No\r\nContent-Length: 2\r\nRetry-After: 0\r\n\r\n{}"
LAST = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"


class Played:
    """Answers requests in turn; an empty answer breaks the connection off."""

    def __init__(self, answers: list[bytes]) -> None:
        self.answers = answers
        self.requests: list[str] = []
        self.connections = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while head := await reader.readline():
            lines = [head.decode().strip()]
            while line := (await reader.readline()).decode().strip():
                lines.append(line)
            length = next((x for x in lines if x.startswith("Content-Length")), ": 0")
            lines.append((await reader.readexactly(int(length.split(": ")[1]))).decode())
            self.requests.append("\n".join(lines))
            answer = self.answers.pop(0)
            if not answer:
                break
            writer.write(answer)
        writer.close()


@asynccontextmanager
async def played(*answers: bytes) -> AsyncIterator[tuple[Played, Client]]:
    server = Played(list(answers))
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    client = Client(f"http://127.0.0.1:{port}")
    try:
        yield server, client
    finally:
        client.close()
        listening.close()


@pytest.mark.asyncio
async def test_a_request_carries_credential_key_and_body_over_one_connection() -> None:
    async with played(FINE, CHUNKED, LAST, FINE) as (server, client):
        first = await client.call("POST", "/x", {"b": 2}, token="T", key="K")
        assert (first.status, first.body, first.headers["x-seq"], first.fine) == (
            201,
            {"a": 1},
            "4",
            True,
        )
        sent = server.requests[0].split("\n")
        assert sent[0] == "POST /x HTTP/1.1"
        assert {"Authorization: Bearer T", "Idempotency-Key: K", '{"b":2}'} <= set(sent)
        assert (await client.call("GET", "/y")).body == [1, 2]
        assert server.connections == 1
        await client.call("GET", "/z")  # the server closes after it
        await client.call("GET", "/z")
        assert server.connections == 2


@pytest.mark.asyncio
async def test_what_has_a_key_is_repeated_as_it_was() -> None:
    async with played(b"", FULL, FINE) as (server, client):
        answer = await client.call("POST", "/x", {"b": 2}, key="K")
        assert answer.status == 201
        assert len(set(server.requests)) == 1
        assert len(server.requests) == 3


@pytest.mark.asyncio
async def test_what_has_none_is_not() -> None:
    async with played(b"", FULL) as (server, client):
        with pytest.raises(Unreachable):
            await client.call("POST", "/x", {})
        assert (await client.call("POST", "/x", {})).status == 503
        assert len(server.requests) == 2


def test_a_merge_patch_changes_removes_and_leaves_alone() -> None:
    before = {"a": {"b": 1, "c": 2}, "d": [1]}
    assert merge(before, {"a": {"b": None, "e": {"f": 1}}, "d": [2]}) == {
        "a": {"c": 2, "e": {"f": 1}},
        "d": [2],
    }
    assert before == {"a": {"b": 1, "c": 2}, "d": [1]}


def test_a_difference_is_named_by_its_path() -> None:
    assert difference({"a": {"b": 1}}, {"a": {"b": 1}}) == ""
    assert difference({"a": {"b": 1}}, {"a": {"b": 2}}).startswith("/a/b: 1 here")
    assert difference({"a": 1}, {}) == "/a is in mine alone"
    assert difference({"a": 1, "eta": 2}, {"a": 1}, ESTIMATES) == ""
