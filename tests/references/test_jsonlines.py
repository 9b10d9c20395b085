"""``fakeprofile.references.jsonlines``: what was exported is read again, line by line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fakeprofile.records import DateKind, Entry, Gap, Handle, NewHash, NewSighting, Source
from fakeprofile.references.jsonlines import SCHEMA, json_entries

PDQ = "d8f8f0cce0f4a84f0e370a22028f67f0b36e2ed596623e1d33e6b39c4e9c9b22"
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
PHASH = "c3d2a5965a2d69d2"
SEEN = NewSighting(
    source=Source.CASE,
    identity="Lars",
    handles=(Handle(name="lars.1", platform="instagram"), Handle(name="lars", platform="tiktok")),
    page_url="https://a.no/1",
    image_url="https://a.no/1.jpg",
    seen_on="2026-02-03",
    date_kind=DateKind.CHECKED,
)


def read(path: Path) -> tuple[list[Entry], list[Gap]]:
    items = list(json_entries(path, "utf-8-sig"))
    return [i for i in items if isinstance(i, Entry)], [i for i in items if isinstance(i, Gap)]


def written(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def exported_line(**changes: object) -> str:
    values = {
        "schema": SCHEMA,
        "photo": None,
        "identity": "Lars",
        "handles": ["instagram:lars.1", "tiktok:lars"],
        "page": "https://a.no/1",
        "image_url": "https://a.no/1.jpg",
        "seen_on": "2026-02-03",
        "date_kind": "checked",
        "source": "case",
        "phash": PHASH,
        "pdq": PDQ,
        "pdq_quality": 87,
        "sha256": SHA,
        "note": None,
    }
    return json.dumps({**values, **changes}) + "\n"


def test_exported_json_lines_are_read_again(tmp_path: Path) -> None:
    source = written(
        tmp_path / "out.txt", exported_line() + "\n" + exported_line(handles=None, identity=None)
    )
    (one, two), gaps = read(source)
    assert gaps == []
    assert (one.sighting, one.about) == (SEEN, "out.txt line 1")
    assert one.hashes == NewHash(phash=PHASH, pdq=PDQ, sha256=SHA)
    assert (two.sighting.handles, two.sighting.identity) == ((), None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no JSON object"),
        ('["a"]', "schema"),
        ("{" + '"a":[' * 100_000, "no JSON object"),
        (exported_line(schema="fakeprofile.sighting/2"), "schema"),
        (exported_line(identity=5), '"identity" is not text'),
        (exported_line(handles=[5]), '"handle" is not text'),
        (exported_line(handle="x"), "stands there twice"),
        (exported_line(source="search"), "write reference or case"),
        (exported_line(photo="\ud800\0", phash=None, pdq=None, sha256=None), "is not there"),
    ],
)
def test_a_bad_line_of_json_is_told_and_the_rest_goes_on(tmp_path: Path, line: str, reason: str) -> None:
    entries, gaps = read(
        written(tmp_path / "a.jsonl", exported_line() + line.strip() + "\n" + exported_line())
    )
    assert [entry.about for entry in entries] == ["a.jsonl line 1", "a.jsonl line 3"]
    assert [gap.about for gap in gaps] == ["a.jsonl line 2"]
    assert reason in gaps[0].reason
