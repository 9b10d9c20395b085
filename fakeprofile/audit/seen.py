"""What is kept in memory of the photos of an audit: some two hundred bytes each, as there can be a hundred thousand.

A record and a text of 64 digits for each, in several dictionaries, take six hundred.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fakeprofile.records import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of a file besides its place in the journal. There are few different ones."""

    proven: bool = False
    """Whether it is the same picture as something that is known."""
    case: bool = False
    """Whether that is an account that was checked before."""
    stock: bool = False
    """Whether it is known to stand in a shop of stock pictures."""
    status: Status = Status.OK
    default: str = ""
    """The ``AvatarWhy`` if it is a default avatar."""


class Files:
    """Every file that was met, numbered by its SHA-256 (64 hexadecimal digits)."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._keys: list[bytes] = []

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, sha: str) -> int:
        """The number of a file, which is the next one if it is new."""
        key = bytes.fromhex(sha)
        number = self._numbers.setdefault(key, len(self._keys))
        if number == len(self._keys):
            self._keys.append(key)
        return number

    def number_of(self, sha: str) -> int | None:
        """The number of a file; None if it was not met."""
        return self._numbers.get(bytes.fromhex(sha))

    def sha(self, number: int) -> str:
        """The SHA-256 of a file."""
        return self._keys[number].hex()


class Entries(Mapping[str, Told]):
    """The files that were looked at, in that order, each with what is told of it."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._numbers = array("I")
        """The files in the order in which they were looked at."""
        self._orders = array("I")
        """For each file the how-manieth it is, from 1; 0 if it was not looked at."""
        self._places = array("Q")
        self._kinds = array("H")
        self._told: list[Told] = []
        self._kind_of: dict[Told, int] = {}

    def enter(self, sha: str, place: int, told: Told) -> None:
        """Notes a file that was looked at, and the place of its line in the journal."""
        number = self._files.add(sha)
        if told not in self._kind_of:
            self._kind_of[told] = len(self._told)
            self._told.append(told)
        self._orders.extend([0] * (len(self._files) - len(self._orders)))
        self._numbers.append(number)
        self._places.append(place)
        self._kinds.append(self._kind_of[told])
        self._orders[number] = len(self._numbers)

    def __getitem__(self, sha: str) -> Told:
        return self._told[self._kinds[self.order_of(sha)]]

    def __contains__(self, sha: object) -> bool:
        return isinstance(sha, str) and self._order(sha) > 0

    def __iter__(self) -> Iterator[str]:
        return map(self._files.sha, self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def order_of(self, sha: str) -> int:
        """How many files were looked at before.

        Raises:
            KeyError: it was not looked at.
        """
        order = self._order(sha)
        if not order:
            raise KeyError(sha)
        return order - 1

    def place_of(self, sha: str) -> int:
        """The place of its line in the journal.

        Raises:
            KeyError: it was not looked at.
        """
        return self._places[self.order_of(sha)]

    def _order(self, sha: str) -> int:
        number = self._files.number_of(sha)
        return self._orders[number] if number is not None and number < len(self._orders) else 0


class Places(Mapping[int, str]):
    """Which file stands at a place: its SHA-256, or "" if it could not be read; by rising places."""

    _UNKNOWN, _UNREADABLE, _FIRST = 0, 1, 2

    def __init__(self, files: Files) -> None:
        self._files = files
        self._numbers = array("I")
        self._known = 0

    def set(self, place: int, sha: str) -> None:
        """Notes which file stands at a place."""
        self._numbers.extend([self._UNKNOWN] * (place + 1 - len(self._numbers)))
        self._known += self._numbers[place] == self._UNKNOWN
        self._numbers[place] = self._files.add(sha) + self._FIRST if sha else self._UNREADABLE

    def forget(self) -> None:
        """Knows of no place any more."""
        self._numbers, self._known = array("I"), 0

    def repeated(self) -> Iterator[str]:
        """The files that stand at several places."""
        counts = bytearray(len(self._files) + self._FIRST)
        for number in self._numbers:
            if counts[number] == 1 and number >= self._FIRST:
                yield self._files.sha(number - self._FIRST)
            counts[number] = min(2, counts[number] + 1)

    def __getitem__(self, place: int) -> str:
        number = self._numbers[place] if 0 <= place < len(self._numbers) else self._UNKNOWN
        if number == self._UNKNOWN:
            raise KeyError(place)
        return self._files.sha(number - self._FIRST) if number >= self._FIRST else ""

    def __iter__(self) -> Iterator[int]:
        return (place for place, number in enumerate(self._numbers) if number != self._UNKNOWN)

    def __len__(self) -> int:
        return self._known


class Marks:
    """Which of the files have something done to them."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._marks = bytearray()

    def add(self, sha: str) -> None:
        """Notes it of a file."""
        number = self._files.add(sha)
        self._marks.extend(bytes(max(0, number + 1 - len(self._marks))))
        self._marks[number] = 1

    def __contains__(self, sha: str) -> bool:
        number = self._files.number_of(sha)
        return number is not None and number < len(self._marks) and self._marks[number] == 1
