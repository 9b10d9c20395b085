"""Nothing leaves the machine before somebody agreed to it, and what it costs is told first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from plugged import CHEAP, DEAR, PAGES, Plugged, on_a_terminal, plugged_in
from small import jpeg, on_disk
from web_world import world

from fakeprofile.cli import web as room
from fakeprofile.records import Compared, Facts, Profile, Searched
from fakeprofile.search.plan import Plan

Call = Callable[..., Any]


@pytest.fixture
def plugged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plugged]:
    with world() as web:
        yield plugged_in(web, tmp_path / "plugged", monkeypatch)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return on_disk(tmp_path)


def test_without_a_terminal_nothing_is_sent_and_yes_is_asked_for(
    command: Call, plugged: Plugged, photo: Path
) -> None:
    done = command("check", photo, "--search", CHEAP, "--no-remember")
    assert done.code == 2
    assert "--yes" in done.err
    assert "Cheap One" in done.err
    assert done.out == ""
    assert plugged.web.server.heard == []


def test_yes_sends_and_the_plan_is_told_all_the_same(command: Call, plugged: Plugged, photo: Path) -> None:
    plugged.web.show("google", PAGES[0], jpeg(1))
    done = command("check", photo, "--search", f"{DEAR},{CHEAP}", "--yes", "--no-remember", "--all-services")
    assert done.code == 3
    assert max(map(len, done.err.splitlines())) <= 96
    told = re.findall(r"^  (\w.*(?:\n {4,}.*)*)", done.err, re.MULTILINE)[:2]
    told = [" ".join(step.split()) for step in told]
    assert [line.split(":")[0] for line in told] == ["Cheap One", "Dear One"]
    for line, words in zip(told, ("stored", "never saves"), strict=True):
        assert "1 photo; sends the picture, made smaller" in line
        assert words in line
        assert "Price: " in line
    assert "At most 2 searches" in done.err
    assert "The cheapest is asked first" in done.err
    assert len(plugged.web.asked("google")) == len(plugged.web.asked("tineye")) == 1


def test_a_second_run_needs_no_consent_and_asks_nobody(command: Call, plugged: Plugged, photo: Path) -> None:
    plugged.web.show("google", PAGES[0], jpeg(1))
    first = command("check", photo, "--search", CHEAP, "--yes", "--no-remember")
    again = command("check", photo, "--search", CHEAP, "--no-remember")
    assert (first.code, again.code) == (3, 3)
    assert len(plugged.web.asked("google")) == 1
    assert again.err == ""
    assert "as kept from 2026-07-01" in again.out
    refused = command("check", photo, "--search", CHEAP, "--no-remember", "--refresh")
    assert refused.code == 2


def test_a_no_on_the_terminal_sends_nothing_and_says_so(
    plugged: Plugged, photo: Path, tmp_path: Path
) -> None:
    code, shown = on_a_terminal(
        "check", photo, "--library", tmp_path / "l.sqlite", "--no-remember", "--search", CHEAP,
        types="n\n", after="Send that?",
    )  # fmt: skip
    assert "Cheap One" in shown
    assert "not asked: you said no" in " ".join(shown.split())
    assert code == 4
    assert plugged.web.server.heard == []


def test_a_yes_on_the_terminal_sends(plugged: Plugged, photo: Path) -> None:
    plugged.web.show("google", PAGES[0], jpeg(1))
    code, shown = on_a_terminal("search", "ask", photo, "--service", CHEAP, types="y\n", after="Send that?")
    assert code == 3
    assert PAGES[0] in shown
    assert len(plugged.web.asked("google")) == 1


def test_only_enter_is_a_no(plugged: Plugged, photo: Path) -> None:
    on_a_terminal("search", "ask", photo, "--service", CHEAP, types="\n", after="Send that?")
    assert plugged.web.server.heard == []


def test_ctrl_c_at_the_question_sends_nothing(plugged: Plugged, photo: Path) -> None:
    code, shown = on_a_terminal("search", "ask", photo, "--service", CHEAP, types="\x03", after="Send that?")
    assert code == 130
    assert "interrupted" in shown
    assert plugged.web.server.heard == []


def test_no_more_searches_than_allowed(command: Call, plugged: Plugged, photo: Path) -> None:
    done = command(
        "check", photo, "--search", f"{CHEAP},{DEAR}", "--yes", "--no-remember", "--max-searches", 1
    )
    assert (len(plugged.web.asked("google")), len(plugged.web.asked("tineye"))) == (1, 0)
    assert "the limit of 1 paid searches is reached" in " ".join(done.out.split())


def test_a_service_without_its_key_is_not_asked_and_says_what_to_do(
    command: Call, plugged: Plugged, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FAKEPROFILE_CHEAP_KEY")
    done = command("check", photo, "--search", CHEAP, "--no-remember")
    assert done.code == 4
    assert "it needs FAKEPROFILE_CHEAP_KEY: run `fakeprofile search keys set cheap-one`" in " ".join(
        done.out.split()
    )
    assert plugged.web.server.heard == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--fetch",), "--fetch looks up what a search found"),
        (("--archive",), "--archive looks up what a search found"),
        (("--url", "https://a.example/1.jpg"), "--url is about asking services"),
        (("--max-searches", "3"), "--max-searches is about asking services"),
        (("--refresh",), "--refresh is about asking services"),
        (("--all-services",), "--all-services is about asking services"),
        (("--search", "nosuch"), "there is no search service “nosuch”"),
        (("--search", "tineye", "--url", "http://127.0.0.1/a.jpg"), "this machine or its own network"),
        (("--search", "tineye", "--url", "file:///etc/passwd"), "not a web address"),
        (("--search", "tineye", "--max-searches", "-1"), "--max-searches"),
        (("--since", "last summer"), "last summer"),
    ],
)
def test_options_that_cannot_be_are_wrong_usage(
    command: Call, photo: Path, options: tuple[str, ...], words: str
) -> None:
    done = command("check", photo, "--no-remember", *options)
    assert done.code == 2
    assert words in " ".join(done.err.split())
    assert "Traceback" not in done.err


def test_an_address_belongs_to_one_photo(command: Call, photo: Path, tmp_path: Path) -> None:
    options = ("--search", "tineye", "--url", "https://a.example/1.jpg", "--no-remember")
    assert "one photo" in command("check", photo, on_disk(tmp_path, 2), *options).err
    assert command("check", tmp_path, *options).code == 2


@pytest.mark.parametrize("scenario", ["ok", "wrong key", "echo", "html"])
def test_no_key_is_ever_shown(
    command: Call, plugged: Plugged, photo: Path, tmp_path: Path, scenario: str
) -> None:
    plugged.web.scenarios = {"google": scenario, "tineye": scenario}
    plugged.web.show("google", PAGES[0], jpeg(1))
    keys = [value for name, value in plugged.environment.items() if name.endswith("_KEY")]
    outputs = [
        command("check", photo, "--search", f"{CHEAP},{DEAR}", "--yes", "--handle", "instagram:lars", *more)
        for more in ((), ("--json", "-v"), ("--refresh", "--all-services"))
    ]
    outputs.append(command("search", "services"))
    shown = "".join(done.out + done.err for done in outputs)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "Cheap One" in shown
    for key in keys:
        assert key not in shown
        assert key.encode() not in kept


def test_the_archive_is_named_before_it_is_asked(command: Call, photo: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body>nothing</body></html>")
    done = command("check", photo, "--results", page, "--archive", "--no-remember")
    assert "Internet Archive: sends the addresses" in done.err
    assert "never a picture" in " ".join(done.err.split())


def searches(*answered: tuple[str, bool]) -> Facts:
    return Facts(
        profile=Profile(), checked_on="2026-07-01", looked=(), compared=Compared(photos=0, hashes=0),
        searches=tuple(Searched(service="x", photo=photo, answered=one) for photo, one in answered),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), False),
        ((("a.jpg", True), ("a.jpg", False)), False),
        ((("a.jpg", False),), True),
        ((("", True),), False),
        ((("", True), ("", False)), True),
    ],
    ids=[
        "no search",
        "one service answered",
        "no service answered",
        "a page was read",
        "a page was not read",
    ],
)
def test_what_was_not_read_or_answered_is_told_by_the_exit_code(
    given: tuple[tuple[str, bool], ...], expected: bool
) -> None:
    assert room.not_all_seen(searches(*given)) is expected


def test_a_plan_that_sends_nothing_has_no_line_for_a_service() -> None:
    assert not [line for line in room.plan_lines(Plan()) if "Price" in line]
