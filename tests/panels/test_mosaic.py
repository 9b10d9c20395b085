"""Parts of a collage are surer together than each of them alone."""

from __future__ import annotations

from fakeprofile.panels.mosaic import CLEAR, settled
from fakeprofile.panels.ranking import Candidate
from fakeprofile.records import PanelShape

TILES = [
    Candidate((left, top, left + 300, top + 300), PanelShape.RECTANGLE, score)
    for (left, top), score in zip(((0, 0), (305, 0), (0, 305), (305, 305)), (0.9, 0.6, 0.5, 0.4), strict=True)
]
HALF = Candidate((0, 0, 300, 605), PanelShape.RECTANGLE, 0.37)


def scores(candidates: list[Candidate], width: int = 605) -> list[float]:
    return [one.score for one in settled(candidates, width, 605)]


def test_four_parts_that_cover_the_picture_are_all_sure() -> None:
    """What lies over two of them is none of the parts."""
    assert scores([*TILES, HALF]) == [0.9, CLEAR, CLEAR, CLEAR, 0.37]


def test_three_parts_may_be_sky_sea_and_beach() -> None:
    assert scores(TILES[:3]) == [0.9, 0.6, 0.5]


def test_parts_that_leave_much_of_the_picture_uncovered_are_no_collage() -> None:
    assert scores(TILES, width=900) == [0.9, 0.6, 0.5, 0.4]


def test_what_is_hardly_a_part_by_itself_completes_no_collage() -> None:
    faint = Candidate(TILES[3].box, PanelShape.RECTANGLE, 0.2)
    assert scores([*TILES[:3], faint]) == [0.9, 0.6, 0.5, 0.2]


def test_a_round_picture_is_no_part_of_a_collage() -> None:
    assert scores([*TILES[:3], Candidate(TILES[3].box, PanelShape.ROUND, 0.6)]) == [0.9, 0.6, 0.5, 0.6]
