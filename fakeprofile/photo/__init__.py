"""Untrusted bytes -> a photo, or a gap that says in one line why there is none.

What the bytes are is told by their first bytes, never by the file's ending, and only the one
decoder for that format sees them. Size limits are checked on the header, before decoding. Loading
this loads no picture library.
"""

from __future__ import annotations

from fakeprofile.photo.decoding import decode, pixels_of, read, read_grey, thumbnail_of
from fakeprofile.photo.files import files_of, sha256_of

__all__ = ["decode", "files_of", "pixels_of", "read", "read_grey", "sha256_of", "thumbnail_of"]
