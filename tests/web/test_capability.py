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


def test_a_device_has_a_token_of_another_kind() -> None:
    token = capability.mint_device(SECRET, "layar-1")
    assert capability.opens_device(SECRET, token) == "layar-1"
    assert token == capability.mint_device(SECRET, "layar-1")
    mac = token.rpartition(".")[2]
    wrong = ("", "d.", "d.layar-1", "d.layar-1.", f"d..{mac}", f"d.layar-2.{mac}", f"{token}A")
    for text in (*wrong, f"layar-1.{mac}", f"D.layar-1.{mac}", f"d.d.layar-1.{mac}"):
        assert capability.opens_device(SECRET, text) is None, text
    assert capability.opens_device(secrets.token_bytes(32), token) is None


def test_no_token_can_be_made_into_one_of_the_other_kind() -> None:
    """Whoever holds a ticket must not speak in the hall, and a display must cancel no ticket."""
    for name in ("sama", "d.sama", "ticket:sama", "device:sama"):
        ticket, device = capability.mint(SECRET, name), capability.mint_device(SECRET, name)
        for text in (ticket, f"d.{ticket}", f"d.d.{ticket}"):
            assert capability.opens_device(SECRET, text) is None, text
        for text in (device, device.removeprefix("d."), f"d.{device}"):
            assert capability.opens(SECRET, text) is None, text
