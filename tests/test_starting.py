"""Ctrl-C while the program is being loaded ends it as quietly as later; in the programs of others it is theirs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = "import sys\nfrom fakeprofile.cli import run\nif __name__ == '__main__':\n    sys.exit(run())\n"
"""What pip makes of the entry point."""
CTRL_C = """import os, signal, sys
os.kill(os.getpid(), signal.SIGINT)
sys.path.remove(os.path.dirname(__file__))
del sys.modules[__name__]
__import__(__name__)
"""
"""A module that is interrupted while it is loaded, and is the real one after that."""

Started = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def started(tmp_path: Path) -> Started:
    """Runs Python with Ctrl-C coming in the middle of the import of a module."""

    def run(arguments: list[str], module: str, *, ignoring: bool = False) -> subprocess.CompletedProcess[str]:
        stubs = tmp_path / "stubs"
        stubs.mkdir(exist_ok=True)
        (stubs / f"{module}.py").write_text(CTRL_C)
        return subprocess.run(
            [sys.executable, *arguments],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(stubs), str(ROOT)])},
            preexec_fn=(lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)) if ignoring else None,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(params=["-m", "script"])
def program(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """The two ways to start it."""
    if request.param == "-m":
        return ["-m", "fakeprofile", "--version"]
    script = tmp_path / "fakeprofile"
    script.write_text(SCRIPT)
    return [str(script), "--version"]


@pytest.mark.parametrize("module", ["numpy", "click"])
def test_ctrl_c_while_it_is_loaded_ends_it_with_one_word(
    started: Started, program: list[str], module: str
) -> None:
    done = started(program, module)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


def test_where_ctrl_c_is_ignored_it_stays_so(started: Started, program: list[str]) -> None:
    done = started(program, "click", ignoring=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("fakeprofile, version")


def test_a_program_that_imports_it_has_its_own_ctrl_c(started: Started, tmp_path: Path) -> None:
    script = tmp_path / "mine.py"
    script.write_text("try:\n    import fakeprofile\nexcept KeyboardInterrupt:\n    print('caught')\n")
    done = started([str(script)], "numpy")
    assert (done.returncode, done.stdout, done.stderr) == (0, "caught\n", "")
