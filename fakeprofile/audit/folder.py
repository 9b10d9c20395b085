"""The folder that an audit writes to: its results, and the journal that it goes on from."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from fakeprofile.errors import SourceError, UsageError
from fakeprofile.report.audit_values import SUMMARY_SCHEMA

JOURNAL = "journal"
"""The sub-folder with all that is only needed to go on."""
LENT = "references"
"""In there, what was lent with the command."""
RESULTS = ("audit.jsonl", "audit.csv", "groups.jsonl", "summary.json", "audit.txt")


class Folder:
    """Where the results of one audit go."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.work = path / JOURNAL

    @property
    def has_journal(self) -> bool:
        """Whether an audit was begun here."""
        return (self.work / "journal.jsonl").is_file()

    @contextlib.contextmanager
    def begun(self, sources: list[Path], *, resume: bool) -> Iterator[None]:
        """Makes the folder, and removes it again if it is new and nothing was understood that could be audited.

        Raises:
            UsageError: it cannot be used.
        """
        new = not os.path.lexists(self.path)
        self.made(sources, resume=resume)
        try:
            yield
        except SourceError:
            if new:
                shutil.rmtree(self.path, ignore_errors=True)
            raise

    def made(self, sources: list[Path], *, resume: bool) -> None:
        """Makes the folder, if it is not there.

        Raises:
            UsageError: it cannot be used.
        """
        here = self.path.resolve()
        for source in sources:
            there = source.resolve()
            if here == there or there in here.parents:
                raise UsageError(
                    f"{self.path} lies in {source}, which is to be audited: choose another place with --out FOLDER"
                )
        if resume and not self.has_journal:
            raise UsageError(
                f"there is no audit to go on with in {self.path}: leave --resume out to begin one"
            )
        if self.path.exists() and not self.path.is_dir():
            raise UsageError(f"{self.path} is a file: choose another place with --out FOLDER")
        with _told(self.path):
            if self.path.is_dir() and not self.has_journal and self._foreign():
                raise UsageError(
                    f"{self.path} holds other files ({self._foreign()[0]!r}): choose an empty or new place with "
                    "--out FOLDER"
                )
            # The mode of ``mkdir`` is that of the last folder alone.
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.work.mkdir(exist_ok=True, mode=0o700)
            # The folder of the results can be one that the user made, open to others; this one is ours alone.
            self.work.chmod(0o700)

    def _foreign(self) -> list[str]:
        """What is there that no audit has written."""
        ours = {JOURNAL, *(RESULTS if self._has_results() else ())}
        return sorted(entry.name for entry in self.path.iterdir() if entry.name not in ours)

    def _has_results(self) -> bool:
        """Whether the results of an audit are there, though their journal is gone: their summary says what it is."""
        try:
            with (self.path / "summary.json").open("rb") as file:
                return SUMMARY_SCHEMA.encode() in file.read(200)
        except OSError:
            return False

    def clear(self) -> None:
        """Removes what an earlier audit has left, but for the journal itself, what it locks, and lent references."""
        for path in sorted(self.work.rglob("*"), reverse=True):
            if path.relative_to(self.work).parts[0] in ("journal.jsonl", "lock", LENT):
                continue
            with contextlib.suppress(OSError):
                path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other runs out of the folder, as long as this program lives.

        Raises:
            UsageError: another one is at it.
        """
        try:
            import fcntl
        except ImportError:  # no such locks on this system
            yield
            return
        with _told(self.path), open(self.work / "lock", "w", opener=private) as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise UsageError(
                    f"another audit is writing to {self.path}: wait until it is done, or choose another --out FOLDER"
                ) from error
            yield

    @contextlib.contextmanager
    def writing(self, name: str) -> Iterator[IO[str]]:
        """A result, which takes the place of an older one once it is whole.

        Raises:
            UsageError: it cannot be written.
        """
        beside = self.work / f"{name}.new"
        with _told(self.path):
            beside.unlink(missing_ok=True)
            with open(beside, "w", encoding="utf-8", newline="", opener=private) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path / name)


def private(path: str, flags: int) -> int:
    """Opens a file that nobody else may read: it tells of people."""
    return os.open(path, flags, 0o600)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written ({error.strerror or error}): choose another place with --out FOLDER"
        ) from error
