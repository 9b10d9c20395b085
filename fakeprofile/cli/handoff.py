"""How to search by hand, step by step: the engines' own pages, and what to do there."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from fakeprofile.report.lines import plain, wrapped
from fakeprofile.search.handoff import Page


def page_lines(pages: Sequence[Page], photo: str) -> Iterator[str]:
    """Each page with its address, what to do there, and what the engine does with the picture; then the last steps."""
    for page in pages:
        yield f"{page.title}: {page.address}"
        if page.another:
            yield f"  or, if that shows no results: {page.another}"
        if page.needs_upload:
            limit = f" (at most {page.most_bytes // 1_000_000} MB)" if page.most_bytes else ""
            yield from wrapped(f"Upload {plain(photo)} there{limit}; that sends it to them.", 2, "  ")
        else:
            yield "  It fetches the photo from its address by itself."
        yield from wrapped(page.keeps, 2, "  ")
        yield ""
    yield "On each page: wait for the results, scroll to the end, and save the page:"
    yield "  Ctrl+S (on a Mac Cmd+S), kind “Web page, complete”; on a phone share it as a file."
    yield "Then:"
    yield f"  fakeprofile search import {shlex.quote(plain(photo))} SAVED-PAGE…"
