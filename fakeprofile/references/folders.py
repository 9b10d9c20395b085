"""Folders of photos: each sub-folder is one identity, and may hold an ``identity.toml`` about it.

A folder that holds nothing but loose photos names nobody. They are imported with their owner unknown
and the name of the file as note: that accuses nobody, and the next account that shows one of them is
still found. Beside sub-folders a loose photo is told instead and left out: there it probably belongs
to one of the people, and was put in the wrong place.

Nothing may be stored under a name that is not the person's, and nothing may be lost unseen. So
what cannot be understood in ``identity.toml`` costs that value alone and is told, except where
the name itself is in doubt: then none of the photos is imported and the gap says so. The name of
the folder would be the wrong one, or the file would not have been written; a photo that is left
out can be imported when the file is put right, but a photo under a wrong name accuses somebody.
"""

from __future__ import annotations

import difflib
import os
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath

from fakeprofile.dating import parse_date
from fakeprofile.errors import SourceError
from fakeprofile.records import DateKind, Entry, Gap, NewSighting
from fakeprofile.references.cells import Reading, web_address
from fakeprofile.references.hashlists import clean, gap, shortened
from fakeprofile.settings import Limits

CARD = "identity.toml"
_CARD_BYTES = 1_000_000
_SIDECARS = (".json", ".txt", ".toml", ".md", ".csv", ".xz")
"""Endings of what download tools put beside photos."""
_MEANT_AS_NAME = ("name", "identity", "person")
_NO_FILE = "is a link to a folder or to nothing, or no ordinary file"
_NOT_PHOTOS = ("thumbs.db", "desktop.ini", "__macosx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What an ``identity.toml`` says: about the identity, and about single photos by their path."""

    identity: NewSighting
    photos: Mapping[str, NewSighting] = field(default_factory=dict)


def folder_entries(source: Path, limits: Limits) -> Iterator[Entry | Gap]:
    """Every photo in the sub-folders, under the identity of its topmost sub-folder.

    A folder with a card is itself one identity. If there is neither a card nor a sub-folder that
    holds photos (or could: a link, one that cannot be read), the photos in the folder itself come
    with ``identity=None`` and the name of the file as ``note``; otherwise they are gaps.

    Raises:
        SourceError: the folder cannot be read, or there is nothing in it; at once.
    """
    inside = _inside(source)
    if not inside:
        raise SourceError(f"{clean(str(source))} holds no photos and no sub-folders with photos")
    if _has_card(inside):
        return _identity_entries(source, limits)
    return _source_entries(source, inside, limits)


def count_pictures(source: Path) -> int:
    """How many photos ``folder_entries`` would give, found without opening any."""
    inside = _inside(source)
    if _has_card(inside):
        return sum(isinstance(item, Path) for item in _walk(source))
    if _only_loose(inside):
        return sum(map(_is_file, inside))
    folders = [Path(item.path) for item in inside if _is_folder(item) and not item.is_symlink()]
    return sum(isinstance(item, Path) for folder in folders for item in _walk(folder))


def _inside(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in the folder, by name; without hidden things and sidecars, but with the card.

    Raises:
        SourceError: it cannot be read.
    """
    try:
        with os.scandir(folder) as found:
            return sorted((item for item in found if _counts(item)), key=lambda item: item.name)
    except OSError as error:
        raise SourceError(f"{clean(str(folder))} cannot be read: {error.strerror}") from error


def _counts(item: os.DirEntry[str]) -> bool:
    """Whether it can be a photo, a folder of photos, or the card of an identity."""
    name = item.name.casefold()
    if name.startswith(".") or name in _NOT_PHOTOS:
        return False
    return name == CARD or not name.endswith(_SIDECARS) or _is_folder(item)


def _is_folder(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_dir()
    except OSError:
        return False


def _is_file(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_file()
    except OSError:
        return False


def _has_card(inside: list[os.DirEntry[str]]) -> bool:
    return any(item.name.casefold() == CARD for item in inside)


def _only_loose(inside: list[os.DirEntry[str]]) -> bool:
    """Whether no sub-folder holds photos, or could: links are not followed, and some cannot be read."""
    folders = [item for item in inside if _is_folder(item)]
    return not any(item.is_symlink() or any(True for _ in _walk(Path(item.path))) for item in folders)


def _source_entries(source: Path, inside: list[os.DirEntry[str]], limits: Limits) -> Iterator[Entry | Gap]:
    only_loose, taken = _only_loose(inside), 0
    for item in inside:
        if _is_folder(item) and item.is_symlink():
            yield gap(clean(item.path), "is a link to a folder: import that folder itself")
        elif _is_folder(item):
            yield from _identity_entries(Path(item.path), limits)
        elif not only_loose:
            yield gap(
                clean(item.path),
                "lies outside any identity's folder: put it in a sub-folder named after the person",
            )
        elif not _is_file(item):
            yield gap(clean(item.path), _NO_FILE)
        elif taken == limits.files:
            yield gap(clean(str(source)), _too_many(limits))
            return
        else:
            taken += 1
            yield Entry(about=clean(item.path), sighting=NewSighting(note=clean(item.name)), path=item.path)


def _too_many(limits: Limits) -> str:
    return f"more than {limits.files:,} files: the rest was left out: split it"


# --- one identity -------------------------------------------------------------------------


def _identity_entries(folder: Path, limits: Limits) -> Iterator[Entry | Gap]:
    """The photos of one identity's folder, and gaps for what is wrong there."""
    card, gaps = _card_of(folder)
    yield from gaps
    if card is None:
        return
    photos, cut = set[str](), False
    for item in _walk(folder):
        if isinstance(item, Gap):
            yield item
        elif cut := len(photos) >= limits.files:
            yield gap(clean(str(folder)), _too_many(limits))
            break
        else:
            place = _place(item.relative_to(folder).as_posix())
            photos.add(place)
            yield Entry(
                about=clean(str(item)), sighting=card.photos.get(place, card.identity), path=str(item)
            )
    if not photos:
        yield gap(clean(str(folder)), "holds no photos")
    for place in sorted(card.photos.keys() - photos) if not cut else ():
        yield gap(clean(str(folder / CARD)), f"names {shortened(place)}, which is no photo in the folder")


def _place(path: str) -> str:
    """The path of a photo inside its folder, written one way only (a Mac writes accents apart)."""
    return unicodedata.normalize("NFC", PurePosixPath(path).as_posix())


def _walk(folder: Path) -> Iterator[Path | Gap]:
    """All files of the folder and the folders in it that can be photos, by name, level by level."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            inside = _inside(here)
        except SourceError as error:
            yield gap(clean(str(here)), str(error))
            continue
        if here != folder and _has_card(inside):
            yield gap(clean(str(here)), f"has its own {CARD} inside another identity's folder: move it up")
            continue
        folders = []
        for item in inside:
            if item.name.casefold() == CARD:
                continue
            if _is_folder(item) and not item.is_symlink():
                folders.append(Path(item.path))
            elif _is_file(item):
                yield Path(item.path)
            else:
                yield gap(clean(item.path), _NO_FILE)
        waiting += reversed(folders)


# --- identity.toml ------------------------------------------------------------------------


def _card_of(folder: Path) -> tuple[Card | None, list[Gap]]:
    """What is known about the folder's identity, and gaps; no card if the name is in doubt."""
    own_name = clean(folder.name or folder.resolve().name)
    try:
        path = next((Path(item.path) for item in _inside(folder) if item.name.casefold() == CARD), None)
        values = _toml(path) if path else {}
        name = _name_in(values) or own_name
        if not name:
            raise ValueError("the folder's name cannot be read as a name")
    except (ValueError, SourceError) as error:
        reason = f"{error}. As the name is in doubt, no photo of the folder was imported"
        return None, [gap(clean(str(folder / CARD)), reason)]
    reading = Reading(clean(str(path or folder)))
    return _card(values, name, reading), reading.gaps


def _toml(path: Path) -> dict[str, object]:
    """What stands in the file.

    Raises:
        ValueError: it cannot be read as TOML.
    """
    if not path.is_file():
        raise ValueError("is no ordinary file")
    try:
        with path.open("rb") as file:
            content = file.read(_CARD_BYTES + 1)
        if len(content) > _CARD_BYTES:
            raise ValueError(f"is larger than {_CARD_BYTES:,} bytes")
        return tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        raise ValueError(f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValueError("is not UTF-8: save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ValueError(f"is no TOML: {shortened(str(error))}") from error


def _name_in(values: Mapping[str, object]) -> str | None:
    """The name that the file gives; None if it clearly gives none.

    Raises:
        ValueError: it gives one that is not text, or under a key that may be ``name`` misspelt.
    """
    if "name" in values:
        name = values["name"]
        if not isinstance(name, str) or not clean(name):
            raise ValueError('"name" is not text')
        return clean(name)
    for key in sorted(values.keys() - {"handles", "pages", "note", "photos"}):
        if "name" in key.casefold() or difflib.get_close_matches(key.casefold(), _MEANT_AS_NAME):
            raise ValueError(f'has the key "{shortened(key)}"; the key for the name is "name"')
    return None


def _card(values: Mapping[str, object], name: str, reading: Reading) -> Card:
    """The card under this name; wrong values become gaps of ``reading``."""
    _tell_unknown(values, ("name", "handles", "pages", "note", "photos"), "", reading)
    identity = NewSighting(
        identity=name,
        handles=reading.handles(_texts(values, "handles", reading)),
        pages=reading.pages(_texts(values, "pages", reading), "pages"),
        identity_note=clean(_text(values, "note", "", reading)) or None,
    )
    photos = values.get("photos", {})
    if not isinstance(photos, dict):
        _tell_type("photos", "a table for each photo", reading)
        photos = {}
    known = {_place(key): _photo(key, value, identity, reading) for key, value in photos.items()}
    return Card(identity=identity, photos=known)


def _photo(key: str, values: object, identity: NewSighting, reading: Reading) -> NewSighting:
    """What the card says about one photo."""
    where = f'photos."{shortened(key)}"'
    if not isinstance(values, dict):
        _tell_type(where, "a table", reading)
        return identity
    _tell_unknown(values, ("page", "image_url", "seen", "note"), f"{where}.", reading)
    seen_on = reading.take(parse_date, _text(values, "seen", where, reading), f"{where}.seen")
    return replace(
        identity,
        page_url=reading.take(web_address, _text(values, "page", where, reading), f"{where}.page"),
        image_url=reading.take(web_address, _text(values, "image_url", where, reading), f"{where}.image_url"),
        seen_on=seen_on,
        date_kind=DateKind.STATED if seen_on else None,
        note=clean(_text(values, "note", where, reading)) or None,
    )


def _text(values: Mapping[str, object], key: str, where: str, reading: Reading) -> str:
    """The text under a key, or nothing; a date or year that stands without quotes is text too."""
    value = values.get(key, "")
    if key == "seen" and isinstance(value, date | int) and not isinstance(value, bool):
        return value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, str):
        return value
    _tell_type(f"{where}.{key}" if where else key, "text", reading)
    return ""


def _texts(values: Mapping[str, object], key: str, reading: Reading) -> list[str]:
    """The texts in the list under a key."""
    value = values.get(key, [])
    if isinstance(value, list) and all(isinstance(text, str) for text in value):
        return value
    _tell_type(key, "a list of texts", reading)
    return []


def _tell_type(key: str, needed: str, reading: Reading) -> None:
    reading.gaps.append(gap(reading.about, f"{key}: is not {needed}"))


def _tell_unknown(values: Mapping[str, object], known: tuple[str, ...], where: str, reading: Reading) -> None:
    for key in sorted(values.keys() - {*known}):
        reading.gaps.append(gap(reading.about, f"{where}{shortened(key)}: is no key that is known here"))
