"""A record names its account in every layout, or nobody."""

from __future__ import annotations

import pytest

from fakeprofile.accounts.instagram.entries import Entry, entries_of, looks_like_list, records_in
from fakeprofile.accounts.instagram.lists import BLOCKED, FOLLOWERS, SENT


def one(record: object) -> Entry:
    (entry,) = entries_of([record])
    return entry


def link(**parts: object) -> dict[str, object]:
    return {"title": "", "string_list_data": [parts]}


@pytest.mark.parametrize(
    "record",
    [
        link(href="https://www.instagram.com/lars.2011xx", value="lars.2011xx", timestamp=1700000000),
        link(href="https://www.instagram.com/_u/lars.2011xx", timestamp=1700000000),
        link(href="https://instagram.com/lars.2011xx/?hl=nl", value="Lars de Wit", timestamp=1700000000),
        {**link(href="https://x.example/", timestamp=1700000000), "title": "lars.2011xx"},
        {"title": "lars.2011xx", "string_list_data": [], "timestamp": 1700000000},
    ],
)
def test_the_name_stands_as_value_as_title_or_in_the_link(record: object) -> None:
    assert one(record) == Entry(number=1, name="lars.2011xx", on="2023-11-14T22:13:20Z")


@pytest.mark.parametrize(
    "record",
    [
        {}, None, 7, "lars", [], link(), link(value="Lars de Wit"), link(href="https://www.instagram.com/p/Cabc/"),
        link(href="https://www.instagram.com/explore"), link(href="https://help.instagram.com/lars"),
        link(value="lars\x1b[2J"), link(value="=1+1"), link(value="<b>x</b>"), link(value="lars\u202e"),
        link(value=5), {"string_list_data": "x"}, link(href="https://www.instagram.com/%3Cscript%3E"),
        link(href="https://[instagram.com/x"),
    ],
)  # fmt: skip
def test_a_record_that_names_no_account_that_there_can_be_names_nobody(record: object) -> None:
    entry = one(record)
    assert entry.name is None
    assert entry.said
    assert entry.said.isprintable()


def test_a_list_is_what_it_calls_itself() -> None:
    content = {
        "relationships_followers": [link(value="a")],
        "relationships_blocked_users": [link(value="b")],
        "relationships_follow_requests_sent": [],
        "version": 3,
    }
    assert [records.listing for records in records_in(content)] == [FOLLOWERS, BLOCKED, SENT]


def test_one_record_without_an_array_around_it_is_a_list_of_one() -> None:
    (records,) = records_in(link(value="solo"))
    assert [entry.name for entry in entries_of(records.items)] == ["solo"]


def test_a_list_under_a_key_that_is_not_known_is_found_by_its_records() -> None:
    (records,) = records_in({"volgers": [link(value="a")], "other": [1, 2]})
    assert records.listing is None


def test_the_labels_of_another_product_of_meta_are_no_list() -> None:
    assert looks_like_list(b'{"label_values": [{"href": "https:\\/\\/www.instagram.com\\/a"}]}')
    assert not looks_like_list(b'{"label_values": [{"value": "https://www.facebook.com/a"}]}')
