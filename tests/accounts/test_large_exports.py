"""What other platforms export is told of in the same way when it is large, and is not held in memory then."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from accounts.exported import reasons

from fakeprofile.accounts import Reader, open_tree
from fakeprofile.accounts.documents import SMALL
from fakeprofile.accounts.facebook import FacebookReader
from fakeprofile.accounts.snapchat import SnapchatReader
from fakeprofile.accounts.tiktok import TikTokReader
from fakeprofile.accounts.x import XReader
from fakeprofile.records import Account, Gap


def tiktok(count: int) -> str:
    fans = [{"Date": "2024-05-01 12:30:00", "UserName": f"user{n}"} for n in range(count)]
    lists = {"Follower List": {"FansList": [*fans, {"UserName": "<b>"}, 7]}, "Following": {"Following": []}}
    return json.dumps(
        {"Activity": {"Deep": lists, "Seen": {"VideoList": [{"Link": "x"}] * 5}}, "Profile": None}
    )


def snapchat(count: int) -> str:
    friends = [{"Username": f"user{n}", "Display Name": "N", "Creation Timestamp": "x"} for n in range(count)]
    return json.dumps({"Blocked Users": [], "Friends": [*friends, {}], "Shortcuts": [1, 2]})


def x(count: int) -> str:
    items = [{"follower": {"accountId": str(10_000 + n)}} for n in range(count)]
    odd = [{"follower": {"accountId": 1.5e17}}, {"follower": {}}, None]
    return f"window.YTD.follower.part0 = {json.dumps([*items, *odd])};\n"


def facebook(count: int) -> str:
    people = [{"name": f"N {n}", "timestamp": 1_700_000_000} for n in range(count)]
    return json.dumps({"friends_v2": [*people, {"name": "N 1"}, {}, None], "other": {"a": 1}})


SOURCES = pytest.mark.parametrize(
    ("reader", "name", "text_of"),
    [
        (TikTokReader(), "user_data_tiktok.json", tiktok),
        (SnapchatReader(), "friends.json", snapchat),
        (XReader(), "follower.js", x),
        (FacebookReader(), "your_friends.json", facebook),
    ],
)
Told = tuple[bool, list[Account | Gap]]


def told(reader: Reader, path: Path, content: bytes) -> Told:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    with open_tree(path.parent) as tree:
        return reader.fits(tree) > 0, list(reader.read(tree))


def large(text: str) -> bytes:
    """The same document with so much white space inside that it is no small one."""
    at = text.rindex("[") if "[" in text else 0
    return (text[: at + 1] + " " * SMALL + text[at + 1 :]).encode()


@SOURCES
@pytest.mark.parametrize("change", [str, lambda text: text[:-9], lambda text: text.replace("}", "]")])
def test_a_large_export_gives_the_accounts_and_gaps_of_a_small_one(
    reader: Reader,
    name: str,
    text_of: Callable[[int], str],
    change: Callable[[str], str],
    tmp_path: Path,
) -> None:
    text = change(text_of(3))
    small = told(reader, tmp_path / "x" / name, text.encode())
    assert told(reader, tmp_path / "x" / name, large(text)) == small
    assert small[1]


@SOURCES
def test_memory_does_not_grow_with_the_entries_of_an_export(
    reader: Reader, name: str, text_of: Callable[[int], str], tmp_path: Path
) -> None:
    def peak(count: int) -> int:
        path = tmp_path / str(count) / name
        path.parent.mkdir()
        path.write_bytes(large(text_of(count)))
        with open_tree(path.parent) as tree:
            tracemalloc.start()
            assert reader.fits(tree)
            accounts = sum(isinstance(one, Account) for one in reader.read(tree))
            found = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        assert accounts >= count
        return found

    peak(10)  # what is made once
    # The list that is parsed as a whole takes 300 bytes an entry and more.
    assert peak(20_000) < peak(200) + 130 * 20_000


def test_a_large_export_that_is_cut_off_is_said_to_be(tmp_path: Path) -> None:
    _, items = told(TikTokReader(), tmp_path / "x" / "user_data_tiktok.json", large(tiktok(3)[:-1]))
    assert "it is not whole JSON" in reasons([one for one in items if isinstance(one, Gap)])
