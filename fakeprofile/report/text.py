"""A report as plain text for a terminal: the answer first, then why, then what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fakeprofile.records import (
    Comparison,
    Evidence,
    Facts,
    Finding,
    Gap,
    Level,
    Match,
    Overlap,
    Profile,
    Report,
    Sighting,
    Status,
)
from fakeprofile.report import english
from fakeprofile.report.columns import folded
from fakeprofile.report.lines import WIDTH, count, edits_words, listed, plain, short_names, wrapped
from fakeprofile.report.marks import marks_lines
from fakeprofile.report.watch import watched_lines
from fakeprofile.report.web import date_words, search_lines, web_lines

MOST_NAMED = 3
"""Photos that are named in the line that the account was checked before."""


def report_text(report: Report) -> str:
    """The report, lines of at most 96 columns, ending in a newline."""
    facts, verdict = report.facts, report.verdict
    lines = [
        *_head(report),
        "",
        *_groups(facts, verdict.evidence),
        *web_lines(facts, verdict.evidence),
        *watched_lines(verdict.evidence),
        *listed("What it claims", _claims(verdict.evidence)),
        *listed("Since when", list(since_lines(facts, verdict.evidence))),
        *listed("The other photos", _singles(facts, verdict.evidence)),
        *search_lines(facts),
        *marks_lines(facts.files),
        *listed(
            "What else could explain this", [english.EXPLANATIONS[code] for code in verdict.explanations]
        ),
        *listed("Not looked at", gap_lines(facts.gaps)),
        *(wrapped(english.SCALE) if any(one.matches for one in facts.looked) else []),
        *wrapped(english.CLOSING),
        *_seen_before(facts, verdict.evidence),
        *_case_lines(report),
    ]
    return "\n".join(lines) + "\n"


def comparison_text(comparison: Comparison) -> str:
    """What is said of two photos, with the numbers, ending in a newline."""
    one, other = plain(comparison.one), plain(comparison.other)
    lines = [*folded((one, "against", other), 2, WIDTH), "", *wrapped(f"{_finding_words(comparison)}.")]
    if comparison.reason:
        lines += wrapped(f"One of them is {english.REASONS[comparison.reason]}.")
    if comparison.finding in (Finding.SAME_FILE, Finding.SAME_PICTURE):
        lines += [
            *wrapped(_sentence(english.strength_words(comparison.support.words, comparison.support.log10_lr)))
        ]
    if comparison.edits and comparison.finding in (Finding.SAME_FILE, Finding.SAME_PICTURE):
        lines += wrapped(f"The first is the second {edits_words(comparison.edits)}.")
    return "\n".join([*lines, "", *_numbers(comparison)]) + "\n"


def gap_lines(gaps: Iterable[Gap]) -> list[str]:
    """What was not looked at, one sentence each, each once."""
    return list(dict.fromkeys(f"{plain(gap.about)}: {plain(gap.reason)}" for gap in gaps))


# --- parts --------------------------------------------------------------------------------


def _head(report: Report) -> Iterator[str]:
    facts, level = report.facts, report.verdict.level
    yield from _row("Account", _account(facts.profile))
    hashes = f" and {count(facts.compared.hashes, 'hash', 'hashes')}" if facts.compared.hashes else ""
    against = f"{count(facts.compared.photos, 'known photo')}{hashes}"
    unread = sum(one.status is Status.UNREADABLE for one in facts.looked)
    photos = count(len(facts.looked) - unread, "photo") + (f" (and {unread} not looked at)" if unread else "")
    yield from _row("Checked", f"{facts.checked_on}: {photos} against {against}")
    yield ""
    searched = any(one.answered for one in facts.searches)
    empty = not facts.compared.photos + facts.compared.hashes and not searched
    unknown = empty and level is Level.NOTHING_FOUND
    yield from _row("RESULT", f"{english.COMPARED_WITH_NOTHING if unknown else _headline(report)}.")
    yield from _row("", english.NOTHING_TO_COMPARE if empty else english.CAUTIONS[level])


def _account(profile: Profile) -> str:
    parts = []
    if profile.handle:
        parts.append(plain(str(profile.handle)))
    if profile.account_id:
        parts.append(f"id {plain(profile.account_id)}")
    if profile.name:
        parts.append(f"name “{plain(profile.name)}”")
    if profile.age is not None:
        parts.append(f"age {profile.age}")
    if profile.posted_on is not None:
        parts.append(f"shows the pictures since {profile.posted_on}")
    return ", ".join(parts) or "(nothing was given of what it claims)"


def _headline(report: Report) -> str:
    level, headline = report.verdict.level, english.HEADLINES[report.verdict.level]
    if level is Level.OTHER_IDENTITY:
        return f"{headline}: {_names(report, 'other-identity', 'agreed-name')}"
    if level is Level.SAME_IDENTITY and _names(report, "also-elsewhere"):
        return english.ALSO_ELSEWHERE
    if level is Level.OTHER_ACCOUNT and (
        names := _names(
            report, "nothing-claimed", "perhaps-other-identity", "agreed-unclaimed", "agreed-perhaps"
        )
    ):
        return english.CANNOT_COMPARE.format(names=names)
    found = {one.code for one in report.verdict.evidence if one.level is Level.OTHER_ACCOUNT}
    if level is Level.OTHER_ACCOUNT and found and found <= english.ANYBODYS_SITES:
        return english.ANYBODYS
    return headline


def _names(report: Report, *codes: str) -> str:
    """The names in the statements of those codes, each once."""
    names = [one["name"] for one in report.verdict.evidence if one.code in codes]
    return ", ".join(plain(name) for name in dict.fromkeys(names))


def _groups(facts: Facts, evidence: tuple[Evidence, ...]) -> Iterator[str]:
    """The photos that match, under whom they match; of one photo and one party the strongest first."""
    matches = {(one.photo, match.sighting.id): match for one in facts.looked for match in one.matches}
    grouped: dict[str, list[tuple[str, Match]]] = {}
    for one in evidence:
        match = matches.get((one.photo or "", one.sighting or 0))
        if match is not None and one.code in english.GROUPS:
            grouped.setdefault(_heading(one, match.sighting), []).append((one.photo or "", match))
    short = short_names(facts)
    for heading, items in grouped.items():
        yield from wrapped(heading)
        for photo, match in items:
            yield from _item(short[photo], match)
        yield ""


def _heading(one: Evidence, sighting: Sighting) -> str:
    identity = sighting.identity
    handles = ", ".join(plain(str(handle)) for handle in identity.handles) if identity else ""
    called = identity.name if identity and str(identity.name) != one["name"] else ""
    return english.GROUPS[one.code].format(
        name=plain(one["name"]),
        handles=f" ({handles})" if handles else "",
        called=f" (“{plain(called)}”)" if called else "",
    )


def _item(photo: str, match: Match) -> Iterator[str]:
    how = (
        ": the same file"
        if match.finding is Finding.SAME_FILE
        else f": {edits_words(match.edits) or 'as it is'}"
    )
    yield from wrapped(f"{plain(photo)}{how}", 4, "  - ")
    yield from wrapped(f"{match.support.words} support; {_where(match.sighting)}", 4)


def _where(sighting: Sighting) -> str:
    since = (
        f"seen {sighting.seen_on}" if sighting.seen_on else f"date unknown (here since {sighting.added_on})"
    )
    place = plain(sighting.page_url or sighting.image_url or sighting.note or "")
    number = f"no. {sighting.id}" if sighting.id > 0 else "in the folder given with the command"
    return ", ".join(part for part in (since, place, number) if part)


def _claims(evidence: tuple[Evidence, ...]) -> list[str]:
    """What the claims have to do with the pictures, each statement once."""
    return list(dict.fromkeys(_claim(one) for one in evidence if one.code in english.CLAIMS))


def _claim(one: Evidence) -> str:
    words = {key: plain(value) for key, value in one.parameters}
    if one.code in ("age-then", "unborn-then"):
        words["kind"] = english.DATE_KINDS[one["kind"]]
        words["then"] = _age_words(int(one["least"]), int(one["most"]))
    if "domains" in words:
        words["count"] = str(len(words["domains"].split(", ")))
    return english.CLAIMS[one.code].format_map(words)


def since_lines(facts: Facts, evidence: tuple[Evidence, ...]) -> Iterator[str]:
    """Since when the pictures stand on the web, and what is younger than the account's own."""
    sightings = {match.sighting.id: match.sighting for one in facts.looked for match in one.matches}
    for one in evidence:
        if one.code in english.SINCE:
            words = {key: plain(value) for key, value in one.parameters}
            sighting = sightings.get(one.sighting or 0)
            if sighting is not None:
                dated = next(
                    date for date in sighting.dates if date.on == one["on"] and date.kind == one["kind"]
                )
                words["of"] = (
                    f"{date_words(dated).split(': ', 1)[1]}, {plain(sighting.page_url or dated.about)}"
                )
            yield english.SINCE[one.code].format_map(words)
            yield from _not_sure(one)


def _not_sure(one: Evidence) -> Iterator[str]:
    """Why the first that is known may not have been the first, if there is a reason."""
    if one.code != "first-on-web":
        return
    for parameter, words in (("ties", english.TIES), ("doubts", english.DOUBTS)):
        if int(one[parameter]):
            yield words.format(places=count(int(one[parameter]), "other place"))


def _age_words(least: int, most: int) -> str:
    if most <= 0:
        return "less than a year old, or not yet born"
    if least <= 0:
        return f"at most {most}"
    return f"{least} or {most}" if least != most else f"{most}"


def _singles(facts: Facts, evidence: tuple[Evidence, ...]) -> list[str]:
    """The photos about which there is something else to say, one sentence each."""
    short = short_names(facts)
    lines = []
    for one in evidence:
        if one.code in english.SINGLE and one.photo is not None:
            words = {key: plain(value) for key, value in one.parameters}
            if one.code == "not-checkable":
                words["reason"] = english.REASONS[one["reason"]]
            if one.code == "similar":
                words["name"] = f"a picture of {words['name']}" if words["name"] else "a known picture"
            lines.append(f"{plain(short[one.photo])}: {english.SINGLE[one.code].format_map(words)}")
    return lines


def _seen_before(facts: Facts, evidence: tuple[Evidence, ...]) -> list[str]:
    """That the account was checked before, if it was: that says nothing, and is no finding."""
    seen = {match.sighting.id: match.sighting for one in facts.looked for match in one.matches}
    told = [one for one in evidence if one.code == "seen-before" and one.sighting in seen]
    if not told:
        return []
    days = {seen[one.sighting].seen_on for one in told if one.sighting is not None}
    short = short_names(facts)
    names = list(dict.fromkeys(plain(short[one.photo or ""]) for one in told))
    photos = (
        ", ".join(names)
        if len(names) <= MOST_NAMED
        else count(len(names), "of these photos", "of these photos")
    )
    on = max(filter(None, days), default="an unknown day")
    return wrapped(english.CHECKED_BEFORE.format(on=on, photos=photos))


def _case_lines(report: Report) -> list[str]:
    if report.case is None:
        return []
    if any(one.status is Status.OK for one in report.facts.looked):
        return wrapped(
            f"Remembered as case {report.case}: its pictures will be found again under any other name."
        )
    return wrapped(
        f"Remembered as case {report.case}, without a picture that could be found again; what it showed at earlier "
        "checks stays known."
    )


def _row(label: str, text: str) -> list[str]:
    return wrapped(text, 10, f"{label:<10}")


def _finding_words(comparison: Comparison) -> str:
    if comparison.reason and comparison.finding is Finding.DIFFERENT:
        return "Nothing can be said of these two"
    return {
        Finding.SAME_FILE: "The same file: every byte is equal",
        Finding.SAME_PICTURE: "The same picture",
        Finding.SIMILAR: "They look alike, but nothing proves that they are the same picture",
        Finding.DIFFERENT: "Not shown to be the same picture",
    }[comparison.finding]


def _numbers(comparison: Comparison) -> Iterator[str]:
    distance, alignment = comparison.whole_distance, comparison.alignment
    yield from _measured(
        "whole-picture hashes", f"PDQ {distance.pdq} of 256 bits apart, phash {distance.phash} of 64"
    )
    if alignment is None:
        yield from _measured("keypoints", "no transform lays one picture over the other")
        return
    yield from _measured(
        "keypoints",
        f"{alignment.candidates} pairs, {alignment.inliers} of them in one transform, on {alignment.distinct_points} places",
    )
    yield from _measured(
        "transform",
        f"{alignment.scale:.2f} times the size, turned {round(alignment.rotation_degrees, 1) + 0.0:.1f}°"
        f"{', mirrored' if alignment.mirrored else ''}",
    )
    yield from _pixel_numbers(comparison.overlap)


def _pixel_numbers(overlap: Overlap | None) -> Iterator[str]:
    if overlap is not None:
        yield from _measured(
            "pixels",
            f"{overlap.agreeing} of {overlap.blocks} telling blocks agree (median correlation {overlap.correlation:.2f}, "
            f"drift {overlap.drift:.3f}){'; things stand elsewhere' if overlap.moved else ''}",
        )


def _measured(what: str, number: str) -> list[str]:
    return wrapped(number, 23, f"{what:<23}")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
