"""Bytes -> a photo, upright, in sRGB and on white; and the small copies that are kept of one."""

from __future__ import annotations

import hashlib
import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from fakeprofile.errors import PhotoError
from fakeprofile.photo.colours import is_srgb, rgb_of
from fakeprofile.photo.files import STEP, bytes_of, check_bytes
from fakeprofile.photo.frames import frames_of
from fakeprofile.photo.kinds import kind_of, opened
from fakeprofile.records import Gap, Photo, Pixels
from fakeprofile.settings import DEFAULT, Limits

if TYPE_CHECKING:
    from PIL import Image, ImageFile

MOST_PASSES = 5_000_000_000
"""Pixels times scans of a progressive JPEG. A camera's 100 megapixels in 10 scans are a fifth of it;
each scan of a forged file can be a few bytes, and costs the decoder a pass over the whole picture."""


def read(
    path: Path | str,
    *,
    name: str | None = None,
    limits: Limits = DEFAULT.limits,
    least_side: int | None = None,
) -> Photo | Gap:
    """The photo in a file, or the reason why it cannot be looked at.

    Args:
        path: any file; devices, pipes and folders are refused without opening them.
        name: what the user called it; the path if not given.
        limits: what is refused before it is decoded.
        least_side: the longest side that is enough, in pixels; see ``decode``.
    """
    name = str(path) if name is None else name
    try:
        data = bytes_of(path, limits.bytes)
    except PhotoError as refused:
        return Gap(step=STEP, about=name, reason=str(refused))
    return decode(data, name=name, limits=limits, least_side=least_side)


def read_grey(
    path: Path | str,
    *,
    name: str | None = None,
    limits: Limits = DEFAULT.limits,
    least_side: int | None = None,
) -> Photo | Gap:
    """The photo in a file in grey, or the reason why it cannot be looked at: all that whole-picture hashes need.

    Its ``pixels`` are height x width. A JPEG's colours are not even decoded, unless a colour profile
    must be followed. The arguments are those of ``read``.
    """
    name = str(path) if name is None else name
    try:
        return _decoded(bytes_of(path, limits.bytes), name, limits, least_side, "L")
    except PhotoError as refused:
        return Gap(step=STEP, about=name, reason=str(refused))


def decode(
    data: bytes, *, name: str, limits: Limits = DEFAULT.limits, least_side: int | None = None
) -> Photo | Gap:
    """The photo that these bytes are, upright, in sRGB and on white, or the reason why there is none.

    Args:
        data: the whole file.
        name: what the user called it.
        limits: what is refused before it is decoded.
        least_side: the longest side that is enough, in pixels: a JPEG may be decoded at 1/2, 1/4 or 1/8
            as long as its longest side stays at least this. None: full size.
    """
    try:
        return _decoded(data, name, limits, least_side, "RGB")
    except PhotoError as refused:
        return Gap(step=STEP, about=name, reason=str(refused))


def thumbnail_of(photo: Photo, side: int) -> bytes:
    """A JPEG of the photo whose longest side is at most ``side`` pixels; never enlarged."""
    from PIL import Image

    image = Image.fromarray(photo.pixels)
    longest = max(image.size)
    if longest > side:
        size = (max(1, round(image.width * side / longest)), max(1, round(image.height * side / longest)))
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def pixels_of(thumbnail: bytes) -> Pixels:
    """The pixels of a thumbnail that ``thumbnail_of`` made.

    Raises:
        PhotoError: it is damaged.
    """
    photo = decode(thumbnail, name="thumbnail", limits=Limits(shortest_side=1))
    if isinstance(photo, Gap):
        raise PhotoError(f"a stored thumbnail cannot be read: {photo.reason}")
    return photo.pixels


# --- decoding --------------------------------------------------------------------------------


def _decoded(data: bytes, name: str, limits: Limits, least_side: int | None, mode: str) -> Photo:
    check_bytes(len(data), limits.bytes)
    with warnings.catch_warnings():
        # Pillow warns of odd metadata and of sizes that the limits here judge. In threads this may
        # let one of its warnings through, which does no harm.
        warnings.filterwarnings("ignore", module=r"(PIL|pillow_heif)\b")
        return _photo_of(data, name, limits, least_side, mode)


def _photo_of(data: bytes, name: str, limits: Limits, least_side: int | None, mode: str) -> Photo:
    kind = kind_of(data)
    try:
        image = opened(kind, data)
        width, height = image.size
        _check_size(width, height, limits)
        frames = frames_of(kind, image, data, limits.frames)
        if kind == "JPEG":
            _check_scans(image, data)
            _reduce(image, least_side, mode)
            image.decodermaxblock = max(len(data), 1)  # in one go, instead of 64 kB at a time
        drafted = image.size
        image.load()
        if image.size != drafted:  # HEIC may turn out larger than its header says
            width, height = image.size
            _check_size(width, height, limits)
        turn = _turn_of(image)
        upright = _upright(image if image.mode == mode == "L" and kind == "JPEG" else rgb_of(image), turn)
    except PhotoError:
        raise
    # Damaged and forged bytes draw nearly every exception there is out of eight foreign decoders.
    except Exception as error:
        raise PhotoError(_damage(kind, error, limits)) from error
    if turn >= 5:
        width, height = height, width
    return Photo(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        width=width,
        height=height,
        pixels=_array_of(upright if upright.mode == mode else upright.convert(mode)),
        frames=frames,
    )


def _array_of(image: Image.Image) -> Pixels:
    """The pixels of a picture in grey or RGB, read-only; ``np.asarray`` copies them twice."""
    shape = (image.height, image.width) if image.mode == "L" else (image.height, image.width, 3)
    return np.frombuffer(image.tobytes(), dtype=np.uint8).reshape(shape)


def _check_size(width: int, height: int, limits: Limits) -> None:
    size = f"{width}x{height} pixels"
    if min(width, height) < max(1, limits.shortest_side):
        least = f"the shorter side must have at least {limits.shortest_side}"
        raise PhotoError(f"{size}; {least}: there is too little to compare, look for a larger copy")
    if max(width, height) > limits.side:
        raise PhotoError(f"{size}; the limit is {limits.side:,} on a side: cut or shrink it and try again")
    if width * height > limits.pixels:
        raise PhotoError(f"{size}; the limit is {_megapixels(limits)}: make it smaller and try again")


def _megapixels(limits: Limits) -> str:
    return f"{limits.pixels / 1e6:,g} megapixels"


def _check_scans(image: ImageFile.ImageFile, data: bytes) -> None:
    if not image.info.get("progressive"):
        return
    scans = data.count(b"\xff\xda")
    if scans * image.width * image.height > MOST_PASSES:
        raise PhotoError(f"a JPEG in {scans} passes, which takes too long: save it anew and try again")


def _reduce(image: ImageFile.ImageFile, least_side: int | None, mode: str) -> None:
    """Only the decoder's own reduction of a JPEG: a thumbnail inside a file may show something else."""
    scale = max(image.size) // least_side if least_side else 1
    scale = min(8, 1 << max(0, scale.bit_length() - 1), *image.size)
    only_grey = mode == "L" and image.mode == "RGB" and is_srgb(image.info.get("icc_profile"))
    if scale > 1 or only_grey:
        image.draft("L" if only_grey else None, (image.width // scale, image.height // scale))


def _damage(kind: str, error: Exception, limits: Limits) -> str:
    from PIL.Image import DecompressionBombError

    if isinstance(error, DecompressionBombError):
        return f"far more pixels than the limit of {_megapixels(limits)}: make it smaller and try again"
    if isinstance(error, MemoryError):
        return "too large for the memory of this machine: make it smaller and try again"
    if isinstance(error, OSError) and "truncated" in str(error).lower():
        return f"cut off: the {kind} data end before the picture does; download or export it again"
    return f"damaged, or a rare sort of {kind}: open it elsewhere, save it anew and try again"


def _turn_of(image: Image.Image) -> int:
    """EXIF orientation, 1 to 8 (CIPA DC-008, tag 274); 1 when it is missing or broken."""
    try:
        turn = image.getexif().get(274, 1)
    except Exception:  # noqa: BLE001 - broken metadata is no reason to leave out the picture
        return 1
    return turn if isinstance(turn, int) and 1 <= turn <= 8 else 1


def _upright(image: Image.Image, turn: int) -> Image.Image:
    if turn == 1:
        return image
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[turn])
