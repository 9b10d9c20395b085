"""Files of the index made from photos of the library, and one file made from several."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fakeprofile.references.index.entries import Entries
from fakeprofile.references.index.layout import Header, Writer
from fakeprofile.references.index.quantizer import LISTS, Centroids
from fakeprofile.references.index.segment import Segment, numbers_of, owners_of
from fakeprofile.references.index.tail import nearest_list

AT_ONCE = 100_000
"""Codes that are merged at a time: some 8 MB of memory."""


def written_entries(path: Path, entries: Entries, header: Header, centroids: Centroids) -> tuple[Header, str]:
    """Writes photos into a new file; its header and the digest of that.

    Args:
        path: of the file.
        entries: the photos.
        header: what the file is; its counts and checksums are filled in.
        centroids: that say where each code stands.
    """
    lists = nearest_list(centroids, entries.codes)
    order = np.argsort(lists, kind="stable")
    counts = np.bincount(lists, minlength=LISTS)
    header = replace(header, longest=int(counts.max()))
    writer = Writer(path, header)
    try:
        writer.write("counts", counts)
        writer.write("stamps", entries.stamps)
        writer.write("phash", entries.phash)
        writer.write("pdq", entries.pdq)
        writer.write("codes", entries.codes[order])
        writer.write("owners", owners_of(entries.owners[order]))
        writer.write("places", entries.places[order])
        return header, writer.finish()
    except BaseException:
        writer.abandon()
        raise


class Merger:
    """Several files as one, without the photos that are gone."""

    def __init__(self, segments: Sequence[Segment], dead: NDArray[np.int64]) -> None:
        """Counts what will be left.

        Args:
            segments: in the order of their stamps.
            dead: stamps that no photo has any more.
        """
        self._segments = segments
        self._alive = [~np.isin(segment.stamps, dead) for segment in segments]
        befores = np.cumsum([0, *(int(alive.sum()) for alive in self._alive)])
        self._positions = [
            np.where(alive, np.cumsum(alive) - 1 + before, -1)
            for alive, before in zip(self._alive, befores, strict=False)
        ]
        self._starts = [np.concatenate([[0], np.cumsum(one.counts, dtype=np.int64)]) for one in segments]
        self.photos = int(befores[-1])
        self.counts = self._left_in_lists()
        self.codes = int(self.counts.sum())

    def _left_in_lists(self) -> NDArray[np.int64]:
        total = np.zeros(len(self._segments[0].counts), dtype=np.int64)
        for segment, alive, starts in zip(self._segments, self._alive, self._starts, strict=True):
            if alive.all():
                total += segment.counts
                continue
            for first, last in _chunks(segment.counts.astype(np.int64)):
                owners = numbers_of(segment.owners[starts[first] : starts[last]])
                lists = np.repeat(np.arange(first, last), segment.counts[first:last])
                total += np.bincount(lists[alive[owners]], minlength=len(total))
        return total

    def write(self, path: Path, header: Header) -> str:
        """Writes the new file; the digest of its header."""
        writer = Writer(path, replace(header, longest=int(self.counts.max())))
        try:
            writer.write("counts", self.counts)
            for name in ("stamps", "phash", "pdq"):
                for segment, alive in zip(self._segments, self._alive, strict=True):
                    writer.write(name, segment.array(name)[alive])
            for first, last in _chunks(
                np.sum([one.counts for one in self._segments], axis=0, dtype=np.int64)
            ):
                self._write_lists(writer, first, last)
            return writer.finish()
        except BaseException:
            writer.abandon()
            raise

    def _write_lists(self, writer: Writer, first: int, last: int) -> None:
        """Some lists of all files, each file's codes behind those of the one before."""
        lists, codes, owners, places = [], [], [], []
        for segment, positions, starts in zip(self._segments, self._positions, self._starts, strict=True):
            here = slice(int(starts[first]), int(starts[last]))
            position = positions[numbers_of(segment.owners[here])]
            alive = position >= 0
            lists.append(
                np.repeat(np.arange(first, last, dtype=np.uint32), segment.counts[first:last])[alive]
            )
            codes.append(segment.codes[here][alive])
            owners.append(position[alive])
            places.append(segment.places[here][alive])
            segment.relax()
        order = np.argsort(np.concatenate(lists), kind="stable")
        writer.write("codes", np.concatenate(codes)[order])
        writer.write("owners", owners_of(np.concatenate(owners)[order]))
        writer.write("places", np.concatenate(places)[order])


def _chunks(counts: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Ranges of lists with about ``AT_ONCE`` codes each."""
    ends = np.cumsum(counts)
    cuts = np.searchsorted(ends, np.arange(AT_ONCE, int(ends[-1]), AT_ONCE)) + 1
    unique = sorted({0, *np.minimum(cuts, len(counts)).tolist(), len(counts)})
    return list(itertools.pairwise(unique))
