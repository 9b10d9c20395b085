"""HTML -> what of it tells results, in one pass, with memory for the elements that are open only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from fakeprofile.errors import SourceError
from fakeprofile.search.saved import blobs
from fakeprofile.search.saved.addresses import engine_of, is_refused, target_of, web_address
from fakeprofile.search.saved.inline import Inlined
from fakeprofile.search.saved.limits import SavedLimits
from fakeprofile.search.saved.pairs import Open, Pairs, Picture
from fakeprofile.search.saved.rows import LONGEST_TITLE, Row

_PREVIEW = re.compile(r"preview|query|upload|searched|cbir-?intent|crop", re.I)
_REFERENCES = ("src", "data-src", "data-iurl", "data-original", "data-sf-original-src", "data-thumb")
_BACKGROUND = re.compile(r"url\(\s*[\"']?([^\"')]+)|var\(\s*(--sf-img-[0-9]{1,6})")
_SAVED_FROM = re.compile(r"\s*saved from url=\([0-9]{4}\)(\S{1,4096})")
_SINGLE_FILE = re.compile(r"\s*Page saved with SingleFile\s+url:\s*(\S{1,4096})")
_SIGNS = (
    ("captcha", re.compile(r"captcha|challenges\.cloudflare\.com|cf-(?:challenge|turnstile)|/sorry/", re.I)),
    ("consent", re.compile(r"//consent\.|cookie-?consent-?(?:page|form)|CookieConsent", re.I)),
)


class Elements:
    """Takes what the parser sees, element by element, and keeps the pairs."""

    def __init__(self, limits: SavedLimits, address: str | None = None) -> None:
        self._limits = limits
        self.address: str | None = None
        self.title = ""
        self.pairs = Pairs(4 * limits.rows)  # icons and doubles among them are dropped later
        self.inlined = Inlined()
        self.signs: set[str] = set()
        self.asks_password = False
        self.states: list[str] = []
        """JSON that the page keeps of itself."""
        self.folders: set[str] = set()
        """First parts of the names in which the page looks for its own files."""
        self.titles: dict[str, str] = {}
        self.hints: set[str] = set()
        """Engines whose marks the page bears."""
        self._open: list[Open] = []
        self._anchors: list[tuple[str, list[str]]] = []
        self._raw: list[str] | None = None
        self._nodes = 0
        self._links = 0
        self._images = 0
        self._be_at(address)

    # --- what lxml calls ----------------------------------------------------------------------

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._count()
        # Elements without an end tag are ended by the parser at once.
        outer = self._open[-1] if self._open else None
        passed_over = (outer is not None and outer.passed_over) or _is_preview(tag, attributes)
        now = Open(tag=tag, passed_over=passed_over)
        self._open.append(now)
        self._images += tag == "img"
        if attributes and (self.pairs.full or self._images > 10 * self._limits.rows):
            self.pairs.left_out += tag == "img"
        elif attributes:
            self._attributes(tag, attributes, now)
        if tag in ("script", "style", "title"):
            self._raw = []

    def end(self, tag: str) -> None:
        """An element ends."""
        if not self._open:
            return
        done = self._open.pop()
        if self._raw is not None and tag in ("script", "style", "title"):
            self._take_raw(tag, "".join(self._raw))
            self._raw = None
        if done.anchor is not None and self._anchors:
            self._take_title(*self._anchors.pop())
        self.pairs.close(done)
        if self._open:
            self.pairs.hand_over(done, self._open[-1])

    def data(self, text: str) -> None:
        """A piece of text."""
        if self._raw is not None:
            self._raw.append(text)
        elif self._anchors and len(self._anchors[-1][1]) < 50:
            self._anchors[-1][1].append(text[:LONGEST_TITLE])

    def comment(self, text: str) -> None:
        """A comment: those that browsers write name the address of the page."""
        found = _SAVED_FROM.match(text) or _SINGLE_FILE.match(text)
        if found and self.address is None:
            self._be_at(web_address(found[1]))

    def close(self) -> Elements:
        """All of it was seen."""
        while self._open:
            self.end(self._open[-1].tag)
        return self

    @property
    def links_left_out(self) -> int:
        """Links that were not followed to where they lead, because there are too many."""
        return max(0, self._links - self._limits.links)

    @property
    def rows(self) -> list[Row]:
        """Every pair, with the words of the link to its page for a title."""
        return [self._titled(row) for row in self.pairs.rows]

    # --- attributes ---------------------------------------------------------------------------

    def _be_at(self, address: str | None) -> None:
        self.address = address
        self.pairs.one_for_many = engine_of(address) == "tineye"

    def _count(self) -> None:
        self._nodes += 1
        if self._nodes > self._limits.nodes:
            raise SourceError(
                f"it has more than {self._limits.nodes:,} elements, the limit: scroll less far before saving it"
            )
        if len(self._open) >= self._limits.depth:
            raise SourceError(
                f"its elements stand more than {self._limits.depth} deep in each other, the limit: "
                "no result page does; save it again"
            )

    def _attributes(self, tag: str, attributes: Mapping[str, str], now: Open) -> None:
        if tag == "a" and "href" in attributes:
            self._link(attributes["href"], now)
        elif tag == "img":
            self._image(attributes, now)
        elif tag in ("link", "meta", "input", "form", "iframe", "script"):
            self._page_itself(tag, attributes)
        style = attributes.get("style")
        if style and "background" in style:
            self._background(style, now)
        self._own_data(attributes, now)
        if tag in ("div", "form", "input", "iframe", "script", "img"):
            self._note_signs(attributes)
        for name in ("src", "href") if tag in ("img", "script", "link", "iframe", "source") else ():
            self._note_folder(attributes.get(name, ""))

    def _link(self, href: str, now: Open) -> None:
        self._links += 1
        if href.startswith("data:") or self._links > self._limits.links:
            return
        target = target_of(href[:20_000], self.address)
        if target is None and is_refused(href[:20_000]):
            now.refused += 1
            return
        if target is None:
            now.own_links += not href.startswith(("#", "javascript:"))
            return
        if target.page is not None:
            now.pages[target.page] = target
            now.anchor = None if target.advertisement else target.page
        if target.image is not None:
            now.images[target.image] = None
        if now.anchor is not None:
            self._anchors.append((now.anchor, []))

    def _image(self, attributes: Mapping[str, str], now: Open) -> None:
        if now.passed_over:
            return
        references = [value for name in _REFERENCES if (value := attributes.get(name, "").strip())]
        if element := attributes.get("id"):
            references.append(f"id:{element[:200]}")
        background = _BACKGROUND.search(attributes.get("style", ""))
        if background and background[2]:
            references.insert(0, f"var:{background[2]}")
        title = attributes.get("alt") or attributes.get("title") or ""
        self._keep_picture(references, title, _is_small(attributes), now)

    def _background(self, style: str, now: Open) -> None:
        found = _BACKGROUND.search(style)
        if found is None or now.passed_over or now.tag == "img":
            return
        self._keep_picture([f"var:{found[2]}" if found[2] else found[1].strip()], "", False, now)

    def _keep_picture(self, references: list[str], title: str, icon: bool, now: Open) -> None:
        resolved = tuple(dict.fromkeys(self._absolute(one) for one in references if one))
        asked = blobs.queried(self.address)
        if resolved and not (asked and asked in map(web_address, resolved)):
            now.pictures.append(Picture(references=resolved, title=title[:LONGEST_TITLE], icon=icon))

    def _absolute(self, reference: str) -> str:
        return f"https:{reference}" if reference.startswith("//") else reference

    def _own_data(self, attributes: Mapping[str, str], now: Open) -> None:
        if "m" in attributes and attributes["m"].lstrip().startswith("{"):
            now.told = blobs.bing_row(attributes["m"])
            self.pairs.refused += now.told is None and blobs.bing_refused(attributes["m"])
            self.hints.add("bing")
        elif "data-lpage" in attributes:
            now.told = blobs.google_row(attributes)
            self.pairs.refused += now.told is None and is_refused(attributes["data-lpage"])
            self.hints.add("google")
        if len(state := attributes.get("data-state", "")) > 2:
            self.states.append(state)

    def _page_itself(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "input" and attributes.get("type", "").lower() == "password":
            self.asks_password = True
        canonical = tag == "link" and attributes.get("rel", "").lower() == "canonical"
        graph = tag == "meta" and attributes.get("property", "").lower() == "og:url"
        if self.address is None and (canonical or graph):
            self._be_at(web_address(attributes.get("href" if canonical else "content", "")))

    def _note_signs(self, attributes: Mapping[str, str]) -> None:
        for name in ("id", "class", "src", "action"):
            value = attributes.get(name, "")[:500]
            if value and not value.startswith("data:"):
                self.signs.update(sign for sign, mark in _SIGNS if mark.search(value))

    def _note_folder(self, reference: str) -> None:
        if (
            not reference
            or ":" in reference[:12]
            or reference.startswith(("/", "#"))
            or len(reference) > 4096
        ):
            return
        first, slash, _ = reference.removeprefix("./").partition("/")
        if slash and len(self.folders) < 50:
            self.folders.add(first)

    # --- text ---------------------------------------------------------------------------------

    def _take_raw(self, tag: str, text: str) -> None:
        if tag == "title":
            self.title = self.title or _one_line(text)
        elif tag == "script":
            self.inlined.take_script(text)
        else:
            self.inlined.take_style(text)

    def _take_title(self, page: str, pieces: list[str]) -> None:
        text = _one_line(" ".join(pieces))
        if len(text) > len(self.titles.get(page, "")) and len(self.titles) < 10 * self._limits.rows:
            self.titles[page] = text

    def _titled(self, row: Row) -> Row:
        if row.told and row.title:
            return row
        return replace(row, title=self.titles.get(row.page or "") or row.title)


def parsed(text: str, limits: SavedLimits, address: str | None = None) -> Elements:
    """All pairs of a page.

    Raises:
        SourceError: it has too many elements, stands too deep, or nothing of it can be read as HTML.
    """
    from lxml import etree

    elements = Elements(limits, address)
    # The stubs want a target that takes bytes as well.
    parser = etree.HTMLParser(target=elements, huge_tree=True, encoding="utf-8")  # type: ignore[arg-type]
    data = text.encode("utf-8", "replace")
    try:
        for at in range(0, len(data), 65_536):
            parser.feed(data[at : at + 65_536])
        parser.close()
    except etree.LxmlError as error:
        raise SourceError("nothing in it can be read as a web page: save it again") from error
    return elements


def _is_preview(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element shows the picture that was asked about, by what it is called."""
    if not attributes or tag in ("html", "body"):
        return False
    names = (attributes.get("class", ""), attributes.get("id", ""))
    return any(name and _PREVIEW.search(name[:300]) for name in names)


def _is_small(attributes: Mapping[str, str]) -> bool:
    sizes = [attributes.get(name, "").removesuffix("px") for name in ("width", "height")]
    known = [int(size) for size in sizes if size.isascii() and size.isdigit() and len(size) < 6]
    # Pictures that are not shown until something happens have a size of one.
    return bool(known) and 2 < max(known) <= 64


def _one_line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_TITLE]
