"""A large list is told of like a small one, and takes no more memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from accounts.exported import read_by, reasons, written
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.accounts import open_tree
from fakeprofile.accounts.documents import SMALL
from fakeprofile.accounts.instagram import InstagramReader
from fakeprofile.records import Account, Gap

READER = InstagramReader()
FOLDER = "connections/followers_and_following"
PEAK = """
import sys
import tempfile
from pathlib import Path
from fakeprofile.accounts import accounts_in
print(sum(1 for _ in accounts_in([Path(sys.argv[1])])))
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""

NAMES = st.sampled_from(["anna", "Anna", "lars.2011xx", "noor_v", "Not A User", "", "x\x1b"])
TIMES = st.sampled_from([1_700_000_000, 1_700_000_000.5, "1700000000", 0, None, 2**80])
LINKS = st.builds(
    lambda name, value, time: {"href": f"https://www.instagram.com/{name}", "value": value, "timestamp": time},
    NAMES, NAMES, TIMES,
)  # fmt: skip
RECORDS = st.builds(
    lambda title, links: {"title": title, "string_list_data": links}, NAMES, st.lists(LINKS, max_size=2)
)
LABELLED = st.builds(
    lambda labels, name, called, url, time: {
        "timestamp": time,
        "label_values": [
            {"label": labels[0], "value": name},
            {"label": labels[1], "value": called},
            *([{"label": "URL", "value": f"https://www.instagram.com/{name}"}] if url else []),
        ],
    },
    st.sampled_from([("Username", "Name"), ("X", "Y"), ("Y", "X")]), NAMES, NAMES, st.booleans(), TIMES,
)  # fmt: skip
OTHERS = st.sampled_from([None, 7, "anna", [], {}, {"x": 1}])
LISTS = st.lists(st.one_of(RECORDS, RECORDS, LABELLED, OTHERS), max_size=6) | st.lists(LABELLED, max_size=6)
DOCUMENTS = st.one_of(
    LISTS,
    RECORDS,
    OTHERS,
    st.dictionaries(
        st.sampled_from(
            [
                "relationships_followers",
                "relationships_following",
                "relationships_close_friends",
                "volgers",
                "version",
            ]
        ),
        st.one_of(LISTS, RECORDS, LABELLED, OTHERS),
        max_size=3,
    ),
)
FILES = st.sampled_from(["followers_1.json", "following.json", "list.json", "close_friends.json"])


def told(folder: Path, name: str, content: bytes) -> list[Account | Gap]:
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    (folder / FOLDER / name).write_bytes(content)
    with open_tree(folder) as tree:
        return list(READER.read(tree))


def large(content: bytes, before: bytes = b"") -> bytes:
    """The same document with so much white space before it that it is no small one."""
    return before + b" " * SMALL + content


@given(DOCUMENTS, FILES, st.sampled_from([b"", b"\xef\xbb\xbf", b"x"]), st.sampled_from([0, 0, 0, 1, 9, 40]))
@settings(max_examples=150, deadline=None)
def test_a_large_document_gives_the_accounts_and_gaps_of_a_small_one(
    content: object, name: str, before: bytes, cut: int
) -> None:
    text = json.dumps(content, indent=1).encode()
    text = text[: max(1, len(text) - cut)]
    with tempfile.TemporaryDirectory() as folder:
        small = told(Path(folder), name, before + text)
        assert told(Path(folder), name, large(text, before)) == small


def test_a_key_that_stands_twice_means_what_it_means_in_a_small_document(tmp_path: Path) -> None:
    link = '{"string_list_data": [{"value": "%s"}]}'
    text = (
        f'{{"relationships_followers": [{link % "a"}], "relationships_followers": [{link % "b"}]}}'.encode()
    )
    small = told(tmp_path / "x", "followers_1.json", text)
    assert [one.handle.name for one in small if isinstance(one, Account)] == ["b"]
    assert told(tmp_path / "x", "followers_1.json", large(text)) == small


def test_copies_of_a_large_list_that_differ_are_counted(tmp_path: Path) -> None:
    lists = ("ab", "abc")
    files: dict[str, object] = {
        f"{FOLDER}/followers_1{copy}.json": large(json.dumps([{"title": name} for name in names]).encode())
        for copy, names in zip(("", " (2)"), lists, strict=True)
    }
    _, gaps = read_by(READER, written(tmp_path / "x", files))
    assert "2 copies of followers_1 (followers) differ" in reasons(gaps)
    assert "1 stand in some only" in reasons(gaps)


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="this system does not tell the peak of memory there"
)
def test_memory_does_not_grow_with_the_number_of_followers(tmp_path: Path) -> None:
    peaks = []
    for count in (5_000, 60_000):
        records = [
            {
                "title": "",
                "media_list_data": [],
                "string_list_data": [
                    {
                        "href": f"https://www.instagram.com/u{n}",
                        "value": f"u{n}",
                        "timestamp": 1_700_000_000 + n,
                    }
                ],
            }
            for n in range(count)
        ]
        source = written(tmp_path / str(count), {f"{FOLDER}/followers_1.json": records})
        found, peak = subprocess.check_output([sys.executable, "-c", PEAK, source], text=True).split()
        assert int(found) == count
        peaks.append(int(peak) / 1024)
    assert peaks[1] < peaks[0] + 20, f"{peaks} MB"
