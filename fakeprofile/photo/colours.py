"""Any colour mode, depth, profile and transparency -> sRGB in 8 bits on white."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageCms import ImageCmsTransform

LARGEST_PROFILE = 8 * 1024 * 1024
"""Size of a colour profile, in bytes; those of printing presses take 1 to 3 MB."""


def rgb_of(image: Image.Image) -> Image.Image:
    """The picture in RGB: its colour profile followed, what is transparent on white."""
    profile = image.info.get("icc_profile")
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        image = _in_eight_bits(image)
    elif image.has_transparency_data:
        image = _on_white(image)
    if profile or image.mode == "LAB":
        image = _in_srgb(image, profile)
    return image if image.mode == "RGB" else image.convert("RGB")


def is_srgb(profile: bytes | None) -> bool:
    """Whether colours with this profile are taken for sRGB as they are."""
    from PIL import ImageCms

    try:
        return not profile or _transform_of(profile, "RGB") is None
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):  # broken: ``rgb_of`` passes it over too
        return True


def _on_white(image: Image.Image) -> Image.Image:
    from PIL import Image

    key = image.info.get("transparency")
    if isinstance(key, tuple) and max(key) > 255:  # of 16 bits, while the pixels now have 8
        image.info.pop("transparency")
        return image
    if image.mode in ("La", "RGBa"):
        image = image.convert(image.mode.replace("a", "A"))
    image = image.convert("RGBA")
    alpha = image.getchannel("A")
    if alpha.getextrema() == (255, 255):
        return image.convert("RGB")
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=alpha)
    return white


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Grey in 8 bits, from 12, 16 or 32 bits or floating point: scaled, never clipped."""
    from PIL import Image

    values = np.asarray(image)
    tags = getattr(image, "tag_v2", {})
    if image.mode.startswith("I;16"):
        grey = _sixteen_to_eight(values, bits=12 if tags.get(258) == (12,) else 16)
        if tags.get(262) == 0:  # TIFF 6.0, PhotometricInterpretation: 0 is white
            grey = 255 - grey
    else:
        grey = _stretched(values)
    return Image.fromarray(grey)


def _sixteen_to_eight(values: NDArray[Any], bits: int) -> NDArray[np.uint8]:
    return (values >> (bits - 8)).astype(np.uint8)


def _stretched(values: NDArray[Any]) -> NDArray[np.uint8]:
    """Grey whose black and white stand nowhere: the narrowest usual range that holds all values."""
    whites = (255, 65_535, 2**32 - 1) if values.dtype.kind in "iu" else (1, 255, 65_535)
    grey = np.nan_to_num(values.astype(np.float64), posinf=0.0, neginf=0.0)
    low, high = min(0.0, float(grey.min())), float(grey.max())
    white = next((white for white in whites if low == 0 and high <= white), high)
    return np.rint((grey - low) * (255 / max(white - low, 1e-9))).clip(0, 255).astype(np.uint8)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    from PIL import ImageCms

    if image.mode not in ("RGB", "L", "CMYK", "LAB"):
        image = image.convert("RGB")
    try:
        transform = _transform_of(profile, image.mode)
        return image if transform is None else ImageCms.applyTransform(image, transform) or image
    # Broken profiles are common: one for another number of channels, cut off, or of a later version.
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image


@lru_cache(maxsize=8)
def _transform_of(profile: bytes | None, mode: str) -> ImageCmsTransform | None:
    """The way to sRGB; None when the profile is sRGB, or too large to be one."""
    from PIL import ImageCms

    if profile is None or mode == "LAB":
        return ImageCms.buildTransform(ImageCms.createProfile("LAB"), _srgb(), "LAB", "RGB")
    if len(profile) > LARGEST_PROFILE:
        return None
    source = ImageCms.getOpenProfile(io.BytesIO(profile))
    if mode == "RGB" and "srgb" in ImageCms.getProfileDescription(source).casefold():
        return None
    return ImageCms.buildTransform(source, _srgb(), mode, "RGB")


def _srgb() -> Any:
    from PIL import ImageCms

    return ImageCms.createProfile("sRGB")
