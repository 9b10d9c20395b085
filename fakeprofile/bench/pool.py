"""Photos that stand beside the picture in a collage or on a profile page, and which of them were used."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PIL import Image

from fakeprofile.bench.chance import Dice

Picture = Image.Image


class Pool:
    """Photos to draw from, in an order of its own; no photo twice until all were drawn.

    ``taken`` holds the names of those that were drawn: they really stand in the result.
    """

    def __init__(self, names: Sequence[str], load: Callable[[str], Picture], dice: Dice) -> None:
        self._names = [names[number] for number in dice.permutation(len(names))]
        self._load = load
        self.taken: list[str] = []

    def take(self, count: int) -> list[Picture]:
        """The next photos."""
        drawn = []
        for _ in range(count):
            name = self._names[len(self.taken) % len(self._names)]
            self.taken.append(name)
            drawn.append(self._load(name))
        return drawn
