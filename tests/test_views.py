"""The pictures that a photo shows, from the screenshot to the library and back."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

import fakeprofile
from fakeprofile.api import add_photos
from fakeprofile.avatar import template_of
from fakeprofile.errors import UsageError
from fakeprofile.match import compare
from fakeprofile.photo import read
from fakeprofile.records import Finding, NewSighting, Panel, PanelShape, Photo
from fakeprofile.settings import DEFAULT
from fakeprofile.views import cut, print_of, views_of

REFERENCES = Path(__file__).parent.parent / "fixtures" / "references"
STAGE, HARBOUR = (REFERENCES / "mikkel-sandvang" / f"{name}.jpg" for name in ("stage", "harbour"))
TODAY = "2026-07-01"


def screenshot(tiles: list[Path], top: int = 420) -> Image.Image:
    """A phone's screen with a few lines of words and a row of tiles of 236 pixels."""
    screen = Image.new("RGB", (720, 1280), "white")
    draw = ImageDraw.Draw(screen)
    for number, line in enumerate(("lars.2011", "12 posts   847 following", "summer and music")):
        draw.text((40, 60 + 90 * number), line, font=ImageFont.load_default(size=36), fill="black")
    for number, tile in enumerate(tiles):
        picture = Image.open(tile).convert("RGB")
        side = min(picture.size)
        square = picture.crop((0, 0, side, side)).resize((236, 236), Image.Resampling.LANCZOS)
        screen.paste(square, (242 * (number % 3), top + 242 * (number // 3)))
    return screen


def saved(picture: Image.Image, path: Path) -> Path:
    picture.save(path)
    return path


def photo_of(picture: Image.Image, sha256: str = "ab" * 32) -> Photo:
    pixels = np.asarray(picture)
    return Photo(
        name="screen.png", sha256=sha256, width=pixels.shape[1], height=pixels.shape[0], pixels=pixels
    )


@pytest.fixture(scope="module")
def tiles() -> list[Path]:
    return sorted((REFERENCES / "mikkel-sandvang").glob("*.jpg"))[:6]


def test_a_view_of_a_panel_is_a_picture_of_its_own_without_a_file(tiles: list[Path]) -> None:
    """Its size is the panel's, its keypoints lie in it, and only the whole has the SHA-256 of the file."""
    whole, *panels = views_of(photo_of(screenshot(tiles)), DEFAULT)
    assert whole.panel is None
    assert whole.photo.sha256 == "ab" * 32
    assert len(panels) >= 4
    for view in panels:
        assert view.panel is not None
        assert view.photo.sha256 == ""
        assert (view.photo.width, view.photo.height) == (view.panel.width, view.panel.height)
        assert view.fingerprint.keypoints.points[:, 0].max() <= view.panel.width


def test_panels_that_were_named_are_the_only_ones(tiles: list[Path]) -> None:
    named = Panel(left=0, top=420, width=236, height=236, shape=PanelShape.RECTANGLE, confidence=1.0)
    views = views_of(photo_of(screenshot(tiles)), DEFAULT, given=(named,))
    assert [view.panel for view in views] == [None, named]


def test_a_panel_outside_of_the_photo_is_refused_with_both_sizes(tiles: list[Path]) -> None:
    outside = Panel(left=600, top=0, width=236, height=236, shape=PanelShape.RECTANGLE, confidence=1.0)
    with pytest.raises(UsageError, match=r"600,0,236,236 .* screen\.png, which is 720x1280"):
        views_of(photo_of(screenshot(tiles)), DEFAULT, given=(outside,))


def test_a_panel_of_reduced_pixels_is_cut_at_its_place() -> None:
    pixels = np.zeros((100, 200, 3), dtype=np.uint8)
    pixels[20:40, 50:100] = 255
    photo = Photo(name="a", sha256="", width=800, height=400, pixels=pixels)
    part = cut(
        photo, Panel(left=200, top=80, width=200, height=80, shape=PanelShape.RECTANGLE, confidence=1.0)
    )
    assert part.pixels.shape == (20, 50, 3)
    assert (part.pixels == 255).all()


def test_a_library_keeps_no_more_of_a_photo_that_was_asked_about(tiles: list[Path]) -> None:
    """As many keypoints as of any photo, and the panels only with thumbnails."""
    views = views_of(photo_of(screenshot(tiles)), DEFAULT)
    kept = print_of(views, DEFAULT)
    assert len(kept.fingerprint.keypoints) <= DEFAULT.reference_keypoints
    assert kept.fingerprint.keypoints.mirrored_codes is None
    assert len(kept.panels) == len(views) - 1
    assert print_of(views, DEFAULT, thumbnails=False).panels == ()


def test_a_known_photo_as_tall_as_a_screen_keeps_pictures_that_are_less_sure(tiles: list[Path]) -> None:
    """In a chat on a patterned ground a photo is found, but not surely; a photo of a wall of windows is not so tall."""
    wary = dataclasses.replace(DEFAULT, known_panel_confidence=1.01)
    square, tall = screenshot(tiles), Image.new("RGB", (720, 1560), "white")
    tall.paste(square, (0, 0))
    assert len(views_of(photo_of(square), wary, known=True)) == 1
    assert len(views_of(photo_of(tall), wary, known=True)) > 3


def test_two_screenshots_that_show_one_photo_between_other_things_are_found(
    tiles: list[Path], tmp_path: Path
) -> None:
    """The tile stands elsewhere and beside other tiles; the match says where, in the pixels of the screenshots."""
    known = saved(screenshot([STAGE, *tiles[:2]]), tmp_path / "known.png")
    others = sorted((REFERENCES / "imke-dorsman").glob("*.jpg"))[:2]
    asked = saved(screenshot([*others, STAGE], top=700), tmp_path / "asked.png")
    with fakeprofile.open_library(tmp_path / "x.sqlite") as library:
        list(add_photos([known], NewSighting(identity="Lars"), library=library, today=lambda: TODAY))
        (looked,) = fakeprofile.match([asked], library=library)
        assert library.counts("any")[0] == 1, "the tiles count as no photos of their own"
        (match,) = [one for one in looked.matches if one.proven]
        assert match.sighting.identity is not None and match.sighting.identity.name == "Lars"
        assert match.region is not None
        assert match.region.query[0] == pytest.approx((484, 700), abs=12)
        assert match.region.sighting[0] == pytest.approx((0, 420), abs=12)
        library.remove([match.sighting.id])
        (looked,) = fakeprofile.match([asked], library=library)
    assert looked.matches == ()


def test_two_screenshots_that_share_only_a_small_avatar_are_similar_at_most() -> None:
    """Every screenshot of an account has it beside its posts."""
    face = Image.open(REFERENCES / "tobias-quell" / "portrait.jpg").convert("RGB").resize((70, 70))
    screens = []
    for tile in (STAGE, HARBOUR):
        screen = screenshot([])
        screen.paste(Image.open(tile).convert("RGB").resize((720, 720)), (0, 460))
        screen.paste(face, (28, 370))
        screens.append(photo_of(screen, sha256=f"{len(screens):064}"))
    assert compare(*screens).finding in (Finding.SIMILAR, Finding.DIFFERENT)


def test_a_screenshot_that_is_its_own_reference_is_the_same_file(tmp_path: Path, tiles: list[Path]) -> None:
    path = saved(screenshot(tiles), tmp_path / "a.png")
    assert fakeprofile.compare(path, path).finding is Finding.SAME_FILE
    photo = read(path)
    assert isinstance(photo, Photo)


def test_a_panel_that_the_user_has_named_as_a_default_avatar_is_left_out(tiles: list[Path]) -> None:
    """As it would be if it were one of a platform's. The other panels stay, though none of them has a file."""
    screen = photo_of(screenshot(tiles))
    picture = Image.open(tiles[3]).convert("RGB")
    side = min(picture.size)
    tile = photo_of(picture.crop((0, 0, side, side)), "cd" * 32)
    views = views_of(screen, DEFAULT)
    named = template_of(tile, views[0].fingerprint, name="tile", added_on=TODAY)
    left = views_of(screen, DEFAULT, templates=(named,))
    (gone,) = {view.panel for view in views} - {view.panel for view in left}
    assert gone is not None
    assert (gone.left, gone.top) == (0, 662)
