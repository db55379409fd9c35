"""What the manual says of the socket is what the tables say."""

from pathlib import Path

from antrean.codec import EVENT_TYPES
from antrean.web.asyncapi import document
from antrean.web.principal import at_least
from antrean.web.topics import CLIENT_OPS, CLOSE_CODES, ERRORS, SERVER_OPS, TOPICS

PROTOCOL = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text()
SECTION = PROTOCOL.split("\n## WebSocket\n")[1]


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a header row."""
    lines = SECTION.split(heading)[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_every_topic_is_in_the_manual_with_those_who_may_have_it() -> None:
    told = {
        cells[0].strip("`"): (cells[1], cells[2])
        for cells in rows("| topic | who | kind | state |")
    }
    roles = {None: "anyone", at_least("clerk"): "clerk", at_least("supervisor"): "supervisor"}
    assert told == {
        t.address: (
            "its holder" if t.holder else roles[t.roles],
            "value" if t.is_value else "event",
        )
        for t in TOPICS.values()
    }


def test_every_error_and_close_code_is_in_the_manual() -> None:
    told = [cells[0].strip("`") for cells in rows("| code of a frame | when |")]
    assert sorted(told) == sorted(ERRORS)
    closes = {int(cells[0]) for cells in rows("| close code | meaning |")}
    assert closes == set(CLOSE_CODES)


def test_every_message_is_in_the_manual() -> None:
    for op in (*CLIENT_OPS, *SERVER_OPS):
        assert f'"op":"{op}"' in SECTION, op


def test_the_document_lists_the_same_as_the_tables() -> None:
    described = document()
    messages = described["components"]["messages"]
    assert set(messages) == {*CLIENT_OPS, *SERVER_OPS}
    for name, ops in (("fromClient", CLIENT_OPS), ("toClient", SERVER_OPS)):
        referred = [m["$ref"] for m in described["operations"][name]["messages"]]
        assert referred == [f"#/channels/socket/messages/{op}" for op in ops]
    types = messages["event"]["payload"]["properties"]["type"]["enum"]
    assert set(types) == {*EVENT_TYPES, "changed"}
    assert messages["error"]["payload"]["properties"]["code"]["enum"] == list(ERRORS)
    assert {t["address"] for t in described["x-topics"]} == {t.address for t in TOPICS.values()}
    assert set(described["x-close-codes"]) == {str(code) for code in CLOSE_CODES}
