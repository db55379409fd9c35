"""The token of a ticket's holder: long enough, and right in every sign."""

import base64
import secrets

from antrean.web import capability

SECRET = bytes(range(32))


def test_a_token_opens_its_ticket_alone() -> None:
    token = capability.mint(SECRET, "tiket-1")
    assert capability.opens(SECRET, token) == "tiket-1"
    assert token == capability.mint(SECRET, "tiket-1")  # a repeated answer gives it again
    mac = token.rpartition(".")[2]
    for wrong in ("", "tiket-1", "tiket-1.", f".{mac}", f"tiket-2.{mac}", f"{token}A", "é." + mac):
        assert capability.opens(SECRET, wrong) is None, wrong
    assert capability.opens(secrets.token_bytes(32), token) is None


def test_a_token_has_128_bits_and_each_sign_counts() -> None:
    token = capability.mint(SECRET, "tiket-1")
    mac = token.rpartition(".")[2]
    assert len(base64.urlsafe_b64decode(mac + "==")) * 8 >= 128
    for place in range(len(token) - len(mac), len(token)):
        other = "A" if token[place] != "A" else "B"
        changed = token[:place] + other + token[place + 1 :]
        assert capability.opens(SECRET, changed) is None, place
