"""What stands in the line: work, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """Work that needs no worker, as its result is known."""

    result: Result


@dataclass(frozen=True, slots=True)
class Raised:
    """The error that the function raised, and its traceback in the process where that happened."""

    error: BaseException
    trace: str


@dataclass(frozen=True, slots=True)
class Lost:
    """There is no result: the process that worked on it died, and so did the next one."""

    reason: str


Answer = Done[Any] | Raised | Lost


@dataclass(slots=True, eq=False)
class Ticket:
    """One work in the line. It changes while it is worked on."""

    work: Any
    answer: Answer | None = None
    deaths: int = 0
    """How many processes have died of it, or beside it."""
