"""The keys of search services: from the environment, or from a file that nobody else may read.

The environment wins over the file. Nothing here shows a value: not in a message, not in a ``repr``.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fakeprofile.errors import UsageError
from fakeprofile.records import Gap
from fakeprofile.search.exchange import SHORTEST_SECRET, is_sendable, redacted
from fakeprofile.search.private import HAS_MODES, PRIVATE, NotPrivate, read_private, write_private
from fakeprofile.search.rows import STEP, one_line

PREFIX = "FAKEPROFILE_"
TABLE = "keys"
MOST_BYTES = 64 * 1024
LONGEST = 4096
HEAD = "# Keys of search services, written by `fakeprofile search keys`. Whoever has them can spend your searches.\n"
_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRing:
    """The keys that were found, and what of them could not be used."""

    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    """By the name that ``Terms.keys`` has: ``TINEYE_KEY``."""
    gaps: tuple[Gap, ...] = ()

    def of(self, names: tuple[str, ...]) -> dict[str, str]:
        """The keys with these names: a service gets its own and no others."""
        return {name: self.values[name] for name in names if self.values.get(name)}

    def redacted(self, text: str) -> str:
        """The text without any of the keys."""
        return redacted(text, self.values.values())


def read_keys(environment: Mapping[str, str], path: Path | None, names: tuple[str, ...]) -> KeyRing:
    """The keys with these names.

    A file that others can read is refused, not used and mended: whoever read it has the keys.

    Args:
        environment: where ``FAKEPROFILE_TINEYE_KEY`` and the like may stand; empty ones count as missing.
        path: the file of keys; it need not exist.
        names: without the prefix.
    """
    given = {name: environment.get(PREFIX + name, "").strip() for name in names}
    given = {name: value for name, value in given.items() if value}
    if path is None:
        return KeyRing(values=given)
    try:
        kept = _kept(path)
    except UsageError as error:
        # What the environment says holds, whatever became of the file.
        return KeyRing(values=given, gaps=(Gap(step=STEP, about="the file of keys", reason=str(error)),))
    return KeyRing(values={name: value for name, value in kept.items() if name in names} | given)


def set_key(path: Path, name: str, value: str) -> None:
    """Writes one key into the file, as ``set_keys`` does."""
    set_keys(path, {name: value})


def set_keys(path: Path, values: Mapping[str, str]) -> None:
    """Writes keys into the file, all or none; it is made if it is not there, with mode 0600.

    If others could read the file, they no longer can.

    Args:
        path: the file.
        values: by the names of the keys.

    Raises:
        UsageError: a value cannot be a key, or the file cannot be used.
    """
    stripped = {name: value.strip() for name, value in values.items()}
    for name, value in stripped.items():
        if not _NAME.fullmatch(name):
            raise UsageError(f"“{one_line(name, 40)}” is no name of a key: capital letters, digits and _")
        if not is_sendable(value) or len(value) > LONGEST:
            raise UsageError(
                f"this cannot be the value of {name}: it must have {SHORTEST_SECRET} to {LONGEST:,} letters, digits "
                "and signs of ASCII and no space; copy it again from your account at the service"
            )
    _close(path)
    _write(path, {**_kept(path), **stripped})


def remove_key(path: Path, name: str) -> bool:
    """Takes one key out of the file; False if it was not there.

    Raises:
        UsageError: the file cannot be used.
    """
    _close(path)
    kept = _kept(path)
    if name not in kept:
        return False
    del kept[name]
    _write(path, kept)
    return True


# --- the file -----------------------------------------------------------------------------


def _kept(path: Path) -> dict[str, str]:
    """What the file holds; nothing if it is not there.

    Raises:
        UsageError: it cannot be used; the message names neither the path nor anything in the file.
    """
    about = f"the file of keys ({one_line(path.name, 40)})"
    try:
        text = read_private(path, MOST_BYTES).decode("utf-8")
        table = tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except NotPrivate as error:
        raise UsageError(
            f"{about} {error}: it was not used; `fakeprofile search keys set` mends its mode"
        ) from None
    except OSError as error:
        raise UsageError(f"{about} cannot be read: {error.strerror}") from None
    # Their messages may quote a line of the file: no cause is kept.
    except (ValueError, RecursionError):
        raise UsageError(f"{about} is damaged: remove it and set the keys again") from None
    kept = table.get(TABLE, {})
    sound = isinstance(kept, dict) and all(_NAME.fullmatch(name) for name in kept)
    if set(table) - {TABLE} or not sound or not all(isinstance(one, str) for one in kept.values()):
        raise UsageError(f"{about} holds other things than keys: remove it and set the keys again")
    return {name: value.strip() for name, value in kept.items()}


def _close(path: Path) -> None:
    """Takes the file from everybody but its owner, if it is a file of ours."""
    if not HAS_MODES or path.is_symlink() or not path.is_file():
        return
    try:
        os.chmod(path, PRIVATE, follow_symlinks=os.chmod not in os.supports_follow_symlinks)  # noqa: PTH101
    except OSError as error:
        raise UsageError(f"the file of keys cannot be closed to others: {error.strerror}") from None


def _write(path: Path, kept: Mapping[str, str]) -> None:
    # A text in JSON is one in TOML too, as long as it is ASCII.
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in sorted(kept.items())]
    try:
        write_private(path, (HEAD + f"[{TABLE}]\n" + "".join(lines)).encode("ascii"))
    except NotPrivate as error:
        raise UsageError(f"the file of keys {error}") from None
    except OSError as error:
        raise UsageError(f"the file of keys cannot be written: {error.strerror}") from None
