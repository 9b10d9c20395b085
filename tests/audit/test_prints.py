"""A photo as bytes can be asked about again as the photo itself can."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from shelf import picture

from fakeprofile.audit.prints import measured, packed, print_in, unpacked
from fakeprofile.photo import read
from fakeprofile.records import Photo
from fakeprofile.settings import DEFAULT
from fakeprofile.views import View, print_of, views_of


def views_in(path: Path) -> tuple[View, ...]:
    photo = read(path, limits=DEFAULT.limits, least_side=DEFAULT.decoded_side)
    assert isinstance(photo, Photo)
    return views_of(photo, DEFAULT)


def test_views_come_back_with_their_hashes_keypoints_and_panels(tmp_path: Path) -> None:
    views = views_in(Path("fixtures/cases/soepkieke/2-stage-screenshot.png").resolve())
    assert len(views) > 1
    again = unpacked(packed(views, print_of(views, DEFAULT)))
    for one, other in zip(views, again, strict=True):
        assert other.fingerprint.whole == one.fingerprint.whole
        assert other.panel == one.panel
        assert other.photo.sha256 == one.photo.sha256
        for name in ("points", "codes", "mirrored_codes"):
            ours, theirs = (getattr(view.fingerprint.keypoints, name) for view in (one, other))
            assert np.array_equal(ours, theirs)


def test_what_was_measured_is_told_without_the_pixels(tmp_path: Path) -> None:
    views = views_in(picture(tmp_path / "a.jpg", 1))
    sha256, fingerprints = measured(packed(views, print_of(views, DEFAULT)))
    assert sha256 == views[0].photo.sha256
    assert [one.whole for one in fingerprints] == [view.fingerprint.whole for view in views]


def test_the_print_is_what_a_library_would_keep(tmp_path: Path) -> None:
    views = views_in(picture(tmp_path / "a.jpg", 1))
    kept = print_of(views, DEFAULT)
    again = print_in(packed(views, kept), DEFAULT)
    assert (again.sha256, again.thumbnail, len(again.panels)) == (
        kept.sha256,
        kept.thumbnail,
        len(kept.panels),
    )
    assert np.array_equal(again.fingerprint.keypoints.codes, kept.fingerprint.keypoints.codes)


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-1], lambda data: data[:8], lambda data: data[:50] + b"?" + data[51:]]
)
def test_bytes_that_are_not_whole_are_refused(tmp_path: Path, harm: object) -> None:
    views = views_in(picture(tmp_path / "a.jpg", 1))
    data = packed(views, print_of(views, DEFAULT))
    with pytest.raises(ValueError, match=r"whole|short"):
        unpacked(harm(data))  # type: ignore[operator]
    with pytest.raises(ValueError, match=r"whole|short"):
        measured(harm(data))  # type: ignore[operator]
