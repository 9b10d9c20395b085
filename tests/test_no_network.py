"""The suite reaches nothing but loopback, and a command that was not told to search connects to nothing at all.

Both rest on audit hooks, which see whatever Python does; that they can fail is shown first.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
SAVED = FIXTURES / "saved"
STAGE = FIXTURES / "cases" / "lars" / "1-stage.jpg"
OUTSIDE = "93.184.215.14"

WATCHED = """
import os, socket, sys

def _heard(event, arguments):
    if event.startswith("socket."):
        local = event == "socket.__new__" and arguments[1] == socket.AF_UNIX
        with open(os.environ["HEARD"], "a") as file:
            file.write(f"{'local' if local else 'net'} {event} {arguments[1:]}\\n")

sys.addaudithook(_heard)
"""
"""Python runs it at the start of every process whose path it stands on, workers among them."""

REACHING = {
    "a connection": f"socket.create_connection(('{OUTSIDE}', 80), timeout=1)",
    "a name": "socket.getaddrinfo('tineye.com', 443)",
    "a packet": f"socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('{OUTSIDE}', 53))",
    "a request": f"__import__('requests').get('http://{OUTSIDE}/', timeout=1)",
    "our own fetcher": f"__import__('fakeprofile.fetch').fetch.Fetcher().fetch('http://{OUTSIDE}/a.jpg')",
}


def suite(folder: Path, body: str) -> subprocess.CompletedProcess[str]:
    """A run of one test under the hooks of this suite."""
    test = folder / "test_reaching.py"
    test.write_text(f"import socket\n\ndef test_it() -> None:\n    {body}\n")
    (folder / "pytest.ini").write_text("[pytest]\n")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "conftest", "-p", "no:cacheprovider", str(test)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("way", REACHING)
def test_a_test_that_reaches_outside_is_stopped_and_fails(way: str, tmp_path: Path) -> None:
    done = suite(tmp_path, f"try:\n        {REACHING[way]}\n    except Exception:\n        pass")
    assert done.returncode == 1, done.stdout
    assert "a test reached for the network" in done.stdout


def test_a_test_that_stays_on_loopback_passes(tmp_path: Path) -> None:
    body = "server = socket.create_server(('127.0.0.1', 0)); socket.create_connection(server.getsockname()[:2]).close(); server.close()"
    done = suite(tmp_path, body)
    assert done.returncode == 0, done.stdout


def sockets(folder: Path, *arguments: object) -> tuple[int, list[str]]:
    """The exit code of a Python command, and all that it, or a process of it, did with sockets."""
    watched, heard = folder / "watched", folder / "heard.txt"
    watched.mkdir(exist_ok=True)
    (watched / "sitecustomize.py").write_text(WATCHED)
    heard.write_text("")
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        env={
            **os.environ,
            "HEARD": str(heard),
            "PYTHONPATH": os.pathsep.join((str(watched), str(ROOT))),
            "FAKEPROFILE_LIBRARY": str(folder / "library.sqlite"),
            "FAKEPROFILE_TINEYE_KEY": "a-key-of-nobody",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "went wrong inside" not in done.stderr, done.stderr
    return done.returncode, heard.read_text().splitlines()


def test_a_socket_would_be_seen_also_in_another_process(tmp_path: Path) -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'])"
    _, heard = sockets(tmp_path, "-c", code)
    assert [line.split()[:2] for line in heard] == [["net", "socket.__new__"]]


COMMANDS: dict[str, tuple[tuple[object, ...], int]] = {
    "check": (("check", STAGE, "--handle", "instagram:lars", "--age", "11"), 0),
    "check with a key, and all that a search could need": (
        (
            "check",
            STAGE,
            "--results",
            SAVED / "tineye.har",
            "--results",
            SAVED / "google.html",
            "--since",
            "2020",
        ),
        3,
    ),
    "search import": (("search", "import", STAGE, SAVED / "yandex.mhtml", SAVED / "blocked"), 3),
    "search services --offline": (("search", "services", "--offline"), 0),
    "search open --print": (("search", "open", STAGE, "--print"), 0),
    "file": (("file", STAGE), 0),
    "a search that nobody agrees to": (("check", STAGE, "--search", "tineye", "--no-remember"), 2),
}


IPV6_TRIED = ["net socket.__new__ (10, 1, 0)", "net socket.bind (('::1', 0),)"]
"""urllib3, which tldextract loads, sees whether the machine has IPv6 by a free port of its own loopback."""


@pytest.mark.parametrize("command", COMMANDS)
def test_no_socket_is_opened_by(command: str, tmp_path: Path) -> None:
    arguments, expected = COMMANDS[command]
    code, heard = sockets(tmp_path, "-m", "fakeprofile", *arguments)
    assert code == expected
    assert (
        heard in ([], IPV6_TRIED)
        if SAVED in {getattr(one, "parent", None) for one in arguments}
        else heard == []
    )


def test_workers_speak_with_each_other_only(tmp_path: Path) -> None:
    """Pipes between processes may be local sockets; nothing else is."""
    photos = sorted((FIXTURES / "cases" / "lars").iterdir())
    code, heard = sockets(
        tmp_path, "-m", "fakeprofile", "check", *photos, "--results", SAVED / "tineye.har", "--workers", "2",
        "--no-remember",
    )  # fmt: skip
    assert code == 3
    of_the_net = [line for line in heard if line.startswith("net socket.__new__") or "connect" in line]
    assert of_the_net in ([], IPV6_TRIED[:1])
