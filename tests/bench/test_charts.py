"""The plots of the scale and the speed bench show every number that they are given."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from fakeprofile.bench.charts import scale_plot, speed_plot
from fakeprofile.bench.scale import Scale, Spent
from fakeprofile.bench.speed import Rate, SizeSpeed, Speed
from fakeprofile.cli import main
from fakeprofile.errors import UsageError


def a_scale(photos: int) -> Scale:
    spent = Spent(median=0.05, p99=0.07, found=1.0)
    return Scale(
        photos=photos, codes=500 * photos, photos_per_second=400.0, index_bytes=11_000 * photos,
        library_bytes=12_000 * photos, segments=2, first_answer=0.1, one_more=0.01, photo=spent, poor=spent,
        screenshot=spent, resident=2 * 10**8, resident_files=10**8,
    )  # fmt: skip


def a_speed() -> Speed:
    rates = tuple(
        Rate(method=name, seconds=0.01, photos_per_second=100.0, times_imagehash=1.0)
        for name in ("imagehash", "fakeprofile: whole")
    )
    size = SizeSpeed(side=1080, bytes=200_000, one_core=rates, all_cores=())
    return Speed(photos=3, drawn=False, rounds=1, cores=2, sizes=(size, size))


def colours(png: bytes) -> set[tuple[int, ...]]:
    with Image.open(io.BytesIO(png)) as image:
        found = image.convert("RGB").getcolors(image.width * image.height)
    assert found
    return {colour for _, colour in found}  # type: ignore[misc]


def test_a_plot_of_scale_shows_lookups_and_sizes() -> None:
    """Each line in its colour; one size of library is enough to be drawn."""
    for scales in ([a_scale(1000)], [a_scale(1000), a_scale(100_000)]):
        seen = colours(scale_plot(scales))
        for line in ("4878a8", "b58a3c", "a85c5c", "6aa06a"):
            assert tuple(bytes.fromhex(line)) in seen


def test_a_plot_of_speed_has_a_bar_for_every_method() -> None:
    """Ours in blue, those of others in grey."""
    seen = colours(speed_plot(a_speed()))
    assert {tuple(bytes.fromhex("4878a8")), tuple(bytes.fromhex("b0b0b0"))} <= seen


@pytest.mark.parametrize("bench", [["scale", "--photos", "1"], ["speed"]])
def test_a_plot_that_is_no_png_is_refused_before_the_work(bench: list[str], tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["bench", *bench, "--plot", str(tmp_path / "plot.gif")])
    assert isinstance(result.exception, UsageError)
    assert "let it end in .png" in str(result.exception)


def test_scale_draws_its_plot(tmp_path: Path) -> None:
    arguments = ["--photos", "5", "--hashes", "0", "--queries", "1", "--folder", str(tmp_path)]
    result = CliRunner().invoke(main, ["bench", "scale", *arguments, "--plot", str(tmp_path / "scale.png")])
    assert result.exception is None
    assert f"drawn: {tmp_path / 'scale.png'}" in result.stderr
    assert colours((tmp_path / "scale.png").read_bytes())
