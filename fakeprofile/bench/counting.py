"""Answers -> numbers: recall of each edit, false matches of everything, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from fakeprofile.bench.asking import Answer
from fakeprofile.bench.edits import EDITS
from fakeprofile.bench.intervals import at_most, clopper_pearson, wilson
from fakeprofile.bench.negatives import PAIRINGS, Expected
from fakeprofile.bench.takes import TAKES
from fakeprofile.bench.trial import UNEDITED, Known, Question, Trial
from fakeprofile.records import Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and its answer."""

    question: Question
    answer: Answer | None
    """None if the process that worked on it died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """How many copies of one kind were found."""

    name: str
    group: str
    copies: int
    found: int
    """Called the same picture as the photo that they were made from."""
    similar: int
    """Not called the same, but found to look like it."""
    low: float
    high: float
    """The 95 % interval of found / copies (Wilson)."""
    phash: int
    pdq: int
    """How many the two hashes alone find."""
    false: int
    """Matches of these copies with pictures that show nothing of them."""

    @property
    def share(self) -> float:
        """Found / copies; 0 if there are none, as nothing was found."""
        return self.found / self.copies if self.copies else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Confused:
    """How many pairs of one kind, which are not the same picture, were called the same."""

    name: str
    group: str
    pairs: int
    same: int
    similar: int
    high: float
    """The share that is not exceeded, with 95 % confidence."""
    phash: int
    pdq: int
    """How many the two hashes alone call the same."""
    false: int
    """Matches of the second pictures with any known picture that shows nothing of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseMatch:
    """A picture that was called the same as one that shows nothing of it."""

    kind: str
    query: str
    known: str
    log10_lr: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseShare:
    """False matches of one method among all pairs of a picture that was asked about and a known one."""

    pairs: int
    false: int
    low: float
    high: float
    """The 95 % interval of false / pairs (Clopper and Pearson)."""
    at_most: float
    """The share that is not exceeded, with 95 % confidence; for none it is 3 / pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """All numbers of a recall bench."""

    seed: int
    photos: int
    references: int
    """Photos of the reference set."""
    unrelated: int
    """Photos that stand in no reference."""
    known: int
    """Pictures of the library: the references and the known sides of the pairs."""
    refused: int
    """Of those, how many the library refused, as too plain to compare or default avatars."""
    queries: int
    unanswered: int
    """Pictures that were asked about and ended the process."""
    edits: tuple[Recall, ...]
    guards: tuple[Recall, ...]
    """The same photo between different things."""
    confused: tuple[Confused, ...]
    mean_recall: float
    """Over the edits, each counting the same; those without copies left out."""
    worst: str
    """The edit with the lowest recall."""
    fakeprofile: FalseShare
    phash: FalseShare
    pdq: FalseShare
    false_matches: tuple[FalseMatch, ...]


def counted(trial: Trial, held: Sequence[Known], refused: Sequence[Gap], asked: Sequence[Asked]) -> Counted:
    """The numbers.

    Args:
        trial: what was asked.
        held: the pictures of the library.
        refused: those it did not take.
        asked: all answers.
    """
    shows = {one.name: one.shows for one in held}
    answered = [(one.question, one.answer) for one in asked if one.answer is not None]
    by_kind: dict[str, list[tuple[Question, Answer]]] = {}
    for question, answer in answered:
        by_kind.setdefault(question.kind, []).append((question, answer))
    guards = [name for name, kind in PAIRINGS.items() if kind.expected is Expected.SAME]
    edits = tuple(_recall(name, EDITS[name].group, by_kind.get(name, []), shows) for name in trial.edits)
    measured = [one for one in edits if one.copies]
    return Counted(
        seed=trial.seed,
        photos=len(trial.album.names),
        references=len(trial.split.references),
        unrelated=len(trial.split.known_side) + len(trial.split.query_side),
        known=len(held),
        refused=len(refused),
        queries=len(asked),
        unanswered=len(asked) - len(answered),
        edits=edits,
        guards=tuple(
            _recall(name, PAIRINGS[name].group, by_kind.get(name, []), shows)
            for name in guards
            if name in by_kind
        ),
        confused=tuple(
            _confused(name, by_kind[name], shows)
            for name in (UNEDITED, *PAIRINGS, TAKES)
            if name in by_kind and name not in guards
        ),
        mean_recall=sum(one.share for one in measured) / max(1, len(measured)),
        worst=min(measured or edits, key=lambda one: one.share).name,
        fakeprofile=_false_share(answered, shows, lambda answer: [name for name, _ in answer.proven]),
        phash=_false_share(answered, shows, lambda answer: answer.phash),
        pdq=_false_share(answered, shows, lambda answer: answer.pdq),
        false_matches=tuple(_false_matches(answered, shows)),
    )


# --- steps ----------------------------------------------------------------------------------------


def _recall(
    name: str, group: str, answers: Sequence[tuple[Question, Answer]], shows: dict[str, frozenset[str]]
) -> Recall:
    """Copies of what the library refused do not count: there is nothing to find."""
    copies = [(question, answer) for question, answer in answers if question.own in shows]
    own = [str(question.own) for question, _ in copies]
    found = [one in _names(answer) for one, (_, answer) in zip(own, copies, strict=True)]
    low, high = wilson(sum(found), len(copies)) if copies else (0.0, 1.0)
    return Recall(
        name=name,
        group=group,
        copies=len(copies),
        found=sum(found),
        similar=sum(
            not yes and one in answer.similar
            for yes, one, (_, answer) in zip(found, own, copies, strict=True)
        ),
        low=low,
        high=high,
        phash=sum(one in answer.phash for one, (_, answer) in zip(own, copies, strict=True)),
        pdq=sum(one in answer.pdq for one, (_, answer) in zip(own, copies, strict=True)),
        false=len(list(_false_matches(answers, shows))),
    )


def _confused(
    name: str, answers: Sequence[tuple[Question, Answer]], shows: dict[str, frozenset[str]]
) -> Confused:
    same = sum(question.own in _names(answer) for question, answer in answers)
    return Confused(
        name=name,
        group=PAIRINGS[name].group if name in PAIRINGS else name,
        pairs=len(answers),
        same=same,
        similar=sum(question.own in answer.similar for question, answer in answers),
        high=at_most(same, len(answers)),
        phash=sum(question.own in answer.phash for question, answer in answers),
        pdq=sum(question.own in answer.pdq for question, answer in answers),
        false=len(list(_false_matches(answers, shows))),
    )


def _names(answer: Answer) -> list[str]:
    return [name for name, _ in answer.proven]


def _false_matches(
    answers: Iterable[tuple[Question, Answer]], shows: dict[str, frozenset[str]]
) -> Iterator[FalseMatch]:
    for question, answer in answers:
        for name, log10_lr in answer.proven:
            if not shows[name] & answer.shows:
                yield FalseMatch(kind=question.kind, query=question.about, known=name, log10_lr=log10_lr)


def _false_share(
    answers: Sequence[tuple[Question, Answer]],
    shows: dict[str, frozenset[str]],
    said: Callable[[Answer], Sequence[str]],
) -> FalseShare:
    """Of all pairs that show nothing of each other, how many are called the same."""
    pairs = false = 0
    for _, answer in answers:
        strangers = {name for name, what in shows.items() if not what & answer.shows}
        pairs += len(strangers)
        false += len(strangers & set(said(answer)))
    low, high = clopper_pearson(false, pairs) if pairs else (0.0, 1.0)
    limit = at_most(false, pairs) if pairs else 1.0
    return FalseShare(pairs=pairs, false=false, low=low, high=high, at_most=limit)
