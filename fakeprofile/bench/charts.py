"""The plots of the scale and the speed bench."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fakeprofile.bench.plot import check_plot
from fakeprofile.bench.scale import Scale
from fakeprofile.bench.scale_tables import MIB
from fakeprofile.bench.speed import Speed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

OURS, PEER = "#4878a8", "#b0b0b0"
LOOKUPS = (("photo", "one photo", "#4878a8"), ("screenshot", "a screenshot of 12 pictures", "#b58a3c"))


def scale_plot(scales: Sequence[Scale]) -> bytes:
    """A PNG: how long lookups take as a library grows, and what its index takes of disk and memory.

    Raises:
        UsageError: matplotlib is not there.
    """
    figure = _figure(9.5, 3.8)
    photos = [one.photos for one in scales]
    times, sizes = figure.subplots(1, 2)
    for name, label, colour in LOOKUPS:
        spent = [getattr(one, name) for one in scales]
        median, p99 = ([getattr(one, part) * 1000 for one in spent] for part in ("median", "p99"))
        times.plot(photos, median, marker="o", color=colour, label=f"{label}, median")
        times.plot(photos, p99, marker="o", linestyle=":", color=colour, label=f"{label}, 99th percentile")
    times.set_title("one lookup, milliseconds", fontsize=9.5, loc="left")
    times.set_ylim(bottom=0)
    parts = (
        ("index on disk", "#4878a8", [one.index_bytes / MIB for one in scales]),
        ("memory, files included", "#a85c5c", [one.resident / MIB for one in scales]),
        ("memory that is no file", "#6aa06a", [(one.resident - one.resident_files) / MIB for one in scales]),
    )
    for label, colour, values in parts:
        sizes.plot(photos, values, marker="o", color=colour, label=label)
    sizes.set_yscale("log")
    sizes.set_title("MiB", fontsize=9.5, loc="left")
    for axes in (times, sizes):
        axes.set_xscale("log")
        axes.set_xlabel("photos in the library (500 keypoint codes each)", fontsize=8)
        _plain(axes)
        axes.legend(fontsize=7.5, frameon=False)
    return _drawn(figure)


def speed_plot(speed: Speed) -> bytes:
    """A PNG: photos per second of every method on one core, one part for each size of photo.

    Raises:
        UsageError: matplotlib is not there.
    """
    figure = _figure(9.5, 1.0 + 2.1 * len(speed.sizes))
    parts = figure.subplots(len(speed.sizes), 1, squeeze=False)[:, 0]
    for axes, size in zip(parts, speed.sizes, strict=True):
        rates = size.one_core
        bars = axes.barh(
            [rate.method for rate in rates],
            [rate.photos_per_second for rate in rates],
            color=[OURS if rate.method.startswith("fakeprofile") else PEER for rate in rates],
            zorder=2,
        )
        axes.bar_label(bars, [f" {rate.photos_per_second:,.0f}" for rate in rates], fontsize=7.5)
        axes.invert_yaxis()
        axes.margins(x=0.08)
        axes.tick_params(axis="y", length=0)
        axes.set_title(f"JPEG of {size.side:,} px: photos per second, one core", fontsize=9.5, loc="left")
        _plain(axes)
    return _drawn(figure)


def _figure(width: float, height: float) -> Figure:
    check_plot()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=130, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _plain(axes: Axes) -> None:
    axes.tick_params(labelsize=7.5)
    axes.grid(True, axis="both" if axes.get_xscale() == "log" else "x", color="#dddddd", zorder=0)
    axes.spines[["top", "right"]].set_visible(False)


def _drawn(figure: Figure) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()
