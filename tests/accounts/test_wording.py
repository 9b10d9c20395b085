"""Words of an export are as they were meant, and harmless."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.accounts.wording import cleaned, handle_name, handle_of, repaired


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_a_text_that_meta_wrote_byte_by_byte_comes_back(text: str) -> None:
    if repaired(text) == text:
        assert (
            repaired(text.encode("utf-8", "ignore").decode("latin-1"))
            == text.encode("utf-8", "ignore").decode()
        )


@pytest.mark.parametrize("text", ["Noor", "Zoë", "Été à Ålesund", "Лена", "Lars ⚽", "ÄÖÜ ß", "50 € Â"])
def test_a_text_that_is_right_already_stays(text: str) -> None:
    assert repaired(text) == text


def test_a_text_that_was_encoded_twice_or_by_windows_is_repaired() -> None:
    twice = "Zoë ⚽".encode().decode("latin-1").encode().decode("latin-1")
    assert repaired(twice) == "Zoë ⚽"
    assert repaired("Ð\u0098Ð¼Ñ\u008f Ð¿Ð¾Ð»ÑŒÐ·Ð¾Ð²Ð°Ñ\u0082ÐµÐ»Ñ\u008f") == "Имя пользователя"


def test_a_name_cannot_move_the_cursor_turn_text_around_or_fill_the_screen() -> None:
    shown = cleaned("Lars\x1b[2J\u202egnp.exe\u2066\r\nboe" + "x" * 5000)
    assert shown is not None
    assert shown.startswith("Lars[2Jgnp.exe boe")
    assert len(shown) <= 200


def test_an_emoji_of_several_characters_stays_whole() -> None:
    assert cleaned("gezin 👨‍👩‍👧 ❤️") == "gezin 👨‍👩‍👧 ❤️"


def test_a_name_of_invisible_characters_is_none() -> None:
    assert cleaned(" \u200b\u202e\u200d ") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a b",
        "a\x1b[2J",
        "lars\u202e",
        "<b>lars</b>",
        "=cmd()",
        "@",
        "../x",
        "a" * 31,
        "lars\u200b",
        "ľars",
        "a/b",
    ],
)
def test_no_account_on_instagram_is_called_so(text: str) -> None:
    assert handle_name(text, "instagram") is None


@pytest.mark.parametrize(
    "text", ["=HYPERLINK(1)", "<script>", "a b", "-x", "a\u202eb", "", "x" * 101, "a\nb"]
)
def test_no_account_anywhere_is_called_so(text: str) -> None:
    assert handle_of(text, "tiktok") is None


def test_a_handle_keeps_how_it_is_written_without_its_at() -> None:
    assert handle_name("@Lars.2011xx", "instagram") == "Lars.2011xx"
