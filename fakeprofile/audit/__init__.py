"""Many accounts at once: the files that people have -> which accounts show pictures that stand elsewhere too.

It reads like a list, as ``check`` does for one account. All of it is in a folder: the accounts, a journal of what was
looked at, and the results; so an audit that was ended, in whatever way, goes on where it was.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from fakeprofile.audit.along import Along, alone
from fakeprofile.audit.engine import Step
from fakeprofile.audit.folder import Folder
from fakeprofile.audit.journal import Journal
from fakeprofile.audit.lent import lent_library
from fakeprofile.audit.naming import Naming
from fakeprofile.audit.outputs import write
from fakeprofile.audit.run import Audited, Run
from fakeprofile.audit.sharing import sharing_of
from fakeprofile.audit.spool import Spool
from fakeprofile.audit.web import gaps_of
from fakeprofile.audit.weighing import Ground, Weighing
from fakeprofile.check import compared_with, library_gaps, search_gaps
from fakeprofile.records import Gap
from fakeprofile.references.library import Library
from fakeprofile.tools import Tools

__all__ = ["Along", "Audited", "Step", "alone", "audit"]


def audit(
    sources: Sequence[Path],
    out: Path,
    tools: Tools,
    *,
    workers: int = 1,
    resume: bool = False,
    remember: bool = False,
    more_gaps: tuple[Gap, ...] = (),
    references: Path | None = None,
    along: Along = alone,
) -> Audited:
    """Where else the pictures of many accounts stand, and which accounts show the same ones.

    Args:
        sources: exports, downloads, lists, folders, zips.
        out: the folder for the results, and to go on from.
        tools: the library and whatever else may be used.
        workers: how many processes look at photos, at most; the results are the same for any number.
        resume: only go on with what was begun.
        remember: keep the accounts that are flagged as cases.
        more_gaps: what could not be looked at before this began.
        references: a folder or list to compare with as well, without adding it to the library.
        along: looks on, and may end it.

    Raises:
        UsageError: the folder cannot be used.
        SourceError: no source holds any account, or nothing of the references can be understood.
        LibraryError: the library cannot be read.
    """
    folder = Folder(out)
    with (
        folder.begun(list(sources), resume=resume),
        folder.alone(),
        Journal(folder.work / "journal.jsonl") as journal,
        lent_library(references, folder.work, tools, workers) as shelf,
    ):
        tools = dataclasses.replace(tools, folder=shelf.library)
        spool = Spool(folder.work / "accounts.jsonl")
        run = Run(folder, journal, spool, tools, list(sources))
        went_on = run.begun(shelf.stamp, workers)
        if run.is_finished(remember):
            return run.as_it_was(went_on)
        intake = run.intake()
        with Library.open(folder.work / "pictures.sqlite") as pictures:
            complete = run.work(pictures, along)
        sharing = sharing_of(run.engine, spool)
        found = run.searched(complete, along)
        unasked, needless = gaps_of(found.public, run.engine, spool)
        more_gaps = (*more_gaps, *shelf.gaps, *run.unsearched(complete), *unasked)
        complete = complete and found.complete
        compared, naming = compared_with(tools), Naming(sources, [references] if references else [])
        ground = Ground(
            today=run.on,
            compared=compared,
            gaps=(*library_gaps(compared), *search_gaps(tools)),
            watched=tools.library.watch_list(),
            naming=naming,
            public=found.public,
        )
        weighing = Weighing(run.engine, spool, sharing, ground)
        written = write(
            folder, run.engine, spool, intake, sharing, weighing, naming,
            on=run.on, complete=complete, gaps=tuple(map(naming.gap, (*more_gaps, *run.engine.gaps(naming)))),
            aside=(*ground.gaps, *needless),
        )  # fmt: skip
        kept = run.remembered(written.flagged, weighing) if remember and complete else 0
        if complete:
            run.finish(remember)
        return Audited(
            folder=out, summary=written.summary, text=written.text, went_on=went_on, remembered=kept
        )
