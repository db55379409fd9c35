"""Draws the life of a ticket from its table into docs/architecture.md (scripts/fix runs it)."""

import sys
from pathlib import Path

from antrean.domain.transitions import TABLE

PAGE = Path(__file__).resolve().parents[1] / "docs" / "architecture.md"
BEGIN, END = "<!-- ticket states: generated -->", "<!-- end -->"


def diagram() -> str:
    """The states and events of the table as a Mermaid diagram."""
    lines = ["stateDiagram-v2", "    [*] --> booked: booked", "    [*] --> waiting: issued"]
    arrows: dict[tuple[str, str], list[str]] = {}
    for event, moves in TABLE.items():
        for before, after in moves.items():
            arrows.setdefault((before.value, after.value), []).append(event)
    arrows.setdefault(("serving", "waiting"), []).append("completed, a leg left")
    for (origin, end), happened in arrows.items():
        lines.append(f"    {origin} --> {end}: {', '.join(happened)}")
    lines += [f"    {last} --> [*]" for last in ("done", "cancelled", "expired")]
    return "\n".join(lines)


def drawn(page: str) -> str:
    """The page with the diagram of today between its marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n```mermaid\n{diagram()}\n```\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{PAGE.name}: ticket states drawn", file=sys.stderr)
