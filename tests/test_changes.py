"""Changes between two exports: new, gone, renamed; and what is not known is none of these."""

from __future__ import annotations

import itertools
import random
import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.changes import Certainty, Changes, Ground, changes_between
from fakeprofile.records import Account, Gap, Handle, Tie

NOON = "2026-05-01T12:00:00Z"
LATER = "2026-06-01T12:00:00Z"


def account(
    name: str, number: str | None = None, ties: tuple[Tie, ...] = (Tie.FOLLOWER,), **more: Any
) -> Account:
    return Account(handle=Handle(name=name, platform="instagram", account_id=number), ties=ties, **more)


def names(accounts: tuple[Account, ...]) -> list[str]:
    return [one.handle.name for one in accounts]


def renamings(changes: Changes) -> list[tuple[str, str, Ground]]:
    return [(one.old.handle.name, one.new.handle.name, one.ground) for one in changes.renamed]


def always(one: Account, other: Account) -> bool:
    return True


def test_who_is_in_one_export_only_is_new_or_gone() -> None:
    changes = changes_between([account("imke"), account("lars")], [account("imke"), account("tobias")])
    assert (names(changes.new), names(changes.gone)) == (["tobias"], ["lars"])
    assert not changes.renamed
    assert not changes.ties


def test_upper_and_lower_case_are_one_name() -> None:
    changes = changes_between([account("Imke")], [account("imke")])
    assert not changes.new
    assert not changes.gone


def test_the_same_id_under_another_name_is_the_same_account() -> None:
    changes = changes_between([account("soepkieke", "7")], [account("lars", "7")])
    assert renamings(changes) == [("soepkieke", "lars", Ground.ID)]
    assert changes.renamed[0].certainty is Certainty.SURE
    assert not changes.new
    assert not changes.gone


def test_the_same_name_with_another_id_is_another_account() -> None:
    changes = changes_between([account("lars", "7")], [account("lars", "8")])
    assert (names(changes.new), names(changes.gone)) == (["lars"], ["lars"])
    ((old, new),) = changes.taken_over
    assert (old.handle.account_id, new.handle.account_id) == ("7", "8")


def test_a_name_that_another_took_over_is_followed_to_its_new_name() -> None:
    changes = changes_between([account("lars", "7")], [account("lars", "8"), account("mikkel", "7")])
    assert renamings(changes) == [("lars", "mikkel", Ground.ID)]
    assert names(changes.new) == ["lars"]
    assert not changes.gone


def test_the_same_second_and_the_same_picture_are_probably_one_account() -> None:
    old, new = [account("soepkieke", tied_on=NOON)], [account("lars", tied_on=NOON)]
    changes = changes_between(old, new, always)
    assert renamings(changes) == [("soepkieke", "lars", Ground.TIME_AND_PICTURE)]
    assert changes.renamed[0].certainty is Certainty.PROBABLE
    assert not changes.hints


def test_the_same_second_alone_is_only_a_hint() -> None:
    old, new = [account("soepkieke", tied_on=NOON)], [account("lars", tied_on=NOON)]
    for same_picture in (None, lambda one, other: False):
        changes = changes_between(old, new, same_picture)
        assert not changes.renamed
        assert (names(changes.new), names(changes.gone)) == (["lars"], ["soepkieke"])
        assert [hint.ambiguous for hint in changes.hints] == [False]


def test_the_same_second_of_many_is_ambiguous_even_with_the_same_picture() -> None:
    old = [account(f"old{number}", tied_on=NOON) for number in range(5)]
    new = [account(f"new{number}", tied_on=NOON) for number in range(5)]
    changes = changes_between(old, new, always)
    assert not changes.renamed
    assert (len(changes.new), len(changes.gone)) == (5, 5)
    (hint,) = changes.hints
    assert hint.ambiguous
    assert len(hint.gone) == len(hint.new) == 5


def test_a_second_that_all_accounts_of_an_export_share_says_nothing_of_two_of_them() -> None:
    stay = [account(f"stays{number}", tied_on=NOON) for number in range(9)]
    changes = changes_between(
        [*stay, account("a", tied_on=NOON)], [*stay, account("b", tied_on=NOON)], always
    )
    assert not changes.renamed
    assert (names(changes.gone), names(changes.new)) == (["a"], ["b"])


def test_two_pairs_in_one_second_are_told_apart_by_their_pictures() -> None:
    old = [account("a1", tied_on=NOON), account("b1", tied_on=NOON)]
    new = [account("b2", tied_on=NOON), account("a2", tied_on=NOON)]
    changes = changes_between(old, new, lambda one, other: one.handle.name[0] == other.handle.name[0])
    assert [pair[:2] for pair in renamings(changes)] == [("a1", "a2"), ("b1", "b2")]


def test_ids_that_differ_outweigh_second_and_picture() -> None:
    changes = changes_between([account("a", "7", tied_on=NOON)], [account("b", "8", tied_on=NOON)], always)
    assert not changes.renamed
    assert not changes.hints


def test_the_same_day_is_no_second() -> None:
    changes = changes_between(
        [account("a", tied_on="2026-05-01")], [account("b", tied_on="2026-05-01")], always
    )
    assert not changes.renamed
    assert not changes.hints


def test_a_former_name_that_the_source_tells_is_probably_a_rename() -> None:
    changes = changes_between([account("a")], [account("b", former_names=("A",))])
    assert renamings(changes) == [("a", "b", Ground.FORMER_NAME)]
    both = changes_between(
        [account("a")], [account("b", former_names=("a",)), account("c", former_names=("a",))]
    )
    assert not both.renamed


def test_a_list_that_the_new_export_lacks_makes_nobody_gone() -> None:
    old = [account("imke"), account("lars", ties=(Tie.BLOCKED,))]
    changes = changes_between(old, [account("imke")])
    assert not changes.gone
    assert names(changes.unknown_now) == ["lars"]
    assert changes.lists_only_old == (Tie.BLOCKED,)
    back = changes_between([account("imke")], old)
    assert not back.new
    assert names(back.unknown_before) == ["lars"]


def test_what_is_known_to_be_missing_is_told_with_the_changes() -> None:
    gap = Gap(step="accounts", about="new.zip", reason="the export may be cut: it begins in 2026-04")
    changes = changes_between([account("imke"), account("lars")], [account("imke")], new_gaps=(gap,))
    assert changes.new_gaps == (gap,)
    assert names(changes.gone) == ["lars"]


def test_a_follower_who_is_blocked_now_is_in_other_lists() -> None:
    stay = account("stays", ties=(Tie.BLOCKED, Tie.FOLLOWER))
    changes = changes_between([account("lars"), stay], [account("lars", ties=(Tie.BLOCKED,)), stay])
    (change,) = changes.ties
    assert (change.lost, change.gained) == ((Tie.FOLLOWER,), (Tie.BLOCKED,))


def test_a_list_that_is_only_in_one_export_changes_nobodys_lists() -> None:
    both = (Tie.FOLLOWER, Tie.FOLLOWING)
    changes = changes_between([account("lars", ties=both)], [account("lars")])
    assert not changes.ties


def test_who_left_and_came_back_is_told() -> None:
    (change,) = changes_between([account("lars", tied_on=NOON)], [account("lars", tied_on=LATER)]).ties
    assert change.anew


def test_an_account_that_stands_twice_in_an_export_is_one_in_both_lists() -> None:
    twice = [account("lars"), account("LARS", ties=(Tie.FOLLOWING,))]
    changes = changes_between(twice, [account("lars", ties=(Tie.FOLLOWER, Tie.FOLLOWING))])
    assert changes.old_count == 1
    assert not changes.ties


EXPORT = st.lists(
    st.builds(
        account,
        st.sampled_from("abcdef"),
        st.sampled_from([None, None, "1", "2", "3"]),
        st.sampled_from([(Tie.FOLLOWER,), (Tie.FOLLOWING,), (Tie.FOLLOWER, Tie.FOLLOWING)]),
        tied_on=st.sampled_from([None, "2026-05-01", NOON, LATER]),
        former_names=st.sampled_from([(), ("a",), ("b",)]),
    ),
    max_size=6,
    unique_by=lambda one: one.handle.name,
)


@settings(max_examples=150, deadline=None)
@given(EXPORT, EXPORT, st.booleans())
def test_everybody_is_accounted_for_exactly_once(old: list[Account], new: list[Account], same: bool) -> None:
    changes = changes_between(old, new, lambda one, other: same)
    left = [
        *names(changes.gone),
        *names(changes.unknown_now),
        *(one.old.handle.name for one in changes.renamed),
    ]
    came = [
        *names(changes.new),
        *names(changes.unknown_before),
        *(one.new.handle.name for one in changes.renamed),
    ]
    replaced = {pair[0].handle.name for pair in changes.taken_over}
    stayed = ({one.handle.name for one in old} & {one.handle.name for one in new}) - replaced
    assert sorted([*left, *stayed]) == sorted(one.handle.name for one in old)
    assert sorted([*came, *stayed]) == sorted(one.handle.name for one in new)
    for hint in changes.hints:
        assert {one.handle.name for one in hint.gone} <= set(left)


@settings(max_examples=60, deadline=None)
@given(EXPORT, EXPORT, st.randoms(use_true_random=False))
def test_the_order_of_the_exports_does_not_matter(
    old: list[Account], new: list[Account], order: random.Random
) -> None:
    mixed = changes_between(order.sample(old, len(old)), order.sample(new, len(new)), always)
    assert mixed == changes_between(old, new, always)


@settings(max_examples=60, deadline=None)
@given(EXPORT)
def test_an_export_does_not_differ_from_itself(export: list[Account]) -> None:
    changes = changes_between(export, export, always)
    assert not any(
        (changes.new, changes.gone, changes.renamed, changes.ties, changes.hints, changes.taken_over)
    )


def test_forty_thousand_followers_are_compared_in_seconds() -> None:
    moments = (f"2026-05-{day:02}T{hour:02}:{minute:02}:00Z" for day, hour, minute in itertools.product(
        range(1, 29), range(24), range(60)
    ))  # fmt: skip
    every = [account(f"name{n}", tied_on=moment) for n, moment in zip(range(40_000), moments, strict=False)]
    started = time.process_time()
    changes = changes_between(every[:-100], every[100:], always)
    assert time.process_time() - started < 10
    assert len(changes.gone) == len(changes.new) == 100
