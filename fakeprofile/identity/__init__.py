"""Who is who, by names and handles; never by pictures.

In reading order: a handle as users write it (``handles``), what is compared of handles and names
(``names``), and whether an account claims to be a known identity (``relation``).
"""

from __future__ import annotations

from fakeprofile.identity.handles import LONGEST_HANDLE, parse_handle, platform_of
from fakeprofile.identity.names import folded_handle, folded_name
from fakeprofile.identity.relation import relation_of
from fakeprofile.records import Likeness, Relation

__all__ = [
    "LONGEST_HANDLE",
    "Likeness",
    "Relation",
    "folded_handle",
    "folded_name",
    "parse_handle",
    "platform_of",
    "relation_of",
]
