"""How often an address may do what needs no credential; buckets; whose word on addresses counts."""

from pathlib import Path

import pytest

from antrean.web.address import Addresses
from antrean.web.limits import TABLE, Buckets, PublicLimits, network
from tests.support import Cast, Client, RunningServer
from tests.support.client import address


def test_numbers_are_limited_by_address(cast: Cast) -> None:
    citizen = cast.nobody()
    answers = [citizen.take() for _ in range(31)]
    assert [a.status for a in answers] == [201] * 30 + [429]
    refused = answers[-1].refused(429, "rate_limited")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    citizen.get("/services").ok()
    cast.nobody().take().ok()


def test_a_booking_counts_as_a_number(cast: Cast) -> None:
    citizen = cast.nobody()
    for _ in range(30):
        citizen.post("/bookings", {"service": "paspor"}).refused(422, "invalid")
    citizen.take().refused(429, "rate_limited")


def test_whoever_has_a_credential_counts_to_no_address(cast: Cast) -> None:
    hall = address()
    citizen = Client(cast.server.url, source=hall)
    token = citizen.take().token
    for _ in range(29):
        citizen.take().ok()
    citizen.take().refused(429, "rate_limited")
    for credential in (cast.kiosk().token, cast.with_token("partner").token, token):
        device = Client(cast.server.url, credential, source=hall)
        for _ in range(31):
            device.take().ok()
        device.close()
    signed_in = Client(cast.server.url, source=hall)
    signed_in.http.cookies.set("antrean", cast.admin.http.cookies["antrean"])
    signed_in.csrf = cast.admin.csrf
    signed_in.take().ok()
    for client in (signed_in, citizen):
        client.close()


def test_tokens_cannot_be_guessed_without_end(cast: Cast) -> None:
    guesser = cast.nobody()
    guesser.token = "x" * 43
    codes = [guesser.get("/my").code for _ in range(260)]
    assert codes[0] == "unauthenticated"
    assert "rate_limited" in codes


def test_an_address_is_told_by_a_trusted_proxy_alone(tmp_path: Path) -> None:
    for trusted, expected in (("127.0.0.0/8", 201), ("10.0.0.1", 429)):
        arguments = ["--trusted-proxy", trusted]
        with RunningServer(tmp_path / trusted[:3], arguments=arguments) as server:
            client = Client(server.url)
            for n in range(31):
                headers = {"X-Forwarded-For": f"203.0.113.{n}"}
                answer = client.post("/tickets", {"service": "skck"}, headers=headers)
            assert answer.status == expected
            client.close()


@pytest.mark.parametrize(
    ("trusted", "client", "forwarded", "expected"),
    [
        ((), "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        (("127.0.0.1",), "127.0.0.1", "198.51.100.1", "198.51.100.1"),
        (("127.0.0.1",), "127.0.0.1", "", "127.0.0.1"),
        (("127.0.0.1",), "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        # what a citizen wrote himself stands left of what the proxy saw
        (("127.0.0.1",), "127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (("127.0.0.1", "10.0.0.0/8"), "127.0.0.1", "198.51.100.1, 10.0.0.7", "198.51.100.1"),
        (("127.0.0.1",), "127.0.0.1", "nonsense", "nonsense"),
    ],
)
def test_whose_address_it_is(
    trusted: tuple[str, ...], client: str, forwarded: str, expected: str
) -> None:
    headers = {b"x-forwarded-for": forwarded.encode()}
    assert Addresses(trusted).of({"client": (client, 1)}, headers) == expected


def test_https_is_told_by_a_trusted_proxy_alone() -> None:
    headers = {b"x-forwarded-proto": b"https"}
    scope = {"client": ("127.0.0.1", 1), "scheme": "http"}
    assert Addresses(("127.0.0.1",)).is_https(scope, headers)
    assert not Addresses(()).is_https(scope, headers)
    assert not Addresses(("10.0.0.1",)).is_https(scope, headers)


def test_a_bucket_fills_with_time() -> None:
    now = 0.0
    bucket = Buckets(0.5, 2, lambda: now)
    assert [bucket.take("a") for _ in range(3)] == [0.0, 0.0, 2.0]
    assert bucket.take("b") == 0.0
    now = 1.9
    assert bucket.take("a") == pytest.approx(0.1)
    now = 2.0
    assert bucket.take("a") == 0.0
    now = 1000.0
    assert [bucket.take("a") for _ in range(3)] == [0.0, 0.0, 2.0]


def test_the_table_of_addresses_is_bounded() -> None:
    limits = PublicLimits()
    bucket = limits._taking
    for n in range(TABLE + 100):
        limits.take(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", taking=True)
    assert len(bucket._levels) == TABLE


def test_an_ipv6_network_is_one_address() -> None:
    assert network("2001:db8:1:2:3::4") == network("2001:db8:1:2:ffff::1")
    assert network("2001:db8:1:2::4") != network("2001:db8:1:3::4")
    assert network("fe80::1%eth0") == network("fe80::2")
    assert network("192.0.2.1") == "192.0.2.1"
