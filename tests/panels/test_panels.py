"""`panels_of`: the pictures inside screenshots, collages and frames; and none where there are none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from drawn import code, scene, text_page
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from screens import Screen, Shown, drawn_screen, filling, grid, parts, photographed, screen, worn

from fakeprofile.errors import UsageError
from fakeprofile.panels import crop_of, panels_of
from fakeprofile.panels.boxes import overlap_of
from fakeprofile.records import Panel, PanelShape, Pixels

REFERENCES = Path(__file__).resolve().parents[2] / "fixtures" / "references"
PICTURES = [np.asarray(Image.open(path).convert("RGB")) for path in sorted(REFERENCES.glob("*/*.jpg"))]
SCENES = [scene(seed, 600, 500) for seed in range(12)]


def box_of(panel: Panel) -> tuple[int, int, int, int]:
    return panel.left, panel.top, panel.left + panel.width, panel.top + panel.height


def nearest(one: Shown, panels: tuple[Panel, ...]) -> Panel:
    return max(panels, key=lambda panel: overlap_of(one.box, box_of(panel)))


def missed(shown: tuple[Shown, ...], panels: tuple[Panel, ...], least: float = 0.85) -> list[Shown]:
    """Those at least 100 pixels wide and high, or round and 60, that no panel covers."""
    asked = [one for one in shown if min(np.subtract(one.box[2:], one.box[:2])) >= (60 if one.round else 100)]
    return [one for one in asked if overlap_of(one.box, box_of(nearest(one, panels))) < least]


def empty(dark: bool, size: tuple[int, int] = (1080, 1920)) -> Screen:
    return screen(np.random.default_rng(5), size, dark)


LAYOUTS = (
    "post",
    "profile",
    "story",
    "chat",
    "search",
    "feed",
    "desktop",
    "collage",
    "framed",
    "letterboxed",
    "meme",
)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_pictures_of_every_layout_are_found(layout: str, dark: bool) -> None:
    """But for one in ten: a bookshelf has clearer rectangles of its own than the edges of its picture."""
    asked, gone = 0, []
    for seed in range(3):
        pixels, shown = drawn_screen(layout, PICTURES, seed, dark)
        gone += missed(shown, panels_of(pixels, most=40))
        asked += len(shown)
    assert len(gone) <= max(0.1 * asked, 1 if asked < 10 else 0), gone


def test_an_empty_screen_of_letters_and_icons_has_no_panels() -> None:
    one = empty(dark=False)
    one.bars()
    for line in range(60):
        one.say(30, 110 + line * 28, one.words(9), 22)
    assert panels_of(np.asarray(one.image)) == (
        Panel(left=0, top=0, width=1080, height=1920, shape=PanelShape.WHOLE),
    )


@pytest.mark.parametrize("pixels", [text_page(1), code(3), scene(4)], ids=["text", "code", "leaves"])
def test_a_picture_that_holds_no_other_is_one_panel(pixels: Pixels) -> None:
    assert [panel.shape for panel in panels_of(pixels)] == [PanelShape.WHOLE]


def test_a_round_avatar_is_told_as_round_and_without_its_ring() -> None:
    one = empty(dark=True)
    one.pen.ellipse((90, 290, 310, 510), outline=(220, 60, 130), width=6)
    one.avatar(PICTURES[1], 104, 304, 192)
    panel = nearest(one.shown[0], panels_of(np.asarray(one.image)))
    assert panel.shape is PanelShape.ROUND
    assert np.abs(np.subtract(box_of(panel), (104, 304, 296, 496))).max() <= 2


def test_a_post_is_cut_out_to_two_pixels() -> None:
    one = empty(dark=False)
    one.put(PICTURES[3], (31, 417, 1049, 1203))
    panel = nearest(one.shown[0], panels_of(np.asarray(one.image)))
    assert np.abs(np.subtract(box_of(panel), (31, 417, 1049, 1203))).max() <= 2


@pytest.mark.parametrize("gutter", [0, 1, 3, 6])
def test_a_grid_gives_its_tiles(gutter: int) -> None:
    one = empty(dark=False)
    one.dice = np.random.default_rng(1)
    grid(one, PICTURES[:9], (0, 500, 1080, 1600), 3, gutter)
    assert len(missed(tuple(one.shown), panels_of(np.asarray(one.image), most=30))) <= 1


@pytest.mark.parametrize("count", range(2, 10))
def test_a_collage_gives_its_parts(count: int) -> None:
    one = empty(dark=False, size=(1200, 1200))
    parts(one, SCENES, (0, 0, 1200, 1200), count, 0)
    assert len(missed(tuple(one.shown), panels_of(np.asarray(one.image), most=30))) <= count // 6


def test_photos_are_found_in_all_of_a_very_long_chat() -> None:
    one = empty(dark=False, size=(1080, 20_000))
    for place in range(9):
        top = 700 + place * 2_050
        one.put(PICTURES[place], (40, top, 760, top + 540 + place * 40), 30)
    found = panels_of(np.asarray(one.image))
    assert not missed(tuple(one.shown), found)


@pytest.mark.parametrize("degrees", [-8, 3, 12])
def test_of_a_picture_that_lies_askew_the_box_around_it_is_a_panel(degrees: int) -> None:
    one = empty(dark=True)
    turned = Image.fromarray(PICTURES[2]).resize((600, 500)).convert("RGBA").rotate(degrees, expand=True)
    one.image.paste(turned, (150, 600), turned)
    box = 150, 600, 150 + turned.width, 600 + turned.height
    assert not missed((Shown(box),), panels_of(np.asarray(one.image)))


def test_of_a_photographed_screen_the_box_around_it_is_a_panel() -> None:
    pixels, _ = drawn_screen("post", SCENES, 3, dark=False)
    photo, box = photographed(pixels, 2)
    assert not missed((Shown(box),), panels_of(photo))


def test_tiles_in_a_small_jpeg_are_found() -> None:
    pixels, shown = drawn_screen("profile", SCENES, 5)
    pixels, shown = worn(pixels, shown, 70, 0.7)
    assert len(missed(shown, panels_of(pixels, most=30))) <= len(shown) / 8


# --- laws -------------------------------------------------------------------------------------

SIZES = st.tuples(st.integers(1, 300), st.integers(1, 300))


@given(SIZES, st.integers(0, 2**32), st.sampled_from(["noise", "flat", "blocks"]), st.integers(1, 20))
@settings(max_examples=60, deadline=None)
def test_panels_lie_inside_the_picture_and_the_whole_comes_first(
    size: tuple[int, int], seed: int, kind: str, most: int
) -> None:
    width, height = size
    dice = np.random.default_rng(seed)
    pixels = dice.integers(0, 256, (height, width, 3), dtype=np.uint8)
    if kind == "flat":
        pixels[:] = pixels[0, 0]
    elif kind == "blocks":
        pixels = np.kron(pixels[: height // 40 + 1, : width // 40 + 1], np.ones((40, 40, 1), np.uint8))
        pixels = pixels[:height, :width]
    found = panels_of(pixels, most=most)
    assert found[0] == Panel(left=0, top=0, width=width, height=height, shape=PanelShape.WHOLE)
    assert len(found) <= most
    for panel in found:
        assert panel.left >= 0
        assert panel.top >= 0
        assert panel.left + panel.width <= width
        assert panel.top + panel.height <= height
        assert 0 <= panel.confidence <= 1
        assert crop_of(pixels, panel).shape[:2] == (panel.height, panel.width)


@pytest.mark.parametrize("size", [(30_000, 16), (16, 16), (16, 30_000), (3, 2000), (1, 1)])
def test_a_picture_thinner_than_a_finger_is_one_panel(size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (*size, 3), dtype=np.uint8)
    assert len(panels_of(pixels)) == 1


@pytest.mark.parametrize("margin", [20, 64])
def test_a_margin_of_ground_moves_the_panels_along(margin: int) -> None:
    one = empty(dark=False)
    one.put(scene(1), (60, 300, 1020, 900))
    one.put(scene(2), (60, 980, 500, 1420))
    before = np.asarray(one.image)
    around = ((margin, margin), (margin, margin), (0, 0))
    after = np.pad(before, around, constant_values=int(before[0, 0, 0]))
    after[:margin] = after[-margin:] = before[0, 0]
    after[:, :margin] = after[:, -margin:] = before[0, 0]
    moved = {tuple(np.add(box_of(panel), margin).tolist()) for panel in panels_of(before)[1:]}
    found = {box_of(panel) for panel in panels_of(after)[1:]}
    assert len(moved) == len(found) == 2
    for box in moved:
        assert min(np.abs(np.subtract(box, other)).max() for other in found) <= 2


def test_a_crop_is_what_the_panel_shows() -> None:
    pixels = np.asarray(filling(PICTURES[0], 300, 200))
    crop = crop_of(pixels, Panel(left=10, top=20, width=100, height=50))
    assert np.array_equal(crop, pixels[20:70, 10:110])
    assert crop_of(pixels, Panel(left=250, top=100, width=100, height=500)).shape == (100, 50, 3)


def test_a_panel_outside_of_the_picture_is_refused_with_its_numbers() -> None:
    with pytest.raises(UsageError, match=r"300,0,100,100 lies outside .* 300 x 200"):
        crop_of(np.zeros((200, 300, 3), np.uint8), Panel(left=300, top=0, width=100, height=100))
