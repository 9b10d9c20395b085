"""The command line: parse, one call, print. Data goes to standard output, talk to standard error."""

from __future__ import annotations

import sys
import traceback

import click

from fakeprofile.cli.cases import cases
from fakeprofile.cli.check import check
from fakeprofile.cli.compare import compare
from fakeprofile.cli.match import match
from fakeprofile.cli.options import Shared, shared_options
from fakeprofile.cli.references import references
from fakeprofile.errors import FakeprofileError
from fakeprofile.version import VERSION

INTERNAL_ERROR = 1
INTERRUPTED = 130

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


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="fakeprofile")
@shared_options
@click.pass_context
def main(context: click.Context, shared: Shared) -> None:
    """Given the photos of an account, says whether they are somebody else's.

    Compares pictures, never faces. Nothing leaves this machine.
    """
    context.obj = shared


for command in (check, match, compare, references, cases):
    main.add_command(command)


def run(arguments: list[str] | None = None) -> int:
    """The exit code of a command line; the only place that catches everything."""
    verbose = "-v" in (sys.argv[1:] if arguments is None else arguments)
    try:
        code = main.main(args=arguments, prog_name="fakeprofile", standalone_mode=False)
        sys.stdout.flush()
        return int(code or 0)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except FakeprofileError as error:
        if verbose:
            traceback.print_exc()
        click.echo(f"fakeprofile: {error}", err=True)
        return error.exit_code
    except BrokenPipeError:
        # The reader has gone (``| head``): that is no error, and there is nobody to tell.
        sys.stderr.close()
        return 0
    except Exception:  # noqa: BLE001  the last line of defence: a user gets no traceback
        click.echo(_logged(traceback.format_exc(), verbose=verbose), err=True)
        return INTERNAL_ERROR


def _logged(trace: str, *, verbose: bool) -> str:
    """What to say of an error that nobody expected; its traceback goes to a file."""
    import platformdirs

    last = trace.strip().splitlines()[-1]
    try:
        log = platformdirs.user_log_path("fakeprofile") / "errors.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"fakeprofile {VERSION}, Python {sys.version.split()[0]}\n{trace}\n")
        where = f"the details are in {log}"
    except (OSError, RuntimeError):
        where = "run it again with -v for the details"
    text = f"fakeprofile: something went wrong inside the program ({last}); {where}. Please report it."
    return f"{trace}\n{text}" if verbose else text


__all__ = ["main", "run"]
