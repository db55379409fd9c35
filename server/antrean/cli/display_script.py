"""`antrean display-script`: what keeps a hall display on the screen of a small computer."""

import argparse
import ipaddress
import json
import re
import shlex
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

TEMPLATES = Path(__file__).with_name("display")
PAGE = "/display"
LONGEST_NAME = 40
# What a web address may hold (RFC 3986). Space, control characters, <, >, ", \, ^, ` and {|} are
# percent-encoded in one that a browser copies out of its address bar.
_ADDRESS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
# Chromium takes a list of origins and patterns of them for secure: one name alone may stand there.
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9a-f:.]+(?:%25[a-z0-9]+)?")

_INSECURE_ID = """
Alamat ini http, bukan https. Peramban menyimpan salinan halaman dan menjaga layar tetap
menyala hanya untuk alamat aman, maka skrip memberi tahu Chromium bahwa alamat ini, dan hanya
alamat ini, dianggap aman (--unsafely-treat-insecure-origin-as-secure). Itu pantas di jaringan
sendiri; dengan https (docs/operations.md) tidak perlu."""
_INSECURE_EN = """
This address is http, not https. A browser keeps a copy of the page and the screen awake for
secure addresses alone, so the script tells Chromium that this address, and no other, counts as
secure (--unsafely-treat-insecure-origin-as-secure). That is fine in a network of one's own;
with https (docs/operations.md) it is not needed."""


class Unusable(ValueError):
    """An argument from which no script can be made; the text says why."""


@dataclass(frozen=True, slots=True)
class Display:
    """What the script is made for. `url` is the page; `insecure` its origin where http needs it."""

    url: str
    health: str
    insecure: str
    name: str
    title: str
    rotate: str

    @property
    def unit(self) -> str:
        return "antrean-display" if self.name == "utama" else f"antrean-display-{self.name}"

    @property
    def script(self) -> str:
        return f"{self.unit}.sh"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--url",
        required=True,
        help="of the server, as the display reaches it; with a path: that page",
    )
    parser.add_argument(
        "--name", default="", help="of the display; two on one machine need different ones"
    )
    parser.add_argument(
        "--rotate", choices=("left", "right"), default="", help="for a screen that stands upright"
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("antrean-display"),
        metavar="DIR",
        help="the folder to write to (default %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when the files are written, 2 for an address or name that cannot be used, 1 for a full
    disk and the like."""
    try:
        display = describe(arguments.url, arguments.name, arguments.rotate)
    except Unusable as fault:
        print(f"antrean display-script: {fault}", file=sys.stderr)
        return 2
    folder: Path = arguments.out
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files(display).items():
            (folder / name).write_text(text, encoding="utf-8")
            if name.endswith(".sh"):
                (folder / name).chmod(0o755)
            print(folder / name)
    except OSError as fault:
        print(f"antrean display-script: {fault}", file=sys.stderr)
        return 1
    return 0


def describe(url: str, name: str = "", rotate: str = "") -> Display:
    """Raises Unusable."""
    if not _ADDRESS.fullmatch(url):
        raise Unusable(f"--url {url!r}: no address has these characters")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as fault:
        raise Unusable(f"--url {url!r}: {fault}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unusable(f"--url {url!r}: give http:// or https:// and a host")
    if parts.username is not None or parts.password is not None:
        raise Unusable("--url: no user name or password belongs into the address of a display")
    if not _HOST.fullmatch(parts.hostname):
        raise Unusable(f"--url {url!r}: no host has this name")
    if parts.hostname == "0.0.0.0":
        raise Unusable("--url: 0.0.0.0 is where the server listens, not where it is reached")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    origin = f"{parts.scheme}://{host}" + (f":{port}" if port else "")
    rest = urlunsplit(("", "", parts.path, parts.query, parts.fragment))
    if not parts.path.strip("/") and not parts.query:
        rest = PAGE
    insecure = origin if parts.scheme == "http" and not _is_here(parts.hostname) else ""
    title = _title(name)
    return Display(origin + rest, f"{origin}/healthz", insecure, _slug(title), title, rotate)


def _title(name: str) -> str:
    if len(name) > LONGEST_NAME or any(unicodedata.category(c)[0] == "C" for c in name):
        raise Unusable(f"--name {name!r}: give at most {LONGEST_NAME} characters that can be seen")
    return name.strip()


def _slug(title: str) -> str:
    """A name for files and units: letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if title and not slug:
        raise Unusable(f"--name {title!r}: it needs a letter or digit for the names of its files")
    return slug or "utama"


def _is_here(host: str) -> bool:
    """This machine itself counts as secure to a browser."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def files(display: Display) -> dict[str, str]:
    """The text of each file by its name."""
    page = _filled(
        "waiting.html", {"PAGE": _script(display.url), "HEALTH": _script(display.health)}
    )
    words = {
        "URL": shlex.quote(display.url),
        "HEALTH": shlex.quote(display.health),
        "INSECURE_ORIGIN": shlex.quote(display.insecure),
        "NAME": shlex.quote(display.name),
        "ROTATE": shlex.quote(display.rotate),
        "UNIT": display.unit,
        "WAITING_PAGE": page.rstrip("\n"),
    }
    description = f"Antrean hall display {display.title}".strip()
    unit = {
        "UNIT": display.unit,
        "SCRIPT": display.script,
        # systemd reads %x as something of its own, and a backslash at the end goes on below.
        "DESCRIPTION": description.replace("%", "%%").replace("\\", "/"),
    }
    told = {
        "URL": display.url,
        "SCRIPT": display.script,
        "UNIT": display.unit,
        "NAME": display.name,
        "EXTRA": " wlr-randr" if display.rotate else "",
        "INSECURE_ID": _INSECURE_ID if display.insecure else "",
        "INSECURE_EN": _INSECURE_EN if display.insecure else "",
    }
    return {
        display.script: _filled("start.sh", words),
        f"{display.unit}.service": _filled("unit.service", unit),
        "README.txt": _filled("README.txt", told).rstrip("\n") + "\n",
    }


def _script(text: str) -> str:
    """A string in a script of an HTML page: no tag can begin or end in it."""
    return json.dumps(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _filled(template: str, words: dict[str, str]) -> str:
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    return re.sub(r"@([A-Z_]+)@", lambda found: words[found[1]], text)
