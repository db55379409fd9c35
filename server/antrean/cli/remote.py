"""What commands that talk to a running server share: an administrator's session over HTTP."""

import argparse
import getpass
import http.client
import json
import os
import sys
from typing import Any
from urllib.parse import urlsplit

PASSWORD_VARIABLE = "ANTREAN_PASSWORD"


class Refused(Exception):
    """The server said no, or there is none; the text says which and what to do."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--url", default="http://127.0.0.1:8000", help="of the server (default %(default)s)"
    )
    parser.add_argument(
        "--as",
        dest="admin",
        default="admin",
        metavar="USER",
        help=f"the administrator (default admin); password: {PASSWORD_VARIABLE}, else asked for",
    )


def password_of(variable: str, prompt: str) -> str:
    """From the environment, else typed. Never an argument: those show in `ps` and in a history."""
    given = os.environ.get(variable)
    if given:
        return given
    if not sys.stdin.isatty():
        raise Refused(f"no password: set {variable}, or run it in a terminal")
    return getpass.getpass(prompt)


class Remote:
    """A session at a server; `call` raises Refused with the server's own words."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused(f"--url {url!r}: give http:// or https:// and a host")
        kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        self._url = url
        self._connection = kind(parts.hostname, parts.port, timeout=30)
        self._headers = {"Content-Type": "application/json", "Accept-Language": "en"}

    def sign_in(self, username: str, password: str) -> None:
        body = self.call("POST", "/session", {"username": username, "password": password})
        self._headers["X-CSRF-Token"] = body["csrf"]

    def sign_out(self) -> None:
        self.call("DELETE", "/session")

    def call(self, method: str, path: str, body: Any = None) -> Any:
        text = None if body is None else json.dumps(body)
        try:
            self._connection.request(method, f"/api/v1{path}", text, self._headers)
            response = self._connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Refused(f"{self._url}: {error}. Does the server run there?") from error
        if cookie := response.getheader("Set-Cookie"):
            self._headers["Cookie"] = cookie.partition(";")[0]
        if response.status >= 400:
            raise Refused(_words_of(answer))
        return answer

    def rows(self, path: str) -> list[dict[str, Any]]:
        """All pages of a list."""
        page = self.call("GET", path)
        found: list[dict[str, Any]] = page["items"]
        while page["next"]:
            page = self.call("GET", f"{path}?cursor={page['next']}")
            found += page["items"]
        return found


def _words_of(problem: Any) -> str:
    errors = "".join(f"\n  {e['field']}: {e['detail']}" for e in problem.get("errors", ()))
    return f"{problem['title']}: {problem['detail']}{errors}"


def signed_in(arguments: argparse.Namespace) -> Remote:
    """The session that the options of `add_options` ask for."""
    remote = Remote(arguments.url)
    password = password_of(PASSWORD_VARIABLE, f"Password of {arguments.admin}: ")
    remote.sign_in(arguments.admin, password)
    return remote
