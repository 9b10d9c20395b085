"""A report as plain text for a terminal: the answer first, then why, then what was left out."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator

from fakeprofile.records import (
    Comparison,
    Evidence,
    Facts,
    Finding,
    Level,
    Match,
    Overlap,
    Profile,
    Report,
    Sighting,
    Status,
)
from fakeprofile.report import english

WIDTH = 96


def report_text(report: Report) -> str:
    """The report, lines of at most 96 characters, ending in a newline."""
    facts, verdict = report.facts, report.verdict
    lines = [
        *_head(report),
        "",
        *_wrapped(f"{_headline(report)}."),
        *_wrapped(english.CAUTIONS[verdict.level]),
        "",
        *_photos(facts, verdict.evidence),
        *_claims(verdict.evidence),
        *_listed(
            "What else could explain this", [english.EXPLANATIONS[code] for code in verdict.explanations]
        ),
        *_listed("Not looked at", [f"{plain(gap.about)}: {plain(gap.reason)}" for gap in facts.gaps]),
        *_wrapped(english.CLOSING),
        *_case_lines(report),
    ]
    return "\n".join(lines) + "\n"


def comparison_text(comparison: Comparison) -> str:
    """What is said of two photos, with the numbers, ending in a newline."""
    one, other = plain(comparison.one), plain(comparison.other)
    lines = [f"{one}  against  {other}", "", f"{_finding_words(comparison)}."]
    if comparison.reason:
        lines += _wrapped(f"One of them is {english.REASONS[comparison.reason]}")
    if comparison.finding in (Finding.SAME_FILE, Finding.SAME_PICTURE):
        lines += [_sentence(english.strength_words(comparison.support.words, comparison.support.log10_lr))]
    if comparison.edits:
        lines += [f"The first is the second {_edits(comparison.edits)}."]
    return "\n".join([*lines, "", *_numbers(comparison)]) + "\n"


def plain(text: str) -> str:
    """Text from outside without anything that could move a cursor, hide or turn text around."""
    return "".join(
        "�" if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") else one for one in text
    )


# --- parts --------------------------------------------------------------------------------


def _head(report: Report) -> Iterator[str]:
    facts = report.facts
    yield f"Account     {_account(facts.profile)}"
    yield f"Checked     {facts.checked_on}: {_count(len(facts.looked), 'photo')}"
    hashes = f" and {_count(facts.compared.hashes, 'hash', 'hashes')}" if facts.compared.hashes else ""
    yield f"Against     {_count(facts.compared.photos, 'photo')}{hashes} of the reference set and of earlier checks"


def _account(profile: Profile) -> str:
    parts = []
    if profile.handle:
        parts.append(plain(str(profile.handle)))
    if profile.account_id:
        parts.append(f"id {plain(profile.account_id)}")
    if profile.name:
        parts.append(f"name “{plain(profile.name)}”")
    if profile.age is not None:
        parts.append(f"says to be {profile.age}")
    return ", ".join(parts) or "(nothing was given of what it claims)"


def _headline(report: Report) -> str:
    headline = english.HEADLINES[report.verdict.level]
    if report.verdict.level is not Level.OTHER_IDENTITY:
        return headline
    names = [one["name"] for one in report.verdict.evidence if one.level is Level.OTHER_IDENTITY]
    return f"{headline}: {', '.join(plain(name) for name in dict.fromkeys(names))}"


def _photos(facts: Facts, evidence: tuple[Evidence, ...]) -> Iterator[str]:
    yield "Photos"
    for looked in facts.looked:
        yield f"  {plain(looked.photo)}"
        if looked.status is Status.UNREADABLE:
            yield from _wrapped(f"could not be looked at: {plain(looked.reason or '')}", 4)
        matches = {match.sighting.id: match for match in looked.matches}
        for one in evidence:
            if one.photo == looked.photo:
                yield from _statement(one, matches.get(one.sighting or 0))
    yield ""


def _statement(one: Evidence, match: Match | None) -> Iterator[str]:
    words = {key: plain(value) for key, value in one.parameters}
    if one.code == "not-checkable":
        words["reason"] = english.REASONS[one["reason"]]
    if one.code == "similar":
        words["name"] = f"a picture of {words['name']}" if words["name"] else "a known picture"
    yield from _wrapped(_sentence(english.STATEMENTS[one.code].format_map(words)), 4)
    if match is None:
        return
    if match.proven:
        how = f"{_edits(match.edits)}; " if match.edits else ""
        yield from _wrapped(f"{how}{english.strength_words(match.support.words, match.support.log10_lr)}", 6)
    yield from _wrapped(_where(match.sighting), 6)


def _where(sighting: Sighting) -> str:
    parts = [f"sighting {sighting.id}" if sighting.id > 0 else "in the folder given with the command"]
    if sighting.identity and sighting.identity.handles:
        parts.append(", ".join(plain(str(handle)) for handle in sighting.identity.handles))
    parts += [plain(url) for url in (sighting.page_url, sighting.image_url) if url]
    if sighting.note:
        parts.append(plain(sighting.note))
    if sighting.seen_on:
        parts.append(f"seen {sighting.seen_on} ({english.DATE_KINDS[sighting.date_kind or '']})")
    else:
        parts.append(f"date unknown; in the library since {sighting.added_on}")
    return " · ".join(parts)


def _claims(evidence: tuple[Evidence, ...]) -> Iterator[str]:
    told = [one for one in evidence if one.code in ("renamed", "age-then", "unborn-then")]
    if not told:
        return
    yield "What it claims"
    for one in told:
        words = {key: plain(value) for key, value in one.parameters}
        if one.code != "renamed":
            words["kind"] = english.DATE_KINDS[one["kind"]]
            words["then"] = _age_words(int(one["least"]), int(one["most"]))
        yield from _wrapped(english.STATEMENTS[one.code].format_map(words), 4, "  - ")
    yield ""


def _age_words(least: int, most: int) -> str:
    if most <= 0:
        return "less than a year old, if born at all"
    return f"at most {most}" if least == 0 else f"{least} or {most}" if least != most else f"{most}"


def _case_lines(report: Report) -> Iterator[str]:
    if report.case is not None:
        yield f"Remembered as case {report.case}: its pictures are found the next time, under any name."


def _listed(title: str, items: list[str]) -> Iterator[str]:
    if items:
        yield title
        for item in items:
            yield from _wrapped(item, 4, "  - ")
        yield ""


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
    yield f"whole-picture hashes   PDQ {distance.pdq} of 256 bits apart, phash {distance.phash} of 64"
    if alignment is None:
        yield "keypoints              no transform lays one picture over the other"
        return
    yield (
        f"keypoints              {alignment.candidates} pairs, {alignment.inliers} of them in one transform, "
        f"on {alignment.distinct_points} places"
    )
    yield (
        f"transform              {alignment.scale:.2f} times the size, turned {alignment.rotation_degrees:.1f}°"
        f"{', mirrored' if alignment.mirrored else ''}"
    )
    yield from _pixel_numbers(comparison.overlap)


def _pixel_numbers(overlap: Overlap | None) -> Iterator[str]:
    if overlap is not None:
        yield (
            f"pixels                 {overlap.agreeing} of {overlap.blocks} textured blocks agree "
            f"(median correlation {overlap.correlation:.2f}, drift {overlap.drift:.3f})"
        )


def _edits(edits: tuple[object, ...]) -> str:
    return ", ".join(english.EDITS[edit] for edit in english.EDITS if edit in edits)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _wrapped(text: str, indent: int = 0, first: str | None = None) -> list[str]:
    space = " " * indent
    return textwrap.wrap(
        text, WIDTH, initial_indent=space if first is None else first, subsequent_indent=space,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
