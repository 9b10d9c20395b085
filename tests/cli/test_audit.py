"""``fakeprofile audit`` as a process: killed, stopped, gone on with, piped; and ``audit diff``."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reference import reference
from shelf import ROOT, picture
from shelf import command as line_of

FOLLOWERS = ROOT / "fixtures" / "audit" / "followers"
RESULTS = ("audit.jsonl", "audit.csv", "groups.jsonl", "summary.json")
Call = Callable[..., Any]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen accounts, of which every fifth shows one picture."""
    folder = tmp_path_factory.mktemp("crowd")
    for number in range(14):
        path = picture(folder / f"user{number:02}" / "a.jpg", number if number % 5 else 0, side=150)
        path.write_bytes(path.read_bytes() + b"%d" % number)
    return folder


def started(*words: object, library: Path) -> subprocess.Popen[str]:
    """The program with all that it starts, as a terminal would run it."""
    return subprocess.Popen(
        line_of("audit", *words, "--workers", "2", library=library),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )


def looked_at(out: Path) -> int:
    """How many photos the journal has."""
    try:
        return (out / "journal" / "journal.jsonl").read_bytes().count(b'"kind":"looked"')
    except OSError:
        return 0


def wait_for(process: subprocess.Popen[str], out: Path, photos: int) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and looked_at(out) < photos and time.monotonic() < deadline:
        time.sleep(0.005)


@pytest.fixture(scope="module")
def whole(crowd: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of an audit that nobody disturbed."""
    folder = tmp_path_factory.mktemp("whole")
    process = started(crowd, "--out", folder / "out", library=folder / "l.sqlite")
    _, err = process.communicate(timeout=120)
    assert process.returncode == 3, err
    return folder


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals and groups of Unix")
def test_killed_in_the_middle_it_goes_on_and_ends_with_the_same_results(
    crowd: Path, whole: Path, tmp_path: Path
) -> None:
    library = Path(shutil.copy(whole / "l.sqlite", tmp_path / "l.sqlite"))
    out = tmp_path / "out"
    first = started(crowd, "--out", out, library=library)
    wait_for(first, out, 4)
    first.send_signal(signal.SIGKILL)
    first.communicate(timeout=60)
    assert first.returncode == -signal.SIGKILL
    assert 4 <= looked_at(out) < 14
    second = started(crowd, "--out", out, "--resume", library=library)
    _, err = second.communicate(timeout=120)
    assert second.returncode == 3
    assert "going on with the audit" in err
    assert looked_at(out) == 14
    for name in RESULTS:
        assert (out / name).read_bytes() == (whole / "out" / name).read_bytes()


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals and groups of Unix")
def test_ctrl_c_ends_it_with_what_was_done_and_says_what_was_not(crowd: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = started(crowd, "--out", out, library=tmp_path / "l.sqlite")
    wait_for(process, out, 3)
    os.killpg(process.pid, signal.SIGINT)
    text, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert err.splitlines()[-1] == "interrupted"
    assert "not looked at: the audit was ended before" in text
    summary = json.loads((out / "summary.json").read_text())
    assert not summary["complete"]
    assert summary["photos_looked_at"] == looked_at(out)
    assert summary["reached"]["not reached"] == 14 - looked_at(out)
    assert len((out / "audit.jsonl").read_text().splitlines()) == 14


def test_the_results_are_printed_and_the_exit_code_says_whether_somebody_should_look(
    story_library: Path, tmp_path: Path, command: Call
) -> None:
    words = ("audit", FOLLOWERS, "--out", tmp_path / "out")
    done = command(*words, library=story_library)
    assert done.code == 3
    assert done.out.startswith("Audit of 13 accounts on 2026-07-01")
    assert all(len(line) <= 80 for line in done.out.splitlines())
    lines = command(*words, "--json", library=story_library)
    assert [json.loads(line)["number"] for line in lines.out.splitlines()] == list(range(1, 14))
    table = command(*words, "--csv", library=story_library)
    rows = list(csv.DictReader(io.StringIO(table.out)))
    assert [row["flagged"] for row in rows].count("yes") == 4
    both = command(*words, "--csv", "--json", library=story_library)
    assert (both.code, both.out) == (2, "")


def test_nothing_understood_is_an_error_and_never_an_empty_list(tmp_path: Path, command: Call) -> None:
    source = tmp_path / "letter.txt"
    source.write_bytes(b"\x00\x01\x02 nothing")
    done = command("audit", source, "--out", tmp_path / "out")
    assert done.code == 2
    assert done.out == ""
    assert "letter.txt" in done.err
    assert not (tmp_path / "out").exists(), "nothing is left of what was not begun"
    (tmp_path / "mine").mkdir()
    assert command("audit", source, "--out", tmp_path / "mine").code == 2
    assert (tmp_path / "mine").is_dir(), "a folder of the user stays"


def test_a_photo_that_cannot_be_read_is_told_and_the_exit_code_says_so(tmp_path: Path, command: Call) -> None:
    (tmp_path / "followers" / "lars").mkdir(parents=True)
    (tmp_path / "followers" / "lars" / "a.jpg").write_bytes(b"no picture")
    picture(tmp_path / "followers" / "noor" / "a.jpg", 1, side=150)
    done = command("audit", tmp_path / "followers", "--out", tmp_path / "out")
    assert done.code == 4
    assert "1 of 2 photos looked at; 1 could not be read" in done.out
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    (gap,) = summary["gaps"]
    assert gap["about"].endswith("a.jpg") and gap["reason"] in " ".join(done.out.split())
    assert summary["photos_looked_at"] == 1
    first = json.loads((tmp_path / "out" / "audit.jsonl").read_text().splitlines()[0])
    assert first["photos_not_read"] == [{"photo": gap["about"], "reason": gap["reason"]}]


def test_chains_of_names_are_told_once_accounts_are_remembered(
    story_library: Path, tmp_path: Path, command: Call
) -> None:
    done = command("audit", FOLLOWERS, "--out", tmp_path / "out", "--remember", library=story_library)
    assert "4 accounts kept as cases" in done.err
    listed = command("cases", "list", library=story_library)
    assert "Soepkieke2020belgium" in listed.out or "lotte.2012x" in listed.out
    assert "thijs.mvk" in listed.out


def test_diff_tells_who_is_new_gone_and_renamed(command: Call) -> None:
    later = FOLLOWERS.with_name("followers-later")
    done = command("audit", "diff", FOLLOWERS / "followers.csv", later / "followers.csv")
    assert done.code == 0
    assert "lars.2011xx" in done.out
    assert "lars_nieuw" in done.out
    lines = [
        json.loads(line) for line in command("audit", "diff", FOLLOWERS, later, "--json").out.splitlines()
    ]
    changes = {line["change"] for line in lines}
    assert {"new", "gone", "renamed"} <= changes


def test_help_tells_of_both_and_ends_in_an_example(command: Call) -> None:
    said = command("audit", "--help")
    assert said.code == 0
    assert "audit [OPTIONS] SOURCE..." in said.out
    assert "audit diff OLD NEW" in said.out
    assert said.out.rstrip().endswith("--out audit-followers")
    below = command("audit", "diff", "--help")
    assert below.code == 0
    assert below.out.startswith("Usage: fakeprofile audit diff [OPTIONS] OLD NEW")
    assert "Say what changed between two exports" in below.out and "--out" not in below.out
    assert "Usage: fakeprofile audit diff [OPTIONS] OLD NEW" in reference()
    assert command("audit", "--help", "diff").out == below.out


def test_options_may_stand_before_diff_and_a_source_of_that_name_can_still_be_named(
    command: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = FOLLOWERS.with_name("followers-later")
    told = command("audit", "diff", FOLLOWERS, later, "--json").out
    assert told and command("audit", "--json", "diff", FOLLOWERS, later).out == told
    assert command("audit", "--library", tmp_path / "x", "-v", "diff", FOLLOWERS, later, "--json").out == told
    monkeypatch.chdir(tmp_path)
    (tmp_path / "diff").mkdir()
    (tmp_path / "diff" / "list.csv").write_text("username\nlars\n", "utf-8")
    for words in (("./diff",), ("--", "diff"), (tmp_path / "diff",)):
        done = command("audit", "--out", tmp_path / "out", *words)
        assert done.out.startswith("Audit of 1 account"), words
    assert "./diff" in command("audit", "--help").out
    assert command("audit", "--out", "diff", "./diff/list.csv").code == 2, (
        "the value of an option is no command"
    )


def test_saved_result_pages_show_where_else_the_pictures_of_an_audit_stand(
    command: Call, tmp_path: Path
) -> None:
    saved = ROOT / "fixtures" / "saved" / "tineye.har"
    told = command("audit", FOLLOWERS, "--out", tmp_path / "out", "--results", saved, "--json")
    assert told.code == 3
    pages = {
        line["account"]["handle"]["name"]: {
            match["sighting"]["page_url"]
            for looked in line["report"]["facts"]["looked"]
            for match in looked["matches"]
            if match["finding"] == "same picture" and match["sighting"]["source"] == "web"
        }
        for line in map(json.loads, told.out.splitlines())
        if line["report"]
    }
    assert "https://mikkelsandvang.example/tour-2016" in pages["thijs.mvk"]
    assert not pages["noor.vlinder"], "a picture that no row shows"
    assert "nothing left this machine" in " ".join(
        (tmp_path / "out" / "audit.txt").read_text("utf-8").split()
    )


def test_an_audit_sends_no_photo_before_somebody_agreed(
    command: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKEPROFILE_TINEYE_KEY", "a-key-of-nobody-0001")
    told = command("audit", FOLLOWERS, "--out", tmp_path / "out", "--search", "tineye")
    assert told.code == 2
    assert "TinEye" in told.err and "--yes" in told.err, (
        "told who would get what, and how to agree without a terminal"
    )
    assert "a-key-of-nobody-0001" not in told.out + told.err


def test_accounts_without_any_photo_open_with_that_and_not_with_nothing_found(
    command: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKEPROFILE_TINEYE_KEY", "a-key-of-nobody-0001")
    source = ROOT / "fixtures" / "exports" / "tiktok"
    told = command("audit", source, "--out", tmp_path / "out", "--search", "tineye", "--yes")
    words = " ".join(told.out.split())
    assert told.out.splitlines()[2].startswith(
        "None of these accounts has a photo here, so no picture was looked at"
    )
    assert "a folder with a sub-folder of photos named after each account" in words, "how to get there"
    assert "No two accounts were found" not in words
    assert "TinEye: not asked: none of these accounts has a photo here" in words
    assert told.code == 4, "what was to be asked was not"


def test_saved_pages_are_never_passed_over_in_silence(command: Call, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("username\nlars\n", "utf-8")
    saved = ROOT / "fixtures" / "saved" / "tineye.har"
    told = command("audit", tmp_path / "list.csv", "--out", tmp_path / "out", "--results", saved)
    words = " ".join(told.out.split())
    assert "the saved result pages: not compared with: none of these accounts has a photo here" in words
    assert "1 account; its entry was read" in words
    assert "\n\n\n" not in told.out
    picture(tmp_path / "crowd" / "lars" / "a.jpg", 1, side=150)
    # Without the folder of its pictures.
    saved = shutil.copy(ROOT / "fixtures" / "saved" / "yandex.html", tmp_path / "alone.html")
    told = command("audit", tmp_path / "crowd", "--out", tmp_path / "other", "--results", saved)
    assert "5 of its 5 rows were not looked at: its picture is not in what was saved" in " ".join(
        told.out.split()
    )
