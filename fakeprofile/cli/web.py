"""What the commands share that may look at the public web: their options, and the question before anything is sent."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from fakeprofile.archive import TERMS as ARCHIVE
from fakeprofile.cli.options import say
from fakeprofile.cli.progress import Stop
from fakeprofile.errors import UsageError
from fakeprofile.net import proxies_of
from fakeprofile.online import Surroundings, Wants, online
from fakeprofile.records import Facts, Outcome
from fakeprofile.report.lines import count, plain, wrapped
from fakeprofile.search.catalogue import catalogue, chosen
from fakeprofile.search.handoff import public_address
from fakeprofile.search.plan import Plan, Step
from fakeprofile.search.service import Price
from fakeprofile.tools import Search, utc_today

Command = TypeVar("Command", bound=Callable[..., Any])

NO_TERMINAL = "pictures would be sent to {services}, and nobody can be asked, as there is no terminal: give --yes if that is wanted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """The options about the public web, as they were given."""

    saved: tuple[Path, ...] = ()
    services: tuple[str, ...] = ()
    fetch: bool = False
    archive: bool = False
    url: str | None = None
    max_searches: int | None = None
    refresh: bool = False
    all_services: bool = False
    yes: bool = False

    def opened(self, stop: Stop | None = None) -> AbstractContextManager[Search | None]:
        """What a check may use of the web.

        Args:
            stop: what a Ctrl-C at the question whether to send is noted in, so that the work goes on to its results;
                without it the command ends.

        Raises:
            UsageError: options that do not go together, or a service that there is not.
        """
        self._check()
        wants = Wants(
            saved=self.saved,
            services=chosen(self.services, catalogue()) if self.services else (),
            fetch=self.fetch,
            archive=self.archive,
            url=public_address(self.url) if self.url is not None else None,
            max_searches=self.max_searches,
            refresh=self.refresh,
            all_services=self.all_services,
        )
        return self._told(wants, stop)

    @contextlib.contextmanager
    def _told(self, wants: Wants, stop: Stop | None) -> Iterator[Search | None]:
        if wants.archive and not wants.nothing:
            for line in wrapped(f"{ARCHIVE.title}: sends {ARCHIVE.sends}; {ARCHIVE.keeps}", 4, ""):
                say(line)
        with online(wants, surroundings(functools.partial(agreed, yes=self.yes, stop=stop))) as search:
            yield search

    def _check(self) -> None:
        missing = [path for path in self.saved if not os.path.exists(path)]  # noqa: PTH110 - it never raises
        if missing:
            raise UsageError(
                f"{plain(os.fspath(missing[0]))} is not there: check the spelling of the saved page"
            )
        alone = {"--fetch": self.fetch, "--archive": self.archive}
        for option, given in alone.items():
            if given and not (self.saved or self.services):
                raise UsageError(f"{option} looks up what a search found: give --results or --search with it")
        asking = {
            "--url": self.url is not None,
            "--max-searches": self.max_searches is not None,
            "--refresh": self.refresh,
            "--all-services": self.all_services,
        }
        for option, given in asking.items():
            if given and not self.services:
                raise UsageError(f"{option} is about asking services: give --search with it")


def web_options(*, without: tuple[str, ...] = ()) -> Callable[[Command], Command]:
    """Adds the options about the public web; the command gets them as ``web``.

    Args:
        without: names of fields of ``Web`` whose options the command does not have.
    """
    offered = {name: option for name, option in _OPTIONS.items() if name not in without}

    def added(command: Command) -> Command:
        @functools.wraps(command)
        def wrapper(*args: Any, **more: Any) -> Any:
            fields = {name: more.pop(name) for name in offered}
            return command(*args, web=Web(**fields), **more)

        whole: Callable[..., Any] = wrapper
        for option in reversed(offered.values()):
            whole = option(whole)
        return whole  # type: ignore[return-value]  # functools.wraps keeps the shape

    return added


def _names(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:  # noqa: ARG001
    return tuple(part for part in (value or "").replace(",", " ").split() if part)


_OPTIONS: dict[str, Callable[[Callable[..., Any]], Callable[..., Any]]] = {
    "saved": click.option(
        "--results",
        "saved",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="SAVED",
        help="A result page of an image search that you saved (HTML, MHTML, HAR, a folder or zip of them); may be "
        "repeated. Nothing is sent.",
    ),
    "services": click.option(
        "--search",
        "services",
        callback=_names,
        metavar="SERVICE,…",
        help="Ask these services, which sends them the photos: `fakeprofile search services` lists them.",
    ),
    "fetch": click.option(
        "--fetch", is_flag=True, help="Fetch the pictures and pages that saved results point at."
    ),
    "archive": click.option(
        "--archive",
        is_flag=True,
        help="Ask the Internet Archive since when it has what was found; it gets the addresses, no picture.",
    ),
    "url": click.option(
        "--url", metavar="ADDRESS", help="The public address of the photo, for services that take only that."
    ),
    "max_searches": click.option(
        "--max-searches", type=click.IntRange(min=0), metavar="N", help="Ask at most so many paid questions."
    ),
    "refresh": click.option(
        "--refresh", is_flag=True, help="Ask again what was asked before, instead of using the kept answer."
    ),
    "all_services": click.option(
        "--all-services", is_flag=True, help="Ask all of them, even when the cheaper ones have found enough."
    ),
    "yes": click.option("--yes", is_flag=True, help="Send without asking first, for scripts."),
}
"""By the field of ``Web`` that they fill, in the order of the help."""


def surroundings(agree: Callable[[Plan], bool]) -> Surroundings:
    """What this machine and user have: keys, the folder of kept answers, proxies."""
    import platformdirs

    try:
        keys, cache = keys_file(), platformdirs.user_cache_path("fakeprofile") / "answers"
    except RuntimeError:  # a user without a home folder
        keys, cache = None, None
    return Surroundings(
        environment=os.environ,
        keys_file=keys,
        cache_folder=cache,
        proxies=proxies_of(os.environ),
        agreed=agree,
        today=utc_today(),
    )


def keys_file() -> Path:
    """Where the keys of services are kept.

    Raises:
        RuntimeError: this user has no home folder.
    """
    import platformdirs

    return platformdirs.user_config_path("fakeprofile") / "keys.toml"


def not_all_seen(facts: Facts) -> bool:
    """Whether a saved page could not be read, no service gave an answer, or none of their rows could be looked at."""
    if facts.leads and all(lead.outcome is Outcome.NOT_SEEN for lead in facts.leads):
        return True
    pages = [one for one in facts.searches if not one.photo]
    services = [one for one in facts.searches if one.photo]
    silent = bool(services) and not any(one.answered for one in services)
    return silent or not all(one.answered for one in pages)


def agreed(plan: Plan, *, yes: bool, stop: Stop | None = None) -> bool:
    """Whether the user agrees to what would be sent, after having been told.

    Raises:
        UsageError: nobody can be asked.
    """
    for line in plan_lines(plan):
        say(line)
    if yes:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        services = ", ".join(step.terms.title for step in plan.steps if step.questions)
        raise UsageError(NO_TERMINAL.format(services=services))
    with stop.at_once() if stop is not None else contextlib.nullcontext():
        return click.confirm("Send that?", default=False, err=True)
    return False


def plan_lines(plan: Plan) -> Iterator[str]:
    """What would be sent to whom, what they do with it, and what it costs, in lines of limited width."""
    yield "This would leave your machine:"
    for step in plan.steps:
        if step.questions:
            yield from wrapped(plain(_step_line(step)), 4, "  ")
    yield from wrapped(
        "The cheapest is asked first, and no more once enough is found, unless --all-services is given.",
        4,
        "  ",
    )
    most = count(plan.searches, "search", "searches")
    yield from wrapped(
        f"At most {most} would be paid for or counted. What they point at is fetched.", 4, "  "
    )


def _step_line(step: Step) -> str:
    terms = step.terms
    kept = f" ({count(len(step.kept), 'answer')} kept from before)" if step.kept else ""
    price = terms.price_note if terms.price is Price.UNKNOWN else f"{terms.price}; {terms.price_note}"
    return (
        f"{terms.title}: {count(len(step.questions), 'photo')}{kept}; sends {terms.sends}. "
        f"What it does with it: {terms.keeps} Price: {price}"
    )
