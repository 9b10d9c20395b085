"""An audit as the lines of a table for spreadsheets, which can do no harm there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from fakeprofile.report.audit import AuditRow, reason_words
from fakeprofile.report.lines import plain
from fakeprofile.report.signs import avatar_words

COLUMNS = (
    "number", "account", "platform", "account_id", "name", "level", "flagged", "strength_log10", "reason", "groups",
    "photos", "photos_compared", "photos_known_elsewhere", "avatar", "posts", "followers", "following", "created_on",
    "lists", "since", "reached", "signs", "where", "watched",
    "not_looked_at",
)  # fmt: skip
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""With these a spreadsheet takes a cell for a formula: OWASP, "CSV Injection"; the last four are full-width."""


def csv_head() -> str:
    """The line with the names of the columns."""
    return _csv_line(COLUMNS)


def csv_line(row: AuditRow) -> str:
    """One account; no cell of it can be read as a formula, and what is unknown is empty."""
    account, handle = row.account, row.account.handle
    return _csv_line(
        (
            row.number, handle.name, handle.platform, handle.account_id, account.name, row.level,
            None if row.level is None else "yes" if row.flagged else "no", row.log10_lr, reason_words(row),
            " ".join(map(str, row.groups)), row.photos, row.looked, row.known, avatar_words(row.avatar),
            account.posts, account.followers, account.following, account.created_on, " ".join(account.ties),
            account.tied_on, row.reached, " ".join(sign.code for sign in row.signs if sign.holds), account.where,
            "; ".join(row.watched),
            "; ".join(f"{gap.about}: {gap.reason}" for gap in (*row.unread, *row.unasked)),
        )
    )  # fmt: skip


def _csv_line(cells: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([cell(one) for one in cells])
    return text.getvalue()


def cell(value: object) -> str:
    """A value as a spreadsheet shows it, and never runs it."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = plain(str(value))
    # A number of more than 15 digits would lose the last ones.
    long = text.isdecimal() and len(text) > 15
    told = (text.lstrip(), str(value), str(value).lstrip())
    return f"'{text}" if long or any(one.startswith(_FORMULA) for one in told) else text
