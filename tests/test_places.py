"""Rows that point at one page are one place, with every date that is known and none that is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from small import answer, asked, hit

from fakeprofile import places as rooms
from fakeprofile.leads import Leads
from fakeprofile.places import places_of
from fakeprofile.records import Dated, DateKind, Gap, Handle, Match, Reliability, SiteKind, Source
from fakeprofile.settings import DEFAULT
from fakeprofile.tools import Dates

PAGE = "https://mikkelsandvang.example/tour"


def dated(on: str, kind: DateKind, reliability: Reliability = Reliability.MEDIUM) -> Dated:
    return Dated(on=on, kind=kind, reliability=reliability, by="somebody", about=PAGE)


@dataclass
class Calendar:
    """Knows the same of every address."""

    title: str | None = None
    page: tuple[Dated | Gap, ...] = ()
    address: tuple[Dated | Gap, ...] = ()
    asked: list[str] = field(default_factory=list)

    def of_page(self, page_url: str) -> tuple[str | None, Sequence[Dated | Gap]]:
        self.asked.append(page_url)
        return self.title, self.page

    def of_address(self, address: str, *, image: bool, digests: frozenset[str]) -> Sequence[Dated | Gap]:
        return self.address if image else ()


def found(*hits: object, dates: Dates | None = None) -> tuple[list[Match], dict[int, int], tuple[Gap, ...]]:
    with Leads(DEFAULT, None) as leads:
        leads.take(answer(*hits))  # type: ignore[arg-type]
        leads.look(*asked(1))
        matches, named, gaps = places_of(leads, ["1.jpg"], dates)
    return [match for _, match in matches], named, gaps


def test_services_that_point_at_one_page_are_one_sighting() -> None:
    (match,), named, _ = found(
        hit(1, PAGE),
        hit(1, PAGE, service="two", title="Tour"),
        hit(1, PAGE, service="one", image_url="https://i.example/1.jpg"),
    )
    sighting = match.sighting
    assert sighting.services == ("one", "two")
    assert (sighting.page_url, sighting.image_url, sighting.title) == (
        PAGE,
        "https://i.example/1.jpg",
        "Tour",
    )
    assert set(named.values()) == {sighting.id}
    assert len(named) == 3
    assert sighting.source is Source.WEB


def test_a_part_of_a_page_is_that_page_and_another_view_of_it_is_not() -> None:
    matches, _, _ = found(hit(1, PAGE), hit(1, f"{PAGE}#:~:text=Mikkel"), hit(1, f"{PAGE}#/other"))
    assert len({match.sighting.id for match in matches}) == 2


def test_two_pages_are_two_sightings_and_numbers_never_meet_those_of_the_library() -> None:
    matches, _, _ = found(hit(1, PAGE), hit(1, "https://fans.example/"))
    numbers = {match.sighting.id for match in matches}
    assert len(numbers) == 2
    assert all(number < -1_000_000 for number in numbers)


def test_a_row_that_is_another_picture_is_proven_nowhere() -> None:
    matches, named, _ = found(hit(2, PAGE))
    assert not any(match.proven for match in matches)
    assert set(named.values()) == {match.sighting.id for match in matches}


def test_the_page_of_an_account_has_its_owner_and_others_have_none() -> None:
    matches, _, _ = found(hit(1, "https://www.instagram.com/mikkelsandvang/"), hit(1, PAGE))
    owners = {match.sighting.site: match.sighting.identity for match in matches}
    profile = owners[SiteKind.PROFILE]
    assert profile is not None
    assert profile.handles == (Handle(name="mikkelsandvang", platform="instagram"),)
    assert owners[SiteKind.OTHER] is None


@pytest.mark.parametrize(
    ("title", "owner"),
    [
        ("Lars (@lars.2011xx) • Instagram photo", "lars.2011xx"),
        ("lars.2011xx on Instagram: “hi”", "lars.2011xx"),
        ("Lars on Instagram: “hi”", None),
        ("Instagram", None),
    ],
)
def test_the_title_of_a_post_says_whose_it_is_where_its_address_does_not(
    title: str, owner: str | None
) -> None:
    (match,), _, _ = found(hit(1, "https://www.instagram.com/p/Cabc123/", title=title))
    identity = match.sighting.identity
    assert (identity.handles[0] if identity else None) == (owner and Handle(name=owner, platform="instagram"))


def test_the_first_date_is_one_that_says_the_picture_was_there_and_a_weak_one_only_alone() -> None:
    strong = dated("2016-05-03", DateKind.CRAWLED)
    weak = dated("2012", DateKind.PAGE, Reliability.WEAK)
    taken = dated("2011-01-01", DateKind.TAKEN, Reliability.STRONG)
    kept = dated("2010-01-01", DateKind.PAGE_CAPTURED)
    (match,), _, _ = found(hit(1, PAGE, dates=(weak, taken, kept, strong)))
    assert (match.sighting.seen_on, match.sighting.date_kind) == ("2016-05-03", DateKind.CRAWLED)
    assert set(match.sighting.dates) == {weak, taken, kept, strong}
    (match,), _, _ = found(hit(1, PAGE, dates=(weak, taken)))
    assert (match.sighting.seen_on, match.sighting.date_kind) == ("2012", DateKind.PAGE)
    (match,), _, _ = found(hit(1, PAGE, dates=(taken, kept)))
    assert match.sighting.seen_on is None


def test_the_page_itself_and_the_archive_are_asked_for_proven_places_only() -> None:
    calendar = Calendar(
        title="Tour 2016",
        page=(dated("2016-06", DateKind.PAGE, Reliability.WEAK),),
        address=(dated("2015-01-01", DateKind.IMAGE_CAPTURED, Reliability.STRONG),),
    )
    matches, _, gaps = found(
        hit(1, PAGE, image_url="https://i.example/1.jpg"), hit(2, "https://other.example/"), dates=calendar
    )
    sighting = next(match.sighting for match in matches if match.proven)
    assert calendar.asked == [PAGE]
    assert (sighting.title, sighting.seen_on) == ("Tour 2016", "2015-01-01")
    assert len(sighting.dates) == 2
    assert not gaps


def test_a_date_that_could_not_be_looked_up_is_a_gap() -> None:
    gap = Gap(step="dates", about=PAGE, reason="asked too often")
    _, _, gaps = found(hit(1, PAGE), dates=Calendar(page=(gap,)))
    assert gaps == (gap,)


def test_places_whose_dates_were_not_looked_up_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_DATED", 1)
    calendar = Calendar()
    rows = [hit(2, "https://other.example/"), *(hit(1, f"https://{n}.example/") for n in range(3))]
    _, _, (gap,) = found(*rows, dates=calendar)
    assert calendar.asked == ["https://0.example/"]
    assert gap.about == "2 more places"
    assert found(*rows)[2] == ()
