"""Services and modules of strangers, of which some break everything that they touch."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fakeprofile.net import Wire
from fakeprofile.records import Gap, Hit, HitKind
from fakeprofile.search.service import Keys, Price, Question, Quota, Reply, Terms

TERMS = Terms(
    name="invented",
    title="Invented Search",
    sends="the picture",
    keeps="Not documented.",
    price=Price.FREE,
    price_note="free (2026)",
    keys=(),
)
HIT = Hit(service="invented", kind=HitKind.COPY, page_url="https://a.example/")


class Invented:
    """A good one; what it gives back and says can be set."""

    terms = TERMS
    gives: Any = Reply(hits=(HIT,), charged=0)

    def ask(self, question: Question, wire: Wire, keys: Keys) -> Reply:
        if isinstance(self.gives, BaseException):
            raise self.gives
        return self.gives  # type: ignore[no-any-return]

    def quota(self, wire: Wire, keys: Keys) -> Quota | Gap | None:
        return self.ask(Question(photo="", jpeg=b""), wire, keys) and None


class Renamed(Invented):
    """The same under another name."""

    terms = replace(TERMS, name="renamed", title="Renamed Search")


class Impostor(Invented):
    """Calls itself as one of ours."""

    terms = replace(TERMS, name="tineye")


class Quitting(Invented):
    """Ends the program when it is made."""

    def __init__(self) -> None:
        raise SystemExit(3)


class Interrupting(Invented):
    """Ends as if somebody had pressed Ctrl-C."""

    def __init__(self) -> None:
        raise KeyboardInterrupt


class Trapped(Invented):
    """Whose description cannot even be looked at."""

    @property
    def terms(self) -> Terms:  # type: ignore[override]
        raise RuntimeError("no /home/somebody/secret/place.py for you")


class Unspeakable(Exception):
    """An exception that cannot be shown."""

    def __str__(self) -> str:
        raise ValueError


class Vague(Invented):
    """Says nothing of what it does with the picture."""

    terms = replace(TERMS, keeps="")


class Empty:
    """Has nothing of a service."""


an_object = Invented()
a_number = 7
