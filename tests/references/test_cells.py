"""``fakeprofile.references.cells``: what the cells of one line say, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakeprofile.records import Entry, Gap, NewSighting
from fakeprofile.references.cells import Line, Table, handles_in, line_entries, web_address


def read(line: Line, folder: Path) -> tuple[list[Entry], list[Gap]]:
    items = list(line_entries(line, "list.csv line 2", Table(path=folder / "list.csv", exported=False)))
    return [i for i in items if isinstance(i, Entry)], [i for i in items if isinstance(i, Gap)]


def test_a_wrong_date_address_or_handle_is_told_and_the_entry_still_comes(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    line = Line(
        photo="a.jpg",
        identity="Anna Berg",
        handle=("Anna Berg",),
        page="www.example.org",
        image_url="ftp://a/b.jpg",
        seen_on="01/05/2016",
    )
    (entry,), gaps = read(line, tmp_path)
    assert entry.sighting == NewSighting(identity="Anna Berg")
    assert [gap.about for gap in gaps] == ["list.csv line 2"] * 4
    told = " ".join(gap.reason for gap in gaps)
    for piece in ("2016-05-01", "https://", "ftp://a/b.jpg", "handle"):
        assert piece in told


def test_a_photos_path_may_be_written_as_on_windows(tmp_path: Path) -> None:
    (tmp_path / "old/tour").mkdir(parents=True)
    (tmp_path / "old/tour/a.jpg").touch()
    (entry,), gaps = read(Line(photo="old\\tour\\a.jpg"), tmp_path)
    assert (entry.path, gaps) == (str(tmp_path / "old/tour/a.jpg"), [])


@pytest.mark.parametrize(
    ("cell", "handles"),
    [
        ("", ()),
        ("imke", ("imke",)),
        ("ig:imke tt:@imke|yt:imke", ("ig:imke", "tt:@imke", "yt:imke")),
        ("Anna Berg", ("Anna Berg",)),
        ("Anna Berg|@anna", ("Anna Berg", "@anna")),
    ],
)
def test_a_cell_is_parted_into_handles_but_never_into_halves_of_a_name(
    cell: str, handles: tuple[str, ...]
) -> None:
    assert tuple(part for part in handles_in(cell) if part) == handles


@pytest.mark.parametrize("text", ["", "example.org", "javascript:alert(1)", "https://", "https://a.no b.no"])
def test_what_no_browser_opens_as_a_page_is_no_web_address(text: str) -> None:
    with pytest.raises(ValueError, match="is no web address"):
        web_address(text)
