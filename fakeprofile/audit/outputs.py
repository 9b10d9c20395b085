"""What an audit leaves behind: every account in the order of the sources, and the worst for the terminal."""

from __future__ import annotations

import contextlib
import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from fakeprofile.accounts import Understood
from fakeprofile.accounts.packing import account_values
from fakeprofile.audit.engine import Engine
from fakeprofile.audit.folder import Folder
from fakeprofile.audit.naming import Naming
from fakeprofile.audit.sharing import Sharing
from fakeprofile.audit.spool import Intake, Spool
from fakeprofile.audit.weighing import Weighing
from fakeprofile.records import Gap, Level, Report, Status
from fakeprofile.report.audit import (
    GROUPS_UNKNOWN,
    MOST_ROWS,
    SHOWN,
    AuditRow,
    AuditSummary,
    Reached,
    SignCounts,
    audit_text,
)
from fakeprofile.report.audit_table import csv_head, csv_line
from fakeprofile.report.audit_values import row_values, summary_values
from fakeprofile.report.columns import at_width
from fakeprofile.report.document import as_line, to_values
from fakeprofile.report.groups import NO_GROUPS, groups_lines, groups_text
from fakeprofile.report.lines import count

WATCHED, UNASKED = "watched", "unasked"
MOST_UNREAD = 100
"""Photos that could not be read and are named in the summary, the rest is counted: audit.jsonl names all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written."""

    summary: AuditSummary
    text: str
    flagged: tuple[int, ...]
    """The numbers of the accounts that somebody should look at, from 0."""


class _Tally:
    """What is counted of the rows while they are written, and the worst of them for the terminal."""

    def __init__(self) -> None:
        self.levels: Counter[object] = Counter()
        self.signs = SignCounts()
        self.flagged: list[int] = []
        self.unread: list[Gap] = []
        """Photos that could not be read, the first ``MOST_UNREAD``."""
        self._worst: list[tuple[tuple[int, float, int], AuditRow]] = []

    def add(self, row: AuditRow) -> None:
        """Counts an account."""
        self.levels[row.level] += 1
        self.levels[row.reached] += 1
        self.levels[WATCHED] += bool(row.watched)
        self.levels[UNASKED] += bool(row.unasked)
        self.signs.add(row)
        self.unread += row.unread[: MOST_UNREAD - len(self.unread)]
        self.flagged += [row.number - 1] if row.flagged else []
        if row.level in SHOWN:
            # heapq has the smallest first: here that is the one to be dropped.
            rank, strength, number = row.worst_first()
            heapq.heappush(self._worst, ((-rank, -strength, -number), row))
            if len(self._worst) > MOST_ROWS:
                heapq.heappop(self._worst)

    def worst_rows(self) -> list[AuditRow]:
        """The rows that the terminal shows, worst first."""
        return [row for _, row in sorted(self._worst, reverse=True)]


def write(
    folder: Folder,
    engine: Engine,
    spool: Spool,
    intake: Intake,
    sharing: Sharing,
    weighing: Weighing,
    naming: Naming,
    *,
    on: str,
    complete: bool,
    gaps: tuple[Gap, ...],
    aside: tuple[Gap, ...],
) -> Written:
    """Writes all results of what was looked at so far.

    Raises:
        UsageError: the folder cannot be written.
    """
    tally = _Tally()
    with folder.writing("audit.jsonl") as lines, folder.writing("audit.csv") as table:
        table.write("\ufeff" + csv_head())  # without the mark Excel takes UTF-8 for something else
        for row, report in _rows(spool, weighing):
            lines.write(
                as_line(row_values(row, account_values(naming.account(row.account)), _values(report))) + "\n"
            )
            table.write(csv_line(row))
            tally.add(row)
    summary = _summary(
        engine,
        spool,
        intake,
        sharing,
        tally,
        on=on,
        complete=complete,
        gaps=(*map(naming.gap, intake.gaps), *gaps),
        aside=aside,
    )
    with folder.writing("groups.jsonl") as file:
        file.writelines(f"{line}\n" for line in groups_lines(sharing.grouped))
    with folder.writing("summary.json") as file:
        file.write(as_line(summary_values(summary)) + "\n")
    nothing = NO_GROUPS if summary.photos_done else GROUPS_UNKNOWN
    with at_width(None):  # it goes to a file too
        groups = groups_text(sharing.grouped, _labels(spool, sharing), nothing=nothing)
        text = audit_text(summary, tally.worst_rows(), groups, tally.signs, folder.path.name)
    with folder.writing("audit.txt") as file:
        file.write(text)
    return Written(summary=summary, text=text, flagged=tuple(tally.flagged))


def _labels(spool: Spool, sharing: Sharing) -> dict[str, str]:
    """What to call the pictures of groups: the name of the first file of each, and whose it is."""
    labels = {}
    for sha in {sha for group in sharing.grouped.groups for picture in group.pictures for sha in picture}:
        if places := sharing.accounts.get(sha):
            number = spool.account_of(places[0])
            account = spool.account(number)
            photo = account.photos[places[0] - spool.places_of(number)[0]]
            labels[sha] = f"{PurePath(photo.member or photo.path).name} of {account.handle}"
    return labels


def _rows(spool: Spool, weighing: Weighing) -> Iterator[tuple[AuditRow, Report | None]]:
    for number, account in enumerate(spool.accounts()):
        yield weighing.row(number, account)


def _values(report: Report | None) -> dict[str, object] | None:
    if report is None:
        return None
    values: dict[str, object] = to_values(report)
    return values


def _summary(
    engine: Engine,
    spool: Spool,
    intake: Intake,
    sharing: Sharing,
    tally: _Tally,
    *,
    on: str,
    complete: bool,
    gaps: tuple[Gap, ...],
    aside: tuple[Gap, ...],
) -> AuditSummary:
    levels, unread = tally.levels, tally.unread
    unreadable = sum(
        not sha or (sha in engine.entries and engine.entries[sha].status is Status.UNREADABLE)
        for sha in engine.files.values()
    )
    waiting = {
        sha
        for sha, entry in engine.entries.items()
        if entry.status is Status.OK and sha not in engine.compared and engine.is_comparable(sha)
    }
    return AuditSummary(
        on=on,
        complete=complete,
        accounts=len(spool),
        levels={level: levels[level] for level in Level},
        reached={reached: levels[reached] for reached in Reached},
        photos=spool.photos,
        photos_done=sum(engine.is_known(place) for place in engine.files) - unreadable,
        photos_unreadable=unreadable,
        not_compared=len(waiting),
        groups=len(sharing.grouped.groups),
        sources=tuple(map(understood_words, intake.understood)),
        gaps=(*gaps, *unread),
        more_gaps=intake.more_gaps + unreadable - len(unread),
        watched=levels[WATCHED],
        unasked=levels[UNASKED],
        aside=aside,
    )


def understood_words(one: Understood) -> str:
    """``412 of 415 entries read, 3 not: list.csv line 17: …``."""
    words = f"{one.source} ({one.reader}): {count(one.accounts, 'account')}"
    if not one.unread:
        return f"{words}; {'its entry was' if one.entries == 1 else f'all {one.entries:,} entries'} read"
    first = "; ".join(f"{gap.about}: {gap.reason}" for gap in one.first)
    return (
        f"{words}; {one.entries:,} of {one.entries + one.unread:,} entries read, {one.unread:,} not: {first}"
    )


def lines_of(folder: Folder, name: str) -> Iterable[str]:
    """The lines of a result."""
    with contextlib.closing((folder.path / name).open(encoding="utf-8-sig", newline="")) as file:
        yield from file
