"""The gate of the hall display's style sheets: what Chromium 63 lacks is found, the rest is not."""

import pytest

from scripts.checks.stylesheets import faults


@pytest.mark.parametrize(
    "css",
    [
        ".a { aspect-ratio: 16 / 9 }",
        ".a { inset: 0 }",
        ".a { margin-inline: 1rem }",
        ".a:is(.b, .c) { color: red }",
        ".a:where(.b) { color: red }",
        ".a:has(.b) { color: red }",
        ".a { color: red; .b { color: blue } }",
        ".a { font-size: clamp(1rem, 2vw, 3rem) }",
        ".a { color: rgb(0 0 0 / 50%) }",
        ".a { height: 100dvh }",
        ".a { display: flex; gap: 1rem }",
        ".a { display: grid; gap: 1rem }",
        ":root { --size: clamp(1rem, 2vw, 3rem) }",
        "@container (width > 20rem) { .a { color: red } }",
        "@media (width >= 20rem) { .a { color: red } }",
    ],
)
def test_what_old_screens_lack_is_refused(css: str) -> None:
    assert list(faults(css)) != []


@pytest.mark.parametrize(
    "css",
    [
        ".a { position: absolute; top: 0; left: 0 }",
        ".a { font-size: 2rem; font-size: clamp(1rem, 2vw, 3rem) }",
        ".a { height: 100vh; height: 100dvh }",
        ".a { display: grid; grid-gap: 1rem; gap: 1rem }",
        ".a { color: rgba(0, 0, 0, 0.5) }",
        "@media (min-width: 20rem) { .a { color: red } }",
        "@supports (aspect-ratio: 1) { .a { aspect-ratio: 1 } }",
        "@keyframes k { from { opacity: 0 } to { opacity: 1 } }",
        "/* :has( would be nice */ .a { content: ':is(x)' }",
    ],
)
def test_what_old_screens_know_passes(css: str) -> None:
    assert list(faults(css)) == []


def test_a_fault_names_its_line() -> None:
    assert next(iter(faults(".a {\n  color: red;\n  inset: 0;\n}"))).startswith("3:")
