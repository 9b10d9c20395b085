"""Files of the index hold what went in, in whatever pieces they were made."""

from __future__ import annotations

import dataclasses
import hashlib
import mmap
import os
from importlib.resources import files
from pathlib import Path

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
from numpy.typing import NDArray

from fakeprofile.fingerprint import KEYPOINTS
from fakeprofile.records import Keypoints
from fakeprofile.references import blobs
from fakeprofile.references.index import segment as segment_module
from fakeprofile.references.index.building import Merger, written_entries
from fakeprofile.references.index.entries import Entries, living
from fakeprofile.references.index.layout import Header, Unsound, damaged_arrays
from fakeprofile.references.index.memory import read_ahead
from fakeprofile.references.index.places import packed_places, places_of, unpacked_places
from fakeprofile.references.index.quantizer import FILES, LISTS, Centroids, centroids_of, lists_of, published
from fakeprofile.references.index.segment import Segment
from fakeprofile.references.index.tail import Tail
from fakeprofile.references.index.view import View

NO_DEAD = np.zeros(0, dtype=np.int64)
LIBRARY = "of a test"


def centroids() -> Centroids:
    found = centroids_of(KEYPOINTS)
    assert found is not None
    return found


def header(first: int, last: int, photos: int, codes: int) -> Header:
    return Header(
        library=LIBRARY,
        algorithm=centroids().name,
        lists=LISTS,
        first_stamp=first,
        last_stamp=last,
        photos=photos,
        codes=codes,
        longest=0,
        checksums={},
    )


def written(path: Path, entries: Entries) -> Segment:
    """The photos as a file."""
    head = header(int(entries.stamps[0]), int(entries.stamps[-1]), len(entries), len(entries.codes))
    _, digest = written_entries(path, entries, head, centroids())
    return Segment(path, digest, LIBRARY)


def merged(path: Path, segments: list[Segment], dead: np.ndarray) -> Segment:
    """Several files as one."""
    merger = Merger(segments, dead)
    digest = merger.write(path, header(1, 99, merger.photos, merger.codes))
    return Segment(path, digest, LIBRARY)


def contents(segment: Segment) -> list[bytes]:
    return [
        getattr(segment, name).tobytes()
        for name in ("counts", "stamps", "phash", "pdq", "codes", "owners", "places")
    ]


def some_photos(seed: int, count: int) -> Entries:
    random = np.random.default_rng(seed)
    numbers = random.integers(0, 40, count)
    return entries_of(
        {
            stamp + 1: (any_whole(random), any_codes(number, random), any_points(number, random))
            for stamp, number in enumerate(numbers.tolist())
        }
    )


@given(seed=st.integers(0, 2**32), count=st.integers(2, 12), cut=st.integers(1, 11), gone=st.integers(0, 12))
@settings(deadline=None, max_examples=25)
def test_merging_files_gives_the_file_that_all_photos_at_once_would_have_made(
    tmp_path_factory: pytest.TempPathFactory, seed: int, count: int, cut: int, gone: int
) -> None:
    folder = tmp_path_factory.mktemp("files")
    entries = some_photos(seed, count)
    dead = np.random.default_rng(seed).permutation(entries.stamps)[: min(gone, count - 1)]
    after = entries.stamps > min(cut, count - 1)
    first, second = (
        written(folder / f"{name}.segment", living(entries, entries.stamps[away]))
        for name, away in (("first", after), ("second", ~after))
    )
    together = merged(folder / "together.segment", [first, second], np.sort(dead))
    once = written(folder / "once.segment", living(entries, dead))
    assert contents(together) == contents(once)
    assert not list(damaged_arrays(together.path, together.header))
    assert not list(folder.glob("*.partial"))


@given(seed=st.integers(0, 2**32))
@settings(deadline=None, max_examples=25)
def test_files_answer_like_the_exact_scan(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    random = np.random.default_rng(seed)
    photos = {
        stamp: (any_whole(random), any_codes(40, random), any_points(40, random)) for stamp in range(1, 13)
    }
    entries = entries_of(photos)
    segment = written(tmp_path_factory.mktemp("files") / "a.segment", entries)
    exact = View([Tail(entries, None)], NO_DEAD, None)
    indexed = View([segment], NO_DEAD, centroids())
    queries = []
    for stamp, (whole, codes, points) in photos.items():
        query = asked(near_codes(codes, 4, random), points, random)
        near = dataclasses.replace(query.whole, pdq=flipped(whole.pdq, int(random.integers(40, 80)), random))
        queries += [query, dataclasses.replace(query, whole=near, keypoints=NO_KEYPOINTS)]
        # By chance another one is near too.
        assert stamp in exact.near([query], most=12)[0]
    assert indexed.near(queries, most=12) == exact.near(queries, most=12)


def test_a_large_file_is_read_ahead_until_lookups_find_it_in_memory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The first lookup has much read from the disk, the second one little: the third one does not ask for it."""
    parts: list[int] = []
    read = iter([0, 9_000_000, 9_000_000, 9_000_000, 9_000_000, 9_000_000])

    def noted(mapped: mmap.mmap, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
        parts.append(int((ends - starts).sum()))
        read_ahead(mapped, starts, ends)

    monkeypatch.setattr(segment_module, "WORTH_READING_AHEAD", 0)
    monkeypatch.setattr(segment_module, "bytes_read", lambda: next(read))
    monkeypatch.setattr(segment_module, "read_ahead", noted)
    random = np.random.default_rng(3)
    photos = {stamp: (any_whole(random), any_codes(40, random), any_points(40, random)) for stamp in (1, 2)}
    segment = written(tmp_path / "a.segment", entries_of(photos))
    view = View([segment], NO_DEAD, centroids())
    query = asked(photos[2][1], photos[2][2], random)
    answers = [(view.near([query], most=2), len(parts)) for _ in range(3)]
    assert answers == [([[2]], 1), ([[2]], 2), ([[2]], 2)]
    # All codes of the photo, and of the other one those in the same lists.
    assert all(40 * 16 <= part <= 80 * 16 for part in parts)


def test_a_list_longer_than_two_bytes_can_count_is_kept_whole(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    code, count = any_codes(1, random), 70_000
    entries = entries_of({1: (None, np.repeat(code, count, axis=0), any_points(count, random))})
    segment = written(tmp_path / "a.segment", entries)
    assert segment.counts.max() == count
    assert merged(tmp_path / "b.segment", [segment], NO_DEAD).counts.max() == count
    assert np.array_equal(segment.codes, entries.codes)


def test_a_file_takes_no_more_than_24_bytes_a_code(tmp_path: Path) -> None:
    random = np.random.default_rng(2)
    entries = entries_of(
        {
            stamp: (any_whole(random), any_codes(500, random), any_points(500, random))
            for stamp in range(1, 601)
        }
    )
    segment = written(tmp_path / "a.segment", entries)
    assert segment.path.stat().st_size <= 24 * len(entries.codes)


@pytest.mark.skipif(os.name != "posix", reason="other systems have other permissions")
def test_nobody_else_may_read_a_file(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        segment = written(tmp_path / "a.segment", some_photos(1, 3))
    finally:
        os.umask(before)
    assert segment.path.stat().st_mode & 0o777 == 0o600


def test_a_file_is_opened_only_for_its_own_library_and_state(tmp_path: Path) -> None:
    segment = written(tmp_path / "a.segment", some_photos(1, 3))
    for digest, library in (("0" * 32, LIBRARY), (None, "another")):
        with pytest.raises(Unsound, match="another"):
            Segment(segment.path, digest or _digest(segment.path), library)
    assert len(Segment(segment.path, _digest(segment.path), LIBRARY)) == 3


def _digest(path: Path) -> str:
    return hashlib.blake2b(path.read_bytes()[:4096], digest_size=16).hexdigest()


# --- what codes and places become ---------------------------------------------------------


def test_published_centroids_never_change() -> None:
    data = {
        name: files("fakeprofile.references.index").joinpath(name).read_bytes() for name in FILES.values()
    }
    assert {name: hashlib.blake2b(one, digest_size=8).hexdigest() for name, one in data.items()} == {
        "centroids-2.npz": "1745c98483ae24fe"
    }
    assert KEYPOINTS in FILES


def test_a_centroid_stands_in_its_own_list_and_a_near_code_mostly_too() -> None:
    fine = published(FILES[KEYPOINTS]).fine
    random = np.random.default_rng(3)
    numbers = random.integers(0, LISTS, 500)
    lists = lists_of(centroids(), fine[numbers], 4, 128)
    bits = np.bitwise_count(fine[lists[:, 0]] ^ fine[numbers]).sum(axis=1)
    assert not bits.any()
    near = lists_of(centroids(), near_codes(fine[numbers], 6, random), 4, 128)
    assert (near == lists[:, :1]).any(axis=1).mean() > 0.9


@given(seed=st.integers(0, 2**32), width=st.integers(16, 30_000), height=st.integers(16, 30_000))
@settings(deadline=None, max_examples=60)
def test_four_bytes_tell_where_a_keypoint_lies(seed: int, width: int, height: int) -> None:
    random = np.random.default_rng(seed)
    longest = max(width, height)
    points = np.column_stack(
        [
            random.uniform(0, width, 20),
            random.uniform(0, height, 20),
            np.exp2(random.uniform(-9, -0.5, 20)) * longest,
            random.uniform(0, 360, 20),
        ]
    ).astype("f4")
    keypoints = Keypoints(algorithm="a", points=points, codes=np.zeros((20, 16), np.uint8))
    packed = packed_places(blobs.packed_points(keypoints, width, height), width, height)
    off = np.abs(unpacked_places(packed) - places_of(keypoints, width, height))
    assert off[:, :2].max() < 0.003
    # A stored diameter is no smaller than a sixteenth of a pixel, and no larger than 18,000.
    kept = (points[:, 2] > 0.07) & (points[:, 2] < 18_000)
    assert off[kept, 2].max(initial=0) < 0.03
    assert np.minimum(off[:, 3], 1 - off[:, 3]).max() < 0.003
