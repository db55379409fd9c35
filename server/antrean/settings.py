"""What `antrean serve` can be told: flags, and the same from the environment (`--public-url`,
ANTREAN_PUBLIC_URL).

A flag counts before the environment. Every value is checked here, once; a bad one is
`BadSetting`, which names the flag or the variable and says what to do. Documented in
docs/operations.md.
"""

import argparse
import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PREFIX = "ANTREAN_"
LOG_LEVELS = ("info", "warning")


class BadSetting(Exception):
    """A setting that cannot be used; the text names it and the remedy."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one server. Paths are as given, URLs and origins without a trailing slash."""

    host: str = "127.0.0.1"
    port: int = 8000
    data: Path = Path("var/antrean")
    catalogue: Path | None = None  # None: the built-in MPP Kota Tangerang
    demo: bool = False
    demo_speed: float = 1.0
    public_url: str | None = None
    origins: tuple[str, ...] = ()
    trusted_proxy: tuple[str, ...] = ()
    accept_clock: bool = False
    clock_speed: float = 1.0  # simulations alone: the engine's seconds in one real one
    log_level: str = "info"
    voice_clips: Path | None = None  # recordings in place of the machine's voice
    voice_words: Path | None = None  # abbreviations and how they are read
    admin_password: str | None = None  # from the environment alone: a flag would show in `ps`

    @property
    def is_https(self) -> bool:
        """Whether browsers reach the site by https alone: then cookies are Secure and HSTS is
        sent."""
        return self.public_url is not None and self.public_url.startswith("https://")


@dataclass(frozen=True, slots=True)
class Option:
    """One setting: how it is read and what it says in --help."""

    name: str
    read: Callable[[str], Any]
    help: str
    metavar: str | None = None
    flag: bool = False  # takes no value
    hidden: bool = False
    env_only: bool = False

    @property
    def option(self) -> str:
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise ValueError("give a port from 0 to 65535; 0 takes a free one")
    return int(text)


def _yes(text: str) -> bool:
    if text.lower() in ("1", "true", "yes", "on"):
        return True
    if text.lower() in ("0", "false", "no", "off", ""):
        return False
    raise ValueError("give 1 or 0")


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0 < speed <= 10_000:
        raise ValueError("give a number above 0, such as 1 or 60")
    return speed


def _origin(text: str) -> str:
    parts = urlsplit(text.strip().rstrip("/"))
    plain = not (parts.path or parts.query or parts.fragment or parts.username)
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise ValueError("give http:// or https:// and a host, such as https://antrean.example.id")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _origins(text: str) -> tuple[str, ...]:
    return tuple(_origin(part) for part in text.split(",") if part.strip())


def _addresses(text: str) -> tuple[str, ...]:
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    for part in found:
        try:
            ipaddress.ip_network(part, strict=False)
        except ValueError:
            raise ValueError("give addresses or networks, such as 127.0.0.1,10.0.0.0/8") from None
    return found


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+", text):
        raise ValueError("give an address or a host name, such as 0.0.0.0 for all networks")
    return text


def _level(text: str) -> str:
    if text not in LOG_LEVELS:
        raise ValueError(f"give one of {', '.join(LOG_LEVELS)}")
    return text


def _password(text: str) -> str:
    if not 8 <= len(text) <= 256:
        raise ValueError("give a password of 8 to 256 characters")
    return text


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise ValueError("there is no such folder")
    return Path(text)


def _words(text: str) -> Path:
    from antrean.voice.words import BadWords  # here: most servers have no such file
    from antrean.voice.words import read as read_words

    try:
        read_words(Path(text))
    except BadWords as fault:
        raise ValueError(str(fault)) from None
    return Path(text)


OPTIONS = (
    Option("host", _host, "address to listen on; 0.0.0.0 for the whole LAN", "ADDR"),
    Option("port", _port, "port to listen on; 0 takes a free one", "PORT"),
    Option("data", Path, "folder of the database; made when it is missing", "DIR"),
    Option("catalogue", Path, "the site as TOML; default: MPP Kota Tangerang", "FILE"),
    Option("demo", _yes, "open at any hour, with simulated visitors and demo logins", flag=True),
    Option("demo_speed", _speed, "how fast the demo's visitors live", "X"),
    Option("public_url", _origin, "where browsers reach the site: QR codes, own origin", "URL"),
    Option("origins", _origins, "further origins that may open sockets and read", "A,B"),
    Option("trusted_proxy", _addresses, "whose X-Forwarded-For is believed", "ADDR"),
    Option("accept_clock", _yes, "start although the clock is behind the journal", flag=True),
    Option("clock_speed", _speed, "for simulations", "X", hidden=True),
    Option("log_level", _level, "info (a line a request) or warning; to stderr", "LEVEL"),
    Option("voice_clips", _folder, "recordings in place of the machine's voice", "DIR"),
    Option("voice_words", _words, "abbreviations and how the voice reads them, TOML", "FILE"),
    Option("admin_password", _password, "of the first admin, at the first start", env_only=True),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """All flags of `serve`. Values stay text here: `read` checks them whichever way they came."""
    defaults = {f.name: f.default for f in fields(Settings)}
    for option in OPTIONS:
        if option.env_only:
            continue
        text = argparse.SUPPRESS if option.hidden else _described(option, defaults[option.name])
        if option.flag:
            parser.add_argument(option.option, action="store_const", const="1", help=text)
        else:
            parser.add_argument(option.option, metavar=option.metavar, help=text)


def _described(option: Option, default: object) -> str:
    shown = f" (default {default})" if default and not isinstance(default, bool | tuple) else ""
    return f"{option.help}{shown}; also {option.variable}"


def read(flags: Mapping[str, str | None], environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from parsed flags and the environment. Raises BadSetting for the first bad one."""
    environ = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    for option in OPTIONS:
        given, source = flags.get(option.name), option.option
        if given is None and option.variable in environ:
            given, source = environ[option.variable], option.variable
        if given is None or (given == "" and not option.flag):
            continue
        try:
            values[option.name] = option.read(given)
        except ValueError as fault:
            shown = "" if option.env_only else f" {given!r}"
            raise BadSetting(f"{source}{shown}: {fault}") from None
    return Settings(**values)
