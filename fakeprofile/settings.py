"""The limits and thresholds that a user may want to change, with their reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a picture may be before it is refused; checked before it is decoded."""

    bytes: int = 64 * 1024 * 1024
    """Size of the file. The largest phone photos (200 megapixels) stay under 60 MB."""
    pixels: int = 100_000_000
    """Width times height. 100 megapixels take 300 MB as RGB."""
    side: int = 30_000
    """Longest side, in pixels: a long chat screenshot is about 20,000."""
    shortest_side: int = 16
    """Shortest side, in pixels. Below it there is nothing to compare."""
    frames: int = 10_000
    """How many frames of an animation are counted; a GIF of 64 MB can hold four million. Only the first is
    looked at, and the report says of how many."""
    files: int = 100_000
    """How many files of one folder are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How hard the keypoints of a picture are looked for in a library."""

    keypoints: int = 1200
    """With how many of them, the most telling first; the proof uses all."""
    score: float = 0.0
    """What they must give a photo of the library together to be examined: three that agree by chance give some 4."""
    bits: int = 40
    """Codes further apart than that are noise."""
    lists: int = 8
    """In how many lists of the index each code is looked for, at most."""
    regions: int = 6
    """In how many regions of the space of codes its lists are looked for."""


FULL = Effort()
LIGHT = Effort(keypoints=200, score=40.0, bits=24, lists=2, regions=3)
"""For small pictures of an audit. Of 688 copies at 320 pixels, edited in twenty ways, all but one score 55 and more so,
as with all effort, and of 404 others all but one 75; photos that are not the same seldom reach 40, and cost nothing
further (README, "Performance")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of one run."""

    limits: Limits = Limits()
    decoded_side: int = 1600
    """Longest side, in pixels, that a JPEG keeps at least when it is decoded at reduced scale: the tiles of a
    screenshot must stay large enough to be looked at on their own."""
    query_side: int = 800
    """Longest side, in pixels, on which the keypoints of a photo that is asked about are measured."""
    reference_side: int = 512
    """The same for a photo of the library. Larger finds no more copies and takes twice as long (README)."""
    reference_keypoints: int = 500
    """How many keypoints are stored for a photo of the library."""
    query_keypoints: int = 1200
    """How many keypoints are measured on a photo that is asked about."""
    thumbnail_side: int = 512
    """Longest side, in pixels, of a stored thumbnail."""
    candidates: int = 40
    """How many photos of the library are examined for each photo asked about."""
    effort: Effort = FULL
    """How hard they are looked for."""
    pairs: int = 100
    """How many pairs of pictures are laid over each other without asking what is known already; a screenshot that shares
    its tiles with dozens of known ones has hundreds."""
    looks: int = 2
    """How often, where there are more, a known photo is looked at that is proven."""
    laid: int = 80
    """How many pairs of pictures are compared pixel by pixel for one photo. The report says if known photos were left
    out, each of which may show one of its pictures too."""

    false_matches: float = 1e-6
    """How many searches of a library for an unrelated picture may end with a false match: a larger library asks for
    more before two pictures are called the same."""

    panels: int = 12
    """How many pictures inside a photo are looked at on their own, besides the whole."""
    panel_confidence: float = 0.35
    """How sure it must be that a picture stands somewhere in a photo that is asked about. Natural photos give up to
    0.5 by chance, tiles and posts 0.65 and more, halves of a collage 0.4."""
    known_panel_confidence: float = 0.65
    """The same in a photo of the library, where every part that is kept can be mistaken by everybody who asks."""
    screen_shape: float = 1.9
    """Times as high as wide, from which a photo of the library is taken for a screenshot: phones have 2.0 to 2.2, and
    hardly a photo is so tall,"""
    screen_panel_confidence: float = 0.4
    """and how sure it must be there: a photo in a chat gives 0.44."""
    known_panel_share: float = 0.18
    """Of the shorter side of a photo of the library, how much a picture in it measures at least to be kept: a window
    pane or the avatar beside a post is less, a tile of a grid a third."""
    panel_side: int = 448
    """Longest side, in pixels, on which the keypoints of a picture inside a photo are measured."""
    panel_thumbnail_side: int = 384
    """Longest side, in pixels, of the stored thumbnail of one: a tile of a screenshot is about as large."""
    panel_keypoints: int = 500
    """How many keypoints are measured on one."""

    small_side: int = 400
    """Longest side, in pixels, up to which a picture is taken for a mere avatar in an audit."""
    small_keypoints: int = 500
    """How many keypoints are measured on one: as many as are stored. Of 688 copies that are proven with 1,200 one is not."""
    small_effort: Effort = LIGHT

    def for_picture(self, width: int, height: int) -> Settings:
        """The settings for a picture of that size in an audit: of ten thousand avatars each may cost but little.

        A small one is not looked through for pictures inside it, has fewer keypoints, and only what the most telling of
        them point at is examined: what that loses is measured (README, "Performance").
        """
        if max(width, height) > self.small_side:
            return self
        return replace(
            self,
            panels=0,
            query_keypoints=min(self.query_keypoints, self.small_keypoints),
            effort=self.small_effort,
        )

    def of_panels(self) -> Settings:
        """The settings for one of the pictures inside a photo."""
        return replace(
            self,
            query_side=self.panel_side,
            reference_side=self.panel_side,
            query_keypoints=self.panel_keypoints,
        )


DEFAULT = Settings()
