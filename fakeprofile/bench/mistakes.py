"""Pictures of what went wrong: each false match and each missed copy, side by side with the known picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from fakeprofile.bench.asking import file_of
from fakeprofile.bench.counting import Asked
from fakeprofile.bench.edits import opened
from fakeprofile.bench.ink import font
from fakeprofile.bench.pool import Picture
from fakeprofile.bench.recall import Outcome
from fakeprofile.bench.trial import Known, copy_for

MOST = 300
"""Pictures of each sort; the rest would only fill the disk."""
SIDE = 600


def save_mistakes(outcome: Outcome, folder: Path) -> tuple[int, int]:
    """Writes ``false-….png`` and ``missed-….png`` into the folder; how many of each."""
    folder.mkdir(parents=True, exist_ok=True)
    known = {one.name: one for one in outcome.known}
    counts = {"false": 0, "missed": 0}
    for sort, asked, other in _mistakes(outcome, known):
        if counts[sort] < MOST:
            said = f"{asked.question.kind}: {asked.question.about}"
            name = f"{sort}-{counts[sort]:03}-{file_of(asked.question)}.png"
            _beside(_picture_of(asked, outcome), opened(other.path.read_bytes()), said, other.name).save(
                folder / name
            )
            counts[sort] += 1
    return counts["false"], counts["missed"]


def _mistakes(outcome: Outcome, known: dict[str, Known]) -> Iterator[tuple[str, Asked, Known]]:
    guards = {one.name for one in (*outcome.counted.edits, *outcome.counted.guards)}
    for asked in outcome.asked:
        if asked.answer is None:
            continue
        names = [name for name, _ in asked.answer.proven]
        for name in names:
            if not known[name].shows & asked.answer.shows:
                yield "false", asked, known[name]
        own = asked.question.own
        if asked.question.kind in guards and own in known and own not in names:
            yield "missed", asked, known[own]


def _picture_of(asked: Asked, outcome: Outcome) -> Picture:
    question = asked.question
    if question.path is not None:
        return opened(question.path.read_bytes())
    return opened(copy_for(outcome.trial, question)[0])


def _beside(query: Picture, known: Picture, said: str, name: str) -> Picture:
    """What was asked about on the left, what is known on the right, each under its name."""
    for picture in (query, known):
        picture.thumbnail((SIDE, SIDE))
    canvas = Image.new("RGB", (2 * SIDE + 30, SIDE + 50), (255, 255, 255))
    pen = ImageDraw.Draw(canvas)
    for left, picture, words in ((10, query, said), (SIDE + 20, known, f"known: {name}")):
        canvas.paste(picture, (left, 40))
        pen.text((left, 10), words, (0, 0, 0), font(18))
    return canvas
