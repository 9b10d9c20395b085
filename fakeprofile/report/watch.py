"""What is said of what is watched: in the report of a check, in the list, and after a look for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fakeprofile.records import Evidence, Source, Watch
from fakeprofile.report.columns import folded, listed, wrapped
from fakeprofile.report.document import as_line
from fakeprofile.report.lines import plain
from fakeprofile.watch import Look, Meeting

WATCH_SCHEMA = "fakeprofile.watch/1"
LOOK_SCHEMA = "fakeprofile.watch-look/1"

TITLE = "What you keep an eye on"
WATCHED = "{count} of these photos {are} known as {pictures} of {name}, which you watch (watch {watch}, by its {by}){note}"
WATCHED_ACCOUNT = "This account is {name}, which you watch (watch {watch}, by its {by}){note}"
NOBODY_YET = "Nothing in the library belongs to it yet: no account that could be it was checked, and no picture of it was added."
NO_PICTURES = "No picture of it is kept that could be compared."
NOTHING_NEW = "Nothing new. That is no all-clear: only the library was looked at, not the internet."


def watched_lines(evidence: Iterable[Evidence]) -> list[str]:
    """The part of a report that says what of it is watched; nothing if nothing is."""
    return listed(TITLE, watched_words(evidence))


def watched_words(evidence: Iterable[Evidence]) -> list[str]:
    """What of an account is watched, a sentence for each that is."""
    items, photos = [], dict[str, list[Evidence]]()
    for one in evidence:
        if one.code == "watched-account":
            items.append(WATCHED_ACCOUNT.format_map(_words(one)))
        elif one.code == "watched":
            photos.setdefault(one["watch"], []).append(one)
    for met in photos.values():
        single = len(met) == 1
        words = {
            **_words(met[0]),
            "count": f"{len(met):,}",
            "are": "is" if single else "are",
            "pictures": "a picture" if single else "pictures",
        }
        items.append(WATCHED.format_map(words))
    return items


def watch_words(watch: Watch) -> str:
    """What is watched, on one line."""
    parts = []
    if watch.case is not None:
        parts.append(f"case {watch.case}")
    if watch.handle is not None:
        parts.append(plain(str(watch.handle)))
    if watch.account_id is not None:
        where = f" on {plain(watch.platform)}" if watch.platform and watch.handle is None else ""
        parts.append(f"id {plain(watch.account_id)}{where}")
    if watch.name is not None:
        parts.append(f"“{plain(watch.name)}”")
    note = f" ({plain(watch.note)})" if watch.note else ""
    return f"{', '.join(parts)}{note}"


def watch_lines(watch: Watch) -> list[str]:
    """The line of the list, folded on a terminal."""
    last = f"last looked for {watch.run_on}" if watch.run_on else "not looked for yet"
    return folded((f"{watch.id:>5}", watch_words(watch), f"since {watch.added_on}", last), 7)


def watch_values(watch: Watch) -> str:
    """One JSON line of the list."""
    return as_line({"schema": WATCH_SCHEMA, **_values(watch)})


def look_text(look: Look) -> str:
    """What a look for one watched account or identity found, ending in a newline."""
    lines = [*wrapped(f"Watch {look.watch.id}: {watch_words(look.watch)}")]
    if not look.identities:
        lines += wrapped(NOBODY_YET, 4)
    elif not look.pictures:
        lines += wrapped(NO_PICTURES, 4)
    else:
        compared = (
            f"{look.pictures:,} kept {'picture was' if look.pictures == 1 else 'pictures were'} compared"
        )
        lines += wrapped(f"{compared} with the library as it is now.", 4)
    new = [meeting for meeting in look.meetings if meeting.new]
    since = f"New since {look.watch.run_on}" if look.watch.run_on else "Found at this first look"
    if new:
        lines += wrapped(f"{since}:", 4)
    for who, meetings in _by_owner(new).items():
        lines += wrapped(f"{who}: {_meetings_words(meetings)}", 8, "      - ")
    before = len(look.meetings) - len(new)
    if before:
        lines += wrapped(f"Told before: {before:,} {'picture' if before == 1 else 'pictures'}.", 4)
    if look.pictures and not new:
        lines += wrapped(NOTHING_NEW, 4)
    for gap in look.gaps:
        lines += wrapped(f"not looked at: {plain(gap.about)}: {plain(gap.reason)}", 8, "      - ")
    return "\n".join(lines) + "\n"


def look_lines(look: Look) -> Iterator[str]:
    """The same as one JSON line."""
    meetings = [
        {
            "sighting": meeting.match.sighting.id,
            "source": meeting.match.sighting.source,
            "identity": meeting.match.sighting.identity.name if meeting.match.sighting.identity else None,
            "handles": [str(one) for one in _handles(meeting)],
            "seen_on": meeting.match.sighting.seen_on,
            "photo_sha256": meeting.match.sighting.photo_sha256,
            "of": meeting.picture or None,
            "finding": meeting.match.finding,
            "support": {
                "log10_lr": meeting.match.support.log10_lr,
                "words": meeting.match.support.words,
            },
            "new": meeting.new,
        }
        for meeting in look.meetings
    ]
    gaps = [{"about": gap.about, "reason": gap.reason} for gap in look.gaps]
    values = {"pictures": look.pictures, "meetings": meetings, "gaps": gaps}
    yield as_line({"schema": LOOK_SCHEMA, "watch": _values(look.watch), **values})


# --- parts ----------------------------------------------------------------------------------


def _words(one: Evidence) -> dict[str, str]:
    words = {key: plain(value) for key, value in one.parameters}
    return {**words, "note": f": {words['note']}" if words["note"] else ""}


def _handles(meeting: Meeting) -> tuple[object, ...]:
    identity = meeting.match.sighting.identity
    return identity.handles if identity else ()


def _by_owner(meetings: Iterable[Meeting]) -> dict[str, list[Meeting]]:
    """The meetings by whose pictures they are, in words."""
    found: dict[str, list[Meeting]] = {}
    for meeting in meetings:
        found.setdefault(_owner(meeting), []).append(meeting)
    return found


def _owner(meeting: Meeting) -> str:
    sighting = meeting.match.sighting
    identity = sighting.identity
    if identity is None:
        return "on a list that names no owner"
    handles = ", ".join(plain(str(handle)) for handle in _handles(meeting))
    name = plain(identity.name)
    if sighting.source is not Source.CASE:
        return f"known as {name}'s{f' ({handles})' if handles else ''}"
    called = f" (“{name}”)" if name and name != handles else ""
    return f"on the account {handles or name}{called if handles else ''}, checked earlier"


def _meetings_words(meetings: list[Meeting]) -> str:
    """How many pictures, the support for the best proven of them, since when, and the numbers of the sightings."""
    pictures = f"{len(meetings):,} {'picture' if len(meetings) == 1 else 'pictures'}"
    best = max((meeting.match for meeting in meetings), key=lambda match: match.support.log10_lr)
    dates = [meeting.match.sighting.seen_on for meeting in meetings if meeting.match.sighting.seen_on]
    since = f"the earliest seen {min(dates)}" if dates else "date unknown"
    numbers = ", ".join(str(meeting.match.sighting.id) for meeting in meetings)
    return f"{pictures}, {best.support.words} support at best; {since}; no. {numbers}"


def _values(watch: Watch) -> dict[str, Any]:
    return {
        "watch": watch.id,
        "case": watch.case,
        "handle": str(watch.handle) if watch.handle else None,
        "account_id": watch.account_id,
        "platform": watch.handle.platform if watch.handle else watch.platform,
        "name": watch.name,
        "note": watch.note,
        "added_on": watch.added_on,
        "run_on": watch.run_on,
    }
