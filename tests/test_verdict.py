"""Each rule draws its statement from the facts it is about, and from no others."""

from __future__ import annotations

import ast
import dataclasses
import re
from pathlib import Path

import pytest

from fakeprofile import verdict
from fakeprofile.records import (
    AgeRange,
    Compared,
    DateKind,
    Evidence,
    Facts,
    Finding,
    Handle,
    Identity,
    Level,
    Likeness,
    Looked,
    Match,
    Profile,
    Reading,
    Relation,
    Sighting,
    Source,
    Status,
    Support,
    WholeDistance,
)
from fakeprofile.report import english

OWNER = Identity(id=1, name="Mikkel", handles=(Handle(name="mikkel", platform="instagram"),))
NOTHING_SAID = Likeness(relation=Relation.UNCLAIMED)


def likeness(relation: Relation, **more: object) -> Likeness:
    return dataclasses.replace(
        Likeness(relation=relation, on="name", ours="Lars", theirs="Mikkel"), **more
    )  # fmt: skip


def sighting(number: int = 1, **more: object) -> Sighting:
    plain = Sighting(id=number, source=Source.REFERENCE, identity=OWNER, photo_sha256="ab")
    return dataclasses.replace(plain, **more)


def match(seen: Sighting, finding: Finding = Finding.SAME_PICTURE) -> Match:
    return Match(
        sighting=seen,
        finding=finding,
        support=Support(log10_lr=4.0, words="very strong"),
        whole_distance=WholeDistance(phash=2, pdq=8),
    )


def looked(
    *matches: Match, name: str = "a.jpg", status: Status = Status.OK, reason: str | None = None
) -> Looked:
    return Looked(photo=name, status=status, reason=reason, matches=matches)


def facts(
    *photos: Looked,
    claims: dict[int, Likeness] | None = None,
    then: dict[int, AgeRange] | None = None,
    age: int | None = None,
) -> Facts:
    numbers = {one.sighting.id for photo in photos for one in photo.matches}
    return Facts(
        profile=Profile(name="Lars", age=age),
        checked_on="2026-07-01",
        looked=photos,
        compared=Compared(photos=3, hashes=0),
        readings=tuple(
            Reading(
                sighting=number,
                likeness=(claims or {}).get(number, likeness(Relation.OTHER)),
                age_then=(then or {}).get(number),
            )
            for number in sorted(numbers)
        ),
    )


def codes(given: Facts) -> list[str]:
    return [one.code for one in verdict.weigh(given).evidence]


CASE = {"source": Source.CASE, "date_kind": DateKind.CHECKED, "seen_on": "2026-06-01"}
STANDINGS: tuple[tuple[str, dict[str, object], Likeness, str, Level], ...] = (
    ("another name", {}, likeness(Relation.OTHER), "other-identity", Level.OTHER_IDENTITY),
    (
        "a name that could be short for it",
        {},
        likeness(Relation.OTHER, weak=True),
        "perhaps-other-identity",
        Level.OTHER_ACCOUNT,
    ),
    ("nothing claimed", {}, NOTHING_SAID, "nothing-claimed", Level.OTHER_ACCOUNT),
    ("a list without owners", {"identity": None}, NOTHING_SAID, "unknown-owner", Level.OTHER_ACCOUNT),
    ("the claimed name", {}, likeness(Relation.SAME_NAME), "own-picture", Level.SAME_IDENTITY),
    ("the claimed account", {}, likeness(Relation.SAME_ACCOUNT), "own-picture", Level.SAME_IDENTITY),
    ("the claimed number", {}, likeness(Relation.SAME_ID), "own-picture", Level.SAME_IDENTITY),
    ("an earlier account", CASE, likeness(Relation.OTHER), "other-case", Level.OTHER_ACCOUNT),
    (
        "an earlier account that could be it",
        CASE,
        likeness(Relation.OTHER, weak=True),
        "other-case",
        Level.OTHER_ACCOUNT,
    ),
    ("an earlier account, nothing claimed", CASE, NOTHING_SAID, "other-case", Level.OTHER_ACCOUNT),
    (
        "an earlier account of that name",
        CASE,
        likeness(Relation.SAME_NAME),
        "own-other-account",
        Level.SAME_IDENTITY,
    ),
    (
        "this account under an old name",
        CASE,
        likeness(Relation.SAME_ID),
        "seen-before-under-other-name",
        Level.SAME_IDENTITY,
    ),
    (
        "this account checked before",
        CASE,
        likeness(Relation.SAME_ACCOUNT),
        "seen-before",
        Level.NOTHING_FOUND,
    ),
)


@pytest.mark.parametrize(
    ("more", "claim", "code", "level"),
    [row[1:] for row in STANDINGS],
    ids=[row[0] for row in STANDINGS],
)
def test_a_picture_that_stands_under(
    more: dict[str, object], claim: Likeness, code: str, level: Level
) -> None:
    given = facts(looked(match(sighting(**more))), claims={1: claim})
    assert codes(given)[0] == code
    assert verdict.weigh(given).level is level


@pytest.mark.parametrize("level", Level)
def test_only_another_name_or_account_is_flagged(level: Level) -> None:
    flagged = verdict.Verdict(level=level, evidence=()).flagged
    assert flagged == (level in (Level.OTHER_IDENTITY, Level.OTHER_ACCOUNT))


def test_the_strongest_statement_makes_the_level() -> None:
    given = facts(
        looked(match(sighting(1)), name="a.jpg"),
        looked(match(sighting(2, **CASE)), name="b.jpg"),
        looked(match(sighting(3), Finding.SIMILAR), name="c.jpg"),
        looked(name="d.jpg"),
    )
    assert verdict.weigh(given).level is Level.OTHER_IDENTITY
    assert codes(given) == ["other-identity", "other-case", "similar", "nothing-found"]


def test_who_has_a_picture_of_their_own_is_not_flagged_because_others_show_it_too() -> None:
    own, thief = sighting(1), sighting(2, identity=Identity(id=2, name="Somebody"))
    copied = sighting(3, **CASE, identity=Identity(id=3, name="copycat"))
    given = facts(looked(match(thief), match(copied), match(own)), claims={1: likeness(Relation.SAME_NAME)})
    assert codes(given) == ["also-elsewhere", "also-elsewhere", "own-picture"]
    assert not verdict.weigh(given).flagged


def test_owning_one_picture_does_not_excuse_another() -> None:
    own, other = sighting(1), sighting(2, identity=Identity(id=2, name="Somebody"))
    given = facts(
        looked(match(own), name="a.jpg"),
        looked(match(other), name="b.jpg"),
        claims={1: likeness(Relation.SAME_NAME)},
    )
    assert verdict.weigh(given).level is Level.OTHER_IDENTITY


def test_an_earlier_check_of_the_same_name_does_not_make_a_picture_ones_own() -> None:
    earlier, known = sighting(1, **CASE), sighting(2)
    given = facts(looked(match(earlier), match(known)), claims={1: likeness(Relation.SAME_NAME)})
    assert verdict.weigh(given).level is Level.OTHER_IDENTITY


def test_checking_an_account_twice_changes_nothing() -> None:
    again = match(sighting(7, **CASE))
    own = {7: likeness(Relation.SAME_ACCOUNT)}
    assert verdict.weigh(facts(looked())).level is Level.NOTHING_FOUND
    assert verdict.weigh(facts(looked(again), claims=own)).level is Level.NOTHING_FOUND
    assert verdict.weigh(facts(looked(match(sighting(1)), again), claims=own)).level is Level.OTHER_IDENTITY


def test_a_rename_is_told_once_for_each_earlier_name() -> None:
    claims = {
        1: likeness(Relation.SAME_ID, ours="instagram:lars", theirs="instagram:soep"),
        2: likeness(Relation.SAME_ID, ours="instagram:lars", theirs="instagram:soep"),
        3: likeness(Relation.SAME_ID, ours="instagram:lars", theirs="instagram:milan"),
    }
    given = facts(looked(*(match(sighting(number, **CASE)) for number in claims)), claims=claims)
    told = [one for one in verdict.weigh(given).evidence if one.code == "renamed"]
    assert [one["theirs"] for one in told] == ["instagram:soep", "instagram:milan"]
    assert all(one.level is None for one in told)


@pytest.mark.parametrize(
    ("then", "code"),
    [
        (AgeRange(least=0, most=1), "age-then"),
        (AgeRange(least=-1, most=0), "age-then"),
        (AgeRange(least=9, most=10), "age-then"),
        (AgeRange(least=-2, most=-1), "unborn-then"),
        (AgeRange(least=10, most=11), None),
        (AgeRange(least=11, most=11), None),
        (None, None),
    ],
)
def test_a_claimed_age_is_told_if_the_picture_is_old_enough(then: AgeRange | None, code: str | None) -> None:
    seen = sighting(1, seen_on="2016-05-01", date_kind=DateKind.STATED)
    given = facts(looked(match(seen)), then={1: then} if then else {}, age=11)
    told = [one for one in verdict.weigh(given).evidence if one.code in ("age-then", "unborn-then")]
    assert [one.code for one in told] == ([code] if code else [])
    if told:
        assert (told[0]["seen_on"], told[0]["kind"], told[0]["age"]) == ("2016-05-01", "stated", "11")
        assert told[0].level is None


def test_the_age_is_told_of_the_oldest_certain_date() -> None:
    """Of "2016" only the last day is certain."""
    dates = {1: "2016", 2: "2016-05-01", 3: "2018-01-01", 4: None}
    seen = [match(sighting(number, seen_on=day)) for number, day in dates.items()]
    then = {number: AgeRange(least=0, most=1) for number in (1, 2, 3)}
    given = facts(looked(*seen), then=then, age=11)
    (told,) = [one for one in verdict.weigh(given).evidence if one.code == "age-then"]
    assert (told.sighting, told["seen_on"]) == (2, "2016-05-01")


def test_what_only_looks_alike_says_nothing_of_ages() -> None:
    seen = match(sighting(1, seen_on="2010"), Finding.SIMILAR)
    assert codes(facts(looked(seen), then={1: AgeRange(least=-5, most=-4)}, age=11)) == ["similar"]


def test_what_looks_alike_is_never_flagged_and_silent_beside_a_proof() -> None:
    alone = facts(looked(match(sighting(1), Finding.SIMILAR)))
    assert verdict.weigh(alone).level is Level.SIMILAR
    assert "similar" not in codes(facts(looked(match(sighting(1)), match(sighting(2), Finding.SIMILAR))))


@pytest.mark.parametrize(
    ("photos", "level", "expected", "explained"),
    [
        ([], Level.NOT_CHECKABLE, ["nothing-to-check"], False),
        (
            [looked(status=Status.NOT_CHECKABLE, reason="default avatar")],
            Level.NOT_CHECKABLE,
            ["not-checkable", "nothing-to-check"],
            True,
        ),
        (
            [looked(status=Status.UNREADABLE, reason="cut off")],
            Level.NOT_CHECKABLE,
            ["nothing-to-check"],
            False,
        ),
        (
            [looked(status=Status.NOT_CHECKABLE, reason="too plain"), looked(name="b.jpg")],
            Level.NOTHING_FOUND,
            ["not-checkable", "nothing-found"],
            False,
        ),
    ],
)
def test_photos_that_could_not_be_compared(
    photos: list[Looked], level: Level, expected: list[str], explained: bool
) -> None:
    judged = verdict.weigh(facts(*photos))
    assert judged.level is level
    assert codes(facts(*photos)) == expected
    assert ("many-have-none" in judged.explanations) == explained


def every_code() -> set[str]:
    """What the rules can say, as found by this file's own tables."""
    return {row[3] for row in STANDINGS} | {
        "also-elsewhere", "renamed", "age-then", "unborn-then", "similar", "not-checkable", "nothing-to-check",
        "nothing-found",
    }  # fmt: skip


def words_of(module: object) -> list[str]:
    texts: list[str] = []
    for name, value in vars(module).items():
        if name.startswith("__"):
            continue
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            texts += [text for text in value.values() if isinstance(text, str)]
    return texts


def test_the_tables_of_this_file_know_every_code_in_the_rules() -> None:
    tree = ast.parse(Path(verdict.__file__).read_text("utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    texts = {
        node.value
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    codes_in_rules = {text for text in texts if re.fullmatch(r"[a-z]+(-[a-z]+)+|renamed|similar", text)}
    assert codes_in_rules == every_code()


def test_every_code_has_words_but_the_one_that_the_headline_says() -> None:
    tables = [value for value in vars(english).values() if isinstance(value, dict)]
    known = {key for table in tables for key in table}
    assert every_code() - known <= {"nothing-to-check"}
    explanations = {code for codes in verdict.EXPLANATIONS.values() for code in codes} | set(verdict.NO_PHOTO)
    assert explanations <= known
    assert set(Level) <= known


@pytest.mark.parametrize(
    "word", ["fake", "real", "predator", "percent", "%", "fraud", "scam", "liar", "guilt", "suspect"]
)
def test_no_text_accuses_anybody(word: str) -> None:
    for text in words_of(english):
        assert not re.search(rf"(?<![a-z]){re.escape(word)}(?!profile)", text.lower()), text


def test_a_statement_gives_its_parameters_by_name() -> None:
    assert Evidence(code="x", parameters=(("name", "A"),))["name"] == "A"
