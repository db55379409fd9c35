"""The processes of a running Chromium: which they are, what memory and time they take."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Process:
    pid: int
    parent: int
    words: tuple[bytes, ...]
    seconds: float  # of CPU time so far

    @property
    def kind(self) -> bytes:
        """`renderer`, `gpu-process`, ...; b"" for the browser itself."""
        return next((w[7:] for w in self.words if w.startswith(b"--type=")), b"")


def browser_on(port: int) -> Process | None:
    """The browser whose DevTools listen on `port`; a shell that starts it does not count."""
    wanted = f"--remote-debugging-port={port}".encode()
    for process in _all():
        own = process.words[:1] and b"chrom" in process.words[0]
        if own and wanted in process.words and not process.kind:
            return process
    return None


def family(pid: int) -> list[Process]:
    """A process and all that descend from it."""
    everyone = _all()
    found = {pid}
    grown = True
    while grown:
        more = {p.pid for p in everyone if p.parent in found} - found
        found |= more
        grown = bool(more)
    return [p for p in everyone if p.pid in found]


def page_mib(pid: int) -> float:
    """Memory of the largest renderer of the browser `pid`, MiB: the page that it shows. Shared
    memory counts by its share (PSS)."""
    sizes = [_pss_kib(p.pid) for p in family(pid) if p.kind == b"renderer"]
    return max(sizes, default=0) / 1024


def cpu_seconds(pid: int) -> float:
    """CPU time of a browser with all its processes so far."""
    return sum(p.seconds for p in family(pid))


def _pss_kib(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _all() -> list[Process]:
    found = []
    for path in Path("/proc").iterdir():
        if not path.name.isdecimal():
            continue
        with contextlib.suppress(OSError, IndexError, ValueError):
            # The name in brackets may hold spaces and brackets of its own.
            fields = (path / "stat").read_text().rpartition(")")[2].split()
            # Chromium's children write their whole line into the first word.
            words = tuple((path / "cmdline").read_bytes().replace(b"\0", b" ").split())
            seconds = (int(fields[11]) + int(fields[12])) / _TICKS
            found.append(Process(int(path.name), int(fields[1]), words, seconds))
    return found
