"""What is read back of the cases: all of it, and a damaged one costs only itself."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from shelf import TODAY, a_print

from fakeprofile.chain import chains_of
from fakeprofile.history import remembered_in, shared_pictures
from fakeprofile.records import (
    Compared,
    Facts,
    Handle,
    Level,
    Print,
    Profile,
    Report,
    Verdict,
)
from fakeprofile.references.library import Library
from fakeprofile.report.document import report_to_json


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.in_memory() as opened:
        yield opened


def pictured(seed: int, colour: str) -> Print:
    out = io.BytesIO()
    Image.new("RGB", (400, 200), colour).save(out, "JPEG")
    plain = a_print(seed)
    return Print(sha256=plain.sha256, fingerprint=plain.fingerprint, thumbnail=out.getvalue())


def remember(library: Library, name: str, *photos: Print, report: str) -> int:
    handle = Handle(name=name, platform="instagram")
    return library.remember(handle, name, photos, level=Level.NOTHING_FOUND, report=report, today=TODAY)


def a_report() -> str:
    facts = Facts(profile=Profile(), checked_on=TODAY, looked=(), compared=Compared(photos=0, hashes=0))
    return report_to_json(Report(facts=facts, verdict=Verdict(level=Level.NOTHING_FOUND, evidence=())))


def test_a_damaged_report_is_a_gap_and_the_files_of_its_case_still_count(library: Library) -> None:
    lars = remember(library, "lars", a_print(1), a_print(2), report=a_report())
    third = remember(library, "third", a_print(1), report="{}")
    found, gaps = remembered_in(library)
    assert [(one.case.id, len(one.photos), one.report is None) for one in found] == [
        (lars, 2, False),
        (third, 1, True),
    ]
    assert [gap.about for gap in gaps] == [f"case {third}"]
    assert [[case.id for case in chain.cases] for chain in chains_of(found).chains] == [[lars, third]]


def test_the_small_pictures_are_small_and_the_shared_ones_come_first(library: Library) -> None:
    lars = remember(library, "lars", pictured(2, "red"), pictured(1, "blue"), report=a_report())
    remember(library, "third", pictured(1, "blue"), report=a_report())
    chains = chains_of(remembered_in(library)[0])
    first, second = shared_pictures(library, chains, 64)[lars]
    with Image.open(io.BytesIO(first)) as image:
        assert image.size == (64, 32)
        red, _, blue = image.getpixel((5, 5))  # type: ignore[misc]
        assert blue > red
    assert second != first


def test_a_damaged_thumbnail_is_left_out_of_the_drawing(library: Library) -> None:
    remember(library, "lars", a_print(1), report=a_report())
    third = remember(library, "third", a_print(1), report=a_report())
    chains = chains_of(remembered_in(library)[0])
    assert shared_pictures(library, chains, 64)[third] == []
