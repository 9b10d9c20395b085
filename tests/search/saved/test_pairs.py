"""Which picture belongs to which page, and which belong to none."""

from __future__ import annotations

import tracemalloc

import pytest
import saved_files as files

from fakeprofile.search.saved.answers import read_page
from fakeprofile.search.saved.limits import DEFAULT, SavedLimits
from fakeprofile.search.saved.thumbnails import Thumbnails

A, B = "https://a.example/", "https://b.example/"
TINEYE = "https://tineye.com/search/abc"


def pairs(body: str, address: str = files.GOOGLE) -> list[tuple[str | None, int]]:
    """Each page with the number of its picture."""
    read = read_page("a", files.html(body, address).encode(), lambda _: None, DEFAULT)
    return [(hit.page_url, (hit.thumbnail or b"\xff")[-1]) for hit in read.page.answer.hits]


def img(number: int, side: int = 96) -> str:
    return f'<img src="{files.data(number, side)}">'


def link(page: str, inside: str = "title") -> str:
    return f'<a href="{page}">{inside}</a>'


def test_a_picture_beside_the_link_of_its_row_belongs_to_it() -> None:
    body = f"<ul><li><p>{img(1)}</p><b>{link(A)}</b></li><li><p>{img(2)}</p><b>{link(B)}</b></li></ul>"
    assert pairs(body) == [(A, 1), (B, 2)]


def test_two_links_to_one_page_are_one_page() -> None:
    body = f"<li><p>{img(1)}</p>{link(A + '?utm_source=x')}{link(A + '#top')}</li><li>{link(B)}</li>"
    assert pairs(body) == [(A, 1)]


def test_a_picture_between_two_pages_belongs_to_neither() -> None:
    assert pairs(f"<li>{img(1)}{link(A)}{link(B)}</li>") == []


def test_the_picture_that_was_asked_about_goes_to_no_result() -> None:
    """Paired with the only result, it would prove that the user's own picture stands there."""
    result = f"<li>{link(A, img(2))}</li>"
    assert pairs(f"<div>{img(1)}</div><ul>{result}</ul>") == [(A, 2)]
    text_only = f"<li>{link(A)}</li>"
    assert pairs(f'<div class="CbirPreview">{img(1)}</div><ul>{text_only}</ul>') == []
    assert pairs(f"<header>{img(1)}{link(A)}</header>") == []
    menu = "".join(link(f"/search?udm={n}") for n in range(8))
    assert pairs(f"<div>{img(1)}</div><div>{menu}</div><ul>{text_only}</ul>") == []


def test_the_picture_that_the_address_names_as_asked_about_goes_to_no_result() -> None:
    address = "https://yandex.com/images/search?rpt=imageview&url=https%3A%2F%2Fcdn.example%2Fme.jpg"
    body = f'<li><img src="https://cdn.example/me.jpg">{link(A)}</li><li>{link(B, img(2))}</li>'
    assert pairs(body, address) == [(B, 2)]


def test_an_icon_nearer_to_the_link_does_not_keep_the_picture_from_its_row() -> None:
    row = f"<li><p>{img(1)}</p>{link(A, img(9, 16) + 'title')}</li>"
    assert pairs(f"<ul>{row}<li>{link(B)}</li></ul>") == [(A, 1)]


@pytest.mark.parametrize(
    "href",
    ["https://www.googleadservices.com/pagead/aclk?adurl=https://shop.example/", "/aclk?sa=L&adurl=https://shop.example/",
     "https://yabs.yandex.ru/count/1", "https://www.bing.com/aclick?u=x"],
)  # fmt: skip
def test_an_advertisement_is_dropped_and_its_picture_goes_to_nobody(href: str) -> None:
    assert pairs(f"<ul><li><a href='{href}'>{img(1)}</a></li><li>{link(A)}</li></ul>") == []


@pytest.mark.parametrize(
    "href",
    ["/search?q=x", "#x", "javascript:void(0)", "data:text/html,x", "https://maps.google.com/", "mailto:a@a.example",
     "https://support.microsoft.com/", "file:///etc/passwd", "ftp://a.example/", "https://user:pw@a.example/", "http://[::1",
     "//www.google.com/x", ""],
)  # fmt: skip
def test_a_link_that_leads_to_no_page_outside_is_no_result(href: str) -> None:
    assert pairs(f'<li><a href="{href}">{img(1)}</a></li>') == []


def test_a_link_to_the_file_itself_is_no_page() -> None:
    body = f"<li>{link('https://a.example/x.jpg', img(1))}{link(A)}</li>"
    (hit,) = read_page("a", files.html(body).encode(), lambda _: None, DEFAULT).page.answer.hits
    assert (hit.page_url, hit.image_url) == (A, "https://a.example/x.jpg")
    assert pairs(f"<li>{link('https://a.example/x.jpg', img(1))}</li>") == [(None, 1)]
    wiki = "https://commons.wikimedia.example/wiki/File:X.jpg"
    assert pairs(f"<li>{link(wiki, img(1))}</li>") == [(wiki, 1)]


def test_only_on_tineye_one_picture_stands_for_several_pages() -> None:
    body = f"<div class='match'>{img(1)}<p>{link(A)}</p><p>{link(B)}</p></div>"
    assert pairs(body, TINEYE) == [(A, 1), (B, 1)]
    assert pairs(body) == []


def test_what_bing_says_of_a_tile_goes_before_its_link() -> None:
    told = f'{{"purl":"{A}","murl":"https://a.example/i.jpg","t":"Told"}}'
    body = f"<a class='iusc' m='{told}' href='{B}'>{img(1)}</a>"
    (hit,) = read_page("a", files.html(body).encode(), lambda _: None, DEFAULT).page.answer.hits
    assert (hit.page_url, hit.image_url, hit.title) == (A, "https://a.example/i.jpg", "Told")


@pytest.mark.parametrize("told", ["{", "{}", '{"purl": 3}', '{"purl":"javascript:x"}', '{"a":' * 5_000])
def test_a_bad_attribute_of_bing_leaves_the_row_to_its_link(told: str) -> None:
    assert pairs(f"<div><a m='{told}' href='{A}'>{img(1)}</a></div>") == [(A, 1)]


def test_pictures_that_a_script_sets_later_are_found_by_their_element() -> None:
    data = files.data(3).replace("=", "\\x3d")
    pixel = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    body = f'<li><a href="{A}"><img id="dimg_1" src="{pixel}"></a></li>'
    script = (
        f"<script>(function(){{var s='{data}';var ii=['dimg_0','dimg_1'];_setImagesSrc(ii,s);}})();</script>"
    )
    assert pairs(body + script) == [(A, 3)]


def test_a_long_data_address_is_refused_before_it_is_decoded() -> None:
    thumbnails = Thumbnails(lambda _: None, SavedLimits(picture_bytes=1_000_000))
    reference = "data:image/png;base64," + "A" * 20_000_000
    tracemalloc.start()
    try:
        assert thumbnails.of(reference) is None
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert "thumbnails over 1,000,000 bytes" in thumbnails.refused[0]


@pytest.mark.parametrize(
    "data", ["data:", "data:image/png;base64,", "data:image/png;base64,%%%", "data:text/html,<p>"]
)
def test_a_picture_that_is_none_is_no_row(data: str) -> None:
    assert pairs(f'<li><a href="{A}"><img src="{data}"></a></li><li>{link(B, img(2))}</li>') == [(B, 2)]


def test_titles_from_the_page_are_on_one_line_and_not_endless() -> None:
    body = f"<li><a href='{A}'>{img(1)}\n <b>One\n two</b> {'x' * 5_000}</a></li>"
    (hit,) = read_page("a", files.html(body).encode(), lambda _: None, DEFAULT).page.answer.hits
    assert (hit.title or "").startswith("One two x")
    assert len(hit.title or "") == 300
