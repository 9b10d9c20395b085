"""Sources for the tests of readers, and what they give."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import FIXTURES

from fakeprofile.accounts import Reader, accounts_in, open_tree
from fakeprofile.records import Account, Gap

EXPORTS = FIXTURES / "exports"


def read_by(reader: Reader, path: Path) -> tuple[dict[str, list[Account]], list[Gap]]:
    """What a reader says: accounts by handle, and gaps."""
    accounts: dict[str, list[Account]] = {}
    gaps = []
    with open_tree(path) as tree:
        for item in reader.read(tree):
            if isinstance(item, Gap):
                gaps.append(item)
            else:
                accounts.setdefault(item.handle.name, []).append(item)
    return accounts, gaps


def understood(path: Path) -> tuple[str, dict[str, Account], list[Gap]]:
    """Who read the source, and the merged accounts and gaps that came of it."""
    items = accounts_in([path])
    accounts, gaps = {}, []
    for item in items:
        if isinstance(item, Gap):
            gaps.append(item)
        else:
            accounts[item.handle.name] = item
    return items.understood[0].reader, accounts, gaps


def written(folder: Path, files: dict[str, object]) -> Path:
    """The folder with these files: bytes and texts as they are, all else as JSON."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, bytes | str) else json.dumps(content)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def reasons(gaps: list[Gap]) -> str:
    """All reasons, for a look into them."""
    return "\n".join(f"{gap.about}: {gap.reason}" for gap in gaps)
