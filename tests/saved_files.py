"""Saved result pages for the tests, made of a few lines, and what is asked of what they become."""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from functools import cache
from pathlib import Path

import photo_files

from fakeprofile.search.saved import SavedLimits, SavedPage, saved_pages

GOOGLE = "https://www.google.com/search?udm=48&q="
YANDEX = "https://yandex.com/images/search?rpt=imageview&cbir_id=1"


@cache
def picture(number: int = 0, side: int = 96) -> bytes:
    """A small picture that is another one for every number."""
    return photo_files.encoded(photo_files.noise(side, side).rotate(number), "PNG") + bytes([number])


def data(number: int = 0, side: int = 96) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture(number, side)).decode()}"


def row(page: str, number: int = 0) -> str:
    return f'<div class="row"><a href="{page}"><img src="{data(number)}" alt=""></a></div>'


def html(body: str, address: str = GOOGLE) -> str:
    return f"<!DOCTYPE html>\n<!-- saved from url=({len(address):04d}){address} -->\n<html><body><div>{body}</div></body></html>"


def entry(address: str, body: str, kind: str = "text/html") -> dict[str, object]:
    return {
        "request": {
            "url": address,
            "headers": [{"name": "Cookie", "value": "SECRET"}],
            "cookies": ["SECRET"],
        },
        "response": {
            "status": 200,
            "headers": [{"name": "Set-Cookie", "value": "SECRET"}],
            "content": {"mimeType": kind, "text": body},
        },
    }


def har(*entries: dict[str, object]) -> str:
    return json.dumps({"log": {"version": "1.2", "entries": entries}})


def mhtml(*parts: bytes, end: bytes = b"--BOUND--\r\n") -> bytes:
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="BOUND"\r\n\r\n'
    return head + b"".join(b"--BOUND\r\n" + part + b"\r\n" for part in parts) + end


def part(body: bytes, *headers: str) -> bytes:
    return "\r\n".join(headers).encode() + b"\r\n\r\n" + body


def zipped(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def read(path: Path, *more: Path, **limits: int) -> list[SavedPage]:
    return list(saved_pages([path, *more], SavedLimits(**limits)))


def read_one(path: Path, **limits: int) -> SavedPage:
    (page,) = read(path, **limits)
    return page


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows(page: SavedPage) -> set[tuple[str | None, str]]:
    """Each page with the hash of the thumbnail that it was paired with."""
    return {
        (hit.page_url, hashlib.sha256(hit.thumbnail).hexdigest() if hit.thumbnail else "")
        for hit in page.answer.hits
    }


def pages_in(page: SavedPage) -> list[str | None]:
    return [hit.page_url for hit in page.answer.hits]


def reasons(page: SavedPage) -> str:
    return "\n".join(gap.reason for gap in page.answer.gaps)
