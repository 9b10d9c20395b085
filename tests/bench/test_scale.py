"""``bench scale`` measures real libraries of made-up photos that lie as close together as real ones."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from fakeprofile.bench.crowd import CODES, COPY, codes_of, copy_of, crowd
from fakeprofile.bench.scale import Scale, measured
from fakeprofile.bench.scale_tables import scale_json, scale_text
from fakeprofile.bench.scale_whole import whole_spent
from fakeprofile.cli import main
from fakeprofile.errors import UsageError


@pytest.fixture(scope="module")
def scales(tmp_path_factory: pytest.TempPathFactory) -> list[Scale]:
    return list(measured([300, 20], tmp_path_factory.mktemp("scale"), queries=2))


def test_one_library_is_measured_as_it_grows(scales: list[Scale]) -> None:
    assert [one.photos for one in scales] == [20, 300]
    small, large = scales
    assert small.segments == 0
    assert small.codes == 0
    assert large.segments == 1
    assert large.codes == 300 * CODES
    assert large.library_bytes > small.library_bytes
    assert 23 < large.bytes_a_code < 24
    assert large.resident > large.resident_files > 0


def test_copies_are_found_among_the_crowd(scales: list[Scale]) -> None:
    for one in scales:
        assert [spent.found for spent in (one.photo, one.poor, one.screenshot)] == [1.0, 1.0, 1.0]
        assert one.photo.p99 >= one.photo.median > 0


def test_the_tables_show_every_size_and_json_every_number(scales: list[Scale], tmp_path: Path) -> None:
    whole = whole_spent(1000, tmp_path, rounds=1)
    assert not list(tmp_path.iterdir())
    text = scale_text(scales, [whole])
    for words in ("| 300 | 150,000 |", "| 20 |", "| 1,000 |", "100%"):
        assert words in text
    columns = {line.count("|") for line in text.split("\n\n")[0].splitlines()}
    assert len(columns) == 1
    values = json.loads(scale_json(scales, [whole]))
    assert values["libraries"][1]["bytes_a_code"] == scales[1].bytes_a_code
    assert values["whole_hashes"][0]["ratio"] == whole.ours / whole.faiss


def test_the_crowd_is_always_the_same_and_no_two_of_it_are_alike() -> None:
    one, other = crowd(0), crowd(1)
    again = crowd.__wrapped__(0)
    assert np.array_equal(one.codes, again.codes)
    assert one.whole == again.whole
    assert not np.array_equal(one.codes, other.codes)
    assert len(np.unique(one.codes.reshape(-1, 16), axis=0)) > 0.999 * one.codes.size / 16


def test_codes_of_the_crowd_lie_as_close_together_as_those_of_photos() -> None:
    random = np.random.default_rng(1)
    known, asked = (codes_of(count, random).view(np.uint64) for count in (40_000, 100))
    bits = np.bitwise_count(asked[:, None] ^ known[None]).sum(axis=2)
    assert 0.01 < (bits <= 40).mean() < 0.04  # real photos: 0.016; codes of chance: 0.00001
    assert 60 < np.median(bits) < 66  # real photos: 63


def test_a_copy_keeps_what_its_wear_says() -> None:
    random = np.random.default_rng(2)
    photo = crowd(0)
    copy = copy_of(photo.codes[3], photo.points[3], COPY, 1200, random)
    assert len(copy.keypoints) == 1200
    words, known = (codes.view(np.uint64) for codes in (copy.keypoints.codes, photo.codes[3]))
    nearest = np.bitwise_count(words[:, None] ^ np.ascontiguousarray(known)[None]).sum(axis=2).min(axis=1)
    assert 30 < (nearest <= 8).sum() < 80  # half of the fifth that is kept


def test_what_cannot_be_measured_is_refused_before_the_work(tmp_path: Path) -> None:
    for arguments, words in (
        (["--photos", "many"], "no list of numbers"),
        (["--photos", "10", "--hashes", "-3"], "no list of numbers"),
        (["--photos", "900000000000"], "has room for"),
    ):
        result = CliRunner().invoke(main, ["bench", "scale", *arguments, "--folder", str(tmp_path)])
        assert isinstance(result.exception, UsageError)
        assert words in str(result.exception)
    assert not list(tmp_path.iterdir())


def test_the_command_prints_json_and_leaves_nothing_behind(tmp_path: Path) -> None:
    arguments = ["--photos", "5", "--hashes", "500", "--queries", "1", "--folder", str(tmp_path), "--json"]
    result = CliRunner().invoke(main, ["bench", "scale", *arguments])
    assert result.exception is None
    values = json.loads(result.stdout)
    assert values["libraries"][0]["photos"] == 5
    assert values["whole_hashes"][0]["hashes"] == 500
    assert not list(tmp_path.iterdir())
