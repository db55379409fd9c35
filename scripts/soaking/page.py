"""A paired display in Chromium, and what it takes."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import chromium as processes
from scripts.soaking.devtools import Tab, tab
from tests.support import Cast

MIB = 1024 * 1024
CODE = "(document.querySelector('.pairing-code') || { dataset: {} }).dataset.code"


class Display:
    """`faults` are exceptions of the page."""

    def __init__(self, page: Tab) -> None:
        self._page = page
        self._page.call("Performance.enable")
        self._began = time.monotonic()
        self._cpu = (self._began, processes.cpu_seconds(page.pid))

    @property
    def faults(self) -> list[str]:
        return self._page.faults

    def wait(self, seconds: float) -> None:
        """Lets the page live."""
        self._page.wait(seconds)

    def sample(self) -> dict[str, float]:
        """What it takes now, after its garbage was collected."""
        self._page.call("HeapProfiler.collectGarbage")
        told = self._page.call("Performance.getMetrics")
        metrics = {metric["name"]: metric["value"] for metric in told["metrics"]}
        now, spent = time.monotonic(), processes.cpu_seconds(self._page.pid)
        since, before = self._cpu
        self._cpu = (now, spent)
        return {
            "minute": round((now - self._began) / 60, 2),
            "heap_mib": round(metrics["JSHeapUsedSize"] / MIB, 3),
            "nodes": metrics["Nodes"],
            "listeners": metrics["JSEventListeners"],
            "page_mib": round(processes.page_mib(self._page.pid), 1),
            "cpu_percent": round(100 * (spent - before) / max(now - since, 0.001), 1),
        }


@contextmanager
def display(folder: Path, cast: Cast, zone: str, layout: str) -> Iterator[Display]:
    """One that an administrator has just taken in, and that may sound."""
    with tab(folder, f"{cast.server.url}/display") as page:
        body = {"code": page.until(CODE), "name": "TV uji", "zone": zone, "layout": layout}
        cast.admin.post("/devices", body).ok()
        shown = json.dumps(f".hall[data-layout={layout}]")
        page.until(f"document.querySelector({shown}) !== null")
        yield Display(page)
