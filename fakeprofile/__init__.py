"""Given the photos of an account, says whether they are somebody else's. Compares pictures, never faces.

    from fakeprofile import check, open_library

    with open_library("library.sqlite") as library:
        report = check(["avatar.png"], library=library, handle="instagram:lars", age=11)
        print(report.verdict.level, report.verdict.flagged)

Every other name to use is in ``__all__``.
"""

from __future__ import annotations

from fakeprofile.api import add_references, check, compare, match, open_library
from fakeprofile.errors import (
    FakeprofileError,
    LibraryError,
    LibraryForeign,
    LibraryLocked,
    LibraryMissing,
    LibraryNewer,
    LibraryReadOnly,
    PhotoError,
    SourceError,
    UsageError,
    WorkerError,
)
from fakeprofile.records import Comparison, Facts, Gap, Level, Looked, Match, Report, Sighting, Verdict
from fakeprofile.references.library import Library
from fakeprofile.settings import Limits, Settings
from fakeprofile.version import VERSION as __version__

__all__ = [
    "Comparison",
    "Facts",
    "FakeprofileError",
    "Gap",
    "Level",
    "Library",
    "LibraryError",
    "LibraryForeign",
    "LibraryLocked",
    "LibraryMissing",
    "LibraryNewer",
    "LibraryReadOnly",
    "Limits",
    "Looked",
    "Match",
    "PhotoError",
    "Report",
    "Settings",
    "Sighting",
    "SourceError",
    "UsageError",
    "Verdict",
    "WorkerError",
    "__version__",
    "add_references",
    "check",
    "compare",
    "match",
    "open_library",
]
