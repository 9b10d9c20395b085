"""What tests of account readers share: sources written by hand, and what is read of them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from fakeprofile.accounts import TreeLimits, accounts_in
from fakeprofile.records import Account, Gap


def read_all(*paths: Path, limits: TreeLimits = TreeLimits()) -> SimpleNamespace:  # noqa: B008
    """`accounts`, `gaps`, `understood`, `handles` and all reasons in one `text`."""
    items = accounts_in(paths, limits)
    every = list(items)
    accounts = [item for item in every if isinstance(item, Account)]
    gaps = [item for item in every if isinstance(item, Gap)]
    return SimpleNamespace(
        accounts=accounts,
        gaps=gaps,
        understood=items.understood,
        handles=[one.handle.name for one in accounts],
        text=" | ".join(f"{gap.about}: {gap.reason}" for gap in gaps),
    )


def written(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    """The file, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path
