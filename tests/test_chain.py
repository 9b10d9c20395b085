"""Chains of names: only what is proven joins two cases, and never through a third."""

from __future__ import annotations

import dataclasses
import itertools
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.chain import Chains, Remembered, Sameness, Through, chains_of
from fakeprofile.records import (
    Case,
    Compared,
    Corners,
    Facts,
    Finding,
    Handle,
    Identity,
    Level,
    Looked,
    Match,
    Profile,
    Region,
    Report,
    Sighting,
    SiteKind,
    Source,
    Status,
    Support,
    Verdict,
    WholeDistance,
)

Seen = tuple[str, Match]


def case(number: int, *photos: str, on: str = "2026-05-01", id_: str | None = None) -> Remembered:
    handle = Handle(name=f"name{number}", platform="instagram", account_id=id_)
    return Remembered(
        case=Case(
            id=number, handle=handle, name=f"Name {number}", account_id=id_, first_checked_on=on,
            last_checked_on=on, level=Level.OTHER_ACCOUNT, photos=len(photos),
        ),
        photos=photos,
    )  # fmt: skip


def match(sighting: Sighting, *, proven: bool = True, box: tuple[float, float] | None = None) -> Match:
    region = None
    if box is not None:
        left, right = box
        corners: Corners = ((left, 0.0), (right, 0.0), (right, 9.0), (left, 9.0))
        region = Region(query=corners, sighting=corners, query_share=1.0, sighting_share=0.5)
    return Match(
        sighting=sighting,
        finding=Finding.SAME_PICTURE if proven else Finding.SIMILAR,
        support=Support(log10_lr=6.0, words="strong"),
        whole_distance=WholeDistance(phash=0, pdq=0),
        region=region,
    )


def of_case(number: int, photo: str) -> Sighting:
    return Sighting(
        id=number * 10, source=Source.CASE, identity=Identity(id=number, name="x"), photo_sha256=photo
    )


def known(photo: str, name: str = "Mikkel", *, seen_on: str | None = None, id_: int = 900) -> Sighting:
    identity = Identity(id=800, name=name)
    return Sighting(id=id_, source=Source.REFERENCE, identity=identity, photo_sha256=photo, seen_on=seen_on)


def reported(one: Remembered, *seen: Seen) -> Remembered:
    """The case with a report in which these photos matched."""
    looked = tuple(
        Looked(photo=photo, status=Status.OK, sha256=photo, matches=(found,)) for photo, found in seen
    )
    facts = Facts(
        profile=Profile(), checked_on="2026-07-01", looked=looked, compared=Compared(photos=1, hashes=0)
    )
    verdict = Verdict(level=Level.OTHER_ACCOUNT, evidence=())
    return dataclasses.replace(one, report=Report(facts=facts, verdict=verdict))


def numbers(chains: Chains) -> list[list[int]]:
    return [[case.id for case in chain.cases] for chain in chains.chains]


def test_a_file_that_two_cases_showed_joins_them_without_any_report() -> None:
    chains = chains_of([case(2, "p", on="2026-06-01"), case(1, "p", on="2026-07-01"), case(3, "q")])
    assert numbers(chains) == [[2, 1]]
    assert [one.id for one in chains.alone] == [3]
    assert chains.chains[0].links[0].pictures[0].through is Through.SAME_FILE


def test_a_proven_match_of_a_later_check_joins_and_one_that_only_looks_alike_does_not() -> None:
    lars = case(2, "q", on="2026-06-01")
    for proven in (True, False):
        chains = chains_of([case(1, "p"), reported(lars, ("q", match(of_case(1, "p"), proven=proven)))])
        assert numbers(chains) == ([[1, 2]] if proven else [])


def test_a_case_in_between_does_not_join_two_that_share_nothing() -> None:
    chains = chains_of([case(1, "p"), case(2, "p", "q"), case(3, "q")])
    assert numbers(chains) == [[1, 2], [2, 3]]
    assert [numbers(Chains(chains=chains.of(number))) for number in (1, 2)] == [[[1, 2]], [[1, 2], [2, 3]]]


def test_three_cases_that_share_pairwise_are_one_chain_in_time_order() -> None:
    chains = chains_of(
        [case(3, "q", "r", on="2026-03"), case(1, "p", "q", on="2026-01"), case(2, "p", "r", on="2026-02")]
    )
    assert numbers(chains) == [[1, 2, 3]]
    assert [(link.earlier, link.later) for link in chains.chains[0].links] == [(1, 2), (1, 3), (2, 3)]


def test_the_same_part_of_a_known_picture_joins_and_two_halves_of_it_do_not() -> None:
    for box, joined in [((0.0, 60.0), True), ((50.0, 100.0), False), (None, True)]:
        chains = chains_of([
            reported(case(1, "p"), ("p", match(known("k", seen_on="2016"), box=(0.0, 50.0)))),
            reported(case(2, "q"), ("q", match(known("k", seen_on="2016"), box=box))),
        ])  # fmt: skip
        assert numbers(chains) == ([[1, 2]] if joined else [])
        if joined:
            assert chains.chains[0].links[0].pictures[0].through is Through.KNOWN_PICTURE


def test_the_chain_tells_whose_pictures_they_are_known_to_be_and_since_when() -> None:
    chains = chains_of([
        reported(case(1, "p"), ("p", match(known("k", seen_on="2016")))),
        reported(case(2, "p"), ("p", match(known("l", seen_on="2014", id_=901)))),
    ])  # fmt: skip
    assert [(one.identity and one.identity.name, one.seen_on) for one in chains.chains[0].known] == [
        ("Mikkel", "2014")
    ]


def test_stock_pictures_join_nobody_and_are_counted() -> None:
    shop = dataclasses.replace(known("k"), source=Source.WEB, site=SiteKind.STOCK)
    chains = chains_of([reported(case(1, "p"), ("p", match(shop))), case(2, "p")])
    assert not chains.chains
    assert chains.stock == 1


def test_a_case_that_was_forgotten_joins_nobody() -> None:
    chains = chains_of([reported(case(2, "q"), ("q", match(of_case(1, "p"))))])
    assert not chains.chains


def test_the_ids_tell_a_renamed_account_from_another_one() -> None:
    for ids, sameness in [
        (("7", "7"), Sameness.RENAMED),
        (("7", "8"), Sameness.OTHER),
        (("7", None), Sameness.UNKNOWN),
    ]:
        (chain,) = chains_of([case(1, "p", id_=ids[0]), case(2, "p", id_=ids[1])]).chains
        assert chain.links[0].account is sameness


def test_the_count_is_of_the_photos_of_the_later_case() -> None:
    later = reported(
        case(2, "q", "r", on="2026-06"), ("q", match(of_case(1, "p"))), ("r", match(of_case(1, "p")))
    )
    (chain,) = chains_of([case(1, "p"), later]).chains
    assert chain.links[0].count == 2


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sets(st.sampled_from("pqrstu"), max_size=3), max_size=7), st.randoms(use_true_random=False)
)
def test_every_two_cases_of_a_chain_share_a_picture_whatever_the_order(
    shown: list[set[str]], order: random.Random
) -> None:
    cases = [case(number, *sorted(photos)) for number, photos in enumerate(shown, 1)]
    chains = chains_of(cases)
    assert chains_of(order.sample(cases, len(cases))) == chains
    for chain in chains.chains:
        for one, other in itertools.combinations(chain.cases, 2):
            assert shown[one.id - 1] & shown[other.id - 1]
    together = {
        pair for chain in chains.chains for pair in itertools.combinations([one.id for one in chain.cases], 2)
    }
    for one, other in itertools.combinations(range(1, len(shown) + 1), 2):
        assert bool(shown[one - 1] & shown[other - 1]) == ((one, other) in together)
