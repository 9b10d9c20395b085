"""What was done to a picture between the sighting and the photo, from the numbers of their alignment."""

from __future__ import annotations

from collections.abc import Iterator

from fakeprofile.records import Alignment, Edit, Overlap, Region

WHOLE = 0.93
"""From this part of its area on, a picture counts as shown whole."""
TURNED_DEGREES = 2.0
STRETCHED = 1.06
TALL = 1.6
"""Height for one of width: no camera makes such pictures, phone screens do."""


def edits_of(
    alignment: Alignment, region: Region, overlap: Overlap | None, query_size: tuple[int, int]
) -> tuple[Edit, ...]:
    """The edits that show, in a fixed order.

    Args:
        alignment: of the photo with the sighting's picture.
        region: what both show.
        overlap: their pixels, if they could be compared.
        query_size: width and height of the photo.
    """
    return tuple(_edits(alignment, region, overlap, query_size))


def _edits(
    alignment: Alignment, region: Region, overlap: Overlap | None, query_size: tuple[int, int]
) -> Iterator[Edit]:
    if alignment.mirrored:
        yield Edit.MIRRORED
    if region.sighting_share < WHOLE:
        yield Edit.CROPPED
    if region.query_share < WHOLE:
        tall = query_size[1] >= TALL * query_size[0]
        yield Edit.IN_SCREENSHOT if tall else Edit.IN_LARGER_PICTURE
    if abs(alignment.rotation_degrees) > TURNED_DEGREES:
        yield Edit.TURNED
    if alignment.stretch > STRETCHED:
        yield Edit.STRETCHED
    if overlap and overlap.recoloured:
        yield Edit.RECOLOURED
    if overlap and overlap.grey:
        yield Edit.MADE_GREY
