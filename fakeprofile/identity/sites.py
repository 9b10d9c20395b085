"""Which sites are what: the lists by which a page is read, all in one place.

A host belongs to an entry if it is that name or ends in it after a dot. A site that is on no list is
``OTHER``: nothing is guessed from how a page looks. The platforms with accounts stand in ``handles``.
"""

from __future__ import annotations

import re

from fakeprofile.identity.handles import word_set
from fakeprofile.records import SiteKind

STOCK = word_set(
    "stock.adobe.com fotolia.com istock.com 123rf.com pexels.com unsplash.com pixabay.com freepik.com "
    "bigstockphoto.com canstockphoto.com stocksy.com pond5.com vecteezy.com rawpixel.com agefotostock.com imago-images.de "
    "imago-images.com picfair.com elements.envato.com pngtree.com lovepik.com photocase.com photocase.de stocksnap.io "
    "kaboompics.com burst.shopify.com colourbox.com colourbox.de mostphotos.com superstock.com masterfile.com "
    "plainpicture.com westend61.de gograph.com ingimage.com stockfresh.com yayimages.com featurepics.com pikwizard.com "
    "picjumbo.com gratisography.com vistacreate.com scopio.io nappy.co stockvault.net freeimages.com rf123.com "
    "storyblocks.com motionarray.com dissolve.com offset.com cutcaster.com pixtastock.com photoac.com generated.photos"
)
STOCK_NAMES = word_set("shutterstock gettyimages istockphoto alamy dreamstime depositphotos")
"""Shops with one domain in each country: whatever stands behind the name."""

REFERENCE = word_set(
    "wikipedia.org wikimedia.org wikidata.org imdb.com britannica.com discogs.com musicbrainz.org last.fm allmusic.com "
    "genius.com themoviedb.org famousbirthdays.com moviepilot.de filmweb.pl kinopoisk.ru allocine.fr moviemeter.nl "
    "musicmeter.nl svenskfilmdatabas.se snl.no rkd.nl"
)
NEWS = word_set(
    "bbc.co.uk bbc.com cnn.com nytimes.com theguardian.com dailymail.co.uk reuters.com apnews.com washingtonpost.com "
    "independent.co.uk thesun.co.uk mirror.co.uk telegraph.co.uk thetimes.co.uk news.sky.com foxnews.com nbcnews.com "
    "cbsnews.com abcnews.go.com usatoday.com latimes.com irishtimes.com rte.ie abc.net.au smh.com.au cbc.ca "
    "nos.nl nu.nl ad.nl telegraaf.nl volkskrant.nl nrc.nl trouw.nl parool.nl rtl.nl rtlnieuws.nl omroepbrabant.nl "
    "hln.be vrt.be nieuwsblad.be standaard.be demorgen.be gva.be hbvl.be lesoir.be rtbf.be dhnet.be lalibre.be "
    "spiegel.de bild.de faz.net zeit.de sueddeutsche.de tagesschau.de welt.de stern.de focus.de orf.at derstandard.at "
    "krone.at srf.ch blick.ch 20min.ch nzz.ch lemonde.fr lefigaro.fr liberation.fr leparisien.fr 20minutes.fr bfmtv.com "
    "elpais.com elmundo.es abc.es lavanguardia.com repubblica.it corriere.it lastampa.it publico.pt "
    "vg.no dagbladet.no nrk.no aftenposten.no tv2.no aftonbladet.se expressen.se dn.se svt.se svd.se "
    "dr.dk bt.dk eb.dk ekstrabladet.dk politiken.dk berlingske.dk yle.fi hs.fi iltalehti.fi is.fi "
    "onet.pl wp.pl gazeta.pl idnes.cz novinky.cz ria.ru lenta.ru kp.ru rbc.ru meduza.io pravda.com.ua "
    "hurriyet.com.tr aljazeera.com timesofindia.indiatimes.com ndtv.com japantimes.co.jp"
)
"""Known newsrooms only: a path with ``/news/`` in it is no newsroom."""

FAN = word_set(
    "fandom.com wikia.com fanpop.com listal.com kpopping.com famousfix.com fansshare.com theplace2.ru superiorpics.com"
)
WALLPAPER = word_set(
    "wallhaven.cc wallpaperflare.com wallpapers.com wallpapercave.com wallpaperaccess.com peakpx.com pxfuel.com "
    "hdqwalls.com wallpaperswide.com alphacoders.com weheartit.com favim.com zedge.net pfps.gg 99px.ru avatarko.ru "
    "wallpaperup.com desktopnexus.com goodfon.ru goodfon.com getwallpapers.com uhdpaper.com"
)
WALLPAPER_WORD = re.compile("wallpaper|profilepic|pfps")
"""In the name of a domain: there are thousands of such collections."""

_FAN_HANDLE = re.compile(
    r"fan[._-]?(?:page|club|site|account|base|pagina|seite)|fandom|(?<!only)(?<=[a-z0-9]{5})fans?(?![a-z])"
    r"|(?:^|[._-])fans?(?:[._-]of|[._-]?van)[._-]?"
)

POST_HOSTS = word_set(
    "youtu.be vm.tiktok.com vt.tiktok.com fb.watch redd.it i.redd.it v.redd.it pin.it flic.kr"
)
"""Hosts that only have single posts, without their owner."""

POSTS = {
    platform: re.compile(pattern, re.IGNORECASE)
    for platform, pattern in {
        "instagram": r"(/[^/]+)?/(p|reel|reels|tv)/[^/]+|/stories/[^/]+/[0-9]+",
        "tiktok": r"/@[^/]*/(video|photo)/[0-9]+|/(v|t|embed)/[^/]+",
        "x": r"/[^/]+/status(es)?/[0-9]+|/i/(web/)?status/[0-9]+",
        "facebook": (
            r"/(photo|story|permalink|video)\.php|/(photo|watch)/?$|/reel/[0-9]+|/share/[prv]/[^/]+|/[^/]+/(posts|reels)/[^/]+"
            r"|/[^/]+/(photos|videos)/.*[0-9]{5,}|/groups/[^/]+/(posts|permalink)/[^/]+|/stories/[0-9]+"
        ),
        "youtube": r"/watch/?$|/(shorts|live|embed|v|e|post|clip)/[^/]+",
        "snapchat": r"(/@[^/]+|/add/[^/]+)?/spotlight/[^/]+|/p/[^/]+/.+",
        "threads": r"/@[^/]+/post/[^/]+|/t/[^/]+",
        "linkedin": r"/posts/[^/]+|/feed/update/[^/]+|/pulse/[^/]+",
        "pinterest": r"/pin/[^/]+",
        "reddit": r"/(r|u|user)/[^/]+/(comments|s)/[^/]+|/comments/[^/]+|/gallery/[^/]+",
        "tumblr": r"/post/[0-9]+|/[^/]+/[0-9]{5,}|/blog/view/[^/]+/[0-9]+|/blog/[^/]+/[0-9]{5,}",
        "vk": r"/(wall|photo|video|clip|story)-?[0-9]+_[0-9]+",
        "ok": r"/(profile|group)/[0-9]+/(statuses|topic|album|pphotos|photos)/.*[0-9]+|/video/[0-9]+|/[^/]+/topic/[0-9]+",
        "flickr": r"/photos/[^/]+/[0-9]+",
        "deviantart": r"/[^/]+/(art|journal)/[^/]+",
        "telegram": r"/(s/)?[^/]+/[0-9]+|/c/[0-9]+/[0-9]+",
    }.items()
}
"""Paths of single posts, by platform; matched from the start of the path."""

_ONE_VOICE = {
    "threads": "instagram",
    "wikidata.org": "wikipedia.org",
    "wikimedia.org": "wikipedia.org",
    "wikia.com": "fandom.com",
    "twitter.com": "x.com",
    "fotolia.com": "adobe.com",
    "bbc.com": "bbc.co.uk",
}
"""Sites that repeat each other and count as one: the accounts of Threads are those of Instagram."""


def kind_of_site(host: str, domain: str) -> SiteKind | None:
    """What a whole site is, whichever page of it; None if it is on no list.

    Args:
        host: lower case, ASCII.
        domain: its registrable domain.
    """
    name = domain.partition(".")[0]
    if _listed(host, STOCK) or name in STOCK_NAMES:
        return SiteKind.STOCK
    if _listed(host, WALLPAPER) or WALLPAPER_WORD.search(name):
        return SiteKind.WALLPAPER
    for listed, kind in ((FAN, SiteKind.FAN), (REFERENCE, SiteKind.REFERENCE), (NEWS, SiteKind.NEWS)):
        if _listed(host, listed):
            return kind
    return None


def is_fan_handle(handle: str) -> bool:
    """Whether an account calls itself a fan's: ``imkedorsman.fanpage``, ``imkedorsmanfans``; never ``li_fan``."""
    return _FAN_HANDLE.search(handle.lower()) is not None


def voice_of(domain: str, platform: str | None) -> str:
    """What two pages must differ in to be independent of each other: the platform, or the domain."""
    key = platform or domain
    return _ONE_VOICE.get(key, key)


def _listed(host: str, entries: frozenset[str]) -> bool:
    parts = host.split(".")
    return any(".".join(parts[start:]) in entries for start in range(len(parts)))
