"""Files that people have -> accounts: exports, downloads, lists and folders; nothing is asked of any platform.

``accounts_in`` opens each source, lets every reader of ``READERS`` say how surely it is its own, and has the
surest one read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fakeprofile.accounts.exports import EXPORTS
from fakeprofile.accounts.folder import FolderReader
from fakeprofile.accounts.intake import Accounts, Understood
from fakeprofile.accounts.reader import Reader
from fakeprofile.accounts.table import TableReader
from fakeprofile.accounts.tree import (
    DEFAULT,
    Tree,
    TreeFile,
    TreeLimits,
    open_tree,
    photo_bytes,
    photo_name,
    read_photo,
)

__all__ = [
    "READERS",
    "Accounts",
    "Reader",
    "Tree",
    "TreeFile",
    "TreeLimits",
    "Understood",
    "accounts_in",
    "open_tree",
    "photo_bytes",
    "photo_name",
    "read_photo",
]

READERS: tuple[Reader, ...] = (
    *EXPORTS,
    TableReader(),
    FolderReader(),
)
"""Every kind of source that is understood."""


def accounts_in(
    paths: Iterable[Path], limits: TreeLimits = DEFAULT, readers: tuple[Reader, ...] | None = None
) -> Accounts:
    """Every account that the sources tell of, each once for a source, and a gap for what is not understood.

    Args:
        paths: exports, downloads, lists; each a file, a folder or a zip.
        limits: how much of one is looked at.
        readers: those to ask, instead of all.

    Raises:
        SourceError: while iterating: no source holds any account that is understood.
    """
    return Accounts(paths, limits, READERS if readers is None else readers)
