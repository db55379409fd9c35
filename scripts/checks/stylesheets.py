"""Refuses what Chromium 63, the browser of TVs of 2019, does not understand in style sheets.

An unknown declaration is only ignored there, but an unknown selector drops the whole rule and a
missing `gap` or `inset` takes the layout apart, on a screen that nobody debugs. A newer value is
fine behind an older one of the same property, and anything is fine inside `@supports`.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# What the hall display loads.
SHEETS = ("displays/**/*.css", "clients/lib/**/*.css", "clients/base.css")

# Property (a regular expression for the whole name) -> the Chromium that first had it.
PROPERTIES = {
    r"aspect-ratio": 88,
    r"inset(-.*)?": 87,
    r"(margin|padding)-(inline|block)(-.*)?": 87,
    r"border-(inline|block)(-.*)?": 87,
    r"(translate|rotate|scale)": 104,
    r"accent-color": 93,
    r"container(-.*)?": 105,
    r"text-wrap": 114,
    r"content-visibility": 85,
}
SELECTORS = {
    r":is\(": 88,
    r":where\(": 88,
    r":has\(": 105,
    r":focus-visible": 86,
    r":not\([^)]*,": 88,
}
VALUES = {
    r"\b(clamp|min|max)\(": 79,
    r"\b(color-mix|oklch|oklab|lch|lab|light-dark)\(": 111,
    r"\brgba?\([^,)]*\)": 65,
    r"\bhsla?\([^,)]*\)": 65,
    r"\b\d*\.?\d+(d|s|l)v(h|w)\b": 108,
    r"\benv\(": 69,
    r"\bconic-gradient\(": 69,
    r"\b(fit-content|anywhere|revert|clip)\b": 80,
}
AT_RULES = {
    r"@(container|layer|property|scope|starting-style)\b": 105,
    r"@media[^{]*(<|>)": 104,
}


@dataclass(frozen=True, slots=True)
class Declaration:
    line: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Rule:
    line: int
    prelude: str
    parents: tuple[str, ...]
    declarations: tuple[Declaration, ...]


def faults(css: str) -> Iterator[str]:
    """Yields `LINE: what is wrong` for each thing that Chromium 63 lacks."""
    for rule in parse(_blank_comments(css)):
        if any(parent.startswith("@supports") for parent in (*rule.parents, rule.prelude)):
            continue
        yield from _prelude_faults(rule)
        yield from _declaration_faults(rule)


def parse(css: str) -> list[Rule]:
    """Returns the blocks of a sheet, inner ones before the block they stand in."""
    rules: list[Rule] = []
    # An open block: its line, its prelude, its declarations so far.
    open_blocks: list[tuple[int, str, list[Declaration]]] = []
    start = 0
    for match in re.finditer(r"[{};]|\"[^\"]*\"|'[^']*'", css):
        token = match.group()
        if token not in "{};":
            continue
        text = css[start : match.start()]
        line = css.count("\n", 0, start + len(text) - len(text.lstrip())) + 1
        text = " ".join(text.split())
        start = match.end()
        if token == "{":
            open_blocks.append((line, text, []))
            continue
        if text and open_blocks and ":" in text:
            name, _, value = text.partition(":")
            open_blocks[-1][2].append(Declaration(line, name.strip().lower(), value.strip()))
        if token == "}" and open_blocks:
            at, prelude, declarations = open_blocks.pop()
            parents = tuple(block[1] for block in open_blocks)
            rules.append(Rule(at, prelude, parents, tuple(declarations)))
    return rules


def _blank_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group().count("\n"), css, flags=re.DOTALL)


def _prelude_faults(rule: Rule) -> Iterator[str]:
    table = AT_RULES if rule.prelude.startswith("@") else SELECTORS
    for pattern, version in table.items():
        if re.search(pattern, rule.prelude):
            yield f"{rule.line}: `{rule.prelude}` needs Chromium {version}"
    parent = rule.parents[-1] if rule.parents else "@"
    if not parent.startswith("@"):
        yield f"{rule.line}: `{rule.prelude}` is nested in `{parent}`, which needs Chromium 112"


def _declaration_faults(rule: Rule) -> Iterator[str]:
    plain: set[str] = set()
    flex = any(d.name == "display" and "flex" in d.value for d in rule.declarations)
    for declaration in rule.declarations:
        name, value, line = declaration.name, declaration.value, declaration.line
        for pattern, version in PROPERTIES.items():
            if re.fullmatch(pattern, name):
                yield f"{line}: `{name}` needs Chromium {version}"
        newer = [v for pattern, v in VALUES.items() if re.search(pattern, value)]
        if newer and not name.startswith("--") and name not in plain:
            yield f"{line}: `{name}: {value}` needs Chromium {max(newer)} and has no older value"
        if newer and name.startswith("--"):
            yield f"{line}: `{name}` has no fallback where Chromium {max(newer)} is needed"
        if not newer:
            plain.add(name)
        if re.fullmatch(r"(row-|column-)?gap", name):
            if flex:
                yield f"{line}: `{name}` between flex items needs Chromium 84: use margins"
            elif f"grid-{name}" not in plain:
                yield f"{line}: `{name}` needs Chromium 66: write `grid-{name}` before it"


def main() -> int:
    sheets = sorted({path for pattern in SHEETS for path in ROOT.glob(pattern)})
    found = [
        f"{sheet.relative_to(ROOT)}:{fault}"
        for sheet in sheets
        for fault in faults(sheet.read_text(encoding="utf-8"))
    ]
    print("\n".join(found) or f"{len(sheets)} style sheets are what hall displays understand")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
