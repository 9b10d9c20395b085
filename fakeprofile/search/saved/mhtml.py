"""MHTML -> its parts. Sliced as bytes: parts may be binary, and may be broken without harm to others."""

from __future__ import annotations

import base64
import binascii
import email.message
import email.parser
import email.policy
import quopri
import re
from dataclasses import dataclass, field

from fakeprofile.errors import SourceError
from fakeprofile.search.saved.addresses import joined
from fakeprofile.search.saved.limits import SavedLimits

_HEADERS = 64 * 1024
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file in an MHTML."""

    kind: str
    charset: str | None
    location: str
    content_id: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mhtml:
    """All of an MHTML that can be read."""

    address: str
    page: Part
    by_reference: dict[str, bytes] = field(repr=False)
    broken: int = 0
    cut: bool = False
    """The end is missing."""

    def look_up(self, reference: str) -> bytes | None:
        """The part that a reference of the page names."""
        if reference.startswith("cid:"):
            return self.by_reference.get(reference)
        return self.by_reference.get(joined(self.page.location or self.address, reference))


def read_mhtml(data: bytes, limits: SavedLimits) -> Mhtml:
    """The page in an MHTML, and the files that belong to it.

    Raises:
        SourceError: it has no boundary, no page, or too many parts.
    """
    headers, body = _split(data)
    parts, broken, cut = _parts(headers, body, limits, nested=2)
    page = next((part for part in parts if part.kind in ("text/html", "application/xhtml+xml")), None)
    if page is None:
        raise SourceError("no web page is in it: save the result page again, as one complete file")
    by_reference: dict[str, bytes] = {}
    for part in parts:
        if part.location:
            by_reference.setdefault(part.location, part.body)
        if part.content_id:
            by_reference.setdefault(f"cid:{part.content_id}", part.body)
    address = str(headers.get("Snapshot-Content-Location") or page.location or "").strip()
    return Mhtml(address=address, page=page, by_reference=by_reference, broken=broken, cut=cut)


def _parts(
    headers: email.message.Message, body: bytes, limits: SavedLimits, nested: int
) -> tuple[list[Part], int, bool]:
    """The parts that can be read, how many cannot, and whether the end is missing."""
    boundary = headers.get_boundary()
    if not boundary or len(boundary) > 200:
        raise SourceError("it does not say where its parts begin: save the result page again")
    mark = b"--" + boundary.encode("latin-1", "replace")
    pieces, cut = _pieces(body, mark, limits.files)
    parts: list[Part] = []
    broken = 0
    for piece in pieces:
        inner, content = _split(piece)
        if inner.get_content_maintype() == "multipart" and nested:
            try:
                more, bad, _ = _parts(inner, content, limits, nested - 1)
            except SourceError:
                more, bad = [], 1
            parts, broken = parts + more, broken + bad
        elif (part := _part(inner, content)) is not None:
            parts.append(part)
        else:
            broken += 1
    return parts, broken, cut


def _pieces(body: bytes, mark: bytes, most: int) -> tuple[list[bytes], bool]:
    """What stands between the marks at the beginnings of lines, and whether the last mark is missing."""
    starts = [found.start() for found in re.finditer(rb"(?:^|(?<=\n))" + re.escape(mark), body)]
    if len(starts) > most + 1:
        raise SourceError(f"it has more than {most:,} parts, the limit: save the result page again")
    pieces: list[bytes] = []
    for at, start in enumerate(starts):
        first = start + len(mark)
        if body[first : first + 2] == b"--":
            return pieces, False
        end = starts[at + 1] if at + 1 < len(starts) else len(body)
        # The line break before a mark belongs to the mark.
        pieces.append(
            body[first:end].removeprefix(b"\r").removeprefix(b"\n").removesuffix(b"\n").removesuffix(b"\r")
        )
    return pieces, True


def _split(data: bytes) -> tuple[email.message.Message, bytes]:
    end = _END_OF_HEADERS.search(data, 0, _HEADERS)
    head, body = (data[: end.start()], data[end.end() :]) if end else (data[:_HEADERS], b"")
    parser = email.parser.BytesHeaderParser(policy=email.policy.compat32)
    return parser.parsebytes(head + b"\n\n"), body


def _part(headers: email.message.Message, content: bytes) -> Part | None:
    """The part; None if it cannot be read."""
    encoding = str(headers.get("Content-Transfer-Encoding") or "binary").strip().lower()
    if "Content-Type" not in headers and "Content-Location" not in headers:
        return None
    body = _decoded(content, encoding)
    if body is None:
        return None
    return Part(
        kind=headers.get_content_type(),
        charset=headers.get_content_charset(),
        location=str(headers.get("Content-Location") or "").strip(),
        content_id=str(headers.get("Content-ID") or "").strip().strip("<>"),
        body=body,
    )


def _decoded(content: bytes, encoding: str) -> bytes | None:
    if encoding == "base64":
        if len(_NOT_BASE64.sub(b"", content)) < len(content) * 0.9:
            return None  # line breaks are a fiftieth of it; this is something else
        plain = _NOT_BASE64.sub(b"", content)
        try:
            return base64.b64decode(plain + b"=" * (-len(plain) % 4))
        except (binascii.Error, ValueError):
            return None
    if encoding == "quoted-printable":
        return quopri.decodestring(content)
    return content if encoding in ("binary", "8bit", "7bit", "") else None
