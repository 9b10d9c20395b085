"""Groups: who shows the same picture, proven pair by pair, and what makes no group."""

from __future__ import annotations

import itertools
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.groups import Excluded, Grouped, Shared, groups_of
from fakeprofile.records import Handle

ACCOUNTS, FILES = "ABCDE", "pqrstu"
SHOWN = st.lists(
    st.builds(
        Shared,
        account=st.sampled_from(ACCOUNTS),
        picture=st.sampled_from(FILES),
        excluded=st.sampled_from([None, None, None, Excluded.DEFAULT_AVATAR, Excluded.STOCK]),
    ),
    max_size=14,
)
PAIRS = st.lists(st.tuples(st.sampled_from(FILES), st.sampled_from(FILES)), max_size=10)
HANDLES = st.dictionaries(
    st.sampled_from(ACCOUNTS),
    st.builds(
        Handle,
        name=st.sampled_from(["lars", "imke", "tobias"]),
        platform=st.sampled_from([None, "instagram", "tiktok"]),
        account_id=st.sampled_from([None, "7", "8"]),
    ),
)


def shown(text: str) -> list[Shared]:
    """``A:pq B:p``: account A shows the files p and q, B shows p."""
    return [
        Shared(account=word[0], picture=picture) for word in text.split() for picture in word.split(":")[1]
    ]


def pairs(text: str) -> list[tuple[str, str]]:
    return [(word[0], word[1]) for word in text.split()]


def members(grouped: Grouped) -> list[str]:
    return ["".join(member.account for member in group.members) for group in grouped.groups]


def numbered(**ids: str | None) -> dict[str, Handle]:
    return {
        account: Handle(name=f"name-{account}", platform="instagram", account_id=number)
        for account, number in ids.items()
    }


def test_accounts_with_the_same_file_are_a_group_without_any_proof() -> None:
    assert members(groups_of(shown("A:p B:p C:q"), [], {})) == ["AB"]


def test_a_chain_of_matches_makes_two_groups_and_not_one() -> None:
    grouped = groups_of(shown("A:p B:q C:r"), pairs("pq qr"), {})
    assert members(grouped) == ["AB", "BC"]


def test_three_pictures_proven_pair_by_pair_make_one_group() -> None:
    grouped = groups_of(shown("A:p B:q C:r"), pairs("pq rq pr"), {})
    assert members(grouped) == ["ABC"]
    assert grouped.groups[0].pictures == (("p", "q", "r"),)


def test_the_matrix_says_which_account_shows_which_picture_in_which_file() -> None:
    (group,) = groups_of(shown("A:ps B:qt C:r"), pairs("pq qr pr st"), {}).groups
    assert group.pictures == (("p", "q", "r"), ("s", "t"))
    assert {member.account: member.shows for member in group.members} == {
        "A": (("p",), ("s",)),
        "B": (("q",), ("t",)),
        "C": (("r",), ()),
    }


def test_an_account_that_shows_one_picture_twice_is_no_group() -> None:
    assert not groups_of(shown("A:pq"), pairs("pq"), {}).groups


@pytest.mark.parametrize("reason", Excluded)
def test_what_many_may_have_is_named_and_makes_no_group(reason: Excluded) -> None:
    common = [Shared(account=account, picture="p", excluded=reason) for account in "ABC"]
    grouped = groups_of([*common, *shown("A:q B:q")], [], {})
    assert members(grouped) == ["AB"]
    assert grouped.groups[0].pictures == (("q",),)
    (aside,) = grouped.set_aside
    assert (aside.reason, aside.accounts, aside.pictures) == (reason, ("A", "B", "C"), ("p",))


def test_a_picture_proven_to_be_a_stock_picture_is_one_too() -> None:
    stock = Shared(account="A", picture="p", excluded=Excluded.STOCK)
    grouped = groups_of([stock, *shown("B:q C:r D:r")], pairs("pq qr"), {})
    # q is p; r is only q, and what is not proven against p is not called stock.
    assert members(grouped) == ["CD"]
    assert grouped.set_aside[0].pictures == ("p", "q")


def test_the_same_id_under_two_names_is_one_account_and_no_group() -> None:
    grouped = groups_of(shown("A:p B:p"), [], numbered(A="7", B="7"))
    assert not grouped.groups
    (renaming,) = grouped.renamed
    assert renaming.accounts == ("A", "B")


def test_a_renamed_account_stands_once_in_its_group_with_its_other_name() -> None:
    (group,) = groups_of(shown("A:p B:p C:p"), [], numbered(A="7", B="7", C="8")).groups
    assert [member.account for member in group.members] == ["A", "C"]
    assert [one.name for one in group.members[0].other_names] == ["name-B"]


def test_other_ids_are_other_accounts_and_an_unknown_id_is_said_to_be_unknown() -> None:
    (group,) = groups_of(shown("A:p B:p C:p"), [], numbered(A="7", B="8", C=None)).groups
    assert [member.id_known for member in group.members] == [True, True, False]


def test_the_same_number_on_two_platforms_is_not_one_account() -> None:
    handles = {
        "A": Handle(name="a", platform="instagram", account_id="7"),
        "B": Handle(name="b", platform="tiktok", account_id="7"),
    }
    grouped = groups_of(shown("A:p B:p"), [], handles)
    assert members(grouped) == ["AB"]
    assert not grouped.renamed


@settings(max_examples=80, deadline=None)
@given(SHOWN, PAIRS, HANDLES)
def test_every_two_accounts_of_a_group_are_proven_to_share_its_first_picture(
    given_shown: list[Shared], given_pairs: list[tuple[str, str]], handles: dict[str, Handle]
) -> None:
    grouped = groups_of(given_shown, given_pairs, handles)
    proven = {frozenset(pair) for pair in given_pairs}
    excluded = {one.picture for one in given_shown if one.excluded}
    for group in grouped.groups:
        assert len(group.members) > 1
        for one, other in itertools.combinations(group.members, 2):
            assert one.shows[0]
            assert any(
                here == there or frozenset((here, there)) in proven
                for here in one.shows[0]
                for there in other.shows[0]
            )
            numbers = [(member.handle.platform, member.handle.account_id) for member in (one, other)]
            assert numbers[0] != numbers[1] or not one.id_known
        for picture in group.pictures:
            assert not set(picture) & excluded
            assert all(frozenset(pair) in proven for pair in itertools.combinations(picture, 2))


@settings(max_examples=60, deadline=None)
@given(SHOWN, PAIRS, HANDLES, st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_does_not_matter(
    given_shown: list[Shared],
    given_pairs: list[tuple[str, str]],
    handles: dict[str, Handle],
    order: random.Random,
) -> None:
    before = groups_of(given_shown, given_pairs, handles)
    mixed_shown = order.sample(given_shown, len(given_shown))
    mixed_pairs = [pair[::-1] for pair in order.sample(given_pairs, len(given_pairs))]
    mixed_handles = dict(order.sample(sorted(handles.items()), len(handles)))
    assert groups_of(mixed_shown, mixed_pairs, mixed_handles) == before


@settings(max_examples=60, deadline=None)
@given(SHOWN, PAIRS)
def test_accounts_that_share_a_file_that_counts_are_together_in_some_group(
    given_shown: list[Shared], given_pairs: list[tuple[str, str]]
) -> None:
    grouped = groups_of(given_shown, given_pairs, {})
    aside = {picture for one in grouped.set_aside for picture in one.pictures}
    together = [{member.account for member in group.members} for group in grouped.groups]
    for one, other in itertools.combinations(given_shown, 2):
        if one.picture == other.picture and one.account != other.account and one.picture not in aside:
            assert any({one.account, other.account} <= accounts for accounts in together)


def test_ten_thousand_accounts_with_one_picture_on_five_hundred_take_seconds_at_most() -> None:
    every = [Shared(account=f"a{number:05}", picture=f"p{number}") for number in range(10_000)]
    proven = itertools.combinations([f"p{number}" for number in range(500)], 2)
    started = time.process_time()
    grouped = groups_of(every, proven, {})
    assert [len(group.members) for group in grouped.groups] == [500]
    assert time.process_time() - started < 10
