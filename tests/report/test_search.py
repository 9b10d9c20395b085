"""What a search alone showed: the same picture, what is not, what was not looked at; never mixed up."""

from __future__ import annotations

from report.web_facts import lead, place, report, words

from fakeprofile.records import Gap, Outcome, Report, Searched
from fakeprofile.report.search import LIBRARY, MOST_ROWS, search_text

ASKED = (Searched(service="google", photo="a.jpg", answered=True),)
REFUSED = (Searched(service="google", photo="a.jpg", answered=False),)


def text_of(made: Report) -> str:
    return words(search_text(made))


def test_pages_with_the_same_picture_are_counted_once() -> None:
    rows = tuple(
        lead(Outcome.SAME, "https://a.example/", service=service) for service in ("google", "tineye")
    )
    assert text_of(report(place(-1, "https://a.example/"), leads=rows, searches=ASKED)).startswith(
        "The same picture stands on 1 page."
    )


def test_an_answer_without_the_picture_is_no_all_clear() -> None:
    text = text_of(report(leads=(lead(Outcome.NOT_SAME, "https://a.example/"),), searches=ASKED))
    assert "not an all-clear" in text
    assert "The engine calls it similar: not the same picture (1)" in text


def test_no_answer_says_nothing_of_the_picture() -> None:
    text = text_of(report(searches=REFUSED))
    assert text.startswith("No search gave a whole answer: that says nothing about the picture.")


def test_rows_that_were_not_looked_at_have_a_heading_and_a_reason_of_their_own() -> None:
    rows = (lead(Outcome.NOT_SEEN, "https://a.example/", reason="it is no longer there (404)"),)
    text = text_of(report(leads=rows, searches=ASKED))
    assert (
        "Pointed at, and not looked at (1) - https://a.example/ (Google Cloud Vision): it is no longer there (404)"
        in text
    )
    assert "not the same picture (" not in text


def test_rows_with_one_address_are_listed_once_with_all_who_pointed_there() -> None:
    rows = tuple(
        lead(Outcome.NOT_SAME, "https://a.example/", service=service, title="A")
        for service in ("x", "y", "x")
    )
    text = text_of(report(leads=rows, searches=ASKED))
    assert text.count("https://a.example/") == 1
    assert "“A” (x, y)" in text


def test_rows_without_an_address_are_not_thrown_together() -> None:
    rows = (lead(Outcome.NOT_SEEN, None), lead(Outcome.NOT_SEEN, None))
    assert "not looked at (2)" in text_of(report(leads=rows, searches=ASKED))


def test_of_many_rows_the_others_are_counted() -> None:
    rows = tuple(lead(Outcome.NOT_SAME, f"https://{n}.example/") for n in range(MOST_ROWS + 3))
    assert "and 3 more (--json lists them)" in text_of(report(leads=rows, searches=ASKED))


def test_an_empty_library_is_no_gap_of_a_search_and_others_are() -> None:
    gaps = (
        Gap(step="known", about=LIBRARY, reason="it is empty"),
        Gap(step="found", about="TinEye", reason="no quota"),
    )
    text = text_of(report(gaps=gaps, searches=REFUSED))
    assert "it is empty" not in text
    assert "TinEye: no quota" in text


def test_it_ends_in_a_line_and_says_what_was_compared() -> None:
    text = search_text(report())
    assert text.endswith("Pictures were compared, never faces. Nothing here says what anybody intended.\n")
