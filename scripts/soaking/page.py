"""A paired display in Chromium, and what it takes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench import chromium as processes
from tests.browser.conftest import chromium
from tests.browser.support import CHROMIUM_ARGUMENTS
from tests.support import Cast

CODE = ".pairing-code:not([data-code=''])"
MIB = 1024 * 1024


class Display:
    """`faults` are errors and exceptions that the page told of."""

    def __init__(self, page: Page, pid: int) -> None:
        self.faults: list[str] = []
        self._page = page
        self._pid = pid
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("Performance.enable")
        self._began = time.monotonic()
        self._cpu = (self._began, processes.cpu_seconds(pid))
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def wait(self, seconds: float) -> None:
        """Lets the page live, and its events come."""
        self._page.wait_for_timeout(seconds * 1000)

    def sample(self) -> dict[str, float]:
        """What it takes now, after its garbage was collected."""
        self._session.send("HeapProfiler.collectGarbage")
        told: dict[str, Any] = self._session.send("Performance.getMetrics")
        metrics = {metric["name"]: metric["value"] for metric in told["metrics"]}
        now, spent = time.monotonic(), processes.cpu_seconds(self._pid)
        since, before = self._cpu
        self._cpu = (now, spent)
        return {
            "minute": round((now - self._began) / 60, 2),
            "heap_mib": round(metrics["JSHeapUsedSize"] / MIB, 3),
            "nodes": metrics["Nodes"],
            "listeners": metrics["JSEventListeners"],
            "page_mib": round(processes.page_mib(self._pid), 1),
            "cpu_percent": round(100 * (spent - before) / max(now - since, 0.001), 1),
        }


@contextmanager
def display(cast: Cast, zone: str, layout: str) -> Iterator[Display]:
    """One that an administrator has just taken in, and that may sound."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=[*CHROMIUM_ARGUMENTS, "--autoplay-policy=no-user-gesture-required"],
        )
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"{cast.server.url}/display")
        code = page.locator(CODE).get_attribute("data-code")
        body = {"code": code, "name": "TV uji", "zone": zone, "layout": layout}
        cast.admin.post("/devices", body).ok()
        page.wait_for_selector(f".hall[data-layout={layout}]")
        yield Display(page, _pid(browser))
        browser.close()


def _pid(browser: Browser) -> int:
    told: dict[str, Any] = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    return next(int(one["id"]) for one in told["processInfo"] if one["type"] == "browser")
