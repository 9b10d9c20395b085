"""Everything from outside that a run uses: opened here once, and closed here."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from fakeprofile.avatar import NO_TEMPLATES, Templates
from fakeprofile.records import Panel
from fakeprofile.references.library import Library
from fakeprofile.settings import DEFAULT, Settings


def utc_today() -> str:
    """Today's date in UTC, by this machine's clock."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a run may use of the outside world."""

    library: Library
    """Where references and cases are kept."""
    folder: Library | None = None
    """References given with the command, which are not kept."""
    settings: Settings = DEFAULT
    panels: tuple[Panel, ...] = ()
    """Where in the photo pictures stand, if somebody has said so; else they are looked for."""
    templates: Templates = NO_TEMPLATES
    """Pictures that the user has named as default avatars: they are not compared."""
    today: Callable[[], str] = utc_today
