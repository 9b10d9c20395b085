"""Reports become JSON and the same reports again; the lines of `match` keep their promised shape."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakeprofile.records import (
    Alignment,
    Compared,
    Comparison,
    Edit,
    Facts,
    Finding,
    Handle,
    Identity,
    Level,
    Looked,
    Match,
    Overlap,
    Plainness,
    Profile,
    Region,
    Report,
    Sighting,
    Source,
    Status,
    Support,
    Verdict,
    WholeDistance,
)
from fakeprofile.report.document import comparison_line, match_line, report_from_json, report_to_json

st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))

CORNERS = ((0.0, 0.0), (10.04, 0.0), (10.04, 9.0), (0.0, 9.0))
PROVEN = Match(
    sighting=Sighting(
        id=12,
        source=Source.REFERENCE,
        identity=Identity(id=3, name="Zoë 🎤", handles=(Handle(name="zoe", platform="instagram"),)),
        photo_sha256="cd" * 32,
        seen_on="2016-05-01",
    ),
    finding=Finding.SAME_PICTURE,
    support=Support(log10_lr=6.1, words="extremely strong"),
    whole_distance=WholeDistance(phash=4, pdq=22),
    alignment=Alignment(
        candidates=300,
        inliers=212,
        distinct_points=150,
        coverage=0.9,
        mirrored=False,
        rotation_degrees=-0.04,
        scale=0.61999,
        stretch=1.0,
        matrix=((0.62, 0.0, 0.0), (0.0, 0.62, 0.0)),
        pairs=(((1.0, 2.0), (3.0, 4.0)),),
    ),
    region=Region(query=CORNERS, sighting=CORNERS, query_share=1.0, sighting_share=0.8),
    overlap=Overlap(
        blocks=40, agreeing=38, correlation=0.97, spread=0.8, drift=0.0, recoloured=False, grey=False, solid=0
    ),
    edits=(Edit.CROPPED,),
)
HASH_ONLY = Match(
    sighting=Sighting(id=13, source=Source.REFERENCE, identity=None, photo_sha256=None),
    finding=Finding.SAME_PICTURE,
    support=Support(log10_lr=3.0, words="strong"),
    whole_distance=WholeDistance(phash=None, pdq=8, mirrored=True, quarter_turns=1),
)
UNPROVEN = dataclasses.replace(PROVEN, finding=Finding.SIMILAR)
SEEN = Looked(
    photo="a.jpg",
    status=Status.OK,
    sha256="ab" * 32,
    width=1080,
    height=1350,
    phash="0" * 16,
    pdq="0" * 64,
    pdq_quality=87,
    keypoints=500,
    matches=(PROVEN, HASH_ONLY, UNPROVEN),
)
REPORT = Report(
    facts=Facts(
        profile=Profile(handle=Handle(name="lars"), age=11),
        checked_on="2026-07-01",
        looked=(SEEN,),
        compared=Compared(photos=1, hashes=1),
    ),
    verdict=Verdict(level=Level.OTHER_IDENTITY, evidence=()),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.from_type(Report))
def test_any_report_comes_back_from_json_as_it_was(report: Report) -> None:
    text = report_to_json(report)
    assert report_from_json(text) == report
    assert report_to_json(report_from_json(text)) == text


def test_a_report_is_one_line_of_plain_ascii() -> None:
    nasty = "\x1b[31m\n\u202e\u2028 Zoë \udc80"
    report = dataclasses.replace(REPORT, facts=dataclasses.replace(REPORT.facts, profile=Profile(name=nasty)))
    text = report_to_json(report)
    assert text.isascii()
    assert text.isprintable()
    assert report_from_json(text).facts.profile.name == nasty


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"schema": "fakeprofile.report/2"}',
        '{"schema": "fakeprofile.report/1"}',
        report_to_json(REPORT)[:-9],
        report_to_json(REPORT).replace('"checked_on"', '"checked_at"'),
        report_to_json(REPORT).replace('"other-identity"', '"something-new"'),
        report_to_json(REPORT).replace('"looked": [', '"looked": [7, '),
    ],
)
def test_what_is_not_such_a_report_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        report_from_json(text)


def test_a_line_of_match_has_the_documented_keys_in_their_order() -> None:
    line = json.loads(match_line(SEEN, unproven=False))
    assert list(line) == ["schema", "photo", "sha256", "width", "height", "status", "fingerprint", "matches"]
    assert (line["schema"], line["status"]) == ("fakeprofile.match/1", "ok")
    assert line["fingerprint"] == {"phash": "0" * 16, "pdq": "0" * 64, "pdq_quality": 87, "keypoints": 500}
    assert line["matches"][0] == {
        "sighting": 12,
        "identity": "Zoë 🎤",
        "handles": ["instagram:zoe"],
        "page_url": None,
        "image_url": None,
        "seen_on": "2016-05-01",
        "source": "reference",
        "photo_sha256": "cd" * 32,
        "inliers": 212,
        "whole_distance": {"phash": 4, "pdq": 22},
        "mirrored": False,
        "rotation_degrees": 0.0,
        "scale": 0.62,
        "region": {
            "query": [[0.0, 0.0], [10.0, 0.0], [10.0, 9.0], [0.0, 9.0]],
            "sighting": [[0.0, 0.0], [10.0, 0.0], [10.0, 9.0], [0.0, 9.0]],
        },
        "edits": ["cropped"],
        "support": {"log10_lr": 6.1, "words": "extremely strong"},
    }
    assert list(line["matches"][0])[:8] == [
        "sighting", "identity", "handles", "page_url", "image_url", "seen_on", "source", "photo_sha256",
    ]  # fmt: skip


def test_a_turn_of_nothing_has_no_minus_sign() -> None:
    assert '"rotation_degrees": 0.0' in match_line(SEEN, unproven=False)


def test_a_hash_without_its_picture_has_no_region_and_no_inliers() -> None:
    found = json.loads(match_line(SEEN, unproven=False))["matches"][1]
    assert (found["region"], found["inliers"], found["scale"]) == (None, None, None)
    assert (found["identity"], found["handles"], found["photo_sha256"]) == (None, [], None)
    assert found["whole_distance"] == {"phash": None, "pdq": 8}
    assert (found["mirrored"], found["rotation_degrees"]) == (True, -90.0)


def test_unproven_matches_are_listed_only_when_asked_for_and_are_marked() -> None:
    usual = json.loads(match_line(SEEN, unproven=False))["matches"]
    all_of_them = json.loads(match_line(SEEN, unproven=True))["matches"]
    assert len(usual) == 2
    assert [one["proven"] for one in all_of_them] == [True, True, False]
    assert all("proven" not in one for one in usual)


@pytest.mark.parametrize("reason", Plainness)
def test_a_photo_that_says_nothing_has_a_reason(reason: Plainness) -> None:
    plain = dataclasses.replace(SEEN, status=Status.NOT_CHECKABLE, reason=reason, matches=())
    line = json.loads(match_line(plain, unproven=False))
    assert (line["status"], line["reason"], line["matches"]) == ("not-checkable", str(reason), [])


def test_a_photo_that_cannot_be_read_is_a_line_all_the_same() -> None:
    line = json.loads(
        match_line(Looked(photo="x", status=Status.UNREADABLE, reason="cut off"), unproven=False)
    )
    assert line == {
        "schema": "fakeprofile.match/1",
        "photo": "x",
        "sha256": None,
        "width": None,
        "height": None,
        "status": "unreadable",
        "reason": "cut off",
        "fingerprint": None,
        "matches": [],
    }


def test_a_comparison_gives_all_its_numbers() -> None:
    comparison = Comparison(
        one="a.jpg",
        other="b.jpg",
        finding=PROVEN.finding,
        support=PROVEN.support,
        whole_distance=PROVEN.whole_distance,
        alignment=PROVEN.alignment,
        region=PROVEN.region,
        overlap=PROVEN.overlap,
        edits=PROVEN.edits,
    )
    line = json.loads(comparison_line(comparison))
    assert (line["schema"], line["photos"]) == ("fakeprofile.compare/1", ["a.jpg", "b.jpg"])
    assert (line["finding"], line["inliers"], line["overlap"]["blocks"]) == ("same picture", 212, 40)
