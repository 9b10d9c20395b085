"""What a user may write for `--panel`, and who may read what a command keeps."""

from __future__ import annotations

import os
from pathlib import Path

import click
import pytest

from fakeprofile.cli.options import PANEL, Shared, shared_options
from fakeprofile.records import Panel, PanelShape


@pytest.mark.parametrize("text", ["0,140,540,541", " 0, 140 ,540, 541 "])
def test_four_numbers_are_a_panel_that_the_user_is_sure_of(text: str) -> None:
    panel = Panel(left=0, top=140, width=540, height=541)
    assert PANEL.convert(text, None, None) == panel
    assert (panel.shape, panel.confidence) == (PanelShape.RECTANGLE, 1.0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,2,3",
        "1,2,3,4,5",
        "-1,0,50,50",
        "a,b,c,d",
        "1.5,0,50,50",
        "0,0,50%,50%",
        "٣,0,50,50",
        "1e3,0,50,50",
    ],
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(click.BadParameter, match=r"X,Y,W,H.*0,140,540,540"):
        PANEL.convert(text, None, None)


def test_a_panel_thinner_than_a_finger_is_refused_with_the_limit() -> None:
    with pytest.raises(click.BadParameter, match=r"50 x 15 pixels.*at least 16 x 16"):
        PANEL.convert("0,0,50,15", None, None)


def test_a_panel_stays_where_it_is_when_the_picture_is_scaled_and_never_shrinks() -> None:
    panel = Panel(left=3, top=5, width=11, height=7, shape=PanelShape.ROUND, confidence=0.5)
    assert panel.scaled(1.0) == panel
    twice = panel.scaled(2.0)
    assert (twice.left, twice.top, twice.width, twice.height) == (6, 10, 22, 14)
    half = panel.scaled(0.5)
    assert (half.left, half.top, half.width, half.height) == (1, 2, 6, 4)
    assert (half.shape, half.confidence) == (PanelShape.ROUND, 0.5)


@pytest.mark.skipif(os.name == "nt", reason="modes are of other systems")
def test_what_a_command_adds_to_the_library_only_its_user_may_read(tmp_path: Path) -> None:
    """Whatever module writes it; what is written behind it is the user's own affair."""

    @click.command()
    @shared_options
    def adding(shared: Shared) -> None:
        with shared.opened():
            (tmp_path / "beside").touch()

    before = os.umask(0o022)
    try:
        adding.main(["--library", str(tmp_path / "x.sqlite")], standalone_mode=False)
        (tmp_path / "behind").touch()
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {"x.sqlite": 0o600, "beside": 0o600, "behind": 0o644}
