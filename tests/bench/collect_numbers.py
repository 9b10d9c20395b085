"""Collects the numbers that the calibration is made from: ``python tests/bench/collect_numbers.py OUT.npz PHOTOS...``.

The same exam as ``fakeprofile bench recall`` (a library of most of the photos, edited copies of them, unrelated photos,
and all kinds of pairs that fool others), but what is kept of each pair of a picture asked about and a known one is not
what was said: it is the numbers that it would be said from.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import functools
import itertools
import sys
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fakeprofile.bench.asking import Peers, peers_in
from fakeprofile.bench.edits import edits_named
from fakeprofile.bench.negatives import kinds_named
from fakeprofile.bench.recall import Wishes, prepared
from fakeprofile.bench.trial import Question, Trial, copy_for
from fakeprofile.fingerprint import LEAST_QUALITY
from fakeprofile.fingerprint.whole import forms_of
from fakeprofile.match import examined
from fakeprofile.photo import decode
from fakeprofile.records import Finding, Gap
from fakeprofile.settings import DEFAULT
from fakeprofile.strength import NUMBERS, numbers_of
from fakeprofile.tools import Tools, utc_today
from fakeprofile.views import views_of
from fakeprofile.workers import Lost, cores, mapped

SCENE, TWICE = "pdq-exif", "Aratea"
"""What the names of such photos have in common, in the folders that the calibration was made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The numbers of one pair of views."""

    known: str
    whole: bool
    """Both views are all of their photo."""
    beside: bool
    """A small thing in a screenshot, which is never called the same."""
    numbers: tuple[float, ...]
    finding: str


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("photos", nargs="+", type=Path)
    parser.add_argument("--queries", type=int, default=30)
    parser.add_argument("--pairs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--edits")
    parser.add_argument("--kinds")
    given = parser.parse_args()
    wishes = Wishes(
        edits=edits_named(given.edits), kinds=kinds_named(given.kinds), queries=given.queries, pairs=given.pairs,
        seed=given.seed, workers=cores(),
    )  # fmt: skip
    with prepared(given.photos, wishes, today=utc_today(), watch=watched) as exam:
        shows = {one.name: one.shows for one in exam.known}
        tools, peers = Tools(library=exam.library, settings=DEFAULT), peers_in(exam.library)
        asking = functools.partial(rows_of, trial=exam.trial, tools=tools, peers=peers)
        pdqs, phashes = np.zeros(257, np.int64), np.zeros(65, np.int64)
        own_bits = np.full((len(exam.questions), 2), -1)
        columns: dict[str, list[Any]] = {
            name: []
            for name in ("question", "known", "kind", "own", "same", "whole", "beside", "finding", "numbers")
        }
        strangers = 0
        tasks = zip(exam.questions, exam.questions, strict=True)
        with contextlib.closing(mapped(asking, tasks, wishes.workers)) as answers:
            for number, (question, answer) in enumerate(watched(answers, "looking up", len(exam.questions))):
                if isinstance(answer, Lost):
                    continue
                shown, rows, bits = answer
                strangers += sum(not shown & what for what in shows.values())
                if bits is not None:
                    stranger = np.array([not shown & shows[name] for name in peers.names])
                    pdqs += np.bincount(bits[0][stranger], minlength=257)
                    phashes += np.bincount(bits[1][stranger], minlength=65)
                    if question.own in peers.names:
                        own_bits[number] = bits[:, peers.names.index(question.own)]
                for row in rows:
                    values = (
                        number, row.known, question.kind, question.own == row.known, bool(shown & shows[row.known]),
                        row.whole, row.beside, row.finding, row.numbers,
                    )  # fmt: skip
                    for name, value in zip(columns, values, strict=True):
                        columns[name].append(value)
        known = columns.pop("known")
        np.savez_compressed(
            given.out,
            strangers=np.array(strangers),
            stranger_pdqs=pdqs,
            stranger_phashes=phashes,
            own_bits=own_bits,
            names=np.array(NUMBERS),
            asked=np.array([question.kind for question in exam.questions]),
            held=np.array([question.own in shows for question in exam.questions]),
            known=np.unique(known, return_inverse=True)[1].astype(np.int32),
            # Several photos of one scene are other moments of each other; drawings that a folder holds twice, once
            # on another ground, are neither that nor unrelated.
            scene=np.array([SCENE in name for name in known]),
            twice=np.array([TWICE in name for name in known]),
            **{name: np.array(values) for name, values in columns.items()},
        )


def watched(items: Iterable[Any], what: str, total: int) -> Generator[Any]:
    """Says now and then how far it is."""
    for number, item in enumerate(items):
        if number % 100 == 0:
            print(f"{what}: {number} of {total}", file=sys.stderr, flush=True)
        yield item


def rows_of(
    question: Question, trial: Trial, tools: Tools, peers: Peers
) -> tuple[frozenset[str], list[Row], np.ndarray | None]:
    """What a picture shows, the numbers of all its views with all that came near, and the bits to all that is known.

    The bits are 2 x known: of PDQ and of phash, the least over the eight forms; None of a plain picture.
    """
    if question.path is None:
        data, _, shows = copy_for(trial, question)
    else:
        data, shows = question.path.read_bytes(), question.shows
    settings = tools.settings
    photo = decode(data, name=question.about, limits=settings.limits, least_side=settings.decoded_side)
    if isinstance(photo, Gap):
        return shows, [], None
    views, rows = views_of(photo, settings), []
    if all(view.plainness for view in views):
        return shows, [], None
    whole, bits = views[0].fingerprint.whole, None
    if views[0].plainness is None and whole.pdq_quality >= LEAST_QUALITY:
        forms = forms_of(whole)
        bits = np.array(
            [
                np.min(
                    [
                        np.bitwise_count(peers.pdqs ^ np.array(words(form[3]), np.uint64)).sum(axis=1)
                        for form in forms
                    ],
                    axis=0,
                ),
                np.min(
                    [np.bitwise_count(peers.phashes ^ np.uint64(int(form[2], 16))) for form in forms], axis=0
                ),
            ]
        )
    settings = dataclasses.replace(settings, pairs=sys.maxsize)
    for look in itertools.chain.from_iterable(examined(photo, views, tools.library, settings)):
        view, known, proof, told = look.view, look.known, look.proof, look.told
        if proof.overlap is None or proof.overlap.agreeing < 2:
            continue
        whole = view.panel is None and known.panel is None
        beside = proof.finding is Finding.SAME_PICTURE and told.finding is Finding.SIMILAR
        numbers = numbers_of(proof.alignment, proof.overlap)
        rows += [
            Row(
                known=one.identity.name,
                whole=whole,
                beside=beside,
                numbers=numbers,
                finding=told.finding.value,
            )
            for one in known.sightings
            if one.identity is not None
        ]
    return shows, rows, bits


def words(pdq: str) -> list[int]:
    return [int(pdq[start : start + 16], 16) for start in range(0, 64, 16)]


if __name__ == "__main__":
    main()
