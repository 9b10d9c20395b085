"""No network, no home folder, no wall clock: what a test must not touch is an error here."""

from __future__ import annotations

import datetime
import ipaddress
import os
import shutil
import signal
import site
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest

import fakeprofile
import fakeprofile.tools

# A shell starts what it puts in the background deaf to Ctrl-C, and all that this starts is deaf too.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
TODAY = "2026-07-01"
"""What the clock says in every test."""

# A busy machine is not a defect: nothing here is measured in time.
hypothesis.settings.register_profile(
    "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("suite")

HOME = Path("~").expanduser().resolve()
ALLOWED = tuple(
    str(Path(place).resolve())
    for place in (ROOT, sys.prefix, sys.base_prefix, tempfile.gettempdir(), site.getusersitepackages())
)
watching = False


class Forbidden(BaseException):
    """A test reached for something outside; not an Exception, so that no code can swallow it."""


def _is_loopback(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).split("%")[0]).is_loopback
    except ValueError:
        return False


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    """Sees all that Python does; see "Audit events table" in its library reference."""
    if not watching:
        return
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
        at = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
        host = at[0] if isinstance(at, tuple) else at if event == "socket.getaddrinfo" else None
        if not _is_loopback(host):
            raise Forbidden(f"a test reached for the network: {at!r}")
    elif event in ("open", "os.listdir", "os.scandir", "os.mkdir", "sqlite3.connect"):
        _check_path(arguments[0])


def _check_path(given: object) -> None:
    if not isinstance(given, str | bytes | os.PathLike) or Path("/") == HOME:
        return
    path = os.path.abspath(os.fsdecode(given))  # noqa: PTH100 - pathlib would open things itself
    under_home = path == str(HOME) or path.startswith(f"{HOME}/")
    if under_home and not any(path == place or path.startswith(f"{place}/") for place in ALLOWED):
        raise Forbidden(f"a test reached into the home folder: {path}")


sys.addaudithook(_hook)


@pytest.fixture(autouse=True)
def _closed_world(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A home folder of one's own, a clock that stands still, and no way out."""
    global watching  # noqa: PLW0603 - an audit hook cannot be taken away, only told to sleep
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.delenv("FAKEPROFILE_LIBRARY", raising=False)
    # Starting processes takes longer than most tests; those that are about it say how many.
    monkeypatch.setenv("FAKEPROFILE_WORKERS", "1")
    moment = datetime.datetime.fromisoformat(f"{TODAY}T12:00:00+00:00")
    clock = SimpleNamespace(datetime=SimpleNamespace(now=moment.astimezone), UTC=datetime.UTC)
    monkeypatch.setattr(fakeprofile.tools, "datetime", clock)
    watching = True
    yield
    watching = False


@pytest.fixture(scope="session")
def imported_story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with all of `fixtures/references`; nobody writes to it."""
    path = tmp_path_factory.mktemp("story") / "library.sqlite"
    with fakeprofile.open_library(path) as library:
        source = FIXTURES / "references"
        outcomes = list(fakeprofile.add_references(source, library=library, today=lambda: TODAY))
    assert not [one for one in outcomes if isinstance(one, fakeprofile.Gap)]
    return path


@pytest.fixture
def story_library(imported_story: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copy(imported_story, tmp_path / "story.sqlite"))


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Any]:
    """Runs a command line in this process: `code`, `out` and `err` of it."""
    from fakeprofile.cli import run

    def called(*arguments: object, library: Path | None = None) -> SimpleNamespace:
        at = library or tmp_path / "library.sqlite"
        capfd.readouterr()
        code = run(["--library", str(at), *map(str, arguments)])
        out, err = capfd.readouterr()
        return SimpleNamespace(code=code, out=out, err=err)

    return called
