"""The story of `fixtures/README.md`, told from its first account to its last, and on a real photograph."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import fakeprofile
from fakeprofile.records import Edit, Finding, Level, Report, Source
from fakeprofile.report.text import report_text

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
CASES = FIXTURES / "cases"
TODAY = "2026-07-01"
CLAIMS: dict[str, dict[str, Any]] = {
    "soepkieke": {"handle": "instagram:Soepkieke2020belgium", "name": "Lars", "age": 11},
    "lars": {"handle": "instagram:lars.2011xx"},
    "third-name": {"handle": "instagram:milan_vdb_"},
    "imke": {"handle": "tiktok:imke.dorsman", "name": "Imke Dorsman"},
    "nowhere": {"handle": "instagram:somebody.else"},
    "no-photo": {"handle": "instagram:no.photo"},
    "letter": {"handle": "instagram:letter"},
}
ANSWERS = {
    "soepkieke": Level.OTHER_IDENTITY,
    "lars": Level.OTHER_IDENTITY,
    "third-name": Level.OTHER_IDENTITY,
    "imke": Level.SAME_IDENTITY,
    "nowhere": Level.NOTHING_FOUND,
    "no-photo": Level.NOT_CHECKABLE,
    "letter": Level.NOT_CHECKABLE,
}
PICTURES = {
    "soepkieke/1-mirror.png": ("mirror",),
    "soepkieke/2-stage-screenshot.png": ("stage",),
    "soepkieke/3-portrait-crop.png": ("portrait",),
    "soepkieke/4-street-grey.png": ("street",),
    "soepkieke/5-harbour-screenshot-dark.png": ("harbour",),
    "soepkieke/6-profile.png": ("mirror", "stage", "portrait", "street", "harbour", "studio"),
    "lars/1-stage.jpg": ("stage",),
    "lars/2-mirror.jpg": ("mirror",),
    "lars/3-studio.jpg": ("studio",),
    "third-name/1-stage.webp": ("stage",),
    "third-name/2-avatar.png": ("portrait",),
    "imke/1-garden.jpg": ("garden",),
    "imke/2-dog.jpg": ("dog",),
    "imke/3-mountains.jpg": ("mountains",),
}
"""Which of the reference pictures each file must be told to be."""


def checked(name: str, library: fakeprofile.Library, **more: Any) -> Report:
    return fakeprofile.check([CASES / name], library=library, **CLAIMS[name], **more)


def words(report: Report) -> str:
    return " ".join(report_text(report).split())


def codes(report: Report) -> set[str]:
    return {one.code for one in report.verdict.evidence}


@pytest.fixture(scope="module")
def story(imported_story: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """Every account checked in turn, all remembered, against the reference set."""
    path = shutil.copy(imported_story, tmp_path_factory.mktemp("told") / "story.sqlite")
    with fakeprofile.open_library(path) as library:
        return {name: checked(name, library, today=lambda: TODAY) for name in CLAIMS}


@pytest.fixture(scope="module")
def cases_only(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """The three accounts of the story in turn, with no reference set at all."""
    path = tmp_path_factory.mktemp("cases") / "story.sqlite"
    with fakeprofile.open_library(path) as library:
        return {
            name: checked(name, library, account_id=number, today=lambda: TODAY)
            for name, number in (("soepkieke", "847847"), ("lars", "847847"), ("third-name", "99"))
        }


@pytest.mark.parametrize(("name", "level"), ANSWERS.items())
def test_each_account_gets_the_answer_that_the_fixtures_promise(
    story: dict[str, Report], name: str, level: Level
) -> None:
    assert story[name].verdict.level is level
    assert story[name].verdict.flagged == (level is Level.OTHER_IDENTITY)


@pytest.mark.parametrize(("file", "pictures"), PICTURES.items())
def test_each_photo_is_told_to_be_exactly_the_pictures_it_was_made_from(
    story: dict[str, Report], file: str, pictures: tuple[str, ...]
) -> None:
    shas = {_sha(path): path.stem for path in (FIXTURES / "references").rglob("*.jpg")}
    (looked,) = [
        one for one in story[file.split("/", maxsplit=1)[0]].facts.looked if one.photo.endswith(file)
    ]
    found = {
        shas[str(match.sighting.photo_sha256)]
        for match in looked.matches
        if match.proven and match.sighting.source is Source.REFERENCE
    }
    assert found >= set(pictures)
    # The round avatars in screenshots are cut from portrait.
    assert found - set(pictures) <= ({"portrait"} if "screenshot" in file else set())


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("file", "edits"),
    [
        ("1-mirror.png", {Edit.MIRRORED, Edit.CROPPED, Edit.RECOLOURED}),
        ("2-stage-screenshot.png", {Edit.IN_SCREENSHOT}),
        ("3-portrait-crop.png", {Edit.CROPPED}),
        ("4-street-grey.png", {Edit.MADE_GREY, Edit.TURNED}),
        ("5-harbour-screenshot-dark.png", {Edit.IN_SCREENSHOT, Edit.MIRRORED}),
    ],
)
def test_what_was_done_to_each_picture_is_told(story: dict[str, Report], file: str, edits: set[Edit]) -> None:
    (looked,) = [one for one in story["soepkieke"].facts.looked if one.photo.endswith(file)]
    assert edits <= set(looked.matches[0].edits)


def test_whoever_says_to_be_11_was_a_baby_when_the_oldest_picture_was_seen(story: dict[str, Report]) -> None:
    (told,) = [one for one in story["soepkieke"].verdict.evidence if one.code == "age-then"]
    assert (told["seen_on"], told["kind"], told["age"], told["most"]) == ("2014-09", "stated", "11", "0")
    text = words(story["soepkieke"])
    assert "Mikkel Sandvang" in text
    assert "2014-09" in text
    assert "2016-05-01" in text


def test_lars_is_linked_to_the_account_that_was_checked_before(story: dict[str, Report]) -> None:
    assert "other-case" in codes(story["lars"])
    assert "instagram:Soepkieke2020belgium" in words(story["lars"])


def test_the_third_name_is_linked_to_both(story: dict[str, Report]) -> None:
    told = {one["name"] for one in story["third-name"].verdict.evidence if one.code == "other-case"}
    assert told == {"instagram:Soepkieke2020belgium", "instagram:lars.2011xx"}


def test_the_honest_account_is_told_to_be_known_under_its_own_name(story: dict[str, Report]) -> None:
    assert codes(story["imke"]) == {"own-picture"}
    assert "Imke Dorsman" in words(story["imke"])


def test_nothing_found_is_said_without_the_words_of_an_all_clear(story: dict[str, Report]) -> None:
    text = words(story["nowhere"]).lower()
    assert "not an all-clear" in text
    assert "no public image search was asked" in text
    for word in ("safe", "genuine", "authentic", "original", "trust", "harmless"):
        assert word not in text


@pytest.mark.parametrize("name", ["no-photo", "letter"])
def test_an_account_without_a_photo_is_said_to_be_uncheckable_and_why(
    story: dict[str, Report], name: str
) -> None:
    assert story[name].facts.looked[0].reason == "default avatar"
    assert "default avatar" in words(story[name])


def test_without_references_the_second_account_leads_to_the_first(cases_only: dict[str, Report]) -> None:
    assert cases_only["soepkieke"].verdict.level is Level.NOTHING_FOUND
    told = {one.code for one in cases_only["lars"].verdict.evidence}
    assert "seen-before-under-other-name" in told
    assert "renamed" in told
    assert "probably the same account renamed" in words(cases_only["lars"])
    assert cases_only["third-name"].verdict.level is Level.OTHER_ACCOUNT
    assert cases_only["third-name"].verdict.flagged


def test_without_a_number_the_second_account_is_another_account(tmp_path: Path) -> None:
    with fakeprofile.open_library(tmp_path / "x.sqlite") as library:
        photo = CASES / "soepkieke" / "2-stage-screenshot.png"
        fakeprofile.check([photo], library=library, **CLAIMS["soepkieke"])
        report = fakeprofile.check([CASES / "lars" / "1-stage.jpg"], library=library, **CLAIMS["lars"])
    assert report.verdict.level is Level.OTHER_ACCOUNT
    assert "instagram:Soepkieke2020belgium" in words(report)


# --- pairs that only look alike -------------------------------------------------------------

HARD = sorted(path for path in (FIXTURES / "hard").iterdir() if path.suffix in (".jpg", ".png"))


@pytest.fixture(scope="module")
def hard_library(imported_story: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The references and every hard picture under a name of its own."""
    folder = tmp_path_factory.mktemp("hard")
    for photo in HARD:
        (folder / "in" / photo.stem).mkdir(parents=True)
        shutil.copy(photo, folder / "in" / photo.stem)
    path = Path(shutil.copy(imported_story, folder / "x.sqlite"))
    with fakeprofile.open_library(path) as library:
        list(fakeprofile.add_references(folder / "in", library=library, today=lambda: TODAY))
    return path


@pytest.mark.parametrize("photo", HARD, ids=[photo.name for photo in HARD])
def test_a_hard_picture_is_the_same_as_itself_and_nothing_else(hard_library: Path, photo: Path) -> None:
    with fakeprofile.open_library(hard_library) as library:
        (looked,) = fakeprofile.match([photo], library=library)
    # The round avatar in both screenshots is cut out of the photo that stands in one of the frames.
    inside = {"framed-b"} if photo.stem.startswith("screenshot") else set()
    named = {one.sighting.identity.name for one in looked.matches if one.proven and one.sighting.identity}
    assert named == {photo.stem} | inside


@pytest.mark.parametrize("pair", [*zip(HARD[::2], HARD[1::2], strict=True)])
def test_a_hard_pair_is_never_called_the_same_picture(pair: tuple[Path, Path]) -> None:
    one, other = pair
    for left, right in ((one, other), (other, one)):
        assert fakeprofile.compare(left, right).finding in (Finding.SIMILAR, Finding.DIFFERENT)


# --- the same through the command line -------------------------------------------------------


def arguments_for(name: str) -> list[str]:
    claims = {"--" + key: str(value) for key, value in CLAIMS[name].items()}
    return ["check", str(CASES / name), *itertools.chain.from_iterable(claims.items())]


def test_the_command_of_the_readme_flags_the_account(story_library: Path) -> None:
    """As somebody types it, in a process of its own."""
    photos = [str(photo) for photo in sorted((CASES / "soepkieke").glob("[145]-*.png"))]
    done = subprocess.run(
        [
            sys.executable, "-m", "fakeprofile", "check", *photos,
            "--handle", "instagram:Soepkieke2020belgium", "--name", "Lars", "--age", "11",
        ],
        env={**os.environ, "FAKEPROFILE_LIBRARY": str(story_library)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (3, "")
    for told in (
        "Mikkel Sandvang",
        "2014-09",
        "mirrored",
        "cropped",
        "in a screenshot",
        "made grey",
        "not yet born",
    ):
        assert told in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("name", "code"), [("lars", 3), ("imke", 0), ("nowhere", 0), ("no-photo", 0), ("letter", 0)]
)
def test_the_exit_code_says_whether_somebody_should_look(
    command: Callable[..., Any], story_library: Path, name: str, code: int
) -> None:
    check, folder, *claims = arguments_for(name)
    done = command(check, sorted(Path(folder).iterdir())[0], *claims, library=story_library)
    assert (done.code, done.err) == (code, "")
    assert "Checked" in done.out
    assert TODAY in done.out


def test_references_are_imported_once_however_often_it_is_asked(
    command: Callable[..., Any], story_library: Path
) -> None:
    done = command("references", "import", FIXTURES / "references", library=story_library)
    assert done.code == 0
    assert "0 added" in done.err
    assert "16 known already" in done.err


def test_a_folder_of_references_is_compared_with_and_not_kept(
    command: Callable[..., Any], tmp_path: Path
) -> None:
    done = command(
        "check",
        CASES / "third-name" / "2-avatar.png",
        "--references",
        FIXTURES / "references",
        "--handle",
        "x",
    )
    assert done.code == 3
    assert "Mikkel Sandvang" in done.out
    kept = command("references", "list")
    assert (kept.out, kept.code) == ("", 0)
    (case,) = command("cases", "list").out.splitlines()
    assert "1 photo" in case


def test_no_remember_keeps_nothing(command: Callable[..., Any], story_library: Path) -> None:
    before = command("cases", "list", library=story_library)
    check, folder, *claims = arguments_for("third-name")
    done = command(check, f"{folder}/2-avatar.png", *claims, "--no-remember", library=story_library)
    assert done.code == 3
    assert (before.out, command("cases", "list", library=story_library).out) == ("", "")
    with fakeprofile.open_library(story_library) as library:
        assert len(library.sightings()) == 16


def test_a_photo_can_come_through_standard_input(story_library: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fakeprofile", "match", "-", "--library", str(story_library)],
        input=(CASES / "lars" / "1-stage.jpg").read_bytes(),
        capture_output=True,
        check=False,
    )
    line = json.loads(done.stdout)
    assert (done.returncode, line["photo"], line["status"]) == (3, "-", "ok")
    assert line["matches"][0]["identity"] == "Mikkel Sandvang"


# --- a real photograph -----------------------------------------------------------------------


def test_a_mirrored_crop_of_a_real_photograph_is_found_with_its_region(
    command: Callable[..., Any], tmp_path: Path
) -> None:
    """From adding the reference to the verdict; the region is where the crop was cut."""
    from skimage import data

    pixels = data.astronaut()
    folder = tmp_path / "references" / "Eileen Collins"
    folder.mkdir(parents=True)
    Image.fromarray(pixels).save(folder / "portrait.jpg", quality=92)
    left, top, right, bottom = 60, 20, 400, 330
    crop = np.ascontiguousarray(pixels[top:bottom, left:right][:, ::-1])
    Image.fromarray(crop).save(tmp_path / "copy.jpg", quality=80)

    assert command("references", "import", tmp_path / "references").code == 0
    matched = command("match", tmp_path / "copy.jpg")
    found = json.loads(matched.out)["matches"][0]
    assert (matched.code, found["identity"], found["mirrored"]) == (3, "Eileen Collins", True)
    assert {"mirrored", "cropped"} <= set(found["edits"])
    corners = np.array(found["region"]["sighting"])
    assert np.abs(corners.min(axis=0) - (left, top)).max() < 6
    assert np.abs(corners.max(axis=0) - (right, bottom)).max() < 6

    checked = command("check", tmp_path / "copy.jpg", "--handle", "instagram:lotte_2012", "--age", "12")
    assert checked.code == 3
    assert "Eileen Collins" in checked.out
    own = command("check", tmp_path / "copy.jpg", "--name", "Eileen Collins", "--no-remember")
    assert own.code == 0
