"""What several entries tell of one account is put together; two accounts are never made one."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.accounts.merging import IN_MEMORY, Merged, merged
from fakeprofile.records import Account, Handle, PhotoFile, PhotoUse, Tie


def account(
    name: str, number: str | None = None, platform: str | None = "instagram", as_of: str | None = None
) -> Account:
    return Account(handle=Handle(name=name, platform=platform, account_id=number), as_of=as_of)


def together(*accounts: Account, most: int = IN_MEMORY) -> list[Account]:
    with Merged(most) as merged:
        for one in accounts:
            merged.add(one)
        return list(merged)


class Simply:
    """What ``Merged`` is to do, for sources of which all accounts fit into memory."""

    def __init__(self) -> None:
        self.accounts: list[Account] = []
        self.places: dict[object, int] = {}

    def add(self, account: Account) -> bool:
        place = self.place_of(account)
        if is_new := place is None:
            place = len(self.accounts)
            self.accounts.append(account)
        else:
            self.accounts[place] = account = merged(self.accounts[place], account)
        handle = account.handle
        self.places.setdefault((handle.platform, handle.name.casefold()), place)
        if handle.account_id:
            self.places.setdefault((handle.platform, handle.account_id, "id"), place)
        return is_new

    def place_of(self, account: Account) -> int | None:
        handle = account.handle
        by_id = self.places.get((handle.platform, handle.account_id, "id"))
        if by_id is not None:
            one, other = self.accounts[by_id], account
            named = (one.handle.name.casefold(), other.handle.name.casefold())
            numbers = any(two.handle.name == two.handle.account_id for two in (one, other))
            if named[0] == named[1] or numbers or (one.as_of and other.as_of):
                return by_id
        by_handle = self.places.get((handle.platform, handle.name.casefold()))
        known = self.accounts[by_handle].handle.account_id if by_handle is not None else None
        return None if known and handle.account_id and known != handle.account_id else by_handle


def test_ties_and_photos_are_united_and_unknowns_filled() -> None:
    one = replace(
        account("anna"), ties=(Tie.FOLLOWER,), posts=3, photos=(PhotoFile(path="a.jpg"),), where="a line 1"
    )
    other = replace(account("Anna", "12"), ties=(Tie.FOLLOWING, Tie.FOLLOWER), posts=5, name="A", photos=(PhotoFile(path="a.jpg"), PhotoFile(path="b.jpg")))  # fmt: skip
    (both,) = together(one, other)
    assert (both.handle, both.ties) == (
        Handle(name="anna", platform="instagram", account_id="12"),
        (Tie.FOLLOWER, Tie.FOLLOWING),
    )
    assert (both.posts, both.name, both.where) == (3, "A", "a line 1")
    assert [photo.path for photo in both.photos] == ["a.jpg", "b.jpg"]


def test_a_photo_that_two_entries_name_is_one_with_the_use_that_is_known() -> None:
    one = replace(account("anna"), photos=(PhotoFile(path="a.jpg"),))
    other = replace(account("anna"), photos=(PhotoFile(path="a.jpg", use=PhotoUse.AVATAR),))
    (both,) = together(one, other)
    assert both.photos == other.photos


def test_that_it_is_listed_says_nothing_where_more_is_known() -> None:
    (both,) = together(
        replace(account("anna"), ties=(Tie.LISTED,)), replace(account("anna"), ties=(Tie.BLOCKED,))
    )
    assert both.ties == (Tie.BLOCKED,)


def test_zero_is_a_value_and_is_not_filled_from_elsewhere() -> None:
    (both,) = together(replace(account("anna"), followers=0), replace(account("anna"), followers=9))
    assert both.followers == 0


def test_of_two_dated_entries_the_later_ones_counts_stand() -> None:
    old = replace(account("anna", as_of="2025-01-01"), followers=1, bio="old")
    new = replace(account("anna", as_of="2026-01-01"), followers=2)
    for order in ((old, new), (new, old)):
        (both,) = together(*order)
        assert (both.followers, both.bio, both.as_of) == (2, "old", "2026-01-01")


def test_one_id_under_two_dated_names_is_one_account_that_was_renamed() -> None:
    (both,) = together(
        account("lars", "12", as_of="2026-01-01"), account("soepkieke", "12", as_of="2025-01-01")
    )
    assert (both.handle.name, both.former_names) == ("lars", ("soepkieke",))


@pytest.mark.parametrize(
    "accounts",
    [
        (account("anna", "12"), account("anna", "13")),
        (account("anna", platform="tiktok"), account("anna")),
        (account("anna", "12"), account("lars", "12")),
        (account("anna", "12", "x"), account("lars", "12", "tiktok")),
    ],
)
def test_what_contradicts_or_cannot_be_ordered_stays_two_accounts(accounts: tuple[Account, Account]) -> None:
    assert len(together(*accounts)) == 2


def test_an_account_that_one_file_knows_by_its_id_only_gets_its_name_from_the_other() -> None:
    for order in ((account("12", "12"), account("anna", "12")), (account("anna", "12"), account("12", "12"))):
        (both,) = together(*order)
        assert (both.handle.name, both.handle.account_id, both.former_names) == ("anna", "12", ())


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([None, "1", "2"])), min_size=1, max_size=8))
@settings(max_examples=100)
def test_no_entry_is_lost_and_meeting_all_again_adds_nobody(entries: list[tuple[str, str | None]]) -> None:
    given_ = [
        replace(account(name, number), photos=(PhotoFile(path=f"{at}.jpg"),))
        for at, (name, number) in enumerate(entries)
    ]
    once = together(*given_)
    assert sorted(photo.path for one in once for photo in one.photos) == sorted(
        f"{at}.jpg" for at in range(len(entries))
    )
    assert {(one.handle.name, one.handle.account_id) for one in given_ if one.handle.account_id} <= {
        (one.handle.name, one.handle.account_id) for one in once
    }


ENTRIES = st.lists(
    st.builds(
        account,
        st.sampled_from(["a", "A", "b", "c\udce9", "1", "2"]),
        st.sampled_from([None, "1", "2"]),
        st.sampled_from(["instagram", None]),
        st.sampled_from([None, "2025-01-01", "2026-01-01"]),
    ),
    max_size=25,
)


@given(ENTRIES, st.integers(1, 6))
@settings(max_examples=300)
def test_accounts_that_are_put_aside_are_merged_and_ordered_like_those_in_memory(
    entries: list[Account], most: int
) -> None:
    simply = Simply()
    entries = [replace(one, where=f"entry {number}") for number, one in enumerate(entries)]
    with Merged(most) as put_aside:
        for one in entries:
            assert put_aside.add(one) == simply.add(one)
        assert list(put_aside) == simply.accounts
        assert len(put_aside) == len(simply.accounts)


def test_memory_does_not_grow_with_the_accounts_that_are_put_aside() -> None:
    def peak(count: int) -> int:
        with Merged(500) as many:
            tracemalloc.start()
            for number in range(count):
                many.add(Account(handle=Handle(name=f"user{number}", account_id=str(number)), bio="b" * 200))
            assert sum(one.bio == "b" * 200 for one in many) == count
            found = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return found

    peak(600)  # what is made once
    assert peak(10_000) < 1.5 * peak(1_000)
