"""Real photos of one scene at different moments, which no drawing stands for: bursts, stereo pairs, frames of videos.

Somebody who has them puts the takes of each scene in a folder of its own, or gives videos. One take is known, as it is,
in a chat and as a thumbnail; the others are asked about, and none of them is the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from fakeprofile.bench.album import picture_in
from fakeprofile.bench.chance import Dice, dice_of, happens
from fakeprofile.bench.chats import chat
from fakeprofile.bench.edits import saved
from fakeprofile.bench.pool import Picture, Pool
from fakeprofile.bench.trial import Known, Question
from fakeprofile.errors import PhotoError, UsageError
from fakeprofile.photo import files_of
from fakeprofile.records import Gap

TAKES = "other takes"
"""What the questions are called."""
VIDEOS = frozenset({".avi", ".mp4", ".mov", ".mkv", ".webm", ".m4v"})
STARTS, LATER = (0.15, 0.55), (3, 12, 40)
"""Where in a video the known frames are, as shares of its length, and how many frames later those that are asked about."""
SIDE, SMALL = 1600, 150
"""Longest side of a take and of the thumbnail of one, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes:
    """What a folder of scenes gives."""

    known: tuple[Known, ...] = ()
    questions: tuple[Question, ...] = ()
    gaps: tuple[Gap, ...] = ()


def takes_in(folder: Path, seed: int, made: Path) -> Takes:
    """The takes of all scenes of a folder: each folder in it is a scene, and each video in it one for each known frame.

    Args:
        folder: of folders of photos, and of videos.
        seed: what is drawn around them follows from it.
        made: where the pictures are put.

    Raises:
        UsageError: there is no scene of two takes in it.
    """
    known: list[Known] = []
    questions: list[Question] = []
    gaps: list[Gap] = []
    for scene, takes in _scenes(folder, gaps):
        (first, picture), *others = takes
        for form, drawn in _forms(picture, dice_of(seed, "known", scene)):
            path = _put(drawn, made / f"take-{len(known):05}-known", dice_of(seed, "known", scene, form))
            shows = frozenset({f"take {scene} {first}"})
            known.append(Known(name=f"{scene} {first}{form}", path=path, shows=shows))
        for name, picture in others:
            about = f"{scene} {name}"
            path = _put(picture, made / f"take-{len(questions):05}-asked", dice_of(seed, about))
            shows = frozenset({f"take {about}"})
            question = Question(kind=TAKES, about=about, path=path, shows=shows, own=f"{scene} {first}")
            questions.append(question)
    if not questions:
        raise UsageError(
            f"{folder}: no scene with two takes is in it: give a folder with a folder of photos for each scene, or videos"
        )
    return Takes(known=tuple(known), questions=tuple(questions), gaps=tuple(gaps))


# --- steps ----------------------------------------------------------------------------------------

Take = tuple[str, Picture]


def _scenes(folder: Path, gaps: list[Gap]) -> Iterator[tuple[str, list[Take]]]:
    """Each scene with two takes at least, the known one first; what cannot be read goes to the gaps."""
    for place in sorted(folder.iterdir()):
        if place.is_dir():
            takes = list(_photos(place, gaps))
            if len(takes) > 1:
                yield place.name, takes
        elif place.suffix.lower() in VIDEOS:
            yield from _of_video(place, gaps)


def _of_video(video: Path, gaps: list[Gap]) -> Iterator[tuple[str, list[Take]]]:
    count = sum(1 for _ in _frames(video, ()))
    wanted = [int(count * start) + later for start in STARTS for later in (0, *LATER)]
    frames = dict(one for one in _frames(video, wanted) if one is not None)
    if not frames:
        gaps.append(Gap(step="photo", about=str(video), reason="no frame of this video can be read"))
    for start in STARTS:
        first = int(count * start)
        takes = [
            (f"frame {at}", frames[at]) for at in (first, *(first + later for later in LATER)) if at in frames
        ]
        if len(takes) > 1:
            yield f"{video.name} {first}", takes


def _photos(folder: Path, gaps: list[Gap]) -> Iterator[Take]:
    for file in files_of([folder]):
        if isinstance(file, Gap):
            gaps.append(file)
            continue
        try:
            yield file.name, picture_in(file, SIDE)
        except PhotoError as error:
            gaps.append(Gap(step="photo", about=str(file), reason=str(error)))


def _frames(video: Path, wanted: Iterable[int]) -> Iterator[tuple[int, Picture] | None]:
    """For each frame of a video its number and picture if it is wanted, else None."""
    import cv2

    chosen, number, reader = set(wanted), 0, cv2.VideoCapture(str(video))
    while reader.grab():
        taken = None
        if number in chosen:
            there, frame = reader.retrieve()
            if there:
                taken = number, Image.fromarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))
        yield taken
        number += 1
    reader.release()


def _forms(picture: Picture, dice: Dice) -> Iterator[tuple[str, Picture]]:
    """A take as it is, in a chat and small."""
    small = picture.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    yield "", picture
    yield " in a chat", chat(picture, dice, Pool([""], lambda _: picture, dice), dark=happens(dice, 0.5))
    yield " small", small


def _put(picture: Picture, path: Path, dice: Dice) -> Path:
    data, suffix = saved(picture, dice)
    path = path.with_name(path.name + suffix)
    path.write_bytes(data)
    return path
