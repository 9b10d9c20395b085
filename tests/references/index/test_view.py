"""Which photos may be the one asked about: by whole-picture hashes without a miss, by keypoints by votes."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from crowd import (
    NO_KEYPOINTS,
    any_codes,
    any_points,
    any_whole,
    asked,
    entries_of,
    flipped,
    near_codes,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.fingerprint import KEYPOINTS
from fakeprofile.records import Fingerprint, WholeHashes
from fakeprofile.references.index import view as view_module
from fakeprofile.references.index.quantizer import centroids_of
from fakeprofile.references.index.tail import Tail
from fakeprofile.references.index.view import View
from fakeprofile.references.index.votes import FEWEST_VOTES
from fakeprofile.references.index.whole import NEAR_PDQ, NEAR_PHASH, distance_to
from fakeprofile.settings import LIGHT, Effort

NO_DEAD = np.zeros(0, dtype=np.int64)
NO_CODES, NO_POINTS = np.zeros((0, 16), np.uint8), np.zeros((0, 4), np.float32)
NOTHING = WholeHashes(algorithm="w", phash="0" * 16, pdq="0" * 64, pdq_quality=0)


def forms(hashes: WholeHashes) -> list[tuple[bool, int, str, str]]:
    return [(False, 0, hashes.phash, hashes.pdq), *hashes.turned]


def apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def naive(known: dict[int, WholeHashes], hashes: WholeHashes) -> set[int]:
    """The stamps within the radius, one by one and form by form."""
    found = set()
    for stamp, one in known.items():
        for _, _, phash, pdq in forms(hashes):
            if int(one.pdq, 16) and apart(one.pdq, pdq) <= NEAR_PDQ:
                found.add(stamp)
            if int(one.phash, 16) and apart(one.phash, phash) <= NEAR_PHASH:
                found.add(stamp)
    return found


def hashed(known: dict[int, WholeHashes]) -> View:
    entries = entries_of({stamp: (one, NO_CODES, NO_POINTS) for stamp, one in known.items()})
    return View([Tail(entries, None)], NO_DEAD, None)


def plain(hashes: WholeHashes) -> Fingerprint:
    return Fingerprint(width=400, height=400, whole=hashes, keypoints=NO_KEYPOINTS)


def a_known_hash(hashes: WholeHashes, random: np.random.Generator) -> WholeHashes:
    """One that lies about as far from a form as the radius, or lacks one kind of hash."""
    _, _, phash, pdq = forms(hashes)[random.integers(0, 8)]
    far = any_whole(random)
    kind = random.integers(0, 4)
    return dataclasses.replace(
        far,
        phash="0" * 16 if kind == 0 else flipped(phash, int(random.integers(0, 25)), random),
        pdq="0" * 64 if kind == 1 else far.pdq if kind == 2 else flipped(pdq, int(random.integers(0, 120)), random),
    )  # fmt: skip


@given(seed=st.integers(0, 2**32), count=st.integers(0, 40))
@settings(deadline=None)
def test_no_whole_picture_within_the_radius_is_missed_and_none_beyond_it_is_named(
    seed: int, count: int
) -> None:
    random = np.random.default_rng(seed)
    hashes = any_whole(random)
    known = {100 + number: a_known_hash(hashes, random) for number in range(count)}
    (found,) = hashed(known).near([plain(hashes)], most=1000)
    assert set(found) == naive(known, hashes)
    assert len(found) == len(set(found))


@given(seed=st.integers(0, 2**32))
@settings(deadline=None)
def test_a_distance_is_that_of_the_form_it_names(seed: int) -> None:
    random = np.random.default_rng(seed)
    hashes = any_whole(random)
    known = a_known_hash(hashes, random)
    distance = distance_to(hashes, known.phash, known.pdq)
    how = (distance.mirrored, distance.quarter_turns)
    phash, pdq = next((phash, pdq) for *form, phash, pdq in forms(hashes) if tuple(form) == how)
    assert distance.phash == (apart(known.phash, phash) if int(known.phash, 16) else None)
    assert distance.pdq == (apart(known.pdq, pdq) if int(known.pdq, 16) else None)
    if distance.pdq is not None and distance.pdq > NEAR_PDQ:
        near = min(apart(known.phash, form[2]) for form in forms(hashes))
        assert near > NEAR_PHASH or distance.phash in (near, None)


def test_a_photo_whose_phash_is_near_in_another_form_than_its_pdq_is_found() -> None:
    random = np.random.default_rng(1)
    hashes = any_whole(random)
    known = dataclasses.replace(any_whole(random), phash=hashes.turned[2][2])
    assert hashed({1: known}).near([plain(hashes)], most=10) == [[1]]
    distance = distance_to(hashes, known.phash, known.pdq)
    assert distance.phash == 0
    assert (distance.mirrored, distance.quarter_turns) == hashes.turned[2][:2]


def test_hashes_of_nothing_match_nothing() -> None:
    assert hashed({1: NOTHING, 2: NOTHING}).near([plain(NOTHING)], most=10) == [[]]
    assert View([], NO_DEAD, None).near([plain(NOTHING)], most=10) == [[]]
    assert distance_to(NOTHING, None, "0" * 64).pdq is None


def test_the_nearest_come_first_when_there_are_too_many() -> None:
    random = np.random.default_rng(2)
    hashes = any_whole(random)
    known = {
        number: dataclasses.replace(any_whole(random), pdq=flipped(hashes.pdq, 51 - number, random))
        for number in range(1, 52)
    }
    assert hashed(known).near([plain(hashes)], most=5) == [[51, 50, 49, 48, 47]]


# --- keypoints ----------------------------------------------------------------------------


def coded(photos: dict[int, tuple[np.ndarray, np.ndarray]], dead: tuple[int, ...] = ()) -> View:
    entries = entries_of({stamp: (None, *both) for stamp, both in photos.items()})
    return View([Tail(entries, None)], np.array(dead, dtype=np.int64), None)


def test_photos_are_found_by_codes_that_agree_on_one_place_plain_or_mirrored() -> None:
    random = np.random.default_rng(3)
    codes, mirrored = any_codes(60, random), any_codes(60, random)
    points = any_points(60, random)
    flip = points * [-1, 1, 1, 1] + [400, 0, 0, 0]
    flip[:, 3] = (180 - points[:, 3]) % 360
    photos = {
        1: (any_codes(300, random), any_points(300, random)),
        2: (near_codes(codes[:30], 10, random), points[:30]),
        3: (near_codes(mirrored[:20], 10, random), flip[:20]),
        4: (near_codes(codes[: FEWEST_VOTES - 1], 5, random), points[: FEWEST_VOTES - 1]),
        5: (near_codes(codes[:10], 60, random), points[:10]),
        6: (near_codes(codes[40 : 40 + FEWEST_VOTES], 10, random), points[40 : 40 + FEWEST_VOTES]),
        7: (near_codes(codes[:12], 10, random), any_points(12, random)),
        8: (NO_CODES, NO_POINTS),
    }
    query = asked(codes, points, random, mirrored)
    assert coded(photos).near([query], most=10) == [[2, 3, 6]]
    assert coded(photos).near([query], most=1) == [[2]]
    assert coded(photos, dead=(2,)).near([query], most=10) == [[3, 6]]
    assert coded(photos).near([plain(query.whole)], most=10) == [[]]


def turned(points: np.ndarray, degrees: float, factor: float, shift: float) -> np.ndarray:
    """Where the keypoints go when the picture is turned, scaled and moved."""
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    placed = (points[:, :2] - 200) @ turn.T * factor + 200 + shift
    return np.column_stack([placed, points[:, 2] * factor, (points[:, 3] + degrees) % 360])


@given(
    seed=st.integers(0, 2**32),
    degrees=st.floats(0, 359),
    factor=st.floats(0.25, 2),
    shift=st.floats(-100, 100),
)
@settings(deadline=None, max_examples=40)
def test_a_copy_is_found_however_it_is_turned_scaled_and_moved(
    seed: int, degrees: float, factor: float, shift: float
) -> None:
    random = np.random.default_rng(seed)
    codes, points = any_codes(200, random), any_points(8, random)
    # Everything else votes for photo 2, but each code for another place.
    others = any_points(192, random)
    photos = {
        1: (codes[:8], points),
        2: (near_codes(codes[8:20], 10, random), any_points(12, random)),
    }
    query = asked(codes, np.concatenate([turned(points, degrees, factor, shift), others]), random)
    assert coded(photos).near([query], most=1) == [[1]]


def test_fifty_copies_of_one_picture_are_all_found() -> None:
    random = np.random.default_rng(5)
    codes, points = any_codes(80, random), any_points(80, random)
    photos = {stamp: (near_codes(codes, 6, random), points) for stamp in range(1, 51)}
    photos |= {stamp: (any_codes(80, random), any_points(80, random)) for stamp in range(51, 80)}
    (found,) = coded(photos).near([asked(codes, points, random)], most=60)
    assert sorted(found) == list(range(1, 51))


def test_what_stands_in_many_photos_counts_less_than_what_stands_in_one() -> None:
    random = np.random.default_rng(6)
    furniture, picture = any_codes(60, random), any_codes(12, random)
    places, points = any_points(60, random), any_points(12, random)
    photos = {stamp: (near_codes(furniture, 4, random), places) for stamp in range(1, 200)}
    photos[200] = (near_codes(picture, 8, random), points)
    query = asked(np.concatenate([furniture, picture]), np.concatenate([places, points]), random)
    (found,) = coded(photos).near([query], most=40)
    assert found[0] == 200


def test_several_pictures_are_answered_together_as_each_by_itself() -> None:
    random = np.random.default_rng(7)
    photos = {stamp: (any_codes(50, random), any_points(50, random)) for stamp in range(1, 30)}
    queries = [
        asked(near_codes(photos[stamp][0], 12, random), photos[stamp][1], random) for stamp in (3, 9, 9, 27)
    ]
    view = coded(photos)
    together = view.near(queries, most=5)
    assert together == [view.near([query], most=5)[0] for query in queries]
    assert [found[0] for found in together] == [3, 9, 9, 27]


def test_with_less_effort_only_near_codes_that_say_enough_together_name_a_photo() -> None:
    random = np.random.default_rng(9)
    codes, points = any_codes(60, random), any_points(60, random)
    photos = {
        1: (near_codes(codes, 8, random), points),
        2: (near_codes(codes, 30, random), points),
        3: (near_codes(codes[:FEWEST_VOTES], 20, random), points[:FEWEST_VOTES]),
    }
    query = asked(codes, points, random)
    view = coded(photos)
    assert view.near([query], most=5) == [[1, 2, 3]]
    assert view.near([query], most=5, effort=Effort(bits=24)) == [[1, 3]]
    assert view.near([query], most=5, effort=Effort(score=25)) == [[1, 2]]
    assert view.near([query], most=5, effort=LIGHT) == [[1]]


def test_pairs_in_few_of_very_many_photos_are_counted_the_same() -> None:
    random = np.random.default_rng(8)
    codes, points = any_codes(40, random), any_points(40, random)
    few = {1: (near_codes(codes, 8, random), points), 2: (near_codes(codes[:9], 8, random), points[:9])}
    many = few | dict.fromkeys(range(3, 3000), (NO_CODES, NO_POINTS))
    query = asked(codes, points, random)
    assert coded(many).near([query], most=5) == coded(few).near([query], most=5) == [[1, 2]]


@pytest.mark.parametrize("compared", [1, view_module.COMPARED])
def test_where_lists_are_long_the_most_telling_keypoints_are_still_looked_for(
    compared: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Among very many photos not all keypoints of a picture can be looked for: those that say most are."""
    random = np.random.default_rng(10)
    photos = {stamp: (any_codes(500, random), any_points(500, random)) for stamp in range(1, 71)}
    entries = entries_of({stamp: (None, *both) for stamp, both in photos.items()})
    view = View([Tail(entries, centroids_of(KEYPOINTS))], NO_DEAD, centroids_of(KEYPOINTS))
    assert any(part.by_lists for part in view._parts)
    monkeypatch.setattr(view_module, "COMPARED", compared)
    codes, points = photos[7]
    first = np.concatenate([near_codes(codes[:60], 6, random), any_codes(540, random)])
    places = np.concatenate([points[:60], any_points(540, random)])
    assert view.near([asked(first, places, random)] * 3, most=5) == [[7]] * 3
    last = view.near([asked(first[::-1].copy(), places[::-1].copy(), random)], most=5)
    assert last == ([[7]] if compared > 1 else [[]])
