"""Who may import what. The rules and their reasons: docs/architecture.md."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "server" / "antrean"

# The core decides and computes: no I/O, clock, chance, format or log may reach it, so that it
# runs a day in milliseconds and says the same again on replay.
DOMAIN_REFUSES = {
    "asyncio",
    "concurrent",
    "http",
    "io",
    "json",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "tomllib",
    "urllib",
    "uuid",
}
DOMAIN_LIBRARIES = {"sortedcontainers"}
CLOCK_READS = {"now", "utcnow", "today"}
BUILTIN_IO = {"open", "print", "input", "exec", "eval"}

# Library -> the parts of the package that may know it.
ONLY_IN = {
    "starlette": {"web"},
    "uvicorn": {"web", "cli"},
    "websockets": {"web", "simulation"},
    "jinja2": {"web"},
    "python_multipart": {"web"},
    "aiosqlite": {"store"},
    # The engine names the type of the connection that it hands to administrative jobs.
    "sqlite3": {"store", "engine.py", "ports.py"},
    "rich": {"cli", "simulation"},
    # GPL, and not safe between threads: the helper process alone may load it (decision 9).
    "espeakng_loader": {"voice"},
}
# Part of the package -> the parts of ours that it must never see.
MUST_NOT_SEE = {
    "domain": {"*"},
    "clock": {"*"},
    "codec": {"engine", "hub", "shapes", "store", "views", "web"},
    "media": {"engine", "hub", "shapes", "store", "views", "web"},
    "shapes": {"engine", "hub", "store", "views", "web"},
    "views": {"engine", "hub", "store", "web"},
    "hub": {"engine", "store", "web"},
    "store": {"engine", "hub", "shapes", "views", "web"},
    "engine": {"hub", "shapes", "views", "web"},
    # The hall says what it needs of voice and sockets (hall/ports.py), and is given both.
    "hall": {"cli", "hub", "media", "settings", "store", "voice", "web"},
    "voice": {"engine", "hub", "media", "settings", "shapes", "store", "views", "web"},
    # What is to be judged must not be what it judges by.
    "proof": {"*"},
    "simulation": {"engine", "hub", "views", "web"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    """The folder directly under the package, or the file's own name."""
    return path.relative_to(PACKAGE).parts[0]


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yields (line, absolute dotted name) of all that a module imports, also inside functions."""
    package = ("antrean", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            module = [node.module] if node.module else []
            for alias in node.names:
                yield node.lineno, ".".join([*base, *module, alias.name])


def own_part(name: str) -> str | None:
    """`antrean.store.writer.Writer` -> `store`; None for what is not ours."""
    parts = name.split(".")
    return parts[1] if parts[0] == "antrean" and len(parts) > 1 else None


def test_the_domain_imports_only_pure_things() -> None:
    breaches = []
    for path in (PACKAGE / "domain").rglob("*.py"):
        for line, name in imported(path):
            top = name.split(".")[0]
            ours = own_part(name)
            pure = top in sys.stdlib_module_names and top not in DOMAIN_REFUSES
            if not (pure or top in DOMAIN_LIBRARIES or ours == "domain"):
                breaches.append(f"{path.relative_to(PACKAGE)}:{line} imports {name}")
    assert breaches == []


def test_the_domain_reads_no_clock_and_does_no_io() -> None:
    breaches = []
    for path in (PACKAGE / "domain").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            match node.func:
                case ast.Attribute(attr=called) if called in CLOCK_READS:
                    breaches.append(f"{path.name}:{node.lineno} calls {called}()")
                case ast.Name(id=called) if called in BUILTIN_IO:
                    breaches.append(f"{path.name}:{node.lineno} calls {called}()")
    assert breaches == []


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_library_is_known_in_its_place_only(library: str) -> None:
    breaches = [
        f"{path.relative_to(PACKAGE)}:{line} imports {name}"
        for path in modules()
        if part_of(path) not in ONLY_IN[library]
        for line, name in imported(path)
        if name.split(".")[0] == library
    ]
    assert breaches == []


@pytest.mark.parametrize("part", sorted(MUST_NOT_SEE))
def test_a_part_sees_only_what_lies_below_it(part: str) -> None:
    refused = MUST_NOT_SEE[part]
    breaches = []
    for path in modules():
        if part_of(path).removesuffix(".py") != part:
            continue
        for line, name in imported(path):
            seen = own_part(name)
            if seen is None or seen == part:
                continue
            if "*" in refused or seen in refused:
                breaches.append(f"{path.relative_to(PACKAGE)}:{line} imports {name}")
    assert breaches == []
