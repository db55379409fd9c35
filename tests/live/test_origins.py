"""The rule of origins by itself: what no client library would send, too."""

import pytest

from antrean.web.origins import Origins

RULE = Origins("https://antre.example", ["http://board.example:8080"])


def allows(host: str, *origins: str) -> bool:
    headers = [(b"host", host.encode())] if host else []
    return RULE.allow([*headers, *((b"origin", o.encode()) for o in origins)])


@pytest.mark.parametrize(
    ("host", "origins"),
    [
        ("10.0.0.5:8000", ["http://10.0.0.5:8000"]),
        ("10.0.0.5", ["http://10.0.0.5:80"]),
        ("10.0.0.5:443", ["https://10.0.0.5"]),
        ("[::1]:8000", ["http://[::1]:8000"]),
        ("10.0.0.5:8000", ["https://antre.example"]),
        ("10.0.0.5:8000", ["HTTPS://ANTRE.EXAMPLE:443"]),
        ("10.0.0.5:8000", ["http://board.example:8080"]),
        ("", []),
        ("10.0.0.5:8000", []),
    ],
)
def test_own_allowed_and_no_origins_pass(host: str, origins: list[str]) -> None:
    assert allows(host, *origins)


@pytest.mark.parametrize(
    ("host", "origins"),
    [
        ("10.0.0.5:8000", ["http://10.0.0.5:8001"]),
        ("10.0.0.5:8000", ["http://10.0.0.5:8000", "http://evil.example"]),
        ("10.0.0.5:8000", ["http://10.0.0.5:8000", "http://10.0.0.5:8000"]),
        ("10.0.0.5:8000", ["http://antre.example"]),
        ("10.0.0.5:8000", ["https://antre.example.evil.example"]),
        ("10.0.0.5:8000", ["https://evil.example/https://antre.example"]),
        ("10.0.0.5:8000", ["https://antre.example@evil.example"]),
        ("10.0.0.5:8000", ["https://u@antre.example"]),
        ("10.0.0.5:8000", ["https://antre.example:x"]),
        ("10.0.0.5:8000", ["https://[antre"]),
        ("10.0.0.5:8000", ["http://board.example"]),
        ("10.0.0.5:8000", ["null"]),
        ("10.0.0.5:8000", [""]),
        ("", ["http://10.0.0.5:8000"]),
        ("", ["http://"]),
    ],
)
def test_all_others_are_refused(host: str, origins: list[str]) -> None:
    assert not allows(host, *origins)
