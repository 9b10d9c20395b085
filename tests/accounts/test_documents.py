"""Documents of strangers are read to the end or refused in one line."""

from __future__ import annotations

import json
import lzma

import pytest

from fakeprofile.accounts.documents import count_in, damaged_id, id_in, json_of, unpacked


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{oops",
        b"\xff\xfe\x00",
        b"[" * 200_000,
        b"[" + b"9" * 5000 + b"]",
        json.dumps([1] * 9).encode()[:-3],
    ],
)
def test_broken_json_is_refused_in_one_line(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"^[^\n]{5,120}$"):
        json_of(content)


def test_json_with_a_byte_order_mark_is_read() -> None:
    assert json_of(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


@pytest.mark.parametrize("cut", [lambda b: b[:-5], lambda b: b"x" + b, lambda b: b[:20], lambda b: b""])
def test_a_damaged_xz_file_is_refused(cut: object) -> None:
    content = cut(lzma.compress(b"x" * 500, check=lzma.CHECK_NONE))  # type: ignore[operator]
    with pytest.raises(ValueError, match="xz"):
        unpacked(content)


def test_an_xz_bomb_is_refused_before_it_fills_the_memory() -> None:
    with pytest.raises(ValueError, match="more than 1 MB"):
        unpacked(lzma.compress(bytes(3_000_000), preset=0), most=1024 * 1024)


@pytest.mark.parametrize("value", [9.0e10, "7,65E+16", "1.23457E+16"])
def test_an_id_that_lost_digits_is_damaged_and_never_read(value: object) -> None:
    assert id_in({"id": value}, "id") is None
    assert damaged_id({"id": value}, "id")


@pytest.mark.parametrize("value", [True, -1, None, "x", "٣", 1.5, "", {"count": None}, []])
def test_what_is_no_count_is_unknown_and_not_zero(value: object) -> None:
    assert count_in({"count": value}, "count") is None


def test_a_count_of_zero_is_zero() -> None:
    assert count_in({"a": None, "b": {"count": 0}}, "a", "b") == 0
