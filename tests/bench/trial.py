"""What is found and what is missed on photos of your own: ``python tests/bench/trial.py FOLDER... [--every N]``.

Every fifth photo of the folders is kept out of the reference set. Of every N-th of the others, edited copies are
made and looked up; the photos that were kept out are looked up as they are. Printed: for each edit how many
copies were found, how many matches pointed at another photo, and how many of the kept-out photos matched
anything at all. (Issue 3 brings ``fakeprofile bench``, which does much more.)
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

import fakeprofile
from fakeprofile.photo import files_of
from fakeprofile.records import Entry, Gap, NewSighting

Picture = Image.Image
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def crop(photo: Picture, share: float) -> Picture:
    """A part of the photo, of that share of its area, off the centre."""
    width, height = (round(side * share**0.5) for side in photo.size)
    left, top = (photo.width - width) // 3, 2 * (photo.height - height) // 3
    return photo.crop((left, top, left + width, top + height))


def avatar(photo: Picture, side: int) -> Picture:
    """The middle of the photo, cut out round on white."""
    round_mask = Image.new("L", (4 * side, 4 * side))
    ImageDraw.Draw(round_mask).ellipse((0, 0, 4 * side - 1, 4 * side - 1), fill=255)
    canvas = Image.new("RGB", (side, side), WHITE)
    canvas.paste(ImageOps.fit(photo, (side, side)), (0, 0), round_mask.resize((side, side)))
    return canvas


def warm(photo: Picture) -> Picture:
    """A warm, faded filter."""
    red, green, blue = photo.split()
    faded = [
        red.point(lambda v: v * 0.9 + 25),
        green.point(lambda v: v * 0.85 + 20),
        blue.point(lambda v: v * 0.65 + 20),
    ]
    return Image.merge("RGB", faded)


def caption(photo: Picture) -> Picture:
    """A white bar with text over the lowest sixth."""
    copy, bar = photo.copy(), photo.height // 6
    draw = ImageDraw.Draw(copy)
    draw.rectangle((0, photo.height - bar, photo.width, photo.height), fill=WHITE)
    draw.text((bar / 4, photo.height - bar), "just me and my phone", font=_font(bar // 2), fill=BLACK)
    return copy


def screenshot(photo: Picture, ink: tuple[int, int, int], paper: tuple[int, int, int]) -> Picture:
    """A phone's screen with the photo as a post."""
    screen = Image.new("RGB", (1080, 2340), paper)
    draw = ImageDraw.Draw(screen)
    draw.text((60, 30), "21:07", font=_font(44), fill=ink)
    draw.ellipse((30, 150, 130, 250), fill=(130, 100, 180))
    draw.text((160, 175), "soepkieke2020belgium", font=_font(40), fill=ink)
    post = ImageOps.fit(photo, (1080, min(1350, round(photo.height * 1080 / photo.width))))
    screen.paste(post, (0, 280))
    below = 310 + post.height
    for number in range(3):
        draw.ellipse((30 + 100 * number, below, 100 + 100 * number, below + 70), outline=ink, width=6)
    draw.text((30, below + 100), "31 likes", font=_font(38), fill=ink)
    draw.text((30, below + 160), "soepkieke2020belgium  holiday!!", font=_font(38), fill=ink)
    return screen


def grid(photo: Picture, others: list[Picture]) -> Picture:
    """A phone's screen with the photo as one of twelve tiles."""
    screen = Image.new("RGB", (1080, 2340), WHITE)
    draw = ImageDraw.Draw(screen)
    draw.text((60, 130), "soepkieke2020belgium", font=_font(56), fill=BLACK)
    draw.text((400, 300), "1      3     847", font=_font(56), fill=BLACK)
    for number, tile in enumerate([*others[:4], photo, *others[4:11]]):
        screen.paste(ImageOps.fit(tile, (358, 358)), (number % 3 * 361, 760 + number // 3 * 361))
    return screen


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=size)


def edits(others: list[Picture]) -> dict[str, Callable[[Picture], Picture]]:
    """The edits by name."""
    return {
        "mirrored": ImageOps.mirror,
        "cropped to 50 %": lambda photo: crop(photo, 0.5),
        "cropped to 25 %": lambda photo: crop(photo, 0.25),
        "mirrored and cropped to 50 %": lambda photo: crop(ImageOps.mirror(photo), 0.5),
        "320 px": lambda photo: ImageOps.contain(photo, (320, 320)),
        "64 px": lambda photo: ImageOps.contain(photo, (64, 64)),
        "round avatar, 150 px": lambda photo: avatar(photo, 150),
        "warm filter": warm,
        "grey": lambda photo: ImageOps.grayscale(photo).convert("RGB"),
        "caption": caption,
        "light screenshot": lambda photo: screenshot(photo, BLACK, WHITE),
        "dark screenshot, mirrored": lambda photo: screenshot(ImageOps.mirror(photo), WHITE, BLACK),
        "one of twelve tiles": lambda photo: grid(photo, others),
    }


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=4)
    options = parser.parse_args()
    files = [file for file in files_of(options.folders) if isinstance(file, Path)]
    random.Random(2020).shuffle(files)
    kept_out, known = files[::5], [file for number, file in enumerate(files) if number % 5]
    with (
        tempfile.TemporaryDirectory() as folder,
        fakeprofile.open_library(Path(folder) / "library.sqlite") as library,
    ):
        hashes = _import(known, library)
        queries = [file for file in known[:: options.every] if file.stem in set(hashes.values())]
        _print_recall(queries, kept_out, hashes, library, Path(folder))
        matched = [
            one for one in fakeprofile.match(kept_out, library=library) if any(m.proven for m in one.matches)
        ]
        print(f"\n{len(kept_out)} photos that are not in the set: {len(matched)} matched one that is")
        for one in matched:
            print(f"  {one.photo}: {[_name(match, hashes) for match in one.matches if match.proven]}")


def _import(files: list[Path], library: fakeprofile.Library) -> dict[str, str]:
    """Adds the photos; their names by the SHA-256 of their files."""
    from fakeprofile.enroll import enroll
    from fakeprofile.settings import DEFAULT

    entries = (
        Entry(about=str(file), path=str(file), sighting=NewSighting(identity=file.stem)) for file in files
    )
    gaps = [
        one for one in enroll(entries, library, today="2026-01-01", settings=DEFAULT) if isinstance(one, Gap)
    ]
    for gap in gaps:
        print(f"not in the set: {gap.about}: {gap.reason}")
    return {str(one.photo_sha256): one.identity.name for one in library.sightings() if one.identity}


def _print_recall(
    queries: list[Path], fill: list[Path], hashes: dict[str, str], library: fakeprofile.Library, folder: Path
) -> None:
    others = [Image.open(file).convert("RGB") for file in fill[:11]]
    print(
        f"{len(queries)} photos of a set of {len(hashes)}\n\n| edit | found | matches with another photo |\n|---|---|---|"
    )
    missed: list[str] = []
    for name, edit in edits(others).items():
        found = wrong = 0
        for query in queries:
            file = folder / "copy.jpg"
            edit(Image.open(query).convert("RGB")).save(file, quality=80)
            (looked,) = fakeprofile.match([file], library=library)
            names = {_name(match, hashes) for match in looked.matches if match.proven}
            found += query.stem in names
            if query.stem not in names:
                missed.append(f"{name}: {query.stem}")
            wrong += len(names - {query.stem})
        print(f"| {name} | {found} of {len(queries)} | {wrong} |", flush=True)
    print("\nmissed: " + ("; ".join(missed) or "none"))


def _name(match: fakeprofile.Match, hashes: dict[str, str]) -> str:
    return hashes[str(match.sighting.photo_sha256)]


if __name__ == "__main__":
    main()
