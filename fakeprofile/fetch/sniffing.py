"""What bytes are, by how they begin."""

from __future__ import annotations

import codecs
import re

from fakeprofile.fetch.records import Content
from fakeprofile.photo.kinds import kind_of

_TAGS = rb"(!doctype\s+html|html|head|body|title|meta|link|script|style|div|table|base|h1|p)\b"
_PAGE = re.compile(rb"\s*(<\?xml[^>]{0,200}\?>\s*)?(<!--.{0,800}?-->\s*)*<" + _TAGS, re.I | re.DOTALL)
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def content_of(data: bytes) -> Content:
    """Whether the bytes are a picture or a page.

    Raises:
        PhotoError: they are neither; the reason says what they look like instead.
    """
    head = data[:2048].removeprefix(codecs.BOM_UTF8)
    for mark, name in _WIDE:
        if head.startswith(mark):
            head = head.removeprefix(mark).decode(name, "replace").encode("utf-8", "replace")
    if _PAGE.match(head):
        return Content.PAGE
    kind_of(data)
    return Content.IMAGE
