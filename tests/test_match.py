"""One photo against another: copies are found, and nothing else is called a copy."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import skimage
from drawn import (
    avatar,
    bent,
    captioned,
    code,
    cropped,
    framed,
    grey,
    mirrored,
    next_moment,
    photo_of,
    resized,
    scene,
    screenshot,
    stickered,
    stretched,
    text_page,
    tilted,
    turned,
    turned_by,
    warm,
    watermarked,
)
from PIL import Image

from fakeprofile.api import add_photos, sighting_of
from fakeprofile.match import Look, compare, examined, look_at, matches_in, near_to, sober
from fakeprofile.overlap import NO_OVERLAP
from fakeprofile.proof import NO_PROOF
from fakeprofile.records import Comparison, Edit, Finding, Known, Panel, Pixels, WholeDistance
from fakeprofile.references.library import Library
from fakeprofile.settings import DEFAULT
from fakeprofile.strength import support_of
from fakeprofile.tools import Tools
from fakeprofile.views import views_of

TODAY = "2026-07-01"
HARD = Path(__file__).resolve().parent.parent / "fixtures" / "hard"
DATA = Path(skimage.__file__).parent / "data"
EDITS: dict[str, tuple[Callable[[Pixels], Pixels], set[Edit]]] = {
    "mirrored": (mirrored, {Edit.MIRRORED}),
    "cropped": (lambda pixels: cropped(pixels, 0.2, 0.1, 0.8, 0.75), {Edit.CROPPED}),
    "grey": (grey, {Edit.MADE_GREY}),
    "warm": (warm, {Edit.RECOLOURED}),
    "screenshot": (screenshot, {Edit.IN_SCREENSHOT}),
    "dark screenshot": (
        lambda pixels: screenshot(mirrored(pixels), dark=True),
        {Edit.IN_SCREENSHOT, Edit.MIRRORED},
    ),
    "avatar": (lambda pixels: avatar(pixels, 150), set()),
    "small": (lambda pixels: resized(pixels, 150), set()),
    "turned": (lambda pixels: turned(pixels, 1), {Edit.TURNED}),
    "askew": (lambda pixels: turned_by(pixels, 12), {Edit.TURNED}),
    "bent outwards": (lambda pixels: bent(pixels, 0.006), set()),
    "bent inwards": (lambda pixels: bent(pixels, -0.006), set()),
    "stretched": (lambda pixels: stretched(pixels, 1.25), {Edit.STRETCHED}),
    "captioned": (captioned, set()),
    "stickers": (stickered, set()),
    "framed": (framed, {Edit.IN_LARGER_PICTURE}),
    "photographed": (tilted, set()),
}
FURNITURE: dict[str, Callable[[Pixels], Pixels]] = {
    "screenshot": screenshot,
    "dark screenshot": lambda pixels: screenshot(pixels, dark=True),
    "screenshot of a small photo": lambda pixels: screenshot(
        np.pad(pixels, ((150, 150), (400, 400), (0, 0)))
    ),
    "caption": captioned,
    "long caption": lambda pixels: captioned(pixels, 0.6),
    "stickers": stickered,
    "frame": framed,
}


def read(path: Path) -> Pixels:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def compared(one: Pixels, other: Pixels) -> Comparison:
    return compare(photo_of(one, "one"), photo_of(other, "other"))


@pytest.mark.parametrize("edit", EDITS)
def test_a_copy_is_found_and_its_edit_is_named(edit: str) -> None:
    """On a drawn picture."""
    made, expected = EDITS[edit]
    comparison = compared(made(scene(1)), scene(1))
    assert comparison.finding is Finding.SAME_PICTURE
    assert expected <= set(comparison.edits)


@pytest.mark.parametrize("edit", EDITS)
def test_a_copy_of_a_real_photograph_is_found(edit: str) -> None:
    """NASA's portrait of Eileen Collins, as it comes with scikit-image."""
    portrait = read(DATA / "astronaut.png")
    assert compared(EDITS[edit][0](portrait), portrait).finding is Finding.SAME_PICTURE


@pytest.mark.parametrize("furniture", FURNITURE)
def test_furniture_that_two_pictures_share_does_not_make_them_one(furniture: str) -> None:
    """However well its points align."""
    made = FURNITURE[furniture]
    comparison = compared(made(scene(1)), made(scene(2)))
    assert comparison.finding in (Finding.DIFFERENT, Finding.SIMILAR)


@pytest.mark.parametrize("kind", ["meme", "framed", "screenshot"])
def test_the_drawn_hard_pairs_are_not_the_same_picture(kind: str) -> None:
    """Those in `fixtures/`."""
    one, other = sorted(HARD.glob(f"{kind}-*"))
    assert compared(read(one), read(other)).finding in (Finding.DIFFERENT, Finding.SIMILAR)


@pytest.mark.parametrize("made", [text_page, code], ids=["text", "code"])
def test_two_pages_of_text_and_two_codes_are_not_the_same_picture(made: Callable[[int], Pixels]) -> None:
    """Half of the lines of the pages are the same."""
    assert compared(made(1), made(2)).finding in (Finding.DIFFERENT, Finding.SIMILAR)


def test_two_moments_are_similar_at_most() -> None:
    """A stereo pair, a burst that was drawn, and one that was made of a drawn picture."""
    left, right = read(DATA / "motorcycle_left.png"), read(DATA / "motorcycle_right.png")
    burst = [read(path) for path in sorted(HARD.glob("burst-*"))]
    pairs = [
        (left, right),
        (resized(left, 150), right),
        (burst[0], burst[1]),
        (next_moment(scene(1)), scene(1)),
    ]
    for one, other in pairs:
        assert compared(one, other).finding in (Finding.SIMILAR, Finding.DIFFERENT)
        assert compared(other, one).finding in (Finding.SIMILAR, Finding.DIFFERENT)


def test_unrelated_pictures_are_different() -> None:
    """Each with each, whole and as small avatars."""
    pictures = [scene(seed) for seed in range(10, 16)]
    for index, one in enumerate(pictures):
        for other in pictures[:index]:
            assert compared(one, other).finding is Finding.DIFFERENT
            assert compared(avatar(one, 64), other).finding is Finding.DIFFERENT


@pytest.mark.parametrize("name", ["brick", "grass", "gravel"])
def test_two_parts_of_one_pattern_are_not_the_same_picture(name: str) -> None:
    """They do not overlap."""
    wall = read(DATA / f"{name}.png")
    assert (
        compared(cropped(wall, 0, 0, 0.5, 0.5), cropped(wall, 0.5, 0.5, 1, 1)).finding
        is not Finding.SAME_PICTURE
    )


def test_pictures_that_say_nothing_are_not_compared() -> None:
    """Two plain ones are not the same picture, and the reason is given."""
    comparison = compared(
        np.full((200, 200, 3), 120, dtype=np.uint8), np.full((220, 220, 3), 121, dtype=np.uint8)
    )
    assert comparison.finding is Finding.DIFFERENT
    assert comparison.reason == "too plain"


def test_the_same_bytes_are_the_same_file() -> None:
    """Whatever the pixels say."""
    assert compared(scene(1), scene(1)).finding is Finding.SAME_FILE


@pytest.fixture(scope="module")
def without_thumbnails(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("known")
    for name, pixels in {
        "chat": captioned(scene(2), 0.6),
        "frame": framed(scene(3)),
        "plain": scene(1),
    }.items():
        Image.fromarray(pixels).save(folder / f"{name}.png")
    with Library.in_memory() as library:
        known = add_photos(
            [folder], sighting_of(identity="Somebody"), library=library, thumbnails=False, today=lambda: TODAY
        )
        assert len(list(known)) == 3
        yield library


@pytest.mark.parametrize(
    "asked", [captioned(scene(8), 0.6), framed(scene(9)), cropped(scene(1), 0.2, 0.1, 0.8, 0.75)]
)
def test_without_thumbnails_points_alone_accuse_nobody(asked: Pixels, without_thumbnails: Library) -> None:
    """Neither a shared caption or frame nor even a true crop is proven: there are no pixels to tell them apart."""
    seen = look_at(photo_of(asked), Tools(library=without_thumbnails))
    assert not any(match.proven for match in seen.looked.matches)


def test_without_thumbnails_a_whole_copy_is_still_proven(without_thumbnails: Library) -> None:
    seen = look_at(photo_of(mirrored(resized(scene(1), 300))), Tools(library=without_thumbnails))
    assert [match.proven for match in seen.looked.matches] == [True]


@pytest.mark.parametrize(("side", "proven"), [(170, False), (320, True)])
def test_a_small_part_of_a_photo_inside_another_proves_nothing(side: int, proven: bool) -> None:
    """A sign or a window that two moments of one place share; a crop that somebody made shows more."""
    known = read(DATA / "astronaut.png")
    part = known[60 : 60 + side, 120 : 120 + side]
    page = np.full((900, 700, 3), 245, np.uint8)
    page[200:600, 150:550] = resized(part, 400)
    finding = compared(page, known).finding
    assert (finding is Finding.SAME_PICTURE) is proven


@pytest.mark.parametrize("size", [16, 17])
def test_a_copy_under_a_watermark_all_over_is_found(size: int) -> None:
    """Sharply seen, the words are in nearly every block; but all that agrees lies exactly in its place."""
    known = read(DATA / "coffee.png")
    assert compared(watermarked(known, size), known).finding is Finding.SAME_PICTURE


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Four pages that show the same three pictures, each time in another order, and one that shows others."""
    folder = tmp_path_factory.mktemp("pages")
    for page in range(4):
        Image.fromarray(page_of([(page + tile) % 3 for tile in range(3)], 235 - 9 * page)).save(
            folder / f"{page}.png"
        )
    Image.fromarray(page_of([5, 6, 7], 240)).save(folder / "other.png")
    with Library.in_memory() as library:
        sighting = sighting_of(identity="Somebody")
        assert len(list(add_photos([folder], sighting, library=library, today=lambda: TODAY))) == 5
        yield library


def page_of(seeds: list[int], ground: int) -> Pixels:
    """Three pictures below each other."""
    page = np.full((785, 400, 3), ground, np.uint8)
    for place, seed in enumerate(seeds):
        page[20 + 255 * place : 260 + 255 * place, 40:360] = scene(60 + seed, 320, 240)
    return page


def test_every_page_with_the_same_pictures_is_found_in_few_looks(pages: Library) -> None:
    """Where many pairs are due, a page that is proven is not laid over again and again; no page is lost by that."""
    asked = photo_of(page_of([2, 0, 1], 250))
    views, few = views_of(asked, DEFAULT), dataclasses.replace(DEFAULT, pairs=8)
    found = {match.sighting.id for match in matches_in(asked, views, pages, few).matches if match.proven}
    assert len(found) == 4
    looks = [
        sum(len(one or []) for one in examined(asked, views, pages, settings)) for settings in (DEFAULT, few)
    ]
    assert looks[1] < looks[0] / 2


def test_what_is_too_much_for_one_photo_is_counted_and_not_kept_quiet(pages: Library) -> None:
    asked = photo_of(page_of([2, 0, 1], 250))
    views, little = views_of(asked, DEFAULT), dataclasses.replace(DEFAULT, laid=2)
    every, some = (matches_in(asked, views, pages, settings) for settings in (DEFAULT, little))
    found = {match.sighting.id for match in some.matches if match.proven}
    assert every.left == 0
    assert 0 < len(found) < 4
    assert some.left >= 4 - len(found)
    seen = look_at(asked, Tools(library=pages, settings=little))
    assert seen.looked.unexamined == some.left


def test_a_picture_known_once_is_found_beside_pictures_known_many_times(pages: Library) -> None:
    """Of every picture in a photo the likeliest known photo is looked at first, before the many of another one."""
    asked = photo_of(page_of([0, 1, 6], 250))
    views, little = views_of(asked, DEFAULT), dataclasses.replace(DEFAULT, laid=8)
    other = max(sighting.id for sighting in pages.sightings())
    found = matches_in(asked, views, pages, little)
    assert other in {match.sighting.id for match in found.matches if match.proven}
    assert found.left


def test_of_a_photo_of_which_only_a_part_was_named_more_is_looked_at_if_chance_may_have_cut_it_out(
    pages: Library,
) -> None:
    """Among dozens of photos of one scene, the candidates may be parts of a photo and not all of it."""
    asked = photo_of(page_of([5, 6, 7], 250))
    whole = views_of(asked, DEFAULT)[:1]
    (near,) = near_to([whole[0].fingerprint], asked.sha256, pages, DEFAULT)
    part = next(known for known in near if known.panel)
    assert part.panel
    for confidence, named in ((0.5, {part.panel.top, None}), (0.9, {part.panel.top})):
        unsure = dataclasses.replace(part, panel=dataclasses.replace(part.panel, confidence=confidence))
        (looks,) = examined(asked, whole, pages, DEFAULT, ((unsure,),))
        assert looks
        assert {look.known.panel and look.known.panel.top for look in looks} == named


BOTH = Panel(left=0, top=0, width=700, height=600, confidence=0.6)
HALF = Panel(left=400, top=0, width=300, height=600, confidence=0.4)


def look_at_part(panel: Panel, hole: float = 0.0) -> Look:
    """A look at that part of a known photo, where all agrees but what is in the hole."""
    finding, support = (Finding.SIMILAR, 0.5) if hole else (Finding.SAME_PICTURE, 2.5)
    overlap = dataclasses.replace(NO_OVERLAP, blocks=60, agreeing=60, places=200, hole=hole)
    proof = dataclasses.replace(NO_PROOF, finding=finding, support=support_of(support), overlap=overlap)
    known = Known(
        photo_id=1, sha256=None, width=panel.width, height=panel.height, keypoints=None, thumbnail=None,
        distance=WholeDistance(phash=None, pdq=None), sightings=(), panel=panel,
    )  # fmt: skip
    return Look(view=views_of(photo_of(scene(1, 64, 64)), DEFAULT)[0], known=known, proof=proof, told=proof)


@pytest.mark.parametrize(
    ("part", "around", "finding"),
    [
        (HALF, look_at_part(BOTH, hole=0.3), Finding.SIMILAR),
        (HALF, look_at_part(BOTH), Finding.SAME_PICTURE),
        (dataclasses.replace(HALF, confidence=0.7), look_at_part(BOTH, hole=0.3), Finding.SAME_PICTURE),
        (dataclasses.replace(HALF, left=500), look_at_part(BOTH, hole=0.3), Finding.SAME_PICTURE),
    ],
    ids=[
        "half of a photo of which the other half moved",
        "half of a photo that is the same",
        "a tile of two that lie together",
        "it reaches beyond",
    ],
)
def test_half_of_a_picture_proves_nothing_where_all_of_it_shows_another(
    part: Panel, around: Look, finding: Finding
) -> None:
    assert sober([look_at_part(part), around])[0].finding is finding
