"""One folder that Instaloader made -> the accounts in it, each with its pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from fakeprofile.accounts.documents import document, lost_id, node_in
from fakeprofile.accounts.instaloader.names import (
    Picture,
    id_target,
    is_of_many,
    is_picture,
    json_stem,
    normal,
    picture_of,
)
from fakeprofile.accounts.instaloader.saved import saved_in
from fakeprofile.accounts.merging import merged
from fakeprofile.accounts.names import entry_gap, shown, source_gap
from fakeprofile.accounts.nodes import PLATFORM
from fakeprofile.accounts.tree import Tree
from fakeprofile.accounts.wording import handle_name, handle_of
from fakeprofile.records import Account, Gap, Handle, PhotoFile, PhotoUse, Tie

_ID_BYTES = 64


@dataclass(slots=True)
class _Folder:
    """What lies in a folder, while it is read."""

    label: str | None
    """What it is called, if an account can be called so."""
    profiles: list[Account] = field(default_factory=list)
    owners: dict[str, Handle] = field(default_factory=dict)
    """Whose post it is, by its stem."""
    ids: dict[str, str] = field(default_factory=dict)
    """The numbers in ``id`` (empty) and ``NAME_id``."""
    pictures: list[tuple[str, Picture]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    """Pictures that somebody had called by another pattern."""
    accounts: dict[str, Account] = field(default_factory=dict)
    """By folded name."""
    photos: dict[str, list[PhotoFile]] = field(default_factory=dict)


def folder_items(tree: Tree, folder: str, names: list[str], called: str | None) -> Iterator[Account | Gap]:
    """The accounts of one folder, and what of it could not be read.

    Args:
        tree: the source.
        folder: its name in the tree, for messages.
        names: the files in it, without those in folders below.
        called: the name of the folder, if the source tells it.
    """
    found = _Folder(
        label=handle_name(normal(called), PLATFORM) if called and not is_of_many(called) else None
    )
    for name in names:
        yield from _taken(tree, name, found)
    main, remark = _owner(found)
    if remark:
        yield source_gap(tree.about(folder or tree.name), remark)
    for account in found.profiles:
        _add(found, account)
    for stem_owner in found.owners.values():
        _add(found, Account(handle=stem_owner, ties=(Tie.LISTED,), where=folder))
    unowned = _share_out(tree, found, main, folder)
    for key, account in found.accounts.items():
        yield replace(account, photos=tuple(found.photos.get(key, ())))
    if unowned:
        reason = (
            f"{unowned:,} {'picture' if unowned == 1 else 'pictures'} whose owner no file names: left out"
        )
        yield source_gap(tree.about(folder or tree.name), reason)


def _taken(tree: Tree, name: str, found: _Folder) -> Iterator[Gap]:
    last = name.rpartition("/")[2]
    if picture := picture_of(last):
        found.pictures.append((name, picture))
    elif (target := id_target(last)) is not None:
        content = tree.read(name, _ID_BYTES)
        number = content.decode("ascii", "replace").strip() if isinstance(content, bytes) else ""
        if number.isascii() and number.isdigit():
            found.ids[target.casefold()] = number
        elif target == "":
            yield source_gap(tree.about(name), "it should hold the number of the account, and does not")
    elif is_picture(last):
        found.others.append(name)
    elif (stem := json_stem(last)) is not None:
        yield from _json_taken(tree, name, stem, found)


def _json_taken(tree: Tree, name: str, stem: str, found: _Folder) -> Iterator[Gap]:
    content = document(tree, name)
    if isinstance(content, Gap):
        yield entry_gap(content.about, content.reason)
        return
    saved = saved_in(content, name)
    if saved.is_profile and saved.account:
        found.profiles.append(saved.account)
        yield from lost_id(tree, name, node_in(node_in(content).get("node")))
    elif saved.is_profile:
        yield entry_gap(tree.about(name), "it is a profile, and names no account that there can be")
    elif saved.owner:
        found.owners[stem] = saved.owner
    elif not saved.is_known:
        yield source_gap(tree.about(name), "it is no file that Instaloader writes, so it was not read")


def _owner(found: _Folder) -> tuple[Handle | None, str | None]:
    """Whose folder it is, and what is odd about that; its own profile is now the first of ``profiles``."""
    number = found.ids.get("")
    own = [one for one in found.profiles if number is None or one.handle.account_id in (number, None)]
    if len({one.handle.account_id for one in own}) > 1 and number is None:
        own = [one for one in own if _is_called(one, found.label)]
    if not own:
        main = handle_of(found.label, PLATFORM, number) if found.label else None
        return main, _foreign_words(found, number)
    current = next((one for one in own if _is_called(one, found.label)), own[0])
    others = dict.fromkeys(one.handle.name for one in own if one.handle.name != current.handle.name)
    rest = (one for one in found.profiles if one not in own)
    found.profiles = [replace(current, former_names=tuple(others)), *rest]
    if found.label and number and not _is_called(current, found.label):
        return current.handle, (
            f"the folder is called {shown(found.label)}, and the profile in it, with the same number {number}, "
            f"{shown(current.handle.name)}: it or the folder was renamed"
        )
    return current.handle, None


def _is_called(account: Account, label: str | None) -> bool:
    return label is not None and account.handle.name.casefold() == label.casefold()


def _foreign_words(found: _Folder, number: str | None) -> str | None:
    """What to say of profiles in the folder of another account."""
    if not found.profiles or number is None:
        return None
    names = ", ".join(shown(one.handle.name) for one in found.profiles[:3])
    return f"its file “id” has the number {number}, but the profile saved in it ({names}) has another: kept apart"


def _add(found: _Folder, account: Account) -> None:
    key = account.handle.name.casefold()
    known = found.accounts.get(key)
    number = account.handle.account_id or found.ids.get(key)
    account = replace(account, handle=replace(account.handle, account_id=number))
    found.accounts[key] = merged(known, account) if known else account


def _share_out(tree: Tree, found: _Folder, main: Handle | None, folder: str) -> int:
    """How many pictures belong to nobody known; all others are now in ``photos``."""
    avatars: dict[str, list[tuple[str, Picture]]] = {}
    unowned = 0
    for name, picture in found.pictures:
        owner = _owner_of(found, picture, main)
        if owner is None:
            unowned += 1
            continue
        key = owner.name.casefold()
        if key not in found.accounts:
            _add(found, Account(handle=owner, ties=(Tie.LISTED,), where=folder or name))
        if picture.is_avatar:
            avatars.setdefault(key, []).append((name, picture))
        else:
            use = PhotoUse.POST if picture.is_post else PhotoUse.UNKNOWN
            found.photos.setdefault(key, []).append(tree.photo(name, use, picture.on))
    if main and (found.ids.get("") or found.profiles):
        key = main.name.casefold()
        if found.others and key not in found.accounts:
            _add(found, Account(handle=main, ties=(Tie.LISTED,), where=folder))
        found.photos.setdefault(key, []).extend(map(tree.photo, found.others))
    else:
        unowned += len(found.others)
    for key, pictures in avatars.items():
        found.photos[key] = [*_avatars(tree, pictures), *found.photos.get(key, ())]
    if main and not found.accounts and (found.ids.get("") or found.pictures):
        _add(found, Account(handle=main, ties=(Tie.LISTED,), where=folder))
    return unowned


def _owner_of(found: _Folder, picture: Picture, main: Handle | None) -> Handle | None:
    """By the post's own file, else by the name before the date, else by the folder."""
    owner = None if picture.is_avatar else found.owners.get(picture.stem)
    if owner and owner.account_id == owner.name and main and main.account_id == owner.account_id:
        return main
    if owner is None and picture.target:
        return handle_of(picture.target, PLATFORM, found.ids.get(picture.target.casefold()))
    return owner or main


def _avatars(tree: Tree, pictures: list[tuple[str, Picture]]) -> Iterator[PhotoFile]:
    """The history of the profile picture, newest first; which of several is current is known by their dates alone."""
    dated = sorted(((picture.on, name) for name, picture in pictures if picture.on), reverse=True)
    undated = [name for name, picture in pictures if not picture.on]
    for number, (on, name) in enumerate(dated):
        current = number == 0 and not undated
        yield tree.photo(name, PhotoUse.AVATAR if current else PhotoUse.FORMER_AVATAR, on)
    for name in undated:
        yield tree.photo(name, PhotoUse.AVATAR if len(pictures) == 1 else PhotoUse.UNKNOWN, None)
