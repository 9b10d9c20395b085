"""What a recall bench asks: known pictures, copies and pairs, all of them following from one seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fakeprofile.bench.album import Album, Split, picture_in, pool_of
from fakeprofile.bench.chance import dice_of
from fakeprofile.bench.edits import EDITS, copy_of, saved
from fakeprofile.bench.negatives import PAIRINGS, Expected, pair_of
from fakeprofile.bench.pool import Pool

UNEDITED = "unrelated photos"
"""What the questions are called that show a photo of no reference, as it is."""

PAIR_SIDE = 1080
"""Longest side of the photos that pairs are made from, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """All that decides what is asked."""

    album: Album
    split: Split
    seed: int
    edits: tuple[str, ...]
    queries: int
    """How many references are edited."""
    kinds: tuple[str, ...]
    """The kinds of pairs that are made."""
    pairs: int
    """How many of each kind."""
    folder: Path
    """Where the pictures of the pairs lie while it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A picture of the reference set."""

    name: str
    path: Path
    shows: frozenset[str]
    """What is in it: a match with something that shows none of this is false."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A picture that is looked up."""

    kind: str
    """The name of the edit or pairing, or ``UNEDITED``."""
    about: str
    """The photo it is made from, or the number of the pair."""
    path: Path | None
    """Where it lies; None for a copy, which is made when it is asked about."""
    shows: frozenset[str]
    """What is in it, apart from what an edit puts beside it."""
    own: str | None
    """The name of the known picture that it is about."""


# --- copies ---------------------------------------------------------------------------------------


def copies_of(trial: Trial, photos: tuple[str, ...]) -> Iterator[Question]:
    """Every edit of each of the photos."""
    for edit in trial.edits:
        for name in photos:
            shows = frozenset({trial.album.group_of(name)})
            yield Question(kind=edit, about=name, path=None, shows=shows, own=name)


def unedited(trial: Trial) -> Iterator[Question]:
    """The photos that stand in no reference, as they are."""
    for name in trial.split.query_side:
        shows = frozenset({trial.album.group_of(name)})
        yield Question(kind=UNEDITED, about=name, path=trial.album.path_of(name), shows=shows, own=None)


def copy_for(trial: Trial, question: Question) -> tuple[bytes, str, frozenset[str]]:
    """The bytes of a copy, what its name ends in, and all that it shows."""
    album, name = trial.album, question.about
    beside = (*trial.split.references, *trial.split.query_side)
    pool = pool_of(album, beside, name, dice_of(trial.seed, "beside", question.kind, name))
    copy = copy_of(EDITS[question.kind], picture_in(album.path_of(name)), name, trial.seed, pool)
    return copy.data, copy.suffix, question.shows | {album.group_of(other) for other in copy.beside}


# --- pairs ----------------------------------------------------------------------------------------


def pair_numbers(trial: Trial) -> Iterator[tuple[str, int]]:
    """Every pair that is made, as its kind and number."""
    for kind in trial.kinds:
        for number in range(trial.pairs):
            yield kind, number


def made_pair(which: tuple[str, int], trial: Trial) -> tuple[Known, Question]:
    """The two sides of a pair, saved in the folder of the trial."""
    kind, number = which
    album, split, pairing = trial.album, trial.split, PAIRINGS[which[0]]
    dice = dice_of(trial.seed, kind, number)
    # Going round, so that no photo is used twice before all were used.
    one, other = (side[(number + len(kind)) % len(side)] for side in (split.known_side, split.query_side))
    pools = (
        pool_of(album, split.known_side, one, dice_of(trial.seed, "known pool", kind, number)),
        pool_of(album, split.query_side, other, dice_of(trial.seed, "query pool", kind, number)),
    )
    first, second = (picture_in(album.path_of(photo), PAIR_SIDE) for photo in (one, other))
    pair = pair_of(pairing, first, second, dice, pools)
    name = f"{kind}-{number:04}"
    files = []
    for side, picture in (("known", pair.known), ("query", pair.query)):
        lossless = pairing.group in ("same app", "no photo")
        data, suffix = saved(picture, dice, lossless=lossless)
        path = trial.folder / f"{name}-{side}{suffix}"
        path.write_bytes(data)
        files.append(path)
    known_shows, query_shows = _shown(kind, name, (album.group_of(one), album.group_of(other)))
    known = Known(name=name, path=files[0], shows=known_shows | _beside(album, pools[0]))
    query = Question(
        kind=kind, about=name, path=files[1], shows=query_shows | _beside(album, pools[1]), own=name
    )
    return known, query


def _beside(album: Album, pool: Pool) -> frozenset[str]:
    return frozenset(album.group_of(name) for name in pool.taken)


def _shown(kind: str, name: str, groups: tuple[str, str]) -> tuple[frozenset[str], frozenset[str]]:
    """What the two sides of a pair show of the two photos they were made from.

    What was made from a photo so that it is another moment of it, or holds no photo, shows something of
    its own; a photo that stands in it as a ground is there all the same.
    """
    pairing = PAIRINGS[kind]
    one, other = (frozenset({group}) for group in groups)
    own_known, own_query = frozenset({f"{name} known"}), frozenset({f"{name} query"})
    if pairing.expected is Expected.SAME:
        return one, one
    if pairing.group == "no photo":
        return own_known, own_query
    if pairing.group == "other moment":
        # On another ground, the known side is cut out of one photo and laid on the other.
        before = one | other if kind == "same-person-other-room" else one
        guest = other if kind in ("same-room-other-person", "same-tripod-other-person") else frozenset()
        return before, own_query | guest
    return one, other
