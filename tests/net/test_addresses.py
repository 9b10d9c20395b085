from __future__ import annotations

import socket
from ipaddress import ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.errors import NetError
from fakeprofile.net.addresses import Guard, is_public, literal_of

PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
CLOSED = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.8.8.8", "168.63.129.16", "169.254.169.254",
    "172.16.0.1", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "203.0.113.1",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254",
    "fe80::1", "fec0::1", "ff02::1",
]  # fmt: skip
ODD = [
    "0x7f.1", "0X7F.0.0.1", "2130706433", "017700000001", "0177.0.0.1", "127.1", "127.0.0.1.", "127.0.0.01", "0x7f000001",
    "1.2.3.4.5", "0", "[::1", "fe80::1%eth0", "[fe80::1%25eth0]", "::ffff:0x7f.1", "256.1.1.1",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", CLOSED)
def test_addresses_of_this_machine_the_house_and_no_place_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@settings(max_examples=60)
@given(st.ip_addresses(v=4))
def test_no_disguise_makes_an_address_more_public_than_it_is(address: object) -> None:
    assert is_public(ip_address(f"::ffff:{address}")) <= is_public(ip_address(str(address)))
    assert is_public(ip_address(f"64:ff9b::{address}")) <= is_public(ip_address(str(address)))


@pytest.mark.parametrize("host", ODD)
def test_numbers_in_odd_spellings_are_refused(host: str) -> None:
    with pytest.raises(NetError, match="spelling"):
        literal_of(host)


@pytest.mark.parametrize("host", ["pictures.example", "1.example", "0x7f.example", "cafe"])
def test_names_are_names(host: str) -> None:
    assert literal_of(host) is None


@pytest.mark.parametrize(
    "host", ["localhost", "localhost.", "router", "nas.local", "db.internal", "a.localhost"]
)
def test_names_of_a_local_network_are_not_even_looked_up(host: str) -> None:
    asked: list[str] = []

    def look_up(name: str) -> tuple[str, ...]:
        asked.append(name)
        return ("8.8.8.8",)

    with pytest.raises(NetError, match="local network"):
        Guard(look_up=look_up).addresses_of(host)
    assert asked == []


@pytest.mark.parametrize(
    "found", [("10.0.0.1",), ("8.8.8.8", "127.0.0.1"), ("8.8.8.8", "::ffff:10.0.0.1"), ("fe80::1%eth0",)]
)
def test_one_address_that_is_not_public_closes_the_whole_name(found: tuple[str, ...]) -> None:
    with pytest.raises(NetError, match="not of the public internet"):
        Guard(look_up=lambda _: found).addresses_of("pictures.example")


def test_a_name_without_an_address_is_said_to_have_none() -> None:
    def look_up(name: str) -> tuple[str, ...]:
        raise OSError(name)

    with pytest.raises(NetError, match="could not be looked up"):
        Guard(look_up=look_up).addresses_of("pictures.example")
    with pytest.raises(NetError, match="could not be looked up"):
        Guard(look_up=lambda _: ()).addresses_of("pictures.example")


def test_a_connection_that_ends_up_elsewhere_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        made: list[socket.socket] = []
        plain = socket.create_connection

        def elsewhere(_: tuple[str, int], timeout: float) -> socket.socket:
            made.append(plain(("127.0.0.1", port), timeout=timeout))
            return made[0]

        monkeypatch.setattr(socket, "create_connection", elsewhere)
        guard = Guard(look_up=lambda _: ("127.0.0.2",), allow_loopback=True)
        with pytest.raises(NetError, match="another address"):
            guard.dialled("pictures.example", port, 1.0)
    assert made[0].fileno() == -1
