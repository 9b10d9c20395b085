"""What the title of a page names, going by how the sites write their titles."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from fakeprofile.identity.handles import word_set
from fakeprofile.identity.names import folded_name
from fakeprofile.identity.pages import WebPage
from fakeprofile.records import SiteKind

LONGEST_TITLE = 300
LONGEST_NAME = 60
"""Characters. Instagram allows 64 with its emoji, X 50, Facebook 50."""

_BETWEEN = re.compile(r"\s+[|•·–—/]\s+|\s+-+\s+|\s*\|\s*")
_PARTS = re.compile(rf"{_BETWEEN.pattern}|\s*[:,]\s+")
_WITH_HANDLE = re.compile(r"(?P<name>.{1,80}?)\s*\((?:@|u/)(?P<handle>[\w.-]{2,40})\)")
_HANDLE = re.compile(r"@?(?=[\w.-]*[._\d])[a-z0-9][\w.-]{1,39}", re.ASCII)
"""What stands alone and can hardly be a first name: lower case, with a digit, dot or underscore."""
_BY = re.compile(
    r"^(?:instagram|tiktok|facebook)?\s*(?:photos?|videos?|fotos?|post|reel|story)\s+(?:shared\s+)?"
    r"(?:by|from|von|van|door|de|af|av)\s+",
    re.IGNORECASE,
)
_ON_SITE = re.compile(
    r"(?P<name>.{1,60}?)\s+(?:on|op|auf|bei|sur|en|på)\s+(?:instagram|threads|x|twitter|tiktok|facebook|linkedin|snapchat)\b",
    re.IGNORECASE,
)
_SITE_WORDS = word_set(
    "instagram tiktok facebook x twitter youtube linkedin pinterest reddit tumblr threads snapchat vk вконтакте ok okru "
    "одноклассники flickr deviantart telegram imdb wikipedia wikipédia wikipedie википедия vikipedi wikimedia"
)
_NO_NAMES = (
    "home|profile|profil|photos|photo|fotos|foto|videos|video|posts|post|login|log in|log in or sign up|sign up|"
    "page not found|not found|error|watch|reels|shorts|timeline|about|images|image|pictures|picture|gallery|news|blog|"
    "access denied|just a moment|untitled|index|main page|search|results|make your day|user|account|anonymous|"
    "content not found|this account is private|contact|privacy policy|official site|official website|stock photo"
)
_NO_NAME = frozenset(_NO_NAMES.split("|"))
"""What sites call their own pages."""
_COMMON = word_set(
    "the a an of and in with for to on at by from best top new free photo photos picture pictures image images video "
    "videos girl boy woman man women men people cute beautiful happy young funny news home gallery stock wallpaper "
    "wallpapers background profile official page site blog download pinterest instagram facebook hd how why what when "
    "list lijst category terms policy privacy de het een der die das und la le les el los las du des"
)
"""Words that stand in titles and in hardly any name; the particles of names are below."""
_PARTICLES = word_set("van von de der den la le el du da dos ter ten bin al y e")


def name_of_account(page: WebPage, title: str) -> str | None:
    """The name that the title gives to the account whose page or post it is, as it stands there; None if none."""
    text = cleaned(title)
    if page.platform is None or page.platform == "wikipedia" or not text:
        return None
    found = _WITH_HANDLE.match(text) or _ON_SITE.match(text)
    if found is not None:
        return named(_BY.sub("", found["name"]))
    whole = page.site is SiteKind.PROFILE or (page.site is SiteKind.REFERENCE and page.handle is not None)
    return named(_BETWEEN.split(text)[0]) if whole else None


def handle_in(title: str) -> str | None:
    """The handle in a title such as ``Imke (@imke.d) • Instagram photos``; None if there is none."""
    text = cleaned(title)
    if (found := _WITH_HANDLE.match(text)) is not None:
        return found["handle"]
    # Without a display name, sites put the handle in its place: ``imke.d on Instagram: …``.
    shown = _ON_SITE.match(text)
    name = _BY.sub("", shown["name"]) if shown else ""
    return name if _HANDLE.fullmatch(name) else None


def name_like_parts(title: str) -> Iterator[str]:
    """The parts of any title that are written as a name: two to four words with capitals, none an everyday word."""
    for part in _PARTS.split(cleaned(title)):
        text = re.sub(r"\s*\([^()]*\)$", "", part).strip()
        words = text.split()
        if 2 <= len(words) <= 4 and named(text) and all(map(_begins_a_name, words)):
            folded = set(folded_name(text).split()) - _PARTICLES
            if len(folded) >= 2 and not folded & (_COMMON | _SITE_WORDS):
                yield text


def _begins_a_name(word: str) -> bool:
    letters = word.strip("'’.-")
    if not letters or not all(c.isalpha() or c in "'’.-" for c in letters):
        return False
    return letters in _PARTICLES or letters[0] != letters[0].lower() or letters.upper() == letters.lower()


def named(text: str) -> str | None:
    """The text if it can be a name; None if it is the site itself, one of its pages, or too long for a name."""
    bare = text.strip(" \t\"'“”‘’«»|•·-–—:")
    folded = folded_name(bare)
    if not any(c.isalpha() for c in folded) or len(bare) > LONGEST_NAME:
        return None
    is_site = folded.split()[0] in _SITE_WORDS and len(folded.split()) <= 2
    return None if is_site or folded in _NO_NAME else bare


def cleaned(title: str) -> str:
    """The title without HTML entities, on one line, not too long."""
    return " ".join(html.unescape(title[: 4 * LONGEST_TITLE]).split())[:LONGEST_TITLE]
