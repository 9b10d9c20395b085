"""Default avatars by the id in an address or a file name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.avatar.names import default_in_address, default_in_file_name

OLD = "44884218_345707102882519_2446069589734326272_n"
NEW = "464760996_1254146839119862_3605321457742435801_n"
FACEBOOK = "10354686_10150004552801856_220367501106153455_n"
TIKTOK = "1594805258216454"
CDN = "https://scontent-ams2-1.cdninstagram.com"
X = "https://abs.twimg.com/sticky/default_profile_images"


@pytest.mark.parametrize(
    ("url", "platform"),
    [
        (f"{CDN}/v/t51.2885-19/{OLD}.jpg?_nc_ht=a&oh=1", "instagram"),
        (f"{CDN}/v/t51.2885-19/{NEW}.png?stp=dst-jpg_s150x150", "instagram"),
        (f"{CDN}/v/t51.2885-19/1_2_3_n.jpg?ig_cache_key=YW5vbnltb3VzX3Byb2ZpbGVfcGlj.2", "instagram"),
        (f"https://scontent.xx.fbcdn.net/v/t1/{FACEBOOK}.jpg", "facebook"),
        (f"https://p16.tiktokcdn.example/img/musically-maliva-obj/{TIKTOK}~c5_720x720.jpeg", "tiktok"),
        (f"https://p16.tiktokcdn.example/img/musically-maliva-obj/{TIKTOK}%7Ec5_100x100.jpeg", "tiktok"),
        (f"{X}/default_profile_normal.png", "x"),
        (f"{X}/default_profile_400x400.png", "x"),
        (f"{X}/default_profile.png", "x"),
    ],
)
def test_the_address_of_a_default_avatar_names_its_platform(url: str, platform: str) -> None:
    assert default_in_address(url) == platform


@pytest.mark.parametrize(
    "url",
    [
        f"{CDN}/v/t51.2885-19/1_2_3_n.jpg?next={OLD}.jpg",
        f"{CDN}/v/{OLD}.jpg/1_2_3_n.jpg",
        f"{CDN}/v/1_2_3_n.jpg#{OLD}",
        f"https://{TIKTOK}.example/a.jpg",
        f"https://photos.example/{TIKTOK}/mine.jpg",
        f"https://photos.example/a%2F{TIKTOK}.jpg",
        f"https://photos.example/9{TIKTOK}.jpg",
        f"https://photos.example/{TIKTOK}0.jpg",
        f"{CDN}/v/1{OLD}.jpg",
        f"{CDN}/v/a.jpg?note=YW5vbnltb3VzX3Byb2ZpbGVfcGlj.2",
        f"{CDN}/v/a.jpg?ig_cache_key=YW5vbnltb3VzX3Byb2ZpbGVfcGljMQ.2",
        "https://photos.example/a.jpg?ig_cache_key=YW5vbnltb3VzX3Byb2ZpbGVfcGlj.2",
        "https://cdninstagram.com.example/a.jpg?ig_cache_key=YW5vbnltb3VzX3Byb2ZpbGVfcGlj.2",
        "https://photos.example/default_profile_normal.png",
        f"{X}/../default_profile_normal.jpg",
        "https://pbs.twimg.com/profile_images/1/default_profile_normal.png",
        f"{X}/",
        "https://[bad",
        "not an address",
        "",
    ],
)
def test_the_same_digits_elsewhere_in_an_address_mean_nothing(url: str) -> None:
    assert default_in_address(url) is None


@pytest.mark.parametrize(
    ("name", "platform"),
    [
        (f"{OLD}.jpg", "instagram"),
        (f"photos/lars/{NEW}.jpg", "instagram"),
        (f"lars - {OLD}.jpg", "instagram"),
        (f"{FACEBOOK}.jpg", "facebook"),
        (f"C:\\photos\\{TIKTOK}~c5_100x100.jpeg", "tiktok"),
        ("default_profile_bigger.png", "x"),
    ],
)
def test_the_name_of_a_file_names_the_platform(name: str, platform: str) -> None:
    assert default_in_file_name(name) == platform


@pytest.mark.parametrize(
    "name",
    [f"{OLD}/mine.jpg", f"{TIKTOK}\\mine.jpg", "my_default_profile_normal.png", "default_profile.jpg", ""],
)
def test_a_folder_or_a_like_name_means_nothing(name: str) -> None:
    assert default_in_file_name(name) is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_looked_at_without_an_error_and_means_nothing(text: str) -> None:
    assert default_in_address(f"https://{text}") is None
    assert default_in_file_name(text) is None


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([OLD, NEW, FACEBOOK, TIKTOK]), st.from_regex(r"[a-z0-9=&/%._-]{0,30}", fullmatch=True))
def test_whatever_stands_in_the_query_changes_nothing(number: str, query: str) -> None:
    assert default_in_address(f"https://photos.example/holiday.jpg?{query}{number}") is None
    assert default_in_address(f"https://photos.example/{number}.jpg?{query}") is not None
