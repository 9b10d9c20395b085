"""Whether a request is sent again, and how long is waited before."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from fakeprofile.net.words import Failure, Repeat, Request, Response, Stop

TRIES = 3
LONGEST_PAUSE = 60.0
"""Seconds. Who asks for more gets its answer back at once: nobody waits an hour for a command."""
_FIRST_PAUSE = 1.0

_STATUSES = {
    Repeat.SAFE: frozenset({429, 500, 502, 503, 504}),
    Repeat.PAID: frozenset({429, 502, 503, 504}),
}
_STOPS = {
    Repeat.SAFE: frozenset({Stop.NOT_CONNECTED, Stop.NO_ANSWER, Stop.BROKEN}),
    Repeat.PAID: frozenset({Stop.NOT_CONNECTED}),
}


def pause_before_next(request: Request, outcome: Response | Failure, tried: int, now: float) -> float | None:
    """Seconds to wait before the request is sent again; None if it is not.

    Args:
        request: what was sent.
        outcome: what came of it.
        tried: how often it was sent, 1 or more.
        now: seconds since 1970, by the wall clock.
    """
    if tried >= TRIES:
        return None
    usual = min(_FIRST_PAUSE * 2.0 ** (tried - 1), LONGEST_PAUSE)
    if isinstance(outcome, Failure):
        return usual if outcome.stop in _STOPS[request.repeat] else None
    # A server that fails twice in the same way (500) will do so a third time.
    if outcome.status not in _STATUSES[request.repeat] or (outcome.status == 500 and tried > 1):
        return None
    wanted = retry_after(outcome.headers.get("retry-after", ""), now)
    if wanted is None:
        silent = request.pause_after_429 if outcome.status == 429 else None
        return usual if silent is None else min(silent, LONGEST_PAUSE)
    return wanted if wanted <= LONGEST_PAUSE else None


def retry_after(text: str, now: float) -> float | None:
    """The seconds that a Retry-After header asks to wait, given as seconds or as a date; None if it does not."""
    text = text.strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.fromtimestamp(now, UTC)).total_seconds())
