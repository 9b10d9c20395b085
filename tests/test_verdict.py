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
    Dated,
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
    Reliability,
    Sighting,
    SiteKind,
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
        "an earlier account that claimed that name too",
        CASE,
        likeness(Relation.SAME_NAME),
        "own-other-account",
        Level.OTHER_ACCOUNT,
    ),
    (
        "an earlier account of that handle elsewhere",
        CASE,
        likeness(Relation.SAME_NAME, on="handle"),
        "own-like-handle",
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


def test_pictures_that_stand_only_where_anybody_takes_them_from_are_explained_by_that() -> None:
    shop = on_web(1, "https://a.example/", site=SiteKind.STOCK)
    judged = verdict.weigh(facts(looked(match(shop)), claims={1: likeness(Relation.OTHER)}))
    assert judged.explanations == verdict.ANYBODY


def test_a_post_of_which_nobody_knows_whose_it_is_may_be_the_accounts_own() -> None:
    post = on_web(1, "https://a.example/p/1", site=SiteKind.POST)
    judged = verdict.weigh(facts(looked(match(post)), claims={1: likeness(Relation.OTHER)}))
    assert judged.explanations[0] == "own-post"


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


# --- the web ------------------------------------------------------------------------------


def on_web(number: int, page: str, *dates: Dated, owner: Handle | None = None, **more: object) -> Sighting:
    """A place that public search pointed at."""
    return sighting(
        number,
        source=Source.WEB,
        identity=Identity(id=0, name=owner.name, handles=(owner,)) if owner else None,
        page_url=page,
        dates=dates,
        **more,
    )


def crawled(on: str, reliability: Reliability = Reliability.MEDIUM) -> Dated:
    return Dated(
        on=on, kind=DateKind.CRAWLED, reliability=reliability, by="tineye", about="https://x.example/"
    )


def insta(name: str) -> Handle:
    return Handle(name=name, platform="instagram")


WEB_STANDINGS: tuple[tuple[str, dict[str, object], Likeness, str, Level], ...] = (
    ("some page", {}, NOTHING_SAID, "on-web", Level.OTHER_ACCOUNT),
    ("the page of another account", {}, likeness(Relation.OTHER), "on-web", Level.OTHER_ACCOUNT),
    (
        "a stock shop",
        {"site": SiteKind.STOCK},
        likeness(Relation.OTHER),
        "on-stock-site",
        Level.OTHER_ACCOUNT,
    ),
    (
        "a wallpaper site",
        {"site": SiteKind.WALLPAPER},
        likeness(Relation.OTHER),
        "on-wallpaper-site",
        Level.OTHER_ACCOUNT,
    ),
    (
        "a post of nobody knows whom",
        {"site": SiteKind.POST},
        likeness(Relation.OTHER),
        "on-post",
        Level.OTHER_ACCOUNT,
    ),
    ("a fan page", {"site": SiteKind.FAN}, likeness(Relation.OTHER), "on-fan-page", Level.OTHER_ACCOUNT),
    ("a page under the claimed name", {}, likeness(Relation.SAME_NAME), "own-page", Level.SAME_IDENTITY),
    (
        "the account itself",
        {},
        likeness(Relation.SAME_ACCOUNT),
        "this-account-on-web",
        Level.NOTHING_FOUND,
    ),
)


@pytest.mark.parametrize(
    ("more", "claim", "code", "level"),
    [row[1:] for row in WEB_STANDINGS],
    ids=[row[0] for row in WEB_STANDINGS],
)
def test_a_picture_that_public_search_finds_on(
    more: dict[str, object], claim: Likeness, code: str, level: Level
) -> None:
    """One page never names an owner: that takes two that are independent of each other."""
    given = facts(looked(match(on_web(1, "https://a.example/", **more))), claims={1: claim})
    assert codes(given)[0] == code
    assert verdict.weigh(given).level is level
    assert verdict.weigh(given).evidence[0]["name"] == ""


def mikkel(*dates: Dated) -> list[Match]:
    """His own pages on two platforms."""
    return [
        match(on_web(1, "https://www.instagram.com/mikkelsandvang/", *dates, title="Mikkel Sandvang")),
        match(
            on_web(2, "https://www.youtube.com/@mikkelsandvang", *dates, title="Mikkel Sandvang - YouTube")
        ),
    ]


def test_two_independent_sites_that_agree_on_another_name_name_an_identity() -> None:
    judged = verdict.weigh(facts(looked(*mikkel())))
    (named,) = [one for one in judged.evidence if one.code == "agreed-name"]
    assert judged.level is Level.OTHER_IDENTITY
    assert (named["name"], named["domains"]) == ("Mikkel Sandvang", "instagram.com, youtube.com")


@pytest.mark.parametrize(
    "pages",
    [
        ("https://www.instagram.com/mikkelsandvang/", "https://www.instagram.com/mikkelsandvang/reels/"),
        ("https://x.com/mikkelsandvang", "https://twitter.com/mikkelsandvang"),
        ("https://www.instagram.com/mikkelsandvang/", "https://www.shutterstock.com/g/mikkelsandvang"),
        ("https://www.instagram.com/mikkelsandvang/", "https://www.youtube.com/@mikkelsandvang_fanpage"),
    ],
    ids=["one site twice", "one platform under two names", "a shop", "a fan page"],
)
def test_a_name_needs_two_sites_that_are_independent(pages: tuple[str, str]) -> None:
    found = [
        match(on_web(number, page, title="Mikkel Sandvang")) for number, page in enumerate(pages, start=1)
    ]
    judged = verdict.weigh(facts(looked(*found)))
    assert judged.level is Level.OTHER_ACCOUNT
    assert not [one for one in judged.evidence if one.code.startswith("agreed")]


def test_the_account_itself_does_not_help_to_agree_on_a_name() -> None:
    given = facts(looked(*mikkel()), claims={1: likeness(Relation.SAME_ACCOUNT)})
    assert not [code for code in codes(given) if code.startswith("agreed")]


def test_agreeing_on_the_claimed_name_is_its_own_and_other_pages_are_mentioned() -> None:
    pages = [
        match(on_web(1, "https://www.instagram.com/lars.jensen/", title="Lars Jensen")),
        match(on_web(2, "https://www.youtube.com/@larsjensen", title="Lars Jensen - YouTube")),
        match(on_web(3, "https://pictures.example/", title="Boys on boats")),
    ]
    given = dataclasses.replace(facts(looked(*pages)), profile=Profile(name="Lars Jensen"))
    assert codes(given)[:4] == ["also-on-web", "also-on-web", "also-on-web", "agreed-own"]
    assert verdict.weigh(given).level is Level.SAME_IDENTITY


def test_accounts_that_agree_on_the_claimed_name_do_not_outweigh_the_reference_set() -> None:
    """Whoever shows the pictures under one borrowed name on two platforms agrees with themselves."""
    pages = [
        match(on_web(1, "https://www.tiktok.com/@lars.jensen", title="Lars Jensen")),
        match(on_web(2, "https://www.youtube.com/@larsjensen", title="Lars Jensen - YouTube")),
        match(sighting(3)),
    ]
    given = dataclasses.replace(facts(looked(*pages)), profile=Profile(name="Lars Jensen"))
    judged = verdict.weigh(given)
    assert judged.level is Level.OTHER_IDENTITY
    assert "other-identity" in [one.code for one in judged.evidence]


def test_an_agreed_name_that_nothing_can_be_compared_with_is_told_as_that() -> None:
    given = dataclasses.replace(facts(looked(*mikkel())), profile=Profile())
    judged = verdict.weigh(given)
    assert "agreed-unclaimed" in [one.code for one in judged.evidence]
    assert judged.level is Level.OTHER_ACCOUNT


def test_an_agreed_name_that_could_be_the_claimed_one_is_not_called_another() -> None:
    given = dataclasses.replace(facts(looked(*mikkel())), profile=Profile(name="Mikkel"))
    judged = verdict.weigh(given)
    assert "agreed-perhaps" in [one.code for one in judged.evidence]
    assert judged.level is Level.OTHER_ACCOUNT


def titled(*titles: str) -> list[Match]:
    return [match(on_web(n, f"https://{n}-site.example/", title=title)) for n, title in enumerate(titles, 1)]


def test_what_titles_have_in_common_is_told_and_judges_nobody() -> None:
    judged = verdict.weigh(facts(looked(*titled("Golden Retriever: our dog", "Golden Retriever – pictures"))))
    (told,) = [one for one in judged.evidence if one.code == "shared-title"]
    assert (told["name"], told.level) == ("Golden Retriever", None)
    assert judged.level is Level.OTHER_ACCOUNT


def test_one_title_alone_and_titles_beside_an_agreed_name_are_not_told_as_common() -> None:
    assert "shared-title" not in codes(facts(looked(*titled("Golden Retriever: our dog"))))
    both = facts(
        looked(
            *mikkel(), *(match(on_web(n, f"https://{n}.example/", title="Golden Retriever")) for n in (5, 6))
        )
    )
    assert "shared-title" not in codes(both)


def posted(on: str | None, *matches: Match) -> Facts:
    given = facts(looked(*matches))
    return dataclasses.replace(given, profile=dataclasses.replace(given.profile, posted_on=on))


@pytest.mark.parametrize("since", ["2016", "2016-05", "2016-05-02"])
def test_copies_that_are_all_later_than_the_post_are_no_other_identity(since: str) -> None:
    judged = verdict.weigh(posted(since, *mikkel(crawled("2020-01-01"))))
    assert judged.level is Level.OTHER_ACCOUNT
    assert "all-later-than-post" in [one.code for one in judged.evidence]
    assert "taken-from-here" in judged.explanations


@pytest.mark.parametrize("since", ["2020", "2020-01", "2020-01-01", "2021-01-01", None])
def test_a_copy_that_may_be_older_than_the_post_stands_against_it(since: str | None) -> None:
    judged = verdict.weigh(posted(since, *mikkel(crawled("2020-01-01"))))
    assert judged.level is Level.OTHER_IDENTITY
    assert not [one for one in judged.evidence if one.code.endswith("later-than-post")]


def test_some_later_copies_are_counted_and_change_no_answer() -> None:
    old, young = mikkel(crawled("2014-01-01"))[0], mikkel(crawled("2022-01-01"))[1]
    judged = verdict.weigh(posted("2020", old, young))
    (told,) = [one for one in judged.evidence if one.code == "some-later-than-post"]
    assert (told["later"], told["dated"]) == ("1", "2")
    assert judged.level is Level.OTHER_IDENTITY
    assert judged.explanations[0] == "taken-from-here"


def test_the_page_of_the_account_itself_says_nothing_of_dates() -> None:
    own = match(on_web(9, "https://www.instagram.com/lars/", crawled("2001-01-01")))
    given = dataclasses.replace(
        facts(looked(own, *mikkel(crawled("2020-01-01"))), claims={9: likeness(Relation.SAME_ACCOUNT)}),
        profile=Profile(name="Lars", posted_on="2010"),
    )
    (first,) = [one for one in verdict.weigh(given).evidence if one.code == "first-on-web"]
    assert first["on"] == "2020-01-01"
    assert "all-later-than-post" in codes(given)


def test_the_first_on_the_web_has_its_kind_and_what_puts_it_in_doubt() -> None:
    dates = (crawled("2016-05-03"), crawled("2015", Reliability.WEAK), crawled("2016-05"))
    found = [match(on_web(number, f"https://{number}.example/", one)) for number, one in enumerate(dates, 1)]
    (first,) = [one for one in verdict.weigh(facts(looked(*found))).evidence if one.code == "first-on-web"]
    assert (first.sighting, first["on"], first["kind"], first["reliability"]) == (
        1,
        "2016-05-03",
        "crawled",
        "medium",
    )
    assert (first["ties"], first["doubts"]) == ("1", "1")


def test_a_shop_is_an_explanation_of_another_identity() -> None:
    shop = match(on_web(3, "https://www.shutterstock.com/image-photo/1", site=SiteKind.STOCK))
    assert verdict.weigh(facts(looked(*mikkel(), shop))).explanations[0] == "stock-or-meme"


def test_what_only_looks_alike_on_the_web_is_called_nobodys() -> None:
    alike = match(
        on_web(1, "https://www.instagram.com/mikkelsandvang/", owner=insta("mikkelsandvang")), Finding.SIMILAR
    )
    (told,) = verdict.weigh(facts(looked(alike))).evidence
    assert (told.code, told["name"], told.level) == ("similar", "", Level.SIMILAR)


def every_code() -> set[str]:
    """What the rules can say, as found by this file's own tables."""
    return {row[3] for row in (*STANDINGS, *WEB_STANDINGS)} | {
        "also-on-web", "agreed-name", "agreed-unclaimed", "agreed-own", "agreed-perhaps", "first-on-web", "shared-title",
        "some-later-than-post", "all-later-than-post", "taken-from-here", "stock-or-meme",
        "own-post", "also-elsewhere", "renamed", "age-then", "unborn-then", "similar", "not-checkable", "nothing-to-check",
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


def test_every_code_has_words_but_what_the_headline_and_the_last_lines_say() -> None:
    """That an account was checked before is a line of its own below the evidence (``report/text.py``)."""
    tables = [value for value in vars(english).values() if isinstance(value, dict)]
    known = {key for table in tables for key in table}
    assert every_code() - known <= {"nothing-to-check", "seen-before"}
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
