"""What gallery-dl wrote is read, and its zeros are not taken for numbers."""

from __future__ import annotations

from pathlib import Path

from accounts.exported import EXPORTS, read_by, reasons, understood, written

from fakeprofile.accounts import open_tree
from fakeprofile.accounts.gallery_dl import GalleryDlReader
from fakeprofile.records import PhotoUse, Tie

READER = GalleryDlReader()
JPEG = b"\xff\xd8\xff"
ZEROS = dict.fromkeys(
    (
        "count_media",
        "count_video",
        "count_saved",
        "count_mutual",
        "count_follow",
        "count_followed",
        "count_collection",
    ),
    0,
)


def test_seven_zeros_are_unknown_and_not_an_account_without_followers() -> None:
    _, accounts, _ = understood(EXPORTS / "gallery-dl")
    lars, imke = accounts["lars.2011xx"], accounts["imke.dorsman"]
    assert (lars.posts, lars.followers, lars.following) == (None, None, None)
    assert (imke.posts, imke.followers, imke.following) == (96, 412, 380)


def test_a_zero_among_counts_that_are_known_is_a_zero(tmp_path: Path) -> None:
    info = {"category": "instagram", "username": "a", "id": "1", **ZEROS, "count_follow": 847}
    accounts, _ = read_by(READER, written(tmp_path / "x", {"a/info.json": info}))
    assert (accounts["a"][0].posts, accounts["a"][0].followers, accounts["a"][0].following) == (0, 0, 847)


def test_the_counts_of_instagram_itself_stand_before_those_that_were_added(tmp_path: Path) -> None:
    info = {"category": "instagram", "username": "a", "id": "1", **ZEROS, "edge_followed_by": {"count": 0}}
    accounts, _ = read_by(READER, written(tmp_path / "x", {"a/info.json": info}))
    assert (accounts["a"][0].followers, accounts["a"][0].following) == (0, None)


def test_pictures_are_given_to_their_owner_with_use_and_date() -> None:
    _, accounts, _ = understood(EXPORTS / "gallery-dl")
    uses = {Path(one.path).name: (one.use, one.on) for one in accounts["lars.2011xx"].photos}
    assert uses == {
        "123.jpg": (PhotoUse.POST, "2024-05-01T12:30:00Z"),
        "avatar_90000000001.jpg": (PhotoUse.AVATAR, None),
    }
    assert [one.use for one in accounts["noor.tok"].photos] == [PhotoUse.AVATAR]


def test_a_post_on_the_page_of_somebody_belongs_to_who_wrote_it(tmp_path: Path) -> None:
    x_post = {
        "category": "twitter", "tweet_id": 1, "author": {"name": "noor_x", "id": 1, "nick": "Noor"},
        "user": {"name": "lars_x", "id": 2},
    }  # fmt: skip
    ig_post = {
        "category": "instagram",
        "media_id": "1",
        "username": "noor",
        "owner_id": "3",
        "user": {"username": "lars"},
    }
    files: dict[str, object] = {"1.jpg": JPEG, "1.jpg.json": x_post, "2.jpg": JPEG, "2.jpg.json": ig_post}
    accounts, _ = read_by(READER, written(tmp_path / "x", files))
    assert {name: len(one[0].photos) for name, one in accounts.items()} == {"noor_x": 1, "noor": 1}


def test_x_says_which_avatar_is_its_default() -> None:
    _, accounts, _ = understood(EXPORTS / "gallery-dl")
    assert accounts["quinten_x"].has_default_avatar is True
    assert accounts["quinten_x"].created_on == "2019-03-01T10:00:00Z"
    assert (accounts["quinten_x"].handle.platform, accounts["quinten_x"].posts) == ("x", 7)


def test_a_list_of_followers_is_one_and_what_failed_in_it_is_said() -> None:
    accounts, gaps = read_by(READER, EXPORTS / "gallery-dl-lists")
    assert accounts["lars.2011xx"][0].ties == (Tie.FOLLOWER,)
    assert accounts["atelier_vos"][0].ties == (Tie.LISTED,)
    assert "gallery-dl could not get it (login needed)" in reasons(gaps)
    assert "data.jsonl line 2" in reasons(gaps)


def test_a_name_that_no_account_can_have_is_a_gap(tmp_path: Path) -> None:
    items = [[6, "u", {"category": "instagram", "username": name}] for name in ("=1+1", "a\x1b[2J", "fine")]
    accounts, gaps = read_by(READER, written(tmp_path / "x", {"list.json": items}))
    assert list(accounts) == ["fine"]
    assert [gap.about.rpartition(" ")[2] for gap in gaps] == ["1", "2"]


def test_a_number_that_a_program_rounded_is_unknown_and_said(tmp_path: Path) -> None:
    info = {"category": "instagram", "username": "a", "pk": 9.0e16}
    accounts, gaps = read_by(READER, written(tmp_path / "x", {"a/info.json": info}))
    assert accounts["a"][0].handle.account_id is None
    assert "rounded by another program" in reasons(gaps)


def test_folders_alone_name_the_owner(tmp_path: Path) -> None:
    files: dict[str, object] = {"instagram/lars.2011xx/1.jpg": JPEG, "elders/2.jpg": JPEG}
    accounts, gaps = read_by(READER, written(tmp_path / "x", files))
    assert (accounts["lars.2011xx"][0].handle.platform, len(accounts)) == ("instagram", 1)
    assert "1 picture" in reasons(gaps)


def test_folders_called_like_a_platform_with_pictures_of_other_names_are_not_its_own(tmp_path: Path) -> None:
    with open_tree(written(tmp_path / "x", {"Instagram/anna.jpg": JPEG, "twitter/lars/1.jpg": JPEG})) as tree:
        assert READER.fits(tree) == 0
    with open_tree(written(tmp_path / "y", {"twitter/lars/55_1.jpg": JPEG})) as tree:
        assert READER.fits(tree) > 0


def test_broken_files_are_gaps(tmp_path: Path) -> None:
    files: dict[str, object] = {"1.jpg": JPEG, "1.jpg.json": "{", "a/info.json": "[", "b/info.json": "7"}
    accounts, gaps = read_by(READER, written(tmp_path / "x", files))
    assert accounts == {}
    assert len([gap for gap in gaps if gap.step == "account"]) == 3
