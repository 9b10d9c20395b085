"""`search`: by hand without a key, by services with one, and where keys are kept."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from plugged import CHEAP, DEAR, PAGES, Plugged, on_a_terminal, plugged_in
from small import jpeg, on_disk
from web_world import FIXTURES, STAGE, world

from fakeprofile.report.document import report_from_json
from fakeprofile.search.handoff import DEFAULT, ENGINES

Call = Callable[..., Any]
SAVED = FIXTURES / "saved"


@pytest.fixture
def plugged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plugged]:
    with world() as web:
        yield plugged_in(web, tmp_path / "plugged", monkeypatch)


def text(done: Any) -> str:
    return " ".join(done.out.split())


# --- open ---------------------------------------------------------------------------------


def test_open_print_shows_the_pages_and_the_way_back_and_opens_nothing(
    command: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened = browser(tmp_path, monkeypatch)
    done = command("search", "open", STAGE, "--print")
    assert done.code == 0
    for engine in (one for one in ENGINES if one.name in DEFAULT):
        assert engine.title in done.out
    assert f"fakeprofile search import {STAGE} SAVED-PAGE…" in done.out
    assert not opened.exists()


def browser(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that writes down what it is to open."""
    written, script = folder / "opened.txt", folder / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" >> "{written}"\n')
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{script} %s")
    # What the module found before stands in it.
    import webbrowser

    monkeypatch.setattr(webbrowser, "_tryorder", None)
    return written


def test_open_opens_the_pages_in_the_browser(
    command: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened = browser(tmp_path, monkeypatch)
    done = command(
        "search",
        "open",
        STAGE,
        "--engine",
        "yandex",
        "--url",
        "https://a.example/1 2.jpg?x=1&y=2".replace(" ", "%20"),
    )
    assert done.code == 0
    assert opened.read_text().split() == [
        "https://yandex.com/images/search?rpt=imageview&cbir_page=sites&url=https%3A%2F%2Fa.example%2F1%25202.jpg%3Fx%3D1%26y%3D2"
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nosuch.jpg",), "is no file"),
        ((STAGE, "--engine", "altavista"), "there is no engine"),
        ((STAGE, "--engine", ","), "no engine was named"),
        ((STAGE, "--url", "http://192.168.1.1/a.jpg"), "own network"),
        ((STAGE, "--url", "javascript:alert(1)"), "not a web address"),
    ],
)
def test_what_cannot_be_opened_is_wrong_usage(command: Call, arguments: tuple[Any, ...], words: str) -> None:
    done = command("search", "open", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_the_last_step_can_be_copied_whatever_the_photo_is_called(command: Call, tmp_path: Path) -> None:
    photo = tmp_path / "my son's photo; rm -rf.jpg"
    photo.write_bytes(jpeg(1))
    done = command("search", "open", photo, "--print", "--engine", "tineye")
    line = done.out.splitlines()[-1]
    import shlex

    assert shlex.split(line)[:4] == ["fakeprofile", "search", "import", str(photo)]


# --- import -------------------------------------------------------------------------------


def test_import_says_which_rows_are_the_same_picture(command: Call) -> None:
    done = command("search", "import", STAGE, SAVED / "yandex.html", SAVED / "tineye.har")
    assert done.code == 3
    assert done.out.startswith("The same picture stands on 2 pages.")
    assert "https://mikkelsandvang.example/tour-2016" in done.out
    assert "TinEye first met the file there" in text(done)
    assert "https://pets.example/cats/tabby" in text(done).split("not the same picture (")[1]


def test_import_as_json_is_a_report(command: Call) -> None:
    done = command("search", "import", STAGE, SAVED / "yandex.html", "--json")
    report = report_from_json(done.out)
    assert done.code == 3
    assert len(report.facts.leads) == 5
    assert "Mikkel Sandvang: tour 2016" in {lead.title for lead in report.facts.leads}


def test_pages_that_ask_for_something_else_are_never_no_results(command: Call) -> None:
    done = command("search", "import", STAGE, SAVED / "blocked")
    assert done.code == 4
    assert text(done).startswith("No search gave a whole answer: that says nothing about the picture.")
    assert text(done).count("(captcha)") == 3
    assert "consent" in text(done)
    assert "pointed at nothing" not in text(done)


def test_one_page_that_could_not_be_read_is_told_by_the_exit_code_if_nothing_was_found(command: Call) -> None:
    other = FIXTURES / "cases" / "nowhere" / "3-mill.jpg"
    assert command("search", "import", other, SAVED / "yandex.html").code == 0
    assert command("search", "import", other, SAVED / "yandex.html", SAVED / "blocked").code == 4
    assert command("search", "import", STAGE, SAVED / "yandex.html", SAVED / "blocked").code == 3
    assert command("check", other, "--results", SAVED / "blocked", "--no-remember").code == 4


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.html", b"", "empty"),
        ("picture.html", jpeg(1), "picture"),
        ("words.html", b"dear diary", "no saved result page"),
        ("bad.har", b'{"log": {"entries": [', "damaged|cannot be read|no HAR|JSON"),
        ("bad.zip", b"PK\x03\x04 and no more", "zip"),
        ("deep.html", b"<div>" * 300_000, "elements|deep|limit|no results"),
        ("odd \x1b[31m\u202e.html", b"<html><body>nothing</body></html>", "no results"),
    ],
)
def test_files_that_are_no_result_pages_are_named_with_the_reason(
    command: Call, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    done = command("search", "import", STAGE, path)
    assert done.code == 4
    assert "Traceback" not in done.err
    assert name.split(".", maxsplit=1)[0][:3] in text(done)
    assert re.search(words, text(done).split("Not looked at - ")[1], re.IGNORECASE), done.out
    assert not set("\x1b\u202e") & set(done.out + done.err)


def test_a_saved_page_that_is_not_there_is_wrong_usage_in_every_command(
    command: Call, tmp_path: Path
) -> None:
    page = tmp_path / "missing.html"
    (tmp_path / "list.csv").write_text("username\nlars\n", "utf-8")
    audit = ("audit", tmp_path / "list.csv", "--out", tmp_path / "out", "--results", page)
    for words in (
        ("search", "import", STAGE, SAVED / "yandex.html", page),
        ("check", STAGE, "--results", page, "--no-remember"),
        audit,
    ):
        done = command(*words)
        assert (done.code, done.out) == (2, ""), words
        assert "missing.html is not there: check the spelling" in " ".join(done.err.split())
    assert not (tmp_path / "out").exists()


def test_a_photo_that_is_none_is_wrong_usage_and_one_that_is_broken_a_gap(
    command: Call, tmp_path: Path
) -> None:
    assert command("search", "import", tmp_path, SAVED / "yandex.html").code == 2
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(jpeg(1)[:600])
    done = command("search", "import", broken, SAVED / "yandex.html")
    assert done.code == 4
    assert "broken.jpg" in done.err
    assert "not the same picture (" not in text(done)
    assert "Pointed at, and not looked at" in text(done)


def test_import_says_so_if_the_page_was_named_before_the_photo(command: Call) -> None:
    done = command("search", "import", SAVED / "yandex.html", STAGE)
    assert (done.code, done.out) == (2, "")
    assert "name the photo first" in done.err


def test_import_needs_a_saved_page(command: Call) -> None:
    assert command("search", "import", STAGE).code == 2


def test_the_cookies_of_a_recording_stand_nowhere(command: Call) -> None:
    done = command("search", "import", STAGE, SAVED / "google.har", "--json")
    assert "an-invented-cookie" in (SAVED / "google.har").read_text("utf-8-sig")
    assert "an-invented-cookie" not in done.out + done.err


# --- ask ----------------------------------------------------------------------------------


def test_ask_says_what_the_services_found(command: Call, plugged: Plugged, tmp_path: Path) -> None:
    plugged.web.show("google", PAGES[0], jpeg(1), "A page")
    plugged.web.show("google", PAGES[1], jpeg(2))
    done = command("search", "ask", on_disk(tmp_path), "--service", CHEAP, "--yes")
    assert done.code == 3
    assert done.out.startswith("The same picture stands on 1 page.")
    assert PAGES[1] in text(done).split("not the same picture (1)")[1]


def test_ask_without_an_answer_is_not_all_clear(command: Call, plugged: Plugged, tmp_path: Path) -> None:
    plugged.web.scenarios["google"] = "no quota"
    done = command("search", "ask", on_disk(tmp_path), "--service", CHEAP, "--yes")
    assert done.code == 4
    assert "No search gave a whole answer" in done.out


@pytest.mark.parametrize("service", ["", ",", "nosuch", "broken-two"])
def test_ask_needs_a_service_that_there_is(
    command: Call, plugged: Plugged, tmp_path: Path, service: str
) -> None:
    done = command("search", "ask", on_disk(tmp_path), "--service", service, "--yes")
    assert (done.code, done.out) == (2, "")
    assert plugged.web.server.heard == []


def test_asking_a_broken_service_says_why_it_cannot_be_used(
    command: Call, plugged: Plugged, tmp_path: Path
) -> None:
    done = command("search", "ask", on_disk(tmp_path), "--service", "broken-one", "--yes")
    assert done.code == 4
    assert "it cannot be used" in text(done)


# --- services -----------------------------------------------------------------------------


def test_services_lists_each_with_what_it_needs_sends_and_keeps(command: Call, plugged: Plugged) -> None:
    done = command("search", "services", "--offline")
    assert done.code == 0
    assert "tineye: TinEye" in done.out
    assert "it needs FAKEPROFILE_TINEYE_KEY" in done.out
    blocks = {block.split(":")[0]: block for block in done.out.split("\n\n")}
    assert "ready" in blocks[CHEAP]
    assert "sends the picture, made smaller" in blocks[CHEAP]
    assert "price: " in blocks[CHEAP]
    assert "dates: some" in blocks[DEAR]
    assert plugged.web.server.heard == []


def test_no_line_about_the_services_is_too_long_for_a_terminal(command: Call, plugged: Plugged) -> None:
    lines = command("search", "services", "--offline").out.splitlines()
    assert max(map(len, lines)) <= 96


def test_ask_names_services_in_one_way_only(command: Call, tmp_path: Path) -> None:
    told = command("search", "ask", "--help").out
    assert "--service " in told
    assert "--max-searches" in told
    for option in ("--search", "--results"):
        assert option not in told
        done = command("search", "ask", on_disk(tmp_path), "--service", CHEAP, option, CHEAP)
        assert (done.code, "No such option" in done.err) == (2, True)


def test_a_broken_plug_in_is_listed_and_breaks_nothing(command: Call, plugged: Plugged) -> None:
    done = command("search", "services", "--offline")
    block = next(one for one in done.out.split("\n\n") if one.startswith("broken-one"))
    assert re.match(r"broken-one \(from services_at_\d+\): cannot be used: .*Missing", block, re.DOTALL)
    assert done.err == ""


def test_services_tells_how_many_searches_are_left_where_the_service_does(
    command: Call, plugged: Plugged
) -> None:
    done = command("search", "services")
    assert "searches left: 20,719" in done.out
    assert "searches left: the service does not tell" in done.out
    assert all("remaining" in one.path for one in plugged.web.server.heard)


# --- keys ---------------------------------------------------------------------------------


def keys_file() -> Path:
    return Path(os.environ["XDG_CONFIG_HOME"]) / "fakeprofile" / "keys.toml"


def test_a_key_is_typed_without_being_shown_and_only_its_owner_can_read_it(plugged: Plugged) -> None:
    code, shown = on_a_terminal(
        "search", "keys", "set", "tineye", types="a-key-of-nobody\n", after="TINEYE_KEY of TinEye"
    )
    assert code == 0
    assert "a-key-of-nobody" not in shown
    assert "which only you can read" in " ".join(shown.split())
    assert stat.S_IMODE(keys_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(keys_file().parent.stat().st_mode) == 0o700
    assert 'TINEYE_KEY = "a-key-of-nobody"' in keys_file().read_text()


def test_a_key_that_cannot_be_one_is_not_kept_and_not_shown(plugged: Plugged) -> None:
    code, shown = on_a_terminal(
        "search", "keys", "set", "tineye", types="two words\n", after="TINEYE_KEY of TinEye"
    )
    assert code == 2
    assert "two words" not in shown
    assert not keys_file().exists()


def test_ctrl_c_while_typing_a_key_keeps_nothing(plugged: Plugged) -> None:
    code, _ = on_a_terminal(
        "search", "keys", "set", "tineye", types="half-a-k\x03", after="TINEYE_KEY of TinEye"
    )
    assert code == 130
    assert not keys_file().exists()


@pytest.mark.parametrize(("second", "code"), [("\x03", 130), ("two words\n", 2)])
def test_of_two_keys_none_is_kept_if_the_second_is_not_given(
    plugged: Plugged, second: str, code: int
) -> None:
    done, shown = on_a_terminal(
        "search", "keys", "set", "yandex", types="a-key-of-nobody\n", after="YANDEX_KEY of Yandex",
        then=(("YANDEX_FOLDER of Yandex", second),),
    )  # fmt: skip
    assert "YANDEX_FOLDER of Yandex" in shown
    assert done == code
    assert not keys_file().exists()


@pytest.mark.parametrize("action", ["set", "remove"])
def test_a_key_given_as_an_argument_is_refused_and_never_shown(command: Call, action: str) -> None:
    done = command("search", "keys", action, "tineye", "a-key-of-nobody")
    assert (done.code, done.out) == (2, "")
    assert "a-key-of-nobody" not in done.err
    assert "typed in" in done.err
    assert "never given as an argument" in done.err
    assert not keys_file().exists()


def test_without_a_terminal_the_environment_is_named(command: Call) -> None:
    done = command("search", "keys", "set", "yandex")
    assert done.code == 2
    assert "FAKEPROFILE_YANDEX_KEY and FAKEPROFILE_YANDEX_FOLDER" in done.err


@pytest.mark.parametrize("action", ["set", "remove"])
def test_a_service_that_there_is_not_has_no_keys(command: Call, action: str) -> None:
    done = command("search", "keys", action, "nosuch")
    assert done.code == 2
    assert "there is no search service" in done.err


def test_a_kept_key_is_used_listed_as_ready_and_removed(command: Call) -> None:
    keys_file().parent.mkdir(parents=True, mode=0o700)
    keys_file().write_text('[keys]\nTINEYE_KEY = "a-key-of-nobody"\n')
    keys_file().chmod(0o600)
    assert "tineye: TinEye\n  ready" in command("search", "services", "--offline").out
    done = command("search", "keys", "remove", "tineye")
    assert (done.code, done.err) == (0, "removed: TINEYE_KEY\n")
    assert command("search", "keys", "remove", "tineye").err == "no key of tineye was kept\n"
    assert "it needs FAKEPROFILE_TINEYE_KEY" in command("search", "services", "--offline").out


def test_a_file_of_keys_that_others_can_read_is_not_used_and_said_so(command: Call) -> None:
    keys_file().parent.mkdir(parents=True)
    keys_file().write_text('[keys]\nTINEYE_KEY = "a-key-of-nobody"\n')
    keys_file().chmod(0o644)
    done = command("search", "services", "--offline")
    assert "can be read or written by others" in done.out
    assert "it needs FAKEPROFILE_TINEYE_KEY" in done.out
    assert "a-key-of-nobody" not in done.out


def test_json_of_a_search_is_one_line(command: Call) -> None:
    (line,) = command("search", "import", STAGE, SAVED / "blocked", "--json").out.splitlines()
    assert json.loads(line)["schema"] == "fakeprofile.report/1"
