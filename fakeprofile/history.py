"""What the library remembers of the cases, read back for ``chain``; a damaged report costs only itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from fakeprofile.chain import Chains, Remembered
from fakeprofile.errors import PhotoError
from fakeprofile.photo import pixels_of, thumbnail_of
from fakeprofile.records import Gap, Photo, Report, Source
from fakeprofile.references.library import Library
from fakeprofile.report.document import report_from_json


def remembered_in(library: Library) -> tuple[tuple[Remembered, ...], tuple[Gap, ...]]:
    """Every case with its photos and its last report, and which reports could not be read."""
    photos: dict[int, list[str]] = defaultdict(list)
    for sighting in library.sightings(source=Source.CASE):
        if sighting.identity is not None and sighting.photo_sha256 is not None:
            photos[sighting.identity.id].append(sighting.photo_sha256)
    found, gaps = [], []
    for case in library.cases():
        report = _report(library.case_report(case.id))
        if report is None:
            reason = "its report is damaged or of another version, so only its files count: check that account again"
            gaps.append(Gap(step="cases", about=f"case {case.id}", reason=reason))
        found.append(Remembered(case=case, photos=tuple(photos[case.id]), report=report))
    return tuple(found), tuple(gaps)


def shared_pictures(library: Library, chains: Chains, side: int) -> dict[int, list[bytes]]:
    """For each case of a chain JPEGs of its photos of at most ``side`` pixels, those that it shares first.

    A photo without a stored thumbnail, or with a damaged one, is left out: a drawing without it is still right.
    """
    shared: dict[int, Counter[str]] = defaultdict(Counter)
    for link in {(one.earlier, one.later): one for chain in chains.chains for one in chain.links}.values():
        shared[link.earlier].update(one.earlier for one in link.pictures)
        shared[link.later].update(one.later for one in link.pictures)
    return {
        case: [jpeg for _, jpeg in sorted(_small(library, case, side), key=lambda one: -shared[case][one[0]])]
        for case in shared
    }


def _small(library: Library, case: int, side: int) -> Iterator[tuple[str, bytes]]:
    """Each photo of a case that has a stored thumbnail, by its SHA-256, as a small JPEG."""
    for picture in library.kept_pictures(case):
        if picture.thumbnail is None or picture.panel is not None or picture.sha256 is None:
            continue
        try:
            pixels = pixels_of(picture.thumbnail)
        except PhotoError:
            continue
        height, width = pixels.shape[:2]
        photo = Photo(name="", sha256=picture.sha256, width=width, height=height, pixels=pixels)
        yield picture.sha256, thumbnail_of(photo, side)


def _report(text: str) -> Report | None:
    try:
        return report_from_json(text)
    except ValueError:
        return None
