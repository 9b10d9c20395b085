"""One run of an audit over its folder: what an earlier one has left, what is to be done, and what is noted of it."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fakeprofile.accounts import accounts_in
from fakeprofile.audit.along import Along, Ended
from fakeprofile.audit.engine import Engine, Step
from fakeprofile.audit.folder import RESULTS, Folder
from fakeprofile.audit.journal import Journal, Line
from fakeprofile.audit.spool import Intake, Spool, profile_of, stamp_of
from fakeprofile.audit.web import Found, found_of
from fakeprofile.audit.weighing import Weighing
from fakeprofile.check import account_of
from fakeprofile.errors import LibraryLocked, LibraryReadOnly, UsageError
from fakeprofile.fingerprint import KEYPOINTS, WHOLE
from fakeprofile.looks import photo_of
from fakeprofile.records import Account, Gap, Print, Report, Status
from fakeprofile.references.library import Library
from fakeprofile.report.audit import AuditSummary
from fakeprofile.report.audit_values import summary_from
from fakeprofile.report.document import from_values, report_to_json, to_values
from fakeprofile.tools import Tools
from fakeprofile.version import VERSION
from fakeprofile.views import print_of, views_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """What an audit came to."""

    folder: Path
    summary: AuditSummary
    text: str
    went_on: str = ""
    """What was there of an earlier run, for the user; empty if there was none."""
    remembered: int = 0


class Run:
    """One run over one folder."""

    def __init__(
        self, folder: Folder, journal: Journal, spool: Spool, tools: Tools, sources: list[Path]
    ) -> None:
        self._folder, self._journal, self._spool, self._tools = folder, journal, spool, tools
        self._sources = sources
        self._accounts: Line | None = None
        self._finished: Line | None = None
        self._stamp = stamp_of(sources)
        self._flagged = 0
        """How many accounts are flagged for what they show, at the last step."""
        self.on = tools.today()

    def begun(self, references: str, workers: int) -> str:
        """Takes up what an earlier run has left; what there was of it, in a line.

        Raises:
            UsageError: the folder is that of another audit.
        """
        now = {
            "key": _key(self._tools),
            "library": self._tools.library.state(),
            "references": references,
        }
        self.engine = Engine(self._folder.work, self._journal, self._spool, self._tools, workers)
        head: Line | None = None
        for place, line in self._journal.lines():
            match line["kind"]:
                case "audit":
                    head = line
                case "accounts":
                    self._accounts = line
                case "finished":
                    self._finished = line
                case "state" if head is not None:
                    head["library"] = line["library"]
                case _:
                    self.engine.take(place, line)
        sources = [str(source.resolve()) for source in self._sources]
        if head is not None and head["sources"] != sources:
            raise UsageError(
                f"{self._folder.path} is the audit of {head['sources'][0]}: choose another place with --out FOLDER"
            )
        changed = [] if head is None else [name for name in now if head.get(name) != now[name]]
        if head is not None and not changed:
            self.on = head["on"]
            return f"going on with the audit of {self.on}: {len(self.engine.files):,} photos were looked at"
        self._journal.empty()
        self._folder.clear()
        self._accounts = self._finished = None
        self.engine = Engine(self._folder.work, self._journal, self._spool, self._tools, workers)
        self._journal.add({"kind": "audit", "sources": sources, **now, "on": self.on})
        if head is None:
            return ""
        why = _CHANGED[changed[0]]
        return f"{why} since the audit of {head['on']}: all is looked at again"

    def is_finished(self, remember: bool) -> bool:
        """Whether there is nothing left to do."""
        return (
            self._finished is not None
            and self._tools.search is None
            and not self._finished["search"]
            and (self._finished["remember"] or not remember)
            and self._finished["stamp"] == self._stamp
            # A watch says nothing of a photo: it changes what is told, and has no photo looked at again.
            and self._finished.get("watched") == _watched(self._tools)
            and all((self._folder.path / name).is_file() for name in RESULTS)
        )

    def as_it_was(self, went_on: str) -> Audited:
        """The results of the run that finished."""
        finished = self._finished or {}
        return Audited(
            folder=self._folder.path,
            summary=summary_from(finished["summary"]),
            text=(self._folder.path / "audit.txt").read_text("utf-8"),
            went_on=f"{went_on}; nothing was left to do",
        )

    def intake(self) -> Intake:
        """The accounts of the sources, on the disk; read again only if the sources have changed.

        Raises:
            SourceError: no source holds any account.
        """
        if self._accounts is not None and self._accounts["stamp"] == self._stamp:
            intake = from_values(self._accounts["intake"], Intake)
            if self._spool.load(intake):
                return intake
        self.engine.forget_places()
        intake = self._spool.fill(accounts_in(self._sources))
        self._accounts = {"kind": "accounts", "stamp": self._stamp, "intake": to_values(intake)}
        self._journal.add({"kind": "moved"})
        self._journal.add(self._accounts)
        return intake

    def work(self, pictures: Library, along: Along) -> bool:
        """Looks at all that is left; whether it came to the end."""
        steps = self.engine.steps(pictures)
        ended = Ended(steps)
        with contextlib.closing(steps):
            for step in along(ended, self._spool.photos):
                self._flagged = step.flagged
        return ended.yes

    def searched(self, complete: bool, along: Along) -> Found:
        """What public search shows of the photos, if it may be asked."""
        if self._tools.search is None or not complete:
            return Found()
        return found_of(self.engine, self._spool, self._tools, functools.partial(self._looking_on, along))

    def _looking_on(self, along: Along, answers: Iterator[int], total: int) -> Iterator[int]:
        steps = (Step(done=done, total=total, flagged=self._flagged) for done in answers)
        return (step.done for step in along(steps, total))

    def unsearched(self, complete: bool) -> Iterator[Gap]:
        """Why what was to be searched on the web was not."""
        search = self._tools.search
        if search is None or (complete and any(map(self.engine.is_own, self.engine.files.values()))):
            return
        why = "none of their photos could be read, or says enough to be searched"
        if not complete:
            why = "the audit was ended before"
        elif not self._spool.photos:
            why = "none of these accounts has a photo here"
        if search.asking is not None:
            who = ", ".join(search.services) or "public image search"
            yield Gap(step="found", about=who, reason=f"not asked: {why}")
        if search.saved:
            yield Gap(step="found", about="the saved result pages", reason=f"not compared with: {why}")

    def remembered(self, flagged: Iterable[int], weighing: Weighing) -> int:
        """Keeps the accounts of these numbers as cases; how many."""
        kept = 0
        for number in flagged:
            account = self._spool.account(number)
            _, report = weighing.row(number, account)
            if report is not None:
                self._remember(account, report)
                kept += 1
        self._journal.add({"kind": "state", "library": self._tools.library.state()})
        return kept

    def _remember(self, account: Account, report: Report) -> None:
        profile = profile_of(account)
        try:
            self._tools.library.remember(
                account_of(profile),
                profile.name or account.handle.name,
                list(self._prints(account, report)),
                level=report.verdict.level,
                report=report_to_json(report),
                today=self.on,
            )
        except (LibraryReadOnly, LibraryLocked) as error:
            raise UsageError(f"the accounts were not kept as cases: {error}") from error

    def _prints(self, account: Account, report: Report) -> Iterator[Print]:
        """What a library keeps of the photos: few accounts are flagged, so these are measured once more."""
        for file, looked in zip(account.photos, report.facts.looked, strict=True):
            photo = photo_of(file, self._tools.settings) if looked.status is Status.OK else None
            if photo is not None and not isinstance(photo, Gap):
                views = views_of(photo, self._tools.settings, templates=self._tools.templates)
                if not views[0].plainness:
                    yield print_of(views, self._tools.settings)

    def finish(self, remember: bool) -> None:
        """Notes that there is nothing left to do."""
        summary = self._folder.path / "summary.json"
        self._journal.add(
            {
                "kind": "finished",
                "stamp": self._stamp,
                "search": self._tools.search is not None,
                "remember": remember,
                "watched": _watched(self._tools),
                "summary": summary.read_text("utf-8"),
            }
        )


_CHANGED = {
    "key": "the program, its settings or the pictures named as default avatars have changed",
    "library": "the library has changed",
    "references": "the folder of --references has changed",
}
"""Why all is looked at again, by what stands in the first line of the journal."""


def _key(tools: Tools) -> str:
    """Something else whenever the same photo might be told otherwise, but for what it is compared with."""
    templates = [one.sha256 for one in tools.templates]
    told = (VERSION, KEYPOINTS, WHOLE, tools.settings, templates)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _watched(tools: Tools) -> str:
    """Something else whenever the user watches something else."""
    told = [dataclasses.replace(one, run_on=None) for one in tools.library.watch_list()]
    return hashlib.sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()
