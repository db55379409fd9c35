"""clients/lib/scan.js: what people type and scanners send."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.modules import ModuleServer

TOKEN = "XO4DWSlZ0v0l.abcDEF-_123456"


@pytest.fixture
def page(open_page: OpenPage, modules: ModuleServer) -> Page:
    return open_page(modules.url)


def run(page: Page, module: str, body: str, argument: Any = None) -> Any:
    """Run `body` with `lib` (the module) and `given`."""
    path = f"/assets/clients/{module}"
    return page.evaluate(
        f"async (given) => {{ const lib = await import('{path}'); {body} }}", argument
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A-001", {"number": "A-001"}),
        (" a1 ", {"number": "A-001"}),
        ("A001", {"number": "A-001"}),
        ("a 1", {"number": "A-001"}),
        ("abc-1002", {"number": "ABC-1002"}),
        ("A-0001", {"number": "A-001"}),
        (TOKEN, {"token": TOKEN}),
        (f"http://192.168.1.5:8000/t/#{TOKEN}", {"token": TOKEN}),
        (f"https://antrean.go.id/t/#{TOKEN}\n", {"token": TOKEN}),
        ("", None),
        ("A", None),
        ("A-0", None),
        ("ABCD-1", None),
        ("12", None),
        ("http://antrean.go.id/t/", None),
        ("http://antrean.go.id/t/#kurang", None),
        ("8990001112223", None),
    ],
)
def test_reads_what_people_type_and_scanners_send(
    page: Page, text: str, expected: dict[str, str] | None
) -> None:
    assert run(page, "lib/scan.js", "return lib.parseScan(given)", text) == expected


BURST = """
  const heard = [];
  const done = new Promise((resolve) => {
    const burst = new lib.Burst({
      onScan: (text) => { heard.push(["scan", text]); resolve(); },
      onKey: (key, rest) => { heard.push(["key", key, rest]); resolve(); },
    });
    for (const key of given.keys) burst.push(key);
    if (given.enter) burst.end();
  });
  await done;
  return heard;
"""


@pytest.mark.parametrize("enter", [True, False])
@pytest.mark.parametrize(
    ("keys", "heard"),
    [
        ("u", ["key", "u", ""]),
        ("uu", ["key", "u", "u"]),
        ("akar", ["key", "a", "kar"]),
        ("A-001", ["scan", "A-001"]),
        ("x8990001", ["scan", "x8990001"]),
    ],
)
def test_a_burst_is_a_scan_and_a_press_is_a_key(
    page: Page, keys: str, heard: list[str], enter: bool
) -> None:
    assert run(page, "lib/scan.js", BURST, {"keys": keys, "enter": enter}) == [heard]
