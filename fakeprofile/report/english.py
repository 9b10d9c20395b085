"""The English words for every code that a verdict can carry. No word here accuses anybody."""

from __future__ import annotations

from fakeprofile.records import DateKind, Edit, Level

HEADLINES: dict[Level, str] = {
    Level.OTHER_IDENTITY: "The same pictures stand under another name",
    Level.OTHER_ACCOUNT: "The same pictures stand on other accounts or lists; whose they are is not known",
    Level.SAME_IDENTITY: "The same pictures were found only under the name that this account claims",
    Level.SIMILAR: "Some pictures look alike, but nothing proves that they are the same",
    Level.NOTHING_FOUND: "None of the photos was found in what they were compared with",
    Level.NOT_CHECKABLE: "There was nothing that could be checked",
}

CAUTIONS: dict[Level, str] = {
    Level.OTHER_IDENTITY: "It says where the pictures were seen, not who runs the account or why.",
    Level.OTHER_ACCOUNT: "It says where the pictures were seen, not who took them from whom.",
    Level.SAME_IDENTITY: "It does not prove that the account belongs to that person.",
    Level.SIMILAR: "Look at both pictures yourself before you draw any conclusion.",
    Level.NOTHING_FOUND: (
        "This is not an all-clear: the pictures may stand in places that were not looked at (see below)."
    ),
    Level.NOT_CHECKABLE: "This is not an all-clear: an account without a photo can still be anybody's.",
}

STATEMENTS: dict[str, str] = {
    "other-identity": "same picture as one of {name}. The claimed {on} “{ours}” does not fit that name.",
    "perhaps-other-identity": (
        "same picture as one of {name}. The claimed {on} “{ours}” is not that name, but could be short for it."
    ),
    "nothing-claimed": "same picture as one of {name}. No name or handle was given to compare that with.",
    "unknown-owner": "same picture as one on a list that names no owner.",
    "other-case": "same picture as on the account “{name}”, which was checked before.",
    "own-picture": "same picture as one of {name}, which fits the claimed {on} “{ours}”.",
    "also-elsewhere": "also seen under the name {name}; this account's own name has the picture too.",
    "seen-before": "seen before on this same account.",
    "seen-before-under-other-name": "seen before on this account, when it was called “{name}”.",
    "renamed": "“{ours}” has the same numeric id as “{theirs}”: probably the same account renamed.",
    "age-then": (
        "One of the pictures was seen {seen_on} ({kind}). Whoever is {age} now was then {then}. "
        "Look at the picture: can it show somebody of that age?"
    ),
    "unborn-then": (
        "One of the pictures was seen {seen_on} ({kind}). Whoever is {age} now was then not yet born, "
        "so it cannot show them."
    ),
    "similar": "looks like {name}, but was not proven to be the same picture.",
    "not-checkable": "{reason}",
    "nothing-to-check": "None of the photos could be compared.",
    "nothing-found": "not found in what it was compared with.",
}

REASONS: dict[str, str] = {
    "too plain": "too plain to compare: there is nothing in it to tell it from other pictures.",
    "default avatar": (
        "a default avatar, or a letter or figure on a plain colour: many people have the same, "
        "so it was not compared."
    ),
}

DATE_KINDS: dict[str, str] = {
    DateKind.STATED: "typed in when the reference was added: as reliable as whoever did so",
    DateKind.CHECKED: "the day on which this program saw it there",
    "": "a date of unknown kind",
}

EDITS: dict[Edit, str] = {
    Edit.MIRRORED: "mirrored",
    Edit.CROPPED: "cropped",
    Edit.IN_SCREENSHOT: "in a screenshot",
    Edit.IN_LARGER_PICTURE: "inside a larger picture",
    Edit.TURNED: "turned",
    Edit.STRETCHED: "stretched",
    Edit.RECOLOURED: "with other colours",
    Edit.MADE_GREY: "made grey",
}

EXPLANATIONS: dict[str, str] = {
    "second-account": "It is the person's own second account, under a nickname.",
    "fan-page": "It is a fan page, or somebody who shows a picture they like.",
    "shared-picture": "Several people were given the picture, or are in it: friends, a school, a club, a photographer.",
    "reference-wrong": "The reference set is wrong about whose picture it is, or since when.",
    "taken-from-here": "The other account took the pictures from this one.",
    "stock-or-meme": "It is a stock picture or a meme that thousands use.",
    "name-borrowed": "Somebody else uses the name together with the pictures.",
    "same-moment": "It is another photo of the same moment, place or person.",
    "same-template": "Both use the same frame, sticker, caption or app.",
    "not-in-the-set": "The pictures are the account owner's own; or they are someone's whom the reference set does not know.",
    "many-have-none": "Many people never set a photo, for good reasons.",
}

CLOSING = "Pictures were compared, never faces. Nothing here says what anybody intended."


def strength_words(words: str, log10_lr: float) -> str:
    """How strongly the numbers support "same picture", in one phrase."""
    return f"{words} support for “same picture” (likelihood ratio about 10^{log10_lr:.0f})"
