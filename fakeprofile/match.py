"""One photo against all that is known, and one photo against another.

``look_at`` is a list of steps like ``check``, for a single photo.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fakeprofile.avatar import NO_TEMPLATES, Templates
from fakeprofile.fingerprint.whole import least_distance
from fakeprofile.moments import MUCH_CLOSER, holds, is_sure, sobered
from fakeprofile.photo import pixels_of
from fakeprofile.proof import NO_PROOF, Picture, Proof, hash_proof_of, in_photos, proof_of
from fakeprofile.records import (
    PROVEN,
    Comparison,
    Finding,
    Fingerprint,
    Gap,
    Known,
    Looked,
    Match,
    Panel,
    PanelShape,
    Photo,
    Print,
    Sighting,
    Status,
    WholeDistance,
)
from fakeprofile.references.library import Library
from fakeprofile.settings import DEFAULT, Settings
from fakeprofile.strength import bar_of, is_settled, same_file
from fakeprofile.tools import Tools
from fakeprofile.views import View, print_of, views_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A photo as it was looked at, and what is worth keeping of it."""

    looked: Looked
    kept: Print | None = None
    """None if the photo could not be read, or says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A picture of a photo laid over a known one."""

    view: View
    known: Known
    proof: Proof
    """In the pixels of the two."""
    told: Proof
    """In the pixels of the photos that they stand in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What of a library shows a picture in a photo."""

    matches: tuple[Match, ...] = ()
    left: int = 0
    """Known photos that may show one too and were not laid over it, as there are too many; 0 nearly always."""


NOTHING_MATCHED = Matched()


def look_at(given: Photo | Gap, tools: Tools) -> Seen:
    """What became of one photo, and which sightings show the same picture, strongest first.

    Args:
        given: the photo, or why there is none.
        tools: the library and whatever else may be used.

    Raises:
        UsageError: a panel that was named lies outside of the photo.
    """
    if isinstance(given, Gap):
        return Seen(looked=Looked(photo=given.about, status=Status.UNREADABLE, reason=given.reason))
    views = views_of(given, tools.settings, given=tools.panels, templates=tools.templates)
    return seen_in(given, views, tools)


def seen_in(given: Photo, views: tuple[View, ...], tools: Tools) -> Seen:
    """The same of a photo whose pictures were measured already."""
    if all(view.plainness for view in views):
        return Seen(looked=_looked(given, views))
    kept = matches_in(given, views, tools.library, tools.settings)
    lent = matches_in(given, views, tools.folder, tools.settings) if tools.folder else NOTHING_MATCHED
    matches = sorted([*kept.matches, *map(_lent, lent.matches)], key=_strongest_first)
    return Seen(
        looked=_looked(given, views, tuple(matches), kept.left + lent.left),
        kept=None if views[0].plainness else print_of(views, tools.settings),
    )


def compare(
    one: Photo, other: Photo, settings: Settings = DEFAULT, *, templates: Templates = NO_TEMPLATES
) -> Comparison:
    """What is said of two photos; the second is taken for the known one, the first for its copy."""
    views = views_of(one, settings, templates=templates)
    known = views_of(other, settings, known=True, templates=templates)
    reason = views[0].plainness or known[0].plainness
    if one.sha256 == other.sha256:
        views, known = views[:1], known[:1]
    pairs = [(here, there) for here in _telling(views) for there in _telling(known)]
    sizes = (one.width, one.height), (other.width, other.height)
    proofs = [
        (in_photos(_compared(here, there), here.panel, sizes[0], there.panel, sizes[1]), here, there)
        for here, there in pairs or [(views[0], known[0])]
    ]
    sober_ones = sobered([(proof, here.panel, there.panel) for proof, here, there in proofs])
    told, (_, here, there) = max(zip(sober_ones, proofs, strict=True), key=lambda tried: tried[0].strength())
    return Comparison(
        one=one.name,
        other=other.name,
        finding=told.finding,
        support=told.support,
        whole_distance=least_distance(views[0].fingerprint.whole, known[0].fingerprint.whole),
        reason=reason,
        alignment=told.alignment,
        region=told.region,
        overlap=told.overlap,
        edits=told.edits,
        panels=(here.panel, there.panel),
    )


def near_to(
    fingerprints: Sequence[Fingerprint],
    sha256: str,
    library: Library,
    settings: Settings,
    before: int | None = None,
) -> tuple[tuple[Known, ...], ...]:
    """For each picture of a photo the known pictures that may be the same, which nobody has examined yet.

    Args:
        fingerprints: of the pictures.
        sha256: of the file of the photo.
        library: what is known.
        settings: how hard it is looked for.
        before: only photos whose number in the library is less.
    """
    return library.near_any(fingerprints, sha256, settings.candidates, settings.effort, before)


def matches_in(
    photo: Photo,
    views: tuple[View, ...],
    library: Library,
    settings: Settings,
    candidates: tuple[tuple[Known, ...], ...] | None = None,
) -> Matched:
    """Every sighting that shows a picture in the photo, or looks like it; each once, with its best proof.

    Args:
        photo: what was looked at.
        views: it and the pictures in it.
        library: what is known.
        settings: how many candidates are examined, and what they must reach.
        candidates: what ``near_to`` says of the views that are not plain, if it was asked.
    """
    best: dict[int, Match] = {}
    left = 0
    for looks in examined(photo, views, library, settings, candidates):
        if looks is None:
            left += 1
            continue
        for look, proof in zip(looks, sober(looks), strict=True):
            for sighting in look.known.sightings:
                match = _match(sighting, look.known.distance, proof, look.view.panel)
                before = best.get(sighting.id)
                if before is None or _is_better(match, before):
                    best[sighting.id] = match
    return Matched(matches=tuple(best.values()), left=left)


def same_file_match(sighting: Sighting) -> Match:
    """What shows that a photo stands at a place where every byte of it stands too."""
    finding, support = same_file()
    return Match(
        sighting=sighting,
        finding=finding,
        support=support,
        whole_distance=WholeDistance(phash=0, pdq=0),
    )


def too_many(left: int) -> str:
    """Why some known photos were not laid over a photo, for whoever asks about it."""
    look = "one known photo that looks" if left == 1 else f"{left} known photos that look"
    return f"{look} like a part of it, less than others do, could not be compared: there are too many for one photo"


# --- steps --------------------------------------------------------------------------------


def _telling(views: tuple[View, ...]) -> list[View]:
    return [view for view in views if view.plainness is None]


def _compared(here: View, there: View) -> Proof:
    """What is said of two views, of which neither is plain unless they are of one file."""
    picture = Picture(
        sha256=there.photo.sha256,
        size=(there.photo.width, there.photo.height),
        keypoints=there.fingerprint.keypoints,
        pixels=lambda: there.photo.pixels,
        round=there.round,
    )
    if here.photo.sha256 != there.photo.sha256 and (here.plainness or there.plainness):
        return NO_PROOF
    return proof_of(here, picture, least_distance(here.fingerprint.whole, there.fingerprint.whole))


def examined(
    photo: Photo,
    views: tuple[View, ...],
    library: Library,
    settings: Settings,
    candidates: tuple[tuple[Known, ...], ...] | None = None,
) -> Iterator[list[Look] | None]:
    """The pictures of the photo laid over those of each known photo that may be the same; one known photo after the other.

    Where many are due, as in a screenshot that shares tiles with dozens of known ones, a known photo that is proven is
    laid over no more often than ``settings.looks``, and once if that settles it. Of a known photo that is left out, as
    ``settings.laid`` pairs are enough for one photo, comes None: the likeliest of each picture were first.
    """
    telling = _telling(views)
    if candidates is None:
        prints = [view.fingerprint for view in telling]
        candidates = near_to(prints, views[0].photo.sha256, library, settings)
    bar = bar_of(len(telling) * library.pictures(), settings.false_matches)
    crowded = sum(map(len, candidates)) > settings.pairs
    laid = 0
    for pairs in _by_photo(telling, candidates):
        if laid >= settings.laid:
            yield None
            continue
        looks: list[Look] = []
        for number, (view, known) in enumerate(pairs):
            if crowded and _are_enough(looks, number, settings):
                break
            proof = _proof_against(view, known, bar)
            laid += proof.overlap is not None
            if proof.strength() > NO_PROOF.strength():
                looks.append(_look_of(photo, view, known, proof))
        if 2 * laid <= settings.laid:  # else there is no time to be surer of each
            second = _second_looks(photo, telling[0], library, looks, bar)
            laid += len(second)
            looks += second
        yield looks


def _second_looks(photo: Photo, view: View, library: Library, looks: list[Look], bar: float) -> list[Look]:
    """The photo laid over more of a known one of which parts are proven that chance may have cut out of it.

    Where a library holds dozens of photos of one scene, the candidates may be parts of a known photo without the whole.
    """
    unsure = [
        look
        for look, proof in zip(looks, sober(looks), strict=True)
        if proof.finding is Finding.SAME_PICTURE and not is_sure(look.view.panel, look.known.panel)
    ]
    if not unsure or view.panel is not None:
        return []
    done = {(look.view.panel, look.known.panel) for look in looks}
    found = []
    for known in library.beside(unsure[0].known, view.fingerprint):
        if (None, known.panel) in done or not any(holds(known.panel, look.known.panel) for look in unsure):
            continue
        proof = _proof_against(view, known, bar)
        if proof.strength() > NO_PROOF.strength():
            found.append(_look_of(photo, view, known, proof))
    return found


def _are_enough(looks: list[Look], tried: int, settings: Settings) -> bool:
    """Whether a known photo is proven, and another look at it would hardly say otherwise."""
    settled = any(one.proof.overlap is not None and is_settled(one.proof.overlap) for one in looks)
    return (tried >= settings.looks or settled) and any(one.finding in PROVEN for one in sober(looks))


def _by_photo(
    views: list[View], candidates: tuple[tuple[Known, ...], ...]
) -> Iterator[list[tuple[View, Known]]]:
    """The pictures of the photo, each with those of one known photo that may be the same.

    First the known photos that are the likeliest for one of the pictures. Of each, the two photos as a whole come first,
    then the likeliest pairs.
    """
    pairs = ((rank, place, known) for place, near in enumerate(candidates) for rank, known in enumerate(near))
    ranked = sorted(pairs, key=lambda pair: pair[:2])
    photos: dict[int, list[tuple[bool, int, View, Known]]] = {}
    for rank, place, known in ranked:
        view = views[place]
        photo = known.sightings[0].id if known.sightings else 0
        part = view.panel is not None or known.panel is not None
        photos.setdefault(photo, []).append((part, rank, view, known))
    for of_one in photos.values():
        yield [(view, known) for _, _, view, known in sorted(of_one, key=lambda pair: pair[:2])]


def _look_of(photo: Photo, view: View, known: Known, proof: Proof) -> Look:
    size = (photo.width, photo.height)
    told = in_photos(proof, view.panel, size, known.panel, known.photo_size or size)
    return Look(view=view, known=known, proof=proof, told=told)


def sober(looks: list[Look]) -> list[Proof]:
    """What the looks show of one known photo, none stronger than all of them together allow."""
    return sobered([(look.told, look.view.panel, look.known.panel) for look in looks])


def _proof_against(view: View, known: Known, bar: float) -> Proof:
    if known.width is None or known.height is None:
        return hash_proof_of(view, known.sha256, known.distance)
    thumbnail = known.thumbnail
    picture = Picture(
        sha256=known.sha256,
        size=(known.width, known.height),
        keypoints=known.keypoints,
        pixels=(lambda: pixels_of(thumbnail)) if thumbnail else None,
        round=known.panel is not None and known.panel.shape is PanelShape.ROUND,
    )
    return proof_of(view, picture, known.distance, bar)


def _match(sighting: Sighting, distance: WholeDistance, proof: Proof, panel: Panel | None) -> Match:
    return Match(
        sighting=sighting,
        finding=proof.finding,
        support=proof.support,
        whole_distance=distance,
        # The pairs are for drawing; a remembered case would keep thousands of them.
        alignment=proof.alignment and dataclasses.replace(proof.alignment, pairs=()),
        region=proof.region,
        overlap=proof.overlap,
        edits=proof.edits,
        panel=panel,
    )


def _lent(match: Match) -> Match:
    """A match with a folder that was given with the command: its sightings are not in the library."""
    return dataclasses.replace(match, sighting=dataclasses.replace(match.sighting, id=-match.sighting.id))


def _strongest_first(match: Match) -> tuple[bool, float, int]:
    return (not match.proven, -match.support.log10_lr, abs(match.sighting.id))


def _is_better(one: Match, other: Match) -> bool:
    """Whether a match with a sighting is to be told instead of another one: a stronger one, or a much closer look."""
    if _strongest_first(one) != _strongest_first(other):
        return _strongest_first(one) < _strongest_first(other)
    return _places(one) > MUCH_CLOSER * _places(other)


def _places(match: Match) -> int:
    return match.overlap.places if match.overlap else 0


def _looked(photo: Photo, views: tuple[View, ...], matches: tuple[Match, ...] = (), left: int = 0) -> Looked:
    whole = views[0].fingerprint.whole
    plain = all(view.plainness for view in views)
    return Looked(
        photo=photo.name,
        status=Status.NOT_CHECKABLE if plain else Status.OK,
        reason=views[0].plainness if plain else None,
        sha256=photo.sha256,
        width=photo.width,
        height=photo.height,
        phash=whole.phash,
        pdq=whole.pdq,
        pdq_quality=whole.pdq_quality,
        keypoints=len(views[0].fingerprint.keypoints),
        frames=photo.frames,
        matches=matches,
        unexamined=left,
    )
