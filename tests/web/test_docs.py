"""What the manual lists is what the code has."""

import re
from pathlib import Path

from antrean.codec import EVENT_TYPES
from antrean.web.codes import FIELDS, KINDS
from antrean.web.pages import PAGES
from antrean.web.table import ENDPOINTS
from tests.support import Cast

DOCS = Path(__file__).parents[2] / "docs"
PROTOCOL = (DOCS / "protocol.md").read_text()


def test_every_code_has_its_status_in_the_manual() -> None:
    rows = re.findall(r"^\| (\d{3}) \| (.+?) \|", PROTOCOL, re.MULTILINE)
    told = {code: int(status) for status, cell in rows for code in re.findall(r"`(\w+)`", cell)}
    assert told == {code: kind.status for code, kind in KINDS.items()}


def test_every_code_of_a_field_is_in_the_manual() -> None:
    listed = PROTOCOL.split("Codes of fields:")[1].split("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", listed)) == set(FIELDS)


def test_every_event_type_is_in_the_manual() -> None:
    listed = PROTOCOL.split("\nTypes: ")[1].split("\n\n")[0]
    assert set(re.findall(r"`(\w+\.\w+)`", listed)) == set(EVENT_TYPES)


def test_every_route_and_page_is_in_the_manual() -> None:
    for endpoint in ENDPOINTS:
        path = endpoint.path
        if path.startswith(("/counters/{id}/", "/tickets/{id}/")):
            path = "/".join(path.split("/")[:3]) + "/…"
        elif path.startswith("/services/{id}/") and endpoint.method == "POST":
            path = "/" + path.split("/")[3]
        assert f"{path}`" in PROTOCOL, endpoint.route
    for page in PAGES:
        assert page.paths[0].replace("{id}", "ID") in PROTOCOL


def test_every_figure_is_in_the_manual(shared: Cast) -> None:
    manual = (DOCS / "operations.md").read_text()
    text = shared.nobody().get("/metrics", root=True).text
    for name in re.findall(r"^# TYPE (\w+) ", text, re.MULTILINE):
        if not name.endswith("_created"):
            assert f"`{name}" in manual, name
