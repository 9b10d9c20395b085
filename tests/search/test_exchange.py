from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.search.exchange import missing_keys, quoted, redacted, trouble_of_status
from fakeprofile.search.tineye import TERMS

KEY = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=6, max_size=30)


@settings(max_examples=60, deadline=None)
@given(KEY, KEY, st.text(max_size=20))
def test_no_key_is_left_in_a_text_however_it_was_written(one: str, other: str, around: str) -> None:
    text = f"{around}{one}{around}{quote(other, safe='')}{around}{quote(one)}{around}"
    shown = redacted(text, (one, other))
    if "(key)" not in one + other:
        for secret in (one, other, quote(one, safe=""), quote(other, safe=""), quote(one)):
            assert secret not in shown or secret in "(key)" * 20 or secret in around


def test_a_key_that_is_part_of_another_does_not_uncover_the_rest() -> None:
    assert redacted("key-of-nobody-2", ("key-of-nobody", "key-of-nobody-2")) == "(key)"


@settings(max_examples=40, deadline=None)
@given(KEY, st.integers(0, 200))
def test_what_a_service_says_is_one_short_line_without_half_a_key(key: str, before: int) -> None:
    said = quoted("ü" * before + "\n\x1b[31m\u202e" + key, (key,))
    assert len(said) < 190 and said.isprintable()
    assert key[:6] not in said.replace("(key)", "") or key[:6] in "; it says: “"


def test_a_service_that_says_nothing_is_not_quoted() -> None:
    assert quoted(None, ()) == quoted("", ()) == quoted(" \n", ()) == ""


@pytest.mark.parametrize(
    ("status", "words", "closed"),
    [
        (400, "refused the question (400)", False), (401, "search keys set tineye", True), (402, "no searches are left", True),
        (403, "refused the key (403)", True), (404, "refused the question (404)", False), (418, "refused the question", False),
        (429, "too many searches", True), (500, "out of order (500)", False), (599, "out of order (599)", False),
    ],
)  # fmt: skip
def test_every_status_but_200_is_trouble(status: int, words: str, closed: bool) -> None:
    trouble = trouble_of_status(status, TERMS, None, ())
    assert trouble is not None
    assert words in trouble.reason
    assert (trouble.closed, trouble.charged) == (closed, 0)
    assert trouble_of_status(200, TERMS, "x", ()) is None


def test_what_is_missing_is_told_with_the_command_that_sets_it() -> None:
    assert (
        missing_keys(TERMS, {}) == "it needs FAKEPROFILE_TINEYE_KEY: run `fakeprofile search keys set tineye`"
    )
    assert missing_keys(TERMS, {"TINEYE_KEY": "a key with spaces"}) is not None
    assert missing_keys(TERMS, {"TINEYE_KEY": "key-of-nobody"}) is None
