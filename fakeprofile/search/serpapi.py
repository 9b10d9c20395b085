"""SerpApi: Google Lens for a picture that is uploaded; Bing and Yandex for one that has a public address.

Format: the documentation on serpapi.com and the parameter lists of serpapi-mcp. All three use one key,
which stands in the query: the only way that is documented. It must never be shown.

Not confirmed, and not relied on: what the ``date`` of Bing is the date of, with which status a bad
upload is answered, and the prices, which come from somebody else's table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fakeprofile.errors import NetError
from fakeprofile.net import Repeat, Request, Wire
from fakeprofile.records import DateKind, Gap, Hit, HitKind, Reliability
from fakeprofile.search.exchange import (
    BUSY,
    NO_QUOTA,
    REFUSED,
    Said,
    Trouble,
    missing_keys,
    quoted,
    redacted,
    replied,
    said,
    secrets_of,
    trouble_of_status,
    whole,
)
from fakeprofile.search.fields import Fields, Left
from fakeprofile.search.question import fitted
from fakeprofile.search.rows import STEP, address, dated, dated_ago, hit_of
from fakeprofile.search.service import Keys, Price, Question, Quota, Reply, Terms

BASE = "https://serpapi.com/"
KEEPS = "SerpApi keeps searches and their results in the account's archive."
PRICE_NOTE = "250 searches a month are free, then plans from $25 (by another's table, May 2026)"
KEYS = ("SERPAPI_KEY",)
LENS = Terms(
    name="serpapi-lens",
    title="SerpApi Google Lens",
    sends="the picture, made smaller and without what the file says of itself",
    keeps=KEEPS,
    price=Price.FREE_QUOTA,
    price_note=PRICE_NOTE,
    keys=KEYS,
    gives_dates=True,
)
BING = Terms(
    name="serpapi-bing",
    title="SerpApi Bing",
    sends="only the public address of the photo",
    keeps=KEEPS,
    price=Price.FREE_QUOTA,
    price_note=PRICE_NOTE,
    keys=KEYS,
    gives_dates=True,
    uploads=False,
)
YANDEX = Terms(
    name="serpapi-yandex",
    title="SerpApi Yandex",
    sends="only the public address of the photo",
    keeps=KEEPS,
    price=Price.FREE_QUOTA,
    price_note=PRICE_NOTE,
    keys=KEYS,
    uploads=False,
)
MOST_BYTES = 500_000
"""500 KB, read as the smaller of its two meanings."""
ACCOUNT = "serpapi"
"""All three count against one limit."""
PER_MINUTE = 30.0
NOTHING = "hasn't returned any results"
NEEDS_URL = "it takes only the public address of a photo: name it with --url, if the photo has one"

Mapper = Callable[[Fields, Left], Iterator[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the three have in common: one key, one form of answer, one account."""

    terms: Terms
    base: str

    def searched(
        self, wire: Wire, secrets: tuple[str, ...], parameters: tuple[tuple[str, str], ...], hits: Mapper
    ) -> Reply | Trouble:
        """The rows that a search gave."""
        answer = said(wire, self._search(parameters, secrets))
        trouble = _trouble(answer, self.terms, secrets)
        if trouble is not None:
            return trouble
        left = Left()
        if _is_empty(answer.read):
            return whole(self.terms, (), left)
        return whole(self.terms, hits(answer.read, left), left)

    def uploaded(self, wire: Wire, secrets: tuple[str, ...], jpeg: bytes) -> str | Trouble:
        """The number under which the service keeps a picture for ten minutes; it costs nothing."""
        request = Request(
            method="POST",
            url=f"{self.base}image",
            form=(("api_key", secrets[0]),),
            file=("image", "image.jpg", jpeg),
            secrets=secrets,
            service=ACCOUNT,
            per_minute=PER_MINUTE,
        )
        answer = said(wire, request)
        text = answer.fields.text("error") if answer.fields else None
        trouble = trouble_of_status(answer.status, self.terms, text, secrets)
        if trouble is not None:
            return trouble
        if text is not None:
            return Trouble(reason=f"it did not take the picture{quoted(text, secrets)}")
        number = answer.read.text("image_id")
        if number is None:
            return Trouble(reason="its answer is not in the form that it documents: “image_id” is missing")
        return number

    def left(self, wire: Wire, keys: Keys) -> Quota | Gap:
        """How many searches the account has left; asking costs nothing."""
        lacking = missing_keys(self.terms, keys)
        if lacking:
            return Gap(step=STEP, about=self.terms.title, reason=lacking)
        secrets = secrets_of(self.terms, keys)
        request = Request(
            method="GET",
            url=f"{self.base}account.json",
            parameters=(("api_key", secrets[0]),),
            secrets=secrets,
            service=ACCOUNT,
            per_minute=PER_MINUTE,
        )
        try:
            answer = said(wire, request)
            text = answer.fields.text("error") if answer.fields else None
            trouble = trouble_of_status(answer.status, self.terms, text, secrets)
            if trouble is None and answer.read.number("total_searches_left") is None:
                trouble = Trouble(reason=f"it does not say how many searches are left{quoted(text, secrets)}")
            if trouble is None:
                return Quota(left=answer.read.number("total_searches_left"), note="for all of SerpApi")
        except NetError as error:
            trouble = Trouble(reason=redacted(str(error), secrets))
        return Gap(step=STEP, about=self.terms.title, reason=trouble.reason)

    def _search(self, parameters: tuple[tuple[str, str], ...], secrets: tuple[str, ...]) -> Request:
        return Request(
            method="GET",
            url=f"{self.base}search.json",
            parameters=(*parameters, ("api_key", secrets[0])),
            repeat=Repeat.PAID,  # a GET, and yet it is paid
            secrets=secrets,
            service=ACCOUNT,
            per_minute=PER_MINUTE,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SerpApiLens:
    """Asks for Google Lens' exact matches of a picture that is uploaded."""

    base: str = BASE

    @property
    def terms(self) -> Terms:
        """What a user must know."""
        return LENS

    def ask(self, question: Question, wire: Wire, keys: Keys) -> Reply:
        """The pages that Google Lens calls exact matches."""
        return replied(LENS, keys, lambda secrets: self._asked(question, wire, secrets))

    def quota(self, wire: Wire, keys: Keys) -> Quota | Gap | None:
        """How many searches are left."""
        return Account(terms=LENS, base=self.base).left(wire, keys)

    def _asked(self, question: Question, wire: Wire, secrets: tuple[str, ...]) -> Reply | Trouble:
        account = Account(terms=LENS, base=self.base)
        number = account.uploaded(wire, secrets, fitted(question.jpeg, MOST_BYTES))
        if isinstance(number, Trouble):
            return number
        what = (("engine", "google_lens"), ("image_id", number), ("type", "exact_matches"), ("safe", "off"))
        return account.searched(wire, secrets, what, _lens_hits)


@dataclass(frozen=True, slots=True, kw_only=True)
class SerpApiBing:
    """Asks Bing about a photo that has a public address."""

    base: str = BASE

    @property
    def terms(self) -> Terms:
        """What a user must know."""
        return BING

    def ask(self, question: Question, wire: Wire, keys: Keys) -> Reply:
        """The pages that Bing says show the picture, and pictures that are similar."""
        account = Account(terms=BING, base=self.base)
        if question.url is None:
            return replied(BING, keys, lambda _: Trouble(reason=NEEDS_URL))
        what = (("engine", "bing_reverse_image"), ("image_url", question.url))
        return replied(BING, keys, lambda secrets: account.searched(wire, secrets, what, _bing_hits))

    def quota(self, wire: Wire, keys: Keys) -> Quota | Gap | None:
        """How many searches are left."""
        return Account(terms=BING, base=self.base).left(wire, keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class SerpApiYandex:
    """Asks Yandex about a photo that has a public address."""

    base: str = BASE

    @property
    def terms(self) -> Terms:
        """What a user must know."""
        return YANDEX

    def ask(self, question: Question, wire: Wire, keys: Keys) -> Reply:
        """The pages with the picture or one like it: which of them it is, the hashes must tell."""
        account = Account(terms=YANDEX, base=self.base)
        if question.url is None:
            return replied(YANDEX, keys, lambda _: Trouble(reason=NEEDS_URL))
        what = (("engine", "yandex_images"), ("url", question.url))
        return replied(YANDEX, keys, lambda secrets: account.searched(wire, secrets, what, _yandex_hits))

    def quota(self, wire: Wire, keys: Keys) -> Quota | Gap | None:
        """How many searches are left."""
        return Account(terms=YANDEX, base=self.base).left(wire, keys)


# --- reading ------------------------------------------------------------------------------


def _trouble(answer: Said, terms: Terms, secrets: tuple[str, ...]) -> Trouble | None:
    """What is wrong; that nothing was found comes as an ``error`` too, and is none."""
    text = answer.fields.text("error") if answer.fields else None
    if answer.status == 429 and text and "run out of searches" in text:
        return Trouble(reason=NO_QUOTA + quoted(text, secrets), closed=True)
    trouble = trouble_of_status(answer.status, terms, text, secrets)
    if trouble is not None:
        return trouble
    about = answer.read.inner("search_metadata")
    state = about.text("status") if about else None
    if state in ("Queued", "Processing"):
        return Trouble(reason="the search was not finished when it answered: try again", charged=1)
    if state == "Error" or (text is not None and not _is_empty(answer.read)):
        return Trouble(reason=BUSY.format(status="an error inside 200") + quoted(text, secrets))
    if state != "Success":
        return Trouble(reason=REFUSED.format(status="no state") + ": its answer is not as documented")
    return None


def _is_empty(answer: Fields) -> bool:
    """Whether this is how the service says that nothing was found, beside the state "Success"."""
    return NOTHING in (answer.text("error") or "").replace("’", "'")


def _expected(answer: Fields, *names: str) -> None:
    """Without any of the lists, and without the words for it, nobody knows that nothing was found.

    Raises:
        NetError: all are missing.
    """
    if not any(answer.has(name) for name in names):
        raise NetError(f"its answer is not in the form that it documents: “{names[0]}” is missing")


def _lens_hits(answer: Fields, left: Left) -> Iterator[Hit]:
    """``link`` is the page here, and ``source`` the name of the site."""
    _expected(answer, "exact_matches")
    about = answer.inner("search_metadata")
    now = ((about.text("created_at") if about else None) or "")[:10] or None
    for row in answer.rows("exact_matches", left):
        page = address(row, "link")
        found = dated_ago(row.text("date"), now, by=LENS.name, about=page if isinstance(page, str) else "")
        hit = hit_of(
            LENS.name,
            HitKind.EXACT,
            left,
            page=page,
            thumbnail=address(row, "thumbnail"),
            title=row.text("title"),
            dates=(found,) if found else (),
        )
        yield from (hit,) if hit else ()


def _bing_hits(answer: Fields, left: Left) -> Iterator[Hit]:
    """``source`` is the page here; ``link`` only leads to bing.com."""
    _expected(answer, "pages_with_this_image", "related_content")
    for name, kind in (("pages_with_this_image", HitKind.EXACT), ("related_content", HitKind.SIMILAR)):
        for row in answer.rows(name, left):
            page = address(row, "source")
            found = dated(
                row.text("date") if kind is HitKind.EXACT else None,
                DateKind.ENGINE,
                Reliability.WEAK,
                by=BING.name,
                about=page if isinstance(page, str) else "",
            )
            hit = hit_of(
                BING.name,
                kind,
                left,
                page=page,
                image=address(row, "original") or address(row, "cdn_original"),
                thumbnail=address(row, "thumbnail"),
                title=row.text("title"),
                dates=(found,) if found else (),
            )
            yield from (hit,) if hit else ()


def _yandex_hits(answer: Fields, left: Left) -> Iterator[Hit]:
    """Copies and similar pictures are mixed in the first list."""
    _expected(answer, "image_results", "similar_images", "images_results")
    for name, kind in (
        ("image_results", HitKind.CANDIDATE),
        ("similar_images", HitKind.SIMILAR),
        ("images_results", HitKind.SIMILAR),
    ):
        for row in answer.rows(name, left):
            original, small = row.inner("original_image"), row.inner("thumbnail")
            hit = hit_of(
                YANDEX.name,
                kind,
                left,
                page=address(row, "link"),
                image=address(original, "link") if original else address(row, "original"),
                thumbnail=address(small, "link") if small else address(row, "thumbnail"),
                title=row.text("title"),
            )
            yield from (hit,) if hit else ()
