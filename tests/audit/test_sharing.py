"""Accounts with one numeric id are found among many without all ids being held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audit.test_spool import Given

from fakeprofile.audit.sharing import _same_ids, key_of
from fakeprofile.audit.spool import Spool
from fakeprofile.records import Account, Handle


def test_only_accounts_of_one_platform_with_one_id_are_found(tmp_path: Path) -> None:
    handles = [
        Handle(name="a", platform="x", account_id="1"),
        Handle(name="b", platform="tiktok", account_id="1"),
        Handle(name="c", platform="X", account_id="1"),
        Handle(name="d", platform="x", account_id="2"),
        Handle(name="e", platform="x"),
        Handle(name="f", platform="x", account_id="1"),
    ]

    def accounts() -> Iterator[Account]:
        yield from (Account(handle=handle) for handle in handles)

    spool = Spool(tmp_path / "accounts.jsonl")
    spool.fill(Given(accounts()))
    assert _same_ids(spool) == {key_of(number): handles[number] for number in (0, 2, 5)}
