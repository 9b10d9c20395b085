"""Folders that Instaloader made: profiles, the history of their photos, posts with their dates.

In reading order: what the name of a file tells (``names``), what its JSON tells (``saved``), whose a folder and the
pictures in it are (``folder``), and all folders together (``reader``).
"""

from __future__ import annotations

from fakeprofile.accounts.instaloader.reader import InstaloaderReader

__all__ = ["InstaloaderReader"]
