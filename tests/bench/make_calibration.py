"""Makes the table of strengths: ``make_calibration.py OUT.json PLOT.png NUMBERS.npz... [--held NUMBERS.npz...]``.

The numbers come from ``collect_numbers.py``. A logistic regression makes one score of them, in which nothing that
differs may speak for a copy and nothing that agrees against one. Then two questions are kept apart, because the
answer to the first depends on how large a library is and the answer to the second does not:

- could *unrelated* pictures reach such a score by chance? The tail of all pairs of unrelated pictures is a generalised
  Pareto tail above a threshold (Pickands 1975), read for as many pairs as a library search has;
- could *look-alikes* reach it: different photos in the same furniture, other moments of one scene? Against the
  pairs that were made to fool.

The likelihood ratio of a score is the lesser of the two. Pairs in ``--held`` are used for nothing but to check.
"""

from __future__ import annotations

import argparse
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import optimize, stats

from fakeprofile.bench.negatives import PAIRINGS
from fakeprofile.calibration import Tail
from fakeprofile.strength import AGAINST, TERMS, tells_enough, terms_of

MOST = 9.0
TAIL_PAIRS = 30
"""Pairs above the threshold of the tail. Chosen where 20 and 30 give the same bar; what 40 and resampling give stands
in the README."""
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Numbers:
    """All pairs of views of one file: which are laid over each other, by population."""

    names: list[str]
    rows: np.ndarray
    populations: dict[str, np.ndarray]
    """``unrelated``, ``alike``, ``same``: which rows are of it. Rows that tell too little to be weighed are of none."""
    pair: np.ndarray
    """What picture was asked about and which known one, as one number."""
    strangers: int
    """Pairs of pictures that show nothing of each other, laid over each other or not."""
    bits: dict[str, tuple[np.ndarray, np.ndarray]]
    """By hash: how many strangers are how many bits apart, and the bits between copies and what they were made from."""


def main() -> None:
    """Writes both files, and prints what was fitted and how the held-out pairs lie."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("plot", type=Path)
    parser.add_argument("numbers", nargs="+", type=Path)
    parser.add_argument("--held", nargs="*", type=Path, default=[])
    given = parser.parse_args()
    made, held = [read(path) for path in given.numbers], [read(path) for path in given.held]
    chance = place_chance(made)
    weights = fitted_weights(made, chance)
    scores = scores_of(made, weights, chance)
    pairs = sum(one.strangers for one in made)
    tail = fitted_tail(scores["unrelated"], pairs)
    values: dict[str, Any] = {
        "made_from": {
            "unrelated_pairs": pairs,
            "unrelated_pairs_laid_over_each_other": len(scores["unrelated"]),
            "look_alikes": len(scores["alike"]),
            "copies": len(scores["same"]),
        },
        "place_chance": chance,
        "weights": weights,
        "tail": {"threshold": tail.threshold, "share": tail.share, "shape": tail.shape, "scale": tail.scale},
        "ratios": ratios_of(scores, tail),
        "pdq_ratios": hash_ratios(made, "pdq"),
        "phash_ratios": hash_ratios(made, "phash"),
    }
    given.out.write_text(json.dumps(rounded(values), indent=1) + "\n", "utf-8")
    print(json.dumps(rounded({key: one for key, one in values.items() if "ratios" not in key}), indent=1))
    for count in (1, 1_000, 100_000, 1_000_000):
        bar = tail.reached(1e-6 / count) if 1e-6 / count < tail.share else float("nan")
        reach = float((scores["same"] >= bar).mean())
        print(f"bar for {count:,} pairs: {bar:.2f}; {reach:.4f} of the copies that were laid over reach it")
    checked = scores_of(held, weights, chance) if held else None
    if checked is not None:
        check(checked, sum(one.strangers for one in held), tail)
    given.plot.write_bytes(plotted(scores, checked, sum(one.strangers for one in held), tail, pairs, values))


# --- reading ------------------------------------------------------------------------------


def read(path: Path) -> Numbers:
    """One file of ``collect_numbers.py``."""
    with np.load(path) as file:
        data = {name: file[name] for name in file}
    kinds = data["kind"].tolist()
    enough = np.array(
        [
            tells_enough(dict(zip(data["names"].tolist(), row, strict=True)))
            for row in data["numbers"].tolist()
        ]
    )
    groups = np.array([PAIRINGS[kind].group if kind in PAIRINGS else "copy" for kind in kinds])
    guard, moment = groups == "same photo inside", groups == "other moment"
    copies = data["held"] & ~np.isin(data["asked"], list(PAIRINGS))
    return Numbers(
        names=[str(name) for name in data["names"]],
        rows=data["numbers"],
        populations={
            "unrelated": enough & ~data["same"] & ~data["own"] & ~moment & ~data["scene"] & ~data["twice"],
            # Other moments of a photo that stands in more known pictures are look-alikes of all of those.
            "alike": enough & ~data["same"] & (data["own"] | moment | data["scene"]) & ~guard,
            "same": enough & data["same"] & data["own"] & ~guard,
        },
        pair=data["question"].astype(np.int64) * 1_000_000 + data["known"],
        strangers=int(data["strangers"]),
        bits={
            "pdq": (data["stranger_pdqs"], data["own_bits"][copies, 0]),
            "phash": (data["stranger_phashes"], data["own_bits"][copies, 1]),
        },
    )


def column(numbers: Numbers, name: str) -> np.ndarray:
    """One of the numbers of all rows."""
    return np.asarray(numbers.rows[:, numbers.names.index(name)])


def highest(scores: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """The places of the highest score of each pair."""
    order = np.lexsort((-scores, pairs))
    return order[np.r_[True, np.diff(pairs[order]) != 0]] if len(order) else order


def scores_of(files: list[Numbers], weights: dict[str, float], chance: float) -> dict[str, np.ndarray]:
    """The highest score of each pair of pictures, rising, by population."""
    found: dict[str, list[np.ndarray]] = {"unrelated": [], "alike": [], "same": []}
    for one in files:
        scores = weights[""] + all_terms(one, chance) @ np.array([weights[name] for name in TERMS])
        for name, mask in one.populations.items():
            found[name].append(scores[mask][highest(scores[mask], one.pair[mask])])
    return {name: np.sort(np.concatenate(parts)) for name, parts in found.items()}


def all_terms(one: Numbers, chance: float) -> np.ndarray:
    """The terms of all rows."""
    return np.array([terms_of(dict(zip(one.names, row, strict=True)), chance) for row in one.rows.tolist()])


# --- fitting ------------------------------------------------------------------------------


def place_chance(files: list[Numbers]) -> float:
    """How often a place in blocks of different pictures that agree is in order."""
    places = still = 0.0
    for one in files:
        different = one.populations["unrelated"] | one.populations["alike"]
        places += column(one, "places")[different].sum()
        still += (column(one, "places") * (1 - column(one, "drift")))[different].sum()
    return float(still / places)


def fitted_weights(files: list[Numbers], chance: float) -> dict[str, float]:
    """A logistic regression on each pair's best view; which that is follows from the weights, so a few times over."""
    terms = [all_terms(one, chance) for one in files]
    signs = np.array([-1.0 if name in AGAINST else 1.0 for name in TERMS])
    weights = np.r_[0.0, signs]
    for _ in range(ROUNDS):
        rows, labels = [], []
        for one, found in zip(files, terms, strict=True):
            scores = weights[0] + found @ weights[1:]
            for name, mask in one.populations.items():
                best = highest(scores[mask], one.pair[mask])
                rows.append(found[mask][best])
                labels += [name == "same"] * len(best)
        weights = regressed(np.concatenate(rows), np.array(labels), signs)
    return {"": float(weights[0]), **dict(zip(TERMS, weights[1:].tolist(), strict=True))}


def regressed(terms: np.ndarray, same: np.ndarray, signs: np.ndarray) -> np.ndarray:
    """The weights, each of its sign, with both classes counting the same; the constant first."""
    shares = np.where(same, 0.5 / same.sum(), 0.5 / (~same).sum()) * len(same)
    sign = np.where(same, 1, -1)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        wrong = -sign * (weights[0] + terms @ weights[1:])
        slope = -shares * sign / (1 + np.exp(-wrong))
        value = (shares * np.logaddexp(0, wrong)).sum() + 0.01 * (weights[1:] ** 2).sum()
        return float(value), np.r_[slope.sum(), terms.T @ slope + 0.02 * weights[1:]]

    bounds = [(None, None), *[(0, None) if one > 0 else (None, 0) for one in signs]]
    start = np.zeros(terms.shape[1] + 1)
    found = optimize.minimize(
        loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 5000}
    )
    return np.asarray(found.x)


def fitted_tail(scores: np.ndarray, pairs: int) -> Tail:
    """The tail of unrelated pairs, by maximum likelihood."""
    threshold = float(scores[-TAIL_PAIRS - 1])
    shape, _, scale = stats.genpareto.fit(scores[-TAIL_PAIRS:] - threshold, floc=0)
    return Tail(threshold=threshold, share=TAIL_PAIRS / pairs, shape=float(shape), scale=float(scale))


def ratios_of(scores: dict[str, np.ndarray], tail: Tail) -> dict[str, list[float]]:
    """P(the score or more | same) against P(the same | different), the lesser against the two populations."""
    grid = np.linspace(scores["unrelated"][0], scores["same"][-1], 200)
    same = (len(scores["same"]) - np.searchsorted(scores["same"], grid) + 1) / (len(scores["same"]) + 1)
    unrelated = np.array([tail.chance(float(one)) for one in grid])
    edge = float(np.quantile(scores["alike"], 0.9))
    over = scores["alike"][scores["alike"] > edge] - edge
    end = Tail(threshold=edge, share=0.1, shape=0.0, scale=float(over.mean()))
    alike = np.array(
        [end.chance(float(one)) if one > edge else (scores["alike"] >= one).mean() for one in grid]
    )
    ratios = np.log10(same) - np.log10(np.maximum(np.maximum(unrelated, alike), 1e-12))
    return {
        "numbers": grid.tolist(),
        "log10_lrs": np.maximum.accumulate(np.clip(ratios, -MOST, MOST)).tolist(),
    }


def hash_ratios(files: list[Numbers], which: str) -> dict[str, list[float]]:
    """P(so few bits or fewer | same) against P(the same | unrelated), whose tail is at least a normal one."""
    counts = np.sum([one.bits[which][0] for one in files], axis=0)
    own = np.concatenate([one.bits[which][1] for one in files])
    own, bits, pairs = own[own >= 0], np.arange(len(counts)), counts.sum()
    mean = (counts * bits).sum() / pairs
    deviation = np.sqrt((counts * (bits - mean) ** 2).sum() / pairs)
    grid = np.arange(len(counts) // 2)
    # What was seen counts where it is more than the model, and never less than could have been seen.
    seen = np.maximum(np.cumsum(counts)[grid], 3) / pairs
    unrelated = np.maximum(seen, stats.norm.cdf(grid + 0.5, mean, deviation))
    found = np.array([((own <= one).sum() + 1) / (len(own) + 1) for one in grid])
    ratios = np.clip(np.log10(found) - np.log10(unrelated), -MOST, MOST)
    return {"numbers": grid.astype(float).tolist(), "log10_lrs": np.minimum.accumulate(ratios).tolist()}


# --- checking and showing -----------------------------------------------------------------


def check(scores: dict[str, np.ndarray], pairs: int, tail: Tail) -> None:
    """Prints how many held-out pairs of unrelated pictures reach what the model says few reach."""
    print(
        f"held out: {pairs:,} unrelated pairs, {len(scores['alike']):,} look-alikes, {len(scores['same']):,} copies"
    )
    for chance in (1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 1e-7):
        if chance < tail.share:
            bar = tail.reached(chance)
            seen = int((scores["unrelated"] >= bar).sum())
            alike, same = ((scores[name] >= bar).mean() for name in ("alike", "same"))
            print(
                f"chance {chance:.0e}: score {bar:.2f}; expected {chance * pairs:.2f}, seen {seen}; "
                f"look-alikes {alike:.4f}, copies {same:.4f}"
            )


def plotted(
    scores: dict[str, np.ndarray], held: dict[str, np.ndarray] | None, held_pairs: int, tail: Tail, pairs: int,
    values: dict[str, Any],
) -> bytes:  # fmt: skip
    """A PNG: the three populations, the tail with the held-out pairs, and what a score is worth."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 3.9), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    spread, ends, worth = figure.subplots(1, 3)
    bins = np.linspace(scores["unrelated"][0], scores["same"][-1], 60)
    labels = (
        ("unrelated", "unrelated, laid over", "#9a9a9a"),
        ("alike", "look-alikes", "#a85c5c"),
        ("same", "copies", "#4878a8"),
    )
    for name, label, colour in labels:
        spread.hist(scores[name], bins=bins, density=True, alpha=0.65, color=colour, label=label)
    spread.set_title("score, density", fontsize=9.5, loc="left")
    top = scores["unrelated"][-2000:]
    ends.plot(
        top,
        np.arange(len(top), 0, -1) / pairs,
        ".",
        color="#9a9a9a",
        markersize=4,
        label=f"of {pairs:,} unrelated pairs",
    )
    if held is not None:
        other = held["unrelated"][-2000:]
        ends.plot(
            other,
            np.arange(len(other), 0, -1) / held_pairs,
            "x",
            color="#b58a3c",
            markersize=4,
            label=f"of {held_pairs:,} held out",
        )
    line = np.linspace(tail.threshold + 1e-6, tail.reached(1e-12), 200)
    ends.plot(
        line,
        [max(tail.chance(float(one)), 1e-13) for one in line],
        color="#222222",
        linewidth=1.2,
        label="model of the tail",
    )
    ends.set_yscale("log")
    ends.set_ylim(1e-12, 1e-2)
    ends.set_xlim(float(top[0]), float(line[-1]) + 0.5)
    ends.set_title("chance that an unrelated pair reaches a score", fontsize=9.5, loc="left")
    worth.plot(
        values["ratios"]["numbers"],
        values["ratios"]["log10_lrs"],
        color="#4878a8",
        label="likelihood ratio, log10",
    )
    worth.set_title("what a score is worth (log10)", fontsize=9.5, loc="left")
    for axes in (spread, ends, worth):
        axes.tick_params(labelsize=7.5)
        axes.set_xlabel("score", fontsize=8)
        axes.grid(True, color="#dddddd")
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(fontsize=7.5, frameon=False)
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def rounded(values: Any) -> Any:
    """The same with numbers of five digits."""
    if isinstance(values, dict):
        return {key: rounded(value) for key, value in values.items()}
    if isinstance(values, list):
        return [rounded(value) for value in values]
    return float(f"{values:.5g}") if isinstance(values, float) else values


if __name__ == "__main__":
    main()
