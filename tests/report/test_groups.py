"""Groups in words: a matrix that can be read, names that cannot harm, and nobody accused."""

from __future__ import annotations

import json
import re

from fakeprofile.groups import Excluded, Grouped, Shared, groups_of
from fakeprofile.records import Handle
from fakeprofile.report.columns import columns_of
from fakeprofile.report.groups import groups_lines, groups_text

ESCAPE = "\x1b[2J\u202eneddih\r"


def handle(name: str, number: str | None = None) -> Handle:
    return Handle(name=name, platform="instagram", account_id=number)


def grouped() -> Grouped:
    shown = [
        *(
            Shared(account=account, picture=picture)
            for account, picture in ["ap", "bq", "as", "bs", "cp", "dp"]
        ),
        *(Shared(account=f"e{n}", picture="x", excluded=Excluded.DEFAULT_AVATAR) for n in range(312)),
    ]
    handles = {
        "a": handle("soepkieke", "11"),
        "b": handle("lars", "22"),
        "c": handle(ESCAPE),
        "d": handle("old", "11"),
    }
    return groups_of(shown, [("p", "q")], handles)


def test_the_matrix_shows_a_mark_for_each_picture_of_each_account() -> None:
    text = groups_text(grouped(), {"p": "1-stage.jpg"})
    rows = {line.split()[0]: line.split()[2:] for line in text.splitlines() if " x" in line}
    assert rows["instagram:soepkieke"] == ["x", "x"]
    assert rows["instagram:lars"] == ["x", "x"]
    assert re.search(r"unknown +x  \.$", text, re.MULTILINE)
    assert "A  on all 3 accounts: 1-stage.jpg and 1 more file that shows it" in text


def test_an_account_without_a_known_id_is_said_to_be_unknown_and_a_renamed_one_is_one_account() -> None:
    text = groups_text(grouped())
    assert "The numeric id of 1 of them is not known" in text
    assert "also called instagram:old: the same numeric id" in text
    assert "Group 1: 3 accounts" in text


def test_default_avatars_are_counted_and_said_to_make_no_group() -> None:
    text = groups_text(grouped())
    assert "312 accounts have a default avatar" in text
    assert "make no group" in " ".join(text.split())
    assert "Group 2" not in text


def test_no_name_can_move_the_cursor_and_every_line_fits() -> None:
    wide = Handle(name="李" * 80, platform="x")
    shown = [Shared(account=one, picture=str(number)) for one in "ab" for number in range(30)]
    text = groups_text(groups_of(shown, [], {"a": wide}), {"0": ESCAPE * 20}) + groups_text(grouped())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert max(columns_of(line) for line in text.splitlines()) <= 80


def test_many_groups_members_and_pictures_are_cut_and_counted() -> None:
    shown = [Shared(account=f"{group}-{n}", picture=f"{group}") for group in range(30) for n in range(60)]
    text = groups_text(groups_of(shown, [], {}))
    assert "and 5 more groups" in text
    assert "and 20 more accounts" in text


def test_nothing_found_is_no_all_clear() -> None:
    words = " ".join(groups_text(Grouped()).split())
    assert "among those whose pictures were compared" in words


def test_a_search_that_was_cut_short_says_so() -> None:
    assert "more ways to group" in groups_text(Grouped(complete=False))


def test_nobody_is_accused() -> None:
    text = groups_text(grouped()).casefold()
    assert not re.search(r"fake|predator|stolen|thief|guilt|%", text)
    assert "fan page" in text


def test_the_json_lines_hold_groups_what_was_set_aside_and_renamed_accounts() -> None:
    lines = [json.loads(line) for line in groups_lines(grouped())]
    assert [line["schema"] for line in lines] == [
        "fakeprofile.group/1",
        "fakeprofile.set-aside/1",
        "fakeprofile.renamed/1",
    ]
    first = next(member for member in lines[0]["members"] if member["account"] == "a")
    assert first["shows"] == [["p"], ["s"]]
    assert first["other_names"] == ["instagram:old"]
    assert len(lines[1]["accounts"]) == 312
