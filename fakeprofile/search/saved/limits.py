"""How much of a saved page is read before it is refused, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedLimits:
    """What a saved page may be; counted on what is really read, never on what a header claims."""

    bytes: int = 64 * MEGABYTE
    """Size of one page, with the pictures that stand inside it. A result page with all its pictures is 1 to 10 MB."""
    archive_bytes: int = 256 * MEGABYTE
    """Size of a zip, and of all that is unpacked from it together."""
    ratio: int = 200
    """How many times larger than packed a file of a zip may be. Text reaches 20, a bomb 1,000."""
    files: int = 10_000
    """How many files a folder or zip may hold, and a page how many parts."""
    nodes: int = 1_000_000
    """How many elements a page may have. A long result page has 30,000."""
    depth: int = 256
    """How deep its elements may stand in each other. Result pages reach 60; browsers stop at 512."""
    links: int = 50_000
    """How many links of one page are followed to where they lead. A long result page has 3,000."""
    rows: int = 2_000
    """How many results are taken from one page."""
    picture_bytes: int = 8 * MEGABYTE
    """Size of one thumbnail."""
    pictures_bytes: int = 64 * MEGABYTE
    """Size of all thumbnails of a page together."""


DEFAULT = SavedLimits()


def megabytes(count: int) -> str:
    """The size for a message: ``64 MB``."""
    return f"{count / MEGABYTE:,.0f} MB" if count >= MEGABYTE else f"{count:,} bytes"
