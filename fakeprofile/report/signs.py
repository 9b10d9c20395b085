"""The signs of an account as a box of its own in a terminal; as JSON they are the records themselves."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from fakeprofile.avatar import AvatarSaid, AvatarWhy
from fakeprofile.report import english_signs as english
from fakeprofile.report.columns import room
from fakeprofile.report.lines import WIDTH, plain
from fakeprofile.signs import Sign, SignCode, Usual

INDENT = 2
COLUMN = 26


def signs_lines(signs: Iterable[Sign]) -> Iterator[str]:
    """The signs, lines of at most 96 characters; none if there are no signs."""
    signs = tuple(signs)
    if not signs:
        return
    yield english.TITLE
    yield from _wrapped(english.INTRODUCTION, INDENT)
    for sign in signs:
        yield from _wrapped(_value(sign), COLUMN, f"{'':{INDENT}}{english.LABELS[sign.code]}")
        if sign.holds:
            if sign.usual is not None:
                yield from _wrapped(_usual(sign.usual), COLUMN)
            yield from _wrapped(english.INNOCENT.format(why=english.INNOCENTS[sign.innocent]), COLUMN)
    limits = dict.fromkeys(code for sign in signs if sign.holds for code in sign.limits)
    if limits:
        yield from _wrapped(english.LIMITS, INDENT)
    for code in limits:
        yield from _wrapped(english.LIMIT_WORDS[code], INDENT + 2, f"{'':{INDENT}}-")


def avatar_words(said: AvatarSaid) -> str:
    """What a profile picture is and how that is known, in one line without a full stop."""
    whose = f" of {english.PLATFORMS.get(said.platform, said.platform)}" if said.platform else ""
    why = english.WHYS[said.why].format(template=plain(said.template or ""))
    if said.why is AvatarWhy.SEVERAL:
        return why
    return f"{english.STATES[said.state]}{whose} ({why})"


def _value(sign: Sign) -> str:
    if sign.value is None:
        return english.UNKNOWN
    match sign.code:
        case SignCode.NO_PHOTO:
            return english.STATES[sign.value]
        case SignCode.FORMER_NAMES:
            return plain(sign.value)
    numbers = [f"{int(number):,}" for number in sign.value.split("/")]
    form = english.BETWEEN if sign.code is SignCode.YOUNG and len(numbers) > 1 else english.VALUES[sign.code]
    return form.format(*numbers)


def _usual(usual: Usual) -> str:
    return english.USUAL.format(
        what=english.ROWS[usual.row],
        ordinary=usual.ordinary_percent,
        ordinary_accounts=usual.ordinary_accounts,
        spam=usual.spam_percent,
        spam_accounts=usual.spam_accounts,
    )


def _wrapped(text: str, indent: int, first: str = "") -> list[str]:
    # What cannot be broken at a space is broken anywhere: a name from outside can be of any length.
    return textwrap.wrap(
        text,
        room(WIDTH),
        initial_indent=f"{first:<{indent}}",
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
    )
