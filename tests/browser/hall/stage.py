"""A hall display on a stage: the board of the checkout, drawn from states that a test writes.

What needs the server's turns and times (a rush, a closed hall, a stale line) is said here in one
state instead of being waited for. `test_hall.py` walks the same board behind the real server.
"""

import json
from typing import Any

from playwright.sync_api import Page

from tests.browser.modules import english

SHEETS = ("hall", "call", "counters", "waiting", "desk", "mixed", "panel", "device/device")
# The server's moment of all states, unless a test says another one.
NOW = "2026-11-24T10:02:31.000+07:00"
LATER = "2026-11-24T10:03:00.000+07:00"

# A stand-in for the one socket: the board only asks it for its status and the time.
_OPEN = """
async ([sheets, facts, options, now]) => {
  for (const name of sheets) {
    if (document.querySelector(`[data-sheet="${name}"]`)) continue;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = `/assets/displays/${name}.css`;
    link.dataset.sheet = name;
    await new Promise((done) => {
      link.onload = done;
      document.head.append(link);
    });
  }
  const words = await import("/assets/clients/lib/words.js");
  await words.loadWords();
  const { Board } = await import("/assets/displays/board.js");
  const { ofQuery } = await import("/assets/displays/options.js");
  if (window.board) window.board.stop();
  let root = document.getElementById("hall");
  if (!root) {
    document.body.textContent = "";
    root = document.createElement("div");
    root.id = "hall";
    document.body.append(root);
  }
  window.live = {
    status: "live",
    now,
    serverNow() { return Date.parse(this.now); },
    serverIso() { return this.now; },
    lastIso() { return this.now; },
  };
  document.documentElement.setAttribute("data-connection", "live");
  window.read = (query) => ofQuery(new URLSearchParams(query));
  window.board = new Board(root, facts, window.read(options), window.live);
  window.seq = 0;
  await document.fonts.load("700 20px Overpass");
  await document.fonts.ready;
}
"""
_SEE = """
async ([state, services]) => {
  window.seq += 1;
  if (services) window.board.seeServices(services);
  window.board.see(state, window.seq);
  window.board._draw();
  window.board._fit();
}
"""


class Stage:
    """`open(query)` makes a board, `see(state)` gives it a state of the topic `zone:ID`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # What `GET /services` tells, which is asked for when something closes.
        self.services: list[dict[str, Any]] = []
        # And `GET /agencies`, for their short names.
        self.agencies: list[dict[str, Any]] = []
        body = json.dumps(english())
        page.route(
            "**/assets/words/en.json",
            lambda route: route.fulfill(content_type="application/json", body=body),
        )
        page.route(
            "**/assets/words/id.json",
            lambda route: route.fulfill(content_type="application/json", body="{}"),
        )
        page.route(
            "**/api/v1/services?*",
            lambda route: route.fulfill(json={"items": self.services}),
        )
        page.route(
            "**/api/v1/agencies?*",
            lambda route: route.fulfill(json={"items": self.agencies}),
        )

    def open(self, query: str = "", zone: str = "utama", now: str = NOW) -> None:
        facts = {
            "languages": ["id", "en"],
            "site": {"name": {"id": "MPP Kota Tangerang", "en": "Tangerang City Mall"}},
            "zones": [{"id": zone, "name": {"id": "Hall Utama", "en": "Main hall"}}],
            "version": "1",
        }
        self.page.evaluate(_OPEN, [list(SHEETS), facts, f"zone={zone}{query}", now])

    def size(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def font_size(self, selector: str) -> float:
        """Of the first that is visible, pixels."""
        found: float = self.page.locator(selector).first.evaluate(
            "node => parseFloat(getComputedStyle(node).fontSize)"
        )
        return found

    def see(self, state: dict[str, Any], services: dict[str, Any] | None = None) -> None:
        self.page.evaluate(_SEE, [state, services])

    def pages(self) -> int:
        """How many take turns in this layout."""
        found: int = self.page.evaluate(
            "() => window.board.view.turns ? window.board.view.turns.pages.length : 1"
        )
        return found

    def turn(self, page: int) -> None:
        self.page.evaluate(
            "(page) => window.board.view.turns && window.board.view.turns.hold(page)", page
        )

    def apply(self, query: str, zone: str = "utama") -> None:
        """Other settings, without a new board."""
        self.page.evaluate(
            """(query) => {
              window.board.apply(window.read(query));
              window.board._fit();
              window.board._draw();
            }""",
            f"zone={zone}{query}",
        )

    def connection(self, status: str, now: str = NOW) -> None:
        self.page.evaluate(
            """([status, now]) => {
              Object.assign(window.live, { status, now });
              document.documentElement.setAttribute("data-connection", status);
              window.board.connection();
              window.board._draw();
              window.board._fit();
            }""",
            [status, now],
        )
