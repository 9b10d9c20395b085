"""`bench recall` on a handful of drawn photos: it tells the truth, and the same truth each time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from drawn import scene
from PIL import Image

from fakeprofile.bench.album import album_of, split_of

PHOTOS = 9
KINDS = ("same-chat-dark", "same-frame-grainy", "qr-codes", "stereo", "two-captions")
FEW = ("--edits", "compression,mirror,collage", "--queries", "3", "--pairs", "1", "--kinds", ",".join(KINDS))


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine drawn photos, one of them also mirrored and smaller under another name."""
    folder = tmp_path_factory.mktemp("photos")
    for number in range(PHOTOS):
        Image.fromarray(scene(20 + number, 400, 300)).save(folder / f"{number}.jpg", quality=92)
    again = Image.fromarray(scene(20, 400, 300)).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    again.resize((320, 240)).save(folder / "again.jpg")
    return folder


@pytest.fixture(scope="module")
def told(photos: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What one run says, with all that it leaves in folders."""
    from click.testing import CliRunner

    from fakeprofile.cli import main

    place = tmp_path_factory.mktemp("out")
    more = (
        "--plot",
        place / "recall.png",
        "--save",
        place / "mistakes",
        "--export",
        place / "all",
        "--workers",
        "1",
    )
    arguments = ["bench", "recall", photos, *FEW, "--json", *more]
    done = CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)
    assert done.exit_code == 0
    return {"said": json.loads(done.stdout), "place": place, "err": done.stderr}


def test_copies_are_found_and_nothing_else_is(told: dict[str, Any]) -> None:
    said = told["said"]
    assert [edit["name"] for edit in said["edits"]] == ["compression", "mirror", "collage"]
    assert all(edit["copies"] == 3 for edit in said["edits"])
    assert [edit["found"] for edit in said["edits"][:2]] == [3, 3]
    assert said["edits"][0]["phash"] == said["edits"][0]["pdq"] == 3
    assert said["edits"][1]["phash"] == 0, "plain phash cannot find mirrored copies"
    assert said["fakeprofile"]["false"] == len(said["false_matches"])
    assert said["mean_recall"] == pytest.approx(sum(edit["recall"] for edit in said["edits"]) / 3)
    assert (said["photos"], said["references"] + said["unrelated"]) == (PHOTOS + 1, PHOTOS + 1)


def test_pairs_are_counted_once_for_each_known_picture_that_shows_nothing_of_the_query(
    told: dict[str, Any],
) -> None:
    said = told["said"]
    most = said["queries"] * said["known"]
    assert most - 6 * said["queries"] < said["fakeprofile"]["pairs"] < most
    assert said["fakeprofile"]["pairs"] == said["phash"]["pairs"] == said["pdq"]["pairs"]


def test_every_kind_of_pair_is_counted(told: dict[str, Any]) -> None:
    counted = {row["name"] for row in (*told["said"]["confused"], *told["said"]["guards"])}
    assert counted == {"unrelated photos", *KINDS}


def test_the_plot_is_a_picture_and_the_mistakes_are_drawn(told: dict[str, Any]) -> None:
    with Image.open(told["place"] / "recall.png") as plot:
        assert min(plot.size) > 400
    missed = [row["copies"] - row["found"] for row in (*told["said"]["edits"], *told["said"]["guards"])]
    drawn = [path.name for path in (told["place"] / "mistakes").iterdir()]
    assert sum(name.startswith("missed-") for name in drawn) == sum(missed)
    assert sum(name.startswith("false-") for name in drawn) == len(told["said"]["false_matches"])


def test_the_export_lists_every_picture_and_what_it_shows(told: dict[str, Any]) -> None:
    folder = told["place"] / "all"
    lines = [json.loads(line) for line in (folder / "manifest.jsonl").read_text().splitlines()]
    known = {line["known"]: line for line in lines if "known" in line}
    queries = [line for line in lines if "query" in line]
    assert len(known) == told["said"]["known"]
    assert len(queries) == told["said"]["queries"]
    assert all((folder / file).is_file() for file in [*known, *(line["query"] for line in queries)])
    found = sum(line["own"] in line["proven"] for line in queries if line["kind"] == "compression")
    assert found == told["said"]["edits"][0]["found"]
    for line in queries:
        if line["kind"] == "mirror":
            assert set(line["shows"]) & set(known[line["own"]]["shows"])


def test_the_same_photo_twice_stays_on_one_side_of_the_split(photos: Path) -> None:
    """Otherwise a right match would be counted as false."""
    album, gaps = album_of([photos], 1)
    assert not gaps
    assert album.group_of("again.jpg") == album.group_of("0.jpg")
    assert len(set(album.groups)) == PHOTOS
    for seed in range(30):
        split = split_of(album, seed)
        sides = (split.references, split.known_side, split.query_side)
        assert sorted(name for side in sides for name in side) == sorted(album.names)
        assert sum({"0.jpg", "again.jpg"} <= set(side) for side in sides) == 1


def test_other_seeds_split_otherwise(photos: Path) -> None:
    album, _ = album_of([photos], 1)
    assert len({split_of(album, seed).references for seed in range(10)}) > 5


def test_in_a_library_that_holds_none_of_them_nothing_is_found(
    photos: Path, command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recall is measured, not assumed: the library is filled with other photos under the right names."""
    from fakeprofile.bench import recall as module

    def others(known: Any, *rest: Any) -> Any:
        for number, one in enumerate(known):
            Image.fromarray(scene(500 + number, 200, 160)).save(one.path.parent / f"other-{number}.png")
        swapped = [
            module.Known(name=one.name, path=one.path.parent / f"other-{number}.png", shows=one.shows)
            for number, one in enumerate(known)
        ]
        return enrolled(swapped, *rest)

    enrolled = module._enrolled
    monkeypatch.setattr(module, "_enrolled", others)
    done = command(
        "bench", "recall", photos, "--edits", "compression,grey", "--queries", "3", "--pairs", "0", "--json"
    )
    said = json.loads(done.out)
    assert [edit["found"] for edit in said["edits"]] == [0, 0]
    assert [edit["high"] for edit in said["edits"]] == pytest.approx([0.5615, 0.5615], abs=1e-4)
    assert said["mean_recall"] == 0


def test_a_false_match_is_counted_and_named(
    photos: Path, command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The names of two references are swapped, so that each right answer becomes a wrong one."""
    from fakeprofile.bench import recall as module

    enrolled = module._enrolled

    def crossed(known: Any, *rest: Any) -> Any:
        paths = [one.path for one in known]
        turned = [*paths[1:], paths[0]]
        return enrolled(
            [
                module.Known(name=one.name, path=path, shows=one.shows)
                for one, path in zip(known, turned, strict=True)
            ],
            *rest,
        )

    monkeypatch.setattr(module, "_enrolled", crossed)
    done = command("bench", "recall", photos, "--edits", "compression", "--queries", "2", "--pairs", "0")
    assert "| compression | 0 of 2 |" in done.out
    assert "was called the same picture as" in done.out
    assert "| fakeprofile | " in done.out


def test_the_text_and_the_numbers_are_the_same_for_any_number_of_workers(
    photos: Path, command: Callable[..., Any]
) -> None:
    runs = [
        command(
            "bench",
            "recall",
            photos,
            "--edits",
            "mirror,grey",
            "--queries",
            "4",
            "--pairs",
            "0",
            "--workers",
            count,
            "--json",
        )
        for count in (1, 2)
    ]
    assert runs[0].out == runs[1].out
    assert runs[0].code == 0


@pytest.mark.parametrize("option", ["--save", "--export"])
def test_pictures_are_not_mixed_with_what_a_folder_holds(
    photos: Path, command: Callable[..., Any], option: str
) -> None:
    done = command("bench", "recall", photos, option, photos)
    assert (done.code, done.out) == (2, "")
    assert "is not empty: name a new folder" in done.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--plot", "plot.jpg"), "plot.jpg is no name for a PNG"),
        (("--edits", "miror"), "there is no edit 'miror': choose from"),
        (("--kinds", "same-capton"), "there is no kind of pair 'same-capton': choose from same-post-light"),
        (("--queries", "0"), "0 is not in the range x>=1"),
    ],
)
def test_a_wrong_wish_is_refused(
    photos: Path, command: Callable[..., Any], options: tuple[str, str], said: str
) -> None:
    done = command("bench", "recall", photos, *options)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_too_few_photos_are_refused_with_the_number_that_is_needed(
    command: Callable[..., Any], tmp_path: Path
) -> None:
    for number in range(3):
        Image.fromarray(scene(number, 100, 80)).save(tmp_path / f"{number}.png")
    done = command("bench", "recall", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "3 different photos; 6 are needed at least" in done.err


def test_without_matplotlib_a_plot_is_refused_before_the_work(
    photos: Path, command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "matplotlib.figure", None)
    done = command("bench", "recall", photos, "--plot", tmp_path / "a.png")
    assert (done.code, done.out) == (2, "")
    assert "install fakeprofile[bench]" in done.err
