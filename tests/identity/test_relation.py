"""Whether an account claims to be somebody, by names and handles. All people and accounts are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeprofile.identity import Likeness, Relation, parse_handle, relation_of
from fakeprofile.records import Handle, Identity, Profile

SAME_ACCOUNT, SAME_ID, SAME_NAME = Relation.SAME_ACCOUNT, Relation.SAME_ID, Relation.SAME_NAME
OTHER, UNCLAIMED = Relation.OTHER, Relation.UNCLAIMED


def profile(handle: str = "", name: str = "", account_id: str = "") -> Profile:
    return Profile(
        handle=parse_handle(handle) if handle else None, name=name or None, account_id=account_id or None
    )


def identity(name: str = "", *handles: str) -> Identity:
    """An identity; a handle may carry an id: ``instagram:imke#123``."""
    split = [handle.partition("#") for handle in handles]
    parsed = [(parse_handle(handle), account_id) for handle, _, account_id in split]
    return Identity(
        id=1,
        name=name,
        handles=tuple(
            Handle(name=handle.name, platform=handle.platform, account_id=account_id or None)
            for handle, account_id in parsed
        ),
    )


IMKE = identity("Imke Dorsman", "instagram:imkedorsman_")
MIKKEL = identity("Mikkel Sandvang", "instagram:mikkelsandvang#1001", "youtube:mikkelsandvangmusic")
LARS = identity("Lars Holm", "instagram:lars.holm")
BERG = identity("Jan van den Berg")

ROWS: list[tuple[str, Profile, Identity | None, Relation]] = [
    # the same account
    ("same handle", profile("instagram:imkedorsman_"), IMKE, SAME_ACCOUNT),
    ("same handle but for case", profile("IG:ImkeDorsman_", "Lars"), IMKE, SAME_ACCOUNT),
    ("same handle and id", profile("instagram:mikkelsandvang", "", "1001"), MIKKEL, SAME_ACCOUNT),
    ("same id, no handle", profile("", "Lars", "1001"), MIKKEL, SAME_ACCOUNT),
    (
        "same handle, id not known there",
        profile("youtube:mikkelsandvangmusic", "", "5"),
        MIKKEL,
        SAME_ACCOUNT,
    ),
    # renamed
    ("same id, other handle", profile("instagram:lars_2011", "Lars", "1001"), MIKKEL, SAME_ID),
    ("same id, platform unknown", profile("lars_2011", "Lars", "1001"), MIKKEL, SAME_ID),
    ("same id number on another platform", profile("tiktok:lars_2011", "Lars", "1001"), MIKKEL, OTHER),
    # a handle that somebody else took over, and other accounts under the name
    ("same handle, other id", profile("instagram:mikkelsandvang", "", "2002"), MIKKEL, SAME_NAME),
    ("same name, other id", profile("instagram:mikkel.s", "Mikkel Sandvang", "2002"), MIKKEL, SAME_NAME),
    ("only an id, another one", profile("", "", "2002"), MIKKEL, UNCLAIMED),
    # own other accounts
    ("handle with a dot elsewhere", profile("tiktok:imke.dorsman"), IMKE, SAME_NAME),
    ("handle with a year", profile("tiktok:imke_dorsman2009"), IMKE, SAME_NAME),
    ("handle without a platform", profile("imkedorsman_"), IMKE, SAME_NAME),
    ("handle with a doubled letter", profile("tiktok:imkedorsmann"), IMKE, SAME_NAME),
    ("surname first in the handle", profile("tiktok:dorsman.imke"), IMKE, SAME_NAME),
    ("small word before the name", profile("tiktok:the_real_imkedorsman"), IMKE, SAME_NAME),
    ("country behind the name", profile("tiktok:imkedorsman.nl"), IMKE, SAME_NAME),
    ("year and word behind the name", profile("tiktok:imkedorsman98fan"), IMKE, SAME_NAME),
    ("name with emoji", profile("tiktok:xx", "🌸 Imke Dorsman ✨"), IMKE, SAME_NAME),
    ("name in fancy letters", profile("tiktok:xx", "𝓘𝓶𝓴𝓮 𝓓𝓸𝓻𝓼𝓶𝓪𝓷"), IMKE, SAME_NAME),
    ("surname first", profile("", "DORSMAN, Imke"), IMKE, SAME_NAME),
    ("name with a job behind it", profile("", "Imke Dorsman | singer"), IMKE, SAME_NAME),
    ("name with a year behind it", profile("", "Imke Dorsman 2009"), IMKE, SAME_NAME),
    ("middle name", profile("", "Imke Maria Dorsman"), IMKE, SAME_NAME),
    ("doubled letter in the name", profile("", "Imke Dorssman"), IMKE, SAME_NAME),
    ("a handle as display name", profile("", "imke_dorsman"), IMKE, SAME_NAME),
    (
        "name in the handle, known by name only",
        profile("x:mikkelsandvangmusic"),
        identity("Mikkel Sandvang"),
        SAME_NAME,
    ),
    (
        "name that fits a handle",
        profile("", "Mikkel Sandvang"),
        identity("m", "ig:mikkelsandvang.fans"),
        SAME_NAME,
    ),
    ("an impostor with the full name", profile("tiktok:lars.holm.real", "Lars Holm"), LARS, SAME_NAME),
    ("only ever known as Lars", profile("tiktok:abc", "Lars"), identity("Lars", "ig:zzz"), SAME_NAME),
    (
        "slip of the pen in a long word",
        profile("", "Cristopher Sandvang"),
        identity("Christopher Sandvang"),
        SAME_NAME,
    ),
    # Dutch names
    ("vd for van den", profile("", "Jan vd Berg"), BERG, SAME_NAME),
    ("v.d. for van den", profile("", "Jan v.d. Berg"), BERG, SAME_NAME),
    ("v/d for van den", profile("", "Jan v/d Berg"), BERG, SAME_NAME),
    ("Berg, Jan van den", profile("", "Berg, Jan van den"), BERG, SAME_NAME),
    ("van den in a handle", profile("ig:jan.vandenberg"), BERG, SAME_NAME),
    ("vd in a handle", profile("ig:jan_vd_berg_1987"), BERG, SAME_NAME),
    ("surname first in a handle", profile("ig:vandenberg.jan"), BERG, SAME_NAME),
    ("van 't", profile("", "Els van ’t Hof"), identity("Els van 't Hof"), SAME_NAME),
    ("another first name", profile("", "Piet van den Berg"), BERG, OTHER),
    ("another particle", profile("", "Jan ten Berg"), BERG, OTHER),
    ("another surname with the same particles", profile("", "Jan van den Bosch"), BERG, OTHER),
    # other scripts
    ("Cyrillic name", profile("", "АЛЁНА Петрова"), identity("Петрова Алена"), SAME_NAME),
    ("Cyrillic surname of a wife", profile("", "Саша Петрова"), identity("Саша Петров"), OTHER),
    ("Arabic with vowel points", profile("", "مُحَمَّد علي"), identity("محمد علي"), SAME_NAME),
    ("another Arabic name", profile("", "محمد علي"), identity("محمد حسن"), OTHER),
    ("Chinese without a space", profile("", "李小龙"), identity("李 小龙"), SAME_NAME),
    ("Chinese name with one other letter", profile("", "李小虎"), identity("李小龙"), OTHER),
    ("Japanese in the other order", profile("", "太郎 山田"), identity("山田 太郎"), SAME_NAME),
    ("Danish letters in the handle", profile("ig:soren.aerenlund"), identity("Søren Ærenlund"), SAME_NAME),
    ("not transliterated", profile("", "Алена Петрова"), identity("Alena Petrova"), OTHER),
    ("Cyrillic letter in a Latin name", profile("", "Imke Dorsm\u0430n"), IMKE, OTHER),
    ("Cyrillic letter in a long handle", profile("ig:mikkels\u0430ndvangmusic"), MIKKEL, OTHER),
    # what many people share
    ("first name of a full name", profile("tiktok:lars99", "Lars"), LARS, OTHER),
    ("full name of a first name", profile("", "Lars Holm"), identity("Lars"), OTHER),
    ("short handle with other digits", profile("tiktok:lars2011"), identity("Zz Yy", "ig:lars99"), OTHER),
    ("first name in a handle", profile("tiktok:larsje"), LARS, OTHER),
    ("initial for the surname", profile("tiktok:imke_d", "Imke D."), IMKE, OTHER),
    ("same surname", profile("", "Pia Dorsman"), IMKE, OTHER),
    ("similar surname", profile("", "Anna Hansen"), identity("Anna Jansen"), OTHER),
    ("similar surname in handles", profile("ig:mariahansen"), identity("Zz", "tt:mariajansen"), OTHER),
    ("longer surname", profile("ig:annapetersen"), identity("Anna Peters"), OTHER),
    ("longer surname with a place", profile("ig:annapetersson"), identity("Anna Peters"), OTHER),
    (
        "slip of the pen in a long handle",
        profile("ig:christophersandvng"),
        identity("Z", "x:christophersandvang"),
        SAME_NAME,
    ),
    ("his name for hers in a handle", profile("ig:martinvisser"), identity("Martina Visser"), OTHER),
    ("his name for hers", profile("", "Martin Visser"), identity("Martina Visser"), OTHER),
    ("a fragment of a handle", profile("ig:photography"), identity("Zz", "tt:photographylover"), OTHER),
    ("name inside a handle, not at its start", profile("ig:ilovelarsholm"), LARS, OTHER),
    ("leetspeak", profile("ig:m1kk3l_s4ndv4ng"), MIKKEL, OTHER),
    ("leetspeak in one letter", profile("ig:m1kkelsandvang"), MIKKEL, OTHER),
    ("other digits inside", profile("ig:anna2jansenxyzabc"), identity("Zz", "tt:anna3jansenxyzabc"), OTHER),
    ("digits only", profile("ig:20112011"), identity("Zz", "tt:20102010"), OTHER),
    ("his long name for hers", profile("", "Aleksandr Visser"), identity("Aleksandra Visser"), OTHER),
    ("surname and another first name", profile("", "Pia Dorsman"), identity("Imke Maria Dorsman"), OTHER),
    (
        "Cyrillic letter in a long word",
        profile("", "Christ\u043epher Sand"),
        identity("Christopher Sand"),
        OTHER,
    ),
    (
        "another digit in a long handle",
        profile("ig:christopher7sandvangmusic"),
        identity("Z", "x:christopher8sandvangmusic"),
        OTHER,
    ),
    # the story
    ("the second name", profile("instagram:lars_1101", "Lars"), identity("Soepkieke2020belgium"), OTHER),
    (
        "the first name again",
        profile("tiktok:soepkieke2020.belgium"),
        identity("Soepkieke2020belgium"),
        SAME_NAME,
    ),
    ("a thief of a singer", profile("ig:Soepkieke2020belgium", "Lars"), MIKKEL, OTHER),
    # nothing to compare
    ("no claim", profile(), IMKE, UNCLAIMED),
    ("no identity", profile("instagram:imke"), None, UNCLAIMED),
    ("a name of emoji", profile("", "🦄🌸"), IMKE, UNCLAIMED),
    ("an id only, none known", profile("", "", "77"), IMKE, UNCLAIMED),
    ("an identity without a name", profile("", "Lars"), identity(""), UNCLAIMED),
]


@pytest.mark.parametrize(
    ("claim", "known", "relation"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_a_claim_relates_to_an_identity_as_a_person_would_say(
    claim: Profile, known: Identity | None, relation: Relation
) -> None:
    assert relation_of(claim, known).relation is relation


def test_a_likeness_shows_what_decided() -> None:
    likeness = relation_of(profile("tiktok:xx", "Imke Dorsman"), IMKE)
    assert likeness == Likeness(
        relation=SAME_NAME, on="name", ours="Imke Dorsman", theirs="Imke Dorsman", similarity=100.0
    )


def test_a_renamed_account_shows_both_handles() -> None:
    likeness = relation_of(profile("instagram:Lars_2011", "Lars", "1001"), MIKKEL)
    assert (likeness.on, likeness.ours, likeness.theirs) == (
        "id",
        "instagram:Lars_2011",
        "instagram:mikkelsandvang",
    )


def test_another_name_is_told_by_the_names_if_both_are_known() -> None:
    likeness = relation_of(profile("instagram:imkedors", "Lars"), IMKE)
    assert (likeness.relation, likeness.on, likeness.ours, likeness.theirs) == (
        OTHER,
        "name",
        "Lars",
        "Imke Dorsman",
    )
    assert likeness.similarity < 50
    assert relation_of(profile("instagram:lars"), identity("", "x:a", "x:larsa")).theirs == "x:larsa"


@pytest.mark.parametrize(
    ("claim", "known", "other_id"),
    [
        (profile("instagram:mikkelsandvang", "", "2002"), MIKKEL, True),
        (profile("ig:mikkel", "Mikkel Sandvang", "2002"), MIKKEL, True),
        (profile("ig:lars", "Lars", "2002"), MIKKEL, True),
        (profile("ig:xyz", "", "2002"), identity("", "ig:a#1"), True),
        (profile("tiktok:mikkel", "Mikkel Sandvang", "2002"), MIKKEL, False),
        (profile("mikkelsandvang", "", "2002"), MIKKEL, False),
        (profile("ig:mikkelsandvang", "", "1001"), MIKKEL, False),
        (profile("ig:mikkel", "Mikkel Sandvang"), MIKKEL, False),
    ],
)
def test_another_id_on_the_same_platform_is_said(claim: Profile, known: Identity, other_id: bool) -> None:
    assert relation_of(claim, known).other_id is other_id


@pytest.mark.parametrize(
    ("claim", "known", "weak"),
    [
        (profile("ig:imke_d", "Imke D."), IMKE, True),
        (profile("ig:imke_d"), IMKE, True),
        (profile("", "Imke"), IMKE, True),
        (profile("", "Алена Петрова"), identity("Alena Petrova"), True),
        (profile("", "Imke Dorsmen"), IMKE, True),
        (profile("", "I."), IMKE, False),
        (profile("", "Lars"), IMKE, False),
        (profile("ig:Soepkieke2020belgium", "Lars"), MIKKEL, False),
        (profile("", "Imke Dorsm\u0430n"), IMKE, False),
    ],
)
def test_a_name_that_could_be_a_short_form_is_called_weak(
    claim: Profile, known: Identity, weak: bool
) -> None:
    likeness = relation_of(claim, known)
    assert likeness.relation is OTHER
    assert likeness.weak is weak


def test_an_old_and_a_new_handle_of_one_id_are_both_the_account() -> None:
    both = identity("Lars", "ig:soepkieke#7", "ig:lars_2011#7")
    assert relation_of(profile("ig:LARS_2011", "", "7"), both).relation is SAME_ACCOUNT
    assert relation_of(profile("ig:third", "", "7"), both).relation is SAME_ID


def test_platforms_in_an_old_library_are_compared_under_their_one_name() -> None:
    old = Identity(id=1, name="", handles=(Handle(name="@imke", platform="Twitter"),))
    assert relation_of(profile("x:imke"), old).relation is SAME_ACCOUNT


LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéøяж", min_size=6, max_size=20)


@st.composite
def respelled(draw: st.DrawFn) -> tuple[str, str]:
    """A handle of 6 letters and more, and the same with other case, dots, underscores, digits behind."""
    plain = draw(LETTERS)
    marks = draw(st.lists(st.sampled_from(["", "", ".", "_"]), min_size=len(plain), max_size=len(plain)))
    upper = draw(st.lists(st.booleans(), min_size=len(plain), max_size=len(plain)))
    letters = [c.upper() if up else c for c, up in zip(plain, upper, strict=True)]
    end = draw(st.sampled_from(["", "1", "99", "2011"]))
    return plain, "".join(c + mark for c, mark in zip(letters, marks, strict=True)) + end


@given(respelled(), st.sampled_from([IMKE, MIKKEL, LARS, BERG]))
def test_case_dots_underscores_and_digits_behind_a_handle_change_no_relation(
    spellings: tuple[str, str], known: Identity
) -> None:
    plain, other = (relation_of(profile(f"tiktok:{name}"), known) for name in spellings)
    assert plain.relation is other.relation


@given(respelled())
def test_a_respelled_handle_elsewhere_is_the_same_name(spellings: tuple[str, str]) -> None:
    one, other = spellings
    assert relation_of(profile(f"tiktok:{one}"), identity("", f"ig:{other}")).relation is SAME_NAME
    assert relation_of(profile(f"tiktok:{other}"), identity("", f"ig:{one}")).relation is SAME_NAME


@given(st.sampled_from([row for row in ROWS if row[1].handle and row[3] in (SAME_NAME, OTHER)]), st.data())
def test_dots_and_case_change_no_row_of_the_table(
    row: tuple[str, Profile, Identity | None, Relation], data: st.DataObject
) -> None:
    _, claim, known, relation = row
    assert claim.handle is not None
    at = data.draw(st.integers(1, len(claim.handle.name)))
    name = f"{claim.handle.name[:at]}{data.draw(st.sampled_from('._'))}{claim.handle.name[at:]}".upper()
    moved = Handle(name=name, platform="elsewhere")
    kept = Profile(handle=moved, name=claim.name)
    assert relation_of(kept, known).relation is relation


@given(st.text(), st.text(), st.text(), st.text(), st.text(), st.text())
def test_no_text_makes_relation_of_fail(a: str, b: str, c: str, d: str, e: str, f: str) -> None:
    claim = Profile(handle=Handle(name=a, platform=b), name=c, account_id=d)
    known = Identity(id=1, name=e, handles=(Handle(name=f, platform=b, account_id=d), Handle(name=a)))
    likeness = relation_of(claim, known)
    assert 0 <= likeness.similarity <= 100
    assert (likeness.relation is UNCLAIMED) == (likeness.on == "")
    assert likeness.relation is OTHER or not likeness.weak


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "\ud800", "🦄", "\u0301" * 500, "ﷺ" * 1000, "a" * 1_000_000, "_" * 9]
)
def test_odd_and_enormous_texts_are_compared_too(text: str) -> None:
    claim = Profile(handle=Handle(name=text), name=text)
    assert relation_of(claim, IMKE).relation in (OTHER, UNCLAIMED)
    assert relation_of(profile("ig:imke"), identity(text)).relation in (OTHER, UNCLAIMED)


@given(st.text(max_size=30), st.text(max_size=30))
def test_agreement_of_names_does_not_depend_on_who_is_asked_about(one: str, other: str) -> None:
    forth = relation_of(profile("", one), identity(other)).relation
    back = relation_of(profile("", other), identity(one)).relation
    assert forth is back
