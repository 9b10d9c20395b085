"""Whether the pixels of two pictures agree where an alignment lays them over each other."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn import captioned, code, grey, next_moment, resized, scene, stickered, text_page, warm
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.overlap import overlap_of
from fakeprofile.overlap.blocks import gridded
from fakeprofile.overlap.drift import drift_of
from fakeprofile.overlap.pixels import blurred, to_grey
from fakeprofile.overlap.sharpness import Even
from fakeprofile.records import Matrix, Overlap, Pixels
from fakeprofile.strength import MOST_DRIFT

SCENE = scene(1)
UPRIGHT: Matrix = ((1, 0, 0), (0, 1, 0))


def laid(query: Pixels, known: Pixels, matrix: Matrix = UPRIGHT) -> Overlap:
    return overlap_of(query, query.shape[1], known, known.shape[1], matrix)


def share(overlap: Overlap) -> float:
    return overlap.agreeing / max(1, overlap.blocks)


def test_a_picture_agrees_with_itself_everywhere() -> None:
    """Every block that tells, with nothing off its place."""
    overlap = laid(SCENE, SCENE)
    assert overlap.blocks > 100
    assert share(overlap) == 1
    assert (overlap.solid, overlap.drift) == (0, 0)
    assert overlap.correlation == pytest.approx(1, abs=0.001)
    assert not overlap.recoloured
    assert not overlap.grey


def test_two_pictures_do_not_agree() -> None:
    """Hardly a block by chance, and what disagrees stands together."""
    overlap = laid(scene(2), SCENE)
    assert share(overlap) < 0.15
    assert overlap.solid > 0.5 * overlap.blocks


@pytest.mark.parametrize("off", [3, -4])
def test_a_transform_that_is_a_little_off_is_corrected(off: int) -> None:
    """Keypoints are not exact; the pixels are."""
    overlap = laid(SCENE, SCENE, ((1.01, 0, off), (0, 1.01, off)))
    assert share(overlap) > 0.95
    assert overlap.drift < 0.1


@pytest.mark.parametrize("made", [captioned, stickered], ids=["caption", "stickers"])
def test_what_was_drawn_over_a_copy_counts_neither_way(made) -> None:  # type: ignore[no-untyped-def]
    """The rest of the picture agrees, and that is what counts."""
    assert share(laid(made(SCENE), SCENE)) > 0.9


@pytest.mark.parametrize("made", [text_page, code], ids=["text", "code"])
def test_text_and_codes_tell_nothing_even_if_they_are_the_same(made) -> None:  # type: ignore[no-untyped-def]
    """They are furniture: everybody has the same letters."""
    overlap = laid(made(1), made(1))
    assert overlap.agreeing < 10
    assert overlap.spread < 0.03


def meme(pixels: Pixels, lines: int = 2) -> Pixels:
    """Thick white capitals with a black edge, above and below."""
    written = np.ascontiguousarray(pixels)
    high = written.shape[0]
    for number in range(lines):
        for base in (40 + 42 * number, high - 14 - 42 * number):
            for colour, thick in (((0, 0, 0), 9), ((255, 255, 255), 4)):
                cv2.putText(
                    written, "WHEN YOU SEE IT", (6, base), cv2.FONT_HERSHEY_DUPLEX, 1.25, colour, thick
                )
    return written


def test_thick_capitals_over_a_copy_count_neither_way() -> None:
    """Nearly all of a block can be letter: what shows through between them decides."""
    overlap = laid(meme(SCENE.copy()), SCENE)
    assert share(overlap) > 0.9
    assert overlap.reach == 1.0
    assert overlap.hole < 0.1


def test_a_bar_across_a_copy_leaves_it_one_picture() -> None:
    """The picture goes on above and below it; neither half alone is what was copied."""
    barred = SCENE.copy()
    barred[200:236] = (barred[200:236] * 0.45).astype(np.uint8)
    overlap = laid(barred, SCENE)
    assert overlap.reach == 1.0
    assert share(overlap) > 0.85


def test_a_black_screen_in_one_of_two_pictures_is_no_letter() -> None:
    """As large a black thing as the screen of a phone hides another picture."""
    dark, other = SCENE.copy(), SCENE.copy()
    dark[90:270, 150:330] = 8
    other[90:270, 150:330] = scene(2)[90:270, 150:330]
    assert laid(other, dark).hole > 0.12
    assert laid(dark, other).hole > 0.12


def test_another_brightness_counts_where_nothing_was_done_to_the_tones() -> None:
    """A plain screen of another colour than anything else in the picture."""
    one, other = (SCENE * 0.5).astype(np.uint8), (SCENE * 0.5).astype(np.uint8)
    one[90:270, 150:330], other[90:270, 150:330] = 230, 160
    assert laid(other, one).hole > 0.12


def test_heavy_noise_is_looked_at_in_larger_blocks() -> None:
    """Small blocks of it do not agree; larger ones do, and are in their place."""
    noise = np.random.default_rng(5).normal(0, 60, SCENE.shape)
    overlap = laid(np.clip(SCENE + noise, 0, 255).astype(np.uint8), SCENE)
    assert share(overlap) > 0.85
    assert overlap.drift <= MOST_DRIFT
    assert overlap.places >= 12


def test_a_shared_caption_does_not_make_two_pictures_agree() -> None:
    """Half of both is the same text; none of that counts."""
    assert share(laid(captioned(SCENE, 0.5), captioned(scene(2), 0.5))) < 0.3


def test_the_next_picture_of_a_burst_drifts() -> None:
    """Its blocks agree, each a little off its place."""
    overlap = laid(next_moment(SCENE), SCENE)
    assert overlap.drift > MOST_DRIFT


def test_a_copy_does_not_drift_however_small_it_is() -> None:
    """Neither noise nor size is movement."""
    small = resized(SCENE, 150)
    overlap = laid(small, SCENE, ((150 / 480, 0, 0), (0, 150 / 480, 0)))
    assert share(overlap) > 0.95
    assert overlap.drift < 0.1


def test_colours_that_were_changed_or_lost_are_noticed() -> None:
    """A filter is one thing, grey another."""
    assert laid(warm(SCENE), SCENE).recoloured
    faded = laid(grey(SCENE), SCENE)
    assert (faded.grey, faded.recoloured) == (True, False)
    assert share(faded) > 0.95


def test_pictures_that_do_not_touch_share_no_blocks() -> None:
    """And nothing is divided by nothing."""
    overlap = laid(SCENE, SCENE, ((1, 0, 5000), (0, 1, 0)))
    assert (overlap.blocks, overlap.agreeing, overlap.drift) == (0, 0, 0)


def test_a_plain_picture_tells_nothing() -> None:
    """There is no texture in it."""
    assert laid(np.full((300, 300, 3), 90, dtype=np.uint8), SCENE).blocks == 0


@settings(max_examples=25, deadline=None)
@given(
    st.tuples(st.integers(16, 90), st.integers(16, 90)),
    st.floats(0.05, 3),
    st.floats(-3, 3),
    st.floats(-50, 50),
)
def test_every_transform_of_every_size_gives_numbers(
    size: tuple[int, int], scale: float, skew: float, off: float
) -> None:
    """No matter how odd the pictures or the transform are."""
    dice = np.random.default_rng(0)
    known = dice.integers(0, 256, (*size, 3)).astype(np.uint8)
    overlap = laid(resized(SCENE, 100), known, ((scale, skew, off), (-skew, scale, off)))
    assert 0 <= overlap.agreeing <= overlap.blocks
    assert overlap.solid <= overlap.blocks
    assert -1.001 <= overlap.correlation <= 1.001
    assert 0 <= overlap.drift <= 1


def broadly_framed(pixels: Pixels) -> Pixels:
    """The picture inside a grainy frame that takes more than half of the whole."""
    whole = scene(9, 480, 360)
    whole[60:300, 80:400] = resized(pixels, 320)
    return whole


def test_the_box_is_what_both_show() -> None:
    """A screenshot shows a crop: the box is that crop, to a block or two."""
    crop = SCENE[90:300, 60:420]
    screen = np.full((600, 480, 3), 255, dtype=np.uint8)
    screen[200:410, 60:420] = crop
    box = laid(screen, SCENE, ((1, 0, 0), (0, 1, 110))).box
    assert box is not None
    assert np.allclose(box, (60, 90, 420, 300), atol=25)


def test_a_tile_among_other_pictures_is_judged_by_itself() -> None:
    """What stands beside the tile is another picture, and no objection."""
    collage = np.hstack([scene(3), SCENE[:, 60:420], scene(4)])
    overlap = laid(collage, SCENE, ((1, 0, 420), (0, 1, 0)))
    assert share(overlap) > 0.95
    assert 0.6 < overlap.reach < 0.9


def test_different_pictures_in_one_broad_frame_leave_a_hole() -> None:
    """However much frame agrees, what differs in the middle stays in sight."""
    plain = np.full((240, 320, 3), 120, dtype=np.uint8)
    other = np.full((240, 320, 3), 200, dtype=np.uint8)
    overlap = laid(broadly_framed(plain), broadly_framed(other))
    assert overlap.hole > 0.2


def test_a_sticker_leaves_no_hole_to_speak_of() -> None:
    assert laid(stickered(SCENE), SCENE).hole < 0.2


# --- where the blocks lie -------------------------------------------------------------------


def placed(known: np.ndarray, query: np.ndarray) -> tuple[float, int]:
    """The drift between two grey frames, and the places behind it."""
    grid = gridded(known.shape, 1.0)
    everywhere = np.ones((grid.rows, grid.columns), np.bool_)
    even = Even(known=known, query=query, blur=0.0)
    return drift_of(grid, even, everywhere, np.zeros((grid.rows, grid.columns, 2)))


def grey_scene(seed: int = 3) -> np.ndarray:
    """A drawn scene, 384 pixels wide, float32."""
    return blurred(to_grey(scene(seed, 384, 288)), 0.7)


def pushed(grey: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The picture with every pixel so far to the right."""
    y, x = np.mgrid[: grey.shape[0], : grey.shape[1]].astype(np.float32)
    return np.asarray(
        cv2.remap(grey, x - right.astype(np.float32), y, cv2.INTER_CUBIC, None, cv2.BORDER_REPLICATE)
    )


@pytest.mark.parametrize("pixels", [0.6, 0.9, 1.4])
def test_near_things_that_moved_against_far_ones_are_a_drift(pixels: float) -> None:
    """Also by less than a pixel; what is near is every other column of the picture."""
    known = grey_scene()
    near = np.broadcast_to((np.arange(384) // 48 % 2) * pixels, known.shape)
    drift, places = placed(known, pushed(known, near))
    assert places > 50
    assert drift > 0.2


@pytest.mark.parametrize("pixels", [0.0, 0.3, 0.9])
def test_what_all_blocks_have_in_common_is_no_drift(pixels: float) -> None:
    """A transform that is a little off, or a picture that was stretched a little."""
    known = grey_scene()
    even, stretched = (
        np.full(known.shape, pixels),
        np.broadcast_to(np.linspace(-1, 1, 384) * pixels, known.shape),
    )
    for way in (even, stretched):
        drift, places = placed(known, pushed(known, way))
        assert places > 50
        assert drift < 0.05


@pytest.mark.parametrize("strength", [5, 15, 30])
def test_noise_is_no_drift(strength: int) -> None:
    """Places that noise makes unsure are not judged."""
    known = grey_scene()
    noise = np.random.default_rng(strength).normal(0, strength, known.shape)
    assert placed(known, blurred((known + noise).astype(np.float32), 0.7))[0] < MOST_DRIFT


def test_other_light_and_contrast_are_no_drift() -> None:
    """A filter changes brightness, not places."""
    known = grey_scene()
    assert placed(known, (60 + 0.4 * known).astype(np.float32))[0] < 0.02
    assert placed(known, (230 - 0.3 * known).astype(np.float32))[1] == 0, "a negative shows none of it"


def test_flat_pictures_have_no_places() -> None:
    """Nothing is off where nothing can be placed."""
    flat = np.full((288, 384), 90.0, np.float32)
    assert placed(flat, flat) == (0.0, 0)
