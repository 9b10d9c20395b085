"""The reader of folders of photos: the name of a file or sub-folder is the handle, a list beside them says more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from fakeprofile.accounts.handles import PLATFORMS, handle_of
from fakeprofile.accounts.names import entry_gap, is_picture, shown
from fakeprofile.accounts.reader import LIKELY, NOT_MINE, POSSIBLE
from fakeprofile.accounts.table import accounts_of_list, list_files
from fakeprofile.accounts.tables import looks_like_list, ties_in
from fakeprofile.accounts.tree import Tree
from fakeprofile.identity import platform_of
from fakeprofile.identity.handles import word_set
from fakeprofile.records import Account, Gap, Handle, PhotoFile, PhotoUse, Tie

_MOST_LISTS = 20
_SHELVES = word_set(
    "photos photo pictures picture pics pic images image img avatars avatar profiles profile_pics profile_pictures "
    "profile_photos fotos foto foto's afbeeldingen plaatjes profielfotos profielfoto's followers following volgers "
    "volgend accounts export exports download downloads media files bestanden screenshots schermafbeeldingen"
)
"""Folders that are called after what is in them, and not after an account."""
_LOOKALIKES = str.maketrans({"\u2215": "/", "\u2024": ".", "\uff1a": ":"})
"""What Instaloader writes on Windows for characters that no file name can have there."""

_AVATAR_ENDING = re.compile(
    r"[_ -](profile[_ -]?(pic|picture|photo|image)|profielfoto|pfp|avatar)$", re.IGNORECASE
)
_SURE_ENDING = re.compile(r"_profile_pic$", re.IGNORECASE)
"""What Instaloader and its like put behind a name; the others could be a part of it."""
_MONITOR = re.compile(
    r"instagram_(?P<user>.+)_profile_pic(_(?P<date>[0-9]{6})_[0-9]{4}|_old|_tmp)?", re.IGNORECASE
)
"""What instagram_monitor calls a picture; its time is that of the machine, so only the day counts."""
_COPY = re.compile(r" ?\([0-9]{1,3}\)$| - (copy|kopie)$", re.IGNORECASE)
_CAMERA = re.compile(
    r"(img|dsc[fn]?|dcim|pxl|vid|mvimg|pict?|photo|foto|image|picture|afbeelding|screenshot|schermafbeelding|"
    r"screen shot|whatsapp image|received|fb_img|snapchat|signal|untitled|naamloos|unnamed|download|scan)"
    r"[-_ ]*[0-9][-_ 0-9a-z.]*|[-_ 0-9.]*(utc)?[-_ 0-9.]*|img|image|photo|foto|untitled|download|unnamed",
    re.IGNORECASE,
)
"""Names that cameras, phones and browsers give to pictures; as digits alone also ids, which name nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A picture and the account that its place in the folder names."""

    file: str
    handle: Handle
    use: PhotoUse
    on: str | None
    in_folder: bool = False
    """Whether it is the folder that is called after the account."""


class FolderReader:
    """Photos whose file or folder is called like the account."""

    name = "a folder of photos named after the accounts"

    def fits(self, tree: Tree) -> int:
        """``POSSIBLE`` for pictures, ``LIKELY`` if a list of accounts lies beside them."""
        if not any(is_picture(file.name) for file in tree.files):
            return NOT_MINE
        return LIKELY if _lists(tree) else POSSIBLE

    def read(self, tree: Tree) -> Iterator[Account | Gap]:
        """The accounts of the lists with their photos, then those that only photos tell of."""
        platforms: defaultdict[str, set[str | None]] = defaultdict(set)
        taken: set[tuple[str, str | None]] = set()
        shelves: set[str] = set()
        for name in _lists(tree):
            for item in accounts_of_list(tree, name, headed=not _says_whose(name)):
                if isinstance(item, Account):
                    platforms[item.handle.name.casefold()].add(item.handle.platform)
                    taken.update(map(_place_of, item.photos))
                    shelves.update(
                        _shelf_of(photo) for photo in item.photos if not _is_own(photo, item.handle)
                    )
                yield item
        for found in _named(tree):
            if isinstance(found, Gap):
                yield found
                continue
            photo = tree.photo(found.file, found.use, found.on)
            if _place_of(photo) in taken:
                continue
            if found.in_folder and _shelf_of(photo) in shelves:
                reason = "lies among photos that a list names, and no line of it names this one: add it there"
                yield entry_gap(tree.about(found.file), reason)
            else:
                yield _account(found, photo, platforms[found.handle.name.casefold()], tree)


def _place_of(photo: PhotoFile) -> tuple[str, str | None]:
    return photo.path, photo.member


def _shelf_of(photo: PhotoFile) -> str:
    """The folder that a photo lies in, in the zip if it is in one."""
    whole = PurePosixPath(Path(photo.path).as_posix())
    return str((whole / photo.member if photo.member else whole).parent)


def _is_own(photo: PhotoFile, handle: Handle) -> bool:
    """Whether the photo lies in a folder that is called after the account."""
    return PurePosixPath(_shelf_of(photo)).name.casefold().removeprefix("@") == handle.name.casefold()


def _account(found: _Named, photo: PhotoFile, platforms: set[str | None], tree: Tree) -> Account:
    """The account that a picture tells of; the platform is the list's, if only one there has the name."""
    handle = found.handle
    if handle.platform is None and len(platforms) == 1:
        handle = Handle(name=handle.name, platform=next(iter(platforms)))
    return Account(handle=handle, photos=(photo,), ties=(Tie.LISTED,), where=tree.about(found.file))


def _lists(tree: Tree) -> list[str]:
    """The lists of accounts beside the pictures; captions and the like are none."""
    return [name for name in list_files(tree)[:_MOST_LISTS] if _is_list(tree, name)]


def _is_list(tree: Tree, name: str) -> bool:
    if name.casefold().endswith((".xlsx", ".xlsm")):
        return True
    if name.casefold().endswith((".txt", ".list")) and not _says_whose(name):
        return False  # lines beside pictures are captions more often than handles
    head = tree.head(name)
    return bool(head) and looks_like_list(head, name)


def _says_whose(name: str) -> bool:
    """Whether the name of a list says that it is one of followers, or of those followed."""
    return ties_in(name) != (Tie.LISTED,)


# --- names --------------------------------------------------------------------------------


def _named(tree: Tree) -> Iterator[_Named | Gap]:
    """Every picture with the account that it is of, or why that is not known."""
    pictures = [file.name for file in tree.files if is_picture(file.name)]
    inside = _without_wrapper([_parts(name) for name in pictures], tree)
    loose = [_stem(parts[-1]) for parts in inside if len(parts) == 1]
    # One name may end in `_avatar`; if all do, somebody's program wrote it there.
    endings = {found[1].casefold() if (found := _AVATAR_ENDING.search(stem)) else "" for stem in loose}
    ending = len(loose) > 1 and len(endings) == 1 and "" not in endings
    for name, parts in zip(pictures, inside, strict=True):
        platform, parts = _unshelved(parts)  # noqa: PLW2901 - the same name, without what is no account
        try:
            yield (
                _loose(name, parts[0], platform, ending)
                if len(parts) == 1
                else _in_folder(name, parts, platform)
            )
        except ValueError as error:
            yield entry_gap(tree.about(name), f"{error}: name the file or its folder after the account")


def _unshelved(parts: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The platform that a folder is called after, if any; and the name without such folders and shelves."""
    platform = None
    while len(parts) > 1:
        first = parts[0].casefold()
        if platform_of(first) in PLATFORMS:
            platform = platform_of(first)
        elif re.sub(r"[ -]+", "_", first) not in _SHELVES:
            break
        parts = parts[1:]
    return platform, parts


def _loose(name: str, last: str, platform: str | None, ending: bool) -> _Named:
    """The account that a file is called after.

    Raises:
        ValueError: it is called after none.
    """
    stem, on = _stem(last), None
    if found := _MONITOR.fullmatch(stem):
        day = found["date"]
        on = f"20{day[:2]}-{day[2:4]}-{day[4:]}" if day else None
        handle = handle_of(found["user"], "instagram")
        return _Named(file=name, handle=handle, use=PhotoUse.AVATAR, on=on if _is_day(on) else None)
    bare = (_AVATAR_ENDING if ending else _SURE_ENDING).sub("", stem)
    if _CAMERA.fullmatch(bare):
        raise ValueError(f'"{shown(bare)}" is what a camera or program calls a picture')
    use = PhotoUse.UNKNOWN if bare == stem else PhotoUse.AVATAR
    return _Named(file=name, handle=handle_of(bare, platform), use=use, on=None)


def _in_folder(name: str, parts: Sequence[str], platform: str | None) -> _Named:
    """The account that a folder is called after; a picture in it can say of itself that it is the avatar.

    Raises:
        ValueError: it is called after none.
    """
    stem = _stem(parts[-1])
    is_avatar = _AVATAR_ENDING.search(f"_{stem}") is not None
    use = PhotoUse.AVATAR if is_avatar else PhotoUse.UNKNOWN
    return _Named(file=name, handle=handle_of(parts[0], platform), use=use, on=None, in_folder=True)


def _parts(name: str) -> tuple[str, ...]:
    """The parts of a name; a zip in a folder is no folder of anybody."""
    return tuple(part for part in name.split("/") if not part.casefold().endswith(".zip"))


def _without_wrapper(names: list[tuple[str, ...]], tree: Tree) -> list[tuple[str, ...]]:
    """The names without the one folder that a zip program puts around all.

    It is that if it is called like the zip, or if all pictures lie in folders within it.
    """
    tops = {parts[0] for parts in names}
    if len(tops) != 1 or any(len(parts) == 1 for parts in names):
        return names
    top = next(iter(tops))
    called_so = top.casefold() == PurePosixPath(tree.name).stem.casefold()
    deeper = all(len(parts) > 2 for parts in names) and platform_of(top) not in PLATFORMS
    return [parts[1:] for parts in names] if called_so or deeper else names


def _stem(name: str) -> str:
    """The name of a file without its ending and without what makes a second copy of it."""
    return _COPY.sub("", PurePosixPath(name).stem).translate(_LOOKALIKES)


def _is_day(text: str | None) -> bool:
    return (
        bool(text)
        and re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", text or "") is not None
    )
