"""Search services as a stranger's package brings them, for tests of commands: two that speak to a web of ours, one broken.

They are found by entry point like any other, so no command needs an option for tests. What they point at has
a public number as its host, so nothing is looked up, and is fetched through the web's server as a proxy.
"""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from contract import tineye, vision
from web_world import World

ROOT = Path(__file__).resolve().parent.parent
CHEAP, DEAR, BROKEN = "cheap-one", "dear-one", "broken-one"
PAGES = ("http://93.184.215.14/tour", "http://151.101.1.67/fans")
MODULE = """
import dataclasses
from fakeprofile.search import google, tineye


def renamed(reply, name):
    hits = tuple(dataclasses.replace(one, service=name) for one in reply.hits)
    return dataclasses.replace(reply, hits=hits)


class Cheap:
    terms = dataclasses.replace(google.TERMS, name="cheap-one", title="Cheap One", keys=("CHEAP_KEY",))

    def ask(self, question, wire, keys):
        service = google.GoogleVision(base="{base}/google/")
        return renamed(service.ask(question, wire, {{"GOOGLE_KEY": keys["CHEAP_KEY"]}}), "cheap-one")

    def quota(self, wire, keys):
        return None


class Dear:
    terms = dataclasses.replace(tineye.TERMS, name="dear-one", title="Dear One", keys=("DEAR_KEY",))

    def ask(self, question, wire, keys):
        service = tineye.TinEye(base="{base}/tineye/")
        return renamed(service.ask(question, wire, {{"TINEYE_KEY": keys["DEAR_KEY"]}}), "dear-one")

    def quota(self, wire, keys):
        return tineye.TinEye(base="{base}/tineye/").quota(wire, {{"TINEYE_KEY": keys["DEAR_KEY"]}})
"""
POINTS = """[fakeprofile.search]
cheap-one = {module}:Cheap
dear-one = {module}:Dear
broken-one = {module}:Missing
"""

OWN_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "fakeprofile", *sys.argv[1:]])
"""
"""Makes the terminal that of the new session, so that keys are asked for on it."""


@dataclass(frozen=True)
class Plugged:
    """A web with services that commands can ask."""

    web: World
    folder: Path
    environment: dict[str, str]


def plugged_in(web: World, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Plugged:
    """Installs the services for this process and those it starts."""
    module = f"services_at_{web.server.url.rpartition(':')[2]}"
    package = folder / f"{module}-1.0.dist-info"
    package.mkdir(parents=True)
    (folder / f"{module}.py").write_text(MODULE.format(base=web.server.url))
    (package / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    (package / "entry_points.txt").write_text(POINTS.format(module=module))
    environment = {
        "FAKEPROFILE_CHEAP_KEY": vision.KEY,
        "FAKEPROFILE_DEAR_KEY": tineye.KEY,
        "HTTP_PROXY": web.server.url,
        "HTTPS_PROXY": web.server.url,
        "NO_PROXY": "127.0.0.1",
        "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))),
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for name in ("http_proxy", "https_proxy", "no_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.syspath_prepend(str(folder))
    return Plugged(web=web, folder=folder, environment=environment)


def on_a_terminal(
    *arguments: object,
    types: str = "",
    after: str = "",
    then: tuple[tuple[str, str], ...] = (),
    seconds: float = 60,
) -> tuple[int, str]:
    """The exit code of a command that runs on a terminal, and all that stood on that.

    Args:
        arguments: of the command.
        types: what somebody types, as soon as ``after`` stands there.
        after: the question.
        then: more questions, and what is typed at them.
        seconds: how long it may take.
    """
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", OWN_TERMINAL, *map(str, arguments)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        cwd=ROOT,
    )
    os.close(theirs)
    shown, next_typed, ends = b"", 0.0, time.monotonic() + seconds
    later = list(then)
    try:
        while time.monotonic() < ends:
            if types and after.encode() in shown and time.monotonic() >= next_typed:
                # Ctrl-C in the moment before the read begins is not seen by it: people press it again.
                next_typed = time.monotonic() + 2 if types.endswith("\x03") else ends
                os.write(ours, types.encode())
                if later:
                    (after, types), next_typed = later.pop(0), 0.0
            if not select.select([ours], [], [], 0.2)[0]:
                continue
            try:
                data = os.read(ours, 65536)
            except OSError:  # nobody holds the other end any more
                break
            if not data:
                break
            shown += data
        return process.wait(timeout=max(1, ends - time.monotonic())), shown.decode("utf-8", "replace")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(ours)
