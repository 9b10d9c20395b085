"""The box with the signs of an account: values, how usual they are, why they may be innocent; no score."""

from __future__ import annotations

import re
from datetime import date

import pytest

from fakeprofile.avatar import AvatarSaid, AvatarState, AvatarWhy
from fakeprofile.records import Account, Handle
from fakeprofile.report import english_signs
from fakeprofile.report.signs import avatar_words, signs_lines
from fakeprofile.signs import SignCode, signs_of

TODAY = date(2026, 7, 1)
STORY = Account(
    handle=Handle(name="Soepkieke2020belgium", platform="tiktok"),
    posts=1,
    following=847,
    followers=12,
    has_default_avatar=True,
    created_on="2026-05",
    former_names=("lars\x1b[31m\u202e",),
    as_of="2026-06-01",
)


def box(account: Account, known: int | None = None, total: int | None = None) -> list[str]:
    return list(signs_lines(signs_of(account, on=TODAY, photos_known=known, photos_total=total)))


def squeezed(lines: list[str]) -> str:
    return re.sub(r"\s+", " ", " ".join(lines))


def test_each_sign_stands_with_its_value_how_usual_it_is_and_why_it_may_be_innocent() -> None:
    text = squeezed(box(STORY, 2, 5))
    assert (
        "Posts and follows posts 1, follows 847 at most 1 post, and follows 500 or more: "
        "0.8 % of 994 ordinary accounts, 54.0 % of 200 spam accounts May be innocent: somebody who only looks"
    ) in text
    assert "Age of the account 31 to 61 days" in text
    assert "Pictures elsewhere 2 of 5 are known from elsewhere" in text
    assert "nothing is added up" in text


def test_what_is_unknown_is_called_so_and_no_zero_stands_there() -> None:
    lines = box(Account(handle=Handle(name="imke")))
    assert sum(line.endswith("  unknown") for line in lines) == len(SignCode) - 1
    assert [line.split()[-1] for line in lines if "Digits" in line] == ["0"]
    assert "innocent" not in squeezed(lines)


def test_a_sign_that_does_not_hold_is_a_value_and_nothing_more() -> None:
    assert squeezed(box(Account(handle=Handle(name="imke"), posts=120))).count("120") == 1
    assert "ordinary" not in squeezed(box(Account(handle=Handle(name="imke"), posts=120)))


def test_the_limits_of_the_table_are_told_once() -> None:
    text = squeezed(box(STORY))
    for code in ("spam-of-2018", "few-counted", "most-are-ordinary", "other-platform", "may-be-a-year"):
        assert text.count(english_signs.LIMIT_WORDS[code]) == 1


def test_no_line_is_longer_than_96_characters_nor_holds_what_moves_a_cursor() -> None:
    long = Account(handle=Handle(name="a"), former_names=("x" * 300, "lars\x1b[31m\u202e\n"))
    for line in box(STORY) + box(long):
        assert len(line) <= 96
        assert not re.search(r"[\x00-\x1f\x7f\u202e]", line)


def test_no_signs_make_no_box() -> None:
    assert list(signs_lines(())) == []


def test_every_code_has_words_and_none_accuses() -> None:
    words = [
        text
        for table in vars(english_signs).values()
        if isinstance(table, dict) and "__name__" not in table
        for text in table.values()
    ]
    assert len(words) > 60
    assert not re.search(r"\b(fake|real|predator|guilt|suspicious|bot)\b", " ".join(words), re.IGNORECASE)
    assert set(english_signs.LABELS) == set(SignCode)
    assert set(english_signs.WHYS) == set(AvatarWhy)
    assert set(english_signs.STATES) == set(AvatarState)


def test_the_words_for_every_row_reason_and_limit_are_there() -> None:
    accounts = [
        Account(handle=Handle(name=f"a{'9' * digits}"), posts=posts, following=following, followers=followers)
        for digits, posts, following, followers in [(3, 0, 500, 100), (4, 1, 900, 10), (0, 2, 40, 49)]
    ]
    for account in (*accounts, STORY):
        for sign in signs_of(account, on=TODAY, photos_known=1, photos_total=1):
            assert sign.innocent in english_signs.INNOCENTS
            assert set(sign.limits) <= set(english_signs.LIMIT_WORDS)
            assert sign.usual is None or sign.usual.row in english_signs.ROWS


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            AvatarSaid(state=AvatarState.KNOWN_DEFAULT, platform="tiktok", why=AvatarWhy.ADDRESS),
            "a default picture of TikTok (by its address)",
        ),
        (
            AvatarSaid(
                state=AvatarState.LOOKS_DEFAULT, platform=None, why=AvatarWhy.TEMPLATE, template="our\x07club"
            ),
            "looks like a default picture (it looks the same as “our�club”, which was named as one)",
        ),
    ],
)
def test_what_a_profile_picture_is_stands_in_one_line(said: AvatarSaid, words: str) -> None:
    assert avatar_words(said) == words
