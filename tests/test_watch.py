"""Who is meant by a watch, and what a check says when it meets them."""

from __future__ import annotations

import dataclasses

import pytest

from fakeprofile.records import (
    Compared,
    Evidence,
    Facts,
    Finding,
    Handle,
    Identity,
    Level,
    Looked,
    Match,
    Profile,
    Report,
    Sighting,
    Source,
    Status,
    Support,
    Watch,
    WholeDistance,
)
from fakeprofile.report.text import report_text
from fakeprofile.verdict import weigh
from fakeprofile.watch import MetBy, met_by, watched_in


def handle(text: str, number: str | None = None) -> Handle:
    platform, _, name = text.rpartition(":")
    return Handle(name=name, platform=platform or None, account_id=number)


def identity(*handles: Handle, name: str = "Lars", number: int = 5) -> Identity:
    return Identity(id=number, name=name, handles=handles)


@pytest.mark.parametrize(
    ("watch", "known", "met"),
    [
        (Watch(handle=handle("instagram:lars")), handle("instagram:Lars"), MetBy.HANDLE),
        (Watch(handle=handle("instagram:lars")), handle("tiktok:lars"), None),
        (Watch(handle=handle("lars")), handle("tiktok:lars"), MetBy.HANDLE),
        (Watch(handle=handle("instagram:lars")), handle("instagram:lars2"), None),
        (Watch(handle=handle("instagram:lars", "7"), account_id="7"), handle("instagram:mik", "7"), MetBy.ID),
        (Watch(handle=handle("instagram:lars", "7"), account_id="7"), handle("instagram:lars", "8"), None),
        (Watch(handle=handle("instagram:lars", "7"), account_id="7"), handle("instagram:lars"), MetBy.HANDLE),
        (Watch(account_id="7"), handle("tiktok:lars", "7"), MetBy.ID),
        (Watch(account_id="7", platform="instagram"), handle("tiktok:lars", "7"), None),
        (Watch(name="LARS "), handle("tiktok:x"), MetBy.NAME),
        (Watch(name="Lar"), handle("tiktok:x"), None),
        (Watch(case=5), handle("tiktok:x"), MetBy.CASE),
        (Watch(case=6), handle("tiktok:x"), None),
    ],
)  # fmt: skip
def test_a_watch_means_these_and_no_others(watch: Watch, known: Handle, met: MetBy | None) -> None:
    assert met_by(watch, identity(known), 5) is met


def test_a_case_is_not_an_identity_of_the_same_number() -> None:
    assert met_by(Watch(case=5), identity(handle("x:lars")), None) is None


def found(
    profile: Profile,
    *,
    source: Source = Source.CASE,
    finding: Finding = Finding.SAME_PICTURE,
    number: int = 3,
) -> Facts:
    """The facts of a check of two photos, of which the first is one of Lars's."""
    sighting = Sighting(
        id=number, source=source, identity=identity(handle("instagram:lars", "7")), photo_sha256="a" * 64
    )
    match = Match(
        sighting=sighting,
        finding=finding,
        support=Support(log10_lr=6.0, words="extremely strong"),
        whole_distance=WholeDistance(phash=0, pdq=0),
    )
    return Facts(
        profile=profile,
        checked_on="2026-07-01",
        looked=(
            Looked(photo="a.jpg", status=Status.OK, matches=(match,)),
            Looked(photo="b.jpg", status=Status.OK),
        ),
        compared=Compared(photos=1, hashes=0),
    )


THIRD = Profile(handle=handle("instagram:third"))
WATCH = Watch(id=2, handle=handle("instagram:lars"), note="vanished")


def test_a_photo_of_a_watched_account_is_told_without_a_level() -> None:
    (one,) = watched_in(found(THIRD), [WATCH, Watch(id=3, name="Imke")])
    assert (one.code, one.level, one.photo, one.sighting) == ("watched", None, "a.jpg", 3)
    assert (one["watch"], one["by"], one["name"], one["note"]) == (
        "2",
        "handle",
        "instagram:lars",
        "vanished",
    )


def test_what_only_looks_alike_is_not_told() -> None:
    assert not watched_in(found(THIRD, finding=Finding.SIMILAR), [WATCH])


def test_a_folder_that_was_lent_is_no_case_of_the_library() -> None:
    assert not watched_in(found(THIRD, number=-3), [Watch(id=2, case=5)])
    assert watched_in(found(THIRD), [Watch(id=2, case=5)])


def test_a_checked_account_that_is_watched_itself_is_told_once() -> None:
    renamed = Profile(handle=handle("instagram:mikkel"), account_id="7")
    watch = dataclasses.replace(WATCH, account_id="7")
    (one,) = watched_in(found(renamed), [watch])
    assert (one.code, one["by"], one["name"]) == ("watched-account", "id", "instagram:mikkel")


def test_being_watched_never_changes_the_answer() -> None:
    facts = dataclasses.replace(found(THIRD), looked=found(THIRD).looked[1:])
    more = (Evidence(code="watched", parameters=(("watch", "1"),)),)
    assert weigh(facts, more).level is weigh(facts).level is Level.NOTHING_FOUND
    assert weigh(facts, more).evidence[-1:] == more


def test_the_report_says_what_is_watched_and_by_what() -> None:
    facts = dataclasses.replace(found(THIRD), looked=found(THIRD).looked)
    told = watched_in(facts, [dataclasses.replace(WATCH, note="\x1b[2Jgone")])
    verdict = dataclasses.replace(weigh(dataclasses.replace(facts, looked=facts.looked[1:])), evidence=told)
    text = report_text(Report(facts=facts, verdict=verdict))
    assert "What you keep an eye on" in text
    joined = " ".join(text.split())
    assert (
        "1 of these photos is known as a picture of instagram:lars, which you watch (watch 2, by its handle)"
        in joined
    )
    assert "\x1b" not in text
