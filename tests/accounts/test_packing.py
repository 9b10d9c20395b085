"""An account comes back from its line as it was: unknown stays unknown, and zero stays zero."""

from __future__ import annotations

import pytest

from fakeprofile.accounts.packing import account_values, opened, packed
from fakeprofile.records import Account, Handle, PhotoFile, PhotoUse, Tie

ODD = Account(
    handle=Handle(name="la\udce9rs\x1b[2J\n", platform="instagram", account_id="40000000105"),
    name="=1+1",
    posts=0,
    private=False,
    former_names=("a", "b"),
    photos=(
        PhotoFile(path="x.zip", member="a/b.jpg", use=PhotoUse.AVATAR, on="2026-01-01"),
        PhotoFile(path="c"),
    ),
    ties=(Tie.FOLLOWER, Tie.BLOCKED),
    tied_on="2026-05-01T12:00:00Z",
    where="list.csv line 3",
)


@pytest.mark.parametrize("account", [ODD, Account(handle=Handle(name="noor"))])
def test_an_account_comes_back_as_it_was(account: Account) -> None:
    assert opened(packed(account)) == account


def test_an_account_is_one_line() -> None:
    line = packed(ODD)
    assert line.isascii()
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1


def test_what_is_unknown_is_left_out_and_zero_is_not() -> None:
    assert account_values(Account(handle=Handle(name="noor"), posts=0)) == {
        "handle": {"name": "noor"},
        "posts": 0,
    }
