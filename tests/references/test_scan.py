"""Which photos may be the one asked about: by whole-picture hashes without a miss, by keypoints by votes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.records import Keypoints, WholeDistance, WholeHashes
from fakeprofile.references.scan import FEWEST_VOTES, NEAR_PDQ, NEAR_PHASH, Row, Scan

NO_KEYPOINTS = Keypoints(
    algorithm="a", points=np.zeros((0, 4), np.float32), codes=np.zeros((0, 16), np.uint8)
)
TURNS = [(mirrored, turns) for mirrored in (False, True) for turns in range(4)][1:]


def flipped(hexadecimal: str, bits: int, random: np.random.Generator) -> str:
    """The hash with some bits changed."""
    size = len(hexadecimal) * 4
    value = int(hexadecimal, 16)
    for place in random.choice(size, bits, replace=False):
        value ^= 1 << int(place)
    return f"{value:0{size // 4}x}"


def query(random: np.random.Generator) -> WholeHashes:
    turned = tuple((*how, random.bytes(8).hex(), random.bytes(32).hex()) for how in TURNS)
    return WholeHashes(
        algorithm="w", phash=random.bytes(8).hex(), pdq=random.bytes(32).hex(), pdq_quality=90, turned=turned
    )


def forms(hashes: WholeHashes) -> list[tuple[bool, int, str, str]]:
    return [(False, 0, hashes.phash, hashes.pdq), *hashes.turned]


def apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def naive(rows: list[Row], hashes: WholeHashes) -> set[int]:
    """The ids within the radius, one by one and form by form."""
    found = set()
    for row in rows:
        for _, _, phash, pdq in forms(hashes):
            if row.pdq and int(row.pdq, 16) and apart(row.pdq, pdq) <= NEAR_PDQ:
                found.add(row.photo_id)
            if row.phash and int(row.phash, 16) and apart(row.phash, phash) <= NEAR_PHASH:
                found.add(row.photo_id)
    return found


@given(seed=st.integers(0, 2**32), count=st.integers(0, 40))
@settings(deadline=None)
def test_no_whole_picture_within_the_radius_is_missed_and_none_beyond_it_is_named(
    seed: int, count: int
) -> None:
    random = np.random.default_rng(seed)
    hashes = query(random)
    rows = []
    for number in range(count):
        _, _, phash, pdq = forms(hashes)[random.integers(0, 8)]
        _, _, other, _ = forms(hashes)[random.integers(0, 8)]
        near_phash = flipped(phash if random.random() < 0.5 else other, int(random.integers(0, 25)), random)
        near_pdq = flipped(pdq, int(random.integers(0, 120)), random)
        kind = random.integers(0, 5)
        rows.append(
            Row(
                photo_id=100 + number,
                phash=None if kind == 0 else "0" * 16 if kind == 1 else near_phash,
                pdq=None if kind == 2 else "0" * 64 if kind == 3 else near_pdq,
                codes=None,
            )
        )
    found = Scan(rows).candidates(hashes, NO_KEYPOINTS, most=1000)
    assert set(found) == naive(rows, hashes)
    for row in rows:
        if row.photo_id in found:
            tells_its_form(found[row.photo_id], row, hashes)


def tells_its_form(distance: WholeDistance, row: Row, hashes: WholeHashes) -> None:
    """The distances are those of the form that is named."""
    how = (distance.mirrored, distance.quarter_turns)
    phash, pdq = next((phash, pdq) for *form, phash, pdq in forms(hashes) if tuple(form) == how)
    assert distance.phash == (apart(row.phash, phash) if row.phash and int(row.phash, 16) else None)
    assert distance.pdq == (apart(row.pdq, pdq) if row.pdq and int(row.pdq, 16) else None)


def test_a_photo_whose_phash_is_near_in_another_form_than_its_pdq_is_found() -> None:
    random = np.random.default_rng(1)
    hashes = query(random)
    row = Row(photo_id=1, phash=hashes.turned[2][2], pdq=random.bytes(32).hex(), codes=None)
    found = Scan([row]).candidates(hashes, NO_KEYPOINTS, most=10)
    assert found[1].phash == 0
    assert (found[1].mirrored, found[1].quarter_turns) == hashes.turned[2][:2]


def test_hashes_of_nothing_match_nothing() -> None:
    nothing = WholeHashes(algorithm="w", phash="0" * 16, pdq="0" * 64, pdq_quality=0)
    rows = [
        Row(photo_id=1, phash="0" * 16, pdq="0" * 64, codes=None),
        Row(photo_id=2, phash=None, pdq=None, codes=None),
    ]
    assert Scan(rows).candidates(nothing, NO_KEYPOINTS, most=10) == {}
    assert Scan([]).candidates(nothing, NO_KEYPOINTS, most=10) == {}


def test_the_nearest_come_first_when_there_are_too_many() -> None:
    random = np.random.default_rng(2)
    hashes = query(random)
    rows = [
        Row(photo_id=number, phash=None, pdq=flipped(hashes.pdq, number, random), codes=None)
        for number in range(50, -1, -1)
    ]
    assert list(Scan(rows).candidates(hashes, NO_KEYPOINTS, most=5)) == [0, 1, 2, 3, 4]


def keypoints(codes: np.ndarray, mirrored: np.ndarray | None = None) -> Keypoints:
    return Keypoints(
        algorithm="a", points=np.zeros((len(codes), 4), np.float32), codes=codes, mirrored_codes=mirrored
    )


def near_codes(codes: np.ndarray, bits: int, random: np.random.Generator) -> np.ndarray:
    return np.array(
        [
            np.frombuffer(bytes.fromhex(flipped(code.tobytes().hex(), bits, random)), np.uint8)
            for code in codes
        ]
    )


def test_photos_are_found_by_the_votes_of_their_codes_plain_or_mirrored() -> None:
    random = np.random.default_rng(3)
    hashes = query(random)
    asked, mirrored = (random.integers(0, 256, (60, 16), dtype=np.uint8) for _ in range(2))
    stored = {
        1: random.integers(0, 256, (300, 16), dtype=np.uint8),
        2: near_codes(asked[:30], 20, random),
        3: near_codes(mirrored[:20], 20, random),
        4: near_codes(asked[: FEWEST_VOTES - 1], 5, random),
        5: near_codes(asked[:10], 60, random),
        6: near_codes(asked[40 : 40 + FEWEST_VOTES], 20, random),
    }
    rows = [
        Row(photo_id=number, phash=None, pdq=None, codes=codes.tobytes()) for number, codes in stored.items()
    ]
    rows.insert(2, Row(photo_id=7, phash=None, pdq=None, codes=None))
    rows.insert(0, Row(photo_id=8, phash=None, pdq=None, codes=b""))
    found = Scan(rows).candidates(hashes, keypoints(asked, mirrored), most=10)
    assert list(found) == [2, 6, 3]
    assert found[2] == WholeDistance(phash=None, pdq=None)
    assert list(Scan(rows).candidates(hashes, keypoints(asked, mirrored), most=1)) == [2, 3]
    assert Scan(rows).candidates(hashes, NO_KEYPOINTS, most=10) == {}


def test_a_code_votes_once_for_a_photo_however_many_of_its_codes_are_near() -> None:
    random = np.random.default_rng(4)
    asked = random.integers(0, 256, (FEWEST_VOTES - 1, 16), dtype=np.uint8)
    rows = [Row(photo_id=1, phash=None, pdq=None, codes=asked.tobytes() * 4)]
    assert Scan(rows).candidates(query(random), keypoints(asked), most=10) == {}


@pytest.mark.parametrize(
    "row",
    [
        Row(photo_id=1, phash="xyz", pdq=None, codes=None),
        Row(photo_id=1, phash="0" * 14, pdq=None, codes=None),
        Row(photo_id=1, phash=None, pdq="g" * 64, codes=None),
        Row(photo_id=1, phash=None, pdq=None, codes=bytes(17)),
    ],
)
def test_a_damaged_hash_is_refused_and_not_laid_over_the_next(row: Row) -> None:
    good = Row(photo_id=2, phash="1" * 16, pdq="1" * 64, codes=bytes(16))
    with pytest.raises(ValueError, match=r"."):
        Scan([row, good])
