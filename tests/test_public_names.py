"""What `import fakeprofile` gives, and what it costs."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import fakeprofile

PUBLIC = [
    "Account",
    "AuditSummary",
    "Audited",
    "Changes",
    "Comparison",
    "Facts",
    "FakeprofileError",
    "Gap",
    "Level",
    "Library",
    "LibraryError",
    "LibraryForeign",
    "LibraryLocked",
    "LibraryMissing",
    "LibraryNewer",
    "LibraryReadOnly",
    "Limits",
    "Looked",
    "Match",
    "PhotoError",
    "Plan",
    "Report",
    "Search",
    "Settings",
    "Sighting",
    "SourceError",
    "Step",
    "UsageError",
    "Verdict",
    "WorkerError",
    "__version__",
    "add_references",
    "audit",
    "changes",
    "check",
    "compare",
    "match",
    "open_library",
    "public_search",
]
HEAVY = ("cv2", "faiss", "imagehash", "pdqhash", "PIL", "pillow_heif", "rich", "scipy", "cattrs")


def run_python(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A fresh Python, so that nothing is loaded yet."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_the_public_names_are_these_and_no_others() -> None:
    assert sorted(fakeprofile.__all__) == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    thing = getattr(fakeprofile, name)
    assert name == "__version__" or (thing.__doc__ or "").strip()


def test_importing_the_package_loads_nothing_heavy() -> None:
    done = run_python(f"import sys, fakeprofile; print([name for name in {HEAVY} if name in sys.modules])")
    assert done.stdout == "[]\n", done.stderr


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "--help"], ["references", "import", "--help"], ["--version"]]
)
def test_help_loads_nothing_heavy_and_makes_no_file(arguments: list[str], tmp_path: Path) -> None:
    code = (
        "import sys; from fakeprofile.cli import run; code = run(sys.argv[1:]); "
        f"print(code, [name for name in {HEAVY} if name in sys.modules])"
    )
    home = tmp_path / "elsewhere"
    home.mkdir()
    done = run_python(code, *arguments, HOME=str(home), XDG_DATA_HOME=str(home))
    assert done.stdout.splitlines()[-1] == "0 []", done.stderr
    assert not list(home.iterdir())


def test_help_needs_no_home_folder_at_all() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fakeprofile", "--help"],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent/nowhere"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage: fakeprofile" in done.stdout


@pytest.mark.parametrize(
    "first",
    [
        "import fakeprofile.check, fakeprofile.match, fakeprofile",
        "import fakeprofile, fakeprofile.match, fakeprofile.check, fakeprofile.cli",
        "from fakeprofile.match import look_at; from fakeprofile.check import check; import fakeprofile",
        "import importlib; importlib.import_module('fakeprofile.check'); import fakeprofile",
        "import fakeprofile.cli.check, fakeprofile.cli.match, fakeprofile.cli.compare",
        "import fakeprofile; from fakeprofile import api",
        "from fakeprofile.audit import engine; from fakeprofile.changes import Changes; import fakeprofile.audit.run",
    ],
)
def test_what_is_to_be_called_is_a_function_whatever_was_imported_before(first: str) -> None:
    done = run_python(
        f"{first}\nimport inspect\n"
        "print([inspect.isfunction(f) and f.__module__ for f in "
        "(fakeprofile.check, fakeprofile.match, fakeprofile.compare, fakeprofile.audit, fakeprofile.changes)])"
    )
    assert done.stdout == f"{['fakeprofile.api'] * 5}\n", done.stderr


def test_modules_of_the_same_name_can_still_be_imported_from() -> None:
    assert importlib.import_module("fakeprofile.check").library_gaps
    assert importlib.import_module("fakeprofile.match").look_at
    assert callable(fakeprofile.check)
    assert callable(fakeprofile.match)
