"""Every row is looked at or says why not; what a service calls a match decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pytest
from small import answer, asked, hit, jpeg

from fakeprofile import leads as rooms
from fakeprofile.leads import Leads
from fakeprofile.records import DateKind, Gap, HitKind
from fakeprofile.settings import DEFAULT


@dataclass(frozen=True)
class Got:
    data: bytes
    last_modified: str | None = None


@dataclass
class Shelf:
    """Fetches from a dictionary."""

    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    modified: str | None = None

    def fetch_many(self, urls: Iterable[str]) -> Iterator[Got | Gap]:
        for url in urls:
            self.asked.append(url)
            data = self.files.get(url)
            yield (
                Gap(step="found", about=url, reason="gone (404)")
                if data is None
                else Got(data, self.modified)
            )


def proven(leads: Leads, photo: str = "1.jpg") -> set[int]:
    return {row.number for row, match in leads.matches_of(photo) if match.proven}


def test_the_pixels_decide_whatever_the_service_calls_a_row() -> None:
    with Leads(DEFAULT, None) as leads:
        leads.take(answer(hit(1, kind=HitKind.SIMILAR), hit(2, kind=HitKind.EXACT)))
        leads.look(*asked(1))
        assert proven(leads) == {0}
        assert all(row.seen for row in leads.rows)


def test_a_row_is_not_seen_before_a_photo_was_laid_over_it() -> None:
    with Leads(DEFAULT, None) as leads:
        leads.take(answer(hit(1)))
        (row,) = leads.rows
        assert not row.seen
        assert row.unseen_because == rooms.NO_PHOTO
        leads.look(*asked(1))
        assert row.seen
        assert not row.unseen_because


def test_a_row_about_another_photo_is_not_compared_with_this_one() -> None:
    with Leads(DEFAULT, None) as leads:
        leads.take(answer(hit(1), photo="2.jpg"))
        leads.look(*asked(1))
        assert not leads.matches_of("1.jpg")
        assert not leads.rows[0].seen


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (hit(None, kind=HitKind.PAGE_ONLY), rooms.NO_PICTURE),
        (hit(None), rooms.NO_ADDRESS),
        (hit(None, image_url="https://a.example/1.jpg"), rooms.NOT_SAVED),
        (hit(None, thumbnail_url="https://a.example/1.jpg"), rooms.NOT_SAVED),
    ],
    ids=["only a page", "no picture named", "no full picture fetched", "no small picture fetched"],
)
def test_a_row_without_a_picture_says_why_it_was_not_looked_at(row: object, reason: str) -> None:
    with Leads(DEFAULT, None) as leads:
        leads.take(answer(row))  # type: ignore[arg-type]
        leads.look(*asked(1))
        assert not leads.rows[0].seen
        assert leads.rows[0].unseen_because == reason


def test_what_cannot_be_fetched_keeps_the_reason_of_the_fetcher() -> None:
    with Leads(DEFAULT, Shelf()) as leads:
        leads.take(answer(hit(None, image_url="https://a.example/1.jpg")))
        leads.look(*asked(1))
        assert leads.rows[0].unseen_because == "gone (404)"


def test_an_address_that_many_rows_name_is_fetched_once() -> None:
    shelf = Shelf({"https://a.example/s.jpg": jpeg(1)})
    with Leads(DEFAULT, shelf) as leads:
        leads.take(
            answer(
                *(hit(None, f"https://{n}.example/", thumbnail_url="https://a.example/s.jpg") for n in "abc")
            )
        )
        leads.look(*asked(1))
        assert proven(leads) == {0, 1, 2}
    assert shelf.asked == ["https://a.example/s.jpg"]


def test_full_pictures_are_fetched_only_of_rows_that_look_like_the_photo() -> None:
    full = {f"https://a.example/{seed}.jpg": jpeg(seed) for seed in (1, 2)}
    shelf = Shelf(dict(full), modified="2016-05-01")
    with Leads(DEFAULT, shelf) as leads:
        leads.take(answer(*(hit(seed, image_url=f"https://a.example/{seed}.jpg") for seed in (1, 2))))
        leads.look(*asked(1))
        copy = leads.rows[0]
        assert [(one.kind, one.on, one.by) for one in copy.dates] == [
            (DateKind.LAST_MODIFIED, "2016-05-01", "a.example")
        ]
        assert copy.digests
    assert shelf.asked == ["https://a.example/1.jpg"]


def test_rows_over_the_limit_stay_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_ROWS", 2)
    with Leads(DEFAULT, None) as leads:
        leads.take(answer(*(hit(1, f"https://{n}.example/") for n in range(3))))
        leads.look(*asked(1))
        assert [row.seen for row in leads.rows] == [True, True, False]
        assert leads.rows[2].unseen_because == rooms.OVER_LIMIT


def test_only_so_many_full_pictures_of_one_answer_are_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_PAGES_WITHOUT_THUMBNAIL", 1)
    shelf = Shelf({f"https://a.example/{n}.jpg": jpeg(1) for n in range(2)})
    with Leads(DEFAULT, shelf) as leads:
        leads.take(
            answer(
                *(
                    hit(None, f"https://{n}.example/", image_url=f"https://a.example/{n}.jpg")
                    for n in range(2)
                )
            )
        )
        leads.look(*asked(1))
        assert [row.seen for row in leads.rows] == [True, False]
        assert "only 1 full" in leads.rows[1].unseen_because
