"""What was done to a picture, from the numbers of its alignment."""

from __future__ import annotations

import dataclasses

import pytest
from test_strength import ALIGNED, COPY

from fakeprofile.edits import edits_of
from fakeprofile.records import Alignment, Edit, Overlap, Region

CORNERS = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
WHOLE = Region(query=CORNERS, sighting=CORNERS, query_share=1.0, sighting_share=1.0)
SIZE = (800, 600)


def edits(
    alignment: Alignment = ALIGNED,
    region: Region = WHOLE,
    overlap: Overlap | None = COPY,
    size: tuple[int, int] = SIZE,
) -> tuple[Edit, ...]:
    return edits_of(alignment, region, overlap, size)


def test_a_plain_copy_has_no_edits() -> None:
    """Nor has one whose pixels could not be compared."""
    assert edits() == edits(overlap=None) == ()


@pytest.mark.parametrize(
    ("changes", "edit"),
    [({"mirrored": True}, Edit.MIRRORED), ({"rotation_degrees": 5.0}, Edit.TURNED),
     ({"rotation_degrees": -90.0}, Edit.TURNED), ({"stretch": 1.25}, Edit.STRETCHED)],
)  # fmt: skip
def test_each_number_shows_its_edit(changes: dict[str, float], edit: Edit) -> None:
    """One change, one edit."""
    assert edits(dataclasses.replace(ALIGNED, **changes)) == (edit,)  # type: ignore[arg-type]


def test_a_part_of_the_sighting_is_a_crop() -> None:
    """A twentieth may be missing: that is how exact corners are."""
    assert edits(region=dataclasses.replace(WHOLE, sighting_share=0.5)) == (Edit.CROPPED,)
    assert edits(region=dataclasses.replace(WHOLE, sighting_share=0.95)) == ()


def test_a_tall_picture_around_it_is_a_screenshot_and_any_other_just_larger() -> None:
    """Phone screens are tall."""
    part = dataclasses.replace(WHOLE, query_share=0.4)
    assert edits(region=part, size=(1080, 2340)) == (Edit.IN_SCREENSHOT,)
    assert edits(region=part) == (Edit.IN_LARGER_PICTURE,)


def test_colours_come_from_the_pixels() -> None:
    """A filter, or no colour left."""
    assert edits(overlap=dataclasses.replace(COPY, recoloured=True)) == (Edit.RECOLOURED,)
    assert edits(overlap=dataclasses.replace(COPY, grey=True)) == (Edit.MADE_GREY,)


def test_edits_stand_in_the_order_of_their_list() -> None:
    """So that two runs print the same."""
    every = edits(
        dataclasses.replace(ALIGNED, mirrored=True, rotation_degrees=9.0, stretch=1.3),
        dataclasses.replace(WHOLE, query_share=0.5, sighting_share=0.5),
        dataclasses.replace(COPY, recoloured=True),
    )
    assert list(every) == [edit for edit in Edit if edit in every]
    assert len(every) == 6
