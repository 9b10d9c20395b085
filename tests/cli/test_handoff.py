"""What somebody reads who searches by hand: where to go, what that sends, what to do next."""

from __future__ import annotations

import pytest

from fakeprofile.cli.handoff import page_lines
from fakeprofile.search.handoff import ENGINES, pages


@pytest.mark.parametrize("engine", [engine.name for engine in ENGINES])
def test_every_page_says_that_an_upload_sends_the_photo_and_what_becomes_of_it(engine: str) -> None:
    (page,) = pages((engine,))
    text = " ".join("\n".join(page_lines([page], "a.jpg")).split())
    assert page.address in text
    assert "Upload a.jpg there" in text
    assert "that sends it to them" in text
    assert page.keeps in text


def test_a_photo_with_an_address_is_not_uploaded() -> None:
    lines = list(page_lines(pages(("google",), "https://a.example/1.jpg"), "a.jpg"))
    assert not any("Upload" in line for line in lines)
    assert any("or, if that shows no results: https://lens.google.com/upload?url=" in line for line in lines)


def test_the_way_back_ends_the_list() -> None:
    lines = list(page_lines(pages(), "a.jpg"))
    assert lines[-1] == "  fakeprofile search import a.jpg SAVED-PAGE…"
    assert any("Ctrl+S" in line for line in lines)


def test_a_name_cannot_move_the_cursor() -> None:
    assert "\x1b" not in "\n".join(page_lines(pages(), "a\x1b[2J.jpg"))
