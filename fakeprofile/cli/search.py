"""``fakeprofile search``: public image search, by hand or by services with a key."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from fakeprofile import api
from fakeprofile.cli.handoff import page_lines
from fakeprofile.cli.options import FLAGGED, NOT_ALL_SEEN, example, say, tell_gaps
from fakeprofile.cli.web import Web, keys_file, not_all_seen, surroundings, web_options
from fakeprofile.errors import UsageError
from fakeprofile.net import HttpWire, Wire
from fakeprofile.online import Surroundings, keys_of
from fakeprofile.records import Gap, Report
from fakeprofile.references.library import Library
from fakeprofile.report.document import report_to_json
from fakeprofile.report.lines import plain, wrapped
from fakeprofile.report.search import search_text
from fakeprofile.search.catalogue import Listed, catalogue, chosen
from fakeprofile.search.exchange import missing_keys
from fakeprofile.search.handoff import DEFAULT, ENGINES, pages
from fakeprofile.search.keys import remove_key
from fakeprofile.search.keys import set_keys as keep_keys
from fakeprofile.search.service import Quota
from fakeprofile.tools import Search

GIVEN = ("photo",)
PAGES = (".html", ".htm", ".mhtml", ".mht", ".har", ".zip")
"""How files end that are no photo, when somebody named them in the wrong order."""

NOTHING_MORE = click.argument("more", nargs=-1, metavar="")
"""Takes what is too much, which may be a key: click would show it in its error."""


@click.group(
    epilog=example(
        "search open fixtures/cases/lars/1-stage.jpg --print",
        "search import \\\n      fixtures/cases/lars/1-stage.jpg fixtures/saved/yandex.html",
    )
)
def search() -> None:
    """Look for photos on the public web.

    Without a key: `search open` opens the engines' own pages in your browser, and `search import` reads the result
    pages that you save there. With a key: `search ask`, or `check --search`.
    """


@search.command(
    "open",
    epilog="""\b
Example:
  fakeprofile search open screenshot.png --engine google,yandex
""",
)
@click.argument("photo", type=click.Path(path_type=Path))
@click.option(
    "--url", metavar="ADDRESS", help="The photo's own public address, if it has one: then nobody uploads it."
)
@click.option(
    "--engine",
    "engines",
    default=",".join(DEFAULT),
    show_default=True,
    metavar="NAME,…",
    help=f"Which engines: {', '.join(engine.name for engine in ENGINES)}.",
)
@click.option("--print", "only_print", is_flag=True, help="Print the addresses, and open nothing.")
def open_pages(photo: Path, url: str | None, engines: str, only_print: bool) -> None:
    """Open the engines' own search pages in your browser.

    This program sends nothing: you upload PHOTO there, or the engine fetches --url.
    """
    if not photo.is_file():
        raise UsageError(f"{plain(str(photo))} is no file: name the photo that you want to look for")
    names = tuple(part for part in engines.replace(",", " ").split() if part)
    if not names:
        raise UsageError(f"no engine was named; there are {', '.join(engine.name for engine in ENGINES)}")
    found = pages(names, url)
    for line in page_lines(found, str(photo)):
        click.echo(line)
    if not only_print:
        for page in found:
            if not webbrowser.open(page.address):
                say(f"{page.title} could not be opened in a browser: copy its address from above")


@search.command(
    "import",
    epilog="""\b
Example:
  fakeprofile search import screenshot.png "Yandex Images.html" tineye.har
""",
)
@click.argument("photo", type=click.Path(path_type=Path))
@click.argument("saved", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--fetch", is_flag=True, help="Fetch the pictures and pages that they point at.")
@click.option("--archive", is_flag=True, help="Ask the Internet Archive since when it has what was found.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def import_saved(
    context: click.Context, photo: Path, saved: tuple[Path, ...], fetch: bool, archive: bool, as_json: bool
) -> None:
    """Say which rows of saved result pages show the same picture as PHOTO.

    SAVED is a result page of any engine: a complete web page with its folder, a single HTML file, MHTML, HAR, or a
    folder or zip of those. Nothing is sent, unless --fetch or --archive say so.
    """
    if photo.suffix.lower() in PAGES:
        raise UsageError(
            f"{plain(os.fspath(photo))} is a saved page, as it seems: name the photo first, then the pages"
        )
    with Web(saved=saved, fetch=fetch, archive=archive).opened() as opened:
        _tell(context, _searched(photo, opened), as_json=as_json)


@search.command(
    "ask",
    epilog="""\b
Example:
  fakeprofile search ask screenshot.png --service tineye,google
""",
)
@click.argument("photo", type=click.Path(path_type=Path))
@click.option(
    "--service", "wanted", required=True, metavar="NAME,…", help="Which services, see `search services`."
)
@web_options(without=("saved", "services"))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def ask(context: click.Context, photo: Path, wanted: str, web: Web, as_json: bool) -> None:
    """Ask services with a key where PHOTO stands, and say what of it is the same picture."""
    services = tuple(wanted.replace(",", " ").split())
    if not services:
        raise UsageError("no service was named: `fakeprofile search services` lists them")
    with replace(web, services=services).opened() as opened:
        _tell(context, _searched(photo, opened), as_json=as_json)


@search.command("services", epilog=example("search services --offline"))
@click.option("--offline", is_flag=True, help="Do not ask the services how many searches are left.")
def services(offline: bool) -> None:
    """List the services: ready or what is missing, searches left, price, what is sent and kept."""
    around = surroundings(lambda _: False)
    with HttpWire(proxies=around.proxies) as wire:
        for listed in catalogue():
            for line in _service_lines(listed, around, None if offline else wire):
                click.echo(line)


@search.group("keys", epilog=example("search keys set tineye", "search keys remove tineye"))
def keys() -> None:
    """Keep the keys of services in a file that only you can read."""


@keys.command("set", epilog=example("search keys set tineye"))
@click.argument("service")
@NOTHING_MORE
def set_keys(service: str, more: tuple[str, ...]) -> None:
    """Ask for the keys of SERVICE on the terminal, and keep them.

    They can also stand in the environment, which comes first: FAKEPROFILE_TINEYE_KEY and so on.
    """
    _refuse(more)
    one = chosen((service,), catalogue())[0]
    if one.service is None:
        raise UsageError(f"{service} cannot be used: {one.reason}")
    if not sys.stdin.isatty():
        raise UsageError(
            "keys are typed in on a terminal, and there is none: put them into the environment instead, "
            + " and ".join(f"FAKEPROFILE_{name}" for name in one.service.terms.keys)
        )
    # All are asked for before any is kept: Ctrl-C keeps none.
    typed = {
        name: click.prompt(f"{name} of {one.service.terms.title}", hide_input=True, err=True)
        for name in one.service.terms.keys
    }
    keep_keys(_keys_file(), typed)
    say(f"kept in {_keys_file()}, which only you can read")


@keys.command("remove", epilog=example("search keys remove tineye"))
@click.argument("service")
@NOTHING_MORE
def remove_keys(service: str, more: tuple[str, ...]) -> None:
    """Remove the keys of SERVICE from the file."""
    _refuse(more)
    one = chosen((service,), catalogue())[0]
    names = one.service.terms.keys if one.service else ()
    removed = [name for name in names if remove_key(_keys_file(), name)]
    say(f"removed: {', '.join(removed)}" if removed else f"no key of {service} was kept")


# --- parts --------------------------------------------------------------------------------


def _refuse(more: tuple[str, ...]) -> None:
    """Refuses a key that was given as an argument, without showing it."""
    if more:
        raise UsageError(
            "name one service only: its keys are typed in when `fakeprofile search keys set SERVICE` asks for them, "
            "never given as an argument, which others could read"
        )


def _keys_file() -> Path:
    try:
        return keys_file()
    except RuntimeError as error:
        raise UsageError(
            "this user has no home folder to keep keys in: put them into the environment"
        ) from error


def _searched(photo: Path, opened: Search | None) -> Report:
    if not photo.is_file():
        raise UsageError(f"{plain(os.fspath(photo))} is no file: name the photo that is to be looked for")
    with Library.in_memory() as nothing:
        return api.check([photo], library=nothing, remember=False, search=opened)


def _tell(context: click.Context, report: Report, *, as_json: bool) -> None:
    unseen = [gap for gap in report.facts.gaps if gap.step in GIVEN]
    tell_gaps(unseen, reported=not as_json)
    click.echo(report_to_json(report) if as_json else search_text(report), nl=as_json)
    if any(match.proven for looked in report.facts.looked for match in looked.matches):
        context.exit(FLAGGED)
    if unseen or not_all_seen(report.facts) or not report.facts.searches:
        context.exit(NOT_ALL_SEEN)


def _service_lines(listed: Listed, around: Surroundings, wire: Wire | None) -> Iterator[str]:
    if listed.service is None:
        yield from _lines(f"{listed.name} (from {listed.origin}): cannot be used: {listed.reason}", "")
        yield ""
        return
    terms, ring = listed.service.terms, keys_of([listed], around)
    lacks = missing_keys(terms, ring.of(terms.keys))
    origin = "" if listed.origin == "fakeprofile" else f", from {listed.origin}"
    yield from _lines(f"{terms.name}: {terms.title}{origin}", "")
    yield from _lines(f"{lacks or 'ready'}")
    for gap in ring.gaps:
        yield from _lines(f"{gap.about}: {gap.reason}")
    if not lacks and wire is not None:
        yield from _lines(f"searches left: {_left(listed.service.quota(wire, ring.of(terms.keys)))}")
    yield from _lines(f"price: {terms.price}; {terms.price_note}")
    yield from _lines(f"sends {terms.sends}. {terms.keeps}")
    yield from _lines(f"dates: {'some' if terms.gives_dates else 'none'}")
    yield ""


def _lines(text: str, indent: str = "  ") -> list[str]:
    return wrapped(plain(text), 4, indent)


def _left(quota: Quota | Gap | None) -> str:
    if quota is None:
        return "the service does not tell"
    if isinstance(quota, Gap):
        return f"not known: {quota.reason}"
    until = f", until {quota.until}" if quota.until else ""
    number = f"{quota.left:,}" if quota.left is not None else "not told"
    return f"{number}{until}{f' ({quota.note})' if quota.note else ''}"
