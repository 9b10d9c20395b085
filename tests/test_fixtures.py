"""The drawn pictures in `fixtures/` are what the other tests take them for."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import cv2
import numpy as np
import pytest
from PIL import Image

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
REFERENCES = FIXTURES / "references"
# drawing everything takes most of a minute; these are quick and use every kind of brush and encoder
QUICK = (
    "exports/",
    "cases/letter",
    "cases/no-photo",
    "references/tobias-quell/b",
    "references/imke-dorsman/identity",
    "saved/bing",
    "saved/blocked",
    "saved/google",
    "saved/thumbnails/bookshelf",
    "saved/tineye",
    "saved/yandex",
)


def urls_in(value: object) -> Iterator[str]:
    """Every web address in a parsed identity file."""
    if isinstance(value, dict):
        for part in value.values():
            yield from urls_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from urls_in(part)
    elif isinstance(value, str) and "://" in value:
        yield value


def keypoints_of(path: Path) -> int:
    """The number of SIFT keypoints of a picture file at full size."""
    with Image.open(path) as image:
        grey = np.asarray(image.convert("L"))
    return len(cv2.SIFT_create().detect(grey, None))


def test_the_files_on_disk_are_what_make_py_draws() -> None:
    """A few files, drawn again, show the same pixels."""
    command = [sys.executable, str(FIXTURES / "make.py"), "--check", *QUICK]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.parametrize(
    "path", sorted(REFERENCES.glob("*/*.jpg")), ids=lambda p: f"{p.parent.name}/{p.stem}"
)
def test_every_reference_picture_has_at_least_500_keypoints(path: Path) -> None:
    """The drawings are as rich as photographs."""
    assert keypoints_of(path) >= 500


@pytest.mark.parametrize("path", sorted(REFERENCES.glob("*/identity.toml")), ids=lambda p: p.parent.name)
def test_every_identity_file_names_its_pictures_and_only_invented_addresses(path: Path) -> None:
    """Each picture has its entry, each entry its picture, and all addresses end in .example."""
    identity = tomllib.loads(path.read_text(encoding="utf-8"))
    assert identity["name"]
    assert all(":" in handle for handle in identity["handles"])
    assert set(identity["photos"]) == {p.name for p in path.parent.glob("*.jpg")}
    addresses = list(urls_in(identity))
    assert addresses
    assert all((urlsplit(url).hostname or "").endswith(".example") for url in addresses)


def test_the_fixtures_stay_small() -> None:
    """No picture over 700 KB, all together under 14 MB."""
    sizes = [p.stat().st_size for p in FIXTURES.rglob("*") if p.suffix in {".jpg", ".png", ".webp"}]
    assert max(sizes) < 700_000
    assert sum(sizes) < 14_000_000


def test_the_default_avatar_is_two_thirds_background_and_one_third_figure() -> None:
    """The colours and shares that a default avatar is known by."""
    with Image.open(FIXTURES / "cases" / "no-photo" / "avatar.png") as image:
        pixels = np.asarray(image.convert("RGB"), np.int16)
    assert pixels.shape == (224, 224, 3)
    background = np.abs(pixels - (244, 245, 247)).max(axis=-1) <= 3
    figure = np.abs(pixels - (130, 136, 148)).max(axis=-1) <= 3
    assert background.mean() == pytest.approx(0.67, abs=0.03)
    assert figure.mean() == pytest.approx(0.32, abs=0.03)
