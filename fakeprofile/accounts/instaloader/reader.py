"""All folders that Instaloader made in a source -> their accounts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from fakeprofile.accounts.documents import any_holds, document, lists_beside, named, node_in
from fakeprofile.accounts.instaloader.folder import folder_items
from fakeprofile.accounts.instaloader.names import id_target, is_picture, picture_of
from fakeprofile.accounts.tree import Tree
from fakeprofile.records import Account, Gap

_SURE, _BY_NAMES, _PERHAPS = 100, 80, 30
_MARK = rb'"instaloader"\s*:\s*\{'
_TRIED = 5


class InstaloaderReader:
    """Reads the folders of Instaloader, all in one or one for each profile."""

    name = "Instaloader folder"

    def fits(self, tree: Tree) -> int:
        """Sure if a JSON file has Instaloader's envelope; likely if files are called as it calls them."""
        if any_holds(tree, named(tree, r".*\.json"), _MARK) or _has_packed(tree):
            return _SURE
        names = [file.last for file in tree.files]
        pictures = [picture for name in names if (picture := picture_of(name))]
        ids = any(id_target(name) is not None for name in names)
        if any(picture.is_avatar for picture in pictures) or (pictures and ids):
            return _BY_NAMES
        return _PERHAPS if pictures and len(pictures) == sum(map(is_picture, names)) else 0

    def read(self, tree: Tree) -> Iterator[Account | Gap]:
        """The accounts of every folder, with their pictures."""
        folders: dict[str, list[str]] = {}
        for file in tree.files:
            folders.setdefault(str(PurePosixPath(file.name).parent), []).append(file.name)
        for folder, names in folders.items():
            if folder == ".":
                called = tree.path.name if tree.path.is_dir() else None
                yield from folder_items(tree, "", names, called)
            else:
                yield from folder_items(tree, folder, names, PurePosixPath(folder).name)
        yield from lists_beside(tree)


def _has_packed(tree: Tree) -> bool:
    for number, file in enumerate(named(tree, r".*\.json\.xz")):
        if number >= _TRIED:
            break
        content = document(tree, file.name)
        if not isinstance(content, Gap) and (
            "instaloader" in node_in(content) or "shortcode" in node_in(content)
        ):
            return True
    return False
