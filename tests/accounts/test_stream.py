"""A large document gives what the whole of it gives, or is not read as a stream at all."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Generator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.accounts.documents import json_of
from fakeprofile.accounts.stream import Listed, items_in, outline_of
from fakeprofile.errors import SourceError

NUMBERS = st.one_of(
    st.integers(), st.floats(), st.sampled_from([2**70, -(2**70), 1e300, 123456789012345678901234567890])
)
TEXTS = st.text(st.characters(), max_size=6) | st.sampled_from(["\ud83d", "\udce9", "Ã©", '"', "\\", ""])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=25,
)


def streamed(content: bytes, size: int, deepest: int = 1) -> object:
    def pieces() -> Generator[bytes]:
        for at in range(0, len(content), size):
            yield content[at : at + size]

    return outline_of(pieces, deepest)


def is_text(text: str) -> bool:
    """Whether it can be written as UTF-8, which half of an emoji cannot."""
    return text.encode("utf-8", "replace").decode() == text


def whole(value: object) -> object:
    """The value with its lists read."""
    if isinstance(value, Listed):
        items = list(value)
        assert len(items) == len(value)
        return items
    return {key: whole(inner) for key, inner in value.items()} if isinstance(value, dict) else value


@given(VALUES, st.integers(1, 40), st.sampled_from([None, 1]), st.booleans(), st.integers(0, 3))
@settings(max_examples=300, deadline=None)
def test_a_stream_gives_every_value_that_the_whole_document_gives(
    value: object, size: int, indent: int | None, ascii_only: bool, deepest: int
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    content = (text if is_text(text) else json.dumps(value, indent=indent)).encode()
    # The texts tell kinds of numbers, NaN and minus zero apart, which ``==`` does not.
    assert repr(whole(streamed(content, size, deepest))) == repr(json_of(content))


@given(VALUES, st.integers(1, 20), st.data())
@settings(max_examples=300, deadline=None)
def test_what_is_broken_is_refused_like_the_whole_document_or_read_like_it(
    value: object, size: int, data: st.DataObject
) -> None:
    content = json.dumps(value).encode()
    at = data.draw(st.integers(0, len(content)))
    put = data.draw(
        st.sampled_from([b"", b"]", b"}", b",", b"\xff", b'"', b"\xef\xbb\xbf", b"1", b" x", b"\x00"])
    )
    broken = content[:at] + put + content[at + data.draw(st.integers(0, 3)) :]
    try:
        expected = json_of(broken)
    except ValueError:
        with pytest.raises(ValueError):
            streamed(broken, size)
        return
    try:
        found = whole(streamed(broken, size))
    except ValueError as refused:
        assert "twice" in str(refused)
    else:
        assert repr(found) == repr(expected)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize(
    "text",
    [
        "[1.5, 1e5, -0.0, 1E+2, NaN, Infinity, -Infinity]",
        '{"a": [12345678901234567890, 9.0e10]}',
        " [ ] ",
        "{}",
        "\ufeff[1]",
        '["\\ud83d\\ude00", "\\ud83d", "\\u00e9"]',
        "12",
        '"a"',
        '{"a": {"b": [1, [2]]}, "c": null}',
    ],
)
def test_numbers_and_texts_are_the_same_wherever_the_pieces_part(text: str, size: int) -> None:
    content = text.encode()
    assert repr(whole(streamed(content, size, 2))) == repr(json_of(content))


@pytest.mark.parametrize(
    "content",
    [b"", b"[1,]", b'{"a":1,}', b"[,1]", b"{,}", b"[1 2]", b'{"a" 1}', b"{1:2}", b"[1]]", b"[1][2]", b"[1", b'{"a":[1'],
)  # fmt: skip
def test_what_is_no_json_is_no_outline(content: bytes) -> None:
    with pytest.raises(ValueError):
        streamed(content, 3)


@pytest.mark.parametrize("content", [b'{"a": [1], "a": [2]}', b'{"a": {"b": 1, "b": 2}}'])
def test_a_key_that_stands_twice_is_left_to_the_whole_document(content: bytes) -> None:
    with pytest.raises(ValueError, match="twice"):
        streamed(content, 5, deepest=2)


def test_a_document_that_changes_while_it_is_read_is_said_to_have() -> None:
    versions = iter([b"[1, 2, 3]", b"[1, 2"])
    found = items_in(outline_of(lambda: iter_of(next(versions))))
    items = iter(found)
    with pytest.raises(SourceError, match="changed while it was read"):
        list(items)


def iter_of(content: bytes) -> Generator[bytes]:
    yield content


def test_a_list_is_gone_through_without_being_held() -> None:
    def pieces(count: int) -> Generator[bytes]:
        yield b'{"first": {"x": 1}, "people": ['
        for number in range(count):
            yield b'{"name": "%d", "said": "%s"},' % (number, b"x" * 100)
        yield b"0]}"

    def peak(count: int) -> int:
        tracemalloc.start()
        content = outline_of(lambda: pieces(count))
        assert isinstance(content, dict)
        assert sum(1 for _ in content["people"]) == len(content["people"]) == count + 1
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(10)  # what is made once
    assert peak(20_000) < 2 * peak(200)
