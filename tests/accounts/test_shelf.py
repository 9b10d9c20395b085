"""Accounts on the disk come back in their order, and nothing of them is left there."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fakeprofile.accounts.shelf import Shelf
from fakeprofile.errors import SourceError
from fakeprofile.records import Account, Handle

KILLED = """
import os, signal
from fakeprofile.accounts.shelf import Shelf
from fakeprofile.records import Account, Handle
shelf = Shelf()
shelf.put(((place, Account(handle=Handle(name="x" * 1000))) for place in range(20_000)), ())
os.kill(os.getpid(), signal.SIGKILL)
"""


def account(name: str) -> Account:
    return Account(handle=Handle(name=name))


def test_accounts_come_back_by_their_places_and_a_later_one_stands_instead() -> None:
    with contextlib.closing(Shelf()) as shelf:
        shelf.put([(1, account("b")), (0, account("a"))], [])
        shelf.put([(1, account("c"))], [])
        assert [one.handle.name for one in shelf] == ["a", "c"]
        assert shelf.account(1) == account("c")
        with pytest.raises(KeyError):
            shelf.account(2)


def test_a_key_leads_to_its_place_whatever_its_characters() -> None:
    keys = [("handle", None, "a"), ("handle", "None", "a"), ("id", None, "a"), ("handle", None, "\udce9\0'")]
    with contextlib.closing(Shelf()) as shelf:
        shelf.put([], [(key, place) for place, key in enumerate(keys)])
        assert [shelf.place_of(key) for key in keys] == [0, 1, 2, 3]
        assert shelf.place_of(("handle", None, "b")) is None


def test_a_disk_without_room_is_said_in_one_line() -> None:
    with contextlib.closing(Shelf()) as shelf:
        shelf._database.execute("PRAGMA max_page_count = 8")
        with pytest.raises(SourceError, match=r"^its accounts cannot be put aside .*full.*TMPDIR$"):
            shelf.put(((place, account("x" * 1000)) for place in range(100)), ())


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_nothing_is_left_of_them_when_the_program_is_killed(tmp_path: Path) -> None:
    folders = {"SQLITE_TMPDIR": str(tmp_path), "TMPDIR": str(tmp_path)}
    ended = subprocess.run([sys.executable, "-c", KILLED], env={**os.environ, **folders})
    assert ended.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []
