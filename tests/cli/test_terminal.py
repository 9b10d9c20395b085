"""What is printed on a terminal fits it; what goes elsewhere does not depend on any."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
import reference

from fakeprofile.cli import main, run
from fakeprofile.report.columns import columns_of

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
LARS = FIXTURES / "cases" / "lars"
KNOWN = FIXTURES / "references" / "mikkel-sandvang" / "stage.jpg"
CLAIMS = ("--handle", "instagram:lars.2011xx", "--name", "Lars", "--age", "11")


class Terminal(io.StringIO):
    """Something that says it is one."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(story_library: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Runs a command line on a terminal of so many columns: `code`, `out` and `err` of it."""

    def called(columns: int, *arguments: object) -> SimpleNamespace:
        out, err = Terminal(), Terminal()
        with monkeypatch.context() as at:
            at.setattr(sys, "stdout", out)
            at.setattr(sys, "stderr", err)
            at.setenv("COLUMNS", str(columns))
            code = run(["--library", str(story_library), *map(str, arguments)])
        return SimpleNamespace(code=code, out=out.getvalue(), err=err.getvalue())

    return called


def widest(text: str) -> int:
    """The columns of the longest line that has more than one word."""
    return max((columns_of(line) for line in text.splitlines() if len(line.split()) > 1), default=0)


COMMANDS = (
    ("check", LARS, *CLAIMS),
    ("compare", LARS / "1-stage.jpg", KNOWN),
    ("file", LARS, KNOWN),
    ("panels", FIXTURES / "hard" / "screenshot-a.png"),
    ("references", "list"),
    ("avatars", "check", LARS),
    ("search", "services", "--offline"),
)


@pytest.mark.parametrize("columns", [80, 60])
@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_the_lines_of_a_command_fit_the_terminal(
    terminal: Callable[..., Any], columns: int, words: tuple[object, ...]
) -> None:
    done = terminal(columns, *words)
    assert done.out
    assert widest(done.out) <= columns, done.out


@pytest.mark.parametrize("columns", [80, 60])
def test_the_lists_of_cases_and_of_what_is_watched_fit_the_terminal(
    terminal: Callable[..., Any], columns: int
) -> None:
    terminal(columns, "check", LARS, *CLAIMS)
    terminal(columns, "watch", "add", "--case", "5", "--note", "asked for photos " * 5)
    for words in (("cases", "list"), ("cases", "show", "5"), ("watch", "list")):
        done = terminal(columns, *words)
        assert done.out
        assert widest(done.out) <= columns, done.out


def test_an_address_is_never_broken(terminal: Callable[..., Any]) -> None:
    address = "https://mikkelsandvang.example/tour-2016"
    assert address in terminal(40, "references", "list").out.split()
    assert f"{address}," in terminal(40, "check", LARS, *CLAIMS).out.split()


def test_a_wide_terminal_makes_no_line_longer_than_one_can_read(terminal: Callable[..., Any]) -> None:
    assert 90 < widest(terminal(300, "check", LARS, *CLAIMS).out) <= 96


def test_what_goes_to_no_terminal_has_one_line_for_each_thing(
    command: Callable[..., Any], story_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    done = command("references", "list", library=story_library)
    assert len(done.out.splitlines()) == 16
    assert max(map(len, command("file", LARS).out.splitlines())) > 80


@pytest.mark.parametrize(
    "context", tuple(reference.contexts(main, "fakeprofile")), ids=lambda one: one.command_path
)
def test_every_help_fits_80_columns(context: click.Context) -> None:
    context.terminal_width, context.max_content_width = 78, None  # what click makes of 80
    assert max(map(columns_of, reference.help_of(context).splitlines())) <= 80


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with a photo of an account, and two files that are none."""
    folder = tmp_path / "photos"
    folder.mkdir()
    shutil.copy(LARS / "1-stage.jpg", folder / "lars.jpg")
    (folder / "piet.jpg").touch()
    (folder / "jan.jpg").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    return folder


@pytest.mark.parametrize("words", [("check",), ("audit", "--out", "results")], ids=lambda words: words[0])
def test_on_a_terminal_what_was_not_looked_at_is_told_once(
    terminal: Callable[..., Any],
    broken: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    done = terminal(80, words[0], broken, *words[1:])
    assert done.code == 3
    shown = done.out + done.err
    assert (shown.count("piet.jpg"), shown.count("jan.jpg")) == (1, 1)
    assert "Not looked at" in done.out


@pytest.mark.parametrize("option", ["--json", None])
@pytest.mark.parametrize("words", [("check",), ("audit", "--out", "results")], ids=lambda words: words[0])
def test_elsewhere_what_was_not_looked_at_is_told_on_standard_error_too(
    command: Callable[..., Any],
    story_library: Path,
    broken: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    option: str | None,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = command(words[0], broken, *words[1:], *filter(None, [option]), library=story_library)
    assert done.err.count("not looked at: ") == 2
    assert done.err.count("piet.jpg: an empty file") == 1
    assert "piet.jpg" in done.out


def test_an_audit_tells_the_first_on_standard_error_and_where_the_others_stand(
    command: Callable[..., Any], story_library: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(25):
        (folder / f"account{number}.jpg").touch()
    done = command("audit", folder, "--out", tmp_path / "out", library=story_library)
    assert done.err.count("an empty file") == 20
    assert "not looked at: 5 more, which stand in summary.json" in done.err


def test_the_text_of_an_audit_is_the_same_on_every_terminal(
    terminal: Callable[..., Any], broken: Path, tmp_path: Path
) -> None:
    narrow = terminal(50, "audit", broken, "--out", tmp_path / "narrow").out
    wide = terminal(120, "audit", broken, "--out", tmp_path / "wide").out
    assert narrow.replace("narrow", "wide") == wide
