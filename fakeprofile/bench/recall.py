"""How many copies are found, and what is taken for a copy that is none, on photos of one's own.

``recall`` is a list of steps like ``check``: split the photos, make pairs that fool others, build a real
library, edit references and look everything up, count. All before the looking up is ``prepared``, which the
calibration of the strengths starts from as well.
"""

from __future__ import annotations

import contextlib
import functools
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from fakeprofile.bench.album import album_of, split_of
from fakeprofile.bench.asking import answer_to, peers_in
from fakeprofile.bench.chance import dice_of
from fakeprofile.bench.counting import Asked, Counted, counted
from fakeprofile.bench.edits import Edit
from fakeprofile.bench.export import export
from fakeprofile.bench.takes import Takes, takes_in
from fakeprofile.bench.trial import Known, Question, Trial, copies_of, made_pair, pair_numbers, unedited
from fakeprofile.enroll import enroll
from fakeprofile.errors import UsageError
from fakeprofile.records import Entry, Gap, NewSighting
from fakeprofile.references.library import Library
from fakeprofile.settings import DEFAULT, Settings
from fakeprofile.tools import Tools
from fakeprofile.workers import Lost, mapped

Item = TypeVar("Item")
Watch = Callable[[Iterable[Item], str, int], Generator[Item]]
"""Hands on what it gets, and shows how far it is."""


def unwatched(items: Iterable[Item], what: str, total: int) -> Generator[Item]:
    """The items; nobody watches."""
    del what, total
    yield from items


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a user may choose."""

    edits: tuple[Edit, ...]
    queries: int
    """How many references are edited."""
    kinds: tuple[str, ...]
    """The kinds of pairs that are made."""
    pairs: int
    """How many of each kind."""
    seed: int
    workers: int
    export: Path | None = None
    """A folder to leave all pictures in, known and asked about."""
    takes: Path | None = None
    """A folder of scenes at different moments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The numbers, and every answer behind them."""

    counted: Counted
    trial: Trial
    known: tuple[Known, ...]
    asked: tuple[Asked, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """A library, and what it will be asked."""

    trial: Trial
    known: tuple[Known, ...]
    """The pictures of the library."""
    library: Library
    questions: tuple[Question, ...]
    refused: tuple[Gap, ...]
    """The pictures that the library did not take."""
    gaps: tuple[Gap, ...]
    """Photos that could not be read, and what was refused."""


@contextlib.contextmanager
def prepared(
    photos: Sequence[Path],
    wishes: Wishes,
    *,
    settings: Settings = DEFAULT,
    today: str,
    watch: Watch[Any] = unwatched,
) -> Iterator[Exam]:
    """A library of most of the photos and all questions about it; they are gone when the block ends.

    Args:
        photos: files and folders; the same photo more than once does no harm.
        wishes: what to measure.
        settings: of the library.
        today: the date in UTC.
        watch: shows how far it is.

    Raises:
        UsageError: too few photos, or no scene where scenes were given.
        WorkerError: no process can be started.
    """
    with tempfile.TemporaryDirectory(prefix="fakeprofile-bench-") as folder:
        made = Path(folder)
        album, unread = album_of(photos, wishes.workers)
        trial = Trial(
            album=album,
            split=split_of(album, wishes.seed),
            seed=wishes.seed,
            edits=tuple(edit.name for edit in wishes.edits),
            queries=wishes.queries,
            kinds=wishes.kinds,
            pairs=wishes.pairs,
            folder=made,
        )
        takes = takes_in(wishes.takes, wishes.seed, made) if wishes.takes else Takes()
        pairs = _pairs(trial, wishes.workers, watch)
        known = (*_references(trial), *(one for one, _ in pairs), *takes.known)
        with Library.open(made / "library.sqlite") as library:
            refused = _enrolled(known, library, settings, today, wishes.workers, watch)
            held = tuple(one for one in known if one.name not in {gap.about for gap in refused})
            yield Exam(
                trial=trial,
                known=held,
                library=library,
                questions=(*_questions(trial, held, [query for _, query in pairs]), *takes.questions),
                refused=refused,
                gaps=(*unread, *takes.gaps, *refused),
            )


@contextlib.contextmanager
def recall(
    photos: Sequence[Path],
    wishes: Wishes,
    *,
    settings: Settings = DEFAULT,
    today: str,
    watch: Watch[Any] = unwatched,
) -> Iterator[Outcome]:
    """What is found and what is mistaken; the pictures that were made lie there until the block ends.

    Args and Raises: as of ``prepared``.
    """
    with prepared(photos, wishes, settings=settings, today=today, watch=watch) as exam:
        asked = _asked(exam, Tools(library=exam.library, settings=settings), wishes, watch)
        if wishes.export is not None:
            export(exam.known, asked, wishes.export)
        numbers = counted(exam.trial, exam.known, exam.refused, asked)
        yield Outcome(counted=numbers, trial=exam.trial, known=exam.known, asked=asked, gaps=exam.gaps)


# --- steps ----------------------------------------------------------------------------------------


def _pairs(trial: Trial, workers: int, watch: Watch[Any]) -> list[tuple[Known, Question]]:
    numbers = list(pair_numbers(trial))
    making = functools.partial(made_pair, trial=trial)
    with contextlib.closing(mapped(making, zip(numbers, numbers, strict=True), workers)) as made:
        watched = watch(made, "making pairs", len(numbers))
        return [pair for _, pair in watched if not isinstance(pair, Lost)]


def _references(trial: Trial) -> Iterator[Known]:
    for name in trial.split.references:
        yield Known(name=name, path=trial.album.path_of(name), shows=frozenset({trial.album.group_of(name)}))


def _enrolled(
    known: Sequence[Known],
    library: Library,
    settings: Settings,
    today: str,
    workers: int,
    watch: Watch[Any],
) -> tuple[Gap, ...]:
    """Adds the known pictures under their names; those that were refused, named like them."""
    names = {str(one.path): one.name for one in known}
    entries = (
        Entry(about=one.name, path=str(one.path), sighting=NewSighting(identity=one.name)) for one in known
    )
    outcomes = enroll(entries, library, today=today, settings=settings, workers=workers)
    return tuple(
        Gap(step=gap.step, about=names.get(gap.about, gap.about), reason=gap.reason)
        for gap in watch(outcomes, "reference set", len(known))
        if isinstance(gap, Gap)
    )


def _questions(trial: Trial, held: Sequence[Known], of_pairs: Sequence[Question]) -> list[Question]:
    """Copies of some of the references, the photos that are none, and the pairs."""
    references = [one.name for one in held if one.path.parent != trial.folder]
    if not references:
        raise UsageError("the library refused every reference (too plain): name a folder of other photos")
    order = dice_of(trial.seed, "queries").permutation(len(references))[: trial.queries]
    chosen = tuple(references[number] for number in sorted(order))
    return [*copies_of(trial, chosen), *unedited(trial), *of_pairs]


def _asked(exam: Exam, tools: Tools, wishes: Wishes, watch: Watch[Any]) -> tuple[Asked, ...]:
    keep = None
    if wishes.export is not None:
        keep = wishes.export / "queries"
        keep.mkdir(parents=True, exist_ok=True)
    asking = functools.partial(
        answer_to, trial=exam.trial, tools=tools, peers=peers_in(tools.library), keep=keep
    )
    tasks = zip(exam.questions, exam.questions, strict=True)
    with contextlib.closing(mapped(asking, tasks, wishes.workers)) as answers:
        return tuple(
            Asked(question=question, answer=answer if not isinstance(answer, Lost) else None)
            for question, answer in watch(answers, "looking up", len(exam.questions))
        )
