"""Who looks on while an audit works, and may end it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from fakeprofile.audit.engine import Step

Along = Callable[[Iterator[Step], int], Iterable[Step]]
"""Looks on while an audit works: is given the steps and how many photos there are, and hands the steps on. Ending
before the steps do ends the audit, which keeps what it has. If search services are asked, it is called once more,
with a step for each of their answers and how many those will be."""


def alone(steps: Iterator[Step], photos: int) -> Iterable[Step]:  # noqa: ARG001 - what ``Along`` is given
    """Nobody looks on."""
    return steps


class Ended(Iterator[Step]):
    """Steps, and whether they came to their end."""

    def __init__(self, steps: Iterator[Step]) -> None:
        self._steps = steps
        self.yes = False

    def __next__(self) -> Step:
        try:
            return next(self._steps)
        except StopIteration:
            self.yes = True
            raise

    def close(self) -> None:
        """Nothing: the steps are closed by whoever made them."""
