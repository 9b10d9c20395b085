"""MHTML, HAR and the data that engines put into their pages, well made and not."""

from __future__ import annotations

import base64
import json
import quopri
from pathlib import Path

import pytest
import saved_files as files
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.errors import SourceError
from fakeprofile.search.saved import blobs
from fakeprofile.search.saved.answers import read_page
from fakeprofile.search.saved.har import read_har, without_secrets
from fakeprofile.search.saved.kinds import text_of
from fakeprofile.search.saved.limits import DEFAULT

THUMB = "https://encrypted-tbn0.gstatic.com/images?q=tbn:1"
ROW = f'<div><a href="https://a.example/"><img src="{THUMB}"></a></div>'
RESULT_JSON = "https://tineye.com/api/v1/result_json/?page=1"


def page_part(body: str = ROW, charset: str = "utf-8", encoding: str = "utf-8") -> bytes:
    return files.part(
        quopri.encodestring(f"<!DOCTYPE html><html><body><div>{body}</div></body></html>".encode(encoding)),
        f"Content-Type: text/html; charset={charset}",
        f"Content-Location: {files.GOOGLE}",
        "Content-Transfer-Encoding: quoted-printable",
    )


def picture_part(body: bytes, encoding: str = "base64") -> bytes:
    return files.part(
        body,
        "Content-Type: image/png",
        f"Content-Location: {THUMB}",
        f"Content-Transfer-Encoding: {encoding}",
    )


PICTURE = base64.encodebytes(files.picture())


# --- MHTML ----------------------------------------------------------------------------------


def test_a_broken_part_is_counted_and_the_others_are_read(tmp_path: Path) -> None:
    broken = picture_part(b"\x00\xff <this is no base64> \x00" * 50)
    path = files.written(
        tmp_path / "a", files.mhtml(page_part(), broken, b"no headers", picture_part(PICTURE))
    )
    page = files.read_one(path)
    assert page.answer.hits[0].thumbnail == files.picture()
    assert "2 of its parts are damaged" in files.reasons(page)


def test_an_mhtml_without_its_end_is_read_and_said_to_be_cut(tmp_path: Path) -> None:
    path = files.written(tmp_path / "a", files.mhtml(page_part(), picture_part(PICTURE), end=b""))
    page = files.read_one(path)
    assert page.answer.hits[0].thumbnail == files.picture()
    assert "its end is missing" in files.reasons(page)


@pytest.mark.parametrize("encoding", ["binary", "8bit"])
def test_a_binary_part_keeps_every_byte(tmp_path: Path, encoding: str) -> None:
    raw = files.picture() + b"\r\n--not the boundary\r\n\n"
    path = files.written(tmp_path / "a", files.mhtml(page_part(), picture_part(raw, encoding)))
    assert files.read_one(path).answer.hits[0].thumbnail == raw


def test_an_mhtml_without_page_boundary_or_with_too_many_parts_is_a_gap(tmp_path: Path) -> None:
    no_page = files.written(tmp_path / "a", files.mhtml(picture_part(PICTURE)))
    assert "no web page is in it" in files.reasons(files.read_one(no_page))
    no_mark = files.written(tmp_path / "b", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nx")
    assert "where its parts begin" in files.reasons(files.read_one(no_mark))
    many = files.written(tmp_path / "c", files.mhtml(page_part(), *[picture_part(b"")] * 20))
    assert "more than 10 parts" in files.reasons(files.read_one(many, files=10))


def test_a_wrong_charset_loses_no_row_and_no_letter_of_what_is_utf_8(tmp_path: Path) -> None:
    body = '<div><a href="https://a.example/"><img src="x">Été à Liège</a></div>'.replace("x", THUMB)
    for number, charset in enumerate(["us-ascii", "punycode", "no-such-thing", "utf-16", "windows-1251"]):
        content = files.mhtml(page_part(body, charset), picture_part(PICTURE))
        page = files.read_one(files.written(tmp_path / str(number), content))
        assert page.answer.hits[0].title == "Été à Liège"


# --- encodings ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "utf-8"), ("utf-8-sig", ""), ("utf-16", ""), ("cp1252", "iso-8859-1"), ("cp1251", "windows-1251"),
     ("koi8-r", "koi8-r"), ("shift_jis", "shift_jis"), ("gb18030", "gb18030")],
)  # fmt: skip
def test_a_page_is_read_in_the_encoding_that_it_is_in(encoding: str, said: str) -> None:
    word = {"cp1251": "Фото", "koi8-r": "Фото", "shift_jis": "写真", "gb18030": "照片"}.get(encoding, "Été")
    page = f'<html><head><meta charset="{said}"></head>{word}</html>'
    assert word in text_of(page.encode(encoding))


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_a_text_without_nul(data: bytes) -> None:
    assert "\x00" not in text_of(b"<html><meta charset=x>" + data)


# --- HAR ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (files.har(files.entry(files.GOOGLE, "x" * 500))[:-40], "cut off or damaged"),
        ('{"log":' + "[" * 200_000, "too deep"),
        ('{"log": {"version": "1.2"}}', "no HAR"),
        ("[]", "no HAR"),
        ('{"log": {"entries": []}}', "with content"),
        (
            '{"log": {"entries": [null, 1, [], {}, {"request": null}, {"response": {"content": {"text": 1}}}]}}',
            "content",
        ),
    ],
)
def test_a_har_that_holds_no_page_is_a_gap(tmp_path: Path, content: str, words: str) -> None:
    page = files.read_one(files.written(tmp_path / "a.har", content))
    assert words in files.reasons(page)
    assert not page.answer.hits


def test_too_many_entries_are_refused_with_the_limit(tmp_path: Path) -> None:
    path = files.written(tmp_path / "a.har", files.har(*[files.entry(files.GOOGLE, "x")] * 20))
    assert "more than 10 entries" in files.reasons(files.read_one(path, files=10))


def test_a_har_of_countless_values_is_refused_before_it_takes_memory(tmp_path: Path) -> None:
    path = files.written(tmp_path / "a.har", '{"log": {"entries": [], "x": [' + "{}," * 1_000 + "{}]}}")
    assert "more than 500 values, the limit" in files.reasons(files.read_one(path, nodes=100))


def test_cookies_and_headers_are_gone_before_anything_can_hold_them() -> None:
    content = files.har(files.entry(files.GOOGLE, files.html(ROW)))
    assert content.count("SECRET") == 3
    assert "SECRET" not in repr(without_secrets(content))
    har = read_har(content, DEFAULT)
    assert "SECRET" not in repr(har) + repr(har.answers) + repr([one.body for one in har.answers])


def test_the_result_page_is_found_among_other_pages_of_the_engine(tmp_path: Path) -> None:
    result = files.html(files.row("https://a.example/"))
    menu = files.html('<a href="/settings">Settings</a>' * 400)
    content = files.har(
        files.entry("https://consent.google.com/ml", files.html("x")),
        files.entry(files.GOOGLE, result),
        files.entry("https://ogs.google.com/widget/app", menu),
    )
    page = files.read_one(files.written(tmp_path / "a.har", content))
    assert files.pages_in(page) == ["https://a.example/"]


# --- TinEye's answers -----------------------------------------------------------------------


def tineye(tmp_path: Path, *answers: object) -> files.SavedPage:
    entries = [files.entry(RESULT_JSON, json.dumps(one), "application/json") for one in answers]
    return files.read_one(files.written(tmp_path / "a.har", files.har(*entries)))


def match(*backlinks: object) -> dict[str, object]:
    return {"image_url": "https://img.tineye.com/result/00", "backlinks": list(backlinks)}


LINK = {"url": "https://a.example/i.jpg", "backlink": "https://a.example/p", "crawl_date": "2016-03-24"}


def test_no_matches_and_a_count_of_none_is_the_whole_answer(tmp_path: Path) -> None:
    page = tineye(tmp_path, {"num_matches": 0, "total_pages": 0, "matches": []})
    assert (page.answer.complete, page.answer.hits, page.engine) == (True, (), "tineye")


@pytest.mark.parametrize(
    "answer",
    [
        {"matches": []},
        {"num_matches": 3, "matches": []},
        {"num_matches": 0, "matches": [], "suggestions": {"key": "NO_SIGNATURE", "description": "x"}},
        {"suggestions": {"key": "x", "description": "x"}},
        {"matches": None, "num_matches": 0},
        {"code": 400, "results": []},
        [],
        "x",
    ],
)
def test_any_other_answer_without_matches_is_a_gap(tmp_path: Path, answer: object) -> None:
    page = tineye(tmp_path, answer)
    assert not page.answer.complete
    assert not page.answer.hits


def test_pages_that_were_not_opened_are_a_gap_and_those_that_were_are_rows(tmp_path: Path) -> None:
    page = tineye(tmp_path, {"num_matches": 21, "total_pages": 3, "matches": [match(LINK)]})
    assert files.pages_in(page) == ["https://a.example/p"]
    assert "holds 1 of the 21 pictures" in files.reasons(page)


def test_the_same_page_of_an_answer_twice_does_not_stand_for_the_other_pages(tmp_path: Path) -> None:
    first = {"num_matches": 2, "total_pages": 2, "matches": [match(LINK)]}
    assert "holds 1 of the 2 pictures" in files.reasons(tineye(tmp_path, first, first))
    second = {**first, "matches": [match(LINK) | {"image_url": "https://img.tineye.com/result/01"}]}
    assert tineye(tmp_path, first, second).answer.complete


@pytest.mark.parametrize("day", [None, "", "yesterday", "2016-13-45", 20160324, "9" * 5000])
def test_a_day_that_is_none_is_left_out_and_the_row_stays(tmp_path: Path, day: object) -> None:
    page = tineye(tmp_path, {"num_matches": 1, "matches": [match({**LINK, "crawl_date": day})]})
    assert [hit.dates for hit in page.answer.hits] == [()]


def test_a_bad_backlink_costs_none_of_the_others(tmp_path: Path) -> None:
    bad = [
        None,
        7,
        {},
        {"url": 5, "backlink": ["x"]},
        {"backlink": "javascript:alert(1)"},
        {"url": "file:///x"},
    ]
    page = tineye(tmp_path, {"num_matches": 1, "matches": [None, match(*bad, LINK), {"backlinks": 3}]})
    assert files.pages_in(page) == ["https://a.example/p"]


def test_an_answer_from_another_host_is_not_tineyes(tmp_path: Path) -> None:
    told = json.dumps({"num_matches": 1, "matches": [match(LINK)]})
    entry = files.entry("https://tineye.com.evil.example/api/v1/result_json/", told)
    assert not files.read_one(files.written(tmp_path / "a.har", files.har(entry))).answer.hits


# --- data in attributes ---------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("https://a.example/"),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["matches", "backlinks", "url", "purl", "murl", "turl", "t", "initialState", "cbirSites", "sites",
             "cbirSimilar", "thumbs", "thumb", "linkUrl", "tags", "actions", "data", "value", "hostPageUrl"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip


@given(JSON)
@settings(max_examples=150, deadline=None)
def test_no_json_breaks_a_reader_or_gives_an_address_that_is_none(value: object) -> None:
    text = json.dumps(value)
    told = [blobs.yandex_told(text), blobs.tineye_told(text), blobs.bing_told(text)]
    rows = [row for one in told for row in one.rows] + [row for row in [blobs.bing_row(text)] if row]
    assert all((row.page or row.image or "").startswith("https://") for row in rows)


@given(st.text(alphabet="<>/=\"' abdimgpsthrefclyv&;:#!-\n", max_size=300))
@settings(max_examples=100, deadline=None)
def test_no_tag_soup_breaks_the_reader(soup: str) -> None:
    try:
        read = read_page("a", f"<html>{soup}".encode(), lambda _: None, DEFAULT)
    except SourceError:
        return
    assert read.page.answer.hits or read.page.answer.gaps
