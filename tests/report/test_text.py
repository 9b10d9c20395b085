"""What somebody reads on the terminal names what matters and hides nothing."""

from __future__ import annotations

import dataclasses
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeprofile import verdict
from fakeprofile.records import (
    AgeRange,
    Compared,
    Comparison,
    DateKind,
    Edit,
    Facts,
    Finding,
    Gap,
    Handle,
    Identity,
    Level,
    Likeness,
    Looked,
    Match,
    Profile,
    Reading,
    Relation,
    Report,
    Sighting,
    Source,
    Status,
    Support,
    WholeDistance,
)
from fakeprofile.report import english
from fakeprofile.report.lines import plain
from fakeprofile.report.text import comparison_text, report_text

OWNER = Identity(id=1, name="Mikkel Sandvang", handles=(Handle(name="mikkelsandvang", platform="instagram"),))
SIGHTING = Sighting(
    id=17, source=Source.REFERENCE, identity=OWNER, photo_sha256="ab", seen_on="2016-05-01",
    date_kind=DateKind.STATED, page_url="https://mikkelsandvang.example/tour", added_on="2026-06-01",
)  # fmt: skip
MATCH = Match(
    sighting=SIGHTING,
    finding=Finding.SAME_PICTURE,
    support=Support(log10_lr=6.5, words="extremely strong"),
    whole_distance=WholeDistance(phash=3, pdq=20),
    edits=(Edit.MIRRORED, Edit.CROPPED),
)
GAP = Gap(step="photo", about="broken.jpg", reason="cut off: download it again")
FACTS = Facts(
    profile=Profile(
        handle=Handle(name="lars.2011", platform="instagram"), name="Lars", age=11, account_id="4711"
    ),
    checked_on="2026-07-01",
    looked=(
        Looked(photo="album/one.jpg", status=Status.OK, matches=(MATCH,)),
        Looked(photo="album/two.jpg", status=Status.OK),
        Looked(photo="album/three.png", status=Status.NOT_CHECKABLE, reason="default avatar"),
        Looked(photo="broken.jpg", status=Status.UNREADABLE, reason=GAP.reason),
    ),
    compared=Compared(photos=1234, hashes=5),
    readings=(
        Reading(
            sighting=17,
            likeness=Likeness(relation=Relation.OTHER, on="name", ours="Lars", theirs="Mikkel Sandvang"),
            age_then=AgeRange(least=0, most=1),
        ),
    ),
    gaps=(GAP,),
)


def text_of(facts: Facts, case: int | None = None) -> str:
    """The report on one line, so that no sentence is torn apart."""
    return " ".join(report_text(Report(facts=facts, verdict=verdict.weigh(facts), case=case)).split())


@pytest.mark.parametrize(
    "told",
    [
        "instagram:lars.2011", "4711", "“Lars”", "11", "2026-07-01", "Mikkel Sandvang",
        "instagram:mikkelsandvang", "2016-05-01", "https://mikkelsandvang.example/tour", "17", "mirrored",
        "cropped", "extremely strong", "same picture", "one.jpg", "two.jpg", "three.png", "broken.jpg",
        "cut off: download it again", "default avatar", "1,234", "never faces", "Not looked at", "case 6",
    ],
)  # fmt: skip
def test_the_report_names(told: str) -> None:
    assert told in text_of(FACTS, case=6)


def test_the_answer_comes_before_its_reasons_and_the_gaps_after() -> None:
    text = text_of(FACTS)
    order = [text.index(part) for part in ("another name", "one.jpg", "broken.jpg: cut off", "never faces")]
    assert order == sorted(order)


def test_the_age_is_said_with_the_kind_of_its_date_and_left_to_the_reader() -> None:
    text = text_of(FACTS)
    assert "at most 1" in text
    assert "typed in" in text
    assert "Look at the picture" in text


def test_an_age_before_birth_is_said_as_such() -> None:
    reading = dataclasses.replace(FACTS.readings[0], age_then=AgeRange(least=-3, most=-2))
    assert "not yet born" in text_of(dataclasses.replace(FACTS, readings=(reading,)))


@pytest.mark.parametrize("code", verdict.EXPLANATIONS[Level.OTHER_IDENTITY])
def test_the_innocent_explanations_stand_there(code: str) -> None:
    assert english.EXPLANATIONS[code] in text_of(FACTS)


def test_nothing_found_is_never_called_an_all_clear() -> None:
    facts = dataclasses.replace(FACTS, looked=FACTS.looked[1:2], readings=(), gaps=())
    text = text_of(facts).lower()
    assert "not an all-clear" in text
    for word in ("safe", "genuine", "authentic", "trustworthy", "real person", "no problem", "all clear"):
        assert word not in text


@pytest.mark.parametrize("level", Level)
def test_every_level_has_a_text_that_ends_in_a_line(level: Level) -> None:
    judged = dataclasses.replace(verdict.weigh(FACTS), level=level, explanations=verdict.EXPLANATIONS[level])
    text = report_text(Report(facts=FACTS, verdict=judged))
    assert english.CAUTIONS[level].split(".")[0][:30] in " ".join(text.split())
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


CASE = dataclasses.replace(
    SIGHTING,
    source=Source.CASE,
    identity=Identity(id=2, name="Kiek", handles=(Handle(name="soepkieke", platform="instagram"),)),
    date_kind=DateKind.CHECKED,
)


@pytest.mark.parametrize("finding", [Finding.SAME_FILE, Finding.SAME_PICTURE, Finding.SIMILAR])
@pytest.mark.parametrize("weak", [False, True])
@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize(
    "sighting",
    [
        SIGHTING,
        CASE,
        dataclasses.replace(SIGHTING, identity=None, seen_on=None, date_kind=None, page_url=None),
    ],
)
def test_whatever_the_rules_say_has_words(
    sighting: Sighting, relation: Relation, weak: bool, finding: Finding
) -> None:
    """Every mix of who, how and how well."""
    likeness = Likeness(relation=relation, on="handle", ours="lars", theirs="instagram:other", weak=weak)
    looked = Looked(
        photo="one.jpg",
        status=Status.OK,
        matches=(dataclasses.replace(MATCH, sighting=sighting, finding=finding),),
    )
    reading = Reading(sighting=17, likeness=likeness, age_then=AgeRange(least=1, most=2))
    facts = dataclasses.replace(FACTS, looked=(looked,), readings=(reading,))
    text = text_of(facts)
    assert "one.jpg" in text
    assert "{" not in text
    assert "None" not in text.replace("None of", "")


def test_lines_fit_a_terminal() -> None:
    assert max(map(len, report_text(Report(facts=FACTS, verdict=verdict.weigh(FACTS))).splitlines())) <= 96


NASTY = "a\x1b[31mb\u202ec\nd\re\u2028f\u200fg\x9bh\udc80i\u2066j\x07"


def test_nothing_from_outside_moves_the_cursor_or_turns_the_text_around() -> None:
    """In every place where something from outside is shown."""
    owner = Identity(
        id=1, name=NASTY, handles=(Handle(name=NASTY, platform=NASTY),), pages=(NASTY,), note=NASTY
    )
    sightings = [
        dataclasses.replace(SIGHTING, identity=owner, page_url=NASTY, image_url=NASTY, note=NASTY),
        dataclasses.replace(SIGHTING, id=18, identity=owner, source=Source.CASE),
    ]
    looked = (
        Looked(
            photo=NASTY,
            status=Status.OK,
            matches=tuple(dataclasses.replace(MATCH, sighting=one) for one in sightings),
        ),
        Looked(photo=NASTY + "2", status=Status.OK),
        Looked(photo=NASTY + "3", status=Status.UNREADABLE, reason=NASTY),
    )
    likeness = Likeness(relation=Relation.SAME_ID, on="id", ours=NASTY, theirs=NASTY + "old")
    facts = dataclasses.replace(
        FACTS,
        profile=Profile(handle=owner.handles[0], name=NASTY, age=11, account_id=NASTY),
        looked=looked,
        readings=tuple(Reading(sighting=one.id, likeness=likeness) for one in sightings),
        gaps=(Gap(step="photo", about=NASTY, reason=NASTY),),
    )
    text = report_text(Report(facts=facts, verdict=verdict.weigh(facts)))
    assert text.replace("\n", "").isprintable()
    comparison = Comparison(
        one=NASTY,
        other=NASTY,
        finding=Finding.DIFFERENT,
        support=MATCH.support,
        whole_distance=MATCH.whole_distance,
    )
    assert comparison_text(comparison).replace("\n", "").isprintable()


@given(st.text(st.characters()))
def test_plain_text_keeps_every_letter_and_no_control(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text)
    for before, after in zip(text, shown, strict=True):
        hidden = unicodedata.category(before) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
        assert (after == "�") if hidden else (after == before)


@pytest.mark.parametrize("finding", Finding)
@pytest.mark.parametrize("reason", [None, "too plain", "default avatar"])
def test_every_comparison_has_words_and_numbers(finding: Finding, reason: str | None) -> None:
    comparison = Comparison(
        one="a.jpg",
        other="b.jpg",
        finding=finding,
        support=MATCH.support,
        whole_distance=MATCH.whole_distance,
        reason=reason,
        edits=MATCH.edits,
    )
    text = comparison_text(comparison)
    assert "a.jpg" in text
    assert "b.jpg" in text
    assert "20 of 256" in text
    assert "None" not in text


def judged(relation: Relation, *, weak: bool = False, other: Relation | None = None) -> str:
    """The report on one photo that stands under one name, and perhaps under a second one."""
    second = replace(SIGHTING, id=18, identity=replace(OWNER, id=2, name="Otto Third"))
    matches = (MATCH, replace(MATCH, sighting=second)) if other else (MATCH,)
    readings = tuple(
        Reading(sighting=number, likeness=Likeness(relation=one, on="name", ours="Emma", weak=weak))
        for number, one in ((17, relation), (18, other))
        if one is not None
    )
    looked = (Looked(photo="one.jpg", status=Status.OK, matches=matches),)
    return text_of(replace(FACTS, looked=looked, readings=readings, gaps=()))


def test_a_picture_that_also_stands_under_another_name_is_not_said_to_stand_under_one_only() -> None:
    told = judged(Relation.SAME_NAME, other=Relation.OTHER)
    assert "only" not in told.split("RESULT")[1].split("Known as")[0]
    assert "also elsewhere" in told
    assert "Otto Third" in told


def test_a_known_owner_is_not_called_unknown_because_nothing_was_claimed() -> None:
    told = judged(Relation.UNCLAIMED)
    assert "not known" not in told.split("RESULT")[1].split("Known as")[0]
    assert "Mikkel Sandvang" in told.split("RESULT")[1].split("Known as")[0]


def test_photos_that_were_not_looked_at_are_not_counted_as_checked() -> None:
    assert "3 photos (and 1 not looked at)" in text_of(FACTS)


def test_an_empty_library_is_said_at_the_top() -> None:
    nothing = replace(FACTS, looked=FACTS.looked[1:2], readings=(), compared=Compared(photos=0, hashes=0))
    head = text_of(nothing).split("The other photos")[0]
    assert "nothing to compare with" in head
    assert "RESULT Nothing is known of these photos." in head
