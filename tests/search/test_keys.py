from __future__ import annotations

import os
import tomllib
import traceback
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.errors import UsageError
from fakeprofile.search.keys import read_keys, remove_key, set_key
from fakeprofile.search.private import HAS_MODES, read_private, write_private

NAMES = ("TINEYE_KEY", "GOOGLE_KEY", "YANDEX_KEY", "YANDEX_FOLDER", "SERPAPI_KEY")
VALUE = "key,of^nobody=1"
posix = pytest.mark.skipif(not HAS_MODES, reason="there are no modes here")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "keys.toml"


def refusal(file: Path) -> str:
    ring = read_keys({"FAKEPROFILE_GOOGLE_KEY": "from-outside"}, file, NAMES)
    assert ring.values == {"GOOGLE_KEY": "from-outside"}, "what the environment says holds nevertheless"
    (gap,) = ring.gaps
    assert str(file.parent) not in gap.reason
    assert VALUE not in gap.reason
    assert gap.reason.isprintable()
    return gap.reason


def test_a_key_that_was_set_is_read_and_removed(file: Path) -> None:
    set_key(file, "TINEYE_KEY", f"  {VALUE}\n")
    set_key(file, "GOOGLE_KEY", "another-key")
    assert read_keys({}, file, NAMES).values == {"TINEYE_KEY": VALUE, "GOOGLE_KEY": "another-key"}
    assert remove_key(file, "TINEYE_KEY")
    assert not remove_key(file, "TINEYE_KEY")
    assert read_keys({}, file, NAMES).values == {"GOOGLE_KEY": "another-key"}


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=6, max_size=60))
def test_every_key_that_can_be_sent_survives_the_file(
    tmp_path_factory: pytest.TempPathFactory, value: str
) -> None:
    file = tmp_path_factory.mktemp("keys") / "keys.toml"
    set_key(file, "TINEYE_KEY", value)
    assert read_keys({}, file, NAMES).values == {"TINEYE_KEY": value}


def test_the_environment_wins_over_the_file_and_an_empty_value_is_none(file: Path) -> None:
    set_key(file, "TINEYE_KEY", VALUE)
    given = {
        "FAKEPROFILE_TINEYE_KEY": "from-outside",
        "FAKEPROFILE_GOOGLE_KEY": " ",
        "TINEYE_KEY": "without-prefix",
    }
    assert read_keys(given, file, NAMES).values == {"TINEYE_KEY": "from-outside"}
    assert read_keys({}, file, NAMES).values == {"TINEYE_KEY": VALUE}


def test_without_a_file_there_are_no_keys_and_no_gap(file: Path) -> None:
    assert read_keys({}, file, NAMES) == read_keys({}, None, NAMES)
    assert not file.parent.exists()


def test_a_service_gets_its_own_keys_and_no_others(file: Path) -> None:
    set_key(file, "TINEYE_KEY", VALUE)
    set_key(file, "GOOGLE_KEY", "another-key")
    assert read_keys({}, file, NAMES).of(("TINEYE_KEY", "OTHER")) == {"TINEYE_KEY": VALUE}


@posix
@pytest.mark.parametrize("mode", [0o644, 0o660, 0o604])
def test_a_file_that_others_can_read_is_refused_and_mended_by_setting_a_key(file: Path, mode: int) -> None:
    set_key(file, "TINEYE_KEY", VALUE)
    file.chmod(mode)
    said = refusal(file)
    assert "can be read or written by others" in said and f"{mode:04o}" in said and "search keys set" in said
    set_key(file, "YANDEX_KEY", "another-key")
    assert file.stat().st_mode & 0o777 == 0o600
    assert read_keys({}, file, NAMES).values == {"TINEYE_KEY": VALUE, "YANDEX_KEY": "another-key"}


@posix
def test_a_new_file_is_its_owners_alone(file: Path) -> None:
    before = os.umask(0)
    try:
        set_key(file, "TINEYE_KEY", VALUE)
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_link_is_neither_read_nor_written_through(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "target.toml"
    set_key(target, "TINEYE_KEY", VALUE)
    file.parent.mkdir()
    file.symlink_to(target)
    assert "is a link" in refusal(file)
    before = target.read_bytes()
    for change in (lambda: set_key(file, "TINEYE_KEY", "new-key"), lambda: remove_key(file, "TINEYE_KEY")):
        with pytest.raises(UsageError, match="is a link"):
            change()
    assert target.read_bytes() == before
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"[keys]\nTINEYE_KEY = '{VALUE}", "damaged"),
        (f"{VALUE}\n", "damaged"),
        ("\xff", "damaged"),
        ("[keys]\nTINEYE_KEY = 7\n", "other things than keys"),
        ("[keys]\ntineye = 'key-of-nobody'\n", "other things than keys"),
        ("[other]\nx = 1\n", "other things than keys"),
        ("keys = 7\n", "other things than keys"),
    ],
)
def test_a_damaged_file_is_a_gap_that_quotes_nothing_of_it(file: Path, text: str, reason: str) -> None:
    write_private(file, text.encode("latin-1"))
    assert reason in refusal(file)
    with pytest.raises(UsageError) as caught:
        set_key(file, "TINEYE_KEY", "new-key")
    assert VALUE not in "".join(traceback.format_exception(caught.value))
    assert read_private(file, 1000) == text.encode("latin-1"), "nothing that we do not know is written over"


@pytest.mark.parametrize(
    "value", ["", "short", "two words", "schlüssel", "a\r\nX-Evil: 1", "x" * 5000, "key\x00key"]
)
def test_what_cannot_be_a_key_is_refused_without_repeating_it(file: Path, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        set_key(file, "TINEYE_KEY", value)
    assert not value or value not in str(caught.value)
    assert not file.exists()


def test_a_name_that_is_none_is_refused(file: Path) -> None:
    for name in ("", "tineye", "A B", 'X"]\n[other', "A" * 80):
        with pytest.raises(UsageError, match="is no name of a key"):
            set_key(file, name, VALUE)
    assert not file.exists()


def test_a_folder_that_cannot_be_written_is_a_clear_line(file: Path) -> None:
    file.parent.write_text("a file where a folder should be")
    with pytest.raises(UsageError, match=r"cannot be written|cannot be read"):
        set_key(file, "TINEYE_KEY", VALUE)


def test_no_value_is_ever_shown(file: Path) -> None:
    set_key(file, "TINEYE_KEY", VALUE)
    ring = read_keys({}, file, NAMES)
    assert VALUE not in f"{ring!r} {ring}"
    for form in (VALUE, quote(VALUE, safe="")):
        assert ring.redacted(f"GET /?k={form}&x HTTP/1.1") == "GET /?k=(key)&x HTTP/1.1"


def test_the_file_says_what_it_is(file: Path) -> None:
    set_key(file, "TINEYE_KEY", VALUE)
    text = file.read_text("ascii")
    assert text.startswith("# Keys of search services")
    assert tomllib.loads(text) == {"keys": {"TINEYE_KEY": VALUE}}
