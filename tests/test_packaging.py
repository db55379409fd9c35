"""The wheel: built, installed where nothing else is, and at work there."""

import ast
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from websockets.sync.client import connect

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Runs a tool; what it said is the message of the failure."""
    ended = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the working tree, made through the sdist, as a release is."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build"]
    run(*build, "-t", "sdist", "-d", folder)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    unpacked = folder / sdist.name.removesuffix(".tar.gz")
    run(*build, "-t", "wheel", "-d", folder, cwd=unpacked)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`antrean` in an environment of its own that holds the wheel.

    The dependencies are those of this environment, lent by a path file: fetching them again
    would test the index. The project's own path is not among them.
    """
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    (site,) = folder.glob("lib/python*/site-packages")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    run(*pip, "--no-deps", "--no-index", built)
    dependencies = next(p for p in sys.path if p.endswith("site-packages"))
    # A path added with site.addsitedir would run its .pth files, and so find the checkout.
    (site / "dependencies.pth").write_text(dependencies, encoding="utf-8")
    return folder / "bin" / "antrean"


@contextmanager
def serving(antrean: Path, data: Path) -> Iterator[str]:
    """Runs the installed command somewhere else than in the checkout; yields host and port."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    process = subprocess.Popen(
        [antrean, "serve", "--port", "0", "--data", data],
        cwd=data.parent,
        env=environment | {"ANTREAN_ADMIN_PASSWORD": "packaging test"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Antrean ready at http://"):
                yield line.split("http://")[1].strip()
                break
        else:
            pytest.fail(f"no ready line: {process.communicate()[1]}")
    finally:
        process.terminate()
        process.communicate(timeout=15)
    assert process.returncode == 0


def test_the_wheel_carries_what_is_not_python(built: Path) -> None:
    names = zipfile.ZipFile(built).namelist()
    for folder in ("displays", "clients"):
        for kind in (".js", ".css"):
            ours = [n for n in names if n.startswith(f"antrean/{folder}/") and n.endswith(kind)]
            assert ours, f"no {kind} of {folder}"
    assert "antrean/schema.sql" in names
    assert "antrean/catalogues/mpp-kota-tangerang.toml" in names
    assert "antrean/py.typed" in names


def test_the_wheel_carries_every_file_of_the_browser_side(built: Path) -> None:
    names = set(zipfile.ZipFile(built).namelist())
    wanted = set()
    for folder in (ROOT / "displays", ROOT / "clients", ROOT / "server" / "antrean"):
        for path in folder.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".mo":
                place = path.relative_to(folder if folder.name == "antrean" else ROOT)
                wanted.add(f"antrean/{place.as_posix()}")
    assert wanted - names == set()


def test_the_installed_wheel_serves_pages_and_sockets(installed: Path, tmp_path: Path) -> None:
    with serving(installed, tmp_path / "data") as address:
        with urllib.request.urlopen(f"http://{address}/healthz", timeout=5) as answer:
            assert answer.status == 200
        with urllib.request.urlopen(f"http://{address}/display?zone=utama", timeout=5) as answer:
            assert answer.status == 200
            page = answer.read().decode()
        loaded = re.findall(r'(?:src|href)="(/[^"#]+\.(?:js|css)[^"]*)"', page)
        assert loaded
        for path in loaded:
            with urllib.request.urlopen(f"http://{address}{path}", timeout=5) as answer:
                assert answer.status == 200, path
        with connect(f"ws://{address}/ws") as socket:
            hello = json.loads(socket.recv(timeout=5))
            assert hello["op"] == "hello"
            socket.send(json.dumps({"op": "subscribe", "topic": "zone:utama"}))
            snapshot = json.loads(socket.recv(timeout=5))
            assert snapshot["op"] == "snapshot"
            assert snapshot["state"]["zone"] == "utama"


def canonical(name: str) -> str:
    """A distribution's name as an index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_library_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {canonical(re.split(r"[^\w.-]", line)[0]) for line in project["dependencies"]}
    distributions = importlib.metadata.packages_distributions()
    undeclared = set()
    for path in (ROOT / "server" / "antrean").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names = [node.module]
            for top in {name.split(".")[0] for name in names}:
                if top in sys.stdlib_module_names or top == "antrean":
                    continue
                if not declared & {canonical(d) for d in distributions.get(top, [])}:
                    undeclared.add(f"{path.name} imports {top}")
    assert undeclared == set()
