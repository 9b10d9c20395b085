"""An Instagram export: nobody is lost in silence, and nobody follows who does not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from accounts.exported import EXPORTS, read_by, reasons, understood, written

from fakeprofile.accounts import open_tree
from fakeprofile.accounts.instagram import InstagramReader, owner_of
from fakeprofile.records import Handle, Tie

READER = InstagramReader()
FOLDER = "connections/followers_and_following"


def record(name: str, seconds: int = 1_700_000_000) -> dict[str, object]:
    link = {"href": f"https://www.instagram.com/{name}", "value": name, "timestamp": seconds}
    return {"title": "", "media_list_data": [], "string_list_data": [link]}


def test_each_list_gives_its_own_tie_and_none_but_followers_follow() -> None:
    accounts, _ = read_by(READER, EXPORTS / "instagram-json")
    ties = {name: {tie for one in found for tie in one.ties} for name, found in accounts.items()}
    assert ties["imke.dorsman"] == {Tie.FOLLOWER, Tie.FOLLOWING}
    assert ties["tobias.q_1987"] == {Tie.REQUESTED}
    assert ties["zanger_fanpagina"] == ties["bandje.nl"] == {Tie.LISTED}
    assert ties["oude_klasgenoot"] == {Tie.UNFOLLOWED}
    assert ties["kerel_x900"] == {Tie.BLOCKED}
    for name in ("beste.vriendin", "tante.bep", "katten", "iemand_van_threads"):
        assert name not in accounts


def test_when_somebody_began_to_follow_is_told_in_utc() -> None:
    accounts, _ = read_by(READER, EXPORTS / "instagram-json")
    assert accounts["lars.2011xx"][0].tied_on == "2023-11-14T23:13:20Z"
    assert accounts["lars.2011xx"][0].where == "followers_1.json entry 2"


def test_the_follow_date_stands_for_somebody_in_several_lists() -> None:
    _, accounts, _ = understood(EXPORTS / "instagram-json")
    assert accounts["imke.dorsman"].tied_on == "2023-11-14T22:13:20Z"


def test_lists_that_say_nothing_of_who_follows_are_named_as_left_out() -> None:
    _, _, gaps = understood(EXPORTS / "instagram-json")
    assert "left out" in reasons(gaps)
    assert "close_friends.json" in reasons(gaps)
    assert "messages left closed" in reasons(gaps)


def test_copies_that_differ_are_joined_and_said_to() -> None:
    accounts, gaps = read_by(READER, EXPORTS / "instagram-soepkieke2020-2023-12-01-aBcDeFgH.zip")
    assert {"weg.sinds", "noor.vlinder"} <= set(accounts)
    assert "2 copies of followers_1 (followers) differ" in reasons(gaps)
    assert "3 stand in some only" in reasons(gaps)


def test_copies_that_are_equal_need_no_word(tmp_path: Path) -> None:
    files = {f"{FOLDER}/{name}": [record("a")] for name in ("followers_1.json", "followers_1 (2).json")}
    assert read_by(READER, written(tmp_path / "x", files))[1] == []


def test_names_that_are_translated_and_mangled_are_read() -> None:
    accounts, _ = read_by(READER, EXPORTS / "instagram-labels")
    assert accounts["noor.vlinder"][0].name == "Noor Vlínder"
    assert accounts["lars.2011xx"][0].name == "Lars ⚽"


def test_a_page_tells_days_in_its_language_or_none_but_never_a_time() -> None:
    accounts, _ = read_by(READER, EXPORTS / "instagram-html")
    days = [accounts[name][0].tied_on for name in ("imke.dorsman", "quinten_verlaat", "noor.vlinder")]
    assert days == ["2026-05-10", "2026-08-10", None]
    assert accounts["atelier_vos"][0].tied_on == "2026-08-10"


def test_entries_that_name_nobody_are_gaps_with_their_number(tmp_path: Path) -> None:
    items = [record("fine_user"), record("Not A User"), {"x": 1}]
    accounts, gaps = read_by(READER, written(tmp_path / "x", {f"{FOLDER}/followers_1.json": items}))
    assert list(accounts) == ["fine_user"]
    assert [gap.about.rpartition("followers_1.json ")[2] for gap in gaps] == ["entry 2", "entry 3"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("followers_1.json", [{"new": 1}, {"new": 2}], "none of its 2 entries"),
        ("followers_1.json", {"version": 3, "data": {"people": "x"}}, "no list of accounts is known in it"),
        ("followers_1.json", "{oops", "not whole JSON"),
        ("followers_1.json", b"\xff\xfe[\x00]\x00", "not UTF-8"),
        ("followers_1.json", [], "empty"),
        (
            "followers_1.html",
            '<div class="pam uiBoxWhite noborder"><p>x</p></div>' * 3,
            "none of its 3 records",
        ),
        ("followers_1.html", "<p>x</p>", "empty"),
        (
            "followers_1.json",
            [
                {"label_values": [{"label": "X", "value": f"a{n}"}, {"label": "Y", "value": f"b{n}"}]}
                for n in range(2)
            ],
            "cannot be told",
        ),
    ],
)
def test_a_list_that_is_not_understood_is_said_with_its_count(
    name: str, content: object, words: str, tmp_path: Path
) -> None:
    accounts, gaps = read_by(READER, written(tmp_path / "x", {f"{FOLDER}/{name}": content}))
    assert accounts == {}
    assert words in reasons(gaps)
    assert name in reasons(gaps)


def test_a_damaged_list_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    files: dict[str, object] = {
        f"{FOLDER}/followers_1.json": "{oops",
        f"{FOLDER}/followers_2.json": [record("b")],
    }
    accounts, gaps = read_by(READER, written(tmp_path / "x", files))
    assert list(accounts) == ["b"]
    assert len(gaps) == 1


def test_a_page_with_more_boxes_than_names_says_so(tmp_path: Path) -> None:
    box = '<div class="uiBoxWhite"><a href="https://www.instagram.com/{0}">{0}</a></div>'
    page = box.format("a") + '<div class="uiBoxWhite">new</div>'
    accounts, gaps = read_by(READER, written(tmp_path / "x", {f"{FOLDER}/followers_1.html": page}))
    assert list(accounts) == ["a"]
    assert "2 records, and 1 of them name" in reasons(gaps)


def test_a_page_that_is_cut_off_is_said_to_be(tmp_path: Path) -> None:
    whole = (EXPORTS / "instagram-html" / FOLDER / "followers_1.html").read_bytes()
    source = written(tmp_path / "x", {f"{FOLDER}/followers_1.html": whole[: len(whole) // 2]})
    accounts, gaps = read_by(READER, source)
    assert 0 < len(accounts) < 5
    assert "followers_1.html: the page has no end" in reasons(gaps)


def test_a_list_as_json_and_as_html_is_read_once(tmp_path: Path) -> None:
    page = '<a href="https://www.instagram.com/a">a</a><div>10 mei 2026 10:00</div>'
    files: dict[str, object] = {
        f"{FOLDER}/followers_1.json": [record("a")],
        f"{FOLDER}/followers_1.html": page,
    }
    accounts, gaps = read_by(READER, written(tmp_path / "x", files))
    assert [one.tied_on for one in accounts["a"]] == ["2023-11-14T22:13:20Z"]
    assert gaps == []


def test_a_page_is_read_where_its_json_is_damaged(tmp_path: Path) -> None:
    page = '<a href="https://www.instagram.com/a">a</a>'
    files: dict[str, object] = {f"{FOLDER}/followers_1.json": "{", f"{FOLDER}/followers_1.html": page}
    assert list(read_by(READER, written(tmp_path / "x", files))[0]) == ["a"]


def test_a_list_under_another_name_makes_nobody_a_follower(tmp_path: Path) -> None:
    accounts, gaps = read_by(READER, written(tmp_path / "x", {"mijn lijst.json": [record("a")]}))
    assert accounts["a"][0].ties == (Tie.LISTED,)
    assert "does not say which list it is" in reasons(gaps)


def test_a_cut_date_range_is_noticed(tmp_path: Path) -> None:
    day = 86_400
    following = [record(f"u{n}", 1_788_000_000 - n * 10 * day) for n in range(100)]
    followers = [record(f"f{n}", 1_788_000_000 - n * 10 * day) for n in range(30)]
    files: dict[str, object] = {
        f"{FOLDER}/followers_1.json": followers,
        f"{FOLDER}/following.json": {"relationships_following": following},
    }
    _, gaps = read_by(READER, written(tmp_path / "x", files))
    assert "the export may be cut" in reasons(gaps)


def test_parts_of_one_export_in_several_zips_are_one_source(tmp_path: Path) -> None:
    for number, name in ((1, "a"), (2, "b")):
        written(tmp_path / "parts", {f"f{number}.json": [record(name)]})
        with zipfile.ZipFile(tmp_path / "parts" / f"part-{number}.zip", "w") as file:
            file.write(tmp_path / "parts" / f"f{number}.json", f"{FOLDER}/followers_{number}.json")
        (tmp_path / "parts" / f"f{number}.json").unlink()
    assert set(understood(tmp_path / "parts")[1]) == {"a", "b"}


def test_the_day_of_the_export_is_that_in_the_name_of_its_zip() -> None:
    accounts, _ = read_by(READER, EXPORTS / "instagram-soepkieke2020-2023-12-01-aBcDeFgH.zip")
    assert {one.as_of for found in accounts.values() for one in found} == {"2023-12-01"}
    accounts, _ = read_by(READER, EXPORTS / "instagram-json")
    assert {one.as_of for found in accounts.values() for one in found} == {None}


def test_the_owner_is_told_by_the_export_or_by_the_name_of_its_zip() -> None:
    for name, owner in (("instagram-json", "soepkieke2020"), ("instagram-html", None)):
        with open_tree(EXPORTS / name) as tree:
            assert owner_of(tree) == (Handle(name=owner, platform="instagram") if owner else None)
    with open_tree(EXPORTS / "instagram-soepkieke2020-2023-12-01-aBcDeFgH.zip") as tree:
        assert owner_of(tree) == Handle(name="soepkieke2020", platform="instagram")
