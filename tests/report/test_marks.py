"""What is said of the marks of files."""

from __future__ import annotations

import json

from fakeprofile.records import FileMarks, Gap, Mark, MarkKind
from fakeprofile.report.marks import KINDS, MOST_LINES, file_line, marks_lines, marks_text

CAMERA = Mark(kind=MarkKind.CAMERA, value="Kamera K-7", where="EXIF Make and Model")
TAKEN = Mark(kind=MarkKind.TAKEN, value="2016:05:01 10:00:00", where="EXIF DateTimeOriginal", on="2016-05-01")


def test_every_kind_of_mark_has_words() -> None:
    assert set(KINDS) == set(MarkKind)


def test_each_thing_is_told_once_with_all_fields_that_say_it() -> None:
    again = Mark(kind=MarkKind.CAMERA, value="Kamera K-7", where="XMP tiff:Model")
    text = marks_text((FileMarks(photo="a.jpg", marks=(CAMERA, TAKEN, again)),))
    assert "camera: Kamera K-7 (EXIF Make and Model, XMP tiff:Model)" in text
    assert text.count("Kamera") == 1
    assert "taken or made: 2016-05-01: 2016:05:01 10:00:00 (EXIF DateTimeOriginal)" in text


def test_it_is_said_that_anybody_can_write_this_and_that_absence_says_nothing() -> None:
    text = " ".join(marks_text((FileMarks(photo="a.jpg", marks=(CAMERA,)), FileMarks(photo="b.jpg"))).split())
    assert "Anybody can write these fields" in text
    assert "1 other file: nothing of this kind" in text
    assert "It is no sign of anything" in text


def test_files_without_any_mark_are_told_as_such() -> None:
    text = " ".join(marks_text((FileMarks(photo="a.jpg"), FileMarks(photo="b.jpg"))).split())
    assert "2 files: nothing of this kind." in text
    assert "no sign of anything" in text
    assert "Anybody" not in text


def test_without_files_nothing_is_said() -> None:
    assert list(marks_lines(())) == []


def test_texts_from_a_file_cannot_move_the_cursor() -> None:
    nasty = Mark(kind=MarkKind.AUTHOR, value="a\x1b[2J\u202eb", where="PNG \x07Author")
    gap = Gap(step="file marks", about="x", reason="odd \x1b")
    text = marks_text((FileMarks(photo="c\x1b.png", marks=(nasty,), gaps=(gap,)),))
    assert all(character.isprintable() or character == "\n" for character in text)


def test_many_marks_are_told_in_short_and_counted() -> None:
    marks = tuple(
        Mark(kind=MarkKind.AUTHOR, value=f"author {n}", where="PNG Author") for n in range(MOST_LINES + 5)
    )
    text = marks_text((FileMarks(photo="a.png", marks=marks),))
    assert text.count("author or credit") == MOST_LINES
    assert "and 5 more" in text


def test_the_json_line_has_all_of_it() -> None:
    gap = Gap(step="file marks", about="a.jpg", reason="its XMP data are damaged")
    line = json.loads(file_line(FileMarks(photo="a.jpg", marks=(TAKEN,), gaps=(gap,))))
    assert line == {
        "schema": "fakeprofile.file/1",
        "photo": "a.jpg",
        "marks": [
            {
                "kind": "taken",
                "value": "2016:05:01 10:00:00",
                "where": "EXIF DateTimeOriginal",
                "on": "2016-05-01",
            }
        ],
        "gaps": ["its XMP data are damaged"],
    }
