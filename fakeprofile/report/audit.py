"""An audit as text for a terminal: whom to look at first, why, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fakeprofile.avatar import AvatarSaid
from fakeprofile.records import Account, Evidence, Gap, Handle, Level
from fakeprofile.report import english_signs
from fakeprofile.report.columns import WIDTH, columns_of, fitted, listed, wrapped
from fakeprofile.report.english import HEADLINES
from fakeprofile.report.lines import count, plain
from fakeprofile.report.watch import TITLE as WATCHED
from fakeprofile.signs import Sign, SignCode
from fakeprofile.strength import words_of

MOST_ROWS = 40
MOST_GAPS = 20
MOST_NAMES = 10
"""What is printed; all of it stands in the files."""


class Reached(StrEnum):
    """How far an account was looked at."""

    LOOKED = "looked at"
    NO_PHOTOS = "no photos"
    """The sources have none of it: what it shows is not known."""
    UNREADABLE = "photos unreadable"
    NOT_REACHED = "not reached"
    """The audit was ended before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """What is said of one account."""

    number: int
    """Its place in the sources, from 1."""
    account: Account
    reached: Reached
    level: Level | None = None
    log10_lr: float | None = None
    """Of the strongest match that counts."""
    reason: Evidence | None = None
    called: Handle | None = None
    """The account or identity that the reason is about, as it is called there."""
    photos: int = 0
    looked: int = 0
    """How many of them could be compared."""
    known: int | None = None
    """How many of those stand elsewhere too; None if none could be compared."""
    unread: tuple[Gap, ...] = ()
    """Its photos that could not be read, each with the reason."""
    unasked: tuple[Gap, ...] = ()
    """What search services were to be asked about its photos and were not, or gave no whole answer to."""
    compared: bool = True
    """Whether they were compared with those of the other accounts too."""
    avatar: AvatarSaid
    signs: tuple[Sign, ...] = ()
    groups: tuple[int, ...] = ()
    watched: tuple[str, ...] = ()
    """What of it the user keeps an eye on, in sentences."""

    @property
    def flagged(self) -> bool:
        """Whether somebody should look at this account."""
        return self.level in (Level.OTHER_IDENTITY, Level.OTHER_ACCOUNT)

    def worst_first(self) -> tuple[int, float, int]:
        """What orders rows."""
        rank = list(Level).index(self.level) if self.level else len(Level)
        return rank, -(self.log10_lr or 0.0), self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSummary:
    """An audit in numbers."""

    on: str
    complete: bool
    accounts: int
    levels: Mapping[Level, int]
    reached: Mapping[Reached, int]
    photos: int
    photos_done: int
    """Those that were looked at: one that cannot be read was not."""
    photos_unreadable: int
    not_compared: int
    """Photos that were not compared with those of the other accounts, because the audit was ended before."""
    groups: int
    sources: tuple[str, ...]
    """What was understood of each source, in a line."""
    gaps: tuple[Gap, ...] = field(default=())
    more_gaps: int = 0
    watched: int = 0
    """Accounts that the user keeps an eye on, or that show pictures of such a one."""
    unasked: int = 0
    """Accounts about whose photos not all services gave an answer that were to be asked."""
    aside: tuple[Gap, ...] = ()
    """What was not asked for, such as a public search: said, and no shortcoming of this audit."""

    @property
    def flagged(self) -> int:
        """How many accounts somebody should look at."""
        return self.levels[Level.OTHER_IDENTITY] + self.levels[Level.OTHER_ACCOUNT]

    @property
    def all_seen(self) -> bool:
        """Whether nothing that was given was left out."""
        return self.complete and not self.gaps and not self.photos_unreadable


# --- text -----------------------------------------------------------------------------------

LEVELS: dict[Level, str] = {
    Level.OTHER_IDENTITY: "the same pictures under another name",
    Level.OTHER_ACCOUNT: "the same pictures on other accounts or lists",
    Level.SAME_IDENTITY: "only under names that fit the account",
    Level.SIMILAR: "look alike, unproven",
    Level.NOTHING_FOUND: "nothing found in what they were compared with: no all-clear",
    Level.NOT_CHECKABLE: "nothing that could be checked: default avatars, plain pictures",
}
REACHED: dict[Reached, str] = {
    Reached.NO_PHOTOS: "not looked at: no photo in the sources, so what is shown is not known",
    Reached.UNREADABLE: "not looked at: photos that could not be read",
    Reached.NOT_REACHED: "not looked at: the audit was ended before",
}
NO_PHOTO = (
    "None of these accounts has a photo here, so no picture was looked at. To look at pictures, give photos of the "
    "accounts too: a download of Instaloader or gallery-dl, or a folder with a sub-folder of photos named after each "
    "account."
)
NONE_LOOKED_AT = "No photo of these accounts could be looked at, so nothing is known of what they show."
GROUPS_UNKNOWN = "No picture was looked at, so it is not known which accounts show the same one."
NOTHING_SHOWN = "No account has a picture that was found elsewhere, or that looks like one."
CAUTION = (
    "It says where pictures were seen, not who runs an account or why. An account without a finding is not thereby "
    "cleared, and what is unknown is not zero."
)
SHOWN = (Level.OTHER_IDENTITY, Level.OTHER_ACCOUNT, Level.SAME_IDENTITY, Level.SIMILAR)
"""The levels that stand in the table on the terminal; all accounts stand in the files."""
SIGNS = "Signs of the accounts themselves"
SIGNS_WHY = (
    "Most accounts with a sign are ordinary ones, so they are neither added up nor weighed. What is known of each "
    "account, and how usual that is, stands in audit.jsonl."
)
NAME_COLUMNS = 24


class SignCounts:
    """How many accounts have each sign, have it not, or are not known; and a few that have the plainest one."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[SignCode, bool | None]] = Counter()
        self.story: list[AuditRow] = []
        """The first accounts with few posts that follow many."""
        self.watched: list[AuditRow] = []
        """The first that the user keeps an eye on."""

    def add(self, row: AuditRow) -> None:
        """Counts the signs of an account."""
        if row.watched and len(self.watched) < MOST_NAMES:
            self.watched.append(row)
        for sign in row.signs:
            self.counts[sign.code, sign.holds] += 1
            if sign.code is SignCode.STORY and sign.holds and len(self.story) < MOST_NAMES:
                self.story.append(row)


def audit_text(
    summary: AuditSummary, worst: Iterable[AuditRow], groups: str, signs: SignCounts, files: str
) -> str:
    """The accounts, worst first, the groups and the numbers, in lines of at most 80 columns.

    Args:
        summary: of all accounts.
        worst: the rows to show, in their order.
        groups: what is said of groups, as text.
        signs: of all accounts.
        files: what to call the folder that has the rest.
    """
    rows = list(worst)
    lines = [f"Audit of {count(summary.accounts, 'account')} on {summary.on}", ""]
    for level in SHOWN:
        lines += _level_lines(level, [row for row in rows if row.level is level], summary, plain(files))
    if not rows:
        lines += [*wrapped(_nothing_words(summary)), ""]
    lines += _other_lines(summary, plain(files), shown=bool(rows))
    lines += _watched_lines(summary, signs.watched)
    lines += [groups.rstrip("\n"), "", *_sign_lines(signs), *_numbers(summary), *wrapped(CAUTION), ""]
    return "\n".join(lines)


def _nothing_words(summary: AuditSummary) -> str:
    if summary.photos_done:
        return NOTHING_SHOWN
    return NONE_LOOKED_AT if summary.photos else NO_PHOTO


def reason_words(row: AuditRow, *, short: bool = False) -> str:
    """Why an account has its level, in one line; a ``short`` one leaves out what others are called besides."""
    if row.reached is not Reached.LOOKED:
        return REACHED[row.reached]
    if row.reason is None or row.level is None:
        return LEVELS[row.level] if row.level else ""
    name = plain(row.reason["name"]) if dict(row.reason.parameters).get("name") else "somebody"
    called = ""
    if row.called and str(row.called) != row.reason["name"] and not short:
        called = f" ({plain(str(row.called))})"
    words = REASONS.get(row.reason.code)
    return words.format(name=name, called=called) if words else LEVELS[row.level]


REASONS = {
    "other-identity": "pictures of {name}{called}",
    "perhaps-other-identity": "pictures of {name}{called}, which could be the same name",
    "nothing-claimed": "pictures of {name}{called}; no claim to compare that with",
    "own-picture": "pictures of {name}{called}, as the account says",
    "unknown-owner": "pictures on a list that names no owner",
    "other-case": "pictures also on the account {name}{called}",
    "own-other-account": "pictures also on {name}{called}, under the same claimed name",
    "own-like-handle": "pictures also on {name}{called}, whose name or handle is much like it",
    "seen-before-under-other-name": "the same account was called {name}{called} before",
    "similar": "a picture looks like one of {name}{called}, unproven",
    "on-web": "pictures also on public pages",
    "on-stock-site": "pictures also in a shop of stock photos",
    "on-wallpaper-site": "pictures also in a collection of wallpapers",
    "on-fan-page": "pictures also on a fan page",
    "agreed-name": "independent sites show the pictures under {name}",
}


def _level_lines(level: Level, rows: list[AuditRow], summary: AuditSummary, files: str) -> Iterator[str]:
    """The accounts of one level under the words that ``check`` says of it."""
    if not rows:
        return
    yield from wrapped(f"{HEADLINES[level]}: {count(summary.levels[level], 'account')}")
    for row in rows:
        yield from _row_lines(row)
    more = summary.levels[level] - len(rows)
    if more > 0:
        yield f"  … and {more:,} more in {files}/audit.csv"
    yield ""


def _row_lines(row: AuditRow) -> list[str]:
    """An account and the reason: in one line, if the reason can be told as shortly."""
    name = fitted(plain(str(row.account.handle)), NAME_COLUMNS)
    strength = f" [{words_of(row.log10_lr)}]" if row.log10_lr else ""
    room = WIDTH - NAME_COLUMNS - 3
    long, short = f"{reason_words(row)}{strength}", f"{reason_words(row, short=True)}{strength}"
    words = long if columns_of(long) <= room else short
    return wrapped(words, NAME_COLUMNS + 3, f"  {name} ")


def _other_lines(summary: AuditSummary, files: str, *, shown: bool) -> Iterator[str]:
    """How many accounts stand in no table, why, and where all of them are."""
    levels = [(summary.levels[level], LEVELS[level]) for level in Level if level not in SHOWN]
    reached = [(summary.reached[one], REACHED[one]) for one in REACHED]
    others = [(number, words) for number, words in (*levels, *reached) if number]
    if others:
        number = sum(number for number, _ in others)
        yield f"{count(number, 'other account' if shown else 'account')}, not shown here"
        for number, words in others:
            yield from wrapped(words, 12, f"  {number:>8,}  ")
    if summary.unasked:
        asked = "was asked for: see “Not looked at”"
        yield from wrapped(
            f"{count(summary.unasked, 'account')} not searched for on the web as far as {asked}"
        )
    yield from wrapped(
        f"All accounts stand in audit.csv (opens in a spreadsheet) and audit.jsonl (all facts), in the folder {files}."
    )
    yield ""


def _watched_lines(summary: AuditSummary, rows: list[AuditRow]) -> list[str]:
    told = [f"{plain(str(row.account.handle))}: {'; '.join(row.watched)}" for row in rows]
    more = summary.watched - len(rows)
    return listed(WATCHED, [*told, *([f"… and {more:,} more in audit.csv"] if more > 0 else [])])


def _sign_lines(signs: SignCounts) -> Iterator[str]:
    yield SIGNS
    yield f"  {'':<40}{'present':>9}{'absent':>9}{'unknown':>9}"
    for code in SignCode:
        yes, no, unknown = (signs.counts[code, holds] for holds in (True, False, None))
        yield f"  {english_signs.COUNTED[code]:<40}{yes:>9,}{no:>9,}{unknown:>9,}"
    for row in signs.story:
        value = next(sign.value for sign in row.signs if sign.code is SignCode.STORY) or ""
        posts, following = value.split("/")
        yield from wrapped(
            f"{plain(str(row.account.handle))}: {count(int(posts), 'post')}, follows {int(following):,}",
            4,
            "  - ",
        )
    yield from wrapped(SIGNS_WHY, 2)
    yield ""


def _numbers(summary: AuditSummary) -> Iterator[str]:
    yield "In numbers"
    unreadable = f"; {summary.photos_unreadable:,} could not be read" if summary.photos_unreadable else ""
    yield f"  {summary.photos_done:,} of {count(summary.photos, 'photo')} looked at{unreadable}"
    if summary.not_compared:
        yield f"  {count(summary.not_compared, 'photo')} not compared with those of the other accounts"
    yield ""
    yield from listed("What was read", [plain(one) for one in summary.sources])
    gaps = [f"{plain(gap.about)}: {plain(gap.reason)}" for gap in summary.gaps[:MOST_GAPS]]
    more = len(summary.gaps) + summary.more_gaps - len(gaps)
    more_words = [f"… and {more:,} more in summary.json"] if more > 0 else []
    aside = [f"{plain(gap.about)}: {plain(gap.reason)}" for gap in summary.aside]
    yield from listed("Not looked at", [*gaps, *more_words, *aside])
    if not summary.complete:
        yield from wrapped("The audit was ended before its end: the same command goes on with it.")
        yield ""
