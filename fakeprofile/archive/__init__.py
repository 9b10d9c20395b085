"""Since when the Internet Archive has a picture or a page."""

from fakeprofile.archive.captures import (
    TERMS,
    About,
    ArchiveTerms,
    Capture,
    captures,
    digest_of,
    first_capture,
)

__all__ = ["TERMS", "About", "ArchiveTerms", "Capture", "captures", "digest_of", "first_capture"]
