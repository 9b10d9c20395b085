"""``bench speed`` measures all methods beside each other, and says what the ratios come to."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from drawn import scene
from PIL import Image

from fakeprofile.bench.speed import (
    IMAGEHASH,
    METHODS,
    QUERY,
    REFERENCE,
    WHOLE,
    Rate,
    Shared,
    SizeSpeed,
    Speed,
    speed,
)
from fakeprofile.bench.speed_tables import speed_json, speed_text
from fakeprofile.cli import main
from fakeprofile.errors import UsageError


def unwatched(items: Iterable[Any], what: str, total: int) -> Iterable[Any]:
    return items


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Speed:
    folder = tmp_path_factory.mktemp("photos")
    for number in range(2):
        Image.fromarray(scene(number, 240, 180)).save(folder / f"{number}.png")
    (folder / "words.txt").write_text("no photo")
    return speed(folder, rounds=1, cores=1, watch=unwatched, sides=(96,))


def test_every_method_is_measured_on_every_size(measured: Speed) -> None:
    """In one table, with the rate and its multiple of imagehash's."""
    (size,) = measured.sizes
    assert (measured.photos, measured.drawn, size.side) == (2, False, 96)
    assert [rate.method for rate in size.one_core] == list(METHODS)
    rates = {rate.method: rate for rate in size.one_core}
    assert rates[IMAGEHASH].times_imagehash == 1
    for rate in size.one_core:
        assert rate.photos_per_second == pytest.approx(1 / rate.seconds)
        assert rate.times_imagehash == pytest.approx(rates[IMAGEHASH].seconds / rate.seconds)
    assert [shared.method for shared in size.all_cores] == [WHOLE, REFERENCE, QUERY]


def test_the_table_says_the_ratios_in_words() -> None:
    """Times imagehash, and how much longer than the decode alone."""
    seconds = dict(zip(METHODS, (0.001, 0.006, 0.02, 0.002, 0.06, 0.02, 0.3, 0.1), strict=True))
    rates = tuple(
        Rate(method=name, seconds=taken, photos_per_second=1 / taken, times_imagehash=0.006 / taken)
        for name, taken in seconds.items()
    )
    shared = (Shared(method=WHOLE, photos_per_second=990.4, times_one_core=1.98),)
    size = SizeSpeed(side=1080, bytes=250_000, one_core=rates, all_cores=shared)
    text = speed_text(Speed(photos=9, drawn=True, rounds=2, cores=2, sizes=(size,)))
    assert text.startswith("9 drawn pictures, 2 rounds")
    assert "3.00 times as fast as imagehash, and 100% longer than the reduced-scale decode alone" in text
    assert "3.0 times as fast as OpenCV's SIFT for a known photo, 3.0 times for one asked about" in text
    assert "| 20.00 | 50 | 0.30 |" in text
    assert "| 990 | 1.98 |" in text


def test_the_json_has_what_the_table_has(measured: Speed) -> None:
    """For programs that draw it over time."""
    said = json.loads(speed_json(measured))
    assert said["bench"] == "speed"
    assert said["sizes"][0]["one_core"][1]["method"] == IMAGEHASH


def test_a_folder_without_photos_is_refused(tmp_path: Path) -> None:
    """With what to do."""
    with pytest.raises(UsageError, match="no photo that can be read: give a folder with photos"):
        speed(tmp_path, rounds=1, cores=1, watch=unwatched)


def test_without_the_peers_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are no part of the program itself."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"install fakeprofile\[bench\]"):
        speed(None, rounds=1, cores=1, watch=unwatched)


def test_the_command_prints_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data to standard output, the rest to standard error."""
    monkeypatch.setattr("fakeprofile.bench.speed.SIDES", (64,))
    Image.fromarray(scene(1, 200, 150)).save(tmp_path / "a.jpg")
    result = CliRunner().invoke(main, ["bench", "speed", str(tmp_path), "--rounds", "1", "--workers", "1"])
    assert result.exit_code == 0
    assert result.stdout.startswith("1 photos, 1 rounds")
    assert "took" in result.stderr
