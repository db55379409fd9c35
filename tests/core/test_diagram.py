"""The diagram in docs/architecture.md is that of the table."""

from scripts.ticket_states import PAGE, diagram, drawn


def test_the_drawn_states_are_those_of_the_table() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert diagram() in page
    assert drawn(page) == page, "run scripts/fix"
