"""What files say of themselves, in words and as JSON lines."""

from __future__ import annotations

from collections.abc import Iterator

from fakeprofile.records import FileMarks, Mark, MarkKind
from fakeprofile.report.document import as_line
from fakeprofile.report.lines import plain, wrapped

FILE_SCHEMA = "fakeprofile.file/1"
MOST_LINES = 16
"""Marks of one file that are told; the JSON has them all."""

TITLE = "What the files say of themselves"
CAUTION = (
    "Anybody can write these fields into a file, and a copy keeps those of somebody else: they are what the file says, "
    "not what happened."
)
ABSENCE = "A file that says nothing is the rule: nearly every platform takes these fields away. It is no sign of anything."
KINDS: dict[MarkKind, str] = {
    MarkKind.GENERATED: "marked as made or changed by a generator",
    MarkKind.CREDENTIALS: "content credentials",
    MarkKind.TAKEN: "taken or made",
    MarkKind.CHANGED: "last changed",
    MarkKind.CAMERA: "camera",
    MarkKind.SOFTWARE: "program",
    MarkKind.AUTHOR: "author or credit",
    MarkKind.PLACE: "place",
}
"""In the order in which they are told."""


def marks_lines(files: tuple[FileMarks, ...]) -> Iterator[str]:
    """The marks of all files with their title, ending in an empty line; nothing if there are no files."""
    if not files:
        return
    yield TITLE
    silent = 0
    for file in files:
        if file.marks or file.gaps:
            yield from _file(file)
        else:
            silent += 1
    if silent:
        others = "" if silent == len(files) else "other "
        yield from wrapped(
            f"{silent} {others}{'file' if silent == 1 else 'files'}: nothing of this kind.", 4, "  - "
        )
    yield from wrapped(CAUTION if silent < len(files) else "")
    yield from wrapped(ABSENCE)
    yield ""


def marks_text(files: tuple[FileMarks, ...]) -> str:
    """The same as one text, ending in a newline."""
    return "\n".join(marks_lines(files)).rstrip() + "\n"


def file_line(file: FileMarks) -> str:
    """The JSON line that ``file`` prints for a photo."""
    return as_line(
        {
            "schema": FILE_SCHEMA,
            "photo": file.photo,
            "marks": [
                {"kind": mark.kind, "value": mark.value, "where": mark.where, "on": mark.on}
                for mark in file.marks
            ],
            "gaps": [gap.reason for gap in file.gaps],
        }
    )


# --- parts --------------------------------------------------------------------------------


def _file(file: FileMarks) -> Iterator[str]:
    yield from wrapped(plain(file.photo), 4, "  - ")
    lines = _merged(file.marks)
    for (kind, value, on), places in list(lines.items())[:MOST_LINES]:
        day = f"{on}: " if on is not None and not value.startswith(on) else ""
        yield from wrapped(f"{KINDS[kind]}: {day}{plain(value)} ({', '.join(map(plain, places))})", 6, "    ")
    if len(lines) > MOST_LINES:
        yield from wrapped(f"and {len(lines) - MOST_LINES} more (--json lists them)", 4)
    for gap in file.gaps:
        yield from wrapped(f"not looked at: {plain(gap.reason)}", 6, "    ")


def _merged(marks: tuple[Mark, ...]) -> dict[tuple[MarkKind, str, str | None], list[str]]:
    """What is said, each thing once, with all fields that say it."""
    found: dict[tuple[MarkKind, str, str | None], list[str]] = {}
    order = list(KINDS)
    for mark in sorted(marks, key=lambda one: order.index(one.kind)):
        found.setdefault((mark.kind, mark.value, mark.on), []).append(mark.where)
    return found
