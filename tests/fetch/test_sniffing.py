from __future__ import annotations

import codecs

import pytest

from fakeprofile.errors import PhotoError
from fakeprofile.fetch import Content
from fakeprofile.fetch.sniffing import content_of

PAGES = [
    b"<!doctype html><p>",
    b"\n  <HTML>",
    codecs.BOM_UTF8 + b"<!DOCTYPE HTML PUBLIC '-//W3C'>",
    b"<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>",
    b"<!-- saved --> <!-- twice --><head>",
    b"<meta charset=utf-8>",
    codecs.BOM_UTF16_LE + "<html>".encode("utf-16-le"),
]
OTHERS = [
    b"<svg xmlns='http://www.w3.org/2000/svg'>",
    b"{}",
    b"%PDF-1.7",
    b"plain",
    b"\x00\x01\x02",
    b"<htmlish>",
    b"<rss>",
]


@pytest.mark.parametrize("data", PAGES)
def test_pages_are_known_by_their_beginning(data: bytes) -> None:
    assert content_of(data) is Content.PAGE


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF\0\0\0\0WEBP"])
def test_pictures_are_known_by_their_beginning(data: bytes) -> None:
    assert content_of(data) is Content.IMAGE


@pytest.mark.parametrize("data", OTHERS)
def test_what_is_neither_is_named(data: bytes) -> None:
    with pytest.raises(PhotoError):
        content_of(data)


def test_a_long_comment_is_read_in_a_moment() -> None:
    with pytest.raises(PhotoError):
        content_of(b"<!--" * 100_000)
