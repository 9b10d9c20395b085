"""An audit as values for JSON: one account, and all in numbers."""

from __future__ import annotations

import json
from typing import Any

from fakeprofile.records import Gap, Level
from fakeprofile.report import english_signs
from fakeprofile.report.audit import AuditRow, AuditSummary, Reached
from fakeprofile.signs import Sign

SUMMARY_SCHEMA = "fakeprofile.audit-summary/1"
ACCOUNT_SCHEMA = "fakeprofile.audit-account/1"


def summary_values(summary: AuditSummary) -> dict[str, Any]:
    """The numbers as JSON has them."""
    return {
        "schema": SUMMARY_SCHEMA,
        "on": summary.on,
        "complete": summary.complete,
        "accounts": summary.accounts,
        "flagged": summary.flagged,
        "watched": summary.watched,
        "levels": {str(level): summary.levels[level] for level in Level},
        "reached": {str(reached): summary.reached[reached] for reached in Reached},
        "photos": summary.photos,
        "photos_looked_at": summary.photos_done,
        "photos_unreadable": summary.photos_unreadable,
        "photos_not_compared_with_other_accounts": summary.not_compared,
        "accounts_not_all_asked": summary.unasked,
        "groups": summary.groups,
        "sources": list(summary.sources),
        "gaps": [{"step": gap.step, "about": gap.about, "reason": gap.reason} for gap in summary.gaps],
        "more_gaps": summary.more_gaps,
        "aside": [{"step": gap.step, "about": gap.about, "reason": gap.reason} for gap in summary.aside],
    }


def summary_from(text: str) -> AuditSummary:
    """The summary from its JSON.

    Raises:
        ValueError: it is none.
    """
    values = json.loads(text)
    return AuditSummary(
        on=values["on"],
        complete=values["complete"],
        accounts=values["accounts"],
        levels={level: values["levels"][level] for level in Level},
        reached={reached: values["reached"][reached] for reached in Reached},
        photos=values["photos"],
        photos_done=values["photos_looked_at"],
        photos_unreadable=values["photos_unreadable"],
        not_compared=values["photos_not_compared_with_other_accounts"],
        groups=values["groups"],
        sources=tuple(values["sources"]),
        gaps=tuple(Gap(**gap) for gap in values["gaps"]),
        more_gaps=values["more_gaps"],
        watched=values["watched"],
        unasked=values.get("accounts_not_all_asked", 0),
        aside=tuple(Gap(**gap) for gap in values["aside"]),
    )


def row_values(row: AuditRow, account: dict[str, Any], report: dict[str, Any] | None) -> dict[str, Any]:
    """One account as JSON has it.

    Args:
        row: what is said of it.
        account: as the sources tell of it.
        report: facts and verdict, as values; None if there was nothing to check.
    """
    return {
        "schema": ACCOUNT_SCHEMA,
        "number": row.number,
        "account": account,
        "reached": row.reached,
        "level": row.level,
        "avatar": {"state": row.avatar.state, "why": row.avatar.why, "platform": row.avatar.platform},
        "signs": [_sign_values(sign) for sign in row.signs],
        "photos": {"given": row.photos, "compared": row.looked, "known_elsewhere": row.known},
        "photos_not_read": [{"photo": gap.about, "reason": gap.reason} for gap in row.unread],
        "not_asked": [{"service": gap.about, "reason": gap.reason} for gap in row.unasked],
        "compared_with_other_accounts": row.compared,
        "groups": list(row.groups),
        "watched": list(row.watched),
        "report": report,
    }


def _sign_values(sign: Sign) -> dict[str, Any]:
    usual = sign.usual and {
        "what": english_signs.ROWS[sign.usual.row],
        "ordinary_percent": sign.usual.ordinary_percent,
        "ordinary_accounts": sign.usual.ordinary_accounts,
        "spam_percent": sign.usual.spam_percent,
        "spam_accounts": sign.usual.spam_accounts,
    }
    return {
        "code": sign.code,
        "value": sign.value,
        "holds": sign.holds,
        "usual": usual,
        "may_be_innocent": english_signs.INNOCENTS[sign.innocent],
        "limits": list(sign.limits),
    }
