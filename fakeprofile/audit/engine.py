"""The photos of an audit, looked at by as many processes as there are cores, and written down as they are done.

Photos are taken in the order of the accounts; a file that stands on several accounts is looked at once. Of every
``BLOCK`` photos, all are put among the photos of the audit at once, and then each of them is laid over all that are
there: so what a photo is compared with depends on its place alone, not on how many processes there are, nor on
whether the audit was interrupted.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from fakeprofile.accounts import photo_bytes, photo_name
from fakeprofile.audit import prints
from fakeprofile.audit.folder import private
from fakeprofile.audit.journal import Journal, Line
from fakeprofile.audit.naming import Naming
from fakeprofile.audit.seen import Entries, Files, Marks, Places, Told
from fakeprofile.audit.spool import Spool, profile_of
from fakeprofile.audit.work import CompareWithin, LookAt, Looks, Picture, Within, done
from fakeprofile.check import facts_of
from fakeprofile.identity.pages import page_of
from fakeprofile.records import Compared, Gap, Looked, Match, NewSighting, PhotoFile, SiteKind, Source, Status
from fakeprofile.references.library import Library
from fakeprofile.report.document import from_values, to_values
from fakeprofile.tools import Tools, utc_today
from fakeprofile.verdict import weigh
from fakeprofile.workers import Done, Lost, mapped

BLOCK = 500
"""Photos that are laid over each other together."""
Work = LookAt | CompareWithin
Tag = tuple[str, str]
"""What came: ``look`` or ``within`` with the SHA-256 of the file, or nothing."""
NOTHING: tuple[Tag, Done[None]] = (("", ""), Done(None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far an audit is: photos that are done, and how many accounts are flagged for what they show."""

    done: int
    total: int
    flagged: int


class Engine:
    """All that becomes of the photos of the accounts in a spool."""

    def __init__(self, folder: Path, journal: Journal, spool: Spool, tools: Tools, workers: int) -> None:
        self._folder, self._journal, self._spool, self._tools = folder, journal, spool, tools
        on_disk = tools.library.on_disk and (tools.folder is None or tools.folder.on_disk)
        # More would be under way than there are photos in a block.
        self._workers = max(1, min(workers, BLOCK // 8)) if on_disk else 1
        met = Files()
        self.entries = Entries(met)
        """Every file that was looked at, by its SHA-256."""
        self.files = Places(met)
        """Which file stands at a place."""
        self.reasons: dict[int, str] = {}
        """Why the file at a place could not be read."""
        self.within: dict[str, int] = {}
        """For a photo that shows the same as others of the audit the line that says so."""
        self.compared = Marks(met)
        """The photos that were laid over the others."""
        self.uncompared: dict[str, str] = {}
        """Those of which that failed, with the reason."""
        self._waiting: set[str] = set()
        self._blocks: dict[int, dict[str, tuple[int, int]]] = {}
        """For the photos of a block where in its file they stand: offset and length."""
        self._filling = 0
        """The number of the block that photos are put in."""
        self._closed: int | None = None
        """The one whose photos are laid over the others, if there is one."""
        self._due: deque[str] = deque()
        self._asked = 0
        self._places: dict[str, int] = {}
        """For a photo that is being looked at the first place where it stands."""
        self._flagged: set[int] = set()

    # --- what was done before -----------------------------------------------------------------

    def take(self, place: int, line: Line) -> None:
        """Takes up a line that an earlier run has written, in their order."""
        match line["kind"]:
            case "photo":
                self.files.set(line["at"], line.get("sha", ""))
                if "reason" in line:
                    self.reasons[line["at"]] = line["reason"]
            case "looked":
                proven, case, stock, status, default = line["entry"]
                told = Told(proven=proven, case=case, stock=stock, status=Status(status), default=default)
                self.entries.enter(line["sha"], place, told)
                if (where := line.get("print")) is not None:
                    self._blocks.setdefault(where[0], {})[line["sha"]] = (where[1], where[2])
            case "moved":
                self.forget_places()
            case "block":
                self._closed, self._filling = line["number"], line["number"] + 1
            case "within":
                self.compared.add(line["sha"])
                if line["matches"]:
                    self.within[line["sha"]] = place
                if "reason" in line:
                    self.uncompared[line["sha"]] = line["reason"]
            case "compared":
                self._blocks.pop(line["number"], None)
                self._closed = None

    def forget_places(self) -> None:
        """The accounts were read anew: which file stands where is to be seen again."""
        self.files.forget()
        self.reasons.clear()

    # --- the work -----------------------------------------------------------------------------

    def steps(self, pictures: Library) -> Generator[Step]:
        """Does all that is left to do; close it to stop, and begin again where it was.

        Raises:
            LibraryError: a library cannot be read, or that of the audit not be written.
            WorkerError: no process can be started.
        """
        if self._closed is not None:
            self._put(self._closed, pictures)
            self._due.extend(sha for sha in self._blocks.get(self._closed, {}) if sha not in self.compared)
            self._end_of_block()
        for place, sha in self.files.items():
            self._flag(place, sha)
        tools = dataclasses.replace(self._tools, today=utc_today, search=None)
        function = functools.partial(done, tools=tools, pictures=pictures)
        tasks = self._tasks(pictures)
        with contextlib.closing(mapped(function, tasks, self._workers)) as results:
            for (kind, sha), result in results:
                if kind == "look":
                    self._looked(sha, result, pictures)
                elif kind == "within":
                    self._compared(sha, result)
                yield Step(done=len(self.files), total=self._spool.photos, flagged=len(self._flagged))

    def _tasks(self, pictures: Library) -> Iterator[tuple[Tag, Work | Done[None]]]:
        for at, file in self._spool.photos_from(self._first_unknown()):
            yield from self._due_tasks()
            yield self._task_of(at, file)
        # What is under way must come back before the last photos can be laid over each other.
        while True:
            yield from self._due_tasks()
            if self._waiting or self._asked:
                yield NOTHING
            elif self._blocks.get(self._filling):
                self._close_block(pictures)
            else:
                return

    def _due_tasks(self) -> Iterator[tuple[Tag, Work]]:
        while self._due:
            if self._closed is None:
                return
            sha = self._due.popleft()
            offset, length = self._blocks[self._closed][sha]
            self._asked += 1
            yield (
                ("within", sha),
                CompareWithin(path=self._path_of(self._closed), offset=offset, length=length),
            )

    def _first_unknown(self) -> int:
        known = (place for place in range(self._spool.photos) if not self.is_known(place))
        return next(known, self._spool.photos)

    def is_known(self, place: int) -> bool:
        """Whether the file at a place has been seen to."""
        sha = self.files.get(place)
        return sha is not None and (not sha or sha in self.entries)

    def _task_of(self, at: int, file: PhotoFile) -> tuple[Tag, Work | Done[None]]:
        if self.is_known(at):
            return NOTHING
        data = photo_bytes(file, self._tools.settings.limits)
        if isinstance(data, Gap):
            self._journal.add({"kind": "photo", "at": at, "reason": data.reason})
            self.files.set(at, "")
            self.reasons[at] = data.reason
            return NOTHING
        sha = hashlib.sha256(data).hexdigest()
        if self.files.get(at) != sha:
            self._journal.add({"kind": "photo", "at": at, "sha": sha})
            self.files.set(at, sha)
        if sha in self.entries or sha in self._waiting:
            self._flag(at, sha)
            return NOTHING
        self._waiting.add(sha)
        self._places[sha] = at
        return ("look", sha), LookAt(name=photo_name(file), data=data)

    def _looked(self, sha: str, result: Looks | Within | Lost | None, pictures: Library) -> None:
        self._waiting.discard(sha)
        if isinstance(result, Looks):
            picture, record = result.picture, result.record
        else:
            reason = result.reason if isinstance(result, Lost) else "it was not looked at"
            looked = Looked(photo="", status=Status.UNREADABLE, reason=reason, sha256=sha)
            picture, record = Picture(looked=looked), None
        told = _told_of(picture)
        entry = [told.proven, told.case, told.stock, told.status, told.default]
        line: Line = {"kind": "looked", "sha": sha, "entry": entry, "picture": to_values(picture)}
        if record is not None:
            with open(self._path_of(self._filling), "ab", opener=private) as file:
                offset = file.tell()
                file.write(record)
            line["print"] = [self._filling, offset, len(record)]
        self.entries.enter(sha, self._journal.add(line), told)
        self._flag(self._places.pop(sha), sha)
        if record is not None:
            block = self._blocks.setdefault(self._filling, {})
            block[sha] = (offset, len(record))
            if len(block) >= BLOCK:
                self._close_block(pictures)

    def _flag(self, place: int, sha: str) -> None:
        """Counts the account of a photo if what is known of the photo flags it; for whoever looks on."""
        number = self._spool.account_of(place)
        if sha not in self.entries or not self.entries[sha].proven or number in self._flagged:
            return
        profile, looked = profile_of(self._spool.account(number)), self.picture(sha).looked
        facts = facts_of((looked,), profile, self._tools.today(), Compared(photos=0, hashes=0), gaps=())
        if weigh(facts).flagged:
            self._flagged.add(number)

    # --- the photos of the audit among each other ---------------------------------------------

    def _path_of(self, number: int) -> Path:
        return self._folder / f"block-{number:06}.bin"

    def _close_block(self, pictures: Library) -> None:
        """The block is full. The one before has been compared by then: it has as many photos as are under way."""
        number = self._filling
        self._journal.add({"kind": "block", "number": number})
        self._closed, self._filling = number, number + 1
        self._put(number, pictures)
        self._due.extend(self._blocks[number])

    def _put(self, number: int, pictures: Library) -> None:
        """Puts the photos of a block among those of the audit; what is there already stays as it is."""
        path = self._path_of(number)
        with pictures.writing():
            for offset, length in self._blocks.get(number, {}).values():
                with contextlib.suppress(ValueError):
                    kept = prints.print_in(prints.read(path, offset, length), self._tools.settings)
                    pictures.add_photo(kept, NewSighting(source=Source.CASE), self._tools.today())

    def _compared(self, sha: str, result: Looks | Within | Lost | None) -> None:
        self._asked -= 1
        found = result.matches if isinstance(result, Within) else ()
        # The later photo is laid over the earlier one, so that the size of blocks decides nothing.
        matches = [one for one in found if self._is_before(one.sighting.photo_sha256 or "", sha)]
        line: Line = {"kind": "within", "sha": sha, "matches": [to_values(match) for match in matches]}
        reason = result.reason if isinstance(result, Within | Lost) else ""
        if reason:
            line["reason"] = self.uncompared[sha] = reason
        place = self._journal.add(line)
        self.compared.add(sha)
        if matches:
            self.within[sha] = place
        self._end_of_block()

    def _is_before(self, one: str, other: str) -> bool:
        return one in self.entries and self.entries.order_of(one) < self.entries.order_of(other)

    def _end_of_block(self) -> None:
        if self._closed is not None and not self._due and not self._asked:
            self._journal.add({"kind": "compared", "number": self._closed})
            self._path_of(self._closed).unlink(missing_ok=True)
            self._blocks.pop(self._closed, None)
            self._closed = None

    # --- what came of it ----------------------------------------------------------------------

    def sha_at(self, place: int) -> str | None:
        """The SHA-256 of the file at a place, "" if it cannot be read; None if it was not looked at."""
        return self.files[place] if self.is_known(place) else None

    def is_comparable(self, sha: str) -> bool:
        """Whether a file waits to be laid over the others."""
        return any(sha in block for block in self._blocks.values())

    def is_own(self, sha: str) -> bool:
        """Whether a file is a picture of somebody's own: no default avatar, not too plain."""
        return sha in self.entries and self.entries[sha].status is Status.OK and not self.entries[sha].default

    def entries_case(self, sha: str) -> bool:
        """Whether a file shows the same picture as an account that was checked before."""
        return sha in self.entries and self.entries[sha].case

    def gaps(self, naming: Naming) -> Iterator[Gap]:
        """The photos that could not be laid over the others of the audit; nothing is known of what they share."""
        if self.uncompared:
            for place, file in self._spool.photos_from(0):
                reason = self.uncompared.get(self.files.get(place, ""))
                if reason is not None:
                    about = "it was not compared with all other photos of the audit"
                    yield Gap(step="within", about=naming.photo(file), reason=f"{about}: {reason}")

    def picture(self, sha: str) -> Picture:
        """What became of a file."""
        return from_values(self._journal.at(self.entries.place_of(sha))["picture"], Picture)

    def matches_within(self, sha: str) -> tuple[Match, ...]:
        """The photos of the audit that show the same picture as one of them, as was found when it was laid over."""
        line = self._journal.at(self.within[sha])
        return tuple(from_values(values, Match) for values in line["matches"])


def _told_of(picture: Picture) -> Told:
    """What is kept in memory of a picture."""
    proven = [match for match in picture.looked.matches if match.proven]
    looks = picture.looks
    return Told(
        proven=bool(proven),
        case=any(match.sighting.source is Source.CASE for match in proven),
        stock=any(map(_is_stock, proven)),
        status=picture.looked.status,
        default=looks.said.why if looks and looks.said.no_photo else "",
    )


def _is_stock(match: Match) -> bool:
    sighting = match.sighting
    pages = [sighting.page_url, *(sighting.identity.pages if sighting.identity else ())]
    return sighting.site is SiteKind.STOCK or any(
        page_of(page).site is SiteKind.STOCK for page in pages if page
    )
