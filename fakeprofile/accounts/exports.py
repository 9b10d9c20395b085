"""The readers of what platforms export and downloaders write, surest first."""

from __future__ import annotations

from fakeprofile.accounts.facebook import FacebookReader
from fakeprofile.accounts.gallery_dl import GalleryDlReader
from fakeprofile.accounts.instagram import InstagramReader
from fakeprofile.accounts.instaloader import InstaloaderReader
from fakeprofile.accounts.reader import Reader
from fakeprofile.accounts.several import SeveralReader
from fakeprofile.accounts.snapchat import SnapchatReader
from fakeprofile.accounts.tiktok import TikTokReader
from fakeprofile.accounts.x import XReader

_EACH: tuple[Reader, ...] = (
    InstagramReader(),
    InstaloaderReader(),
    GalleryDlReader(),
    TikTokReader(),
    SnapchatReader(),
    XReader(),
    FacebookReader(),
)
EXPORTS: tuple[Reader, ...] = (SeveralReader(_EACH), *_EACH)
