"""The file of the pictures that a user has named as default avatars."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
from avatar.made import badge
from drawn import photo_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakeprofile.avatar import Template
from fakeprofile.avatar.likeness import same_looks
from fakeprofile.avatar.templates import (
    MOST,
    TemplateFile,
    add_template,
    file_beside,
    read_templates,
    remove_templates,
)
from fakeprofile.errors import UsageError


def template(number: int, name: str = "club") -> Template:
    """One whose SHA-256 begins with its number."""
    return Template(
        name=name,
        sha256=f"{number:08x}" + "a" * 56,
        width=320,
        height=320,
        phash="b" * 16,
        pdq="c" * 64,
        pdq_quality=90,
        added_on="2026-07-01",
        thumbnail=np.random.default_rng(number).integers(0, 255, (64, 64, 3), dtype=np.uint8),
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return file_beside(tmp_path / "new" / "library.sqlite")


def test_the_file_lies_next_to_the_library_under_its_name(tmp_path: Path) -> None:
    assert file_beside(tmp_path / "x.sqlite") == tmp_path / "x.sqlite-avatars.jsonl"


def test_no_file_is_no_template_and_no_gap(path: Path) -> None:
    assert read_templates(path) == TemplateFile()


def test_what_is_added_is_read_again_with_its_pixels_in_order(path: Path) -> None:
    given_ = [template(1), template(2, "tab\t“é” \u202e 名"), template(3)]
    assert [add_template(path, one) for one in given_] == [True, True, True]
    found = read_templates(path)
    assert (found.templates, found.gaps) == (tuple(given_), ())
    for one, other in zip(found.templates, given_, strict=True):
        assert np.array_equal(one.thumbnail, other.thumbnail)
    assert path.read_bytes().count(b"\n") == 3


def test_the_same_file_is_added_once(path: Path) -> None:
    assert add_template(path, template(1))
    assert not add_template(path, template(1, "again"))
    assert [one.name for one in read_templates(path).templates] == ["club"]


def test_a_template_from_the_file_recognises_its_picture(path: Path) -> None:
    import cv2

    pixels = badge("FC")
    stored = Template(
        **{
            **{name: getattr(template(1), name) for name in Template.__slots__},
            "thumbnail": cv2.resize(pixels, (64, 64), interpolation=cv2.INTER_AREA),
        }
    )
    add_template(path, stored)
    assert same_looks(photo_of(pixels), read_templates(path).templates) == stored


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "no JSON object"),
        (b'"text"', "schema"),
        (b'{"schema": "fakeprofile.avatar/2"}', "fakeprofile.avatar/1"),
        (b'{"schema": "fakeprofile.avatar/1"}', "thumbnail"),
        (b"[" * 100_000, "no JSON object"),
        (b"\xff\xfe\x00", "no JSON object"),
    ],
)
def test_a_damaged_line_is_one_gap_and_the_others_work(path: Path, line: bytes, says: str) -> None:
    add_template(path, template(1))
    with path.open("ab") as file:
        file.write(line + b"\n")
    add_template(path, template(2))
    found = read_templates(path)
    assert [one.sha256[:8] for one in found.templates] == ["00000001", "00000002"]
    (gap,) = found.gaps
    assert gap.about == "library.sqlite-avatars.jsonl line 2"
    assert says in gap.reason
    assert "\n" not in gap.reason


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sha256", "A" * 64),
        ("sha256", 5),
        ("name", None),
        ("width", 0),
        ("width", True),
        ("height", 1.5),
        ("phash", "zz"),
        ("pdq", ""),
        ("pdq_quality", -1),
        ("added_on", []),
        ("thumbnail", "AAAA"),
        ("thumbnail", "é"),
    ],
)
def test_a_line_with_one_wrong_value_is_a_gap_that_names_it(path: Path, key: str, value: object) -> None:
    add_template(path, template(1))
    values = json.loads(path.read_bytes())
    path.write_text(json.dumps({**values, key: value}) + "\n", encoding="utf-8")
    found = read_templates(path)
    assert found.templates == ()
    assert f'"{key}"' in found.gaps[0].reason


def test_a_line_that_was_cut_short_does_not_swallow_the_next_one(path: Path) -> None:
    add_template(path, template(1))
    path.write_bytes(path.read_bytes()[:-200])
    add_template(path, template(2))
    found = read_templates(path)
    assert [one.sha256[:8] for one in found.templates] == ["00000002"]
    assert len(found.gaps) == 1


def test_removing_leaves_the_others_and_what_is_damaged(path: Path) -> None:
    for number in (1, 2, 3):
        add_template(path, template(number))
    with path.open("ab") as file:
        file.write(b"damaged\n")
    removed = remove_templates(path, ["00000002"])
    assert [one.sha256[:8] for one in removed] == ["00000002"]
    found = read_templates(path)
    assert [one.sha256[:8] for one in found.templates] == ["00000001", "00000003"]
    assert path.read_bytes().endswith(b"damaged\n")
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("start", "says"),
    [("00000", "too short"), ("99999999", "no template"), ("000000", "several"), ("../../x", "no template")],
)
def test_a_number_that_names_not_one_template_removes_none(path: Path, start: str, says: str) -> None:
    for number in (1, 2):
        add_template(path, template(number))
    before = path.read_bytes()
    with pytest.raises(UsageError, match=says):
        remove_templates(path, ["00000001", start])
    assert path.read_bytes() == before


def test_a_full_file_says_so(path: Path) -> None:
    add_template(path, template(0))
    line = path.read_text("utf-8")
    lines = [line.replace("00000000a", f"{number:08x}a") for number in range(MOST)]
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(UsageError, match=str(MOST)):
        add_template(path, template(MOST))
    path.write_text("".join(lines) + line.replace("00000000a", "ffffffffa"), encoding="utf-8")
    found = read_templates(path)
    assert len(found.templates) == MOST
    assert str(MOST) in found.gaps[0].reason


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_or_folder_in_its_place_is_not_opened(path: Path) -> None:
    path.parent.mkdir()
    os.mkfifo(path)
    assert "regular file" in read_templates(path).gaps[0].reason
    with pytest.raises(UsageError, match="regular file"):
        add_template(path, template(1))
    path.unlink()
    path.mkdir()
    assert "regular file" in read_templates(path).gaps[0].reason
    with pytest.raises(UsageError, match="cannot be written"):
        add_template(path, template(1))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_an_error_and_give_no_template(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x-avatars.jsonl"
    path.write_bytes(data)
    assert read_templates(path).templates == ()
