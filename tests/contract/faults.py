"""What any server may do to an answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from fakeprofile.testing.loopback import Spoken

Json = object
PAGE = b"<!doctype html><html><title>Please log in</title><p>Hotel WLAN</p></html>"


def said(value: Json, status: int = 200) -> Spoken:
    """An answer in JSON."""
    return Spoken(body=json.dumps(value).encode(), status=status)


def nulled(value: Json) -> Json:
    """The same with null for everything that is neither object nor list."""
    if isinstance(value, dict):
        return {name: nulled(one) for name, one in value.items()}
    return [nulled(one) for one in value] if isinstance(value, list) else None


def retyped(value: Json) -> Json:
    """The same with a number for text, text for a list, and a list for a number."""
    if isinstance(value, dict):
        return {name: retyped(one) for name, one in value.items()}
    return "a list" if isinstance(value, list) else 7.5 if isinstance(value, str) else ["a number"]


def bare(value: Json, row: bool = False) -> Json:
    """The same with rows that lost their fields: objects in a list keep only the lists and objects in them."""
    if isinstance(value, dict):
        kept = {name: one for name, one in value.items() if not row or isinstance(one, dict | list)}
        return {name: bare(one, row) for name, one in kept.items()}
    return [bare(one, row=True) for one in value] if isinstance(value, list) else value


def _changed(change: Callable[[Json], Json]) -> Callable[[Spoken, str], Spoken]:
    return lambda spoken, _: replace(spoken, body=json.dumps(change(json.loads(spoken.body))).encode())


FAULTS: dict[str, Callable[[Spoken, str], Spoken]] = {
    "html": lambda spoken, _: Spoken(body=PAGE, kind="text/html"),
    "truncated": lambda spoken, _: replace(spoken, body=spoken.body[: len(spoken.body) * 2 // 3]),
    "empty": lambda spoken, _: replace(spoken, body=b""),
    "no object": lambda spoken, _: replace(spoken, body=b'["Success"]'),
    "deep": lambda spoken, _: replace(spoken, body=b"[" * 200_000),
    "not utf-8": lambda spoken, _: replace(spoken, body=b'{"code": "\xff\xfe"}'),
    "wrong label": lambda spoken, _: replace(spoken, kind="text/html; charset=latin-1"),
    "wrong types": _changed(retyped),
    "null fields": _changed(nulled),
    "missing fields": _changed(bare),
    "outage": lambda spoken, _: Spoken(body=PAGE, status=503, kind="text/html"),
    "broken": lambda spoken, _: Spoken(body=b"Internal Server Error", status=500, kind="text/plain"),
    "redirect": lambda spoken, other: Spoken(status=307, headers=(("Location", f"{other}/stolen"),)),
    "slow": lambda spoken, _: replace(spoken, silent=True),
}
