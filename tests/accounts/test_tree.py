"""A source is looked at without unpacking it, without leaving it and without opening messages."""

from __future__ import annotations

import gc
import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from photo_files import encoded, noise

from fakeprofile.accounts import TreeLimits, open_tree, read_photo
from fakeprofile.errors import SourceError
from fakeprofile.records import Gap, Photo, PhotoUse
from fakeprofile.settings import DEFAULT


def zipped(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def bytes_of_zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_folder_is_listed_by_name_with_sizes(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_bytes(b"22")
    (tmp_path / "a.txt").write_bytes(b"1")
    with open_tree(tmp_path) as tree:
        assert [(file.name, file.size) for file in tree.files] == [("a.txt", 1), ("b/two.txt", 2)]
        assert tree.read("b/two.txt", 2) == b"22"
        assert not tree.gaps


def test_a_file_tells_the_last_part_of_its_name_and_the_ending(tmp_path: Path) -> None:
    names = ("a/.hidden", "a/followers_1.JSON", "b.json.xz", "plain")
    with open_tree(zipped(tmp_path / "export.zip", dict.fromkeys(names, b"1"))) as tree:
        told = [(file.last, file.ending) for file in tree.files]
    assert told == [("followers_1.JSON", ".json"), ("b.json.xz", ".xz"), ("plain", "")]


def test_a_zip_reads_like_the_folder_it_was_made_of(tmp_path: Path) -> None:
    source = zipped(tmp_path / "export.zip", {"b/two.txt": b"22", "a.txt": b"1"})
    with open_tree(source) as tree:
        assert [(file.name, file.size) for file in tree.files] == [("a.txt", 1), ("b/two.txt", 2)]
        assert tree.read("a.txt", 10) == b"1"


def reasons(path: Path, limits: TreeLimits = TreeLimits()) -> str:  # noqa: B008
    with open_tree(path, limits) as tree:
        return " | ".join(gap.reason for gap in tree.gaps)


def names(path: Path, limits: TreeLimits = TreeLimits()) -> list[str]:  # noqa: B008
    with open_tree(path, limits) as tree:
        return [file.name for file in tree.files]


# --- zips ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bad", ["../up.txt", "a/../../up.txt", "/etc/up.txt", "C:/up.txt", "..\\up.txt", "c:up.txt"]
)
def test_a_name_that_leads_out_of_a_zip_is_refused_and_told(tmp_path: Path, bad: str) -> None:
    source = zipped(tmp_path / "export.zip", {bad: b"x", "good.txt": b"y"})
    assert names(source) == ["good.txt"]
    assert "1 file left out: the name leads out" in reasons(source)


def test_a_backslash_in_a_zip_from_windows_parts_folders(tmp_path: Path) -> None:
    assert names(zipped(tmp_path / "export.zip", {"photos\\anna.jpg": b"x"})) == ["photos/anna.jpg"]


def test_what_systems_drop_into_zips_is_no_file_and_no_gap(tmp_path: Path) -> None:
    junk = ["__MACOSX/._followers_1.json", "a/._b.json", ".DS_Store", "a/Thumbs.db", "desktop.ini", "a/"]
    source = zipped(tmp_path / "export.zip", {**dict.fromkeys(junk, b"x"), "a/b.json": b"y"})
    assert names(source) == ["a/b.json"]
    assert not reasons(source)


def test_a_link_in_a_zip_is_never_read(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("passwords.txt")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert names(tmp_path / "export.zip") == []
    assert "a link, which is not followed" in reasons(tmp_path / "export.zip")


def test_a_member_with_a_password_is_told_of(tmp_path: Path) -> None:
    data = bytearray(bytes_of_zip({"a.txt": b"x", "b.txt": b"y"}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    (tmp_path / "export.zip").write_bytes(data)
    assert names(tmp_path / "export.zip") == ["b.txt"]
    assert "1 file left out: locked with a password" in reasons(tmp_path / "export.zip")


def test_a_member_that_grows_a_thousandfold_is_a_bomb_and_its_neighbour_is_read(tmp_path: Path) -> None:
    source = zipped(tmp_path / "export.zip", {"bomb.json": b" " * 20_000_000, "good.json": b"{}"})
    assert names(source) == ["good.json"]
    assert "far larger than any export" in reasons(source)


def test_a_zip_whose_members_share_their_bytes_is_refused(tmp_path: Path) -> None:
    whole = bytes_of_zip({"a.bin": os.urandom(5000), "b.bin": b""})
    at = [place for place in range(len(whole)) if whole.startswith(b"PK\x01\x02", place)]
    first, second = whole[at[0] : at[1]], whole[at[0] : at[1]].replace(b"a.bin", b"b.bin")
    end = whole[whole.index(b"PK\x05\x06") :]
    (tmp_path / "export.zip").write_bytes(whole[: at[0]] + first + second + end)
    with pytest.raises(SourceError, match="lie over each other"):
        open_tree(tmp_path / "export.zip")


def test_no_more_of_a_member_is_unpacked_than_was_asked_for(tmp_path: Path) -> None:
    source = zipped(tmp_path / "export.zip", {"a.bin": os.urandom(3_000_000)})
    with open_tree(source) as tree:
        refused = tree.read("a.bin", 2**20)
    assert isinstance(refused, Gap)
    assert refused.about == "export.zip: a.bin"
    assert "larger than the limit of 1 MB" in refused.reason


def test_a_member_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    data = bytearray(bytes_of_zip({"a.txt": b"x" * 1000}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 10)
    (tmp_path / "export.zip").write_bytes(data)
    with open_tree(tmp_path / "export.zip") as tree:
        read = tree.read("a.txt", 100)
    assert isinstance(read, Gap)
    assert "damaged" in read.reason


def test_too_many_members_are_refused_by_the_count_alone(tmp_path: Path) -> None:
    whole = bytearray(bytes_of_zip({"a.txt": b"x"}))
    end = whole.index(b"PK\x05\x06")
    whole[end + 8 : end + 12] = struct.pack("<HH", 60_000, 60_000)
    (tmp_path / "export.zip").write_bytes(whole)
    with pytest.raises(SourceError, match=r"export\.zip: a zip of more than 50,000 files"):
        open_tree(tmp_path / "export.zip", TreeLimits(files=50_000))


def test_ten_million_members_are_refused_without_a_list_of_them(tmp_path: Path) -> None:
    count, length = 10_000_000, 10_000_000 * 47
    end_64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, length, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    with (tmp_path / "export.zip").open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(length)  # a hole: it takes no space on the disk
        file.seek(length)
        file.write(end_64 + locator + end)
    with pytest.raises(SourceError, match="more than 300,000 files"):
        open_tree(tmp_path / "export.zip")


def test_a_count_that_lies_does_not_get_past_the_limit(tmp_path: Path) -> None:
    whole = bytearray(bytes_of_zip({f"{number}.txt": b"" for number in range(30)}))
    end = whole.index(b"PK\x05\x06")
    whole[end + 8 : end + 12] = struct.pack("<HH", 1, 1)
    (tmp_path / "export.zip").write_bytes(whole)
    with pytest.raises(SourceError, match="more than 20 files"):
        open_tree(tmp_path / "export.zip", TreeLimits(files=20))


@pytest.mark.parametrize("keep", [4, 100, -30, -1])
def test_a_zip_that_is_cut_off_says_so_in_one_line(tmp_path: Path, keep: int) -> None:
    (tmp_path / "export.zip").write_bytes(bytes_of_zip({"a.txt": os.urandom(500)})[:keep])
    with pytest.raises(SourceError, match=r"^export\.zip: a zip that is cut off or damaged"):
        open_tree(tmp_path / "export.zip")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_of_one_name_the_first_is_kept_and_the_other_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("a.txt", "first")
        archive.writestr("a.txt", "second")
        archive.writestr("A.TXT", "capitals are another file")
    with open_tree(tmp_path / "export.zip") as tree:
        assert [file.name for file in tree.files] == ["A.TXT", "a.txt"]
        assert tree.read("a.txt", 100) == b"first"
        assert "another one of that name" in tree.gaps[0].reason


def test_control_and_direction_characters_in_names_are_made_visible(tmp_path: Path) -> None:
    source = zipped(tmp_path / "export.zip", {"a\x1b[2J.txt": b"x", "b\u202egpj.txt": b"y"})
    assert names(source) == ["a\ufffd[2J.txt", "b\ufffdgpj.txt"]
    with open_tree(source) as tree:
        assert tree.read("a\ufffd[2J.txt", 10) == b"x"


def test_a_zip_in_a_zip_is_opened_once_and_no_deeper(tmp_path: Path) -> None:
    deep = bytes_of_zip({"c.txt": b"c"})
    part = bytes_of_zip({"b.txt": b"b", "deep.zip": deep})
    source = zipped(tmp_path / "all.zip", {"part-1.zip": part, "a.txt": b"a"})
    assert names(source) == ["a.txt", "part-1.zip/b.txt"]
    assert "a zip in a zip in a zip" in reasons(source)
    with open_tree(source) as tree:
        assert tree.read("part-1.zip/b.txt", 10) == b"b"


def test_a_zip_in_a_zip_that_packs_like_nothing_but_zeros_is_not_unpacked(tmp_path: Path) -> None:
    inner = bytes_of_zip({"a.txt": b"a"})
    source = zipped(tmp_path / "all.zip", {"part.zip": bytes(20_000_000) + inner, "small.zip": inner})
    assert names(source) == ["small.zip/a.txt"]
    assert "far larger than any export" in reasons(source) or "too large a zip" in reasons(source)
    assert names(source, TreeLimits(zip_bytes=100)) == []
    assert "too large a zip inside a zip" in reasons(source, TreeLimits(zip_bytes=100))


def test_parts_of_an_export_lie_as_zips_in_a_folder(tmp_path: Path) -> None:
    zipped(tmp_path / "part-1.zip", {"a.txt": b"a"})
    zipped(tmp_path / "part-2.zip", {"b.txt": b"b"})
    (tmp_path / "part-3.zip").write_bytes(b"PK\x03\x04cut off")
    assert names(tmp_path) == ["part-1.zip/a.txt", "part-2.zip/b.txt"]
    with open_tree(tmp_path) as tree:
        assert [gap.about for gap in tree.gaps] == [f"{tmp_path.name}: part-3.zip"]


def test_a_spreadsheet_is_one_file_although_it_is_a_zip(tmp_path: Path) -> None:
    source = zipped(tmp_path / "list.xlsx", {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
    assert names(source) == ["list.xlsx"]


# --- folders ------------------------------------------------------------------------------


def test_links_are_not_followed_out_of_a_folder(tmp_path: Path) -> None:
    source, outside = tmp_path / "source", tmp_path / "outside"
    source.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    (source / "own.txt").write_text("own")
    (source / "file.txt").symlink_to(outside / "secret.txt")
    (source / "folder").symlink_to(outside)
    (source / "loop").symlink_to(source)
    (source / "gone.txt").symlink_to(source / "nothing")
    (source / "same.txt").symlink_to(source / "own.txt")
    assert names(source) == ["own.txt", "same.txt"]
    assert "a link, which is not followed" in reasons(source)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert names(tmp_path) == []
    assert "no ordinary file" in reasons(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="no file can be called so there")
def test_a_file_whose_name_leads_elsewhere_on_windows_is_told(tmp_path: Path) -> None:
    for name in ("c:x.jpg", "..\\up.jpg", "avatar:12.jpg"):
        (tmp_path / name).touch()
    assert names(tmp_path) == ["avatar:12.jpg"]
    assert "2 files left out: the name leads out" in reasons(tmp_path)


def test_more_files_than_the_limit_are_cut_and_told(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").touch()
    assert len(names(tmp_path, TreeLimits(files=3))) == 3
    assert "more than 3 files" in reasons(tmp_path, TreeLimits(files=3))


def test_what_is_not_there_is_an_error_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^nothing\.zip: no such file or folder"):
        open_tree(tmp_path / "nothing.zip")


# --- messages -----------------------------------------------------------------------------


MESSAGES = [
    "your_instagram_activity/messages/inbox/lars_1/message_1.json",
    "Messages/photo.jpg",
    "x/inbox/a.html",
    "data/direct-messages.js",
    "data/direct-messages-group-part1.js",
    "json/chat_history.json",
    "chat_media/a.jpg",
    "message_1 (2).html",
]


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_messages_are_in_no_list_and_the_gap_counts_them_without_names(tmp_path: Path, kind: str) -> None:
    if kind == "zip":
        source = zipped(tmp_path / "export.zip", {**dict.fromkeys(MESSAGES, b"x"), "a.json": b"y"})
    else:
        source = tmp_path / "export"
        for name in (*MESSAGES, "a.json"):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).touch()
    assert names(source) == ["a.json"]
    assert f"{len(MESSAGES)} files of messages left closed on purpose" in reasons(source)
    assert "lars" not in reasons(source)


# --- photos -------------------------------------------------------------------------------


def test_a_photo_is_read_alike_from_a_file_a_zip_and_a_zip_in_a_zip(tmp_path: Path) -> None:
    data = encoded(noise(), "JPEG")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "anna.jpg").write_bytes(data)
    part = zipped(tmp_path / "part.zip", {"x/anna.jpg": data})
    whole = zipped(tmp_path / "whole.zip", {"part.zip": part.read_bytes()})
    shas = set()
    for source, name in ((folder, "anna.jpg"), (part, "x/anna.jpg"), (whole, "part.zip/x/anna.jpg")):
        with open_tree(source) as tree:
            file = tree.photo(name, PhotoUse.AVATAR, "2024-05-01")
        assert (file.use, file.on) == (PhotoUse.AVATAR, "2024-05-01")
        photo = read_photo(file, DEFAULT)
        assert isinstance(photo, Photo)
        shas.add(photo.sha256)
    assert len(shas) == 1


def test_a_photo_whose_zip_is_gone_is_a_gap(tmp_path: Path) -> None:
    source = zipped(tmp_path / "part.zip", {"anna.jpg": encoded(noise(), "JPEG")})
    with open_tree(source) as tree:
        file = tree.photo("anna.jpg")
    source.unlink()
    gap = read_photo(file, DEFAULT)
    assert isinstance(gap, Gap)
    assert gap.about == "part.zip: anna.jpg"
    assert str(tmp_path) not in gap.about + gap.reason


def test_a_tree_that_is_forgotten_closes_its_files(tmp_path: Path) -> None:
    inner = bytes_of_zip({"a.txt": b"a"})
    source = zipped(tmp_path / "all.zip", {"part.zip": inner})
    tree = open_tree(source)
    handles = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0
    del tree
    gc.collect()
    if handles:
        assert len(list(Path("/proc/self/fd").iterdir())) <= handles - 2


# --- piece by piece -----------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 300_000])
def test_a_file_read_piece_by_piece_is_the_file(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.bin").write_bytes(data)
    for source in (tmp_path / "folder", zipped(tmp_path / "export.zip", {"a.bin": data})):
        with open_tree(source) as tree:
            assert b"".join(tree.pieces("a.bin", size + 1)) == tree.read("a.bin", size + 1) == data
            assert tree.size_of("a.bin") == size


def test_what_is_refused_as_a_whole_is_refused_piece_by_piece_in_the_same_words(tmp_path: Path) -> None:
    data = bytearray(bytes_of_zip({"a.txt": b"x" * 1000}))
    data[data.index(b"PK\x01\x02") + 16] ^= 1  # its checksum
    (tmp_path / "damaged.zip").write_bytes(data)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.txt").write_bytes(b"x" * 1000)
    sources = (
        ("damaged.zip", "a.txt", 5000, "damaged inside the zip"),
        ("damaged.zip", "a.txt", 999, "larger than the limit"),
        ("folder", "a.txt", 999, "larger than the limit"),
        ("folder", "b.txt", 999, "is not in the source"),
    )
    for source, name, most, words in sources:
        with open_tree(tmp_path / source) as tree:
            whole = tree.read(name, most)
            assert isinstance(whole, Gap)
            with pytest.raises(SourceError, match=words) as refused:
                list(tree.pieces(name, most))
            assert str(refused.value) == whole.reason


def test_a_pipe_that_took_the_place_of_a_file_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    with open_tree(tmp_path) as tree:
        (tmp_path / "a.txt").unlink()
        os.mkfifo(tmp_path / "a.txt")
        with pytest.raises(SourceError, match="pipe"):
            list(tree.pieces("a.txt", 10))
