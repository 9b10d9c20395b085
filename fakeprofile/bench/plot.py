"""The plot of a recall bench: a bar for each edit, with its interval and what two hashes alone find."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from fakeprofile.bench.counting import Counted, FalseShare, Recall
from fakeprofile.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS = {
    "copy": "#4878a8",
    "shape": "#6aa06a",
    "look": "#b58a3c",
    "overlay": "#a85c5c",
    "scene": "#8267a8",
    "screenshot": "#4b9a9a",
    "chain": "#6b6b6b",
    "same photo inside": "#9a7b5b",
}
"""One for each group of edits."""
PHASH_MARK: dict[str, Any] = {
    "marker": "o", "color": "white", "markeredgecolor": "black", "markersize": 4.4, "markeredgewidth": 0.8,
}  # fmt: skip
PDQ_MARK: dict[str, Any] = {**PHASH_MARK, "marker": "D", "color": "#ffd34d", "markersize": 3.6}


def check_plot() -> None:
    """Nothing, if plots can be drawn: to ask before the work of minutes.

    Raises:
        UsageError: matplotlib is not there.
    """
    try:
        import matplotlib.figure  # noqa: F401 - whether it is there
    except ImportError as error:
        raise UsageError("drawing the plot needs matplotlib: install fakeprofile[bench]") from error


def recall_plot(counted: Counted) -> bytes:
    """A PNG.

    Raises:
        UsageError: matplotlib is not there.
    """
    check_plot()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rows = [row for row in (*counted.edits, *counted.guards) if row.copies]
    groups = list(dict.fromkeys(row.group for row in rows))
    figure = Figure(
        figsize=(9.5, 2.4 + 0.235 * len(rows) + 0.12 * len(groups)), dpi=130, layout="constrained"
    )
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    ticks = []
    for place, row in _placed(rows):
        share, low, high = row.share, row.low, row.high
        axes.barh(place, share, color=COLOURS.get(row.group, "#777777"), height=0.72, zorder=2)
        axes.plot([low, high], [place, place], color="#222222", linewidth=1.3, zorder=3)
        for shift, found, mark in ((-0.17, row.phash, PHASH_MARK), (0.17, row.pdq, PDQ_MARK)):
            axes.plot(found / row.copies, place + shift, linestyle="", clip_on=False, zorder=4, **mark)
        axes.text(1.02, place, f"{row.found}/{row.copies}", va="center", fontsize=7, color="#333333")
        ticks.append((place, row.name))
    axes.set_yticks([place for place, _ in ticks], [name for _, name in ticks], fontsize=8)
    axes.set_ylim(max(place for place, _ in ticks) + 0.8, -0.8)
    axes.set_xlim(0, 1.0)
    axes.tick_params(axis="y", length=0, pad=7)
    axes.set_xlabel("share of the copies that were found (line: 95 % interval)")
    axes.xaxis.grid(True, color="#dddddd", zorder=0)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(_title(counted), fontsize=9.5, loc="left")
    _legend(figure, groups)
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _placed(rows: list[Recall]) -> list[tuple[float, Recall]]:
    """Each row with its place from the top; a gap between groups."""
    placed, place, group = [], 0.0, rows[0].group if rows else ""
    for row in rows:
        if row.group != group:
            place, group = place + 0.5, row.group
        placed.append((place, row))
        place += 1.0
    return placed


def _title(counted: Counted) -> str:
    return (
        f"{counted.references} references, {sum(row.copies for row in counted.edits):,} edited copies, seed {counted.seed}: "
        f"mean recall {counted.mean_recall:.3f}\n"
        f"false matches: fakeprofile {_said(counted.fakeprofile)}; phash {_said(counted.phash)}; "
        f"PDQ {_said(counted.pdq)} of {counted.fakeprofile.pairs:,} pairs\n"
        f"fakeprofile's share of false matches is at most {counted.fakeprofile.at_most:.1e} (95 %)"
    )


def _said(share: FalseShare) -> str:
    return f"{share.false:,}"


def _legend(figure: Figure, groups: list[str]) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles = [Patch(color=COLOURS.get(group, "#777777"), label=group) for group in groups]
    dots = [
        Line2D([], [], linestyle="", label="imagehash phash alone", **PHASH_MARK),
        Line2D([], [], linestyle="", label="PDQ alone, 8 forms", **PDQ_MARK),
    ]
    figure.legend(handles=[*handles, *dots], loc="outside lower center", ncols=5, fontsize=7.5, frameon=False)
