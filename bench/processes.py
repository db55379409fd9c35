"""Starting, pinning and ending what is measured. One core for the server, one for the client."""

import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BUILD = HERE / "build"
SERVER_CORE, CLIENT_CORE = "0", "1"
START_SECONDS = 30.0
STOP_SECONDS = 12.0
RUN_SECONDS = 180.0

Result = dict[str, float]


class BenchError(Exception):
    """A run that measured nothing; the text says why."""


def prepare() -> None:
    """Builds the C programs and lets 5,000 sockets be open on either side of a connection."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 12_000:
        raise BenchError(f"needs 12,000 open files, the hard limit is {hard} (ulimit -Hn)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    BUILD.mkdir(exist_ok=True)
    for name in ("load", "floor"):
        subprocess.run(["gcc", "-O2", "-Wall", "-o", BUILD / name, HERE / f"{name}.c"], check=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def server(
    command: Sequence[str | os.PathLike[str]], port: int, env: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a server on its own core until the block ends; waits until its port answers."""
    # A file, as a unit's journal would be: a pipe that nobody reads would fill up.
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            ["taskset", "-c", SERVER_CORE, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=os.environ | (env or {}),
            cwd=ROOT,
        )
        try:
            _await_port(process, port, errors)
            yield process
        finally:
            stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _await_port(process: subprocess.Popen[bytes], port: int, errors: IO[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            errors.seek(0)
            raise BenchError(f"a server ended at once: {errors.read().decode()[-2000:]}")
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise BenchError(f"nothing listened on port {port} within {START_SECONDS:.0f} s")


def load(port: int, pid: int, **options: Any) -> Result:
    """Runs the load client; `in_flight=64` becomes `--in-flight 64`, `idle=True` `--idle`."""
    words = ["--port", str(port), "--pid", str(pid)]
    for name, value in options.items():
        if value is not None and value is not False:
            words.append("--" + name.replace("_", "-"))
            if value is not True:
                words.append(str(value))
    finished = subprocess.run(
        ["taskset", "-c", CLIENT_CORE, BUILD / "load", *words],
        capture_output=True,
        text=True,
        timeout=RUN_SECONDS,
        check=False,
    )
    if finished.returncode:
        raise BenchError(finished.stderr.strip()[-2000:] or f"load ended {finished.returncode}")
    result: Result = json.loads(finished.stdout)
    return result


def python(*words: str | os.PathLike[str]) -> list[str | os.PathLike[str]]:
    return [sys.executable, *words]
