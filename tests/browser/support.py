"""What browser tests share beside fixtures: pages that are watched, axe, measured boxes."""

import importlib.resources
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Locator, Page

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]
# Said by the browser itself about refusals and drops that tests provoke; never by our code.
_NETWORK = re.compile(
    r"^Failed to load resource|^WebSocket connection to|net::ERR_"
    r"|error occurred when fetching the script"
)
_AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Watched:
    """Console errors and exceptions of all pages of a test, which fail it at its end."""

    faults: list[str] = field(default_factory=list)

    def page(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.on("console", self._on_console)
        page.on("pageerror", self._on_error)
        return page

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _NETWORK.search(message.text):
            self.faults.append(message.text)

    def _on_error(self, error: Error) -> None:
        self.faults.append(f"{error.message}\n{error.stack}")


def sign_in(page: Page, url: str, username: str, password: str) -> None:
    """Give the page's context a session cookie."""
    answer = page.context.request.post(
        f"{url}/api/v1/session", data={"username": username, "password": password}
    )
    assert answer.ok, answer.text()


def axe_violations(page: Page, exclude: Sequence[str] = ()) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, one line an element; [] is good."""
    source = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js")
    page.evaluate(source.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        """([tags, exclude]) => axe.run({ exclude: exclude.map((one) => [one]) },
           { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })""",
        [_AXE_TAGS, list(exclude)],
    )
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def overflowing(page: Page) -> list[str]:
    """Visible elements whose own text is cut or that leave the page at its right; [] is good."""
    found: list[str] = page.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          return Array.from(document.body.querySelectorAll("*")).filter((node) => {
            const box = node.getBoundingClientRect();
            const style = getComputedStyle(node);
            if (box.width <= 1 || box.height <= 1 || style.visibility === "hidden") return false;
            if (node.closest(".sr-only, [hidden]")) return false;
            const cuts = style.overflowX !== "visible" && style.overflowX !== "auto";
            return box.right > wide + 0.5 || (cuts && node.scrollWidth > node.clientWidth + 1);
          }).map((node) => node.outerHTML.slice(0, 120));
        }"""
    )
    return found


def overlap(one: Locator, other: Locator) -> bool:
    """Whether the boxes of two visible elements share more than a hair."""
    a, b = one.bounding_box(), other.bounding_box()
    assert a is not None, f"{one} is not visible"
    assert b is not None, f"{other} is not visible"
    wide = min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"])
    high = min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"])
    return wide > 0.5 and high > 0.5
