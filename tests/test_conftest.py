"""The suite really cannot reach the network, the home folder or the clock."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from fakeprofile import tools

REAL_HOME = Path("~").expanduser()
"""As long as no test runs."""
OUTSIDE = ["192.0.2.1", "2001:db8::1", "example.org"]


@pytest.mark.parametrize("host", OUTSIDE)
def test_no_test_can_reach_the_network(host: str) -> None:
    with pytest.raises(BaseException, match="reached for the network"):
        socket.create_connection((host, 80), timeout=0.01)


def test_a_server_on_loopback_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


@pytest.mark.skipif(Path("/") == REAL_HOME, reason="everything lies in this home folder")
def test_the_home_folder_is_a_temporary_one(tmp_path: Path) -> None:
    assert Path.home().parent == tmp_path.parent
    with pytest.raises(BaseException, match="reached into the home folder"):
        (REAL_HOME / ".some-secret").open()


def test_the_clock_stands_still() -> None:
    assert tools.utc_today() == "2026-07-01"
