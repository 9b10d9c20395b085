"""What is needed of a photo to ask about it again, as bytes: then it need not be decoded or measured anew.

Of the photo itself and of each picture in it: its hashes in all turned forms, its keypoints with their mirrored
codes, and its thumbnail, whose pixels the proof is made with. Numbers stand as little-endian arrays.
"""

from __future__ import annotations

import dataclasses
import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from fakeprofile.photo import pixels_of
from fakeprofile.records import (
    Fingerprint,
    Keypoints,
    Panel,
    PanelPrint,
    PanelShape,
    Photo,
    Print,
    WholeHashes,
)
from fakeprofile.settings import Settings
from fakeprofile.views import View

_HEAD = struct.Struct("<III")
"""Checksum of all behind it, length of the JSON, length of the arrays."""


def packed(views: tuple[View, ...], kept: Print) -> bytes:
    """The views of a photo as bytes, with the thumbnails of its print."""
    thumbnails = [kept.thumbnail or b"", *(panel.thumbnail for panel in kept.panels)]
    told, arrays = [], []
    for view, thumbnail in zip(views, thumbnails, strict=True):
        points, codes, mirrored = _arrays(view.fingerprint.keypoints)
        parts = [points.tobytes(), codes.tobytes(), mirrored.tobytes(), thumbnail]
        told.append(_view_values(view) | {"count": len(codes), "thumbnail": len(thumbnail)})
        arrays += parts
    text = json.dumps(told, separators=(",", ":")).encode()
    data = b"".join(arrays)
    return _HEAD.pack(zlib.crc32(text + data), len(text), len(data)) + text + data


def unpacked(data: bytes) -> tuple[View, ...]:
    """The views that ``packed`` was given, with the pixels of their thumbnails.

    Raises:
        ValueError: the bytes are not whole.
    """
    views = []
    for values, fingerprint, thumbnail in _parts(data):
        photo = Photo(
            name=values["sha256"],
            sha256=values["sha256"],
            width=fingerprint.width,
            height=fingerprint.height,
            pixels=pixels_of(thumbnail),
        )
        views.append(View(photo=photo, fingerprint=fingerprint, panel=_panel(values["panel"])))
    return tuple(views)


def measured(data: bytes) -> tuple[str, tuple[Fingerprint, ...]]:
    """The SHA-256 of the file, and the fingerprints of the views that ``packed`` was given.

    Raises:
        ValueError: the bytes are not whole.
    """
    parts = list(_parts(data))
    return parts[0][0]["sha256"], tuple(fingerprint for _, fingerprint, _ in parts)


def print_in(data: bytes, settings: Settings) -> Print:
    """What a library keeps of the photo.

    Raises:
        ValueError: the bytes are not whole.
    """
    (values, fingerprint, thumbnail), *panels = _parts(data)
    return Print(
        sha256=values["sha256"],
        fingerprint=_fewer(fingerprint, settings.reference_keypoints),
        thumbnail=thumbnail,
        panels=tuple(
            PanelPrint(panel=panel, fingerprint=_fewer(each, settings.panel_keypoints), thumbnail=small)
            for told, each, small in panels
            if (panel := _panel(told["panel"])) is not None
        ),
    )


def read(path: Path, offset: int, length: int) -> bytes:
    """The bytes of one photo in a file of many.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(length)


# --- parts ----------------------------------------------------------------------------------


def _parts(data: bytes) -> Iterator[tuple[dict[str, Any], Fingerprint, bytes]]:
    if len(data) < _HEAD.size:
        raise ValueError("too short")
    check, text_length, length = _HEAD.unpack_from(data)
    body = data[_HEAD.size :]
    if len(body) != text_length + length or zlib.crc32(body) != check:
        raise ValueError("not whole")
    at = text_length
    for values in json.loads(body[:text_length]):
        count = values["count"]
        points = np.frombuffer(body, "<f4", count * 4, at).reshape(-1, 4)
        codes = np.frombuffer(body, np.uint8, count * 16, at + count * 16).reshape(-1, 16)
        mirrored = np.frombuffer(body, np.uint8, count * 16, at + count * 32).reshape(-1, 16)
        at += count * 48
        thumbnail = body[at : at + values["thumbnail"]]
        at += values["thumbnail"]
        whole = values["whole"]
        turned = tuple(
            (bool(flag), int(turns), phash, pdq) for flag, turns, phash, pdq in whole.pop("turned")
        )
        yield (
            values,
            Fingerprint(
                width=values["width"],
                height=values["height"],
                whole=WholeHashes(**whole, turned=turned),
                keypoints=Keypoints(
                    algorithm=values["keypoints"], points=points, codes=codes, mirrored_codes=mirrored
                ),
            ),
            thumbnail,
        )


def _view_values(view: View) -> dict[str, Any]:
    fingerprint = view.fingerprint
    panel = view.panel
    return {
        "sha256": view.photo.sha256,
        "width": fingerprint.width,
        "height": fingerprint.height,
        "whole": dataclasses.asdict(fingerprint.whole),
        "keypoints": fingerprint.keypoints.algorithm,
        "panel": dataclasses.asdict(panel) if panel else None,
    }


def _arrays(keypoints: Keypoints) -> tuple[np.ndarray[Any, Any], ...]:
    mirrored = keypoints.mirrored_codes
    return (
        np.ascontiguousarray(keypoints.points, "<f4"),
        np.ascontiguousarray(keypoints.codes),
        np.ascontiguousarray(keypoints.codes if mirrored is None else mirrored),
    )


def _panel(values: dict[str, Any] | None) -> Panel | None:
    return Panel(**{**values, "shape": PanelShape(values["shape"])}) if values else None


def _fewer(fingerprint: Fingerprint, most: int) -> Fingerprint:
    keypoints = fingerprint.keypoints
    fewer = dataclasses.replace(
        keypoints, points=keypoints.points[:most], codes=keypoints.codes[:most], mirrored_codes=None
    )
    whole = dataclasses.replace(fingerprint.whole, turned=())
    return dataclasses.replace(fingerprint, keypoints=fewer, whole=whole)
