"""Chains in words and in a drawing: dates, reasons, nothing that a viewer would run, nobody accused."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import xml.etree.ElementTree as ET

import pytest
from PIL import Image

from fakeprofile.chain import Chains, Remembered, chains_of
from fakeprofile.records import Case, Handle, Level
from fakeprofile.report.chain import chains_lines, chains_text
from fakeprofile.report.columns import columns_of
from fakeprofile.report.graph import graph_svg

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "</text><script>alert(1)</script>&\x1b[2J\u202e\uffff\x00"


def case(
    number: int, *photos: str, name: str | None = None, on: str = "2026-05-01", id_: str | None = None
) -> Remembered:
    handle = Handle(name=name or f"name{number}", platform="instagram", account_id=id_)
    values = Case(
        id=number, handle=handle, name="Lars", account_id=id_, first_checked_on=on, last_checked_on=on,
        level=Level.OTHER_ACCOUNT, photos=len(photos),
    )  # fmt: skip
    return Remembered(case=values, photos=photos)


@pytest.fixture
def chains() -> Chains:
    return chains_of([
        case(5, "p", "q", name="Soepkieke2020belgium", on="2026-05-01", id_="11"),
        case(6, "p", "q", name="lars.2011", on="2026-06-01", id_="22"),
        case(7, "q", name="third", on="2026-07-01"),
        case(8, "z", name="imke"),
    ])  # fmt: skip


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return out.getvalue()


def test_the_chain_is_told_with_names_dates_and_why(chains: Chains) -> None:
    text = " ".join(chains_text(chains).split())
    assert "Soepkieke2020belgium → lars.2011 → third" in text
    assert "2026-06-01 case 6 instagram:lars.2011" in text
    assert "2 photos of case 6 show pictures of case 5 (the same file); another account" in text
    assert "it is not known" not in text
    assert "whether it is the same account is not known" in text
    assert "not those on which they were made" in text
    assert "imke" not in text


def test_a_case_in_no_chain_is_said_to_be_in_none(chains: Chains) -> None:
    assert "Case 8 shares no proven picture" in chains_text(chains, 8)
    assert chains_text(chains, 6) == chains_text(chains)
    assert "No two remembered cases" in chains_text(chains_of([]))


def test_an_overlap_of_two_chains_is_told() -> None:
    text = chains_text(chains_of([case(1, "p"), case(2, "p", "q"), case(3, "q")]))
    assert "Case 2 also stands in chain 2" in text
    assert "Case 2 also stands in chain 1" in text


def test_no_line_is_too_wide_nor_moves_the_cursor_nor_accuses() -> None:
    text = chains_text(chains_of([case(1, "p", name=NASTY * 9), case(2, "p", name="李" * 90)]))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert max(columns_of(line) for line in text.splitlines()) <= 96
    assert not re.search(r"fake|predator|stolen|thief|%", text.casefold())


def test_the_json_holds_cases_and_links(chains: Chains) -> None:
    (line,) = map(json.loads, chains_lines(chains))
    assert [one["case"] for one in line["cases"]] == [5, 6, 7]
    assert line["links"][0]["account"] == "other id"
    assert line["links"][0]["pictures"][0] == {"earlier": "p", "later": "p", "through": "same file"}


def test_the_drawing_has_a_card_for_each_case_and_a_number_for_each_pair(chains: Chains) -> None:
    root = ET.fromstring(graph_svg(chains, {5: [jpeg()], 6: [jpeg()] * 9}))
    words = [one.text for one in root.iter(f"{SVG}text")]
    assert [word for word in words if word and word.startswith("case ")] == ["case 5", "case 6", "case 7"]
    assert "2 photos" in words
    assert "1 photo" in words
    assert "1" in words
    assert len(list(root.iter(f"{SVG}image"))) == 5
    tops = [float(one.get("y", 0)) for one in root.iter(f"{SVG}text") if (one.text or "").startswith("case ")]
    assert tops == sorted(tops)
    assert "1 remembered case shares no proven picture with another and is not drawn." in words


def test_nothing_in_the_drawing_is_run_or_fetched_and_everything_lies_inside() -> None:
    drawing = graph_svg(
        chains_of([case(1, "p", name=NASTY), case(2, "p", id_=NASTY), case(3, "p")]), {1: [jpeg()]}
    )
    root = ET.fromstring(drawing)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
        "svg", "title", "rect", "text", "path", "g", "image", "clipPath",
    }  # fmt: skip
    for one in root.iter():
        assert not [name for name in one.attrib if name.lower().startswith("on")]
        assert one.get("href", "data:image/jpeg;base64,").startswith("data:image/jpeg;base64,")
        assert float(one.get("x", 0)) + float(one.get("width", 0)) <= float(root.get("width", 0))
        assert float(one.get("y", 0)) + float(one.get("height", 0)) <= float(root.get("height", 0))
    assert "<script" not in drawing
    assert "\x1b" not in drawing


def test_no_two_lines_beside_the_cards_lie_over_each_other() -> None:
    everyone = chains_of([case(number, "p", on=f"2026-01-{number:02}") for number in range(1, 7)])
    drawing = graph_svg(everyone, {})
    spans = re.findall(r'<path d="M\d+ (\d+)H(\d+)Q\S+ \S+ \S+ \S+V(\d+)', drawing)
    assert len(spans) == 10
    lanes: dict[str, list[tuple[int, int]]] = {}
    for above, lane, below in spans:
        for one, other in lanes.setdefault(lane, []):
            assert int(below) <= one or other <= int(above)
        lanes[lane].append((int(above), int(below)))


def test_a_drawing_of_many_cases_is_cut_and_says_so() -> None:
    drawing = graph_svg(chains_of([case(number, "p") for number in range(1, 212)]), {})
    assert "Only the first 200 of 211 accounts are drawn." in drawing
    assert len(re.findall(">case ", drawing)) == 200 * 2 or drawing.count('text-anchor="end">case ') == 200


def test_a_damaged_name_is_still_a_card(chains: Chains) -> None:
    nameless = dataclasses.replace(case(1, "p").case, handle=None, name=None)
    root = ET.fromstring(graph_svg(chains_of([Remembered(case=nameless, photos=("p",)), case(2, "p")]), {}))
    assert "(no name)" in [one.text for one in root.iter(f"{SVG}text")]
