from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.errors import NetError
from fakeprofile.search.fields import MOST_ROWS, Fields, Left, fields_of

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from("abc"), JSON, max_size=3))
def test_whatever_stands_in_a_field_is_read_as_its_type_or_not_at_all(values: dict[str, object]) -> None:
    fields = fields_of(json.dumps(values).encode())
    for name in "abc":
        assert isinstance(fields.text(name), str | None)
        assert isinstance(fields.number(name), int | None)
        assert isinstance(fields.inner(name), Fields | None)
        assert all(isinstance(one, str) for one in fields.texts(name))
        try:
            assert all(isinstance(row, Fields) for row in fields.rows(name, Left()))
        except NetError:
            assert not isinstance(values[name], list | None)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=60))
def test_bytes_are_an_object_or_a_clear_line(body: bytes) -> None:
    try:
        fields_of(body)
    except NetError as error:
        assert str(error).isprintable()


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (7, 7),
        ("570", 570),
        ("-1", None),
        ("7.5", None),
        (7.5, None),
        (True, None),
        (None, None),
        ("٣", None),
        ("9" * 5000, None),
    ],
)
def test_a_number_may_be_written_as_text(value: object, number: int | None) -> None:
    assert Fields(values={"width": value}).number("width") == number


@pytest.mark.parametrize(
    "body", [b'{"a": NaN}', b'{"a": 1' + b"0" * 5000 + b"}", b'{"a": "\xff"}', b"[" * 50_000]
)
def test_what_only_some_readers_take_for_json_is_none(body: bytes) -> None:
    with pytest.raises(NetError, match="cut off or damaged"):
        fields_of(body)


def test_a_byte_order_mark_does_no_harm() -> None:
    assert fields_of(b'\xef\xbb\xbf{"a": "b"}').text("a") == "b"


def test_rows_over_the_limit_are_counted_and_not_read() -> None:
    left = Left()
    rows = list(Fields(values={"rows": [{}, 7, *[{}] * MOST_ROWS]}).rows("rows", left))
    assert (len(rows), left.rows, left.over) == (MOST_ROWS - 1, 1, 2)
