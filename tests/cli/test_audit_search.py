"""An audit that asks search services: told once, counted over all accounts, never asked twice, and no gap is a finding."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from plugged import CHEAP, DEAR, PAGES, Plugged, on_a_terminal, plugged_in
from small import jpeg
from web_world import searching, world

import fakeprofile
from fakeprofile import api
from fakeprofile.audit import Step

Call = Callable[..., Any]


@pytest.fixture
def plugged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plugged]:
    with world() as web:
        yield plugged_in(web, tmp_path / "plugged", monkeypatch)


@pytest.fixture
def crowd(tmp_path: Path) -> Path:
    """Four accounts with three pictures: two of them have one file."""
    for name, seed in (("finn", 1), ("imke", 2), ("lars", 1), ("noor", 3)):
        (tmp_path / "crowd" / name).mkdir(parents=True)
        (tmp_path / "crowd" / name / "a.jpg").write_bytes(jpeg(seed, 92))
    return tmp_path / "crowd"


def by_name(out: str) -> dict[str, dict[str, Any]]:
    return {line["account"]["handle"]["name"]: line for line in map(json.loads, out.splitlines())}


def not_looked_at(line: dict[str, Any]) -> str:
    return " | ".join(f"{gap['about']}: {gap['reason']}" for gap in line["report"]["facts"]["gaps"])


def test_what_is_sent_is_told_once_for_all_accounts_and_one_file_is_one_question(
    command: Call, plugged: Plugged, crowd: Path, tmp_path: Path
) -> None:
    plugged.web.show("google", PAGES[0], jpeg(1))
    done = command("audit", crowd, "--out", tmp_path / "out", "--search", CHEAP, "--yes", "--json")
    assert done.err.count("This would leave your machine") == 1
    assert "Cheap One: 3 photos; sends the picture" in " ".join(done.err.split())
    assert "At most 3 searches would be paid for" in " ".join(done.err.split())
    assert len(plugged.web.asked("google")) == 3
    assert done.code == 3
    pages = {
        name: [match["sighting"]["page_url"] for one in line["report"]["facts"]["looked"] for match in one["matches"]]
        for name, line in by_name(done.out).items()
    }  # fmt: skip
    assert PAGES[0] in pages["finn"] and PAGES[0] in pages["lars"], "it is the same file"
    assert PAGES[0] not in pages["imke"] and PAGES[0] not in pages["noor"]
    for line in by_name(done.out).values():
        (search,) = line["report"]["facts"]["searches"]
        assert search["photo"] == line["report"]["facts"]["looked"][0]["photo"]
        assert search["answered"] and not line["not_asked"]


def test_the_limit_counts_over_all_accounts_and_who_was_not_asked_about_is_not_looked_at(
    command: Call, plugged: Plugged, crowd: Path, tmp_path: Path
) -> None:
    words = ("audit", crowd, "--out", tmp_path / "out", "--search", CHEAP, "--yes", "--max-searches")
    done = command(*words, 2, "--json")
    assert len(plugged.web.asked("google")) == 2
    lines = by_name(done.out)
    assert "the limit of 2 paid searches is reached" in not_looked_at(lines["noor"])
    assert lines["noor"]["not_asked"][0]["service"] == "Cheap One"
    for asked in ("finn", "imke", "lars"):
        assert "limit" not in not_looked_at(lines[asked]) and not lines[asked]["not_asked"]
    told = command(*words, 2)
    assert len(plugged.web.asked("google")) == 3, "what was answered is not asked again, and the rest goes on"
    assert by_name((tmp_path / "out" / "audit.jsonl").read_text())["noor"]["not_asked"] == []
    assert "not asked" not in told.out


def test_what_was_not_asked_stands_in_every_result_with_how_many_it_is_about(
    command: Call, plugged: Plugged, crowd: Path, tmp_path: Path
) -> None:
    words = ("audit", crowd, "--out", tmp_path / "out", "--search", CHEAP, "--yes", "--max-searches", 0)
    told = command(*words)
    shown = " ".join(told.out.split())
    assert plugged.web.asked("google") == []
    assert "Cheap One: 3 photos of 4 accounts: not asked: the limit of 0 paid searches is reached" in shown
    assert "4 accounts not searched for on the web as far as was asked for" in shown
    (summary,) = map(json.loads, (tmp_path / "out" / "summary.json").read_text().splitlines())
    assert summary["accounts_not_all_asked"] == 4
    rows = list(csv.DictReader(io.StringIO(command(*words, "--csv").out)))
    assert all("not asked: the limit of 0" in row["not_looked_at"] for row in rows)
    assert command("audit", crowd, "--out", tmp_path / "out").err.count("leave your machine") == 0
    assert "not asked: the limit" not in (tmp_path / "out" / "audit.txt").read_text()
    assert plugged.web.server.heard == []


def test_a_no_sends_nothing_and_a_ctrl_c_at_the_question_keeps_the_results_too(
    plugged: Plugged, crowd: Path, tmp_path: Path
) -> None:
    words = ("audit", crowd, "--library", tmp_path / "l.sqlite", "--search", CHEAP, "--workers", 1, "--out")
    code, shown = on_a_terminal(*words, tmp_path / "no", types="n\n", after="Send that?")
    assert code == 3 and "4 accounts: not asked: you said no" in " ".join(shown.split())
    code, shown = on_a_terminal(*words, tmp_path / "stop", types="\x03", after="Send that?")
    assert code == 130 and "interrupted" in shown and "Traceback" not in shown
    assert "not asked: you said no" in " ".join((tmp_path / "stop" / "audit.txt").read_text().split())
    assert plugged.web.server.heard == []


def test_ended_while_services_are_asked_the_answers_that_came_are_told_and_not_asked_again(
    crowd: Path, tmp_path: Path
) -> None:
    calls: list[int] = []

    def some(steps: Iterator[Step], total: int) -> Iterable[Step]:
        calls.append(total)
        return steps if len(calls) == 1 else islice(steps, 1)

    def audited(**more: Any) -> api.Audited:
        with (
            fakeprofile.open_library(tmp_path / "l.sqlite") as library,
            searching(web, "google", cache=tmp_path / "answers") as search,
        ):
            return api.audit([crowd], library=library, out=tmp_path / "out", search=search, **more)

    with world() as web:
        web.show("google", PAGES[0], jpeg(1))
        part = audited(along=some)
        assert calls == [4, 3]
        assert not part.summary.complete
        assert len(web.asked("google")) == 1
        lines = by_name((tmp_path / "out" / "audit.jsonl").read_text())
        assert lines["finn"]["report"]["facts"]["leads"], "what was paid for is told"
        assert [gap["reason"] for gap in lines["noor"]["not_asked"]] == [
            "not asked: the audit was ended before"
        ]
        whole = audited()
        assert whole.summary.complete and len(web.asked("google")) == 3
        assert whole.summary.unasked == 0


def test_a_service_that_fails_leaves_a_gap_for_each_account_and_the_other_one_is_asked(
    command: Call, plugged: Plugged, crowd: Path, tmp_path: Path
) -> None:
    plugged.web.scenarios = {"google": "html"}
    words = ("audit", crowd, "--out", tmp_path / "out", "--search", f"{CHEAP},{DEAR}", "--yes", "--json")
    lines = by_name(command(*words).out)
    assert len(plugged.web.asked("tineye")) == 3
    for line in lines.values():
        assert {one["service"]: one["answered"] for one in line["report"]["facts"]["searches"]} == {
            CHEAP: False,
            DEAR: True,
        }
        assert [gap["service"] for gap in line["not_asked"]] == ["Cheap One"]
