"""Lists of accounts are read as people and tools really write them; a bad line costs itself alone."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from accounts_given import read_all, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from fakeprofile.accounts.values import is_unknown
from fakeprofile.errors import SourceError
from fakeprofile.records import Account, PhotoUse, Tie


def only(path: Path) -> Account:
    read = read_all(path)
    assert len(read.accounts) == 1, read.text
    account = read.accounts[0]
    assert isinstance(account, Account)
    return account


# --- what tools write ---------------------------------------------------------------------


def test_instagram_unfollowers_is_read_with_its_platform(tmp_path: Path) -> None:
    account = only(
        written(
            tmp_path / "instagram_unfollowers.csv",
            "id,username,full_name,is_verified,is_private,profile_pic_url\n"
            "4711,anna.example,Anna,false,true,https://scontent.cdninstagram.com/v/a_n.jpg?x=1\n",
        )
    )
    assert (account.handle.platform, account.handle.name) == ("instagram", "anna.example")
    assert account.handle.account_id == "4711"
    assert (account.name, account.verified, account.private) == ("Anna", False, True)
    assert account.avatar_url == "https://scontent.cdninstagram.com/v/a_n.jpg?x=1"
    assert (account.posts, account.followers, account.following) == (None, None, None)
    assert account.ties == (Tie.LISTED,)


def test_a_scrapers_table_gives_counts_and_the_day_they_are_of(tmp_path: Path) -> None:
    account = only(
        written(
            tmp_path / "list.csv",
            "user_id,username,fullname,is_verified,is_private,media_count,follower_count,following_count,bio,website,"
            "emails,last_activity,scrape_of,scraped_at\n"
            '12,lars_example,Lars,0,0,1,"1,204",847,"hi, ""you""",,,,anna,2026-05-01 10:00:00\n',
        )
    )
    assert (account.posts, account.followers, account.following) == (1, 1204, 847)
    assert (account.bio, account.as_of) == ('hi, "you"', "2026-05-01")


def test_a_mobile_dump_tells_of_the_default_avatar(tmp_path: Path) -> None:
    account = only(
        written(
            tmp_path / "dump.csv",
            "username,pk,pk_id,full_name,is_private,fbid_v2,strong_id,profile_pic_id,profile_pic_url,is_verified,"
            "has_anonymous_profile_picture,account_badges,latest_reel_media\n"
            "anna,12,12,Anna,True,178414,12,,https://x.example/a.jpg,False,True,[],0\n",
        )
    )
    assert (account.has_default_avatar, account.handle.account_id) == (True, "12")


def test_the_instaloader_script_tells_who_follows_whom(tmp_path: Path) -> None:
    read = read_all(
        written(
            tmp_path / "list.csv",
            "User ID,Username,Fullname,Followed by you,Blocked you,Follows you,Profile URL\n"
            "12,anna,Anna,True,False,True,https://www.instagram.com/anna\n"
            "13,lars,Lars,False,False,False,https://www.instagram.com/lars/\n",
        )
    )
    assert [one.ties for one in read.accounts] == [(Tie.FOLLOWER, Tie.FOLLOWING), (Tie.LISTED,)]
    assert {one.handle.platform for one in read.accounts} == {"instagram"}


def test_a_browser_exporter_writes_camel_case(tmp_path: Path) -> None:
    account = only(
        written(
            tmp_path / "followers.csv",
            "userName,fullName,profileUrl,isVerified,followerCount,followingCount,isPrivate,profilePicUrl\n"
            "anna,Anna,https://www.tiktok.com/@anna,false,12.3K,1.2M,false,\n",
        )
    )
    assert (account.handle.platform, account.followers, account.following) == ("tiktok", 12_300, 1_200_000)
    assert account.ties == (Tie.FOLLOWER,)


@pytest.mark.parametrize("shape", ["array", "wrapped", "lines"])
def test_users_as_json_read_like_the_same_table(tmp_path: Path, shape: str) -> None:
    users = [
        {"id": "12", "username": "anna", "full_name": "Anna", "is_private": True, "node": {"x": 1}},
        {"id": 13.0, "username": "lars", "full_name": None, "is_private": False},
    ]
    text = {
        "array": json.dumps(users),
        "wrapped": json.dumps({"status": "ok", "data": {"followers": users}}),
        "lines": "\n".join(map(json.dumps, users)),
    }[shape]
    read = read_all(written(tmp_path / "users.json", text))
    assert read.handles == ["anna", "lars"]
    assert [one.handle.account_id for one in read.accounts] == ["12", "13"]
    assert [one.name for one in read.accounts] == ["Anna", None]


def test_broken_json_says_that_it_is_cut_off(tmp_path: Path) -> None:
    path = written(tmp_path / "users.json", '[{"username": "anna"}, {"username": "la')
    with pytest.raises(SourceError, match="JSON that is cut off or damaged"):
        read_all(path)


def test_json_nested_a_hundred_thousand_deep_is_an_error_in_one_line(tmp_path: Path) -> None:
    path = written(tmp_path / "users.json", '[{"username": ' + "[" * 100_000)
    with pytest.raises(SourceError) as refused:
        read_all(path)
    assert "\n" not in str(refused.value)


# --- what spreadsheets do to it -----------------------------------------------------------

DUTCH = (
    "gebruikersnaam;naam;volgers;volgend;privé;aangemaakt\nanna;Anna Überhöfer;1.234;12,3K;ja;31-12-2024\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("before", ["", "sep=;\n", "Mijn lijst\n\n"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_dutch_list_is_read_in_every_encoding(
    tmp_path: Path, encoding: str, before: str, ending: str
) -> None:
    text = (before + DUTCH).replace("\n", ending)
    account = only(written(tmp_path / "lijst.csv", text, encoding))
    assert (account.handle.name, account.name) == ("anna", "Anna Überhöfer")
    assert (account.followers, account.following, account.private) == (1234, 12_300, True)
    assert account.created_on == "2024-12-31"


def test_windows_1252_is_told_because_names_may_be_misspelt(tmp_path: Path) -> None:
    assert "read as Windows-1252" in read_all(written(tmp_path / "lijst.csv", DUTCH, "cp1252")).text


def test_ids_that_a_spreadsheet_rounded_are_unknown_and_counted(tmp_path: Path) -> None:
    read = read_all(
        written(
            tmp_path / "l.csv",
            "id;username\n1,23457E+16;anna\n7,65E+16;lars\n76561198012345678;mia\n123.0;noa\n12345678901234500;kim\n",
        )
    )
    assert [one.handle.account_id for one in read.accounts] == [None, None, "76561198012345678", "123", None]
    assert "2 of the values in column id were rounded by a spreadsheet" in read.text
    assert "line 2: 1,23457E+16" in read.text
    assert "1 value in column id ends in zeros from the 16th digit on" in read.text


def test_an_id_column_that_only_numbers_the_rows_is_nobodys_id(tmp_path: Path) -> None:
    read = read_all(written(tmp_path / "l.csv", "id,username\n1,anna\n2,lars\n3,mia\n"))
    assert {one.handle.account_id for one in read.accounts} == {None}


def test_unknown_is_not_zero_and_zero_is_not_unknown(tmp_path: Path) -> None:
    read = read_all(
        written(tmp_path / "l.csv", "username,posts,followers,private\nanna,0,,\nlars,n/a,-,0\nmia,?,x,?\n")
    )
    assert [(one.posts, one.followers, one.private) for one in read.accounts] == [
        (0, None, None),
        (None, None, False),
        (None, None, None),
    ]
    assert "1 value in column followers is no count; it is left unknown" in read.text


def test_a_quoted_cell_may_run_over_lines_and_the_next_line_keeps_its_number(tmp_path: Path) -> None:
    read = read_all(written(tmp_path / "l.csv", 'username,bio\nanna,"one\n\ntwo, three"\n<b>,x\nlars,y\n'))
    assert [(one.handle.name, one.bio) for one in read.accounts] == [
        ("anna", "one two, three"),
        ("lars", "y"),
    ]
    assert "l.csv line 5: " in read.text


def test_a_stray_quotation_mark_costs_its_line_and_no_other(tmp_path: Path) -> None:
    lines = ["username,bio", 'anna,"not closed', *(f"user{number},ok" for number in range(200))]
    read = read_all(written(tmp_path / "l.csv", "\n".join(lines)))
    assert len(read.accounts) == 200
    assert "l.csv line 2: its quotation marks do not pair up" in read.text
    assert (read.understood[0].entries, read.understood[0].unread) == (200, 1)


def test_a_line_with_too_many_cells_is_not_read_one_column_aside(tmp_path: Path) -> None:
    read = read_all(written(tmp_path / "l.csv", "username,followers,following\nanna,1,234,5\nlars,1,2\n"))
    assert read.handles == ["lars"]
    assert "line 2: has 4 cells, the heading 3" in read.text


def test_the_second_half_of_a_broken_line_is_no_account(tmp_path: Path) -> None:
    read = read_all(
        written(tmp_path / "l.csv", "username,name,bio,posts\nanna,Anna,first\nsecond,12\nlars,Lars,x,3\n")
    )
    assert read.handles == ["lars"]
    assert read.understood[0].unread == 2


def test_empty_cells_at_the_end_that_excel_leaves_out_are_unknown(tmp_path: Path) -> None:
    read = read_all(written(tmp_path / "l.csv", "username;followers;following\nanna;1;2\nlars;3\nmia\n"))
    assert [(one.followers, one.following) for one in read.accounts] == [(1, 2), (3, None), (None, None)]


def test_a_heading_in_the_middle_of_joined_lists_is_passed_over(tmp_path: Path) -> None:
    read = read_all(written(tmp_path / "l.csv", "username,posts\nanna,1\nusername,posts\nlars,2\n"))
    assert (read.handles, read.text) == (["anna", "lars"], "")


def test_nul_bytes_cost_their_line(tmp_path: Path) -> None:
    read = read_all(written(tmp_path / "l.csv", b"username,posts\nan\0na,1\nlars,2\n"))
    assert read.handles == ["lars"]
    assert "line 2: is damaged" in read.text


# --- what strangers write into it ---------------------------------------------------------

EVIL = [
    "an\x1b[2Jna",
    "an\u202ena",
    "<img src=x>",
    "=HYPERLINK(1)",
    "'=cmd",
    "@SUM(A1)",
    "+31",
    "../../etc/passwd",
]


def test_handles_that_can_be_none_are_gaps_that_cannot_harm_a_terminal(tmp_path: Path) -> None:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["username", "name"])
    table.writerows([text, "x"] for text in (*EVIL, "anna"))
    read = read_all(written(tmp_path / "l.csv", out.getvalue()))
    assert read.handles == ["anna"]
    assert read.understood[0].unread == len(EVIL)
    assert all(gap.reason.isprintable() and gap.about.isprintable() for gap in read.gaps)


def test_what_is_shown_of_an_account_has_no_escapes_but_keeps_its_text(tmp_path: Path) -> None:
    account = only(
        written(tmp_path / "l.csv", 'username,name,bio\nanna,\x1b[31mAnna\u202e,"<b>=1+1</b>\nline"\n')
    )
    assert (account.name, account.bio) == ("[31mAnna", "<b>=1+1</b> line")


def test_an_avatar_address_that_is_no_web_address_is_left_out(tmp_path: Path) -> None:
    read = read_all(
        written(
            tmp_path / "l.csv", "username,avatar_url\nanna,javascript:alert(1)\nlars,file:///etc/passwd\n"
        )
    )
    assert {one.avatar_url for one in read.accounts} == {None}
    assert "2 of the addresses of pictures are no web addresses" in read.text


def test_a_word_for_unknown_is_no_handle_but_can_be_a_name(tmp_path: Path) -> None:
    read = read_all(
        written(tmp_path / "l.csv", "username,name,posts\nnull,Lars,1\nanna,Nan,1\nmia,NaN,nan\n")
    )
    assert [(one.handle.name, one.name) for one in read.accounts] == [("anna", "Nan"), ("mia", None)]
    assert "l.csv line 2: names no account" in read.text


# --- plain lists --------------------------------------------------------------------------


def test_a_plain_list_of_names_and_addresses_is_read_one_a_line(tmp_path: Path) -> None:
    read = read_all(
        written(
            tmp_path / "namen.txt",
            "# wie is dit?\nanna\n@lars\n\nhttps://www.instagram.com/mia/?hl=nl\nhttps://www.tiktok.com/@noa\n"
            "twee woorden\nkim\nbo\n",
        )
    )
    assert [str(one.handle) for one in read.accounts] == [
        "anna",
        "lars",
        "instagram:mia",
        "tiktok:noa",
        "kim",
        "bo",
    ]
    assert 'namen.txt line 7: "twee woorden" can be no handle' in read.text
    assert read.accounts[0].where == "namen.txt line 2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "text", ["@anna.example\nben.example\n", "username,posts\nanna.example,3\nben.example,4\n"]
)
def test_a_list_that_is_called_like_a_picture_is_read_as_a_list(
    tmp_path: Path, text: str, encoding: str
) -> None:
    path = tmp_path / "followers.jpg"
    path.write_text(text, encoding)
    accounts = read_all(path).accounts
    assert [one.handle.name for one in accounts] == ["anna.example", "ben.example"]
    assert {one.ties for one in accounts} == {(Tie.FOLLOWER,)}
    assert not any(one.photos for one in accounts)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"<html>\n<body>\nanna\n</body>",
        b"It rained, and nobody came.\nSo we went home.\n",
    ],
)
def test_a_picture_and_what_is_no_list_stay_what_they_are_called(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "anna.example.jpg"
    path.write_bytes(data)
    (account,) = read_all(path).accounts
    assert (account.handle.name, len(account.photos)) == ("anna.example", 1)


def test_a_broken_photo_in_a_folder_of_photos_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "anna.example.jpg").write_text("@ben.example\n@carl.example\n")
    for names in ({"anna.example"}, {"anna.example", "dora"}):
        assert {one.handle.name for one in read_all(tmp_path).accounts} == names
        (tmp_path / "dora.png").write_bytes(b"\x89PNG\r\n\x1a\n")


def test_a_word_that_heads_a_plain_list_is_nobody(tmp_path: Path) -> None:
    assert read_all(written(tmp_path / "l.txt", "Naam\nanna\nlars\n")).handles == ["anna", "lars"]


def test_a_table_without_heading_is_read_by_the_column_of_addresses(tmp_path: Path) -> None:
    read = read_all(
        written(
            tmp_path / "l.csv", "Anna,https://www.instagram.com/anna\nLars,https://www.instagram.com/lars\n"
        )
    )
    assert read.handles == ["anna", "lars"]


def test_prose_is_no_list_and_the_error_says_what_was_looked_for(tmp_path: Path) -> None:
    path = written(tmp_path / "letter.txt", "Dear all,\nthis is not a list of accounts.\nBye, Anna\n")
    with pytest.raises(SourceError, match=r"letter\.txt: read as a list .* call one `username`"):
        read_all(path)


def test_a_change_log_is_no_list_of_accounts(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no column of handles"):
        read_all(written(tmp_path / "log.csv", "Date,Type,Old,New\n2026-01-01,Bio,old text,new text\n"))


def test_a_list_of_ids_alone_calls_accounts_by_their_ids(tmp_path: Path) -> None:
    account = only(written(tmp_path / "l.csv", "user_id,followers\n4711,12\n"))
    assert (account.handle.name, account.handle.account_id) == ("4711", "4711")


@pytest.mark.parametrize(
    ("name", "tie"),
    [
        ("followers.csv", Tie.FOLLOWER),
        ("Volgers van Anna.csv", Tie.FOLLOWER),
        ("following_2.csv", Tie.FOLLOWING),
        ("unfollowers.csv", Tie.LISTED),
        ("not_followers.csv", Tie.LISTED),
        ("followers_and_following.csv", Tie.LISTED),
    ],
)
def test_the_name_of_a_list_can_say_how_those_in_it_stand_to_its_owner(
    tmp_path: Path, name: str, tie: Tie
) -> None:
    assert only(written(tmp_path / name, "username\nanna\n")).ties == (tie,)


# --- photos -------------------------------------------------------------------------------


def test_a_photo_is_meant_relative_to_the_list_and_never_outside_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for name in ("pics/anna.jpg", "messages/x.jpg"):
        written(folder / name, b"x")
    written(tmp_path / "outside.jpg", b"x")
    (folder / "link.jpg").symlink_to(tmp_path / "outside.jpg")
    read = read_all(
        written(
            folder / "l.csv",
            "username,photo,avatar\nanna,pics\\anna.jpg,\nlars,,pics/anna.jpg\nmia,../outside.jpg,\n"
            f"noa,{tmp_path}/outside.jpg,\nkim,link.jpg,\nbo,messages/x.jpg,\nlou,https://p.example/a.jpg,0\n",
        )
    )
    photos = [[(Path(photo.path).name, photo.use) for photo in one.photos] for one in read.accounts]
    assert photos == [[("anna.jpg", PhotoUse.UNKNOWN)], [("anna.jpg", PhotoUse.AVATAR)], [], [], [], [], []]
    assert "4 of the files in column photo are not beside the list" in read.text
    assert (read.accounts[-1].avatar_url, read.accounts[-1].has_default_avatar) == (
        "https://p.example/a.jpg",
        True,
    )


# --- a law --------------------------------------------------------------------------------

NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789_.", min_size=1, max_size=20).filter(
    lambda one: one.strip(".") and not is_unknown(one)
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=9, max_size=30)


@given(
    st.lists(
        st.tuples(NAMES, TEXTS, st.integers(0, 10**9)), min_size=1, max_size=8, unique_by=lambda one: one[0]
    )
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_program_writes_as_csv_is_read_back_alike(
    tmp_path: Path, rows: list[tuple[str, str, int]]
) -> None:
    for delimiter in ",;\t":
        out = io.StringIO()
        table = csv.writer(out, delimiter=delimiter)
        table.writerow(["username", "bio", "followers"])
        table.writerows(rows)
        read = read_all(written(tmp_path / "l.csv", out.getvalue()))
        assert [(one.handle.name, one.followers) for one in read.accounts] == [
            (name, count) for name, _, count in rows
        ]
        assert all(one.bio for one in read.accounts)


# --- what is lost is told -----------------------------------------------------------------


@pytest.mark.parametrize("at", [0, 1, 3])
def test_one_bad_line_in_a_short_plain_list_costs_that_line_only(tmp_path: Path, at: int) -> None:
    lines = ["anna", "lars", "mia"]
    lines.insert(at, "not a handle at all")
    read = read_all(written(tmp_path / "l4.txt", "\n".join(lines)))
    assert read.handles == ["anna", "lars", "mia"]
    assert f'l4.txt line {at + 1}: "not a handle at all"' in read.text
    assert (read.understood[0].entries, read.understood[0].unread) == (3, 1)


def test_one_bad_row_in_a_plain_spreadsheet_costs_that_row_only(tmp_path: Path) -> None:
    book = Workbook()
    for text in ("anna", "lars", "mia", "not a handle at all"):
        book.active.append([text])
    book.save(tmp_path / "l.xlsx")
    read = read_all(tmp_path / "l.xlsx")
    assert (read.handles, read.understood[0].unread) == (["anna", "lars", "mia"], 1)


@pytest.mark.parametrize("name", ["empty.csv", "empty.txt", "empty.json"])
def test_an_empty_file_is_called_empty(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=r"^empty\.[a-z]+: it is empty"):
        read_all(written(tmp_path / name, ""))


@pytest.mark.parametrize("content", ["\ufeff", " \n\r\n", "\t\n"])
def test_a_list_of_white_space_is_called_empty_too(tmp_path: Path, content: str) -> None:
    with pytest.raises(SourceError, match="it is empty"):
        read_all(written(tmp_path / "l.csv", content))


@pytest.mark.parametrize("nobody", ['{"username": null}', '{"username": " "}', "{}", "null"])
def test_an_object_that_names_nobody_is_an_entry_that_was_not_read(tmp_path: Path, nobody: str) -> None:
    read = read_all(written(tmp_path / "l.json", f'[{{"username": "a"}}, {nobody}]'))
    assert (read.handles, read.understood[0].entries, read.understood[0].unread) == (["a"], 1, 1)
    assert "l.json entry 2: " in read.text


def test_an_empty_text_in_a_list_of_handles_is_an_entry_that_was_not_read(tmp_path: Path) -> None:
    read = read_all(written(tmp_path / "l.json", '["anna", null, "lars", ""]'))
    assert (read.handles, read.understood[0].unread) == (["anna", "lars"], 2)
    assert "l.json entry 2: names no account" in read.text
    assert "l.json entry 4: names no account" in read.text


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("id", "1,23457E+16", "1 value in column id was rounded by a spreadsheet"),
        (
            "id",
            "12345678901234500",
            "1 value in column id ends in zeros from the 16th digit on, as a spreadsheet rounds it",
        ),
        ("private", "perhaps", "1 value in column private is neither yes nor no; it is left unknown"),
        ("created", "someday", "1 value in column created on is no date that is understood"),
        ("avatar_url", "javascript:x()", "1 address of a picture is no web address; it is left out"),
        ("photo", "gone.jpg", "1 file in column photo is not beside the list"),
        ("former names", "<b>", "1 former name can be no handle and was left out"),
    ],
)
def test_what_was_not_understood_once_is_told_of_as_one(
    tmp_path: Path, column: str, cell: str, told: str
) -> None:
    read = read_all(written(tmp_path / "l.csv", f"username;{column}\nanna;{cell}\n"))
    assert f"{told}" in read.text
    read = read_all(written(tmp_path / "l.csv", f"username;{column}\nanna;{cell}\nlars;{cell}\n"))
    assert "2 of the " in read.text


@pytest.mark.parametrize(
    ("text", "handles", "bad"),
    [
        ("lars.2011\nwhat is this line?\n", ["lars.2011"], "line 2"),
        ("@lars\n!!\n", ["lars"], "line 2"),
        ("two words\n@lars\nthree more words\nand a fourth line\n", ["lars"], "line 4"),
        ("https://www.instagram.com/lars/\nx y\nz w\n", ["lars"], "line 3"),
        ("@lars;Lars\n???;x\n", ["lars"], "line 2"),
        ("@lars;Lars\n@imke;Imke\nno such line\n", ["lars", "imke"], "line 3 has 1 cell, the heading 2"),
    ],
)
def test_a_bad_line_never_costs_the_good_one_beside_it(
    tmp_path: Path, text: str, handles: list[str], bad: str
) -> None:
    read = read_all(written(tmp_path / "list.txt", text))
    assert read.handles == handles
    assert bad in read.text.replace(": ", " ")


@pytest.mark.parametrize("text", ["lars;Lars\n???;x\n", "Dear Imke,\nHow are you?\nI am well.\nBye\n"])
def test_what_could_be_anything_is_refused_and_says_how_to_write_a_list(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError, match="or write one handle or address a line"):
        read_all(written(tmp_path / "list.txt", text))
