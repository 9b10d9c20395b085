"""Which search services there are: our own, listed here, and strangers' by entry point.

A stranger's package names its class in the group ``fakeprofile.search``. One that cannot be used is
listed with the reason; it never ends the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points

from fakeprofile.errors import UsageError
from fakeprofile.search.google import GoogleVision
from fakeprofile.search.guard import Broken, Guarded, attempt, guarded
from fakeprofile.search.rows import one_line
from fakeprofile.search.serpapi import SerpApiBing, SerpApiLens, SerpApiYandex
from fakeprofile.search.service import Service
from fakeprofile.search.tineye import TinEye
from fakeprofile.search.yandex import Yandex

GROUP = "fakeprofile.search"
BUILT_IN: tuple[Service, ...] = (
    TinEye(),
    GoogleVision(),
    Yandex(),
    SerpApiLens(),
    SerpApiBing(),
    SerpApiYandex(),
)
OURS = "fakeprofile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One service, or a stranger's module that cannot be used as one."""

    name: str
    """As commands write it; of a module that cannot be used, the name of its entry point."""
    origin: str
    """The package that it comes from."""
    service: Service | None = field(default=None, repr=False)
    reason: str = ""
    """Why it cannot be used; empty if it can."""


def catalogue(strangers: Iterable[EntryPoint] | None = None) -> tuple[Listed, ...]:
    """Every service: our own first, then strangers' by name, each that is broken with its reason.

    Args:
        strangers: entry points to look at instead of those that are installed.
    """
    listed = [Listed(name=one.terms.name, origin=OURS, service=one) for one in BUILT_IN]
    given = entry_points(group=GROUP) if strangers is None else strangers
    for point in sorted(given, key=lambda one: (one.name, one.value)):
        listed.append(_with_own_name(_loaded(point), listed))
    return tuple(listed)


def chosen(names: Sequence[str], listed: Iterable[Listed]) -> tuple[Listed, ...]:
    """The services with these names, each once, in the order of the catalogue; one may be broken.

    Raises:
        UsageError: there is none of that name.
    """
    known = tuple(listed)
    for name in names:
        if name not in {one.name for one in known}:
            there = ", ".join(one.name for one in known if one.service is not None)
            raise UsageError(f"there is no search service “{one_line(name, 40)}”; there are: {there}")
    # A broken one never takes the place of the sound one of the same name.
    usable = {one.name for one in known if one.service is not None}
    wanted = [one for one in known if one.name in names]
    return tuple(one for one in wanted if one.service is not None or one.name not in usable)


def key_names(listed: Iterable[Listed]) -> tuple[str, ...]:
    """The names of all keys that these services need, each once."""
    services = [one.service for one in listed if one.service is not None]
    return tuple(dict.fromkeys(name for service in services for name in service.terms.keys))


def _loaded(point: EntryPoint) -> Listed:
    name, origin = one_line(point.name, 40), one_line(_origin(point), 60)

    def made() -> object:
        found = point.load()
        return found() if isinstance(found, type) else found

    service = attempt(made)
    held: Guarded | Broken = service if isinstance(service, Broken) else guarded(service)
    if isinstance(held, Broken):
        return Listed(name=name, origin=origin, reason=held.reason)
    return Listed(name=held.terms.name, origin=origin, service=held)


def _origin(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value.partition(":")[0]


def _with_own_name(one: Listed, before: Iterable[Listed]) -> Listed:
    """The service, unless another came first under its name: then it cannot be called by it."""
    for other in before:
        if one.service is not None and other.service is not None and other.name == one.name:
            return Listed(
                name=one.name, origin=one.origin, reason=f"its name is that of a service of {other.origin}"
            )
    return one
