"""First bytes -> what kind of file was saved; the ending of its name is never asked."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from fakeprofile.errors import PhotoError
from fakeprofile.photo.kinds import kind_of as picture_kind_of

HEAD = 16 * 1024
"""How many bytes are looked at."""


class Kind(StrEnum):
    """What a file is, as far as its first bytes tell."""

    HTML = "a web page"
    MHTML = "a web page in one file (MHTML)"
    JSON = "a recording of the network (HAR)"
    ZIP = "a zip"
    PICTURE = "a picture"
    EMPTY = "empty"
    OTHER = "something else"


_MHTML = re.compile(r"content-type:\s*multipart/(?:related|mixed|alternative)\b", re.I)
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]{0,1000}\n")
_TAG = re.compile(
    r"<(?:!doctype\s+html|!--\s*saved from url|(?:html|head|body|title|meta|div|table|script|style|base|link)[\s>/])",
    re.I,
)
_HTML_COMMENT = re.compile(r"(?:<\?xml[^>]{0,200}>)?\s*(?:<!--(?:(?!-->).){0,4000}-->\s*){0,8}", re.DOTALL)


def kind_of(head: bytes) -> Kind:
    """What the first bytes (``HEAD`` of them at most) are the beginning of."""
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return Kind.EMPTY
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.ZIP
    text = _beginning(head[:HEAD])
    if text.startswith(("{", "[")):
        return Kind.JSON
    if _HEADER.match(text.replace("\r", "")) and _MHTML.search(text.split("\n\n")[0].replace("\r", "")):
        return Kind.MHTML
    if text.startswith("<"):
        after = _HTML_COMMENT.match(text)
        start = after.end() if after else 0
        if _TAG.match(text) or _TAG.match(text, start):
            return Kind.HTML
    try:
        picture_kind_of(head)
    except PhotoError:
        return Kind.OTHER
    return Kind.PICTURE


def _beginning(head: bytes) -> str:
    """The text, well enough to tell what it is."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace").lstrip("\ufeff \t\r\n")
    text = head.removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip(" \t\r\n\x00")
    return text.replace("\r\n", "\n")


def text_of(data: bytes, declared: str | None = None) -> str:
    """The text of a page, whatever it is encoded in; what cannot be read becomes U+FFFD.

    Args:
        declared: the encoding that the container names. It and the page's own word are believed only where
            the bytes are no proper UTF-8: pages that were saved again keep the old word.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace").replace("\x00", "")
    try:
        return data.decode("utf-8").replace("\x00", "")
    except UnicodeDecodeError:
        return data.decode(_named(data, declared), "replace").replace("\x00", "")


_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)


# Only what pages are written in: Python knows encodings that take forever on forged bytes.
_READABLE = re.compile(
    r"(?:iso8859|cp125|koi8|mac-|gb|big5|shift_jis|euc_|hz|iso2022).*|cp(?:437|85\d|866|874|932|936|949|950)|utf-8"
)


def _named(data: bytes, declared: str | None) -> str:
    own = _CHARSET.search(data[:HEAD])
    for name in (own[1].decode("ascii") if own else None, declared):
        try:
            found = codecs.lookup(name or "").name
        except (LookupError, ValueError):
            continue
        if _READABLE.fullmatch(found):
            # Browsers read "iso-8859-1" as the encoding of Windows, which has quotes and dashes in the holes.
            return "cp1252" if found == "iso8859-1" else found
    return "cp1252"
