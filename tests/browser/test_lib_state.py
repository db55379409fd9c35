"""clients/lib/state.js: what frames add up to."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.modules import ModuleServer

# RFC 7396, appendix A: original, patch, result.
VECTORS: list[tuple[Any, Any, Any]] = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    (["a", "b"], ["c", "d"], ["c", "d"]),
    ({"a": "b"}, ["c"], ["c"]),
    ({"a": "foo"}, None, None),
    ({"a": "foo"}, "bar", "bar"),
    ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
]
VIEW = {"epoch": "e1", "offset": 7, "seq": 40, "state": {"calls": {"A-001": {"state": "called"}}}}


@pytest.fixture
def page(open_page: OpenPage, modules: ModuleServer) -> Page:
    return open_page(modules.url)


def run(page: Page, body: str, argument: Any = None) -> Any:
    """Run `body` with `lib` (the module) and `given`."""
    code = (
        f"async (given) => {{ const lib = await import('/assets/clients/lib/state.js'); {body} }}"
    )
    return page.evaluate(code, argument)


def reduce(page: Page, view: Any, **frame: Any) -> Any:
    return run(page, "return lib.reduce(given[0], given[1])", [view, frame])


def test_patches_merge_as_the_rfc_says(page: Page) -> None:
    merged = run(
        page,
        "return given.map(([target, patch]) => lib.applyPatch(target, patch))",
        [[target, patch] for target, patch, _ in VECTORS],
    )
    assert merged == [result for _, _, result in VECTORS]


def test_a_patch_changes_neither_its_target_nor_what_it_does_not_name(page: Page) -> None:
    kept, same, new = run(
        page,
        """const before = Object.freeze({ a: Object.freeze({ b: 1 }), c: Object.freeze({ d: 2 }) });
        const after = lib.applyPatch(before, { a: { b: 3 } });
        return [JSON.stringify(before), after.c === before.c, after.a];""",
    )
    assert (kept, same, new) == ('{"a":{"b":1},"c":{"d":2}}', True, {"b": 3})


def test_no_name_reaches_the_prototype(page: Page) -> None:
    clean, own = run(
        page,
        """const patch = JSON.parse('{"__proto__": {"bad": 1}, "constructor": {"x": 1}}');
        const merged = lib.applyPatch({}, patch);
        return [{}.bad === undefined && merged.bad === undefined, Object.keys(merged)];""",
    )
    assert clean
    assert own == ["__proto__", "constructor"]


def test_a_snapshot_starts_afresh(page: Page) -> None:
    state: dict[str, Any] = {"calls": {}}
    expected = {"epoch": "e2", "offset": 2, "seq": 50, "state": state}
    frame = {"op": "snapshot", "topic": "zone:utama", **expected}
    assert reduce(page, VIEW, **frame) == expected
    assert reduce(page, None, **frame) == expected


def test_the_next_event_is_merged_and_null_removes(page: Page) -> None:
    frame = {"op": "event", "topic": "zone:utama", "offset": 8, "seq": 44}
    after = reduce(page, VIEW, **frame, state={"calls": {"A-001": None, "A-002": {"at": "x"}}})
    assert after == {
        "epoch": "e1",
        "offset": 8,
        "seq": 44,
        "state": {"calls": {"A-002": {"at": "x"}}},
    }


def test_an_event_that_came_before_tells_nothing_new(page: Page) -> None:
    frame = {"op": "event", "topic": "zone:utama", "offset": 7, "seq": 40, "state": {"calls": None}}
    same = run(page, "return lib.reduce(given[0], given[1]) === given[0]", [VIEW, frame])
    assert same


def test_a_hole_is_never_drawn(page: Page) -> None:
    frame = {"op": "event", "topic": "zone:utama", "offset": 9, "seq": 44, "state": {}}
    assert reduce(page, VIEW, **frame) is None
    assert reduce(page, None, **frame) is None


@pytest.mark.parametrize("topic", ["ticket:T1", "services"])
def test_offsets_of_value_topics_jump_and_stand_still_but_never_go_back(
    page: Page, topic: str
) -> None:
    frame = {"op": "event", "topic": topic, "seq": 44, "state": {"position": 3}}
    assert reduce(page, VIEW, **frame, offset=30)["state"]["position"] == 3
    assert reduce(page, VIEW, **frame, offset=7)["state"]["position"] == 3
    assert "position" not in reduce(page, VIEW, **frame, offset=6)["state"]


def test_resumed_holds_only_where_one_stands(page: Page) -> None:
    frame = {"op": "resumed", "topic": "zone:utama", "seq": 60}
    assert reduce(page, VIEW, **frame, epoch="e1", offset=7) == VIEW
    assert reduce(page, VIEW, **frame, epoch="e2", offset=7) is None
    assert reduce(page, VIEW, **frame, epoch="e1", offset=8) is None
    assert reduce(page, None, **frame, epoch="e1", offset=7) is None
