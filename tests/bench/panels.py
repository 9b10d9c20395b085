"""How many of the pictures in drawn screenshots are found, how many panels that takes, and how long.

    python tests/bench/panels.py /work/shared/photos [--each 20] [--seed 1] [--worst FOLDER] [--plain]

Screenshots are those of `tests/screens.py`, filled with the photos of a folder; half of them saved as small
JPEG. `--plain` counts the panels in the photos themselves. `--worst` draws those with something missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from screens import LAYOUTS, Shown, drawn_screen, photographed, worn  # noqa: E402

from fakeprofile.panels import panels_of  # noqa: E402
from fakeprofile.panels.boxes import overlap_of  # noqa: E402
from fakeprofile.records import Panel, Pixels  # noqa: E402

LEAST, LEAST_ROUND = 100, 60


def asked(shown: tuple[Shown, ...]) -> list[Shown]:
    """Those that are large enough."""
    return [
        one
        for one in shown
        if min(one.box[2] - one.box[0], one.box[3] - one.box[1]) >= (LEAST_ROUND if one.round else LEAST)
    ]


def best(one: Shown, panels: tuple[Panel, ...]) -> float:
    boxes = [(p.left, p.top, p.left + p.width, p.top + p.height) for p in panels]
    return max(overlap_of(one.box, box) for box in boxes)


def photos_in(folder: Path) -> list[Pixels]:
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp"):
            image = Image.open(path)
            image.draft("RGB", (1600, 1600))
            image = image.convert("RGB")
            image.thumbnail((1600, 1600))
            found.append(np.asarray(image))
    return found


def drawn(pixels: Pixels, panels: tuple[Panel, ...], missed: list[Shown]) -> Image.Image:
    out = pixels.copy()
    for p in panels[1:]:
        cv2.rectangle(out, (p.left, p.top), (p.left + p.width, p.top + p.height), (255, 140, 0), 3)
    for one in missed:
        cv2.rectangle(out, one.box[:2], one.box[2:], (255, 0, 255), 7)
    image = Image.fromarray(out)
    image.thumbnail((900, 900))
    return image


def measured(layout: str, photos: list[Pixels], options: argparse.Namespace) -> None:
    hits: list[float] = []
    rounds: list[float] = []
    counts, times = [], []
    for number in range(options.each):
        seed = options.seed * 10_000 + number
        name = "post" if layout == "photographed" else layout
        pixels, shown = drawn_screen(name, photos, seed)
        if layout == "photographed":
            pixels, box = photographed(pixels, seed)
            shown = (Shown(box),)
        elif number % 2:
            dice = np.random.default_rng(seed)
            pixels, shown = worn(pixels, shown, int(dice.integers(60, 96)), float(dice.uniform(0.6, 1)))
        start = time.process_time()
        panels = panels_of(pixels, most=options.most)
        times.append((time.process_time() - start) * 1000)
        counts.append(len(panels))
        missed = []
        for one in asked(shown):
            found = best(one, panels)
            (rounds if one.round else hits).append(found)
            if found < 0.85:
                missed.append(one)
        if missed and options.worst:
            drawn(pixels, panels, missed).save(options.worst / f"{layout}-{seed}.png")
    told = [layout.ljust(13), f"{options.each:4} pictures"]
    for what, values in (("pictures", hits), ("round", rounds)):
        told.append(f"{len(values):5} {what}")
        if values:
            at = [float((np.array(values) >= level).mean()) for level in (0.85, 0.95)]
            told.append(f"{at[0]:.3f} {at[1]:.3f}")
    told.append(f"{np.mean(counts):5.1f} panels {np.median(times):5.0f} ms, worst {max(times):.0f}")
    print("  ".join(told), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("photos", type=Path)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=16)
    parser.add_argument("--layouts", default=",".join((*LAYOUTS, "photographed")))
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--worst", type=Path)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    photos = photos_in(options.photos)
    if options.worst:
        options.worst.mkdir(parents=True, exist_ok=True)
    if options.plain:
        counts, times = [], []
        for number, pixels in enumerate(photos):
            start = time.process_time()
            panels = panels_of(pixels, most=options.most)
            times.append((time.process_time() - start) * 1000)
            counts.append(len(panels))
            if len(panels) > 2 and options.worst:
                drawn(pixels, panels, []).save(options.worst / f"plain-{number}.png")
        print(
            f"{len(photos)} plain photos: {np.mean(counts):.2f} panels, the most {max(counts)}, none but the "
            f"whole in {np.mean(np.array(counts) == 1):.2f}; {np.median(times):.0f} ms, worst {max(times):.0f}"
        )
        return
    for layout in options.layouts.split(","):
        measured(layout, photos, options)


if __name__ == "__main__":
    main()
