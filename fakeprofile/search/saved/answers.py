"""One saved page, whatever it came in -> an answer: rows, and what is missing of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from fakeprofile.errors import SourceError
from fakeprofile.records import Answer, Gap
from fakeprofile.search.saved import blobs
from fakeprofile.search.saved.addresses import engine_of
from fakeprofile.search.saved.blocked import UNKNOWN, blocked_by_address, why_no_rows
from fakeprofile.search.saved.elements import Elements, parsed
from fakeprofile.search.saved.har import Har, Recorded, read_har
from fakeprofile.search.saved.kinds import Kind, kind_of, text_of
from fakeprofile.search.saved.limits import SavedLimits
from fakeprofile.search.saved.mhtml import read_mhtml
from fakeprofile.search.saved.rows import Row, hits_of
from fakeprofile.search.saved.thumbnails import LookUp, Thumbnails

STEP = "found"
UNKNOWN_ENGINE = "saved"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """One result page that a user saved."""

    name: str
    """The file, and its name in the folder or zip; never the folders that it lies in."""
    engine: str
    """``google``, ``yandex``, ``bing``, ``tineye``…, or ``saved`` if the page does not tell."""
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A saved page, and the folders that hold its files."""

    page: SavedPage
    folders: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Content:
    """What was read of one page so far."""

    rows: list[Row] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    refused: int = 0
    """Rows that were left out for the address that they lead to."""
    empty: bool = False
    """It says that there are no results, in a form that is known to mean it."""
    engine: str | None = None
    folders: frozenset[str] = frozenset()


def unread(name: str, reason: str, engine: str = UNKNOWN_ENGINE) -> SavedPage:
    """A page that gave nothing, and why."""
    gap = Gap(step=STEP, about=name, reason=reason)
    return SavedPage(name=name, engine=engine, answer=Answer(service=_service(engine), photo="", gaps=(gap,)))


def read_page(name: str, data: bytes, beside: LookUp, limits: SavedLimits) -> Read:
    """The answer in one file.

    Args:
        name: what to call it in messages.
        data: all of its bytes.
        beside: looks up files that lie beside it.

    Raises:
        SourceError: nothing of it can be read.
    """
    kind = kind_of(data[: 16 * 1024])
    if kind is Kind.HTML:
        return _html(name, data, beside, limits)
    if kind is Kind.MHTML:
        return _mhtml(name, data, limits)
    if kind is Kind.JSON:
        return _har(name, data, limits)
    if kind is Kind.PICTURE:
        raise SourceError("it is a picture, not a result page: save the page that the search shows")
    if kind is Kind.EMPTY:
        raise SourceError("it is empty: save the result page again")
    raise SourceError(
        "it is no saved result page: what can be read is HTML, MHTML, HAR, SingleFile, and a folder or zip of those"
    )


# --- kinds of files -------------------------------------------------------------------------


def _html(name: str, data: bytes, beside: LookUp, limits: SavedLimits) -> Read:
    if b"PK\x05\x06" in data[-65_557:] and b"PK\x03\x04" in data:
        raise SourceError(
            "it is a page that unpacks itself, which is not read: save it as plain HTML in the settings of SingleFile"
        )
    content = _Content()
    _take_page(parsed(text_of(data), limits), content)
    return _read(name, content, Thumbnails(beside, limits), limits)


def _mhtml(name: str, data: bytes, limits: SavedLimits) -> Read:
    container = read_mhtml(data, limits)
    content = _Content()
    text = text_of(container.page.body, container.page.charset)
    _take_page(parsed(text, limits, container.address or None), content)
    if container.broken:
        content.reasons.append(
            f"{container.broken} of its parts are damaged and were not read: save the result page again"
        )
    if container.cut:
        content.reasons.append("its end is missing, so there may be more results: save the result page again")
    return _read(name, content, Thumbnails(container.look_up, limits), limits)


def _har(name: str, data: bytes, limits: SavedLimits) -> Read:
    har = read_har(text_of(data), limits)
    content = _Content()
    base = ""
    _take_answers(har, content)
    if not (content.rows or content.empty or content.reasons or content.refused):
        content, base = _best_document(har, limits)
    if not har.answers:
        content.reasons.append(
            "none of its answers was saved with its content: record the page again and save it as HAR with content"
        )
    return _read(name, content, Thumbnails(lambda one: har.look_up(one, base), limits), limits)


def _best_document(har: Har, limits: SavedLimits) -> tuple[_Content, str]:
    """What the recorded page with the most rows says, and its address."""
    best, base = _Content(), ""
    for document in har.documents:
        content = _Content()
        try:
            _take_page(parsed(text_of(document.body), limits, document.address), content)
        except SourceError as error:
            content.reasons.append(str(error))
        if not base or len(content.rows) > len(best.rows):
            best, base = content, document.address
    return best, base


# --- what is in them ------------------------------------------------------------------------


def _take_page(page: Elements, content: _Content) -> None:
    """The rows of a page of HTML, or why it has none."""
    hint = next(iter(sorted(page.hints)), None)
    content.folders = frozenset(page.folders)
    told = [blobs.yandex_told(state) for state in page.states]
    known = any(one.known for one in told)
    content.engine = engine_of(page.address) or ("yandex" if known else hint)
    reason = blocked_by_address(page.address)
    if reason:
        content.reasons.append(reason)
        return
    rows = [*page.rows, *(row for one in told for row in one.rows)]
    content.rows += [_with_inlined(row, page) for row in rows]
    content.refused += page.pairs.refused + sum(one.refused for one in told)
    content.empty = not content.rows and any(one.empty for one in told)
    if page.links_left_out:
        content.reasons.append(
            f"{page.links_left_out:,} more links of the page were not looked at: scroll less far before saving it"
        )
    if page.pairs.left_out:
        content.reasons.append(f"{page.pairs.left_out:,} more pictures of the page were not looked at")
    if not (content.rows or content.empty or content.refused):
        content.reasons.append(why_no_rows(page))


def _with_inlined(row: Row, page: Elements) -> Row:
    found = (page.inlined.of(reference) for reference in row.references)
    return replace(row, references=tuple(dict.fromkeys(one for one in found if one)))


def _take_answers(har: Har, content: _Content) -> None:
    """The rows of answers that the page of an engine got while it was recorded."""
    _take_tineye(list(har.answers_from("/api/v1/result_json")), content)
    for answer in har.answers_from("/images/api/custom/knowledge"):
        told = blobs.bing_told(answer.body)
        if engine_of(answer.address) == "bing" and told.known:
            content.rows += told.rows
            content.refused += told.refused
            content.engine = "bing"


def _take_tineye(answers: list[Recorded], content: _Content) -> None:
    answers = [one for one in answers if engine_of(one.address) == "tineye"]
    told = [blobs.tineye_told(one.body) for one in answers]
    known = [one for one in told if one.known]
    if not answers:
        return
    content.engine = "tineye"
    content.rows += [row for one in known for row in one.rows]
    # Asked twice, it answers with the same rows.
    content.refused += max((one.refused for one in known), default=0)
    # Asked with two sortings, it answers twice: empty is only what no answer contradicts.
    content.empty = bool(known) and len(known) == len(told) and all(one.empty for one in known)
    if len(known) < len(told):
        content.reasons.append(
            "an answer of TinEye in it has no results that can be read: search again, and record that"
        )
    counted = max((one.counted for one in known), default=0)
    # Asked twice, such as in another order, it gives the same pictures again.
    held = len(frozenset().union(*(one.matches for one in known)))
    if counted > held:
        content.reasons.append(
            f"it holds {held:,} of the {counted:,} pictures that TinEye counts: open its other pages too while recording"
        )


def _read(name: str, content: _Content, thumbnails: Thumbnails, limits: SavedLimits) -> Read:
    engine = content.engine or UNKNOWN_ENGINE
    hits = hits_of(content.rows, thumbnails, _service(engine))
    reasons = [*content.reasons, *_refused(content.refused), *thumbnails.refused]
    if len(hits) > limits.rows:
        reasons.append(f"only the first {limits.rows:,} of {len(hits):,} results were looked at")
        hits = hits[: limits.rows]
    lost = sum(not (hit.thumbnail or hit.thumbnail_url or hit.image_url) for hit in hits)
    if lost:
        reasons.append(
            f"{lost} of {len(hits)} results have no picture in the saved page: keep its folder beside it, "
            "or save it again in one file"
        )
    if not hits and not reasons and not content.empty:
        reasons.append(UNKNOWN)
    gaps = tuple(Gap(step=STEP, about=name, reason=reason) for reason in reasons)
    answer = Answer(service=_service(engine), photo="", hits=hits, gaps=gaps)
    return Read(page=SavedPage(name=name, engine=engine, answer=answer), folders=content.folders)


def _refused(rows: int) -> tuple[str, ...]:
    if not rows:
        return ()
    what, lead = ("result was", "its address is") if rows == 1 else ("results were", "their addresses are")
    return (
        f"{rows:,} {what} left out: {lead} no plain web address, but a script, a file or one with hidden "
        "characters, as no search gives: look at the page itself",
    )


def _service(engine: str) -> str:
    return "saved page" if engine == UNKNOWN_ENGINE else f"saved {engine} page"
