"""Pictures from the web are compared by the proofs of the reference set, under the rows that pointed at them."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import asked, jpeg

from fakeprofile import gallery
from fakeprofile.api import photo_in
from fakeprofile.gallery import Gallery
from fakeprofile.records import Gap
from fakeprofile.settings import DEFAULT
from fakeprofile.views import views_of

HARD = Path(__file__).resolve().parent.parent / "fixtures" / "hard"


def test_a_copy_is_proven_under_its_row_and_another_picture_is_not() -> None:
    with Gallery(DEFAULT) as hung:
        hung.hang(7, jpeg(1), "copy.jpg")
        hung.hang(8, jpeg(2), "other.jpg")
        matches = hung.matches(*asked(1))
    assert matches[7].proven
    assert 8 not in matches or not matches[8].proven


def test_one_picture_under_many_rows_matches_each_of_them() -> None:
    with Gallery(DEFAULT) as hung:
        same = {hung.hang(row, jpeg(1), "copy.jpg") for row in (0, 3, 9)}
        matches = hung.matches(*asked(1))
    assert len(same) == 1
    assert {row for row, match in matches.items() if match.proven} == {0, 3, 9}


@pytest.mark.parametrize("kind", ["burst", "framed", "meme", "screenshot"])
def test_what_only_looks_alike_is_never_proven(kind: str) -> None:
    """Another moment, another picture in the same frame, another under the same caption, another in the same app."""
    one, other = sorted(HARD.glob(f"{kind}-?.*"))
    photo = photo_in(one, DEFAULT)
    with Gallery(DEFAULT) as hung:
        assert not isinstance(hung.hang(0, other.read_bytes(), "other"), Gap)
        matches = hung.matches(photo, views_of(photo, DEFAULT))
    assert not any(match.proven for match in matches.values())


def test_what_is_no_picture_is_a_gap_under_the_name_of_each_row() -> None:
    with Gallery(DEFAULT) as hung:
        first, second = (hung.hang(row, b"<html>sold out</html>", f"{row}.jpg") for row in (0, 1))
        assert isinstance(first, Gap)
        assert isinstance(second, Gap)
        assert (first.about, second.about) == ("0.jpg", "1.jpg")
        assert hung.matches(*asked(1)) == {}


def test_a_picture_too_large_for_the_web_does_not_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    assert gallery.LIMITS.bytes < DEFAULT.limits.bytes
    data = jpeg(1) + bytes(gallery.LIMITS.bytes)
    with Gallery(DEFAULT) as hung:
        assert isinstance(hung.hang(0, data, "large.jpg"), Gap)


def test_a_plain_picture_is_said_to_be_so() -> None:
    avatar = HARD.parent / "cases" / "no-photo" / "avatar.png"
    with Gallery(DEFAULT) as hung:
        gap = hung.hang(0, avatar.read_bytes(), "avatar.png")
    assert isinstance(gap, Gap)
    assert "plain" in gap.reason
