"""What was understood of each source is counted, and nothing understood is an error."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from accounts_given import read_all, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from fakeprofile.accounts import READERS, Reader, Tree, TreeLimits, accounts_in
from fakeprofile.accounts.reader import SURE
from fakeprofile.errors import SourceError
from fakeprofile.records import Account, Gap, Handle


def zipped_bytes(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def sheet_bytes(rows: list[list[object]]) -> bytes:
    out, book = io.BytesIO(), Workbook()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_the_figures_say_how_many_were_read_and_which_not(tmp_path: Path) -> None:
    lines = ["username", *(f"user{number}" for number in range(412)), "a b", "<x>", "=y", "user1"]
    read = read_all(written(tmp_path / "l.csv", "\n".join(lines)))
    (understood,) = read.understood
    assert (understood.source, understood.accounts, understood.entries, understood.unread) == (
        "l.csv",
        412,
        413,
        3,
    )
    assert [gap.about for gap in understood.first] == ["l.csv line 414", "l.csv line 415", "l.csv line 416"]


def test_no_figures_are_told_before_a_source_is_done(tmp_path: Path) -> None:
    items = accounts_in([written(tmp_path / "l.csv", "username\nx y\nanna\n")])
    assert isinstance(next(items), Gap)
    assert items.understood == ()
    assert isinstance(next(items), Account)
    assert items.understood[0].accounts == 1


def test_ten_thousand_broken_lines_are_named_up_to_a_thousand_and_counted(tmp_path: Path) -> None:
    read = read_all(written(tmp_path / "l.csv", "username\n" + "a b\n" * 3000 + "anna\n"))
    assert len(read.gaps) == 1001
    assert "2,000 more entries could not be read" in read.gaps[-1].reason
    assert read.understood[0].unread == 3000


def test_accounts_beyond_the_limit_are_counted_not_forgotten(tmp_path: Path) -> None:
    path = written(tmp_path / "l.csv", "username\n" + "\n".join(f"user{at}" for at in range(20)))
    read = read_all(path, limits=TreeLimits(accounts=5))
    assert len(read.accounts) == 5
    assert "15 entries beyond the limit" in read.text


def test_a_source_that_is_not_understood_does_not_hide_the_others(tmp_path: Path) -> None:
    good = written(tmp_path / "l.csv", "username\nanna\n")
    read = read_all(tmp_path / "gone.csv", written(tmp_path / "film.mp4", b"x"), good)
    assert read.handles == ["anna"]
    assert "gone.csv: no such file or folder" in read.text
    assert "film.mp4: no accounts are understood in its files" in read.text


@pytest.mark.parametrize("content", ["", "username\n", "username\nx y\n"])
def test_a_source_without_any_account_is_an_error_never_an_empty_list(tmp_path: Path, content: str) -> None:
    with pytest.raises(SourceError, match=r"^l\.csv: "):
        read_all(written(tmp_path / "l.csv", content))


def test_no_source_at_all_is_an_error() -> None:
    with pytest.raises(SourceError, match="no source was given"):
        read_all()


def test_the_message_of_what_failed_names_no_private_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        read_all(tmp_path / "gone.zip")
    assert str(tmp_path) not in str(refused.value)


class OwnReader:
    """A reader that knows one sort of file for sure."""

    name = "an own export"

    def fits(self, tree: Tree) -> int:
        return SURE if "own.csv" in tree else 0

    def read(self, tree: Tree) -> Iterator[Account | Gap]:
        yield Account(handle=Handle(name="own", platform="instagram"))


def test_the_surest_reader_has_the_source(tmp_path: Path) -> None:
    reader: Reader = OwnReader()
    written(tmp_path / "own.csv", "username\nanna\n")
    items = accounts_in([tmp_path], readers=(*READERS, reader))
    assert [one.handle.name for one in items if isinstance(one, Account)] == ["own"]
    assert items.understood[0].reader == "an own export"


def test_the_same_account_in_two_files_of_a_source_is_told_once_and_in_two_sources_twice(
    tmp_path: Path,
) -> None:
    written(tmp_path / "a" / "followers.csv", "username,posts\nanna,\n")
    written(tmp_path / "a" / "following.csv", "username,posts\nAnna,4\n")
    other = written(tmp_path / "b.csv", "username\nanna\n")
    read = read_all(tmp_path / "a", other)
    assert [(one.handle.name, one.posts, len(one.ties)) for one in read.accounts] == [
        ("anna", 4, 2),
        ("anna", None, 1),
    ]


START = {
    "l.csv": b"username;posts\nanna;1\n",
    "l.json": b'[{"username": "anna", "posts": 1}]',
    "l.txt": b"anna\nlars\n",
    "l.zip": zipped_bytes({"l.csv": b"username,posts\nanna,1\n", "lars.jpg": b"x"}),
    "l.xlsx": sheet_bytes([["username", "posts"], ["anna", 1]]),
}


@given(
    st.sampled_from(sorted(START)),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 6)), min_size=1, max_size=4),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_broken_in_a_source_reading_it_ends_in_accounts_gaps_or_one_line(
    tmp_path: Path, name: str, changes: list[tuple[float, bytes, int]]
) -> None:
    data = START[name]
    for share, new, gone in changes:
        at = int(share * len(data))
        data = data[:at] + new + data[at + gone :]
    try:
        read = read_all(written(tmp_path / name, data))
    except SourceError as refused:
        assert str(refused).isprintable()
        return
    assert all(one.handle.name.isprintable() for one in read.accounts)
    assert all(gap.about.isprintable() and gap.reason.isprintable() for gap in read.gaps)


def locked(path: Path, members: dict[str, bytes]) -> Path:
    """A zip whose members all say that they are encrypted."""
    content = bytearray(zipped_bytes(members))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(mark, at + 4)
    return written(path, bytes(content))


def test_a_zip_with_a_password_is_refused_for_that_reason(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^e\.zip: it is protected by a password: ") as refused:
        read_all(locked(tmp_path / "e.zip", {"a.csv": b"username\nanna\n", "b.csv": b"username\nlars\n"}))
    assert "looked for" not in str(refused.value)


def test_a_zip_whose_names_all_lead_out_of_it_is_refused_for_that_reason(tmp_path: Path) -> None:
    path = written(tmp_path / "e.zip", zipped_bytes({"../a.csv": b"username\n", "../b.csv": b"username\n"}))
    with pytest.raises(SourceError, match=r"^e\.zip: names in it point outside of it"):
        read_all(path)


def test_what_was_left_out_is_told_before_what_was_looked_for(tmp_path: Path) -> None:
    locked(tmp_path / "in" / "e.zip", {"a.csv": b"username\nanna\n"})
    with pytest.raises(SourceError, match=r"^in: 1 file left out: locked with a password"):
        read_all(tmp_path / "in")
    written(tmp_path / "in" / "film.mp4", b"x")
    with pytest.raises(SourceError, match=r"^in: 1 file left out: locked .*; and no accounts are understood"):
        read_all(tmp_path / "in")


def test_an_empty_folder_says_that_it_holds_no_files(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(SourceError, match="holds no files"):
        read_all(tmp_path / "in")


def test_one_entry_beyond_a_limit_is_told_of_as_one(tmp_path: Path) -> None:
    path = written(tmp_path / "l.csv", "username\nanna\nlars\n")
    assert (
        "1 entry beyond the limit of accounts was not read"
        in read_all(path, limits=TreeLimits(accounts=1)).text
    )
    many = read_all(written(tmp_path / "m.csv", "username\n" + "a b\n" * 1001 + "anna\n"))
    assert "1 more entry could not be read" in many.gaps[-1].reason
