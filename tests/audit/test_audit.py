"""The story as an audit: who is told, who shares pictures with whom, and that it goes on wherever it was ended."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from conftest import FIXTURES
from shelf import picture

import fakeprofile
from fakeprofile import api
from fakeprofile.audit import Audited, Step, engine
from fakeprofile.audit import lent as room
from fakeprofile.errors import UsageError
from fakeprofile.records import Handle, Level, Photo, Watch
from fakeprofile.references.library import Library
from fakeprofile.views import views_of

FOLLOWERS = FIXTURES / "audit" / "followers"
RESULTS = ("audit.jsonl", "audit.csv", "groups.jsonl", "summary.json", "audit.txt")


def audited(library: Path, out: Path, source: Path = FOLLOWERS, **more: Any) -> Audited:
    with fakeprofile.open_library(library) as opened:
        return api.audit([source], library=opened, out=out, **more)


def results(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in RESULTS}


def lines_in(out: Path, name: str = "audit.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def story(imported_story: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Audited, Path]:
    """The audit of the fixtures; nobody changes it."""
    out = tmp_path_factory.mktemp("audit") / "out"
    # The clock of a test is not there yet when this is made.
    return audited(imported_story, out, today=lambda: "2026-07-01"), out


def test_the_accounts_with_the_singers_pictures_are_told_and_the_honest_ones_are_not(
    story: tuple[Audited, Path],
) -> None:
    levels = {line["account"]["handle"]["name"]: line["level"] for line in lines_in(story[1])}
    told = {name for name, level in levels.items() if level == Level.OTHER_IDENTITY}
    assert told == {"Soepkieke2020belgium", "lars.2011xx", "thijs.mvk", "lotte.2012x"}
    assert levels["imkedorsman"] == Level.SAME_IDENTITY
    assert {levels[name] for name in ("quinten_verlaat", "milan_vdb_", "noor.vlinder")} == {"nothing-found"}
    assert levels["kijkt.alleen"] is None
    table = story[0].text.splitlines()[2:]
    assert table[0] == "The same pictures stand under another name: 4 accounts"
    assert table[1].split()[0] == "Soepkieke2020belgium"
    assert "pictures of Mikkel Sandvang" in table[1], "the reason stands in the same line"
    assert not any(str(level) in story[0].text for level in Level), "words, not codes"
    assert "8 other accounts, not shown here\n         3  nothing found in what" in story[0].text
    assert "in the folder out." in story[0].text


def test_three_accounts_make_a_group_the_renamed_one_is_one_of_them_and_default_avatars_make_none(
    story: tuple[Audited, Path],
) -> None:
    lines = lines_in(story[1], "groups.jsonl")
    groups = [line for line in lines if line["schema"] == "fakeprofile.group/1"]
    assert [[member["handle"] for member in group["members"]] for group in groups] == [
        ["lars.2011xx", "Soepkieke2020belgium", "thijs.mvk"]
    ]
    assert groups[0]["members"][1]["other_names"] == ["lotte.2012x"]
    aside = {
        line["reason"]: len(line["accounts"]) for line in lines if line["schema"] == "fakeprofile.set-aside/1"
    }
    assert aside == {"default avatar": 3, "letter avatar": 1}
    assert {line["account"]["handle"]["name"] for line in lines_in(story[1]) if line["groups"]} == {
        "lars.2011xx", "Soepkieke2020belgium", "thijs.mvk", "lotte.2012x",
    }  # fmt: skip


def test_an_account_that_was_checked_before_counts_once_and_so_does_a_picture_and_its_screenshot(
    imported_story: Path, tmp_path: Path, story: tuple[Audited, Path]
) -> None:
    """The list has no platform; the case shows the stage photo and a screenshot of it, which is no second picture."""
    path = tmp_path / "library.sqlite"
    with fakeprofile.open_library(imported_story) as library, fakeprofile.open_library(path) as copy:
        library._rows._connection.backup(copy._rows._connection)
    photos = sorted((FIXTURES / "cases" / "soepkieke").glob("[12]*"))
    with fakeprofile.open_library(path) as library:
        api.check(photos, library=library, handle="instagram:Soepkieke2020belgium")
    audited(path, tmp_path / "out")
    (before,), (after,) = (
        [line for line in lines_in(out, "groups.jsonl") if line["schema"] == "fakeprofile.group/1"]
        for out in (story[1], tmp_path / "out")
    )
    assert [one["handle"] for one in after["members"]] == [one["handle"] for one in before["members"]]
    assert len(after["pictures"]) == len(before["pictures"])


def test_signs_are_told_of_accounts_without_photos_and_unknown_is_not_zero(
    story: tuple[Audited, Path],
) -> None:
    lines = {line["account"]["handle"]["name"]: line for line in lines_in(story[1])}
    signs = {sign["code"]: sign for sign in lines["kijkt.alleen"]["signs"]}
    assert signs["few-posts-follows-many"]["value"] == "1/847"
    assert signs["few-posts-follows-many"]["usual"] == {
        "what": "at most 1 post, and follows 500 or more",
        "ordinary_percent": 0.8,
        "ordinary_accounts": 994,
        "spam_percent": 54.0,
        "spam_accounts": 200,
    }
    assert "only looks at what others post" in signs["few-posts-follows-many"]["may_be_innocent"]
    assert signs["pictures-known-elsewhere"]["value"] is None
    assert lines["kijkt.alleen"]["report"] is None
    assert "kijkt.alleen: 1 post, follows 847" in story[0].text
    unknown = {sign["code"]: sign["holds"] for sign in lines["noor.vlinder"]["signs"]}
    assert unknown["few-posts"] is None
    with (story[1] / "audit.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["account"]: row for row in csv.DictReader(file)}
    assert (rows["noor.vlinder"]["posts"], rows["wout_1"]["posts"]) == ("", "0")


def test_a_finished_audit_is_told_again_without_looking_at_anything(
    story: tuple[Audited, Path], imported_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "done", None)
    again = audited(imported_story, story[1])
    assert "nothing was left to do" in again.went_on
    assert (again.text, again.summary) == (story[0].text, story[0].summary)


# --- without a library: pictures among each other ----------------------------------------------


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eleven accounts with small pictures: three show the same, two have one file, one has a broken one."""
    folder = tmp_path_factory.mktemp("crowd")
    for number in range(9):
        path = picture(folder / f"user{number:02}" / "a.jpg", 1 if number in (4, 8) else number, side=150)
        if number in (4, 8):
            path.write_bytes(path.read_bytes() + b"%d" % number)
    shutil.copytree(folder / "user05", folder / "user09")
    (folder / "user10").mkdir()
    (folder / "user10" / "broken.jpg").write_bytes(b"no picture")
    return folder


@pytest.fixture(scope="module")
def undisturbed(crowd: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What its audit comes to when nobody disturbs it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "BLOCK", 4)
        audited(folder / "l.sqlite", folder / "out", crowd, today=lambda: "2026-07-01")
    return folder / "out"


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BLOCK", 4)


def test_pictures_on_several_accounts_of_the_audit_are_found_across_blocks(
    undisturbed: Path,
) -> None:
    groups = [line for line in lines_in(undisturbed, "groups.jsonl") if "members" in line]
    assert [[member["handle"] for member in group["members"]] for group in groups] == [
        ["user01", "user04", "user08"],
        ["user05", "user09"],
    ]
    levels = {line["account"]["handle"]["name"]: line["level"] for line in lines_in(undisturbed)}
    assert {name for name, level in levels.items() if level == "other-account"} == {
        "user01", "user04", "user08", "user05", "user09",
    }  # fmt: skip
    assert levels["user10"] is None
    (summary,) = lines_in(undisturbed, "summary.json")
    assert summary["photos_unreadable"] == 1


def test_the_results_are_the_same_for_any_number_of_workers(
    crowd: Path, undisturbed: Path, tmp_path: Path
) -> None:
    audited(tmp_path / "l.sqlite", tmp_path / "out", crowd, workers=3)
    assert results(tmp_path / "out") == results(undisturbed)


@pytest.mark.parametrize("after", [1, 6, 14])
def test_ended_anywhere_it_tells_what_was_done_and_goes_on_to_the_same_results(
    crowd: Path, undisturbed: Path, tmp_path: Path, small_blocks: None, after: int
) -> None:

    def some(steps: Iterator[Step], photos: int) -> Iterable[Step]:
        assert photos == 11
        return islice(steps, after)

    part = audited(tmp_path / "l.sqlite", tmp_path / "out", crowd, along=some)
    assert not part.summary.complete
    assert "was ended before its end" in part.text
    assert len(lines_in(tmp_path / "out")) == 11
    unreached = [line for line in lines_in(tmp_path / "out") if line["reached"] == "not reached"]
    assert all(line["level"] is None for line in unreached)
    before = count_of(tmp_path / "out", "looked")
    torn = (tmp_path / "out" / "journal" / "journal.jsonl").open("ab")
    with torn:
        torn.write(b'0badc0de 400 {"kind":"looked"')
    whole = audited(tmp_path / "l.sqlite", tmp_path / "out", crowd)
    assert whole.went_on.startswith("going on")
    assert results(tmp_path / "out") == results(undisturbed)
    assert count_of(tmp_path / "out", "looked") == 10
    assert 0 < before <= after


def test_whoever_looks_on_is_told_how_many_accounts_are_flagged_so_far(
    story_library: Path, tmp_path: Path
) -> None:
    seen: list[Step] = []

    def watched(steps: Iterator[Step], photos: int) -> Iterator[Step]:
        for step in steps:
            seen.append(step)
            yield step

    audited_now = audited(story_library, tmp_path / "out", along=watched)
    assert [step.flagged for step in seen] == sorted(step.flagged for step in seen)
    assert seen[0].flagged < seen[-1].flagged == audited_now.summary.flagged == 4
    assert seen[-1].done == seen[-1].total


def test_a_photo_that_could_not_be_compared_with_the_others_is_not_looked_at_there(
    crowd: Path, tmp_path: Path, small_blocks: None
) -> None:
    out = tmp_path / "out"

    def damaging(steps: Iterator[Step], photos: int) -> Iterator[Step]:
        for step in steps:
            for block in (out / "journal").glob("block-*.bin"):
                block.write_bytes(bytes(block.stat().st_size))
            yield step

    told = audited(tmp_path / "l.sqlite", out, crowd, along=damaging)
    assert not told.summary.all_seen
    reasons = [gap.reason for gap in told.summary.gaps]
    assert any("not compared with all other photos of the audit" in reason for reason in reasons)
    assert "not compared with all other photos" in told.text.replace("\n      ", " ").replace("\n    ", " ")


def count_of(out: Path, kind: str) -> int:
    """Lines of a kind in the journal: each file is looked at once."""
    text = (out / "journal" / "journal.jsonl").read_text("ascii")
    return text.count(f'"kind":"{kind}"')


def test_another_audits_folder_is_refused_and_so_is_one_with_other_files_or_inside_a_source(
    crowd: Path, tmp_path: Path
) -> None:
    one = tmp_path / "one"
    picture(one / "lars" / "a.jpg", 1, side=150)
    audited(tmp_path / "l.sqlite", tmp_path / "out", one)
    with pytest.raises(UsageError, match="is the audit of"):
        audited(tmp_path / "l.sqlite", tmp_path / "out", crowd)
    with pytest.raises(UsageError, match="no audit to go on"):
        audited(tmp_path / "l.sqlite", tmp_path / "new", one, resume=True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(UsageError, match="holds other files"):
        audited(tmp_path / "l.sqlite", tmp_path / "mine", one)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "summary.json").write_text("my own notes")
    with pytest.raises(UsageError, match=r"holds other files \('summary.json'\)"):
        audited(tmp_path / "l.sqlite", tmp_path / "notes", one)
    assert (tmp_path / "notes" / "summary.json").read_text() == "my own notes"
    with pytest.raises(UsageError, match="lies in"):
        audited(tmp_path / "l.sqlite", one / "out", one)
    assert (tmp_path / "mine" / "letter.txt").read_text() == "dear"


def test_an_audit_whose_journal_is_gone_is_made_again_in_its_place(tmp_path: Path) -> None:
    picture(tmp_path / "one" / "lars" / "a.jpg", 1, side=150)
    audited(tmp_path / "l.sqlite", tmp_path / "out", tmp_path / "one")
    before = (tmp_path / "out" / "audit.csv").read_bytes()
    shutil.rmtree(tmp_path / "out" / "journal")
    audited(tmp_path / "l.sqlite", tmp_path / "out", tmp_path / "one")
    assert (tmp_path / "out" / "audit.csv").read_bytes() == before


def test_a_library_that_grew_has_all_looked_at_again(crowd: Path, tmp_path: Path) -> None:
    one = tmp_path / "one"
    picture(one / "lars" / "a.jpg", 1, side=150)
    audited(tmp_path / "l.sqlite", tmp_path / "out", one)
    with fakeprofile.open_library(tmp_path / "l.sqlite") as library:
        picture(tmp_path / "known" / "Mikkel" / "b.jpg", 1, side=150)
        list(fakeprofile.add_references(tmp_path / "known", library=library))
    again = audited(tmp_path / "l.sqlite", tmp_path / "out", one)
    assert again.went_on.startswith("the library has changed")
    assert again.summary.flagged == 1


def test_flagged_accounts_are_remembered_if_asked_and_running_it_again_changes_nothing(
    tmp_path: Path,
) -> None:
    path, crowd = tmp_path / "l.sqlite", tmp_path / "crowd"
    for name, seed in (("lars", 1), ("noor", 2), ("thijs", 1)):
        picture(crowd / name / "a.jpg", seed, side=150)
    first = audited(path, tmp_path / "out", crowd, remember=True)
    assert first.remembered == 2
    with Library.open(path) as library:
        assert [str(case.handle) for case in library.cases()] == ["lars", "thijs"]
    again = audited(path, tmp_path / "out", crowd, remember=True)
    assert "nothing was left to do" in again.went_on
    # Under the next name it meets the cases; an account is no other one than its own case.
    (crowd / "thijs").rename(crowd / "finn")
    later = audited(path, tmp_path / "later", crowd)
    assert later.summary.flagged == 2
    (group,) = [line for line in lines_in(tmp_path / "later", "groups.jsonl") if "members" in line]
    assert [member["handle"] for member in group["members"]] == ["finn", "lars", "thijs"]


def test_names_from_a_source_never_become_paths_nor_move_the_cursor(tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    source.write_text(
        "username,full name\n../../evil,x\nlars\x1b[2J,y\nnoor,=HYPERLINK(1)\nfinn,\u202eabc\n", "utf-8"
    )
    done = audited(tmp_path / "l.sqlite", tmp_path / "out", source)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([*RESULTS, "journal"])
    assert "\x1b" not in done.text
    text = (tmp_path / "out" / "audit.csv").read_text("utf-8-sig")
    assert "\x1b" not in text
    assert ",=" not in text


def test_an_audit_tells_who_is_watched_in_all_its_results_also_without_a_photo(tmp_path: Path) -> None:
    source, out = tmp_path / "list.csv", tmp_path / "out"
    source.write_text("username\nlars\nnoor\n", "utf-8")
    with fakeprofile.open_library(tmp_path / "l.sqlite") as library:
        library.watch_add(Watch(handle=Handle(name="lars")), "2026-06-30")
    told = audited(tmp_path / "l.sqlite", out, source)
    words = " ".join(told.text.split())
    assert "What you keep an eye on - lars: This account is lars, which you watch (watch 1" in words
    assert told.summary.watched == 1
    lines = {line["account"]["handle"]["name"]: line["watched"] for line in lines_in(out)}
    assert lines["lars"] and not lines["noor"]
    with (out / "audit.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["account"]: row["watched"] for row in csv.DictReader(file)}
    assert rows == {"lars": lines["lars"][0], "noor": ""}


@pytest.mark.skipif(os.name != "posix", reason="modes of Unix")
def test_the_results_are_for_nobody_else_and_name_no_folder_outside_the_source(tmp_path: Path) -> None:
    told = []
    for place in ("here", "elsewhere"):
        source, out = tmp_path / place / "crowd", tmp_path / place / "new" / "out"
        picture(source / "lars" / "a.jpg", 1, side=150)
        picture(source / "noor" / "a.jpg", 1, side=150)
        (source / "noor" / "b.jpg").write_bytes(b"")
        audited(tmp_path / f"{place}.sqlite", out, source)
        modes = {path.name: path.stat().st_mode & 0o777 for path in (out, *out.iterdir())}
        assert modes == {"out": 0o700, "journal": 0o700, **dict.fromkeys(RESULTS, 0o600)}
        told.append(results(out))
    assert told[0] == told[1]
    assert not any(str(tmp_path).encode() in text for text in told[0].values())
    assert b'"lars/a.jpg"' in told[0]["audit.jsonl"]


def test_of_several_photos_it_is_not_said_that_there_is_no_picture(tmp_path: Path) -> None:
    for number in (1, 2):
        picture(tmp_path / "crowd" / "lars" / f"{number}.jpg", number, side=150)
    audited(tmp_path / "l.sqlite", tmp_path / "out", tmp_path / "crowd")
    with (tmp_path / "out" / "audit.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["avatar"] == "several photos, which one is the profile picture is not known"


# --- what is known now --------------------------------------------------------------------------


def test_a_watch_that_is_added_after_the_end_is_told_at_the_next_run_and_no_photo_is_looked_at_again(
    tmp_path: Path,
) -> None:
    crowd = tmp_path / "crowd"
    picture(crowd / "user03" / "a.jpg", 1, side=150)
    first = audited(tmp_path / "l.sqlite", tmp_path / "out", crowd)
    assert "What you keep an eye on" not in first.text
    with fakeprofile.open_library(tmp_path / "l.sqlite") as library:
        library.watch_add(Watch(handle=Handle(name="user03")), "2026-06-30")
    again = audited(tmp_path / "l.sqlite", tmp_path / "out", crowd)
    assert "What you keep an eye on\n  - user03: This account is user03, which you watch" in again.text
    assert count_of(tmp_path / "out", "looked") == 1
    with fakeprofile.open_library(tmp_path / "l.sqlite") as library:
        library.watch_tell(1, [], "2026-07-01")
    third = audited(tmp_path / "l.sqlite", tmp_path / "out", crowd)
    assert "nothing was left to do" in third.went_on, "that a watch was run changes nothing"
    with fakeprofile.open_library(tmp_path / "l.sqlite") as library:
        library.watch_remove([1])
    assert "What you keep an eye on" not in audited(tmp_path / "l.sqlite", tmp_path / "out", crowd).text


@pytest.fixture
def lent(tmp_path: Path) -> Path:
    """References to lend: two people, and one photo that is none."""
    folder = tmp_path / "lent"
    picture(folder / "Mikkel" / "a.jpg", 1, side=150)
    picture(folder / "Imke" / "b.jpg", 77, side=150)
    (folder / "Imke" / "c.jpg").write_bytes(b"no picture")
    return folder


def test_lent_references_that_have_not_changed_are_not_even_opened_again(
    tmp_path: Path, lent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture(tmp_path / "crowd" / "lars" / "a.jpg", 1, side=150)
    where = (tmp_path / "l.sqlite", tmp_path / "out", tmp_path / "crowd")
    first = audited(*where, references=lent)
    monkeypatch.setattr(room, "enroll", None)
    again = audited(*where, references=lent)
    assert "nothing was left to do" in again.went_on
    assert first.summary == again.summary and first.summary.flagged == 1
    picture(tmp_path / "crowd" / "noor" / "a.jpg", 77, side=150)
    grown = audited(*where, references=lent)
    assert "pictures of Imke" in grown.text
    assert any("c.jpg" in gap.about for gap in grown.summary.gaps), "what could not be read is told again"
    with fakeprofile.open_library(tmp_path / "l.sqlite") as library:
        assert library.counts("")[0] == 0, "nothing of it goes into the own library"


def test_of_lent_references_that_changed_only_the_new_photos_are_measured(
    tmp_path: Path, lent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture(tmp_path / "crowd" / "lars" / "a.jpg", 1, side=150)
    picture(tmp_path / "crowd" / "noor" / "a.jpg", 78, side=150)
    where = (tmp_path / "l.sqlite", tmp_path / "out", tmp_path / "crowd")
    first = audited(*where, references=lent)
    assert "Mikkel" in first.text
    (lent / "Mikkel").rename(lent / "Jonas")
    shutil.rmtree(lent / "Imke")
    picture(lent / "Jonas" / "new.jpg", 78, side=150)
    measured: list[str] = []
    views = views_of

    def noted(photo: Photo, *args: Any, **more: Any) -> Any:
        measured.append(Path(photo.name).name)
        return views(photo, *args, **more)

    monkeypatch.setattr("fakeprofile.enroll.views_of", noted)
    again = audited(*where, references=lent)
    assert measured == ["new.jpg"]
    assert again.went_on.startswith("the folder of --references has changed")
    assert "Mikkel" not in again.text, "what the folder says no more is gone"
    assert "Jonas" in again.text and again.summary.flagged == 2
    assert audited(*where).summary.flagged == 0
    assert not (tmp_path / "out" / "journal" / "references").exists(), "without the option nothing is kept"


@pytest.mark.skipif(os.name != "posix", reason="modes of Unix")
def test_in_a_folder_that_is_open_to_others_nothing_of_an_audit_is(tmp_path: Path, lent: Path) -> None:
    out = tmp_path / "out"
    (out / "journal").mkdir(parents=True)
    (out / "journal" / "journal.jsonl").touch(mode=0o600)
    for folder in (out, out / "journal"):
        folder.chmod(0o777)
    picture(tmp_path / "one" / "lars" / "a.jpg", 1, side=150)
    before = os.umask(0)
    try:
        audited(tmp_path / "l.sqlite", out, tmp_path / "one", references=lent)
    finally:
        os.umask(before)
    assert out.stat().st_mode & 0o777 == 0o777, "it is the user's"
    assert not [path.name for path in out.rglob("*") if path.stat().st_mode & 0o077 and path != out]


def test_no_result_names_a_folder_of_the_machine_not_even_of_what_could_not_be_read(
    tmp_path: Path, lent: Path
) -> None:
    source, out = tmp_path / "private" / "crowd", tmp_path / "out"
    picture(source / "lars" / "a.jpg", 1, side=150)
    good = (source / "lars" / "a.jpg").read_bytes()
    for name, data in {
        "empty": b"",
        "cut": good[:300],
        "text": b"no picture",
        "odd": b"\x89PNG\r\n\x1a\n" + bytes(90),
    }.items():
        (source / "noor").mkdir(exist_ok=True)
        (source / "noor" / f"{name}.jpg").write_bytes(data)
    (source / "noor" / "gone.jpg").symlink_to(tmp_path / "private" / "nowhere.jpg")
    told = audited(tmp_path / "l.sqlite", out, source, references=lent)
    assert len(told.summary.gaps) >= 5
    assert "lent/Imke/c.jpg" in {gap.about for gap in told.summary.gaps}
    for name, data in results(out).items():
        assert str(tmp_path).encode() not in data, name
