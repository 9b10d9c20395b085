"""The command line: parse, one call, print. Data goes to standard output, talk to standard error."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
import traceback
from contextlib import AbstractContextManager

import click

from fakeprofile import starting
from fakeprofile.cli.audit import audit
from fakeprofile.cli.avatars import avatars
from fakeprofile.cli.bench import bench
from fakeprofile.cli.cases import cases
from fakeprofile.cli.check import check
from fakeprofile.cli.compare import compare
from fakeprofile.cli.file import file
from fakeprofile.cli.match import match
from fakeprofile.cli.options import (
    INTERNAL_ERROR,
    INTERRUPTED,
    WRONG_USAGE,
    Shared,
    say,
    shared_options,
    silence,
)
from fakeprofile.cli.panels import panels
from fakeprofile.cli.references import references
from fakeprofile.cli.search import search
from fakeprofile.cli.watch import watch
from fakeprofile.errors import FakeprofileError
from fakeprofile.report.columns import at_width
from fakeprofile.version import VERSION

EPILOG = """\b
Exit codes: 0 nothing flagged, 3 flagged (check) or found (match, compare),
4 some input could not be looked at and nothing was flagged, 2 wrong usage or
input, 1 internal error, 130 interrupted.

\b
Example:
  fakeprofile references import fixtures/references
  fakeprofile check fixtures/cases/soepkieke/*.png \\
      --handle instagram:Soepkieke2020belgium --name Lars --age 11
"""
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)


class Commands(click.Group):
    """A group that ends quietly when its reader has gone (``| head``), where click would exit with 1."""

    def invoke(self, context: click.Context) -> object:
        """What the chosen command returns."""
        try:
            return super().invoke(context)
        except BrokenPipeError:
            silence(sys.stdout)
            context.exit(0)


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="fakeprofile")
@shared_options
@click.pass_context
def main(context: click.Context, shared: Shared) -> None:
    """Given the photos of an account, says whether they are somebody else's.

    Compares pictures, never faces. Nothing leaves this machine, unless an option says so.
    """
    context.obj = shared


for command in (check, audit, match, compare, panels, file, references, avatars, cases, watch, search, bench):
    main.add_command(command)


def run(arguments: list[str] | None = None) -> int:
    """The exit code of a command line; the only place that catches everything."""
    given = sys.argv[1:] if arguments is None else arguments
    verbose = "-v" in given or "--verbose" in given
    _never_fail_on_a_letter()
    os.environ.setdefault("OPENCV_FOR_THREADS_NUM", "1")
    try:
        starting.done()
        with _one_thread(), at_width(_columns()):
            code = main.main(args=given, prog_name="fakeprofile", standalone_mode=False)
        sys.stdout.flush()
        return int(code or 0)
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        return INTERRUPTED
    except click.ClickException as error:
        say(_dashed(error, given) or _shown(error))
        return error.exit_code
    except FakeprofileError as error:
        if verbose:
            say(traceback.format_exc().rstrip())
        say("fakeprofile: " + " ".join(str(error).splitlines()))
        return error.exit_code
    except BrokenPipeError:
        silence(sys.stdout)
        return 0
    except Exception as error:  # noqa: BLE001 - the last line of defence: a user gets no traceback
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            silence(sys.stdout)
            say(
                f"fakeprofile: the output cannot be written ({error.strerror}): make room, or send it elsewhere"
            )
            return WRONG_USAGE
        say(_logged(traceback.format_exc(), verbose=verbose))
        return INTERNAL_ERROR


def _one_thread() -> AbstractContextManager[object]:
    """One thread for numpy's products: they are small, and threads that wait for each other cost four times as
    much as they save. All cores are used by processes instead. (OpenCV reads its own variable.)"""
    import threadpoolctl

    limits: AbstractContextManager[object] = threadpoolctl.threadpool_limits(limits=1, user_api="blas")
    return limits


def _columns() -> int | None:
    """How wide the terminal is that the output goes to; None if it goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _never_fail_on_a_letter() -> None:
    """What a terminal has no letter for becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _dashed(error: click.ClickException, given: list[str]) -> str:
    """What to do if it is a file that was taken for an option; nothing if it is not."""
    files = [word for word in given if word.startswith("-") and word.strip("-") and os.path.lexists(word)]
    if not files or not isinstance(error, click.NoSuchOption):
        return ""
    return f"fakeprofile: {files[0]} begins with a dash, so it is taken for an option: write ./{files[0]}"


def _shown(error: click.ClickException) -> str:
    """What click says of an error."""
    text = io.StringIO()
    error.show(file=text)
    return text.getvalue().rstrip()


def _logged(trace: str, *, verbose: bool) -> str:
    """What to say of an error that nobody expected; its traceback goes to a file."""
    import platformdirs

    last = trace.strip().splitlines()[-1]
    try:
        log = platformdirs.user_log_path("fakeprofile") / "errors.log"
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        log.touch(mode=0o600)  # a traceback can hold the names of people's files
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"fakeprofile {VERSION}, Python {sys.version.split()[0]}\n{trace}\n")
        where = f"the details are in {log}"
    except (OSError, RuntimeError):
        where = "run it again with -v for the details"
    text = f"fakeprofile: something went wrong inside the program ({last}); {where}. Please report it."
    return f"{trace}\n{text}" if verbose else text


__all__ = ["main", "run"]
