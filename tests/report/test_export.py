"""What a reference set is written as, and that reading it again gives the same."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from shelf import TODAY, a_print, seen

from fakeprofile.enroll import enroll
from fakeprofile.errors import UsageError
from fakeprofile.records import DateKind, Gap, Handle, Level, NewHash, NewSighting, Source
from fakeprofile.references.library import Library
from fakeprofile.references.sources import entries_of
from fakeprofile.report.export import COLUMNS, Kind, kind_of, lines_of
from fakeprofile.settings import DEFAULT

WORKED_OUT = {
    "width", "height", "pdq_quality", "whole_algorithm", "keypoint_algorithm", "keypoints", "thumbnail"
}  # fmt: skip
"""What a hash without its picture does not have; the CSV says the quality of PDQ alone."""


def full_library() -> Library:
    library = Library.in_memory()
    imke = NewSighting(
        identity='Imke Dörsman, "Miss"',
        handles=(
            Handle(name="imke.sings", platform="instagram"),
            Handle(name="imke"),
            Handle(name="i.d", platform="x"),
        ),
        pages=("https://imke.example/?a=1|2", "https://imke.example/b"),
        identity_note="a singer; born 1990",
        page_url="https://example.org/p?x=1,2",
        image_url="https://example.org/p.jpg",
        seen_on="2016-05",
        date_kind=DateKind.STATED,
        note='said "no", twice',
    )
    library.add_photo(a_print(1), imke, TODAY)
    library.add_photo(
        a_print(1), seen("Lars", "lars", seen_on="2026-11-02", date_kind=DateKind.CHECKED), TODAY
    )
    library.add_photo(a_print(2, pictured=False), seen(None, page_url="https://example.org/2"), TODAY)
    for number, text in enumerate(("=1+1", "+31 6 12", "-x", "@home", "'quoted'", "a=b")):
        library.add_hash(NewHash(pdq=f"{number + 1:064x}"), seen(text, note=text), TODAY)
    library.add_hash(NewHash(phash="c3d2" * 4, sha256="ab" * 32), seen("Lars", source=Source.CASE), TODAY)
    library.add_hash(NewHash(sha256="cd" * 32), seen(None), TODAY)
    library.remember(
        Handle(name="secret"),
        "Secret",
        [a_print(1), a_print(9)],
        level=Level.SIMILAR,
        report="{}",
        today=TODAY,
    )
    return library


def exported(library: Library, kind: Kind) -> list[str]:
    return list(lines_of(kind, library.photos()))


def imported(lines: list[str], path: Path) -> Library:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    library = Library.in_memory()
    outcomes = enroll(entries_of(path, limits=DEFAULT.limits), library, today=TODAY, settings=DEFAULT)
    assert [one for one in outcomes if isinstance(one, Gap)] == []
    return library


def values(lines: list[str]) -> list[dict[str, Any]]:
    return [{key: one for key, one in json.loads(line).items() if key not in WORKED_OUT} for line in lines]


def cells(lines: list[str]) -> list[dict[str, str]]:
    rows = csv.DictReader(io.StringIO("\n".join(lines)))
    return [{key: one for key, one in row.items() if key not in WORKED_OUT} for row in rows]


def test_json_lines_that_are_read_again_are_written_the_same(tmp_path: Path) -> None:
    with full_library() as library:
        first = exported(library, Kind.JSON_LINES)
    with imported(first, tmp_path / "all.jsonl") as again:
        second = exported(again, Kind.JSON_LINES)
    with imported(second, tmp_path / "again.jsonl") as once_more:
        third = exported(once_more, Kind.JSON_LINES)
    numbers = [{**line, "sighting": None} for line in values(first)]
    assert [{**line, "sighting": None} for line in values(second)] == numbers
    assert second == third
    assert len(first) == 11


def test_csv_that_is_read_again_is_written_the_same(tmp_path: Path) -> None:
    with full_library() as library:
        first = exported(library, Kind.CSV)
        as_json = values(exported(library, Kind.JSON_LINES))
    with imported(first, tmp_path / "all.csv") as again:
        second = exported(again, Kind.CSV)
        again_as_json = values(exported(again, Kind.JSON_LINES))
    assert cells(first) == cells(second)
    for one, other in zip(as_json, again_as_json, strict=True):
        pages = [page.replace("|", "%7C") for page in one["pages"]]
        assert {**other, "sighting": None} == {**one, "sighting": None, "pages": pages}


def test_accounts_that_were_checked_are_not_exported() -> None:
    with full_library() as library:
        for kind in Kind:
            assert "ecret" not in "\n".join(exported(library, kind))
            assert a_print(9).sha256 not in "\n".join(exported(library, kind))


def test_no_cell_begins_as_a_formula() -> None:
    with full_library() as library:
        rows = list(csv.reader(exported(library, Kind.CSV)))
    assert tuple(rows[0]) == COLUMNS
    assert all(len(row) == len(COLUMNS) for row in rows)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert [row[1] for row in rows if row[1].startswith("'")][:4] == ["'=1+1", "'+31 6 12", "'-x", "'@home"]


def test_the_hash_list_holds_each_usable_pdq_once_and_nothing_else() -> None:
    with full_library() as library:
        library._rows.run("UPDATE photos SET pdq_quality = 0 WHERE sha256 = ?", a_print(2).sha256)
        library.add_hash(NewHash(pdq=f"{1:064x}", phash="1" * 16), seen(), TODAY)
        lines = exported(library, Kind.THREATEXCHANGE)
    assert lines == [
        f"pdq {a_print(1).fingerprint.whole.pdq}",
        *(f"pdq {number + 1:064x}" for number in range(6)),
    ]


@pytest.mark.parametrize("name", ["a.txt", "csv", "a.jsonl.gz", "a"])
def test_a_name_that_asks_for_no_shape_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=r"FILE\.jsonl"):
        kind_of(Path(name), threatexchange=False)
    assert kind_of(Path(name), threatexchange=True) is Kind.THREATEXCHANGE


def test_the_shape_follows_the_ending_in_any_case() -> None:
    assert kind_of(Path("a.JSONL"), threatexchange=False) is Kind.JSON_LINES
    assert kind_of(Path("a.b.Csv"), threatexchange=False) is Kind.CSV
    with pytest.raises(UsageError):
        kind_of(None, threatexchange=False)
