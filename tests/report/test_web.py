"""Where the pictures stand on the web: by site, each date with whose word it is, nothing said that is not known."""

from __future__ import annotations

import pytest
from report.web_facts import dated, lead, place, report, words

from fakeprofile.records import DateKind, Outcome, Profile, Reliability, Report, Searched
from fakeprofile.report import english
from fakeprofile.report.lines import WIDTH
from fakeprofile.report.text import report_text
from fakeprofile.report.web import MOST_PAGES, date_words, search_lines, web_lines

INSTAGRAM = "https://www.instagram.com/mikkelsandvang/"


def shown(made: Report) -> list[str]:
    return list(web_lines(made.facts, made.verdict.evidence))


def searched(service: str = "google", *, answered: bool = True, **more: object) -> Searched:
    return Searched(service=service, photo=str(more.pop("photo", "a.jpg")), answered=answered, **more)  # type: ignore[arg-type]


def of_services(*searches: Searched, leads: tuple[object, ...] = ()) -> str:
    return words("\n".join(search_lines(report(searches=searches, leads=leads).facts)))  # type: ignore[arg-type]


def test_pages_stand_under_their_site_and_the_earliest_site_comes_first() -> None:
    lines = shown(
        report(
            place(-1, "https://undated.example/"),
            place(-2, "https://young.example/", dated("2020-01-01")),
            place(-3, "https://www.old.example/a", dated("2014")),
            place(-4, "https://blog.old.example/b"),
        )
    )
    sites = [line for line in lines if line.startswith("  - ")]
    assert sites == ["  - old.example: 2 pages", "  - young.example: 1 page", "  - undated.example: 1 page"]
    assert sum("no date is known" in line for line in lines) == 2


def test_a_page_has_its_title_owner_and_who_pointed_at_it() -> None:
    text = words(
        "\n".join(shown(report(place(-1, INSTAGRAM, title="Mikkel Sandvang", services=("google", "tineye")))))
    )
    assert f"{INSTAGRAM} “Mikkel Sandvang”, page of instagram:mikkelsandvang" in text
    assert "pointed at by Google Cloud Vision, TinEye" in text
    assert "a.jpg: as it is; very strong support" in text


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("https://www.shutterstock.com/image-photo/1", "on-stock-site"),
        ("https://wallpapercave.com/w/1", "on-wallpaper-site"),
        ("https://www.instagram.com/mikkel_fanpage/", "on-fan-page"),
        ("https://www.instagram.com/lars/", "this-account-on-web"),
    ],
)
def test_what_changes_the_reading_of_a_site_stands_beside_it(page: str, code: str) -> None:
    from fakeprofile.identity import parse_handle

    made = report(place(-1, page), profile=Profile(name="Lars", handle=parse_handle("instagram:lars")))
    assert english.WEB[code]
    assert english.WEB[code] in words("\n".join(shown(made)))


def test_one_fan_page_does_not_make_a_fan_page_of_its_platform() -> None:
    lines = shown(report(place(-1, INSTAGRAM), place(-2, "https://www.instagram.com/mikkel_fanpage/")))
    assert "  - instagram.com: 2 pages" in lines
    at = next(number for number, line in enumerate(lines) if "mikkel_fanpage" in line)
    told = next(number for number, line in enumerate(lines) if "fan page, which" in line)
    assert told > at


def test_of_many_pages_the_others_are_counted() -> None:
    places = [place(-number, f"https://a.example/{number}") for number in range(1, MOST_PAGES + 3)]
    assert "and 2 more pages (--json lists them)" in words("\n".join(shown(report(*places))))


@pytest.mark.parametrize("kind", DateKind)
def test_every_date_says_of_what_it_is_by_whose_word_and_how_far_it_goes(kind: DateKind) -> None:
    text = date_words(dated("2016", kind, said="10 years ago", reliability=Reliability.WEAK, by="somewhere"))
    assert text.startswith("2016 (“10 years ago”): ")
    assert "weak" in text
    assert "{" not in text


def test_equal_bytes_are_told() -> None:
    one = dated("2016-05-03", DateKind.IMAGE_CAPTURED, identical=True, reliability=Reliability.STRONG)
    assert date_words(one).endswith("(strong; every byte is equal)")


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (searched(), "Google Cloud Vision: pointed at nothing, which is not an all-clear"),
        (searched(answered=False), "Google Cloud Vision: no whole answer (see “Not looked at”)"),
        (
            searched(asked_on="2026-06-01"),
            "Google Cloud Vision: pointed at nothing, which is not an all-clear (as kept from 2026-06-01)",
        ),
        (searched(meaningless=True), f"Google Cloud Vision: {english.MEANINGLESS}"),
    ],
    ids=["empty", "refused", "kept", "sandbox"],
)
def test_what_a_service_said_is_never_more_than_it_said(search: Searched, expected: str) -> None:
    assert expected in of_services(search)


def test_rows_are_counted_by_what_became_of_them() -> None:
    rows = (
        lead(Outcome.SAME, "https://a.example/"),
        lead(Outcome.NOT_SAME, "https://b.example/"),
        lead(Outcome.NOT_SEEN, "https://c.example/", reason="gone"),
        lead(Outcome.SAME, "https://d.example/", service="tineye"),
    )
    text = of_services(searched(), searched("tineye"), leads=rows)
    assert "Google Cloud Vision: 3 rows: 1 the same picture, 1 not the same picture, 1 not looked at" in text
    assert "TinEye: 1 row: 1 the same picture" in text


def test_a_service_that_answered_for_some_photos_only_says_for_how_many_not() -> None:
    text = of_services(searched(), searched(photo="b.jpg", answered=False))
    assert "no whole answer for 1 of 2 photos" in text
    assert "pointed at nothing" not in text


def test_nothing_from_a_page_moves_the_cursor_or_turns_the_text_around() -> None:
    bad = "\x1b[31mred\u202eevil\u2028next\r\n\x07"
    made = report(
        place(-1, f"https://a.example/{bad}", dated("2016", said=bad, by=bad), title=bad, services=(bad,)),
        leads=(lead(Outcome.NOT_SEEN, f"https://b.example/{bad}", title=bad, reason=bad, service=bad),),
        searches=(searched(bad),),
    )
    from fakeprofile.report.search import search_text

    for text in (report_text(made), search_text(made)):
        for sign in "\x1b\u202e\u2028\r\x07":
            assert sign not in text
        assert "red" in text


def test_lines_are_as_wide_as_a_terminal() -> None:
    made = report(
        *(
            place(-number, f"https://a.example/{number}", dated("2016"), title="word " * 60)
            for number in range(1, 4)
        ),
        searches=(searched(),),
    )
    assert all(len(line) <= WIDTH for line in report_text(made).splitlines())


def test_a_result_without_the_web_has_none_of_its_parts() -> None:
    assert shown(report()) == []
    assert list(search_lines(report().facts)) == []


def test_what_puts_the_first_date_in_doubt_is_said() -> None:
    made = report(
        place(-1, "https://a.example/", dated("2016-05-03")),
        place(-2, "https://b.example/", dated("2016-05")),
        place(-3, "https://c.example/", dated("2012", DateKind.PAGE, reliability=Reliability.WEAK)),
    )
    text = words(report_text(made))
    assert "The earliest date on the web is 2016-05-03" in text
    assert "1 other place may have had it as early" in text
    assert "Weak dates, if they are right, put 1 other place earlier or as early." in text
    alone = words(report_text(report(place(-1, "https://a.example/", dated("2016-05-03")))))
    assert "may have had it" not in alone
    assert "Weak dates" not in alone


@pytest.mark.parametrize(("posted_on", "said"), [("2010", True), ("2020", False)])
def test_copies_younger_than_the_post_are_said_to_perhaps_come_from_it(posted_on: str, said: bool) -> None:
    made = report(
        place(-1, "https://a.example/", dated("2016-05-03")),
        profile=Profile(name="Lars", posted_on=posted_on),
    )
    assert ("may have taken the pictures from the account" in words(report_text(made))) is said


def test_what_titles_have_in_common_is_left_to_the_reader() -> None:
    made = report(
        place(-1, "https://a.example/", title="Mikkel Sandvang – tour 2016"),
        place(-2, "https://b.example/", title="Mikkel Sandvang, été 2014 – photos"),
    )
    text = words("\n".join(shown(made)))
    assert "The titles of 2 independent sites (a.example, b.example) have “Mikkel Sandvang” in common" in text
    assert "a name, a place or a thing" in text
