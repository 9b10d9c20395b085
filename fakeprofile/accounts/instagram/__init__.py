"""Instagram's "Download your information": who follows, is followed, asked to follow, was left or blocked.

In reading order: which list a file is (``lists``), whose profile a link leads to (``links``), the records of its JSON
(``entries``, ``labels``) and of its pages (``pages``), whether the lists were cut (``ranges``), and all of it put
together (``reader``). The export has no pictures of followers: only names, links and times.
"""

from __future__ import annotations

from fakeprofile.accounts.instagram.reader import InstagramReader, owner_of

__all__ = ["InstagramReader", "owner_of"]
