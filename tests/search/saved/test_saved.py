"""What a user saved is read whatever it came in, and what cannot be read is never "no results"."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import struct
import sys
import tracemalloc
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import saved_files as files

from fakeprofile.search.saved import DEFAULT, saved_pages
from fakeprofile.search.saved.addresses import engine_of

SAVED = Path(__file__).resolve().parents[3] / "fixtures" / "saved"
ENGINES = ("google", "yandex", "bing", "tineye")
CONTAINERS = ("{}.html", "{}-singlefile.html", "{}.mhtml", "{}.har")
COOKIE = "an-invented-cookie-that-must-never-be-seen"
THUMBNAILS = {
    "https://mikkelsandvang.example/tour-2016": "stage",
    "https://photos.example/mikkelsandvang/2014/mirror": "mirror",
    "https://fans.example/forum/sandvang?topic=17&page=2": "stage",
    "https://canals.example/gallery/12": "canal",
    "https://pets.example/cats/tabby": "cat",
}


def thumbnail_hash(name: str) -> str:
    return hashlib.sha256((SAVED / "thumbnails" / f"{name}.jpg").read_bytes()).hexdigest()


# --- the four containers of the four engines ------------------------------------------------


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("engine", ENGINES)
def test_every_container_of_every_engine_gives_the_same_pages_with_the_same_thumbnails(
    engine: str, container: str
) -> None:
    """No icon, advertisement, link of the engine or picture that was asked about is among them."""
    page = files.read_one(SAVED / container.format(engine))
    assert files.rows(page) == {(url, thumbnail_hash(name)) for url, name in THUMBNAILS.items()}
    assert len(page.answer.hits) == len(THUMBNAILS)
    assert (page.engine, page.answer.service, page.answer.gaps) == (engine, f"saved {engine} page", ())


def test_a_folder_gives_each_page_once_and_nothing_of_the_folders_that_belong_to_them() -> None:
    found = files.read(SAVED)
    assert len(found) == 16 + 5
    assert sum(bool(page.answer.hits) for page in found) == 16


def test_a_zip_gives_what_its_folder_gives(tmp_path: Path) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "pages"), "zip", SAVED))
    assert [files.rows(page) for page in files.read(archive)] == [
        files.rows(page) for page in files.read(SAVED)
    ]


def test_a_zip_in_a_zip_is_opened_and_the_next_one_is_not(tmp_path: Path) -> None:
    inner = files.zipped(tmp_path / "1.zip", {"a.html": files.html(files.row("https://a.example/"))})
    middle = files.zipped(tmp_path / "2.zip", {"1.zip": inner.read_bytes()})
    outer = files.zipped(tmp_path / "3.zip", {"2.zip": middle.read_bytes()})
    assert files.pages_in(files.read_one(middle)) == ["https://a.example/"]
    assert "zip in a zip in a zip" in files.reasons(files.read_one(outer))


def test_what_a_file_is_its_bytes_tell_and_not_its_name(tmp_path: Path) -> None:
    for number, container in enumerate(CONTAINERS[1:]):
        copy = shutil.copy(SAVED / container.format("google"), tmp_path / f"{number}.jpg")
        assert len(files.read_one(Path(copy)).answer.hits) == 5
    wrong = files.written(tmp_path / "page.html", files.picture())
    assert "it is a picture" in files.reasons(files.read_one(wrong))


def test_the_same_picture_on_the_same_page_counts_once(tmp_path: Path) -> None:
    twice = files.row("https://a.example/x?utm_source=g#top") + files.row("https://a.example/x")
    page = files.read_one(files.written(tmp_path / "a.html", files.html(twice)))
    assert files.pages_in(page) == ["https://a.example/x"]


def test_only_tineye_gives_the_days_on_which_it_met_a_picture() -> None:
    page = files.read_one(SAVED / "tineye.har")
    first = page.answer.hits[0]
    (met,) = first.dates
    assert (met.on, met.kind, met.by) == ("2016-05-03", "crawled", "tineye")
    assert met.about == first.image_url == "https://mikkelsandvang.example/img/stage.jpg"


def test_the_fixtures_name_nobody_and_stay_small() -> None:
    found = [hit for page in files.read(SAVED) for hit in page.answer.hits]
    hosts = {urlsplit(url).hostname or "" for hit in found for url in (hit.page_url, hit.image_url) if url}
    assert hosts
    assert all(host.endswith(".example") for host in hosts)
    assert {engine_of(hit.thumbnail_url) for hit in found} <= {*ENGINES, None}
    assert sum(path.stat().st_size for path in SAVED.rglob("*") if path.is_file()) < 1_500_000


# --- pages that show no results -------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("google-captcha", "captcha"),
        ("yandex-captcha", "captcha"),
        ("tineye-challenge", "captcha"),
        ("google-consent", "consent"),
        ("bing-unknown-layout", "layout is not known"),
    ],
)
def test_a_page_that_shows_no_results_is_a_gap_that_says_what_to_do(name: str, words: str) -> None:
    page = files.read_one(SAVED / "blocked" / f"{name}.html")
    assert words in files.reasons(page)
    assert "save" in files.reasons(page)
    assert not page.answer.complete
    assert not page.answer.hits


def test_a_page_that_asks_to_sign_in_says_so(tmp_path: Path) -> None:
    path = files.written(tmp_path / "a.html", files.html('<form><input type="password"></form>'))
    assert "asks to sign in" in files.reasons(files.read_one(path))


@pytest.mark.parametrize("text", ["no results", "Looks like there aren’t any matches", "Keine Ergebnisse"])
def test_words_on_a_page_never_make_it_an_empty_answer(tmp_path: Path, text: str) -> None:
    page = files.read_one(files.written(tmp_path / "a.html", files.html(f"<p>{text}</p>")))
    assert not page.answer.complete


def test_yandex_with_an_empty_list_of_sites_found_nothing_and_without_the_list_was_not_read(
    tmp_path: Path,
) -> None:
    for number, (state, complete) in enumerate(
        [
            ('{"initialState":{"cbirSites":{"sites":[]}}}', True),
            ('{"initialState":{"cbirSites":{}}}', False),
            ('{"initialState":{"cbirSites":{"sites":null}}}', False),
            ('{"initialState":{}}', False),
        ]
    ):
        body = f"<div data-state='{state}'></div>"
        page = files.read_one(files.written(tmp_path / f"{number}.html", files.html(body, files.YANDEX)))
        assert (page.answer.complete, page.answer.hits) == (complete, ())


def test_a_captcha_around_yandex_state_is_not_an_empty_answer(tmp_path: Path) -> None:
    body = """<div data-state='{"initialState":{"cbirSites":{"sites":[]}}}'></div>"""
    page = files.html(body, "https://yandex.com/showcaptcha?cc=1")
    assert "captcha" in files.reasons(files.read_one(files.written(tmp_path / "a.html", page)))


@pytest.mark.parametrize("content", ["", " \n\t", "\ufeff"])
def test_an_empty_file_is_a_gap(tmp_path: Path, content: str) -> None:
    assert "it is empty" in files.reasons(files.read_one(files.written(tmp_path / "a.html", content)))


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", b"hello", b"\x00\x01\x02", b"<svg/>", b"[1, 2]", b'{"a": 1}']
)
def test_what_is_no_saved_page_is_a_gap(tmp_path: Path, content: bytes) -> None:
    page = files.read_one(files.written(tmp_path / "a.html", content))
    assert page.answer.gaps[0].about == "a.html"
    assert not page.answer.hits


def test_a_missing_file_an_empty_folder_and_a_pipe_are_gaps(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    found = files.read(tmp_path / "missing.html", tmp_path / "pipe", tmp_path / "empty")
    assert [page.name for page in found] == ["missing.html", "pipe", "empty"]
    assert all(page.answer.gaps for page in found)


# --- bad input beside good ------------------------------------------------------------------


def test_a_bad_page_costs_nothing_of_the_good_ones_beside_it(tmp_path: Path) -> None:
    good = files.html(files.row("https://a.example/"))
    files.written(tmp_path / "1.html", good)
    files.written(tmp_path / "2.har", '{"log": {"entries": [')
    files.written(tmp_path / "3.mhtml", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nx")
    files.written(tmp_path / "4.zip", b"PK\x03\x04 cut")
    files.written(tmp_path / "5.html", files.html("<p>nothing</p>"))
    files.written(tmp_path / "6.html", good)
    found = files.read(tmp_path)
    assert [len(page.answer.hits) for page in found] == [1, 0, 0, 0, 0, 1]
    assert all(page.answer.gaps for page in found[1:5])


def test_no_message_names_the_folders_above_what_was_given(tmp_path: Path) -> None:
    secret = tmp_path / "private-folder"
    files.written(secret / "pages" / "a.html", "")
    files.written(secret / "b.har", '{"log": {"entries": [')
    assert "private-folder" not in repr(files.read(secret / "pages", secret / "b.har"))


def test_a_page_over_the_limit_is_refused_with_the_limit(tmp_path: Path) -> None:
    """A file with a hole: 200 MB that take no place."""
    path = files.written(tmp_path / "a.html", files.html(files.row("https://a.example/")))
    with path.open("r+b") as file:
        file.truncate(200 * 1024 * 1024)
    tracemalloc.start()
    try:
        page = files.read_one(path)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert "it is over 64 MB, the limit" in files.reasons(page)


def test_a_page_of_a_hundred_thousand_elements_takes_memory_for_the_open_ones_only(tmp_path: Path) -> None:
    """A tree of them would take over 20 MB; what is kept is the text and the elements that are open."""
    body = "<div><b></b></div>" * 50_000 + files.row("https://a.example/")
    path = files.written(tmp_path / "a.html", files.html(body))
    tracemalloc.start()
    try:
        page = files.read_one(path)
        assert tracemalloc.get_traced_memory()[1] < 6 * len(body)
    finally:
        tracemalloc.stop()
    assert files.pages_in(page) == ["https://a.example/"]


def test_too_many_or_too_deep_elements_are_refused_with_the_limit(tmp_path: Path) -> None:
    path = files.written(tmp_path / "a.html", files.html("<p></p>" * 2_000))
    assert "more than 1,000 elements" in files.reasons(files.read_one(path, nodes=1_000))
    deep = files.written(tmp_path / "b.html", files.html("<div>" * 100_000))
    assert f"more than {DEFAULT.depth} deep" in files.reasons(files.read_one(deep))


def test_of_too_many_results_or_links_the_first_are_taken_and_the_rest_is_a_gap(tmp_path: Path) -> None:
    body = "".join(files.row(f"https://a{n}.example/", n) for n in range(20))
    path = files.written(tmp_path / "a.html", files.html(body))
    page = files.read_one(path, rows=3)
    assert files.pages_in(page) == [f"https://a{n}.example/" for n in range(3)]
    assert "were not looked at" in files.reasons(page)
    assert "more links" in files.reasons(files.read_one(path, links=5))


def test_thumbnails_over_the_limit_are_left_out_and_said(tmp_path: Path) -> None:
    size = len(files.picture(1))
    body = files.row("https://a.example/", 1) + files.row("https://b.example/", 2)
    path = files.written(tmp_path / "a.html", files.html(body))
    assert "thumbnails over" in files.reasons(files.read_one(path, picture_bytes=size // 2))
    page = files.read_one(path, pictures_bytes=size + size // 2)
    assert files.pages_in(page) == ["https://a.example/"]
    assert "of thumbnails were taken" in files.reasons(page)


# --- the folder of a page -------------------------------------------------------------------


def complete(folder: Path, reference: str) -> Path:
    body = f'<div><a href="https://a.example/"><img src="{reference}"></a></div>'
    return files.written(folder / "a.html", files.html(body))


def test_a_page_without_its_folder_says_that_pictures_are_missing(tmp_path: Path) -> None:
    page = files.read_one(complete(tmp_path, "./a_files/x.jpg"))
    assert files.pages_in(page) == ["https://a.example/"]
    assert "no picture in the saved page" in files.reasons(page)


@pytest.mark.parametrize(
    "reference",
    ["../secret/x.png", "./a_files/../../secret/x.png", "x.png", "/etc/x.png", "file:///etc/x.png",
     "a_files/%2e%2e/%2e%2e/secret/x.png", "a_files\\x.png", "./a_files/link.png"],
)  # fmt: skip
def test_a_page_gets_no_file_from_outside_of_a_folder_of_its_own(tmp_path: Path, reference: str) -> None:
    files.written(tmp_path / "secret" / "x.png", files.picture())
    files.written(tmp_path / "pages" / "x.png", files.picture())
    (tmp_path / "pages" / "a_files").mkdir()
    (tmp_path / "pages" / "a_files" / "link.png").symlink_to(tmp_path / "secret" / "x.png")
    page = files.read_one(complete(tmp_path / "pages", reference))
    assert [hit.thumbnail for hit in page.answer.hits if hit.thumbnail] == []


def test_a_page_that_is_given_by_a_link_finds_its_folder(tmp_path: Path) -> None:
    files.written(tmp_path / "there" / "a_files" / "x y.png", files.picture())
    real = complete(tmp_path / "there", "./a_files/x%20y.png")
    (tmp_path / "link").symlink_to(real)
    assert files.read_one(tmp_path / "link").answer.hits[0].thumbnail == files.picture()


def test_the_folder_of_a_page_may_be_given_with_it(tmp_path: Path) -> None:
    files.written(tmp_path / "a_files" / "x.png", files.picture())
    files.written(tmp_path / "a_files" / "frame.html", files.html("<p>a frame</p>"))
    page = complete(tmp_path, "./a_files/x.png")
    assert [one.name for one in files.read(tmp_path / "a_files", page)] == ["a.html"]
    assert len(files.read(tmp_path)) == 1


# --- zips -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../a.html", "/a.html", "x/../../a.html", "C:\\a.html", "..\\a.html"])
def test_a_name_that_leads_out_of_a_zip_is_not_read_and_the_others_are(tmp_path: Path, name: str) -> None:
    page = files.html(files.row("https://a.example/"))
    found = files.read(files.zipped(tmp_path / "a.zip", {name: page, "good.html": page}))
    assert sum(len(one.answer.hits) for one in found) == 1
    assert any("leads out of the zip" in files.reasons(one) for one in found)


def test_a_link_in_a_zip_is_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("a.html")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "it is a link" in files.reasons(files.read_one(tmp_path / "a.zip"))


def test_an_encrypted_page_in_a_zip_says_so(tmp_path: Path) -> None:
    path = files.zipped(tmp_path / "a.zip", {"a.html": files.html("x")})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "it is encrypted" in files.reasons(files.read_one(path))


def test_a_bomb_in_a_zip_is_refused_and_the_page_beside_it_is_read(tmp_path: Path) -> None:
    good = files.html(files.row("https://a.example/"))
    bomb = "<!DOCTYPE html>" + " " * 20_000_000
    found = files.read(files.zipped(tmp_path / "a.zip", {"a.html": good, "b.html": bomb}))
    assert [len(one.answer.hits) for one in found] == [1, 0]
    assert "times its size, the limit" in files.reasons(found[1])


def test_all_of_a_zip_together_may_not_be_over_the_limit(tmp_path: Path) -> None:
    page = files.html(files.row("https://a.example/"))
    many = files.zipped(tmp_path / "a.zip", {f"{n}.html": page for n in range(50)})
    found = files.read(many, archive_bytes=max(len(page) * 10, many.stat().st_size))
    assert 0 < sum(len(one.answer.hits) for one in found) < 50
    assert any("unpacks to more than" in files.reasons(one) for one in found)


def test_a_zip_that_lists_more_than_can_be_looked_at_is_refused_before_it_is_listed(tmp_path: Path) -> None:
    path = files.zipped(tmp_path / "a.zip", {"a.html": files.html("x")})
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, content.rfind(b"PK\x05\x06") + 12, 0xFFFFFFFF)
    path.write_bytes(content)
    assert "lists more files" in files.reasons(files.read_one(path))


def test_a_zip_with_a_damaged_page_gives_the_others(tmp_path: Path) -> None:
    page = files.html(files.row("https://a.example/"))
    path = files.zipped(tmp_path / "a.zip", {"a.html": page, "b.html": page})
    content = bytearray(path.read_bytes())
    middle = content.find(b"a.html") + 60
    content[middle : middle + 20] = bytes(20)
    path.write_bytes(content)
    assert [len(one.answer.hits) for one in files.read(path)] == [0, 1]


def test_a_page_that_unpacks_itself_is_refused_with_words(tmp_path: Path) -> None:
    archive = files.zipped(tmp_path / "a.zip", {"index.html": "x"}).read_bytes()
    path = files.written(tmp_path / "a.zip.html", files.html("x").encode() + archive)
    assert "unpacks itself" in files.reasons(files.read_one(path))


def test_nothing_is_written_and_nothing_is_fetched(tmp_path: Path) -> None:
    """Every file that is opened while all fixtures are read is opened for reading."""
    shutil.copytree(SAVED, tmp_path / "saved")
    seen: list[str] = []
    done = [False]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if done[0]:
            return
        if event.startswith("socket.") or event in ("os.mkdir", "os.rename", "os.remove"):
            seen.append(event)
        # "open" tells the flags last: the lowest bits are zero for reading only.
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
            seen.append(str(arguments[0]))

    sys.addaudithook(hook)
    try:
        assert len(list(saved_pages([tmp_path / "saved"]))) == 21
    finally:
        done[0] = True
    assert seen == []


def test_no_cookie_of_a_recording_is_in_anything_that_comes_out_of_it() -> None:
    for engine in ENGINES:
        assert COOKIE in (SAVED / f"{engine}.har").read_text("utf-8-sig")
        page = files.read_one(SAVED / f"{engine}.har")
        everything = repr(page) + "".join(repr(hit.thumbnail) for hit in page.answer.hits)
        assert COOKIE not in everything


# --- addresses that no result can have ------------------------------------------------------

BAD = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "file:///etc/passwd", "https://a.example/\x1b[31m",
       "https://a.example/\u202egpj.x", "/url?q=javascript:alert(1)"]  # fmt: skip


@pytest.mark.parametrize("address", BAD)
def test_a_result_with_an_address_that_no_result_can_have_is_left_out_and_counted(
    tmp_path: Path, address: str
) -> None:
    body = files.row("https://good.example/") + files.row(address, 1)
    page = files.read_one(files.written(tmp_path / "a.html", files.html(body)))
    assert files.pages_in(page) == ["https://good.example/"]
    assert "1 result was left out: its address is no plain web address" in files.reasons(page)
    assert not page.answer.complete
    assert all(gap.reason.isprintable() for gap in page.answer.gaps)


def test_all_results_with_such_addresses_are_counted_in_one_gap(tmp_path: Path) -> None:
    body = "".join(files.row(address, at) for at, address in enumerate(BAD))
    page = files.read_one(files.written(tmp_path / "a.html", files.html(body)))
    assert not page.answer.hits
    assert files.reasons(page).startswith(f"{len(BAD)} results were left out: their addresses are")


@pytest.mark.parametrize(
    "href", ["javascript:void(0)", "javascript:;", "#top", "mailto:a@b.example", "/settings"]
)
def test_a_button_with_a_picture_is_no_result_that_was_left_out(tmp_path: Path, href: str) -> None:
    body = files.row("https://good.example/") + files.row(href, 1)
    page = files.read_one(files.written(tmp_path / "a.html", files.html(body)))
    assert "left out" not in files.reasons(page)


def test_a_picture_behind_a_script_whose_row_names_its_page_is_kept(tmp_path: Path) -> None:
    body = (
        f'<div><a href="javascript:zoom(1)"><img src="{files.data(1)}"></a>'
        '<a href="https://good.example/">x</a></div>'
    )
    page = files.read_one(files.written(tmp_path / "a.html", files.html(body)))
    assert files.pages_in(page) == ["https://good.example/"]
    assert files.reasons(page) == ""


def test_what_engines_tell_in_data_of_their_own_is_counted_too(tmp_path: Path) -> None:
    state = """<div data-state='{"initialState":{"cbirSites":{"sites":[{"url":"file:///x"}]}}}'></div>"""
    bing = """<div m='{"purl":"javascript:x()"}'></div><div data-lpage="file:///x"></div>"""
    yandex = files.read_one(files.written(tmp_path / "y.html", files.html(state, files.YANDEX)))
    assert "1 result was left out" in files.reasons(yandex)
    other = files.read_one(files.written(tmp_path / "b.html", files.html(bing)))
    assert "2 results were left out" in files.reasons(other)
