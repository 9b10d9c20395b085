"""A handle as users write it: ``@name``, ``instagram:name`` or the URL of a profile."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from fakeprofile.records import Handle

LONGEST_HANDLE = 100
"""Characters. The longest that a known platform allows (LinkedIn)."""

_LONGEST_URL = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """How the profile URLs of a platform are built."""

    platform: str
    domains: tuple[str, ...]
    bare: bool = False
    """Whether the first part of the path can be the account without ``@`` before it."""
    before: frozenset[str] = frozenset()
    """First parts of the path after which the account follows."""
    ids: frozenset[str] = frozenset()
    """First parts of the path after which the account id follows."""
    not_accounts: frozenset[str] = frozenset()
    """First parts of the path that are pages of the platform itself."""
    locales: bool = False
    """Whether a language can stand before all else in the path."""


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(text.split())


_PINTEREST = "com nl de fr co.uk at ca ch cl co.kr com.au com.mx dk es ie it jp nz ph pt ru se"
"""The endings of its domains, one for each country."""

_SITES = (
    _Site(
        platform="instagram",
        domains=("instagram.com", "instagr.am"),
        bare=True,
        before=word_set("stories _u"),
        not_accounts=word_set(
            "p reel reels tv explore accounts direct about legal developer web share s ar popular api "
            "graphql challenge oauth emails session press help lite highlights invites create"
        ),
    ),
    _Site(platform="tiktok", domains=("tiktok.com",)),
    _Site(
        platform="x",
        domains=("x.com", "twitter.com"),
        bare=True,
        not_accounts=word_set(
            "i home search hashtag explore intent share settings login logout signup notifications "
            "messages compose tos privacy about jobs download account oauth who_to_follow"
        ),
    ),
    _Site(
        platform="facebook",
        domains=("facebook.com", "fb.com", "fb.me", "m.me"),
        bare=True,
        not_accounts=word_set(
            "groups events photo photos watch marketplace share sharer reel reels hashtag stories media "
            "gaming login help policies privacy settings public search notes business ads dialog plugins "
            "pages people story permalink videos video legal about games directory recover home"
        ),
    ),
    _Site(
        platform="youtube",
        domains=("youtube.com",),
        bare=True,
        before=word_set("c user"),
        ids=word_set("channel"),
        not_accounts=word_set(
            "watch shorts playlist feed results live embed v e hashtag gaming premium post clip account "
            "about howyoutubeworks t redirect music kids channels upload attribution_link"
        ),
    ),
    _Site(platform="snapchat", domains=("snapchat.com",), before=word_set("add")),
    _Site(platform="threads", domains=("threads.net", "threads.com")),
    _Site(platform="linkedin", domains=("linkedin.com",), before=word_set("in pub company school")),
    _Site(
        platform="pinterest",
        domains=tuple(f"pinterest.{ending}" for ending in _PINTEREST.split()),
        bare=True,
        not_accounts=word_set(
            "pin search ideas today explore categories login signup business settings resource about topics"
        ),
    ),
    _Site(platform="reddit", domains=("reddit.com",), before=word_set("user u")),
    _Site(
        platform="tumblr",
        domains=("tumblr.com",),
        bare=True,
        before=word_set("blog"),
        not_accounts=word_set(
            "dashboard explore tagged search login register settings about policy privacy likes inbox new "
            "communities help following"
        ),
    ),
    _Site(
        platform="vk",
        domains=("vk.com", "vk.ru", "vkontakte.ru"),
        bare=True,
        not_accounts=word_set(
            "feed im wall photo album video videos clip clips audio audios music search groups friends "
            "market away.php share.php login apps app docs settings about topic story"
        ),
    ),
    _Site(
        platform="ok",
        domains=("ok.ru", "odnoklassniki.ru"),
        bare=True,
        ids=word_set("profile"),
        not_accounts=word_set(
            "group video music games feed search discussions dk live gifts app apps marks help about market"
        ),
    ),
    _Site(
        platform="flickr",
        domains=("flickr.com",),
        before=word_set("photos people"),
        not_accounts=word_set("tags upload friends public"),
    ),
    _Site(
        platform="deviantart",
        domains=("deviantart.com",),
        bare=True,
        not_accounts=word_set(
            "tag search daily-deviations about users join settings watch popular topic morelikethis view art"
        ),
    ),
    _Site(
        platform="telegram",
        domains=("t.me", "telegram.me"),
        bare=True,
        before=word_set("s"),
        not_accounts=word_set("joinchat c share addstickers proxy socks addlist iv login"),
    ),
    _Site(platform="unsplash", domains=("unsplash.com",)),
    _Site(platform="pexels", domains=("pexels.com",)),
    _Site(platform="imdb", domains=("imdb.com",), ids=word_set("name"), locales=True),
    _Site(
        platform="wikipedia",
        domains=("wikipedia.org",),
        before=word_set("wiki"),
        not_accounts=word_set("main_page hoofdpagina"),
    ),
)

_FILES = word_set("robots.txt favicon.ico sitemap.xml index.html index.htm ads.txt")
"""Names that every site has a file of."""

_VK_OWNER = re.compile(
    r"(?:wall|photo|photos|video|videos|clip|album|albums|story|audios?)(-?)([0-9]+)(?:_.*)?"
)
"""A post, photo or album of VK: the number before ``_`` is that of its owner; of a group if it is negative."""

_SYNONYMS = {
    "ig": "instagram",
    "insta": "instagram",
    "fb": "facebook",
    "twitter": "x",
    "yt": "youtube",
    "snap": "snapchat",
    "tt": "tiktok",
    "vkontakte": "vk",
}

_NOT_A_BLOG = ("www", "m", "mobile", "assets", "api", "static")
_JOINERS = "\u200c\u200d"
"""Zero-width joiner and non-joiner: Persian and Indian scripts need them inside words."""


def parse_handle(text: str) -> Handle:
    """The handle that the user means, with the platform under its one lower-case name.

    Args:
        text: ``instagram:name``, ``@name``, ``name`` or the URL of a profile. Synonyms of platforms
            are understood (``ig``, ``twitter``), unknown platforms kept in lower case.

    Raises:
        ValueError: it names no account; one line that says why.
    """
    if len(text) > _LONGEST_URL:
        raise ValueError(f"the handle {_shown(text)} is too long; the limit is {LONGEST_HANDLE} characters")
    plain = stripped(text)
    if _is_url(plain):
        return _handle_in_url(plain)
    platform, colon, name = plain.partition(":")
    if not colon or plain.startswith("@"):
        return Handle(name=_checked(plain, text, forbidden="/\\:"))
    platform, name = platform_of(_checked(platform, text, forbidden="/\\@")), stripped(name)
    if not _is_url(name):
        return Handle(name=_checked(name, text, forbidden="/\\"), platform=platform)
    handle = _handle_in_url(name)
    if handle.platform != platform:
        raise ValueError(f"{_shown(text)} names two platforms: {platform} and {handle.platform}")
    return handle


def platform_of(text: str) -> str:
    """The one lower-case name of a platform: ``x`` for ``Twitter``."""
    lower = text.strip().lower()
    return _SYNONYMS.get(lower, lower)


def account_at(url: str) -> Handle | None:
    """The account whose page or post has this address; None if the address names none.

    Args:
        url: with ``http://`` or ``https://``; whatever else it is, the answer is None.
    """
    if len(url) > _LONGEST_URL or not url.lower().startswith(("http://", "https://")):
        return None
    try:
        return _handle_in_url(url)
    except ValueError:
        return None


def platform_at(host: str) -> str | None:
    """The platform that a host belongs to; None for short links and for hosts not known."""
    site = _site_of(host)
    return site.platform if site else None


def _handle_in_url(url: str) -> Handle:
    """The account that a profile URL belongs to.

    Raises:
        ValueError: the platform is not known, or the page is not that of an account.
    """
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host = parts.hostname or ""
    except ValueError as error:
        raise ValueError(f"{_shown(url)} is not a URL") from error
    site = _site_of(host)
    if site is None or parts.scheme not in ("http", "https"):
        raise ValueError(f"{_shown(url)} is not on a platform known here; write it as PLATFORM:NAME")
    path = [unquote(part) for part in parts.path.split("/") if part]
    name, account_id = _account_in(site, host, path, parts.query)
    if not name:
        raise ValueError(f"{_shown(url)} is not the page of an account; write it as {site.platform}:NAME")
    return Handle(name=_checked(name, url, forbidden="/\\"), platform=site.platform, account_id=account_id)


def _account_in(site: _Site, host: str, path: list[str], query: str) -> tuple[str, str | None]:
    """The name and the account id that a URL holds; an empty name if it is not that of an account."""
    if site.locales and path and re.fullmatch("[a-z]{2}(-[a-z]{2})?", path[0]):
        path = path[1:]
    first, second = (*path[:2], "", "")[:2]
    if first.lower() in _FILES:
        return "", None
    own = _account_by_own_rule(site, host, path, query)
    if own is not None:
        return own
    if first.lower() in site.ids:
        return second, second or None
    if first.lower() in site.before:
        name = path[2] if second == "view" and len(path) > 2 else second
        return ("" if name.lower() in site.not_accounts else name), None
    own_page = first.lower() in site.not_accounts or first.lower().endswith(".php")
    return (first if first.startswith("@") or (site.bare and not own_page) else ""), None


def _account_by_own_rule(
    site: _Site, host: str, path: list[str], query: str
) -> tuple[str, str | None] | None:
    """The same for addresses that only one platform builds that way; None for all others."""
    first, second = (*path[:2], "", "")[:2]
    match site.platform:
        case "facebook" if first.lower() in ("profile.php", "people", "pages"):
            number = parse_qs(query).get("id", [""])[0] if first.lower() == "profile.php" else path[-1]
            return (number, number) if number.isascii() and number.isdigit() else ("", None)
        case "tumblr" if host not in site.domains:
            blog = host.partition(".")[0]
            return None if blog in _NOT_A_BLOG else (blog, None)
        case "vk" if re.fullmatch(r"id[0-9]+", first):
            return first, first[2:]
        case "vk" if owner := _VK_OWNER.fullmatch(first):
            return ("", None) if owner[1] else (f"id{owner[2]}", owner[2])
        case "linkedin" if first == "posts":
            return second.partition("_")[0] if "_" in second else "", None
        case "imdb":
            return (second, second) if first == "name" and re.fullmatch("nm[0-9]+", second) else ("", None)
        case "wikipedia" if ":" in second:
            return "", None  # a picture, a category, a talk page: no article
    return None


def _site_of(host: str) -> _Site | None:
    """The platform that a host belongs to; None for short links and for hosts not known."""
    lower = host.lower().rstrip(".")
    if lower in ("vm.tiktok.com", "vt.tiktok.com"):
        return None
    for site in _SITES:
        if any(lower == domain or lower.endswith("." + domain) for domain in site.domains):
            return site
    return None


def _is_url(text: str) -> bool:
    """Whether the text is written as a URL, with or without ``https://``."""
    host = re.split(r"[/?#:]", text, maxsplit=1)[0]
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text) is not None or _site_of(host) is not None


def stripped(text: str) -> str:
    """The text without white space and invisible marks around it (phones copy them along)."""
    start, end = 0, len(text)
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_blank(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cf"


def _checked(name: str, text: str, *, forbidden: str) -> str:
    """The name without ``@`` before it.

    Raises:
        ValueError: nobody's name can look like this; one line that says why.
    """
    bare = stripped(name).lstrip("@")
    if not bare:
        raise ValueError(f"{_shown(text)} names no account; write it as PLATFORM:NAME")
    if len(bare) > LONGEST_HANDLE:
        raise ValueError(f"the handle {_shown(text)} is too long; the limit is {LONGEST_HANDLE} characters")
    if any(character.isspace() for character in bare):
        raise ValueError(f"the handle {_shown(text)} has a space in it; the name to show goes into --name")
    if any(
        unicodedata.category(character) in ("Cc", "Cf", "Cs")
        for character in bare
        if character not in _JOINERS
    ):
        raise ValueError(f"the handle {_shown(text)} has invisible characters in it; type it by hand")
    if any(character in forbidden for character in bare):
        raise ValueError(f"{_shown(text)} is not a handle; write it as PLATFORM:NAME or as a profile URL")
    return bare


def _shown(text: str) -> str:
    """The text for a message: on one line, without characters that cannot be seen, not too long."""
    return repr(text if len(text) <= 40 else text[:39] + "…")
