"""Which addresses are of the public internet, and connections to none but these.

A page that somebody else names may stand on a printer, a router or the control address of a cloud
machine. So a name is looked up once, all of its addresses must be public, and the connection is made
to one that was checked: a name that answers differently the next time leads nowhere.
"""

from __future__ import annotations

import contextlib
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from fakeprofile.errors import NetError
from fakeprofile.net.watch import seconds_left

Address = IPv4Address | IPv6Address
LookUp = Callable[[str], tuple[str, ...]]
"""A name -> its addresses, as text. Raises OSError if it has none."""

_MOST = 4
"""How many addresses of one name are tried."""

_LIKE_A_NUMBER = re.compile(r"([0-9]+|0x[0-9a-f]*)", re.I)
_LOCAL_NAME = re.compile(r"(.*\.)?(localhost|local|internal|lan|home|corp|intranet|arpa|onion)", re.I)
_UNICAST = IPv6Network("2000::/3")
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""NAT64 (RFC 6052): the last 32 bits are the IPv4 address that is meant."""
_DENIED = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",  # protocol assignments
            "192.88.99.0/24",  # 6to4 relays
            "168.63.129.16/32",  # the control address of Azure machines, though it looks public
            "2001::/23",  # protocol assignments, among them Teredo, which hides an IPv4 address
            "2002::/16",  # 6to4, which hides one too
            "3fff::/20",  # documentation (RFC 9637)
        ),
    )
)


def is_public(address: Address) -> bool:
    """Whether the address is one of the public internet, for all Python versions and all disguises."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _TRANSLATED:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _UNICAST:
            return False
    if any(address in network for network in _DENIED if network.version == address.version):
        return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_loopback or address.is_link_local
    )


def looked_up(host: str) -> tuple[str, ...]:
    """The addresses of a name, as the system knows them, best first.

    Raises:
        OSError: it has none.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Says which addresses of a host may be asked."""

    look_up: LookUp = looked_up
    allow_loopback: bool = False
    """For tests, which have their servers on this machine."""

    def allows(self, address: Address) -> bool:
        """Whether it is public, or the exception for tests."""
        plain = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        return is_public(address) or (self.allow_loopback and (plain or address).is_loopback)

    def addresses_of(self, host: str) -> tuple[Address, ...]:
        """The addresses of the host, every one of which was checked.

        Raises:
            NetError: one of them is not public, it has none, or it is written to be misunderstood.
        """
        literal = literal_of(host)
        if literal is not None:
            found: tuple[Address, ...] = (literal,)
        elif not self.allow_loopback and is_local_name(host):
            raise NetError("it is a name of a local network, which is never asked")
        else:
            found = _looked_up(host, self.look_up)
        if not all(map(self.allows, found)):
            raise NetError("it has an address that is not of the public internet, which is never asked")
        return found

    def dialled(self, host: str, port: int, seconds: float) -> socket.socket:
        """A connection to one of the checked addresses.

        Raises:
            NetError: see ``addresses_of``; or the connection ended up elsewhere.
            OSError: none of them answers.
        """
        trouble: OSError = ConnectionRefusedError()
        for address in self.addresses_of(host)[:_MOST]:
            try:
                made = socket.create_connection((str(address), port), timeout=seconds_left(seconds))
            except OSError as error:
                trouble = error
                continue
            if ip_address(str(made.getpeername()[0])) == address:
                return made
            made.close()
            raise NetError("the connection went to another address than the one that was checked")
        raise trouble


def is_local_name(host: str) -> bool:
    """Whether a name can only be meant for a local network: it has no dot, or an end that is none in public."""
    bare = host.removesuffix(".")
    return "." not in bare or _LOCAL_NAME.fullmatch(bare) is not None


def literal_of(host: str) -> Address | None:
    """The address that a host is written as; None if it is a name.

    Raises:
        NetError: it is a number in a spelling that programs read differently: ``0x7f.1``, ``2130706433``,
            ``0177.0.0.1``, ``127.0.0.1.``, or an IPv6 address with a zone.
    """
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if "%" not in bare:
        with contextlib.suppress(ValueError):
            return ip_address(bare)
    last = bare.removesuffix(".").rpartition(".")[2]
    if "%" in bare or ":" in bare or _LIKE_A_NUMBER.fullmatch(last):
        raise NetError("its host is a number in a spelling that can be read in several ways")
    return None


def _looked_up(host: str, look_up: LookUp) -> tuple[Address, ...]:
    try:
        found = tuple(ip_address(one.partition("%")[0]) for one in look_up(host))
    except (OSError, ValueError):
        found = ()
    if not found:
        raise NetError("its name could not be looked up")
    return found
