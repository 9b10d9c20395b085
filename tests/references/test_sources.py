"""What ``references import`` takes, and what it says of what it cannot take."""

from __future__ import annotations

import csv
import io
import os
import string
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakeprofile.errors import SourceError
from fakeprofile.records import DateKind, Entry, Gap, Handle, NewHash, NewSighting, Source
from fakeprofile.references.hashlists import clean
from fakeprofile.references.sources import MOST_GAPS, count_of, entries_of
from fakeprofile.settings import Limits

PDQ = "d8f8f0cce0f4a84f0e370a22028f67f0b36e2ed596623e1d33e6b39c4e9c9b22"
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
PHASH = "c3d2a5965a2d69d2"
HEADER = "photo,identity,handle,page,image_url,seen_on\n"
FILES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


def read(source: Path, *, limits: Limits | None = None) -> tuple[list[Entry], list[Gap]]:
    items = list(entries_of(source, limits=limits or Limits()))
    assert all(item.step == "import" for item in items if isinstance(item, Gap))
    return [i for i in items if isinstance(i, Entry)], [i for i in items if isinstance(i, Gap)]


def written(path: Path, content: str | bytes = b"a picture") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def listed(folder: Path, content: str | bytes, *photos: str) -> Path:
    for photo in photos:
        written(folder / photo)
    return written(folder / "list.csv", content)


def said(gaps: Iterable[Gap]) -> str:
    return "\n".join(f"{gap.about}: {gap.reason}" for gap in gaps)


def refusal(source: Path) -> str:
    with pytest.raises(SourceError) as caught:
        entries_of(source, limits=Limits())
    assert "\n" not in str(caught.value)
    assert not count_of(source)
    return str(caught.value)


EXPORTED = {
    "photo": "stage.jpg",
    "identity": "Lars",
    "handle": "instagram:lars.1 tiktok:lars",
    "page": "https://a.no/1",
    "image_url": "https://a.no/1.jpg",
    "seen_on": "2026-02-03",
    "date_kind": "checked",
    "source": "case",
    "phash": PHASH,
    "pdq": PDQ,
    "pdq_quality": "87",
    "sha256": SHA,
    "note": "'=1+1",
}
SEEN = NewSighting(
    source=Source.CASE,
    identity="Lars",
    handles=(Handle(name="lars.1", platform="instagram"), Handle(name="lars", platform="tiktok")),
    page_url="https://a.no/1",
    image_url="https://a.no/1.jpg",
    seen_on="2026-02-03",
    date_kind=DateKind.CHECKED,
)


# --- folders ------------------------------------------------------------------------------


def test_each_subfolder_is_an_identity_under_its_own_name(tmp_path: Path) -> None:
    for name in ("mikkel-sandvang/b.jpg", "mikkel-sandvang/a.png", "Åse Berg/tour/2016/c"):
        written(tmp_path / name)
    entries, gaps = read(tmp_path)
    assert gaps == []
    assert [(e.sighting.identity, Path(e.path or "").name) for e in entries] == [
        ("mikkel-sandvang", "a.png"),
        ("mikkel-sandvang", "b.jpg"),
        ("Åse Berg", "c"),
    ]
    assert all(entry.about == entry.path and entry.hashes is None for entry in entries)


def test_identity_toml_gives_name_handles_pages_and_what_is_known_of_single_photos(tmp_path: Path) -> None:
    written(tmp_path / "ms/stage.jpg")
    written(tmp_path / "ms/old/other.jpg")
    written(
        tmp_path / "ms/identity.toml",
        "\ufeff"
        """name = "Mikkel Sandvang"
        handles = ["instagram:mikkel.sings", "@mikkel"]
        pages = ["https://example.org/mikkel"]
        note = "singer"
        [photos."stage.jpg"]
        page = "https://example.org/p/1"
        image_url = "https://example.org/1.jpg"
        seen = 2016-05-01
        [photos."old/other.jpg"]
        seen = 2014
        """,
    )
    (stage, other), gaps = read(tmp_path)
    assert gaps == []
    assert stage.sighting == NewSighting(
        identity="Mikkel Sandvang",
        handles=(Handle(name="mikkel.sings", platform="instagram"), Handle(name="mikkel")),
        pages=("https://example.org/mikkel",),
        identity_note="singer",
        page_url="https://example.org/p/1",
        image_url="https://example.org/1.jpg",
        seen_on="2016-05-01",
        date_kind=DateKind.STATED,
    )
    assert (other.sighting.identity, other.sighting.seen_on) == ("Mikkel Sandvang", "2014")
    assert other.sighting.page_url is None


def test_a_folder_with_its_own_identity_toml_is_one_identity(tmp_path: Path) -> None:
    written(tmp_path / "a.jpg")
    written(tmp_path / "tour/b.jpg")
    written(tmp_path / "Identity.toml", 'name = "Åse"')
    entries, gaps = read(tmp_path)
    assert [e.sighting.identity for e in entries] == ["Åse", "Åse"]
    assert gaps == []
    assert count_of(tmp_path) == 2


def test_wrong_values_in_identity_toml_are_told_and_the_rest_is_imported(tmp_path: Path) -> None:
    written(tmp_path / "lars/a.jpg")
    written(
        tmp_path / "lars/identity.toml",
        """colour = "red"
        handles = ["instagram:lars", "two words"]
        pages = "https://example.org"
        note = 5
        [photos."a.jpg"]
        seen = "01/05/2016"
        page = "javascript:alert(1)"
        age = 11
        [photos."gone.jpg"]
        seen = "2016"
        """,
    )
    (entry,), gaps = read(tmp_path)
    assert entry.sighting == NewSighting(
        identity="lars", handles=(Handle(name="lars", platform="instagram"),)
    )
    for piece in ("colour", "two words", "pages: is not", "note: is not", "seen", "page", "age", "gone.jpg"):
        assert piece in said(gaps)
    assert all(gap.about.endswith("identity.toml") for gap in gaps)
    assert len(gaps) == 8


@pytest.mark.parametrize(
    "card",
    [
        "name = ",
        "name = 5",
        'name = " "',
        'nmae = "Anna"',
        'Name = "Anna"',
        'display_name = "Anna"',
        'identity = "Anna"',
        b'name = "J\xf8rgen"',
        'name = "Anna"\nname = "Eva"',
        "a = " + "[" * 5000,
    ],
)
def test_no_photo_is_imported_under_a_name_that_is_in_doubt(tmp_path: Path, card: str | bytes) -> None:
    written(tmp_path / "folder/a.jpg")
    written(tmp_path / "other/a.jpg")
    written(tmp_path / "folder/identity.toml", card)
    entries, gaps = read(tmp_path)
    assert [entry.sighting.identity for entry in entries] == ["other"]
    assert len(gaps) == 1
    assert "no photo of the folder was imported" in said(gaps)


def test_an_identity_inside_another_identitys_folder_is_not_imported_under_the_outer_name(
    tmp_path: Path,
) -> None:
    written(tmp_path / "band/all.jpg")
    written(tmp_path / "band/anna/a.jpg")
    written(tmp_path / "band/anna/identity.toml", 'name = "Anna"')
    entries, gaps = read(tmp_path)
    assert [Path(e.path or "").name for e in entries] == ["all.jpg"]
    assert "has its own identity.toml" in said(gaps)


def test_a_loose_photo_beside_identities_folders_is_told(tmp_path: Path) -> None:
    written(tmp_path / "loose.jpg")
    written(tmp_path / "anna/a.jpg")
    entries, gaps = read(tmp_path)
    assert len(entries) == 1
    assert gaps == [
        Gap(
            step="import",
            about=str(tmp_path / "loose.jpg"),
            reason="lies outside any identity's folder: put it in a sub-folder named after the person",
        )
    ]
    assert count_of(tmp_path) == 1


def test_loose_photos_alone_are_entries_whose_owner_is_unknown(tmp_path: Path) -> None:
    for name in ("b.jpg", "E\u0301va 2016.png", "a.json", ".hidden.jpg"):
        written(tmp_path / name)
    entries, gaps = read(tmp_path)
    assert gaps == []
    assert [entry.sighting for entry in entries] == [
        NewSighting(note="Éva 2016.png"),
        NewSighting(note="b.jpg"),
    ]
    assert all(Path(entry.path or "").is_file() and entry.hashes is None for entry in entries)
    assert count_of(tmp_path) == 2


def test_an_empty_subfolder_does_not_make_loose_photos_gaps(tmp_path: Path) -> None:
    written(tmp_path / "loose.jpg")
    written(tmp_path / "anna/a.json")
    entries, gaps = read(tmp_path)
    assert [entry.sighting for entry in entries] == [NewSighting(note="loose.jpg")]
    assert said(gaps) == f"{tmp_path / 'anna'}: holds no photos"
    assert count_of(tmp_path) == 1


def test_loose_photos_beside_a_folder_that_is_not_looked_into_stay_gaps(tmp_path: Path) -> None:
    written(tmp_path / "elsewhere/anna/a.jpg")
    written(tmp_path / "source/loose.jpg")
    (tmp_path / "source/anna").symlink_to(tmp_path / "elsewhere/anna")
    entries, gaps = read(tmp_path / "source")
    assert (entries, len(gaps), count_of(tmp_path / "source")) == ([], 2, 0)


def test_loose_things_that_are_no_files_are_told_and_the_limit_of_files_holds(tmp_path: Path) -> None:
    for number in range(4):
        written(tmp_path / f"{number}.jpg")
    (tmp_path / "0-gone.jpg").symlink_to(tmp_path / "nothing")
    assert count_of(tmp_path) == 4
    entries, gaps = read(tmp_path, limits=Limits(files=3))
    assert len(entries) == 3
    assert [gap.about for gap in gaps] == [str(tmp_path / "0-gone.jpg"), str(tmp_path)]
    assert "more than 3 files" in said(gaps)


def test_sidecars_and_hidden_things_are_passed_over_silently(tmp_path: Path) -> None:
    written(tmp_path / "anna/a.jpg")
    for name in (
        *("a.json", "a.TXT", "x.toml", "read.md", "l.csv", "a.json.xz", "Thumbs.db", "desktop.ini"),
        *(".DS_Store", ".git/a.jpg", "__MACOSX/a.jpg"),
    ):
        written(tmp_path / "anna" / name)
        written(tmp_path / name)
    entries, gaps = read(tmp_path)
    assert (len(entries), gaps, count_of(tmp_path)) == (1, [], 1)


def test_links_to_folders_and_special_files_are_told_and_not_followed(tmp_path: Path) -> None:
    written(tmp_path / "anna/a.jpg")
    (tmp_path / "anna/b.jpg").symlink_to(tmp_path / "anna/a.jpg")
    (tmp_path / "anna/round").symlink_to(tmp_path)
    (tmp_path / "anna/gone.jpg").symlink_to(tmp_path / "nothing")
    (tmp_path / "lars").symlink_to(tmp_path / "anna")
    os.mkfifo(tmp_path / "anna/pipe")
    entries, gaps = read(tmp_path)
    assert [Path(e.path or "").name for e in entries] == ["a.jpg", "b.jpg"]
    assert len(gaps) == 4
    assert count_of(tmp_path) == 2


def test_no_more_files_than_the_limit_are_taken_from_one_identity(tmp_path: Path) -> None:
    for number in range(5):
        written(tmp_path / f"anna/{number}.jpg")
        written(tmp_path / f"eva/{number}.jpg")
    entries, gaps = read(tmp_path, limits=Limits(files=3))
    assert len(entries) == 6
    assert said(gaps).count("more than 3 files") == 2


def test_an_identity_without_photos_is_told(tmp_path: Path) -> None:
    (tmp_path / "anna").mkdir()
    entries, gaps = read(tmp_path)
    assert (entries, said(gaps)) == ([], f"{tmp_path / 'anna'}: holds no photos")


def test_a_folder_name_that_is_no_text_or_holds_escapes_is_made_readable(tmp_path: Path) -> None:
    for name in (b"J\xf8rgen", b"\x1b[31mAnna\x07", "E\u0301va\u202e".encode()):
        folder = os.fsencode(tmp_path) + b"/" + name
        os.mkdir(folder)  # noqa: PTH102 - pathlib has no names of bytes
        written(Path(os.fsdecode(folder)) / "a.jpg")
    entries, gaps = read(tmp_path)
    assert {e.sighting.identity for e in entries} == {"J\\xf8rgen", "Anna", "Éva"}
    assert gaps == []
    assert all(e.about.isprintable() and Path(e.path or "").is_file() for e in entries)


# --- tables -------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_table_is_read_with_any_delimiter_encoding_and_line_ending(
    tmp_path: Path, delimiter: str, encoding: str, ending: str
) -> None:
    cells = (
        ("Photo", "Name", "HANDLE", "Page", "Image URL", "Seen"),
        ("a.jpg", '"Åse, ""the; voice"""', "ig:ase tt:@ase|yt:ase", "https://a.no/1", "", "2016-05"),
        ("b.jpg", "Łukasz", "", "", "https://a.no/b.jpg", "2016-05-01T23:30:00-02:00"),
    )
    text = "".join(delimiter.join(row) + ending for row in cells)
    source = listed(tmp_path, text.encode(encoding), "a.jpg", "b.jpg")
    (one, two), gaps = read(source)
    assert gaps == []
    assert one.sighting.identity == 'Åse, "the; voice"'
    assert [str(handle) for handle in one.sighting.handles] == ["instagram:ase", "tiktok:ase", "youtube:ase"]
    assert (one.path, one.about, one.hashes) == (str(tmp_path / "a.jpg"), "list.csv line 2", None)
    assert (one.sighting.page_url, one.sighting.seen_on) == ("https://a.no/1", "2016-05")
    assert (two.sighting.seen_on, two.sighting.date_kind) == ("2016-05-02", DateKind.STATED)
    assert two.sighting.image_url == "https://a.no/b.jpg"
    if not encoding.startswith("utf-16"):
        assert count_of(source) == (2 if encoding != "utf-32" else count_of(source))


def test_a_list_is_told_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    assert len(read(written(tmp_path / "photo.jpg", f"pdq {PDQ}\n"))[0]) == 1
    assert len(read(written(tmp_path / "list.txt", f"phash;name\n{PHASH};Anna\n"))[0]) == 1
    line = f'{{"schema": "fakeprofile.sighting/1", "phash": "{PHASH}"}}\n'
    assert len(read(written(tmp_path / "list.csv", line))[0]) == 1


def test_a_line_with_only_hashes_is_an_entry_without_a_photo(tmp_path: Path) -> None:
    source = listed(tmp_path, f"phash,pdq,sha256,identity\n{PHASH.upper()},{PDQ},{SHA},Anna\n,,{SHA},\n")
    (anna, nobody), gaps = read(source)
    assert gaps == []
    assert (anna.hashes, anna.path) == (NewHash(phash=PHASH, pdq=PDQ, sha256=SHA), None)
    assert (nobody.hashes, nobody.sighting) == (NewHash(sha256=SHA), NewSighting())


@pytest.mark.parametrize(
    ("phash", "reason"),
    [
        ("ab" * 32, "256 bits"),
        ("abc", "12 bits"),
        ("0" * 16, "plain picture"),
        ("F" * 16, "plain picture"),
        ("8" + "0" * 15, "plain picture"),
        ("1.2E+15", "16 hex digits"),
        ("٣" * 16, "16 hex digits"),
    ],
)
def test_a_phash_that_cannot_be_compared_is_told_and_the_others_go_on(
    tmp_path: Path, phash: str, reason: str
) -> None:
    entries, gaps = read(listed(tmp_path, f"phash,identity\n{phash},Anna\n{PHASH},Eva\n"))
    assert [entry.sighting.identity for entry in entries] == ["Eva"]
    assert [gap.about for gap in gaps] == ["list.csv line 2"]
    assert reason in said(gaps)


def test_a_photo_that_is_not_there_is_told_unless_its_hash_is_on_the_line(tmp_path: Path) -> None:
    rows = f"gone.jpg,\n,\ngone.jpg,{PHASH}\nhttps://a.no/b.jpg,\nx\0y.jpg,\n"
    (entry,), gaps = read(listed(tmp_path, "photo,phash\n" + rows))
    assert entry.hashes == NewHash(phash=PHASH)
    assert [gap.about for gap in gaps] == [
        *("list.csv line 2", "list.csv line 5", "list.csv line 6", "list.csv"),
    ]
    for piece in ("gone.jpg is not there", "nothing is downloaded", "NUL", "only their hashes"):
        assert piece in said(gaps)


def test_a_stray_quotation_mark_costs_its_own_line_only(tmp_path: Path) -> None:
    good = "".join(f"{PHASH},Anna,note {number}\n" for number in range(300))
    source = listed(tmp_path, f'phash,identity,note\n{PHASH},"Eva,x\n{good}{PHASH},Åse,"two\nlines"\n')
    entries, gaps = read(source)
    assert len(entries) == 301
    assert entries[-1].sighting.note == "two lines"
    assert [gap.about for gap in gaps] == ["list.csv line 2"]
    assert "quotation marks" in said(gaps)


def test_a_line_with_too_many_fields_is_not_read_one_column_aside(tmp_path: Path) -> None:
    entries, gaps = read(listed(tmp_path, f"phash,identity\n{PHASH},Berg, Anna\n{PHASH},Eva,,\n"))
    assert [entry.sighting.identity for entry in entries] == ["Eva"]
    assert "has 3 fields, the header 2" in said(gaps)


def test_a_list_that_was_cut_off_gives_no_half_names(tmp_path: Path) -> None:
    entries, gaps = read(listed(tmp_path, f"phash,identity,note\n{PHASH},Anna\n{PHASH},Mik"))
    assert [entry.sighting.identity for entry in entries] == ["Anna"]
    assert "list.csv line 3: the file ends within this line" in said(gaps)


def test_a_table_in_windows_1252_is_read_and_says_so_once(tmp_path: Path) -> None:
    text = f"phash;identity\n{PHASH};Åse\n{PHASH};Jørgen\n{PHASH};Eva\n".encode("cp1252")
    mixed = "{PHASH};Łu".encode() + b"\xe5\n" + PHASH.encode() + b";\x81\n"
    entries, gaps = read(listed(tmp_path, text + mixed))
    assert [entry.sighting.identity for entry in entries] == ["Åse", "Jørgen", "Eva"]
    assert [gap.about for gap in gaps] == ["list.csv line 5", "list.csv line 6", "list.csv"]
    assert "Windows-1252: 2 (the first is list.csv line 2)" in said(gaps)


def test_a_line_of_more_than_a_million_characters_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    source = listed(tmp_path, f"phash,note\n{PHASH},{'x' * 3_000_000}\n{PHASH},y\n")
    entries, gaps = read(source)
    assert [entry.about for entry in entries] == ["list.csv line 3"]
    assert [gap.about for gap in gaps] == ["list.csv line 2"]


def test_control_characters_and_escapes_are_taken_out_of_names_notes_and_addresses(tmp_path: Path) -> None:
    row = f"{PHASH},\x1b[31mAn\u202ena\x1b[0m\x07 \x85Berg,https://a.no/\x081,\ufeff=HYPERLINK(\x9b1mx)\n"
    (entry,), gaps = read(listed(tmp_path, f"phash,identity,page,note\n{row}"))
    assert gaps == []
    assert entry.sighting.identity == "Anna Berg"
    assert entry.sighting.page_url == "https://a.no/1"
    assert entry.sighting.note == "=HYPERLINK(x)"


def test_columns_that_are_not_used_are_told_once(tmp_path: Path) -> None:
    entries, gaps = read(listed(tmp_path, f"phash,colour,pdq_quality\n{PHASH},red,87\n{PHASH},,\n"))
    assert len(entries) == 2
    assert said(gaps) == "list.csv: columns that are not used: colour"


def test_more_than_a_thousand_gaps_end_in_one(tmp_path: Path) -> None:
    entries, gaps = read(listed(tmp_path, f"phash\n{'x' * 16}\n" * 1500 + f"{PHASH}\n"))
    assert len(entries) == 1
    assert len(gaps) == MOST_GAPS + 1
    assert "1,999 more" in gaps[-1].reason


def test_a_list_is_read_only_as_far_as_it_is_asked_for(tmp_path: Path) -> None:
    source = written(tmp_path / "list.txt", f"pdq {PDQ}\n" * 100_000)
    items = entries_of(source, limits=Limits())
    assert len(list(islice(items, 3))) == 3
    assert count_of(source) == 100_000


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@FILES
@given(rows=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=8), delimiter=st.sampled_from(",;\t"))
def test_whatever_the_csv_module_writes_is_read_again(
    tmp_path: Path, rows: list[tuple[str, str]], delimiter: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([("identity", "note", "phash"), *((*row, PHASH) for row in rows)])
    guarded = [[text.strip() for text in row] for row in rows]
    unguarded = [[t[1:] if t[:1] == "'" and t[1:2] in tuple("=+-@") else t for t in row] for row in guarded]
    entries, gaps = read(written(tmp_path / "list.csv", out.getvalue()))
    assert gaps == []
    assert [(e.sighting.identity, e.sighting.note) for e in entries] == [
        tuple(clean(text) or None for text in row) for row in unguarded
    ]


@FILES
@given(
    content=st.binary(max_size=400),
    start=st.sampled_from(
        [
            b"",
            HEADER.encode(),
            b"phash;name\n",
            b"pdq ",
            b"\xff\xfe",
            b"{",
            b'{"schema": "fakeprofile.sighting/1"}\n',
        ]
    ),
)
def test_no_bytes_whatever_end_in_anything_but_entries_gaps_or_a_source_error(
    tmp_path: Path, content: bytes, start: bytes
) -> None:
    source = written(tmp_path / "list.csv", start + content)
    try:
        entries, gaps = read(source)
    except SourceError as error:
        assert str(error)
        return
    assert entries or gaps
    assert all(text.isprintable() for gap in gaps for text in (gap.about, gap.reason))


@given(text=st.text())
def test_cleaned_text_can_be_shown_on_any_terminal_and_stays_as_it_is(text: str) -> None:
    assert not set(clean(text)) & {*map(chr, range(32)), *map(chr, range(127, 160)), "\u202e", "\u2066"}
    assert clean(clean(text)) == clean(text)


# --- exports of this program --------------------------------------------------------------


def test_an_exported_table_is_read_again_without_its_photos(tmp_path: Path) -> None:
    source = listed(tmp_path, ",".join(EXPORTED) + "\n" + ",".join(EXPORTED.values()) + "\n")
    (entry,), gaps = read(source)
    assert entry.hashes == NewHash(phash=PHASH, pdq=PDQ, sha256=SHA)
    assert entry.sighting == replace(SEEN, note="=1+1")
    assert "1 photos" in said(gaps)


def test_a_source_column_that_somebody_else_wrote_becomes_a_note(tmp_path: Path) -> None:
    (entry,), gaps = read(listed(tmp_path, f"phash,source\n{PHASH},found by Piet\n"))
    assert (entry.sighting.note, entry.sighting.source) == ("(source: found by Piet)", Source.REFERENCE)
    assert gaps == []


# --- hash lists and the exchange ----------------------------------------------------------


def test_a_hash_list_gives_an_entry_for_each_hash(tmp_path: Path) -> None:
    text = f"# from a safety team\n\npdq {PDQ.upper()}\r\nsha256 {SHA}\nPDQ\t{PDQ}\nphash {PHASH}"
    entries, gaps = read(written(tmp_path / "list.txt", text))
    assert gaps == []
    assert [entry.hashes for entry in entries] == [
        *(NewHash(pdq=PDQ), NewHash(sha256=SHA), NewHash(pdq=PDQ), NewHash(phash=PHASH)),
    ]
    assert [entry.about for entry in entries] == [f"list.txt line {number}" for number in (3, 4, 5, 6)]
    assert {entry.sighting for entry in entries} == {NewSighting()}


def test_types_that_are_not_compared_are_told_once_each_and_bad_lines_each(tmp_path: Path) -> None:
    text = (
        f"md5 {'a' * 32}\n" * 3 + f"url https://a.no\npdq {PDQ[:-1]}\npdq {'0' * 64}\nnonsense\npdq {PDQ}\n"
    )
    entries, gaps = read(written(tmp_path / "list.txt", text))
    assert len(entries) == 1
    assert [gap.about for gap in gaps] == [
        *("list.txt line 5", "list.txt line 6", "list.txt line 7", "list.txt", "list.txt"),
    ]
    for piece in (
        "63 hex digits",
        "plain picture",
        "nonsense",
        "3 signals of type md5",
        "1 signals of type url",
    ):
        assert piece in said(gaps)


def test_a_table_of_the_exchange_names_no_person(tmp_path: Path) -> None:
    source = written(
        tmp_path / "dataset.csv",
        "signal_type,signal_str,collab,category,tags\r\n"
        f'pdq,{PDQ},Safety Team,INVESTIGATION_SEED,a b\r\nHASH_PDQ,{PDQ},,,\r\nraw_text,"a, b",x,,\r\n',
    )
    (one, two), gaps = read(source)
    assert one.sighting == NewSighting(note="collab Safety Team; category INVESTIGATION_SEED; tags a b")
    assert (one.hashes, two.sighting) == (NewHash(pdq=PDQ), NewSighting())
    assert "1 signals of type raw_text" in said(gaps)


@FILES
@given(hashes=st.lists(st.text(string.hexdigits, min_size=64, max_size=64), min_size=1, max_size=20))
def test_every_pdq_hash_comes_back_in_lower_case_and_in_order(tmp_path: Path, hashes: list[str]) -> None:
    entries, gaps = read(written(tmp_path / "l", "".join(f"pdq {value}\n" for value in hashes)))
    told = [entry.hashes.pdq for entry in entries if entry.hashes]
    assert told == [low for value in hashes if (low := value.lower()) not in ("0" * 64, "f" * 64)]
    assert len(told) + len(gaps) == len(hashes)


# --- what is refused ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\n", "is empty"),
        (b"\xff\xd8\xff\xe0" + b"x" * 50, "references add"),
        (b"\x89PNG\r\n\x1a\n", "references add"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "references add"),
        (b"\x00\x00\x00\x1cftypheic\x00\x00", "references add"),
        (b"BM\x10\x00\x00\x00\x00\x00\x00\x006\x00", "references add"),
        (b"\x00\x00\x00\x1cftypmp42\x00\x00", "film"),
        (b"PK\x03\x04....", "zip"),
        (b"\x1f\x8b\x08....", "packed"),
        (b"SQLite format 3\x00", "--library"),
        (b"%PDF-1.7", "PDF"),
        (bytes(range(256)), "binary"),
        ("photo,identity\n".encode("utf-16-le"), "UTF-16"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b'[{"a": 1}]', "JSON"),
        (b'{"schema": "fakeprofile.match/1"}', "fakeprofile.match/1"),
        (PDQ.encode(), "without their type"),
        (b"colour,size\nred,5\n", "colour, size"),
        (b"photo,identity,photo\na,b,c\n", "two columns"),
        (b"file,image\na,b\n", "two columns"),
        (b"some text\nand more\n", "some text"),
    ],
)
def test_what_holds_no_references_is_refused_with_what_it_is(
    tmp_path: Path, content: bytes, words: str
) -> None:
    assert words in refusal(written(tmp_path / "list.csv", content))


def test_a_missing_path_an_empty_folder_and_a_special_file_are_refused(tmp_path: Path) -> None:
    assert "is not there" in refusal(tmp_path / "nothing")
    assert "holds no photos" in refusal(tmp_path)
    assert "cannot be opened" in refusal(tmp_path / ("x" * 300))
    os.mkfifo(tmp_path / "pipe")
    assert "neither a file nor a folder" in refusal(tmp_path / "pipe")


def test_a_list_with_nothing_but_its_header_or_comments_says_so(tmp_path: Path) -> None:
    for content in (HEADER, "# nothing yet\n"):
        entries, gaps = read(listed(tmp_path, content))
        assert entries == []
        assert said(gaps) == "list.csv: there is nothing to import in it"
