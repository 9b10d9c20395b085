"""A stranger's service, held so that nothing it does ends the check.

It may raise anything, `SystemExit` and `KeyboardInterrupt` included, and give back anything. The user's own
Ctrl-C still ends the program. What it must be is written in ``service``; what is wrong with one is said here
in words, for ``catalogue`` and for the authors (``fakeprofile.testing``).
"""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import FrameType
from typing import TypeVar

from fakeprofile.dating import parse_date
from fakeprofile.net import Wire
from fakeprofile.records import Dated, DateKind, Gap, Hit, HitKind, Reliability
from fakeprofile.search.exchange import Trouble, redacted, refused
from fakeprofile.search.rows import STEP, is_address, one_line
from fakeprofile.search.service import Keys, Price, Question, Quota, Reply, Service, Terms

Value = TypeVar("Value")

NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
KEY = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_PATH = re.compile(r"(?:[A-Za-z]:)?(?:[\\/][^\\/\s'\"]+){2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """Why a stranger's code gave nothing."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """A stranger's service, of which every failure is a gap."""

    service: Service = field(repr=False)
    terms: Terms
    """As it said when it was loaded: what was shown to the user must not change afterwards."""

    def ask(self, question: Question, wire: Wire, keys: Keys) -> Reply:
        """What the service says; an exception, or something that is no reply, is a gap."""
        secrets = tuple(keys.values())
        given = attempt(lambda: self.service.ask(question, wire, dict(keys)), secrets)
        if isinstance(given, Broken):
            return refused(self.terms, Trouble(reason=_fault(given), charged=1))
        # Even to look at a value may run a stranger's code.
        kept = attempt(lambda: _sound(given, self.terms), secrets)
        if isinstance(kept, Broken):
            return refused(self.terms, Trouble(reason=_fault(kept), charged=1))
        return kept

    def quota(self, wire: Wire, keys: Keys) -> Quota | Gap | None:
        """How many questions are left, if the service says that in the right form."""
        secrets = tuple(keys.values())
        given = attempt(lambda: self.service.quota(wire, dict(keys)), secrets)
        if isinstance(given, Broken):
            return Gap(step=STEP, about=self.terms.title, reason=_fault(given))
        if given is not None and quota_faults(given):
            return Gap(step=STEP, about=self.terms.title, reason="its module does not say how many are left")
        if isinstance(given, Gap):
            return replace(given, reason=redacted(given.reason, secrets))
        return replace(given, note=redacted(given.note, secrets)) if given is not None else None


def guarded(service: object) -> Guarded | Broken:
    """The service behind a guard, or what is wrong with it."""
    faults = attempt(lambda: shape_faults(service))
    if isinstance(faults, Broken):
        return faults
    if faults:
        return Broken(reason="; ".join(faults))
    terms = attempt(lambda: service.terms)  # type: ignore[attr-defined]  # its shape was looked at
    if isinstance(terms, Broken):
        return terms
    wrong = terms_faults(terms)
    return Broken(reason="; ".join(wrong)) if wrong else Guarded(service=service, terms=terms)  # type: ignore[arg-type]


def attempt(call: Callable[[], Value], secrets: tuple[str, ...] = ()) -> Value | Broken:
    """What a stranger's code gives back, or what it raised, whatever that is.

    Args:
        call: runs the code.
        secrets: what must not stand in the reason.

    Raises:
        KeyboardInterrupt: the user pressed Ctrl-C meanwhile.
    """
    pressed: list[int] = []
    try:
        with _noticing(pressed):
            return call()
    except BaseException as error:  # noqa: BLE001 - this is where strangers' code ends
        if pressed:
            raise KeyboardInterrupt from None
        return Broken(reason=_words(error, secrets))


@contextmanager
def _noticing(pressed: list[int]) -> Iterator[None]:
    """Notes in ``pressed`` that Ctrl-C came from the user: an exception of that name may come from the code."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return

    def noted(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        before(number, frame)

    signal.signal(signal.SIGINT, noted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _words(error: BaseException, secrets: tuple[str, ...]) -> str:
    try:
        text = str(error)
    except BaseException:  # noqa: BLE001 - its __str__ is a stranger's too
        text = ""
    # Python's own messages name the files of modules, and those tell who the user is. The keys go first:
    # half a key, cut off or taken for a path, would no longer be known as one.
    line = one_line(_PATH.sub("…", redacted(text, secrets)), 160)
    return f"{type(error).__name__}: {line}" if line else type(error).__name__


def _fault(broken: Broken) -> str:
    return f"its module failed ({broken.reason}): report that to its author"


# --- what is wrong with it ----------------------------------------------------------------


def shape_faults(service: object) -> tuple[str, ...]:
    """What a service lacks of the members that it must have."""
    lacking = [name for name in ("ask", "quota") if not callable(getattr(service, name, None))]
    if not hasattr(service, "terms"):
        lacking.insert(0, "terms")
    return tuple(f"it has no “{name}”" for name in lacking)


def terms_faults(terms: object) -> tuple[str, ...]:
    """What is wrong with what a service says of itself."""
    if not isinstance(terms, Terms):
        return ("its “terms” are no Terms",)
    texts = {"title": terms.title, "sends": terms.sends, "keeps": terms.keeps, "price_note": terms.price_note}
    faults = [f"terms.{name} says nothing on one line" for name, text in texts.items() if not _is_line(text)]
    if not isinstance(terms.name, str) or not NAME.fullmatch(terms.name):
        faults.append("terms.name is not of lower-case letters, digits and “-”")
    if not isinstance(terms.price, Price):
        faults.append("terms.price is no Price")
    if not isinstance(terms.keys, tuple) or not all(
        isinstance(one, str) and KEY.fullmatch(one) for one in terms.keys
    ):
        faults.append("terms.keys are no names such as TINEYE_KEY")
    return tuple(faults)


def reply_faults(reply: object, terms: Terms) -> tuple[str, ...]:
    """What is wrong with what a service gave back."""
    if not isinstance(reply, Reply):
        return (f"it gave back {type(reply).__name__}, no Reply",)
    faults: list[str] = []
    if not isinstance(reply.hits, tuple) or not isinstance(reply.gaps, tuple):
        return ("hits and gaps are no tuples",)
    for hit in reply.hits:
        faults += hit_faults(hit, terms)
    for gap in reply.gaps:
        faults += gap_faults(gap, terms)
    if not isinstance(reply.charged, int) or isinstance(reply.charged, bool) or reply.charged < 0:
        faults.append("“charged” is no number of questions")
    if not isinstance(reply.meaningless, bool) or not isinstance(reply.closed, bool):
        faults.append("“meaningless” and “closed” are not true or false")
    return tuple(dict.fromkeys(faults))


def hit_faults(hit: object, terms: Terms) -> tuple[str, ...]:
    """What is wrong with one row."""
    if not isinstance(hit, Hit):
        return ("a row is no Hit",)
    faults = []
    if hit.service != terms.name:
        faults.append("a row has another service than terms.name")
    if not isinstance(hit.kind, HitKind):
        faults.append("a row's kind is no HitKind")
    urls = (hit.page_url, hit.image_url, hit.thumbnail_url)
    if not all(url is None or is_address(url) for url in urls):
        faults.append("a row has an address that is not http or https")
    if all(one is None for one in (*urls, hit.thumbnail)):
        faults.append("a row has neither an address nor a picture")
    if not (hit.thumbnail is None or isinstance(hit.thumbnail, bytes)):
        faults.append("a row's thumbnail is no bytes")
    if not (hit.title is None or isinstance(hit.title, str)):
        faults.append("a row's title is no text")
    if not isinstance(hit.dates, tuple) or not all(_is_dated(one) for one in hit.dates):
        faults.append("a row has a date that is none")
    return tuple(faults)


def gap_faults(gap: object, terms: Terms) -> tuple[str, ...]:
    """What is wrong with one gap."""
    if not isinstance(gap, Gap):
        return ("a gap is no Gap",)
    faults = []
    if gap.step != STEP or gap.about != terms.title:
        faults.append(f"a gap is not of the step “{STEP}” about terms.title")
    if not _is_line(gap.reason):
        faults.append("a gap gives no reason on one line")
    return tuple(faults)


def quota_faults(quota: object) -> tuple[str, ...]:
    """What is wrong with what a service says is left."""
    if isinstance(quota, Gap):
        return () if _is_line(quota.reason) else ("the gap of quota() gives no reason on one line",)
    if not isinstance(quota, Quota):
        return (f"quota() gave back {type(quota).__name__}, no Quota, Gap or None",)
    number = quota.left is None or (isinstance(quota.left, int) and quota.left >= 0)
    words = (quota.until is None or isinstance(quota.until, str)) and isinstance(quota.note, str)
    return () if number and words else ("quota() gave back a Quota with values of other types",)


def _sound(reply: Reply, terms: Terms) -> Reply:
    """The reply without what is wrong in it, which is a gap."""
    faults = reply_faults(reply, terms)
    if not faults:
        return reply
    if not isinstance(reply, Reply) or not isinstance(reply.hits, tuple) or not isinstance(reply.gaps, tuple):
        return refused(terms, Trouble(reason=f"its module is faulty: {one_line(faults[0], 160)}", charged=1))
    hits = tuple(hit for hit in reply.hits if not hit_faults(hit, terms))
    gaps = tuple(gap for gap in reply.gaps if not gap_faults(gap, terms))
    told = Gap(
        step=STEP, about=terms.title, reason=f"its module is faulty: {one_line('; '.join(faults), 160)}"
    )
    return replace(
        Reply(hits=hits, gaps=(*gaps, told), charged=1),
        meaningless=reply.meaningless is True,
        closed=reply.closed is True,
    )


def _is_line(text: object) -> bool:
    return isinstance(text, str) and bool(text.strip()) and text.isprintable()


def _is_dated(dated: object) -> bool:
    if not isinstance(dated, Dated) or not isinstance(dated.on, str):
        return False
    try:
        parse_date(dated.on)
    except ValueError:
        return False
    kinds = isinstance(dated.kind, DateKind) and isinstance(dated.reliability, Reliability)
    return kinds and all(isinstance(one, str) for one in (dated.by, dated.about, dated.said))
