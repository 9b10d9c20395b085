"""The pictures that a photo shows: itself, and every panel in it as a picture of its own.

A tile of a profile page is lost among the keypoints of the whole screenshot; cut out, enlarged and
fingerprinted on its own it is found. What is found out about a panel is told in the pixels of the
photo that it was cut out of.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fakeprofile.avatar import NO_TEMPLATES, Templates, plainness_of
from fakeprofile.errors import UsageError
from fakeprofile.fingerprint import query_fingerprint, reference_fingerprint
from fakeprofile.panels import panels_of
from fakeprofile.photo import thumbnail_of
from fakeprofile.records import Fingerprint, Panel, PanelPrint, PanelShape, Photo, Plainness, Print
from fakeprofile.settings import Settings

STRIP = 0.55
"""Of the photo's area, from which part on a panel at three of its edges is what the photo shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One picture that a photo shows."""

    photo: Photo
    """The picture alone; the SHA-256 of its file only if it is all of the file."""
    fingerprint: Fingerprint
    plainness: Plainness | None = None
    panel: Panel | None = None
    """Where it stands in the photo; None for all of it."""

    @property
    def round(self) -> bool:
        """Whether only the ellipse inside the box is picture."""
        return self.panel is not None and self.panel.shape is PanelShape.ROUND


def views_of(
    photo: Photo,
    settings: Settings,
    *,
    given: tuple[Panel, ...] = (),
    known: bool = False,
    templates: Templates = NO_TEMPLATES,
) -> tuple[View, ...]:
    """The photo as a whole, then its panels, best first; panels that are too plain are left out.

    Args:
        photo: any photo.
        settings: how many panels, and how large they are looked at.
        given: panels that somebody has pointed out, in pixels of the photo at full size: no others
            are looked for then.
        known: as a photo of a library is looked at: with fewer keypoints, and only as it lies.
        templates: pictures that the user has named as default avatars.

    Raises:
        UsageError: a panel that was given lies outside of the photo.
    """
    _check_inside(photo, given)
    fingerprinted = reference_fingerprint if known else query_fingerprint
    whole = fingerprinted(photo, settings)
    views = [View(photo=photo, fingerprint=whole, plainness=plainness_of(photo, whole, templates))]
    for panel in given or _found(photo, settings, known):
        picture = cut(photo, panel)
        fingerprint = fingerprinted(picture, settings.of_panels())
        plainness = plainness_of(picture, fingerprint, templates)
        if plainness is None:
            views.append(View(photo=picture, fingerprint=fingerprint, panel=panel))
    return tuple(views)


def _check_inside(photo: Photo, panels: tuple[Panel, ...]) -> None:
    for panel in panels:
        if panel.left + panel.width > photo.width or panel.top + panel.height > photo.height:
            box = f"{panel.left},{panel.top},{panel.width},{panel.height}"
            raise UsageError(
                f"the panel {box} (left, top, width, height) does not lie in {photo.name}, which is "
                f"{photo.width}x{photo.height} pixels: `fakeprofile panels` shows what can be named"
            )


def cut(photo: Photo, panel: Panel) -> Photo:
    """The picture in a panel, as a photo of its own without a file.

    Args:
        photo: what it stands in; its pixels may be reduced.
        panel: in pixels of the photo at full size.
    """
    height, width = photo.pixels.shape[:2]
    across, down = width / photo.width, height / photo.height
    left, right = _edges(panel.left * across, panel.width * across, width)
    top, bottom = _edges(panel.top * down, panel.height * down, height)
    return dataclasses.replace(
        photo,
        sha256="",
        width=panel.width,
        height=panel.height,
        pixels=np.ascontiguousarray(photo.pixels[top:bottom, left:right]),
        frames=1,
    )


def print_of(views: tuple[View, ...], settings: Settings, *, thumbnails: bool = True) -> Print:
    """What a library keeps of a photo: of one that was asked about, no more than of any other.

    Args:
        views: the photo as a whole, then its panels.
        settings: how many keypoints are kept, and how large thumbnails are.
        thumbnails: without them the panels are not kept either.
    """
    whole, *panels = views
    return Print(
        sha256=whole.photo.sha256,
        fingerprint=_kept(whole.fingerprint, settings.reference_keypoints),
        thumbnail=thumbnail_of(whole.photo, settings.thumbnail_side) if thumbnails else None,
        panels=tuple(
            PanelPrint(
                panel=view.panel,
                fingerprint=_kept(view.fingerprint, settings.panel_keypoints),
                thumbnail=thumbnail_of(view.photo, settings.panel_thumbnail_side),
            )
            for view in panels
            if thumbnails and view.panel is not None
        ),
    )


def _kept(fingerprint: Fingerprint, most: int) -> Fingerprint:
    keypoints = fingerprint.keypoints
    fewer = dataclasses.replace(
        keypoints, points=keypoints.points[:most], codes=keypoints.codes[:most], mirrored_codes=None
    )
    return dataclasses.replace(fingerprint, keypoints=fewer)


def _edges(start: float, length: float, most: int) -> tuple[int, int]:
    first = min(max(0, round(start)), most - 1)
    return first, min(max(first + 1, round(start + length)), most)


def _found(photo: Photo, settings: Settings, known: bool) -> Iterator[Panel]:
    """The panels in a photo but the whole of it, in pixels of the photo at full size."""
    if not settings.panels:
        return
    tall = photo.height >= settings.screen_shape * photo.width
    surely = settings.panel_confidence
    if known:
        surely = settings.screen_panel_confidence if tall else settings.known_panel_confidence
    least = settings.known_panel_share * min(photo.width, photo.height) if known else 0
    factor = photo.width / photo.pixels.shape[1]
    for panel in panels_of(photo.pixels, most=settings.panels + 1):
        placed = panel.scaled(factor)
        large = min(placed.width, placed.height) >= least and not _is_strip(placed, photo)
        if panel.shape is not PanelShape.WHOLE and panel.confidence >= surely and large:
            yield placed


def _is_strip(panel: Panel, photo: Photo) -> bool:
    """Whether it reaches three edges of the photo and is not most of it: half a collage, which the whole shows as
    well, or the ground beside something held before it, which many photos share. Under a caption it is most of it."""
    edges = (
        panel.left <= 1,
        panel.top <= 1,
        panel.left + panel.width >= photo.width - 1,
        panel.top + panel.height >= photo.height - 1,
    )
    small = panel.width * panel.height < STRIP * photo.width * photo.height
    return sum(edges) >= 3 and small
