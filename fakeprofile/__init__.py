"""Given the photos of an account, says whether they are somebody else's. Compares pictures, never faces.

    from fakeprofile import check, open_library

    with open_library("library.sqlite") as library:
        report = check(["avatar.png"], library=library, handle="instagram:lars", age=11)
        print(report.verdict.level, report.verdict.flagged)

Every other name to use is in ``__all__``.
"""

from __future__ import annotations

from fakeprofile import starting  # noqa: F401 - first: it says what Ctrl-C does while the rest is loaded
from fakeprofile.api import (
    add_references,
    audit,
    changes,
    check,
    compare,
    match,
    open_library,
    public_search,
)
from fakeprofile.audit import Audited, Step
from fakeprofile.changes import Changes
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
from fakeprofile.records import (
    Account,
    Comparison,
    Facts,
    Gap,
    Level,
    Looked,
    Match,
    Report,
    Sighting,
    Verdict,
)
from fakeprofile.references.library import Library
from fakeprofile.report.audit import AuditSummary
from fakeprofile.search.plan import Plan
from fakeprofile.settings import Limits, Settings
from fakeprofile.tools import Search
from fakeprofile.version import VERSION as __version__

__all__ = [
    "Account",
    "AuditSummary",
    "Audited",
    "Changes",
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
    "Plan",
    "Report",
    "Search",
    "Settings",
    "Sighting",
    "SourceError",
    "Step",
    "UsageError",
    "Verdict",
    "WorkerError",
    "__version__",
    "add_references",
    "audit",
    "changes",
    "check",
    "compare",
    "match",
    "open_library",
    "public_search",
]
