"""A folder of Instaloader gives whose it is, its pictures and their dates."""

from __future__ import annotations

import json
import lzma
import zipfile
from pathlib import Path

import pytest
from accounts.exported import EXPORTS, read_by, reasons, written

from fakeprofile.accounts import open_tree, read_photo
from fakeprofile.accounts.instaloader import InstaloaderReader
from fakeprofile.records import Photo, PhotoUse
from fakeprofile.settings import DEFAULT

READER = InstaloaderReader()
JPEG = b"\xff\xd8\xff"


def profile(name: str, number: str, **more: object) -> dict[str, object]:
    node = {"id": number, "username": name, **more}
    return {"node": node, "instaloader": {"version": "4.15.1", "node_type": "Profile"}}


def post(owner: dict[str, object]) -> dict[str, object]:
    node = {"shortcode": "C", "owner": owner}
    return {"node": node, "instaloader": {"node_type": "Post"}}


def test_both_generations_of_profiles_are_read_and_posts_that_were_not_saved_are_unknown() -> None:
    accounts, gaps = read_by(READER, EXPORTS / "instaloader")
    (lars,), (imke,) = accounts["lars.2011xx"], accounts["imke.dorsman"]
    assert (lars.followers, lars.following, lars.posts) == (3, 847, None)
    assert (imke.followers, imke.following, imke.posts) == (412, 380, 96)
    assert (lars.handle.account_id, imke.handle.account_id) == ("90000000001", "90000000002")
    assert (lars.private, imke.private, lars.has_default_avatar, imke.has_default_avatar) == (
        False,
        True,
        None,
        False,
    )
    assert lars.bio == "11 jaar ⚽"
    assert imke.avatar_url == "https://pictures.example/imke.jpg"
    assert gaps == []


def test_the_history_of_a_profile_picture_is_told_newest_first() -> None:
    accounts, _ = read_by(READER, EXPORTS / "instaloader")
    photos = [(Path(one.path).name[:10], one.use, one.on) for one in accounts["lars.2011xx"][0].photos]
    assert photos == [
        ("2024-02-03", PhotoUse.AVATAR, "2024-02-03T09:00:00Z"),
        ("2023-11-02", PhotoUse.FORMER_AVATAR, "2023-11-02T08:15:10Z"),
        ("2024-05-01", PhotoUse.POST, "2024-05-01T12:30:00Z"),
        ("2024-05-01", PhotoUse.POST, "2024-05-01T12:30:00Z"),
    ]


def test_a_post_under_a_hashtag_belongs_to_who_posted_it() -> None:
    accounts, _ = read_by(READER, EXPORTS / "instaloader")
    assert accounts["quinten_verlaat"][0].handle.account_id == "90000000003"
    assert [one.use for one in accounts["quinten_verlaat"][0].photos] == [PhotoUse.POST]


def test_a_folder_for_all_gives_each_profile_its_own_pictures_and_number() -> None:
    accounts, gaps = read_by(READER, EXPORTS / "instaloader-flat")
    assert {name: (one.handle.account_id, len(one.photos)) for name, (one,) in accounts.items()} == {
        "milan_vdb_": ("90000000004", 2),
        "noor.vlinder": ("90000000005", 1),
    }
    assert gaps == []


def test_where_a_picture_has_no_date_nobody_says_which_is_the_current_one(tmp_path: Path) -> None:
    files: dict[str, object] = {
        "lars/id": "5\n",
        "lars/_UTC_profile_pic.jpg": JPEG,
        "lars/2024-02-03_09-00-00_UTC_profile_pic.jpg": JPEG,
    }
    accounts, _ = read_by(READER, written(tmp_path / "x", files))
    uses = {one.use for one in accounts["lars"][0].photos}
    assert PhotoUse.AVATAR not in uses


def test_names_that_one_number_had_are_one_account_under_the_name_of_the_folder(tmp_path: Path) -> None:
    files: dict[str, object] = {
        "lars/id": "5\n",
        "lars/soepkieke_5.json": profile("soepkieke", "5"),
        "lars/lars_5.json": profile("lars", "5"),
    }
    accounts, _ = read_by(READER, written(tmp_path / "x", files))
    assert accounts["lars"][0].former_names == ("soepkieke",)
    assert list(accounts) == ["lars"]


def test_a_folder_that_is_called_otherwise_is_read_as_its_profile_and_said(tmp_path: Path) -> None:
    files: dict[str, object] = {
        "oude.map/id": "5\n",
        "oude.map/lars_5.json": profile("lars", "5"),
        "oude.map/2024-02-03_09-00-00_UTC.jpg": JPEG,
    }
    accounts, gaps = read_by(READER, written(tmp_path / "x", files))
    assert len(accounts["lars"][0].photos) == 1
    assert "the folder is called oude.map" in reasons(gaps)


def test_a_profile_in_the_folder_of_another_number_gets_none_of_its_pictures(tmp_path: Path) -> None:
    files: dict[str, object] = {
        "lars/id": "5\n",
        "lars/lars_6.json": profile("lars.de.tweede", "6"),
        "lars/2024-02-03_09-00-00_UTC.jpg": JPEG,
    }
    accounts, gaps = read_by(READER, written(tmp_path / "x", files))
    assert accounts["lars"][0].handle.account_id == "5"
    assert len(accounts["lars"][0].photos) == 1
    assert accounts["lars.de.tweede"][0].photos == ()
    assert "kept apart" in reasons(gaps)


def test_a_post_of_version_3_names_its_owner_by_number(tmp_path: Path) -> None:
    files: dict[str, object] = {
        "lars/id": "5\n",
        "lars/2018-02-03_09-00-00_UTC.jpg": JPEG,
        "lars/2018-02-03_09-00-00_UTC.json": {"shortcode": "B", "owner": {"id": "5"}},
    }
    accounts, _ = read_by(READER, written(tmp_path / "x", files))
    assert [one.on for one in accounts["lars"][0].photos] == ["2018-02-03T09:00:00Z"]


def test_a_post_of_somebody_else_in_the_folder_is_theirs(tmp_path: Path) -> None:
    files: dict[str, object] = {
        "lars/id": "5\n",
        "lars/2024-02-03_09-00-00_UTC.jpg": JPEG,
        "lars/2024-02-03_09-00-00_UTC.json": post({"id": "7", "username": "noor.vlinder"}),
    }
    accounts, _ = read_by(READER, written(tmp_path / "x", files))
    assert len(accounts["noor.vlinder"][0].photos) == 1
    assert accounts.get("lars", [None])[0] is None or accounts["lars"][0].photos == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lars_5.json.xz", lzma.compress(json.dumps(profile("lars", "5")).encode())[:-20]),
        ("lars_5.json.xz", b"no xz at all"),
        ("lars_5.json", b'{"node": {'),
        ("lars_5.json", json.dumps(profile("=cmd()", "5")).encode()),
        ("lars_5.json", json.dumps(profile("lars\u202e", "5")).encode()),
    ],
)
def test_a_damaged_file_is_a_gap_and_the_pictures_stay(name: str, content: bytes, tmp_path: Path) -> None:
    files: dict[str, object] = {
        "lars/id": "5\n",
        f"lars/{name}": content,
        "lars/2024-02-03_09-00-00_UTC.jpg": JPEG,
    }
    accounts, gaps = read_by(READER, written(tmp_path / "x", files))
    assert len(accounts["lars"][0].photos) == 1
    assert [gap.step for gap in gaps] == ["account"]
    assert name in reasons(gaps)


def test_pictures_of_nobody_known_are_counted(tmp_path: Path) -> None:
    accounts, gaps = read_by(READER, written(tmp_path / "x", {"#voetbal/2024-02-03_09-00-00_UTC.jpg": JPEG}))
    assert accounts == {}
    assert "1 picture" in reasons(gaps)


def test_pictures_under_another_pattern_are_the_owners_and_their_use_is_unknown(tmp_path: Path) -> None:
    files: dict[str, object] = {"lars/id": "5\n", "lars/zomer 1.jpg": JPEG, "zomer/x.jpg": JPEG}
    accounts, gaps = read_by(READER, written(tmp_path / "x", files))
    assert [one.use for one in accounts["lars"][0].photos] == [PhotoUse.UNKNOWN]
    assert reasons(gaps).count("1 picture whose owner") == 1


def test_pictures_called_so_among_others_make_no_folder_of_instaloader(tmp_path: Path) -> None:
    names = {"2024-05-01_12-30-00_UTC.jpg": JPEG, "anna.jpg": JPEG}
    with open_tree(written(tmp_path / "x", dict(names))) as tree:
        assert READER.fits(tree) == 0
    with open_tree(written(tmp_path / "y", {"lars/2024-05-01_12-30-00_UTC.jpg": JPEG})) as tree:
        assert READER.fits(tree) > 0


def test_a_number_that_is_none_is_not_taken_for_one(tmp_path: Path) -> None:
    files: dict[str, object] = {"lars/id": "9,0E+10\n", "lars/2024-02-03_09-00-00_UTC.jpg": JPEG}
    accounts, gaps = read_by(READER, written(tmp_path / "x", files))
    assert accounts["lars"][0].handle.account_id is None
    assert "should hold the number" in reasons(gaps)


def test_a_number_that_a_program_rounded_is_unknown_and_said(tmp_path: Path) -> None:
    files: dict[str, object] = {
        "lars/lars_5.json": profile("lars", "5") | {"node": {"username": "lars", "id": 9.0e16}}
    }
    accounts, gaps = read_by(READER, written(tmp_path / "x", files))
    assert accounts["lars"][0].handle.account_id is None
    assert "rounded by another program" in reasons(gaps)


def test_a_list_beside_the_folders_is_said_not_to_be_read(tmp_path: Path) -> None:
    files: dict[str, object] = {
        "lars/id": "5\n",
        "lars/_UTC_profile_pic.jpg": JPEG,
        "volgers.csv": "username\nnoor\n",
    }
    _, gaps = read_by(READER, written(tmp_path / "x", files))
    assert "not read: volgers.csv" in reasons(gaps)


def test_pictures_in_a_zip_can_be_opened_by_themselves(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "alles.zip", "w") as file:
        for path in sorted((EXPORTS / "instaloader").rglob("*.*")):
            file.write(path, path.relative_to(EXPORTS))
    accounts, _ = read_by(READER, tmp_path / "alles.zip")
    photos = [read_photo(one, DEFAULT) for one in accounts["lars.2011xx"][0].photos]
    assert [isinstance(one, Photo) and one.width for one in photos] == [64] * 4


def test_names_as_windows_has_them_are_understood(tmp_path: Path) -> None:
    files: dict[str, object] = {"․lars/id": "5\n", "․lars/2024-02-03_09-00-00_UTC.jpg": JPEG}
    assert list(read_by(READER, written(tmp_path / "x", files))[0]) == [".lars"]
