"""The README says what the program does, and its commands and examples work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import reference

from fakeprofile.cli import main, options

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
COMMANDS = {one.command_path: one.command for one in reference.contexts(main, "fakeprofile")}


def readme() -> str:
    return README.read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", readme(), re.DOTALL | re.MULTILINE)


def test_the_reference_part_is_what_help_prints() -> None:
    assert "<!-- reference -->" in readme()
    assert readme() == reference.renewed(readme()), "run: python tests/reference.py"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_stands_in_the_readme(name: str) -> None:
    section = readme().split(f"### `{name}`\n")[1].split("\n### ")[0]
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option):
            assert all(option in section for option in parameter.opts), parameter.opts


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_every_option_what_it_is_for(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_the_exit_codes_in_the_readme_are_those_of_the_program() -> None:
    told = {int(code) for code in re.findall(r"^\| *`?(\d+)`? *\|", readme(), re.MULTILINE)}
    codes = {
        0,
        options.INTERNAL_ERROR,
        options.WRONG_USAGE,
        options.FLAGGED,
        options.NOT_ALL_SEEN,
        options.INTERRUPTED,
    }
    assert codes == {0, 1, 2, 3, 4, 130}
    assert codes <= told


@pytest.mark.parametrize("mark", ["install", "tests"])
def test_the_two_setup_commands_stand_where_ci_looks_for_them(mark: str) -> None:
    found = re.search(rf"^<!-- {mark} -->\n+```sh\n(.+?)^```$", readme(), re.DOTALL | re.MULTILINE)
    assert found, f"no <!-- {mark} --> before a sh block"
    syntax = subprocess.run(["bash", "-n"], input=found[1], text=True, capture_output=True, check=False)
    assert (syntax.returncode, syntax.stderr) == (0, "")


@pytest.mark.parametrize(("number", "said"), [(0, "other-identity"), (1, " of 13")])
def test_the_python_examples_run(number: int, said: str, tmp_path: Path) -> None:
    """In a folder of its own with the fixtures, so that whatever it writes lands there."""
    example = blocks("python")[number]
    shutil.copytree(ROOT / "fixtures", tmp_path / "work" / "fixtures")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example],
        cwd=tmp_path / "work",
        env={**os.environ, "PYTHONPATH": str(ROOT), "FAKEPROFILE_LIBRARY": str(tmp_path / "x.sqlite")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert said in done.stdout


def test_every_python_example_is_tried() -> None:
    assert len(blocks("python")) == 2
