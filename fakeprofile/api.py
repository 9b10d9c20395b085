"""The same as the commands, for programs: plain arguments in, records out."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from fakeprofile.audit import Along, Audited, alone
from fakeprofile.audit import audit as audit_accounts
from fakeprofile.audit.diff import changes_of
from fakeprofile.avatar.templates import TemplateFile, file_beside, read_templates
from fakeprofile.changes import Changes
from fakeprofile.check import check as check_account
from fakeprofile.dating import parse_date
from fakeprofile.enroll import Enrolled, enroll, entries_of_photos
from fakeprofile.errors import LibraryError, PhotoError, UsageError
from fakeprofile.identity import parse_handle
from fakeprofile.looks import Given, looks_at
from fakeprofile.match import compare as compare_photos
from fakeprofile.net import proxies_of
from fakeprofile.online import Surroundings, Wants, online
from fakeprofile.photo import decode, files_of, read
from fakeprofile.records import (
    Comparison,
    DateKind,
    Gap,
    Looked,
    NewSighting,
    Panel,
    Photo,
    Profile,
    Report,
)
from fakeprofile.references.library import Library
from fakeprofile.references.sources import entries_of
from fakeprofile.search.catalogue import catalogue, chosen
from fakeprofile.search.handoff import public_address
from fakeprofile.search.plan import Plan
from fakeprofile.settings import DEFAULT, Settings
from fakeprofile.tools import Search, Tools, utc_today

PathLike = str | os.PathLike[str]
STANDARD_INPUT = "-"


def open_library(path: PathLike | None = None, *, create: bool = True) -> Library:
    """The reference set in a file; use it as a context manager, or close it.

    Args:
        path: the file; without it the one in the user's data folder.
        create: make an empty one if there is none.

    Raises:
        LibraryError: the file cannot be used, or is missing and not to be made.
    """
    return Library.open(Path(path) if path is not None else default_library(), create=create)


def default_library() -> Path:
    """Where the library lies if nobody says otherwise: in the user's data folder.

    Raises:
        LibraryError: there is no such folder.
    """
    import platformdirs

    try:
        return platformdirs.user_data_path("fakeprofile") / "library.sqlite"
    except RuntimeError as error:
        raise LibraryError("this user has no home folder: say where with --library FILE") from error


def check(
    photos: Iterable[PathLike],
    *,
    library: Library,
    handle: str | None = None,
    name: str | None = None,
    age: int | None = None,
    account_id: str | None = None,
    references: PathLike | None = None,
    remember: bool = True,
    panels: Iterable[Panel] = (),
    since: str | None = None,
    search: Search | None = None,
    workers: int = 1,
    settings: Settings = DEFAULT,
    today: Callable[[], str] = utc_today,
) -> Report:
    """Where else the photos of one account stand, and what that says about its claims.

    Args:
        photos: files and folders; ``-`` is standard input. All belong to one account.
        library: what they are compared with, and where the account is remembered.
        handle: the account's name on its platform, ``instagram:name`` or ``name``.
        name: the name that it shows.
        age: the age that it claims, in years.
        account_id: its numeric id, which outlives a change of name.
        references: a folder to compare with as well, without adding it to the library.
        remember: keep the account as a case.
        panels: where in the photo pictures stand, in pixels of the upright photo; they are looked for if none
            is given. Only with a single photo.
        since: since when the account shows these photos, as far as is known: ``2026-05-01``, ``2026``.
        search: what of the public web may be used, from ``public_search``; nothing without it.
        workers: how many processes share the work, at most; see ``match``.
        settings: limits and thresholds.
        today: gives the date in UTC, ``2026-11-23``.

    Raises:
        UsageError: a claim that cannot be, or a panel outside of the photo.
        LibraryError: the library cannot be used.
    """
    photos, named = list(photos), tuple(panels)
    if named and (len(photos) != 1 or Path(photos[0]).is_dir()):
        raise UsageError("a panel is a place in one photo: name that photo alone, or leave the panel out")
    profile = profile_of(handle=handle, name=name, age=age, account_id=account_id, since=since)
    avatars = named_avatars(library)
    with lent_references(references, settings, today, workers) as (folder, gaps):
        tools = Tools(
            library=library,
            folder=folder,
            search=search,
            settings=settings,
            panels=named,
            templates=avatars.templates,
            today=today,
        )
        return check_account(
            given_photos(photos, settings),
            profile,
            tools,
            workers=workers,
            remember=remember,
            more_gaps=(*gaps, *avatars.gaps),
        )


def match(
    photos: Iterable[PathLike],
    *,
    library: Library,
    workers: int = 1,
    settings: Settings = DEFAULT,
    today: Callable[[], str] = utc_today,
) -> Iterator[Looked]:
    """What each photo matches, in input order; a photo that cannot be read is one of them, with a reason.

    Args:
        photos: files and folders; ``-`` is standard input.
        library: what they are compared with.
        workers: how many processes share the work, at most; the result is the same for any number. With more
            than one, a script must start what it does under ``if __name__ == "__main__":``, as each process
            begins by importing it (see "The spawn and forkserver start methods" of ``multiprocessing``).
        settings: limits and thresholds.
        today: gives the date in UTC, ``2026-11-23``.

    Raises:
        LibraryError: the library cannot be read.
        WorkerError: no process can be started.
    """
    templates = named_avatars(library).templates
    tools = Tools(library=library, settings=settings, templates=templates, today=today)
    for seen in looks_at(given_photos(photos, settings), tools, workers):
        yield seen.looked


def compare(
    one: PathLike, other: PathLike, *, library: Library | None = None, settings: Settings = DEFAULT
) -> Comparison:
    """Whether two photos are the same picture; the second is taken for the known one.

    Args:
        one: the possible copy.
        other: the photo that it may be a copy of.
        library: with the pictures that were named as default avatars, which beside it say nothing; nothing in it is
            compared.
        settings: limits and thresholds.

    Raises:
        PhotoError: one of them cannot be read.
    """
    templates = () if library is None else named_avatars(library).templates
    copy, known = photo_in(one, settings), photo_in(other, settings)
    return compare_photos(copy, known, settings, templates=templates)


def audit(
    sources: Iterable[PathLike],
    *,
    library: Library,
    out: PathLike,
    references: PathLike | None = None,
    search: Search | None = None,
    resume: bool = False,
    remember: bool = False,
    workers: int = 1,
    settings: Settings = DEFAULT,
    today: Callable[[], str] = utc_today,
    along: Along = alone,
) -> Audited:
    """Where else the pictures of many accounts stand, and which accounts show the same ones.

    Args:
        sources: exports, downloads, lists, folders of photos, zips: whatever tells of accounts.
        library: what they are compared with.
        out: a folder for the results; if the same audit was begun there, it goes on.
        references: a folder to compare with as well, without adding it to the library.
        search: what of the public web may be used, from ``public_search``; nothing without it.
        resume: only go on with an audit that was begun.
        remember: keep the accounts that are flagged as cases.
        workers: how many processes share the work, at most; see ``match``.
        settings: limits and thresholds.
        today: gives the date in UTC, ``2026-11-23``.
        along: looks on while it works, and may end it.

    Raises:
        UsageError: the folder cannot be used.
        SourceError: no source holds any account.
        LibraryError: the library cannot be used.
        WorkerError: no process can be started.
    """
    avatars = named_avatars(library)
    tools = Tools(library=library, search=search, settings=settings, templates=avatars.templates, today=today)
    return audit_accounts(
        [Path(source) for source in sources],
        Path(out),
        tools,
        workers=workers,
        resume=resume,
        remember=remember,
        more_gaps=avatars.gaps,
        references=None if references is None else Path(references),
        along=along,
    )


def changes(old: PathLike, new: PathLike, *, settings: Settings = DEFAULT) -> Changes:
    """What changed between two exports, lists or folders of accounts: who is new, gone, probably renamed.

    Raises:
        SourceError: one of them holds no account.
    """
    return changes_of(Path(old), Path(new), settings)


@contextlib.contextmanager
def public_search(
    *,
    results: Iterable[PathLike] = (),
    services: Iterable[str] = (),
    agreed: Callable[[Plan], bool] = lambda _: False,
    fetch: bool = False,
    archive: bool = False,
    url: str | None = None,
    max_searches: int | None = None,
    refresh: bool = False,
    all_services: bool = False,
    environment: Mapping[str, str] = MappingProxyType({}),
    keys_file: PathLike | None = None,
    answers: PathLike | None = None,
    today: Callable[[], str] = utc_today,
) -> Iterator[Search | None]:
    """What ``check`` and ``audit`` may use of the public web; None if nothing was named. Use it as a context manager.

    Args:
        results: result pages of image searches that somebody saved; nothing is sent for them.
        services: names of services to ask, as ``fakeprofile search services`` lists them; that sends them the photos.
        agreed: is given what would be sent, to whom, and what it costs, and says whether it may be. Without it
            nothing is ever sent to a service.
        fetch: fetch the pictures and pages that saved results point at.
        archive: ask the Internet Archive since when it has what was found.
        url: the public address of the photo, if there is only one.
        max_searches: how many paid questions may be asked, at most.
        refresh: ask again what was asked before.
        all_services: ask all of them, even when the cheaper ones have found enough.
        environment: where keys (``FAKEPROFILE_TINEYE_KEY``) and proxies may stand: usually ``os.environ``.
        keys_file: the file of keys, if there is one.
        answers: a folder to keep answers in, so that nothing is paid twice; not kept without it.
        today: gives the date in UTC, ``2026-11-23``.

    Raises:
        UsageError: a service that there is not, an address that is none, or a saved page that is not there.
    """
    saved = tuple(Path(path) for path in results)
    for path in saved:
        if not os.path.exists(path):  # noqa: PTH110 - it never raises
            raise UsageError(f"{path} is not there: check the spelling of the saved page")
    names = tuple(services)
    wants = Wants(
        saved=saved,
        services=chosen(names, catalogue()) if names else (),
        fetch=fetch,
        archive=archive,
        url=None if url is None else public_address(url),
        max_searches=max_searches,
        refresh=refresh,
        all_services=all_services,
    )
    around = Surroundings(
        environment=environment,
        keys_file=None if keys_file is None else Path(keys_file),
        cache_folder=None if answers is None else Path(answers),
        proxies=proxies_of(environment),
        agreed=agreed,
        today=today(),
    )
    with online(wants, around) as search:
        yield search


def add_references(
    source: PathLike,
    *,
    library: Library,
    thumbnails: bool = True,
    workers: int = 1,
    settings: Settings = DEFAULT,
    today: Callable[[], str] = utc_today,
) -> Iterator[Enrolled | Gap]:
    """What becomes of each photo or hash of a folder or list while it is added; see ``references import``.

    With more than one of the ``workers``, see ``match``.

    Raises:
        SourceError: nothing of the source can be understood.
        LibraryError: the library cannot be written.
    """
    entries = entries_of(Path(source), limits=settings.limits)
    return enroll(
        entries,
        library,
        today=today(),
        settings=settings,
        thumbnails=thumbnails,
        workers=workers,
        templates=named_avatars(library).templates,
    )


def add_photos(
    photos: Iterable[PathLike],
    sighting: NewSighting,
    *,
    library: Library,
    thumbnails: bool = True,
    workers: int = 1,
    settings: Settings = DEFAULT,
    today: Callable[[], str] = utc_today,
) -> Iterator[Enrolled | Gap]:
    """What becomes of each photo while it is added under one sighting; see ``references add``.

    With more than one of the ``workers``, see ``match``.
    """
    entries = entries_of_photos(photos, sighting, settings.limits)
    return enroll(
        entries,
        library,
        today=today(),
        settings=settings,
        thumbnails=thumbnails,
        workers=workers,
        templates=named_avatars(library).templates,
    )


def sighting_of(
    *,
    identity: str,
    handles: Iterable[str] = (),
    page: str | None = None,
    image_url: str | None = None,
    seen: str | None = None,
    note: str | None = None,
) -> NewSighting:
    """Who, where and since when, as a record.

    Raises:
        UsageError: a name, handle, address or date that is none.
    """
    if not identity.strip():
        raise UsageError("the name of the identity is empty: say whose photos these are")
    for address in (page, image_url):
        if address is not None and not address.startswith(("http://", "https://")):
            raise UsageError(f"{address!r} is not a web address: it must begin with https:// or http://")
    try:
        return NewSighting(
            identity=identity.strip(),
            handles=tuple(parse_handle(handle) for handle in handles),
            page_url=page,
            image_url=image_url,
            seen_on=parse_date(seen) if seen is not None else None,
            date_kind=DateKind.STATED if seen is not None else None,
            note=note,
        )
    except ValueError as error:
        raise UsageError(str(error)) from error


def named_avatars(library: Library) -> TemplateFile:
    """The pictures that the user has named as default avatars, and which of them cannot be used.

    They stand in a file next to that of the library; one in memory has none.
    """
    return read_templates(file_beside(library.path)) if library.on_disk else TemplateFile()


# --- what was given -----------------------------------------------------------------------


def profile_of(
    *,
    handle: str | None,
    name: str | None,
    age: int | None,
    account_id: str | None,
    since: str | None = None,
) -> Profile:
    """What an account claims, as a record.

    Raises:
        UsageError: a handle or date that is none, or an age that nobody reaches.
    """
    if age is not None and not 0 <= age <= 120:
        raise UsageError(f"the age {age} is not possible: give whole years from 0 to 120")
    if account_id is not None and not account_id.strip().isdigit():
        raise UsageError(
            f"the id {account_id!r} is not a number: platforms give every account a whole number"
        )
    try:
        parsed = parse_handle(handle) if handle is not None else None
        posted_on = parse_date(since) if since is not None else None
    except ValueError as error:
        raise UsageError(str(error)) from error
    return Profile(
        handle=parsed,
        name=(name or "").strip() or None,
        age=age,
        account_id=account_id.strip() if account_id else parsed.account_id if parsed else None,
        posted_on=posted_on,
    )


def given_photos(paths: Iterable[PathLike], settings: Settings) -> Iterator[Given]:
    """The files, those in folders, and the photo from standard input, in order, or why one is left out."""
    for path in paths:
        if os.fspath(path) == STANDARD_INPUT:
            yield _from_standard_input(settings)
        else:
            yield from files_of([Path(path)], settings.limits)


def photo_in(path: PathLike, settings: Settings) -> Photo:
    """The photo in one file.

    Raises:
        PhotoError: it cannot be read.
    """
    if os.fspath(path) == STANDARD_INPUT:
        photo = _from_standard_input(settings)
    else:
        photo = read(Path(path), limits=settings.limits, least_side=settings.decoded_side)
    if isinstance(photo, Gap):
        raise PhotoError(f"{photo.about}: {photo.reason}")
    return photo


def _from_standard_input(settings: Settings) -> Photo | Gap:
    data = sys.stdin.buffer.read(settings.limits.bytes + 1)
    return decode(data, name=STANDARD_INPUT, limits=settings.limits, least_side=settings.decoded_side)


@contextlib.contextmanager
def lent_references(
    source: PathLike | None,
    settings: Settings,
    today: Callable[[], str],
    workers: int = 1,
) -> Iterator[tuple[Library | None, tuple[Gap, ...]]]:
    """A folder of references as a library in memory that is gone afterwards, and what of it could not be read.

    Args:
        source: the folder.
        settings: limits and thresholds.
        today: gives the date in UTC.
        workers: how many processes read it, at most.
    """
    if source is None:
        yield None, ()
        return
    with Library.in_memory() as folder:
        outcomes = add_references(source, library=folder, workers=workers, settings=settings, today=today)
        yield folder, tuple(one for one in outcomes if isinstance(one, Gap))
