"""Result pages that a user saved -> what each of them says, with nothing fetched and nothing written.

In reading order: what a file is (``kinds``); the folder or zip that it lies in (``shelves``); the
containers (``mhtml``, ``har``); the page itself (``elements``, with ``inline`` and ``blobs``); where
links lead (``addresses``); pictures and rows (``thumbnails``, ``rows``); why there are none
(``blocked``); and the answer (``answers``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from fakeprofile.errors import SourceError
from fakeprofile.search.saved.answers import SavedPage, read_page, unread
from fakeprofile.search.saved.kinds import HEAD, Kind, kind_of
from fakeprofile.search.saved.limits import DEFAULT, SavedLimits
from fakeprofile.search.saved.shelves import FolderShelf, Shelf, ZipShelf, file_beside, zip_in
from fakeprofile.search.saved.thumbnails import LookUp

__all__ = ["DEFAULT", "SavedLimits", "SavedPage", "saved_pages"]

_PAGES = (Kind.HTML, Kind.MHTML, Kind.JSON, Kind.ZIP)
NESTED = "it is a zip in a zip in a zip, which is not opened: unpack it and give the saved pages"


def saved_pages(paths: Iterable[Path], limits: SavedLimits = DEFAULT) -> Iterator[SavedPage]:
    """What each saved page says, files first, then folders; a page that cannot be read is one with a gap.

    Args:
        paths: pages in any of the containers, and folders and zips of them. What a file is, its bytes tell.
    """
    given = [Path(path) for path in paths]
    files = [path for path in given if not _is_folder(path)]
    used: set[Path] = set()
    for path in files:
        yield from _file(path, limits, used)
    for path in given:
        # The folder that belongs to a page may be given with it: its files were looked at already.
        if path not in files and path.resolve() not in used:
            shelf = FolderShelf(path, limits)
            yield from _shelf(shelf, path.name or "the folder", limits, nested=1)


def _file(path: Path, limits: SavedLimits, used: set[Path]) -> Iterator[SavedPage]:
    try:
        real = _real(path)
        shelf = FolderShelf(real.parent, limits)
        if kind_of(shelf.head(real.name, HEAD)) is Kind.ZIP:
            yield from _zip_file(path, limits)
            return
        data = shelf.read(real.name, limits.bytes)
        read = read_page(path.name, data, _beside(shelf, real.name, limits), limits)
    except SourceError as error:
        yield unread(path.name, str(error))
        return
    used.update((real.parent / folder).resolve() for folder in read.folders)
    yield read.page


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # in a folder that may not be entered; reading it says so
        return False


def _real(path: Path) -> Path:
    """Where the file lies: a page that the user gives may be a link."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise SourceError("its name leads nowhere") from error


def _zip_file(path: Path, limits: SavedLimits) -> Iterator[SavedPage]:
    try:
        if path.stat().st_size > limits.archive_bytes:
            raise SourceError(f"it is over {limits.archive_bytes:,} bytes, the limit for a zip: unpack it")
        with path.open("rb") as file:
            yield from _shelf(ZipShelf(file, limits), path.name, limits, nested=1)
    except OSError as error:
        yield unread(path.name, f"it cannot be read: {error.strerror or 'unknown reason'}")
    except SourceError as error:
        yield unread(path.name, str(error))


def _shelf(shelf: Shelf, title: str, limits: SavedLimits, nested: int) -> Iterator[SavedPage]:
    """Every page on a shelf but those in the folders of other pages."""
    pages = 0
    claimed: set[str] = set()
    for name in shelf.names():
        if any(name.startswith(f"{folder}/") for folder in claimed):
            continue
        for page, folders in _on_shelf(shelf, name, f"{title}/{name}", limits, nested):
            pages += 1
            above = name.rpartition("/")[0]
            claimed.update(f"{above}/{folder}" if above else folder for folder in folders)
            yield page
    for name, reason in shelf.refused:
        yield unread(f"{title}/{name}" if name else title, reason)
    if not pages and not shelf.refused:
        yield unread(
            title, "no saved result page is in it: give the page itself, not only the folder of its pictures"
        )


def _on_shelf(
    shelf: Shelf, name: str, title: str, limits: SavedLimits, nested: int
) -> Iterator[tuple[SavedPage, frozenset[str]]]:
    """The pages in one file of a shelf; none if it is no page."""
    try:
        kind = kind_of(shelf.head(name, HEAD))
        if kind not in _PAGES:
            return
        data = shelf.read(name, limits.bytes)
        if kind is Kind.ZIP:
            if not nested:
                raise SourceError(NESTED)
            inner = _shelf(zip_in(data, limits), title, limits, nested - 1)
            yield from ((page, frozenset()) for page in inner)
            return
        read = read_page(title, data, _beside(shelf, name, limits), limits)
    except SourceError as error:
        yield unread(title, str(error)), frozenset()
        return
    yield read.page, read.folders


def _beside(shelf: Shelf, page: str, limits: SavedLimits) -> LookUp:
    def look_up(reference: str) -> bytes | None:
        name = file_beside(page, reference)
        if name is None:
            return None
        try:
            return shelf.read(name, limits.picture_bytes)
        except SourceError:
            return None

    return look_up
